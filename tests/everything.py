"""Every check of the project in one run, part by part, with one closing line.

``python -m tests.everything [part …] [-- pytest arguments]``; without a part, all of them in order.
A check that fails counts as one failed, one that passes as one passed; of pytest, every test counts.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree

from tests.journeys.looking import SEEN
from tests.postgres import NAME, cluster
from tests.template import DATABASE, TEMPLATE, migrated

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
TOOLS = Path(PYTHON).parent
DJANGO = [PYTHON, "-m", "django"]
LINT = {
    "ruff check": [str(TOOLS / "ruff"), "check", "."],
    "ruff format": [str(TOOLS / "ruff"), "format", "--check", "--quiet", "."],
    "import contract": [str(TOOLS / "lint-imports"), "--no-cache", "--no-logo"],
    "templates": [str(TOOLS / "djlint"), "openrenda", "--quiet", "--allow-empty-input"],
    "bandit": [str(TOOLS / "bandit"), "-q", "-c", "pyproject.toml", "-ll", "-ii", "-r", "openrenda"],
    "system checks": [*DJANGO, "check", "--fail-level", "WARNING"],
    "migrations": [*DJANGO, "makemigrations", "--check", "--dry-run"],
}
TYPES = {"mypy": [str(TOOLS / "mypy"), "openrenda"]}
QUICK = "not browser and not slow and not faults and not installation"
AT_LENGTH = "(slow or hypothesis) and not browser"


@dataclass
class Count:
    """How many passed and failed."""

    passed: int = 0
    failed: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.passed + other.passed, self.failed + other.failed)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed"


def checks(commands: Mapping[str, Sequence[str]]) -> Count:
    """Run each command; what it says is shown only when it fails."""
    count = Count()
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    for name, command in commands.items():
        began = time.monotonic()
        answer = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        passed = answer.returncode == 0
        print(f"  {'ok  ' if passed else 'FAIL'}  {name}  {time.monotonic() - began:.1f} s", flush=True)
        if not passed:
            print(answer.stdout + answer.stderr, flush=True)
        count += Count(int(passed), int(not passed))
    return count


def naming(marks: str, rest: Sequence[str]) -> list[str]:
    """The test files in which one of the wanted marks stands, so that the others need not be read; none if files are named."""
    wanted = re.findall(r"(?<!not )\b(browser|slow|large|faults|installation|hypothesis)\b", marks)
    if not wanted or any((ROOT / word.split("::")[0]).exists() for word in rest):
        return []
    files = [path for room in ("openrenda", "tests", "bench") for path in sorted((ROOT / room).rglob("test_*.py"))]
    found = re.compile("|".join(rf"mark\.{mark}\b|from {mark} import" for mark in wanted))
    return [str(path.relative_to(ROOT)) for path in files if found.search(path.read_text(encoding="utf-8"))]


def pytest_run(marks: str, rest: Sequence[str], *, workers: int, given: Mapping[str, str]) -> Count:
    """Run pytest and count from its report.

    :param given: names of the environment that tell the tests where to work.
    """
    environment = {**os.environ, **given}
    with tempfile.TemporaryDirectory(prefix="openrenda-report-") as folder:
        report = Path(folder) / "report.xml"
        command = [PYTHON, "-m", "pytest", "-m", marks, f"--junitxml={report}", "--durations=5"]
        command += ["-n", str(workers), "--dist", "loadfile"] if workers else []
        code = subprocess.run([*command, *rest, *naming(marks, rest)], cwd=ROOT, env=environment).returncode
        count = counted(report)
    # Neither a crash before the report nor an empty selection is a pass.
    return count if count.failed or code == 0 else count + Count(failed=1)


def counted(report: Path) -> Count:
    """The counts of a JUnit report; a skipped test is neither passed nor failed."""
    if not report.exists():
        return Count()
    count = Count()
    # The file was written by the pytest just run.
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        total, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        count += Count(max(total - skipped - failed, 0), failed)
    return count


@contextmanager
def sqlite() -> Iterator[dict[str, str]]:
    """An SQLite database that nobody uses, and beside it a file with all tables in it to copy."""
    with tempfile.TemporaryDirectory(prefix="openrenda-template-") as folder:
        template = f"{folder}/template.sqlite3"
        migrated(f"sqlite:///{template}")
        yield {DATABASE: f"sqlite:///{folder}/unused.sqlite3", TEMPLATE: template}


@contextmanager
def postgres() -> Iterator[dict[str, str]]:
    """A PostgreSQL that lives as long as the block, whose one database has all tables in it to copy."""
    with cluster() as database:
        migrated(database)
        yield {DATABASE: database, TEMPLATE: NAME}


class Databases:
    """What the parts of one run work on: each made when the first part asks for it, and gone after the last."""

    def __init__(self, kept: ExitStack) -> None:
        self.kept = kept

    @cached_property
    def sqlite(self) -> dict[str, str]:
        """The names that tell tests where the SQLite database is."""
        return self.kept.enter_context(sqlite())

    @cached_property
    def postgres(self) -> dict[str, str]:
        """The same of the PostgreSQL."""
        return self.kept.enter_context(postgres())


def on_sqlite(made: Databases, rest: Sequence[str]) -> Count:
    """The suite on SQLite, whatever database the environment names."""
    return pytest_run(QUICK, rest, workers=2, given=made.sqlite)


def on_postgres(made: Databases, rest: Sequence[str]) -> Count:
    """Whatever asks for a database, on a PostgreSQL of its own."""
    return pytest_run(f"{QUICK} and database", rest, workers=2, given=made.postgres)


def at_length(made: Databases, rest: Sequence[str]) -> Count:
    """Long random walks, properties with many examples, and large data; of these only what is large on both databases."""
    count = pytest_run(AT_LENGTH, ["--hypothesis-profile=at-length", *rest], workers=2, given=made.sqlite)
    return count + pytest_run("large and not browser", rest, workers=2, given=made.postgres)


def in_browser(made: Databases, rest: Sequence[str]) -> Count:
    """The journeys in a real browser. When a browser does not answer any more, the process that waits for it is ended."""
    with tempfile.TemporaryDirectory(prefix="openrenda-seen-") as seen:
        given = {**made.sqlite, SEEN: seen}
        return pytest_run("browser", ["--timeout-method=thread", *rest], workers=3, given=given)


def on_both(marks: str, workers: int) -> Part:
    """Installations with a database of their own, on SQLite and then on PostgreSQL."""

    def run(made: Databases, rest: Sequence[str]) -> Count:
        count = pytest_run(marks, rest, workers=workers, given=made.sqlite)
        return count + pytest_run(marks, rest, workers=workers, given=made.postgres)

    return run


Part = Callable[[Databases, Sequence[str]], Count]
PARTS: dict[str, Part] = {
    "lint": lambda made, rest: checks(LINT),
    "types": lambda made, rest: checks(TYPES),
    "sqlite": on_sqlite,
    "postgres": on_postgres,
    "slow": at_length,
    # Used as an operator does.
    "installation": on_both("installation", workers=2),
    "browser": in_browser,
    # Broken on purpose, to the point of taking the database away: nothing comes after.
    "faults": on_both("faults", workers=0),
}


def ran(parts: Sequence[str], made: Databases, rest: Sequence[str]) -> Count:
    """Run the parts one after the other, each with a line when it begins and when it ends."""
    whole = Count()
    for part in parts:
        print(f"── {part}", flush=True)
        began = time.monotonic()
        count = PARTS[part](made, rest)
        print(f"── {part}: {count}, {time.monotonic() - began:.0f} s", flush=True)
        whole += count
    return whole


def main(arguments: Sequence[str]) -> int:
    """Run the parts asked for and print the closing line."""
    words = list(arguments)
    split = words.index("--") if "--" in words else len(words)
    parser = argparse.ArgumentParser("bin/test", description=__doc__)
    parser.add_argument("part", nargs="*", metavar="part", help=f"{', '.join(PARTS)}; all when none is named")
    parts = parser.parse_args(words[:split]).part or list(PARTS)
    if unknown := set(parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    with ExitStack() as kept:
        whole = ran(parts, Databases(kept), words[split + 1 :])
    print(whole, flush=True)
    return 1 if whole.failed or not whole.passed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
