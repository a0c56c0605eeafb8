"""Shared by every test, wherever it lives."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.template import TEMPLATE, copied

# A run is dozens of processes: what one of them compiled the next need not compile again, whatever the machine's habit is.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Playwright keeps an event loop in the test's own thread, which Django takes for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


# One browser for the whole run: a second one in the same process would not start.
pytest_plugins = ["tests.browser"]


# How many examples a property is tried with; what sets a stage for each example takes a part of them (``few_examples``).
settings.register_profile("quick", max_examples=20, deadline=None)
settings.register_profile("at-length", max_examples=200, deadline=None)
settings.load_profile("quick")
DATABASE_FIXTURES = frozenset({"django_db_setup", "databases"})


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks for a database is marked so: the rest says the same whichever database there is."""
    for item in items:
        if item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """A test database begins as a copy of the run's own, if there is one."""
    from django.conf import settings as django

    copied(django.DATABASES["default"])


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest) -> bool:
    """A copied file is there already, and goes with the folder it is in."""
    from django.db import connection

    return bool(os.environ.get(TEMPLATE) and connection.vendor == "sqlite") or bool(request.config.getvalue("reuse_db"))


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
