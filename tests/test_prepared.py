"""Every question asked with a statement made once answers as the object mapper would: the same rows, of this congress only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from openrenda import docket
from openrenda.api import matters as api_matters
from openrenda.channels.inbox import UNREAD
from openrenda.channels.models import Notice
from openrenda.docket.asking import MATTERS_AT_ONCE, PARTIES, Asked, parties_of
from openrenda.docket.models import File, Matter, OutboxEntry, Party
from openrenda.figures import in_year
from openrenda.figures.counting import sides
from openrenda.figures.registry import figures
from openrenda.people.kept_sessions import LIVE, SessionStore
from openrenda.people.models import Congress
from openrenda.prepared import Kept, Prepared
from openrenda.procedures.suggestion.effects.raising import SESSIONS, WITH_STREET, latest_session
from openrenda.procedures.suggestion.records import Suggestion
from openrenda.tenancy import congress_scope
from openrenda.web import access, drafts, labels, lateness, matter_page, waiting
from openrenda.web.figures import listing
from openrenda.web.lists import query, registers
from tests.cast import REVIEW, SUBMIT, Cast, assemble, draft

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def two(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Cast, Matter]]:
    """Two congresses with the same life; the first is in context. They are only read, so one pair serves all tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        here, elsewhere = assemble(), assemble("990202", name="别区")
        with congress_scope(elsewhere.congress):
            _handed_over(elsewhere)
        with congress_scope(here.congress):
            matter = _handed_over(here)
            _things(here, matter)
            yield here, matter
        transaction.set_rollback(True)


def _handed_over(cast: Cast) -> Matter:
    """A suggestion on the desk of an organ, and a draft beside it."""
    docket.open_matter("suggestion", "propose", by=cast["lin"], data=draft(title="关于另一件事的建议"))
    matter = docket.open_matter("suggestion", "propose", by=cast["chen"], data=draft()).matter
    for who, step, data in (
        ("chen", "submit_to_street", SUBMIT),
        ("street", "street_pass", REVIEW),
        ("office", "district_pass", REVIEW),
        ("office", "assign", {"organ": str(cast.organs["roads"].pk)}),
    ):
        docket.act(matter, step, by=cast[who], data=data)
    return matter


def _things(cast: Cast, matter: Matter) -> None:
    account = cast["office"].account
    assert account is not None
    File.objects.create(
        matter=matter, role="attachment", name="图.png", media_type="image/png", size=3, sha256="0" * 64, account=account,
        uploaded_at=timezone.now(),
    )  # fmt: skip
    drafts.keep_fields(
        cast["chen"], drafts.new_form("suggestion", "propose", uuid4()), matter.table, {"title": ["写到一半"]}
    )
    entry = OutboxEntry.objects.create(matter=matter, kind="told", created_at=timezone.now())
    Notice.objects.create(
        account=account,
        seat=uuid4(),
        matter=matter,
        entry=entry,
        kind="told",
        created_at=timezone.now(),
    )


def plain(row: Any) -> Any:
    """What can be compared: a row with everything that was read with it."""
    if not isinstance(row, Model):
        return row
    return row.__class__, {name: plain(value) for name, value in row.__dict__.items() if name != "_state"}, {
        name: plain(other) for name, other in row._state.fields_cache.items() if name != "congress"
    }  # fmt: skip


def same(prepared: Prepared[Any], **values: Any) -> list[Any]:
    """Ask both ways, twice; answers with the rows."""
    for _again in range(2):
        with CaptureQueriesContext(connection) as queries:
            rows = prepared.rows(**values)
        assert len(queries) == 1
        mapped = list(prepared.ask(**values))
        assert sorted(map(repr, map(plain, rows))) == sorted(map(repr, map(plain, mapped)))
        first = prepared.first(**values)
        assert (first is None) == (not rows)
    return rows


def test_rows_of_one_matter(two: tuple[Cast, Matter]) -> None:
    _cast, matter = two
    assert same(access.MATTER, matter=matter.pk)[0].parent is None
    assert same(matter_page.FILES, matter=matter.pk)
    assert same(matter_page._with_what_it_refers_to(Suggestion), matter=matter.pk)
    same(matter_page.NEAR, matter=matter.pk)
    assert same(PARTIES, matters=[matter.pk])
    assert access.MATTER.rows(matter=uuid4()) == []


def test_rows_of_one_person(two: tuple[Cast, Matter]) -> None:
    cast, _matter = two
    assert same(UNREAD, account=cast["office"].account)
    assert same(drafts.UNFINISHED, account=cast["chen"].account)
    assert same(SESSIONS)
    assert same(WITH_STREET, mandate=cast.mandates["chen"].pk)[0].district is not None
    same(registers._prepared("suggestion", frozenset({"organ", "category", "session"})), account=cast["office"].account)


def test_names_by_id(two: tuple[Cast, Matter]) -> None:
    cast, _matter = two
    ids = [cast.organs["roads"].pk, cast.mandates["lin"].pk, uuid4()]
    assert len(same(labels.NAMES, ids=ids)) == 2
    assert labels.names_of({*ids, *(uuid4() for _ in range(labels.IDS_AT_ONCE))}) == labels.names_of(set(ids))


