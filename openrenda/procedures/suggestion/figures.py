"""The figures of suggestions (SUG-19, B16). Each is a query over acts and clocks, so it can be asked as of any day.

No official formula exists for these rates; each one prints its own. Received, answered, promised, done and confirmed are five
dates and never one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from openrenda.docket.models import Act, Matter, RunningClock
from openrenda.figures.language import ITEMS, TIMES, Figure, Period
from openrenda.tenancy import current_congress_id

from .records import Commitment, Contact, Judgement, Reply, Suggestion

KEY = "suggestion"
RECEIVED = (
    "district_pass",
    "file_as_is",
    "open_from_bill",
    "import_received",
    "import_assigned",
    "import_replied",
    "import_closed",
)
ASSIGNED = (
    "assign",
    "assign_by_government",
    "open_part",
    "assign_separately",
    "import_assigned",
    "import_replied",
    "import_closed",
)
REPLIED = ("sign_reply", "reply_with_main", "import_replied", "import_closed")
JUDGED = ("judge", "reject", "judge_late")
SILENT = ("fall_silent",)
NOT_SATISFIED = "dissatisfied"

Rows = QuerySet[Any]
Query = Callable[[Period], Rows]


def moment(day: Any) -> datetime:
    """The first moment after a day, in the congress's time zone."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def acts(period: Period, *steps: str) -> Rows:
    """Acts of those steps known by the end of the period."""
    return Act.objects.filter(procedure=KEY, step__in=steps, took_effect__lt=moment(period.end))


def having(period: Period, *steps: str) -> Exists:
    """Of a matter: one of the steps was taken by the end of the period."""
    return Exists(acts(period, *steps).filter(matter=OuterRef("pk")))


def whole_ones() -> Rows:
    """Suggestions as the deputies raised them: the parts of one handled separately are not counted again."""
    return Matter.objects.filter(procedure=KEY).filter(Q(parent=None) | Exists(_merged()))


def _merged() -> Rows:
    return Act.objects.filter(matter=OuterRef("pk"), step="merge")


def received(period: Period) -> Rows:
    """Suggestions received within the period, by their first receiving act."""
    first = moment(period.since - timedelta(days=1))
    within = acts(period, *RECEIVED).filter(took_effect__gte=first, matter=OuterRef("pk"))
    return whole_ones().filter(Exists(within)).order_by("opened_on", "id")


def received_with(*steps: str) -> Query:
    """Received in the period, and one of the steps taken by its end."""
    return lambda period: received(period).filter(having(period, *steps))


def received_without(*steps: str) -> Query:
    """Received in the period, and none of the steps taken by its end."""
    return lambda period: received(period).filter(~having(period, *steps))


def record(**conditions: Any) -> Exists:
    """Of a matter: its typed record meets the conditions."""
    return Exists(Suggestion.objects.filter(matter=OuterRef("pk"), **conditions))


def received_where(**conditions: Any) -> Query:
    """Received in the period, with such a record."""
    return lambda period: received(period).filter(record(**conditions))


def answered(period: Period) -> Rows:
    """Received in the period and answered by its end."""
    return received(period).filter(having(period, *REPLIED))


def answered_in_time(period: Period) -> Rows:
    """Answered on or before the day the reply clock allowed, extensions included."""
    in_time = _reply_clocks().filter(stopped_on__lte=F("due_on"))
    late = _reply_clocks().filter(stopped_on__gt=F("due_on"))
    return answered(period).filter(Exists(in_time), ~Exists(late))


def due_for_answer(period: Period) -> Rows:
    """Answered, or past its day: an open overdue suggestion counts in the whole."""
    overdue = _reply_clocks().filter(Q(stopped_on=None) | Q(stopped_on__gt=period.end), due_on__lt=period.end)
    timed = _reply_clocks().filter(stopped_on__lte=period.end)
    return received(period).filter(Exists(overdue) | Exists(timed))


def _reply_clocks() -> Rows:
    return RunningClock.objects.filter(key="reply", matter=OuterRef("pk"))


def judgements(*, result: tuple[str, ...] = (), attitude: tuple[str, ...] = (), first: bool = True) -> Query:
    """Answered suggestions whose lead deputy judged so: the first time, or the last word."""

    def query(period: Period) -> Rows:
        rows = Judgement.objects.filter(matter=OuterRef("pk"), lead=True, judged_on__lte=period.end)
        if first:
            rows = rows.filter(round=1)
        else:
            later = Judgement.objects.filter(
                congress_id=current_congress_id(), matter=OuterRef("matter"), lead=True, round__gt=OuterRef("round"),
                judged_on__lte=period.end,
            )  # fmt: skip
            rows = rows.filter(~Exists(later))
        rows = rows.filter(result__in=result) if result else rows
        rows = rows.filter(attitude__in=attitude) if attitude else rows
        return answered(period).filter(Exists(rows))

    return query


