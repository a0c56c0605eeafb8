"""A closed-loop load: each client sends its next request when the answer to the last has come.

Plain sockets and HTTP/1.1 keep-alive, so that the generator costs little beside the server. Runs as a process of its own.
"""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

CLIENTS = 4


@dataclass
class Outcome:
    """What one client saw."""

    milliseconds: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    bytes_in: int = 0


class Connection:
    """One keep-alive connection."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket = self._connect()
        self.buffer = b""

    def _connect(self) -> socket.socket:
        made = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made

    def ask(self, request: bytes) -> tuple[int, int]:
        """Send a request; answer with the status and the number of bytes of the body."""
        self.socket.sendall(request)
        head = self._until(b"\r\n\r\n")
        status = int(head[9:12])
        lowered = head.lower()
        if b"transfer-encoding: chunked" in lowered:
            return status, self._chunks()
        length = int(lowered.split(b"content-length:")[1].split(b"\r\n")[0]) if b"content-length:" in lowered else 0
        self._exactly(length)
        return status, length

    def _until(self, mark: bytes) -> bytes:
        while mark not in self.buffer:
            self._more()
        head, self.buffer = self.buffer.split(mark, 1)
        return head + mark

    def _exactly(self, count: int) -> bytes:
        while len(self.buffer) < count:
            self._more()
        body, self.buffer = self.buffer[:count], self.buffer[count:]
        return body

    def _chunks(self) -> int:
        total = 0
        while size := int(self._until(b"\r\n"), 16):
            self._exactly(size + 2)
            total += size
        self._until(b"\r\n")
        return total

    def _more(self) -> None:
        data = self.socket.recv(65536)
        if not data:
            raise ConnectionError("the server closed the connection")
        self.buffer += data


def client(port: int, requests: Iterator[bytes], until: float, outcome: Outcome) -> None:
    """Ask until the time is over or the requests are used up. A broken connection counts as an answer with status 0."""
    connection = Connection(port)
    for request in requests:
        began = time.perf_counter()
        if began >= until:
            return
        try:
            status, length = connection.ask(request)
        except OSError:
            outcome.statuses[0] = outcome.statuses.get(0, 0) + 1
            return
        outcome.milliseconds.append((time.perf_counter() - began) * 1000)
        outcome.statuses[status] = outcome.statuses.get(status, 0) + 1
        outcome.bytes_in += length


def run(port: int, requests: list[bytes], seconds: float, *, repeat: bool, clients: int = CLIENTS) -> dict[str, object]:
    """The clients share the requests; with ``repeat`` they go through them again and again."""
    outcomes = [Outcome() for _ in range(clients)]
    until = time.perf_counter() + seconds
    shares = [_share(requests[number::clients], repeat) for number in range(clients)]
    began = time.perf_counter()
    threads = [
        threading.Thread(target=client, args=(port, share, until, outcome))
        for share, outcome in zip(shares, outcomes, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return _summary(outcomes, time.perf_counter() - began)


def _share(requests: list[bytes], repeat: bool) -> Iterator[bytes]:
    yield from requests
    while repeat:
        yield from requests


def _summary(outcomes: list[Outcome], seconds: float) -> dict[str, object]:
    times = sorted(one for outcome in outcomes for one in outcome.milliseconds)
    statuses: dict[int, int] = {}
    for outcome in outcomes:
        for status, count in outcome.statuses.items():
            statuses[status] = statuses.get(status, 0) + count
    count = len(times)
    at = lambda share: times[min(count - 1, int(count * share))] if times else 0.0  # noqa: E731
    return {
        "count": count, "per_second": count / seconds, "median": at(0.5), "p95": at(0.95), "p99": at(0.99),
        "statuses": statuses, "bytes": sum(o.bytes_in for o in outcomes) / max(1, count),
    }  # fmt: skip


def main() -> None:
    """Read one order a line from standard input, answer one line each: the load runs outside the process that measures."""
    for line in sys.stdin:
        order = json.loads(line)
        requests = [part.encode("latin-1") for part in order["requests"]]
        seen = run(order["port"], requests, order["seconds"], repeat=order["repeat"], clients=order["clients"])
        print(json.dumps(seen), flush=True)


if __name__ == "__main__":
    main()
