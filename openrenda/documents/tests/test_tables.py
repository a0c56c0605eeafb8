"""Clerks' tables read as they are made, and workbooks that come back as they were written."""

from __future__ import annotations

import io
import json
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openrenda.documents.tables import (
    Column,
    Sheet,
    TableRefused,
    cell_text,
    name_of,
    normalise,
    parse_date,
    parse_integer,
    read_table,
    tidy,
    write_template,
    write_workbook,
)

EXPECTED = ["姓名", "性别", "电话", "邮箱", "任职日期"]


def workbook(rows: list[list[object]], merged: tuple[str, ...] = (), title: str = "名册") -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    page.title = title
    for row in rows:
        page.append(row)
    for area in merged:
        page.merge_cells(area)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_title_row_and_a_two_storey_merged_header_are_understood() -> None:
    content = workbook(
        [
            ["某某区人大代表名册（2026年）", None, None, None, None],
            ["姓　名", "*性别", "联系方式", None, "任职\n日期（必填）"],
            [None, None, "电话", "邮箱", None],
            ["张　三", "男", "１３８００００００００", "a@example.cn", "2026.3.5"],
            [None, None, None, None, None],
            ["李𠮷䶮", "女", 13900000000, None, date(2026, 3, 6)],
            [None] * 12,
        ],
        ("A1:E1", "A2:A3", "B2:B3", "C2:D2", "E2:E3"),
    )
    table = read_table(content, "名册.xlsx", expected=EXPECTED)
    assert table.headers == EXPECTED
    assert [row.number for row in table.rows] == [4, 6]
    assert table.rows[0].cells["电话"] == "13800000000"
    assert table.rows[1].cells["姓名"] == "李𠮷䶮"
    assert table.rows[1].cells["电话"] == 13900000000
    assert table.rows[1].cells["任职日期"] == date(2026, 3, 6)
    assert name_of(table.rows[0].cells["姓名"]) == "张三"


def test_rows_keep_their_number_when_the_table_starts_far_from_the_corner() -> None:
    book = openpyxl.Workbook()
    page = book.active
    page["C7"], page["D7"] = "姓名", "性别"
    page["C8"], page["D8"] = "王五", "女"
    target = io.BytesIO()
    book.save(target)
    table = read_table(target.getvalue(), "x.xlsx", expected=EXPECTED)
    assert [(row.number, row.cells) for row in table.rows] == [(8, {"姓名": "王五", "性别": "女"})]


def test_the_sheet_with_the_expected_columns_is_taken_and_a_named_sheet_must_exist() -> None:
    content = write_workbook([Sheet("说明", ["请先阅读"]), Sheet("数据", ["姓名", "性别"], [["张三", "男"]])])
    assert read_table(content, "x.xlsx", expected=EXPECTED).rows[0].cells["姓名"] == "张三"
    with pytest.raises(TableRefused, match="没有名为“不存在”的工作表，现有：说明、数据"):
        read_table(content, "x.xlsx", sheet="不存在")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_tables_are_read_in_every_encoding_clerks_save(encoding: str, delimiter: str) -> None:
    text = (
        delimiter.join(["姓名", "编号", "备注"])
        + "\r\n"
        + delimiter.join(['"李䶮"', "００１２", '"第一行\n第二行"'])
        + "\r\n\r\n"
    )
    table = read_table(text.encode(encoding), "x.csv", expected=["姓名", "编号"])
    assert table.rows[0].cells == {"姓名": "李䶮", "编号": "0012", "备注": "第一行\n第二行"}
    assert table.rows[0].number == 2


