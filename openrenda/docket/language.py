"""The nine words in which a procedure is written: State, Office, Step, Clock, Form, bar, Rule, Sealed, Figure.

A procedure is a frozen table. Nothing here touches the database; :mod:`openrenda.docket.checks` reads the tables at start-up and
refuses a contradiction. ``Rule`` is a row of the rulebook, named here by its id; ``Figure`` lives in the figures room. Each word is itself and
nothing else (``eq=False``): a table that is asked for as a key would else be read through from end to end each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from openrenda.languages import Labelled

from .actor import HISTORY_SEAT, PUBLIC_SEAT, THE_CLOCK_SEAT, THE_KIN_SEAT

if TYPE_CHECKING:
    from .forms import StepForm
    from .models import Act
    from .situation import Situation

type_bar = Callable[["Situation"], "str | None"]
type_effect = Callable[["Situation", "Act"], None]
type_withheld = Callable[["Situation", "Act"], bool]


@dataclass(frozen=True, slots=True, eq=False)
class State(Labelled):
    """What is true of a matter. A state without a running clock says why in ``untimed``."""

    key: str
    label: str
    label_en: str = ""
    stage: str = ""
    final: bool = False
    untimed: str = ""
    seen_by: tuple[Office, ...] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Office(Labelled):
    """Who: people in one of ``seats``; with ``relation``, only those whose seat stands for a party in that role."""

    key: str
    label: str
    label_en: str = ""
    seats: tuple[str, ...] = ()
    relation: tuple[str, ...] = ()


THE_CLOCK = Office("the_clock", "期限届满", "the clock", seats=(THE_CLOCK_SEAT,))
THE_KIN = Office("the_kin", "系统（随关联事项）", "the system, following a related matter", seats=(THE_KIN_SEAT,))
THE_PUBLIC = Office("the_public", "公众", "the public", seats=(PUBLIC_SEAT,))
HISTORY = Office("history", "历史数据导入", "import of history", seats=(HISTORY_SEAT,))
BUILT_IN_STEPS = frozenset({"hand_over", "open_sealed"})
BUILT_IN_SEATS = frozenset({THE_CLOCK_SEAT, THE_KIN_SEAT, HISTORY_SEAT, PUBLIC_SEAT})


@dataclass(frozen=True, slots=True, eq=False)
class Numbering:
    """Gap-free official numbers: ``series`` names the counter, ``number`` prints what people see."""

    series: Callable[[Situation], str]
    number: Callable[[Situation, int], str]


@dataclass(frozen=True, slots=True, eq=False)
class After:
    """A step that follows another matter: ``parent`` took one of ``steps``, all ``children`` are closed, or a ``linked`` matter
    took one of ``steps`` and named this one (:class:`Taking`)."""

    whom: str
    steps: tuple[str, ...] = ()


PARENT = "parent"
CHILDREN = "children"
LINKED = "linked"
# The kind of outbox entry from which other matters still follow an act.
SPREADS = "spreads"


@dataclass(frozen=True, slots=True, eq=False)
class Step(Labelled):
    """One row: from, to, who, what is recorded, who is told, under which article.

    ``source`` None opens a matter. ``target`` None leaves the state as it is. ``only_if`` names a declared option of the rulebook and
    the value it must have. ``other_than``: whoever took one of those steps on this matter may not take this one (four eyes).
    ``optional`` steps may be taken but do not put the matter on anyone's desk; one that ``invites`` stays in sight of those who may
    take it, apart from what waits and without a day. ``fresh`` asks for the password again.
    ``agent`` lets staff enter the step for somebody, with proof. ``confirm`` is the sentence shown before what cannot be undone.
    ``offered_unless``: a step that this bar refuses is not offered to the person, because it would make no sense; whoever comes by its address
    reads why.
    ``withheld``: while it holds, what an act of this step recorded is read by nobody but whoever took it.
    """

    key: str
    label: str
    source: State | tuple[State, ...] | None
    target: State | None
    by: Office | tuple[Office, ...] = ()
    basis: str = ""
    label_en: str = ""
    records: type[StepForm] | None = None
    barred_by: tuple[type_bar, ...] = ()
    other_than: tuple[str, ...] = ()
    tells: tuple[Office, ...] = ()
    opens: Callable[[Situation], Iterable[Opening | Taking | Spreading]] | None = None
    does: type_effect | None = None
    numbers: Numbering | None = None
    only_if: tuple[str, Any] | None = None
    after: After | None = None
    withheld: type_withheld | None = None
    offered_unless: type_bar | None = None
    optional: bool = False
    invites: bool = False
    fresh: bool = False
    agent: bool = False
    batch: bool = False
    confirm: str = ""

    @property
    def sources(self) -> tuple[State, ...]:
        """The states the step may be taken from; empty for an opening step."""
        if self.source is None:
            return ()
        return self.source if isinstance(self.source, tuple) else (self.source,)

    @property
    def offices(self) -> tuple[Office, ...]:
        """The offices that may take the step."""
        return self.by if isinstance(self.by, tuple) else (self.by,)


@dataclass(frozen=True, slots=True, eq=False)
class Clock(Labelled):
    """A time limit: which steps start, stop, pause, resume and extend it, whose it is and what happens when it runs out.

    ``rule`` gives length and article. ``until`` names a date field of the starting step's form that sets the due day instead;
    ``anchor`` a date field from which a before-meeting limit is counted back. ``bars`` are the steps forbidden until an
    at-least limit has run. ``goes_on`` are steps after which a clock that had stopped runs on to the day it had: what stopped it
    did not hold. ``applies`` is a fact of the matter without which the clock does not start. ``right`` marks a right that lapses (to decline, say): nobody is late when it runs out. ``then`` is the step the clock takes itself; without it a lamp is lit.
    """

    key: str
    label: str
    rule: str
    starts: tuple[str, ...]
    stops: tuple[str, ...]
    whose: Office
    label_en: str = ""
    extends: tuple[tuple[str, str], ...] = ()
    goes_on: tuple[str, ...] = ()
    pauses: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    then: str = ""
    bars: tuple[str, ...] = ()
    until: str = ""
    anchor: str = ""
    only_if: tuple[str, Any] | None = None
    applies: Callable[[Situation], bool] | None = None
    right: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Sealed(Labelled):
    """Form fields kept encrypted; opening them is an act, open to the named offices only."""

    key: str
    label: str
    fields: tuple[str, ...]
    opened_by: tuple[Office, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Opening:
    """A matter that a step opens: its child, or one linked to it."""

    procedure: str
    step: str
    data: dict[str, Any]
    parties: tuple[tuple[str, Any, str], ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Taking:
    """A step that a step takes on one other matter, which need not be its child: that table's row says ``After(LINKED, …)``."""

    matter: UUID
    step: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Spreading:
    """A step that every matter linked by these kinds takes, as a :class:`Taking` each would, but by the worker and some at a time: they are many.

    ``back``: those from which this matter came, else those that came from it. ``anew``: also those that stand where it leads.
    """

    kinds: tuple[str, ...]
    step: str
    data: dict[str, Any]
    back: bool = False
    anew: bool = True


