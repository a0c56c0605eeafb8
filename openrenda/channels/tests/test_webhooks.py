"""Webhooks are really sent: to a real server, signed, without personal data, retried, and paused when nobody answers."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from typing import Any

import pytest
from django.utils import timezone

from openrenda.channels import delivery, posting, webhooks
from openrenda.channels.models import Notice, Sending, Webhook
from openrenda.docket.models import Act
from openrenda.people.models import AccountEvent
from openrenda.web.tests.stage import seat, text
from openrenda.worker import rounds
from tests.cast import Cast

from .receiving import Receiver, again, submitted

PAGE = "/administration/webhooks/"


def hook(receiver: Receiver, *procedures: str) -> tuple[str, Webhook]:
    return webhooks.make("数据平台", receiver.address, procedures or ("suggestion",), by=None)


def test_an_event_arrives_signed(cast: Cast, receiver: Receiver) -> None:
    """The receiver checks HMAC-SHA256 over time stamp, point and body with the secret it was given."""
    secret, row = hook(receiver)
    matter = submitted(cast)
    assert delivery.deliver(cast.congress) == 1
    path, headers, body = receiver.got.pop()
    assert path == "/events?from=renda"
    stamp, key, signature = (part.partition("=")[2] for part in headers[webhooks.SIGNATURE].split(","))
    expected = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    assert hmac.compare_digest(signature, expected)
    assert key == row.key
    assert abs(time.time() - int(stamp)) < 60
    event = json.loads(body)
    assert (event["matter"], event["procedure"], event["step"]) == (str(matter.pk), "suggestion", "submit_to_street")
    assert event["state"] == Act.objects.get(step="submit_to_street").to_state
    assert receiver.got == []
    assert delivery.deliver(cast.congress) == 0


def test_an_event_tells_no_person_and_no_words(cast: Cast, receiver: Receiver) -> None:
    """Ids, procedure, step, state and number, and nothing else."""
    hook(receiver)
    matter = submitted(cast)
    delivery.deliver(cast.congress)
    body = receiver.got[0][2].decode()
    assert set(json.loads(body)) == {
        "event",
        "kind",
        "congress",
        "matter",
        "procedure",
        "number",
        "step",
        "state",
        "at",
    }
    for words in (matter.title, cast["chen"].name, "学府路", str(cast["chen"].account)):
        assert words not in body


def test_only_the_chosen_procedures_are_told(cast: Cast, receiver: Receiver) -> None:
    hook(receiver, "bill")
    submitted(cast)
    assert delivery.deliver(cast.congress) == 1
    assert receiver.got == []


def test_the_secret_is_kept_encrypted_and_told_once(cast: Cast, receiver: Receiver) -> None:
    from django.db import connection

    secret, row = hook(receiver)
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM channels_webhook")
        assert secret not in cursor.fetchone()[0]
    webhooks.end(row)
    assert Webhook.objects.get().secret == ""


def test_a_failure_is_tried_again_and_people_are_told_meanwhile(cast: Cast, receiver: Receiver) -> None:
    hook(receiver)
    receiver.status = 500
    submitted(cast)
    assert delivery.deliver(cast.congress) == 1
    assert Notice.objects.count() == 1
    assert "500" in Sending.objects.get(channel="webhook").error
    assert Webhook.objects.get().failures == 1
    receiver.status = 200
    delivery.deliver(cast.congress)
    assert len(receiver.got) == 1, "not before the pause is over"
    again()
    assert rounds.congresses_to_deliver() == [cast.congress.pk]
    rounds.deliver_outboxes()
    assert rounds.congresses_to_deliver() == []
    assert len(receiver.got) == 2
    assert Notice.objects.count() == 1
    row = Webhook.objects.get()
    assert (row.failures, row.last_error, row.next_try_at) == (0, "", None)
    assert row.last_sent_at is not None


def test_a_redirect_is_not_followed(cast: Cast, receiver: Receiver) -> None:
    hook(receiver)
    receiver.status = 302
    submitted(cast)
    delivery.deliver(cast.congress)
    assert "302" in Webhook.objects.get().last_error


def test_an_address_that_fails_is_asked_once_a_round_and_paused_in_the_end(
    cast: Cast, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slow machine elsewhere must not hold up people; after so many failures it is left alone and says so on its page."""
    monkeypatch.setattr(webhooks, "MOST_FAILURES", 3)
    hook(receiver)
    receiver.status = 503
    for _time in range(3):
        submitted(cast)
    assert delivery.deliver(cast.congress) == 3, "what waited is told to the people and done"
    for tried in range(1, 4):
        assert len(receiver.got) == tried
        again()
        delivery.deliver(cast.congress)
    assert Webhook.objects.get().paused_at is not None
    assert rounds.congresses_to_deliver() == []
    assert len(receiver.got) == 3
    page = text(seat(cast, "registrar").get(PAGE))
    assert "连续 3 次没有送到，已暂停" in page
    assert "还有 3 条没有送到" in page


