"""Finding matters by words: titles first, then whole texts; a phrase in quotation marks as it stands."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from math import log1p
from operator import and_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from openrenda.search.matching import matching, numbered, text_terms, title_terms
from openrenda.search.models import SearchDocument
from openrenda.search.questions import Question
from openrenda.search.snippets import Piece, marked, snippet
from openrenda.tenancy import current_congress_id

CANDIDATES = 100
# Of so many of the newest that carry the words it is asked which of them may be shown: of these at first, of all of them when that is too few.
LOOKED_AT_FIRST, LOOKED_AT = 160, 400
# How many of the newest documents are read letter by letter when the index knows nothing.
READ_THROUGH = 1_000


@dataclass(frozen=True)
class Hit:
    """A matter that was found, with the text of it that answers best."""

    subject: uuid.UUID
    kind: str
    procedure: str
    state: str
    title: str
    score: float
    heading: tuple[Piece, ...]
    snippet: tuple[Piece, ...]


def find(
    query: str,
    *,
    kinds: Iterable[str] | None = None,
    procedures: Iterable[str] | None = None,
    limit: int = 20,
    subjects: QuerySet[Any] | None = None,
    public: bool | None = None,
) -> list[Hit]:
    """The matters of the congress in context that carry all the words asked for, best first; one or two queries,
    twice as many where ``subjects`` says who may see what.

    When there are none and the query has at most six characters, the newest 1,000 documents are read for it as it
    stands: a third query. Any text is a valid query. Of many thousand hits the newest hundred are weighed.

    :param subjects: the matters that may be shown, keyed by their id (``docket.visible(actor)``); None shows all.
    :param public: only what is public, only what is not, or (None) both.
    """
    question = Question.of(query)
    if not question.words:
        return []
    among = Among(allowed(kinds, procedures, None, public), subjects)
    found = _by_words(among, question, limit) or _letter_by_letter(among, question)
    best: dict[uuid.UUID, tuple[float, SearchDocument]] = {}
    for score, document in sorted(((_score(one, question), one) for one in found), key=lambda scored: -scored[0]):
        best.setdefault(document.subject, (score, document))
    return [_hit(document, score, question) for score, document in list(best.values())[:limit]]


def allowed(
    kinds: Iterable[str] | None,
    procedures: Iterable[str] | None,
    subjects: QuerySet[Any] | None,
    public: bool | None,
) -> QuerySet[SearchDocument]:
    """The documents of the congress in context that may be looked at."""
    documents: QuerySet[SearchDocument] = SearchDocument.objects.all()
    if kinds is not None:
        documents = documents.filter(kind__in=list(kinds))
    if procedures is not None:
        documents = documents.filter(procedure__in=list(procedures))
    if public is not None:
        documents = documents.filter(public=public)
    if subjects is not None:
        documents = documents.filter(_about(subjects))
    return documents


@dataclass(frozen=True)
class Among:
    """The documents to look among, and the matters that may be shown."""

    documents: QuerySet[SearchDocument]
    subjects: QuerySet[Any] | None

    def newest(self, found: QuerySet[SearchDocument]) -> list[SearchDocument]:
        """Of the documents found the newest hundred that may be shown.

        Who may see a matter is asked of the newest first, then of the next few hundred: together with the words it is asked of every matter
        there is.
        """
        if self.subjects is None:
            return list(_read(found))
        keys = list(found.values_list("id", flat=True)[:LOOKED_AT])
        rows = self._numbered(keys[:LOOKED_AT_FIRST])
        if len(rows) < CANDIDATES:
            rows += self._numbered(keys[LOOKED_AT_FIRST:])
        if len(rows) < CANDIDATES and len(keys) == LOOKED_AT:
            return list(_read(self.shown(found)))
        return rows[:CANDIDATES]

    def _numbered(self, keys: list[uuid.UUID]) -> list[SearchDocument]:
        return list(_read(self.shown(numbered(SearchDocument.objects.all(), keys)).order_by("-id"))) if keys else []

    def shown(self, documents: QuerySet[SearchDocument]) -> QuerySet[SearchDocument]:
        """Those of the documents whose matter may be shown."""
        return documents if self.subjects is None else documents.filter(_about(self.subjects))


def _about(subjects: QuerySet[Any]) -> Exists:
    return Exists(subjects.filter(pk=OuterRef("subject")))


def _by_words(among: Among, question: Question, limit: int) -> list[SearchDocument]:
    congress = current_congress_id()
    in_title = matching(among.documents, title_terms(congress, question.parts), LOOKED_AT)
    if question.phrases:
        in_title = in_title.filter(*(_holds("title", phrase) for phrase in question.phrases))
    found = among.newest(in_title)
    if len({document.subject for document in found}) >= limit:
        return found
    known = {document.id for document in found}
    in_text = matching(among.documents, text_terms(congress, question.words), LOOKED_AT)
    for whole in dict.fromkeys([question.whole, question.phrases]):
        read = among.newest(in_text.filter(_anywhere(whole)))
        found += [document for document in read if document.id not in known]
        if found:
            break
    return found


def _letter_by_letter(among: Among, question: Question) -> list[SearchDocument]:
    if not question.is_short_chinese:
        return []
    newest = SearchDocument.objects.order_by("-id").values("id")[:READ_THROUGH]
    parts = (*question.phrases, *question.loose.split())
    found = among.shown(among.documents).filter(_anywhere(parts), id__in=newest)
    return list(_read(found.order_by("-id")))


def _read(documents: QuerySet[SearchDocument]) -> QuerySet[SearchDocument]:
    return documents.defer("terms")[:CANDIDATES]


def _anywhere(parts: Iterable[str]) -> Q:
    return reduce(and_, (_holds("title", part) | _holds("text", part) for part in parts), Q())


def _holds(field: str, part: str) -> Q:
    # Only latin letters come large and small; the plain comparison is many times cheaper on PostgreSQL.
    lookup = "icontains" if any(letter.isascii() and letter.isalpha() for letter in part) else "contains"
    return Q(**{f"{field}__{lookup}": part})


def _hit(document: SearchDocument, score: float, question: Question) -> Hit:
    return Hit(
        subject=document.subject,
        kind=document.kind,
        procedure=document.procedure,
        state=document.state,
        title=document.title,
        score=score,
        heading=marked(document.title, question.parts, question.compared),
        snippet=snippet(document.text, question.parts, question.compared),
    )


def _score(document: SearchDocument, question: Question) -> float:
    """The query as it stands in the title counts most, then its words there, then how often they stand in the text."""
    title, text = question.compared(document.title), question.compared(document.text)
    whole = "".join([question.loose, *question.phrases])
    in_title = sum(word in title for word in question.parts) / len(question.parts)
    in_text = sum(log1p(text.count(word)) for word in question.parts) / len(question.parts)
    return round(3 * (whole in title) + 2 * in_title + (whole in text) + in_text / (1 + log1p(len(text) / 500)), 4)
