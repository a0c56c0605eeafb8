"""One database of one size: prepare it, start both servers, let the load ask them in turn, weigh them, and say what was seen.

Run by :mod:`bench.__main__` as a process of its own, with the product's environment pointing at the database; prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import django

ENOUGH = 4
MOST_SETTLING_SECONDS = 120
NEXT_TO_NOTHING = 0.05
# So many connections are opened to reach every process of a server; so many pages show which process it is.
MOST_CONNECTIONS, FEW = 20, 12
SHOWN = ("per_second", "median", "p95", "p99", "cpu", "bytes")


def arguments() -> argparse.Namespace:
    """What the caller asks for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--rounds", type=int, required=True)
    parser.add_argument("--writes", type=int, required=True)
    parser.add_argument("--work", nargs="*", default=[])
    parser.add_argument("--rest", type=float, required=True)
    return parser.parse_args()


def main() -> None:
    """Measure and print."""
    options = arguments()
    django.setup()
    seen = measured(options, Path(os.environ["OPENRENDA_VAR"]))
    print(json.dumps(seen))


def say(words: str) -> None:
    """Progress, for whoever waits."""
    print(f"  {words}", file=sys.stderr, flush=True)


def measured(options: argparse.Namespace, var: Path) -> dict[str, Any]:
    """Everything that is measured on this database."""
    from .works import WORKS, scene

    seen: dict[str, Any] = {}
    began = time.perf_counter()
    chosen = [work for work in WORKS if not options.work or work.key in options.work]
    # Whoever asks only what stands in the lists of opinions need not wait for as many suggestions.
    suggestions = options.size if any(work.of_suggestions for work in chosen) else 0
    ground = prepared(suggestions, options.size // 2)
    seen["prepared_seconds"] = time.perf_counter() - began
    say(f"{suggestions} suggestions and {options.size // 2} opinions in {seen['prepared_seconds']:.0f} s")
    if not options.work:
        seen["import_acts_per_second"] = imported(ground)
        seen |= inside(ground)
        seen |= at_rest(ground, var, options.rest)
    stage = scene(ground)
    seen["works"] = compared(stage, chosen, options, var, seen)
    if os.environ["OPENRENDA_DATABASE"].startswith("postgres"):
        from .pgbench import limits

        seen["pgbench"] = limits(os.environ["OPENRENDA_DATABASE"], ground, max(2, round(options.seconds * 2)))
    return seen


def prepared(suggestions: int, opinions: int) -> Any:
    """Schema, static files and data."""
    from django.core.management import call_command

    from openrenda.command.places import make_folders

    from .bulk import without_waiting_for_the_disk
    from .data import prepare

    make_folders()
    call_command("collectstatic", interactive=False, verbosity=0)
    with without_waiting_for_the_disk():
        call_command("migrate", interactive=False, verbosity=0)
        return prepare(suggestions, opinions)


def imported(ground: Any) -> float:
    """Acts a second of past matters written through the engine, a hundred matters a batch."""
    from openrenda.tenancy import congress_scope

    from .data import lives

    with congress_scope(ground.cast.congress):
        began = time.perf_counter()
        acts = lives(ground.cast, range(1000, 1300), batch=100)
        return acts / (time.perf_counter() - began)


def inside(ground: Any) -> dict[str, float]:
    """What the index costs a step, and what a report costs."""
    from .inside import indexing, reporting

    seen = indexing(ground)
    seen["index_share"] = seen["submissions_with_index"] / seen["submissions_without_index"]
    seen |= reporting(ground)
    seen["report_ratio"] = seen["report_seconds"] / seen["report_bare_seconds"]
    say(
        f"a report in {seen['report_seconds']:.2f} s, its numbers by bare statements in {seen['report_bare_seconds']:.2f} s"
    )
    say(f"with the index {seen['index_share']:.2f} of the submissions without it")
    return seen


def at_rest(ground: Any, var: Path, seconds: float) -> dict[str, float]:
    """What a worker without work costs: processor seconds over the time watched, and memory."""
    from django.utils import timezone

    from openrenda.docket.models import OutboxEntry
    from openrenda.docket.time import run_clocks
    from openrenda.tenancy import congress_scope

    from .servers import WORKER, running

    # What the clocks of this very day do is work, not rest.
    congress = ground.cast.congress
    run_clocks(congress.pk)
    with congress_scope(congress):
        OutboxEntry.objects.filter(sent_at=None).update(sent_at=timezone.now())
    with running(WORKER, var / "worker.log") as worker:
        settle(worker)
        before = worker.cpu_seconds()
        time.sleep(seconds)
        seen = {"worker_cpu_seconds": worker.cpu_seconds() - before, "worker_watched_seconds": seconds,
                "worker_megabytes": worker.megabytes()}  # fmt: skip
    say(f"worker at rest: {seen['worker_cpu_seconds']:.2f} s of processor in {seconds:.0f} s")
    return seen


def settle(worker: Any) -> None:
    """Wait until the worker has started and done its first round: two seconds in which it used next to nothing.

    :raises RuntimeError: when it never comes to rest.
    """
    for _ in range(MOST_SETTLING_SECONDS // 2):
        before = worker.cpu_seconds()
        time.sleep(2)
        if before and worker.cpu_seconds() - before < NEXT_TO_NOTHING:
            return
    raise RuntimeError("the worker does not come to rest")


# The comparison


def compared(
    stage: Any, works: list[Any], options: argparse.Namespace, var: Path, seen: dict[str, Any]
) -> dict[str, Any]:
    """Both servers at once, the load on one of them at a time: ours, bare, ours, bare …"""
    from .servers import BARE, OURS, serving

    with ExitStack() as stack:
        ours = stack.enter_context(serving(OURS, var / "ours.log"))
        seen["cold_seconds"] = ours.cold_seconds
        pages = var / "pages.json"
        pages.write_text(json.dumps({work.key: page_of(work, stage, ours.port) for work in works if work.reads}))
        bare = stack.enter_context(
            serving(BARE, var / "bare.log", {"BENCH_PAGES": str(pages), **for_figures(stage, var)})
        )
        servers = {"ours": ours, "bare": bare}
        for work in works:
            if work.opened_before:
                seen[f"{work.key}_first"] = {who: first_openings(work, stage, at) for who, at in servers.items()}
        load = stack.enter_context(Load())
        rounds: dict[str, list[dict[str, Any]]] = {work.key: [] for work in works}
        for number in range(-1, options.rounds):
            for work in works:
                pair = {who: load.ask(work, stage, at, options, warm=number < 0) for who, at in servers.items()}
                if number >= 0:
                    rounds[work.key].append(pair)
            say(f"round {number + 1} of {options.rounds}" if number >= 0 else "warm")
        seen["web_megabytes"] = ours.megabytes()
    return {work.key: summary(rounds[work.key], work.by) for work in works}


def first_openings(work: Any, stage: Any, server: Any) -> dict[str, float]:
    """Open every page of the work once in every process of the server; how long each took, in milliseconds.

    :raises RuntimeError: when a process is never reached.
    """
    from .load import Connection
    from .servers import PROCESSES
    from .works import DIFFERENT_REQUESTS

    requests = list(dict.fromkeys(work.requests(stage, DIFFERENT_REQUESTS)))
    spent: dict[int, list[float]] = {}
    for _ in range(MOST_CONNECTIONS):
        connection, before = Connection(server.port), server.cpu_by_process()
        begun = [opening(connection, request) for request in requests[:FEW]]
        used = {pid: seconds - before.get(pid, 0.0) for pid, seconds in server.cpu_by_process().items()}
        process = max(used, key=lambda pid: used[pid])
        if process not in spent:
            spent[process] = begun + [opening(connection, request) for request in requests[FEW:]]
        connection.socket.close()
        if len(spent) == PROCESSES:
            times = sorted(time for each in spent.values() for time in each)
            return {"median": statistics.median(times), "p95": times[int(len(times) * 0.95)]}
    raise RuntimeError(f"{work.key}: only {len(spent)} processes answered")


def opening(connection: Any, request: bytes) -> float:
    """Milliseconds until the page is there."""
    began = time.perf_counter()
    status, _length = connection.ask(request)
    assert status == 200, status
    return (time.perf_counter() - began) * 1000


def for_figures(stage: Any, var: Path) -> dict[str, str]:
    """The statements behind the figures' lists, where the bare handler finds them."""
    from .figures import statements

    path = var / "statements.json"
    path.write_text(json.dumps(statements(stage.ground.cast.congress)))
    return {"BENCH_STATEMENTS": str(path)}


def page_of(work: Any, stage: Any, port: int) -> str:
    """The product's page, for the bare handler to fill its own up with."""
    import socket

    (request,) = work.requests(stage, 1)
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1))
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _end, body = answer.partition(b"\r\n\r\n")
    if b" 200 " not in head.split(b"\r\n")[0]:
        raise RuntimeError(f"{work.key}: {head.decode('latin-1')}\n{body.decode(errors='replace')[:2000]}")
    return body.decode()


