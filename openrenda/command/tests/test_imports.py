"""Tables brought in by the operator."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Installation

pytestmark = pytest.mark.installation


def test_a_template_comes_back_filled_in(kept: Installation, tmp_path: Path) -> None:
    """The template's own examples are the quickest table that must be accepted; a bad kind and a bad file are named."""
    assert "organs" in kept.run("import", "list")
    assert "没有“organ”这种登记表" in kept.run("import", "organ", "none.xlsx", "--congress", "990101", expect=1)
    assert "读不到" in kept.run("import", "organs", "none.xlsx", "--congress", "990101", expect=1)
    blank = tmp_path / "organs.xlsx"
    kept.run("import", "organs", str(blank), "--template")
    assert "没有导入任何内容" in kept.run("import", "organs", str(blank), "--congress", "990101", expect=1)


def test_a_table_is_tried_and_then_kept(kept: Installation, tmp_path: Path) -> None:
    table = tmp_path / "organs.csv"
    table.write_bytes("代码,名称,类别,设立日期\nJYJ,虚构区教育局,政府部门,２０１２年３月１日\n".encode("gbk"))
    said = kept.run("import", "organs", str(table), "--congress", "990101", "--dry-run", expect=0)
    assert "将新增 1" in said
    assert "已导入：新增 1" in kept.run("import", "organs", str(table), "--congress", "990101")
    assert "未变 1" in kept.run("import", "organs", str(table), "--congress", "990101")


def test_past_suggestions_come_in(kept: Installation, tmp_path: Path) -> None:
    """Tried, kept, recognised when they come again, and each refused row named."""
    table = tmp_path / "past.jsonl"
    table.write_text(
        '{"title": "关于路灯的建议", "year": 2022, "number": "1"}\n{"title": "没有年度"}\n', encoding="utf-8"
    )
    here = ("import", "suggestions", str(table), "--congress", "990101")
    assert "第 2 行 没有年度：没有年度、会次" in kept.run(*here, expect=1)
    assert "新增 1" in kept.run(*here, "--resume", expect=1)
    assert "未变 1" in kept.run(*here, "--resume", expect=1)
    assert "--processes 须与 --resume 同用" in kept.run(*here, "--processes", "2", expect=1)
    kept.run("import", "suggestion-steps", str(tmp_path / "steps.xlsx"), "--template")
    assert "suggestion-steps" in kept.run("import", "list")
