"""Resolutions and decisions 决议、决定 (地方组织法第二十五条、第五十条、第五十一条; J03): text, number, tally, publication, and who sees to what follows.

After publication nothing changes the text but a new one that replaces it. Appointments are not kept here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as declared

from openrenda.docket.forms import StepForm
from openrenda.docket.language import LINKED, THE_KIN, After, Clock, Numbering, Opening, Procedure, State, Step, Taking
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.figures import Figure, Period, Population, Shown
from openrenda.figures.groups import by_month
from openrenda.figures.language import ITEMS
from openrenda.people.models import Organ
from openrenda.people.models.group import STANDING_COMMITTEE
from openrenda.procedures.fields import Choose, Day, LongText, OneOf, YesNo, offer_choices, offer_rows, one_paragraph
from openrenda.procedures.listing import CLOSED, NUMBER, STATE, TITLE, Column, Filter, ListOf
from openrenda.procedures.offices import AUDITORS, DEPUTIES, DEPUTY_OFFICE, LEADERS
from openrenda.procedures.reasons import Reason

from . import sharing
from .bodies import CONGRESS, in_office
from .hall import RESOLUTION, SITTING, UNDER_WAY, Attendance, Resolution, Sitting
from .record import Activity, Item

RESOLVED, DECIDED, NOTICE = "resolution", "decision", "notice"
KINDS = {RESOLVED: declared("决议"), DECIDED: declared("决定"), NOTICE: declared("公告")}
# Who passes a text by vote, and the rule of its majority.
MAJORITY = {CONGRESS: "ORG-03", STANDING_COMMITTEE: "ORG-14"}
MOST_OFFERED = 100


class Propose(StepForm):
    """A draft, and the item of an agenda under which it is dealt with."""

    kind = forms.ChoiceField(label=_("种类"), choices=[(key, key) for key in KINDS])
    title = forms.CharField(label=_("标题"), max_length=200, validators=[one_paragraph])
    text = LongText(label=_("全文"), rows=14, max_length=60000)
    item = OneOf(label=_("会议和议题"))

    def prepare(self) -> None:
        """Offer the items of sittings that are still to end; what was written stands in place."""
        offer_choices(self, "kind", [(key, gettext(label)) for key, label in KINDS.items()])
        states = ("planned", "called", *UNDER_WAY, "closed")
        rows = Item.objects.filter(
            matter__procedure=SITTING, matter__state__in=states, matter__sitting__body__in=tuple(MAJORITY)
        )
        rows = rows.select_related("matter").order_by("-matter__opened_on", "position")[:MOST_OFFERED]
        offer_choices(
            self, "item", [(str(row.pk), f"{row.matter.number or row.matter.title} · {row.title}") for row in rows]
        )
        if not self.situation.new and not self.is_bound:
            record = self.situation.record
            self.initial.update(
                kind=record.kind, title=self.situation.matter.title, text=record.text, item=record.item_id
            )


class Voted(StepForm):
    """What a vote tells the matter it was about."""

    passed = forms.BooleanField(label=_("是否通过"), required=False)
    approve = forms.IntegerField(label=_("赞成"), min_value=0)
    against = forms.IntegerField(label=_("反对"), min_value=0)
    abstain = forms.IntegerField(label=_("弃权"), min_value=0)
    base = forms.IntegerField(label=_("全体人数"), min_value=0)
    present = forms.IntegerField(label=_("出席人数"), min_value=0)
    sentence = forms.CharField(label=_("表决结果"), max_length=500)
    vote = forms.UUIDField(label=_("表决"), required=False)


class Tally(StepForm):
    """The counts of a vote that was held by hands or on paper; base and verdict follow from the register and the law."""

    approve = forms.IntegerField(label=_("赞成"), min_value=0, max_value=10000)
    against = forms.IntegerField(label=_("反对"), min_value=0, max_value=10000)
    abstain = forms.IntegerField(label=_("弃权"), min_value=0, max_value=10000)

    def clean(self) -> dict[str, Any]:
        """Not more votes than members in office."""
        cleaned = super().clean()
        counts = [cleaned.get(name) for name in ("approve", "against", "abstain")]
        if None in counts or self.situation.new:
            return cleaned
        base, present = sizes(self.situation)
        most = present or base
        if sum(counts) > most:  # type: ignore[arg-type]
            words = {"votes": sum(counts), "most": most}  # type: ignore[arg-type]
            self.add_error("approve", _("三项合计%(votes)d票，多于在场的%(most)d人，请核对。") % words)
        return cleaned


class Publish(StepForm):
    """Where and when it was published, and who sees to it."""

    published_on = Day(label=_("公布日期"))
    published_in = forms.CharField(
        label=_("公布载体"), max_length=200, help_text=_("例如：常委会公报2026年第3号、人大网站。")
    )
    follow_up = YesNo(label=_("需要跟踪落实"))
    owner = Choose(label=_("跟踪落实的单位"), required=False)
    due_on = Day(label=_("要求报告落实情况的日期"), required=False)
    reason = LongText(label=_("不需要跟踪的理由"), rows=2, max_length=2000, required=False)
    replaces = forms.ChoiceField(label=_("取代哪一件"), required=False)

    def prepare(self) -> None:
        """Offer the organs, and what was published before."""
        offer_rows(self, "owner", Organ.objects.on(self.situation.today).all)
        rows = Matter.objects.filter(procedure=RESOLUTION, state="published").order_by("-opened_on", "-id")[
            :MOST_OFFERED
        ]
        offer_choices(self, "replaces", [("", "—"), *((str(row.pk), str(row)) for row in rows)])

    def clean(self) -> dict[str, Any]:
        """An owner with a day, or the reason for none (J03 (3)); nothing is published ahead of its day."""
        cleaned = super().clean()
        if cleaned.get("follow_up") is True:
            for name in ("owner", "due_on"):
                if not cleaned.get(name):
                    self.add_error(name, _("需要跟踪落实的，写明单位和报告日期。"))
        elif cleaned.get("follow_up") is False and not cleaned.get("reason"):
            self.add_error("reason", _("不需要跟踪落实的，写明理由。"))
        if cleaned.get("published_on") and cleaned["published_on"] > self.situation.today:
            self.add_error("published_on", _("公布日期不能晚于今天。"))
        return cleaned


def propose(situation: Situation, act: Act) -> None:
    """Keep the draft under its item, which leads to it."""
    data = situation.data
    item = Item.objects.select_related("matter").get(pk=data["item"])
    sitting = Sitting.objects.get(matter=item.matter_id)
    situation.matter.title = data["title"]
    situation.note(kind=data["kind"], text=data["text"], item=item, body=sitting.body)
    sharing.link_once(situation, item.matter, "proposed_at")
    if item.subject_id is None:
        situation.change(item, subject=situation.matter, subject_state="draft")


def sizes(situation: Situation) -> tuple[int, int]:
    """All members in office on the day of the sitting, and how many of them came; of several days, on that day."""
    sitting = Sitting.objects.select_related("group").get(matter=situation.record.item.matter_id)
    day = _held_on(situation)
    came = Attendance.objects.filter(sitting=sitting.matter_id, right="votes", came=True)
    if Activity.objects.filter(matter=sitting.matter_id, ends_on__isnull=False).exists():
        signed = Act.objects.filter(matter__parent=sitting.matter_id, step="sign_in", took_effect__date=day)
        came = came.filter(matter__in=signed.values("matter"))
    return in_office(sitting.body, sitting.group, day).count(), came.count()


def tally(situation: Situation, act: Act) -> None:
    """The counts, and what the law makes of them: more than half of all, an abstention counts against (ORG-03, ORG-14)."""
    data, (base, present) = situation.data, sizes(situation)
    rule = situation.book[MAJORITY[situation.record.body]]
    passed = base > 0 and rule.met_by(data["approve"], base)
    verdict = "通过" if passed else "未通过"
    sentence = (
        f"应到 {base}，实到 {present}，赞成 {data['approve']}，反对 {data['against']}，弃权 {data['abstain']}：全体过半数{'' if passed else '未达到'}，"
        f"{verdict}（{rule.citation}）"
    )
    act.data.update(base=base, present=present, passed=passed, sentence=sentence)
    _keep(situation, act.data, _held_on(situation), None)


def voted(situation: Situation, act: Act) -> None:
    """The verdict of an electronic vote."""
    _keep(situation, situation.data, _held_on(situation), situation.data.get("vote"))


def _held_on(situation: Situation) -> Any:
    """The day of the sitting on which the item is dealt with."""
    item = situation.record.item
    planned = Activity.objects.values_list("held_on", flat=True).get(matter=item.matter_id)
    return item.decided_on or Sitting.objects.values_list("signs_on", flat=True).get(matter=item.matter_id) or planned


def _keep(situation: Situation, data: dict[str, Any], held_on: Any, vote: str | None) -> None:
    situation.note(
        passed=bool(data.get("passed")), verdict=data["sentence"], held_on=held_on, vote_id=UUID(vote) if vote else None,
        **{name: data.get(name, 0) for name in ("approve", "against", "abstain", "base", "present")},
    )  # fmt: skip


def publish(situation: Situation, act: Act) -> None:
    """From now on the text stands."""
    data = situation.data
    situation.note(
        published_on=data["published_on"], published_in=data["published_in"], follow_up=data["follow_up"], no_follow_reason=data.get("reason", ""),
        owner=Organ.objects.filter(pk=data["owner"]).first() if data["follow_up"] else None,
    )  # fmt: skip
    situation.matter.public_since = situation.today
    if data.get("replaces"):
        situation.link(Matter.objects.get(pk=data["replaces"]), "replaces")


def what_follows(situation: Situation) -> Iterable[Opening | Taking]:
    """The owner's task; the one that is replaced is told."""
    data, record = situation.data, situation.record
    if data["follow_up"]:
        given = {"title": f"落实：{situation.matter.title}", "text": record.text[:10000], "due_on": data["due_on"]}
        yield Opening("task", "give", given, (("handler", record.owner.pk, record.owner.name),))
    if data.get("replaces"):
        yield Taking(UUID(data["replaces"]), "replaced", {})


