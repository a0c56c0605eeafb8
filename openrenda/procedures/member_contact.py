"""The contact log of the Standing Committee's members 联系代表记录 (A22): when, how, what was heard and what was done about it.

What was heard goes on as a resident's opinion or as a suggestion, and keeps its source.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as declared

from openrenda.docket.forms import StepForm
from openrenda.docket.language import Office, Opening, Procedure, State, Step
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.figures import Figure, Group, Period, Population, Shown, Split
from openrenda.figures.groups import by_month
from openrenda.figures.language import PERSON_TIMES, TIMES
from openrenda.people.models import Mandate
from openrenda.people.rosters import deputies
from openrenda.tenancy import TenantFK, TenantModel

from .contacting import members, pairs_in_force
from .fields import Choose, ChooseSeveral, Day, LongText, OneOf, offer_choices, offer_rows, one_paragraph
from .listing import OPENED, TITLE, Column, ListOf
from .offices import AUDITORS, DEPUTIES, DEPUTY_OFFICE, LEADERS

WAYS = {"visit": declared("走访"), "call": declared("电话、网络"), "meeting": declared("座谈")}
GROUP = "代表联系"


class MemberContact(TenantModel):
    """One contact of a member of the Standing Committee with deputies."""

    matter = TenantFK(Matter, models.CASCADE, related_name="member_contact")
    member = TenantFK("people.Mandate", models.PROTECT, related_name="+", verbose_name="常委会组成人员")
    member_name = models.CharField("常委会组成人员", max_length=100)
    held_on = models.DateField("日期")
    way = models.CharField("方式", max_length=20)
    place = models.CharField("地点", max_length=200, blank=True)
    heard = models.TextField("听到的意见")
    done = models.TextField("处理情况")

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="member_contact_matter")]
        indexes = [models.Index(fields=["congress", "member", "held_on"], name="member_contact_member")]

    @property
    def way_words(self) -> str:
        """How they met."""
        return gettext(WAYS.get(self.way, self.way))


class ContactedDeputy(TenantModel):
    """A deputy who was contacted."""

    matter = TenantFK(Matter, models.CASCADE, related_name="contacted_deputies")
    mandate = TenantFK("people.Mandate", models.PROTECT, related_name="+", verbose_name="代表")
    name = models.CharField("代表", max_length=100)
    held_on = models.DateField("日期")
    way = models.CharField("方式", max_length=20)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter", "mandate"], name="contacted_deputy_once")]
        indexes = [models.Index(fields=["congress", "mandate", "held_on"], name="contacted_deputy_day")]


class Record(StepForm):
    """Who, when, how, what was heard and what was done."""

    member = Choose(label=_("常委会组成人员"), required=False, help_text=_("本人登记的不必选。"))
    deputies = ChooseSeveral(label=_("联系的代表"))
    held_on = Day(label=_("日期"))
    way = forms.ChoiceField(label=_("方式"), choices=[(key, _(label)) for key, label in WAYS.items()])
    place = forms.CharField(label=_("地点"), max_length=200, required=False)
    heard = LongText(label=_("听到了什么"), rows=4, max_length=5000)
    done = LongText(label=_("做了什么"), rows=3, max_length=5000)

    def prepare(self) -> None:
        """Offer the members and the deputies; a member's own deputies come first."""
        day, actor = self.situation.today, self.situation.actor
        offer_rows(self, "member", partial(members, day), lambda row: row.person.name)
        offer_rows(self, "deputies", partial(deputies, day), lambda row: row.person.name)
        if actor.seat == "deputy" and not self.is_bound:
            mine = set(pairs_in_force().filter(member__in=sorted(actor.holders)).values_list("deputy", flat=True))
            rows = sorted(deputies(day), key=lambda row: row.pk not in mine)
            offer_choices(self, "deputies", [(row.pk, row.person.name) for row in rows])

    def clean_held_on(self) -> Any:
        """Not ahead of today."""
        day = self.cleaned_data["held_on"]
        if day > self.situation.today:
            raise forms.ValidationError(_("联系日期不能晚于今天。"))
        return day


class Said(StepForm):
    """The opinion that goes on, in the words in which it was heard."""

    text = LongText(label=_("听到的意见"), rows=5, max_length=3000)
    place = forms.CharField(label=_("在什么地方"), max_length=200, required=False)

    def prepare(self) -> None:
        """What was heard stands in place."""
        if not self.situation.new and not self.is_bound:
            self.initial.setdefault("text", self.situation.record.heard)


