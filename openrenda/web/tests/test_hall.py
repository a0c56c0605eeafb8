"""The pages of the hall: one's own place, papers and who may read them, the wall, the calendar; bad requests and other people's."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from openrenda.activities.hall import Paper, PaperReading, Sitting, Speech
from openrenda.activities.record import Item
from openrenda.docket.models import Matter
from tests import sittings
from tests.cast import Cast
from tests.sittings import take

from .stage import address, hidden, seat, text


def page(sitting: Matter, rest: str = "") -> str:
    """The sitting's page, or something under it."""
    return f"/hall/{sitting.pk}/{rest}"


def with_paper(cast: Cast, *, confidential: bool = False) -> tuple[Matter, Paper]:
    """A sitting that was called, with one paper that was sent."""
    sitting = sittings.called(cast, "听取报告")
    given = {"file": SimpleUploadedFile("报告.txt", "报告全文如下。".encode()), "title": "报告全文"}
    given |= {"confidential": "on"} if confidential else {}
    seat(cast, "office").post(page(sitting, "papers/"), given)
    take(cast, sitting, "office", "send_papers")
    return sitting, Paper.objects.get(matter=sitting, received_on__isnull=False)


def begun(cast: Cast, sitting: Matter) -> None:
    """It is open, with two members there."""
    take(cast, sitting, "office", "begin_sign_in")
    sittings.arrive(cast, sitting, "chen", "lin")
    take(cast, sitting, "office", "open")


def test_a_member_signs_in_with_the_code_and_asks_for_the_floor(cast: Cast) -> None:
    """Taps lead back to the page of the sitting; pressed twice they count once."""
    sitting = sittings.called(cast)
    member = seat(cast, "chen")
    assert "我的参会" in text(member.get(page(sitting)))
    take(cast, sitting, "office", "begin_sign_in")
    place, sent = sittings.place(sitting, cast["chen"].name), hidden(member.get(page(sitting)))
    assert 'name="code"' in text(member.get(page(sitting)))
    wrong = member.post(f"/hall/{place.pk}/take/sign_in/", {**sent, "seen": place.version, "code": "x"}, follow=True)
    assert "签到码不对" in text(wrong)
    right = {**sent, "seen": place.version, "code": sittings.code(sitting)}
    for _again in range(2):
        answer = member.post(f"/hall/{place.pk}/take/sign_in/", right, follow=True)
        assert answer.redirect_chain[-1][0] == page(sitting)
    sittings.arrive(cast, sitting, "lin")
    take(cast, sitting, "office", "open")
    sent = hidden(member.get(page(sitting)))
    for _again in range(2):
        member.post(page(sitting, "floor/"), {"key": sent["key"]})
    assert Speech.objects.filter(sitting=sitting).count() == 1
    assert cast["chen"].name in text(seat(cast, "office").get(page(sitting, "live/")))


def test_who_has_no_place_has_no_buttons(cast: Cast) -> None:
    """Another deputy sees when it is and what it deals with, and nothing that is a member's; a department sees nothing."""
    sitting = sittings.opened(cast)
    found = text(seat(cast, "zhou").get(page(sitting)))
    assert "我的参会" not in found
    assert "参会人员" not in found
    assert seat(cast, "zhou").post(page(sitting, "floor/")).status_code == 404
    assert seat(cast, "roads_clerk").get(page(sitting)).status_code == 404
    assert Client().get(page(sitting)).status_code == 302
    assert seat(cast, "office").get(f"/hall/{sittings.place(sitting, cast['chen'].name).pk}/").status_code == 404


def test_papers_are_read_once_they_were_sent_by_those_who_have_the_floor(cast: Cast) -> None:
    """ORG-26, ORG-31: members and deputies who sit in; nobody else; and not as a file that somebody guesses."""
    sitting, paper = with_paper(cast)
    assert "报告全文如下。" in text(seat(cast, "chen").get(page(sitting, f"papers/{paper.pk}/")))
    refused = seat(cast, "zhou").get(page(sitting, f"papers/{paper.pk}/"))
    assert refused.status_code == 403
    assert "报告全文如下。" not in text(refused)
    assert seat(cast, "zhou").get(f"/files/{paper.file_id}/").status_code == 404
    assert seat(cast, "chen").get(f"/files/{paper.file_id}/").status_code == 404
    take(cast, sitting, "office", "invite", {"deputies": [cast.mandates["zhou"].pk]})
    assert "报告全文如下。" in text(seat(cast, "zhou").get(page(sitting, f"papers/{paper.pk}/")))


