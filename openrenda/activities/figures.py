"""The figures of activities, as known on a day: what was held, and what came of the items."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from openrenda.docket.models import Act
from openrenda.figures import Figure, Period, Population, Shown
from openrenda.figures.groups import by_month
from openrenda.figures.language import CASES, ITEMS, TIMES

from .record import Activity, Item, Task

MEETING, RECEPTION, INSPECTION = "chairpersons-meeting", "reception-day", "special-inspection"
Rows = Callable[[Period], QuerySet[Any]]


def held(procedure: str, step: str) -> Rows:
    """Activities of a kind whose day lies in the period and which were recorded as held by its end."""

    def rows(period: Period) -> QuerySet[Any]:
        done = Act.objects.filter(procedure=procedure, step=step, took_effect__date__lte=period.end)
        days = Activity.objects.filter(held_on__gte=period.since, held_on__lte=period.end)
        return days.filter(matter__in=done.values("matter"))

    return rows


def items(procedure: str, *kinds: str) -> Rows:
    """Items of a kind of activity with their outcome, by the day on which it was decided."""

    def rows(period: Period) -> QuerySet[Any]:
        found = Item.objects.filter(
            matter__procedure=procedure, decided_on__gte=period.since, decided_on__lte=period.end
        )
        return found.filter(kind__in=kinds) if kinds else found

    return rows


def heard(period: Period) -> QuerySet[Any]:
    """Reports heard at chairpersons' meetings, by the task that each decision gave: a record of its own, so that a pooled counter
    counts two reports of one meeting as two (J02, D12)."""
    return Task.objects.filter(
        item__kind="hearing", item__outcome="decided", item__matter__procedure=MEETING,
        item__decided_on__gte=period.since, item__decided_on__lte=period.end,
    )  # fmt: skip


def outcome(*keys: str) -> Callable[[Period], Q]:
    """A fact: the item ended so."""
    return lambda _period: Q(outcome__in=keys)


DAY_COLUMNS = (Shown("日期", "held_on"), Shown("地点", "place"), Shown("主持领导", "leader_name"))
ITEM_COLUMNS = (
    Shown("内容", "title"),
    Shown("结果说明", "outcome_text"),
    Shown("责任单位", "owner_name"),
    Shown("要求完成日期", "due_on"),
)
BY_DAY, BY_DECISION = (by_month("held_on"),), (by_month("decided_on"),)

MEETINGS = Population(
    "chairpersons_meetings", "主任会议", TIMES, held(MEETING, "attend"), splits=BY_DAY, columns=DAY_COLUMNS
)
DECISIONS = Population(
    "meeting_items", "主任会议议题", ITEMS, items(MEETING), splits=BY_DECISION, columns=ITEM_COLUMNS,
    facts={"decided": outcome("decided")},
)  # fmt: skip
HEARD = Population(
    "meeting_hearings", "主任会议听取的报告", ITEMS, heard, columns=(Shown("责任单位", "organ_name"), Shown("要求完成日期", "due_on")),
)  # fmt: skip
DAYS = Population("reception_days", "主任接待日", TIMES, held(RECEPTION, "hold"), splits=BY_DAY, columns=DAY_COLUMNS)
OPINIONS = Population(
    "reception_opinions", "接待日意见", ITEMS, items(RECEPTION, "opinion"), splits=BY_DECISION, columns=ITEM_COLUMNS,
    facts={
        "answered": outcome("answered"),
        "handed": outcome("handed"),
        "returned": lambda period: Q(result_on__lte=period.end),
    },
)  # fmt: skip
ON_SITE = Population(
    "on_site_items", "现场督办的建议", CASES, items(RECEPTION, "on_site"), splits=BY_DECISION, columns=ITEM_COLUMNS,
    facts={key: outcome(key) for key in ("solved", "committed", "explained")},
)  # fmt: skip
ON_SITE_PROMISES = Population(
    "on_site_promises", "现场督办的逾期承诺", ITEMS, items(RECEPTION, "on_site_promise"), splits=BY_DECISION, columns=ITEM_COLUMNS,
)  # fmt: skip
INSPECTIONS = Population(
    "special_inspections", "专项督查", TIMES, held(INSPECTION, "begin"), splits=BY_DAY, columns=DAY_COLUMNS
)
CHECKED = Population(
    "inspected", "核查的建议", CASES, items(INSPECTION), splits=BY_DECISION, columns=ITEM_COLUMNS,
    facts={key: outcome(key) for key in ("confirmed", "not_confirmed")},
)  # fmt: skip

# fmt: off
MEETING_FIGURES = (
    Figure("chairpersons_meetings", "主任会议", "举行日期在统计期内、登记已举行的主任会议。", MEETINGS, label_en="Councils of chairpersons", group="主任会议", basis="J02.meeting"),
    Figure("meeting_decisions", "主任会议决定", "统计期内主任会议作出的决定。", DECISIONS, Q(decided=True), label_en="Decisions", group="主任会议", basis="J02.meeting"),
    Figure("meeting_hearings", "主任会议听取报告", "统计期内主任会议听取并作出决定的报告，一项报告一件；要计入合并统计的，在合并统计的口径中选这一项。", HEARD, label_en="Reports heard", group="主任会议", basis="J02.meeting"),
)
RECEPTION_FIGURES = (
    Figure("reception_days", "主任接待日", "接待日期在统计期内、登记已接待的。", DAYS, label_en="Reception days", group="督", basis="C01.day"),
    Figure("reception_opinions", "接待日意见", "统计期内接待日代表提出的意见，等于当场答复与交办之和。", OPINIONS, label_en="Opinions", group="督", basis="C01.day"),
    Figure("reception_answered", "当场答复的意见", "接待日意见中当场答复的。", OPINIONS, Q(answered=True), label_en="Answered on the spot", group="督", basis="C01.day"),
    Figure("reception_handed", "交办的意见", "接待日意见中交有关单位办理的。", OPINIONS, Q(handed=True), label_en="Handed to a department", group="督", basis="C01.day"),
    Figure("reception_returned", "交办意见反馈率", "已向代表反馈办理结果的 ÷ 交办的意见。", OPINIONS, Q(returned=True), Q(handed=True), Q(answered=True), "已反馈结果", "交办的意见", "当场答复的", label_en="Results returned", group="督", basis="C01.day"),
    Figure("on_site_items", "现场督办建议", "统计期内接待日现场督办、已登记结果的建议，等于当场解决、承诺限期解决与作出说明之和。", ON_SITE, label_en="Supervised on site", group="督", basis="B07.site"),
    Figure("on_site_solved", "现场督办当场解决", "现场督办的建议中当场解决的。", ON_SITE, Q(solved=True), label_en="Solved on site", group="督", basis="B07.site"),
    Figure("on_site_committed", "现场督办承诺限期解决", "现场督办的建议中承诺限期解决的。", ON_SITE, Q(committed=True), label_en="Committed on site", group="督", basis="B07.site"),
    Figure("on_site_promises", "现场督办逾期承诺", "统计期内接待日现场督办、已登记结果的逾期承诺，不计入现场督办建议。", ON_SITE_PROMISES, label_en="Overdue promises raised on site", group="督", basis="B07.site"),
    Figure("on_site_explained", "现场督办作出说明", "现场督办的建议中作出说明的。", ON_SITE, Q(explained=True), label_en="Explained on site", group="督", basis="B07.site"),
)
INSPECTION_FIGURES = (
    Figure("special_inspections", "专项督查", "督查日期在统计期内、督查组已到场的。", INSPECTIONS, label_en="Special inspections", group="督", basis="B15.inspection"),
    Figure("inspected", "核查的建议", "统计期内专项督查现场核查的建议。", CHECKED, label_en="Inspected", group="督", basis="B15.inspection"),
    Figure("inspected_confirmed", "现场核查属实率", "现场属实 ÷ 现场核查的建议。", CHECKED, Q(confirmed=True), Q(), None, "现场属实", "现场核查", label_en="Confirmed on site", group="督", basis="B15.inspection"),
    Figure("inspected_not_confirmed", "现场核查不属实", "现场核查的建议中不属实的。", CHECKED, Q(not_confirmed=True), label_en="Not confirmed on site", group="督", basis="B15.inspection"),
)
# fmt: on

STUDIO = "直播间"


def asked(period: Period) -> QuerySet[Any]:
    """Questions for the studio asked in the period, without those withdrawn by its end. The records of the table are asked by their matters."""
    gone = Act.objects.filter(procedure="broadcast-question", step="withdraw", took_effect__date__lte=period.end)
    rows = Act.objects.filter(procedure="broadcast-question", step__in=("ask", "enter"))
    rows = rows.filter(took_effect__date__gte=period.since, took_effect__date__lte=period.end)
    return rows.exclude(matter__in=gone.values("matter"))


def ended(step: str) -> Callable[[Period], Q]:
    """A fact: the question ended by that step."""

    def fact(period: Period) -> Q:
        done = Act.objects.filter(procedure="broadcast-question", step=step, took_effect__date__lte=period.end)
        return Q(matter__in=done.values("matter"))

    return fact


BROADCASTS = Population("broadcasts", "代表之声直播", TIMES, held("broadcast", "hold"), splits=BY_DAY,
                        columns=(Shown("日期", "held_on"), Shown("街道", "street__name"), Shown("主题", "note")))  # fmt: skip
QUESTIONS = Population(
    "broadcast_questions", "直播提问", ITEMS, asked, splits=(by_month("took_effect"),), columns=(Shown("提问时间", "took_effect"),),
    facts={"live": ended("answer_live"), "later": ended("answer_later"), "handed": ended("hand")},
)  # fmt: skip

# fmt: off
BROADCAST_FIGURES = (
    Figure("broadcasts", "代表之声直播", "直播日期在统计期内、登记已直播的场次。", BROADCASTS, label_en="Live broadcasts", group=STUDIO, basis="A13.studio"),
    Figure("broadcast_questions", "直播提问", "统计期内直播前和直播中的提问，撤回的不计；等于直播中答复、直播后答复、转交办理与还没有处理的之和。", QUESTIONS, label_en="Questions for the studio", group=STUDIO, basis="A13.studio"),
    Figure("broadcast_live", "直播中答复", "直播提问中在直播中答复的。", QUESTIONS, Q(live=True), label_en="Answered live", group=STUDIO, basis="A13.record"),
    Figure("broadcast_later", "直播后答复", "直播提问中直播后答复的。", QUESTIONS, Q(later=True), label_en="Answered later", group=STUDIO, basis="A13.record"),
    Figure("broadcast_handed", "直播提问转交办理", "直播提问中转为群众意见办理的。", QUESTIONS, Q(handed=True), label_en="Questions handed over", group=STUDIO, basis="A13.record"),
)
# fmt: on
