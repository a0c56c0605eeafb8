"""PostgreSQL's own limit: pgbench writes the same rows in the same number of commits, without any web server or Python."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from pathlib import Path

from tests.postgres import programs

from .bare import writing
from .data import Ground

CLIENTS = 4
TEXT = "现场察看，代表同意方案。"


def limits(address: str, ground: Ground, seconds: int) -> dict[str, float]:
    """Transactions a second for opening a matter and for a step."""
    congress = str(ground.cast.congress.pk)
    handlers = f"SELECT matter_id FROM docket_party WHERE congress_id = '{congress}' AND role = 'handler'"
    _psql(address, f"""
        CREATE TABLE bench_pool AS SELECT row_number() OVER () AS n, id FROM docket_matter
        WHERE state = 'handling' AND id IN ({handlers}); ALTER TABLE bench_pool ADD PRIMARY KEY (n)
    """)  # fmt: skip
    pool = int(_psql(address, "SELECT count(*) FROM bench_pool"))
    return {
        "open": _run(address, opening_script(congress), seconds),
        "step": _run(address, step_script(congress, pool), seconds),
    }


def opening_script(congress: str) -> str:
    """Matter, act, record and party in one transaction."""
    return f"""
        SELECT gen_random_uuid() AS matter \\gset
        BEGIN;
        {_row("docket_matter", writing.MATTER, congress, id="':matter'", procedure="'suggestion'", state="'draft'")}
        {_row("docket_act", writing.ACT, congress, matter_id="':matter'", key="gen_random_uuid()::text")}
        {_row("procedures_suggestion", writing.SUGGESTION, congress, matter_id="':matter'")}
        {_row("docket_party", writing.PARTY, congress, matter_id="':matter'", role="'sponsor'")}
        COMMIT;
    """


def step_script(congress: str, pool: int) -> str:
    """Matter by version, two clocks, record, act, contact and outbox in one transaction."""
    return f"""
        \\set n random(1, {pool})
        SELECT id AS matter, version FROM docket_matter WHERE id = (SELECT id FROM bench_pool WHERE n = :n) \\gset
        BEGIN;
        UPDATE docket_matter SET version = version + 1, head = md5(head), due_on = due_on WHERE id = ':matter' RETURNING version AS seq \\gset
        UPDATE docket_runningclock SET extended = extended WHERE congress_id = '{congress}' AND matter_id = ':matter'
            AND key IN ('contact', 'return');
        UPDATE procedures_suggestion SET contacted_on = current_date WHERE congress_id = '{congress}' AND matter_id = ':matter';
        SELECT gen_random_uuid() AS act \\gset
        {_row("docket_act", writing.ACT, congress, id="':act'", matter_id="':matter'", seq=":seq", key="gen_random_uuid()::text")}
        {_row("procedures_contact", writing.CONTACT, congress, matter_id="':matter'")}
        {_row("docket_outboxentry", writing.OUTBOX, congress, matter_id="':matter'", act_id="':act'")}
        COMMIT;
    """


NUMBERS = {"seq": "1", "version": "1", "position": "0", "attempts": "0", "cosigners": "0"}
DAYS = {"opened_on", "state_since", "held_on"}
TIMES = {"took_effect", "recorded_at", "since", "created_at"}
TICKS = {"confidential", "in_session", "willing_to_meet", "first_raised", "consent_public", "silent"}
EMPTY = {"closed_on", "due_on", "parent_id", "public_since", "account", "proof", "session_id", "category_id", "wished_organ_id",
         "organ_id", "street_id", "received_on", "assigned_on", "contacted_on", "replied_on", "judged_on", "until",
         "confirmed_on", "claimed_at", "sent_at"}  # fmt: skip


def _row(table: str, columns: tuple[str, ...], congress: str, **given: str) -> str:
    values = [given.get(column) or _value(column, congress) for column in columns]
    quoted = ", ".join(f'"{column}"' for column in columns)
    return f"INSERT INTO {table} ({quoted}) VALUES ({', '.join(values)});"


def _value(column: str, congress: str) -> str:
    fixed = {"congress_id": f"'{congress}'", "id": "gen_random_uuid()", "holder": "gen_random_uuid()", "data": _json(),
             "offices": "'[\"sponsor\"]'", "detail": "'{}'", "hash": "md5(random()::text) || md5(random()::text)"}  # fmt: skip
    if column in fixed:
        return fixed[column]
    if column in EMPTY:
        return "NULL"
    if column in NUMBERS:
        return NUMBERS[column]
    kinds = {"current_date": DAYS, "now()": TIMES, "false": TICKS}
    long = {"title", "background", "analysis", "proposals", "summary", "people"}
    return next((word for word, names in kinds.items() if column in names), f"'{TEXT * 3}'" if column in long else "''")


def _json() -> str:
    return f"""'{{"way": "visit", "held_on": "2025-03-05", "people": "{TEXT}", "summary": "{TEXT * 3}"}}'"""


def _run(address: str, script: str, seconds: int) -> float:
    with tempfile.TemporaryDirectory(prefix="openrenda-pgbench-") as folder:
        path = Path(folder) / "script.sql"
        path.write_text("\n".join(" ".join(line.split()) for line in _lines(script)), encoding="utf-8")
        command = [
            str(programs() / "pgbench"),
            "-n",
            "-c",
            str(CLIENTS),
            "-j",
            "2",
            "-T",
            str(seconds),
            "-f",
            str(path),
            address,
        ]
        answer = subprocess.run(command, capture_output=True, text=True, env=_environment())
    match = re.search(r"tps = ([0-9.]+)", answer.stdout)
    if answer.returncode or match is None:
        raise RuntimeError(f"pgbench failed:\n{answer.stdout}{answer.stderr}")
    return float(match[1])


def _lines(script: str) -> list[str]:
    return [line for line in script.splitlines() if line.strip()]


def _psql(address: str, statement: str) -> str:
    command = [str(programs() / "psql"), address, "-v", "ON_ERROR_STOP=1", "-qAtc", statement]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=_environment()).stdout.strip()


def _environment() -> dict[str, str]:
    return {**os.environ, "PGCLIENTENCODING": "UTF8"}
