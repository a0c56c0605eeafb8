"""Print a procedure's table as a clerk reads it beside the statute."""

from __future__ import annotations

import argparse

from openrenda.command import Stop

NAME = "statute"
HELP = "打印一项程序的步骤表 · print a procedure's table"
NEEDS_DJANGO = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which procedure."""
    parser.add_argument("procedure", help="程序的英文名，如 suggestion · the procedure's key")


def run(options: argparse.Namespace) -> int:
    """Print it."""
    from django.utils.translation import gettext as _

    from openrenda.docket import registry
    from openrenda.docket.printer import statute_text

    known = {procedure.key: procedure for procedure in registry.procedures()}
    if options.procedure not in known:
        listed = "、".join(sorted(known))
        raise Stop(_("没有“%(key)s”这项程序。现有：%(known)s") % {"key": options.procedure, "known": listed})
    print(statute_text(known[options.procedure]))
    return 0
