"""A database of a stated size: five hundred lives made through the engine, then copied by SQL under new identifiers.

The copies have other organs and other deputies, and what is still open is copied a few times only, so that nobody's desk is longer
than in life: of a hundred thousand suggestions nearly all are closed. The copied acts keep the hashes of the originals: such a
database does not verify, and is thrown away after the measurement.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from openrenda.docket.history import History
from openrenda.docket.models import Act, Matter, OutboxEntry, Party, RunningClock
from openrenda.people.models import Account, Mandate, Membership, Organ, Person, Seat, Station, Term
from openrenda.people.remembering import remembering
from openrenda.procedures.enterprise_order import Enterprise
from openrenda.procedures.suggestion.records import Contact, Judgement, Reply, Review, Suggestion
from openrenda.search.writing import together
from openrenda.tenancy import congress_scope
from tests.cast import BEGAN, CONTACT, REPLY, REVIEW, SUBMIT, Cast, assemble, draft

from . import opinions as said
from .copies import copy
from .texts import fill

PATTERNS = 500
OPEN_PATTERNS = 100
OPEN_COPIES = 19
ORGANS, DEPUTIES = 50, 190
LONG_LIFE = 20
OTHER_STEPS = 9
COPIED = (Matter, Suggestion, Act, Party, RunningClock, Review, Contact, Reply, Judgement)
# Of a hundred open patterns: how many have taken how many steps after the draft, and on which day their lives began.
OPEN_LIVES = ((8, 3, -5), (20, 4, -6), (80, 5, -20), (90, 7, -45), (100, 8, -45))


@dataclass
class Ground:
    """Who acts in the measurement."""

    cast: Cast
    clerks: list[Seat]
    enterprise: Seat
    station_clerks: list[Seat]


def prepare(size: int, opinions: int) -> Ground:
    """Make the congress, its suggestions and as many opinions of residents."""
    cast = assemble("990777", name="测速区")
    with congress_scope(cast.congress), transaction.atomic():
        mandates = _deputies()
        station = Station.objects.create(
            number="01", name="测速联络站", kind="station", street=cast.organs["street"], since=BEGAN
        )
        ground = Ground(cast, _organs(cast), _enterprise(cast), said.prepare(cast, station, opinions, _sit))
        lives(cast, range(PATTERNS), batch=PATTERNS)
        _copy(size, [seat.holder for seat in ground.clerks], mandates)
        fill(size)
        # A congress that has worked for years has told what it had to tell.
        OutboxEntry.objects.all().delete()
    _analyse()
    return ground


def _organs(cast: Cast) -> list[Seat]:
    """The handling organs, each with a clerk; the first is the organ of the originals."""
    clerks = [cast.seats["roads_clerk"]]
    for number in range(1, ORGANS):
        organ = Organ.objects.create(code=f"B{number:03}", name=f"区测速第{number}局", kind="department", since=BEGAN)
        clerks.append(_sit(cast, f"clerk{number}", "organ_clerk", "organ", organ.pk))
    return clerks


def _enterprise(cast: Cast) -> Seat:
    row = Enterprise.objects.create(name="测速机械有限公司", street=cast.organs["street"], site="测速路1号")
    return _sit(cast, "enterprise", "enterprise", "enterprise", row.pk)


def _sit(cast: Cast, login: str, key: str, kind: str, holder: UUID) -> Seat:
    account = Account.objects.create(login=f"bench-{login}", name=f"测速{login}")
    Membership.objects.create(account=account, congress=cast.congress)
    return Seat.objects.create(account=account, key=key, holder_kind=kind, holder=holder, since=BEGAN)


def _deputies() -> list[UUID]:
    term = Term.objects.get()
    mandates = []
    for number in range(DEPUTIES):
        person = Person.objects.create(name=f"测速代表{number}", birth_year=1970)
        mandates.append(Mandate.objects.create(person=person, term=term, since=BEGAN, card_number=f"B{number}").pk)
    return mandates


# The patterns


def lives(cast: Cast, numbers: range, *, batch: int) -> int:
    """Past suggestions through the engine, some at a time; answers with the number of acts."""
    history, acts = History(cast.congress.pk, "测速"), 0
    # As the importer does it: registers are asked once, and texts are indexed a batch at a time.
    with remembering(), together():
        for place, number in enumerate(numbers, start=1):
            _life(history, cast, number)
            if place % batch == 0:
                acts += history.write()
    return acts + history.write()


def _life(history: History, cast: Cast, number: int) -> None:
    """One suggestion: most are closed; a hundred stand on somebody's desk; one in a hundred has twenty acts."""
    long_life = number % 100 == 0 and number >= OPEN_PATTERNS
    steps = _steps(cast, contacts=LONG_LIFE - OTHER_STEPS if long_life else 1)
    began = timezone.localdate() - timedelta(days=80 + number * 2 % 1000)
    if number < OPEN_PATTERNS:
        taken, days = next((taken, days) for share, taken, days in OPEN_LIVES if number < share)
        steps, began = steps[:taken], timezone.localdate() + timedelta(days=days)
    data = draft(title=f"关于改善第{number}号片区道路通行的建议", category=cast.category and cast.category.pk)
    matter = history.open("suggestion", "propose", at=_at(began, 0), data=data, by=cast["chen"])
    for step, day, data in steps:
        if step == "contact":
            data = {**data, "held_on": _at(began, day).date().isoformat()}
        history.take(matter, step, at=_at(began, day), data=data, by=cast["chen"] if day == 1 else None)


def _steps(cast: Cast, contacts: int) -> list[tuple[str, int, dict[str, Any]]]:
    """What is done on which day."""
    return [
        ("submit_to_street", 1, SUBMIT), ("street_pass", 2, REVIEW), ("district_pass", 3, REVIEW),
        ("assign", 5, {"organ": cast.organs["roads"].pk}), ("sign_for", 6, {}),
        *[("contact", 9 + number, CONTACT) for number in range(contacts)],
        ("draft_reply", 40, REPLY), ("sign_reply", 41, {}),
        ("judge", 45, {"attitude": "satisfied", "result": "satisfied"}),
    ]  # fmt: skip


def _at(began: date, days: int) -> datetime:
    return timezone.make_aware(datetime.combine(began + timedelta(days=days), time(9)))


# The copies


def _copy(size: int, organs: list[UUID], mandates: list[UUID]) -> None:
    closed = PATTERNS - OPEN_PATTERNS
    open_copies = min(OPEN_COPIES, max(0, size // PATTERNS - 1))
    times = (size - PATTERNS - open_copies * OPEN_PATTERNS) // closed
    places = [{"organ": organs[n % ORGANS], "mandate": mandates[n % DEPUTIES]} for n in range(1, times + 1)]
    copy(COPIED, "suggestion", places, open_copies, _value)


def _value(model: Any, column: str, own: str) -> str | None:
    """Another organ and another deputy."""
    if column == "holder":
        return f"CASE role WHEN 'handler' THEN c.organ WHEN 'sponsor' THEN c.mandate ELSE {own} END"
    if (model, column) in ((Matter, "lead"), (Suggestion, "organ_id")):
        return f"CASE WHEN {own} IS NULL THEN NULL ELSE c.organ END"
    return None


def _analyse() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
