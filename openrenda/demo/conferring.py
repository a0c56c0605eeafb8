"""Two meetings of the party group, seen by its members and its secretary alone: one with approved minutes, one called. All of it is fictional."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile

from openrenda.activities.party_group_meeting.agenda import open_subjects
from openrenda.activities.party_group_meeting.calling import members_on
from openrenda.activities.party_group_meeting.holding import written
from openrenda.activities.party_group_meeting.records import PartyGroupItem
from openrenda.docket.models import Matter
from openrenda.docket.situation import Situation
from openrenda.people.models import Group
from openrenda.people.models.group import PARTY_GROUP
from openrenda.web.filing import keep

from . import groups
from .keeping import Keeping

KEY, PLACE = "party-group-meeting", "区人大常委会第二会议室"
HELD_AGO, CALLED_AHEAD = 8, 5
ABOUT = {"appointment": "appointment", "propose": "sitting"}
HELD: tuple[dict[str, str], ...] = (
    {"kind": "study", "title": "学习关于发展全过程人民民主的有关论述", "reporter": "办公室主任（虚构）"},
    {"kind": "appointment", "title": "研究提请常委会会议审议的人事任免事项", "reporter": "人事代表选举工作委员会主任（虚构）",
     "sitting_in": "人事代表选举工作委员会副主任（虚构）\n办公室副主任（虚构）"},
    {"kind": "propose", "title": "研究下次常委会会议建议议程", "reporter": "办公室主任（虚构）"},
)  # fmt: skip
DECIDED = {
    "study": ("studied", "结合常委会工作抓好落实。"),
    "appointment": ("agreed", "同意按程序提请主任会议研究。"),
    "propose": ("on_condition", "原则同意建议议程，养老服务报告补充资金使用情况后提请主任会议。"),
}
TO_COME: tuple[dict[str, str], ...] = (
    {"kind": "study", "title": "学习新修改的代表法", "reporter": "法制委员会主任委员（虚构）"},
    {"kind": "ask", "title": "研究年度监督工作安排的请示", "reporter": "办公室主任（虚构）"},
)
PAPER = "年度监督工作安排（讨论稿）"


def tell(keeping: Keeping) -> None:
    """Told after the appointments and the sittings, which the first meeting dealt with."""
    if not Group.objects.filter(kind=PARTY_GROUP).exists():
        return
    _held(keeping, keeping.worked(keeping.cast.today - timedelta(days=HELD_AGO)))
    _to_come(keeping, keeping.worked(keeping.cast.today + timedelta(days=CALLED_AHEAD)))


def _planned(keeping: Keeping, day: date, held_on: date, agenda: tuple[dict[str, str], ...]) -> Matter:
    members = list(members_on(Group.objects.get(kind=PARTY_GROUP), day))
    data = {"held_on": held_on.isoformat(), "starts_at": "8:30", "place": PLACE, "chair": _head(keeping, members)}
    matter = keeping.open(KEY, "plan", day, data, by=_secretary(keeping))
    for row in agenda:
        _take(keeping, matter, "add_item", day, row | _about(row, day))
    return matter


def _head(keeping: Keeping, members: list[Any]) -> str:
    """Who heads the group presides."""
    head = next(group.members[0] for group in keeping.cast.groups if group.key == groups.PARTY_GROUP)
    return next(str(row.pk) for row in members if row.pk == keeping.house.row("mandate", head).pk)


def _secretary(keeping: Keeping) -> Any:
    return keeping.house.actors["party_group_office", groups.PARTY_GROUP][0]


def _take(keeping: Keeping, matter: Matter, step: str, day: date, data: dict[str, Any] | None = None) -> None:
    keeping.take(matter, step, day, data, by=_secretary(keeping))


def _about(row: dict[str, str], day: date) -> dict[str, str]:
    """The proposal of appointments or the sitting that was before the committee on the day."""
    found = open_subjects().filter(procedure=ABOUT.get(row["kind"], ""), opened_on__lte=day).first()
    return {"subject": str(found.pk)} if found else {}


def _held(keeping: Keeping, day: date) -> None:
    matter = _planned(keeping, keeping.worked(day - timedelta(days=6)), day, HELD)
    _take(keeping, matter, "notify", keeping.worked(day - timedelta(days=3)))
    *there, away = members_on(Group.objects.get(kind=PARTY_GROUP), day)
    present = {"present": [row.pk for row in there], "on_leave": [away.pk], "leave_reason": "参加市人大会议"}
    _take(keeping, matter, "attend", day, present)
    for item in PartyGroupItem.objects.filter(matter=matter).order_by("position"):
        outcome, text = DECIDED[item.kind]
        _take(keeping, matter, "decide", day, {"item": str(item.pk), "outcome": outcome, "text": text})
    after = keeping.worked(day + timedelta(days=2))
    _take(keeping, matter, "draft_minutes", after, {"minutes": _minutes(keeping, matter)})
    head = next(group.members[0] for group in keeping.cast.groups if group.key == groups.PARTY_GROUP)
    keeping.take(matter, "approve", after, by=keeping.house.actors["deputy", head][0])


def _minutes(keeping: Keeping, matter: Matter) -> str:
    """As the form proposes them."""
    return written(Situation(Matter.objects.get(pk=matter.pk), _secretary(keeping))) + "\n（本记录为虚构）"


def _to_come(keeping: Keeping, held_on: date) -> None:
    today = keeping.worked(keeping.cast.today - timedelta(days=1))
    matter = _planned(keeping, today, held_on, TO_COME)
    file = keep(
        ContentFile(f"{PAPER}\n（本材料为虚构）".encode(), name=f"{PAPER}.txt"),
        _secretary(keeping),
        role="paper",
        matter=matter,
    )
    item = PartyGroupItem.objects.get(matter=matter, kind="ask")
    _take(keeping, matter, "add_paper", today, {"item": str(item.pk), "file": str(file.pk), "name": PAPER})
    _take(keeping, matter, "notify", today)
