"""Keep the site and the worker running together, and stop them together."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType

POLL_SECONDS = 0.3
GRACE_SECONDS = 12
SHORTEST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
STEADY_SECONDS = 60.0
PR_SET_PDEATHSIG = 1


def follow_parent() -> None:
    """Have the kernel end this process when its parent dies, even by kill -9 (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Child:
    """One command that is started again when it ends, after a pause that grows while it keeps failing."""

    def __init__(self, name: str, command: Sequence[str], log: Path) -> None:
        self.name = name
        self.command = list(command)
        self.log = log
        self.pause = SHORTEST_PAUSE_SECONDS
        self.start()

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches the supervisor alone."""
        self.began = time.monotonic()
        self.ended: float | None = None
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=follow_parent,
            )

    def tend(self) -> None:
        """Start it again when it has ended and its pause is over."""
        if self.process.poll() is None:
            return
        now = time.monotonic()
        if self.ended is None:
            self.ended = now
            steady = now - self.began > STEADY_SECONDS
            self.pause = SHORTEST_PAUSE_SECONDS if steady else min(self.pause * 2, LONGEST_PAUSE_SECONDS)
            print(
                f"{self.name} 已停止（{self.process.returncode}），{self.pause:.0f} 秒后重新启动，日志 log: {self.log}",
                file=sys.stderr,
            )
        elif now - self.ended >= self.pause:
            self.start()

    def stop(self, deadline: float) -> None:
        """End it, by force once the deadline (monotonic seconds) has passed."""
        try:
            self.process.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Supervisor:
    """Tends its children until SIGTERM, SIGINT or SIGHUP."""

    def __init__(self, commands: Mapping[str, Sequence[str]], log_folder: Path) -> None:
        self.stopping = False
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self.ask_to_stop)
        log_folder.mkdir(parents=True, exist_ok=True)
        self.children = [Child(name, command, log_folder / f"{name}.log") for name, command in commands.items()]

    def ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        """Note the wish; the loop ends within one poll."""
        self.stopping = True

    def tend(self) -> None:
        """Tend the children until asked to stop, then stop them all."""
        try:
            while not self.stopping:
                for child in self.children:
                    child.tend()
                time.sleep(POLL_SECONDS)
        finally:
            self.stop()

    def stop(self) -> None:
        """Ask all at once, then wait for each."""
        deadline = time.monotonic() + GRACE_SECONDS
        for child in self.children:
            child.process.terminate()
        for child in self.children:
            child.stop(deadline)