def not_voted(situation: Situation) -> str | None:
    """There is a result."""
    return gettext("还没有表决结果。") if situation.record.passed is None else None


def not_passed(situation: Situation) -> str | None:
    """It was passed."""
    if situation.record.passed is False:
        return gettext("表决没有通过：%(verdict)s") % {"verdict": situation.record.verdict}
    return not_voted(situation)


def was_passed(situation: Situation) -> str | None:
    """It was not passed."""
    if situation.record.passed:
        return gettext("表决已经通过：%(verdict)s") % {"verdict": situation.record.verdict}
    return not_voted(situation)


def already_voted(situation: Situation) -> str | None:
    """What was voted on stays as it was put to the vote."""
    return None if situation.record.passed is None else gettext("已有表决结果，付表决的文本不再修改。")


def by_machine(situation: Situation) -> str | None:
    """Counts of an electronic vote are not typed over."""
    return gettext("这一件已有电子表决的结果，不能另行登记票数。") if situation.record.vote_id else None


def sitting_not_held(situation: Situation) -> str | None:
    """One votes in a sitting that was opened."""
    if situation.record.item.matter.state in ("planned", "called", "arriving", "cancelled"):
        return gettext("会议还没有开，不能登记表决结果。")
    return None


def series(situation: Situation) -> str:
    """The numbers of a year."""
    return f"resolution:{_year(situation)}"


