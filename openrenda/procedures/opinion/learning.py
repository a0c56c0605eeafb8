"""Which nature, category or organ an opinion may get, from what the congress gave to similar ones before. The person decides.

Nearest neighbours by the search room's likeness of texts, weighted by likeness (:mod:`openrenda.procedures.neighbours`). Nothing is
proposed before so many opinions were sorted (``option.opinion_learning_from``; 0 switches it off), nor where the similar ones disagree.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from openrenda import docket
from openrenda.docket.models import Matter
from openrenda.docket.situation import Situation
from openrenda.people.models import Category, Organ
from openrenda.rulebook import Book
from openrenda.search import Similar, similar

from ..neighbours import Votes, votes
from . import words
from .findable import OPINION, hidden
from .records import Opinion

OPTION = "option.opinion_learning_from"
NEIGHBOURS, SHOWN = 15, 3
LEAST_LIKE = 0.12
# At least two cases, and at least so large a part of all that votes.
LEAST_CASES, LEAST_SHARE = 2, 0.5
NATURE, CATEGORY, ORGAN = "nature", "category", "organ"
PATHS = {NATURE: "nature", CATEGORY: "category_id", ORGAN: "organ_id"}
KNOWN = {NATURE: ~Q(nature=""), CATEGORY: Q(category__isnull=False), ORGAN: Q(organ__isnull=False)}


@dataclass(frozen=True)
class Proposal:
    """What a field of the form may be given, and why: how many similar cases got it, and the most similar of those she may see."""

    field: str
    value: str
    words: str
    agree: int
    of: int
    cases: tuple[Matter, ...] = ()


def known(field: str) -> QuerySet[Any]:
    """The opinions of which this is known."""
    return Opinion.objects.filter(KNOWN[field])


def enough(field: str, book: Book) -> bool:
    """Whether so many are known that anything is proposed."""
    least = int(book.option(OPTION) or 0)  # type: ignore[call-overload]  # a whole number, by the pack
    return least > 0 and known(field).values_list("id")[least - 1 : least].exists()


def neighbours(text: str, title: str, exclude: UUID) -> list[Similar]:
    """The opinions most like this one, whoever keeps them; their words never leave this module."""
    return similar(hidden(text), hidden(title), limit=NEIGHBOURS, exclude=exclude, kinds=[OPINION], at_least=LEAST_LIKE)


def agreed(alike: Iterable[Similar], field: str) -> tuple[Votes[Any], int] | None:
    """What most of the similar ones were given, and how many had anything; nothing where they are few or disagree."""
    alike = list(alike)
    path = PATHS[field]
    rows = known(field).filter(matter__in=[case.subject for case in alike])
    counted = votes(alike, dict(rows.values_list("matter_id", path)))
    if not counted or len(counted[0].cases) < LEAST_CASES:
        return None
    if counted[0].score < LEAST_SHARE * sum(one.score for one in counted):
        return None
    return counted[0], sum(len(one.cases) for one in counted)


def proposals(situation: Situation, *fields: str) -> list[Proposal]:
    """What is proposed for these fields of the opinion in front, one at most for each."""
    fields = tuple(field for field in fields if enough(field, situation.book))
    if not fields:
        return []
    record = situation.record
    alike = neighbours(record.text, situation.matter.title, situation.matter.pk)
    found = [(field, won) for field in fields if (won := agreed(alike, field))]
    wanted = {case.subject for _field, (best, _of) in found for case in best.cases}
    seen = {row.pk: row for row in docket.visible(situation.actor, "opinion").filter(pk__in=wanted)} if wanted else {}
    made = []
    for field, (best, of) in found:
        said = _words(field, best.value, situation)
        cases = tuple(seen[case.subject] for case in best.cases if case.subject in seen)[:SHOWN]
        if said:
            made.append(Proposal(field, str(best.value), said, len(best.cases), of, cases))
    return made


def _words(field: str, value: Any, situation: Situation) -> str:
    """The value in words; nothing when it can no longer be chosen."""
    if field == NATURE:
        return words.said(words.NATURES, value)
    if field == CATEGORY:
        rows: Any = Category.objects.filter(pk=value)
    else:
        rows = Organ.objects.on(situation.today).filter(pk=value)
    return str(rows.values_list("name", flat=True).first() or "")


@dataclass(frozen=True)
class Measured:
    """How good the proposals are for one field: of so many known ones tried, how many got a proposal, and how many the right one."""

    field: str
    tried: int
    proposed: int
    right: int


def measure(field: str, newest: int) -> Measured:
    """Each of the newest known ones is left out in turn and proposed for from all the others. The congress must be in context."""
    path = PATHS[field]
    rows = known(field).select_related("matter").order_by("-id")[:newest]
    tried = proposed = right = 0
    for record in rows:
        tried += 1
        won = agreed(neighbours(record.text, record.matter.title, record.matter_id), field)
        if won:
            proposed += 1
            right += won[0].value == getattr(record, path)
    return Measured(field, tried, proposed, right)
