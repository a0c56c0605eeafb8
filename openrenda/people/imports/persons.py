"""The sheets of people and of their mandates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from openrenda.documents.cells import Cell
from openrenda.languages import in_chinese
from openrenda.people.imports import cells
from openrenda.people.imports.sheet import Action, Column, Register, Sheet, Values, given, upsert
from openrenda.people.mandates import end_mandate
from openrenda.people.models import Mandate, Person
from openrenda.people.models.mandate import BEGIN_LABELS, END_LABELS
from openrenda.people.models.person import SEX_LABELS
from openrenda.people.names.strokes import override_key
from openrenda.people.refusals import Refused


def _write_person(values: Values, register: Register) -> Action:
    columns = given(values, "sex", "ethnicity", "birth_year", "post", "phone", "pinyin_override")
    if "strokes" in values:
        digits = values["strokes"]
        columns["stroke_override"] = override_key(digits, values["name"]) if digits else ""
    found = same_person(values["name"], values.get("birth_year"))
    return upsert(Person, found, columns if found else {"name": values["name"]} | columns)[1]


def same_person(name: str, birth_year: int | None) -> Person | None:
    """The person of that name and year; one whose year is not known yet counts as the same when alone."""
    people = list(Person.objects.filter(name=name).order_by("id"))
    exact = [person for person in people if person.birth_year == birth_year]
    matching = exact or [person for person in people if birth_year is None or person.birth_year is None]
    if len(matching) > 1:
        raise Refused(
            _("人员表中已有 %(count)s 位“%(name)s”，请填写出生年份以便对应。") % {"count": len(matching), "name": name}
        )
    return matching[0] if matching else None


def _person_rows() -> Iterable[Sequence[Cell]]:
    for person in Person.objects.in_name_order():
        sex = in_chinese(SEX_LABELS[person.sex]) if person.sex in SEX_LABELS and person.sex else None
        yield [person.name, person.birth_year, sex, person.ethnicity, person.post, None, None, person.pinyin_override]


SEXES = {key: label for key, label in SEX_LABELS.items() if key}

PEOPLE = Sheet(
    key="people",
    title="人员",
    columns=(
        Column("姓名", "name", cells.name, required=True, note="少数民族姓名中的点写作“·”"),
        Column("出生年份", "birth_year", cells.birth_year, kind="integer", note="同名同姓时靠它区分；再次导入按姓名和出生年份对应"),
        Column("性别", "sex", cells.choice(SEXES), choices=("女", "男")),
        Column("民族", "ethnicity", cells.text(20)),
        Column("工作单位及职务", "post", cells.text(200)),
        Column("手机号码", "phone", cells.phone, note="加密保存，导出时不带出"),
        Column("首字笔画", "strokes", cells.stroke_digits, note="只有字库以外的生僻字需要填：1 横 2 竖 3 撇 4 点捺 5 折，例如“大”填 134"),
        Column("拼音", "pinyin_override", cells.text(100), note="读音特殊时填写，音节之间空格，例如 shan xiao yun"),
    ),
    identity=("name", "birth_year"),
    write=_write_person,
    rows=_person_rows,
    examples=[["张三", 1975, "女", "汉族", "青山区第一小学教师", "13800000000", None, None]],
)  # fmt: skip


def _write_mandate(values: Values, register: Register) -> Action:
    term = register.term(values["term"])
    columns = given(
        values,
        "electoral_unit",
        "card_number",
        "begin_reason",
        "begin_basis",
        "since",
        "until",
        "end_reason",
        "end_basis",
    )
    if "district" in values:
        columns["district"] = register.district(term, values["district"])
    if "delegation" in values:
        columns["delegation"] = register.group("delegation", values["delegation"], values["since"])
    _check_end(values)
    end = {key: columns.pop(key, "") for key in ("until", "end_reason", "end_basis")}
    person = register.person(values["name"], values.get("birth_year"))
    found = _same_mandate(person, term, values)
    mandate, action = upsert(Mandate, found, columns if found else {"person": person, "term": term} | columns)
    _check_quota(mandate)
    return "changed" if _end(mandate, end) and action == "same" else action


def _end(mandate: Mandate, end: Values) -> bool:
    """Ends a mandate that goes on, with its places in groups and its seats; corrects the end of one that has ended."""
    if not end["until"]:
        return False
    if mandate.until is None:
        end_mandate(mandate, until=end["until"], reason=end["end_reason"], basis=end["end_basis"])
        return True
    return upsert(Mandate, mandate, end)[1] == "changed"


def _same_mandate(person: Person, term: Any, values: Values) -> Mandate | None:
    mine = Mandate.objects.filter(term=term, person=person)
    card = values.get("card_number")
    if card:
        holder = Mandate.objects.filter(term=term, card_number=card).select_related("person").first()
        if holder is not None and holder.person_id != person.pk:
            raise Refused(
                _("代表证号 %(card)s 已属于“%(name)s”，请核对。") % {"card": card, "name": holder.person.name}
            )
        if holder is not None:
            return holder
    return mine.filter(since=values["since"]).first()


def _check_end(values: Values) -> None:
    """代表法第六十二条: an end has a reason and, unless the term ended, a document."""
    until, reason, basis = values.get("until"), values.get("end_reason"), values.get("end_basis")
    if bool(until) != bool(reason):
        raise Refused(_("“终止日期”和“终止原因”须同时填写。"))
    if reason and reason != "term_ended" and not basis:
        raise Refused(_("代表资格终止须填写“终止依据”文件。"))
    if values.get("begin_reason") == "by_election" and not values.get("begin_basis"):
        raise Refused(_("补选的代表须填写“资格审查报告”。"))
    if until and until < values["since"]:
        raise Refused(_("“终止日期”早于“任职日期”，请核对。"))


def _check_quota(mandate: Mandate) -> None:
    """选举法: a district has no more deputies at a time than its quota."""
    district = mandate.district
    if district is None:
        return
    held = Mandate.objects.on(mandate.since).filter(district=district).count()
    if held > district.quota:
        raise Refused(
            _("%(district)s应选 %(quota)s 名，加上本行将有 %(held)s 名代表，超过名额，请核对选区或者先终止前任。")
            % {"district": district, "quota": district.quota, "held": held}
        )


def _mandate_rows() -> Iterable[Sequence[Cell]]:
    rows = Mandate.objects.select_related("person", "term", "district", "delegation")
    for mandate in rows.order_by("term__number", "person__stroke_key", "since"):
        end = in_chinese(END_LABELS.get(mandate.end_reason, "")) or None
        yield [
            mandate.person.name, mandate.person.birth_year, mandate.term.number, mandate.since,
            mandate.district.number if mandate.district else None, mandate.electoral_unit,
            mandate.delegation.name if mandate.delegation else None, mandate.card_number,
            in_chinese(BEGIN_LABELS[mandate.begin_reason]), mandate.begin_basis, mandate.until, end, mandate.end_basis,
        ]  # fmt: skip


MANDATES = Sheet(
    key="mandates",
    title="代表任职",
    columns=(
        Column("姓名", "name", cells.name, required=True, note="须已在人员表中"),
        Column("出生年份", "birth_year", cells.birth_year, kind="integer", note="有同名同姓时必填"),
        Column("届", "term", cells.number, required=True, kind="integer", note="只填数字，例如 6"),
        Column("任职日期", "since", cells.date, required=True, kind="date"),
        Column("选区编号", "district", cells.number, kind="integer", note="直接选举的填写"),
        Column("选举单位", "electoral_unit", cells.text(50), note="由下级人大选举的填写"),
        Column("代表团", "delegation", cells.text(50), note="须已在代表小组表中"),
        Column("代表证号", "card_number", cells.code(30)),
        Column(
            "产生方式",
            "begin_reason",
            cells.choice(BEGIN_LABELS),
            choices=tuple(map(in_chinese, BEGIN_LABELS.values())),
        ),
        Column("资格审查报告", "begin_basis", cells.text(200), note="补选的必填"),
        Column("终止日期", "until", cells.date, kind="date"),
        Column("终止原因", "end_reason", cells.choice(END_LABELS), choices=tuple(map(in_chinese, END_LABELS.values()))),
        Column("终止依据", "end_basis", cells.text(200), note="除任期届满外必填"),
    ),
    identity=("name", "birth_year", "term", "since"),
    write=_write_mandate,
    rows=_mandate_rows,
    examples=[["张三", 1975, 6, "2022-01-10", 1, None, "第一代表团", "6001", "换届选举", None, None, None, None]],
)
