"""A database of a stated size: five hundred lives made through the engine, then copied by SQL under new identifiers.

The copies have other organs and other deputies, so that nobody's desk is longer than in life. Their acts keep the hashes of the
originals: a bench database does not verify, and is thrown away.
"""

from __future__ import annotations

import datetime
import hashlib
from typing import Any

from django.db import connection
from django.utils import timezone

from openrenda.docket.history import History
from openrenda.docket.models import Act, Matter, Party, RunningClock
from openrenda.people.models import Mandate, Organ, Person, Session, Term
from openrenda.procedures.suggestion.records import Contact, Judgement, Reply, Review, Suggestion
from openrenda.tenancy import congress_scope
from tests.cast import BEGAN, CONTACT, REPLY, REVIEW, SUBMIT, Cast, assemble, draft

PATTERNS = 500
ORGANS = 200
DEPUTIES = 190
LONG_LIFE = 20
COPIED = (Matter, Suggestion, Act, Party, RunningClock, Review, Contact, Reply, Judgement)
START = datetime.datetime(2025, 3, 3, 9)


def prepare(size: int) -> Cast:
    """Make the congress and its suggestions; answers with the cast."""
    cast = assemble("990777", name="测速区")
    with congress_scope(cast.congress):
        organs, mandates = _crowd()
        _lives(cast)
        _copy(size // PATTERNS - 1, organs, mandates)
    _analyse()
    return cast


def _crowd() -> tuple[list[Any], list[Any]]:
    organs = [
        Organ.objects.create(code=f"B{n:03}", name=f"区测速第{n}局", kind="department", since=BEGAN).pk
        for n in range(ORGANS)
    ]
    term = Term.objects.get()
    mandates = []
    for number in range(DEPUTIES):
        person = Person.objects.create(name=f"测速代表{number}", birth_year=1970)
        mandates.append(Mandate.objects.create(person=person, term=term, since=BEGAN, card_number=f"B{number}").pk)
    Session.objects.get()
    return organs, mandates


def _lives(cast: Cast) -> None:
    """Most are closed; a few stand on somebody's desk; one in a hundred has twenty acts."""
    history = History(cast.congress.pk, "测速")
    for number in range(PATTERNS):
        _life(history, cast, number)
    history.write()


def _life(history: History, cast: Cast, number: int) -> None:
    def at(day: int) -> datetime.datetime:
        return timezone.make_aware(START + datetime.timedelta(days=day + number % 200))

    title = f"关于改善第{number}号片区道路通行的建议"
    matter = history.open("suggestion", "propose", at=at(0), data=draft(title=title), by=cast["chen"])
    steps: list[tuple[str, int, dict[str, Any] | None]] = [
        ("submit_to_street", 1, SUBMIT), ("street_pass", 2, REVIEW), ("district_pass", 3, REVIEW),
        ("assign", 5, {"organ": cast.organs["roads"].pk}), ("sign_for", 6, None),
    ]  # fmt: skip
    contact = {**CONTACT, "held_on": "2025-03-05"}
    contacts = LONG_LIFE - 9 if number % 100 == 50 else 1
    steps += [("contact", 9 + n, contact) for n in range(contacts)]
    steps += [
        ("draft_reply", 40, REPLY),
        ("sign_reply", 41, None),
        ("judge", 45, {"attitude": "satisfied", "result": "satisfied"}),
    ]
    last = {0: 3, 1: 4, 2: 5, 3: 6, 4: 7, 5: 8}.get(number % 50, len(steps)) if contacts == 1 else len(steps)
    for step, day, data in steps[:last]:
        by = cast["chen"] if step == "submit_to_street" else None
        history.take(matter, step, at=at(day), data=data, by=by)


def _copy(times: int, organs: list[Any], mandates: list[Any]) -> None:
    if times < 1:
        return
    with connection.cursor() as cursor:
        _crowd_table(cursor, times, organs, mandates)
        for model in COPIED:
            cursor.execute(_copy_sql(model))
        cursor.execute("DROP TABLE bench_copy")


def _crowd_table(cursor: Any, times: int, organs: list[Any], mandates: list[Any]) -> None:
    """One row a copy: its number, and the organ and deputy who take the originals' places."""
    as_stored = (lambda value: value.hex) if connection.vendor == "sqlite" else str
    kind = "text" if connection.vendor == "sqlite" else "uuid"
    cursor.execute(f"CREATE TABLE bench_copy (n integer PRIMARY KEY, organ {kind}, mandate {kind})")
    rows = [(n, as_stored(organs[n % ORGANS]), as_stored(mandates[n % DEPUTIES])) for n in range(1, times + 1)]
    cursor.executemany("INSERT INTO bench_copy VALUES (%s, %s, %s)", rows)
    if connection.vendor == "sqlite":
        connection.connection.create_function("copied", 2, _copied, deterministic=True)


def _copied(identifier: str | None, number: int) -> str | None:
    return None if identifier is None else hashlib.md5(f"{identifier}:{number}".encode()).hexdigest()


def _copy_sql(model: Any) -> str:
    """INSERT … SELECT of one table: identifiers become those of the copy, everything else stays."""
    columns, values = [], []
    for field in model._meta.concrete_fields:
        columns.append(field.column)
        values.append(_value(model, field.column))
    table = model._meta.db_table
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table} CROSS JOIN bench_copy c"


def _value(model: Any, column: str) -> str:
    own = f"{model._meta.db_table}.{column}"
    if column in ("id", "matter_id", "act_id"):
        if connection.vendor == "sqlite":
            return f"copied({own}, c.n)"
        return f"md5({own}::text || ':' || c.n)::uuid"
    if column == "number" and model is Matter:
        return f"CASE WHEN {own} = '' THEN '' ELSE {own} || '-' || c.n END"
    if column == "holder":
        return f"CASE role WHEN 'handler' THEN c.organ WHEN 'sponsor' THEN c.mandate ELSE {own} END"
    if column == "organ_id" and model is Suggestion:
        return f"CASE WHEN {own} IS NULL THEN NULL ELSE c.organ END"
    return own


def _analyse() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
