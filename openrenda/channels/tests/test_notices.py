"""The page of notices: one's own only, unread marked, opened and read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from openrenda import docket
from openrenda.channels import views
from openrenda.channels.delivery import deliver
from openrenda.channels.models import Notice
from openrenda.people.testing import sit_down
from openrenda.tenancy import congress_scope
from tests.cast import SUBMIT, Cast, assemble, draft

PAGE = "/notices/"
MOST_QUERIES = 8


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    people = assemble()
    with congress_scope(people.congress):
        yield people


def tell(cast: Cast, number: int = 1) -> None:
    """The street is told of suggestions submitted to it."""
    for count in range(number):
        matter = docket.open_matter("suggestion", "propose", by=cast["chen"], data=draft(title=f"第{count}件")).matter
        docket.act(matter, "submit_to_street", by=cast["chen"], data=SUBMIT)
    deliver(cast.congress)


def page(cast: Cast, who: str, url: str = PAGE) -> str:
    """What somebody reads."""
    return sit_down(Client(), cast.seats[who]).get(url).content.decode()


def test_a_notice_is_unread_until_it_is_opened(cast: Cast) -> None:
    tell(cast)
    client = sit_down(Client(), cast.seats["street"])
    shown = client.get(PAGE).content.decode()
    assert "第0件" in shown
    assert "未读</span>" in shown
    row = Notice.objects.get()
    answer = client.get(f"{PAGE}{row.pk}/")
    assert answer["Location"] == f"/matters/{row.matter_id}/"
    assert "未读</span>" not in client.get(PAGE).content.decode()
    assert "没有未读的消息" in client.get(f"{PAGE}?unread=1").content.decode()


def test_all_are_read_at_once(cast: Cast) -> None:
    tell(cast, 3)
    client = sit_down(Client(), cast.seats["street"])
    assert client.get(f"{PAGE}read/").status_code == 405
    assert "全部标为已读。" in client.post(f"{PAGE}read/", follow=True).content.decode()
    assert not Notice.objects.filter(read_at=None).exists()


@pytest.mark.parametrize("who", ["chen", "leader", "roads_office"])
def test_nobody_reads_another_s_notices(cast: Cast, who: str) -> None:
    tell(cast)
    assert "第0件" not in page(cast, who)
    client = sit_down(Client(), cast.seats[who])
    assert client.get(f"{PAGE}{Notice.objects.get().pk}/")["Location"] == PAGE
    client.post(f"{PAGE}read/")
    assert Notice.objects.filter(read_at=None).count() == 1


def test_strangers_sign_in_first_and_nothing_is_an_empty_page(cast: Cast, client: Client) -> None:
    assert client.get(PAGE).status_code == 302
    assert "还没有消息" in page(cast, "chen")


def test_older_ones_follow_by_key(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "ROWS", 2)
    tell(cast, 5)
    client, seen, url = sit_down(Client(), cast.seats["street"]), [], PAGE
    while url:
        shown = client.get(url).content.decode()
        seen += re.findall(r"第\d件", shown)
        found = re.search(r'rel="next" href="([^"]+)"', shown)
        url = f"{PAGE}{found[1].replace('&amp;', '&')}" if found else ""
    assert len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize("key", ["x", "~", "2026-01-01~x", "2026-01-01~" + "0" * 32, "\x00", "²~²"])
def test_any_key_gives_a_page(cast: Cast, key: str) -> None:
    client: Any = sit_down(Client(), cast.seats["street"])
    assert client.get(PAGE, {"before": key}).status_code == 200


def test_the_page_keeps_its_budget(cast: Cast) -> None:
    tell(cast, 12)
    client = sit_down(Client(), cast.seats["street"])
    client.get(PAGE)
    with CaptureQueriesContext(connection) as spent:
        client.get(PAGE)
    assert len(spent) <= MOST_QUERIES, [query["sql"][:100] for query in spent]
