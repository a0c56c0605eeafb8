"""Enterprise orders 企业点单、代表服务: an enterprise says what help it needs, a deputy whose field it is serves, the enterprise confirms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import THE_CLOCK, Clock, Office, Opening, Procedure, State, Step
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.figures import Figure, Period, Population, Shown
from openrenda.figures.asof import acts_by, among
from openrenda.figures.groups import by_month
from openrenda.figures.language import CASES
from openrenda.people.models import Category, GroupMembership, Mandate
from openrenda.people.models.station import POINT
from openrenda.people.reception import sitting_now
from openrenda.prepared import Prepared
from openrenda.search import segment
from openrenda.tenancy import TenantFK, TenantModel

from .fields import Choose, ChooseSeveral, Day, LongText, offer_choices, offer_rows, one_paragraph
from .offices import AUDITORS, DEPUTY_OFFICE, ENTERPRISES, STREET_REVIEWER


class Enterprise(TenantModel):
    """An enterprise that may order; its seats stand for its id."""

    name = models.CharField("企业名称", max_length=200)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    street = TenantFK("people.Organ", models.PROTECT, null=True, related_name="+", verbose_name="所在街道")
    site = models.CharField("地址", max_length=200, blank=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=["congress", "credit_code"], name="enterprise_code", condition=~models.Q(credit_code="")
            )
        ]

    def __str__(self) -> str:
        return self.name


class EnterpriseOrder(TenantModel):
    """What help is asked for, where and when."""

    matter = TenantFK(Matter, models.CASCADE, related_name="enterprise_order")
    enterprise = TenantFK(Enterprise, models.PROTECT, related_name="+", verbose_name="企业")
    site = models.CharField("地点", max_length=200)
    topic = TenantFK("people.Category", models.PROTECT, null=True, related_name="+", verbose_name="领域")
    need = models.TextField("需要什么帮助")
    wished_on = models.DateField("希望服务日期", null=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="enterprise_order_matter")]


ORDERER = Office("orderer", "点单企业", "the enterprise that ordered", seats=("enterprise",), relation=("orderer",))
MATCHED = Office("matched", "推荐的代表", "deputies matched", seats=("deputy",), relation=("matched",))
SERVER = Office("server", "承接代表", "the deputy who serves", seats=("deputy",), relation=("server",))


class OrderForm(StepForm):
    """An order."""

    title = forms.CharField(label=_("点单事项"), max_length=200, validators=[one_paragraph])
    site = forms.CharField(label=_("服务地点"), max_length=200)
    topic = Choose(label=_("领域"), required=False)
    need = LongText(label=_("需要什么帮助"), rows=5, max_length=5000)
    wished_on = Day(label=_("希望服务日期"), required=False)
    deputy = Choose(
        label=_("正在值班的代表"),
        required=False,
        help_text=_("联络点现在有代表值班的，可以直接点给她；不选的，由代表工作机构推荐。"),
    )

    def prepare(self) -> None:
        """Offer the congress's fields of concern, and who is on duty at a point now (A07 (3))."""
        offer_rows(self, "topic", Category.objects.all)
        offer_rows(self, "deputy", on_duty_at_points, lambda mandate: mandate.person.name)


def on_duty_at_points() -> Any:
    """The deputies who sit at a liaison point at this moment."""
    sitting = sitting_now(None, POINT)
    now = [mandate.pk for one in sitting for mandate in one.deputies]
    return Mandate.objects.filter(pk__in=now).select_related("person").order_by("person__stroke_key")


class MatchForm(StepForm):
    """The deputies who are asked; those whose group fits stand first, with the reason."""

    deputies = ChooseSeveral(label=_("推荐代表"))

    def prepare(self) -> None:
        """Offer all deputies, the fitting ones first."""
        record = self.situation.record
        fits = {match.mandate: match for match in matches(record)}
        able = Mandate.objects.able_on(self.situation.today).select_related("person").order_by("person__stroke_key")
        offer_rows(self, "deputies", able.all)
        ordered = sorted(able, key=lambda mandate: mandate.pk not in fits)
        offer_choices(
            self, "deputies", [(m.pk, f"{m.person.name}{fits[m.pk].reason if m.pk in fits else ''}") for m in ordered]
        )


class ReasonForm(StepForm):
    """A written reason."""

    reason = LongText(label=_("理由"), rows=3, max_length=2000)


class ServiceForm(StepForm):
    """What was done for the enterprise."""

    served_on = Day(label=_("服务日期"))
    result = LongText(label=_("服务情况"), rows=5, max_length=5000)


class WordForm(StepForm):
    """The enterprise's word."""

    word = LongText(label=_("企业意见"), rows=3, max_length=2000, required=False)