class Suggest(StepForm):
    """Which of the deputies raises it, and as what."""

    deputy = OneOf(label=_("提出建议的代表"))
    title = forms.CharField(label=_("建议标题"), max_length=200, validators=[one_paragraph])
    background = LongText(label=_("情况和理由"), rows=5, max_length=20000)

    def prepare(self) -> None:
        """Offer the deputies who were contacted; what was heard stands in place."""
        if self.situation.new:
            return
        rows = self.situation.rows(ContactedDeputy)
        offer_choices(self, "deputy", [(str(row.mandate_id), row.name) for row in rows])
        if not self.is_bound:
            self.initial.setdefault("background", self.situation.record.heard)


class Done(StepForm):
    """What was done since."""

    done = LongText(label=_("后来做了什么"), rows=3, max_length=5000)


def record(situation: Situation, act: Act) -> None:
    """Keep it; a member who enters it herself is the one who made the contact."""
    data, actor = situation.data, situation.actor
    chosen = [*actor.holders] if actor.seat == "deputy" else [data.get("member")]
    member = Mandate.objects.select_related("person").get(pk=chosen[0])
    situation.add_party("member", member.pk, member.person.name)
    situation.note(
        member=member, member_name=member.person.name, held_on=data["held_on"], way=data["way"], place=data.get("place", ""),
        heard=data["heard"], done=data["done"],
    )  # fmt: skip
    rows = list(Mandate.objects.select_related("person").filter(pk__in=data["deputies"]))
    for mandate in rows:
        situation.add_party("contacted", mandate.pk, mandate.person.name)
        situation.add(
            ContactedDeputy(mandate=mandate, name=mandate.person.name, held_on=data["held_on"], way=data["way"])
        )
    names = "、".join(mandate.person.name for mandate in rows[:3]) + ("等" if len(rows) > 3 else "")
    day = date.fromisoformat(data["held_on"])
    situation.matter.title = f"{member.person.name}联系{names}（{day.year}年{day.month}月{day.day}日）"


def add_done(situation: Situation, act: Act) -> None:
    """Below what was done before."""
    situation.note(done=f"{situation.record.done}\n{situation.data['done']}")


def as_opinion(situation: Situation) -> Iterable[Opening]:
    """It is graded and sorted like any other, and leads back to the contact."""
    contacted = situation.rows(ContactedDeputy)[0]
    told = {
        "text": situation.data["text"], "place": situation.data.get("place", ""), "channel": "member_contact",
        "heard_on": situation.record.held_on.isoformat(), "deputy": str(contacted.mandate_id),
    }  # fmt: skip
    return [Opening("opinion", "hear", told, link="came_from")]


def as_suggestion(situation: Situation) -> Iterable[Opening]:
    """A suggestion of the deputy's own, for her to complete, which leads back to the contact."""
    data = situation.data
    deputy = next(row for row in situation.rows(ContactedDeputy) if str(row.mandate_id) == data["deputy"])
    told = {"title": data["title"], "background": data["background"], "proposals": "", "consent_public": False}
    return [Opening("suggestion", "open_split", told, (("sponsor", deputy.mandate_id, deputy.name),), link="came_from")]


def not_a_member(situation: Situation) -> str | None:
    """The log is that of the committee's members."""
    actor, chosen = situation.actor, situation.data.get("member")
    if actor.seat == "deputy":
        if not members(situation.today).filter(pk__in=sorted(actor.holders)).exists():
            return gettext("这里登记常委会组成人员联系代表的情况；您联系群众的活动，请用“登记已经举行的活动”。")
        return None
    if situation.data and not chosen:
        return gettext("请选择是哪一位常委会组成人员。")
    return None


def with_herself(situation: Situation) -> str | None:
    """A member does not contact herself."""
    actor = situation.actor
    chosen = {str(pk) for pk in actor.holders} if actor.seat == "deputy" else {str(situation.data.get("member"))}
    if chosen & set(situation.data.get("deputies", [])):
        return gettext("不能登记本人联系本人。")
    return None


MEMBER = Office(
    "member", "联系代表的常委会组成人员", "the member who made the contact", seats=("deputy",), relation=("member",)
)
CONTACTED = Office("contacted", "联系的代表", "the deputies contacted", seats=("deputy",), relation=("contacted",))
KEEPS = (MEMBER, DEPUTY_OFFICE)
SEES = (MEMBER, CONTACTED, LEADERS, DEPUTY_OFFICE, AUDITORS)

