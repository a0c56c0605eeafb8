from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client

from openrenda.api.tokens import make
from openrenda.tenancy import congress_scope
from tests.cast import Cast, assemble


@dataclass
class System:
    """Another system, with a token that sits in somebody's seat."""

    token: str
    client: Client = field(default_factory=Client)
    sent: int = 0

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"/api/v1{path}", query, headers=self.headers())

    def post(self, path: str, body: Any, key: str = "") -> Any:
        self.sent += 1
        headers = {**self.headers(), "Idempotency-Key": key or f"request-{id(self)}-{self.sent}"}
        return self.client.post(f"/api/v1{path}", json.dumps(body), content_type="application/json", headers=headers)

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


def system_of(cast: Cast, who: str, *scopes: str) -> System:
    """A system in somebody's seat."""
    with congress_scope(cast.congress):
        return System(make(cast.seats[who], f"{who}的系统", list(scopes or ("read", "act")))[0])


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()
