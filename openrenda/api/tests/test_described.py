"""What the OpenAPI description says is what the API does: random requests, in process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from openrenda import docket
from openrenda.api.service import api
from openrenda.tenancy import congress_scope
from tests.cast import Cast, draft

from .conftest import System, system_of

ADDRESSES = [(path, method) for path, methods in api.get_openapi_schema()["paths"].items() for method in methods]
QUICK = settings(
    max_examples=8, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)  # fmt: skip


@pytest.fixture
def same_connection() -> Iterator[None]:
    """A server closes its connections between requests; the test's own transaction must stay open, as with Django's client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def described(db: None, same_connection: None) -> Any:
    """The description, as any system reads it: without a token."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@pytest.fixture
def office(cast: Cast) -> System:
    """A system in the deputies' office, in a congress with something to see."""
    with congress_scope(cast.congress):
        docket.open_matter("suggestion", "propose", by=cast["chen"], data=draft())
    return system_of(cast, "office")


@pytest.mark.slow
@pytest.mark.parametrize(("path", "method"), ADDRESSES)
def test_every_answer_is_described(described: Any, office: System, path: str, method: str) -> None:
    @QUICK
    @given(case=described[path][method.upper()].as_strategy())
    def answers(case: schemathesis.Case) -> None:
        # A rule of the congress may refuse what has the right shape.
        case.call_and_validate(headers=office.headers(), excluded_checks=[positive_data_acceptance])

    answers()


def test_the_description_is_openapi_3_1_and_names_every_operation() -> None:
    description = api.get_openapi_schema()
    names = [operation["operationId"] for methods in description["paths"].values() for operation in methods.values()]
    assert description["openapi"].startswith("3.1")
    assert len(names) == len(set(names))
    assert {"matters", "matter", "acts", "take_step", "open_matter", "inbox", "procedures", "figures"} <= set(names)
