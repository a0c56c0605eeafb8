"""Examine an installation and say for each finding what to do."""

from __future__ import annotations

import argparse

NAME = "doctor"
HELP = "体检：设置、数据库、打印、后台、磁盘、时钟 · examine this installation"
NEEDS_DJANGO = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to say."""


def run(options: argparse.Namespace) -> int:
    """Print every finding; 1 when something is wrong."""
    from openrenda.command.checkup import WRONG, findings

    worst = 0
    for finding in findings():
        print(f"{finding.mark} {finding.says}")
        if finding.remedy:
            print(f"    → {finding.remedy}")
        worst = max(worst, 1 if finding.level == WRONG else 0)
    return worst
