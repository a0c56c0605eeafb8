"""The figures of the palm-top express (A14): written, answered, in time, how long the first answer took. Never by deputy."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_noop as declared

from openrenda.docket.models import RunningClock
from openrenda.figures import Figure, Period, Population, Shown
from openrenda.figures.asof import acts_by, among, moment
from openrenda.figures.groups import by_month, by_street
from openrenda.figures.language import CASES

from .records import Conversation

KEY, GROUP = "palm-express", "掌上直通车"


def begun(period: Period) -> QuerySet[Any]:
    """Conversations that residents began in the period."""
    return Conversation.objects.filter(asked_at__gte=moment(period.since, before=True), asked_at__lt=moment(period.end))


def answered(period: Period) -> Q:
    """The deputy has answered by the end of the period, or had it seen to."""
    return Q(answered_at__lt=moment(period.end))


def in_time(period: Period) -> Q:
    """Answered, and it was never passed to the station before the first answer."""
    stopped = RunningClock.objects.filter(procedure=KEY, key="answer", stopped_on__gt=F("due_on"))
    return answered(period) & ~among(stopped)


def handed(period: Period) -> Q:
    """Turned into an opinion by the deputy."""
    return among(acts_by(period, KEY, "hand"))


def passed_on(period: Period) -> Q:
    """Not answered in time, and passed to the station."""
    return among(acts_by(period, KEY, "pass_on"))


CONVERSATIONS = Population(
    "conversations", declared("掌上直通车留言"), CASES, begun,
    facts={"answered": answered, "in_time": in_time, "handed": handed, "passed_on": passed_on},
    splits=(by_street("street_id"), by_month("asked_at")),
    columns=(Shown("留言时间", "asked_at"), Shown("首次答复时间", "answered_at"), Shown("首次答复等待（分钟）", "waited_minutes")),
)  # fmt: skip

# fmt: off
FIGURES = (
    Figure("conversations", "掌上直通车留言", "统计期内群众给代表的留言，一次往来计一件，不论来回几条。", CONVERSATIONS, label_en="Conversations with deputies", group=GROUP, basis="A14.write"),
    Figure("conversations_answered", "代表已答复的留言", "截至统计日代表已经答复，或者转为意见并告知群众的。", CONVERSATIONS, Q(answered=True), label_en="Answered by deputies", group=GROUP, basis="A14.answer"),
    Figure("conversations_in_time", "留言按期答复率", "没有超过答复期限的 ÷ 已答复的。还没有答复的另列。", CONVERSATIONS, Q(in_time=True), Q(answered=True), Q(), "按期答复", "已答复", "还没有答复", label_en="Answered in time", group=GROUP, basis="A14.answer"),
    Figure("conversations_waited", "首次答复平均等待（分钟）", "从留言到代表首次答复的分钟数之和 ÷ 已答复的件数。", CONVERSATIONS, Q(answered=True), label_en="Mean minutes to the first answer", group=GROUP, basis="A14.answer", measure="waited_minutes"),
    Figure("conversations_handed", "留言转为意见办理", "代表把留言转为意见办理的。", CONVERSATIONS, Q(handed=True), label_en="Turned into opinions", group=GROUP, basis="A14.hand"),
    Figure("conversations_passed_on", "留言逾期转站点", "代表逾期没有答复、转到站点办理的。", CONVERSATIONS, Q(passed_on=True), label_en="Passed to a station", group=GROUP, basis="A14.answer"),
)
# fmt: on

__all__ = ["FIGURES"]
