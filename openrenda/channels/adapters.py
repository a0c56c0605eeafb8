"""Ways out of the house, behind one small interface.

An adapter is named in settings (``OPENRENDA_CHANNELS``, a list of dotted paths). E-mail uses Django's configured backend. SMS and
webhook ship with a backend that writes each message to a file under ``var/outgoing``, so that the demo shows what would leave; a
gateway is one class with the same two members.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from openrenda.docket.actor import Recipient
from openrenda.docket.models import OutboxEntry


class Adapter(Protocol):
    """One channel."""

    key: str

    def send(self, recipient: Recipient, text: str, entry: OutboxEntry) -> bool:
        """Send, or answer False when this person cannot be reached this way.

        :raises Exception: any failure; the message is tried again later.
        """
        ...


class Email:
    """E-mail through Django's mail settings."""

    key = "email"

    def send(self, recipient: Recipient, text: str, entry: OutboxEntry) -> bool:
        """Send one message; without an address there is nothing to do."""
        if not recipient.email:
            return False
        greeting = _("%(name)s：") % {"name": recipient.name}
        body = f"{greeting}\n\n{text}\n\n{settings.OPENRENDA_ADDRESS}/matters/{entry.matter_id}/\n"
        EmailMessage(text[:80], body, settings.DEFAULT_FROM_EMAIL, [recipient.email]).send()
        return True


class TextMessageFile:
    """SMS, written to a file: account and text, one line of JSON each."""

    key = "sms"

    def send(self, recipient: Recipient, text: str, entry: OutboxEntry) -> bool:
        """Append the message."""
        _append("sms.jsonl", {"account": str(recipient.account), "text": text})
        return True


class WebhookFile:
    """Webhooks, written to a file with the signature a receiver would check (HMAC-SHA256 over the body)."""

    key = "webhook"

    def send(self, recipient: Recipient, text: str, entry: OutboxEntry) -> bool:
        """Append the signed event."""
        event = {"entry": str(entry.pk), "matter": str(entry.matter_id), "kind": entry.kind, "text": text}
        body = json.dumps(event, ensure_ascii=False, sort_keys=True)
        signature = hmac.new(settings.SECRET_KEY.encode(), body.encode(), hashlib.sha256).hexdigest()
        _append("webhook.jsonl", {"body": event, "signature": signature})
        return True


def adapters() -> list[Adapter]:
    """The adapters this installation uses."""
    return [import_string(path)() for path in settings.OPENRENDA_CHANNELS]


def _append(name: str, line: dict[str, object]) -> None:
    folder = Path(settings.VAR) / "outgoing"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(json.dumps({"at": timezone.now().isoformat(), **line}, ensure_ascii=False) + "\n")
