"""What may be said of a number of ratings without saying anything of one of them.

Whoever reads a summary, and knows the rules and perhaps one of the ratings, must not be able to tell of any other deputy whether she
was satisfied. So nothing is said of few ratings; and where one kind of rating is rare or missing only the verdict is said, which then
holds for several numbers of that kind alike. ``tests/mechanisms/test_b13_satisfaction_poll.py`` tries every number of ratings.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from openrenda.rulebook import Book, Rule

SATISFIED, DISSATISFIED, TOO_FEW = "satisfied", "dissatisfied", "too_few"
CONTENT = ("satisfied", "basically")
# Below two of a kind an exact number would name somebody, whatever a congress has set.
FEWEST_APART = 2


@dataclass(frozen=True, slots=True)
class Summary:
    """What is published: the verdict, or that there were too few; and numbers only where they name nobody."""

    verdict: str
    rated: int | None = None
    satisfied: int | None = None
    dissatisfied: int | None = None


def publish(satisfied: int, dissatisfied: int, book: Book) -> Summary:
    """The summary of so many ratings, under the congress's rules."""
    rated, apart = satisfied + dissatisfied, fewest_apart(book)
    if not enough(rated, book):
        return Summary(TOO_FEW)
    verdict = SATISFIED if _meets(book, satisfied, rated) else DISSATISFIED
    if min(satisfied, dissatisfied) < apart:
        return Summary(verdict, rated)
    return Summary(verdict, rated, satisfied, dissatisfied)


def of_grades(grades: Iterable[str], book: Book) -> Summary:
    """The summary of these grades."""
    counted = [grade in CONTENT for grade in grades]
    return publish(sum(counted), len(counted) - sum(counted), book)


def enough(rated: int, book: Book) -> bool:
    """Whether so many ratings have a published result: as many as the rule asks, and either verdict leaves room for some who differ."""
    if rated < number(book["B13.smallest"]):
        return False
    apart = fewest_apart(book)
    contents = [satisfied for satisfied in range(rated + 1) if _meets(book, satisfied, rated)]
    others = [satisfied for satisfied in range(rated + 1) if satisfied not in contents]
    return bool(contents and others) and rated - min(contents) >= apart - 1 and max(others) >= apart - 1


def fewest_apart(book: Book) -> int:
    """From how many ratings of one kind on their number may be said."""
    return max(FEWEST_APART, number(book["B13.class"]))


def number(rule: Rule) -> int:
    """The number a rule names."""
    return int(rule.value or 0)


def _meets(book: Book, satisfied: int, rated: int) -> bool:
    return book["B13.satisfied"].met_by(satisfied, rated)
