"""J04 议事规则与会风会纪: rules with versions, leave, absence, attendance of a year."""

from __future__ import annotations

from datetime import date

import pytest

from openrenda import rulebook
from openrenda.activities.hall import Attendance
from openrenda.docket.models import Act, Matter
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.figures import in_year, read
from openrenda.figures.registry import figure
from openrenda.web.tests.stage import seat, text
from tests import sittings
from tests.cast import Cast
from tests.sittings import take

from .conftest import Wall


@pytest.fixture(autouse=True)
def _day(wall: Wall) -> None:
    """A Monday in March 2026."""


def state(sitting: Matter, cast: Cast, who: str) -> str:
    """How somebody's place ended."""
    return sittings.place(sitting, cast[who].name).state


def test_1_notice_days_and_speaking_time_are_settings_of_a_rule_version(cast: Cast) -> None:
    """Must (1): a congress that wants ten days' notice is asked for ten; the act names the version under which it was made."""
    before = sittings.called(cast)
    sittings.set_option(cast, "ORG-26.notice", 10)
    with pytest.raises(Incomplete, match="10日前"):
        take(cast, sittings.planned(cast, 8), "office", "notify")
    later = sittings.called(cast)
    versions = [Act.objects.get(matter=matter, step="notify").rulebook for matter in (before, later)]
    assert versions[0] != versions[1]


def test_2_leave_needs_a_reason_and_approval_and_absence_without_leave_is_listed(cast: Cast) -> None:
    """Must (2), 代表法第十三条 (REP-13), ORG-33: asked for before the sitting; who asked and got none is absent, and everybody absent is listed."""
    sittings.committee(cast, ("chen", "lin", "ouyang", "zhou"))
    sittings.deputy(cast, "wu", "吴甲")
    sittings.committee(cast, ("wu",))
    sitting = sittings.called(cast)
    for who in ("ouyang", "zhou"):
        with pytest.raises(Incomplete):
            take(cast, sittings.place(sitting, cast[who].name), who, "ask_leave")
        take(cast, sittings.place(sitting, cast[who].name), who, "ask_leave", {"reason": "住院治疗"})
    take(cast, sittings.place(sitting, cast["ouyang"].name), "leader", "grant_leave")
    take(cast, sitting, "office", "begin_sign_in")
    sittings.arrive(cast, sitting, "chen", "lin", "wu")
    place = sittings.place(sitting, cast["zhou"].name)
    take(cast, place, "leader", "refuse_leave", {"reason": "事由不足"})
    with pytest.raises(Refused, match="会前书面提出"):
        take(cast, place, "zhou", "ask_leave", {"reason": "再请"})
    take(cast, sitting, "office", "open")
    sittings.settle(cast, sitting)
    take(cast, sitting, "office", "close")
    assert [state(sitting, cast, who) for who in ("chen", "ouyang", "zhou")] == ["attended", "excused", "absent"]
    year = in_year(2026, date(2026, 12, 31))
    assert [read(figure(key), year).part for key in ("committee_excused", "committee_absent")] == [1, 1]
    rate = read(figure("committee_attendance"), year)
    assert (rate.part, rate.whole) == (3, 5)
    page = text(seat(cast, "leader").get("/hall/attendance/"))
    assert "未请假缺席" in page
    assert f"/matters/{sittings.place(sitting, cast['zhou'].name).pk}/" in page


def test_2_an_absence_entered_by_mistake_is_corrected_with_a_reason(cast: Cast) -> None:
    """Must (2): the correction is an act of its own, and the figure no longer counts it as an absence."""
    sitting = sittings.closed(cast)
    place = sittings.place(sitting, cast["ouyang"].name)
    take(cast, place, "office", "correct", {"reason": "当日到会，漏签。"})
    assert state(sitting, cast, "ouyang") == "attended"
    assert read(figure("committee_absent"), in_year(2026, date(2026, 12, 31))).part == 0


def test_3_attendance_per_member_over_a_year_prints(cast: Cast) -> None:
    """Must (3): everybody for those who keep it, herself for a member."""
    sittings.closed(cast)
    sittings.closed(cast)
    page = text(seat(cast, "office").get("/hall/attendance/"))
    for who in sittings.MEMBERS:
        assert cast[who].name in page
    own = text(seat(cast, "chen").get("/hall/attendance/"))
    assert cast["chen"].name in own
    assert cast["ouyang"].name not in own


def test_4_which_version_of_the_rules_governed_a_past_sitting_can_be_read(cast: Cast) -> None:
    """Must (4): the act of opening names it, and the book of that version still says what it said."""
    sitting = sittings.opened(cast)
    version = Act.objects.get(matter=sitting, step="open").rulebook
    sittings.set_option(cast, "ORG-26.notice", 12)
    assert rulebook.book_at(version)["ORG-26.notice"].value == 7
    assert "《地方组织法》第五十一条第二款" in text(seat(cast, "office").get(f"/hall/{sitting.pk}/"))


def test_the_code_of_the_day_and_the_clerk(cast: Cast) -> None:
    """ORG-33: a wrong code is refused with what to do; a clerk enters several at once, and one who is there already stops nobody."""
    sitting = sittings.called(cast)
    place = sittings.place(sitting, cast["chen"].name)
    with pytest.raises(Refused, match="不能签到"):
        take(cast, place, "office", "sign_in")
    take(cast, sitting, "office", "begin_sign_in")
    wrong = "1" * 6 if sittings.code(sitting) != "1" * 6 else "2" * 6
    with pytest.raises(Incomplete, match="签到码不对"):
        take(cast, place, "chen", "sign_in", {"code": wrong})
    rows = [str(sittings.place(sitting, cast[who].name).pk) for who in sittings.MEMBERS]
    answer = seat(cast, "office").post(f"/hall/{sitting.pk}/sign-in/", {"row": rows}, follow=True)
    assert "已为3人签到。" in text(answer)
    assert Attendance.objects.filter(sitting=sitting, came=True).count() == 3
    assert seat(cast, "zhou").post(f"/hall/{sitting.pk}/sign-in/", {"row": rows}).status_code == 404
