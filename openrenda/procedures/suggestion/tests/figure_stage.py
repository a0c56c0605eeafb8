"""A stage for the figures of suggestions: a few matters that wander about for months while the clock on the wall moves."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

import time_machine
from django.utils import timezone

from openrenda import docket
from openrenda.docket.actor import THE_CLOCK_SEAT, Actor
from openrenda.docket.models import Matter, OutboxEntry, Party
from openrenda.docket.offices import holds
from openrenda.docket.refusals import Refusal
from openrenda.figures import Period, in_year
from openrenda.people.models import Category
from tests.cast import CONTACT, REPLY, REVIEW, SUBMIT, assemble, draft

FIRST_DAY = date(2026, 1, 12)
YEAR = 2026
ACTORS = ("chen", "office", "street", "roads_office", "roads_clerk", "roads_head", "roads_chief", "parks_office", "parks_clerk",
          "parks_head", "parks_chief")  # fmt: skip
MOST_OPEN = 10
LIKELY = {"withdraw": 0.05, "to_reference": 0.05, "decline": 0.1, "request_extension": 0.2, "contact": 0.4, "return_draft": 0.1,
          "unmerge": 0.3, "assign": 0.3}  # fmt: skip
REASON = {"reason": "情况有变化。"}
CLASSES = ("A", "B", "C")


class Wanderers:
    """Matters under way, the day, and who acts. Every choice comes from the seed."""

    def __init__(self, seed: int, wall: time_machine.Coordinates) -> None:
        self.pick, self.wall = Random(seed), wall
        self.cast = assemble(f"9905{seed:02}")
        self.day = FIRST_DAY
        self.taken: set[str] = set()

    def pass_days(self, days: int) -> None:
        """Time goes by."""
        self.day += timedelta(days=days)
        self.wall.move_to(timezone.make_aware(datetime.combine(self.day, time(9, 0))))

    def raise_one(self, **changes: Any) -> Matter:
        """A suggestion is raised and received."""
        if self.pick.random() < 0.5:
            changes.setdefault("category", Category.objects.get(code="01").pk)
        matter = docket.open_matter("suggestion", "propose", by=self.cast["chen"], data=draft(**changes)).matter
        for who, step, data in (
            ("chen", "submit_to_street", SUBMIT), ("street", "street_pass", REVIEW), ("office", "district_pass", REVIEW),
        ):  # fmt: skip
            docket.act(matter, step, by=self.cast[who], data=data)
        return matter

    def wander(self) -> str:
        """Somebody takes some step on some matter; nothing, when the law forbids it."""
        matter = self.pick.choice(
            list(Matter.objects.filter(procedure="suggestion").order_by("closed_on", "id")[:MOST_OPEN])
        )
        steps = [step for step in matter.table.steps_from(matter.state) if step.key in STEPS]
        steps = [step for step in steps if self.pick.random() < LIKELY.get(step.key, 1)]
        if not steps:
            return ""
        step = self.pick.choice(steps)
        parties = list(Party.objects.filter(matter=matter, until=None))
        for actor in [self.cast[who] for who in ACTORS]:
            if any(holds(office, actor, parties) for office in step.offices):
                try:
                    docket.act(matter, step.key, by=actor, data=STEPS[step.key](self, matter))
                except Refusal:
                    continue
                self.taken.add(step.key)
                return step.key
        return self._by_the_clock(matter, step.key)

    def _by_the_clock(self, matter: Matter, step: str) -> str:
        if step not in ("fall_silent", "stay_silent"):
            return ""
        OutboxEntry.objects.create(
            matter=matter, kind="reminder", detail={"clock": "feedback"}, created_at=timezone.now()
        )
        clock = Actor(account=None, congress=self.cast.congress.pk, seat=THE_CLOCK_SEAT, name="期限届满")
        docket.act(matter, step, by=clock)
        return step

    def organ(self) -> Any:
        """One of the two organs."""
        return self.cast.organs[self.pick.choice(("roads", "parks"))].pk

    def main(self, matter: Matter) -> Any:
        """Some other suggestion."""
        others = (
            Matter.objects.filter(procedure="suggestion", parent=None, closed_on=None)
            .exclude(pk=matter.pk)
            .order_by("id")
        )
        return self.pick.choice(list(others)).pk if others else matter.pk

    def reply(self) -> dict[str, Any]:
        """A reply of some class."""
        letter = self.pick.choice(CLASSES)
        promise = (
            {"promises": f"修一段人行道\t养护科\t{self.day + timedelta(days=60):%Y-%m-%d}"} if letter == "B" else {}
        )
        return {**REPLY, "result_class": letter, "planned": "列入计划", "cannot": "条件不足", **promise}

    def verdict(self, result: str) -> dict[str, str]:
        """A judgement."""
        attitude = self.pick.choice(("satisfied", "basically", "dissatisfied"))
        return {"attitude": attitude, "result": result, "reasons": "理由如下。"}


def _good(walk: Wanderers, matter: Matter) -> dict[str, str]:
    return walk.verdict(walk.pick.choice(("satisfied", "basically")))


def _bad(walk: Wanderers, matter: Matter) -> dict[str, str]:
    return walk.verdict("dissatisfied")


def _reason(walk: Wanderers, matter: Matter) -> dict[str, str]:
    return REASON


def _contact(walk: Wanderers, matter: Matter) -> dict[str, str]:
    return {**CONTACT, "way": walk.pick.choice(("visit", "phone")), "held_on": walk.day.isoformat()}


def _meeting(walk: Wanderers, matter: Matter) -> dict[str, str]:
    return {"held_on": walk.day.isoformat(), "people": "双方", "conclusion": "列入计划"}


STEPS: dict[str, Any] = {
    **dict.fromkeys(("withdraw", "decline", "refuse_decline", "to_reference", "request_extension", "grant_extension", "extend",
                     "refuse_extension", "return_draft", "unmerge", "withhold"), _reason),
    **dict.fromkeys(("sign_for", "sign_reply", "sign_second_reply", "publish", "fall_silent", "stay_silent"), lambda w, m: None),
    **dict.fromkeys(("assign", "reassign"), lambda walk, matter: {"organ": walk.organ()}),
    "assign_separately": lambda walk, matter: {"organs": [walk.cast.organs[code].pk for code in ("roads", "parks")]},
    "merge": lambda walk, matter: {"main": walk.main(matter)},
    "contact": _contact,
    **dict.fromkeys(("draft_reply", "draft_second_reply"), lambda walk, matter: walk.reply()),
    **dict.fromkeys(("judge", "judge_late", "judge_second"), _good),
    **dict.fromkeys(("reject", "reject_second"), _bad),
    "record_meeting": _meeting,
}  # fmt: skip


def as_of(day: date) -> Period:
    """The year, as known on the day."""
    return in_year(YEAR, day)
