"""Nine hundred suggestions over three years: what deputies of the invented district wrote, near-duplicates and ugly ones included."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from .cast import Cast
from .composing import Proposal, Written, compose, compose_oddity
from .congresses import Session
from .deputies import Mandate
from .phrases import Words, dice, library, topics
from .places import Place, Street, anchors, neighbourhood, streets

SUGGESTIONS, IN_SESSION_SHARE = 900, 0.55
BILLS_A_SESSION, BILL_TOPIC, BILL_SIGNERS = 4, "bill_livelihood", (10, 16)
TWINS_SAME_SESSION, TWINS_LATER, TWINS_RECENT, SAME_TOPIC = 26, 14, 6, 40
RECENT_DAYS, RECENT = 100, 130
SECRET_EVERY, PRIVATE_EVERY, DELEGATION_EVERY = 110, 45, 60
SAME_MATTER, SAME_TOPIC_KIND = "same_matter", "same_topic"


@dataclass(frozen=True)
class Similar:
    """Another suggestion that this one resembles: the same matter told again, or the same topic elsewhere."""

    key: str
    kind: str


@dataclass(frozen=True)
class Suggestion:
    """A suggestion or bill as the deputy wrote it, and what the story needs to know of it."""

    key: str
    kind: str
    topic: str
    category: str
    place: Place
    written: Written
    lead: str
    assisting: tuple[str, ...]
    proposer: str
    delegation: str
    cosigners: tuple[str, ...]
    session: str
    in_session: bool
    raised_on: date
    confidential: bool = False
    consent_public: bool = True
    similar_to: tuple[Similar, ...] = ()
    oddity: str = ""
    second_title: str = ""
    contact_phone: str = ""

    @property
    def title(self) -> str:
        """The title 案由."""
        return self.written.title

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """What is proposed, and to whom."""
        return self.written.proposals

    @property
    def text(self) -> str:
        """Situation, analysis and proposals together."""
        return "\n".join(
            part for part in (self.written.situation, self.written.analysis, self.written.proposals_text) if part
        )


@dataclass
class _Desk:
    """What the maker keeps in hand: the cast, free places for each topic, and what has been written."""

    cast: Cast
    free: dict[str, list[tuple[Street, int]]]
    done: list[Suggestion] = field(default_factory=list)

    def chance(self, *labels: object) -> random.Random:
        """A generator for the next suggestion."""
        return dice(self.cast.seed, "suggestion", len(self.done), *labels)


def make_suggestions(cast: Cast) -> tuple[Suggestion, ...]:
    """Every suggestion in the order of the days they were raised, keyed ``S001`` and on."""
    desk = _Desk(cast, _free_places(cast.seed))
    deck, ordinary = _deck(cast.seed), [row for row in topics() if row["key"] != BILL_TOPIC]
    for session in cast.district_sessions:
        for _ in range(BILLS_A_SESSION):
            _write_bill(desk, session)
    for row in library("oddities")["oddity"]:
        _write_oddity(desk, row)
    fresh = SUGGESTIONS - len(desk.done) - TWINS_SAME_SESSION - TWINS_LATER - TWINS_RECENT - SAME_TOPIC
    for when in _dates(cast, fresh):
        _write_fresh(desk, next(deck), when, ordinary)
    _write_twins(desk)
    return _in_order(desk.done)


def _free_places(seed: int) -> dict[str, list[tuple[Street, int]]]:
    made = {}
    for row in topics():
        places = anchors(row["anchor"], towns_only=row.get("where") == "town")
        dice(seed, "places", row["key"]).shuffle(places)
        made[row["key"]] = places
    return made


def _deck(seed: int) -> Iterator[dict[str, Any]]:
    """Topics for ever, each as often as its weight, never long the same."""
    chance = dice(seed, "deck")
    cards = [row for row in topics() if row["key"] != BILL_TOPIC for _ in range(row["weight"])]
    while True:
        chance.shuffle(cards)
        yield from cards


def _dates(cast: Cast, count: int) -> list[tuple[Session | None, date]]:
    """When suggestions are raised: most in the sessions, the others spread, more of them lately."""
    chance = dice(cast.seed, "dates")
    in_session = round(count * IN_SESSION_SHARE)
    made: list[tuple[Session | None, date]] = []
    for number in range(in_session):
        session = cast.district_sessions[number % 3]
        length = (session.until - session.since).days
        made.append((session, session.since + timedelta(days=chance.randint(0, max(0, length - 1)))))
    recent = min(RECENT, count - in_session)
    turn = cast.today - timedelta(days=RECENT_DAYS)
    for number in range(count - in_session):
        first, last = (turn, cast.today) if number < recent else (cast.begins + timedelta(days=10), turn)
        made.append((None, _between_sessions(cast, chance, first, last)))
    return made


def _between_sessions(cast: Cast, chance: random.Random, first: date, last: date) -> date:
    while True:
        day = first + timedelta(days=chance.randint(0, (last - first).days))
        sitting = any(s.since <= day <= s.until for s in cast.district_sessions)
        if day.weekday() < 5 and not sitting:
            return day


def _write_fresh(desk: _Desk, topic: dict, when: tuple[Session | None, date], ordinary: list[dict]) -> None:
    chance = desk.chance()
    while not desk.free[topic["key"]]:
        topic = chance.choice(ordinary)
    street, index = desk.free[topic["key"]].pop()
    place = neighbourhood(chance, street, topic["anchor"], index)
    desk.done.append(_suggestion(desk, chance, topic, place, when))


def _suggestion(
    desk: _Desk, chance: random.Random, topic: dict, place: Place, when: tuple[Session | None, date], **more: Any
) -> Suggestion:
    session, day = when
    words = Words(chance, place.words)
    number = len(desk.done)
    proposer, cosigners = _signers(desk.cast, chance, place, day, more.pop("signers", None))
    delegated = session is not None and number % DELEGATION_EVERY == 7 and "delegation" not in more
    fields: dict[str, Any] = {
        "key": f"#{number}", "kind": "suggestion", "topic": topic["key"], "category": topic["category"], "place": place,
        "written": compose(words, topic), "lead": topic["lead"], "assisting": _assisting(chance, topic),
        "proposer": proposer.key, "delegation": proposer.delegation if delegated else "",
        "cosigners": () if delegated else cosigners, "session": (session or _latest(desk.cast, day)).key,
        "in_session": session is not None, "raised_on": day, "confidential": number % SECRET_EVERY == 77,
        "consent_public": number % PRIVATE_EVERY != 11, "contact_phone": f"1540000{1000 + number:04d}",
    }  # fmt: skip
    return Suggestion(**fields | more)


def _assisting(chance: random.Random, topic: dict) -> tuple[str, ...]:
    count = min(len(topic["assist"]), chance.choice((0, 0, 1, 1, 2)))
    return tuple(chance.sample(topic["assist"], count))


def _latest(cast: Cast, day: date) -> Session:
    return [s for s in cast.district_sessions if s.since <= day][-1]


def _signers(
    cast: Cast, chance: random.Random, place: Place, day: date, count: int | None
) -> tuple[Mandate, tuple[str, ...]]:
    """Who leads and who signs: mostly deputies of the place's own street."""
    able = [row for row in cast.sitting(day) if row.until is None]
    local = [row for row in able if row.street == place.street]
    proposer = chance.choice(local if chance.random() < 0.75 else able)
    if count is None:
        count = chance.choice((0, 0, 0, 0, 0, 1, 1, 2, 3, 5)) if chance.random() < 0.95 else chance.randint(6, 12)
    near = [row for row in able if row.delegation == proposer.delegation and row.key != proposer.key]
    others = near if count <= len(near) else [row for row in able if row.key != proposer.key]
    return proposer, tuple(row.key for row in chance.sample(others, count))


