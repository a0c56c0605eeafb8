"""Past suggestions and messages, by the ``import`` command: one congress or several, in one process or in several."""

from __future__ import annotations

import argparse
import sys
import time
from typing import TYPE_CHECKING, Any

from openrenda.command import Stop
from openrenda.command.congress import congress_of

if TYPE_CHECKING:
    from openrenda.people.imports import Outcome
    from openrenda.procedures.bringing_in.sheets import Manner

EVERY_SECONDS = 1.0


def arguments(parser: argparse.ArgumentParser) -> None:
    """What only an import of past years knows."""
    past = parser.add_argument_group("历年建议、留言 · past suggestions and messages")
    past.add_argument(
        "--resume", action="store_true",
        help="接着导入：跳过已导入的，逐批保存，有误的行留在外面 · skip what is there, keep batch by batch, leave bad rows out",
    )  # fmt: skip
    past.add_argument(
        "--keep-other-columns", action="store_true", help="不认识的列原样保存 · keep unknown columns as they are"
    )
    past.add_argument(
        "--congress-column", action="store_true", help="按“人大名称”列分别导入 · each row into the congress it names"
    )
    past.add_argument(
        "--processes", type=int, default=1, metavar="N",
        help="几个进程同时导入，须与 --resume 同用，只用于 PostgreSQL · several processes, with --resume, on PostgreSQL",
    )  # fmt: skip


def kinds() -> list[tuple[str, str]]:
    """The tables that may be brought in, with their titles."""
    return [(key, sheet.title) for module in _modules() for key, sheet in module.TEMPLATES.items()]


def _modules() -> list[Any]:
    """What brings past years in; each names its tables."""
    from openrenda.procedures.opinion import imports as messages
    from openrenda.procedures.suggestion import imports as suggestions

    return [suggestions, messages]


def run(options: argparse.Namespace) -> int:
    """Write a template, or bring a file in and say what became of it; 1 when a row was refused."""
    from openrenda.procedures.bringing_in.sheets import Manner

    module = next(module for module in _modules() if options.kind in module.TEMPLATES)
    if options.template:
        options.file.write_bytes(module.template(options.kind))
        return 0
    manner = Manner(keep=not options.dry_run, resume=options.resume, further=options.keep_other_columns)
    outcomes = _outcomes(module, options, manner)
    for name, outcome in outcomes.items():
        _report(name, outcome, dry_run=options.dry_run)
    return 0 if all(outcome.good for outcome in outcomes.values()) else 1


def _outcomes(module: Any, options: argparse.Namespace, manner: Manner) -> dict[str, Outcome]:
    from openrenda.command.imports import content_of

    content, name = content_of(options), options.file.name
    only_suggestions = options.congress_column or options.processes > 1
    if only_suggestions and not hasattr(module, "run_shared_file"):
        raise Stop("这种表不能与 --congress-column、--processes 同用 · not for this kind of table")
    if options.congress_column:
        return module.run_shared_file(content, name, manner, Progress())
    if not options.congress:
        raise Stop("缺少 --congress CODE · --congress CODE is missing")
    congress = congress_of(options.congress)
    if options.processes > 1:
        from openrenda.command.shares import bring_in_shares

        return {"": bring_in_shares(options.congress, content, name, manner, options.processes)}
    return {"": module.run_file(congress, content, name, manner, Progress())}


def _report(name: str, outcome: Outcome, *, dry_run: bool) -> None:
    from openrenda.command.imports import report

    if name:
        print(f"—— {name}")
    report(outcome, dry_run=dry_run)


class Progress:
    """One line on the screen that says how far the import is, at most once a second."""

    def __init__(self) -> None:
        self.began = self.shown = time.monotonic()

    def __call__(self, done: int, of: int) -> None:
        now = time.monotonic()
        if now - self.shown >= EVERY_SECONDS or (done == of and now - self.began >= EVERY_SECONDS):
            self.shown = now
            print(f"  {done} / {of}", file=sys.stderr, flush=True)
