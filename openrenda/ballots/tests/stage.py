"""Terms as the national pack has them."""

from __future__ import annotations

from typing import Any

from openrenda.ballots.counting import Grade, Paper, Tally, Terms, of_papers
from openrenda.rulebook.library import NATION, library

BOOK = library().book(NATION)
SATISFIED, BASICALLY, DISSATISFIED = "satisfied", "basically", "dissatisfied"
GRADES = (Grade(SATISFIED, "满意"), Grade(BASICALLY, "基本满意"), Grade(DISSATISFIED, "不满意"))


def terms(kind: str = "question", options: int = 1, **given: Any) -> Terms:
    """A vote of a standing committee of 35, of whom 31 are there; other numbers and rules as given."""
    named = ("甲", "乙", "丙", "丁", "戊", "己")
    rungs = (BOOK["D05.satisfied"], BOOK["D05.basically"]) if kind == "grades" else ()
    usual: dict[str, Any] = {
        "options": tuple(named[number % 6] * (number // 6 + 1) for number in range(options)), "base": 35, "present": 31,
        "body": "standing_committee", "majority": BOOK["ORG-14"], "grades": GRADES if rungs else (), "rungs": rungs,
    }  # fmt: skip
    return Terms(kind=kind, **{**usual, **given})


def numbers(terms: Terms, *rows: dict[str, int], **given: Any) -> Tally:
    """What was counted, when the rows are known; as many papers as the first row has marks."""
    returned = given.pop("returned", sum(rows[0].values()))
    return Tally(given.pop("issued", terms.present), returned, given.pop("void", 0), rows, given.pop("write_ins", {}))


def papers(terms: Terms, *marks: str, issued: int | None = None) -> Tally:
    """Papers with one row each."""
    cast = [Paper((mark,)) for mark in marks]
    return of_papers(terms, cast, len(cast) if issued is None else issued)
