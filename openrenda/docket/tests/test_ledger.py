"""The ledger: the database refuses to change it, and whoever changed it all the same is found out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test import override_settings

from openrenda.docket import ledger
from openrenda.docket.models import Act, DailySeal, Matter, RunningClock, SealedValue
from openrenda.docket.verify import seal_days, verify_congress
from tests.append_only import lifted

from .stage import Stage

MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
FIXED = ("docket_act", "docket_dailyseal", "docket_sealedvalue")


@pytest.fixture
def week(stage: Stage) -> Stage:
    """Three matters on Monday, Tuesday and Thursday, each with two acts, sealed up to Thursday."""
    for days in (0, 1, 3):
        with time_machine.travel(MONDAY + timedelta(days=days), tick=False):
            matter = stage.open(title=f"信{days}", phone="13800005678")
            stage.take(matter, "clerk", "note", text="一")
            stage.take(matter, "clerk", "note", text="二")
    with time_machine.travel(MONDAY + timedelta(days=5), tick=False):
        seal_days(stage.congress)
    return stage


@pytest.mark.parametrize("table", FIXED)
@pytest.mark.parametrize("statement", ["UPDATE {} SET congress_id = congress_id", "DELETE FROM {}"])
def test_the_database_itself_refuses(week: Stage, table: str, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))
    assert verify_congress(week.congress) == []


@pytest.mark.parametrize("table", FIXED)
def test_postgresql_refuses_to_empty_the_table(week: Stage, table: str) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("TRUNCATE is PostgreSQL's")
    connection.check_constraints()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} CASCADE")


def test_the_model_refuses_before_the_database_does(week: Stage) -> None:
    act = Act.objects.first()
    assert act is not None
    for attempt in (act.save, act.delete):
        with pytest.raises(TypeError, match="append-only"):
            attempt()


def test_as_it_was_written_nothing_is_found(week: Stage) -> None:
    assert DailySeal.objects.count() == 3
    assert verify_congress(week.congress) == []


def change_an_act() -> None:
    """Somebody edits what was recorded."""
    run("UPDATE docket_act SET actor_name = '别人' WHERE seq = 2")


def change_an_act_and_its_hash() -> None:
    """Somebody edits an act and computes its hash anew, but not those of the acts after it."""
    act = Act.objects.filter(seq=2).order_by("id").first()
    assert act is not None
    act.actor_name = "别人"
    run("UPDATE docket_act SET actor_name = %s, hash = %s WHERE seq = 2", "别人", ledger.digest(ledger.in_words(act)))


def remove_an_act() -> None:
    """An act in the middle disappears."""
    run("DELETE FROM docket_act WHERE seq = 2")


def remove_the_last_act() -> None:
    """The newest act disappears: the chain itself is unbroken."""
    run("DELETE FROM docket_act WHERE seq = 3")


def swap_two_acts() -> None:
    """Two acts change places."""
    run("UPDATE docket_act SET seq = seq + 10 WHERE seq IN (2, 3)")
    run("UPDATE docket_act SET seq = 15 - seq WHERE seq IN (12, 13)")


def remove_a_matter() -> None:
    """A matter disappears with everything that belongs to it."""
    gone = key(Matter.objects.get(title="信1").pk)
    for table in ("outboxentry", "sealedvalue", "act", "runningclock", "party"):
        run(f"DELETE FROM docket_{table} WHERE matter_id = %s", gone)
    run("DELETE FROM docket_matter WHERE id = %s", gone)


def remove_all_acts_of_a_matter() -> None:
    """A matter stands without a single act."""
    gone = key(Matter.objects.get(title="信1").pk)
    for table in ("outboxentry", "sealedvalue", "act"):
        run(f"DELETE FROM docket_{table} WHERE matter_id = %s", gone)


def insert_an_act_on_a_quiet_day() -> None:
    """A whole forged matter, chained as it should be, on a day that had no act."""
    with time_machine.travel(MONDAY + timedelta(days=2), tick=False):
        forge()


def insert_an_act_on_a_sealed_day() -> None:
    """A whole forged matter on a day that was sealed."""
    with time_machine.travel(MONDAY + timedelta(days=1), tick=False):
        forge()


def change_a_seal() -> None:
    """A seal is made to fit."""
    run("UPDATE docket_dailyseal SET acts = acts + 1 WHERE day = %s", date(2026, 3, 3))


def remove_a_seal() -> None:
    """A day's seal disappears."""
    run("DELETE FROM docket_dailyseal WHERE day = %s", date(2026, 3, 3))


