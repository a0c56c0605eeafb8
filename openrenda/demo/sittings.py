"""Sittings of the invented district: two past meetings of the standing committee with minutes, decisions and words that were said, and one to come."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from django.core.files.base import ContentFile

from openrenda.activities.hall import Attendance, FieldPlaces, Sitting, Speech
from openrenda.activities.record import Item
from openrenda.docket.actor import Actor
from openrenda.docket.models import Matter
from openrenda.docket.situation import Situation
from openrenda.people.models import Group
from openrenda.people.models.group import STANDING_COMMITTEE
from openrenda.web.filing import keep

from .keeping import Keeping
from .storytime import at

REPORT, BILL, OTHER = "report", "bill", "other"
AGENDAS = (
    (
        (REPORT, "听取和审议区政府关于养老服务体系建设情况的报告"),
        (BILL, "审议关于加强养犬管理的决定（草案）"),
        (OTHER, "人大代表联络站建设情况通报"),
    ),
    ((REPORT, "听取和审议区政府关于老旧小区改造情况的报告"), (BILL, "审议关于批准区本级预算调整方案的决议（草案）")),
)
DECISIONS = (("decision", "关于加强养犬管理的决定"), ("resolution", "关于批准区本级预算调整方案的决议"))
TEXT = "一、批准本方案。\n二、区人民政府应当认真组织实施，并于年底前报告落实情况。"
SAID = (
    "报告实事求是，问题找得准。建议把社区助餐点的运营补贴列入明年预算，避免建成以后没有人运营。",
    "加装电梯的资金分担办法还不清楚，建议先在两个小区试点，再全面推开。",
    "我走访的三个小区反映地下管网没有同步改造，建议部门之间先统一施工计划。",
)
FILE_TEXT = "关于工作情况的报告\n一、主要做法。\n二、存在的问题。\n三、下一步打算。\n（本材料为虚构）"
LEAVE = "参加市人大会议"
ARRIVING = time(8, 40)


def sit(keeping: Keeping) -> None:
    """Told after the year's councils of chairpersons, which fixed the agendas."""
    if not Group.objects.filter(kind=STANDING_COMMITTEE).exists():
        return
    for number, ago in enumerate((96, 33)):
        _held(keeping, number, keeping.worked(keeping.cast.today - timedelta(days=ago)))
    _to_come(keeping, keeping.worked(keeping.cast.today + timedelta(days=13)))


def _planned(keeping: Keeping, day: date, held_on: date, place: str = "区人大常委会会议厅") -> Matter:
    data = {"body": "standing_committee", "held_on": held_on.isoformat(), "starts_at": "9:00", "place": place,
            "leading": keeping.leaders[0].pk}  # fmt: skip
    return keeping.open("sitting", "plan", day, data)


def _agenda(keeping: Keeping, sitting: Matter, day: date, rows: tuple[tuple[str, str], ...]) -> None:
    organ = keeping.house.ref("organ", "government")
    for kind, title in rows:
        mover = "council" if kind == BILL else ""
        given = {"kind": kind, "title": title, "mover": mover, "organ": organ if kind == REPORT else ""}
        keeping.take(sitting, "add_item", day, {name: value for name, value in given.items() if value})
    decided = Item.objects.filter(
        matter__procedure="chairpersons-meeting", kind="agenda", outcome="decided", decided_on__lte=day
    )
    found = decided.order_by("-decided_on", "-id").first()
    if found:
        keeping.take(sitting, "fix_agenda", day, {"meeting": str(found.pk)})


def _paper(keeping: Keeping, sitting: Matter, day: date, item: Item, *, confidential: bool = False) -> None:
    keeping.story.set(keeping.moment(day))
    name = f"{item.title[:30]}.txt" if not confidential else "审计查出问题清单（保密）.txt"
    file = keep(ContentFile(f"{name}\n{FILE_TEXT}".encode(), name=name), keeping.office, role="paper", matter=sitting)
    waiting = item.papers.filter(received_on=None).order_by("-due_on", "id").first() if not confidential else None
    data: dict[str, Any] = {"file": str(file.pk), "paper": str(waiting.pk) if waiting else "", "item": str(item.pk)}
    data |= {"title": name.removesuffix(".txt")} | ({"confidential": "on"} if confidential else {})
    keeping.take(sitting, "register_paper", day, data)