def silent(period: Period) -> Rows:
    """Answered, and the deputy said nothing in time, after a reminder."""
    judged_later = acts(period, "judge_late").filter(matter=OuterRef("pk"))
    return answered(period).filter(having(period, *SILENT), ~Exists(judged_later))


def not_yet_judged(period: Period) -> Rows:
    """Answered, with no judgement by the end of the period, silent ones included."""
    judged = Judgement.objects.filter(matter=OuterRef("pk"), lead=True, judged_on__lte=period.end)
    return answered(period).filter(~Exists(judged))


def of_class(*, solved: bool) -> Query:
    """Answered with a class that the congress's scheme counts as solved."""
    return lambda period: answered(period).filter(
        Exists(_replies(period).filter(result_class__in=solved_letters(solved)))
    )


def solved_letters(solved: bool) -> list[str]:
    """The letters of the scheme that mean solved, or not."""
    from openrenda.docket.situation import book_of

    scheme: Any = book_of(current_congress_id()).option("option.result_scheme")
    return [row["letter"] for row in scheme if bool(row.get("solved")) is solved]


def _replies(period: Period) -> Rows:
    """The last reply of each matter known by the end of the period."""
    known = Reply.objects.filter(matter=OuterRef("pk"), signed_on__lte=period.end)
    later = Reply.objects.filter(
        congress_id=current_congress_id(),
        matter=OuterRef("matter"),
        signed_on__lte=period.end,
        round__gt=OuterRef("round"),
    )
    return known.filter(~Exists(later))


def classified(letter: str) -> Query:
    """Answered with that class."""
    return lambda period: answered(period).filter(Exists(_replies(period).filter(result_class=letter)))


def contacted(period: Period) -> Rows:
    """Answered, with a contact recorded."""
    return answered(period).filter(Exists(Contact.objects.filter(matter=OuterRef("pk"), held_on__lte=period.end)))


def met(period: Period) -> Rows:
    """Answered, with a contact in person."""
    in_person = Contact.objects.filter(matter=OuterRef("pk"), held_on__lte=period.end).exclude(way="phone")
    return answered(period).filter(Exists(in_person))


def promises(period: Period) -> Rows:
    """Promises made in replies to suggestions received in the period."""
    return Commitment.objects.filter(
        promised_on__lte=period.end, matter__in=received(period).order_by().values("pk")
    ).order_by("due_on", "id")


def open_promises(period: Period) -> Rows:
    """Promises not kept by the end of the period."""
    return promises(period).filter(Q(done_on=None) | Q(done_on__gt=period.end))


def overdue_promises(period: Period) -> Rows:
    """Open promises past their day."""
    return open_promises(period).filter(due_on__lt=period.end)


def kept_promises(period: Period) -> Rows:
    """Promises kept by the end of the period."""
    return promises(period).filter(done_on__lte=period.end)


def settled_before(period: Period) -> Rows:
    """Drafts settled by talking before they were raised (B02): counted apart."""
    first = moment(period.since - timedelta(days=1))
    settled = acts(period, "settle").filter(took_effect__gte=first, matter=OuterRef("pk"))
    return Matter.objects.filter(procedure=KEY).filter(Exists(settled)).order_by("opened_on", "id")


SATISFIED = ("satisfied", "basically")

