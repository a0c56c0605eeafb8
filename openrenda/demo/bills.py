"""The life of a bill: ten signatures, the presidium's decision, and often a suggestion out of it."""

from __future__ import annotations

from . import handling, judging
from .diary import DEPUTY_OFFICE, Diary
from .handling import weighted
from .phrases import remarks

AGENDA, TO_COMMITTEE, CONVERTED = "on_agenda", "committee_then_agenda", "converted"
OUTCOMES = ((AGENDA, 1), (TO_COMMITTEE, 3), (CONVERTED, 5))


def bill_life(diary: Diary) -> None:
    """Draft before the session, sign, move on the second day; the presidium decides before it closes."""
    bill = diary.suggestion
    moved = diary.worked(bill.raised_on)
    diary.day = diary.back(diary.chance.randint(5, 20))
    diary.take("draft", diary.sponsor)
    diary.wait(0, 1)
    refusing = [
        m.key
        for m in diary.cast.sitting(diary.day)
        if m.until is None and m.key not in {bill.proposer, *bill.cosigners}
    ][:1]
    diary.take("invite", diary.sponsor, deputies=[*bill.cosigners, *refusing])
    for holder in bill.cosigners:
        diary.take("cosign", ("deputy", holder))
    for holder in refusing:
        diary.take("refuse", ("deputy", holder))
    diary.day = moved
    diary.take("submit", diary.sponsor)
    diary.wait(1)
    _decide(diary, weighted(diary, OUTCOMES))


def _decide(diary: Diary, outcome: str) -> None:
    if outcome == CONVERTED:
        diary.take("convert", DEPUTY_OFFICE, decision=diary.words.one(remarks("bill.convert")))
        _go_on_as_suggestion(diary)
        return
    if outcome == TO_COMMITTEE:
        diary.take("refer", DEPUTY_OFFICE, decision=diary.words.one(remarks("bill.refer")))
        diary.wait(20, 60)
    diary.take("put_on_agenda", DEPUTY_OFFICE, decision=diary.words.one(remarks("bill.agenda")))


def _go_on_as_suggestion(diary: Diary) -> None:
    diary.target = "converted"
    handling.refer(diary)
    handling.sign_for(diary)
    text = handling.handle(diary, handling.PROMPT)
    if text is not None:
        judging.judge(diary, judging.SATISFIED)
