"""Who acts, and who is to be told: the two doors through which the docket learns about people.

The docket knows offices and relations, not persons. ``people`` builds an :class:`Actor` for every request and registers a
:class:`Directory`; another house could fill both doors from its own registers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody in one seat, as the engine sees her.

    ``holders`` are the ids this seat stands for (a mandate, an organ, a group): a relation office matches when one of them is a
    party to the matter. ``agent_for`` names the deputy for whom staff enter something, ``proof`` the file that shows it.
    ``fresh`` says that the password or the second factor was given again a moment ago.
    """

    account: UUID | None
    congress: UUID
    seat: str
    holders: frozenset[UUID] = field(default_factory=frozenset)
    name: str = ""
    office_name: str = ""
    person: UUID | None = None
    agent_for: str = ""
    proof: UUID | None = None
    fresh: bool = False

    def as_agent(self, *, seat: str, holder: UUID, principal: str, proof: UUID) -> Actor:
        """The same person entering something for somebody else, with the proof attached; both are named in the act."""
        return replace(self, seat=seat, holders=frozenset({holder}), agent_for=principal, proof=proof, fresh=True)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to be told something."""

    account: UUID
    seat: UUID
    name: str
    email: str = ""
    language: str = "zh-hans"


class Directory(Protocol):
    """Answers who holds a seat today."""

    def recipients(self, seats: Iterable[str], holders: Iterable[UUID] | None) -> list[Recipient]:
        """People holding one of the seats now, for one of the holders, or for any when ``holders`` is None."""
        ...


class _NoDirectory:
    def recipients(self, seats: Iterable[str], holders: Iterable[UUID] | None) -> list[Recipient]:
        raise RuntimeError("no directory of people is registered: call docket.actor.use_directory at start-up")


_directory: Directory = _NoDirectory()


def use_directory(directory: Directory) -> None:
    """Register the directory; called once at start-up."""
    global _directory
    _directory = directory


def directory() -> Directory:
    """The registered directory."""
    return _directory


THE_CLOCK_SEAT = "the_clock"
THE_KIN_SEAT = "the_kin"
HISTORY_SEAT = "history"
PUBLIC_SEAT = "the_public"


def the_clock(congress: UUID) -> Actor:
    """Time, taking a step that a clock declares."""
    return Actor(account=None, congress=congress, seat=THE_CLOCK_SEAT, name="期限届满")


def the_kin(congress: UUID) -> Actor:
    """A related matter (parent or children) whose step this one follows."""
    return Actor(account=None, congress=congress, seat=THE_KIN_SEAT, name="系统（随关联事项）")


def the_public(congress: UUID, holder: UUID) -> Actor:
    """Somebody who has no account: a resident, known in one matter alone by what was handed to her when she opened it."""
    return Actor(account=None, congress=congress, seat=PUBLIC_SEAT, holders=frozenset({holder}), name="公众")
