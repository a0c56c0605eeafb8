"""Emptying the outbox of one congress: claim, tell, mark. Killed anywhere, it goes on where it was.

A notice is written once whatever happens (unique per entry and account). A message outside is recorded before it is tried, so a worker
killed between sending and marking may repeat one message, never lose one.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F, Q
from django.utils import timezone

from openrenda.docket.actor import Recipient
from openrenda.docket.language import SPREADS
from openrenda.docket.models import OutboxEntry, Party
from openrenda.docket.offices import people
from openrenda.languages import speaking
from openrenda.tenancy import congress_scope

from . import webhooks
from .adapters import Adapter, adapters
from .models import Notice, Sending
from .wording import sentence

CLAIM_LASTS = timedelta(minutes=2)
MOST_ATTEMPTS = 8
BATCH = 100
AWAY = (OperationalError, InterfaceError)
# What this process claimed and could not mark because it lost the database: by entry, which try it was. Until their claims run out nobody
# else has these, so this process goes on with them as soon as the database is back.
_dropped: dict[Any, int] = {}


def deliver(congress: Any) -> int:
    """Send everything that waits in one congress's outbox.

    :return: how many entries were dealt with.
    """
    ways = adapters()
    with congress_scope(congress):
        events = Events()
        waiting = list(_waiting().select_related("matter", "act").order_by("created_at")[:BATCH])
        done = sum(1 for entry in waiting if _deal_with(entry, ways, events))
        events.catch_up()
        return done


class Events:
    """The webhooks of the congress in context during one emptying. What does not arrive is each webhook's own affair and is sent later: a
    slow machine elsewhere must not hold up what people are told."""

    def __init__(self) -> None:
        self.hooks = webhooks.current()
        self.sender = webhooks.sender() if self.hooks else None

    def send(self, entry: OutboxEntry) -> None:
        """Tell each system that asked for this procedure."""
        for hook in self.hooks:
            if self.sender and entry.matter.procedure in hook.procedures:
                webhooks.tell(hook, entry, self.sender)

    def catch_up(self) -> None:
        """Send what has not arrived yet, where it is time to try again."""
        now = timezone.now()
        for hook in self.hooks:
            if self.sender and not hook.paused_at and hook.next_try_at and hook.next_try_at <= now:
                webhooks.catch_up(hook, self.sender)


def _waiting() -> Any:
    """Entries not sent and not in another worker's hands; each failure doubles the pause before the next try."""
    free = Q(claimed_at=None) | Q(claimed_at__lt=timezone.now() - CLAIM_LASTS)
    for entry, attempts in _dropped.items():
        free |= Q(pk=entry, attempts=attempts)
    return OutboxEntry.objects.filter(free, sent_at=None, attempts__lt=MOST_ATTEMPTS).exclude(kind=SPREADS)


def _claim(entry: OutboxEntry) -> bool:
    """Take the entry; another worker may have been first."""
    now = timezone.now()
    _dropped.pop(entry.pk, None)
    mine = OutboxEntry.objects.filter(pk=entry.pk, sent_at=None, attempts=entry.attempts)
    return bool(mine.update(claimed_at=now, attempts=F("attempts") + 1))


def _deal_with(entry: OutboxEntry, ways: list[Adapter], events: Events) -> bool:
    """Claim and tell. Whoever loses the database meanwhile cannot know whether the claim was written: it counts as its own."""
    try:
        return _claim(entry) and _tell(entry, ways, events)
    except AWAY:
        _dropped[entry.pk] = entry.attempts + 1
        raise


def _tell(entry: OutboxEntry, ways: list[Adapter], events: Events) -> bool:
    recipients = _recipients(entry)
    _notify(entry, recipients)
    outcomes = [_send_by(way, person, entry) for person in recipients for way in ways]
    events.send(entry)
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
    except AWAY:
        # Not the message's fault: it is no attempt that failed, after which there would be a pause.
        raise
    except Exception as problem:
        record.error = f"{type(problem).__name__}: {problem}"[:300]
        record.save(update_fields=["attempts", "error"])
        return False
    record.sent_at, record.error = timezone.now(), ""
    with transaction.atomic():
        record.save(update_fields=["attempts", "error", "sent_at"])
    return True
