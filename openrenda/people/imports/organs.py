"""The sheets of organs, districts and categories."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from openrenda.documents.cells import Cell
from openrenda.languages import in_chinese
from openrenda.people.imports import cells
from openrenda.people.imports.sheet import Action, Column, Register, Sheet, Values, given, upsert
from openrenda.people.models import Category, District, Organ, OrganName
from openrenda.people.models.organ import KIND_LABELS
from openrenda.people.organs import found_organ, rename_organ
from openrenda.people.refusals import Refused

_KINDS = tuple(map(in_chinese, KIND_LABELS.values()))


def _write_organ(values: Values, register: Register) -> Action:
    columns = given(values, "kind", "position", "contact", "since", "until")
    for key in ("parent", "supervisor"):
        if key in values:
            columns[key] = register.organ(values[key])
    organ = Organ.objects.filter(code=values["code"]).first()
    if organ is None:
        since, kind = columns.pop("since"), columns.pop("kind")
        found_organ(values["code"], values["name"], kind, since=since, **columns)
        return "added"
    if organ in (columns.get("parent"), columns.get("supervisor")):
        raise Refused(_("机构不能是自己的上级机构或者监督机构。"))
    renamed = _rename(organ, values)
    columns.pop("since", None)  # the founding day stays with the dated names
    action = upsert(Organ, organ, columns)[1]
    return "changed" if renamed else action


def _rename(organ: Organ, values: Values) -> bool:
    """With a day of renaming the old name stays in history; without one the present name was misspelt."""
    name, day = values["name"], values.get("renamed_on")
    if name == organ.name:
        return False
    if day is not None:
        rename_organ(organ, name, day)
        return True
    OrganName.objects.filter(organ=organ, name=organ.name, until=organ.until).update(name=name)
    organ.name = name
    organ.save(update_fields=["name"])
    return True


def _organ_rows() -> Iterable[Sequence[Cell]]:
    for organ in Organ.objects.select_related("parent", "supervisor"):
        yield [
            organ.code, organ.name, in_chinese(KIND_LABELS.get(organ.kind, organ.kind)), organ.since,
            organ.parent.code if organ.parent else None, organ.supervisor.code if organ.supervisor else None,
            organ.position, organ.contact, None, organ.until,
        ]  # fmt: skip


ORGANS = Sheet(
    key="organs",
    title="机构",
    columns=(
        Column(
            "代码", "code", cells.code(30), required=True, note="本地自编，不重复，以后不再改动；再次导入时按它对应"
        ),
        Column("名称", "name", cells.text(50), required=True, note="与现名不同而不填更名日期，视为改正错字"),
        Column("类别", "kind", cells.choice(KIND_LABELS), required=True, choices=_KINDS),
        Column("设立日期", "since", cells.date, required=True, kind="date", note="不知道的，填本届第一天"),
        Column("上级机构代码", "parent", cells.code(30), note="上级机构须写在前面的行"),
        Column("监督机构代码", "supervisor", cells.code(30), note="代表对办理态度不满意时交由哪个机构处理"),
        Column("排序", "position", cells.number, kind="integer", cleared=0),
        Column("联系方式", "contact", cells.text(200)),
        Column("更名日期", "renamed_on", cells.date, kind="date", note="机构改名时填写，旧名连同日期保留"),
        Column(
            "撤销日期",
            "until",
            cells.date,
            kind="date",
            note="存续的最后一天；合并请在系统中办理，以便移交未办结的事项",
        ),
    ),
    identity=("code",),
    write=_write_organ,
    rows=_organ_rows,
    examples=[
        [
            "Z01",
            "青山区人民政府",
            "人民政府",
            "2022-01-10",
            None,
            None,
            1,
            "办公室 0000-1234567",
            None,
            None,
        ],
        ["J01", "青山区教育局", "政府部门", "2022年1月10日", "Z01", "Z01", 2, None, None, None],
    ],
)


def _write_district(values: Values, register: Register) -> Action:
    term = register.term(values["term"])
    columns: dict[str, Any] = given(values, "name", "quota")
    if "street" in values:
        columns["street"] = register.organ(values["street"])
    found = District.objects.filter(term=term, number=values["number"]).first()
    key = {"term": term, "number": values["number"]}
    return upsert(District, found, columns if found else key | columns)[1]


def _district_rows() -> Iterable[Sequence[Cell]]:
    for district in District.objects.select_related("term", "street").order_by("term__number", "number"):
        street = district.street.code if district.street else None
        yield [district.term.number, district.number, district.name, district.quota, street]


DISTRICTS = Sheet(
    key="districts",
    title="选区",
    columns=(
        Column("届", "term", cells.number, required=True, kind="integer", note="只填数字，例如 6"),
        Column("选区编号", "number", cells.number, required=True, kind="integer"),
        Column("选区名称", "name", cells.text(50), required=True),
        Column("应选名额", "quota", cells.number, required=True, kind="integer"),
        Column("街道代码", "street", cells.code(30), note="机构表中街道、乡镇的代码"),
    ),
    identity=("term", "number"),
    write=_write_district,
    rows=_district_rows,
    examples=[[6, 1, "东街第一选区", 3, "S01"]],
)


def _write_category(values: Values, register: Register) -> Action:
    columns = given(values, "name", "position", "retired_on")
    if "parent" in values:
        columns["parent"] = register.category(values["parent"])
    found = Category.objects.filter(code=values["code"]).first()
    if found is not None and columns.get("parent") == found:
        raise Refused(_("类别不能是自己的上级类别。"))
    return upsert(Category, found, columns if found else {"code": values["code"]} | columns)[1]


def _category_rows() -> Iterable[Sequence[Cell]]:
    rows = Category.objects.select_related("parent").order_by("parent__position", "parent__code", "position", "code")
    for category in sorted(rows, key=lambda row: row.parent_id is not None):
        parent = category.parent.code if category.parent else None
        yield [category.code, category.name, parent, category.position, category.retired_on]


CATEGORIES = Sheet(
    key="categories",
    title="类别",
    columns=(
        Column("代码", "code", cells.code(20), required=True),
        Column("名称", "name", cells.text(50), required=True),
        Column("上级类别代码", "parent", cells.code(20), note="上级类别须写在前面的行"),
        Column("排序", "position", cells.number, kind="integer", cleared=0),
        Column("停用日期", "retired_on", cells.date, kind="date"),
    ),
    identity=("code",),
    write=_write_category,
    rows=_category_rows,
    examples=[["01", "教育", None, 1, None], ["0101", "学前教育", "01", 1, None]],
)
