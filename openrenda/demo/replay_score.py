"""A replay as its file says it: the congress, its courses of records, and the figures that were published."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from openrenda.people.refusals import Refused

from .replay_hall import COURSES as HALL
from .replay_lives import COURSES as LIVES

COURSES = LIVES | HALL
FOLDER = Path(__file__).parent / "replays"
DEPUTIES = 20


@dataclass(frozen=True)
class Published:
    """One published figure: how it was printed, and where."""

    figure: str
    printed: str
    source: str
    exactly: int | None = None
    at_least: int | None = None
    at_most: int | None = None
    percent: str = ""
    rounding: str = "half_up"
    digits: int = 2


@dataclass(frozen=True)
class Score:
    """A replay as its file says it."""

    name: str
    congress: Mapping[str, Any]
    term: Mapping[str, Any]
    sessions: tuple[Mapping[str, Any], ...]
    report: Mapping[str, Any]
    courses: tuple[str, ...]
    figures: tuple[Published, ...]
    options: Mapping[str, Any] = field(default_factory=dict)
    typed: tuple[Mapping[str, Any], ...] = ()
    # How many of a course there are at least, so that what was published as a practice is there at all.
    least: Mapping[str, int] = field(default_factory=dict)
    deputies: int = DEPUTIES


def read_score(path: Path) -> Score:
    """The file as a score.

    :raises Refused: with a sentence, for a course or a column that there is not.
    """
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    unknown = [name for name in data["records"]["courses"] if name not in COURSES]
    if unknown:
        words = {"names": _("、").join(unknown), "known": _("、").join(COURSES)}
        raise Refused(_("没有这样的办理过程：%(names)s。可以用：%(known)s。") % words)
    return Score(
        path.stem, data["congress"], data["term"], tuple(data["session"]), data["report"], tuple(data["records"]["courses"]),
        tuple(Published(**row) for row in data["figure"]), data.get("options", {}), tuple(data.get("typed", ())),
        data["records"].get("least", {}), data["records"].get("deputies", DEPUTIES),
    )  # fmt: skip


def shipped() -> Iterator[Path]:
    """The replays that come with the software."""
    yield from sorted(FOLDER.glob("*.toml"))
