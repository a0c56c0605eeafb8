"""Uploads are shown to a virus scanner: a real socket server that speaks clamd's INSTREAM."""

from __future__ import annotations

import socket
import socketserver
import struct
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from openrenda.documents import scanning
from openrenda.documents.intake import BadFile, inspect

# The harmless text that every scanner knows for a virus; in two parts, or scanners would take this file away.
EICAR = r"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd(socketserver.ThreadingUnixStreamServer):
    """A scanner: it reads the stream to its end and says what it found."""

    answer = ""

    def __init__(self, path: str) -> None:
        super().__init__(path, _Scanning)
        self.seen: list[bytes] = []


class _Scanning(socketserver.StreamRequestHandler):
    server: Clamd

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        self.server.seen.append(content)
        found = "Eicar-Test-Signature FOUND" if EICAR.encode() in content else "OK"
        self.wfile.write((self.server.answer or f"stream: {found}").encode() + b"\0")


@pytest.fixture
def clamd(settings: Any) -> Iterator[Clamd]:
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "clamd.ctl")
        server = Clamd(path)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.OPENRENDA_CLAMD = f"unix:{path}"
        yield server
        server.shutdown()
        server.server_close()


def test_a_clean_file_is_taken_and_was_shown_whole(clamd: Clamd) -> None:
    content = "路灯已经修好。\n".encode() * 20_000
    found = inspect(content, "a.txt")
    assert (found.kind, found.unscanned) == ("txt", False)
    assert clamd.seen == [content]


def test_an_infected_file_is_refused_with_a_sentence(clamd: Clamd) -> None:
    with pytest.raises(BadFile, match="病毒（Eicar-Test-Signature）"):
        inspect(EICAR.encode(), "a.txt")


@pytest.mark.parametrize("how", ["gone", "error"])
@pytest.mark.parametrize("decided", ["refuse", "accept"])
def test_a_setting_decides_when_the_scanner_does_not_answer(
    clamd: Clamd, settings: Any, how: str, decided: str
) -> None:
    """Refused with a sentence, or taken and said so."""
    if how == "gone":
        settings.OPENRENDA_CLAMD = "unix:/nowhere/clamd.ctl"
    else:
        clamd.answer = "INSTREAM size limit exceeded. ERROR"
    settings.OPENRENDA_CLAMD_UNREACHABLE = decided
    if decided == "refuse":
        with pytest.raises(BadFile, match="没有接收"):
            inspect(b"abc", "a.txt")
    else:
        assert inspect(b"abc", "a.txt").unscanned


def test_a_host_and_port_work_as_well(settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        settings.OPENRENDA_CLAMD = f"127.0.0.1:{free.getsockname()[1]}"
        answering = threading.Thread(target=_answer_once, args=(free,), daemon=True)
        answering.start()
        assert not inspect(b"abc", "a.txt").unscanned


def _answer_once(server: socket.socket) -> None:
    line, _where = server.accept()
    with line:
        said = b""
        while not said.endswith(b"\0\0\0\0"):
            said += line.recv(4096)
        line.sendall(b"stream: OK\0")


def test_nobody_is_asked_where_there_is_no_scanner(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.OPENRENDA_CLAMD = ""
    monkeypatch.setattr(scanning, "USUAL_SOCKETS", ())
    assert not inspect(EICAR.encode(), "a.txt").unscanned
    settings.OPENRENDA_CLAMD = "off"
    assert scanning.scanner() == ""


def test_a_scanner_of_the_usual_place_is_found(clamd: Clamd, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "USUAL_SOCKETS", ("/nowhere", settings.OPENRENDA_CLAMD.removeprefix("unix:")))
    settings.OPENRENDA_CLAMD = ""
    with pytest.raises(BadFile):
        inspect(EICAR.encode(), "a.txt")
