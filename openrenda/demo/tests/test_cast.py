"""The invented people: sizes, names as real rolls have them, and nothing that could belong to a real place."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from openrenda.demo.cast import CITY, DISTRICT, PROVINCE, TOWNSHIP, make_cast
from openrenda.demo.phrases import library, topics
from openrenda.people.models.congress import LEVEL_LABELS
from openrenda.people.models.group import KIND_LABELS as GROUP_KINDS
from openrenda.people.models.mandate import BEGIN_LABELS, END_LABELS
from openrenda.people.models.organ import KIND_LABELS as ORGAN_KINDS
from openrenda.people.offices import SEAT_KINDS

from .conftest import Told

LIBRARY = Path(__file__).resolve().parents[1] / "library"
MOBILE, UNASSIGNED = re.compile(r"(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"), re.compile(r"154[- ]?0000")
LAND_LINE = re.compile(r"(?:0\d{2,3}[-）)]\s?)\d{7,8}")


def test_sizes_are_those_of_a_large_district(told: Told) -> None:
    cast = told.cast
    departments = [o for o in cast.organs if o.congress == DISTRICT and o.kind not in ("street", "town")]
    assert len(departments) == 40
    assert len(cast.streets) == 14
    assert len(cast.sitting(cast.today)) == 190
    assert [len(cast.sitting(cast.today, key)) for key in (PROVINCE, CITY, TOWNSHIP)] == [6, 36, 45]
    quotas = [d.quota for d in cast.districts if d.congress == DISTRICT]
    assert sum(quotas) == 192
    assert all(1 <= quota <= 3 for quota in quotas), "选举法第二十六条: one to three deputies for a district"


def test_groups_are_seven_twenty_seven_thirteen_and_three(told: Told) -> None:
    """A05: one street has deputies and no group."""
    kinds = Counter(g.kind for g in told.cast.groups if g.congress == DISTRICT)
    assert kinds == {"delegation": 7, "contact": 10, "professional": 7 + 27, "street": 13, "party_group": 1}
    assert sum(g.congress == CITY for g in told.cast.groups) == 3
    assert all(g.members for g in told.cast.groups)
    delegated = [key for g in told.cast.groups if g.kind == "delegation" for key in g.members]
    assert sorted(delegated) == sorted(m.key for m in told.cast.sitting(told.cast.today))


def test_rolls_hold_what_real_rolls_hold(told: Told) -> None:
    names = [told.cast.name_of(m.key) for m in told.cast.sitting(told.cast.today)]
    for character in ("𠮷", "䶮", "翀", "玥", "璟"):
        assert any(character in name for name in names), character
    assert any("·" in name for name in names)
    assert any(
        name.startswith(("欧阳", "上官", "慕容", "端木", "夏侯", "皇甫", "司徒", "诸葛", "令狐", "尉迟"))
        for name in names
    )
    assert sum(len(name) == 2 for name in names) > 15
    assert max(Counter(names).values()) == 2, "two namesakes, as in every big roll"


def test_three_sessions_end_before_today(told: Told) -> None:
    sessions = told.cast.district_sessions
    assert [s.number for s in sessions] == [2, 3, 4]
    assert sessions[-1].until < told.cast.today
    assert all(s.since.weekday() < 5 and s.since < s.until for s in sessions)


@pytest.mark.parametrize("today", [date(2026, 1, 20), date(2027, 2, 21), date(2028, 2, 29), date(2030, 12, 31)])
def test_any_day_may_be_the_last(today: date) -> None:
    cast = make_cast(3, today)
    assert len(cast.sitting(today)) == 190
    assert all(term.since <= today <= term.until for term in cast.terms)
    assert all(s.until < today for s in cast.sessions)


def test_everybody_has_a_seat_that_exists(told: Told) -> None:
    """Every seat key of the house is held by somebody, and stands for something it may stand for."""
    cast = told.cast
    holders = {
        "organ": {o.key for o in cast.organs}, "mandate": {m.key for m in cast.mandates}, "group": {g.key for g in cast.groups},
        "enterprise": {e.key for e in cast.enterprises}, "congress": {c.key for c in cast.congresses},
        "station": {f"{s.key} {n}" for s in cast.streets for n in range(1, 7)}, "grid": {"grid-01-1"},
    }  # fmt: skip
    seats = [seat for account in cast.accounts for seat in account.seats]
    assert {seat.key for seat in seats} == set(SEAT_KINDS)
    for seat in seats:
        assert seat.holder_kind in SEAT_KINDS[seat.key].holder_kinds
        assert seat.holder in holders[seat.holder_kind]
    logins = [account.login for account in cast.accounts]
    assert len(logins) == len(set(logins))
    assert {"deputy01", "office", "street03", "organ12-clerk", "organ12-head", "government", "admin-audit"} <= set(
        logins
    )
    assert max(len(account.seats) for account in cast.accounts) >= 2, "somebody needs the seat switcher"


def test_the_registers_know_every_kind(told: Told) -> None:
    cast = told.cast
    assert {c.level for c in cast.congresses} <= set(LEVEL_LABELS)
    assert {o.kind for o in cast.organs} <= set(ORGAN_KINDS)
    assert {g.kind for g in cast.groups} <= set(GROUP_KINDS)
    assert {m.begin_reason for m in cast.mandates} == set(BEGIN_LABELS)
    assert {m.end_reason for m in cast.mandates} - {""} <= set(END_LABELS)


def test_codes_and_numbers_belong_to_nobody(told: Told) -> None:
    """Division codes begin with 99, telephone numbers lie in ranges that no operator has."""
    assert all(c.code.startswith("99") for c in told.cast.congresses)
    everything = "\n".join(path.read_text(encoding="utf-8") for path in LIBRARY.rglob("*.toml"))
    texts = [
        everything,
        *(o.contact for o in told.cast.organs),
        *(s.contact_phone for s in told.suggestions),
        *(s.text for s in told.suggestions),
    ]
    for text in texts:
        assert all(UNASSIGNED.match(found[0]) for found in MOBILE.finditer(text))
        assert not [found for found in LAND_LINE.finditer(text) if not found[0].startswith("0000")]
        identities = re.findall(r"(?<!\d)\d{17}[\dXx](?!\d)", text)
        assert all(number.startswith("99") for number in identities)


def test_every_file_of_the_library_says_it_is_fictional() -> None:
    for path in LIBRARY.glob("*.toml"):
        if path.name != "people.toml":
            assert "纯属虚构" in path.read_text(encoding="utf-8"), path.name
    assert all("纯属虚构" in path.read_text(encoding="utf-8") for path in LIBRARY.glob("topics/*.toml"))


def test_topics_name_organs_and_categories_that_exist() -> None:
    organs = {row["key"] for row in library("organs")["organ"]}
    known = {row["key"] for row in topics()}
    assert len(known) == len(topics()) >= 60
    for row in topics():
        named = {row["lead"], *row["assist"], *(ask.rsplit("@", 1)[1] for ask in row["asks"])}
        assert named <= organs, row["key"]
        assert len(row["asks"]) >= 3
        assert row["facts"]
        assert row["done"]
        assert all(promise.rsplit("@", 1)[1].isdigit() for promise in row["promises"])
