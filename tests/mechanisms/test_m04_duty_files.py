"""M04 代表履职档案."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from openrenda import docket
from openrenda.activities.duty_file import Entry, Volume, volume, years_of
from openrenda.docket.models import Act, Matter
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.people.mandates import end_mandate
from openrenda.people.models import Mandate
from openrenda.people.testing import sit_down
from openrenda.web.duty import booklet_of, counts_of
from tests.cast import SUBMIT, Cast, draft

from .conftest import Wall
from .gatherings import recorded
from .networking import a_station, street_of
from .new_duties import defused, petition, reported, worth_supervising
from .opining import entered
from .stage import take
from .supervising import today


@pytest.fixture(autouse=True)
def _day(wall: Wall) -> None:
    """A Monday in March 2026."""


def book(cast: Cast, who: str = "chen", year: int = 2026) -> Volume:
    """Her volume as it stands."""
    return volume(Mandate.objects.select_related("person").get(pk=cast.mandates[who].pk), year)


def of_matter(found: Volume, matter: Matter) -> list[Entry]:
    """The entries about a matter."""
    return [entry for entry in (*found.entries, *found.addenda) if entry.matter.pk == matter.pk]


def by_hand(cast: Cast, day: str | None = None, who: str = "chen") -> Matter:
    """Something that left no record."""
    data = {"day": day or today(), "what": "参加社区普法讲座", "place": "青石社区", "text": "有签到表。"}
    return docket.open_matter("duty-note", "add", by=cast[who], data=data).matter


def disputed(cast: Cast, entry: Entry, who: str = "chen") -> Matter:
    """She says that an entry is wrong."""
    return docket.open_matter(
        "duty-note", "dispute", by=cast[who], data={"entry": entry.key, "text": "我没有参加。"}
    ).matter


def test_1_one_file_a_deputy_and_one_volume_a_year_of_office_without_a_button(cast: Cast, wall: Wall) -> None:
    """Must (1): they are there from the first day of the year, and no act makes them."""
    mandate = cast.mandates["chen"]
    assert years_of(mandate) == [2022, 2023, 2024, 2025, 2026]
    assert [book(cast, year=year).year for year in years_of(mandate)] == years_of(mandate)
    wall.pass_days(305)
    assert years_of(mandate)[-1] == 2027
    assert not Act.objects.exists()
    end_mandate(mandate, until=date(2026, 9, 1), reason="resigned", basis="公告〔2026〕2号")
    assert years_of(mandate)[-1] == 2026


def test_2_entries_come_from_the_acts_themselves(cast: Cast) -> None:
    """Must (2): suggestions, gatherings, receptions, report-ins, mediations, petitions, supervision matters; nothing typed for the file."""
    suggestion = docket.open_matter("suggestion", "propose", by=cast["chen"], data=draft()).matter
    docket.act(suggestion, "submit_to_street", by=cast["chen"], data=SUBMIT)
    made = [
        suggestion, recorded(cast, "office", "voter_visit", ("chen",), area_name="第一选区", note="无"), reported(cast), defused(cast),
        petition(cast), worth_supervising(cast),
        entered(cast, "station", station=a_station(street_of(cast)).pk, deputy=cast.mandates["chen"].pk),
    ]  # fmt: skip
    found = book(cast)
    assert all(of_matter(found, matter) for matter in made)
    assert not any(entry.by_hand for entry in found.entries)
    assert not of_matter(book(cast, "lin"), suggestion)


def test_2_hand_entries_are_marked_and_looked_at(cast: Cast) -> None:
    """Must (2): by the deputy, checked by the office; or by the office for her."""
    made = by_hand(cast)
    (entry,) = of_matter(book(cast), made)
    assert (entry.by_hand, entry.mark) == (True, "手工补记，待核对")
    take(cast, made, "office", "accept")
    assert of_matter(book(cast), made)[0].mark == "手工补记"
    other = by_hand(cast)
    take(cast, other, "office", "decline", {"reason": "不是履职活动。"})
    assert of_matter(book(cast), other) == []
    data = {"deputy": cast.mandates["lin"].pk, "day": today(), "what": "旁听庭审", "place": "法院", "text": "有通知。"}
    hers = docket.open_matter("duty-note", "enter", by=cast["office"], data=data).matter
    assert of_matter(book(cast, "lin"), hers)[0].by_hand
    assert ("手工补记", 1) in counts_of(book(cast))
    with pytest.raises(Incomplete):
        by_hand(cast, "2026-12-01")


def test_3_a_volume_is_closed_at_year_end_and_later_changes_are_addenda(cast: Cast, wall: Wall) -> None:
    """Must (3): what was recorded in time stands in the volume, what came later below it, with the day on which it came."""
    early = recorded(cast, "office", "voter_visit", ("chen",), area_name="第一选区", note="无", held_on="2026-02-20")
    assert not book(cast).closed
    wall.pass_days(310)
    late = recorded(
        cast, "office", "voter_visit", ("chen",), area_name="第一选区", note="无", held_on="2026-03-05", place="别处"
    )
    note = by_hand(cast, "2026-05-01")
    found = book(cast)
    assert (found.closed, found.closes_on) == (True, date(2026, 12, 31))
    assert [entry.matter.pk for entry in found.entries] == [early.pk]
    assert [(entry.matter.pk, entry.recorded_on) for entry in found.addenda] == [
        (late.pk, date(2027, 1, 6)), (note.pk, date(2027, 1, 6)),
    ]  # fmt: skip
    assert not of_matter(book(cast, year=2027), late)


def test_3_what_was_merged_or_struck_after_closing_changes_nothing_above(cast: Cast, wall: Wall) -> None:
    """Must (3): the closed volume keeps its lines; the correction is an addendum."""
    first = recorded(cast, "chen", "contact_group", ("chen",))
    second = recorded(cast, "lin", "contact_group", ("lin", "chen"))
    presence = next(entry for entry in of_matter(book(cast), second) if entry.key.startswith("came-"))
    wall.pass_days(310)
    before = {entry.key for entry in book(cast).entries}
    take(cast, first, "chen", "merge", {"other": str(second.pk), "repeated": []})
    note = disputed(cast, presence)
    take(cast, note, "office", "correct", {"outcome": "strike", "found": "当天请假。"})
    found = book(cast)
    assert {entry.key for entry in found.entries} == before
    assert next(entry for entry in found.entries if entry.key == presence.key).mark == "有更正，见补遗"
    (fix,) = [entry for entry in found.addenda if entry.key.startswith("fix-")]
    assert (fix.recorded_on, "当天请假" in fix.mark) == (date(2027, 1, 6), True)


def test_4_it_prints_as_a_booklet(cast: Cast, client: Client) -> None:
    """Must (4): a PDF with facts, counts, entries and addenda; the office prints it too, a department does not."""
    defused(cast)
    by_hand(cast)
    made = booklet_of(book(cast), cast.congress)
    words = str(made.blocks)
    assert made.title == "陈一鸣代表2026年履职档案"
    assert all(part in words for part in ("履职记录", "登记诉前调解", "参加社区普法讲座", "手工补记", "联系人民群众"))
    sit_down(client, cast.seats["chen"])
    answer = client.get(reverse("duty-booklet"), {"year": 2026})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF")
    address = reverse("duty-of-booklet", args=[cast.mandates["chen"].pk])
    sit_down(client, cast.seats["office"])
    assert client.get(address).content.startswith(b"%PDF")
    sit_down(client, cast.seats["roads_head"])
    assert client.get(address).status_code == 404


def test_5_the_deputy_sees_her_file_and_can_dispute_an_entry(cast: Cast, client: Client) -> None:
    """Must (5): the entry shows that it is disputed, and then what came of it; a struck one counts no more."""
    made = recorded(cast, "office", "contact_group", ("chen",), note="座谈")
    entry = of_matter(book(cast), made)[0]
    counted = dict(counts_of(book(cast)))[entry.what]
    note = disputed(cast, entry)
    assert of_matter(book(cast), made)[0].mark == "本人有异议，核对中"
    with pytest.raises(Refused, match="正在核对"):
        disputed(cast, entry)
    with pytest.raises(Incomplete):
        disputed(cast, entry, "lin")
    take(cast, note, "office", "correct", {"outcome": "strike", "found": "登记时选错了人。"})
    struck = of_matter(book(cast), made)[0]
    assert (struck.struck, "登记时选错了人" in struck.mark) == (True, True)
    assert dict(counts_of(book(cast))).get(entry.what, 0) == counted - 1
    sit_down(client, cast.seats["chen"])
    shown = client.get(reverse("duty")).content.decode()
    assert "登记时选错了人" in shown
    assert reverse("web:new", args=["duty-note", "dispute"]) in shown
    sit_down(client, cast.seats["office"])
    theirs = client.get(reverse("duty-of", args=[cast.mandates["chen"].pk])).content.decode()
    assert reverse("web:new", args=["duty-note", "dispute"]) not in theirs


def test_5_an_entry_that_is_right_is_upheld_with_a_reason(cast: Cast) -> None:
    """Must (5): she is told, and the entry counts."""
    made = recorded(cast, "office", "contact_group", ("chen",), note="座谈")
    note = disputed(cast, of_matter(book(cast), made)[0])
    take(cast, note, "office", "uphold", {"reason": "签到表上有本人签名。"})
    entry = of_matter(book(cast), made)[0]
    assert (entry.mark, entry.struck) == ("异议不成立", False)


def test_there_are_no_points_and_no_ranks(cast: Cast, client: Client) -> None:
    """No score of a person stands on the page."""
    defused(cast)
    sit_down(client, cast.seats["chen"])
    shown = client.get(reverse("duty")).content.decode()
    assert not re.search(r"积分[:：]|第\s*\d+\s*名|得分", shown)
