"""A dozen suggestions each in the congress above and in the one below, so that changing the congress shows another world."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from . import handling, judging, raising
from .cast import Cast
from .composing import compose
from .congresses import CITY, DISTRICT, TOWNSHIP
from .diary import DEPUTY_OFFICE, Archive, Diary, Working
from .matters import Suggestion
from .phrases import Words, dice, topics
from .places import anchors, neighbourhood
from .plan import Plan

SUGGESTIONS_EACH = 12
DAYS_BETWEEN = 24
# The newest lies on the office's desk; the others are cut at today wherever they are.
NEWEST_DAYS = 2


@dataclass(frozen=True)
class Elsewhere:
    """A congress beside the district's: who sits in its office, who handles, and what its deputies speak of."""

    congress: str
    office: str
    organ: str
    topics: tuple[str, ...]


ELSEWHERE = (
    Elsewhere(
        CITY, "city_commission", "city_transport",
        ("bus_line", "crossing_signal", "shared_bikes", "dead_end_road", "footpath_barrier", "road_surface"),
    ),
    Elsewhere(
        TOWNSHIP, "town_presidium", "town_government",
        ("rural_road", "irrigation", "rural_sewage", "community_clinic", "elderly_canteen", "street_lamps"),
    ),
)  # fmt: skip


def plans_elsewhere(cast: Cast, where: Elsewhere, working: Working) -> tuple[Plan, ...]:
    """The lives of one congress's dozen, oldest first."""
    # The makers look organs up among the district's: here the other congress's organs stand in their place.
    seen = replace(
        cast, organs=tuple(replace(row, congress=DISTRICT) for row in cast.organs if row.congress == where.congress)
    )
    archive = Archive()
    return tuple(_plan(seen, where, number, archive, working) for number in range(SUGGESTIONS_EACH))


def _plan(cast: Cast, where: Elsewhere, number: int, archive: Archive, working: Working) -> Plan:
    suggestion = _suggestion(cast, where, number)
    diary = Diary(cast, suggestion, dice(cast.seed, "life", suggestion.key), archive, working)
    _live(diary)
    office = (DEPUTY_OFFICE[0], where.office)
    steps = (
        replace(step, seat=office[0], holder=office[1]) if (step.seat, step.holder) == DEPUTY_OFFICE else step
        for step in diary.steps
    )
    told = sorted((step for step in steps if step.on <= cast.today), key=lambda step: step.on)
    return Plan(suggestion, "suggestion", tuple(told))


def _live(diary: Diary) -> None:
    """Read once, handed over by the office itself, answered and judged."""
    diary.take("propose", diary.sponsor)
    diary.take("submit", diary.sponsor)
    diary.wait(1, 3)
    comment = diary.pen.say("review.pass_district")
    diary.take("district_pass", DEPUTY_OFFICE, **raising.PASSED, comment=comment)
    diary.wait(1, 3)
    note = diary.pen.say("office.assign_note")
    diary.take("assign", DEPUTY_OFFICE, organ=diary.organ, assisting=[], note=note)
    handling.sign_for(diary)
    if handling.handle(diary, handling.PROMPT) is not None:
        judging.judge(diary, judging.BASICALLY if diary.likely(0.2) else judging.SATISFIED)


def _suggestion(cast: Cast, where: Elsewhere, number: int) -> Suggestion:
    chance = dice(cast.seed, where.congress, number)
    topic = next(row for row in topics() if row["key"] == where.topics[number % len(where.topics)])
    places = anchors(topic["anchor"], towns_only=where.congress == TOWNSHIP)
    street, index = chance.choice(places)
    place = neighbourhood(chance, street, topic["anchor"], index)
    age = NEWEST_DAYS + DAYS_BETWEEN * (SUGGESTIONS_EACH - 1 - number)
    day = cast.today - timedelta(days=age)
    return Suggestion(
        key=f"{where.congress}-{number + 1:02d}", kind="suggestion", topic=topic["key"], category=topic["category"],
        place=place, written=compose(Words(chance, place.words), topic), lead=where.organ, assisting=(),
        proposer=chance.choice(cast.sitting(day, where.congress)).key, delegation="", cosigners=(), session="",
        in_session=False, raised_on=day, contact_phone=f"1540000{9000 + number:04d}",
    )  # fmt: skip
