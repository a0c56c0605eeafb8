"""Books of congresses: due dates, own values, versions, and what asking costs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from openrenda import rulebook
from openrenda.people.models import Congress
from openrenda.rulebook import Book, RulebookError, book_at, book_for, forget, resolution, set_local_value
from openrenda.rulebook.library import DIRECTORY, library
from openrenda.rulebook.models import CalendarDay, LocalValue, RulebookVersion
from openrenda.rulebook.year_table import load_year
from openrenda.tenancy import congress_scope

BASIS = "某区代表建议办理办法第八条"


@pytest.fixture(autouse=True)
def _read_anew() -> Iterator[None]:
    forget()
    yield
    forget()


@pytest.fixture
def congress(db: None) -> Congress:
    return Congress.objects.create(
        division_code="500199", name="示例区人民代表大会", short_name="示例区", level="county"
    )


def put(congress: Any, row: str, value: Any, **more: Any) -> None:
    set_local_value(congress, row, value, basis=BASIS, set_by="张某", **more)


def test_rep_05_three_and_six_months_from_hand_over(congress: Congress) -> None:
    """《代表法》第五十一条第二款; the last day, a rest day, moves to the next working day (民法典第二百零三条)."""
    book = book_for(congress)
    assert book.due("REP-05", date(2026, 3, 2)) == date(2026, 6, 2)
    assert book.due("REP-05", date(2026, 1, 31)) == date(2026, 4, 30)
    assert book.due("REP-05", date(2026, 2, 28)) == date(2026, 5, 28)
    assert book.due("REP-05", date(2026, 7, 1)) == date(2026, 10, 8)
    assert book.due("REP-05.long", date(2026, 3, 2)) == date(2026, 9, 2)


def test_a_moment_counts_as_its_day_in_shanghai(congress: Congress) -> None:
    book = book_for(congress)
    assert book.due("REP-05", datetime(2026, 3, 1, 17, 0, tzinfo=UTC)) == book.due("REP-05", date(2026, 3, 2))


def test_cal_03_whether_rest_days_move_the_last_day_is_an_option(congress: Congress) -> None:
    start = date(2026, 3, 13)  # three months on is Saturday 13 June; the Dragon Boat break begins on the 19th
    assert book_for(congress).due("REP-05", start) == date(2026, 6, 15)
    put(congress, "option.period_roll", "holidays")
    assert book_for(congress).due("REP-05", start) == date(2026, 6, 13)
    assert book_for(congress).due("REP-05", date(2026, 3, 19)) == date(2026, 6, 22)
    put(congress, "option.period_roll", "none")
    assert book_for(congress).due("REP-05", date(2026, 3, 19)) == date(2026, 6, 19)


def test_sug_07_working_days_jump_over_breaks_and_count_make_up_days(congress: Congress) -> None:
    """重庆条例第十三条: counted are 28–30 September, 8–9 October, Saturday the 10th (worked in exchange), 12–15 October."""
    assert book_for(congress).due("SUG-07.assign", date(2026, 9, 24)) == date(2026, 10, 15)


def test_month_of_year_ends_with_that_month(congress: Congress) -> None:
    book = book_for(congress)
    assert book.due("SUG-07.report", date(2026, 3, 1)) == date(2026, 11, 30)
    assert book.due("SUG-07.report", date(2026, 12, 1)) == date(2027, 11, 30)


def before_meeting(**options: Any) -> Book:
    nation = library().book("cn")
    row = rulebook.Rule(
        id="X-01", title="会前送交", title_en="X", kind="local", value=10, unit="day", limit="before_meeting"
    )
    chosen = [
        option if option.id not in options else rulebook.Option(id=option.id, title="", title_en="", kind="practice",
                                                                value=options[option.id])
        for option in nation.options()
    ]  # fmt: skip
    return Book(["cn"], [*nation.rules(), row], chosen)


def test_cal_05_the_day_of_the_meeting_is_not_counted(db: None) -> None:
    meeting = date(2026, 11, 25)
    assert before_meeting().due("X-01", date(2026, 1, 1), anchor=meeting) == date(2026, 11, 15)
    counted = before_meeting(**{"option.meeting_day_counted": True})
    assert counted.due("X-01", meeting) == date(2026, 11, 16)
    earlier = before_meeting(**{"option.before_meeting_roll": "rest_days"})
    assert earlier.due("X-01", meeting) == date(2026, 11, 13)


def test_a_row_without_a_time_gives_no_day(congress: Congress) -> None:
    book = book_for(congress)
    for row in ("REP-06", "ORG-04.county", "ORG-02"):
        with pytest.raises(RulebookError, match=row):
            book.due(row, date(2026, 1, 1))
    with pytest.raises(RulebookError, match="没有规则“REP-99”"):
        book["REP-99"]
    with pytest.raises(RulebookError, match=r"没有选项“option\.none”"):
        book.option("option.none")


TIMED = sorted(
    rule.id
    for rule in library().book("cn").rules()
    if rule.limit in ("at_most", "at_least") and rule.unit in ("day", "working_day", "month")
)


@pytest.mark.django_db
@given(
    st.sampled_from(TIMED),
    st.dates(date(2024, 1, 1), date(2029, 12, 31)),
    st.integers(0, 40),
    st.sampled_from(["cn", "500000", "370200"]),
)
def test_due_is_a_working_day_after_the_start_and_monotone(rule: str, start: date, days: int, pack: str) -> None:
    book = library().book(pack)
    due = book.due(rule, start)
    assert due > start
    assert book.calendar.is_working_day(due)
    assert due <= book.due(rule, start + timedelta(days=days))


def test_an_own_value_makes_a_new_version_and_the_old_one_stays(congress: Congress) -> None:
    old = book_for(congress)
    put(congress, "SUG-07.assign", 7)
    new = book_for(congress)
    assert (old["SUG-07.assign"].value, new["SUG-07.assign"].value) == (10, 7)
    assert new.citation("SUG-07.assign") == BASIS
    assert new.version != old.version
    resolution._versions.clear()
    assert book_at(old.version)["SUG-07.assign"].value == 10
    assert book_at(new.version)["SUG-07.assign"].value == 7
    assert book_at(old.version).version == old.version
    assert RulebookVersion.objects.count() == 2
    with pytest.raises(RulebookError, match="没有留存"):
        book_at("cn-000000000000")


def test_an_own_value_holds_from_its_day(congress: Congress) -> None:
    today = datetime.now(tz=UTC).date()
    put(congress, "SUG-07.assign", 6, since=today - timedelta(days=30))
    put(congress, "SUG-07.assign", 4, since=today + timedelta(days=30))
    assert book_for(congress)["SUG-07.assign"].value == 6


def test_national_law_is_refused_with_its_article(congress: Congress) -> None:
    with pytest.raises(RulebookError, match="《代表法》第五十一条第二款规定，本级不能改动"):
        put(congress, "REP-05", 2)
    with congress_scope(congress):
        assert not LocalValue.objects.exists()


def test_a_value_written_past_the_door_cannot_move_national_law(congress: Congress) -> None:
    with congress_scope(congress):
        LocalValue.objects.create(rule="REP-05", value=12, since=date(2020, 1, 1), basis="无", set_by="无")
    assert book_for(congress)["REP-05"].value == 3


def test_a_row_that_a_place_tightened_stays_closed_to_the_congress(
    congress: Congress, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tighter = (
        '[pack]\ncode = "500000"\nname = "某市"\n[[rule]]\nid = "REP-05"\ntitle = "答复"\ntitle_en = "Reply"\n'
        'kind = "local"\nvalue = 2\nunit = "month"\nlimit = "at_most"\nlaw = "某条例"\narticle = "第一条"\n'
    )
    (tmp_path / "500000.toml").write_text(tighter, encoding="utf-8")
    (tmp_path / "cn.toml").write_bytes((DIRECTORY / "cn.toml").read_bytes())
    own = library(tmp_path)
    monkeypatch.setattr(resolution, "library", lambda: own)
    resolution._resolved.cache_clear()
    assert book_for(congress)["REP-05"].value == 2
    with pytest.raises(RulebookError, match="代表法"):
        put(congress, "REP-05", 12)
    with congress_scope(congress):
        LocalValue.objects.create(rule="REP-05", value=12, since=date(2020, 1, 1), basis="无", set_by="无")
    forget()
    assert book_for(congress)["REP-05"].value == 2
    resolution._resolved.cache_clear()


@pytest.mark.parametrize(
    ("row", "value", "says"),
    [
        ("SUG-07.assign", 0, "正整数"),
        ("SUG-07.assign", "十", "正整数"),
        ("SUG-07.report", 13, "1至12"),
        ("option.rate_rounding", "up", "可选范围"),
        ("option.street_review", "是", "类型"),
        ("option.stages", 6, "可选范围"),
        ("option.unheard_of", 1, "没有选项"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(congress: Congress, row: str, value: Any, says: str) -> None:
    with pytest.raises(RulebookError, match=says):
        put(congress, row, value)


def test_an_own_value_needs_a_basis(congress: Congress) -> None:
    with pytest.raises(RulebookError, match="依据"):
        set_local_value(congress, "SUG-07.assign", 7, basis=" ", set_by="张某")


def test_lists_handed_out_are_copies(congress: Congress) -> None:
    book_for(congress).option("option.reminder_days").clear()
    assert book_for(congress).option("option.reminder_days") == [10, 3]


def test_asking_again_costs_no_query(congress: Congress, django_assert_num_queries: Any) -> None:
    book_for(congress).due("REP-05", date(2026, 3, 2))
    with django_assert_num_queries(0):
        for _ in range(50):
            book_for(congress).due("SUG-07.assign", date(2026, 3, 2))
            book_at(book_for(congress).version)


def test_congresses_of_one_place_share_a_version(congress: Congress) -> None:
    other = Congress.objects.create(
        division_code="500198", name="另一区人民代表大会", short_name="另一区", level="county"
    )
    put(other, "SUG-07.assign", 7)
    put(other, "SUG-07.assign", 10)
    assert book_for(other).version != book_for(congress).version  # the basis is part of the version
    nation = SimpleNamespace(id=congress.id, division_code="990101", level="county")
    forget()
    assert book_for(nation).packs == ("cn",)


def test_a_change_made_elsewhere_is_seen_after_the_recheck(congress: Congress, settings: Any) -> None:
    assert book_for(congress)["SUG-07.assign"].value == 10
    with congress_scope(congress):
        LocalValue.objects.create(rule="SUG-07.assign", value=8, since=date(2020, 1, 1), basis=BASIS, set_by="李某")
    assert book_for(congress)["SUG-07.assign"].value == 10
    settings.RULEBOOK_RECHECK_SECONDS = 0
    assert book_for(congress)["SUG-07.assign"].value == 8


def test_a_version_lost_by_roll_back_is_kept_again(congress: Congress, django_capture_on_commit_callbacks: Any) -> None:
    with transaction.atomic():
        version = book_for(congress).version
        assert RulebookVersion.objects.filter(version=version).exists()
        transaction.set_rollback(True)
    assert not RulebookVersion.objects.filter(version=version).exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert book_for(congress).version == version
        assert RulebookVersion.objects.filter(version=version).exists()
        assert version not in resolution._saved
    assert version in resolution._saved


def test_the_year_table_loads_all_or_nothing(congress: Congress) -> None:
    text = "\ufeff日期,安排,名称\n１月１日,休息,元旦\n2031年1月4日,上班,\n2031/2/3,休,春节\n\n"
    assert load_year(2031, text) == []
    calendar = book_for(congress).calendar
    assert calendar.is_certain(date(2031, 3, 1))
    assert calendar.is_working_day(date(2031, 1, 4))
    assert not calendar.is_working_day(date(2031, 2, 3))
    bad = "日期,安排,名称\n1月1日,休息,元旦\n2030-05-01,休息,\n二月三日,休息,\n2月30日,休息,\n1月1日,休息,\n1月2日,也许,\n"
    errors = load_year(2031, bad)
    assert [error.line for error in errors] == [3, 4, 5, 6, 7]
    assert CalendarDay.objects.count() == 3
    assert load_year(2031, "day,working\n")[0].line == 1
    assert "元旦" in load_year(2031, "日期,安排,名称\n1月2日,休息,\n")[0].message
    assert load_year(2031, "日期,安排,名称\n1月1日,休息,元旦\n") == []
    assert CalendarDay.objects.count() == 1
