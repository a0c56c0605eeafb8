"""The database from one address: SQLite as the embedded default, PostgreSQL through a pool."""

from __future__ import annotations

from typing import Any

PREPARED_AFTER = 5
SQLITE = "django.db.backends.sqlite3"
POSTGRESQL = "django.db.backends.postgresql"

# A report's statement holds thirty conditions: compiling them took ten times as long as answering from ten thousand rows.
# Its conditions name hundreds of thousands of matters that did or did not do something. What does not fit into the memory for such a set
# is looked through from its beginning for every row: on a million, one statement had not ended after eleven minutes. Such a set takes forty megabytes.
# Rows looked up by key lie in memory or on a disk without a head. The server's own guess of four for a page out of order comes from disks with one: with
# it, a station's clerk who had hardly anything had half a million opinions read through for her list (180 ms, now 3).
AS_WANTED = "-c jit=off -c hash_mem_multiplier=32 -c random_page_cost=1.1"

SQLITE_OPTIONS: dict[str, Any] = {
    # A transaction takes the write lock when it begins, so that two writers wait for each other instead of failing.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-20000;"
    ),
}


def database(parsed: dict[str, Any], pool_size: int, wait_seconds: int) -> dict[str, Any]:
    """Django's settings for a parsed database address.

    :param pool_size: the most connections one process keeps to PostgreSQL.
    :param wait_seconds: how long a request waits for a free one, and a new connection for an answer.
    """
    if parsed["ENGINE"] == SQLITE:
        return {**parsed, "CONN_MAX_AGE": None, "OPTIONS": dict(SQLITE_OPTIONS)}
    options = dict(parsed.get("OPTIONS", {}))
    # A socket folder can only be given as ?host=; pg_dump and the doctor look for it where Django keeps host names.
    host = options.pop("host", "") or parsed["HOST"]
    port = str(options.pop("port", "") or parsed["PORT"] or "")
    options.setdefault("connect_timeout", wait_seconds)
    # Values go beside the statement, and what is asked again and again is planned once a connection. A pooler between that
    # hands connections out by transaction cannot keep plans: ?prepare_threshold= with a number never reached turns it off.
    options.setdefault("server_side_binding", True)
    options["prepare_threshold"] = int(options.get("prepare_threshold", PREPARED_AFTER))
    options.setdefault("options", AS_WANTED)
    # After an outage the pool must not sit out an ever longer pause: it gives up soon and the next request tries anew.
    options["pool"] = {"min_size": 1, "max_size": pool_size, "timeout": wait_seconds, "reconnect_timeout": wait_seconds}
    # A connection that the server has closed meanwhile is replaced before a request is given it.
    checked = {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True}
    return {**parsed, **checked, "HOST": host, "PORT": port, "OPTIONS": options}
