"""Print a procedure's table as a clerk reads it beside the statute, or the whole manual from all tables."""

from __future__ import annotations

import argparse
from pathlib import Path

from openrenda.command import Stop

NAME = "statute"
HELP = "打印一项程序的步骤表 · print a procedure's table"
NEEDS_DJANGO = True
MANUAL = Path("docs/manual")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which procedure, or the manual of all."""
    parser.add_argument("procedure", nargs="?", help="程序的英文名，如 suggestion · the procedure's key")
    parser.add_argument("--language", choices=["zh", "en"], default="zh", help="语言 · language")
    parser.add_argument(
        "--manual", nargs="?", type=Path, const=MANUAL, metavar="FOLDER",
        help=f"把全部程序印成手册（默认 {MANUAL}） · print the manual of all procedures",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Print it."""
    from django.utils.translation import gettext as _

    from openrenda.docket import registry
    from openrenda.docket.printer import statute_text, write_manual

    if options.manual:
        print(
            _("已印出%(count)s个文件：%(folder)s")
            % {"count": len(write_manual(options.manual)), "folder": options.manual}
        )
        return 0
    known = {procedure.key: procedure for procedure in registry.procedures()}
    if options.procedure not in known:
        listed = "、".join(sorted(known))
        raise Stop(_("没有“%(key)s”这项程序。现有：%(known)s") % {"key": options.procedure or "", "known": listed})
    print(statute_text(known[options.procedure], options.language), end="")
    return 0
