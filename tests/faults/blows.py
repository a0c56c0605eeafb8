"""What is done to a running installation: its database taken away for a while, its worker killed at the worst moment."""

from __future__ import annotations

import os
import shlex
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from openrenda.docket.actor import Recipient
from openrenda.docket.models import OutboxEntry
from tests.postgres import programs, server_user

DEATH_MARK = "OPENRENDA_TEST_DEATH_MARK"


@contextmanager
def locked(address: str) -> Iterator[None]:
    """Nobody else writes to the SQLite file within the block."""
    holder = sqlite3.connect(urlsplit(address).path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        holder.close()


@contextmanager
def stopped(address: str) -> Iterator[None]:
    """The throw-away PostgreSQL is down within the block, as after a crash, and comes back with its own options."""
    data = Path(parse_qs(urlsplit(address).query)["host"][0]) / "data"
    options = shlex.split((data / "postmaster.opts").read_text())[1:]
    rest = options[options.index(str(data)) + 1 :]
    _control(data, "-m", "immediate", "stop")
    try:
        yield
    finally:
        _control(data, "-l", str(data.parent / "log"), "-o", shlex.join(rest), "start")


def _control(data: Path, *words: str) -> None:
    user = server_user()
    prefix = ["runuser", "-u", user, "--"] if user else []
    command = [*prefix, str(programs() / "pg_ctl"), "-D", str(data), "-w", *words]
    subprocess.run(command, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)


class DeadlyChannel:
    """A channel that kills its own worker while the first message is on its way, and afterwards only writes down what it sends."""

    key = "deadly"

    def send(self, recipient: Recipient, text: str, entry: OutboxEntry) -> bool:
        """Die, once; then send."""
        mark = Path(os.environ[DEATH_MARK])
        with mark.open("a", encoding="utf-8") as file:
            file.write(f"{recipient.account}\n")
        if len(mark.read_text(encoding="utf-8").splitlines()) == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return True
