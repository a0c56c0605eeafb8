"""One congress on stage."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from openrenda.tenancy import congress_scope
from tests.cast import Cast, assemble


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """The cast, with its congress in context; nobody has written anything yet this hour."""
    cache.clear()
    people = assemble()
    with congress_scope(people.congress):
        yield people
