"""The seat of a request is asked for with a statement made once: the answer is the object mapper's own."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from openrenda.people.actors import actor_for, load_seat
from openrenda.people.models import Account, Mandate, Seat
from openrenda.tenancy import congress_scope
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db


def mapped(cast: Cast, who: str) -> Seat | None:
    """What the object mapper says."""
    seat = cast.seats[who]
    found = Seat.objects.able_on().with_holder_name().select_related("account", "congress")
    return found.filter(pk=seat.pk, account_id=seat.account_id).first()


def test_the_same_seat_comes_back_in_one_query() -> None:
    here, elsewhere = assemble(), assemble("990202", name="别区")
    for cast in (here, elsewhere, here):
        with congress_scope(cast.congress):
            for who in ("chen", "office", "roads_head"):
                seat = cast.seats[who]
                with CaptureQueriesContext(connection) as queries:
                    loaded = load_seat(seat.pk, seat.account_id)
                    assert loaded is not None
                    assert (loaded.account.name, loaded.congress.name) == (seat.account.name, cast.congress.name)
                assert len(queries) == 1
                asked = mapped(cast, who)
                assert asked is not None
                assert model_to_dict(loaded) == model_to_dict(asked)
                assert (loaded.holder, loaded.holder_name) == (asked.holder, asked.holder_name)  # type: ignore[attr-defined]
                assert actor_for(loaded) == actor_for(asked)


def test_whoever_may_not_act_has_no_seat() -> None:
    cast = assemble()
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    with congress_scope(cast.congress):
        office, chen, lin, head = (cast.seats[who] for who in ("office", "chen", "lin", "roads_head"))
        assert load_seat(office.pk, chen.account_id) is None
        assert load_seat(office.pk, office.account_id, datetime.date(2000, 1, 1)) is None
        Mandate.objects.filter(pk=cast.mandates["chen"].pk).update(
            until=yesterday, end_reason="resigned", end_basis="虚构一号"
        )
        Account.objects.filter(pk=lin.account_id).update(is_active=False)
        Seat.objects.filter(pk=head.pk).update(until=yesterday)
        assert [load_seat(seat.pk, seat.account_id) for seat in (chen, lin, head)] == [None, None, None]
    with congress_scope(assemble("990202", name="别区").congress):
        assert load_seat(office.pk, office.account_id) is None
