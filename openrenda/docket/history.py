"""Past matters, many at a time: the same tables, the same plan, one writing for a whole batch.

An import does not go around the door. Each step of a past matter is planned exactly as if it were taken today, under its true
date and by whoever the record names; only the rows of many matters are written together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from . import engine
from .actor import HISTORY_SEAT, Actor
from .forms import StepForm
from .language import Step
from .models import Act
from .situation import Situation
from .writing import Writing


class History:
    """Collects past matters; ``write`` puts a batch into the database in one transaction, all or nothing."""

    def __init__(self, congress: UUID, name: str, *, silent: bool = False) -> None:
        """``silent``: what happened is only written down. Nobody is told, and no new number is given to what has its own."""
        self.congress = congress
        self.name = name
        self.silent = silent
        self.writing = Writing()
        self.forms: dict[type[StepForm], StepForm] = {}

    def open(
        self,
        procedure: str,
        step: str,
        *,
        at: datetime,
        data: Mapping[str, Any],
        by: Actor | None = None,
        key: str = "",
    ) -> Situation:
        """Open a past matter, by the import itself or by somebody it names.

        :raises Refused, Incomplete: with the reasons; nothing of this step is kept.
        """
        situation = engine.begin(procedure, by or self.importer(), at)
        situation.forms = self.forms
        self._plan(situation, situation.table.step(step), data, key)
        return situation

    def take(
        self, situation: Situation, step: str, *, at: datetime, name: str = "", by: Actor | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> Act:  # fmt: skip
        """Take a past step: by somebody, or by whoever held the step's office then, under the name the record gives.

        :raises Refused, Incomplete: with the reasons; nothing of this step is kept.
        """
        row = situation.table.step(step)
        situation.forms = self.forms
        situation.begin_step(by or self.holder_of(row, situation, name), at)
        return self._plan(situation, row, data, "")

    def _plan(self, situation: Situation, step: Step, data: Mapping[str, Any] | None, key: str) -> Act:
        made = engine.plan(situation, step, data, None, self.writing, key)
        situation.settle()
        if self.silent:
            self.writing.numbers.clear()
            self.writing.outbox.clear()
        return made

    @contextmanager
    def whole(self) -> Iterator[None]:
        """All steps of the block are kept, or, when one is refused, none of them."""
        kept, self.writing = self.writing, Writing()
        try:
            yield
            kept.absorb(self.writing)
        finally:
            self.writing = kept

    def write(self) -> int:
        """Write what was collected.

        :return: how many acts were written.
        """
        count = len(self.writing.acts)
        with transaction.atomic():
            self.writing.flush()
        self.writing = Writing()
        return count

    def importer(self) -> Actor:
        """The import as an actor: it may take the steps a procedure leaves to HISTORY, and tells nobody."""
        return Actor(account=None, congress=self.congress, seat=HISTORY_SEAT, name=self.name)

    def holder_of(self, step: Step, situation: Situation, name: str) -> Actor:
        """Somebody who held the step's office towards the matter, whom the record names or not."""
        for office in step.offices:
            related = [party for party in situation.parties if party.role in office.relation]
            named = [party for party in related if party.name == name]
            holders = frozenset(party.holder for party in named or related)
            if office.seats and (holders or not office.relation):
                return Actor(
                    account=None, congress=self.congress, seat=office.seats[0], holders=holders,
                    name=name or self.name, office_name=office.label, fresh=True,
                )  # fmt: skip
        return self.importer()
