"""The bare handler as a WSGI application at the product's own addresses, so that both sides are sent the very same requests.

``OPENRENDA_DATABASE`` names the database, ``BENCH_PAGES`` a file with a page of the product for every work: an answer is filled up
with that page to its length. ``BENCH_STATEMENTS`` is a file with the statements behind each figure's list, by its address.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from . import booth, opinions, reading, searching, writing
from .reading import person_of
from .store import Database, Store, store_at
from .writing import Form, No, Person

STATUS = {200: "200 OK", 302: "302 Found", 403: "403 Forbidden", 404: "404 Not Found", 409: "409 Conflict",
          422: "422 Unprocessable Content"}  # fmt: skip
PORTAL = "/c/"
API = "/api/v1/matters"
JSON = "application/json; charset=utf-8"
HTML = "text/html; charset=utf-8"
Answer = tuple[int, str, str, str]
StartResponse = Callable[[str, list[tuple[str, str]]], Any]


class Bare:
    """The application over one store."""

    def __init__(self, store: Store, pages: dict[str, str], statements: dict[str, Any] | None = None) -> None:
        self.store, self.statements = store, statements or {}
        self.pages = {work: page.encode() for work, page in pages.items()}

    def __call__(self, environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        try:
            with self.store.request() as database:
                status, kind, work, text = self.answer(database, environ)
        except No as refusal:
            status, kind, work, text = refusal.status, HTML, "", ""
        headers = [("Content-Type", kind), ("Cache-Control", "max-age=0, no-cache, no-store, must-revalidate, private")]
        if status == 302:
            headers += [("Location", text), ("Content-Length", "0")]
            start(STATUS[status], headers)
            return [b""]
        body = filled(text.encode(), self.pages.get(work, b""))
        start(STATUS[status], [*headers, ("Content-Length", str(len(body)))])
        return [body]

    def answer(self, database: Database, environ: dict[str, Any]) -> Answer:
        """Status, content type, work and text of an answer."""
        if environ["PATH_INFO"].startswith(API):
            return called(database, environ)
        if environ["PATH_INFO"].startswith(booth.PREFIX):
            return 200, JSON, "", booth.cast(database, environ)
        if environ["PATH_INFO"].startswith(PORTAL):
            return 302, HTML, "", said(database, environ)
        cookies = cookies_of(environ)
        person = person_of(database, cookies.get("sessionid", ""))
        path: str = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] == "POST":
            form = form_of(environ, cookies.get("csrftoken", ""))
            if path.startswith("/similar/"):
                return 200, HTML, "similar", searching.similar(database, person, form)
            return 302, HTML, "", f"/matters/{posted(database, person, path, form)}/?done=1"
        if path == "/":
            return 200, HTML, "inbox", reading.inbox(database, person)
        if path == "/lists/opinion/":
            return 200, HTML, "station", opinions.work_list(database, person, environ.get("QUERY_STRING", ""))
        if path.startswith("/lists/"):
            return 200, HTML, "list", reading.listing(database, person, environ.get("QUERY_STRING", ""))
        if path == "/search/":
            return 200, HTML, "search", searching.search(database, person, environ.get("QUERY_STRING", ""))
        if path.startswith("/figures/"):
            statements = self.statements[f"{path}?{environ.get('QUERY_STRING', '')}"]
            return 200, HTML, "figure", searching.figure(database, person, statements)
        if path.startswith("/matters/"):
            return 200, HTML, "matter", reading.matter_page(database, person, UUID(path.split("/")[2]))
        raise No(404)


def said(database: Database, environ: dict[str, Any]) -> str:
    """What a resident says; where her own page is."""
    return opinions.say(
        database, environ["PATH_INFO"].split("/")[2], form_of(environ, cookies_of(environ).get("csrftoken", ""))
    )


def cookies_of(environ: dict[str, Any]) -> dict[str, str]:
    """The cookies that were sent."""
    return dict(part.split("=", 1) for part in environ.get("HTTP_COOKIE", "").split("; ") if "=" in part)


def called(database: Database, environ: dict[str, Any]) -> Answer:
    """The API."""
    person = reading.bearer_of(database, environ.get("HTTP_AUTHORIZATION", ""))
    rest = environ["PATH_INFO"].removeprefix(API)
    if rest:
        return 200, JSON, "api-item", reading.api_item(database, person, UUID(rest.strip("/")))
    return 200, JSON, "api-list", reading.api_list(database, person, environ.get("QUERY_STRING", ""))


def posted(database: Database, person: Person, path: str, form: Form) -> UUID:
    """Do what the form asks for; answers with the matter."""
    if path == "/new/suggestion/propose/":
        return writing.open_suggestion(database, person, form)
    if path == "/new/enterprise-order/place/":
        return writing.place_order(database, person, form)
    if path.startswith("/matters/") and path.endswith("/contact/"):
        return writing.record_contact(database, person, UUID(path.split("/")[2]), form)
    raise No(404)


def form_of(environ: dict[str, Any], secret: str) -> Form:
    """What was sent.

    :raises No: when the form does not carry the cookie's secret.
    """
    sent = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    form = dict(parse_qsl(sent.decode(), keep_blank_values=True))
    if not secret or form.get("csrfmiddlewaretoken") != secret:
        raise No(403)
    return form


def filled(body: bytes, page: bytes) -> bytes:
    """The body, filled up to the length of the product's page."""
    return body + page[len(body) :] if len(body) < len(page) else body


@cache
def _configured() -> Bare:
    pages = json.loads(Path(os.environ["BENCH_PAGES"]).read_text(encoding="utf-8"))
    statements = json.loads(Path(os.environ["BENCH_STATEMENTS"]).read_text(encoding="utf-8"))
    return Bare(store_at(os.environ["OPENRENDA_DATABASE"]), pages, statements)


def application(environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
    """What the web server calls."""
    return _configured()(environ, start)
