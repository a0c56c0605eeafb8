"""The rooms import downwards only; the contract itself is in pyproject.toml under ``tool.importlinter``."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS_APART = {"settings", "command", "locale"}


@pytest.fixture(scope="module")
def contracts() -> list[dict[str, Any]]:
    """The import contracts as written down."""
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return list(data["tool"]["importlinter"]["contracts"])


def test_no_room_imports_what_the_house_forbids(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == EXIT_STATUS_SUCCESS


def test_every_room_has_its_floor(contracts: list[dict[str, Any]]) -> None:
    floors = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    placed = {room.strip("() ").removeprefix("openrenda.") for floor in floors for room in floor.split(":")}
    folders = {path.parent.name for path in (ROOT / "openrenda").glob("*/__init__.py")}
    assert folders - ROOMS_APART <= placed
