"""What the steps of a rating write, what stands in their way, and what a "not satisfied" opens."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext

from openrenda.docket.language import Opening
from openrenda.docket.models import Act
from openrenda.docket.situation import Situation
from openrenda.people.models import Organ

from .. import grading
from .records import RatedRound

RECTIFICATION = "rectification"


def enter(situation: Situation, act: Act) -> None:
    """Keep the report and whose it is; the first rating waits for its vote."""
    data = situation.data
    organ = Organ.objects.get(pk=data["organ"])
    situation.add_party("rated_organ", organ.pk, organ.name)
    situation.note(
        organ=organ, organ_name=organ.name, meeting_on=data["meeting_on"],
        rounds=int(situation.book.option("option.rating_rounds")),
    )  # fmt: skip
    reported_on = situation.today if data.get("report") else None
    situation.add(RatedRound(number=1, report=data.get("report", ""), reported_on=reported_on))


def replan(situation: Situation, act: Act) -> None:
    """Another sitting."""
    situation.note(meeting_on=situation.data["meeting_on"])


def report(situation: Situation, act: Act) -> None:
    """What is reported, for the rating that comes."""
    situation.change(current(situation), report=situation.data["report"], reported_on=situation.today)


def rated(situation: Situation, act: Act) -> None:
    """Keep the count and the verdict; of the last grade, the day by which it is to be reported again."""
    data, book = situation.data, situation.book
    unsatisfied = is_worst(situation)
    situation.change(
        current(situation), rated_on=situation.today, grades=grading.counted(book, data["grades"]), verdict=data["verdict"],
        unsatisfied=unsatisfied, sentence=data["sentence"], vote=data.get("vote"),
    )  # fmt: skip
    again_on = book.due("D05.again", situation.today) if unsatisfied and not situation.record.is_last else None
    situation.note(verdict=data["verdict"], unsatisfied=unsatisfied, again_on=again_on)
    grading.in_words(situation, act)


def is_worst(situation: Situation) -> bool:
    """Whether the vote gave the last grade."""
    return bool(situation.data["verdict"] == list(grading.labels(situation.book))[-1])


def rectify(situation: Situation) -> Iterable[Opening]:
    """A rectification of the organ, without anybody having to think of it (D05 (5))."""
    record = situation.record
    if not record.unsatisfied or record.is_last:
        return
    problem = f"{situation.matter.title}满意度测评结果为不满意：{situation.data['sentence']}"
    told = {"title": f"{situation.matter.title}整改", "problem": problem, "source": "report_rating"}
    yield Opening(RECTIFICATION, "open", told, (("owner", record.organ_id, record.organ_name),))


def another_day(situation: Situation, act: Act) -> None:
    """The day that was decided."""
    situation.note(again_on=situation.data["again_on"])


def report_again(situation: Situation, act: Act) -> None:
    """The second report stands beside the first."""
    number = situation.record.round + 1
    situation.note(round=number)
    situation.add(RatedRound(number=number, report=situation.data["report"], reported_on=situation.today))


def current(situation: Situation) -> RatedRound:
    """The rating it is about to get, or got last."""
    return next(row for row in situation.rows(RatedRound) if row.number == situation.record.round)


# Bars


def has_result(situation: Situation) -> str | None:
    """Only a report without a grade is rated once more: no valid mark was given, or it was taken off the paper."""
    return gettext("已经有测评结果，不再重新测评。") if _graded(situation) else None


def no_result(situation: Situation) -> str | None:
    """There is something to tell."""
    return None if _graded(situation) else gettext("这次测评没有得出结果，请重新列入会议测评。")


def _graded(situation: Situation) -> bool:
    return situation.record.verdict in grading.labels(situation.book)


def to_be_reported_again(situation: Situation) -> str | None:
    """It does not end with a "not satisfied" as long as another rating follows (D05 (5))."""
    record = situation.record
    if not record.unsatisfied or record.is_last:
        return None
    return gettext("测评结果为不满意，报告单位须整改并在%(day)s以前再次报告，由常委会再次测评（%(article)s）。") % {
        "day": date_format(record.again_on), "article": situation.book.citation("D05.again"),
    }  # fmt: skip


def not_unsatisfied(situation: Situation) -> str | None:
    """There is a second report to come."""
    if not situation.record.unsatisfied:
        return gettext("测评结果不是不满意，不用再次报告。")
    if situation.record.is_last:
        return gettext("已经是最后一次测评，由常委会决定怎样处理。")
    return None


# Facts for the clocks


def follows(situation: Situation) -> bool:
    """A second report is due."""
    return bool(situation.record.unsatisfied and not situation.record.is_last)


def ends(situation: Situation) -> bool:
    """The result is to be told and nothing else follows."""
    return not follows(situation)