@dataclass(frozen=True, eq=False)
class Procedure(Labelled):
    """A whole table: states, steps, clocks, sealed fields and who may look.

    ``files_read_by``: of those who may look, the offices that alone may open the matter's documents; all of them when empty.
    ``internal``: the affair of one body inside the house. Its table is not printed for the public, its steps are not pooled in counters, other
    systems are not told of it, and no line from a voice to its result leads through it.
    """

    key: str
    label: str
    states: tuple[State, ...]
    steps: tuple[Step, ...]
    clocks: tuple[Clock, ...] = ()
    label_en: str = ""
    record: Any = None
    body: str = ""
    stages: tuple[tuple[str, str], ...] = ()
    sealed: tuple[Sealed, ...] = ()
    seen_by: tuple[Office, ...] = ()
    seen_when_confidential: tuple[Office, ...] = ()
    files_read_by: tuple[Office, ...] = ()
    internal: bool = False
    title: Callable[[dict[str, Any]], str] = field(default=lambda data: str(data.get("title", "")))
    basis: str = ""
    handed_over: type_effect | None = None
    _steps: dict[str, Step] = field(init=False, repr=False, compare=False)
    _states: dict[str, State] = field(init=False, repr=False, compare=False)
    _clocks: dict[str, Clock] = field(init=False, repr=False, compare=False)
    _from: dict[str, tuple[Step, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_key = {step.key: step for step in self.steps}
        from_state: dict[str, tuple[Step, ...]] = {
            state.key: tuple(s for s in self.steps if state in s.sources) for state in self.states
        }
        object.__setattr__(self, "_steps", by_key)
        object.__setattr__(self, "_states", {state.key: state for state in self.states})
        object.__setattr__(self, "_clocks", {clock.key: clock for clock in self.clocks})
        object.__setattr__(self, "_from", from_state)
        object.__setattr__(self, "_offices", {office.key: office for office in self._named_offices()})

    def step(self, key: str) -> Step:
        """The step with that key.

        :raises UnknownStep: when the table has none.
        """
        found = self._steps.get(key)
        if found is None:
            raise UnknownStep(f"{self.key} has no step {key}")
        return found

    def known_step(self, key: str) -> Step | None:
        """The step with that key; None for one that the table no longer has."""
        return self._steps.get(key)

    def clock(self, key: str) -> Clock | None:
        """The clock with that key; None for one that the table no longer has."""
        return self._clocks.get(key)

    def state(self, key: str) -> State:
        """The state with that key."""
        return self._states[key]

    def office(self, key: str) -> Office | None:
        """An office that the table names, by its key."""
        return self._offices.get(key)  # type: ignore[attr-defined,no-any-return]

    def _named_offices(self) -> Iterable[Office]:
        for step in self.steps:
            yield from (*step.offices, *step.tells)
        yield from (clock.whose for clock in self.clocks)
        yield from self.seen_by

    def steps_from(self, state: str) -> tuple[Step, ...]:
        """The rows that start in a state."""
        return self._from.get(state, ())

    @property
    def opening_steps(self) -> tuple[Step, ...]:
        """The rows that open a matter."""
        return tuple(step for step in self.steps if step.source is None)

    def seen_in(self, state: State) -> tuple[Office, ...]:
        """The offices that may look at a matter in that state."""
        return self.seen_by if state.seen_by is None else state.seen_by


class UnknownStep(LookupError):
    """A step key that the procedure's table does not have."""
