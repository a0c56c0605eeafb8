"""Installations of their own: a folder, keys, and a database beside the one under test."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

PASSWORDS = "Tu9-xiang!kq\nQi4-shan?wop\nHe7-liu&zmv\n"
CREATE_ADMIN = [
    "create-admin",
    "--passwords-from-stdin",
    "--congress",
    "990101",
    "--name",
    "虚构区人民代表大会",
    "--short-name",
    "虚构区",
    "--level",
    "county",
    "--system",
    "xitong=甲",
    "--security",
    "anquan=乙",
    "--audit",
    "shenji=丙",
]


@dataclass
class Installation:
    """A folder and a database, used through the command as an operator would."""

    folder: Path
    database: str

    def run(self, *words: str, typed: str = "", expect: int = 0, **more: str) -> str:
        """Run a command, check its exit code, and return all it said."""
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("OPENRENDA_", "DJANGO_"))
        }
        environment |= {"OPENRENDA_VAR": str(self.folder), "OPENRENDA_DATABASE": self.database, "LANG": "zh_CN.UTF-8"}
        environment |= {"PYTHONPATH": str(settings.ROOT), **more}
        command = [sys.executable, "-m", "openrenda", *words]
        answer = subprocess.run(command, env=environment, input=typed, capture_output=True, text=True, timeout=300)
        said = answer.stdout + answer.stderr
        assert answer.returncode == expect, said
        return said

    def new_admins(self, *changed: str, typed: str = PASSWORDS, expect: int = 0) -> str:
        """Set up a congress with its three administrators; words given here come after the usual ones and win."""
        return self.run(*CREATE_ADMIN, *changed, typed=typed, expect=expect)


class Databases:
    """Empty databases on the kind of server under test, and copies of full ones."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = settings.DATABASES["default"]
        self.made: list[str] = []

    def new(self, like: str = "") -> str:
        """The address of a new database: empty, or a copy of the one at another address."""
        name = f"own_{uuid.uuid4().hex[:12]}"
        if self.server["ENGINE"].endswith("sqlite3"):
            path = self.folder / f"{name}.sqlite3"
            if like:
                shutil.copy(like.removeprefix("sqlite:///"), path)
            return f"sqlite:///{path}"
        template = f' TEMPLATE "{like.split("/")[3].split("?")[0]}"' if like else ""
        self.ask(f'CREATE DATABASE "{name}"{template}')
        self.made.append(name)
        return f"postgres://{self.server['USER']}@/{name}?host={self.server['HOST']}"

    def ask(self, statement: str) -> None:
        """Say something to the server itself."""
        address = {"host": self.server["HOST"], "user": self.server["USER"], "dbname": "postgres"}
        with psycopg.connect(**address, autocommit=True) as connection:
            connection.execute(statement)

    def drop(self) -> None:
        """Take all of them away."""
        for name in self.made:
            self.ask(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """The databases of a test run."""
    kept = Databases(tmp_path_factory.mktemp("databases"))
    yield kept
    kept.drop()


@pytest.fixture(scope="session")
def original(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation with a congress, never to be changed: the others are copies of it."""
    installation = Installation(tmp_path_factory.mktemp("original"), databases.new())
    installation.run("keys")
    installation.run("migrate")
    installation.new_admins()
    return installation


@pytest.fixture
def empty(databases: Databases, tmp_path: Path) -> Installation:
    """An installation with keys and an empty database."""
    installation = Installation(tmp_path / "empty", databases.new())
    installation.run("keys")
    return installation


@pytest.fixture
def kept(databases: Databases, original: Installation, tmp_path: Path) -> Installation:
    """An installation with keys, a congress with its administrators, and a file."""
    folder = tmp_path / "kept"
    shutil.copytree(original.folder, folder)
    (folder / "files" / "ab").mkdir(parents=True)
    (folder / "files" / "ab" / "附件.txt").write_text("内容", encoding="utf-8")
    return Installation(folder, databases.new(like=original.database))
