"""The sheet of deputies of other levels who take part here (A01 (4)). Whoever is new in the register is entered with the row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from openrenda.documents.cells import Cell
from openrenda.languages import in_chinese
from openrenda.people.guests import congress_named, end_guest, told_by
from openrenda.people.imports import cells
from openrenda.people.imports.persons import SEXES, same_person
from openrenda.people.imports.sheet import Action, Column, Register, Sheet, Values, given, upsert
from openrenda.people.models import Congress, Mandate, Person
from openrenda.people.models.mandate import LEVEL_LABELS
from openrenda.people.offices import STATION_KEEPERS
from openrenda.people.refusals import Refused

_LEVELS = tuple(map(in_chinese, LEVEL_LABELS.values()))


def _write_guest(values: Values, register: Register) -> Action:
    congress = congress_named(values["of_congress"])
    level = _level(values, congress)
    name = congress.name if congress else values["of_congress"]
    person, known = _person(values, congress)
    until = values.get("until")
    key = {"person": person, "of_congress": name, "since": values["since"]}
    found = Mandate.guests.filter(**key).first()
    guest, action = upsert(Mandate, found, {"level": level, "elsewhere": congress} | ({} if found else key))
    if until and until != guest.until:
        end_guest(guest, until=until)
        action = "changed" if action == "same" else action
    return known if action == "same" else action


def _level(values: Values, congress: Congress | None) -> str:
    """The level of the congress where it is known here; otherwise it is written in the row."""
    level = values.get("level") or (congress.level if congress else "")
    if not level:
        raise Refused(_("请填写“层级”：本系统里没有“%(name)s”。") % {"name": values["of_congress"]})
    if congress and level != congress.level:
        raise Refused(_("“%(name)s”的层级与填写的“层级”不一致，请核对。") % {"name": congress.name})
    return str(level)


def _person(values: Values, congress: Congress | None) -> tuple[Person, Action]:
    """The person of that name; what her congress makes public need not be typed."""
    name, birth_year = values["name"], values.get("birth_year")
    told = told_by(congress, name, birth_year, values["since"]) if congress and not values.get("until") else {}
    typed = given(values, "sex", "ethnicity", "birth_year", "post", "phone")
    found = same_person(name, birth_year)
    columns = typed if found else {"name": name} | told | typed
    return upsert(Person, found, columns)


def _guest_rows() -> Iterable[Sequence[Cell]]:
    rows = Mandate.guests.select_related("person").order_by("level", "of_congress", "person__stroke_key", "since")
    for row in rows:
        person = row.person
        sex = in_chinese(SEXES[person.sex]) if person.sex in SEXES else None
        yield [
            person.name, person.birth_year, row.of_congress, in_chinese(LEVEL_LABELS.get(row.level, row.level)), row.since,
            row.until, person.post, sex, person.ethnicity, None,
        ]  # fmt: skip


GUESTS = Sheet(
    key="guests",
    title="其他层级代表",
    columns=(
        Column("姓名", "name", cells.name, required=True),
        Column("出生年份", "birth_year", cells.birth_year, kind="integer", note="有同名同姓时必填"),
        Column("所在人大", "of_congress", cells.text(100), required=True, note="全称，例如“某某市人民代表大会”；在本系统中的，性别、民族、职务从它公开的代表名册带出"),
        Column("层级", "level", cells.choice(LEVEL_LABELS), choices=_LEVELS, note="所在人大在本系统中的可以不填"),
        Column("起始日期", "since", cells.date, required=True, kind="date", note="从哪天起参加本地的站点和活动"),
        Column("截止日期", "until", cells.date, kind="date", note="不再参加的最后一天"),
        Column("工作单位及职务", "post", cells.text(200)),
        Column("性别", "sex", cells.choice(SEXES), choices=("女", "男"), rare=True),
        Column("民族", "ethnicity", cells.text(20), rare=True),
        Column("手机号码", "phone", cells.phone, note="加密保存，导出时不带出", rare=True),
    ),
    identity=("name", "birth_year", "of_congress", "since"),
    write=_write_guest,
    rows=_guest_rows,
    examples=[["王岚", 1972, "某某市人民代表大会", "市人大代表", "2026-03-01", None, "市第一医院医生", "女", "汉族", None]],
    notes=["其他层级代表参加站点、活动，听取群众意见；不参加本级的会议、表决，不计入本级代表人数，不提出本级的议案和建议。"],
    keepers=STATION_KEEPERS,
)  # fmt: skip
