"""Tells planned lives to the docket: every step in the order of time, through the ordinary tables, many in one writing.

A matter stays in memory while it is alone. Steps that look at other matters' rows, or move them, are preceded by a writing, and
the matters they may have moved are read again.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from openrenda.docket import registry
from openrenda.docket.actor import Actor, the_clock
from openrenda.docket.history import History
from openrenda.docket.models import Matter, OutboxEntry
from openrenda.docket.situation import Situation
from openrenda.docket.time import REMINDER

from .agenda import Agenda, RunningOut, moments
from .diary import PlannedStep
from .registers import House
from .storytime import StoryTime

LARGEST_BATCH = 250
# Steps that read rows of other matters, whichever these are; and those that ask for the matter's own children.
LOOKING_AROUND = frozenset({"merge", "unmerge", "convert", "supervise"})
LOOKING_AT_CHILDREN = frozenset({"draft_reply", "merge"})
BY_PROCEDURE = {
    "assistance": "assist", "internal-task": "task", "commitment": "promise", "supervision": "supervision",
}  # fmt: skip
BY_STEP = {"split": "split", "convert": "converted", "assign_separately": "part", "raise_suggestion": "raised"}
PROMISE = "promise"
OF_AN_ORGAN = frozenset({"assist", "part"})
Proof = Callable[[Actor, PlannedStep], UUID]


@dataclass
class Life:
    """The steps of one planned matter and of those it opens. ``form`` turns a step into what its form is given."""

    key: str
    procedure: str
    steps: tuple[PlannedStep, ...]
    form: Callable[[PlannedStep], Mapping[str, Any]]
    main: str = ""
    matters: dict[str, UUID] = field(default_factory=dict)


class Teller:
    """Tells lives of one congress. What was to be told before ``silent_until`` counts as told long ago."""

    def __init__(self, house: House, story: StoryTime, chance: random.Random, proof: Proof, silent_until: date) -> None:
        self.house, self.story, self.chance, self.proof = house, story, chance, proof
        self.silent_until = silent_until
        self.history = History(house.congress.pk, house.congress.name)
        self.agenda = Agenda(story.latest, house.book)
        self.organs = {row.pk: key for (kind, key), row in house.rows.items() if kind == "organ"}
        self.lives: dict[str, Life] = {}
        self.situations: dict[UUID, Situation] = {}
        self.matters: dict[UUID, Matter] = {}
        self.children: dict[UUID, set[UUID]] = {}

    def plan(self, lives: Iterable[Life]) -> None:
        """Put lives on the agenda."""
        told = list(lives)
        mains = {life.main for life in told}
        for life in told:
            self.lives[life.key] = life
            for moment, step in moments(life.steps, self.chance, self.story.latest, is_main=life.key in mains):
                self.agenda.expect(moment, (life, step))

    def tell(self, progress: Callable[[int, int], None]) -> int:
        """Everything on the agenda, clocks included; ``progress`` hears how many steps are done of how many.

        :return: how many steps were planned and taken.
        """
        done, steps = 0, len(self.agenda)
        for moment, what in self.agenda:
            self.story.set(moment)
            if isinstance(what, RunningOut):
                self._run_out(what)
            else:
                self._step(*what)
                done += 1
                progress(done, steps)
            if len(self.history.writing.acts) >= LARGEST_BATCH:
                self._write()
        self._write()
        return done

    def matter_of(self, key: str) -> UUID:
        """The matter of a life, by the life's key."""
        return self.lives[key].matters[""]

    # Steps

    def _step(self, life: Life, step: PlannedStep) -> None:
        actor = self._actor(life, step)
        matter = life.matters.get(step.target)
        if matter is None:
            situation = self.history.open(
                life.procedure, step.step, at=self.story.moment, data=life.form(step), by=actor
            )
            life.matters[step.target] = situation.matter.pk
            self._remember(situation)
            self.agenda.watch(situation.clocks)
            return
        situation, born = self._take(matter, step.step, actor, life.form(step))
        if step.step == "merge":
            self.children.setdefault(self.lives[life.main].matters[""], set()).add(matter)
        self._meet(life, step, situation, born)

    def _take(self, matter: UUID, step: str, actor: Actor, data: Mapping[str, Any]) -> tuple[Situation, list[Matter]]:
        """One step, with a writing before it where it looks further; whoever else it may have moved is forgotten.

        :return: the matter as it is now, and the matters that the step opened.
        """
        kin = self._kin_moved_by(matter, step)
        if step in LOOKING_AROUND:
            self._write()
        if kin or step in LOOKING_AROUND or (step in LOOKING_AT_CHILDREN and matter in self.children):
            self._write_if_waiting(matter, *kin, *self.children.get(matter, ()))
            self._forget(matter)
        situation = self._situation(matter)
        writing = self.history.writing
        known = set(writing.new_matters)
        self.history.take(situation, step, at=self.story.moment, by=actor, data=data)
        self.agenda.watch(situation.clocks)
        born = [row for key, row in writing.new_matters.items() if key not in known]
        if born or kin:
            self.agenda.watch([*writing.new_clocks, *writing.changed_clocks.values()])
        self._forget(*kin)
        return situation, born

    def _kin_moved_by(self, matter: UUID, step: str) -> set[UUID]:
        """The children that follow this step, and the parent that may end with it."""
        row = self.matters[matter]
        moved = set(self.children.get(matter, ())) if registry.steps_after_parent(step) else set()
        target = row.table.step(step).target
        parent = self.matters.get(row.parent_id) if row.parent_id else None
        if parent and target and target.final and registry.step_after_children(parent.table, parent.state):
            moved.add(parent.pk)
        return moved

    def _actor(self, life: Life, step: PlannedStep) -> Actor:
        if not step.agent:
            able = self.house.actors[step.seat, step.holder]
            return able[sum(map(ord, life.key)) % len(able)]
        office = next(actors[0] for (seat, _holder), actors in self.house.actors.items() if seat == "deputy_office")
        holder = self.house.row("mandate", step.holder)
        return office.as_agent(
            seat=step.seat, holder=holder.pk, principal=holder.person.name, proof=self.proof(office, step)
        )

    # Matters opened by a step

    def _meet(self, life: Life, step: PlannedStep, parent: Situation, born: list[Matter]) -> None:
        """Learn which matters a step opened, under the names by which the plan speaks of them."""
        before = f"{step.target}/" if step.target else ""
        for matter in born:
            self.matters[matter.pk] = matter
            if matter.parent_id == parent.matter.pk:
                self.children.setdefault(parent.matter.pk, set()).add(matter.pk)
            name = BY_PROCEDURE.get(matter.procedure) or BY_STEP[step.step]
            life.matters[f"{before}{name}{self._which(life, matter, before, name)}"] = matter.pk

    def _which(self, life: Life, matter: Matter, before: str, name: str) -> str:
        """Of several that are called alike: the organ's, or the n-th promise in the order in which they were written."""
        if name == PROMISE:
            return f":{sum(key.startswith(f'{before}{PROMISE}:') for key in life.matters) + 1}"
        if name not in OF_AN_ORGAN:
            return ""
        parties = self.history.writing.new_parties
        return next(f":{self.organs[p.holder]}" for p in parties if p.matter.pk == matter.pk and p.role == "handler")

    # Matters in memory

    def _remember(self, situation: Situation) -> None:
        self.situations[situation.matter.pk] = situation
        self.matters[situation.matter.pk] = situation.matter

    def _forget(self, *matters: UUID) -> None:
        for matter in matters:
            self.situations.pop(matter, None)

    def _situation(self, matter: UUID) -> Situation:
        """The matter as it is in memory; otherwise it is read, after what is still to be written of it."""
        if matter not in self.situations:
            self._write_if_waiting(matter)
            situation = Situation(
                Matter.objects.get(pk=matter), the_clock(self.house.congress.pk), at=self.story.moment
            )
            situation.forms = self.history.forms
            # Its acts are read now: those planned from here on are not in the database when somebody asks.
            situation.took()
            self._remember(situation)
        return self.situations[matter]

    def _write_if_waiting(self, *matters: UUID) -> None:
        writing = self.history.writing
        if not writing.moved.keys().isdisjoint(matters) or not writing.new_matters.keys().isdisjoint(matters):
            self._write()

    def _write(self) -> None:
        for entry in self.history.writing.outbox:
            if entry.created_at.date() < self.silent_until:
                entry.sent_at = entry.created_at
        self.history.write()

    # Clocks

    def _run_out(self, event: RunningOut) -> None:
        """A reminder, or the step that the clock takes."""
        if not self.agenda.still_runs(event):
            return
        if event.takes:
            self._write()
            self._take(event.matter, event.takes, the_clock(self.house.congress.pk), {})
            return
        self.history.writing.outbox.append(
            OutboxEntry(
                congress_id=self.house.congress.pk, matter=self.matters[event.matter], kind=REMINDER, offices=[event.whose],
                detail={"clock": event.key, "due_on": event.due_on.isoformat(), "distance": event.distance},
                created_at=self.story.moment, once=f"{event.clock.hex}:{event.due_on:%y%m%d}:{event.distance}",
            )
        )  # fmt: skip
