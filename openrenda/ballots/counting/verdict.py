"""What follows from a tally. One function a kind; each asks the rule that the terms carry, of the base that they name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from .tally import Tally
from .terms import ABSTAIN, APPROVE, CHOICE, CHOSEN, ELECTION, GRADES, NOT_VALID, PRESENT, VALID, Terms

PASSED, NOT_PASSED, ELECTED, NOT_ELECTED, TIED = "passed", "not_passed", "elected", "not_elected", "tied"
WITHDRAWN, NO_RESULT = "withdrawn", "no_result"
GOOD = frozenset({PASSED, ELECTED})


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row: what it is, the marks it got, what follows. ``row`` is its place on the paper; None for a name written in."""

    row: int | None
    label: str
    marks: Mapping[str, int]
    result: str

    @property
    def votes(self) -> int:
        """The votes for it."""
        return self.marks.get(APPROVE, 0) + self.marks.get(CHOSEN, 0)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The whole result. ``void``: more papers came back than were given out. ``again``: those who are tied for ``places_left``; ``unfilled``: places
    that nobody reached."""

    outcomes: tuple[Outcome, ...]
    void: bool = False
    again: tuple[str, ...] = ()
    places_left: int = 0
    unfilled: int = 0

    @property
    def passed(self) -> bool:
        """Whether every row that was counted passed or was elected, and there was one."""
        counted = [outcome for outcome in self.outcomes if outcome.result != WITHDRAWN]
        return not self.void and bool(counted) and all(outcome.result in GOOD for outcome in counted)

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        data = asdict(self)
        return data | {"outcomes": list(data["outcomes"]), "again": list(self.again), "passed": self.passed}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Verdict:
        """The verdict again."""
        given = {name: value for name, value in data.items() if name != "passed"}
        return cls(
            **given | {"outcomes": tuple(Outcome(**row) for row in given["outcomes"]), "again": tuple(given["again"])}
        )


def verdict(terms: Terms, tally: Tally) -> Verdict:
    """What follows from the tally under the terms."""
    if tally.returned > tally.issued:
        rows = (Outcome(row, label, tally.marks[row], NO_RESULT) for row, label in enumerate(terms.rows))
        return Verdict(tuple(rows), void=True)
    if terms.kind in (ELECTION, CHOICE):
        return _ranked(terms, tally)
    judge = _grade if terms.kind == GRADES else _approval
    return Verdict(tuple(
        Outcome(row, label, tally.marks[row], judge(terms, tally.marks[row]) if row in terms.counted else WITHDRAWN)
        for row, label in enumerate(terms.rows)
    ))  # fmt: skip


def _approval(terms: Terms, marks: Mapping[str, int]) -> str:
    """More than half of all, not of those present; abstentions and absences work like a no (ORG-03, ORG-14)."""
    approve = marks.get(APPROVE, 0)
    return PASSED if approve and terms.majority.met_by(approve, terms.base) else NOT_PASSED


def _grade(terms: Terms, marks: Mapping[str, int]) -> str:
    """The first grade down to which enough marks were given; the last grade when there is none. No valid mark, no result (D05)."""
    valid = sum(count for mark, count in marks.items() if mark != NOT_VALID)
    if not valid or valid == marks.get(ABSTAIN, 0):
        return NO_RESULT
    base = {PRESENT: terms.present, VALID: valid}.get(terms.grades_base, terms.base)
    given = 0
    for grade, rule in zip(terms.grades, terms.rungs, strict=False):
        given += marks.get(grade.key, 0)
        if given and rule.met_by(given, base):
            return grade.key
    return terms.grades[-1].key


def _ranked(terms: Terms, tally: Tally) -> Verdict:
    """The most votes up to the places, among those with more than half of all; a tie at the last place is voted on again (ORG-08, LIV-10)."""
    standing = [Outcome(row, terms.rows[row], tally.marks[row], NOT_ELECTED) for row in terms.counted]
    standing += [Outcome(None, name, {APPROVE: count}, NOT_ELECTED) for name, count in sorted(tally.write_ins.items())]
    reached = [outcome for outcome in standing if _may_win(terms, outcome.votes)]
    winners, tied = _first(reached, terms.places)
    left = terms.places - len(winners)
    results = {id(one): ELECTED for one in winners} | {id(one): TIED for one in tied}
    judged = [Outcome(one.row, one.label, one.marks, results.get(id(one), NOT_ELECTED)) for one in standing]
    judged += [Outcome(row, terms.rows[row], tally.marks[row], WITHDRAWN) for row in sorted(terms.withdrawn)]
    outcomes = sorted(judged, key=lambda one: len(terms.rows) if one.row is None else one.row)
    again = tuple(one.label for one in tied)
    return Verdict(tuple(outcomes), False, again, left if tied else 0, 0 if tied else left)


def _may_win(terms: Terms, votes: int) -> bool:
    """A vote at least, and more than half of all unless the most votes decide alone."""
    return votes > 0 and (terms.plurality or terms.majority.met_by(votes, terms.base))


def _first(reached: Iterable[Outcome], places: int) -> tuple[list[Outcome], list[Outcome]]:
    """Those who surely have a place, and those who are tied for what is left."""
    ranked = sorted(reached, key=lambda one: -one.votes)
    if len(ranked) <= places:
        return ranked, []
    line = ranked[places - 1].votes
    if line != ranked[places].votes:
        return ranked[:places], []
    return [one for one in ranked if one.votes > line], [one for one in ranked if one.votes == line]
