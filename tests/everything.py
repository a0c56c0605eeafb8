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
from contextlib import contextmanager
from dataclasses import dataclass
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


def on_sqlite(rest: Sequence[str]) -> Count:
    """The suite on SQLite, whatever database the environment names."""
    with sqlite() as given:
        return pytest_run(QUICK, rest, workers=2, given=given)


def on_postgres(rest: Sequence[str]) -> Count:
    """Whatever asks for a database, on a PostgreSQL of its own."""
    with postgres() as given:
        return pytest_run(f"{QUICK} and database", rest, workers=2, given=given)


def at_length(rest: Sequence[str]) -> Count:
    """Long random walks, properties with many examples, and large data; of these only what is large on both databases."""
    with sqlite() as given:
        count = pytest_run(AT_LENGTH, ["--hypothesis-profile=at-length", *rest], workers=2, given=given)
    with postgres() as given:
        return count + pytest_run("large and not browser", rest, workers=2, given=given)


def in_browser(rest: Sequence[str]) -> Count:
    """The journeys in a real browser. When a browser does not answer any more, the process that waits for it is ended."""
    with sqlite() as given, tempfile.TemporaryDirectory(prefix="openrenda-seen-") as seen:
        return pytest_run("browser", ["--timeout-method=thread", *rest], workers=3, given={**given, SEEN: seen})


def on_both(marks: str, workers: int) -> Callable[[Sequence[str]], Count]:
    """Installations with a database of their own, on SQLite and then on PostgreSQL."""

    def run(rest: Sequence[str]) -> Count:
        with sqlite() as given:
            count = pytest_run(marks, rest, workers=workers, given=given)
        with postgres() as given:
            return count + pytest_run(marks, rest, workers=workers, given=given)

    return run


PARTS: dict[str, Callable[[Sequence[str]], Count]] = {
    "lint": lambda rest: checks(LINT),
    "types": lambda rest: checks(TYPES),
    "sqlite": on_sqlite,
    "postgres": on_postgres,
    "slow": at_length,
    # Used as an operator does.
    "installation": on_both("installation", workers=2),
    "browser": in_browser,
    # Broken on purpose.
    "faults": on_both("faults", workers=0),
}


def main(arguments: Sequence[str]) -> int:
    """Run the parts asked for and print the closing line."""
    words = list(arguments)
    split = words.index("--") if "--" in words else len(words)
    parser = argparse.ArgumentParser("bin/test", description=__doc__)
    parser.add_argument("part", nargs="*", metavar="part", help=f"{', '.join(PARTS)}; all when none is named")
    parts = parser.parse_args(words[:split]).part or list(PARTS)
    if unknown := set(parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    whole = Count()
    for part in parts:
        print(f"── {part}", flush=True)
        began = time.monotonic()
        count = PARTS[part](words[split + 1 :])
        print(f"── {part}: {count}, {time.monotonic() - began:.0f} s", flush=True)
        whole += count
    print(whole, flush=True)
    return 1 if whole.failed or not whole.passed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
