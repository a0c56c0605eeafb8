"""The tree of fields that a congress starts with; it may change its own at will."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from openrenda.people.models import Category

DEFAULT_TREE = Path(__file__).parent / "data" / "categories.toml"


def default_tree() -> list[dict[str, Any]]:
    """The shipped tree: dictionaries of ``code``, ``name`` and ``parts``."""
    return list(tomllib.loads(DEFAULT_TREE.read_text(encoding="utf-8"))["category"])


@transaction.atomic
def load_default_categories() -> int:
    """Gives the congress in context the shipped tree; codes that it already has are left as they are.

    :returns: how many categories were added.
    """
    present = set(Category.objects.values_list("code", flat=True))
    return sum(_load(field, None, place, present) for place, field in enumerate(default_tree(), 1))


def _load(entry: dict[str, Any], parent: Category | None, place: int, present: set[str]) -> int:
    code = entry["code"]
    if code in present:
        category, added = Category.objects.get(code=code), 0
    else:
        category, added = Category.objects.create(code=code, name=entry["name"], parent=parent, position=place), 1
    return added + sum(_load(part, category, n, present) for n, part in enumerate(entry.get("parts", []), 1))
