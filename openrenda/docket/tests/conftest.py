from __future__ import annotations

from collections.abc import Iterator

import pytest

from .stage import Stage, performance


@pytest.fixture
def stage(db: None) -> Iterator[Stage]:
    """A small congress with the procedures of the tests."""
    with performance() as scene:
        yield scene
