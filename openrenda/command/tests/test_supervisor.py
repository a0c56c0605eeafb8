"""Site and worker run together: one that dies is started again, and one signal stops both."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.installation

SCRIPT = """
import sys
from pathlib import Path
from openrenda.command.supervisor import Supervisor
sleep = [sys.executable, "-c", "import os, time; print(os.getpid(), flush=True); time.sleep(60)"]
Supervisor({"site": sleep, "worker": sleep}, Path(sys.argv[1])).tend()
"""
PATIENCE_SECONDS = 15


@dataclass
class Running:
    """A supervisor and what its children wrote: one line with its number for each start."""

    process: subprocess.Popen[bytes]
    folder: Path

    def starts(self, name: str) -> list[int]:
        """The process numbers a child has had."""
        log = self.folder / f"{name}.log"
        return [int(line) for line in log.read_text().split()] if log.exists() else []

    def latest(self) -> list[int]:
        """The process numbers the children have now."""
        return [self.starts(name)[-1] for name in ("site", "worker")]


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """A supervisor with two sleeping children."""
    environment = {**os.environ, "PYTHONPATH": str(settings.ROOT)}
    process = subprocess.Popen([sys.executable, "-c", SCRIPT, str(tmp_path)], env=environment)
    started = Running(process, tmp_path)
    assert wait_for(lambda: bool(started.starts("site") and started.starts("worker")))
    yield started
    process.kill()
    process.wait()


def wait_for(condition: Callable[[], bool]) -> bool:
    """Whether the condition comes true in time."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def alive(pid: int) -> bool:
    """Whether the process exists and is not merely waiting to be collected."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_dead_worker_is_started_again_and_the_site_goes_on(running: Running) -> None:
    site, worker = running.latest()
    os.kill(worker, signal.SIGKILL)
    assert wait_for(lambda: len(running.starts("worker")) == 2)
    assert alive(running.latest()[1])
    assert running.starts("site") == [site]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_one_signal_stops_both(running: Running, number: signal.Signals) -> None:
    children = running.latest()
    running.process.send_signal(number)
    assert running.process.wait(timeout=PATIENCE_SECONDS) == 0
    assert not any(alive(pid) for pid in children)


def test_nothing_is_left_behind_when_the_supervisor_is_killed(running: Running) -> None:
    children = running.latest()
    running.process.kill()
    assert wait_for(lambda: not any(alive(pid) for pid in children))
