"""The cast without a way out, and a real server on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from openrenda.tenancy import congress_scope
from tests.cast import Cast, assemble

from .receiving import Receiver


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.OPENRENDA_PRIVATE_NETWORKS = ["127.0.0.0/8", "::1/128"]
    server = Receiver()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def cast(db: None, settings: Any) -> Iterator[Cast]:
    settings.OPENRENDA_CHANNELS = []
    people = assemble()
    with congress_scope(people.congress):
        yield people
