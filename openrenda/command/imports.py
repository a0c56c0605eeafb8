"""Bring a table in: the registers of who is who, or a past year's suggestions or messages."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from openrenda.command import Stop
from openrenda.command.congress import congress_argument, congress_of

if TYPE_CHECKING:
    from openrenda.people.imports import Outcome, Sheet

NAME = "import"
HELP = "导入登记表，或者历年建议、留言 · bring in a register, or past suggestions or messages, from a table"
NEEDS_DJANGO = True

MOST_LISTED = 50


def arguments(parser: argparse.ArgumentParser) -> None:
    """What, from where, and whether only to try."""
    from openrenda.command.past import arguments as past

    parser.add_argument(
        "kind", help="登记表的英文名，或 suggestions、messages；用 list 列出全部 · the register's key; 'list' names all"
    )
    parser.add_argument("file", type=Path, nargs="?", help=".xlsx、.csv 或 .jsonl 文件 · the table")
    congress_argument(parser, required=False)
    parser.add_argument("--dry-run", action="store_true", help="只试不存 · try everything, keep nothing")
    parser.add_argument("--template", action="store_true", help="把空白模板写到 FILE · write an empty template to FILE")
    parser.add_argument(
        "--direct", action="store_true", help="初次建库时席位直接生效 · open seats at once (installation)"
    )
    past(parser)


def run(options: argparse.Namespace) -> int:
    """Import, try, or write a template; 1 when a row stands in the way."""
    from openrenda.command import past
    from openrenda.people.imports import SHEETS, template

    if options.kind == "list":
        print("\n".join(f"{key:18} {title}" for key, title in [*_registers(SHEETS), *past.kinds()]))
        return 0
    if options.file is None and (options.kind in SHEETS or options.kind in dict(past.kinds())):
        raise Stop("缺少文件名 · FILE is missing")
    if options.kind in dict(past.kinds()):
        return past.run(options)
    sheet = sheet_of(options.kind)
    if options.template:
        options.file.write_bytes(template(sheet))
        return 0
    return bring(sheet, options)


def _registers(sheets: object) -> list[tuple[str, str]]:
    return [(sheet.key, sheet.title) for sheet in sheets.values()]  # type: ignore[attr-defined]


def sheet_of(kind: str) -> Sheet:
    """The register of that key.

    :raises Stop: naming those there are.
    """
    from django.utils.translation import gettext as _

    from openrenda.command import past
    from openrenda.people.imports import SHEETS

    if kind not in SHEETS:
        known = "、".join([*SHEETS, *dict(past.kinds())])
        raise Stop(_("没有“%(kind)s”这种登记表。现有：%(known)s") % {"kind": kind, "known": known})
    return SHEETS[kind]


def content_of(options: argparse.Namespace) -> bytes:
    """The bytes of the file.

    :raises Stop: when it cannot be read.
    """
    from django.utils.translation import gettext as _

    try:
        return bytes(options.file.read_bytes())
    except OSError as problem:
        raise Stop(
            _("读不到 %(file)s（%(why)s），没有导入。") % {"file": options.file, "why": problem.strerror}
        ) from problem


def bring(sheet: Sheet, options: argparse.Namespace) -> int:
    """Read the file and say what became of it."""
    from openrenda.people.imports import run_file
    from openrenda.tenancy import congress_scope

    if not options.congress:
        raise Stop("缺少 --congress CODE · --congress CODE is missing")
    with congress_scope(congress_of(options.congress)):
        outcome = run_file(
            sheet, content_of(options), options.file.name, keep=not options.dry_run, direct=options.direct
        )
    report(outcome, dry_run=options.dry_run)
    return 0 if outcome.good else 1


def report(outcome: Outcome, *, dry_run: bool) -> None:
    """The bad rows with their reasons, then one closing line."""
    from django.utils.translation import gettext as _

    for problem in outcome.problems:
        print(problem)
    for row in outcome.bad_rows[:MOST_LISTED]:
        print(
            _("第 %(number)d 行 %(label)s：%(reasons)s")
            % {"number": row.number, "label": row.label, "reasons": "".join(row.reasons)}
        )
    if len(outcome.bad_rows) > MOST_LISTED:
        print(_("……另有 %(count)d 行") % {"count": len(outcome.bad_rows) - MOST_LISTED})
    if outcome.kept:
        print(_("已导入：新增 %(added)d，更改 %(changed)d，未变 %(same)d。") % {"changed": 0, **outcome.counts})
    elif outcome.good and dry_run:
        counts = {"changed": 0, **outcome.counts}
        print(_("试导入通过，没有保存：将新增 %(added)d，更改 %(changed)d，未变 %(same)d。") % counts)
    else:
        print(_("没有导入任何内容。"))
