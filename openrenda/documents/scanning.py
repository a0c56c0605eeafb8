"""Viruses: what is uploaded is shown to clamd, where there is one, before it is kept (its INSTREAM protocol).

Where: ``OPENRENDA_CLAMD`` (``unix:/path`` or ``host:port``; ``off`` for nobody); when empty, the socket of the usual installations, if it is
there. When a scanner should answer and does not, ``OPENRENDA_CLAMD_UNREACHABLE`` decides: ``refuse`` (as it stands) or ``accept``, which is said.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import IO, NamedTuple

import structlog
from django.conf import settings

log = structlog.get_logger("openrenda.scanning")
USUAL_SOCKETS = ("/run/clamav/clamd.ctl", "/var/run/clamav/clamd.ctl", "/run/clamd.scan/clamd.sock")
OFF, REFUSE, ACCEPT = "off", "refuse", "accept"
SECONDS = 30.0
CHUNK_BYTES = 64 * 1024
LONGEST_ANSWER = 4096


class Finding(Enum):
    """What came of it."""

    NOBODY = "no scanner is asked"
    CLEAN = "clean"
    INFECTED = "infected"
    UNREACHABLE = "the scanner did not answer"


class Verdict(NamedTuple):
    """What the scanner says; ``name`` is the virus."""

    finding: Finding
    name: str = ""


def scanner() -> str:
    """Where the scanner listens; nothing when there is none."""
    named = str(settings.OPENRENDA_CLAMD).strip()
    if named == OFF:
        return ""
    return named or next((f"unix:{path}" for path in USUAL_SOCKETS if Path(path).is_socket()), "")


def scan(file: IO[bytes]) -> Verdict:
    """Show a file to the scanner. The stream is left where it ends."""
    where = scanner()
    if not where:
        return Verdict(Finding.NOBODY)
    try:
        with _connected(where) as line:
            line.sendall(b"zINSTREAM\0")
            for chunk in _chunks(file):
                line.sendall(struct.pack("!L", len(chunk)) + chunk)
            line.sendall(struct.pack("!L", 0))
            answer = _answer(line)
    except (OSError, ValueError) as problem:
        log.warning("virus scanner not reached", problem=str(problem))
        return Verdict(Finding.UNREACHABLE)
    return _read(answer)


def _connected(where: str) -> socket.socket:
    if where.startswith("unix:"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(SECONDS)
        line.connect(where.removeprefix("unix:"))
        return line
    host, _colon, port = where.rpartition(":")
    return socket.create_connection((host, int(port)), SECONDS)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(CHUNK_BYTES):
        yield chunk


def _answer(line: socket.socket) -> str:
    said = b""
    while b"\0" not in said and len(said) < LONGEST_ANSWER:
        part = line.recv(LONGEST_ANSWER)
        if not part:
            break
        said += part
    return said.partition(b"\0")[0].decode("utf-8", "replace").strip()


def _read(answer: str) -> Verdict:
    """``stream: OK``, ``stream: <name> FOUND``, or an error such as a file that is too large for it."""
    words = answer.partition(": ")[2]
    if words == "OK":
        return Verdict(Finding.CLEAN)
    if words.endswith(" FOUND"):
        return Verdict(Finding.INFECTED, words.removesuffix(" FOUND"))
    log.warning("virus scanner gave no verdict", answer=answer[:200])
    return Verdict(Finding.UNREACHABLE)
