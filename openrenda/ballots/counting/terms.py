"""The terms of a vote, frozen when it opens: kind, options, places, base and the rules that decide (CAL-02)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from openrenda.rulebook import Rule
from openrenda.rulebook.rule import rule_from, to_json

QUESTION, APPOINTMENTS, ELECTION, CHOICE, GRADES = "question", "appointments", "election", "choice", "grades"
APPROVE, AGAINST, ABSTAIN, CHOSEN, NO_MARK, NOT_VALID = "approve", "against", "abstain", "chosen", "", "void"
THREE_WAYS = (APPROVE, AGAINST, ABSTAIN)
MEMBERS, PRESENT, VALID = "members", "present", "valid"


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade that may be given, in falling order of contentment."""

    key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What holds for one vote.

    ``base`` is the number of all deputies or all members in office, ``present`` who was there when it opened. ``majority`` is the rule of more than
    half of all. ``places``: seats of an election, or how many may be chosen. ``together``: one mark for all names. ``plurality``: the most
    votes decide alone. ``rungs``: the rules for each verdict of a satisfaction vote but the last, a rung counting all grades down to it.
    ``withdrawn``: options whose marks are not counted. ``straw``: it decides nothing.
    """

    kind: str
    options: tuple[str, ...]
    body: str
    base: int
    present: int
    majority: Rule
    places: int = 1
    together: bool = False
    plurality: bool = False
    grades: tuple[Grade, ...] = ()
    rungs: tuple[Rule, ...] = ()
    grades_base: str = MEMBERS
    withdrawn: frozenset[int] = frozenset()
    straw: bool = False

    @property
    def rows(self) -> tuple[str, ...]:
        """What is marked: each option, or all names in one row when they are voted on together."""
        return ("、".join(self.options),) if self.together else self.options

    @property
    def allowed(self) -> tuple[str, ...]:
        """The marks that one row of a paper may carry; an empty one where a row may be left without."""
        if self.kind == CHOICE:
            return (CHOSEN, NO_MARK)
        if self.kind == GRADES:
            return (*(grade.key for grade in self.grades), ABSTAIN)
        return THREE_WAYS

    @property
    def counted(self) -> tuple[int, ...]:
        """The rows that are counted: all but the withdrawn ones."""
        return tuple(row for row in range(len(self.rows)) if row not in self.withdrawn)

    def without(self, *rows: int) -> Terms:
        """The same vote after options were withdrawn."""
        return replace(self, withdrawn=self.withdrawn | set(rows))

    def to_json(self) -> dict[str, Any]:
        """Plain data, as it is kept with the ballot; rules with their text, so that a later law changes nothing."""
        data = asdict(self)
        data |= {"majority": to_json(self.majority), "rungs": [to_json(rule) for rule in self.rungs]}
        return data | {"withdrawn": sorted(self.withdrawn), "options": list(self.options)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Terms:
        """The terms again."""
        given = dict(data)
        given["majority"] = rule_from(given["majority"])
        given["rungs"] = tuple(map(rule_from, given["rungs"]))
        given["grades"] = tuple(Grade(**grade) for grade in given["grades"])
        given |= {"options": tuple(given["options"]), "withdrawn": frozenset(given["withdrawn"])}
        return cls(**given)