FIGURES = (
    Figure("received", "接收", "统计期内接收（编号）的建议件数；分办各件不重复计算。", received, label_en="Received", group="提", split="category"),
    Figure("in_session", "大会期间", "接收的建议中，大会期间提出的。", received_where(in_session=True), label_en="In session", group="提"),
    Figure("between_sessions", "闭会期间", "接收的建议中，闭会期间提出的。", received_where(in_session=False), label_en="Between sessions", group="提"),
    Figure("joint", "联名提出", "接收的建议中，有联名代表的。", received_where(cosigners__gt=0), label_en="Joint", group="提"),
    Figure("settled_before", "提出前已解决", "征询沟通后在提出前解决的草稿，单独统计，不计入接收。", settled_before, label_en="Settled before raising", group="提"),
    Figure("withdrawn", "撤回", "接收后撤回的建议。", received_with("withdraw"), label_en="Withdrawn", group="提"),
    Figure("reference", "转工作参考", "接收后转工作参考或来信处理的。", received_with("to_reference"), label_en="Kept for reference", group="交"),
    Figure("assigned", "交办", "接收的建议中，截至统计日已交办的。", received_with(*ASSIGNED), label_en="Handed over", group="交", split="organ"),
    Figure("not_assigned", "未交办", "接收的建议中，截至统计日尚未交办的（不含撤回、转工作参考、并案）。", received_without(*ASSIGNED, "withdraw", "to_reference", "merge"), label_en="Not handed over", group="交"),
    Figure("declined", "申请退办", "交办后承办单位申请过退办的。", received_with("decline"), label_en="Declined", group="交"),
    Figure("reassigned", "改交", "退办后改交其他单位的。", received_with("reassign"), label_en="Reassigned", group="交"),
    Figure("extended", "延期", "经同意或者依法延长答复期限的。", received_with("grant_extension", "extend"), label_en="Extended", group="办"),
    Figure("contact_rate", "联系率", "已答复建议中有联系记录的 ÷ 已答复。", contacted, answered, label_en="Contacted", group="办", part_label="有联系记录", whole_label="已答复"),
    Figure("meeting_rate", "面商率", "已答复建议中有当面联系记录的（不含仅电话） ÷ 已答复。", met, answered, label_en="Met in person", group="办", part_label="有当面联系", whole_label="已答复"),
    Figure("answered", "已答复", "接收的建议中，截至统计日已答复的。", answered, label_en="Answered", group="复", split="organ"),
    Figure("answer_rate", "办复率", "已答复 ÷ 已交办。", received_with(*REPLIED), received_with(*ASSIGNED), label_en="Answer rate", group="复", part_label="已答复", whole_label="已交办"),
    Figure("in_time_rate", "按期办复率", "按期答复（含批准延期后的期限） ÷ 应答复（已答复和逾期未答复）。", answered_in_time, due_for_answer, label_en="Answered in time", group="复", basis="REP-05", part_label="按期答复", whole_label="应答复"),
    Figure("solved_rate", "解决率", "答复分类为“已经解决或者基本解决”的 ÷ 已答复。", of_class(solved=True), answered, label_en="Solved", group="复", part_label="已解决", whole_label="已答复", split="organ"),
    Figure("promises", "承诺事项", "答复中承诺的事项数，一件建议可有多项。", promises, unit=ITEMS, label_en="Promises", group="复"),
    Figure("promise_rate", "落实率", "已落实的承诺 ÷ 全部承诺。", kept_promises, promises, unit=ITEMS, label_en="Promises kept", group="复", part_label="已落实", whole_label="承诺"),
    Figure("open_promises", "未落实承诺", "截至统计日未落实的承诺。", open_promises, unit=ITEMS, label_en="Open promises", group="复"),
    Figure("overdue_promises", "逾期承诺", "超过承诺期限仍未落实的。", overdue_promises, unit=ITEMS, label_en="Overdue promises", group="复"),
    Figure("judged", "已评价", "已答复的建议中，领衔代表作出评价的。", judgements(), label_en="Judged", group="评"),
    Figure("response_rate", "评价反馈率", "作出评价 ÷ 已答复。", judgements(), answered, label_en="Response rate", group="评", part_label="已评价", whole_label="已答复"),
    Figure("satisfaction_first", "满意率（首次）", "首次评价对结果满意和基本满意 ÷ 首次作出评价；逾期未评价的单独列出，不计入。", judgements(result=SATISFIED), judgements(), silent, "逾期未评价", label_en="Satisfied, first judgement", group="评", basis="SUG-12", part_label="满意和基本满意", whole_label="作出评价"),
    Figure("satisfaction", "满意率（最终）", "最后一次评价对结果满意和基本满意 ÷ 作出评价；逾期未评价的单独列出，不计入。", judgements(result=SATISFIED, first=False), judgements(first=False), silent, "逾期未评价", label_en="Satisfied, last judgement", group="评", basis="SUG-12", part_label="满意和基本满意", whole_label="作出评价"),
    Figure("fully_satisfied", "满意（不含基本满意）", "最后一次评价对结果满意 ÷ 作出评价。", judgements(result=("satisfied",), first=False), judgements(first=False), silent, "逾期未评价", label_en="Satisfied without reservation", group="评", basis="SUG-12", part_label="满意", whole_label="作出评价"),
    Figure("attitude", "态度满意率", "首次评价对态度满意和基本满意 ÷ 首次作出评价。", judgements(attitude=SATISFIED), judgements(), silent, "逾期未评价", label_en="Attitude", group="评", basis="SUG-12", part_label="满意和基本满意", whole_label="作出评价"),
    Figure("not_satisfied", "不满意", "首次评价对结果不满意、重新办理的。", judgements(result=(NOT_SATISFIED,)), label_en="Not satisfied", group="评", basis="SUG-13"),
    Figure("silent", "逾期未评价", "经催促逾期未评价，单独统计，不作满意计。", silent, label_en="Silent", group="评", basis="SUG-12"),
    Figure("not_yet_judged", "尚未评价", "已答复而没有评价的，含逾期未评价。", not_yet_judged, label_en="Not yet judged", group="评"),
    Figure("public", "已公开", "截至统计日已向社会公开的。", lambda period: received(period).filter(public_since__lte=period.end), label_en="Published", group="公开", basis="SUG-15"),
)  # fmt: skip

__all__ = ["FIGURES", "TIMES"]
