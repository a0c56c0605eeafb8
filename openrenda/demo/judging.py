"""The last part of a suggestion's life: judging, refusing, meeting, falling silent, publishing."""

from __future__ import annotations

from typing import Any

from .diary import DEPUTY_OFFICE, Diary
from .handling import second_reply
from .phrases import remarks
from .replies import BOILERPLATE, COPIED, GOOD, ReplyText

SATISFIED, BASICALLY, SILENT, SILENT_THEN_LATE, REFUSED, REFUSED_TWICE, SILENT_AGAIN = (
    "satisfied", "basically", "silent", "judged_late", "rejected", "rejected_twice", "silent_again",
)  # fmt: skip
AFTER_GOOD = (
    (SATISFIED, 62),
    (BASICALLY, 21),
    (SILENT, 6),
    (SILENT_THEN_LATE, 2),
    (REFUSED, 4),
    (REFUSED_TWICE, 1),
    (SILENT_AGAIN, 1),
)
AFTER_POOR = ((SATISFIED, 5), (BASICALLY, 25), (SILENT, 10), (SILENT_THEN_LATE, 2), (REFUSED, 40), (REFUSED_TWICE, 18))
FEEDBACK_DAYS = 15
PUBLISHED, WITHHELD, BAD_ATTITUDE, BY_AGENT, COSIGNERS_JUDGE = 0.3, 0.03, 0.12, 0.03, 0.45
NO = "dissatisfied"


def fates(text: ReplyText) -> tuple[tuple[str, int], ...]:
    """What may follow a reply, and how often."""
    return AFTER_POOR if text.quality in (BOILERPLATE, COPIED) else AFTER_GOOD


def judge(diary: Diary, fate: str) -> None:
    """From the reply to the end."""
    if diary.likely(PUBLISHED) and not diary.suggestion.confidential and not diary.target:
        diary.wait(0, 2)
        _publish(diary)
    _cosigners(diary)
    if fate in (SILENT, SILENT_THEN_LATE):
        _fall_silent(diary, fate)
    elif fate in (SATISFIED, BASICALLY):
        diary.wait(1, 10)
        _yes(diary, "judge", fate)
    else:
        _not_satisfied(diary, fate)
    if diary.likely(WITHHELD) and not diary.suggestion.confidential:
        diary.wait(1, 4)
        diary.take("withhold", DEPUTY_OFFICE, reason=diary.pen.say("office.withhold_reason"))


def _publish(diary: Diary) -> None:
    written = diary.suggestion.written
    diary.take(
        "publish", DEPUTY_OFFICE, public_text=f"{written.situation}\n{written.analysis}\n{written.proposals_text}"
    )


def _yes(diary: Diary, step: str, grade: str) -> None:
    agent = diary.likely(BY_AGENT)
    proof: dict[str, Any] = {"proof": remarks("office.agent_proof")} if agent else {}
    attitude = SATISFIED if diary.likely(0.9) else BASICALLY
    reasons = diary.pen.say(f"judge.{grade}")
    diary.take(step, diary.sponsor, agent=agent, attitude=attitude, result=grade, reasons=reasons, **proof)


def _no(diary: Diary, step: str) -> None:
    attitude, reasons = (
        BASICALLY,
        diary.pen.say("judge.reject", held="前天") if step == "reject" else diary.pen.say("judge.reject_again"),
    )
    if diary.likely(BAD_ATTITUDE):
        attitude, reasons = NO, reasons + diary.pen.say("judge.attitude")
    diary.take(step, diary.sponsor, attitude=attitude, result=NO, reasons=reasons)


def _cosigners(diary: Diary) -> None:
    """Some co-signers judge for themselves; the organ reads it, the lead deputy decides."""
    if diary.target:
        return
    for holder in diary.suggestion.cosigners[:3]:
        if diary.likely(COSIGNERS_JUDGE):
            result = diary.chance.choice((SATISFIED, SATISFIED, BASICALLY, NO))
            reasons = diary.pen.say("judge.cosigner_no" if result == NO else "judge.cosigner")
            diary.take("cosigner_judge", ("deputy", holder), attitude=SATISFIED, result=result, reasons=reasons)


def _fall_silent(diary: Diary, fate: str) -> None:
    """No judgement: the clock ends it after the limit; one deputy in a while judges late."""
    diary.wait(FEEDBACK_DAYS + 1)
    diary.engine("fall_silent")
    if fate == SILENT_THEN_LATE:
        diary.wait(3, 20)
        _yes(diary, "judge_late", SATISFIED)


def _not_satisfied(diary: Diary, fate: str) -> None:
    diary.wait(2, 9)
    _no(diary, "reject")
    second_reply(diary)
    if fate == SILENT_AGAIN:
        diary.wait(FEEDBACK_DAYS + 1)
        diary.engine("stay_silent")
        return
    diary.wait(2, 9)
    if fate == REFUSED:
        _yes(diary, "judge_second", diary.chance.choice((SATISFIED, BASICALLY)))
        return
    _no(diary, "reject_second")
    diary.wait(5, 12)
    diary.take("record_meeting", DEPUTY_OFFICE, held_on=diary.day, **diary.pen.meeting())


__all__ = ["GOOD", "fates", "judge"]
