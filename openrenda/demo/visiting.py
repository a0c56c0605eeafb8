"""What the deputies of the invented district do together: talks each half month but for two, three-entries under a plan, visits, courtyards."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from openrenda.people.models import Organ, Station

from .keeping import Keeping
from .places import streets

TALKS, VISITS, ENTRIES, HALF_MONTH = 14, 18, 9, 15
MISSED = (4, 9)
HEARD = (
    (
        "临街店铺夜间噪声",
        "两家店铺的音响开到半夜，楼上住户睡不好。",
        "街道与店主约定二十二点后关闭外放，一个月后回访。",
    ),
    ("老旧小区飞线充电", "车棚插座不够，有人从楼上拉线充电。", "社区增设充电桩，物业每周巡查。"),
    ("背街小巷路灯", "学校后巷有四盏灯不亮。", "城管部门当周更换。"),
    ("加装电梯意见不一", "一楼住户担心采光，意见没有统一。", "规划条件所限，暂时不能加装，先做楼道适老改造。"),
)
AREAS = ("第一选区", "第二选区", "第三选区")
DESTINATIONS = ("enterprise", "community", "park")


def visit(keeping: Keeping, *, few: bool = False) -> None:
    """All of them, oldest first."""
    organs = [row for row in keeping.house.rows.values() if isinstance(row, Organ) and row.kind == "department"]
    hubs = list(Station.objects.filter(hub=True).order_by("number"))
    for number in range(4 if few else TALKS):
        if number not in MISSED:
            day = keeping.worked(keeping.cast.today - timedelta(days=HALF_MONTH * (TALKS - number) - 6))
            _talk(keeping, number, day, hubs[number % len(hubs)], organs[number % len(organs)])
    for number in range(4 if few else VISITS):
        _visit(keeping, number, keeping.worked(keeping.cast.today - timedelta(days=12 * (VISITS - number) - 5)))
    _entries(keeping, 2 if few else ENTRIES)
    _evenings(keeping)


def _deputies(keeping: Keeping, number: int, day: date, count: int) -> list[Any]:
    sitting = keeping.cast.sitting(day)
    return [keeping.house.ref("mandate", sitting[(number * 7 + place) % len(sitting)].key) for place in range(count)]


def _guests(keeping: Keeping, street: str) -> list[Any]:
    """Deputies of other levels who sit in the street's stations come too."""
    return [keeping.house.ref("mandate", guest.key) for guest in keeping.cast.guests_of(street)]


def _talk(keeping: Keeping, number: int, day: date, hub: Station, organ: Organ) -> None:
    """Invited, held, and everything raised leaves with an owner or with the reason why not."""
    before = keeping.worked(day - timedelta(days=5))
    title, text, answer = HEARD[number % len(HEARD)]
    data = {
        "kind": "talk",
        "title": f"{title}怎么办",
        "held_on": day.isoformat(),
        "starts_at": "15:00",
        "place": hub.name,
        "station": hub.pk,
    }
    matter = keeping.open("gathering", "plan", before, data)
    keeping.take(matter, "invite", before, {"kind": "government", "name": organ.name})
    keeping.take(matter, "hold", day, {
        "deputies": _deputies(keeping, number, day, 3), "organs": [organ.pk],
        "company": f"社区 {hub.name[:20]} 2\n居民 附近居民 {8 + number % 9}",
    })  # fmt: skip
    solvable = not answer.startswith("规划")
    outcome: dict[str, Any] = {"outcome": "unsolvable", "answer": answer}
    if solvable:
        outcome = {
            "outcome": "handed",
            "organ": organ.pk,
            "due_on": (day + timedelta(days=60)).isoformat(),
            "answer": answer,
        }
    keeping.take(matter, "opinion", day, {"title": title, "text": text, **outcome})
    keeping.take(matter, "close", keeping.worked(day + timedelta(days=1)))


def _visit(keeping: Keeping, number: int, day: date) -> None:
    """Voters visited, a courtyard, a contact group: entered in one go."""
    kind = ("voter_visit", "courtyard", "contact_group")[number % 3]
    street = streets()[number % len(streets())]
    title, text, answer = HEARD[(number + 1) % len(HEARD)]
    data = {
        "kind": kind, "held_on": day.isoformat(), "place": street.places["communities"][0],
        "street": keeping.house.ref("organ", street.key), "area_name": AREAS[number % len(AREAS)],
        "deputies": [*_deputies(keeping, number + 50, day, 2 + number % 3), *_guests(keeping, street.key)],
        "company": f"居民 附近居民 {5 + number % 12}",
    }  # fmt: skip
    matter = keeping.open("gathering", "record", day, data)
    keeping.take(matter, "opinion", day, {"title": title, "text": text, "outcome": "answered", "answer": answer})
    keeping.take(matter, "close", keeping.worked(day + timedelta(days=1)))


def _evenings(keeping: Keeping) -> None:
    """At residents' hours: night talks in the courtyard, and a mobile point on the square."""
    stations = list(Station.objects.on(keeping.cast.today).order_by("number")[:3])
    for number, station in enumerate(stations * 2):
        day = keeping.worked(keeping.cast.today - timedelta(days=20 * (6 - number) - 8))
        title, text, answer = HEARD[(number + 2) % len(HEARD)]
        night = number % 3 != 2
        data = {
            "kind": "night_talk" if night else "mobile_point", "title": f"{title}怎么办", "held_on": day.isoformat(),
            "starts_at": "19:30" if night else "9:30", "place": "小区凉亭" if night else "文化广场", "station": station.pk,
            "deputies": _deputies(keeping, number + 30, day, 2), "company": f"居民 附近居民 {9 + number}",
        }  # fmt: skip
        matter = keeping.open("gathering", "record", day, data)
        keeping.take(matter, "opinion", day, {"title": title, "text": text, "outcome": "answered", "answer": answer})
        keeping.take(matter, "close", keeping.worked(day + timedelta(days=1)))


def _entries(keeping: Keeping, count: int) -> None:
    """Three-entries under this year's plan."""
    day = keeping.worked(keeping.cast.today - timedelta(days=200))
    plan = keeping.open("campaign", "draft", day, {
        "title": "代表“三进”活动方案", "text": "代表走进企业楼宇、社区、特色街区，听取意见，推动解决。", "since": day.isoformat(),
        "until": (day + timedelta(days=300)).isoformat(),
    })  # fmt: skip
    keeping.take(plan, "issue", day, {"issued_on": day.isoformat(), "paper_number": "江人常〔2026〕8号"})
    for number in range(count):
        on = keeping.worked(day + timedelta(days=20 * (number + 1)))
        street = streets()[number % len(streets())]
        data = {
            "kind": "three_entries", "held_on": on.isoformat(), "place": street.places["communities"][0], "campaign": plan.pk,
            "street": keeping.house.ref("organ", street.key), "destination": DESTINATIONS[number % len(DESTINATIONS)],
            "deputies": _deputies(keeping, number + 90, on, 3),
        }  # fmt: skip
        held = keeping.open("gathering", "record", on, data)
        if number < count - 1:
            keeping.take(held, "close", keeping.worked(on + timedelta(days=1)))
