"""The tables that a run prints."""

from __future__ import annotations

from typing import Any

Seen = dict[tuple[str, int], dict[str, Any]]
TARGETS = {"open": ("open a matter: matter, record, act, party", 0.40), "order": ("open a matter: with clock and outbox", 0.40),
           "step": ("take a step", 0.40), "say": ("a resident's opinion, with receipt", 0.40), "list": ("staff list, 50 rows, filtered and sorted", 0.35),
           "station": ("station clerk's work list, 50 rows", 0.35), "inbox": ("inbox, page and counts", 0.35), "matter": ("matter page with 20 acts", 0.30),
           "search": ("search, 20 lines with highlights (p95)", 0.20), "similar": ("similar matters of a draft (p95)", 0.0),
           "figure": ("a figure's evidence page (p95)", 0.50), "api-list": ("API list", 0.50), "api-item": ("API item", 0.50)}  # fmt: skip
GROWTH = 1.5
# Milliseconds within which 95 of 100 answers have to come, where a ratio does not say it all.
SOON = {"search": 60.0, "similar": 150.0}


def ratios(database: str, size: int, found: dict[str, Any]) -> str:
    """The works on one database of one size."""
    lines = [
        f"### {database}, {size} suggestions, {size // 2} opinions", "",
        "| work | ours ÷ bare | wanted | ours /s | bare /s | ours p95 ms | bare p95 ms | processor ms ours / bare | bytes |",
        "|---|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for key, work in found["works"].items():
        label, target = TARGETS[key]
        ratio = work["ratio"]
        mark = "" if ratio["median"] >= target else " ✗"
        late = " ✗" if work["ours"]["p95"]["median"] > SOON.get(key, work["ours"]["p95"]["median"]) else ""
        lines.append(
            f"| {label} | {_span(ratio, 3)}{mark} | {target:.2f} "
            f"| {_span(work['ours']['per_second'])} | {_span(work['bare']['per_second'])} "
            f"| {_span(work['ours']['p95'], 1)}{late} | {_span(work['bare']['p95'], 1)} "
            f"| {_processor(work)} | {work['ours']['bytes']['median']:.0f} |"
        )
    if "figure_first" in found:
        ours, bare = found["figure_first"]["ours"], found["figure_first"]["bare"]
        lines += ["", f"a figure's evidence page opened for the first time in a process: median {ours['median']:.0f} ms, p95 {ours['p95']:.0f} ms; "
                  f"bare ÷ ours, p95: {bare['p95'] / ours['p95']:.2f} (bare {bare['p95']:.0f} ms)"]  # fmt: skip
    if "pgbench" in found:
        limits = ", ".join(f"{key} {value:.0f} /s" for key, value in found["pgbench"].items())
        lines += ["", f"pgbench, the same rows and commits, four clients: {limits}"]
    return "\n".join(lines)


def _processor(work: dict[str, Any]) -> str:
    """Processor time a request in the web processes, and its ratio: it does not change with what else the machine does."""
    ours, bare = work["ours"]["cpu"]["median"], work["bare"]["cpu"]["median"]
    return f"{ours:.1f} / {bare:.2f} = 1 : {ours / bare:.0f}" if bare else f"{ours:.1f}"


def _span(values: dict[str, float], digits: int = 0) -> str:
    return f"{values['median']:.{digits}f} ({values['least']:.{digits}f}–{values['most']:.{digits}f})"


def growth_and_others(seen: Seen) -> str:
    """What compares the runs, and what is measured once a run."""
    parts = [_growth(database, seen) for database in dict.fromkeys(database for database, _size in seen)]
    return "\n\n".join(part for part in [*parts, _others(seen)] if part)


def _growth(database: str, seen: Seen) -> str:
    """p95 at the larger sizes over p95 at the smallest."""
    sizes = sorted(size for name, size in seen if name == database)
    if len(sizes) < 2:
        return ""
    small = seen[database, sizes[0]]["works"]
    lines = [
        f"### {database}: p95 over p95 at {sizes[0]}",
        "",
        "| work |" + "".join(f" at {size} |" for size in sizes[1:]),
    ]
    lines.append("|---|" + "---|" * (len(sizes) - 1))
    for key, work in small.items():
        first = work["ours"]["p95"]["median"]
        ratios = [seen[database, size]["works"][key]["ours"]["p95"]["median"] / first for size in sizes[1:]]
        marks = [f" {ratio:.2f}{'' if ratio <= GROWTH else ' ✗'} |" for ratio in ratios]
        lines.append(f"| {TARGETS[key][0]} |{''.join(marks)}")
    return "\n".join(lines)


def _others(seen: Seen) -> str:
    """What is measured once a database."""
    names = {
        "import_acts_per_second": "import of history, acts/s (2000)", "worker_cpu_seconds": "worker at rest, processor seconds",
        "worker_watched_seconds": "… watched for seconds", "worker_megabytes": "worker, MB", "web_megabytes": "web, MB",
        "submissions_with_index": "submissions a second, index kept up", "submissions_without_index": "… without index",
        "index_share": "… with ÷ without (0.70)",
        "report_seconds": "report of 60 figures, s", "report_bare_seconds": "… the same numbers by bare statements, s", "report_ratio": "… ours ÷ bare (3 at most)",
        "cold_seconds": "cold start to first answer, s (3)", "prepared_seconds": "data made in s",
    }  # fmt: skip
    heads = [f"{database} {size}" for database, size in seen]
    lines = [f"| |{''.join(f' {head} |' for head in heads)}", "|---|" + "---|" * len(heads)]
    for name, label in names.items():
        values = [found.get(name) for found in seen.values()]
        if any(value is not None for value in values):
            shown = "".join(f" {value:.2f} |" if value is not None else " |" for value in values)
            lines.append(f"| {label} |{shown}")
    return "\n".join(lines)
