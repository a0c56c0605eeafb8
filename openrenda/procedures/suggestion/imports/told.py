"""Whole histories: one row a step, with its date and who took it, through the ordinary steps of the table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from openrenda.docket import registry
from openrenda.docket.actor import Actor
from openrenda.docket.engine import begin
from openrenda.docket.history import History
from openrenda.docket.language import HISTORY, Step
from openrenda.docket.reading import switched_on
from openrenda.docket.refusals import Incomplete, Refusal
from openrenda.docket.situation import Situation
from openrenda.documents.tables import Row

from ...bringing_in import sessions
from ...bringing_in.columns import read_row
from ...bringing_in.registers import Registers
from ...bringing_in.units import BadRow, Unit, key_of, reasons_of
from .columns import STEPS
from .typist import Typist

OPENED_BY_DEPUTY = "propose"


@dataclass
class Told:
    """One row: a step as the file tells it."""

    number: int
    said: dict[str, Any]
    cells: dict[str, Any]

    @property
    def day(self) -> date:
        """When the step was taken."""
        return date.fromisoformat(self.said["date"])

    @property
    def at(self) -> datetime:
        """The beginning of that day: the hour is not told."""
        return timezone.make_aware(datetime.combine(self.day, time()))


def units(rows: Iterable[Row], others: list[str], registers: Registers, typist: Typist) -> Iterator[Unit]:
    """The rows of each suggestion together, in the order of the file."""
    stories: dict[str, list[Told]] = {}
    problems: dict[str, list[tuple[int, str]]] = {}
    for row in rows:
        said, wrong = read_row(STEPS, row)
        key = said.get("suggestion", f"#{row.number}")
        cells = {name: row.cells.get(name) for name in others if name != "data"} | row.nested.get("data", {})
        stories.setdefault(key, []).append(Told(row.number, said, cells))
        problems.setdefault(key, []).extend((row.number, reason) for reason in wrong or _out_of_order(stories[key]))
    for key, story in stories.items():
        yield _unit(key, story, problems[key], registers, typist)


def _out_of_order(story: list[Told]) -> list[str]:
    last = story[-1]
    if last.day > timezone.localdate():
        return [_("日期 %(day)s 在今天之后，请核对。") % {"day": last.day}]
    earlier = next((told.day for told in reversed(story[:-1]) if told.said.get("date")), None)
    if earlier and last.day < earlier:
        return [_("日期 %(day)s 早于上一步骤的 %(earlier)s，请按先后排列。") % {"day": last.day, "earlier": earlier}]
    return []


def _unit(key: str, story: list[Told], problems: list[tuple[int, str]], registers: Registers, typist: Typist) -> Unit:
    said = {name: told.said[name] for told in story for name in ("number", "session") if name in told.said}
    session = sessions.written(said.get("session", ""))
    year = story[0].day.year if story[0].said.get("date") else None
    number = said.get("number", "")
    series = sessions.series("", session, year) if number else ""
    teller = Teller(story, number, series, registers, typist, key_of("steps", key))
    rows = tuple(told.number for told in story)
    return Unit(rows, f"{key} {number}".strip(), teller.key, teller.put, series, number, problems)


@dataclass
class Teller:
    """Takes the steps of one story."""

    story: list[Told]
    number: str
    series: str
    registers: Registers
    typist: Typist
    key: str

    def put(self, history: History) -> None:
        """Open the matter and take its steps; a bad row ends the story.

        :raises BadRow: with the row and the reason.
        """
        situation: Situation | None = None
        for told in self.story:
            try:
                situation = self._open(history, told) if situation is None else self._take(history, situation, told)
                self._numbered(situation, told)
            except (Refusal, ValueError) as problem:
                raise BadRow(told.number, _sentence(problem)) from problem

    def _numbered(self, situation: Situation, told: Told) -> None:
        if told is self.story[-1] and self.number and not situation.matter.number:
            raise ValueError(_("填了编号，但各行里没有接收编号的步骤，请补上接收的步骤或者删去编号。"))

    def _open(self, history: History, told: Told) -> Situation:
        blank = begin("suggestion", history.importer(), told.at)
        blank.forms = history.forms
        step = self._step(blank, told, registry.procedure("suggestion").opening_steps)
        data = self.typist.typed(blank, step, told.cells)
        by = None
        if HISTORY in step.offices:
            data |= {"registers": self._matched(told, data), "number": self.number, "series": self.series}
        else:
            by = self._deputy(history, step, told)
        return history.open("suggestion", step.key, at=told.at, data=data, by=by, key=self.key)

    def _take(self, history: History, situation: Situation, told: Told) -> Situation:
        step = self._step(situation, told, situation.table.steps_from(situation.matter.state))
        if step.numbers and self.number:
            situation.matter.number, situation.matter.series = self.number, self.series
        situation.begin_step(history.importer(), told.at)
        data = self.typist.typed(situation, step, told.cells)
        history.take(situation, step.key, at=told.at, name=self._name(told), data=data)
        return situation

    def _step(self, situation: Situation, told: Told, possible: Iterable[Step]) -> Step:
        named = told.said["step"]
        found = [step for step in possible if named in (step.key, step.label, step.label_en)]
        usable = [step for step in found if switched_on(step, situation.book)] or found
        if not usable:
            state = _("开始时") if situation.new else _("“%(state)s”") % {"state": situation.state.words}
            raise ValueError(_("在%(state)s没有“%(step)s”这一步骤。") % {"state": state, "step": named})
        return usable[0]

    def _name(self, told: Told) -> str:
        """The name under which the step is kept: the deputy's own where her card number is given."""
        who = str(told.said.get("who", ""))
        mandate = self.registers.mandate(who, told.day) if who else None
        return str(mandate.person.name) if mandate else who

    def _deputy(self, history: History, step: Step, told: Told) -> Actor:
        who = told.said.get("who", "")
        mandate = self.registers.mandate(who, told.day)
        if mandate is None:
            raise ValueError(
                _("代表名册中没有当时在任的“%(who)s”，或者有几位同名，请填代表证号或者先导入代表。") % {"who": who}
            )
        importer = history.importer()
        name = str(mandate.person.name)
        return replace(
            importer, seat="deputy", holders=frozenset({mandate.pk}), name=name, office_name=step.offices[0].label
        )

    def _matched(self, told: Told, data: dict[str, Any]) -> dict[str, str]:
        found: dict[str, UUID | None] = {"organ": self.registers.organ(data.get("organ_name", ""))}
        session = self.registers.session(sessions.written(data.get("session_name", "")))
        found["session"] = session.pk if session else None
        if sponsor := data.get("sponsor_name", ""):
            mandate = self.registers.mandate(sponsor, told.day)
            found["sponsor"] = mandate.pk if mandate else None
        return {name: str(pk) for name, pk in found.items() if pk}


def _sentence(problem: Exception) -> str:
    return "".join(reasons_of(problem)) if isinstance(problem, Incomplete) else str(problem)
