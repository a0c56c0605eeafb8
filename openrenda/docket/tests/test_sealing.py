"""Sealed fields: not in the act, not readable in the database, opened by an act and by the named offices only."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import override_settings

from openrenda import docket
from openrenda.ciphers import CannotOpen, decrypt, encrypt
from openrenda.docket.builtin import open_sealed
from openrenda.docket.models import Act, Matter, OutboxEntry, SealedValue
from openrenda.docket.refusals import Incomplete, NotVisible, Refused
from openrenda.docket.sealing import is_as_recorded, unseal

from .stage import Stage

PHONE = "13800005678"


@pytest.fixture
def letter(stage: Stage) -> Matter:
    """A letter with a telephone number and an address, held by the organ."""
    matter = stage.open(phone=PHONE, home="学府路1号")
    stage.take(matter, "clerk", "hand", organ=stage.holder("organ"))
    return Matter.objects.get(pk=matter.pk)


def test_the_act_keeps_a_digest_that_cannot_be_guessed(letter: Matter) -> None:
    """Without the salt, which lies in the ciphertext, all telephone numbers could be tried."""
    act = Act.objects.get(step="open")
    row = SealedValue.objects.get(field="phone")
    assert list(act.data["phone"]) == ["sealed"]
    assert is_as_recorded(row, act.data)
    assert decrypt(row.ciphertext) not in (PHONE, f":{PHONE}")
    assert len(decrypt(row.ciphertext)) == len(PHONE) + 33


def test_nothing_the_database_holds_shows_the_value(letter: Matter) -> None:
    # SQLite's word list of the search index is a view of another table and cannot be read whole.
    tables = [name for name in connection.introspection.table_names() if name != "search_word"]
    holding = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            holding += [table for row in cursor.fetchall() if PHONE in str(row) or "学府路1号" in str(row)]
    assert "docket_act" in tables
    assert holding == []


def test_opening_returns_the_value_and_is_itself_an_act(stage: Stage, letter: Matter) -> None:
    assert open_sealed(letter, "phone", by=stage.organ, reason="联系写信人") == PHONE
    act = Act.objects.get(step="open_sealed")
    assert (act.account, act.data) == (stage.organ.account, {"field": "phone", "reason": "联系写信人"})
    assert (act.from_state, act.to_state) == ("held", "held")


def test_it_may_be_opened_after_the_matter_is_closed(stage: Stage, letter: Matter) -> None:
    stage.take(letter, "organ", "answer", text="好")
    stage.take(letter, "writer", "accept")
    assert open_sealed(Matter.objects.get(pk=letter.pk), "phone", by=stage.head, reason="回访") == PHONE


@pytest.mark.parametrize(
    ("who", "field", "refusal"),
    [
        ("organ", "home", Refused),  # sealed for another office
        ("clerk", "phone", Refused),
        ("reader", "phone", Refused),
        ("other_organ", "phone", NotVisible),
        ("stranger", "phone", NotVisible),
        ("organ", "title", Refused),  # not sealed at all
    ],
)
def test_the_wrong_office_is_refused_and_no_opening_is_recorded(
    stage: Stage, letter: Matter, who: str, field: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        open_sealed(letter, field, by=getattr(stage, who), reason="好奇")
    assert not Act.objects.filter(step="open_sealed").exists()


def test_opening_without_a_reason_is_refused(stage: Stage, letter: Matter) -> None:
    with pytest.raises(Incomplete):
        open_sealed(letter, "phone", by=stage.organ, reason="")


def test_no_notice_and_no_offer_carries_the_value(stage: Stage, letter: Matter) -> None:
    assert PHONE not in str(list(OutboxEntry.objects.values()))
    offers = docket.offers(docket.reading.Situation(letter, stage.organ))
    assert "open_sealed" not in [offer.step.key for offer in offers]


def test_a_value_survives_a_new_key_and_is_lost_with_a_lost_one(letter: Matter) -> None:
    row = SealedValue.objects.get(field="phone")
    from django.conf import settings

    with override_settings(SEALED_KEY=f"new,{settings.SEALED_KEY}"):
        assert unseal(row) == PHONE
        fresh = encrypt("秘密")
    with pytest.raises(CannotOpen):
        decrypt(fresh)
    with override_settings(SEALED_KEY="new"), pytest.raises(CannotOpen):
        unseal(row)