def _held(keeping: Keeping, number: int, day: date) -> None:
    called = keeping.worked(day - timedelta(days=10))
    sitting = _planned(keeping, keeping.worked(day - timedelta(days=40)), day)
    _agenda(keeping, sitting, called, AGENDAS[number])
    keeping.take(sitting, "notify", called)
    _sits_in(keeping, sitting, called, number)
    report, bill = list(Item.objects.filter(matter=sitting).order_by("position"))[:2]
    for item in (report, bill):
        _paper(keeping, sitting, keeping.worked(day - timedelta(days=8)), item)
    keeping.take(sitting, "send_papers", keeping.worked(day - timedelta(days=7)))
    _absences(keeping, sitting, called)
    keeping.story.set(at(day, ARRIVING))
    keeping.take(sitting, "begin_sign_in", None)
    _arrive(keeping, sitting, absent=number)
    keeping.take(sitting, "open", None)
    draft = _dealt_with(keeping, sitting, number, report, bill)
    keeping.take(sitting, "close", None)
    _published(keeping, draft, day, number)
    after = keeping.worked(day + timedelta(days=3))
    due_on = (day + timedelta(days=90)).isoformat()
    keeping.take(
        sitting,
        "opinions",
        after,
        {"item": str(report.pk), "organ": keeping.house.ref("organ", "government"), "due_on": due_on},
    )
    _recorded(keeping, sitting, after, filed=number == 0)


def _sits_in(keeping: Keeping, sitting: Matter, day: date, number: int) -> None:
    members = set(Attendance.objects.filter(sitting=sitting, kind="member").values_list("mandate", flat=True))
    others = [row for row in keeping.cast.sitting(day) if keeping.house.row("mandate", row.key) is not None]
    free = [keeping.house.row("mandate", row.key).pk for row in others]
    free = [key for key in free if key not in members][number * 4 : number * 4 + 3]
    citizens = "王师傅（虚构）\n刘女士（虚构）" if number else "陈老师（虚构）"
    keeping.take(
        sitting,
        "invite",
        day,
        {"deputies": free, "organs": [keeping.house.ref("organ", "government")], "citizens": citizens},
    )


def _absences(keeping: Keeping, sitting: Matter, day: date) -> None:
    """One member asks for leave and has it."""
    place = Attendance.objects.filter(sitting=sitting, kind="member").select_related("matter").order_by("id").last()
    by = _actor(keeping, place)
    if place is None or by is None:
        return
    keeping.take(place.matter, "ask_leave", day, {"reason": LEAVE}, by=by)
    keeping.take(place.matter, "grant_leave", day, by=keeping.actors[keeping.leaders[0].pk])


def _actor(keeping: Keeping, place: Attendance | None) -> Actor | None:
    if place is None or place.mandate_id is None:
        return None
    return next(
        (
            rows[0]
            for (seat, _key), rows in keeping.house.actors.items()
            if seat == "deputy" and place.mandate_id in rows[0].holders
        ),
        None,
    )


def _arrive(keeping: Keeping, sitting: Matter, *, absent: int) -> None:
    """Everybody comes who has no leave, but for one of the second meeting."""
    rows = list(
        Attendance.objects.filter(sitting=sitting, matter__state="invited").select_related("matter").order_by("id")
    )
    code = Sitting.objects.get(matter=sitting).code
    for number, place in enumerate(rows):
        if absent and number == 1:
            continue
        by = _actor(keeping, place) if number % 3 == 0 else None
        keeping.take(place.matter, "sign_in", None, {"code": code} if by else {}, by=by)


def _dealt_with(keeping: Keeping, sitting: Matter, number: int, report: Item, bill: Item) -> Matter:
    keeping.take(sitting, "take_up", None, {"item": str(report.pk)})
    _speeches(keeping, sitting, report, number)
    keeping.take(sitting, "result", None, {"item": str(report.pk), "outcome": "heard"})
    keeping.take(sitting, "take_up", None, {"item": str(bill.pk)})
    kind, title = DECISIONS[number]
    draft = keeping.open(
        "resolution", "propose", None, {"kind": kind, "title": title, "text": TEXT, "item": str(bill.pk)}
    )
    there = Attendance.objects.filter(sitting=sitting, right="votes", came=True).count()
    keeping.take(draft, "tally", None, {"approve": there - 1, "against": 0, "abstain": 1})
    keeping.take(draft, "adopt", None)
    keeping.take(sitting, "result", None, {"item": str(bill.pk), "outcome": "passed"})
    for item in Item.objects.filter(matter=sitting, outcome=""):
        keeping.take(sitting, "result", None, {"item": str(item.pk), "outcome": "done"})
    return draft


