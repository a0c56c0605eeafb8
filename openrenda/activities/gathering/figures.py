"""The figures of gatherings: how many of each kind, deputies by person-times, opinions with their end. A merged record counts once."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as declared

from openrenda.docket.models import Act, Party
from openrenda.figures import Figure, FigureSet, Period, Population, Shown
from openrenda.figures.asof import moment
from openrenda.figures.groups import by_month, by_street
from openrenda.figures.language import CASES, ITEMS, PERSON_TIMES, TIMES, Group, Split
from openrenda.people.models import Group as DeputyGroup
from openrenda.procedures.counterparts import COUNTERPART, CommitteeField

from ..kinds import (
    ANSWERED,
    COMMITTEE,
    CONTACT_GROUP,
    COURTYARD,
    DEPUTIES,
    HANDED,
    KINDS,
    MOBILE_POINT,
    NIGHT_TALK,
    RESEARCH,
    RESIDENT,
    TALK,
    THREE_ENTRIES,
    UNSOLVABLE,
    VOTER_VISIT,
)
from ..record import PRESENT, Activity, Item, Participant
from ..sharing import DEPUTY, GROUP
from .attending import BY_LEVEL
from .records import CAMPAIGN_LINE, Company, Tag

GATHERING, REPORT = "gathering", "research-report"
# What 大足 2022 counts together: voters visited, and deputies' groups that met.
VISITS = (VOTER_VISIT, CONTACT_GROUP)


def _acts(period: Period, *steps: str) -> QuerySet[Any]:
    return Act.objects.filter(procedure=GATHERING, step__in=steps, took_effect__date__lte=period.end).values("matter")


def held(period: Period) -> QuerySet[Any]:
    """Gatherings whose day lies in the period and that were recorded by its end, each once however often it was entered."""
    rows = Activity.objects.filter(held_on__gte=period.since, held_on__lte=period.end)
    return rows.filter(matter__in=_acts(period, "hold", "record")).exclude(matter__in=_acts(period, "merged_into"))


def came(period: Period) -> QuerySet[Any]:
    """Deputies who were there: one row for each deputy and gathering."""
    return Participant.objects.filter(kind=DEPUTY, attendance=PRESENT, matter__in=held(period).values("matter"))


def residents(period: Period) -> QuerySet[Any]:
    """Residents who came to gatherings of deputies: a row a party, with how many people it was."""
    return Company.objects.filter(kind=RESIDENT, matter__in=held(period).values("matter"))


def with_residents(period: Period) -> Q:
    """Residents were received there."""
    return Q(matter__in=Company.objects.filter(kind=RESIDENT).values("matter"))


def at_three_entries(period: Period) -> Q:
    """It was raised, or she was, at a three-entries activity (A02)."""
    return Q(matter__activity__kind=THREE_ENTRIES)


def by_counterparts(period: Period) -> Q:
    """The deputy was a counterpart of the committee that held it (A24)."""
    fields = CommitteeField.objects.filter(committee=OuterRef(OuterRef("matter__activity__committee")))
    named = Party.objects.filter(role=COUNTERPART, holder=OuterRef("holder"), since__lt=moment(period.end))
    return Q(Exists(named.filter(matter__in=fields.values("matter"))))


def opinions(period: Period) -> QuerySet[Any]:
    """What was raised. Of a gathering entered twice the repeated opinions count once, the others stay with the record they are in."""
    days = Activity.objects.filter(held_on__gte=period.since, held_on__lte=period.end)
    days = days.filter(matter__in=_acts(period, "hold", "record"))
    said = Act.objects.filter(procedure=GATHERING, step="opinion", took_effect__date__lte=period.end)
    return Item.objects.filter(matter__in=days.values("matter"), repeats=False).filter(matter__in=said.values("matter"))


def of_groups(period: Period) -> QuerySet[Any]:
    """Groups that held or joined a gathering: one row for each group and gathering (A05)."""
    return Participant.objects.filter(kind=GROUP, attendance=PRESENT, matter__in=held(period).values("matter"))


def _groups(period: Period, found: Collection[Any]) -> list[Group]:
    rows = DeputyGroup.objects.filter(pk__in=list(found)).order_by("kind", "position", "name")
    return [Group(str(row.pk), row.name, (row.pk,)) for row in rows]


def of_lines(period: Period) -> QuerySet[Any]:
    """The campaign lines above a gathering (A01 (2)): one row for each line and gathering."""
    return Tag.objects.filter(kind=CAMPAIGN_LINE, matter__in=held(period).values("matter"))


def _lines(period: Period, found: Collection[Any]) -> list[Group]:
    return [Group(value, value, (value,)) for value in sorted(found)]


def reports(period: Period) -> QuerySet[Any]:
    """Research reports handed in within the period."""
    return Act.objects.filter(
        procedure=REPORT, step="hand_in", took_effect__date__gte=period.since, took_effect__date__lte=period.end
    )


def _kinds(period: Period, found: Collection[Any]) -> list[Group]:
    return [Group(kind.key, _(kind.label), (kind.key,)) for kind in KINDS.values() if kind.key in found]


def by_kind(path: str) -> Split:
    """By kind of gathering, in the order in which the kinds are declared."""
    return Split("kind", "活动种类", lambda _period: F(path), _kinds)


def _high(period: Period) -> Q:
    graded = Act.objects.filter(procedure=REPORT, step="grade", took_effect__date__lte=period.end)
    return Q(matter__in=graded.values("matter"))


DAYS = Population(
    "gatherings", "代表活动", TIMES, held,
    splits=(by_kind("kind"), by_street("street"), by_month("held_on")),
    columns=(Shown("日期", "held_on"), Shown("地点", "place"), Shown("站点", "station__name"), Shown("街道", "street__name")),
    facts={
        "talk": lambda _period: Q(kind=TALK),
        "night_talk": lambda _period: Q(kind=NIGHT_TALK),
        "mobile_point": lambda _period: Q(kind=MOBILE_POINT),
        "three_entries": lambda _period: Q(kind=THREE_ENTRIES),
        "at_enterprises": lambda _period: Q(destination="enterprise"),
        "visits": lambda _period: Q(kind__in=VISITS),
        "courtyard": lambda _period: Q(kind=COURTYARD),
        "with_residents": with_residents,
        "deputies_research": lambda _period: Q(kind=RESEARCH, carried_by=DEPUTIES),
        "committee_research": lambda _period: Q(kind=RESEARCH, carried_by=COMMITTEE),
    },
)  # fmt: skip
LINES = Population(
    "gathering_lines", "活动主线", TIMES, of_lines, splits=(Split("line", "活动主线", lambda _period: F("value"), _lines),),
    columns=(Shown("主线", "value"), Shown("日期", "matter__activity__held_on")),
)  # fmt: skip
PEOPLE = Population(
    "gathering_deputies", "参加代表活动的代表", PERSON_TIMES, came, splits=(by_month("held_on"), BY_LEVEL),
    columns=(Shown("代表", "name"), Shown("日期", "held_on")), facts={"counterparts": by_counterparts, "three_entries": at_three_entries},
)  # fmt: skip
OF_GROUPS = Population(
    "group_gatherings", "代表小组参加的活动", TIMES, of_groups,
    splits=(Split("group", "代表小组", lambda _period: F("holder"), _groups), by_month("held_on")),
    columns=(Shown("代表小组", "name"), Shown("日期", "held_on")),
)  # fmt: skip
RESIDENTS = Population(
    "residents_received", "接待的群众", PERSON_TIMES, residents, weight="people",
    columns=(Shown("各方", "name"), Shown("人数", "people"), Shown("日期", "matter__activity__held_on")),
)  # fmt: skip
OPINIONS = Population(
    "gathering_opinions", "代表活动中的意见", ITEMS, opinions, splits=(by_month("decided_on"),),
    columns=(Shown("内容", "title"), Shown("结果说明", "outcome_text"), Shown("责任单位", "owner_name"), Shown("要求完成日期", "due_on")),
    facts={
        "closed": lambda period: Q(outcome=ANSWERED) | Q(result_on__lte=period.end),
        "three_entries": at_three_entries,
        "handed": lambda _period: Q(outcome=HANDED),
        "with_residents": with_residents,
        "unsolvable": lambda _period: Q(outcome=UNSOLVABLE),
    },
)  # fmt: skip
REPORTS = Population(
    "research_reports", "调研报告", CASES, reports, splits=(by_month("took_effect"),),
    columns=(Shown("题目", "matter__title"),), facts={"high": _high},
)  # fmt: skip

# fmt: off
FIGURES = (
    Figure("gatherings", "代表活动次数", "日期在统计期内、登记已举行的代表活动；同一活动登记两次、已经合并的只计一次。", DAYS, label_en="Gatherings of deputies", group="代表活动", basis="A02.gathering"),
    Figure("gathering_person_times", "参加代表活动的代表人次", "代表活动到场代表人次之和，同一代表参加几次计几次；含登记在册、参加活动的其他层级代表，可以按层级分列。", PEOPLE, label_en="Deputies taking part, person-times", group="代表活动", basis="A02.gathering"),
    Figure("gathering_opinions", "代表活动收集的意见", "统计期内代表活动登记的意见和问题，合并时注明重复的只计一次；不含正式提出的代表建议。", OPINIONS, label_en="Opinions raised at gatherings", group="代表活动", basis="A02.gathering"),
    Figure("gathering_opinions_closed", "代表活动意见办结率", "当场答复或者已经反馈办理结果的意见 ÷ 代表活动收集的意见。", OPINIONS, Q(closed=True), Q(), None, "已办结", "收集的意见", label_en="Opinions closed", group="代表活动", basis="A02.gathering"),
    Figure("gathering_opinions_handed", "代表活动交办的意见", "代表活动收集的意见中交有关单位办理的。", OPINIONS, Q(handed=True), label_en="Opinions handed to an organ", group="代表活动", basis="A02.gathering"),
    Figure("gathering_opinions_unsolvable", "代表活动中暂时不能解决的意见", "代表活动收集的意见中写明理由、暂时不能解决的。", OPINIONS, Q(unsolvable=True), label_en="Opinions that cannot be solved now", group="代表活动", basis="A02.gathering"),
    Figure("counterpart_person_times", "对口联系的代表参加专工委活动人次", "专工委组织的代表活动中，到场的对口联系的代表人次之和。", PEOPLE, Q(counterparts=True), label_en="Counterpart deputies at their committees' activities, person-times", group="代表联系", basis="A24.counterpart"),
    Figure("line_gatherings", "计入活动主线的代表活动", "代表活动登记的上级、本级活动主线；一次活动计入几条主线的，每条主线各计一次。", LINES, label_en="Gatherings under the lines of a campaign", group="代表活动", basis="A02.gathering"),
    Figure("enterprise_entries", "走进企业（楼宇）的“三进”活动", "“三进”活动中走进企业（楼宇）的。", DAYS, Q(three_entries=True, at_enterprises=True), label_en="Three-entries activities at enterprises", group="代表活动", basis="A02.gathering"),
    Figure("three_entries", "代表“三进”活动场次", "代表活动中的“三进”活动。", DAYS, Q(three_entries=True), label_en="Three-entries activities", group="代表活动", basis="A02.gathering"),
    Figure("three_entries_person_times", "参加“三进”活动的代表人次", "“三进”活动到场代表人次之和。", PEOPLE, Q(three_entries=True), label_en="Deputies at three-entries activities, person-times", group="代表活动", basis="A02.gathering"),
    Figure("three_entries_opinions", "“三进”活动收集的意见", "代表活动收集的意见中“三进”活动收集的。", OPINIONS, Q(three_entries=True), label_en="Opinions of three-entries activities", group="代表活动", basis="A02.gathering"),
    Figure("three_entries_closed", "“三进”活动意见办结率", "“三进”活动收集的意见中当场答复或者已经反馈办理结果的 ÷ “三进”活动收集的意见。", OPINIONS, Q(three_entries=True, closed=True), Q(three_entries=True), None, "已办结", "收集的意见", label_en="Opinions of three-entries activities closed", group="代表活动", basis="A02.gathering"),
    Figure("visits", "走访选民、代表小组活动", "代表活动中的走访选民和代表小组活动，合在一起统计。", DAYS, Q(visits=True), label_en="Visits to voters and meetings of deputies' groups", group="代表活动", basis="A02.gathering"),
    Figure("courtyards", "座谈会、院坝会", "代表活动中的院坝会、座谈会。", DAYS, Q(courtyard=True), label_en="Courtyard meetings", group="代表活动", basis="A02.gathering"),
    Figure("receptions", "接待群众活动次数", "代表活动中有居民到场的，每次计一次。", DAYS, Q(with_residents=True), label_en="Receptions of residents", group="四项履职新机制", basis="A02.gathering"),
    Figure("residents_received", "接待群众人次", "代表活动登记的到场居民人数之和；合并的活动只计一次。", RESIDENTS, label_en="Residents received, person-times", group="四项履职新机制", basis="A02.gathering"),
    Figure("reception_matters_settled", "接待群众协调解决的问题", "有居民到场的代表活动中登记的意见和问题，已经当场答复或者反馈办理结果的。", OPINIONS, Q(with_residents=True, closed=True), label_en="Matters settled after receptions", group="四项履职新机制", basis="A02.gathering"),
    Figure("group_gatherings", "代表小组活动次数", "各代表小组参加的代表活动次数之和，一个小组参加一次计一次，可以按小组分列。", OF_GROUPS, label_en="Activities of groups of deputies", group="代表活动", basis="A05.group"),
    Figure("talks", "代表半月谈", "代表活动中的代表半月谈。", DAYS, Q(talk=True), label_en="Fortnightly talks", group="代表活动", basis="A11.talk"),
    Figure("night_talks", "夜谈", "代表活动中下班以后举行的夜谈、夜话，单独计数。", DAYS, Q(night_talk=True), label_en="Night talks", group="代表活动", basis="A12.session"),
    Figure("mobile_points", "流动联络点", "代表活动中在小区、院落、广场等处设的流动联络点，一次一场，不计入固定站点。", DAYS, Q(mobile_point=True), label_en="Mobile points", group="代表活动", basis="A12.session"),
    Figure("deputies_research", "代表专题调研", "代表活动中由代表开展的专题调研，不含常委会、专工委的调研。", DAYS, Q(deputies_research=True), label_en="Research by deputies", group="代表活动", basis="A21.research"),
    Figure("committee_research", "常委会专题调研", "代表活动中由常委会、专工委开展的专题调研，不含代表的调研。", DAYS, Q(committee_research=True), label_en="Research by the committee", group="代表活动", basis="A21.research"),
    Figure("research_reports", "调研报告", "统计期内专题调研登记的调研报告，一次调研可以有几篇。", REPORTS, label_en="Research reports", group="代表活动", basis="A21.research"),
    Figure("research_reports_high", "高质量调研报告", "调研报告中由具名审阅人认定为高质量的。", REPORTS, Q(high=True), label_en="High-quality research reports", group="代表活动", basis="A21.research"),
)
# fmt: on

# 代表直通车 (A01 (3)): each of the four directs shows what there is, counted from the same records.
DIRECTS = (
    (declared("直及企业"), ("enterprise_entries", "enterprise_orders", "enterprise_orders_confirmed")),
    (declared("直面问题"), ("opinions", "gathering_opinions", "problems_found")),
    (declared("直通政府"), ("opinions_handed", "gathering_opinions_handed", "line_gatherings")),
    (declared("直抵民心"), ("opinions_answered", "opinions_solved", "opinions_satisfied", "problems_solved")),
)
SETS = (
    FigureSet(
        "deputies-express", "代表直通车：四个直达", "The deputies' express: four directs",
        tuple(key for _label, keys in DIRECTS for key in keys), basis="A02.gathering", parts=DIRECTS,
    ),
)  # fmt: skip

__all__ = ["FIGURES", "SETS"]
