"""F04, LIV-11: what changes a project that is carried out, stops it or carries it over goes back to the standing committee."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from openrenda.docket.models import Matter, RunningClock
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.web.portal import codes
from openrenda.web.tests.stage import text
from tests.cast import Cast

from .conftest import Wall
from .livelihood import record, under_way
from .residents import this_year
from .stage import take


def at(project: Matter) -> str:
    """The public address of a project."""
    return f"/c/990701/livelihood/{codes.code_of(project.pk)}/"


def today() -> str:
    """Today, as typed."""
    return timezone.localdate().isoformat()


def asked(cast: Cast, project: Matter, **more: Any) -> None:
    """The organ asks for a change."""
    take(cast, project, "roads_clerk", "ask_change", {"reason": "管线迁改", **more})


DECIDED = {"meeting": "第五届人大常委会第十五次会议", "opinion": "同意。"}


def test_f04_liv_11_a_change_goes_back_to_the_standing_committee_alone(cast: Cast, wall: Wall) -> None:
    """LIV-11: what was asked holds once it was agreed; what was planned first stays in sight."""
    project = under_way(cast, wall)[0]
    asked(cast, project, wish="adjust", yuan="26000000", deadline="2099-06-30", milestones="2026-09-30 完成招标")
    assert record(project).fen == 2_500_000_050
    for step in ("stop", "carry_over"):
        with pytest.raises(Refused):
            take(cast, project, "office", step, {"held_on": today(), **DECIDED})
    with pytest.raises(Refused):
        take(cast, project, "government", "adjust", {"held_on": today(), **DECIDED})
    take(cast, project, "office", "adjust", {"held_on": today(), **DECIDED})
    row = record(project)
    assert (row.fen, row.deadline, row.first_deadline) == (2_600_000_000, date(2099, 6, 30), date(2099, 12, 31))
    first = row.milestones[0]
    assert (first.planned_on, first.first_planned_on) == (date(2026, 9, 30), date(2026, 6, 30))
    assert RunningClock.objects.get(matter=project, key="finish", stopped_on=None).due_on == date(2099, 6, 30)


def test_f04_liv_11_a_refused_change_leaves_everything_as_it_was(cast: Cast, wall: Wall) -> None:
    """LIV-11: asking wins no time."""
    project = under_way(cast, wall)[0]
    asked(cast, project, wish="stop")
    take(cast, project, "office", "refuse_change", {"held_on": today(), **DECIDED})
    assert RunningClock.objects.get(matter=project, key="finish", stopped_on=None).due_on == date(2099, 12, 31)
    asked(cast, project, wish="stop")
    take(cast, project, "office", "stop", {"held_on": today(), **DECIDED})
    assert record(project).matter.state == "stopped"
    assert this_year("livelihood_stopped").part == 1


def test_f04_a_project_is_carried_over_to_the_next_year_in_the_same_file(
    cast: Cast, client: Client, wall: Wall
) -> None:
    """LIV-11: into a later year alone; the page says so."""
    project = under_way(cast, wall)[0]
    with pytest.raises(Incomplete):
        asked(cast, project, wish="carry_over", deadline="2027-12-31")
    asked(cast, project, wish="carry_over", deadline="2028-06-30")
    take(cast, project, "office", "carry_over", {"held_on": today(), **DECIDED})
    assert (record(project).carried_to, record(project).matter.state) == (2028, "under_way")
    assert "结转到2028年" in text(client.get(at(project)))
    assert this_year("livelihood_carried_over").part == 1
