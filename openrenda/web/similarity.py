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
        text, title, limit=SHOWN, exclude=exclude, procedures=[table.key], subjects=docket.visible(actor)
    )  # fmt: skip
    shown = list_of(table)
    paths = [column.path for column in shown.columns if column.key in shown.outcome]
    rows = Matter.objects.filter(pk__in=[item.subject for item in alike]).values(
        "id", "number", "title", "state", "opened_on", *paths
    )
    by_id = {row["id"]: row for row in rows}
    return [_described(table, by_id[item.subject], paths, item.shared) for item in alike if item.subject in by_id]


def _described(table: Procedure, row: dict[str, Any], paths: list[str], shared: tuple[str, ...]) -> dict[str, Any]:
    return {
        "title": row["title"],
        "number": row["number"],
        "url": reverse("web:matter", args=[row["id"]]),
        "state": label_of(table.state(row["state"])),
        "year": row["opened_on"].year,
        "outcome": "，".join(str(row[path]) for path in paths if row[path]),
        "shared": shared[:5],
    }
