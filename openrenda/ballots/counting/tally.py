"""Papers added up, or the numbers that a teller writes down; several tallies of one vote may be added (hybrid)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from .papers import Paper, is_void
from .terms import APPROVE, CHOICE, CHOSEN, ELECTION, GRADES, NOT_VALID, Terms

Counts = tuple[Mapping[str, int], ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """Papers issued and returned, those void as a whole, the marks of each row, and names written in.

    A void grade (none or several in one row) is a mark ``void`` of its row: the paper's other rows count.
    """

    issued: int
    returned: int
    void: int
    marks: Counts
    write_ins: Mapping[str, int] = field(default_factory=dict)

    @property
    def valid(self) -> int:
        """Papers that count."""
        return self.returned - self.void

    def __add__(self, other: Tally) -> Tally:
        """Both together."""
        marks = tuple(
            dict(Counter(mine) + Counter(theirs)) for mine, theirs in zip(self.marks, other.marks, strict=True)
        )
        return Tally(
            self.issued + other.issued, self.returned + other.returned, self.void + other.void, marks,
            dict(Counter(self.write_ins) + Counter(other.write_ins)),
        )  # fmt: skip

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {"issued": self.issued, "returned": self.returned, "void": self.void,
                "marks": [dict(row) for row in self.marks], "write_ins": dict(self.write_ins)}  # fmt: skip

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Tally:
        """The tally again."""
        return cls(data["issued"], data["returned"], data["void"], tuple(data["marks"]), data.get("write_ins", {}))


def of_papers(terms: Terms, papers: Iterable[Paper], issued: int) -> Tally:
    """Add papers up."""
    marks: list[Counter[str]] = [Counter() for _row in terms.rows]
    write_ins: Counter[str] = Counter()
    returned = void = 0
    for paper in papers:
        returned += 1
        if is_void(terms, paper):
            void += 1
            continue
        for row, mark in zip(marks, paper.marks, strict=True):
            row[mark] += 1
        write_ins.update(paper.write_ins)
    return Tally(issued, returned, void, tuple(dict(row) for row in marks), dict(write_ins))


def nothing(terms: Terms) -> Tally:
    """No paper at all."""
    return of_papers(terms, (), 0)


def contradictions(terms: Terms, tally: Tally) -> list[str]:
    """Why the numbers cannot be the numbers of so many papers (F03 (3), I01 (4), D05 (4)). More returned than issued is none: it voids the vote."""
    found = []
    if tally.issued > terms.present:
        words = {"issued": tally.issued, "present": terms.present}
        found.append(gettext("发出%(issued)d张票，多于实到%(present)d人。请核对发票数和到会人数。") % words)
    if not 0 <= tally.void <= tally.returned:
        words = {"void": tally.void, "returned": tally.returned}
        found.append(gettext("废票%(void)d张，多于收回的%(returned)d张。请核对。") % words)
    for row, marks in zip(terms.rows, tally.marks, strict=True):
        found += _row_problem(terms, tally, row, marks)
    return found + _too_many_marks(terms, tally)


def _row_problem(terms: Terms, tally: Tally, row: str, marks: Mapping[str, int]) -> list[str]:
    given = sum(count for mark, count in marks.items() if mark in (*terms.allowed, NOT_VALID) and mark)
    fits = given <= tally.valid if terms.kind == CHOICE else given == tally.valid
    if fits and min(marks.values(), default=0) >= 0 and (terms.kind == GRADES or not marks.get(NOT_VALID)):
        return []
    words = {"row": row, "given": given, "valid": tally.valid}
    if terms.kind == CHOICE:
        return [gettext("“%(row)s”得%(given)d票，多于有效票%(valid)d张。请核对。") % words]
    return [gettext("“%(row)s”各项合计%(given)d票，和有效票%(valid)d张不相等。请核对。") % words]


def _too_many_marks(terms: Terms, tally: Tally) -> list[str]:
    """All marks together are no more than the valid papers could carry."""
    if terms.kind not in (ELECTION, CHOICE):
        return []
    marks = sum(row.get(APPROVE, 0) + row.get(CHOSEN, 0) for row in tally.marks) + sum(tally.write_ins.values())
    if marks <= tally.valid * terms.places:
        return []
    words = {"marks": marks, "most": tally.valid * terms.places, "places": terms.places}
    return [gettext("各项得票合计%(marks)d，每张有效票至多选%(places)d个，合计不能多于%(most)d。请核对。") % words]
