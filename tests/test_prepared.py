"""Every question asked with a statement made once answers as the object mapper would: the same rows, of this congress only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from openrenda import docket
from openrenda.api import matters as api_matters
from openrenda.ballots.models import BoxPart
from openrenda.channels.inbox import UNREAD
from openrenda.channels.models import Notice
from openrenda.docket.asking import MATTERS_AT_ONCE, PARTIES, Asked, parties_of
from openrenda.docket.models import File, Matter, OutboxEntry, Party
from openrenda.figures import Figure, Period, in_session_of, in_year, marks
from openrenda.figures.counting import sides
from openrenda.figures.language import PART
from openrenda.figures.reading import evidence
from openrenda.figures.registry import figures
from openrenda.kept import Kept
from openrenda.people.kept_sessions import LIVE, SessionStore
from openrenda.people.models import Congress, Session
from openrenda.prepared import Prepared
from openrenda.procedures.suggestion.effects.raising import SESSIONS, WITH_STREET, latest_session
from openrenda.procedures.suggestion.records import Suggestion
from openrenda.tenancy import congress_scope
from openrenda.web import access, drafts, labels, lateness, matter_page, waiting
from openrenda.web.figures import listing
from openrenda.web.lists import query, registers
from tests.cast import REVIEW, SUBMIT, Cast, assemble, draft

pytestmark = pytest.mark.django_db
MARK = date(1907, 3, 11)


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


def test_a_mark_that_a_small_column_cannot_hold_is_refused() -> None:
    """On PostgreSQL the object mapper would know of an answer to nothing, and nobody could cast a secret ballot."""
    with pytest.raises(ValueError, match="32767"):
        Prepared(lambda number: BoxPart.objects.filter(number=number), number=40_000)


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
            for _again in range(2):
                listed = listing.whole(one, side, in_year(today.year, today))
                rows = listed.rows()
                assert listed.count() == rows.count(), one.key
                assert listed.page(None, None) == listing.page_of(rows, one, None, None), one.key


def _of_kind(name: str) -> tuple[Period, Period]:
    """Two periods about which a question is put in the same words."""
    today, session = timezone.localdate(), Session.objects.order_by("since").first()
    assert session is not None
    day = timedelta(days=1)
    return {
        "over": lambda: (in_year(today.year - 1, today), Period(today - 40 * day, today - 9 * day, today - day)),
        "running": lambda: (in_year(today.year, today), Period(today - 400 * day, today + 8 * day, today)),
        "ends today": lambda: (Period(today - 20 * day, today, today), Period(today - 60 * day, today, today)),
        "in its midst": lambda: (in_year(today.year, today - day), Period(today - 90 * day, today, today - 50 * day)),
        "session": lambda: (in_session_of(session, today), in_session_of(session, today)),
        "session as of": lambda: (in_session_of(session, today - day), in_session_of(session, today - 3 * day)),
    }[name]()  # fmt: skip


KINDS = ("over", "running", "ends today", "in its midst", "session", "session as of")


@pytest.mark.parametrize(
    ("name", "every_side"),
    [("over", False), *(pytest.param(name, True, marks=pytest.mark.slow) for name in KINDS)],
)
def test_the_statement_behind_every_figure_is_made_once_for_all_days(
    name: str, every_side: bool, two: tuple[Cast, Matter]
) -> None:
    """And is word for word, and day for day, the one that the object mapper would make for the period at hand."""
    first, second = _of_kind(name)
    assert marks.kind(first) == marks.kind(second)
    for one in figures():
        for side in sides(one) if every_side else (PART,):
            with making() as made:
                _asked_as_the_mapper_does(one, side, first)
                _asked_as_the_mapper_does(one, side, second)
            assert [each.whole for each in made] == [True], (one.key, side)


def _asked_as_the_mapper_does(one: Figure, side: str, period: Period) -> None:
    with sent() as ours:
        listed = listing.whole(one, side, period)
        listed.count()
        listed.page(None, None)
    rows = evidence(one, period, side)
    with sent() as theirs:
        list(rows.order_by().values("pk"))
        list(listing.fields(rows, one)[: listing.PAGE_ROWS + 1])
    assert [_uncounted(*each) for each in ours[-2:]] == [_uncounted(*each) for each in theirs[-2:]], (
        one.key,
        side,
        period,
    )


def _uncounted(sql: str, values: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
    """The question without the count around it; PostgreSQL's wrapping of a JSON value is another object each time, what it wraps is not."""
    plain = tuple(getattr(value, "obj", value) for value in values)
    return sql.removeprefix("SELECT COUNT(*) FROM (").removesuffix(") counted"), plain


