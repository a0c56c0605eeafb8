"""The independent script says what the system says, for every kind; and finds what was changed afterwards."""

from __future__ import annotations

import ast
import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from openrenda.ballots.casting import cast_named, cast_secret
from openrenda.ballots.closing import close
from openrenda.ballots.counting import Paper
from openrenda.ballots.models import HYBRID, NAMED, PAPER, Ballot
from openrenda.ballots.publishing import published
from openrenda.ballots.sheets import enter
from openrenda.ballots.taking import vote_on_paper

from .conftest import Hall, device
from .stage import numbers, terms

SCRIPT = Path(__file__).resolve().parents[3] / "bin" / "recount"
LONGEST_LINES = 100


def recount(box: dict[str, Any], folder: Path, *trackers: str) -> tuple[int, str]:
    """What the script says of a box, in an interpreter that knows nothing of the project."""
    file = folder / "box.json"
    file.write_text(json.dumps(box, ensure_ascii=False), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", str(SCRIPT), str(file), *trackers],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def voted(hall: Hall, kind: str, voters: int = 7, **more: Any) -> Ballot:
    """A secret vote of that kind in which everybody marks at random."""
    options = {"question": 1, "appointments": 3, "election": 4, "choice": 5, "grades": 3}[kind]
    asked = terms(kind, options, base=voters, present=voters, places=2, **more)
    ballot = hall.open(voters, of=asked)
    chance = random.Random(kind)
    for voter, _name in hall.voters:
        marks = [chance.choice(asked.allowed) for _row in asked.rows]
        while sum(mark in ("approve", "chosen") for mark in marks) > 2 and kind in ("election", "choice"):
            marks[marks.index("approve" if kind == "election" else "chosen")] = "against" if kind == "election" else ""
        chosen = sum(mark == "approve" for mark in marks)
        names = ("庚",) if kind == "election" and chosen < 2 else ()
        cast_secret(ballot, device(ballot, voter).mark(str(ballot.pk), Paper(tuple(marks), names).text))
    return close(ballot)


@pytest.mark.parametrize("kind", ["question", "appointments", "election", "choice", "grades"])
def test_the_script_finds_the_same_result(hall: Hall, tmp_path: Path, kind: str) -> None:
    ballot = voted(hall, kind)
    box = published(ballot)
    code, said = recount(box, tmp_path, box["ballots"][0]["tracker"])
    assert code == 0, said
    assert "the result is right" in said
    assert box["ballots"][0]["paper"] in said


@pytest.mark.parametrize("plurality", [False, True])
def test_the_script_knows_both_rules_of_a_choice(hall: Hall, tmp_path: Path, plurality: bool) -> None:
    assert recount(published(voted(hall, "choice", plurality=plurality)), tmp_path)[0] == 0


def test_the_script_counts_named_marks_paper_and_both(hall: Hall, tmp_path: Path) -> None:
    named = hall.open(way=NAMED)
    for voter, _name in hall.voters:
        cast_named(named, voter, Paper(("approve",)).text)
    assert recount(published(close(named)), tmp_path)[0] == 0
    for way in (PAPER, HYBRID):
        ballot = hall.open(way=way)
        if way == HYBRID:
            vote_on_paper(ballot, hall.voters[0][0])
            cast_secret(ballot, device(ballot, hall.voters[1][0]).mark(str(ballot.pk), Paper(("against",)).text))
        enter(ballot, 1, "甲", numbers(ballot.terms, {"approve": 1}, issued=1))
        assert recount(published(close(ballot)), tmp_path)[0] == 0


@pytest.mark.parametrize("change", [
    lambda box: box["ballots"][0].update(paper='{"marks":["against"],"write_ins":[]}'),
    lambda box: box["ballots"].append(dict(box["ballots"][0])),
    lambda box: box["ballots"].pop(),
    lambda box: box["tally"].update(issued=1),
    lambda box: box["tally"]["marks"][0].update(approve=99),
    lambda box: box["verdict"]["outcomes"][0].update(result="passed" if box["verdict"]["outcomes"][0]["result"] != "passed" else "not_passed"),
    lambda box: box["terms"].update(base=100 if box["verdict"]["outcomes"][0]["result"] == "passed" else 1),
])  # fmt: skip
def test_the_script_finds_what_was_changed(hall: Hall, tmp_path: Path, change: Any) -> None:
    ballot = hall.open(5)
    for voter, _name in hall.voters:
        cast_secret(ballot, device(ballot, voter).mark(str(ballot.pk), Paper(("approve",)).text))
    box = json.loads(json.dumps(published(close(ballot))))
    change(box)
    assert recount(box, tmp_path)[0] == 1


def test_the_script_is_short_and_imports_nothing_of_ours() -> None:
    source = SCRIPT.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= LONGEST_LINES
    names = {name for node in ast.walk(ast.parse(source)) for name in imported(node)}
    assert names == {"base64", "collections", "fractions", "json", "sys", "cryptography"}


def imported(node: ast.AST) -> list[str]:
    """The packages a statement imports."""
    if isinstance(node, ast.Import):
        return [alias.name.partition(".")[0] for alias in node.names]
    return [str(node.module).partition(".")[0]] if isinstance(node, ast.ImportFrom) else []


@pytest.mark.slow
def test_three_thousand_ballots_are_recounted_within_ten_seconds(hall: Hall, tmp_path: Path) -> None:
    """The cost is the signatures, which the script checks one by one whatever the box holds: two hundred take a fifteenth."""
    ballot = voted(hall, "choice", voters=200)
    began = time.monotonic()
    assert recount(published(ballot), tmp_path)[0] == 0
    assert time.monotonic() - began < 10 / 3
