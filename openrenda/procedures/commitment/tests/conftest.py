"""The invented congress, national rules or those of 重庆, and a clock on the wall."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from openrenda import rulebook
from openrenda.tenancy import congress_scope
from tests.cast import Cast
from tests.matrix.census import everybody_seated
from tests.mechanisms.conftest import wall as wall

CHONGQING = "500199"


@pytest.fixture
def cast(db: None, wall: object) -> Iterator[Cast]:
    """A congress under the national rules, on the first day of the story."""
    yield from _seated("990811")


@pytest.fixture
def chongqing(db: None, wall: object) -> Iterator[Cast]:
    """A district of 重庆, where the yearly round is law."""
    yield from _seated(CHONGQING)


def _seated(code: str) -> Iterator[Cast]:
    rulebook.forget()
    people = everybody_seated(code, "试验区")
    with congress_scope(people.congress):
        yield people
    rulebook.forget()
