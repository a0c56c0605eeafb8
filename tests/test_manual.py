"""The manual in docs/manual is printed from the tables and is as they are."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from openrenda.docket.printer import manual, write_manual

MANUAL = Path(__file__).resolve().parents[1] / "docs" / "manual"
REMEDY = "print it anew: python -m openrenda statute --manual"


@cache
def printed() -> dict[str, str]:
    """The manual, printed once for all tests."""
    return manual()


def test_no_page_is_missing_and_none_is_left_over() -> None:
    assert {path.name for path in MANUAL.iterdir()} == set(printed()), REMEDY


@pytest.mark.parametrize("name", sorted(printed()))
def test_a_page_says_what_the_tables_say(name: str) -> None:
    assert (MANUAL / name).read_text(encoding="utf-8") == printed()[name], REMEDY


def test_printing_removes_what_is_no_longer_a_procedure(tmp_path: Path) -> None:
    (tmp_path / "gone.md").write_text("旧", encoding="utf-8")
    written = write_manual(tmp_path / "manual")
    (tmp_path / "manual" / "gone.svg").write_text("旧", encoding="utf-8")
    assert write_manual(tmp_path / "manual") == written
    assert {path.name for path in (tmp_path / "manual").iterdir()} == set(printed())