@dataclass(frozen=True)
class Match:
    """A deputy whose group fits an order, and why."""

    mandate: UUID
    score: int
    reason: str


def matches(order: EnterpriseOrder) -> list[Match]:
    """Deputies whose professional group shares words with the order's field and need, best first."""
    asked = set(segment(f"{order.topic.name if order.topic else ''} {order.matter.title} {order.need}"))
    found: dict[UUID, Match] = {}
    members = GroupMembership.objects.on().filter(group__kind="professional").select_related("group")
    for member in members:
        shared = sorted(asked & set(segment(member.group.name)) - {"小组", "专业", "代表", "组"})
        if shared and len(shared) > (found[member.mandate_id].score if member.mandate_id in found else 0):
            reason = f"（{member.group.name}：{'、'.join(shared)}）"
            found[member.mandate_id] = Match(member.mandate_id, len(shared), reason)
    return sorted(found.values(), key=lambda match: -match.score)


REGISTERED: Prepared[Enterprise] = Prepared(
    lambda holder: Enterprise.objects.filter(pk=holder).select_related("street"), holder=uuid4()
)


def ordering(situation: Situation) -> Enterprise | None:
    """The enterprise of this seat, as the register has it."""
    found = (REGISTERED.first(holder=holder) for holder in situation.actor.holders)
    return next((enterprise for enterprise in found if enterprise), None)


def place(situation: Situation, act: Act) -> None:
    """Keep the order; the enterprise and its street become parties, and fitting deputies are asked at once."""
    enterprise, data = ordering(situation), situation.data
    assert enterprise is not None
    situation.add_party("orderer", enterprise.pk, enterprise.name)
    if enterprise.street:
        situation.add_party("street", enterprise.street.pk, enterprise.street.name)
    if data.get("deputy"):
        asked = Mandate.objects.select_related("person").get(pk=data["deputy"])
        situation.add_party("matched", asked.pk, asked.person.name)
    situation.note(enterprise=enterprise, site=data["site"], topic_id=data.get("topic"), need=data["need"],
                   wished_on=data.get("wished_on"))  # fmt: skip


def match(situation: Situation, act: Act) -> None:
    """Ask the chosen deputies."""
    for mandate in Mandate.objects.filter(pk__in=situation.data["deputies"]).select_related("person"):
        situation.add_party("matched", mandate.pk, mandate.person.name)


def accept(situation: Situation, act: Act) -> None:
    """The first who accepts serves; the others are let go."""
    for holder in situation.actor.holders:
        situation.add_party("server", holder, situation.actor.agent_for or situation.actor.name)
    situation.end_party("matched")


def pass_on(situation: Situation, act: Act) -> None:
    """A matched deputy cannot; the others remain."""
    for holder in situation.actor.holders:
        situation.end_party("matched", holder)


def needs_government(situation: Situation) -> Iterable[Opening]:
    """The deputy raises it as a suggestion of her own, with a link back to the order."""
    record = situation.record
    server = situation.holders("server")[0]
    data = {"title": situation.matter.title, "background": f"{record.enterprise.name}：{record.need}", "proposals": "",
            "consent_public": False}  # fmt: skip
    return [Opening("suggestion", "open_split", data, (("sponsor", server.holder, server.name),), link="came_from")]


def no_enterprise(situation: Situation) -> str | None:
    """Only an enterprise in the register orders."""
    if ordering(situation) is None:
        return gettext("登记簿中没有您的企业，请联系街道人大工委登记。")
    return None


def already_raised(situation: Situation) -> str | None:
    """One suggestion from one order."""
    return gettext("已由本单转为建议。") if situation.took("raise_suggestion") else None


SEES = (ORDERER, MATCHED, SERVER, STREET_REVIEWER, DEPUTY_OFFICE, AUDITORS)

# fmt: off
PLACED    = State("placed",    "已点单",   "Placed",    "order")
RAISED    = State("raised",    "转街道工委", "With the subdistrict", "order", untimed="由街道人大工委协调")
ACCEPTED  = State("accepted",  "已承接",   "Accepted",  "serve")
SERVING   = State("serving",   "服务中",   "Serving",   "serve")
SERVED    = State("served",    "已服务",   "Served",    "serve")
CONFIRMED = State("confirmed", "企业已确认", "Confirmed", "serve", final=True)
DECLINED  = State("declined",  "不承接",   "Declined",  "order", final=True)

