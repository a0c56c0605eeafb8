"""An open vote of a small body, and devices that vote in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest

from openrenda.ballots.counting import Paper, Terms
from openrenda.ballots.device import Device
from openrenda.ballots.models import SECRET, Ballot
from openrenda.ballots.opening import open_ballot
from openrenda.ballots.taking import take
from openrenda.docket.models import Matter
from openrenda.people.models import Congress
from openrenda.tenancy import congress_scope, uuid7

from .stage import terms

YES, NO = Paper(("approve",)).text, Paper(("against",)).text


@dataclass
class Hall:
    """A congress with votes in it."""

    congress: Congress
    voters: list[tuple[UUID, str]] = field(default_factory=list)

    def open(self, voters: int = 5, way: str = SECRET, of: Terms | None = None, **more: Any) -> Ballot:
        """A vote in which so many may take part."""
        matter = Matter.objects.create(
            procedure="none", state="open", title="关于试验的决定", opened_on="2026-03-02", state_since="2026-03-02"
        )
        self.voters = [(uuid7(), f"代表{number}") for number in range(voters)]
        given = of or terms(base=voters, present=voters)
        return open_ballot(matter, way, given, self.voters, rulebook="test", **more)


def device(ballot: Ballot, voter: UUID) -> Device:
    """A device that has taken the voter's ballot."""
    made = Device.fresh(ballot.public_key)
    made.take(take(ballot, voter, made.blinded))
    return made


@pytest.fixture
def hall(db: None) -> Iterator[Hall]:
    yield from standing()


def standing() -> Iterator[Hall]:
    """A hall, with its congress in context."""
    congress = Congress.objects.create(
        division_code="990601", name="试验区人民代表大会", short_name="试验区人大", level="county", fictional=True
    )
    with congress_scope(congress):
        yield Hall(congress)
