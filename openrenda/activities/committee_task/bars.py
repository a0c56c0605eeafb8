"""What stands against a step of a joint task. Two activities at one unit in a week are none of it: of them the form only warns."""

from __future__ import annotations

from django.utils.translation import gettext

from openrenda.docket.situation import Situation

from ..joint import CommitteeDay, CommitteePart, CommitteeWork


def planned(situation: Situation) -> list[CommitteeDay]:
    """The activities of which nothing was recorded yet, in the order of their days."""
    rows = [row for row in situation.rows(CommitteeDay) if not row.outcome]
    return sorted(rows, key=lambda row: (row.held_on, row.starts_at, row.pk))


def due(situation: Situation) -> list[CommitteeDay]:
    """Those whose day has come."""
    return [row for row in planned(situation) if row.held_on <= situation.today]


def running(situation: Situation) -> list[CommitteePart]:
    """The parts as they are divided now, the lead's first."""
    rows = [row for row in situation.rows(CommitteePart) if row.until is None]
    return sorted(rows, key=lambda row: (not row.leads, row.pk))


def nothing_planned(situation: Situation) -> str | None:
    """There is an activity to come."""
    return None if planned(situation) else gettext("没有安排好的活动。")


def nothing_due(situation: Situation) -> str | None:
    """The day of an activity has come."""
    return None if due(situation) else gettext("没有到了日期、等待登记的活动。")


def still_planned(situation: Situation) -> str | None:
    """Every activity was recorded or called off."""
    rows = planned(situation)
    if not rows:
        return None
    told = {"what": rows[0].what, "count": len(rows)}
    return gettext("“%(what)s”等%(count)d次活动还没有登记情况，也没有取消。") % told


def assistance_unrecorded(situation: Situation) -> str | None:
    """What each assisting committee did is recorded (J07 (4)); one that did nothing is taken off first."""
    worked = {row.committee_id for row in situation.rows(CommitteeWork)}
    idle = [row.committee_id for row in running(situation) if not row.leads and row.committee_id not in worked]
    if not idle:
        return None
    names = {party.holder: party.name for party in situation.holders("assisting")}
    told = {"names": gettext("、").join(names[pk] for pk in idle if pk in names)}
    return gettext("%(names)s做了什么还没有登记；没有参加的，请先调整协助单位。") % told
