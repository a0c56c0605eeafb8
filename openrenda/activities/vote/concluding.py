"""Closing, announcing, and what follows; a vote declared void by the chair, and taken again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from openrenda.activities.motion import FOLLOWS, listens, written
from openrenda.ballots.closing import close, discard
from openrenda.ballots.counting import Outcome
from openrenda.ballots.counting.sentences import row_sentence
from openrenda.ballots.counting.terms import GRADES
from openrenda.ballots.counting.verdict import GOOD
from openrenda.ballots.models import Ballot
from openrenda.docket.forms import StepForm
from openrenda.docket.language import Opening, Taking
from openrenda.docket.models import Act
from openrenda.docket.situation import Situation
from openrenda.languages import chinese
from openrenda.procedures.fields import LongText, YesNo

from .records import latest_ballot


class Void(StepForm):
    """The chair's decision, with its reason."""

    decided_by = forms.CharField(label=_("作出决定的会议主持人"), max_length=100)
    reason = LongText(label=_("理由"), rows=3, max_length=2000)
    repeat = YesNo(label=_("重新表决"))


class Cancel(StepForm):
    """Why it is not voted on."""

    reason = LongText(label=_("理由"), rows=3, max_length=2000)


def close_vote(situation: Situation, act: Act) -> None:
    """Count, and write the result down. The count is done once: whoever closes again writes the same."""
    opened = latest_ballot(situation.matter.pk)
    assert opened is not None
    ballot = close(opened)
    act.data |= told(ballot)
    situation.note(passed=ballot.verdict.passed, digest=ballot.digest)


def told(ballot: Ballot) -> dict[str, Any]:
    """The result as the record keeps it, in Chinese; with the digest of the box, so that the ledger vouches for every paper."""
    sentence = chinese_words(lambda: ballot.sentence)
    return {"sentence": sentence, "tally": ballot.tally_data, "verdict": ballot.verdict_data, "digest": ballot.digest}


def announce(situation: Situation, act: Act) -> None:
    """It holds from now on."""
    ballot = latest_ballot(situation.matter.pk)
    assert ballot is not None
    act.data |= told(ballot)
    situation.note(announced_on=situation.today)


def what_follows(situation: Situation) -> Iterable[Opening | Taking]:
    """Each matter that was voted on is told; those who are tied are voted on again."""
    record, ballot = situation.record, latest_ballot(situation.matter.pk)
    assert ballot is not None
    if not record.straw:
        yield from _tell(situation, ballot)
    again = ballot.verdict.again
    if again:
        tied = [option for option in record.options if option["label"] in again]
        named = {option["label"] for option in tied}
        tied += [{"label": label} for label in again if label not in named]
        yield again_with(situation, tied, ballot.verdict.places_left, "again_on")


def _tell(situation: Situation, ballot: Ballot) -> Iterable[Taking]:
    record, verdict = situation.record, ballot.verdict
    if record.subject_id and listens(record.subject_id):
        sentence, passed = chinese_words(lambda: ballot.sentence), verdict.passed
        yield Taking(record.subject_id, FOLLOWS, _told_of(situation, ballot, verdict.outcomes[0], passed, sentence))
    for row, option in enumerate(record.options):
        subject = option.get("subject")
        if not subject or subject == str(record.subject_id) or not listens(UUID(subject)):
            continue
        outcome = verdict.outcomes[0 if record.together else row]
        sentence = chinese_words(partial(row_sentence, ballot.terms, ballot.tally, outcome))
        yield Taking(UUID(subject), FOLLOWS, _told_of(situation, ballot, outcome, outcome.result in GOOD, sentence))


def chinese_words(said: Callable[[], str]) -> str:
    """What is said, as the record keeps it."""
    with chinese():
        return said()


def _told_of(situation: Situation, ballot: Ballot, outcome: Outcome, good: bool, sentence: str) -> dict[str, Any]:
    """What is told of one row: it passed or was chosen, by how many votes, of what base; its grade and the marks by grade."""
    marks = {mark: count for mark, count in outcome.marks.items() if mark}
    counts = {name: marks.get(name, 0) for name in ("approve", "against", "abstain")}
    graded = {"grades": marks, "verdict": outcome.result} if ballot.terms.kind == GRADES else {}
    return {
        "sentence": sentence, "vote": str(situation.matter.pk), "base": ballot.terms.base, "present": ballot.terms.present,
        "passed": good, "chosen": good, "votes": outcome.votes, "result": outcome.result, "marks": marks, **counts, **graded,
    }  # fmt: skip


def again_with(situation: Situation, options: list[dict[str, Any]], places: int, link: str) -> Opening:
    """The same vote once more, with these options."""
    record = situation.record
    data = {
        "title": situation.matter.title, "kind": record.kind, "way": record.way, "body": record.body, "places": places,
        "options": "\n".join(written(option) for option in options if not option.get("withdrawn")),
        "together": record.together, "removal": record.removal, "straw": record.straw,
        "subject": str(record.subject_id) if record.subject_id else "", "sitting": str(record.sitting_id) if record.sitting_id else "",
    }  # fmt: skip
    return Opening("vote", "prepare", {name: value for name, value in data.items() if value}, link=link)


def void(situation: Situation, act: Act) -> None:
    """Nothing of it counts. A box that is open is thrown away unopened."""
    ballot = latest_ballot(situation.matter.pk)
    if ballot and not ballot.closed_at:
        situation.after_write.append(lambda: discard(ballot))


def repeat(situation: Situation) -> Iterable[Opening]:
    """By the same decision it is taken again."""
    if situation.data.get("repeat") is True:
        yield again_with(situation, situation.record.options, situation.record.places, "repeats")
