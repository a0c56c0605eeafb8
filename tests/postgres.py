"""A throw-away PostgreSQL server: its own folder, a Unix socket and no network port, gone when the block ends.

``python -m tests.postgres run -- command …`` runs the command with ``OPENRENDA_DATABASE`` pointing at such a server.
PostgreSQL refuses to run as root, so root hands the server over to an unprivileged user of the system.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

OLDEST_VERSION = 15
NAME = "openrenda"
UNPRIVILEGED_USERS = ("postgres", "nobody")
# Nothing in it outlives the run, so nothing has to reach the disk.
SERVER_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "300",
    "autovacuum": "off",
}


class PostgresMissingError(RuntimeError):
    """No usable PostgreSQL server programs on this machine."""


def programs() -> Path:
    """The folder of initdb and pg_ctl, of the newest version that is new enough.

    :raises PostgresMissingError: when there is none.
    """
    folders = [Path(path) for path in os.environ.get("PATH", "").split(os.pathsep) if path]
    if pg_config := shutil.which("pg_config"):
        answer = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=True)
        folders.append(Path(answer.stdout.strip()))
    folders += Path("/usr/lib/postgresql").glob("*/bin")
    found = {version(folder): folder for folder in folders if (folder / "initdb").is_file()}
    usable = [number for number in found if number >= OLDEST_VERSION]
    if not usable:
        raise PostgresMissingError(f"PostgreSQL {OLDEST_VERSION} or newer is needed: apt-get install postgresql")
    return found[max(usable)]


def version(folder: Path) -> int:
    """The major version of the programs in a folder."""
    answer = subprocess.run([folder / "initdb", "--version"], capture_output=True, text=True, check=True)
    match = re.search(r"(\d+)", answer.stdout)
    return int(match[1]) if match else 0


def server_user() -> str | None:
    """The user to run the server as, or None to run it as oneself."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in UNPRIVILEGED_USERS if name in known)


@contextmanager
def cluster(settings: Mapping[str, str] = SERVER_SETTINGS) -> Iterator[str]:
    """A running server with one empty database; gives the database's address.

    :param settings: server settings; a measurement passes durable ones in place of the quick defaults.
    """
    bin_folder = programs()
    user = server_user()
    folder = Path(tempfile.mkdtemp(prefix="openrenda-pg-"))
    prefix = ["runuser", "-u", user, "--"] if user else []

    def call(program: str, *arguments: str) -> None:
        command = [*prefix, str(bin_folder / program), *arguments]
        answer = subprocess.run(command, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if answer.returncode:
            raise RuntimeError(f"{program} failed:\n{answer.stdout}{answer.stderr}{server_log(folder)}")

    try:
        if user:
            shutil.chown(folder, user)
        data = str(folder / "data")
        call("initdb", "-D", data, "-U", NAME, "-A", "trust", "-N", "-E", "UTF8", "--locale=C.UTF-8")
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}'"
        # In the file and not on the command line, so that a measurement may change them for a while.
        with (folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.writelines(f"{key} = '{value}'\n" for key, value in settings.items())
        call("pg_ctl", "-D", data, "-l", str(folder / "log"), "-o", options, "-w", "start")
        try:
            call("createdb", "-h", str(folder), "-U", NAME, NAME)
            yield f"postgres://{NAME}@/{NAME}?host={folder}"
        finally:
            call("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def server_log(folder: Path) -> str:
    """What the server wrote, for a failure message."""
    path = folder / "log"
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


def stop_on_signal(number: int, frame: FrameType | None) -> None:
    """Leave through the ``finally`` blocks, so that the server is stopped."""
    raise SystemExit(128 + number)


def run(command: Sequence[str]) -> int:
    """Run a command against a fresh server and return its exit code."""
    signal.signal(signal.SIGTERM, stop_on_signal)
    with cluster() as address:
        return subprocess.run(command, env={**os.environ, "OPENRENDA_DATABASE": address}).returncode


def main(arguments: Sequence[str]) -> int:
    """The command line: ``run -- command …``."""
    if list(arguments[:2]) != ["run", "--"] or len(arguments) < 3:
        print("usage: python -m tests.postgres run -- command …", file=sys.stderr)
        return 2
    return run(arguments[2:])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
