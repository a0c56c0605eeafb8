"""A system outside the house that takes what is sent to it, and what the tests send."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from django.utils import timezone

from openrenda import docket
from openrenda.channels.models import Webhook
from openrenda.docket.models import OutboxEntry
from tests.cast import SUBMIT, Cast, draft


class Receiver(ThreadingHTTPServer):
    """Another system: it keeps what it gets, and answers with a status."""

    status = 204

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Taking)
        self.got: list[tuple[str, dict[str, str], bytes]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/events?from=renda"


class _Taking(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:  # the library's name
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, dict(self.headers), body))
        self.send_response(self.server.status)
        if self.server.status == 302:
            self.send_header("Location", "http://127.0.0.1:1/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_arguments: Any) -> None:
        """Quiet."""


def submitted(cast: Cast) -> Any:
    matter = docket.open_matter("suggestion", "propose", by=cast["chen"], data=draft()).matter
    return docket.act(matter, "submit_to_street", by=cast["chen"], data=SUBMIT).matter


def again() -> None:
    """The pause before the next try is over."""
    OutboxEntry.objects.update(claimed_at=None)
    Webhook.objects.exclude(next_try_at=None).update(next_try_at=timezone.now())