def test_json_lines_keep_lists_and_text_as_published() -> None:
    lines = [
        {"标题": "关于５条公交线路的建议", "办理": [{"步骤": "交办", "日期": "2026-01-02"}]},
        {"标题": "乙", "编号": 31.0},
    ]
    content = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode()
    table = read_table(content, "x.jsonl")
    assert table.headers == ["标题", "办理", "编号"]
    assert table.rows[0].cells == {"标题": "关于５条公交线路的建议"}
    assert table.rows[0].nested["办理"][0]["步骤"] == "交办"
    assert table.rows[1].cells["编号"] == 31


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "x.xlsx", "文件是空的"),
        (b"PK\x03\x04 not a zip", "x.xlsx", "已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "x.xls", "损坏"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "x.xls", "其实是网页"),
        ("姓,名\n甲,乙".encode(), "x.csv", "没有找到表头：前 30 行里没有 “姓名”、“性别”"),
        (b'{"a": 1}\n{"a": ', "x.jsonl", "第 2 行不是完整的 JSON"),
        (b"[1]", "x.jsonl", "第 1 行应当是一条记录"),
        (b"\xff\xff\xff\x80\x81", "x.csv", "编码无法识别"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(content: bytes, name: str, sentence: str) -> None:
    with pytest.raises(TableRefused, match=sentence):
        read_table(content, name, expected=EXPECTED)


def test_one_far_cell_does_not_exhaust_memory_but_formatted_blank_rows_are_fine() -> None:
    book = openpyxl.Workbook()
    book.active.append(["姓名", "性别"])
    book.active["XFD1048576"] = "x"
    target = io.BytesIO()
    book.save(target)
    with pytest.raises(TableRefused, match="范围过大"):
        read_table(target.getvalue(), "x.xlsx", expected=EXPECTED)
    book.active["XFD1048576"] = None
    book.active["XFD1048576"].font = openpyxl.styles.Font(bold=True)
    target = io.BytesIO()
    book.save(target)
    assert read_table(target.getvalue(), "x.xlsx", expected=EXPECTED).headers == ["姓名", "性别"]


def test_unnamed_and_repeated_columns_with_data_are_kept_by_place() -> None:
    table = read_table("姓名,,性别,姓名\n甲,乙,女,丙\n姓名,,性别,\n".encode(), "x.csv", expected=EXPECTED)
    assert table.headers == ["姓名", "（第2列）", "性别", "姓名（第4列）"]
    assert len(table.rows) == 1, "a header printed again is not data"
    assert table.missing(["姓名", "邮箱"]) == ["邮箱"]


@pytest.mark.parametrize(
    "written",
    ["2026年3月5日", "2026.3.5", "2026/3/5", "20260305", "２０２６年３月５日", "2026-03-05", "2026-3-5 14:30",
     "2026. 3. 5", "2026年03月05日", "二〇二六年三月五日", "46086",
     46086, 46086.5, date(2026, 3, 5), " 2026年 3月 5日 ", 20260305],
)  # fmt: skip
def test_dates_as_clerks_write_them(written: str | int | float | date) -> None:
    assert parse_date(written) == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("written", "sentence"),
    [("2026年2月30日", "这一天不存在"), ("三月五日", "不是能识别的日期"), ("2026年3月", "不是能识别的日期"),
     ("", "没有填日期"), (None, "没有填日期"), ("0026-3-5", "年份不在"),
     ("2026", "不是能识别的日期"), ("12.5", "不是能识别的日期")],
)  # fmt: skip
def test_dates_that_are_none_are_refused_with_a_sentence(written: str | None, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        parse_date(written)


@given(st.dates(date(1930, 1, 1), date(2199, 12, 31)))
def test_every_day_is_read_in_every_form(day: date) -> None:
    forms = [
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        f"{day.year}.{day.month}.{day.day}",
    ]
    assert {parse_date(form) for form in forms} == {day}


@pytest.mark.parametrize("written", [31, 31.0, "31", "31.0", "３１", " 31 "])
def test_whole_numbers_as_clerks_write_them(written: str | int | float) -> None:
    assert parse_integer(written) == 31
    assert cell_text(31.0) == "31"


def test_a_number_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="“三十一”不是整数"):
        parse_integer("三十一")


@given(st.text())
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert normalise(normalise(text)) == normalise(text)


def test_text_that_looks_like_a_formula_stays_text_and_marked_so() -> None:
    evil = ["=1+1", "+86 138", "-1", "@SUM(A1)", '=HYPERLINK("http://x","y")', "{=1}", "http://example.cn"]
    content = write_workbook([Sheet("表", ["内容"], [[text] for text in evil])])
    page = openpyxl.load_workbook(io.BytesIO(content)).active
    cells = [page.cell(row, 1) for row in range(2, 2 + len(evil))]
    assert [cell.data_type for cell in cells] == ["s"] * len(evil)
    assert [cell.quotePrefix for cell in cells[:5]] == [True] * 5
    assert [row.cells["内容"] for row in read_table(content, "x.xlsx", expected=["内容"]).rows] == evil


def test_a_workbook_has_a_frozen_header_real_dates_and_equal_bytes() -> None:
    sheets = [
        Sheet("办理情况/一", ["编号", "日期"], [["1", date(2026, 3, 5)]], title="统计表"),
        Sheet("办理情况 一", ["甲"]),
    ]
    content = write_workbook(sheets)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["办理情况 一", "办理情况 一（2）"]
    assert book.worksheets[0].freeze_panes == "A3"
    assert book.worksheets[0]["B3"].is_date
    assert content == write_workbook(sheets)


@given(st.lists(st.text(alphabet="甲乙=+-@ \n\t\x07𠮷😀ab", min_size=1, max_size=20), min_size=1, max_size=5))
def test_text_written_comes_back_tidied(texts: list[str]) -> None:
    rows = [["key", text] for text in texts]
    table = read_table(write_workbook([Sheet("表", ["编号", "内容"], rows)]), "x.xlsx", expected=["编号", "内容"])
    assert [row.cells["内容"] for row in table.rows] == [tidy(text) or None for text in texts]


def test_a_template_reads_back_empty_and_its_examples_are_never_imported() -> None:
    columns = [
        Column("姓名", required=True, note="填身份证上的姓名"),
        Column("性别", choices=("男", "女")),
        Column("任职日期", kind="date"),
    ]
    content = write_template("代表", columns, [["张三", "男", date(2026, 3, 5)]], ["带颜色的列必填。"])
    table = read_table(content, "x.xlsx", sheet="代表", expected=[column.name for column in columns])
    assert table.headers == ["姓名", "性别", "任职日期"]
    assert table.rows == []
    assert read_table(content, "x.xlsx", expected=[column.name for column in columns]).rows == []
    validations = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].data_validations.dataValidation
    assert [validation.formula1 for validation in validations] == ['"男,女"']


def test_text_longer_than_a_cell_says_that_it_was_cut() -> None:
    content = write_workbook([Sheet("表", ["内容"], [["长" * 40_000]])])
    text = read_table(content, "x.xlsx", expected=["内容"]).rows[0].cells["内容"]
    assert isinstance(text, str)
    assert len(text) <= 32_767
    assert text.endswith("后文见系统）")