def number(situation: Situation, counter: int) -> str:
    """As the congress numbers them."""
    return str(situation.book.option("option.number_pattern.resolution")).format(number=counter, year=_year(situation))


def _year(situation: Situation) -> int:
    return int(situation.record.held_on.year)


SEES = (DEPUTY_OFFICE, LEADERS, DEPUTIES, AUDITORS)
ON = ("option.sittings", True)

# fmt: off
DRAFT     = State("draft",     "草案",   "Draft", "draft", untimed="以会议日期为准")
ADOPTED   = State("adopted",   "已通过，待公布", "Passed", "adopt")
REJECTED  = State("rejected",  "未通过",  "Not passed", "adopt", final=True)
PUBLISHED = State("published", "已公布",  "Published", "follow", final=True)
REPLACED  = State("replaced",  "已被取代", "Replaced", "follow", final=True)
WITHDRAWN = State("withdrawn", "已撤回",  "Withdrawn", "draft", final=True)

STEPS = (
    Step("propose",  "提出决议、决定草案", None,     DRAFT,     by=DEPUTY_OFFICE, basis="J03.resolution", label_en="Propose a resolution or decision", only_if=ON, records=Propose, does=propose, tells=(LEADERS,)),
    Step("amend",    "修改草案",    DRAFT,     None,      by=DEPUTY_OFFICE, basis="ORG-30", label_en="Amend the draft", records=Propose, barred_by=(already_voted,), does=propose, optional=True),
    Step("voted",    "表决结果",    DRAFT,     None,      by=THE_KIN,       basis="ORG-30", label_en="The vote was announced", records=Voted, after=After(LINKED, ("announce",)), does=voted, tells=(DEPUTY_OFFICE,)),
    Step("tally",    "登记票数",    DRAFT,     None,      by=DEPUTY_OFFICE, basis="ORG-30", label_en="Record the counts", records=Tally, barred_by=(by_machine, sitting_not_held), does=tally),
    Step("adopt",    "通过并编号",   DRAFT,     ADOPTED,   by=DEPUTY_OFFICE, basis="J03.resolution", label_en="Passed: give it a number", barred_by=(not_passed,), numbers=Numbering(series, number), tells=(LEADERS,)),
    Step("reject",   "未通过",     DRAFT,     REJECTED,  by=DEPUTY_OFFICE, basis="J03.resolution", label_en="Not passed", barred_by=(was_passed,), tells=(LEADERS,), optional=True),
    Step("withdraw", "撤回草案",    DRAFT,     WITHDRAWN, by=DEPUTY_OFFICE, basis="ORG-32", label_en="Withdraw the draft", records=Reason, tells=(LEADERS,), optional=True),
    Step("publish",  "公布",      ADOPTED,   PUBLISHED, by=DEPUTY_OFFICE, basis="J03.publish", label_en="Publish", records=Publish, does=publish, opens=what_follows, tells=(DEPUTIES, LEADERS), confirm="公布后全文不再改动，只能由新的决议、决定取代。"),
    Step("replaced", "被新的决议、决定取代", PUBLISHED, REPLACED, by=THE_KIN,  basis="J03.resolution", label_en="Replaced by a new one", after=After(LINKED, ("publish",))),
)

