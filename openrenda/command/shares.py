"""One file brought in by several processes at once, each with its share. For PostgreSQL: SQLite lets one write at a time."""

from __future__ import annotations

import multiprocessing
from dataclasses import replace
from typing import TYPE_CHECKING

from openrenda.command import Stop

if TYPE_CHECKING:
    from openrenda.people.imports import Outcome
    from openrenda.procedures.bringing_in.sheets import Manner


def bring_in_shares(code: str, content: bytes, name: str, manner: Manner, processes: int) -> Outcome:
    """Share the file out and gather what became of the shares.

    :raises Stop: without ``--resume``, because several processes cannot keep all or nothing; or on SQLite.
    """
    from django.db import connection

    if not manner.resume:
        raise Stop(
            "--processes 须与 --resume 同用：几个进程不能做到要么全部导入、要么全不导入 · use --processes with --resume"
        )
    if connection.vendor != "postgresql":
        raise Stop("--processes 只用于 PostgreSQL · --processes is for PostgreSQL")
    shares = [(code, content, name, replace(manner, share=(number, processes))) for number in range(processes)]
    with multiprocessing.get_context("spawn").Pool(processes, initializer=_prepare) as pool:
        return _together(pool.starmap(_bring, shares))


def _prepare() -> None:
    """Before a process reads its share, which names classes of the application."""
    import django

    django.setup()


def _bring(code: str, content: bytes, name: str, manner: Manner) -> Outcome:
    from openrenda.command.congress import congress_of
    from openrenda.command.past import Progress
    from openrenda.procedures.suggestion.imports import run_file

    return run_file(congress_of(code), content, name, manner, Progress() if manner.share[0] == 0 else None)


def _together(outcomes: list[Outcome]) -> Outcome:
    from openrenda.people.imports import Outcome

    rows = sorted((row for outcome in outcomes for row in outcome.rows), key=lambda row: row.number)
    counts = {action: sum(outcome.counts.get(action, 0) for outcome in outcomes) for action in ("added", "same", "bad")}
    problems = tuple(dict.fromkeys(problem for outcome in outcomes for problem in outcome.problems))
    return Outcome("suggestions", tuple(rows), problems, any(outcome.kept for outcome in outcomes), counts)
