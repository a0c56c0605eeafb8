"""Similar matters while somebody is writing: each with its state and what became of it (B02)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse

from openrenda import docket
from openrenda.docket.actor import Actor
from openrenda.docket.language import Procedure, Step
from openrenda.docket.models import Matter
from openrenda.docket.situation import book_of
from openrenda.procedures.fields import LongText
from openrenda.search import similar

from .labels import label_of
from .lists.catalogue import list_of

SHOWN = 5
SHORTEST_TITLE = 4
TEXT_CHARACTERS = 2000
TITLE_CHARACTERS = 200


def address(table: Procedure, step: Step) -> str:
    """Where the form asks for similar matters; nothing for forms without a title and a text."""
    fields = step.records.base_fields if step.records else {}
    if "title" in fields and any(isinstance(field, LongText) for field in fields.values()):
        return reverse("web:similar", args=[table.key, step.key])
    return ""


def written(step: Step, typed: QueryDict) -> tuple[str, str]:
    """The title and the text of what is being written."""
    fields = step.records.base_fields if step.records else {}
    texts = [typed.get(name, "") for name, field in fields.items() if isinstance(field, LongText)]
    return typed.get("title", "")[:TITLE_CHARACTERS].strip(), "\n".join(filter(None, texts))[:TEXT_CHARACTERS]


def found(actor: Actor, table: Procedure, title: str, text: str, exclude: UUID | None = None) -> list[dict[str, Any]]:
    """The matters most like it among those this person may see, with what became of each; three queries."""
    if len(title) < SHORTEST_TITLE and len(text) < SHORTEST_TITLE:
        return []
    alike = similar(
        text, title, limit=SHOWN, exclude=exclude, kinds=[table.key], subjects=docket.visible(actor, table.key)
    )  # fmt: skip
    listed = list_of(table)
    outcome = [column for column in listed.columns if column.key in listed.outcome]
    paths = [column.path for column in outcome]
    rows = Matter.objects.filter(pk__in=[item.subject for item in alike]).values(
        "id", "number", "title", "state", "opened_on", *paths
    )
    by_id = {row["id"]: row for row in rows}
    book = book_of(actor.congress)
    words = {column.path: dict(column.choices(book)) if column.choices else {} for column in outcome}
    return [_described(table, by_id[item.subject], words, item.shared) for item in alike if item.subject in by_id]


def _described(
    table: Procedure, row: dict[str, Any], words: dict[str, dict[str, Any]], shared: tuple[str, ...]
) -> dict[str, Any]:
    """One matter; ``words`` are those for the stored keys, by path."""
    return {
        "title": row["title"],
        "number": row["number"],
        "url": reverse("web:matter", args=[row["id"]]),
        "state": label_of(table.state(row["state"])),
        "year": row["opened_on"].year,
        "outcome": "，".join(str(known.get(row[path], row[path])) for path, known in words.items() if row[path]),
        "shared": shared[:5],
    }
