"""The interval of a rate holds it, stays within bounds, and grows narrow as there is more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from openrenda.figures.rates import wilson


def test_known_values() -> None:
    """Three of three is not certain; 132 of 157."""
    assert wilson(3, 3) == pytest.approx((43.85, 100), abs=0.01)
    assert wilson(132, 157) == pytest.approx((77.55, 88.97), abs=0.02)
    assert wilson(0, 0) is None


@given(some.integers(1, 5000), some.data())
def test_it_holds_the_share_and_stays_within_bounds(whole: int, data: some.DataObject) -> None:
    part = data.draw(some.integers(0, whole))
    found = wilson(part, whole)
    assert found is not None
    low, high = found
    assert 0 <= low <= 100 * part / whole + 1e-9
    assert 100 * part / whole - 1e-9 <= high <= 100
    wider = wilson(part * 10, whole * 10)
    assert wider is not None
    assert wider[1] - wider[0] < high - low


def test_a_part_outside_its_whole_is_refused() -> None:
    with pytest.raises(ValueError, match="5 of 3"):
        wilson(5, 3)
