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
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tests.postgres import cluster

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


def pytest_run(marks: str, rest: Sequence[str], *, workers: int, database: str | None = None) -> Count:
    """Run pytest and count from its report."""
    environment = dict(os.environ)
    if database:
        environment["OPENRENDA_DATABASE"] = database
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


def on_sqlite(rest: Sequence[str]) -> Count:
    """The suite on SQLite, whatever database the environment names."""
    folder = os.environ.get("OPENRENDA_VAR", str(ROOT / "var"))
    return pytest_run(QUICK, rest, workers=2, database=f"sqlite:///{folder}/unused.sqlite3")


def on_postgres(rest: Sequence[str]) -> Count:
    """Whatever asks for a database, on a PostgreSQL of its own."""
    with cluster() as database:
        return pytest_run(f"{QUICK} and database", rest, workers=2, database=database)


def at_length(rest: Sequence[str]) -> Count:
    """Long random walks, properties with many examples, and large data; of these only what is large on both databases."""
    folder = os.environ.get("OPENRENDA_VAR", str(ROOT / "var"))
    thorough = ["--hypothesis-profile=at-length", *rest]
    count = pytest_run(AT_LENGTH, thorough, workers=2, database=f"sqlite:///{folder}/unused.sqlite3")
    with cluster() as database:
        return count + pytest_run("large and not browser", rest, workers=2, database=database)


def installed(rest: Sequence[str]) -> Count:
    """Installations of their own, used as an operator does, on both databases."""
    folder = os.environ.get("OPENRENDA_VAR", str(ROOT / "var"))
    count = pytest_run("installation", rest, workers=2, database=f"sqlite:///{folder}/unused.sqlite3")
    with cluster() as database:
        return count + pytest_run("installation", rest, workers=2, database=database)


def in_browser(rest: Sequence[str]) -> Count:
    """The journeys in a real browser."""
    return pytest_run("browser", rest, workers=3)


def broken(rest: Sequence[str]) -> Count:
    """Whole installations, broken on purpose, on both databases."""
    folder = os.environ.get("OPENRENDA_VAR", str(ROOT / "var"))
    count = pytest_run("faults", rest, workers=0, database=f"sqlite:///{folder}/unused.sqlite3")
    with cluster() as database:
        return count + pytest_run("faults", rest, workers=0, database=database)


PARTS: dict[str, Callable[[Sequence[str]], Count]] = {
    "lint": lambda rest: checks(LINT),
    "types": lambda rest: checks(TYPES),
    "sqlite": on_sqlite,
    "postgres": on_postgres,
    "slow": at_length,
    "installation": installed,
    "browser": in_browser,
    "faults": broken,
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
