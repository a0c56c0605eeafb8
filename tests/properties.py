"""How many examples a property is tried with when each sets a stage of its own: a part of what the profile says."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

PART = 4


def few_examples() -> settings:
    """For properties of what is in the database: fewer examples, and one stage for all of them."""
    return settings(
        max_examples=settings().max_examples // PART, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