def _write_bill(desk: _Desk, session: Session) -> None:
    chance = desk.chance()
    topic = next(row for row in topics() if row["key"] == BILL_TOPIC)
    street, index = desk.free[BILL_TOPIC].pop()
    place = neighbourhood(chance, street, "street", index)
    # Signatures of the lead deputy and the others together reach the threshold of ten.
    signers = chance.randint(*BILL_SIGNERS) - 1
    when = (session, session.since + timedelta(days=1))
    made = _suggestion(
        desk, chance, topic, place, when, kind="bill", signers=signers, delegation="", confidential=False
    )
    desk.done.append(made)


def _write_oddity(desk: _Desk, row: dict) -> None:
    chance, cast = desk.chance(), desk.cast
    street = streets()[row["street"] - 1] if "street" in row else chance.choice(cast.streets)
    place = neighbourhood(chance, street, "community", chance.randrange(6))
    session = cast.district_sessions[len(desk.done) % 3]
    when = (session, session.since + timedelta(days=2)) if len(desk.done) % 2 else _some_day(cast, chance)
    words = Words(chance, place.words)
    topic = {"key": f"oddity_{row['kind']}", "category": row["category"], "lead": row["lead"], "assist": [],
             "titles": [row["title"]], "facts": [row["situation"]], "causes": [row["analysis"]], "asks": row["asks"]}  # fmt: skip
    made = _suggestion(
        desk, chance, topic, place, when, written=compose_oddity(words, row), oddity=row["kind"], delegation="",
        second_title=words(row["second"]) if "second" in row else "", confidential=False,
    )  # fmt: skip
    desk.done.append(made)


