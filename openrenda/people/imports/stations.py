"""The sheets of communities, stations, the deputies in them, what hubs link, and what streets are known for (A06, A07, A17)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from openrenda.documents.cells import Cell
from openrenda.languages import in_chinese
from openrenda.people.imports import cells
from openrenda.people.imports.sheet import Action, Column, Register, Sheet, Values, given, upsert
from openrenda.people.models import Community, HubLink, Speciality, Station, StationMember
from openrenda.people.models.station import COMMUNITY_LABELS, KIND_LABELS, POINT, ROLE_LABELS, SITE_LABELS
from openrenda.people.offices import STATION_KEEPERS
from openrenda.people.refusals import Refused
from openrenda.people.stations import seat_deputy

_YES = ("是", "否")


def _choices(labels: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(map(in_chinese, labels.values()))


def _write_community(values: Values, register: Register) -> Action:
    columns = given(values, "name", "kind", "since", "until") | {"street": register.organ(values["street"])}
    found = Community.objects.filter(code=values["code"]).first()
    return upsert(Community, found, columns if found else {"code": values["code"]} | columns)[1]


def _community_rows() -> Iterable[Sequence[Cell]]:
    for row in Community.objects.select_related("street"):
        kind = in_chinese(COMMUNITY_LABELS.get(row.kind, row.kind))
        yield [row.code, row.name, kind, row.street.code, row.since, row.until]


COMMUNITIES = Sheet(
    key="communities",
    title="社区、村",
    columns=(
        Column("代码", "code", cells.code(30), required=True),
        Column("名称", "name", cells.text(50), required=True),
        Column("类别", "kind", cells.choice(COMMUNITY_LABELS), choices=_choices(COMMUNITY_LABELS)),
        Column("街道代码", "street", cells.code(30), required=True),
        Column("起始日期", "since", cells.date, required=True, kind="date"),
        Column("截止日期", "until", cells.date, kind="date"),
    ),
    identity=("code",),
    write=_write_community,
    rows=_community_rows,
    examples=[["S01-C01", "东街社区", "社区", "S01", "2022-01-10", None]],
    keepers=STATION_KEEPERS,
)

_STATION_COLUMNS = (
    "name", "kind", "hub", "address", "longitude", "latitude", "telephone", "opening_hours", "site", "character",
    "highlight", "since",
)  # fmt: skip


def _write_station(values: Values, register: Register) -> Action:
    _check_station(values)
    columns = given(values, *_STATION_COLUMNS) | {"street": register.organ(values["street"])}
    if "community" in values:
        columns["community"] = register.community(values["community"])
    columns |= {name: register.station(values[name]) for name in ("parent", "successor") if name in values}
    found = Station.objects.filter(number=values["number"]).first()
    if found is None:
        return upsert(Station, None, {"number": values["number"]} | columns | given(values, "until", "close_reason"))[1]
    if values.get("until") != found.until and "until" in values:
        raise Refused(_("关闭站点请在“关闭站点”页面办理，以便移交未办结的事项；没有改动。"))
    return upsert(Station, found, columns | given(values, "close_reason"))[1]


def _check_station(values: Values) -> None:
    if values["kind"] == POINT and not values.get("site"):
        raise Refused(_("代表联络点须填写“联络点类型”。"))
    if bool(values.get("longitude")) != bool(values.get("latitude")):
        raise Refused(_("“经度”和“纬度”须同时填写。"))
    if bool(values.get("until")) != bool(values.get("close_reason")):
        raise Refused(_("“关闭日期”和“撤并原因”须同时填写。"))


def _station_rows() -> Iterable[Sequence[Cell]]:
    for row in Station.objects.select_related("street", "community", "parent", "successor"):
        yield [
            row.number, row.name, in_chinese(KIND_LABELS.get(row.kind, row.kind)), row.street.code,
            row.community.code if row.community else None, _YES[not row.hub], row.parent.number if row.parent else None,
            row.address, _number(row.longitude), _number(row.latitude), row.telephone, row.opening_hours,
            in_chinese(SITE_LABELS.get(row.site, row.site)), row.character, row.highlight, row.since, row.until,
            row.close_reason, row.successor.number if row.successor else None,
        ]  # fmt: skip


def _number(value: object) -> str | None:
    return None if value is None else str(value)


STATIONS = Sheet(
    key="stations",
    title="家站室点",
    columns=(
        Column("站点编号", "number", cells.code(30), required=True),
        Column("名称", "name", cells.text(50), required=True),
        Column("类别", "kind", cells.choice(KIND_LABELS), required=True, choices=_choices(KIND_LABELS)),
        Column("街道代码", "street", cells.code(30), required=True),
        Column("社区代码", "community", cells.code(30), note="街道一级的站点不填"),
        Column("中心站", "hub", cells.yes_or_no, choices=_YES, cleared=False),
        Column("所属中心站编号", "parent", cells.code(30), note="须已在本表中，或者写在前面的行", rare=True),
        Column("地址", "address", cells.text(200), rare=True),
        Column("经度", "longitude", cells.degrees(180), kind="number", note="十进制度数，例如 114.316200", rare=True),
        Column("纬度", "latitude", cells.degrees(90), kind="number", note="十进制度数，例如 30.546500", rare=True),
        Column("联系电话", "telephone", cells.phone, note="公开的固定电话；不要填个人手机", rare=True),
        Column("开放时间", "opening_hours", cells.text(200), note="例如“工作日 9:00 至 17:00”", rare=True),
        Column("联络点类型", "site", cells.choice(SITE_LABELS), choices=_choices(SITE_LABELS), note="代表联络点必填", rare=True),
        Column("行业、特点", "character", cells.text(100), rare=True),
        Column("亮点", "highlight", cells.text(100), note="一站一亮点", rare=True),
        Column("启用日期", "since", cells.date, required=True, kind="date"),
        Column("关闭日期", "until", cells.date, kind="date", note="只用于导入已经关闭的站点"),
        Column("撤并原因", "close_reason", cells.text(200), rare=True),
        Column("承接站点编号", "successor", cells.code(30), rare=True),
    ),
    identity=("number",),
    write=_write_station,
    rows=_station_rows,
    examples=[
        ["Z01", "东街代表之家", "代表之家", "S01", None, "是", None, "东街1号", "114.316200", "30.546500", "027-88880000",
         "工作日 9:00 至 17:00", None, None, "小巷夜谈", "2022-03-01", None, None, None],
    ],
    keepers=STATION_KEEPERS,
)  # fmt: skip


def _write_member(values: Values, register: Register) -> Action:
    station = _station(values["station"], register)
    mandate = register.mandate(values["name"], values.get("birth_year"), values["since"])
    found = StationMember.objects.filter(station=station, mandate=mandate, since=values["since"]).first()
    if found is None:
        seated = seat_deputy(station, mandate, since=values["since"])
        upsert(StationMember, seated, given(values, "role", "until"))
        return "added"
    return upsert(StationMember, found, given(values, "role", "until"))[1]


def _station(number: str, register: Register) -> Station:
    station = register.station(number)
    if station is None:
        raise Refused(_("请填写“站点编号”。"))
    return station


def _member_rows() -> Iterable[Sequence[Cell]]:
    rows = StationMember.objects.select_related("station", "mandate__person")
    for row in rows.order_by("station__number", "mandate__person__stroke_key", "since"):
        person, role = row.mandate.person, in_chinese(ROLE_LABELS.get(row.role, row.role))
        yield [row.station.number, person.name, person.birth_year, role, row.since, row.until]


STATION_MEMBERS = Sheet(
    key="station-members",
    title="进站代表",
    columns=(
        Column("站点编号", "station", cells.code(30), required=True),
        Column("代表姓名", "name", cells.name, required=True),
        Column("出生年份", "birth_year", cells.birth_year, kind="integer", note="有同名同姓时必填"),
        Column("站内职务", "role", cells.choice(ROLE_LABELS), choices=_choices(ROLE_LABELS)),
        Column("起始日期", "since", cells.date, required=True, kind="date"),
        Column("截止日期", "until", cells.date, kind="date"),
    ),
    identity=("station", "name", "birth_year", "since"),
    write=_write_member,
    rows=_member_rows,
    examples=[["Z01", "张三", 1975, "站长", "2022-03-01", None]],
    keepers=STATION_KEEPERS,
)


def _write_link(values: Values, register: Register) -> Action:
    hub, community = _station(values["station"], register), register.community(values["community"])
    if not hub.hub:
        raise Refused(_("“%(name)s”不是中心站，不能联系社区；请先在家站室点表中把它设为中心站。") % {"name": hub.name})
    key = {"hub": hub, "community": community, "since": values["since"]}
    found = HubLink.objects.filter(**key).first()
    columns = given(values, "until")
    return upsert(HubLink, found, columns if found else key | columns)[1]


def _link_rows() -> Iterable[Sequence[Cell]]:
    rows = HubLink.objects.select_related("hub", "community").order_by("hub__number", "community__code", "since")
    for row in rows:
        yield [row.hub.number, row.community.code, row.since, row.until]


HUB_LINKS = Sheet(
    key="hub-links",
    title="中心站联系的社区",
    columns=(
        Column("中心站编号", "station", cells.code(30), required=True),
        Column("社区代码", "community", cells.code(30), required=True),
        Column("起始日期", "since", cells.date, required=True, kind="date"),
        Column("截止日期", "until", cells.date, kind="date"),
    ),
    identity=("station", "community", "since"),
    write=_write_link,
    rows=_link_rows,
    examples=[["Z01", "S01-C01", "2022-03-01", None]],
    keepers=STATION_KEEPERS,
)


def _write_speciality(values: Values, register: Register) -> Action:
    street = register.organ(values["street"])
    found = Speciality.objects.filter(street=street, since=values["since"]).first()
    columns = given(values, "words", "until")
    key = {"street": street, "since": values["since"]}
    return upsert(Speciality, found, columns if found else key | columns)[1]


def _speciality_rows() -> Iterable[Sequence[Cell]]:
    for row in Speciality.objects.select_related("street").order_by("street__code", "since"):
        yield [row.street.code, row.words, row.since, row.until]


SPECIALITIES = Sheet(
    key="specialities",
    title="街道特色",
    columns=(
        Column("街道代码", "street", cells.code(30), required=True),
        Column("特色", "words", cells.text(50), required=True, note="一街一品：同一时间只有一个"),
        Column("起始日期", "since", cells.date, required=True, kind="date"),
        Column("截止日期", "until", cells.date, kind="date"),
    ),
    identity=("street", "since"),
    write=_write_speciality,
    rows=_speciality_rows,
    examples=[["S01", "邻里议事", "2022-03-01", None]],
    keepers=STATION_KEEPERS,
)
