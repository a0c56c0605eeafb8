"""Serve the site: granian with WSGI workers, static files included."""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
from typing import Any

from openrenda.command import Stop
from openrenda.command.supervisor import follow_parent

NAME = "serve"
HELP = "启动网站 · serve the site"
# The parent of the web processes stays small: only they load the application.
NEEDS_DJANGO = False

MOST_PROCESSES_BY_DEFAULT = 4
BACKLOG = 2048
GRACE_SECONDS = 10


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen and with how many hands."""
    parser.add_argument("--host", default="127.0.0.1", help="监听地址 · address to listen on")
    parser.add_argument("--port", type=int, default=8000, help="端口 · port")
    parser.add_argument(
        "--processes", type=int, default=0, help="进程数，默认按 CPU 核数 · default: one a core, at most 4"
    )
    parser.add_argument(
        "--threads", type=int, default=0, help="每进程线程数 · threads a process; default 2, PostgreSQL 4"
    )
    parser.add_argument(
        "--events-port", type=int, default=0, help="同时启动表决实时推送的端口 · also serve live votes on this port"
    )
    parser.add_argument("--access-log", action="store_true", help="记录每个请求 · log each request")


def run(options: argparse.Namespace) -> int:
    """Serve until told to stop; requests under way are finished first."""
    refuse_taken_port(options.host, options.port)
    events = listening(options.host, options.events_port) if options.events_port else None
    try:
        server(options).serve()
    finally:
        if events:
            events.terminate()
    return 0


def listening(host: str, port: int) -> subprocess.Popen[bytes]:
    """The process of live votes, which ends with this one."""
    refuse_taken_port(host, port)
    command = [sys.executable, "-m", "openrenda", "events", "--host", host, "--port", str(port)]
    return subprocess.Popen(command, preexec_fn=follow_parent)


def server(options: argparse.Namespace) -> Any:
    """The configured server."""
    from granian import Granian
    from granian.constants import Interfaces

    from openrenda.settings import DATABASES, LOG_LEVEL
    from openrenda.settings.log import configure

    on_postgres = DATABASES["default"]["ENGINE"].endswith("postgresql")
    return Granian(
        "openrenda.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.processes or min(os.cpu_count() or 1, MOST_PROCESSES_BY_DEFAULT),
        blocking_threads=options.threads or (4 if on_postgres else 2),
        backlog=BACKLOG,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE_SECONDS,
        log_dictconfig=configure(LOG_LEVEL),
        log_access=options.access_log,
    )


def refuse_taken_port(host: str, port: int) -> None:
    """Say so in words when something else listens there.

    :raises Stop: naming the port.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise Stop(
                f"端口 {port} 不能使用（{problem.strerror}），网站没有启动；请换一个端口：--port {port + 1}\n"
                f"Port {port} cannot be used, the site was not started; choose another: --port {port + 1}"
            ) from problem
