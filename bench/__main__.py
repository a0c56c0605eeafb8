"""``bin/bench``: how fast the product is, as ratios to a bare handler within one run."""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from openrenda.keys import make_keys
from tests.postgres import cluster, stop_on_signal

from .report import TARGETS, Seen, growth_and_others, ratios

SIZES = (10_000, 100_000, 1_000_000)
# Figures that count are made with a server that really waits for its disk.
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "max_connections": "60",
           "shared_buffers": "256MB"}  # fmt: skip


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser("bin/bench", description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--size", type=int, nargs="+", choices=SIZES, default=[10_000, 100_000], help="suggestions")
    parser.add_argument("--seconds", type=float, default=2.0, help="of reading, a round and side")
    parser.add_argument("--writes", type=int, default=240, help="a round and side")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--work", nargs="+", choices=sorted(TARGETS), default=[], help="only these")
    parser.add_argument("--rest", type=float, default=30.0, help="seconds a worker at rest is watched")
    parser.add_argument("--voting", action="store_true", help="a hall of 3 000 that votes, and nothing else")
    parser.add_argument(
        "--hall", action="store_true", help="1 000 who sign in and 200 papers read by 300, and nothing else"
    )
    parser.add_argument("--quick", action="store_true", help="10 000 suggestions, three short rounds")
    options = parser.parse_args()
    if options.quick:
        options.size, options.rounds, options.seconds, options.writes, options.rest = [10_000], 3, 1.0, 120, 6.0
    options.alone = "bench.voting" if options.voting else "bench.hall" if options.hall else ""
    if options.alone:
        options.size = options.size[:1]
    return options


def main() -> int:
    """Measure everything asked for and print the tables."""
    signal.signal(signal.SIGTERM, stop_on_signal)
    options = arguments()
    databases = ["sqlite", "postgres"] if options.database == "both" else [options.database]
    seen: Seen = {}
    for database in databases:
        for size in options.size:
            print(f"{database}, {size}", file=sys.stderr, flush=True)
            with tempfile.TemporaryDirectory(prefix="openrenda-bench-") as folder, address(database, folder) as url:
                seen[database, size] = measure(Path(folder), url, size, options)
            if options.alone:
                print(f"{database}: {json.dumps(seen.pop((database, size)))}", flush=True)
                continue
            print(f"{ratios(database, size, seen[database, size])}\n", flush=True)
    growth = "" if options.alone else f"{growth_and_others(seen)}\n\n"
    print(f"{growth}{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    return 0


@contextmanager
def address(database: str, folder: str) -> Iterator[str]:
    """The address of an empty database that is gone afterwards."""
    if database == "sqlite":
        yield f"sqlite:///{folder}/bench.sqlite3"
        return
    with cluster(DURABLE) as url:
        yield url


def measure(var: Path, url: str, size: int, options: argparse.Namespace) -> dict[str, Any]:
    """One database of one size, in a process of its own under the product's production settings."""
    make_keys(var)
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("OPENRENDA_")}
    environment = {
        **inherited, "OPENRENDA_VAR": str(var), "OPENRENDA_DATABASE": url, "DJANGO_SETTINGS_MODULE": "openrenda.settings",
        "OPENRENDA_LOG_LEVEL": "WARNING", "OPENRENDA_BEHIND_PROXY": "true",
    }  # fmt: skip
    command = [sys.executable, "-m", options.alone or "bench.run"]
    for name in () if options.alone else ("seconds", "rounds", "writes", "rest"):
        command += [f"--{name}", str(getattr(options, name))]
    command += [] if options.alone else ["--size", str(size), *(["--work", *options.work] if options.work else [])]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        output, _errors = process.communicate()
    finally:
        process.terminate()
        process.wait()
    if process.returncode:
        raise SystemExit(f"the measurement of {url} failed")
    return dict(json.loads(output.splitlines()[-1]))


if __name__ == "__main__":
    raise SystemExit(main())
