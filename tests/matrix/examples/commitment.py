"""What people type about a promise. Now and then everybody who signed has left office before she is asked."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from openrenda.docket.models import Act
from openrenda.docket.situation import Situation
from openrenda.people.models import Mandate
from tests.cast import Cast

from . import Answers

LEFT = 0.3
RESIGNED = "辞职的决定"


def all_in_office() -> None:
    """Whoever left for an earlier promise sits again: a walk has few deputies."""
    Mandate.objects.filter(end_basis=RESIGNED).update(until=None, end_reason="", end_basis="")


def report(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Kept, with a signed word; the first time, and now and then, nobody is left to judge."""
    all_in_office()
    if pick.random() < LEFT or not Act.objects.filter(procedure="commitment", step="pass_to_office").exists():
        signed = [party.holder for role in ("sponsor", "cosigner") for party in situation.holders(role)]
        yesterday = situation.today - timedelta(days=1)
        Mandate.objects.filter(pk__in=signed, until=None, since__lt=yesterday).update(
            until=yesterday, end_reason="resigned", end_basis=RESIGNED
        )
    return {"result": "已经完成。", "signed_word": "社区签字验收单"}


def later(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """A day after the one that holds, and not behind us."""
    day = max(situation.record.due_on, situation.today) + timedelta(days=pick.randint(1, 90))
    return {"due_on": day.isoformat()}


def with_reasons(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Whatever the grade, the reasons are given."""
    return {"reasons": "只做了一半。"}


EXAMPLES: dict[str, Answers] = {
    "report": report,
    **dict.fromkeys(("ask_postponement", "grant", "grant_as_deputy"), later),
    **dict.fromkeys(("deny", "receipt"), with_reasons),
}
