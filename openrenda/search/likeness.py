"""Similar matters: what was said before about the same thing, for the person who is writing now.

The database gives the documents that share the most telling words; the characters of titles and beginnings decide.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nlargest
from itertools import islice, pairwise
from math import sqrt
from operator import add
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Substr

from openrenda.search.finding import allowed
from openrenda.search.matching import are_common, matching, question, text_terms, title_terms
from openrenda.search.models import SearchDocument
from openrenda.search.sampling import Sample, sample_of
from openrenda.search.words import folded, place_words, plain_words, segment
from openrenda.tenancy import current_congress_id

# Matters are told in the first sentences; what follows is reasons, much the same everywhere.
BEGINNING = 120
# What a candidate keeps of its score when it speaks of none of the draft's places.
ELSEWHERE = 0.4
CANDIDATES = 1_000
# Of these, as many as their titles put in front are compared to the end.
COMPARED = 300
# Who may see fewer than this share of what is alike is asked for again among what she may see: that costs far more.
FEW_TO_BE_SEEN = 0.25
NEWEST_OF_EACH = 4_000
MOST_BRANCHES = 24
# How many documents the chosen words together may touch.
TOUCHED = 12_000

MOST_SHARED = 8
_PUNCTUATION = re.compile(r"[\W_]+")

Branch = tuple[list[str], float]


class Candidate(NamedTuple):
    """What of a document is compared. ``key`` is its subject as the database gives it."""

    key: Any
    kind: str
    procedure: str
    state: str
    title: str
    beginning: str


class Glance(NamedTuple):
    """A candidate as it was first looked at: by title and places, by each alone."""

    first: float
    title: float
    there: float
    one: Candidate


@dataclass(frozen=True)
class Similar:
    """A matter that resembles the draft. ``score`` runs from 0 to 1; ``shared`` are telling words in both."""

    subject: uuid.UUID
    kind: str
    procedure: str
    state: str
    title: str
    score: float
    shared: tuple[str, ...]


def similar(
    text: str,
    title: str,
    *,
    limit: int = 5,
    exclude: uuid.UUID | None = None,
    kinds: Iterable[str] | None = None,
    procedures: Iterable[str] | None = None,
    subjects: QuerySet[Any] | None = None,
    public: bool | None = None,
    at_least: float = 0.2,
) -> list[Similar]:
    """The matters most like a draft, best first. One query, one more when it found few, another for who may see few of
    many; and every ten minutes two for the word frequencies.

    :param exclude: the draft's own matter.
    :param at_least: what scores lower is left out; docs/search.md has precision and recall for some values.
    The other parameters are those of :func:`openrenda.search.find`.
    """
    sample = sample_of(current_congress_id())
    documents = allowed(kinds, procedures, subjects, public)
    if exclude is not None:
        documents = documents.exclude(subject=exclude)
    branches = _branches(title, text[:BEGINNING], sample)
    if not branches:
        return []
    draft = Draft(title, text, sample)
    found = candidates(_carrying(documents, allowed(kinds, procedures, None, public), branches))
    if len(found) < FEW_TO_BE_SEEN * CANDIDATES <= _many(allowed(kinds, procedures, None, public), branches):
        found = candidates(_carrying(documents, documents, branches))
    seen = nlargest(COMPARED, map(draft.look, found), key=lambda glance: glance.first)
    scored = [(draft.score(glance), glance.one) for glance in seen]
    best: dict[Any, Similar] = {}
    for score, one in sorted(scored, key=lambda pair: -pair[0]):
        if score < at_least or len(best) == limit:
            break
        if one.key not in best:
            best[one.key] = draft.told(one, score)
    return list(best.values())


def _branches(title: str, text: str, sample: Sample) -> list[Branch]:
    """Terms to ask for and what each is worth: rare words of the title and pairs of its words, then rare words of the
    text, as many as may be afforded. When all are common: the documents that carry every word of the title."""
    congress = current_congress_id()
    words = plain_words(title)
    asked = [title_terms(congress, [word]) for word in dict.fromkeys(segment(title)) if len(word) > 1]
    asked += [title_terms(congress, pair) for pair in pairwise(words)]
    chosen: list[Branch] = []
    spent = 0.0
    in_text = [text_terms(congress, [word]) for word in dict.fromkeys(segment(text)) if len(word) > 1]
    for worth, group in ((2.0, asked), (1.0, [terms for terms in in_text if terms not in asked])):
        for terms in sorted(group, key=sample.share):
            affordable = (spent + sample.share(terms)) * sample.total <= TOUCHED
            if affordable and len(chosen) < MOST_BRANCHES:
                chosen.append((terms, worth * sample.weight(terms)))
                spent += sample.share(terms)
    if words and not chosen:
        chosen = [(title_terms(congress, words), 1.0)]
    return chosen


def _carrying(
    documents: QuerySet[SearchDocument], among: QuerySet[SearchDocument], branches: list[Branch]
) -> QuerySet[SearchDocument]:
    """Of the documents those that are, among others, the ones that carry the most of what the branches ask for, by weight."""
    try:
        sql, values = _most_carrying(among, branches)
    except EmptyResultSet:  # a filter that nothing can pass, such as no kinds at all
        return documents.none()
    return documents.extra(where=[f"search_searchdocument.id IN ({sql})"], params=values)  # nosec B610 # values apart


def _many(among: QuerySet[SearchDocument], branches: list[Branch]) -> int:
    """How many documents carry anything the branches ask for, at most so many as are looked at."""
    try:
        sql, values = _most_carrying(among, branches)
    except EmptyResultSet:
        return 0
    with connections[among.db].cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({sql}) carrying", values)  # nosec B608 # values apart
        return int(cursor.fetchone()[0])


def _most_carrying(documents: QuerySet[SearchDocument], branches: list[Branch]) -> tuple[str, list[Any]]:
    """The keys of the documents that carry the most of what the branches ask for, as SQL with its values."""
    made: dict[bool, tuple[str, list[Any], int]] = {}
    asked = [_asked(documents, terms, weight, made) for terms, weight in branches]
    together = (
        f"SELECT id FROM ({' UNION ALL '.join(sql for sql, _ in asked)}) branches "
        f"GROUP BY id ORDER BY SUM(weight) DESC, id DESC LIMIT {CANDIDATES}"
    )
    return together, [value for _, values in asked for value in values]


def candidates(documents: QuerySet[SearchDocument]) -> list[Candidate]:
    """Of the documents only what is compared: the whole texts would cost more than comparing them, and so would a thousand keys."""
    rows = documents.annotate(beginning=Substr("text", 1, BEGINNING), key=RawSQL("search_searchdocument.subject", ()))
    return [Candidate(*row) for row in rows.values_list("key", "kind", "procedure", "state", "title", "beginning")]


def _asked(
    documents: QuerySet[SearchDocument], terms: list[str], weight: float, made: dict[bool, tuple[str, list[Any], int]]
) -> tuple[str, list[Any]]:
    """One branch as SQL with its values: the newest documents that carry the terms, each with the branch's weight.

    ``made`` keeps the statement, which is the same for terms alike common but for the one value that asks for them.
    """
    common = are_common(terms, NEWEST_OF_EACH)
    if common not in made:
        sql, given = matching(documents, terms, NEWEST_OF_EACH).values("id")[:NEWEST_OF_EACH].query.sql_with_params()
        made[common] = sql, list(given), given.index(question(documents, terms))
    sql, values, place = made[common]
    values = [*values[:place], question(documents, terms), *values[place + 1 :]]
    return f"SELECT carrying.id, %s AS weight FROM ({sql}) carrying", [weight, *values]


class Draft:
    """What is being written, taken apart once and compared with each candidate."""

    def __init__(self, title: str, text: str, sample: Sample) -> None:
        congress = current_congress_id()
        self.places = place_words(title) or place_words(text[:BEGINNING])
        self.words = [word for word in dict.fromkeys(plain_words(f"{title} {text}")) if len(word) > 1]
        self.words.sort(key=lambda word: -sample.weight(text_terms(congress, [word])))
        self.title = Grams(folded(title))
        self.whole = Grams(folded(title + text[:BEGINNING]))

    def look(self, one: Candidate) -> Glance:
        """How like the candidate is at a glance: by its title alone, which is quickly compared, and the places it speaks of."""
        title = self.title.likeness(folded(one.title))
        there = self._there(one.title + one.beginning)
        return Glance(title * there, title, there, one)

    def _there(self, beginning: str) -> float:
        """What is left of a likeness where the text speaks of none, some or all of the draft's places."""
        if not self.places:
            return 1.0
        return ELSEWHERE + (1 - ELSEWHERE) * sum(place in beginning for place in self.places) / len(self.places)

    def score(self, seen: Glance) -> float:
        """How like the candidate is: its title and its beginning by their characters, then the places they speak of."""
        whole = self.whole.likeness(folded(seen.one.title + seen.one.beginning))
        return round(min((0.5 * seen.title + 0.5 * whole) * seen.there, 1.0), 4)

    def compared(self, one: Candidate) -> float:
        """The score of a candidate that was not looked at yet."""
        return self.score(self.look(one))

    def told(self, one: Candidate, score: float) -> Similar:
        """The candidate with its score and the telling words it shares."""
        beginning = folded(one.title + one.beginning)
        shared = islice((word for word in self.words if word in beginning), MOST_SHARED)
        subject = one.key if isinstance(one.key, uuid.UUID) else uuid.UUID(one.key)
        return Similar(subject, one.kind, one.procedure, one.state, one.title, score, tuple(shared))


class Grams:
    """The neighbouring characters of a folded text, to be compared with many others."""

    def __init__(self, text: str) -> None:
        self.runs = grams(text)

    def likeness(self, text: str) -> float:
        """How alike another folded text is, from 0 (nothing in common) to 1 (the same): the cosine of the two sets."""
        other = grams(text)
        common = len(self.runs & other)
        return common / sqrt(len(self.runs) * len(other)) if common else 0.0


def grams(text: str) -> set[str]:
    """Every two neighbouring characters of a folded text, once, punctuation left out. Runs of three tell no more (docs/search.md)."""
    letters = "".join(_PUNCTUATION.split(text))
    return set(map(add, letters, letters[1:]))
