"""The four invented congresses, one above the other, with their terms and sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from .phrases import library

PROVINCE, CITY, DISTRICT, TOWNSHIP = "province", "city", "district", "township"
TERM_NUMBERS = {PROVINCE: 13, CITY: 12, DISTRICT: 6, TOWNSHIP: 9}
# How long after the district's, in days, and how long each sits.
SITTINGS = {PROVINCE: (21, 6), CITY: (14, 5), DISTRICT: (0, 4), TOWNSHIP: (-10, 1)}
SESSIONS_KEPT = 3
TERM_YEARS = 5
# The latest session is the fourth of five, so that the term has not ended on any day of the story.
LATEST_SESSION = 4
TUESDAY = 1


@dataclass(frozen=True)
class Congress:
    """A congress. Its division code begins with 99, which no real place uses."""

    key: str
    code: str
    name: str
    short_name: str
    level: str
    parent: str


@dataclass(frozen=True)
class Term:
    """A term 届 of a congress."""

    congress: str
    number: int
    since: date
    until: date


@dataclass(frozen=True)
class Session:
    """A session 次会议 of a term."""

    key: str
    congress: str
    term: int
    number: int
    since: date
    until: date


def congresses() -> tuple[Congress, ...]:
    """Province, city, district and township."""
    return tuple(
        Congress(row["key"], row["code"], row["name"], f"{row['place']}人大", row["level"], row["parent"])
        for row in library("places")["congress"]
    )


def latest_year(today: date) -> int:
    """The year of the latest session that is over in every congress."""
    return today.year if (today.month, today.day) > (2, 20) else today.year - 1


def terms(today: date) -> tuple[Term, ...]:
    """The running term of each congress; the latest session is its fourth."""
    first = latest_year(today) - LATEST_SESSION + 1
    return tuple(
        Term(key, number, opening_day(key, first), opening_day(key, first + TERM_YEARS) - timedelta(days=1))
        for key, number in TERM_NUMBERS.items()
    )


def sessions(today: date) -> tuple[Session, ...]:
    """The last three yearly sessions of each congress."""
    last = latest_year(today)
    return tuple(
        Session(
            key=f"{congress}-{year}",
            congress=congress,
            term=TERM_NUMBERS[congress],
            number=LATEST_SESSION - (last - year),
            since=opening_day(congress, year),
            until=opening_day(congress, year) + timedelta(days=SITTINGS[congress][1] - 1),
        )
        for congress in TERM_NUMBERS
        for year in range(last - SESSIONS_KEPT + 1, last + 1)
    )


def opening_day(congress: str, year: int) -> date:
    """The second Tuesday of January, moved by the congress's own distance."""
    first = date(year, 1, 1)
    second_tuesday = first + timedelta(days=(TUESDAY - first.weekday()) % 7 + 7)
    return second_tuesday + timedelta(days=SITTINGS[congress][0])
