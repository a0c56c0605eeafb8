from __future__ import annotations

from collections.abc import Iterator

import pytest

from openrenda.people.models import Congress
from openrenda.people.tests import cast
from openrenda.tenancy import congress_scope


@pytest.fixture
def congress(db: None) -> Iterator[Congress]:
    """A fictional congress, in context."""
    row = cast.a_congress()
    with congress_scope(row):
        yield row
