"""A congress to search in, a second one to stay out of, and a short way to put documents in."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator

import pytest

from openrenda import search
from openrenda.people.models import Congress
from openrenda.tenancy import congress_scope, uuid7

Put = Callable[..., uuid.UUID]


@pytest.fixture
def congress(db: None) -> Iterator[Congress]:
    row = Congress.objects.create(
        division_code="999901", name="演示区人民代表大会", short_name="演示区", level="county"
    )
    with congress_scope(row):
        yield row


@pytest.fixture
def neighbour(db: None) -> Congress:
    return Congress.objects.create(division_code="999902", name="邻区人民代表大会", short_name="邻区", level="county")


@pytest.fixture
def put(congress: Congress) -> Put:
    def put_document(
        title: str, text: str = "", *, public: bool = True, kind: str = "proposal", **more: str
    ) -> uuid.UUID:
        subject = uuid7()
        search.index(subject, kind, more.pop("procedure", "suggestion"), title, text, public, **more)
        return subject

    return put_document
