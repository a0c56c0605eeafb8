"""What several mechanisms need: the matter page as somebody sees it, and the sentences on it."""

from __future__ import annotations

from typing import Any

from openrenda import docket
from openrenda.docket.models import Matter
from openrenda.docket.situation import Situation
from openrenda.web import matter_page
from openrenda.web.tests.stage import Way
from tests.cast import CONTACT, REPLY, Cast


def take(cast: Cast, matter: Matter, who: str, step: str, data: Any = None) -> Any:
    """Somebody takes a step on the matter as it is now."""
    return docket.act(Matter.objects.get(pk=matter.pk), step, by=cast[who], data=data)


def page(cast: Cast, matter: Matter, who: str) -> dict[str, Any]:
    """What the page of the matter shows to somebody."""
    return matter_page.page(Situation(Matter.objects.get(pk=matter.pk), cast[who]))


def chain(cast: Cast, matter: Matter, who: str) -> set[tuple[str, str]]:
    """Where the matter came from and what came of it, as somebody sees it: relation and address."""
    return {(str(link["relation"]), link["url"]) for link in page(cast, matter, who)["chain_links"]}


def replied(way: Way, day: str) -> Way:
    """Contacted, drafted and signed on a day."""
    way.take("roads_clerk", "contact", {**CONTACT, "held_on": day})
    way.take("roads_clerk", "draft_reply", REPLY)
    way.take("roads_head", "sign_reply")
    return way