def test_what_happened_during_a_pause_is_sent_in_order_when_it_is_over(cast: Cast, receiver: Receiver) -> None:
    """Once each, and before what happens afterwards."""
    _secret, row = hook(receiver)
    Webhook.objects.update(paused_at=timezone.now())
    told = [submitted(cast).pk for _time in range(3)]
    delivery.deliver(cast.congress)
    assert receiver.got == []
    admin = seat(cast, "registrar")
    assert "还有 3 条没有送到" in text(admin.get(PAGE))
    assert "按次序补发" in text(admin.post(f"{PAGE}{row.pk}/resume/", follow=True))
    told.append(submitted(cast).pk)
    for _time in range(3):
        delivery.deliver(cast.congress)
    assert [json.loads(body)["matter"] for _path, _headers, body in receiver.got] == [str(pk) for pk in told]
    assert Webhook.objects.get().next_try_at is None
    assert "正常" in text(admin.get(PAGE))


def test_late_events_go_in_parts_and_stop_at_the_first_that_is_not_taken(
    cast: Cast, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhooks, "BATCH", 2)
    _secret, row = hook(receiver)
    Webhook.objects.update(paused_at=timezone.now())
    for _time in range(3):
        submitted(cast)
    delivery.deliver(cast.congress)
    webhooks.resume(row)
    delivery.deliver(cast.congress)
    assert len(receiver.got) == 2
    receiver.status = 503
    delivery.deliver(cast.congress)
    delivery.deliver(cast.congress)
    assert len(receiver.got) == 3
    receiver.status = 200
    again()
    delivery.deliver(cast.congress)
    assert len(receiver.got) == 4
    assert Sending.objects.filter(channel="webhook", sent_at=None).count() == 0


def test_what_waits_for_an_ended_address_is_forgotten(cast: Cast, receiver: Receiver) -> None:
    _secret, row = hook(receiver)
    Webhook.objects.update(paused_at=timezone.now())
    submitted(cast)
    delivery.deliver(cast.congress)
    assert webhooks.waiting(row) == 1
    webhooks.end(row)
    assert webhooks.waiting(row) == 0
    assert rounds.congresses_to_deliver() == []


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://93.184.216.34/", "只用 https"),
        ("https://10.0.0.8/", "内部网络"),
        ("https://127.0.0.1/", "内部网络"),
        ("https://169.254.169.254/latest", "内部网络"),
        ("https://[::ffff:10.0.0.1]/", "内部网络"),
        ("https://[fd00::1]/", "内部网络"),
        ("https://100.64.0.1/", "内部网络"),
        ("http://127.0.0.1/", "内部网络"),
        ("ftp://93.184.216.34/", "https://"),
        ("https://name:word@93.184.216.34/", "用户名"),
        ("https://93.184.216.34:abc/", "完整"),
    ],
)
def test_addresses_inside_the_house_are_refused(address: str, why: str) -> None:
    with pytest.raises(posting.AddressRefused, match=why):
        posting.checked(address)


def test_the_operator_may_open_a_network(settings: Any) -> None:
    settings.OPENRENDA_PRIVATE_NETWORKS = ["10.1.0.0/16"]
    assert posting.checked("https://10.1.2.3:8443/x").port == 8443
    with pytest.raises(posting.AddressRefused):
        posting.checked("https://10.2.0.1/")


def test_the_certificate_is_asked_for_the_name_and_not_for_the_number(receiver: Receiver) -> None:
    """A server without TLS behind https is a failure, never a fall back."""
    with pytest.raises(posting.NotSent):
        posting.post(receiver.address.replace("http://", "https://"), b"{}", {})
    assert receiver.got == []


def test_the_system_administrator_adds_one_after_proving_who_she_is(cast: Cast, receiver: Receiver) -> None:
    """The secret is on that page and on no later one; it stands in the account log; others are refused."""
    admin = seat(cast, "registrar")
    typed = {"name": "数据平台", "address": receiver.address, "procedures": ["suggestion"]}
    page = admin.post(PAGE, typed)
    row = Webhook.objects.get()
    assert row.secret in text(page)
    assert row.secret not in text(admin.get(PAGE))
    assert AccountEvent.objects.filter(kind="webhook_made").exists()
    assert admin.post(PAGE, {**typed, "address": "https://10.9.9.9/"}).status_code == 422
    assert seat(cast, "office").get(PAGE).status_code == 404
    assert admin.post(f"{PAGE}{row.pk}/end/").status_code == 302
    assert "已停用" in text(admin.get(PAGE))


def test_a_file_is_the_demonstration_s_way(cast: Cast, receiver: Receiver, settings: Any, tmp_path: Any) -> None:
    settings.OPENRENDA_WEBHOOK_SENDER = "openrenda.channels.webhooks.WriteToFile"
    settings.VAR = tmp_path
    hook(receiver)
    submitted(cast)
    assert delivery.deliver(cast.congress) == 1
    line = json.loads((tmp_path / "outgoing" / "webhook.jsonl").read_text(encoding="utf-8"))
    assert webhooks.SIGNATURE in line["headers"]
    assert receiver.got == []
