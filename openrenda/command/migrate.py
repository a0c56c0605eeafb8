"""Bring the database to the schema of this version."""

from __future__ import annotations

import argparse

NAME = "migrate"
HELP = "建立或升级数据库 · create or upgrade the database"
NEEDS_DJANGO = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """Whether only to show."""
    parser.add_argument("--plan", action="store_true", help="只列出将执行的步骤 · only list what would be done")


def run(options: argparse.Namespace) -> int:
    """Apply the migrations."""
    from django.core.management import call_command

    from openrenda.command.places import make_folders

    make_folders()
    call_command("migrate", interactive=False, plan=options.plan, verbosity=1)
    return 0
