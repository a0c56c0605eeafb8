"""One congress on stage."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from openrenda.tenancy import congress_scope
from tests.cast import Cast, assemble


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """The cast, with its congress in context."""
    people = assemble()
    with congress_scope(people.congress):
        yield people
