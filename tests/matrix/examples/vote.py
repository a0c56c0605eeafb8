"""A vote of four members, by name: what is put to it, who is there, and what two tellers count."""

from __future__ import annotations

from random import Random
from typing import Any

from openrenda.activities.vote.records import latest_ballot
from openrenda.ballots.models import HANDS, ON_PAPER, WITH_SHEETS, CountSheet, RollEntry
from openrenda.docket.situation import Situation
from openrenda.people.models import Mandate
from tests.cast import Cast

from . import Answers

WAYS = ("named", "hands", "paper", "hybrid")


def people(cast: Cast) -> None:
    """The deputies of the cast are the congress; nobody else is needed."""


def prepare(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Names, one by one, in any way."""
    way = pick.choice(WAYS)
    return {"title": "人事任免", "kind": "appointments", "way": way, "body": "congress", "options": "张三\n李四", "together": "", "removal": "",
            "straw": "", "subject": "", "sitting": "", "places": ""}  # fmt: skip


def everybody(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """All deputies are there."""
    present = list(Mandate.objects.able_on(situation.today).values_list("pk", flat=True))
    return {"present": present, "minutes": 5}


def paper(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any] | None:
    """One more who has no ballot yet."""
    free = (
        RollEntry.objects.filter(ballot=latest_ballot(situation.matter.pk), taken=False).exclude(way=ON_PAPER).first()
    )
    return {"voters": [free.pk]} if free else None


def sheet(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any] | None:
    """As the other teller counted."""
    ballot = latest_ballot(situation.matter.pk)
    if ballot is None or situation.record.way not in WITH_SHEETS:
        return None
    counts = {f"mark_{row}_{mark}": 0 for row in range(2) for mark in ("approve", "against", "abstain")}
    return counts if ballot.way == HANDS else {**counts, "issued": 0, "returned": 0, "void": 0, "write_ins": ""}


def option(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any] | None:
    """The first that stands; not while sheets are out, which have a line for each."""
    standing = [row["label"] for row in situation.record.options if not row.get("withdrawn")]
    if len(standing) < 2 or CountSheet.objects.filter(ballot__matter=situation.matter.pk).exists():
        return None
    return {"option": standing[0], "reason": "退出"}


def void(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """With or without another vote."""
    return {"decided_by": "主任", "reason": "设备故障", "repeat": pick.choice(("yes", "no"))}


EXAMPLES: dict[str, Answers] = {
    "prepare": prepare, "change": prepare, "open": everybody, "trial_open": everybody, "give_paper": paper, "teller_one": sheet,
    "teller_two": sheet, "withdraw_option": option, "void": void,
}  # fmt: skip
