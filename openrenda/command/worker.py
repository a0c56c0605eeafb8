"""Run the background worker: clocks, outbox, figures, retention."""

from __future__ import annotations

import argparse

NAME = "worker"
HELP = "启动后台处理 · run the background worker"
NEEDS_DJANGO = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to say."""


def run(options: argparse.Namespace) -> int:
    """Work until told to stop."""
    from openrenda.worker.rounds import run as go_round

    go_round()
    return 0