class Load:
    """The load generator, a process of its own."""

    def __enter__(self) -> Load:
        command = [sys.executable, "-m", "bench.load"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate()

    def ask(self, work: Any, stage: Any, server: Any, options: argparse.Namespace, *, warm: bool) -> dict[str, Any]:
        """The clients do the work for some seconds, or as often as said; every answer must be as expected.

        :raises RuntimeError: naming the statuses, when one was not.
        """
        from .works import DIFFERENT_REQUESTS

        number = DIFFERENT_REQUESTS if work.reads else options.writes
        requests = work.requests(stage, max(4 * ENOUGH, number // 10) if warm and not work.reads else number)
        order = {"port": server.port, "requests": [request.decode("latin-1") for request in requests], "repeat": work.reads,
                 "clients": work.clients,
                 "seconds": min(1.0, options.seconds) if warm else options.seconds if work.reads else 60.0}  # fmt: skip
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        before = server.cpu_seconds()
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        seen: dict[str, Any] = json.loads(self.process.stdout.readline())
        if set(seen["statuses"]) != {str(work.status)} or seen["count"] < (ENOUGH if work.clients > 1 else 1):
            raise RuntimeError(f"{work.key} on port {server.port}: {seen}")
        return seen | {"cpu": (server.cpu_seconds() - before) * 1000 / seen["count"]}


def summary(rounds: list[dict[str, Any]], by: str) -> dict[str, Any]:
    """Medians over the rounds with the smallest and the largest, and the ratio within each round: the more the better."""
    more = ("ours", "bare") if by == "per_second" else ("bare", "ours")
    ratios = [pair[more[0]][by] / pair[more[1]][by] for pair in rounds]
    found: dict[str, Any] = {"ratio": spread(ratios)}
    for who in ("ours", "bare"):
        found[who] = {name: spread([pair[who][name] for pair in rounds]) for name in SHOWN}
    return found


def spread(values: list[float]) -> dict[str, float]:
    """Median, least and most."""
    return {"median": statistics.median(values), "least": min(values), "most": max(values)}


if __name__ == "__main__":
    main()
