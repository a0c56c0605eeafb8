"""Registers in and out of spreadsheets, with the mistakes clerks really make."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Sequence
from typing import Any

import pytest

from openrenda.documents.cells import Cell
from openrenda.documents.tables import Row, read_table, write_workbook
from openrenda.documents.tables import Sheet as BookSheet
from openrenda.people import seats
from openrenda.people.imports import SHEETS, Outcome, export, run, run_file, template
from openrenda.people.models import (
    Account,
    Category,
    District,
    Group,
    GroupMembership,
    Mandate,
    Organ,
    OrganName,
    Person,
    Seat,
    SeatGrant,
    Term,
)
from openrenda.people.tests import cast

pytestmark = pytest.mark.usefixtures("congress")

ORGAN = {"代码": "J01", "名称": "教育局", "类别": "政府部门", "设立日期": "2022-01-10"}
PERSON = {"姓名": "张三", "出生年份": 1975}
MANDATE = {"姓名": "张三", "届": 6, "任职日期": "2022-01-10"}


def bring(key: str, *rows: dict[str, Cell], keep: bool = True, **options: Any) -> Outcome:
    headers = list(dict.fromkeys(name for row in rows for name in row))
    return run(SHEETS[key], headers, [Row(number, row) for number, row in enumerate(rows, 2)], keep=keep, **options)


def only_reason(outcome: Outcome) -> str:
    [row] = outcome.bad_rows
    [reason] = row.reasons
    return reason


def a_file(headers: Sequence[str], *rows: Sequence[Cell]) -> bytes:
    return write_workbook([BookSheet("机构", headers, rows)])


def test_a_dry_run_shows_what_would_happen_and_keeps_nothing() -> None:
    outcome = bring("organs", ORGAN, keep=False)
    assert (outcome.good, outcome.kept, outcome.counts["added"]) == (True, False, 1)
    assert not Organ.objects.exists()


def test_one_bad_row_keeps_the_whole_file_out() -> None:
    outcome = bring("organs", ORGAN, ORGAN | {"代码": "J02", "类别": "火星部门"})
    assert not outcome.kept
    assert outcome.rows[0].action == "added"
    assert outcome.rows[1].number == 3
    assert "“类别”：“火星部门”不在可选范围内，请填：" in only_reason(outcome)
    assert not Organ.objects.exists()


def test_every_mistake_of_a_row_is_named_at_once() -> None:
    outcome = bring("organs", {"代码": "", "名称": "长" * 51, "类别": "政府部门", "设立日期": "2026-02-30"})
    [row] = outcome.bad_rows
    assert len(row.reasons) == 3
    assert row.reasons[0] == "“代码”没有填。"
    assert "51 个字，最多 50 个字" in row.reasons[1]
    assert "这一天不存在" in row.reasons[2]


@pytest.mark.parametrize(
    "written",
    ["2026年3月5日", "2026.3.5", "20260305", "２０２６年３月５日", 46086, datetime.date(2026, 3, 5), "2026/3/5"],
)
def test_dates_are_read_as_clerks_write_them(written: Cell) -> None:
    assert bring("organs", ORGAN | {"设立日期": written}).kept
    assert Organ.objects.get().since == datetime.date(2026, 3, 5)


def test_unknown_and_missing_columns_are_named() -> None:
    outcome = bring("organs", {"代码": "J01", "名称": "教育局", "类型": "政府部门", "序号": 1})
    assert not outcome.good
    assert "“类型”" in outcome.problems[0]
    assert "“类别”、“设立日期”" in outcome.problems[1]


def test_a_file_without_rows_is_a_problem() -> None:
    assert "没有一行数据" in run(SHEETS["organs"], SHEETS["organs"].headers, [], keep=True).problems[0]


def test_importing_again_updates_by_code_and_blank_cells_change_nothing() -> None:
    bring("organs", ORGAN | {"联系方式": "电话 1", "排序": 5})
    outcome = bring("organs", ORGAN | {"代码": "Ｊ０１", "联系方式": None, "排序": "６"})
    assert outcome.counts == {"added": 0, "changed": 1, "same": 0, "bad": 0}
    organ = Organ.objects.get()
    assert (organ.contact, organ.position) == ("电话 1", 6)
    assert bring("organs", ORGAN | {"联系方式": "（空）"}).kept
    assert Organ.objects.get().contact == ""
    assert bring("organs", ORGAN).counts["same"] == 1


def test_a_new_name_with_a_day_is_a_renaming_and_without_one_a_correction() -> None:
    bring("organs", ORGAN)
    bring("organs", ORGAN | {"名称": "教育体育局", "更名日期": "2024-05-01"})
    organ = Organ.objects.get()
    assert organ.name_on(datetime.date(2024, 4, 30)) == "教育局"
    assert organ.name_on(datetime.date(2024, 5, 1)) == organ.name == "教育体育局"
    bring("organs", ORGAN | {"名称": "教育和体育局"})
    assert set(OrganName.objects.values_list("name", flat=True)) == {"教育局", "教育和体育局"}


def test_organs_refer_to_earlier_rows_by_code() -> None:
    top = {"代码": "Z01", "名称": "区政府", "类别": "人民政府", "设立日期": "2022-01-10"}
    assert bring("organs", top, ORGAN | {"上级机构代码": "Z01", "监督机构代码": "Z01"}).kept
    assert Organ.objects.get(code="J01").supervisor == Organ.objects.get(code="Z01")
    assert "没有代码为“Z99”的机构" in only_reason(bring("organs", ORGAN | {"上级机构代码": "Z99"}))
    assert "不能是自己" in only_reason(bring("organs", ORGAN | {"上级机构代码": "J01"}))


def test_a_row_given_twice_is_refused_with_the_number_of_the_first() -> None:
    outcome = bring("people", PERSON, {"姓名": "张 三", "出生年份": "1975-03"})
    assert only_reason(outcome) == "与第 2 行重复，请删去其中一行。"


def test_persons_of_one_name_are_told_apart_by_year_of_birth() -> None:
    assert bring("people", PERSON, PERSON | {"出生年份": 1980}).kept
    assert bring("people", PERSON | {"民族": "回族"}).counts["changed"] == 1
    assert Person.objects.get(birth_year=1975).ethnicity == "回族"
    assert "已有 2 位“张三”" in only_reason(bring("people", {"姓名": "张三", "民族": "汉族"}))


def test_a_year_of_birth_learnt_later_completes_the_same_person() -> None:
    bring("people", {"姓名": "张三"})
    bring("people", PERSON)
    assert Person.objects.get().birth_year == 1975


@pytest.mark.parametrize("name", ["𠮷田䶮", "阿不力·买买提", "王😀", "欧阳　修"])
def test_rare_characters_and_emoji_come_through(name: str) -> None:
    content = a_file(["姓名", "出生年份"], [name, "１９７５"])
    assert run_file(SHEETS["people"], content, "人员.xlsx", keep=True).kept
    assert Person.objects.get().name == name.replace("　", "")


def test_strokes_of_a_character_outside_the_table_put_it_in_its_place() -> None:
    bring("people", {"姓名": "𠮷田", "首字笔画": "121251"}, {"姓名": "丁一"}, {"姓名": "张三"})
    assert [person.name for person in Person.objects.in_name_order()] == ["丁一", "𠮷田", "张三"]
    assert "1 至 5 的数字" in only_reason(bring("people", {"姓名": "𠮷田", "首字笔画": "横竖"}))


def a_term_with_a_district(quota: int = 1) -> Term:
    term = cast.a_term()
    cast.a_district(1, quota)
    return term


def test_a_mandate_needs_a_known_person_term_and_district() -> None:
    bring("people", PERSON)
    assert "没有第 6 届" in only_reason(bring("mandates", MANDATE))
    a_term_with_a_district()
    assert "没有“李四”" in only_reason(bring("mandates", MANDATE | {"姓名": "李四"}))
    assert "没有第 7 选区" in only_reason(bring("mandates", MANDATE | {"选区编号": 7}))
    assert bring("mandates", MANDATE | {"选区编号": "1"}).kept


def test_a_district_takes_no_more_deputies_than_its_quota() -> None:
    """选举法: 应选名额; I03 (3)."""
    a_term_with_a_district(quota=1)
    bring("people", PERSON, PERSON | {"姓名": "李四"})
    rows = [MANDATE | {"选区编号": 1}, MANDATE | {"选区编号": 1, "姓名": "李四"}]
    assert "应选 1 名，加上本行将有 2 名" in only_reason(bring("mandates", *rows))
    assert not Mandate.objects.exists()


def test_an_exit_needs_reason_and_document_and_ends_the_seat() -> None:
    """代表法第六十二条."""
    a_term_with_a_district()
    bring("people", PERSON)
    bring("mandates", MANDATE | {"代表证号": "6001"})
    seat = cast.a_seat("deputy", holder=Mandate.objects.get().pk)
    assert "须同时填写" in only_reason(bring("mandates", MANDATE | {"终止日期": "2026-05-31"}))
    leaving = MANDATE | {"终止日期": "2026-05-31", "终止原因": "辞职或者责令辞职被接受"}
    assert "终止依据" in only_reason(bring("mandates", leaving))
    assert bring("mandates", leaving | {"终止依据": "常委会决定"}).counts["changed"] == 1
    assert bring("mandates", leaving | {"终止依据": "常委会决定"}).counts["same"] == 1
    assert Seat.objects.get(pk=seat.pk).until == datetime.date(2026, 5, 31)


def test_a_card_number_belongs_to_one_deputy_of_the_term() -> None:
    a_term_with_a_district()
    bring("people", PERSON, PERSON | {"姓名": "李四"})
    bring("mandates", MANDATE | {"代表证号": "6001"})
    again = bring("mandates", MANDATE | {"姓名": "李四", "代表证号": "６００１"})
    assert "已属于“张三”" in only_reason(again)


def test_groups_and_their_members() -> None:
    a_term_with_a_district()
    bring("people", PERSON)
    bring("groups", {"类别": "代表团", "名称": "第一代表团", "成立日期": "2022-01-10"})
    assert bring("mandates", MANDATE | {"代表团": "第一代表团"}).kept
    member = {
        "小组类别": "代表团",
        "小组名称": "第一代表团",
        "代表姓名": "张三",
        "组内职务": "团长、组长",
        "起始日期": "2022-01-10",
    }
    assert bring("members", member).kept
    assert GroupMembership.objects.get().role == "head"
    assert "不是代表" in only_reason(bring("members", member | {"起始日期": "2020-01-01"}))
    assert "没有名称为“第二团”" in only_reason(bring("members", member | {"小组名称": "第二团"}))


def test_seats_become_requests_of_the_system_administrator() -> None:
    accounts = {key: cast.an_account(key) for key in ("system_admin", "security_admin", "audit_admin")}
    seats.found_administrators(accounts)
    bring("organs", ORGAN)
    row: dict[str, Cell] = {"登录名": "LiFang", "姓名": "李芳", "席位": "承办单位办公室", "机构代码": "J01"}
    assert bring("seats", row, by=accounts["system_admin"]).counts["added"] == 1
    assert Account.objects.get(login="lifang").has_usable_password() is False
    assert not Seat.objects.filter(key="organ_office").exists()
    assert bring("seats", row, by=accounts["system_admin"]).counts["same"] == 1
    grant = SeatGrant.objects.get()
    seats.decide(grant, agree=True, by=accounts["security_admin"])
    assert bring("seats", row | {"职务名称": "办公室主任"}, by=accounts["system_admin"]).counts["changed"] == 1
    assert Seat.objects.get(key="organ_office").title == "办公室主任"
    assert "只有系统管理员" in only_reason(bring("seats", row | {"席位": "承办单位经办人"}, by=accounts["audit_admin"]))


def test_seats_are_opened_at_once_at_the_installation() -> None:
    a_term_with_a_district()
    bring("people", PERSON)
    bring("mandates", MANDATE)
    bring("groups", {"类别": "代表团", "名称": "第一代表团", "成立日期": "2022-01-10"})
    deputy: dict[str, Cell] = {"登录名": "zs", "姓名": "张三", "席位": "代表", "起始日期": "2022-01-10"}
    head = deputy | {"席位": "代表团团长", "代表团": "第一代表团"}
    office = deputy | {"登录名": "office", "姓名": "代工委", "席位": "代表工作机构"}
    assert bring("seats", deputy, head, office, direct=True).kept
    assert {seat.holder_kind for seat in Seat.objects.all()} == {"mandate", "group", "congress"}
    assert Seat.objects.get(key="deputy").person == Person.objects.get()
    assert "已属于另一个人" in only_reason(bring("seats", office | {"姓名": "别人"}, direct=True))


def test_categories_form_a_tree() -> None:
    assert bring(
        "categories", {"代码": "01", "名称": "教育"}, {"代码": "0101", "名称": "学前教育", "上级类别代码": "01"}
    ).kept
    assert Category.objects.get(code="0101").parent == Category.objects.get(code="01")


def test_a_workbook_with_title_trailing_blanks_and_full_width_digits() -> None:
    rows: list[list[Cell]] = [
        ["青山区机构一览表", None, None, None, None],
        ["代码", "名称", "类别", "设立日期", None],
        ["Ｊ０１", " 教育局 ", "政府部门", "2026年3月5日", None],
        [None, None, None, None, None],
    ]
    content = write_workbook([BookSheet("表", ["", "", "", "", ""], rows)])
    assert run_file(SHEETS["organs"], content, "机构.xlsx", keep=True).kept
    organ = Organ.objects.get()
    assert (organ.code, organ.name, organ.since) == ("J01", "教育局", datetime.date(2026, 3, 5))


def test_a_csv_in_gbk() -> None:
    text = io.StringIO()
    csv.writer(text).writerows([["代码", "名称", "类别", "设立日期"], ["J01", "教育局", "政府部门", "2026.3.5"]])
    assert run_file(SHEETS["organs"], text.getvalue().encode("gbk"), "机构.csv", keep=True).kept
    assert Organ.objects.get().name == "教育局"


def test_a_file_that_is_no_table_is_refused_with_a_sentence() -> None:
    outcome = run_file(SHEETS["organs"], b"MZ\x90\x00" * 50, "program.xlsx", keep=True)
    assert outcome.problems
    assert not outcome.kept


@pytest.mark.parametrize("key", list(SHEETS))
def test_a_template_has_every_column_and_nothing_to_import(key: str) -> None:
    sheet = SHEETS[key]
    table = read_table(template(sheet), "模板.xlsx", sheet=sheet.title, expected=sheet.headers)
    assert table.headers == sheet.headers
    assert table.rows == []


@pytest.mark.parametrize("key", list(SHEETS))
def test_the_examples_of_a_template_have_one_cell_a_column(key: str) -> None:
    assert SHEETS[key].examples
    assert {len(example) for example in SHEETS[key].examples} == {len(SHEETS[key].columns)}


def test_the_examples_of_all_templates_can_be_imported_together() -> None:
    cast.a_term()
    street: dict[str, Cell] = {"代码": "S01", "名称": "东街", "类别": "街道", "设立日期": "2022-01-10"}
    assert bring("organs", street).kept
    for key, sheet in SHEETS.items():
        rows = [dict(zip(sheet.headers, example, strict=True)) for example in sheet.examples]
        outcome = bring(key, *rows, direct=True)
        assert outcome.kept, (key, outcome.problems, outcome.bad_rows)


def test_an_export_imported_again_changes_nothing() -> None:
    test_the_examples_of_all_templates_can_be_imported_together()
    for key, sheet in SHEETS.items():
        outcome = run_file(sheet, export(sheet), "导出.xlsx", keep=True, direct=True)
        assert outcome.counts["same"] == len(outcome.rows) > 0, (key, outcome)
    assert District.objects.count() == 1
    assert Group.objects.count() == 2
