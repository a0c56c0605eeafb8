"""A poll needs an answered suggestion and enough deputies."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from django.utils import timezone

from openrenda import docket
from openrenda.docket.models import Matter
from openrenda.docket.situation import Situation
from openrenda.people.models import Mandate
from openrenda.procedures.satisfaction_poll.records import SatisfactionPoll
from openrenda.procedures.subjects import answered
from openrenda.web.tests.stage import Way
from tests.cast import CONTACT, REPLY, Cast

from . import Answers

SUGGESTIONS = 6


def some_answered(cast: Cast) -> None:
    """Suggestions that the department of roads has answered, for everything that evaluates them."""
    day = timezone.localdate().isoformat()
    for number in range(max(0, SUGGESTIONS - answered().count())):
        way = Way(cast, title=f"关于第{number + 1}条路的建议").handling()
        way.take("roads_clerk", "contact", {**CONTACT, "held_on": day})
        way.take("roads_clerk", "draft_reply", REPLY)
        way.take("roads_head", "sign_reply")


def people(cast: Cast) -> None:
    """One poll by hand to its second round: by chance five deputies seldom rate in one poll, and badly."""
    some_answered(cast)
    deputies = [who for who, actor in cast.actors.items() if actor.seat == "deputy"]
    holders = {who: next(iter(cast[who].holders)) for who in deputies}
    today = timezone.localdate()
    data = {"subject": answered().first().pk, "deputies": list(holders.values()), "closes_on": today.isoformat()}  # type: ignore[union-attr]
    opened = docket.open_matter("satisfaction-poll", "open", by=cast["office"], data=data).matter
    for who, holder in holders.items():
        mine = Matter.objects.get(parent=opened, parties__holder=holder)
        for step in ("rate", "change"):
            docket.act(mine, step, by=cast[who], data={"grade": "dissatisfied"})
    docket.run_clocks(cast.congress.pk, today + timedelta(days=1))
    task = Matter.objects.get(parent=opened, procedure="rectification")
    docket.act(task, "report", by=cast["roads_clerk"], data={"done": "已经整改。", "proof": "现场照片。"})
    docket.act(task, "accept", by=cast["office"], data={"checked": "属实。"})


def poll(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any] | None:
    """One that was not polled, by everybody."""
    free = list(answered().exclude(pk__in=SatisfactionPoll.objects.values("subject")).values_list("pk", flat=True))
    able = list(Mandate.objects.able_on(situation.today).values_list("pk", flat=True))
    closes = situation.today + timedelta(days=10)
    return {"subject": pick.choice(free), "deputies": able, "closes_on": closes.isoformat()} if free else None


def onsite(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """A visit."""
    return {"satisfied": pick.randint(0, 9), "dissatisfied": pick.randint(0, 9)}


EXAMPLES: dict[str, Answers] = {"open": poll, "ask_residents": onsite}
