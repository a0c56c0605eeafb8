"""``bin/bench --voting``: a hall of 3 000 votes at once. Real connections on loopback, the load on the same cores.

Printed: how long casting takes and its p99, whether a ballot was lost or counted twice, how soon the verdict is on 3 000 open screens, and the recount.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import django

VOTERS, TWICE_EVERY, CLIENTS, SCREENS, OPTIONS, PLACES = 3000, 10, 16, 3000, 12, 10
ROUNDS, A_ROUND = 5, 200
ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Measure one database, named by the environment, and print one JSON line."""
    django.setup()
    from django.core.management import call_command

    from openrenda.people.models import Congress
    from openrenda.tenancy import congress_scope

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    congress = Congress.objects.create(
        division_code="990000", name="测速区人民代表大会", short_name="测速区人大", level="county", fictional=True
    )
    with congress_scope(congress):
        print(json.dumps(measured()))


def measured() -> dict[str, Any]:
    """Take, cast, close, recount."""
    from openrenda.ballots.box import tracker_of
    from openrenda.ballots.closing import close
    from openrenda.ballots.models import Ballot
    from openrenda.ballots.publishing import published

    ballot = opened()
    papers, taking = marked(ballot)
    seen = casting(ballot, papers) | beside_bare()
    screens = asyncio.run(watched(ballot, lambda: close(Ballot.objects.get(pk=ballot.pk))))
    closed = Ballot.objects.get(pk=ballot.pk)
    counted = [tracker_of(key) for key in closed.papers.values_list("key", flat=True)]
    return {
        "voters": VOTERS, "taking_per_second": VOTERS / taking, **seen, **screens,
        "lost": len({entry.tracker for entry in papers} - set(counted)), "double": len(counted) - len(set(counted)),
        "counted": closed.tally.returned, "recount_seconds": recounted(published(closed)),
    }  # fmt: skip


def opened(voters: int = VOTERS) -> Any:
    """A choice of ten of twelve, open to three thousand."""
    from django.utils import timezone

    from openrenda.ballots.counting import Terms
    from openrenda.ballots.models import SECRET
    from openrenda.ballots.opening import open_ballot
    from openrenda.docket.models import Matter
    from openrenda.rulebook.library import NATION, library
    from openrenda.tenancy import uuid7

    today = timezone.localdate()
    matter = Matter.objects.create(
        procedure="vote", state="open", title="民生实事项目票决", opened_on=today, state_since=today
    )
    options = tuple(f"候选项目{number}" for number in range(1, OPTIONS + 1))
    terms = Terms(
        kind="choice",
        options=options,
        body="congress",
        base=voters,
        present=voters,
        majority=library().book(NATION)["ORG-03"],
        places=PLACES,
    )
    return open_ballot(
        matter, SECRET, terms, [(uuid7(), f"代表{number}") for number in range(voters)], rulebook="bench"
    )


def marked(ballot: Any) -> tuple[list[Any], float]:
    """Everybody's ballot as it is sent, and the seconds that the server's side of giving them out took."""
    from openrenda.ballots.device import Device
    from openrenda.ballots.taking import take

    seconds, papers = 0.0, []
    for number, voter in enumerate(ballot.roll.values_list("voter", flat=True)):
        device = Device.fresh(ballot.public_key)
        began = time.perf_counter()
        answer = take(ballot, voter, device.blinded)
        seconds += time.perf_counter() - began
        device.take(answer)
        papers.append(device.mark(str(ballot.pk), paper(number)))
    return papers, seconds


