"""The invented network of stations: a house a street, stations in the communities, hubs, points, grids, hours and codes.

Its places lie where the equator meets the first meridian, in the open sea, so that no real map shows anything there.
"""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from openrenda.people import codes
from openrenda.people import models as people
from openrenda.people.models.grid import ROLE_LABELS

from .cast import DISTRICT, Cast
from .congresses import Term
from .phrases import dice, library
from .places import Street

if TYPE_CHECKING:
    from .registers import House

HUBS_A_STREET, STREETS_WITH_ONE_HUB, GRIDS_A_STREET = 2, 2, 3
LATE_STREET = "street14"
GOVERNORS = ("何平", "罗秀英", "邓建军", "彭晓燕", "曾国栋", "苏桂兰")
TELEPHONE = "0000-8801{:04d}"
STREET_STEP, COMMUNITY_STEP, POINT_STEP = Decimal("0.05"), Decimal("0.008"), Decimal("0.011")
GRID_SIDE = 0.01
POINT_WEEKS = 5
CODED_SHARE = 4


def load_network(house: House, cast: Cast) -> None:
    """Everything that hangs on the register of stations, in the order in which it hangs together."""
    term = next(term for term in cast.terms if term.congress == DISTRICT)
    _communities(house, cast, term)
    _stations(house, cast, term)
    _close_one(house, cast)
    _members(house, cast)
    _hours(house, cast)
    _grids(house, cast, term)


def load_codes(house: House, cast: Cast) -> None:
    """Codes of all stations and of most deputies, one reissued; one of somebody who has left."""
    office = people.Account.objects.get(login="office")
    for row in people.Station.objects.on(cast.today):
        codes.issue(row, by=office)
    sitting = [house.row("mandate", mandate.key) for mandate in cast.sitting(cast.today)]
    made = [codes.issue(row, by=office) for place, row in enumerate(sitting) if place % CODED_SHARE]
    for guest in cast.guests:
        codes.issue(house.row("mandate", guest.key), by=office)
    codes.reissue(made[0], reason="代表证遗失，补发", by=office)
    left = people.Mandate.objects.filter(until__lt=cast.today).order_by("until").first()
    if left is not None:
        people.Code.objects.create(token="departed", mandate=left, issued_by=office)
    codes.issue("霁虹社区2号楼电梯厅", by=office)


def _communities(house: House, cast: Cast, term: Term) -> None:
    house.keep("community", {
        f"{street.key} {number}": people.Community(
            code=f"{street.code}{number:03d}", name=name, kind="village" if name.endswith("村") else "community",
            street=house.row("organ", street.key), since=term.since,
        )
        for street in cast.streets for number, name in enumerate(street.places["communities"], 1)
    })  # fmt: skip
    words = library("network")
    house.keep("speciality", {
        street.key: people.Speciality(street=house.row("organ", street.key), words=words["specialities"][place], since=term.since)
        for place, street in enumerate(cast.streets) if place + 1 != words["without_speciality"]
    })  # fmt: skip


def _stations(house: House, cast: Cast, term: Term) -> None:
    opened, highlights = term.since + timedelta(days=60), library("network")["highlights"]
    rows: dict[str, people.Station] = {}
    for place, street in enumerate(cast.streets):
        rows[street.key] = _station(house, street, "home", f"{street.name}代表之家", f"{place + 1:02d}-00", opened)
        for number, name in enumerate(street.places["communities"], 1):
            key = f"{street.key} {number}"
            if (street.key, number) == (LATE_STREET, len(street.places["communities"])):
                continue  # One community has no station yet, so that the check has somebody to name.
            row = rows[key] = _station(
                house, street, "station", f"{name}代表联络站", f"{place + 1:02d}-{number:02d}", opened
            )
            row.community, row.hub = house.row("community", key), number <= _hubs(place)
            row.highlight = "" if number == 1 and place % 5 == 4 else highlights[(place + number) % len(highlights)]
    rows |= _points(house, cast, opened)
    for number, (key, row) in enumerate(rows.items(), 1):
        row.telephone = TELEPHONE.format(number) if row.kind != "point" else ""
        _put_on_map(row, key, number, cast)
    house.keep("station", rows)
    _branches(house, cast)


