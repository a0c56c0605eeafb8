"""Ways out of the house, behind one small interface.

An adapter is named in settings (``OPENRENDA_CHANNELS``, a list of dotted paths). E-mail uses Django's configured backend. SMS
goes to a file under ``var/outgoing``, or to the operator's gateway. Other systems are told by webhooks (:mod:`.webhooks`).
"""

from __future__ import annotations

from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from openrenda.docket.actor import Recipient
from openrenda.docket.models import OutboxEntry

from .files import append


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
        append("sms.jsonl", {"account": str(recipient.account), "text": text})
        return True


def adapters() -> list[Adapter]:
    """The adapters this installation uses."""
    return [import_string(path)() for path in settings.OPENRENDA_CHANNELS]
