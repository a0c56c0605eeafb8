"""Permanent addresses: the code of an id and back."""

from __future__ import annotations

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from openrenda.web.portal import codes


@given(st.uuids())
def test_a_code_leads_back_to_its_id(row_id: UUID) -> None:
    code = codes.code_of(row_id)
    assert len(code) == codes.LENGTH
    assert codes.id_of(code) == row_id
    assert codes.id_of(code.upper().replace("0", "O").replace("1", "l")) == row_id


@given(st.text(max_size=40))
def test_any_text_is_a_code_or_none(text: str) -> None:
    found = codes.id_of(text)
    assert found is None or codes.code_of(found) == codes.tidy(text)


def test_more_than_an_id_holds_is_no_code() -> None:
    assert codes.id_of("z" * codes.LENGTH) is None


def test_query_numbers_are_drawn_and_read_aloud() -> None:
    number = codes.query_number()
    assert len({codes.query_number() for _ in range(200)}) == 200
    assert codes.tidy(codes.in_groups(number)) == number