def paper(number: int) -> str:
    """Ten of twelve, another ten for each."""
    from openrenda.ballots.counting import Paper

    first = number % OPTIONS
    left_out = {first, (first + 1 + number // OPTIONS % (OPTIONS - 1)) % OPTIONS}
    return Paper(tuple("" if row in left_out else "chosen" for row in range(OPTIONS))).text


def casting(ballot: Any, papers: list[Any]) -> dict[str, Any]:
    """All ballots over HTTP, every tenth twice, from a load generator of its own."""
    from .servers import OURS, asked, serving

    requests = []
    for number, entry in enumerate(papers):
        requests += [request(ballot, entry)] * (2 if number % TWICE_EVERY == 0 else 1)
    with tempfile.TemporaryDirectory() as folder, serving(OURS, Path(folder) / "log") as server:
        seen = asked(server.port, [request.encode() for request in requests], CLIENTS)
    return {
        "casting_seconds": seen["count"] / seen["per_second"], "casting_p99_ms": seen["p99"], "statuses": seen["statuses"],
    }  # fmt: skip


def beside_bare() -> dict[str, Any]:
    """Castings a second of ours ÷ those of a bare handler with the same cryptography, in turn, into one box.

    :raises RuntimeError: when the box does not hold every ballot of both.
    """
    from openrenda.ballots.closing import close

    from .servers import BARE, OURS, asked, serving

    ballot = opened(2 * ROUNDS * A_ROUND)
    sent = [request(ballot, entry).encode() for entry in marked(ballot)[0]]
    with tempfile.TemporaryDirectory() as folder:
        nothing, log = Path(folder) / "nothing.json", Path(folder) / "log"
        nothing.write_text("{}", encoding="utf-8")
        beside = {"BENCH_PAGES": str(nothing), "BENCH_STATEMENTS": str(nothing)}
        with serving(OURS, log) as ours, serving(BARE, log, beside) as bare:
            speeds = []
            for start in range(0, len(sent), 2 * A_ROUND):
                first, second = sent[start : start + A_ROUND], sent[start + A_ROUND : start + 2 * A_ROUND]
                speeds.append([asked(ours.port, first, CLIENTS), asked(bare.port, second, CLIENTS)])
    if close(ballot).tally.returned != len(sent):
        raise RuntimeError("a ballot is missing")
    ratios = [one["per_second"] / other["per_second"] for one, other in speeds]
    return {"casting_ours_by_bare": sorted(ratios), "casting_ratio": statistics.median(ratios)}


def request(ballot: Any, entry: Any) -> str:
    """A ballot as a browser sends it."""
    body = json.dumps({"key": entry.key, "signature": entry.signature, "seal": entry.seal, "paper": entry.paper})
    head = f"POST /booth/{ballot.congress_id}/{ballot.pk}/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\n"
    return f"{head}Content-Length: {len(body.encode())}\r\n\r\n{body}"


async def watched(ballot: Any, close: Any) -> dict[str, Any]:
    """Open screens, close the vote, and see when each has the verdict: counted from the pressing of the button."""
    from openrenda.web.hall.voting.progress import ticket

    from .servers import free_port, running

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    number, port = min(SCREENS, hard - 200), free_port()
    with (
        tempfile.TemporaryDirectory() as folder,
        running(["openrenda", "events", "--port", str(port)], Path(folder) / "log"),
    ):
        await answering(port)
        path = f"/events/{ticket(ballot.congress_id, ballot.matter_id)}"
        ready = asyncio.Semaphore(0)
        times: list[float] = []
        screens = [asyncio.create_task(screen(port, path, ready, times)) for _screen in range(number)]
        for _screen in screens:
            await asyncio.wait_for(ready.acquire(), 120)
        began = time.perf_counter()
        await asyncio.to_thread(in_scope, ballot.congress_id, close)
        closing = time.perf_counter() - began
        await asyncio.wait_for(asyncio.gather(*screens), 60)
    late = sorted(moment - began for moment in times)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return {
        "screens": number,
        "closing_seconds": closing,
        "verdict_p95_seconds": late[int(len(late) * 0.95)],
        "verdict_last_seconds": late[-1],
    }


def in_scope(congress: Any, work: Any) -> None:
    """Run it for the congress in another thread."""
    from openrenda.tenancy import congress_scope

    with congress_scope(congress):
        work()


async def answering(port: int) -> None:
    """Wait until the process listens; a minute at most."""
    until = time.monotonic() + 60
    while True:
        try:
            _reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            if time.monotonic() > until:
                raise
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return


async def screen(port: int, path: str, ready: asyncio.Semaphore, times: list[float]) -> None:
    """One open screen, until it shows the verdict."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n".encode())
    told = False
    while line := await reader.readline():
        if b'"state":"open"' in line and not told:
            told = True
            ready.release()
        if b'"state":"closed"' in line:
            times.append(time.perf_counter())
            break
    writer.close()


def recounted(box: dict[str, Any]) -> float:
    """The seconds that the independent script takes.

    :raises RuntimeError: when it finds a fault.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "box.json"
        file.write_text(json.dumps(box, ensure_ascii=False), encoding="utf-8")
        began = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-I", str(ROOT / "bin" / "recount"), str(file)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(done.stdout + done.stderr)
        return time.perf_counter() - began


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openrenda.settings")
    main()