def _some_day(cast: Cast, chance: random.Random) -> tuple[None, date]:
    first = cast.begins + timedelta(days=20)
    return None, _between_sessions(cast, chance, first, cast.today - timedelta(days=120))


def _write_twins(desk: _Desk) -> None:
    """Say some matters again, and some topics elsewhere, and label them for later tests of likeness."""
    chance = dice(desk.cast.seed, "twins")
    plain = [
        s for s in desk.done if s.kind == "suggestion" and not s.oddity and not s.delegation and not s.confidential
    ]
    earlier = [s for s in plain if s.in_session and s.session != desk.cast.district_sessions[-1].key]
    seated = [s for s in plain if s.in_session]
    for original in chance.sample(seated, TWINS_SAME_SESSION):
        _write_twin(
            desk, original, (_session(desk.cast, original.session), original.raised_on), original.place, SAME_MATTER
        )
    for original in chance.sample(earlier, TWINS_LATER):
        last = desk.cast.district_sessions[-1]
        _write_twin(desk, original, (last, last.since + timedelta(days=1)), original.place, SAME_MATTER)
    for original in chance.sample([s for s in plain if _is_recent(desk.cast, s)], TWINS_RECENT):
        following = original.raised_on + timedelta(days=3 if original.raised_on.weekday() == 4 else 1)
        _write_twin(desk, original, (None, following), original.place, SAME_MATTER)
    for original in chance.sample([s for s in plain if desk.free[s.topic]], SAME_TOPIC):
        if desk.free[original.topic]:
            street, index = desk.free[original.topic].pop()
        else:
            original = next(s for s in plain if desk.free[s.topic])
            street, index = desk.free[original.topic].pop()
        place = neighbourhood(chance, street, original.place.anchor, index)
        _write_twin(desk, original, _some_day(desk.cast, chance), place, SAME_TOPIC_KIND)


def _is_recent(cast: Cast, suggestion: Suggestion) -> bool:
    """Raised a while ago and not long ago: received by now, answered hardly yet."""
    return not suggestion.in_session and 12 <= (cast.today - suggestion.raised_on).days <= 40


def _session(cast: Cast, key: str) -> Session:
    return next(s for s in cast.district_sessions if s.key == key)


def _write_twin(desk: _Desk, original: Suggestion, when: tuple[Session | None, date], place: Place, kind: str) -> None:
    topic = next(row for row in topics() if row["key"] == original.topic)
    similar = (Similar(original.key, kind),)
    made = _suggestion(
        desk, desk.chance("twin"), topic, place, when, similar_to=similar, delegation="", confidential=False
    )
    if made.proposer == original.proposer:
        other = next(m.key for m in desk.cast.deputy_of(place.street) if m.key != original.proposer)
        made = replace(made, proposer=other, cosigners=tuple(key for key in made.cosigners if key != other))
    desk.done.append(made)


def _in_order(done: list[Suggestion]) -> tuple[Suggestion, ...]:
    ordered = sorted(done, key=lambda s: (s.raised_on, int(s.key[1:])))
    keys = {s.key: f"S{number:03d}" for number, s in enumerate(ordered, 1)}
    return tuple(
        replace(s, key=keys[s.key], similar_to=tuple(Similar(keys[x.key], x.kind) for x in s.similar_to))
        for s in ordered
    )