STEPS = (
    Step("place",    "点单",     None,     PLACED,    by=ENTERPRISES,   basis="A09.accept", label_en="Place an order", records=OrderForm, barred_by=(no_enterprise,), does=place, tells=(DEPUTY_OFFICE, MATCHED)),
    Step("match",    "推荐代表",   (PLACED, RAISED), None, by=(DEPUTY_OFFICE, STREET_REVIEWER), basis="A09.accept", label_en="Match deputies", records=MatchForm, does=match, tells=(MATCHED,)),
    Step("accept",   "承接",     (PLACED, RAISED), ACCEPTED, by=MATCHED, basis="A09.accept", label_en="Accept", does=accept, tells=(ORDERER, DEPUTY_OFFICE), agent=True),
    Step("pass_on",  "不能承接",   (PLACED, RAISED), None, by=MATCHED,    basis="A09.accept", label_en="Cannot serve", records=ReasonForm, does=pass_on, tells=(DEPUTY_OFFICE,), agent=True),
    Step("decline",  "不承接",    (PLACED, RAISED), DECLINED, by=(DEPUTY_OFFICE, STREET_REVIEWER), basis="A09.accept", label_en="Decline", records=ReasonForm, tells=(ORDERER,), optional=True, confirm="将告知企业这一单不承接。"),
    Step("raise",    "逾期转街道工委", PLACED, RAISED,   by=THE_CLOCK,     basis="A09.accept", label_en="Raised to the subdistrict", tells=(STREET_REVIEWER, DEPUTY_OFFICE)),
    Step("begin",    "开始服务",   ACCEPTED, SERVING,   by=SERVER,        basis="A09.serve", label_en="Begin", tells=(ORDERER,), agent=True),
    Step("serve",    "完成服务",   SERVING,  SERVED,    by=SERVER,        basis="A09.serve", label_en="Done", records=ServiceForm, tells=(ORDERER,), agent=True),
    Step("raise_suggestion", "转为建议", (ACCEPTED, SERVING, SERVED), None, by=SERVER, basis="REP-02", label_en="Raise as a suggestion", barred_by=(already_raised,), opens=needs_government, tells=(ORDERER,), optional=True),
    Step("confirm",  "企业确认",   SERVED,   CONFIRMED, by=ORDERER,       basis="A09.confirm", label_en="Confirm", records=WordForm, tells=(SERVER, DEPUTY_OFFICE)),
    Step("not_done", "尚未解决",   SERVED,   SERVING,   by=ORDERER,       basis="A09.confirm", label_en="Not done yet", records=ReasonForm, tells=(SERVER, DEPUTY_OFFICE), optional=True),
)

CLOCKS = (
    Clock("accept",  "承接期限", "A09.accept",  starts=("place",),             stops=("accept", "decline", "raise"), whose=MATCHED, label_en="Time to accept", then="raise"),
    Clock("serve",   "服务期限", "A09.serve",   starts=("accept", "not_done"), stops=("serve",),                     whose=SERVER, label_en="Time to serve"),
    Clock("confirm", "确认期限", "A09.confirm", starts=("serve",),             stops=("confirm", "not_done"),        whose=ORDERER, label_en="Time to confirm"),
)
# fmt: on


def ordered(period: Period) -> QuerySet[Any]:
    """Orders placed within the period."""
    return EnterpriseOrder.objects.filter(matter__opened_on__gte=period.since, matter__opened_on__lte=period.end)


ORDERS = Population(
    "enterprise_orders", "企业点单", CASES, ordered, splits=(by_month("matter__opened_on"),),
    columns=(Shown("企业", "enterprise__name"), Shown("点单日期", "matter__opened_on")),
    facts={"confirmed": lambda period: among(acts_by(period, "enterprise-order", "confirm"))},
)  # fmt: skip
FIGURES = (
    Figure("enterprise_orders", "企业点单", "点单日期在统计期内的企业点单。", ORDERS, label_en="Enterprise orders", group="代表活动", basis="A09.accept"),
    Figure("enterprise_orders_confirmed", "企业点单确认率", "截至统计日企业已确认的 ÷ 企业点单。", ORDERS, Q(confirmed=True), Q(), None, "企业已确认", "企业点单", label_en="Orders confirmed by the enterprise", group="代表活动", basis="A09.confirm"),
)  # fmt: skip
RECORDS = (Enterprise, EnterpriseOrder)
PROCEDURE = Procedure(
    key="enterprise-order", label="企业点单", label_en="Enterprise orders", steps=STEPS, clocks=CLOCKS,
    record=EnterpriseOrder, body="procedures/enterprise_order.html", basis="A09.accept", seen_by=SEES,
    states=(PLACED, RAISED, ACCEPTED, SERVING, SERVED, CONFIRMED, DECLINED),
    stages=(("order", "点单"), ("serve", "服务")),
)  # fmt: skip
