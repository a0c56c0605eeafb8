"""Emptying the outbox of one congress: claim, tell, mark. Killed anywhere, it goes on where it was.

A notice is written once whatever happens (unique per entry and account). A message outside is recorded before it is tried, so a worker
killed between sending and marking may repeat one message, never lose one.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from openrenda.docket.actor import Recipient
from openrenda.docket.models import OutboxEntry, Party
from openrenda.docket.offices import people
from openrenda.languages import speaking
from openrenda.tenancy import congress_scope

from . import webhooks
from .adapters import Adapter, adapters
from .models import Notice, Sending, Webhook
from .wording import sentence

CLAIM_LASTS = timedelta(minutes=2)
MOST_ATTEMPTS = 8
BATCH = 100


def deliver(congress: Any) -> int:
    """Send everything that waits in one congress's outbox.

    :return: how many entries were dealt with.
    """
    ways = adapters()
    with congress_scope(congress):
        waiting = list(_waiting().select_related("matter", "act").order_by("created_at")[:BATCH])
        events = Events() if waiting else None
        return sum(1 for entry in waiting if events and _claim(entry) and _send(entry, ways, events))


class Events:
    """The webhooks of the congress in context during one emptying. One that fails is left alone until the next: a slow machine
    elsewhere must not hold up what people are told."""

    def __init__(self) -> None:
        self.hooks = webhooks.working()
        self.sender = webhooks.sender() if self.hooks else None
        self.silent: set[Any] = set()

    def send(self, entry: OutboxEntry) -> list[bool]:
        """Tell each system that asked for this procedure; False for each that has to be told later."""
        wanted = [hook for hook in self.hooks if entry.matter.procedure in hook.procedures]
        return [self._one(hook, entry) for hook in wanted]

    def _one(self, hook: Webhook, entry: OutboxEntry) -> bool:
        if hook.pk in self.silent or self.sender is None:
            return False
        arrived = webhooks.send(hook, entry, self.sender)
        if not arrived:
            self.silent.add(hook.pk)
        return arrived


def _waiting() -> Any:
    """Entries not sent and not in another worker's hands; each failure doubles the pause before the next try."""
    free = Q(claimed_at=None) | Q(claimed_at__lt=timezone.now() - CLAIM_LASTS)
    return OutboxEntry.objects.filter(free, sent_at=None, attempts__lt=MOST_ATTEMPTS)


def _claim(entry: OutboxEntry) -> bool:
    """Take the entry; another worker may have been first."""
    now = timezone.now()
    mine = OutboxEntry.objects.filter(pk=entry.pk, sent_at=None, attempts=entry.attempts)
    return bool(mine.update(claimed_at=now, attempts=F("attempts") + 1))


def _send(entry: OutboxEntry, ways: list[Adapter], events: Events) -> bool:
    recipients = _recipients(entry)
    _notify(entry, recipients)
    outcomes = [_send_by(way, person, entry) for person in recipients for way in ways]
    outcomes += events.send(entry)
    if all(outcomes):
        OutboxEntry.objects.filter(pk=entry.pk).update(sent_at=timezone.now())
        return True
    pause = CLAIM_LASTS * (2 ** min(entry.attempts, 6) - 1)
    OutboxEntry.objects.filter(pk=entry.pk).update(claimed_at=timezone.now() + pause)
    return False


def _recipients(entry: OutboxEntry) -> list[Recipient]:
    """The people of the offices named, each account once, without the one who acted."""
    parties = list(Party.objects.filter(matter_id=entry.matter_id, until=None))
    table = entry.matter.table
    offices = [office for key in entry.offices if (office := table.office(key))]
    acted = entry.act.account if entry.act else None
    by_account = {person.account: person for office in offices for person in people(office, parties)}
    return [person for account, person in by_account.items() if account != acted]


def _notify(entry: OutboxEntry, recipients: list[Recipient]) -> None:
    rows = [
        Notice(
            account=person.account,
            seat=person.seat,
            matter=entry.matter,
            act=entry.act,
            entry=entry,
            kind=entry.kind,
            created_at=entry.created_at,
        )
        for person in recipients
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


def _send_by(way: Adapter, person: Recipient, entry: OutboxEntry) -> bool:
    record, _made = Sending.objects.get_or_create(entry=entry, channel=way.key, account=person.account)
    if record.sent_at:
        return True
    record.attempts += 1
    try:
        with speaking(person.language):
            way.send(person, sentence(entry), entry)
    except Exception as problem:
        record.error = f"{type(problem).__name__}: {problem}"[:300]
        record.save(update_fields=["attempts", "error"])
        return False
    record.sent_at, record.error = timezone.now(), ""
    with transaction.atomic():
        record.save(update_fields=["attempts", "error", "sent_at"])
    return True
