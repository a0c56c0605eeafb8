"""Into the index and out of it. Called inside the transaction that changes the matter."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from openrenda.search.matching import terms_of
from openrenda.search.models import SearchDocument
from openrenda.search.words import dictionary, narrowed
from openrenda.tenancy import congress_scope, current_congress_id

LONGEST_TITLE, LONGEST_TEXT = 300, 50_000
TOGETHER = 200
_UPDATED = ["procedure", "state", "public", "title", "text", "terms", "dictionary", "updated_at"]
_waiting: ContextVar[dict[Any, Any] | None] = ContextVar("texts_waiting", default=None)


@dataclass(frozen=True)
class Document:
    """One text of one matter, as a procedure hands it over for a rebuild."""

    subject: uuid.UUID
    kind: str
    procedure: str
    title: str
    text: str = ""
    public: bool = False
    state: str = ""


def index(
    subject: uuid.UUID, kind: str, procedure: str, title: str, text: str, public: bool, *, state: str = ""
) -> None:
    """Make a matter's text findable, in place of what was known of the same subject and kind. One query.

    Only the first 50,000 characters are searched. Give no sealed field: whoever may see the matter sees the snippet.
    """
    index_all([Document(subject, kind, procedure, title, text, public, state)])


def index_all(documents: Iterable[Document]) -> None:
    """As :func:`index`, for several texts: still one query."""
    waiting = _waiting.get()
    if waiting is None:
        _write(documents)
    else:
        waiting.update({(document.subject, document.kind): document for document in documents})


@contextmanager
def together() -> Iterator[None]:
    """Texts given to :func:`index` within the block are written at its end, the last of each subject and kind, in few queries."""
    waiting: dict[tuple[uuid.UUID, str], Document] = {}
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    documents = list(waiting.values())
    for start in range(0, len(documents), TOGETHER):
        _write(documents[start : start + TOGETHER])


def remove(subject: uuid.UUID, kind: str | None = None) -> None:
    """Take a matter's texts, or the one of that kind, out of the index."""
    found = SearchDocument.objects.filter(subject=subject)
    (found if kind is None else found.filter(kind=kind)).delete()


def reindex(congress: Any, documents: Iterable[Document] | None = None, *, batch: int = 500) -> Iterator[int]:
    """Build a congress's index anew, a transaction a batch; yields how many documents are done so far.

    With ``documents``: everything the procedures know; what they no longer know is removed at the end.
    Without: the stored texts that an older dictionary segmented are segmented again.

    :param congress: the congress's row or its id.
    """
    congress_id: uuid.UUID = getattr(congress, "pk", congress)
    started = timezone.now()
    source = iter(_outdated(congress_id, batch) if documents is None else documents)
    done = 0
    while some := list(islice(source, batch)):
        with congress_scope(congress_id), transaction.atomic():
            _write(some)
        done += len(some)
        yield done
    if documents is not None:
        with congress_scope(congress_id):
            SearchDocument.objects.filter(updated_at__lt=started).delete()


def _write(documents: Iterable[Document]) -> None:
    rows = {(document.subject, document.kind): _row(document) for document in documents}
    SearchDocument.objects.bulk_create(
        rows.values(), update_conflicts=True, unique_fields=["congress", "subject", "kind"], update_fields=_UPDATED
    )


def _row(document: Document) -> SearchDocument:
    title = narrowed(document.title)[:LONGEST_TITLE]
    text = narrowed(document.text)[:LONGEST_TEXT]
    return SearchDocument(
        subject=document.subject,
        kind=document.kind,
        procedure=document.procedure,
        state=document.state,
        public=document.public,
        title=title,
        text=text,
        terms=terms_of(current_congress_id(), title, text),
        dictionary=dictionary(),
        updated_at=timezone.now(),
    )


def _outdated(congress_id: uuid.UUID, batch: int) -> Iterator[Document]:
    """Pages by key; rows already redone fall out of the filter, rows not yet redone lie after the last key."""
    last = uuid.UUID(int=0)
    while True:
        with congress_scope(congress_id):
            rows = SearchDocument.objects.filter(id__gt=last).exclude(dictionary=dictionary()).order_by("id")
            page = list(rows.defer("terms")[:batch])
        if not page:
            return
        last = page[-1].id
        for row in page:
            yield Document(row.subject, row.kind, row.procedure, row.title, row.text, row.public, row.state)
