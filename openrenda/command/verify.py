"""Verify that nothing in the acts was changed, removed or reordered."""

from __future__ import annotations

import argparse

from openrenda.command.congress import congress_argument, congresses_of

NAME = "verify"
HELP = "核验行为账：改动、缺失、错序 · verify that no act was changed, removed or reordered"
NEEDS_DJANGO = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which congress, and the seals kept elsewhere."""
    congress_argument(parser, required=False)
    parser.add_argument(
        "--seal", action="store_true", help="打印最近的封存值，供另行保存 · print the newest seal to keep"
    )
    parser.add_argument(
        "--expect", metavar="DAY=HASH", help="与另行保存的封存值比对 · compare with a seal kept elsewhere"
    )


def run(options: argparse.Namespace) -> int:
    """Print every problem; 1 when there is one."""
    from django.utils.translation import gettext as _

    from openrenda.docket.verify import verify_congress

    total = 0
    for congress in congresses_of(options.congress):
        problems = [f"{each.where}: {each.sentence}" for each in verify_congress(congress)]
        if options.expect and not kept(congress, options.expect):
            problems.append(_("%(seal)s：封存值与另行保存的不同，或这一日没有封存。") % {"seal": options.expect})
        for problem in problems:
            print(f"✗ {congress.short_name}  {problem}")
        if not problems:
            print(_("✓ %(name)s：行为账完好") % {"name": congress.short_name})
        if options.seal:
            print_seal(congress)
        total += len(problems)
    return 1 if total else 0


def kept(congress: object, expected: str) -> bool:
    """Whether the seal of that day is still the one that was kept.

    :param expected: ``2026-03-01=…``, as printed by ``--seal``.
    """
    from openrenda.docket.models import DailySeal
    from openrenda.tenancy import congress_scope

    day, _separator, value = expected.partition("=")
    with congress_scope(congress):
        return any(f"{seal.day}" == day for seal in DailySeal.objects.filter(hash=value))


def print_seal(congress: object) -> None:
    """The newest seal in the form that ``--expect`` takes."""
    from openrenda.docket.models import DailySeal
    from openrenda.tenancy import congress_scope

    with congress_scope(congress):
        seal = DailySeal.objects.order_by("-day").first()
    if seal:
        print(f"  {seal.day}={seal.hash}")
