"""Why not: each bar of a gathering returns a sentence, or nothing. What is required stands with the kind (``activities/kinds.py``)."""

from __future__ import annotations

import re
from datetime import date, time
from functools import cache
from typing import Any

from django.utils.translation import gettext

from openrenda.docket.models import Matter
from openrenda.docket.situation import Situation
from openrenda.people.models import Congress, Mandate, Organ, Station
from openrenda.people.reception import FIRST_NIGHT_HOUR

from .. import sharing
from ..kinds import (
    COMMITTEE_AND_GROUP,
    DEPUTY,
    FOUR_LEVELS,
    GOVERNMENT,
    HEARD,
    ITEM,
    KINDS,
    LEVEL_LABELS,
    LEVELS,
    OUTCOMES,
    PARTY_LABELS,
    REPORT,
    RESEARCH,
    STREET_AND_STREET,
    Kind,
)
from .alike import alike
from .forms import parties_of
from .records import LINKAGE, Invitation, Tag

ISSUED = {"campaign": ("issued",), "activity-day": ("guided", "over")}
GOVERNMENT_ORGANS = ("government", "department")
STREET_ORGANS = ("street", "town")
COMMITTEE_ORGANS = ("congress_committee",)
LEAST = 2
CLOCK_TIME = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)")


def kind_of(situation: Situation) -> Kind | None:
    """The kind that the form names, or that was recorded."""
    key = situation.data.get("kind") if "held_on" in situation.data or situation.new else situation.record.kind
    return KINDS.get(key or "")


def not_its_organiser(situation: Situation) -> str | None:
    """Some kinds are organised by stations, streets and the office only."""
    kind = kind_of(situation)
    if kind and situation.actor.seat not in kind.organisers:
        return gettext("“%(kind)s”由联络站、街道人大工委或者代表工作机构组织。") % {"kind": gettext(kind.label)}
    return None


def campaign_not_issued(situation: Situation) -> str | None:
    """Nothing is held under a plan or guidance that nobody issued (A02, A03)."""
    data, kind = situation.data, kind_of(situation)
    chosen = data.get("campaign") if "held_on" in data else None if situation.new else situation.record.campaign_id
    if not chosen:
        return None
    campaign = Matter.objects.get(pk=chosen)
    if kind is None or campaign.procedure != kind.campaign:
        return gettext("“%(title)s”不是这一种活动的方案，请改选。") % {"title": campaign.title}
    if campaign.state not in ISSUED[campaign.procedure]:
        return gettext("“%(title)s”还没有印发，印发以后再安排、登记活动。") % {"title": campaign.title}
    return None


def not_its_street(situation: Situation) -> str | None:
    """A street enters its activity day with its entry points chosen (A03)."""
    data = situation.data
    if not data.get("campaign") or not data.get("street"):
        return None
    row = Matter.objects.get(pk=data["campaign"])
    if row.procedure != "activity-day":
        return None
    own = row.street_days.filter(street=data["street"]).first()  # type: ignore[attr-defined]
    if own is None or not own.entry_points:
        return gettext("这个街道还没有选定小切口，请先在活动日中选定一至两个。")
    return None


def not_at_a_hub(situation: Situation) -> str | None:
    """A talk is called, and its letter sent, by a hub station (A11)."""
    kind, data = kind_of(situation), situation.data
    station = data.get("station") if "held_on" in data else None if situation.new else situation.record.station_id
    if kind is None or not kind.at_a_hub or Station.objects.filter(pk=station, hub=True).exists():
        return None
    return gettext("“%(kind)s”由中心站组织并发出邀请函，所选站点不是中心站。") % {"kind": gettext(kind.label)}


def in_working_hours(situation: Situation) -> str | None:
    """A night talk is held when people are free: it begins after working hours, or on a day that is not worked (A12)."""
    kind, data = kind_of(situation), situation.data
    if kind is None or not kind.after_work or "held_on" not in data:
        return None
    found = CLOCK_TIME.match(data.get("starts_at", ""))
    if found is None:
        return gettext("“%(kind)s”请写明开始时间，例如 19:30。") % {"kind": gettext(kind.label)}
    at_night = time(int(found[1]), int(found[2])) >= FIRST_NIGHT_HOUR
    if at_night or not situation.book.calendar.is_working_day(date.fromisoformat(data["held_on"])):
        return None
    return gettext("“%(kind)s”在下班以后举行，工作日请安排在%(hour)s以后；白天举行的请选别的种类。") % {
        "kind": gettext(kind.label), "hour": f"{FIRST_NIGHT_HOUR:%H:%M}",
    }  # fmt: skip


def not_yet(situation: Situation) -> str | None:
    """What lies ahead is planned, not recorded."""
    day = situation.data.get("held_on")
    if day and date.fromisoformat(day) > situation.today:
        return gettext("日期在今天以后的，请用“安排代表活动”。")
    return None


def invited_first(situation: Situation) -> str | None:
    """A kind that needs invitations is planned first."""
    kind = kind_of(situation)
    if kind and kind.by_invitation:
        return gettext("“%(kind)s”要先安排、发出邀请函，再登记到场情况。") % {"kind": gettext(kind.label)}
    return None


def not_invited(situation: Situation) -> str | None:
    """A talk is not held without its letter (A11)."""
    kind = kind_of(situation)
    if kind and kind.by_invitation and not situation.rows(Invitation):
        return gettext("还没有发出邀请函，“%(kind)s”不能登记为已举行。") % {"kind": gettext(kind.label)}
    return None


def signed_up(situation: Situation) -> str | None:
    """Once is enough."""
    mine = situation.actor.holders
    return (
        gettext("您已经在参加名单中。") if any(row.holder in mine for row in situation.holders("attending")) else None
    )


