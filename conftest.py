"""Shared by every test, wherever it lives."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

# Playwright keeps an event loop in the test's own thread, which Django takes for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


# One browser for the whole run: a second one in the same process would not start.
pytest_plugins = ["tests.browser"]


@pytest.fixture(scope="session", autouse=True)
def tables_that_can_be_emptied() -> Iterator[None]:
    """After a test with real transactions Django empties all tables, which the append-only ones would refuse."""
    from django.db.backends.base.operations import BaseDatabaseOperations

    from tests.append_only import flush_past_triggers

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", flush_past_triggers)
        yield


@pytest.fixture(autouse=True)
def spoken_to_in_chinese() -> Iterator[None]:
    """A page read in English leaves its language behind in the thread; the next test begins in Chinese."""
    from django.utils import translation

    yield
    translation.deactivate()
