"""Sets the stage for the page tests: the cast in its seats, and suggestions brought to any point of their way."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client
from django.utils import timezone

from openrenda import docket
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import book_of
from openrenda.people.models import Account, Membership, Seat
from openrenda.people.testing import sit_down
from tests.cast import BEGAN, CONTACT, REPLY, REVIEW, SUBMIT, Cast, draft

HIDDEN = re.compile(r'name="(seen|key|draft)" value="([^"]*)"')


def seat(cast: Cast, who: str, **options: Any) -> Client:
    """A client that sits in somebody's seat."""
    account = cast.seats[who].account
    account.must_change_password = False
    account.save(update_fields=["must_change_password"])
    return sit_down(Client(**options), cast.seats[who])


def second_clerk(cast: Cast, **options: Any) -> Client:
    """A client of another clerk in the department of roads."""
    account = Account.objects.create(login="second-clerk", name="经办人乙", must_change_password=False)
    Membership.objects.create(account=account, congress=cast.congress)
    row = Seat.objects.create(
        account=account, key="organ_clerk", holder_kind="organ", holder=cast.organs["roads"].pk, since=BEGAN
    )
    return sit_down(Client(**options), row)


def hidden(answer: Any) -> dict[str, str]:
    """The hidden fields that a form carries: version, key, draft."""
    return dict(HIDDEN.findall(answer.content.decode()))


def text(answer: Any) -> str:
    """The page as text."""
    return str(answer.content.decode())


def address(matter: Matter, step: str = "") -> str:
    """The address of a matter, or of one of its steps."""
    return f"/matters/{matter.pk}/{step}/" if step else f"/matters/{matter.pk}/"


class Way:
    """A suggestion on its way: each method takes the steps up to a point."""

    def __init__(self, cast: Cast, **changes: Any) -> None:
        self.cast = cast
        self.pk = docket.open_matter("suggestion", "propose", by=cast["chen"], data=draft(**changes)).matter_id

    @property
    def matter(self) -> Matter:
        return Matter.objects.get(pk=self.pk)

    def take(self, who: str, step: str, data: Any = None) -> Act:
        return docket.act(self.matter, step, by=self.cast[who], data=data)

    def submitted(self) -> Way:
        kinds: Any = book_of(self.cast.congress.pk).option("option.not_allowed")
        ticks = {f"not_{kind['key']}": "on" for kind in kinds}
        self.take("chen", "submit_to_street", {"one_matter": SUBMIT["one_matter"], **ticks})
        return self

    def received(self) -> Way:
        self.submitted()
        self.take("street", "street_pass", REVIEW)
        self.take("office", "district_pass", REVIEW)
        return self

    def handling(self) -> Way:
        self.received()
        self.take("office", "assign", {"organ": self.cast.organs["roads"].pk})
        self.take("roads_clerk", "sign_for")
        return self

    def contacted(self) -> Way:
        self.handling()
        self.take("roads_clerk", "contact", {**CONTACT, "held_on": timezone.localdate().isoformat()})
        return self

    def drafted(self) -> Way:
        self.contacted()
        self.take("roads_clerk", "draft_reply", REPLY)
        return self

    def replied(self) -> Way:
        self.drafted()
        self.take("roads_head", "sign_reply")
        return self

    def judged(self) -> Way:
        self.replied()
        self.take("chen", "judge", {"attitude": "satisfied", "result": "satisfied"})
        return self