def _hubs(place: int) -> int:
    """Two hubs in most streets and one in the last two: twenty-six."""
    return 1 if place >= 14 - STREETS_WITH_ONE_HUB else HUBS_A_STREET


def _station(house: House, street: Street, kind: str, name: str, number: str, opened: date) -> people.Station:
    return people.Station(
        number=number, name=name, kind=kind, street=house.row("organ", street.key), since=opened,
        address=f"{street.name}{street.places['roads'][len(name) % len(street.places['roads'])]}{int(number[-2:]) * 3 + 8}号",
        opening_hours="工作日 9:00 至 17:00" if kind != "home" else "工作日 9:00 至 17:00，星期六上午",
        highlight="代表、街道、部门每月会商" if kind == "home" else "",
    )  # fmt: skip


def _points(house: House, cast: Cast, opened: date) -> dict[str, people.Station]:
    """Twenty-two, three of them of this year; two studios and a contact point for legislation beside them."""
    this_year = min(cast.today, date(cast.today.year, 1, 15))
    rows = {}
    for number, told in enumerate(library("network")["point"], 1):
        street = cast.streets[told["street"] - 1]
        row = _station(
            house, street, "point", told["name"], f"D-{number:02d}", this_year if told.get("new") else opened
        )
        row.site, row.character, row.highlight = told["site"], told["character"], f"{told['character']}代表轮值"
        rows[f"point{number:02d}"] = row
    others = (
        ("studio", "医疗卫生代表工作室", 1),
        ("studio", "科学教育代表工作室", 9),
        ("legislative", "砚溪社区基层立法联系点", 1),
    )
    for number, (kind, name, street_number) in enumerate(others, 1):
        street = cast.streets[street_number - 1]
        rows[f"other{number}"] = _station(house, street, kind, name, f"S-{number:02d}", opened)
        rows[f"other{number}"].highlight = "固定议题，每月一会"
    return rows


