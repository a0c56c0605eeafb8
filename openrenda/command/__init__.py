"""The ``openrenda`` command: one file a sub-command, each with the same parts.

``NAME`` and ``HELP`` (one line), ``NEEDS_DJANGO`` (whether the application is loaded first), ``arguments(parser)`` and
``run(options) -> int`` (the exit code). A command that cannot go on raises :class:`Stop` with a sentence.
"""

from __future__ import annotations

import argparse
from importlib import import_module
from typing import Protocol, cast

NAMES = (
    "demo",
    "serve",
    "worker",
    "events",
    "migrate",
    "keys",
    "create_admin",
    "create_token",
    "imports",
    "figures",
    "learning",
    "replay",
    "statute",
    "verify",
    "reindex",
    "backup",
    "restore",
    "doctor",
    "django",
)


class Command(Protocol):
    """A module of this package."""

    NAME: str
    HELP: str
    NEEDS_DJANGO: bool

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare what the command takes."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it, and return the exit code."""


class Stop(Exception):
    """The command cannot go on; the message says what happened and what to do."""


def commands() -> list[Command]:
    """Every command, in the order of the help page."""
    return [cast(Command, import_module(f"openrenda.command.{name}")) for name in NAMES]
