"""The ``openrenda`` command."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from openrenda import __version__
from openrenda.command import Stop, commands

DATABASE_HELP = "数据库地址 · database address: sqlite:////folder/file or postgres://user@host/name"


def parser() -> argparse.ArgumentParser:
    """The command line of all commands together."""
    whole = argparse.ArgumentParser("openrenda", description="开放人大 OpenRenda")
    whole.add_argument("--version", action="version", version=f"OpenRenda {__version__}")
    branches = whole.add_subparsers(metavar="COMMAND", required=True)
    for command in commands():
        branch = branches.add_parser(command.NAME, help=command.HELP, description=command.HELP)
        branch.add_argument("--database", metavar="URL", help=DATABASE_HELP)
        command.arguments(branch)
        branch.set_defaults(command=command)
    return whole


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = parser().parse_args(arguments)
    if options.database:
        os.environ["OPENRENDA_DATABASE"] = options.database
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openrenda.settings")
    try:
        if options.command.NEEDS_DJANGO:
            load_application()
        return int(options.command.run(options))
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def load_application() -> None:
    """Load the rooms, and speak the language of the terminal: Chinese unless it asks for English."""
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.utils import translation

    try:
        django.setup()
    except ImproperlyConfigured as problem:
        raise Stop(f"设置有误，没有执行任何操作。The settings are wrong, nothing was done: {problem}") from problem
    terminal = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    translation.activate("en" if terminal.startswith("en") else "zh-hans")


if __name__ == "__main__":
    raise SystemExit(main())
