"""What the steps of a round write, and the projects that follow them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from openrenda.docket.language import Taking
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.languages import in_chinese
from openrenda.people.models import Congress

from .. import livelihood
from .forms import title_of


def call(situation: Situation, act: Act) -> None:
    """Whose vote it is, for which year; everybody may read it from the day on which it opens."""
    data = situation.data
    body, opens_on = Congress.objects.get(pk=data["body"]), date.fromisoformat(data["opens_on"])
    for holder in situation.actor.holders:
        situation.add_party("organiser", holder, livelihood.body_of(situation.actor))
    situation.note(year=data["year"], tier=data["tier"], level=body.level, body=body.name, opens_on=opens_on)
    tier = situation.record.tier_words(situation.book)
    situation.matter.title = in_chinese(title_of(data["year"], body.name, tier))[:500]
    situation.matter.public_since = opens_on
    _dated(situation)


def change(situation: Situation, act: Act) -> None:
    """Another text or day; the clock runs to the new one."""
    _dated(situation)


def _dated(situation: Situation) -> None:
    data = situation.data
    situation.note(
        text=data["text"], closes_on=date.fromisoformat(data["closes_on"]), places=data.get("places"),
        reach=data.get("reach", ""), short_reason=data.get("short_reason", ""),
    )  # fmt: skip


def submit(situation: Situation, act: Act) -> None:
    """The list goes to the standing committee."""
    situation.note(submitted_on=situation.today)


def listed(situation: Situation) -> Iterable[Taking]:
    """Each project of the list waits for the standing committee."""
    return [Taking(UUID(pk), "list", {}) for pk in situation.data["projects"]]


def _each(situation: Situation, state: str, step: str) -> list[Taking]:
    rows = Matter.objects.filter(
        procedure=livelihood.PROJECT, state=state, livelihood_project__round=situation.matter.pk
    )
    return [Taking(pk, step, {}) for pk in rows.order_by("opened_on", "id").values_list("pk", flat=True)]


def unlisted(situation: Situation) -> Iterable[Taking]:
    """They are candidates again."""
    return _each(situation, "listed", "unlist")


def deliberate(situation: Situation, act: Act) -> None:
    """What the standing committee said (LIV-05)."""
    data = situation.data
    situation.note(
        deliberated_on=date.fromisoformat(data["held_on"]), deliberated_at=data["meeting"], deliberation=data["opinion"]
    )


def put_on_ballot(situation: Situation) -> Iterable[Taking]:
    """Every project of the list stands on the ballot."""
    return _each(situation, "listed", "put_on_ballot")


def voted(situation: Situation, act: Act) -> None:
    """The sentence of the vote, and the vote itself."""
    data = situation.data
    vote = UUID(data["vote"]) if data.get("vote") else None
    situation.note(vote_sentence=data.get("sentence", ""), vote=vote, voted_on=situation.today)


def publish(situation: Situation, act: Act) -> None:
    """The list is open to all from today."""
    situation.note(summary=situation.data.get("summary", ""), published_on=situation.today)
    if situation.record.voted_on is None:
        on = situation.matter.livelihood_projects.exclude(voted_on=None).order_by("-voted_on")
        situation.note(voted_on=on.values_list("voted_on", flat=True).first())


def handed_over(situation: Situation) -> Iterable[Taking]:
    """What was chosen is carried out, the rest is not."""
    rows = situation.matter.livelihood_projects.filter(matter__state=livelihood.VOTED).order_by(
        "matter__opened_on", "id"
    )
    return [_result(row) for row in rows]


def _result(row: Any) -> Taking:
    return Taking(row.matter_id, *(("begin", {"deadline": row.deadline}) if row.chosen else ("fall_out", {})))


def settled(situation: Situation) -> Iterable[Taking]:
    """The chosen ones are carried out without a vote."""
    rows = situation.matter.livelihood_projects.filter(matter__in=situation.data["projects"])
    words = {"basis": situation.data["basis"]}
    return [Taking(row.matter_id, "settle", {"deadline": row.deadline, **words}) for row in rows.order_by("id")]


def cancel(situation: Situation, act: Act) -> None:
    """The page stays and says why."""
    situation.note(called_off=situation.data["reason"])
