"""The demo: prepare an installation with the invented congress, then run the site and the worker together."""

from __future__ import annotations

import argparse
import http.client
import os
import subprocess
import sys
import time

from openrenda.command import Stop
from openrenda.command.serve import refuse_taken_port
from openrenda.command.supervisor import Supervisor
from openrenda.keys import make_keys, var_folder

NAME = "demo"
HELP = "演示：装入虚构人大并启动网站与后台 · load the invented congress and run everything"
# Preparing happens in a process of its own; this one stays small while it looks after the site and the worker.
NEEDS_DJANGO = False

OPENRENDA = [sys.executable, "-m", "openrenda"]
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
FIRST_ANSWER_SECONDS = 60


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen and how far to go."""
    parser.add_argument("--host", default="127.0.0.1", help="监听地址 · address to listen on")
    parser.add_argument("--port", type=int, default=8000, help="端口 · port")
    parser.add_argument("--load-only", action="store_true", help="只装入数据，不启动 · stop after loading")
    parser.add_argument("--fresh", action="store_true", help="清空演示数据重新装入（仅 SQLite）· start the data anew")
    parser.add_argument("--prepare", action="store_true", help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    """Prepare, then serve until told to stop."""
    if options.prepare:
        return prepare(options.fresh)
    if not options.load_only:
        refuse_taken_port(options.host, options.port)
    make_keys(var_folder())
    relax(options.host, options.port)
    command = [*OPENRENDA, NAME, "--prepare", *(["--fresh"] if options.fresh else [])]
    code = subprocess.run(command).returncode
    if code or options.load_only:
        return code
    return serve(options.host, options.port)


def relax(host: str, port: int) -> None:
    """What only a demonstration allows, unless the environment says otherwise: printed passwords without a second factor.

    Nothing leaves the house: invented people have no addresses.
    """
    os.environ.setdefault("OPENRENDA_SECOND_FACTOR_REQUIRED", "0")
    os.environ.setdefault("OPENRENDA_CHANNELS", "")
    os.environ.setdefault("OPENRENDA_WEBHOOK_SENDER", "openrenda.channels.webhooks.WriteToFile")
    os.environ.setdefault("OPENRENDA_ADDRESS", f"http://{host}:{port}")
    # Beside the site, on the next port; who comes from elsewhere does not know this machine by its name here, and asks instead.
    os.environ.setdefault("OPENRENDA_EVENTS", f"http://{host}:{port + 1}/" if host in LOOPBACK else "")
    if host not in LOOPBACK:
        os.environ.setdefault("OPENRENDA_HOSTS", "*")


def prepare(fresh: bool) -> int:
    """Database, static files and data."""
    from openrenda.__main__ import load_application
    from openrenda.command import demodata

    load_application()
    demodata.prepare(fresh)
    return 0


def serve(host: str, port: int) -> int:
    """Run the site and the worker, and say where the site is once it answers."""
    commands = {
        "serve": [*OPENRENDA, "serve", "--host", host, "--port", str(port)],
        "worker": [*OPENRENDA, "worker"],
        "events": [*OPENRENDA, "events", "--host", host, "--port", str(port + 1)],
    }
    supervisor = Supervisor(commands, var_folder() / "log")
    try:
        wait_for_answer(supervisor, host, port)
        if not supervisor.stopping:
            print(f"http://{host}:{port}/  {sign_ins()}", flush=True)
        supervisor.tend()
    finally:
        supervisor.stop()
    return 0


def sign_ins() -> str:
    """The demo's sign-ins on one line."""
    from openrenda.demo.signins import SIGN_INS_LINE

    return SIGN_INS_LINE


def wait_for_answer(supervisor: Supervisor, host: str, port: int) -> None:
    """Return when the site answers anything, or when told to stop.

    :raises Stop: when it does not answer in time.
    """
    deadline = time.monotonic() + FIRST_ANSWER_SECONDS
    while time.monotonic() < deadline and not supervisor.stopping:
        connection = http.client.HTTPConnection(reachable(host), port, timeout=FIRST_ANSWER_SECONDS)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    if not supervisor.stopping:
        raise Stop(f"网站没有应答，请看日志 · the site does not answer, see {var_folder() / 'log' / 'serve.log'}")


def reachable(host: str) -> str:
    """An address to try: one that listens everywhere answers on the machine itself."""
    everywhere = host.replace(":", "").replace(".", "").strip("0") == ""
    return "127.0.0.1" if everywhere else host