def _put_on_map(row: people.Station, key: str, number: int, cast: Cast) -> None:
    """A street is a square of the sea, its communities stand around its house."""
    place = next(place for place, street in enumerate(cast.streets) if row.street.name == street.name)
    step = COMMUNITY_STEP * (number % 6) if not key.startswith("point") else POINT_STEP * (number % 3)
    row.longitude = STREET_STEP * (place % 5) + step + Decimal("0.004")
    row.latitude = STREET_STEP * (place // 5) + COMMUNITY_STEP * (number % 4) + Decimal("0.004")


def _branches(house: House, cast: Cast) -> None:
    """The stations of a street belong to its hubs, and each hub links the communities of its branches."""
    since, links, changed = cast.begins, {}, []
    for place, street in enumerate(cast.streets):
        for number in range(1, len(street.places["communities"]) + 1):
            hub = house.row("station", f"{street.key} {(number - 1) % _hubs(place) + 1}")
            links[f"{street.key} {number}"] = people.HubLink(
                hub=hub, community=house.row("community", f"{street.key} {number}"), since=since
            )
            row = house.row("station", f"{street.key} {number}")
            if row is not None and row.pk != hub.pk:
                row.parent = hub
                changed.append(row)
    house.keep("link", links)
    people.Station.objects.bulk_update(changed, ["parent"], batch_size=200)


def _close_one(house: House, cast: Cast) -> None:
    """A station was merged into the house of its street last year."""
    street = cast.streets[0]
    row = _station(house, street, "station", "晴雪旧站", "01-90", cast.begins)
    row.until, row.close_reason = cast.today - timedelta(days=200), "社区办公用房调整，并入街道代表之家"
    row.successor = house.row("station", street.key)
    house.keep("station", {"closed": row})


def _members(house: House, cast: Cast) -> None:
    """Every deputy sits in the house of her street, the first as its head, and most in a station of a community too; guests beside them."""
    rows = {}
    for street in cast.streets:
        own = cast.deputy_of(street.key)
        for place, mandate in enumerate([*own, *cast.guests_of(street.key)]):
            # Guests receive at the first community's station, where they sit (``_hours``).
            number = place % len(street.places["communities"]) + 1 if place < len(own) else 1
            for key in (street.key, f"{street.key} {number}"):
                station = house.row("station", key)
                if station is not None:
                    rows[f"{mandate.key} {key}"] = people.StationMember(
                        station=station, mandate=house.row("mandate", mandate.key), since=max(station.since, mandate.since),
                        until=mandate.until, role="head" if place == 0 and key == street.key else "member",
                    )  # fmt: skip
    house.keep("station member", rows)


def _hours(house: House, cast: Cast) -> None:
    """Houses receive every week, hubs every month, points by a rota; some sit in the open or in the evening."""
    hours: dict[str, people.ReceptionHours] = {}
    sitters: dict[str, Any] = {}
    places = library("network")["mobile_places"]

    def sit(key: str, station: str, who: list[Any], **more: Any) -> None:
        row = house.row("station", station)
        hours[key] = people.ReceptionHours(
            station=row, since=row.since, **{"begins": time(9), "ends": time(11), **more}
        )
        for one in who:
            sitters[f"{key} {one.key}"] = people.ReceptionDeputy(
                hours=hours[key], mandate=house.row("mandate", one.key)
            )

    for place, street in enumerate(cast.streets):
        who = [mandate for mandate in cast.deputy_of(street.key) if mandate.until is None]
        sit(f"week {street.key}", street.key, who[:2], weekday=place % 5 + 1)
        month = [*who[2:4], *cast.guests_of(street.key)]
        sit(f"month {street.key}", f"{street.key} 1", month, month_day=20, begins=time(14, 30), ends=time(16, 30))
        sit(
            f"night {street.key}", f"{street.key} 1", who[4:5], day=cast.today + timedelta(days=3 + place), begins=time(19),
            ends=time(20, 30), manner="night" if place % 2 else "mobile", place=f"{street.name}{places[place % len(places)]}",
            topic="老旧小区改造和加装电梯",
        )  # fmt: skip
    for number, told in enumerate(library("network")["point"], 1):
        who = [m for m in cast.deputy_of(cast.streets[told["street"] - 1].key) if m.until is None][5:]
        for week in range(POINT_WEEKS):
            day = cast.today + timedelta(days=1 + number % 5 + 7 * week)
            mine = who[(week + number) % len(who) :][:1] if (number, week) != (7, 2) else []
            sit(f"rota {number} {week}", f"point{number:02d}", mine, day=day, begins=time(10), ends=time(11, 30))
    house.keep("hours", hours)
    house.keep("sitter", sitters)


def _grids(house: House, cast: Cast, term: Term) -> None:
    """Three a street, with a governor and a deputy in one or two of the five roles; a few of either are missing."""
    chance, grids, members = dice(cast.seed, "grids"), {}, {}
    for place, street in enumerate(cast.streets):
        who = [mandate for mandate in cast.deputy_of(street.key) if mandate.until is None]
        for number in range(1, GRIDS_A_STREET + 1):
            key, total = f"grid-{place + 1:02d}-{number}", place * GRIDS_A_STREET + number
            grids[key] = people.Grid(
                number=f"{place + 1:02d}{number:02d}", name=f"{street.places['communities'][number - 1]}第{number}网格",
                street=house.row("organ", street.key), community=house.row("community", f"{street.key} {number}"),
                station=house.row("station", f"{street.key} {number}"), since=term.since + timedelta(days=90),
                governor="" if total % 13 == 0 else GOVERNORS[total % len(GOVERNORS)], governor_post="社区网格员",
                boundary=_square(place, number),
            )  # fmt: skip
            if total % 11 == 0:
                continue
            one = who[number % len(who)]
            for role in chance.sample(sorted(ROLE_LABELS), 1 + total % 2):
                members[f"{key} {role}"] = people.GridMember(
                    grid=grids[key],
                    mandate=house.row("mandate", one.key),
                    role=role,
                    since=max(grids[key].since, one.since),
                )
    house.keep("grid", grids)
    house.keep("grid member", members)


def _square(place: int, number: int) -> dict[str, Any]:
    """A square of the sea, as GeoJSON."""
    west = float(STREET_STEP) * (place % 5) + GRID_SIDE * (number - 1)
    south = float(STREET_STEP) * (place // 5)
    east, north = round(west + GRID_SIDE, 6), round(south + GRID_SIDE * 3, 6)
    corners = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [[[round(x, 6), round(y, 6)] for x, y in corners]]}
