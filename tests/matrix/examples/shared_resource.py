"""Another street that offers things, beside the cast's own."""

from __future__ import annotations

from openrenda.people.models import Organ
from tests.cast import BEGAN, Cast, _sit

from . import Answers

EXAMPLES: dict[str, Answers] = {}


def people(cast: Cast) -> None:
    """Whoever reviews there."""
    organ, made = Organ.objects.get_or_create(
        code="S901", defaults={"name": "白石街道", "kind": "street", "since": BEGAN}
    )
    if made:
        _sit(cast, "other_street", "street_reviewer", "organ", organ.pk, "白石街道人大工委")