def asked(question: Asked[Any], cast: Cast, who: str, *shape: Any, **values: Any) -> list[Any]:
    """Ask for an actor both ways."""
    rows = question.rows(cast[who], *shape, **values)
    assert rows == list(question.ask(cast[who], *shape, **values))
    return rows


@pytest.mark.parametrize(
    "who", ["office", "roads_clerk", "roads_head", "chen", "zhou", "street", "leader", "registrar"]
)
def test_what_an_actor_sees_and_what_waits_for_her(two: tuple[Cast, Matter], who: str) -> None:
    cast, matter = two
    today = timezone.localdate()
    asked(waiting.WAITING, cast, who)
    for past_only, until in ((True, today + timedelta(days=400)), (False, today), (False, today + timedelta(days=400))):
        asked(lateness.OPEN_CLOCKS, cast, who, past_only, 10, until=until)
    moment = datetime(2020, 1, 1, tzinfo=timezone.get_current_timezone())
    values = {"procedure": "suggestion", "state": matter.state, "moment": moment, "day": today, "last": matter.pk}
    for names in ((), ("procedure",), ("state", "moment"), ("day", "last")):
        asked(api_matters.LIST, cast, who, names, 10, **values)
    asked(api_matters.INBOX, cast, who, 10)


@pytest.mark.parametrize("who", ["office", "roads_clerk", "chen"])
@pytest.mark.parametrize(
    "address", ["", "sort=due", "view=mine", "view=own", "view=late&sort=oldest", "state=assigned", "year=THIS"]
)
def test_pages_of_a_list(two: tuple[Cast, Matter], who: str, address: str) -> None:
    from django.http import QueryDict

    cast, matter = two
    organ = cast.organs["roads"].pk
    address = address.replace("THIS", str(timezone.localdate().year))
    for text in (address, f"{address}&organ={organ}", f"{address}&organ={uuid4()}"):
        for at in (None, (matter.opened_on, uuid4()), (None, matter.pk)):
            listing = query.Listing(matter.table, cast[who], QueryDict(text))
            for backwards in (False, True) if at else (False,):
                assert query._found(listing, at, backwards) == list(query._sorted(listing, at, backwards))


def test_parties_of_more_matters_than_one_statement_asks_for(two: tuple[Cast, Matter]) -> None:
    _cast, matter = two
    found = parties_of([*(uuid4() for _ in range(MATTERS_AT_ONCE)), matter.pk])
    assert {party.pk for party in found[matter.pk]} == {p.pk for p in Party.objects.filter(matter=matter, until=None)}
    with pytest.raises(ValueError, match="65 values for 64 marks"):
        PARTIES.rows(matters=[uuid4() for _ in range(MATTERS_AT_ONCE + 1)])


def test_the_latest_session_is_that_of_the_day(two: tuple[Cast, Matter]) -> None:
    first = SESSIONS.rows()[-1]
    assert latest_session(first.since) == first
    assert latest_session(first.since - timedelta(days=1)) is None


def test_a_session_is_found_while_it_lives() -> None:
    store, now = SessionStore(), timezone.now()
    store["kept"] = "words"
    store.save()
    assert same(LIVE, key=store.session_key, now=now)[0].session_key == store.session_key
    assert SessionStore(store.session_key)["kept"] == "words"
    assert same(LIVE, key=store.session_key, now=now + timedelta(days=2)) == []


def test_the_list_behind_every_figure_is_the_mappers(two: tuple[Cast, Matter]) -> None:
    today = timezone.localdate()
    for one in figures():
        for side in sides(one):
            listed = listing.whole(one, side, in_year(today.year, today))
            for _again in range(2):
                rows = listed.rows()
                assert listed.count() == rows.count(), one.key
                assert listed.page(None, None) == listing.page_of(rows, one, None, None), one.key
            with CaptureQueriesContext(connection) as queries:
                listed.count()
            assert len(queries) <= 1


def test_what_is_kept_is_kept_for_its_congress_and_its_key(two: tuple[Cast, Matter]) -> None:
    cast, _matter = two
    elsewhere = Congress.objects.exclude(pk=cast.congress.pk).get()
    kept: Kept[Any] = Kept()
    titles = {}
    for congress in (cast.congress, elsewhere):
        with congress_scope(congress):
            for title in (None, "关于另一件事的建议"):
                rows = Matter.objects.filter(title=title) if title else Matter.objects.all()
                titles[congress.pk, title] = kept.rows(title, lambda rows=rows: rows.values_list("pk"))  # type: ignore[misc]
                assert kept.count(title, lambda rows=rows: rows) == len(titles[congress.pk, title]) > 0  # type: ignore[misc]
    assert len(set(map(tuple, titles.values()))) == len(titles)


def test_a_question_that_asks_while_it_is_made_is_made_anew(two: tuple[Cast, Matter]) -> None:
    kept: Kept[Any] = Kept()
    made = []

    def ask() -> Any:
        made.append(1)
        return Matter.objects.filter(title__in=list(Matter.objects.values_list("title", flat=True))).values_list("pk")

    assert kept.rows("key", ask) == kept.rows("key", ask)
    assert len(made) == 2
