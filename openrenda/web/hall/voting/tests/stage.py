"""A standing committee of four, its clerks, and votes in it."""

from __future__ import annotations

import base64
import json
from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from openrenda import docket
from openrenda.activities.vote.records import latest_ballot
from openrenda.ballots.box import Entry
from openrenda.ballots.device import Device
from openrenda.ballots.models import Ballot
from openrenda.docket.models import Matter
from openrenda.people.models import Group, GroupMembership
from openrenda.people.models.group import STANDING_COMMITTEE
from openrenda.people.testing import sit_down
from tests.cast import DEPUTIES, Cast

WHO = tuple(DEPUTIES)
QUESTION = {"title": "关于批准决算的决议", "kind": "question", "way": "named", "body": "standing_committee"}


def committee(cast: Cast, *who: str) -> Group:
    """Members of the standing committee: all deputies of the cast, or those named."""
    group = Group.objects.create(kind=STANDING_COMMITTEE, name="常务委员会", since=date(2022, 1, 10))
    for name in who or WHO:
        GroupMembership.objects.create(group=group, mandate=cast.mandates[name], since=date(2022, 1, 10))
    return group


def seat(cast: Cast, who: str) -> Client:
    """A browser in which somebody has signed in."""
    return sit_down(Client(), cast.seats[who])


def prepared(cast: Cast, **changes: Any) -> Matter:
    """A vote that waits to be opened."""
    return docket.open_matter("vote", "prepare", by=cast["office"], data={**QUESTION, **changes}).matter


def take(cast: Cast, matter: Matter, step: str, data: Any = None, who: str = "office") -> Any:
    """A step on the matter as it is now."""
    return docket.act(Matter.objects.get(pk=matter.pk), step, by=cast[who], data=data)


def opened(cast: Cast, *present: str, **changes: Any) -> Matter:
    """A vote that is open, with those who are there."""
    matter = prepared(cast, **changes)
    take(cast, matter, "open", {"present": [cast.mandates[who].pk for who in present or WHO]})
    return Matter.objects.get(pk=matter.pk)


def ballot_of(matter: Matter) -> Ballot:
    """Its last ballot."""
    found = latest_ballot(matter.pk)
    assert found is not None
    return found


def address(name: str, matter: Matter) -> str:
    """A page of the vote."""
    return reverse(f"voting:{name}", args=[matter.pk])


def take_by_web(cast: Cast, matter: Matter, who: str, device: Device | None = None) -> Device:
    """A voter takes her ballot as her browser does."""
    made = device or Device.fresh(ballot_of(matter).public_key)
    body = json.dumps({"blinded": base64.b64encode(made.blinded).decode()})
    answer = seat(cast, who).post(address("take", matter), body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    made.take(base64.b64decode(answer.json()["signature"]))
    return made


def cast_by_web(matter: Matter, device: Device, paper: str, client: Client | None = None, **more: Any) -> Any:
    """A ballot is cast as a browser does it."""
    ballot = ballot_of(matter)
    return send(matter, device.mark(str(ballot.pk), paper), client, **more)


def send(matter: Matter, entry: Entry, client: Client | None = None, **more: Any) -> Any:
    """An entry as it goes over the network."""
    ballot = ballot_of(matter)
    body = json.dumps({"key": entry.key, "signature": entry.signature, "seal": entry.seal, "paper": entry.paper})
    where = reverse("voting:cast", args=[ballot.congress_id, ballot.pk])
    return (client or Client()).post(where, body, content_type="text/plain", **more)
