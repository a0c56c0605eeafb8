"""Serve the events of votes: granian with one ASGI worker, beside the site (docs/operations.md)."""

from __future__ import annotations

import argparse

from openrenda.command.serve import BACKLOG, GRACE_SECONDS, refuse_taken_port

NAME = "events"
HELP = "启动表决大屏的实时推送 · serve the live screens of votes"
NEEDS_DJANGO = False


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--host", default="127.0.0.1", help="监听地址 · address to listen on")
    parser.add_argument("--port", type=int, default=8001, help="端口 · port")


def run(options: argparse.Namespace) -> int:
    """Serve until told to stop."""
    from granian import Granian
    from granian.constants import Interfaces

    from openrenda.settings import LOG_LEVEL
    from openrenda.settings.log import configure

    refuse_taken_port(options.host, options.port)
    Granian(
        "openrenda.web.hall.asgi:application", address=options.host, port=options.port, interface=Interfaces.ASGI, workers=1,
        backlog=BACKLOG, backpressure=BACKLOG * 4, websockets=False, respawn_failed_workers=True,
        workers_kill_timeout=GRACE_SECONDS, log_dictconfig=configure(LOG_LEVEL),
    ).serve()  # fmt: skip
    return 0
