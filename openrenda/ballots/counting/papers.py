"""One paper: a mark for each row, names written in. Its text has one form only, so that nothing but the marks tells papers apart."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass

from .terms import APPROVE, CHOICE, CHOSEN, ELECTION, Terms

LONGEST_NAME = 40


class BadPaper(ValueError):
    """Not a paper of this vote."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The marks of one voter, row by row."""

    marks: tuple[str, ...]
    write_ins: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The one form in which it is signed, kept and published."""
        data = {"marks": self.marks, "write_ins": self.write_ins}
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def read_paper(terms: Terms, text: str) -> Paper:
    """The paper of that text.

    :raises BadPaper: when it is no paper of this vote, or not in its one form.
    """
    try:
        data = json.loads(text)
        paper = Paper(tuple(data["marks"]), tuple(data["write_ins"]))
        same = paper.text == text
    except (ValueError, TypeError, KeyError, RecursionError) as problem:
        raise BadPaper("not a paper") from problem
    if not same or not fits(terms, paper):
        raise BadPaper("not a paper of this vote")
    return paper


def fits(terms: Terms, paper: Paper) -> bool:
    """Whether every row has a mark that it may have, and every written-in name is a name."""
    rows = len(paper.marks) == len(terms.rows) and all(mark in terms.allowed for mark in paper.marks)
    return rows and (not paper.write_ins or terms.kind == ELECTION) and _names(terms, paper.write_ins)


def _names(terms: Terms, names: tuple[object, ...]) -> bool:
    """Names in one form, none twice, none that stands on the paper anyway, and not more than could be elected."""
    good = all(isinstance(name, str) and 0 < len(name) <= LONGEST_NAME and name == one_form(name) for name in names)
    return good and len({*names, *terms.options}) == len(names) + len(terms.options) and len(names) <= terms.places


def one_form(name: str) -> str:
    """A name without what cannot be seen: no spaces around it, no control characters, one way to write each character."""
    shown = "".join(character for character in name if not unicodedata.category(character).startswith("C"))
    return " ".join(unicodedata.normalize("NFC", shown).split())


def chosen(paper: Paper) -> int:
    """How many the paper is for: marked ones and written-in ones."""
    return sum(mark in (APPROVE, CHOSEN) for mark in paper.marks) + len(paper.write_ins)


def overmarked(terms: Terms, paper: Paper) -> bool:
    """Whether it is for more than there are places, in a vote that has places (LIV-09, by analogy with 选举法第四十四条)."""
    return terms.kind in (ELECTION, CHOICE) and chosen(paper) > terms.places


def is_void(terms: Terms, paper: Paper) -> bool:
    """Whether the paper counts for nothing."""
    return overmarked(terms, paper) or not fits(terms, paper)