def change_a_sealed_value() -> None:
    """A telephone number is replaced by another."""
    from openrenda.docket.sealing import encrypt

    run("UPDATE docket_sealedvalue SET ciphertext = %s", encrypt("00:13900000000"))


def remove_a_sealed_value() -> None:
    """A telephone number disappears."""
    run("DELETE FROM docket_sealedvalue")


def move_a_head() -> None:
    """The matter is made to end elsewhere."""
    run("UPDATE docket_matter SET head = ''")


@pytest.mark.parametrize(
    ("tamper", "kinds"),
    [
        (change_an_act, {"changed act"}),
        (change_an_act_and_its_hash, {"reordered", "changed act"}),
        (remove_an_act, {"removed act", "removed matter"}),
        (remove_the_last_act, {"removed act", "removed matter"}),
        (swap_two_acts, {"reordered", "changed act"}),
        (remove_a_matter, {"removed matter"}),
        (remove_all_acts_of_a_matter, {"removed act", "removed matter"}),
        (insert_an_act_on_a_quiet_day, {"inserted act"}),
        (insert_an_act_on_a_sealed_day, {"inserted act"}),
        (change_a_seal, {"changed seal", "removed matter"}),
        (remove_a_seal, {"removed seal", "inserted act"}),
        (change_a_sealed_value, {"changed sealed value"}),
        (remove_a_sealed_value, {"removed sealed value"}),
        (move_a_head, {"changed act"}),
    ],
)
def test_tampering_shows(week: Stage, tamper: Callable[[], None], kinds: set[str]) -> None:
    tamper_stage.append(week)
    tamper()
    tamper_stage.clear()
    assert {problem.kind for problem in verify_congress(week.congress)} == kinds


tamper_stage: list[Stage] = []


def forge() -> None:
    """A matter made through the front door, at a time of the forger's choosing."""
    tamper_stage[0].open(title="伪造")


def run(statement: str, *values: object) -> None:
    """Change the database behind the engine's back."""
    with lifted() as cursor:
        cursor.execute(statement, values)


def key(value: object) -> object:
    """An id as this database writes it."""
    return Matter._meta.pk.get_db_prep_value(value, connection)


def test_each_finished_day_with_acts_is_sealed_once_and_chained(week: Stage) -> None:
    seals = list(DailySeal.objects.order_by("day"))
    assert [(seal.day.day, seal.acts) for seal in seals] == [(2, 3), (3, 3), (5, 3)]
    assert [seal.previous for seal in seals] == ["", seals[0].hash, seals[1].hash]
    with time_machine.travel(MONDAY + timedelta(days=5), tick=False):
        assert seal_days(week.congress) == []


def test_a_day_is_sealed_only_an_hour_after_it_ended(stage: Stage) -> None:
    """A step planned before midnight may be written after it."""
    with time_machine.travel("2026-03-02T15:59:00Z", tick=False):  # 23:59 in Asia/Shanghai
        stage.open()
    with time_machine.travel("2026-03-02T16:30:00Z", tick=False):
        assert seal_days(stage.congress) == []
    with time_machine.travel("2026-03-02T17:00:01Z", tick=False):
        assert [seal.day for seal in seal_days(stage.congress)] == [date(2026, 3, 2)]


def test_the_digest_covers_every_column_of_an_act() -> None:
    told = {*ledger._TOLD, *ledger._TIMES, *ledger._IDS, "hash"}
    columns = {field.name for field in Act._meta.concrete_fields} | {"congress_id", "matter_id"}
    assert told == columns - {"congress", "matter"}


def test_another_algorithm_gives_another_chain_and_verification_says_so(week: Stage) -> None:
    with override_settings(OPENRENDA_DIGEST="sha512"):
        assert {problem.kind for problem in verify_congress(week.congress)} >= {"changed act", "changed seal"}


def test_what_hangs_on_acts_stays_when_a_matter_is_asked_to_go(week: Stage) -> None:
    matter = Matter.objects.get(title="信1")
    with pytest.raises(Exception, match="protected foreign keys"):
        matter.delete()
    assert SealedValue.objects.filter(matter=matter).exists()
    assert RunningClock.objects.filter(matter=matter).exists()
