"""Printing a procedure as a clerk reads it beside the statute: for the terminal, and for the manual."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from . import registry
from .describing import CHINESE, ENGLISH, Description, StepRow, describe
from .diagram import diagram_svg
from .language import Procedure

HEADINGS: dict[str, dict[str, Any]] = {
    CHINESE: {
        "steps": ("从 → 到", "步骤", "谁", "记录", "拦", "告知", "依据"),
        "clocks": ("期限", "谁的", "起", "止", "长短", "依据", "届满"),
        "basis": "依据", "states": "状态", "of_steps": "步骤", "of_clocks": "期限", "untimed": "不设期限的状态", "final": "终",
    },
    ENGLISH: {
        "steps": ("From → to", "Step", "Who", "Records", "Barred when", "Tells", "Basis"),
        "clocks": ("Time limit", "Whose", "Starts", "Stops", "Length", "Basis", "When it runs out"),
        "basis": "Basis", "states": "States", "of_steps": "Steps", "of_clocks": "Time limits",
        "untimed": "States without a time limit", "final": "final",
    },
}  # fmt: skip
STEP_WIDTHS = (30, 16, 22, 34, 34, 24, 30)
CLOCK_WIDTHS = (18, 18, 30, 36, 30, 30, 22)
MANUAL_HEAD = "<!-- 由步骤表打印：openrenda statute --manual · printed from the tables, not to be edited by hand -->"


def statute_text(procedure: Procedure, language: str = CHINESE) -> str:
    """The table as aligned plain text, wide characters counted as two.

    :param language: ``zh`` or ``en``.
    """
    whole, words = describe(procedure, language), HEADINGS[language]
    parts = [f"{whole.label}（{whole.key}）", f"{words['basis']}：{whole.article}", ""]
    parts += [aligned(words["steps"], [step_cells(row) for row in whole.steps], STEP_WIDTHS), ""]
    if whole.clocks:
        parts += [aligned(words["clocks"], clock_cells(whole), CLOCK_WIDTHS), ""]
    parts += [f"{words['untimed']}："] if any(state.untimed for state in whole.states) else []
    parts += [f"  {state.label}：{state.untimed}" for state in whole.states if state.untimed]
    return "\n".join(parts).rstrip() + "\n"


def statute_markdown(procedure: Procedure) -> str:
    """The page of the manual, Chinese first, the English labels after."""
    chinese, english = describe(procedure), describe(procedure, ENGLISH)
    parts = [MANUAL_HEAD, f"# {chinese.label}", f"{english.label} · `{procedure.key}` · 依据：{chinese.article}"]
    parts.append(f"![{chinese.label}：状态与步骤]({procedure.key}.svg)")
    for whole, language in ((chinese, CHINESE), (english, ENGLISH)):
        parts += _markdown_of(whole, HEADINGS[language])
    return "\n\n".join(parts) + "\n"


def _markdown_of(whole: Description, words: Mapping[str, str | tuple[str, ...]]) -> list[str]:
    states = [
        (f"{row.label}（{words['final']}）" if row.final else row.label, row.stage, row.untimed) for row in whole.states
    ]
    parts = [f"## {words['of_steps']}", markdown_table(words["steps"], [step_cells(row) for row in whole.steps])]
    if whole.clocks:
        parts += [f"## {words['of_clocks']}", markdown_table(words["clocks"], clock_cells(whole))]
    return [*parts, f"## {words['states']}", markdown_table((str(words["states"]), "", str(words["untimed"])), states)]


def step_cells(row: StepRow) -> tuple[str, ...]:
    """The cells of one row; its conditions stand with the office."""
    who = f"{row.who}（{row.notes}）" if row.notes else row.who
    dash = "—"
    return (
        f"{row.source} → {row.target}", row.label, who, row.records or dash, "；".join(row.bars) or dash, row.tells or dash,
        row.article,
    )  # fmt: skip


def clock_cells(whole: Description) -> list[tuple[str, ...]]:
    """The rows of the time limits."""
    return [(c.label, c.whose, c.starts, c.stops, c.amount, c.article, c.effect) for c in whole.clocks]


def aligned(heading: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]) -> str:
    """A table for the terminal; long cells go on below."""
    lines = [_line(heading, widths), "  ".join("─" * width for width in widths)]
    for row in rows:
        cells = [wrapped(cell, width) for cell, width in zip(row, widths, strict=True)]
        height = max(map(len, cells))
        padded = [cell + [""] * (height - len(cell)) for cell in cells]
        lines += [_line(parts, widths) for parts in zip(*padded, strict=True)]
    return "\n".join(lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [cell + " " * (width - columns(cell)) for cell, width in zip(cells, widths, strict=True)]
    return "  ".join(padded).rstrip()


def columns(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most that many columns; closing marks do not begin a line unless they must."""
    lines, line = [], ""
    for word in _words(text):
        if line and columns(line + word) > width:
            lines.append(line.rstrip())
            line = word.lstrip()
        else:
            line += word
    return [*lines, line.rstrip()]


def _words(text: str) -> list[str]:
    """Latin words stay whole; a Chinese character is a word with the closing mark after it."""
    words: list[str] = []
    for character in text:
        joins = words and (
            character in "，。；：、）》”？！"
            or (character.isascii() and character != " " and words[-1][-1:].isascii())
        )
        if joins and len(words[-1]) < 24:
            words[-1] += character
        else:
            words.append(character)
    return words


def markdown_table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [heading, ["---"] * len(heading), *rows]
    return "\n".join(f"| {' | '.join(str(cell).replace('|', '／') for cell in line)} |" for line in lines)


def manual() -> dict[str, str]:
    """Every file of the printed manual by name: a page and a diagram for each procedure, and a list of them."""
    tables = registry.procedures()
    rows = [(f"[{table.label}]({table.key}.md)", table.label_en, describe(table).article) for table in tables]
    listed = markdown_table(("程序", "Procedure", "依据 Basis"), rows)
    files = {"README.md": f"{MANUAL_HEAD}\n\n# 程序手册 · Manual of procedures\n\n{listed}\n"}
    for table in tables:
        files[f"{table.key}.md"] = statute_markdown(table)
        files[f"{table.key}.svg"] = diagram_svg(table)
    return files


def write_manual(folder: Path) -> list[Path]:
    """Write the manual anew and remove pages of procedures that are no more.

    :return: the files written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = manual()
    for old in folder.iterdir():
        if old.name not in files and old.suffix in (".md", ".svg"):
            old.unlink()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in files]