# fmt: off
KEPT = State("kept", "已登记", "Recorded", "contact", final=True)

STEPS = (
    Step("record", "登记联系代表", None, KEPT, by=(DEPUTIES, LEADERS, DEPUTY_OFFICE), basis="A22.contact", label_en="Record a contact with deputies", only_if=("option.two_way_contact", True), records=Record, barred_by=(not_a_member, with_herself), offered_unless=not_a_member, does=record, tells=(CONTACTED,)),
    Step("pass_opinion", "转为群众意见办理", KEPT, None, by=KEEPS, basis="A22.flow", label_en="Pass on as an opinion", records=Said, opens=as_opinion, tells=(CONTACTED,), optional=True),
    Step("raise_suggestion", "由代表提出建议", KEPT, None, by=KEEPS, basis="A22.flow", label_en="A deputy raises it as a suggestion", records=Suggest, opens=as_suggestion, tells=(CONTACTED,), optional=True),
    Step("add_done", "补记处理情况", KEPT, None, by=KEEPS, basis="A22.contact", label_en="Add what was done", records=Done, does=add_done, tells=(CONTACTED,), optional=True),
)
# fmt: on


def made(period: Period) -> QuerySet[Any]:
    """Contacts of the period."""
    return MemberContact.objects.filter(held_on__gte=period.since, held_on__lte=period.end)


def reached(period: Period) -> QuerySet[Any]:
    """Deputies contacted in the period, once for each contact."""
    return ContactedDeputy.objects.filter(held_on__gte=period.since, held_on__lte=period.end)


def _ways(period: Period, found: Any) -> list[Group]:
    return [Group(key, gettext(label), (key,)) for key, label in WAYS.items() if key in found]


def by_way() -> Split:
    """How they met, in the order of the ways."""
    return Split("way", declared("方式"), lambda _period: F("way"), _ways)


CONTACTS = Population(
    "member_contacts", "常委会组成人员联系代表", TIMES, made, splits=(by_way(), by_month("held_on")),
    columns=(Shown("日期", "held_on"), Shown("常委会组成人员", "member_name"), Shown("地点", "place")),
)  # fmt: skip
REACHED = Population(
    "deputies_reached", "受到联系的代表", PERSON_TIMES, reached, splits=(by_way(), by_month("held_on")),
    columns=(Shown("代表", "name"), Shown("日期", "held_on")),
)  # fmt: skip
FIGURES = (
    Figure("member_contacts", "常委会组成人员联系代表次数", "日期在统计期内的联系记录，一次联系几名代表计一次。", CONTACTS, label_en="Contacts of committee members with deputies", group=GROUP, basis="A22.contact"),
    Figure("deputies_reached", "受到联系的代表人次", "联系记录中的代表人次之和。", REACHED, label_en="Deputies contacted, person-times", group=GROUP, basis="A22.contact"),
)  # fmt: skip


def without_contact(since: date, until: date) -> QuerySet[Any]:
    """Deputies in office of the table whom nobody of the committee contacted from day to day (A22 (3)), in the order of strokes."""
    reached_then = ContactedDeputy.objects.filter(held_on__gte=since, held_on__lte=until)
    return (
        deputies(until).filter(pk__in=pairs_in_force().values("deputy")).exclude(pk__in=reached_then.values("mandate"))
    )


def without_making_one(since: date, until: date) -> QuerySet[Any]:
    """Members with deputies in the table who contacted nobody from day to day (A22 (3)), in the order of strokes."""
    done = MemberContact.objects.filter(held_on__gte=since, held_on__lte=until)
    mine = Q(pk__in=pairs_in_force().values("member"))
    return members(until).filter(mine).exclude(pk__in=done.values("member"))


RECORDS = (MemberContact, ContactedDeputy)
LIST = ListOf(
    columns=(TITLE, Column("member", _("常委会组成人员"), "member_contact__member_name"), Column("held_on", _("日期"), "member_contact__held_on", "day"),
             Column("way", _("方式"), "member_contact__way", "choice", choices=lambda _book: [(key, _(label)) for key, label in WAYS.items()]), OPENED),
)  # fmt: skip
PROCEDURE = Procedure(
    key="member-contact", label="联系代表记录", label_en="Contacts with deputies", steps=STEPS, record=MemberContact, states=(KEPT,),
    body="procedures/member_contact.html", stages=(("contact", "联系"),), seen_by=SEES, basis="A22.contact",
)  # fmt: skip
