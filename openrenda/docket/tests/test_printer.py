"""The printed table, the manual's page and the diagram: all of it from the declaration, nothing beside it."""

from __future__ import annotations

from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest

from openrenda.docket import registry
from openrenda.docket.describing import ENGLISH, describe
from openrenda.docket.diagram import BOX, THROUGH, _drawn, _order, _spread, _stack, diagram_svg
from openrenda.docket.language import Procedure
from openrenda.docket.printer import aligned, columns, statute_markdown, statute_text, wrapped

from .stage import LETTER

SVG = "{http://www.w3.org/2000/svg}"
TABLES = (LETTER, *registry.procedures())
every_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)


def test_a_row_says_from_to_who_what_why_not_whom_and_under_which_article() -> None:
    rows = {row.key: row for row in describe(LETTER).steps}
    note, opening, both = rows["note"], rows["open"], rows["countersign"]
    assert (note.source, note.target, note.label) == ("已收到", "（状态不变）", "记录")
    assert note.who == "办信员、写信人"
    assert note.bars == ("来信不受理此类内容（规定第一条）",)
    assert note.article.startswith("《代表法》")
    assert (opening.source, opening.target, opening.tells) == ("（开始）", "已收到", "办信员")
    assert "非中止者" in both.notes
    assert "可代为录入" in both.notes
    assert "须再次验证身份" in rows["accept"].notes


def test_a_clock_says_its_length_from_the_rulebook_and_what_happens() -> None:
    clocks = {row.key: row for row in describe(LETTER).clocks}
    assert clocks["reply"].amount == "3个月；延期后6个月；停：中止；续：恢复"
    assert clocks["reply"].article == "《代表法》第五十一条第二款"
    assert clocks["reply"].effect == "届满亮灯"
    assert clocks["judge"].effect == "届满自动：逾期"
    assert clocks["comment"].amount == "至少2日"
    assert clocks["comment"].effect == "未满不得：分办"
    assert clocks["decline"].effect == "届满后不能再行使"


def test_the_english_table_uses_the_english_labels_where_there_are_some() -> None:
    whole = describe(registry.procedure("suggestion"), ENGLISH)
    assert whole.label == "Deputies' suggestions"
    assert {row.key: row.amount for row in whole.clocks}["reply"].startswith("3 months; 6 months after")
    assert {row.key: row.label for row in whole.steps}["assign"] == "Refer for handling"


@every_table
def test_every_step_clock_and_untimed_state_is_printed(table: Procedure) -> None:
    """Unwrapped, because a narrow column may break a label."""
    page = statute_markdown(table)
    for thing in (*table.steps, *table.clocks, *table.states):
        if thing.key not in ("hand_over", "open_sealed"):
            assert f"{thing.label}" in page
    assert all(state.untimed in page for state in table.states)
    assert statute_text(table).startswith(table.label)


@every_table
def test_nothing_printed_is_a_name_of_the_code(table: Procedure) -> None:
    """A bar without a sentence would print its function's name."""
    for row in describe(table).steps:
        assert all(bar and not bar.isascii() for bar in row.bars), row.key


def test_columns_stand_under_their_headings_whatever_the_width_of_the_letters() -> None:
    heading, _, first, second = aligned(("甲", "B"), [("一二三", "x"), ("ab", "y")], (8, 4)).split("\n")
    for line, mark in ((heading, "B"), (first, "x"), (second, "y")):
        assert columns(line[: line.index(mark)]) == 10


@pytest.mark.parametrize("width", [4, 9, 20])
def test_no_line_is_wider_than_its_column_and_nothing_is_lost(width: int) -> None:
    text = "答复前应当与代表联系沟通，REP-06，请先登记"
    lines = wrapped(text, width)
    assert "".join(lines) == text
    assert all(columns(line) <= max(width, 9) for line in lines)
    assert not any(line.startswith(("，", "。")) for line in lines)


@every_table
def test_the_diagram_is_a_drawing_of_the_table(table: Procedure) -> None:
    root = ElementTree.fromstring(diagram_svg(table))
    texts = [element.text for element in root.iter(f"{SVG}text")]
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == f"{table.label}：状态图"  # type: ignore[union-attr]
    assert root.find(f"{SVG}desc").text  # type: ignore[union-attr]
    for state in table.states:
        assert texts.count(state.label) >= 1
    assert len([e for e in root.iter(f"{SVG}rect") if e.get("rx") == "4" and e.get("fill") == "none"]) == sum(
        state.final for state in table.states
    )
    assert len([e for e in root.iter(f"{SVG}path") if e.get("marker-end")]) == len(_drawn(table).arrows)
    assert not [e for e in root.iter() if e.get("style") or e.tag in (f"{SVG}style", f"{SVG}script")]


@every_table
def test_no_two_boxes_or_labels_of_a_row_touch_and_all_lie_on_the_paper(table: Procedure) -> None:
    drawing = _drawn(table)
    _order(drawing)
    _spread(drawing)
    _stack(drawing)
    for row in drawing.rows.values():
        solid = [place for place in row if place.kind != THROUGH]
        for one, other in combinations(solid, 2):
            assert abs(one.x - other.x) >= (one.width + other.width) / 2
        assert all(p.x - p.width / 2 > 0 and p.x + p.width / 2 < drawing.width for p in row)
    assert all(place.row % 2 == 0 for place in drawing.boxes.values() if place.kind == BOX)


def test_the_stages_follow_one_another_from_top_to_bottom() -> None:
    table = registry.procedure("suggestion")
    drawing = _drawn(table)
    spans = [[drawing.boxes[state.key].row for state in table.states if state.stage == key] for key, _ in table.stages]
    # 督 is a stage of what hangs on the suggestion.
    spans = [rows for rows in spans if rows]
    assert all(max(above) < min(below) for above, below in pairwise(spans))


def test_two_printings_are_the_same() -> None:
    assert diagram_svg(LETTER) == diagram_svg(LETTER)
