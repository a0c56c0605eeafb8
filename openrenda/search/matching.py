"""The two thin back ends: documents that carry all of some terms, newest first, asked of the database's word index."""

from __future__ import annotations

import base64
import hashlib
import uuid
from collections.abc import Iterable
from functools import lru_cache

from django.db import connections
from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from openrenda.search.models import SearchDocument
from openrenda.search.sampling import sample_of
from openrenda.search.words import segment, title_pieces
from openrenda.tenancy import current_congress_id

IN_TEXT, IN_TITLE = ":", "^"
# PostgreSQL finds the newest that carry the terms by leafing back from the newest, or by sorting all that the word index names. Its planner
# does not see that every leaf costs an unpacked vector: as much as fifteen rows of the other way.
LEAF = 15


@lru_cache(maxsize=1024)
def mark(congress: uuid.UUID) -> str:
    """Four letters that begin each term of a congress, so that its postings lie by themselves in the shared index.

    Two congresses may by chance share a mark; that costs a little time and shows nothing, as every query names its
    congress besides.
    """
    return base64.b32encode(hashlib.blake2s(congress.bytes, digest_size=5).digest())[:4].decode().lower()


def text_terms(congress: uuid.UUID, words: Iterable[str]) -> list[str]:
    """The index terms under which words are found anywhere in a document."""
    begins = mark(congress) + IN_TEXT
    return [begins + word for word in dict.fromkeys(words)]


def title_terms(congress: uuid.UUID, words: Iterable[str]) -> list[str]:
    """The index terms under which words are found in a title: their neighbouring characters, or the one character."""
    pieces = [piece for word in words for piece in _longest_pieces(word)]
    return _in_title(congress, pieces)


def terms_of(congress: uuid.UUID, title: str, text: str) -> str:
    """Everything a document is found by, separated by blanks."""
    return " ".join(text_terms(congress, segment(f"{title}\n{text}")) + _in_title(congress, title_pieces(title)))


def _in_title(congress: uuid.UUID, pieces: Iterable[str]) -> list[str]:
    begins = mark(congress) + IN_TITLE
    return [begins + piece for piece in dict.fromkeys(pieces)]


def matching(documents: QuerySet[SearchDocument], terms: Iterable[str], wanted: int) -> QuerySet[SearchDocument]:
    """Those documents that carry every one of the terms (at least one), newest first; so many of them are wanted."""
    asked = list(terms)
    if not asked:
        return documents.none()
    return _BACKENDS[connections[documents.db].vendor](documents, asked, wanted)


def numbered(documents: QuerySet[SearchDocument], keys: list[uuid.UUID]) -> QuerySet[SearchDocument]:
    """Those of the documents that have one of some hundred keys."""
    if connections[documents.db].vendor == "postgresql":
        # One value for all keys: the same words each time, which neither the object mapper nor the driver has to take apart anew.
        return documents.extra(where=["search_searchdocument.id = ANY(%s)"], params=[keys])
    return documents.filter(id__in=keys)


def question(documents: QuerySet[SearchDocument], terms: Iterable[str]) -> str:
    """What :func:`matching` asks the database's own index for; all else in its statement is the same for all terms alike common."""
    return _QUESTIONS[connections[documents.db].vendor](terms)


def are_common(terms: Iterable[str], wanted: int) -> bool:
    """Whether so many documents carry the terms that the wanted number of newest ones is found sooner by their age."""
    sample = sample_of(current_congress_id())
    share = sample.share(list(terms))
    return LEAF * wanted / share <= share * sample.total


def _longest_pieces(word: str) -> list[str]:
    pieces = title_pieces(word)
    return [piece for piece in pieces if len(piece) > 1] or pieces


def _in_postgresql(documents: QuerySet[SearchDocument], terms: list[str], wanted: int) -> QuerySet[SearchDocument]:
    asked = _question_for_postgresql(terms)
    found = documents.extra(where=["search_searchdocument.vector @@ %s::tsquery"], params=[asked])
    # No index is kept by this expression, so the vector's index is used.
    return found.order_by("-id" if are_common(terms, wanted) else Coalesce("id", "id").desc())


def _question_for_postgresql(terms: Iterable[str]) -> str:
    return " & ".join("'" + term.replace("\\", "\\\\").replace("'", "''") + "'" for term in terms)


def _in_sqlite(documents: QuerySet[SearchDocument], terms: list[str], wanted: int) -> QuerySet[SearchDocument]:
    return documents.extra(
        tables=["search_word", "search_row"],
        where=[
            "search_row.number = search_word.rowid",
            "search_searchdocument.id = search_row.document",
            "search_word.search_word MATCH %s",
        ],
        params=[_question_for_sqlite(terms)],
        order_by=["-search_word.rowid"],
    )


def _question_for_sqlite(terms: Iterable[str]) -> str:
    return " AND ".join('"' + term.replace('"', '""') + '"' for term in terms)


_QUESTIONS = {"postgresql": _question_for_postgresql, "sqlite": _question_for_sqlite}
_BACKENDS = {"postgresql": _in_postgresql, "sqlite": _in_sqlite}