def test_a_confidential_paper_is_read_only_while_the_sitting_is_open(cast: Cast) -> None:
    """By those who are there, with their name across it; each opening is a row for the audit administrator, and for nobody else."""
    sitting, paper = with_paper(cast, confidential=True)
    where = page(sitting, f"papers/{paper.pk}/")
    assert "保密材料只在开会时由在场人员阅读" in text(seat(cast, "chen").get(where))
    begun(cast, sitting)
    answer = seat(cast, "chen").get(where)
    assert "报告全文如下。" in text(answer)
    assert f"<span>{cast['chen'].name} " in text(answer)
    assert "private, no-store" in answer.headers["Cache-Control"]
    assert seat(cast, "chen").get(page(sitting, f"papers/{paper.pk}/content/")).status_code == 404
    assert seat(cast, "ouyang").get(where).status_code == 403
    assert [row.name for row in PaperReading.objects.filter(matter=sitting)] == [cast["chen"].name]
    assert cast["chen"].name in text(seat(cast, "auditor").get(page(sitting, "readings/")))
    assert seat(cast, "office").get(page(sitting, "readings/")).status_code == 404
    sittings.settle(cast, sitting)
    take(cast, sitting, "office", "close")
    assert seat(cast, "chen").get(where).status_code == 403


def test_notes_have_no_address_to_be_sent_to(cast: Cast) -> None:
    """They are a box outside every form, and the page says where they are kept."""
    sitting, paper = with_paper(cast)
    found = text(seat(cast, "chen").get(page(sitting, f"papers/{paper.pk}/")))
    box = found[found.index("data-notes=") - 200 : found.index("data-notes=")]
    assert "<form" not in box
    assert " name=" not in box
    assert "笔记只存在这台设备的浏览器里，不上传" in found


def test_the_wall_needs_no_account_and_shows_no_paper(cast: Cast) -> None:
    """Agenda, quorum, code, speaker; an address that was not made is no address."""
    sitting, _paper = with_paper(cast)
    begun(cast, sitting)
    row = Sitting.objects.get(matter=sitting)
    wall = f"/c/{cast.congress.division_code}/wall/{row.wall}/"
    item = Item.objects.get(matter=sitting)
    take(cast, sitting, "office", "take_up", {"item": str(item.pk)})
    found = text(Client().get(wall))
    for words in (sitting.number, row.code, "听取报告", "在场 2 人"):
        assert words in found
    assert "报告全文" not in found
    assert text(Client().get(f"{wall}?part=1")).lstrip().startswith("{#") is False
    assert Client().get(f"/c/{cast.congress.division_code}/wall/xyz/").status_code == 404
    sittings.settle(cast, sitting)
    take(cast, sitting, "office", "close")
    assert row.code not in text(Client().get(wall))


def test_the_calendar_to_subscribe_to(cast: Cast) -> None:
    """RFC 5545: what was called, with its day and place; what is only planned or was cancelled is not in it."""
    sitting = sittings.called(cast, days=9)
    gone = sittings.called(cast, days=9)
    take(cast, gone, "office", "cancel", {"reason": "并入下次"})
    feed = text(Client().get(f"/c/{cast.congress.division_code}/sittings.ics")).replace("\r\n ", "")
    assert feed.startswith("BEGIN:VCALENDAR")
    assert f"SUMMARY:{sitting.number}" in feed
    assert str(gone.pk) not in feed
    assert sitting.number in text(seat(cast, "chen").get("/hall/"))


def test_a_page_asks_little_however_many_are_there(cast: Cast, django_assert_max_num_queries: Any) -> None:
    """What is asked every three seconds costs the same for three members and for thirty."""
    for number in range(12):
        sittings.deputy(cast, f"m{number}", f"委员{number}")
        sittings.committee(cast, (f"m{number}",))
    sitting = sittings.opened(cast, there=("chen", "lin", *(f"m{number}" for number in range(8))))
    client = seat(cast, "office")
    client.get(page(sitting))
    with django_assert_max_num_queries(18):
        client.get(page(sitting, "live/"))
    with django_assert_max_num_queries(32):
        client.get(page(sitting))
    with django_assert_max_num_queries(12):
        client.get("/hall/")
    with django_assert_max_num_queries(10):
        client.get("/hall/attendance/")


@pytest.mark.parametrize("step", ["close", "nonsense"])
def test_only_one_tap_steps_are_taken_from_the_page(cast: Cast, step: str) -> None:
    """Whatever asks for words or for a confirmation has its own page."""
    sitting = sittings.opened(cast)
    assert seat(cast, "office").post(f"/hall/{sitting.pk}/take/{step}/").status_code == 404
    assert seat(cast, "office").get(address(sitting, "close")).status_code == 200