def _published(keeping: Keeping, draft: Matter, day: date, number: int) -> None:
    published = keeping.worked(day + timedelta(days=4))
    owner = keeping.house.ref("organ", "government")
    told = {"published_on": published.isoformat(), "published_in": f"常委会公报{day.year}年第{number + 3}号"}
    told |= (
        {"follow_up": "yes", "owner": owner, "due_on": (day + timedelta(days=180)).isoformat()}
        if number == 0
        else {"follow_up": "no", "reason": "预算调整已经执行，年终随决算报告。"}
    )
    keeping.take(draft, "publish", published, told)


def _speeches(keeping: Keeping, sitting: Matter, item: Item, number: int) -> None:
    came = Attendance.objects.filter(sitting=sitting, matter__state="present", mandate__isnull=False).select_related(
        "matter"
    )
    speakers = [place for place in came.order_by("id") if _actor(keeping, place)][::4][:3]
    for place, text in zip(speakers, SAID, strict=False):
        by = _actor(keeping, place)
        speech = keeping.open("speech", "ask_floor", None, {"who": str(place.matter_id), "item": str(item.pk)}, by=by)
        for step in ("give_floor", "end_speech"):
            keeping.take(speech, step, None)
        keeping.take(speech, "record", None, {"text": text})
        if Speech.objects.get(matter=speech).name != speakers[-1].name or number == 0:
            keeping.take(speech, "confirm", None, {"text": text}, by=by)


def _recorded(keeping: Keeping, sitting: Matter, day: date, *, filed: bool) -> None:
    now = Matter.objects.get(pk=sitting.pk)
    form = now.table.step("draft_minutes").records
    assert form is not None
    proposed = form(situation=Situation(now, keeping.office)).initial["minutes"]
    keeping.take(sitting, "draft_minutes", day, {"minutes": proposed})
    keeping.take(
        sitting, "approve_minutes", keeping.worked(day + timedelta(days=2)), by=keeping.actors[keeping.leaders[1].pk]
    )
    if filed:
        keeping.take(sitting, "archive", keeping.worked(day + timedelta(days=5)))


def _to_come(keeping: Keeping, held_on: date) -> None:
    """Called; the report's final text has not come yet, one paper is confidential, deputies signed up to sit in."""
    today = keeping.worked(keeping.cast.today)
    sitting = _planned(keeping, keeping.worked(today - timedelta(days=20)), held_on)
    rows = (
        (REPORT, "听取和审议区政府关于审计查出问题整改情况的报告"),
        (BILL, "审议关于修改议事规则的决定（草案）"),
        (OTHER, "专题学习"),
    )
    _agenda(keeping, sitting, keeping.worked(today - timedelta(days=6)), rows)
    keeping.take(
        sitting, "offer_places", keeping.worked(today - timedelta(days=6)), {"places": "财政经济 2\n城乡建设 1"}
    )
    keeping.take(sitting, "notify", keeping.worked(today - timedelta(days=2)))
    report = Item.objects.filter(matter=sitting).order_by("position").first()
    assert report is not None
    _paper(keeping, sitting, keeping.worked(today - timedelta(days=1)), report)
    _paper(keeping, sitting, keeping.worked(today - timedelta(days=1)), report, confidential=True)
    _signed_up(keeping, sitting, today)
    _planned(keeping, today, held_on + timedelta(days=58))


def _signed_up(keeping: Keeping, sitting: Matter, today: date) -> None:
    field = FieldPlaces.objects.filter(matter=sitting).order_by("field").first()
    entered = set(Attendance.objects.filter(sitting=sitting).values_list("mandate", flat=True))
    found = [
        rows[0]
        for (seat, _key), rows in sorted(keeping.house.actors.items())
        if seat == "deputy" and not rows[0].holders & entered
    ]
    for by in found[5:20:5]:
        keeping.open("attendance", "sign_up", today, {"sitting": str(field.pk) if field else ""}, by=by)
