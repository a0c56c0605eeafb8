"""Django's own commands, for developers."""

from __future__ import annotations

import argparse

NAME = "django"
HELP = "Django 自带命令（开发用）· Django's own commands, for developers"
NEEDS_DJANGO = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """Everything is passed on."""
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="…")


def run(options: argparse.Namespace) -> int:
    """Hand the words over to Django."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["openrenda django", *options.rest])
    return 0