CLOCKS = (
    Clock("publish", "公布期限", "J03.publish", starts=("adopt",), stops=("publish",), whose=DEPUTY_OFFICE, label_en="Time to publish"),
)
# fmt: on


def adopted(period: Period) -> QuerySet[Any]:
    """What was passed by a vote on a day of the period and numbered by its end; appointments are kept elsewhere and not counted (J03 (4))."""
    numbered = Act.objects.filter(procedure=RESOLUTION, step="adopt", took_effect__date__lte=period.end)
    rows = Resolution.objects.filter(
        held_on__gte=period.since, held_on__lte=period.end, matter__in=numbered.values("matter")
    )
    return rows.exclude(kind=NOTICE)


def of_kind(kind: str) -> Any:
    """A fact: a resolution, or a decision."""
    return lambda _period: Q(kind=kind)


GROUP = "会议"
ADOPTED_ONES = Population(
    "resolutions", "决议、决定", ITEMS, adopted, splits=(by_month("held_on"),),
    facts={"resolution": of_kind(RESOLVED), "decision": of_kind(DECIDED)},
    columns=(Shown("文号", "matter__number"), Shown("标题", "matter__title"), Shown("表决日期", "held_on"), Shown("表决结果", "verdict"), Shown("公布日期", "published_on")),
)  # fmt: skip
# fmt: off
FIGURES = (
    Figure("resolutions", "决议、决定", "统计期内大会、常委会表决通过的决议和决定，等于决议与决定之和；人事任免和公告不计。", ADOPTED_ONES, label_en="Resolutions and decisions", group=GROUP, basis="J03.resolution"),
    Figure("resolutions_only", "决议", "决议、决定中的决议。", ADOPTED_ONES, Q(resolution=True), label_en="Resolutions", group=GROUP, basis="J03.resolution"),
    Figure("decisions_only", "决定", "决议、决定中的决定；人事任免不计。", ADOPTED_ONES, Q(decision=True), label_en="Decisions of the committee and congress", group=GROUP, basis="J03.resolution"),
)
# fmt: on
LIST = ListOf(
    columns=(
        NUMBER,
        TITLE,
        Column(
            "kind",
            _("种类"),
            "resolution__kind",
            "choice",
            choices=lambda _book: [(key, gettext(label)) for key, label in KINDS.items()],
        ),
        Column("held_on", _("表决日期"), "resolution__held_on", "day"),
        Column("published", _("公布"), "resolution__published_on", "day"),
        Column("owner", _("跟踪落实的单位"), "resolution__owner__name"),
        STATE,
        CLOSED,
    ),
    filters=(
        Filter(
            "kind",
            _("种类"),
            "resolution__kind",
            "choice",
            choices=lambda _book: [(key, gettext(label)) for key, label in KINDS.items()],
        ),
    ),
)  # fmt: skip
PROCEDURE = Procedure(
    key="resolution", label="决议决定", label_en="Resolutions and decisions", steps=STEPS, clocks=CLOCKS, record=Resolution,
    states=(DRAFT, ADOPTED, REJECTED, PUBLISHED, REPLACED, WITHDRAWN), body="activities/resolution.html", seen_by=SEES, basis="J03.resolution",
    stages=(("draft", "起草"), ("adopt", "表决"), ("follow", "公布落实")),
)  # fmt: skip
