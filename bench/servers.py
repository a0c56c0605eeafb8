"""Processes under measurement: started, awaited, weighed and stopped."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROCESSES = 2
FIRST_ANSWER_SECONDS = 60
STOP_SECONDS = 15
MOST_LOAD_SECONDS = 1800.0
MEGABYTE_KILOBYTES = 1024
TICKS = os.sysconf("SC_CLK_TCK")
OURS = ["openrenda", "serve"]
BARE = ["bench.bare"]
WORKER = ["openrenda", "worker"]


@dataclass
class Running:
    """A process that was started."""

    process: subprocess.Popen[bytes]
    port: int = 0
    cold_seconds: float = 0.0

    def everyone(self) -> list[int]:
        """The process and all it has started."""
        return [self.process.pid, *descendants(self.process.pid)]

    def cpu_seconds(self) -> float:
        """Processor time used so far."""
        return sum(self.cpu_by_process().values())

    def cpu_by_process(self) -> dict[int, float]:
        """The same, process by process."""
        return {pid: cpu_seconds(pid) for pid in self.everyone()}

    def megabytes(self) -> float:
        """Memory, shared pages counted by their share (PSS)."""
        return sum(map(proportional_kilobytes, self.everyone())) / MEGABYTE_KILOBYTES


@contextmanager
def running(module: Sequence[str], log: Path, environment: dict[str, str] | None = None) -> Iterator[Running]:
    """A process of a Python module; stopped at the end. What it says goes into ``log``."""
    command = [sys.executable, "-m", *module]
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=output, stdin=subprocess.DEVNULL, env={**os.environ, **(environment or {})}
        )
    try:
        yield Running(process)
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def serving(module: Sequence[str], log: Path, environment: dict[str, str] | None = None) -> Iterator[Running]:
    """A server that answers; ``cold_seconds`` is the time from its start to its first answer."""
    port = free_port()
    began = time.perf_counter()
    with running([*module, "--port", str(port), "--processes", str(PROCESSES)], log, environment) as server:
        server.port = port
        wait_for_answer(server, log)
        server.cold_seconds = time.perf_counter() - began
        yield server


def asked(port: int, requests: Sequence[bytes], clients: int) -> dict[str, Any]:
    """All requests once, shared by so many clients, from a load generator of its own."""
    order = {
        "port": port, "requests": [request.decode("latin-1") for request in requests], "repeat": False, "clients": clients,
        "seconds": MOST_LOAD_SECONDS,
    }  # fmt: skip
    command, told = [sys.executable, "-m", "bench.load"], json.dumps(order) + "\n"
    done = subprocess.run(command, input=told, capture_output=True, text=True, check=True)
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


def wait_for_answer(server: Running, log: Path) -> None:
    """Return at the first answer.

    :raises RuntimeError: when the server ends or does not answer in time, with the end of its log.
    """
    deadline = time.monotonic() + FIRST_ANSWER_SECONDS
    while server.process.poll() is None and time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=FIRST_ANSWER_SECONDS)
        try:
            connection.request("GET", "/sign-in/")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.02)
        finally:
            connection.close()
    raise RuntimeError(f"no answer from the server:\n{log.read_text(errors='replace')[-3000:]}")


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def descendants(pid: int) -> list[int]:
    """The processes that a process has started, and theirs."""
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    except FileNotFoundError:
        return []
    children = [int(word) for word in text.split()]
    return [*children, *(grandchild for child in children for grandchild in descendants(child))]


def cpu_seconds(pid: int) -> float:
    """User and system time of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def proportional_kilobytes(pid: int) -> int:
    """Memory of a process, each shared page divided among those who share it."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
