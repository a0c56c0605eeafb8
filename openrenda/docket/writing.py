"""Everything one or many steps will write, held until it is written in one transaction.

``act`` writes one step through it, the import of history hundreds of matters: the same rows in the same order.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from . import statements
from .language import Numbering
from .models import Act, Link, Matter, OutboxEntry, Party, RunningClock, SealedValue
from .numbering import take
from .refusals import Overtaken
from .situation import Situation

MOVED = ("state", "series", "number", "title", "closed_on", "due_on", "state_since", "version", "head", "parent_id",
         "lead", "confidential", "public_since")  # fmt: skip
ENDED = ("until",)
TURNED = ("due_on", "paused_on", "stopped_on", "extended")


class Writing:
    """Rows collected by planned steps. A row that is both new and changed is written once."""

    def __init__(self) -> None:
        self.new_matters: dict[UUID, Matter] = {}
        self.moved: dict[UUID, tuple[Matter, int]] = {}
        self.acts: list[Act] = []
        self.sealed: list[SealedValue] = []
        self.new_records: dict[int, Any] = {}
        self.changed_records: dict[int, tuple[Any, set[str]]] = {}
        self.new_parties: list[Party] = []
        self.ended_parties: list[Party] = []
        self.new_clocks: list[RunningClock] = []
        self.changed_clocks: dict[int, RunningClock] = {}
        self.links: list[Link] = []
        self.outbox: list[OutboxEntry] = []
        self.numbers: list[tuple[Situation, Numbering]] = []
        self.after: list[Callable[[], None]] = []

    def change_record(self, row: Any, fields: set[str]) -> None:
        """Fields of a typed row are to be written, beside those that an earlier step of this writing changed."""
        before = self.changed_records.get(id(row), (row, set()))[1]
        self.changed_records[id(row)] = (row, before | fields)

    def absorb(self, other: Writing) -> None:
        """Take over everything that another writing has collected."""
        for name, collected in vars(other).items():
            mine = getattr(self, name)
            if name == "changed_records":
                for row, fields in collected.values():
                    self.change_record(row, fields)
            elif isinstance(collected, dict):
                mine.update(collected)
            else:
                mine.extend(collected)

    def flush(self) -> None:
        """Write all rows. Runs inside the caller's transaction.

        :raises Overtaken: when a matter is no longer at the version that was seen.
        """
        for situation, numbering in self.numbers:
            situation.matter.series = numbering.series(situation)
            counter = take(situation.actor.congress, situation.matter.series)
            situation.matter.number = numbering.number(situation, counter)
        self._move()
        # A relation, clock or dated row that ends makes room for the same one begun anew in this step.
        self._change([(row, ("until",)) for row in self.ended_parties])
        self._change([(row, TURNED) for row in self.changed_clocks.values()])
        changed = [(row, tuple(sorted(fields))) for row, fields in self.changed_records.values()]
        self._change([(row, fields) for row, fields in changed if fields == ENDED])
        for rows in self._insertions():
            if rows:
                statements.insert(rows)
        self._change([(row, fields) for row, fields in changed if fields != ENDED])
        for task in self.after:
            task()

    def _insertions(self) -> list[list[Any]]:
        by_model: dict[type, list[Any]] = {}
        for record in self.new_records.values():
            by_model.setdefault(type(record), []).append(record)
        return [
            list(self.new_matters.values()), self.acts, self.sealed, *by_model.values(), self.new_parties, self.new_clocks,
            self.links, self.outbox,
        ]  # fmt: skip

    def _move(self) -> None:
        for matter, seen in self.moved.values():
            if not statements.change(matter, MOVED, version=seen):
                raise Overtaken(matter)

    def _change(self, changes: list[tuple[Any, tuple[str, ...]]]) -> None:
        new = {id(row) for row in (*self.new_records.values(), *self.new_clocks, *self.new_parties)}
        for row, fields in changes:
            if id(row) not in new:
                statements.change(row, fields)
