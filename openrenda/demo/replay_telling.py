"""How the records of a replay are told: each course step by step through the one door, under its days, by whoever holds the step's office."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.db.models import Q, QuerySet

from openrenda import docket
from openrenda.docket import registry
from openrenda.docket.actor import Actor, the_clock
from openrenda.docket.history import History
from openrenda.docket.models import Matter
from openrenda.docket.situation import Situation
from openrenda.rulebook import resolution
from openrenda.web import filing

from .replay_lives import ARRANGED, CLOCK, HELD, OFFICE, TALK_DAYS, Asking, Course, Scene, Taken, at_nine, filled

if TYPE_CHECKING:
    from .replay import Stage

BATCH_ACTS = 400
LATER_DAYS = 200
# What is spread over a period ends well before it does.
LAST_DAYS = 30
GROUNDS = ("campaign", "consultation", "call", "court", "post")
# By which path a matter is found from the one it belongs to, where that is neither its parent nor its origin.
BELONGS = {"appointment": "dealt_with__matter", "livelihood-project": "livelihood_project__round"}


class Telling:
    """The telling of records on a stage. ``told`` counts what was begun, ``grounds`` are rows that courses rest on, by name."""

    def __init__(self, stage: Stage, courses: dict[str, Course]) -> None:
        self.stage, self.courses = stage, courses
        self.told = self.minute = 0
        self.grounds: dict[str, str] = {}
        self.history = History(stage.congress.pk, "复原")

    def tell(self, courses: list[str]) -> None:
        """The records, each through all of its steps, many in one writing."""
        self.history = History(self.stage.congress.pk, "复原")
        for name in courses:
            self._next(self.courses[name])
            if len(self.history.writing.acts) >= BATCH_ACTS:
                self._write()
        self._write()

    def _write(self) -> None:
        """Nobody is told of what is synthetic."""
        self.history.writing.outbox.clear()
        self.history.write()

    def _next(self, course: Course) -> Matter:
        self.told += 1
        number, self.minute = self.told, 0
        if course.step_by_step:
            subjects = tuple(self._next(self.courses[name]) for name in course.about)
            return self._about(course, Scene(self._began(number, course), number, subjects))
        scene = Scene(self._began(number, course), number)
        matter = self._raised(course, scene)
        for place, after in enumerate(course.then):
            self._about(after, replace(scene, subjects=(matter,)), place)
        return matter

    # Step by step

    def _about(self, course: Course, scene: Scene, among: int = 0) -> Matter:
        """A course of which each step is written before the next is taken; of several matters that it could go on with, one ``among`` them."""
        self._write()
        first, *rest = course.steps
        assert isinstance(first, Taken)
        if registry.procedure(course.procedure).step(first.step).source is None:
            matter = self._opened(course, first, scene)
        else:
            found = list(belonging(scene.subjects[0], course.procedure, first))
            matter, rest = found[among % len(found)], [first, *rest]
        for step in rest:
            if isinstance(step, Course):
                for number in range(1, step.many + 1):
                    self._about(step, Scene(scene.began, number, (matter,)))
            else:
                self._take(matter, step, scene)
        return Matter.objects.get(pk=matter.pk)

    def _opened(self, course: Course, first: Taken, scene: Scene) -> Matter:
        at = self._moment(scene, first)
        by = self.stage.staff.get(course.by) or self.stage.staff[OFFICE]
        asking = Asking(self.stage, scene, at.date(), scene.subjects[0] if scene.subjects else None)
        return docket.open_matter(course.procedure, first.step, by=by, data=self._typed(first, asking), at=at).matter

    def _take(self, matter: Matter, step: Taken, scene: Scene) -> None:
        """One step, on the matter itself or on each of those that belong to it."""
        at = self._moment(scene, step)
        for one in list(belonging(matter, step.on, step)) if step.on else [matter]:
            now = Matter.objects.get(pk=one.pk)
            paper = self._attached(now, step.paper) if step.paper else ""
            data = self._typed(step, Asking(self.stage, scene, at.date(), now), paper)
            docket.act(now, step.step, by=self._who(now, step, at), data=data, at=at)

    def _moment(self, scene: Scene, step: Taken) -> datetime:
        """On the day of the step, a minute after the one before it."""
        self.minute += 1
        return at_nine(scene.began + timedelta(days=step.after), self.minute)

    def _who(self, matter: Matter, step: Taken, at: datetime) -> Actor:
        if step.by == CLOCK:
            return the_clock(self.stage.congress.pk)
        if step.by:
            return self.stage.staff[step.by]
        situation = Situation(matter, self.history.importer(), at=at)
        return self.history.holder_of(matter.table.step(step.step), situation, "")

    # Many in one writing

    def _raised(self, course: Course, scene: Scene) -> Matter:
        first, *rest = course.steps
        assert isinstance(first, Taken)
        stage, history = self.stage, self.history
        by = stage.staff.get(course.by) or stage.deputies[scene.number % len(stage.deputies)]
        typed = self._typed(first, Asking(stage, scene, scene.began))
        situation = history.open(course.procedure, first.step, at=at_nine(scene.began, 0), data=typed, by=by)
        for place, step in enumerate(rest, 1):
            assert isinstance(step, Taken)
            at = at_nine(scene.began + timedelta(days=step.after), place)
            if course.then or step.paper:  # what rests on other matters and files finds them written
                self._write()
                situation = Situation(Matter.objects.get(pk=situation.matter.pk), history.importer(), at=at)
            paper = self._attached(situation.matter, step.paper) if step.paper else ""
            history.take(situation, step.step, at=at, data=self._typed(step, Asking(stage, scene, at.date()), paper))
        return situation.matter

    def _attached(self, matter: Matter, name: str) -> str:
        """A document of the matter."""
        file = ContentFile(f"{name}。按公布的数字复原。".encode(), name=f"{name}.txt")
        return str(filing.keep(file, self.stage.staff[OFFICE], role=filing.MATTER_ROLE, matter=matter).pk)

    # Days and words

    def _began(self, number: int, course: Course) -> date:
        """At its own pace; spread over the period; or during the session that the report counts, one day of it after another."""
        since = self.stage.period.since
        if course.pace:
            first, days = course.pace
            before = Matter.objects.filter(procedure=course.procedure).count()
            return self._worked(since + timedelta(days=first + days * before))
        if course.all_year:
            days = (self.stage.period.end - since).days - LAST_DAYS
            return since + timedelta(days=number * 7 % max(1, days))
        session = self.stage.session
        return session.since + timedelta(days=number % max(1, (session.until - session.since).days - 1))  # type: ignore[no-any-return]

    def _worked(self, day: date) -> date:
        """The day, or the next one on which people work."""
        calendar = resolution.book_for(self.stage.congress).calendar
        while not calendar.is_working_day(day):
            day += timedelta(days=1)
        return day

    def _typed(self, step: Taken, asking: Asking, paper: str = "") -> dict[str, Any]:
        given = step.data(asking) if callable(step.data) else step.data
        values = self._values(asking, paper)
        typed = {name: filled(value, values, asking) for name, value in given.items()}
        if isinstance(typed.get("deputies"), int):
            rows, number = self.stage.deputies, asking.scene.number
            several = range(number, number + typed["deputies"])
            typed["deputies"] = [str(*rows[place % len(rows)].holders) for place in several]
        if typed.get("suggestions"):
            typed["suggestions"] = [str(subject.pk) for subject in asking.scene.subjects]
        if typed.pop("declarations", ""):
            kinds: Any = resolution.book_for(self.stage.congress).option("option.not_allowed")
            typed |= {"one_matter": "on", **{f"not_{row['key']}": "on" for row in kinds}}
        return typed

    def _values(self, asking: Asking, paper: str) -> dict[str, str]:
        """What stands for a name in braces."""
        stage, scene, day = self.stage, asking.scene, asking.day
        return {
            **letters(resolution.book_for(stage.congress)), "today": day.isoformat(), "began": scene.began.isoformat(),
            "held": (day + timedelta(days=TALK_DAYS)).isoformat(), "later": (day + timedelta(days=LATER_DAYS)).isoformat(),
            "reception": (day + timedelta(days=HELD - ARRANGED)).isoformat(), "number": f"{scene.number}",
            "title": f"关于第{scene.number}件事的建议（虚构）", "subject": str(scene.subjects[0].pk) if scene.subjects else "",
            "congress": str(stage.congress.pk), "organ": str(stage.organ.pk), "street": str(stage.street.pk),
            "committee": str(stage.office.pk), "leader": str(stage.leader.pk), "hub": str(stage.hub.pk), "paper": paper,
            **dict.fromkeys(GROUNDS, ""), **self.grounds,
        }  # fmt: skip


def letters(book: Any) -> dict[str, str]:
    """The letters of results: solved, promised, neither."""
    scheme: Any = book.option("option.result_scheme")
    return {
        "solved": next(row["letter"] for row in scheme if row.get("solved")),
        "promised": next(row["letter"] for row in scheme if row.get("promise")),
        "unsolved": next(row["letter"] for row in scheme if not row.get("solved") and not row.get("promise")),
    }


def belonging(matter: Matter, procedure: str, step: Taken) -> QuerySet[Matter]:
    """The matters of a procedure that came of another one, or belong to it, and wait for the step; oldest first."""
    found = Q(parent=matter) | Q(origins__origin=matter)
    if procedure in BELONGS:
        found |= Q(**{BELONGS[procedure]: matter})
    states = [state.key for state in registry.procedure(procedure).step(step.step).sources]
    rows = Matter.objects.filter(found, procedure=procedure, **step.where)
    rows = rows.filter(state__in=states) if states else rows
    return rows.distinct().order_by("id")
