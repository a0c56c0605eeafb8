"""Text messages leave through a gateway: a real server, its own shape, signed, tried again, to nobody without a telephone."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs

import pytest

from openrenda.channels import delivery
from openrenda.channels.models import Sending
from openrenda.docket.models import OutboxEntry
from openrenda.people.models import Account
from tests.cast import Cast

from .receiving import Receiver, again, submitted

PHONE = "13800138000"


@pytest.fixture
def gateway(cast: Cast, receiver: Receiver, settings: Any) -> Iterator[Receiver]:
    settings.OPENRENDA_PRIVATE_NETWORKS = []
    settings.OPENRENDA_CHANNELS = ["openrenda.channels.sms.Gateway"]
    settings.OPENRENDA_SMS_ADDRESS = receiver.address
    settings.OPENRENDA_SMS_TEMPLATE = '{"to": ["{phone}"], "msg": "【人大】{text}", "ref": "{id}", "app": "{key}"}'
    settings.OPENRENDA_SMS_KEY, settings.OPENRENDA_SMS_SECRET = "app-1", "gateway secret"
    Account.objects.filter(pk=cast["street"].account).update(phone=PHONE)
    receiver.status = 200
    return receiver


def test_a_message_is_sent_in_the_gateway_s_shape_and_signed(cast: Cast, gateway: Receiver) -> None:
    submitted(cast)
    assert delivery.deliver(cast.congress) == 1
    _path, headers, body = gateway.got.pop()
    sent = json.loads(body)
    assert (sent["to"], sent["app"]) == ([PHONE], "app-1")
    assert sent["msg"].startswith("【人大】")
    assert "提交街道阅看" in sent["msg"]
    expected = hmac.new(b"gateway secret", headers["X-Timestamp"].encode() + b"." + body, hashlib.sha256).hexdigest()
    assert headers["X-Signature"] == expected


def test_a_form_is_sent_where_the_gateway_wants_one(cast: Cast, gateway: Receiver, settings: Any) -> None:
    settings.OPENRENDA_SMS_FORMAT, settings.OPENRENDA_SMS_TEMPLATE = (
        "form",
        '{"mobile": "{phone}", "content": "{text}"}',
    )
    settings.OPENRENDA_SMS_SECRET = ""
    submitted(cast)
    delivery.deliver(cast.congress)
    _path, headers, body = gateway.got.pop()
    assert parse_qs(body.decode())["mobile"] == [PHONE]
    assert "X-Signature" not in headers


@pytest.mark.parametrize("how", ["status", "words", "unset"])
def test_what_the_gateway_did_not_take_is_tried_again(
    cast: Cast,
    gateway: Receiver,
    settings: Any,
    how: str,
) -> None:
    """A refusal by status, or by words that say so with a good status."""
    if how == "status":
        gateway.status = 500
    elif how == "words":
        settings.OPENRENDA_SMS_ACCEPTED = '"code":0'
    else:
        settings.OPENRENDA_SMS_ADDRESS = ""
    submitted(cast)
    assert delivery.deliver(cast.congress) == 0
    record = Sending.objects.get(channel="sms")
    assert record.sent_at is None
    assert PHONE not in record.error
    gateway.status, settings.OPENRENDA_SMS_ACCEPTED, settings.OPENRENDA_SMS_ADDRESS = 200, "", gateway.address
    again()
    assert delivery.deliver(cast.congress) == 1


def test_nobody_without_a_telephone_is_written_to(cast: Cast, gateway: Receiver) -> None:
    Account.objects.update(phone="")
    submitted(cast)
    assert delivery.deliver(cast.congress) == 1
    assert gateway.got == []
    assert OutboxEntry.objects.get().sent_at is not None
