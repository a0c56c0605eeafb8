"""Webhooks: other systems are told that something happened, never what it says (docs/api.md).

The event names the matter, its procedure, the step and the state. Whoever may read more asks the API with a token of her own. Each is
signed with the address's own secret; the receiver checks ``HMAC-SHA256(secret, timestamp + "." + body)`` and that the time is near.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Collection
from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from openrenda.docket.models import OutboxEntry
from openrenda.docket.registry import internal_procedures

from . import posting
from .files import append
from .models import Sending, Webhook

CHANNEL = "webhook"
SIGNATURE = "OpenRenda-Signature"
SECRET_BYTES, KEY_BYTES = 32, 6
# So many events in a row that nobody took: then the address is paused until somebody looks.
MOST_FAILURES = 10
# After a failure it is left alone for two minutes, then for twice as long each time, up to about two hours.
CLAIM_LASTS, LONGEST_PAUSE = timedelta(minutes=2), 6
# What is sent late goes in parts, so that people's own messages do not wait behind it.
BATCH, MOST_SECONDS = 100, 10.0
MOST_COUNTED = 1000


class Sender(Protocol):
    """How a signed event leaves the house."""

    def send(self, hook: Webhook, body: bytes, headers: dict[str, str]) -> None:
        """Send, or raise."""
        ...


class Post:
    """By HTTP."""

    def send(self, hook: Webhook, body: bytes, headers: dict[str, str]) -> None:
        """Send to the address.

        :raises posting.NotSent, posting.AddressRefused: when it did not arrive.
        """
        posting.post(hook.address, body, headers)


class WriteToFile:
    """Into a file under ``var/outgoing``, so that a demonstration shows what would leave."""

    def send(self, hook: Webhook, body: bytes, headers: dict[str, str]) -> None:
        """Append the signed event."""
        append("webhook.jsonl", {"address": hook.address, "headers": headers, "body": body.decode()})


def sender() -> Sender:
    """The sender this installation uses."""
    made: Sender = import_string(settings.OPENRENDA_WEBHOOK_SENDER)()
    return made


def make(name: str, address: str, procedures: Collection[str], *, by: UUID | None) -> tuple[str, Webhook]:
    """A new address of the congress in context; the secret is told once.

    :raises posting.AddressRefused, posting.NotSent: for an address to which nothing may or can be sent.
    """
    posting.checked(address)
    secret, told = secrets.token_urlsafe(SECRET_BYTES), set(procedures) - internal_procedures()
    row = Webhook.objects.create(
        name=name, address=address, procedures=sorted(told), key=secrets.token_hex(KEY_BYTES), secret=secret,
        made_at=timezone.now(), made_by_id=by,
    )  # fmt: skip
    return secret, row


def current() -> list[Webhook]:
    """The addresses that are told: at once, or later those that are paused or behind."""
    return list(Webhook.objects.filter(ended_at=None))


def event_of(entry: OutboxEntry) -> dict[str, Any]:
    """What is told: ids, procedure, step, state and number. No title, no text, no person."""
    act, matter = entry.act, entry.matter
    return {
        "event": str(entry.pk),
        "kind": entry.kind,
        "congress": str(entry.congress_id),  # type: ignore[attr-defined]  # of every tenant table
        "matter": str(matter.pk),
        "procedure": matter.procedure,
        "number": matter.number,
        "step": act.step if act else "",
        "state": act.to_state if act else matter.state,
        "at": (act.recorded_at if act else entry.created_at).isoformat(),
    }


def signed(hook: Webhook, body: bytes, at: int) -> dict[str, str]:
    """The headers of an event sent at that time (seconds since 1970)."""
    signature = hmac.new(hook.secret.encode(), b"%d." % at + body, hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/json; charset=utf-8",
        SIGNATURE: f"t={at},key={hook.key},v1={signature}",
    }


def tell(hook: Webhook, entry: OutboxEntry, by: Sender) -> None:
    """Tell one event now; or note it down behind what has not arrived yet, so that the order is kept."""
    record, _made = Sending.objects.get_or_create(entry=entry, channel=CHANNEL, account=hook.pk)
    if record.sent_at:
        return
    if hook.paused_at or hook.next_try_at:
        # Whoever was catching up meanwhile may have found nothing left.
        Webhook.objects.filter(pk=hook.pk, paused_at=None, next_try_at=None).update(next_try_at=timezone.now())
    else:
        _send(hook, record, by)


def catch_up(hook: Webhook, by: Sender) -> None:
    """Send what has not arrived yet, the oldest first, until one is not taken or others have waited long enough."""
    now, rows = timezone.now(), Webhook.objects.filter(pk=hook.pk)
    if not rows.filter(next_try_at=hook.next_try_at).update(next_try_at=now + CLAIM_LASTS):
        return
    began = time.monotonic()
    for record in _open_ones(hook).order_by("entry__created_at", "entry_id")[:BATCH]:
        if time.monotonic() - began > MOST_SECONDS:
            break
        if not _send(hook, record, by):
            return
    rows.update(next_try_at=now)
    rows.filter(~Exists(_open_ones(hook))).update(next_try_at=None)


def _send(hook: Webhook, record: Sending, by: Sender) -> bool:
    """Send one event; False when it has to be sent later."""
    body = json.dumps(event_of(record.entry), ensure_ascii=False, sort_keys=True).encode()
    record.attempts += 1
    try:
        by.send(hook, body, signed(hook, body, int(time.time())))
    except Exception as problem:
        record.error = str(problem)[:300] or type(problem).__name__
        record.save(update_fields=["attempts", "error"])
        _failed(hook, record.error)
        return False
    record.sent_at, record.error = timezone.now(), ""
    record.save(update_fields=["attempts", "error", "sent_at"])
    hook.failures = 0
    Webhook.objects.filter(pk=hook.pk).update(failures=0, last_error="", last_sent_at=record.sent_at)
    return True


def _failed(hook: Webhook, why: str) -> None:
    """Count it and wait twice as long as before; pause the address when nobody has answered for long."""
    now, hook.failures = timezone.now(), hook.failures + 1
    hook.next_try_at = now + CLAIM_LASTS * (2 ** min(hook.failures, LONGEST_PAUSE) - 1)
    hook.paused_at = now if hook.failures >= MOST_FAILURES else None
    Webhook.objects.filter(pk=hook.pk).update(
        failures=hook.failures, last_error=why, next_try_at=hook.next_try_at, paused_at=hook.paused_at
    )


def _open_ones(hook: Webhook) -> QuerySet[Sending]:
    rows = Sending.objects.filter(channel=CHANNEL, account=hook.pk, sent_at=None)
    return rows.select_related("entry__matter", "entry__act")


def waiting(hook: Webhook) -> int:
    """How many events have not arrived yet, counted up to ``MOST_COUNTED``."""
    return len(_open_ones(hook).values_list("pk")[:MOST_COUNTED])


def resume(hook: Webhook) -> None:
    """Send to it again, first what happened while it was paused."""
    Webhook.objects.filter(pk=hook.pk).update(paused_at=None, failures=0, last_error="", next_try_at=timezone.now())


def end(hook: Webhook) -> None:
    """Nothing more is sent, not even what waits; the secret is forgotten."""
    Webhook.objects.filter(pk=hook.pk, ended_at=None).update(ended_at=timezone.now(), next_try_at=None, secret="")
    Sending.objects.filter(channel=CHANNEL, account=hook.pk, sent_at=None).delete()


def state_words(hook: Webhook) -> str:
    """How it stands, and how much has not arrived."""
    if hook.ended_at:
        return _("已停用")
    standing = _standing(hook)
    late = waiting(hook) if hook.next_try_at or hook.paused_at else 0
    if not late:
        return standing
    number = f"{late}+" if late == MOST_COUNTED else str(late)
    if hook.paused_at:
        return f"{standing} " + _("还有 %(count)s 条没有送到，恢复后按次序补发。") % {"count": number}
    return f"{standing} " + _("还有 %(count)s 条没有送到，会按次序补发。") % {"count": number}


def _standing(hook: Webhook) -> str:
    if hook.paused_at:
        return _("连续 %(count)s 次没有送到，已暂停：%(why)s") % {"count": hook.failures, "why": hook.last_error}
    if hook.failures:
        return _("最近 %(count)s 次没有送到：%(why)s") % {"count": hook.failures, "why": hook.last_error}
    return _("正常") if hook.last_sent_at else _("还没有发送过")
