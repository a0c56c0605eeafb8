"""One matter to be brought in: its rows, by what it is known when it comes again, and how it takes its steps."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from openrenda.docket.history import History
from openrenda.docket.refusals import Incomplete


class BadRow(ValueError):
    """A row that cannot come in; ``number`` is its row, the message a sentence for the clerk."""

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(reason)
        self.number = number


@dataclass
class Unit:
    """One matter of a file. ``problems`` are what was wrong before a step was tried, by row."""

    rows: tuple[int, ...]
    label: str
    key: str
    put: Callable[[History], None]
    series: str = ""
    number: str = ""
    problems: list[tuple[int, str]] = field(default_factory=list)


def nothing(history: History) -> None:
    """A row with problems takes no step."""


def key_of(*identity: Any) -> str:
    """The key under which a record's first act is kept: the same record has the same key whenever it comes."""
    words = json.dumps(identity, ensure_ascii=False, separators=(",", ":"))
    return f"import:{hashlib.sha256(words.encode()).hexdigest()}"


def reasons_of(incomplete: Incomplete) -> list[str]:
    """What the form says of each field, under the field's label."""
    form = incomplete.form
    labels = {name: str(bound.label) for name, bound in form.fields.items()}
    said = {name: "".join(map(str, errors)) for name, errors in form.errors.items()}
    return [_("“%(name)s”：%(reason)s") % {"name": labels[name], "reason": reason} if name in labels else reason
            for name, reason in said.items()]  # fmt: skip
