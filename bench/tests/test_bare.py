"""The comparison is fair: the bare handler writes as many rows to the same tables as the product, and sends as many bytes."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from bench import data, inside
from bench.bare.application import Bare
from bench.bare.store import store_at
from bench.figures import addresses, statements
from bench.works import SOUGHT, WORKS, Scene, Work, scene, search_requests, similar_requests
from openrenda.docket.models import Act, Matter
from openrenda.search.models import SearchDocument
from openrenda.tenancy import congress_scope

SIZE, PATTERNS, OPINIONS = 600, 110, 600
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
    return scene(data.prepare(SIZE, OPINIONS))


@pytest.fixture
def bare(stage: Scene) -> Iterator[Callable[[bytes], Answer]]:
    """Asks the bare handler."""
    store = store_at(address())
    behind = json.loads(json.dumps(statements(stage.ground.cast.congress)))
    yield lambda request: asked(Bare(store, {}, behind), request)
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
        assert Matter.objects.filter(procedure="suggestion").count() == SIZE
        assert Matter.objects.filter(procedure="opinion").count() == OPINIONS
        assert Matter.objects.filter(version=data.LONG_LIFE).exists()
        assert not Act.objects.filter(matter=None).exists()
        heads = Matter.objects.filter(procedure="suggestion", state="handling").values_list("version", flat=True)
        assert set(heads) == {6}


@pytest.mark.parametrize("key", [work.key for work in WORKS if not work.reads])
def test_the_bare_handler_writes_the_same_rows(key: str, stage: Scene, bare: Callable[[bytes], Answer]) -> None:
    work = next(work for work in WORKS if work.key == key)
    made = rows_made(ours, work, stage)
    assert made["docket_act"] == 1
    # A series of numbers begins once a year, with whoever comes first.
    made.pop("docket_series", None)
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
            assert shown <= set(LINK.findall(bare_page)) or not work.same_rows, work.key
            assert len(bare_page) <= len(page) or work.key == "similar", work.key


def test_both_sides_find_as_much_and_what_carries_the_words(stage: Scene, bare: Callable[[bytes], Answer]) -> None:
    for request, words in zip(search_requests(stage, len(SOUGHT)), SOUGHT, strict=True):
        (status, page), (bare_status, bare_page) = ours(request), bare(request)
        assert (status, bare_status) == (200, 200)
        found, bare_found = set(LINK.findall(page)), set(LINK.findall(bare_page))
        assert bool(found) is bool(bare_found), words
        assert len(bare_found) <= len(found) or len(found) == 50, words
        assert not found or b"<mark>" in page, words
        assert not bare_found or b"<mark>" in bare_page or len(words.split()) > 1, words
    assert any(LINK.search(ours(request)[1]) for request in search_requests(stage, 3))


def test_both_sides_know_something_like_a_draft(stage: Scene, bare: Callable[[bytes], Answer]) -> None:
    answers = [(ours(request), bare(request)) for request in similar_requests(stage, 10)]
    assert {mine[0] for mine, _bare in answers} == {theirs[0] for _mine, theirs in answers} == {200}
    assert all(LINK.search(theirs[1]) for _mine, theirs in answers)
    assert sum(bool(LINK.search(mine[1])) for mine, _bare in answers) >= 8


def test_every_matter_has_its_texts(stage: Scene) -> None:
    with congress_scope(stage.ground.cast.congress):
        known = SearchDocument.objects.filter(kind="suggestion")
        submitted = Matter.objects.filter(procedure="suggestion").exclude(state="draft")
        assert set(known.values_list("subject", flat=True)) == set(submitted.values_list("pk", flat=True))
        assert SearchDocument.objects.filter(kind="reply").exists()
        assert known.values("text").distinct().count() > submitted.count() // 2


def test_the_list_behind_a_figure_is_made_of_the_figure_s_own_statements(stage: Scene) -> None:
    behind = statements(stage.ground.cast.congress)
    assert set(behind) == set(addresses())
    assert all(any("COUNT(" in sql.upper() for sql, _values in sent) and len(sent) >= 2 for sent in behind.values())


def test_what_the_index_costs_is_measured(stage: Scene) -> None:
    seen = inside.indexing(stage.ground, number=4)
    assert all(value > 0 for value in seen.values())
    with congress_scope(stage.ground.cast.congress):
        newest = Matter.objects.filter(state="street_review").order_by("-pk").values_list("pk", flat=True)[:24]
        kept = SearchDocument.objects.filter(subject__in=list(newest)).count()
    assert kept == 12


def test_a_report_is_measured_against_what_counts_the_same_numbers(stage: Scene) -> None:
    seen = inside.reporting(stage.ground, repeated=1)
    assert 0 < seen["report_bare_seconds"] < seen["report_seconds"], (
        "so few rows are counted sooner than a report is read"
    )


def test_nobody_is_let_in_without_a_session_or_the_form_s_secret(stage: Scene, bare: Callable[[bytes], Answer]) -> None:
    (request,) = WORKS[0].requests(stage, 1)
    assert bare(request.replace(b"sessionid=", b"sessionid=x"))[0] == 403
    assert bare(request.replace(b"csrfmiddlewaretoken=", b"csrfmiddlewaretoken=x"))[0] == 403
