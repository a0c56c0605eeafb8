"""Text messages through the operator's gateway: one HTTP POST, in the shape that the gateway asks for.

``OPENRENDA_SMS_TEMPLATE`` is a JSON object whose texts may hold ``{phone}``, ``{text}``, ``{id}``, ``{time}`` and ``{key}``; it is sent as JSON or,
with ``OPENRENDA_SMS_FORMAT=form``, as a form. With a secret each request is signed: HMAC-SHA256 over ``time + "." + body``.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from openrenda.docket.actor import Recipient
from openrenda.docket.models import OutboxEntry
from openrenda.people.models import Account

from .posting import NotSent, post

TIME_HEADER = "X-Timestamp"
TYPES = {"json": "application/json; charset=utf-8", "form": "application/x-www-form-urlencoded; charset=utf-8"}


class Gateway:
    """SMS by the operator's gateway, to the telephone of the person's account."""

    key = "sms"

    def send(self, recipient: Recipient, text: str, entry: OutboxEntry) -> bool:
        """Send one message; without a telephone there is nothing to do.

        :raises NotSent: when the gateway did not take it.
        """
        phone = Account.objects.filter(pk=recipient.account).values_list("phone", flat=True).first()
        if not phone:
            return False
        if not settings.OPENRENDA_SMS_ADDRESS:
            raise NotSent(_("没有配置短信网关的地址（OPENRENDA_SMS_ADDRESS）。"))
        at = str(int(time.time()))
        # The same message keeps its id when it is tried again, so that a gateway may know it.
        message = hashlib.sha256(f"{entry.pk}{recipient.account}".encode()).hexdigest()[:32]
        values = {"phone": phone, "text": text, "id": message, "time": at, "key": settings.OPENRENDA_SMS_KEY}
        body = _body(values)
        answer = post(settings.OPENRENDA_SMS_ADDRESS, body, _headers(body, at), trusted=True)
        accepted = settings.OPENRENDA_SMS_ACCEPTED
        if accepted and accepted not in answer.decode("utf-8", "replace"):
            raise NotSent(_("短信网关没有接收。"))
        return True


def _body(values: dict[str, str]) -> bytes:
    filled = _filled(json.loads(settings.OPENRENDA_SMS_TEMPLATE), values)
    if settings.OPENRENDA_SMS_FORMAT == "form":
        return urlencode(filled).encode()
    return json.dumps(filled, ensure_ascii=False).encode()


def _filled(part: Any, values: dict[str, str]) -> Any:
    """The template with its marks replaced. A value is never read as a template again."""
    if isinstance(part, dict):
        return {name: _filled(each, values) for name, each in part.items()}
    if isinstance(part, list):
        return [_filled(each, values) for each in part]
    return part.format_map(values) if isinstance(part, str) else part


def _headers(body: bytes, at: str) -> dict[str, str]:
    headers = {"Content-Type": TYPES[settings.OPENRENDA_SMS_FORMAT], TIME_HEADER: at}
    if secret := settings.OPENRENDA_SMS_SECRET:
        signature = hmac.new(secret.encode(), at.encode() + b"." + body, hashlib.sha256).hexdigest()
        headers[settings.OPENRENDA_SMS_SIGNATURE_HEADER] = signature
    return headers
