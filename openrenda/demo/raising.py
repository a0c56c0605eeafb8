"""The first part of a suggestion's life: drafting, co-signing, asking beforehand, reading at two levels."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from .diary import DEPUTY_OFFICE, Diary
from .phrases import remarks

CRITERIA = ("compliant", "single", "feasible", "political_gate", "legal_gate", "quality_gate")
PASSED: dict[str, Any] = dict.fromkeys(CRITERIA, True)
REFUSED_COSIGN, CATEGORISED = 0.08, 0.15
STREET_ALL, DISTRICT_ALL = (0, 4), (0, 4)
# How a draft goes on after it was written, and how often.
PLAIN, CONSULTED, STREET_RETURNED, DISTRICT_RETURNED, AS_IS, SETTLED, LEFT, GIVEN_UP = (
    "plain", "consulted", "street_returned", "district_returned", "as_is", "settled", "left_as_draft", "given_up",
)  # fmt: skip
WAYS = (
    (PLAIN, 66),
    (CONSULTED, 10),
    (STREET_RETURNED, 7),
    (DISTRICT_RETURNED, 6),
    (AS_IS, 3),
    (SETTLED, 4),
    (LEFT, 1),
    (GIVEN_UP, 2),
)


def raise_it(diary: Diary, way: str) -> bool:
    """Write, sign, submit and read. True when the suggestion was received and goes on."""
    _begin(diary)
    _cosign(diary)
    if way in (CONSULTED, SETTLED):
        _consult(diary)
    if way == SETTLED:
        _settle(diary)
    if way in (SETTLED, LEFT):
        return False
    _submit(diary)
    if way == GIVEN_UP and not diary.suggestion.cosigners:
        diary.wait(0, 1)
        diary.take("withdraw", diary.sponsor, reason=diary.pen.say("office.withdraw"))
        return False
    _read(diary, way)
    return True


def _begin(diary: Diary) -> None:
    """In session the draft was begun before; between sessions the day it was raised is the day it was begun."""
    if diary.suggestion.in_session and not diary.suggestion.delegation:
        diary.day = diary.back(diary.chance.randint(4, 30))
    agent = diary.likely(0.015)
    proof: dict[str, Any] = {"proof": remarks("office.agent_proof")} if agent else {}
    diary.take("propose", diary.sponsor, agent=agent, **proof)


def _cosign(diary: Diary) -> None:
    """Invite, let some decline, and let the others sign."""
    suggestion = diary.suggestion
    if not suggestion.cosigners:
        return
    extra = _one_who_refuses(diary) if diary.likely(REFUSED_COSIGN) else []
    if not suggestion.in_session:
        diary.wait(0, 1)
    diary.take("invite", diary.sponsor, deputies=[*suggestion.cosigners, *extra])
    signing_days = 1 if suggestion.in_session else 2
    for index, holder in enumerate(suggestion.cosigners):
        if index % 4 == 0:
            diary.wait(0, signing_days)
        diary.take("cosign", ("deputy", holder))
    for holder in extra:
        diary.take("refuse_cosign", ("deputy", holder), reason=diary.pen.say("cosign.refuse"))


def _one_who_refuses(diary: Diary) -> list[str]:
    signed = {diary.suggestion.proposer, *diary.suggestion.cosigners}
    able = [m.key for m in diary.cast.sitting(diary.day) if m.until is None and m.key not in signed]
    return [diary.chance.choice(able)]


def _consult(diary: Diary) -> None:
    pen = diary.pen
    if not diary.suggestion.in_session:
        diary.wait(0, 2)
    diary.take("consult", diary.sponsor, organ=diary.organ, question=pen.say("consult.question"))
    diary.wait(1, 4)
    diary.take("answer_consultation", diary.staff("clerk"), answer=pen.say("consult.answer"))


def _settle(diary: Diary) -> None:
    diary.wait(1, 3)
    diary.take("settle", diary.sponsor, organ=diary.organ, outcome=diary.pen.say("consult.settle"))


def _submit(diary: Diary) -> None:
    """In session on a day of the session; between sessions on a day outside any."""
    suggestion = diary.suggestion
    if suggestion.in_session:
        diary.day = max(diary.day, diary.worked(suggestion.raised_on))
    else:
        diary.wait(0, 4)
        for session in diary.cast.district_sessions:
            if session.since <= diary.day <= session.until:
                diary.day = diary.worked(session.until + timedelta(days=1))
    diary.take("submit" if suggestion.delegation else "submit_to_street", diary.sponsor)


def _read(diary: Diary, way: str) -> None:
    if not diary.suggestion.delegation:
        _street(diary, way)
    if way == AS_IS and not diary.suggestion.delegation:
        return
    diary.wait(*DISTRICT_ALL)
    if way == DISTRICT_RETURNED or diary.suggestion.oddity == "two_matters":
        _district_returns(diary)
    if diary.likely(CATEGORISED):
        diary.take("categorise", DEPUTY_OFFICE, category=diary.suggestion.category)
    diary.take("district_pass", DEPUTY_OFFICE, **PASSED, comment=diary.pen.say("review.pass_district"))


def _street(diary: Diary, way: str) -> None:
    reviewer = ("street_reviewer", _street_of(diary))
    diary.wait(*STREET_ALL)
    if diary.likely(0.06):
        diary.wait(2, 5)
    if way in (STREET_RETURNED, AS_IS):
        ticks = PASSED | {diary.chance.choice(("feasible", "quality_gate", "compliant")): False}
        diary.take("street_return", reviewer, **ticks, comment=diary.pen.say("review.return_street"))
        diary.wait(1, 4)
        if way == AS_IS:
            diary.take("file_as_is", diary.sponsor, reason=diary.pen.say("review.as_is"))
            return
        diary.take("revise", diary.sponsor, added=diary.pen.say("analysis.close"))
        diary.take("resubmit_to_street", diary.sponsor)
        diary.wait(0, 3)
    diary.take("street_pass", reviewer, **PASSED, comment=diary.pen.say("review.pass_street"))


def _street_of(diary: Diary) -> str:
    return diary.cast.mandate_by_key[diary.suggestion.proposer].street


def _district_returns(diary: Diary) -> None:
    two = diary.suggestion.oddity == "two_matters"
    comments = remarks("review.return_district")
    refused = {"single": False} if two else {"quality_gate": False}
    comment = comments[0] if two else diary.words.one(comments[1:3])
    diary.take("district_return", DEPUTY_OFFICE, **PASSED | refused, comment=comment)
    diary.wait(1, 3)
    if two:
        second = diary.suggestion.proposals[1]
        diary.take("split", diary.sponsor, title=diary.suggestion.second_title, background=diary.suggestion.written.situation,
                   proposals=f"{second.what}。")  # fmt: skip
    diary.take("revise", diary.sponsor, added="" if two else diary.pen.say("analysis.close"), only_first=two)
    diary.take("resubmit", diary.sponsor)
    diary.wait(0, 2)


def raise_the_split_one(diary: Diary) -> None:
    """The second matter of a split draft is raised by itself."""
    diary.target = "split"
    diary.wait(1, 3)
    diary.take("submit_to_street", diary.sponsor)
    diary.wait(*STREET_ALL)
    diary.take(
        "street_pass", ("street_reviewer", _street_of(diary)), **PASSED, comment=diary.pen.say("review.pass_street")
    )
    diary.wait(*DISTRICT_ALL)
    diary.take("district_pass", DEPUTY_OFFICE, **PASSED, comment=diary.pen.say("review.pass_district"))
