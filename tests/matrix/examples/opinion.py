"""A resident of the cast, and what cannot be any valid answer."""

from __future__ import annotations

from random import Random
from typing import Any
from uuid import uuid4

from openrenda import docket
from openrenda.docket.actor import the_public
from openrenda.docket.models import Matter
from openrenda.docket.situation import Situation
from openrenda.web.portal.tests.stage import published
from tests.cast import Cast

from . import Answers
from .livelihood_proposal import a_round

TEXT = "小区门口的路灯坏了，晚上老人出门看不见路。"


def said(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Words, a way, the street of the cast, and a number to call."""
    street = cast.organs["street"].pk if pick.random() < 0.5 else None
    return {"text": TEXT, "channel": "portal", "phone": "13800138000", "name": "王", "street": street, "station": None,
            "grid": None, "deputy": cast.mandates["chen"].pk, "longitude": None, "latitude": None}  # fmt: skip


def entered(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """The same heard at a station."""
    return {**said(situation, pick, cast), "channel": "walk_in", "heard_on": situation.today.isoformat()}


def joined(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """About whatever is public."""
    found = Matter.objects.filter(procedure="suggestion", public_since__lte=situation.today, confidential=False).first()
    public = found or published(cast)
    return {**said(situation, pick, cast), "matter": public.pk}


def to_the_city(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Any nature; of any level, the city's now and then."""
    level = pick.choice(["station", "street", "district", "city"])
    return {"nature": pick.choice(["trouble", "idea", "danger"]), "level": level}


def answered(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """An answer that may go another way than the rules."""
    return {"answer": "已经修好。", "result": "solved", "off_rule": "就地解决"}


def off_rule(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """With a reason for going another way than the rules."""
    return {"off_rule": "情况特殊", "ticket": "JL-1"}


def handed(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """To the roads department."""
    return {"organ": cast.organs["roads"].pk, "off_rule": "情况特殊"}


def topic(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """A reception day on which it is taken up."""
    found = Matter.objects.filter(procedure="reception-day", state="arranged").first()
    if found is None:
        day = {"held_on": situation.today.isoformat(), "place": "青石街道联络站", "places": 6}
        found = docket.open_matter("reception-day", "arrange", by=cast["office"], data=day).matter
    return {"topic": found.pk}


WAY = {
    "learn_outcome": ("raise_suggestion",), "go_on_without": ("raise_suggestion",), "learn_solved": ("find_problem",),
    "go_on_unsolved": ("find_problem",), "topic_over": ("make_topic",),
}  # fmt: skip


def as_livelihood(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """For a round that collects."""
    return {"round": a_round(situation, cast).pk, "place": "青石小区"}


EXAMPLES: dict[str, Answers] = {
    "say": said, "say_slowly": said, "enter": entered, "join": joined, "sort": to_the_city, "answer": answered, "reply": answered,
    "hotline_answer": answered, "upper_answer": answered, "tell_outcome": answered, "to_hotline": off_rule, "send_up": off_rule,
    "hand": handed, "make_topic": topic, "add_topic": topic, "to_livelihood": as_livelihood,
}  # fmt: skip


def people(cast: Cast) -> None:
    """Somebody without an account."""
    cast.actors["resident"] = the_public(cast.congress.pk, uuid4())
