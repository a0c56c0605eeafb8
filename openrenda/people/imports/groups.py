"""The sheets of groups and of who sits in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from openrenda.documents.cells import Cell
from openrenda.languages import in_chinese
from openrenda.people.imports import cells
from openrenda.people.imports.sheet import Action, Column, Register, Sheet, Values, given, upsert
from openrenda.people.models import Group, GroupMembership, Mandate
from openrenda.people.models.group import KIND_LABELS, ROLE_LABELS, UPPER
from openrenda.people.refusals import Refused

_KINDS = tuple(map(in_chinese, KIND_LABELS.values()))
_ROLES = tuple(map(in_chinese, ROLE_LABELS.values()))


def _write_group(values: Values, register: Register) -> Action:
    columns = given(values, "since", "until", "position")
    if "street" in values:
        columns["street"] = register.organ(values["street"])
    key = {"kind": values["kind"], "name": values["name"]}
    found = Group.objects.filter(**key, since=values["since"]).first()
    return upsert(Group, found, columns if found else key | columns)[1]


def _group_rows() -> Iterable[Sequence[Cell]]:
    for group in Group.objects.select_related("street").order_by("kind", "position", "name", "since"):
        street = group.street.code if group.street else None
        yield [
            in_chinese(KIND_LABELS.get(group.kind, group.kind)),
            group.name,
            group.since,
            street,
            group.position,
            group.until,
        ]


GROUPS = Sheet(
    key="groups",
    title="代表小组",
    columns=(
        Column("类别", "kind", cells.choice(KIND_LABELS), required=True, choices=_KINDS),
        Column("名称", "name", cells.text(50), required=True),
        Column("成立日期", "since", cells.date, required=True, kind="date"),
        Column("街道代码", "street", cells.code(30), note="街道、乡镇代表小组填写"),
        Column("排序", "position", cells.number, kind="integer", cleared=0),
        Column("撤销日期", "until", cells.date, kind="date"),
    ),
    identity=("kind", "name", "since"),
    write=_write_group,
    rows=_group_rows,
    examples=[
        ["代表团", "第一代表团", "2022-01-10", None, 1, None],
        ["街道、乡镇代表小组", "东街代表小组", "2022.1.10", "S01", 1, None],
    ],
)


def _write_member(values: Values, register: Register) -> Action:
    group = register.group(values["kind"], values["group"], values["since"])
    mandate = _mandate(values, register)
    columns = given(values, "role", "until")
    key = {"group": group, "mandate": mandate, "since": values["since"]}
    found = GroupMembership.objects.filter(**key).first()
    return upsert(GroupMembership, found, columns if found else key | columns)[1]


def _mandate(values: Values, register: Register) -> Mandate:
    """The mandate held on the first day in the group; only groups of deputies of other levels have guests."""
    person = register.person(values["name"], values.get("birth_year"))
    deputies = Mandate.everyone if values["kind"] == UPPER else Mandate.objects
    rows = deputies.on(values["since"]).filter(person=person)
    mandate: Mandate | None = rows.order_by("-level", "-since").first()
    if mandate is None:
        raise Refused(
            _("“%(name)s”在 %(day)s 不是代表，不能编入代表小组，请核对日期。")
            % {"name": person.name, "day": values["since"]}
        )
    return mandate


def _member_rows() -> Iterable[Sequence[Cell]]:
    rows = GroupMembership.objects.select_related("group", "mandate__person")
    for row in rows.order_by("group__kind", "group__position", "group__name", "mandate__person__stroke_key", "since"):
        person = row.mandate.person
        yield [
            in_chinese(KIND_LABELS.get(row.group.kind, row.group.kind)), row.group.name, person.name, person.birth_year,
            in_chinese(ROLE_LABELS.get(row.role, row.role)), row.since, row.until,
        ]  # fmt: skip


MEMBERS = Sheet(
    key="members",
    title="小组成员",
    columns=(
        Column("小组类别", "kind", cells.choice(KIND_LABELS), required=True, choices=_KINDS),
        Column("小组名称", "group", cells.text(50), required=True),
        Column("代表姓名", "name", cells.name, required=True),
        Column("出生年份", "birth_year", cells.birth_year, kind="integer", note="有同名同姓时必填"),
        Column("组内职务", "role", cells.choice(ROLE_LABELS), choices=_ROLES),
        Column("起始日期", "since", cells.date, required=True, kind="date"),
        Column("截止日期", "until", cells.date, kind="date"),
    ),
    identity=("kind", "group", "name", "birth_year", "since"),
    write=_write_member,
    rows=_member_rows,
    examples=[["代表团", "第一代表团", "张三", 1975, "团长、组长", "2022-01-10", None]],
)  # fmt: skip
