"""A secret ballot put into the box: the same cryptography by the same functions, with hand-written statements and no framework around it."""

from __future__ import annotations

import base64
import json
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from openrenda import ciphers
from openrenda.ballots import blind
from openrenda.ballots.box import Entry, closed_part, is_sealed, opened_part, part_of

from .store import Database, Row
from .writing import No

PREFIX = "/booth/"
BALLOT = "SELECT public_key, parts FROM ballots_ballot WHERE congress_id = ? AND id = ?"
PART = "SELECT content FROM ballots_boxpart WHERE congress_id = ? AND ballot_id = ? AND number = ?"
PUT = "UPDATE ballots_boxpart SET content = ? WHERE congress_id = ? AND ballot_id = ? AND number = ?"
# What encryption adds to the padded text of a part.
ADDED_BYTES = len(ciphers.encrypt_bytes(b""))


def cast(database: Database, environ: dict[str, Any]) -> str:
    """Check the ballot, put it into its part, say its tracker."""
    congress, ballot = map(UUID, environ["PATH_INFO"].removeprefix(PREFIX).strip("/").split("/"))
    entry = Entry(**json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))))
    public_key, parts = database.rows(BALLOT, congress, ballot)[0]
    key, signature = base64.b64decode(entry.key), base64.b64decode(entry.signature)
    genuine = blind.verifies(blind.public_key(public_key), signature, key)
    if not genuine or not is_sealed(SimpleNamespace(pk=ballot), entry):  # type: ignore[arg-type]
        raise No(422)

    def put(row: Row) -> bytes:
        content = bytes(row[0])
        return closed_part({**opened_part(content), entry.key: entry}, len(content) - ADDED_BYTES)

    database.replace(PART, PUT, put, congress, ballot, part_of(key, parts))
    return json.dumps({"tracker": entry.tracker})
