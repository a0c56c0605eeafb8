"""A year of meetings and reception days of the invented district, ugly ones included."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from openrenda.activities import sharing
from openrenda.activities.record import Item
from openrenda.docket.models import Matter, Party
from openrenda.people.models import Seat

from .keeping import Keeping

MEETINGS, KEYS, PROMISES = 12, 6, 2
LEAST_ON_SITE, MOST_ON_SITE = 10, 13
ITEMS = (
    ("agenda", "常委会第{n}次会议议程草案", "同意提请常委会会议审议。"),
    ("hearing", "听取代表建议办理情况的报告", "报告转区政府办公室，逐件补充未办结原因。"),
    ("inquiry", "物业管理专题询问提纲", "询问问题由二十个归并为十个。"),
    ("plan", "代表小组视察计划", "同意，按季度组织。"),
    ("other", "代表联络站开放时间调整", "同意调整到周六上午。"),
)
OPINIONS = (
    ("路口信号配时", "早高峰左转一次只能过六辆车，排队影响公交。", "交警大队本周调整配时，下月回访。"),
    ("老旧小区加装电梯", "三楼以下住户意见不一，补偿标准不清楚。", "按现行办法逐栋协商，街道派人参加。"),
    ("农贸市场占道", "早市占用非机动车道，收摊以后污水横流。", "城管局与市场方当场约定六点半清场。"),
    ("公园夜间照明", "环湖步道有三十多盏灯不亮。", "园林部门当场登记，十日内更换。"),
    ("社区医院药品目录", "慢性病常用药缺货，老人要跑到区医院。", "卫健局核对目录，缺的列入下月采购。"),
)
SETTLED = (
    ("solved", "部门当场办结，代表现场认可。"),
    ("committed", "部门承诺限期完成。"),
    ("explained", "受规划限制暂时不能办，当面说明原因。"),
)


def meetings(keeping: Keeping) -> None:
    """One a month; the key list was fixed eight months ago. One was cancelled, the next one is called."""
    for number in range(MEETINGS):
        day = keeping.worked(keeping.cast.today - timedelta(days=30 * (MEETINGS - number) - 9))
        held = _called(keeping, day)
        if number == 5:
            keeping.take(held, "cancel", day, {"reason": "与防汛值守冲突，议题并入下次会议。"})
            continue
        _dealt_with(keeping, held, number, day)
    ahead = keeping.cast.today + timedelta(days=6)
    upcoming = _called(keeping, keeping.worked(keeping.cast.today - timedelta(days=2)), ahead)
    keeping.take(upcoming, "add_item", keeping.cast.today, {"kind": "plan", "title": "明年重点督办建议选题计划"})


def _called(keeping: Keeping, day: date, held_on: date | None = None) -> Matter:
    data = {"held_on": (held_on or day).isoformat(), "starts_at": "9:00", "place": "区人大常委会第一会议室",
            "leading": keeping.leaders[0].pk}  # fmt: skip
    return keeping.open("chairpersons-meeting", "call", day, data)


def _dealt_with(keeping: Keeping, held: Matter, number: int, day: date) -> None:
    wanted = [ITEMS[number % len(ITEMS)], ITEMS[(number + 1) % len(ITEMS)]]
    for kind, title, _text in wanted:
        keeping.take(held, "add_item", day, {"kind": kind, "title": title.format(n=20 + number)})
    if number == 3:
        keeping.take(held, "add_item", day, {"kind": "key_list", "title": "年度重点督办建议名单"})
    absent = keeping.leaders[-1:] if number % 4 == 1 else []
    present = [seat.pk for seat in keeping.leaders if seat not in absent]
    leave: dict[str, Any] = (
        {"on_leave": [seat.pk for seat in absent], "leave_reason": "参加市人大会议"} if absent else {}
    )
    keeping.take(held, "attend", day, {"members": present, **leave})
    texts = {title.format(n=20 + number): text for _kind, title, text in wanted}
    for item in Item.objects.filter(matter=held).order_by("position"):
        if number == 8 and item.position == 2:
            keeping.take(held, "put_off", day, {"item": str(item.pk), "reason": "材料需要补充，下次再议。"})
        else:
            keeping.take(held, "decide", day, _decision(keeping, item, texts.get(item.title, "同意列入。"), day))
    if number < MEETINGS - 1:
        keeping.take(held, "close", day + timedelta(days=1))


def _decision(keeping: Keeping, item: Item, text: str, day: date) -> dict[str, Any]:
    organ = keeping.house.ref("organ", "deputy_commission" if item.kind != "hearing" else "government")
    data = {"item": str(item.pk), "text": text, "organ": organ, "due_on": (day + timedelta(days=45)).isoformat()}
    if item.kind == "key_list":
        chosen = keeping.suggestions(day)[-40::6][:KEYS]
        data |= {"suggestions": [matter.pk for matter in chosen], "due_on": (day + timedelta(days=300)).isoformat()}
    return data


def reception_days(keeping: Keeping) -> None:
    """Each month of this year so far but one, the next one to be booked, and one that nobody leads yet."""
    today, used = keeping.cast.today, set[Any]()
    for month in range(1, today.month):
        day = keeping.worked(date(today.year, month, 18))
        if month == 4:
            _cancelled(keeping, day)
        elif month != 8:
            _held(keeping, day, month, used)
    booked = _arranged(
        keeping, keeping.worked(today - timedelta(days=6)), today + timedelta(days=8), keeping.leaders[1]
    )
    for mandate in keeping.cast.sitting(today)[:4]:
        actor = keeping.house.actors["deputy", mandate.key][0]
        keeping.take(booked, "book", today - timedelta(days=1), {"topic": "想反映小区充电桩不够用。"}, by=actor)
    _arranged(keeping, keeping.worked(today - timedelta(days=4)), today + timedelta(days=38), None)


def _arranged(keeping: Keeping, on: date, held_on: date, leader: Seat | None) -> Matter:
    data = {"held_on": held_on.isoformat(), "starts_at": "9:00—11:30", "place": "区代表之家接待室", "places": 15,
            "leading": leader.pk if leader else ""}  # fmt: skip
    return keeping.open("reception-day", "arrange", on, data)


def _cancelled(keeping: Keeping, day: date) -> None:
    gone = _arranged(keeping, keeping.worked(day - timedelta(days=12)), day, keeping.leaders[2])
    keeping.take(
        gone, "cancel", keeping.worked(day - timedelta(days=1)), {"reason": "接待领导参加防汛调度，本月不再安排。"}
    )


def _held(keeping: Keeping, day: date, month: int, used: set[Any]) -> None:
    held = _arranged(
        keeping, keeping.worked(day - timedelta(days=12)), day, keeping.leaders[month % len(keeping.leaders)]
    )
    wanted = 7 if month == 2 else keeping.chance.randint(LEAST_ON_SITE, MOST_ON_SITE)
    chosen = [row for row in keeping.suggestions(day) if row.pk not in used][-wanted:]
    used.update(row.pk for row in chosen)
    if chosen:
        picked = keeping.worked(day - timedelta(days=5))
        reason = "" if len(chosen) >= LEAST_ON_SITE else "节后现场具备条件的建议较少。"
        data = {"suggestions": [row.pk for row in chosen], "promises": _overdue(picked, used), "number_reason": reason}
        keeping.take(held, "pick", picked, data)
    deputies = keeping.chance.sample(keeping.cast.sitting(day), 4)
    ids = [keeping.house.ref("mandate", row.key) for row in deputies]
    organs = [keeping.house.ref("organ", key) for key in ("government",)]
    keeping.take(held, "hold", day, {"deputies": ids, "organs": organs})
    _opinions(keeping, held, ids, day, month)
    for number, item in enumerate(Item.objects.filter(matter=held, kind__startswith="on_site").order_by("position")):
        keeping.take(held, "settle", day, _outcome(keeping, item, number, day))
    _promised(keeping, held, day)
    if month != keeping.cast.today.month - 1:
        keeping.take(held, "close", day + timedelta(days=1))


def _overdue(day: date, used: set[Any]) -> list[Any]:
    """Promises that were overdue then and are not kept to this day."""
    rows = sharing.overdue_promises(day).filter(opened_on__lt=day).exclude(pk__in=used)
    found = list(rows.order_by("-opened_on", "-id").values_list("pk", flat=True)[:PROMISES])
    used.update(found)
    return found


def _promised(keeping: Keeping, held: Matter, day: date) -> None:
    """What was committed on site was mostly kept and confirmed; some is reported late or not at all."""
    keys = {organ.pk: key for (kind, key), organ in keeping.house.rows.items() if kind == "organ"}
    deputies = {mandate.pk: key for (kind, key), mandate in keeping.house.rows.items() if kind == "mandate"}
    for number, promise in enumerate(
        Matter.objects.filter(origins__origin=held, origins__kind="promised_at").order_by("id")
    ):
        kept = keeping.worked(day + timedelta(days=45))
        clerk = keeping.house.actors.get(("organ_clerk", keys[promise.parties.get(role="handler").holder]))
        if kept >= keeping.cast.today or number % 4 == 3 or not clerk:
            continue
        done = {"result": "已按现场承诺完成。", "kept_on": kept.isoformat(), "signed_word": "社区居委会主任签字"}
        keeping.take(promise, "report", kept, done, by=clerk[0])
        sponsor = promise.parties.filter(role="sponsor").first()
        deputy = keeping.house.actors.get(("deputy", deputies.get(sponsor.holder, ""))) if sponsor else None
        if deputy and number % 4 != 2:
            keeping.take(
                promise, "confirm", keeping.worked(kept + timedelta(days=4)), {"grade": "satisfied"}, by=deputy[0]
            )


def _opinions(keeping: Keeping, held: Matter, deputies: list[Any], day: date, month: int) -> None:
    for number, deputy in enumerate(deputies):
        title, text, answer = OPINIONS[(month + number) % len(OPINIONS)]
        said = {"deputy": deputy, "title": title, "text": text}
        if number % 2 == 0:
            keeping.take(held, "answer", day, {**said, "answer": answer})
            continue
        organ = "city_management"
        due = (day + timedelta(days=25)).isoformat()
        keeping.take(held, "hand_on", day, {**said, "organ": keeping.house.ref("organ", organ), "due_on": due})
        _worked_off(keeping, Matter.objects.filter(procedure="task", parent=held).latest("id"), organ, day, month)


def _worked_off(keeping: Keeping, task: Matter, organ: str, day: date, month: int) -> None:
    """Most tasks came back; some are late, the newest are still being done."""
    reported, accepted = keeping.worked(day + timedelta(days=20)), keeping.worked(day + timedelta(days=24))
    if month % 5 == 0 or accepted > keeping.cast.today:
        return
    keeping.take(
        task, "report", reported, {"result": "已现场处理，照片附后，并电话告知代表。"}, by=keeping.staff(organ)
    )
    if month % 3:
        keeping.take(task, "accept", accepted)


def _outcome(keeping: Keeping, item: Item, number: int, day: date) -> dict[str, Any]:
    outcome, text = SETTLED[number % len(SETTLED)]
    data: dict[str, Any] = {"item": str(item.pk), "outcome": outcome, "text": text}
    if outcome == "committed":
        handler = Party.objects.filter(matter=item.subject_id, role="handler", until=None).first()
        organ = handler.holder if handler else keeping.house.ref("organ", "government")
        data |= {"organ": organ, "due_on": (day + timedelta(days=60)).isoformat()}
    return data
