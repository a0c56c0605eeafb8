"""The story told once for all tests of the demo's makers; nothing here touches a database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from openrenda.demo.cast import Cast, make_cast
from openrenda.demo.matters import Suggestion, make_suggestions
from openrenda.demo.plan import Plan, make_plans

SEED, TODAY = 20, date(2026, 11, 20)


@dataclass(frozen=True)
class Told:
    """One telling of the whole story."""

    cast: Cast
    suggestions: tuple[Suggestion, ...]
    plans: tuple[Plan, ...]


def tell(seed: int, today: date) -> Told:
    cast = make_cast(seed, today)
    suggestions = make_suggestions(cast)
    return Told(cast, suggestions, make_plans(cast, suggestions))


@pytest.fixture(scope="package")
def told() -> Told:
    return tell(SEED, TODAY)
