"""The sheets of grids and of the deputies who serve in them in five roles (A19)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from openrenda.documents.cells import Cell
from openrenda.languages import in_chinese
from openrenda.people.imports import cells
from openrenda.people.imports.sheet import Action, Column, Register, Sheet, Values, given, upsert
from openrenda.people.models import Grid, GridMember
from openrenda.people.models.grid import ROLE_LABELS
from openrenda.people.offices import STATION_KEEPERS
from openrenda.people.refusals import Refused


def _write_grid(values: Values, register: Register) -> Action:
    columns = given(values, "name", "governor", "governor_post", "since", "until")
    columns["street"] = register.organ(values["street"])
    if "community" in values:
        columns["community"] = register.community(values["community"])
    if "station" in values:
        columns["station"] = register.station(values["station"])
    found = Grid.objects.filter(number=values["number"]).first()
    return upsert(Grid, found, columns if found else {"number": values["number"]} | columns)[1]


def _grid_rows() -> Iterable[Sequence[Cell]]:
    for row in Grid.objects.select_related("street", "community", "station"):
        yield [
            row.number, row.name, row.street.code, row.community.code if row.community else None,
            row.station.number if row.station else None, row.governor, row.governor_post, row.since, row.until,
        ]  # fmt: skip


GRIDS = Sheet(
    key="grids",
    title="网格、区块",
    columns=(
        Column("网格编号", "number", cells.code(30), required=True),
        Column("名称", "name", cells.text(50), required=True),
        Column("街道代码", "street", cells.code(30), required=True),
        Column("社区代码", "community", cells.code(30)),
        Column("站点编号", "station", cells.code(30), note="网格所属的站点"),
        Column("网格长、区块治理员", "governor", cells.name, note="不填表示空缺"),
        Column("网格长职务", "governor_post", cells.text(100)),
        Column("起始日期", "since", cells.date, required=True, kind="date"),
        Column("截止日期", "until", cells.date, kind="date"),
    ),
    identity=("number",),
    write=_write_grid,
    rows=_grid_rows,
    examples=[["31", "东街31号区块", "S01", "S01-C01", "Z01", "何平", "社区工作者", "2022-03-01", None]],
    keepers=STATION_KEEPERS,
)


def _write_member(values: Values, register: Register) -> Action:
    grid = register.grid(values["grid"])
    if grid is None:
        raise Refused(_("请填写“网格编号”。"))
    mandate = register.mandate(values["name"], values.get("birth_year"), values["since"])
    key = {"grid": grid, "mandate": mandate, "role": values["role"], "since": values["since"]}
    found = GridMember.objects.filter(**key).first()
    columns = given(values, "until")
    return upsert(GridMember, found, columns if found else key | columns)[1]


def _member_rows() -> Iterable[Sequence[Cell]]:
    rows = GridMember.objects.select_related("grid", "mandate__person")
    for row in rows.order_by("grid__number", "mandate__person__stroke_key", "role", "since"):
        person = row.mandate.person
        yield [
            row.grid.number,
            person.name,
            person.birth_year,
            in_chinese(ROLE_LABELS[row.role]),
            row.since,
            row.until,
        ]


GRID_MEMBERS = Sheet(
    key="grid-members",
    title="网格代表",
    columns=(
        Column("网格编号", "grid", cells.code(30), required=True),
        Column("代表姓名", "name", cells.name, required=True),
        Column("出生年份", "birth_year", cells.birth_year, kind="integer", note="有同名同姓时必填"),
        Column(
            "五员角色", "role", cells.choice(ROLE_LABELS), required=True,
            choices=tuple(map(in_chinese, ROLE_LABELS.values())), note="兼任几员的，每员写一行",
        ),
        Column("起始日期", "since", cells.date, required=True, kind="date"),
        Column("截止日期", "until", cells.date, kind="date"),
    ),
    identity=("grid", "name", "birth_year", "role", "since"),
    write=_write_member,
    rows=_member_rows,
    examples=[["31", "张三", 1975, "社情民意收集员", "2022-03-01", None]],
    keepers=STATION_KEEPERS,
)  # fmt: skip
