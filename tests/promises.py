"""Promises for tests: a reply that makes some, and what people type about them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from openrenda import docket
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import book_of
from openrenda.people.models import Mandate, Organ
from openrenda.procedures.commitment.records import Commitment
from openrenda.tenancy import current_congress_id
from openrenda.web.tests.stage import Way
from tests.cast import REPLY, Cast

REPORT = {"result": "护栏已经装好，街道一起验收。", "signed_word": "青石街道验收单，主任签字"}
SATISFIED = {"grade": "satisfied"}
DENIED = {"grade": "dissatisfied", "reasons": "护栏只装了一半。"}
INSPECTED = {
    "people": "代表工作委员会两人、社区居民三人",
    "finding": "现场察看，护栏完整。",
    "signed_word": "现场核查单",
}


def in_days(days: int) -> str:
    """A day from now on, as it is typed."""
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def a_reply(*promises: tuple[str, int]) -> dict[str, Any]:
    """A reply that promises: each with what, and in how many days."""
    scheme: Any = book_of(current_congress_id()).option("option.result_scheme")
    letter = next(row["letter"] for row in scheme if row["promise"])
    data = {**REPLY, "result_class": letter, "planned": "列入今年的计划。"}
    for row, (what, days) in enumerate(promises, 1):
        data |= {f"promise_{row}": what, f"promise_{row}_who": "设施科", f"promise_{row}_by": in_days(days)}
    return data


class Promised:
    """A suggestion answered with promises, and the first of them."""

    def __init__(self, cast: Cast, *promises: tuple[str, int], cosigners: tuple[str, ...] = (), **changes: Any) -> None:
        self.cast, self.way = cast, Way(cast, **changes)
        for who in cosigners:
            self.way.take("chen", "invite", {"deputies": [cast.mandates[who].pk]})
            self.way.take(who, "cosign", {"own_will": "on"})
        self.way.contacted()
        self.way.take("roads_clerk", "draft_reply", a_reply(*(promises or (("装好护栏", 60),))))
        self.way.take("roads_head", "sign_reply")
        self.pk = self.all()[0].pk

    def all(self) -> list[Matter]:
        """The promises, in the order in which they were written."""
        found = Matter.objects.filter(parent=self.way.pk, procedure="commitment")
        return sorted(found, key=lambda matter: (len(matter.number), matter.number))

    @property
    def matter(self) -> Matter:
        return Matter.objects.get(pk=self.pk)

    @property
    def record(self) -> Commitment:
        return Commitment.objects.get(matter=self.pk)

    @property
    def state(self) -> str:
        return str(self.matter.state)

    def take(self, who: str, step: str, data: Any = None) -> Act:
        """Somebody takes a step on the first promise."""
        return docket.act(self.matter, step, by=self.cast[who], data=data)

    def reported(self) -> Promised:
        """The organ says that it is kept."""
        self.take("roads_clerk", "report", {**REPORT, "kept_on": in_days(0)})
        return self

    def confirmed(self) -> Promised:
        """And the deputy agrees."""
        self.reported().take("chen", "confirm", SATISFIED)
        return self

    def postponed(self, days: int) -> Promised:
        """A later day, after the deputy was heard."""
        self.take("roads_office", "ask_postponement", {"due_on": in_days(days), "reason": "雨季不能施工。"})
        self.take("chen", "say_on_postponement", {"agrees": "yes"})
        self.take("office", "grant", {"due_on": in_days(days)})
        return self


def leaves(cast: Cast, *who: str) -> None:
    """Deputies leave office yesterday."""
    yesterday = timezone.localdate() - timedelta(days=1)
    Mandate.objects.filter(pk__in=[cast.mandates[one].pk for one in who]).update(
        until=yesterday, end_reason="resigned", end_basis="关于接受辞职的决定"
    )


def another_street(cast: Cast) -> Organ:
    """A second street of the congress."""
    return Organ.objects.create(code="street2", name="红岩街道", kind="street", since=cast.organs["street"].since)
