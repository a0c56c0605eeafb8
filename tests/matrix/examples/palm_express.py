"""A resident who writes, and one of her own messages that is seen to."""

from __future__ import annotations

from random import Random
from typing import Any
from uuid import uuid4

from openrenda.docket.actor import the_public
from openrenda.docket.situation import Situation
from tests.cast import Cast

from . import Answers


def written(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """To a deputy of the cast, who sits there."""
    return {"text": "想跟代表说说路口的事。", "deputy": cast.mandates["chen"].pk}


def people(cast: Cast) -> None:
    """Somebody without an account."""
    cast.actors.setdefault("resident", the_public(cast.congress.pk, uuid4()))


EXAMPLES: dict[str, Answers] = {"write": written}