def nobody_to_answer(situation: Situation) -> str | None:
    """Every invitation has its answer."""
    if any(not row.reply for row in situation.rows(Invitation)):
        return None
    return gettext("没有等待回复的邀请。")


def parties_missing(situation: Situation) -> str | None:
    """Who must be there was there (A11: three parties and one more)."""
    kind = kind_of(situation)
    if kind is None or not _attendance_given(situation):
        return None
    there = _there(situation)
    missing = [party for party in kind.parties if party not in there]
    if missing:
        names = gettext("、").join(gettext(PARTY_LABELS[party]) for party in missing)
        return gettext("“%(kind)s”还缺：%(names)s。") % {"kind": gettext(kind.label), "names": names}
    if len(there - set(kind.parties)) < kind.others:
        return gettext("“%(kind)s”除了代表、社区、政府部门，至少还要有一方。") % {"kind": gettext(kind.label)}
    return None


def _attendance_given(situation: Situation) -> bool:
    return situation.step is not None and situation.step.key in ("hold", "record")


def _there(situation: Situation) -> set[str]:
    data = situation.data
    there = {kind for kind, _name, _people in parties_of(data.get("company", ""))}
    there |= {DEPUTY} if data.get("deputies") else set()
    organs = _organs(data)
    there |= {GOVERNMENT} if any(kind in GOVERNMENT_ORGANS for kind in organs) else set()
    there |= {"street"} if any(kind in STREET_ORGANS for kind in organs) else set()
    return there | ({"group"} if data.get("groups") else set())


def _organs(data: dict[str, Any]) -> list[str]:
    chosen = data.get("organs", [])
    return list(Organ.objects.filter(pk__in=chosen).values_list("kind", flat=True)) if chosen else []


def _said_to_link(situation: Situation, linkage: str) -> bool:
    """Whether this way of linking was named, and now it is said who came (A04)."""
    data = situation.data
    if not _attendance_given(situation):
        return False
    if "held_on" in data:
        return linkage in data.get("linkages", [])
    return any(row.kind == LINKAGE and row.value == linkage for row in situation.rows(Tag))


def levels_not_linked(situation: Situation) -> str | None:
    """Deputies of several levels came, where their linkage is named (A04)."""
    if not _said_to_link(situation, FOUR_LEVELS):
        return None
    there = _there(situation)
    found = {level for level in LEVELS if f"deputy_{level}" in there} | _levels_of_deputies(situation)
    if len(found) >= LEAST:
        return None
    missing = gettext("、").join(gettext(LEVEL_LABELS[level]) for level in LEVELS if level not in found)
    return gettext("四级代表联动须有两级以上代表到场，还没有到场的有：%(missing)s。") % {"missing": missing}


def _levels_of_deputies(situation: Situation) -> set[str]:
    """The levels of those who came from the registers: this congress's own, and each guest's."""
    came = Mandate.everyone.filter(pk__in=situation.data.get("deputies", [])).values_list("level", flat=True)
    return {level or _own_level(situation.actor.congress) for level in came}


@cache
def _own_level(congress: Any) -> str:
    return str(Congress.objects.get(pk=congress).level)


def committee_not_linked(situation: Situation) -> str | None:
    """A committee and a professional group came, where their linkage is named (A04)."""
    if not _said_to_link(situation, COMMITTEE_AND_GROUP):
        return None
    if any(kind in COMMITTEE_ORGANS for kind in _organs(situation.data)) and situation.data.get("groups"):
        return None
    return gettext("专工委与专业小组联动，须有一个专工委和一个专业代表小组到场。")


def streets_not_linked(situation: Situation) -> str | None:
    """Two subdistricts came, where their linkage is named (A04)."""
    if not _said_to_link(situation, STREET_AND_STREET):
        return None
    if sum(kind in STREET_ORGANS for kind in _organs(situation.data)) >= LEAST:
        return None
    return gettext("街街联动须有两个以上街道、乡镇到场。")


def outcome_not_allowed(situation: Situation) -> str | None:
    """Each problem of a talk leaves with an owner and a day, or as not solvable (A11)."""
    kind, outcome = kind_of(situation), situation.data.get("outcome")
    if kind and outcome and outcome not in kind.outcomes:
        words = gettext("、").join(gettext(label) for key, label in OUTCOMES if key in kind.outcomes)
        return gettext("“%(kind)s”的问题只能是：%(outcomes)s。") % {"kind": gettext(kind.label), "outcomes": words}
    return None


def no_research(situation: Situation) -> str | None:
    """Reports come of research (A21)."""
    return None if situation.record.kind == RESEARCH else gettext("只有专题调研登记调研报告。")


def none_alike(situation: Situation) -> str | None:
    """There is a second record of the same gathering."""
    if alike(situation):
        return None
    return gettext("没有发现同一天、同一地点、有相同代表参加的同种活动。")


def nothing_yielded(situation: Situation) -> str | None:
    """What the kind must yield is there."""
    kind = kind_of(situation)
    if kind is None:
        return None
    if kind.yields == ITEM and not sharing.items(situation):
        return gettext("“%(kind)s”还没有登记问题。") % {"kind": gettext(kind.label)}
    if kind.yields == HEARD and not (sharing.items(situation) or situation.record.note):
        return gettext("请登记听到了什么：登记意见，或者在说明中写明没有意见。")
    if kind.yields == REPORT and not any(child.procedure == "research-report" for child in situation.children):
        return gettext("专题调研还没有登记调研报告。")
    return None


ARRANGED = (not_its_organiser, campaign_not_issued, not_its_street, not_at_a_hub, in_working_hours)
ATTENDED = (parties_missing, levels_not_linked, committee_not_linked, streets_not_linked)
