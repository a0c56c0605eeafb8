"""The worker's rounds. Every task is safe to do twice."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from openrenda.prepared import for_database

log = structlog.get_logger("openrenda.worker")
PAUSE_SECONDS = 2.0
HEARTBEAT_SECONDS = 20.0
HEARTBEAT = "worker.heartbeat"


@dataclass
class Task:
    """Something done for every congress, at most every ``every`` seconds."""

    name: str
    every: float
    do: Callable[[], None]
    last: float = field(default=float("-inf"))

    def due(self, now: float) -> bool:
        """Whether it is time again."""
        return now - self.last >= self.every


def tasks() -> list[Task]:
    """What the worker does, most urgent first."""
    return [
        Task("outbox", PAUSE_SECONDS, deliver_outboxes),
        Task("heartbeat", HEARTBEAT_SECONDS, beat),
        Task("clocks", 600.0, turn_clocks),
        Task("seals", 3600.0, seal_days),
        Task("tallies", 3600.0, forget_tries),
        Task("retention", 6 * 3600.0, forget_old),
    ]


def run(stop: threading.Event | None = None) -> None:
    """Go round until told to stop (SIGTERM, SIGINT, or the given event)."""
    halt = stop or threading.Event()
    if stop is None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: halt.set())
    rounds = tasks()
    log.info("worker started")
    while not halt.is_set():
        once(rounds)
        halt.wait(PAUSE_SECONDS)
    log.info("worker stopped")


def once(rounds: list[Task]) -> None:
    """Do what is due. A failing task is logged and tried again at its next time; the others go on.

    One that only lacked the database is tried again with the next round, or reminders would wait for hours.
    """
    for task in rounds:
        now = time.monotonic()
        if not task.due(now):
            continue
        task.last = now
        try:
            task.do()
        except (OperationalError, InterfaceError) as problem:
            log.warning("database not reached, trying again", task=task.name, problem=str(problem))
            task.last = float("-inf")
            connection.close()
        except Exception:
            log.exception("task failed", task=task.name)


def deliver_outboxes() -> None:
    """Empty the outbox of every congress that has something in it, and let some more matters follow what was taken."""
    from openrenda.channels.delivery import deliver
    from openrenda.docket.spreading import spread

    for congress_id in congresses_to_deliver():
        deliver(congress_id)
        spread(congress_id)


def congresses_to_deliver() -> list[Any]:
    """The congresses with unsent entries, or with a webhook that is to be tried again: the one question asked at rest."""
    from openrenda.channels.models import Webhook
    from openrenda.docket.models import OutboxEntry

    quoted = connection.ops.quote_name
    table, hooks = quoted(OutboxEntry._meta.db_table), quoted(Webhook._meta.db_table)
    now = for_database(connection.vendor)(timezone.now())
    owner: Any = OutboxEntry._meta.get_field("congress")
    with connection.cursor() as cursor:
        # The tables are named by the models themselves.
        cursor.execute(
            f"SELECT congress_id FROM {table} WHERE sent_at IS NULL UNION "  # nosec B608
            f"SELECT congress_id FROM {hooks} WHERE paused_at IS NULL AND next_try_at <= %s", [now]
        )  # fmt: skip
        return [owner.target_field.to_python(row[0]) for row in cursor.fetchall()]


def all_congresses() -> list[Any]:
    """The ids of all congresses."""
    from openrenda.people.models import Congress

    return list(Congress.objects.values_list("pk", flat=True))


def turn_clocks() -> None:
    """Steps that clocks take, and reminders; and deputies whose contact has left office go to another (A22)."""
    from openrenda.docket.time import run_clocks
    from openrenda.procedures.contact_table import reassign_left
    from openrenda.tenancy import congress_scope

    for congress_id in all_congresses():
        done = run_clocks(congress_id)
        with congress_scope(congress_id):
            done += reassign_left(congress_id, timezone.localdate())
        if done:
            log.info("clocks turned", congress=str(congress_id), done=done)


def seal_days() -> None:
    """Seal the days that are over."""
    from openrenda.docket.verify import seal_days as seal

    for congress_id in all_congresses():
        seal(congress_id)


def forget_old() -> None:
    """Remove what is kept only for a time: typed but unsent forms, read notices, answered feedback, names and telephones of residents
    whose opinion is over, what they wrote to a deputy a time after it ended, names of parties and petitioners, ended sign-in sessions."""
    from django.contrib.sessions.models import Session

    from openrenda.channels.models import Notice
    from openrenda.docket.models import Autosave
    from openrenda.procedures.named_people import forget_names_of
    from openrenda.procedures.palm_express.keeping import forget_conversations
    from openrenda.procedures.residents import forget_contacts
    from openrenda.tenancy import congress_scope
    from openrenda.web.portal.models import Feedback

    now = timezone.now()
    for congress_id in all_congresses():
        with congress_scope(congress_id):
            Autosave.objects.filter(saved_at__lt=now - timedelta(days=settings.KEEP_AUTOSAVES_DAYS)).delete()
            Notice.objects.filter(read_at__lt=now - timedelta(days=settings.KEEP_NOTICES_DAYS)).delete()
            # What still waits for an answer is owed one and stays.
            Feedback.objects.filter(answered_at__lt=now - timedelta(days=settings.KEEP_FEEDBACK_DAYS)).delete()
            over_before = timezone.localdate() - timedelta(days=settings.KEEP_CONTACTS_DAYS)
            forget_contacts(congress_id, over_before)
            forget_conversations(congress_id, over_before)
            forget_names_of(congress_id, over_before)
    Session.objects.filter(expire_date__lt=now).delete()


def forget_tries() -> None:
    """Remove the counts of tries that no longer count."""
    from openrenda.tenancy import congress_scope
    from openrenda.web.portal.tallies import forget_tallies

    for congress_id in all_congresses():
        with congress_scope(congress_id):
            forget_tallies()


def beat() -> None:
    """Leave a sign of life for the doctor."""
    path = Path(settings.VAR) / HEARTBEAT
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(timezone.now().isoformat(), encoding="utf-8")
