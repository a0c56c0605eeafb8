"""The outbox is emptied once, to the people who hold the office on that day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
from django.core import mail
from django.db import OperationalError
from django.utils import timezone

from openrenda import docket
from openrenda.channels import delivery, inbox
from openrenda.channels.models import Notice, Sending
from openrenda.docket.models import OutboxEntry
from openrenda.people.models import Account, Seat
from openrenda.tenancy import congress_scope
from tests.cast import SUBMIT, Cast, assemble, draft


@pytest.fixture
def cast(db: None, settings: object) -> Iterator[Cast]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    people = assemble()
    with congress_scope(people.congress):
        yield people


def submitted(cast: Cast, **changes: str) -> None:
    matter = docket.open_matter("suggestion", "propose", by=cast["chen"], data=draft(**changes)).matter
    docket.act(matter, "submit_to_street", by=cast["chen"], data=SUBMIT)


def test_the_street_is_told_once_in_the_application_and_by_mail(cast: Cast) -> None:
    Account.objects.filter(pk=cast["street"].account).update(email="street@example.org")
    submitted(cast)
    assert delivery.deliver(cast.congress) == 1
    assert delivery.deliver(cast.congress) == 0
    notice = Notice.objects.get()
    assert notice.account == cast["street"].account
    assert "提交街道阅看" in notice.sentence
    assert [message.to for message in mail.outbox] == [["street@example.org"]]
    assert inbox.unread(cast["street"].account) == 1
    inbox.mark_read(cast["street"].account)
    assert inbox.unread(cast["street"].account) == 0


def test_a_successor_is_told_not_the_person_who_left_the_post(cast: Cast) -> None:
    submitted(cast)
    Seat.objects.filter(pk=cast.seats["street"].pk).update(until=timezone.localdate() - datetime.timedelta(days=1))
    successor = Account.objects.create(login="successor", name="接任者")
    street = cast.organs["street"].pk
    Seat.objects.create(
        account=successor, key="street_reviewer", holder_kind="organ", holder=street, since=timezone.localdate()
    )
    delivery.deliver(cast.congress)
    assert Notice.objects.get().account == successor.pk


def test_a_confidential_matter_is_not_named_in_a_notice(cast: Cast) -> None:
    submitted(cast, keep_secret="on")
    delivery.deliver(cast.congress)
    assert "学府路" not in Notice.objects.get().sentence


def test_a_failing_channel_is_tried_again_and_told_twice_to_nobody(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    Account.objects.filter(pk=cast["street"].account).update(email="street@example.org")
    submitted(cast)

    def fail(*_arguments: object) -> bool:
        raise OSError("connection refused")

    with monkeypatch.context() as broken:
        broken.setattr("openrenda.channels.adapters.Email.send", fail)
        assert delivery.deliver(cast.congress) == 0
    assert "connection refused" in Sending.objects.get().error
    OutboxEntry.objects.update(claimed_at=None)
    assert delivery.deliver(cast.congress) == 1
    assert Notice.objects.count() == 1
    assert len(mail.outbox) == 1


def test_an_entry_in_another_workers_hands_is_left_alone(cast: Cast) -> None:
    submitted(cast)
    entry = OutboxEntry.objects.get()
    assert delivery._claim(entry)
    assert not delivery._claim(entry)
    assert delivery.deliver(cast.congress) == 0


@pytest.mark.parametrize("where", ["_claim", "_notify", "sentence"])
def test_who_loses_the_database_between_claim_and_mark_goes_on_at_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """The claim is its own, also one of which it does not know whether it was written: only other workers wait until it has run out."""
    submitted(cast)
    as_it_was = getattr(delivery, where)

    def away(*given: object) -> None:
        if where == "_claim":
            as_it_was(*given)
        raise OperationalError("gone")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(delivery, where, away)
        with pytest.raises(OperationalError):
            delivery.deliver(cast.congress)
    assert (OutboxEntry.objects.get().sent_at, Notice.objects.count()) == (None, int(where == "sentence"))
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(delivery, "_dropped", {})
        assert delivery.deliver(cast.congress) == 0
    assert delivery.deliver(cast.congress) == 1
    assert Notice.objects.count() == 1
    assert not delivery._dropped
