"""A matter as one person faces it: rows loaded once, changes held until the step is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.apps import apps
from django.utils import timezone

from openrenda.moments import here
from openrenda.rulebook import Book, book_for

from . import registry, statements
from .actor import Actor
from .forms import StepForm
from .language import Procedure, State, Step
from .models import Act, Link, Matter, Party, RunningClock

OPENING_STATE = ""


class Situation:
    """What bars, effects and forms are given. Reading it costs at most one query a relation."""

    def __init__(self, matter: Matter, actor: Actor, *, at: datetime | None = None, new: bool = False) -> None:
        self.matter = matter
        self.actor = actor
        self.at = at or timezone.now()
        self.new = new
        self.data: dict[str, Any] = {}
        self.step: Step | None = None
        self.new_parties: list[Party] = []
        self.ended_parties: list[Party] = []
        self.new_links: list[Link] = []
        self.new_rows: list[Any] = []
        self.changed_rows: list[tuple[Any, set[str]]] = []
        self.after_write: list[Callable[[], None]] = []
        self.cause: Act | None = None
        self._rows: dict[type[Any], list[Any]] = {}
        self._record: Any = None
        self._record_changed: set[str] = set()
        self._parties: list[Party] | None = [] if new else None
        self._clocks: list[RunningClock] | None = [] if new else None
        self._acts: list[Act] | None = [] if new else None
        self._opened_here = new
        # Forms that many matters share, by class; only an import sets them.
        self.forms: dict[type[StepForm], StepForm] | None = None

    @property
    def table(self) -> Procedure:
        """The procedure's declaration."""
        return self.matter.table

    @property
    def state(self) -> State:
        """The state the matter is in."""
        return self.matter.state_now

    @property
    def today(self) -> date:
        """The legal day of the step, in the congress's time zone."""
        return here(self.at).date()

    @cached_property
    def book(self) -> Book:
        """The rules in force for this congress."""
        return book_of(self.actor.congress)

    def form(self, form_class: type[StepForm], data: Any, files: Any) -> StepForm:
        """The step's form, bound to what was given."""
        if self.forms is None:
            return form_class(data, files, situation=self)
        if form_class not in self.forms:
            self.forms[form_class] = form_class(data, files, situation=self)
            return self.forms[form_class]
        return self.forms[form_class].rebind(data, files, self)

    @property
    def past(self) -> bool:
        """Whether the step was taken long ago and is brought in now."""
        return self.forms is not None

    @property
    def parties(self) -> list[Party]:
        """The running parties, in order."""
        if self._parties is None:
            found = statements.of_matter(Party, self.matter.pk, open_ones="until")
            self._parties = sorted(found, key=lambda party: (party.role, party.position, party.since))
        return self._parties

    @property
    def clocks(self) -> list[RunningClock]:
        """All clocks of the matter, running and stopped."""
        if self._clocks is None:
            self._clocks = statements.of_matter(RunningClock, self.matter.pk)
        return self._clocks

    @cached_property
    def children(self) -> list[Matter]:
        """The matters opened under this one."""
        return [] if self._opened_here else list(Matter.objects.filter(parent_id=self.matter.pk))

    @property
    def acts(self) -> list[Act]:
        """The acts so far, oldest first."""
        if self._acts is None:
            self._acts = sorted(statements.of_matter(Act, self.matter.pk), key=lambda act: act.seq)
        return self._acts

    def acted(self, act: Act) -> None:
        """Remember an act that was just laid out."""
        if self._acts is not None:
            self._acts.append(act)

    @property
    def record(self) -> Any:
        """The procedure's typed record of this matter."""
        if self._record is None:
            model = self.table.record
            self._record = model() if self.new else statements.of_matter(model, self.matter.pk)[0]
            self._record.matter = self.matter
        return self._record

    @record.setter
    def record(self, row: Any) -> None:
        self._record = row
        row.matter = self.matter

    def note(self, **fields: Any) -> None:
        """Set fields of the typed record; they are written with the step."""
        for name, value in fields.items():
            setattr(self.record, name, value)
        self._record_changed.update(fields)

    @property
    def record_changes(self) -> set[str]:
        """The names of the record's fields to be written."""
        return self._record_changed

    @property
    def has_record(self) -> bool:
        """Whether the typed record was loaded or made."""
        return self._record is not None

    def holders(self, role: str) -> list[Party]:
        """The running parties in a role, in order of signing or naming."""
        return [party for party in self.parties if party.role == role]

    def add_party(self, role: str, holder: UUID | str, name: str, *, position: int | None = None) -> None:
        """Make somebody a party; a repetition changes nothing."""
        holder = UUID(str(holder))
        if any(party.role == role and party.holder == holder for party in self.parties):
            return
        at = len(self.holders(role)) if position is None else position
        party = Party(
            congress_id=self.matter.congress_id, matter=self.matter, role=role, holder=holder, name=name[:200],
            position=at, since=self.at,
        )  # fmt: skip
        self.new_parties.append(party)
        self.parties.append(party)

    def end_party(self, role: str, holder: UUID | str | None = None) -> None:
        """End the relation of one holder, or of everybody in the role."""
        for party in self.holders(role):
            if holder is None or party.holder == UUID(str(holder)):
                party.until = max(self.at, party.since)
                self.parties.remove(party)
                if party in self.new_parties:
                    self.new_parties.remove(party)
                else:
                    self.ended_parties.append(party)

    def link(self, origin: Matter, kind: str) -> None:
        """Remember where this matter came from."""
        self.new_links.append(
            Link(congress_id=self.matter.congress_id, matter=self.matter, origin=origin, kind=kind, since=self.at)
        )

    def rows(self, model: type[Any]) -> list[Any]:
        """The matter's typed rows of one model, oldest first, with those this step adds."""
        if model not in self._rows:
            found = [] if self._opened_here else statements.of_matter(model, self.matter.pk)
            found += [row for row in self.new_rows if type(row) is model]
            self._rows[model] = sorted(found, key=lambda row: row.pk)
            for row in self._rows[model]:
                row.matter = self.matter
        return self._rows[model]

    def add(self, row: Any) -> None:
        """Write one more typed row with the step: a contact, a reply, a judgement."""
        row.congress_id = self.matter.congress_id
        row.matter = self.matter
        if self._opened_here or type(row) in self._rows:
            self.rows(type(row)).append(row)
        self.new_rows.append(row)

    def change(self, row: Any, **fields: Any) -> None:
        """Change fields of a typed row with the step."""
        for name, value in fields.items():
            setattr(row, name, value)
        self.changed_rows.append((row, set(fields)))

    def settle(self) -> None:
        """The step is planned: what it laid out belongs to the writing now, and the next step starts from here."""
        self.new = False
        for laid_out in (self.new_parties, self.ended_parties, self.new_links, self.new_rows, self.changed_rows):
            laid_out.clear()
        self.after_write = []
        self._record_changed = set()

    def begin_step(self, actor: Actor, at: datetime) -> None:
        """Somebody else faces the same matter, at another time."""
        self.actor, self.at = actor, at

    def taken_by(self, account: UUID, *steps: str) -> bool:
        """Whether that account took one of the steps on this matter."""
        return any(act.account == account for act in self.took(*steps))

    def took(self, *steps: str) -> list[Act]:
        """The acts of those steps so far."""
        return [act for act in self.acts if act.step in steps]


def begin(procedure: str, by: Actor, at: datetime | None = None) -> Situation:
    """A matter that is about to be opened."""
    table = registry.procedure(procedure)
    today = timezone.localdate(at or timezone.now())
    matter = Matter(
        congress_id=by.congress, procedure=table.key, state=OPENING_STATE, opened_on=today, state_since=today
    )
    return Situation(matter, by, at=at, new=True)


def book_of(congress_id: UUID) -> Book:
    """The rulebook of a congress, by id; the congress row is read once a process."""
    if congress_id not in _congresses:
        _congresses[congress_id] = apps.get_model("people", "Congress")._base_manager.get(pk=congress_id)
    return book_for(_congresses[congress_id])


_congresses: dict[UUID, Any] = {}
