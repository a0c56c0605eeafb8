"""Learning from the congress's own cases in the plainest way: what the most similar past ones were given.

Each similar case votes for what it was given, with its likeness for a weight. The cases that voted are the explanation.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from uuid import UUID

from openrenda.search import Similar

Value = TypeVar("Value", bound=Hashable)


@dataclass
class Votes(Generic[Value]):
    """What speaks for one value: the sum of likenesses, and the cases, the most similar first."""

    value: Value
    score: float = 0.0
    cases: list[Similar] = field(default_factory=list)


def votes(similar: Iterable[Similar], given: Mapping[UUID, Value]) -> list[Votes[Value]]:
    """The values that the similar cases were given, best first. A case that was given nothing does not vote."""
    found: dict[Value, Votes[Value]] = {}
    for case in similar:
        value = given.get(case.subject)
        if value is not None:
            one = found.setdefault(value, Votes(value))
            one.score += case.score
            one.cases.append(case)
    return sorted(found.values(), key=lambda one: -one.score)
