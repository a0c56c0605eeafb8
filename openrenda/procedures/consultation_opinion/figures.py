"""The figures of opinions on consultations: how many, by channel, source and outcome (C02, C03). An opinion belongs to the day on which it was given."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as declared

from openrenda.figures import Figure, Group, Period, Population, Shown, Split
from openrenda.figures.asof import acts_by, among
from openrenda.figures.groups import by_month, by_year
from openrenda.figures.language import CASES

from .. import consulting
from .records import ConsultationOpinion

GROUP = "征求意见"
KEY = consulting.OPINION
DECIDING = ("decide", "amend")


def given(period: Period) -> QuerySet[Any]:
    """Opinions of the period, looked at where no proof came with them, and not withdrawn by its end."""
    rows = ConsultationOpinion.objects.filter(heard_on__gte=period.since, heard_on__lte=period.end)
    counted = acts_by(period, KEY, "give", "enter", "send", "let_through", "decide").values("matter")
    gone = acts_by(period, KEY, "withdraw").values("matter")
    return rows.filter(matter__in=counted).exclude(matter__in=gone)


def ended(*outcomes: str) -> Callable[[Period], Q]:
    """The last answer by the end of the period says so."""

    def fact(period: Period) -> Q:
        acts = acts_by(period, KEY, *DECIDING)
        last = acts.filter(~_later(period)).filter(data__outcome__in=outcomes)
        return among(last)

    return fact


def _later(period: Period) -> Any:
    return Exists(acts_by(period, KEY, *DECIDING).filter(matter=OuterRef("matter"), seq__gt=OuterRef("seq")))


def keyed(known: dict[str, Any]) -> Callable[[Period, Collection[Any]], list[Group]]:
    """Groups by a stored key, in the order of its words."""

    def groups(period: Period, found: Collection[Any]) -> list[Group]:
        listed = [Group(key, str(label), (key,)) for key, label in known.items() if key in found]
        return listed + ([Group("none", _("还没有答复"), ("",))] if "" in found else [])

    return groups


OPINIONS = Population(
    "consultation_opinions", declared("征求到的意见"), CASES, given,
    facts={
        "adopted": ended(consulting.ADOPTED),
        "partly": ended(consulting.PARTLY),
        "not_adopted": ended(consulting.NOT_ADOPTED),
        "passed_on": ended(consulting.PASSED_ON),
        "topics": lambda _period: Q(consultation__public_consultation__purpose=consulting.TOPICS),
        "came_late": lambda _period: Q(late=True),
    },
    splits=(
        Split("channel", declared("渠道"), lambda _period: F("channel"), keyed(consulting.CHANNELS)),
        Split("source", declared("来源"), lambda _period: F("source"), keyed(consulting.SOURCES)),
        by_month("heard_on"), by_year("heard_on"),
    ),
    columns=(Shown("征求意见", "consultation__title"), Shown("提出日期", "heard_on"), Shown("归类", "theme"), Shown("答复日期", "answered_on")),
)  # fmt: skip

ADOPTED, PARTLY, NOT_ADOPTED, PASSED_ON = Q(adopted=True), Q(partly=True), Q(not_adopted=True), Q(passed_on=True)
ANSWERED = ADOPTED | PARTLY | NOT_ADOPTED | PASSED_ON

# fmt: off
FIGURES = (
    Figure("consultation_opinions", "征求到的意见", "提出日期在统计期内的意见，网上、来电、来访、来信等各渠道都计，逾期提出的也计，撤回的不计。", OPINIONS, label_en="Opinions on consultations", group=GROUP, basis="C02.say"),
    Figure("consultation_adopted", "采纳和部分采纳率", "采纳和部分采纳 ÷ 已经答复的。还没有答复的另列。", OPINIONS, ADOPTED | PARTLY, ANSWERED, Q(), "采纳和部分采纳", "已答复", "还没有答复", label_en="Adopted, wholly or partly", group=GROUP, basis="C02.feedback"),
    Figure("consultation_not_adopted", "不采纳并说明理由", "答复为不采纳、写明理由的。", OPINIONS, NOT_ADOPTED, label_en="Not adopted, with the reason", group=GROUP, basis="C02.feedback"),
    Figure("consultation_passed_on", "转有关单位研究办理", "答复为转有关单位研究办理的。", OPINIONS, PASSED_ON, label_en="Passed on", group=GROUP, basis="C02.feedback"),
    Figure("consultation_late", "逾期提出的意见", "截止日期以后提出、仍然保留并答复的。", OPINIONS, Q(came_late=True), label_en="Opinions that came late", group=GROUP, basis="C02.say"),
    Figure("topic_proposals", "征集到的监督议题意见", "征求到的意见中对监督议题征集提出的，按代表、群众、部门、人民团体、社会有关方面分列。", OPINIONS, Q(topics=True), label_en="Proposals of topics of supervision", group=GROUP, basis="C03.call"),
)
# fmt: on

__all__ = ["FIGURES"]
