"""The stage bar of a matter's page: when each stage was reached and how long it took, also those that only what hangs on it goes through."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.utils.translation import ngettext

from openrenda.docket.models import Matter
from openrenda.docket.situation import Situation
from openrenda.languages import said as _
from openrenda.moments import here

from .labels import days

if TYPE_CHECKING:
    from .matter_page import Relative

STAGES_OPTION = "option.stages"
ASSIGN_STAGE, HANDLE_STAGE = "assign", "handle"
FEW_STAGES = 4


def stage_keys(situation: Situation) -> list[tuple[str, str]]:
    """The stages as this congress counts them: with four, handing over is part of handling."""
    declared = list(situation.table.stages)
    keys = {key for key, _label in declared}
    if {ASSIGN_STAGE, HANDLE_STAGE} <= keys and situation.book.option(STAGES_OPTION) == FEW_STAGES:
        declared = [(key, label) for key, label in declared if key != ASSIGN_STAGE]
    return declared


def stages(situation: Situation, related: list[Relative]) -> list[dict[str, Any]]:
    """The stage bar: when each stage was reached, and the days spent in it. A stage that no state of the matter itself lies in
    (督) is shown when a matter that came of it goes through it."""
    beside = _beside(situation, related)
    declared = [(key, label) for key, label in stage_keys(situation) if key in beside or _own(situation, key)]
    keys = [key for key, _label in declared if key not in beside]
    return [
        beside[key] | {"label": _(label)} if key in beside else row
        for key, label, row in _bar(situation, declared, keys)
    ]


def _own(situation: Situation, stage: str) -> bool:
    return any(state.stage == stage for state in situation.table.states)


def _beside(situation: Situation, related: list[Relative]) -> dict[str, dict[str, Any]]:
    """The stages that only matters beside this one go through, from the first of them on."""
    found: dict[str, list[Matter]] = {}
    for row in related:
        stage = row.matter.state_now.stage
        if not row.came_from and row.kind and stage in dict(situation.table.stages) and not _own(situation, stage):
            found.setdefault(stage, []).append(row.matter)
    return {
        stage: {
            "date": min(matter.opened_on for matter in matters),
            "status": "done" if all(matter.closed_on for matter in matters) else "current",
            "note": ngettext("%(count)d 件", "%(count)d 件", len(matters)) % {"count": len(matters)},
        }
        for stage, matters in found.items()
    }


def _bar(
    situation: Situation, declared: list[tuple[str, str]], keys: list[str]
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    reached, spent = _stage_days(situation, keys)
    present = _stage(situation, situation.matter.state, keys)
    place = keys.index(present) if present in keys else -1
    for key, label in declared:
        number = keys.index(key) if key in keys else -1
        note = _("用时 %(days)s") % {"days": days(spent[key])} if key in reached else ""
        status = _stage_status(situation, number, place, key in reached)
        yield key, label, {"label": _(label), "date": reached.get(key), "status": status, "note": note}


def _stage(situation: Situation, state: str, keys: list[str]) -> str:
    stage = situation.table.state(state).stage
    return HANDLE_STAGE if stage == ASSIGN_STAGE and ASSIGN_STAGE not in keys else stage


def _stage_days(situation: Situation, keys: list[str]) -> tuple[dict[str, date], dict[str, int]]:
    reached: dict[str, date] = {}
    spent = dict.fromkeys(keys, 0)
    acts = situation.acts
    moments = [here(made.took_effect).date() for made in acts]
    moments.append(situation.matter.closed_on or situation.today)
    for made, (begun, ended) in zip(acts, pairwise(moments), strict=True):
        stage = _stage(situation, made.to_state, keys)
        if stage in spent:
            reached.setdefault(stage, begun)
            spent[stage] += max(0, (ended - begun).days)
    return reached, spent


def _stage_status(situation: Situation, number: int, place: int, reached: bool) -> str:
    if situation.state.final:
        return "done" if reached else "future"
    if number == place:
        due = situation.matter.due_on
        return "late" if due and due < situation.today else "current"
    return "done" if number < place else "future"
