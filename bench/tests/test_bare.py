"""The comparison is fair: the bare handler writes as many rows to the same tables as the product, and sends as many bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from bench import data
from bench.bare.application import Bare
from bench.bare.store import store_at
from bench.works import WORKS, Scene, Work, scene
from openrenda.docket.models import Act, Matter
from openrenda.tenancy import congress_scope

SIZE, PATTERNS = 600, 110
Answer = tuple[int, bytes]
LINK = re.compile(rb'href="(/matters/[0-9a-f-]{36}/)"')
pytestmark = [pytest.mark.slow, pytest.mark.large, pytest.mark.django_db(transaction=True)]


def address() -> str:
    """The test database as another program finds it."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    from psycopg.conninfo import make_conninfo

    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return make_conninfo("", **{name: settings[key] for name, key in names.items() if settings[key]})


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Scene:
    """A small database of the same make."""
    monkeypatch.setattr(data, "PATTERNS", PATTERNS)
    return scene(data.prepare(SIZE))


@pytest.fixture
def bare() -> Iterator[Callable[[bytes], Answer]]:
    """Asks the bare handler."""
    store = store_at(address())
    yield lambda request: asked(Bare(store, {}), request)
    if connection.vendor == "postgresql":
        store.pool.close()  # type: ignore[attr-defined]


def asked(application: Any, request: bytes) -> Answer:
    """Give a WSGI application a request as the load sends it."""
    head, _end, body = request.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    method, target, _version = first.split(" ")
    path, _mark, query = target.partition("?")
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query,
               "HTTP_COOKIE": headers.get("Cookie", ""), "HTTP_AUTHORIZATION": headers.get("Authorization", ""),
               "CONTENT_LENGTH": headers.get("Content-Length", "0"), "wsgi.input": io.BytesIO(body)}  # fmt: skip
    seen: list[str] = []
    content = b"".join(application(environ, lambda status, _headers: seen.append(status)))
    return int(seen[0][:3]), content


def ours(request: bytes) -> Answer:
    """Ask the product the same."""
    head, _end, body = request.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    method, target, _version = first.split(" ")
    kind = headers.get("Content-Type", "text/plain")
    known = {name: value for name, value in headers.items() if name in ("Cookie", "Authorization")}
    answer = Client(enforce_csrf_checks=True).generic(method, target, body, content_type=kind, headers=known)
    return answer.status_code, answer.content


def counts() -> dict[str, int]:
    """The number of rows of every table."""
    tables = sorted(model._meta.db_table for model in apps.get_models())
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            found[table] = cursor.fetchone()[0]
    return found


def rows_made(ask: Callable[[bytes], Answer], work: Work, stage: Scene) -> dict[str, int]:
    """How many rows each table gains when the work is done once."""
    (request,) = work.requests(stage, 1)
    before = counts()
    assert ask(request)[0] == work.status
    return {table: count - before[table] for table, count in counts().items() if count != before[table]}


def test_the_database_has_its_size_and_looks_like_life(stage: Scene) -> None:
    with congress_scope(stage.ground.cast.congress):
        assert Matter.objects.count() == SIZE
        assert Matter.objects.filter(version=data.LONG_LIFE).exists()
        assert not Act.objects.filter(matter=None).exists()
        heads = Matter.objects.filter(state="handling").values_list("version", flat=True)
        assert set(heads) == {6}


@pytest.mark.parametrize("key", [work.key for work in WORKS if not work.reads])
def test_the_bare_handler_writes_the_same_rows(key: str, stage: Scene, bare: Callable[[bytes], Answer]) -> None:
    work = next(work for work in WORKS if work.key == key)
    made = rows_made(ours, work, stage)
    assert made["docket_act"] == 1
    assert rows_made(bare, work, stage) == made


def test_the_bare_handler_answers_every_page_with_the_rows_it_shows(
    stage: Scene, bare: Callable[[bytes], Answer]
) -> None:
    for work in WORKS:
        if work.reads:
            request = work.requests(stage, 2)[1]
            (status, page), (bare_status, bare_page) = ours(request), bare(request)
            assert (status, bare_status) == (200, 200), work.key
            shown = {link for link in LINK.findall(page) if link not in request}
            assert shown <= set(LINK.findall(bare_page)), work.key
            assert len(bare_page) <= len(page), work.key


def test_nobody_is_let_in_without_a_session_or_the_form_s_secret(stage: Scene, bare: Callable[[bytes], Answer]) -> None:
    (request,) = WORKS[0].requests(stage, 1)
    assert bare(request.replace(b"sessionid=", b"sessionid=x"))[0] == 403
    assert bare(request.replace(b"csrfmiddlewaretoken=", b"csrfmiddlewaretoken=x"))[0] == 403
