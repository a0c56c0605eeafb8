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
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from openrenda.docket.models import OutboxEntry

from . import posting
from .files import append
from .models import Sending, Webhook

CHANNEL = "webhook"
SIGNATURE = "OpenRenda-Signature"
SECRET_BYTES, KEY_BYTES = 32, 6
# So many events in a row that nobody took: then the address is paused until somebody looks.
MOST_FAILURES = 10


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
    secret = secrets.token_urlsafe(SECRET_BYTES)
    row = Webhook.objects.create(
        name=name, address=address, procedures=sorted(procedures), key=secrets.token_hex(KEY_BYTES), secret=secret,
        made_at=timezone.now(), made_by_id=by,
    )  # fmt: skip
    return secret, row


def working() -> list[Webhook]:
    """The addresses that are sent to now."""
    return list(Webhook.objects.filter(ended_at=None, paused_at=None))


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


def send(hook: Webhook, entry: OutboxEntry, by: Sender) -> bool:
    """Send one event once; what was sent before is not sent again. False when it should be tried again later."""
    record, _made = Sending.objects.get_or_create(entry=entry, channel=CHANNEL, account=hook.pk)
    if record.sent_at:
        return True
    body = json.dumps(event_of(entry), ensure_ascii=False, sort_keys=True).encode()
    record.attempts += 1
    try:
        by.send(hook, body, signed(hook, body, int(time.time())))
    except Exception as problem:
        record.error = str(problem)[:300] or type(problem).__name__
        record.save(update_fields=["attempts", "error"])
        failed(hook, record.error)
        return False
    record.sent_at, record.error = timezone.now(), ""
    record.save(update_fields=["attempts", "error", "sent_at"])
    Webhook.objects.filter(pk=hook.pk).update(failures=0, last_error="", last_sent_at=record.sent_at)
    return True


def failed(hook: Webhook, why: str) -> None:
    """Count it, and pause the address when nobody has answered for long."""
    rows = Webhook.objects.filter(pk=hook.pk)
    rows.update(failures=F("failures") + 1, last_error=why)
    rows.filter(failures__gte=MOST_FAILURES, paused_at=None).update(paused_at=timezone.now())


def resume(hook: Webhook) -> None:
    """Send to it again. What happened while it was paused is not sent afterwards: the API tells it."""
    Webhook.objects.filter(pk=hook.pk).update(paused_at=None, failures=0, last_error="")


def end(hook: Webhook) -> None:
    """Nothing more is sent; the secret is forgotten."""
    Webhook.objects.filter(pk=hook.pk, ended_at=None).update(ended_at=timezone.now(), secret="")


def state_words(hook: Webhook) -> str:
    """How it stands."""
    if hook.ended_at:
        return _("已停用")
    if hook.paused_at:
        return _("连续 %(count)s 次没有送到，已暂停：%(why)s") % {"count": hook.failures, "why": hook.last_error}
    if hook.failures:
        return _("最近 %(count)s 次没有送到：%(why)s") % {"count": hook.failures, "why": hook.last_error}
    return _("正常") if hook.last_sent_at else _("还没有发送过")