@contextmanager
def sent() -> Iterator[list[tuple[str, tuple[Any, ...]]]]:
    """The statements that are sent meanwhile, with their values."""
    found: list[tuple[str, tuple[Any, ...]]] = []

    def note(execute: Any, sql: str, values: Any, many: bool, context: Any) -> Any:
        found.append((sql, tuple(values or ())))
        return execute(sql, values, many, context)

    with connection.execute_wrapper(note):
        yield found


@contextmanager
def making() -> Iterator[list[Any]]:
    """The questions that are made meanwhile, of none that were kept before."""
    made: list[Any] = []
    make = Kept._make

    def noted(kept: Kept, *said: Any) -> Any:
        made.append(make(kept, *said))
        return made[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(listing, "KEPT", Kept(marks.TELLING, most=10_000))
        patch.setattr(Kept, "_make", noted)
        yield made


def titled(kept: Kept, title: str | None) -> tuple[list[Any], int]:
    """The matters of a title or all of them, listed and counted by a kept question."""
    rows = Matter.objects.filter(title=title) if title else Matter.objects.all()
    answers = kept.about(title, lambda marked: (rows.values_list("pk"),), {}, {})
    return answers.rows(0), answers.count(0)


def test_what_is_kept_is_kept_for_its_congress_and_its_key(two: tuple[Cast, Matter]) -> None:
    cast, _matter = two
    elsewhere = Congress.objects.exclude(pk=cast.congress.pk).get()
    kept, found = Kept(()), {}
    for _again in range(2):
        for congress in (cast.congress, elsewhere):
            with congress_scope(congress):
                for title in (None, "关于另一件事的建议"):
                    rows, count = titled(kept, title)
                    assert count == len(rows) > 0
                    found[congress.pk, title] = rows
    assert len(set(map(tuple, found.values()))) == len(found)


def test_of_many_kept_questions_the_oldest_goes(two: tuple[Cast, Matter]) -> None:
    kept = Kept((), most=2)
    for title in (None, "关于另一件事的建议", "没有", None):
        rows, count = titled(kept, title)
        assert count == len(rows)
    assert len(kept._kept) == 2


def test_a_question_that_is_told_something_while_it_is_made_is_made_anew(two: tuple[Cast, Matter]) -> None:
    """And is kept as soon as nothing is found any more."""
    kept, made = Kept(("1907-",)), []

    def opened_after(day: date) -> list[Any]:
        def ask(marked: bool) -> tuple[Any, ...]:
            made.append(marked)
            since = MARK if marked else day
            titles = list(Matter.objects.filter(opened_on__gt=since).values_list("title", flat=True))
            return (Matter.objects.filter(title__in=titles).values_list("pk"),)

        return kept.about("key", ask, {"day": MARK}, {"day": day}).rows(0)

    long_ago, later = timezone.localdate() - timedelta(days=4000), timezone.localdate() + timedelta(days=1)
    assert opened_after(long_ago) == opened_after(long_ago) != []
    assert made == [True, False, False]
    assert opened_after(later) == opened_after(later) == opened_after(later + timedelta(days=1)) == []
    assert made == [True, False, False, True]
    assert opened_after(long_ago) != []
    assert made[4:] == [False]


def test_a_question_with_a_value_made_of_a_mark_is_not_kept(two: tuple[Cast, Matter]) -> None:
    """The day before a day would be the same day for ever."""
    kept, today = Kept(("1907-",)), timezone.localdate()

    def opened_since_the_day_before(day: date) -> int:
        def ask(marked: bool) -> tuple[Any, ...]:
            return (Matter.objects.filter(opened_on__gte=(MARK if marked else day) - timedelta(days=1)),)

        return kept.about("key", ask, {"day": MARK}, {"day": day}).count(0)

    assert opened_since_the_day_before(today + timedelta(days=1)) > 0
    assert opened_since_the_day_before(today + timedelta(days=30)) == 0
