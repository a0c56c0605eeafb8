"""J01, J04, J08: a sitting may last several days. Everybody signs in anew on each, and one sitting attended is one attendance."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from openrenda import docket
from openrenda.activities.duty_file import volume
from openrenda.activities.hall import Attendance, Paper, Sitting
from openrenda.activities.quorum import present_voters, quorum
from openrenda.activities.record import Activity, Item
from openrenda.activities.sitting import minutes
from openrenda.activities.sitting.papers import may_read
from openrenda.activities.vote.records import Vote, latest_ballot
from openrenda.ballots.models import RollEntry
from openrenda.docket.models import Act, Matter, RunningClock
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.docket.situation import Situation
from openrenda.documents.official import long_days
from openrenda.figures import in_year, read
from openrenda.figures.registry import figure
from openrenda.people.models import Session, Term
from openrenda.web.tests.stage import seat, text
from tests import sittings
from tests.cast import Cast
from tests.properties import few_examples
from tests.sittings import take

from .conftest import Wall

FOUR = ("chen", "lin", "ouyang", "zhou")
YEAR = in_year(2026, date(2026, 12, 31))
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


@pytest.fixture(autouse=True)
def _day(wall: Wall) -> None:
    """A Monday in March 2026."""


def place(cast: Cast, sitting: Matter, who: str) -> Matter:
    """Somebody's place as it is now."""
    return sittings.place(sitting, cast[who].name)


def row(cast: Cast, sitting: Matter, who: str) -> Attendance:
    """What is kept of somebody's place."""
    return Attendance.objects.select_related("matter").get(sitting=sitting, name=cast[who].name)


def present(cast: Cast, *who: str) -> set[Any]:
    """Their mandates."""
    return {cast.mandates[name].pk for name in who}


def held(cast: Cast, *there: str, days: int = 2, members: tuple[str, ...] = FOUR) -> Matter:
    """A sitting of several days that is open on the first of them."""
    sittings.committee(cast, members)
    return sittings.opened(cast, "审议议题", there=there, ends_on=sittings.today(days - 1))


def overnight(cast: Cast, wall: Wall, sitting: Matter, *there: str, days: int = 1) -> None:
    """It rests for the night; the next morning sign-in begins anew."""
    take(cast, sitting, "office", "suspend")
    wall.pass_days(days)
    take(cast, sitting, "office", "begin_day")
    sittings.arrive(cast, sitting, *there)


def closed(cast: Cast, sitting: Matter) -> None:
    """It ends with everything settled."""
    sittings.settle(cast, sitting)
    take(cast, sitting, "office", "close")


def put_to_vote(cast: Cast, sitting: Matter) -> Matter:
    """A vote on the item, not yet open."""
    item = Item.objects.filter(matter=sitting).earliest("position")
    put = {"item": str(item.pk), "title": "审议决定草案", "kind": "question", "way": "named"}
    take(cast, sitting, "office", "put_to_vote", put)
    return Vote.objects.filter(sitting=sitting).latest("id").matter


# What it is called for


def test_j01_1_it_is_called_for_a_first_and_a_last_day_and_limits_count_from_the_first(cast: Cast) -> None:
    """ORG-26: the notice is due seven days before the first day; a last day before the first is refused, the same day is one day."""
    with pytest.raises(Incomplete, match="不能早于第一天"):
        sittings.planned(cast, 20, ends_on=sittings.today(19))
    assert Activity.objects.get(matter=sittings.planned(cast, 20, ends_on=sittings.today(20))).ends_on is None
    sitting = sittings.planned(cast, 20, ends_on=sittings.today(21))
    assert sitting.title == "常委会会议（2026年3月22日至23日，常委会会议厅）"
    due = RunningClock.objects.get(matter=sitting, key="notice").due_on
    assert due == timezone.localdate() + timedelta(days=13)
    sittings.item(cast, sitting, "审计报告", kind="report", organ=str(cast.organs["roads"].pk))
    assert max(Paper.objects.filter(matter=sitting).values_list("due_on", flat=True)) < date(2026, 3, 22)
    take(cast, sitting, "office", "change", {
        "body": "standing_committee", "held_on": "2026-03-30", "ends_on": "2026-04-01", "place": "会议厅",
    })  # fmt: skip
    assert Matter.objects.get(pk=sitting.pk).title == "常委会会议（2026年3月30日至4月1日，会议厅）"


def test_j01_1_every_place_moves_with_it(cast: Cast) -> None:
    """ORG-26: to another first and last day, and so do all who were told."""
    sitting = sittings.called(cast, days=20, ends_on=sittings.today(21))
    take(cast, sitting, "office", "move", {"held_on": "2026-03-26", "ends_on": "2026-03-28", "place": "会议厅"})
    assert set(Attendance.objects.filter(sitting=sitting).values_list("held_on", flat=True)) == {date(2026, 3, 26)}
    assert Activity.objects.get(matter=sitting).last_day == date(2026, 3, 28)


def test_j01_4_calendar_notice_feed_wall_list_and_page_show_its_days(cast: Cast, client: Client) -> None:
    """J01 (4), J04 (3): in the form in which the house writes days."""
    sitting = sittings.called(cast, days=10, ends_on=sittings.today(11))
    office = seat(cast, "office")
    for address in ("/hall/", f"/hall/{sitting.pk}/", f"/matters/{sitting.pk}/"):
        assert "2026年3月12日至3月13日" in text(office.get(address))
    assert "2026年3月13日" in text(office.get("/lists/sitting/"))
    notice = Document(io.BytesIO(office.get(f"/hall/{sitting.pk}/notice.docx").content))
    words = "\n".join(paragraph.text for paragraph in notice.paragraphs)
    assert "定于2026年3月12日至13日在常委会会议厅举行第五届人大常委会第一次会议，会期2天，3月12日9:00开会。" in words
    assert "只请其中一天的，写明日期。" in words
    feed = client.get(f"/c/{cast.congress.division_code}/sittings.ics").content.decode()
    assert "DTSTART;TZID=Asia/Shanghai:20260312T090000" in feed
    assert "RRULE:FREQ=DAILY;COUNT=2" in feed
    one_day = sittings.called(cast, days=10)
    assert Activity.objects.get(matter=one_day).days == "2026年3月12日"
    assert client.get(f"/c/{cast.congress.division_code}/sittings.ics").content.decode().count("RRULE") == 1


def test_days_are_written_as_the_house_writes_them() -> None:
    """What both days have is not said again."""
    assert long_days(MONDAY, MONDAY) == "2026年3月2日"
    assert long_days(MONDAY, TUESDAY) == "2026年3月2日至3日"
    assert long_days(date(2026, 12, 31), date(2027, 1, 2)) == "2026年12月31日至2027年1月2日"


# Who is there


def test_j01_2_on_another_day_nobody_is_there_before_she_has_signed_in(cast: Cast, wall: Wall) -> None:
    """ORG-14, ORG-33: not overnight, not in the morning; with another code; and no vote is opened without a quorum of that day."""
    sitting = held(cast, "chen", "lin", "ouyang")
    vote, first_code = put_to_vote(cast, sitting), sittings.code(sitting)
    take(cast, sitting, "office", "suspend")
    wall.pass_days(1)
    assert present_voters(sitting) == []
    for matter, step in ((sitting, "resume"), (vote, "open"), (place(cast, sitting, "zhou"), "sign_in")):
        with pytest.raises(Refused):
            take(cast, matter, "office", step)
    page = text(seat(cast, "office").get(f"/hall/{sitting.pk}/"))
    assert "今天还没有开始签到" in page
    take(cast, sitting, "office", "begin_day")
    assert sittings.code(sitting) != first_code
    assert [place(cast, sitting, who).state for who in FOUR] == ["awaited", "awaited", "awaited", "invited"]
    sittings.arrive(cast, sitting, "lin", "zhou")
    with pytest.raises(Refused, match="应到 4 人，在场 2 人，须超过 1/2"):
        take(cast, vote, "office", "open")
    with pytest.raises(Refused, match="不足法定人数"):
        take(cast, sitting, "office", "resume")
    sittings.arrive(cast, sitting, "chen")
    take(cast, sitting, "office", "resume")
    take(cast, vote, "office", "open")
    roll = RollEntry.objects.filter(ballot=latest_ballot(vote.pk)).values_list("voter", flat=True)
    assert set(roll) == present(cast, "chen", "lin", "zhou")
    made = Act.objects.get(matter=sitting, step="resume")
    assert (made.data["base"], made.data["present"]) == (4, 3)


def test_j01_2_a_vote_is_not_opened_on_the_second_day_of_a_sitting_that_nobody_suspended(
    cast: Cast, wall: Wall
) -> None:
    """ORG-14: whoever forgot to suspend it does so in the morning; until then nobody is there, votes or has the floor."""
    sitting = held(cast, "chen", "lin", "ouyang")
    vote = put_to_vote(cast, sitting)
    wall.pass_days(1)
    assert not quorum(sitting).met
    with pytest.raises(Refused, match="在场 0 人"):
        take(cast, vote, "office", "open")
    with pytest.raises((Refused, Incomplete)):
        docket.open_matter("speech", "ask_floor", by=cast["chen"], data={"who": str(place(cast, sitting, "chen").pk)})
    overnight(cast, wall, sitting, "chen", "lin", "ouyang", days=0)
    take(cast, sitting, "office", "resume")
    take(cast, vote, "office", "open")


def test_j01_2_resumed_on_the_same_day_everybody_is_where_she_was(cast: Cast) -> None:
    """ORG-33: after a rest of an hour nobody signs in again, and no other sign-in can be begun."""
    sitting = held(cast, "chen", "lin", "ouyang")
    take(cast, sitting, "office", "suspend")
    with pytest.raises(Refused, match="今天的签到已经开始"):
        take(cast, sitting, "office", "begin_day")
    assert "begin_day" not in {
        offer.step.key for offer in docket.offers(Situation(Matter.objects.get(pk=sitting.pk), cast["office"]))
    }
    take(cast, sitting, "office", "resume")
    assert set(present_voters(sitting)) == present(cast, "chen", "lin", "ouyang")


def test_j01_2_what_never_got_a_quorum_on_its_first_day_goes_on_on_the_second(cast: Cast, wall: Wall) -> None:
    """ORG-14: sign-in begins anew, and the sitting opens."""
    sittings.committee(cast, FOUR)
    sitting = sittings.called(cast, ends_on=sittings.today(1))
    take(cast, sitting, "office", "begin_sign_in")
    sittings.arrive(cast, sitting, "chen", "lin")
    wall.pass_days(1)
    with pytest.raises(Refused, match="今天还没有开始签到"):
        take(cast, sitting, "office", "open")
    take(cast, sitting, "office", "begin_day")
    sittings.arrive(cast, sitting, "chen", "lin", "ouyang")
    take(cast, sitting, "office", "open")


def test_j08_two_thirds_of_all_deputies_are_there_on_every_day(cast: Cast, wall: Wall) -> None:
    """ORG-02, 地方组织法第十四条: a plenary meeting of two days, planned within the session only."""
    since = timezone.localdate()
    Session.objects.create(term=Term.objects.get(), number=6, since=since, until=since + timedelta(days=1))
    given = {"body": "congress", "held_on": sittings.today(), "place": "大礼堂"}
    with pytest.raises(Incomplete, match="不在大会会期内"):
        docket.open_matter("sitting", "plan", by=cast["office"], data={**given, "ends_on": sittings.today(2)})
    sitting = docket.open_matter(
        "sitting", "plan", by=cast["office"], data={**given, "ends_on": sittings.today(1)}
    ).matter
    sittings.item(cast, sitting, "听取政府工作报告")
    take(cast, sitting, "office", "fix_agenda", {"words": "预备会议通过"})
    take(cast, sitting, "office", "notify", {"short_notice": "会期内"})
    take(cast, sitting, "office", "begin_sign_in")
    sittings.arrive(cast, sitting, *FOUR)
    take(cast, sitting, "office", "open")
    overnight(cast, wall, sitting, "chen", "lin")
    with pytest.raises(Refused, match="应到 4 人，在场 2 人，须达到 2/3"):
        take(cast, sitting, "office", "resume")
    sittings.arrive(cast, sitting, "zhou")
    take(cast, sitting, "office", "resume")
    with pytest.raises(Incomplete, match="不在大会会期内"):
        take(cast, sitting, "office", "extend", {"ends_on": sittings.today(1), "reason": "议程没有完成"})


@few_examples()
@given(nights=st.lists(st.lists(st.sampled_from(FOUR), max_size=7), min_size=2, max_size=4))
def test_j01_2_in_any_order_of_arrivals_departures_and_nights(cast: Cast, wall: Wall, nights: list[list[str]]) -> None:
    """ORG-14: whoever signed in today and did not leave is there, and nobody else; it goes on, and a vote is opened, only with a quorum of today."""
    sitting = held(cast, *FOUR, days=len(nights) + 1)
    vote = put_to_vote(cast, sitting)
    take(cast, sitting, "office", "suspend")
    for moves in nights:
        wall.pass_days(1)
        assert present_voters(sitting) == []
        take(cast, sitting, "office", "begin_day")
        there: set[str] = set()
        came: set[str] = set()
        for who in moves:
            step = "leave_hall" if who in there else "return" if who in came else "sign_in"
            take(cast, place(cast, sitting, who), "office", step)
            there, came = there ^ {who}, came | {who}
            assert set(present_voters(sitting)) == present(cast, *there)
        assert quorum(sitting).met == (len(there) * 2 > len(FOUR))
        if not quorum(sitting).met:
            for matter, step in ((sitting, "resume"), (vote, "open")):
                with pytest.raises(Refused, match="不足法定人数"):
                    take(cast, matter, "office", step)
            continue
        take(cast, sitting, "office", "resume")
        take(cast, vote, "office", "open")
        roll = RollEntry.objects.filter(ballot=latest_ballot(vote.pk)).values_list("voter", flat=True)
        assert set(roll) == present(cast, *there)
        take(cast, vote, "office", "close")
        vote = put_to_vote(cast, sitting)
        take(cast, sitting, "office", "suspend")


def test_j01_3_a_confidential_paper_is_not_read_overnight(cast: Cast, wall: Wall) -> None:
    """J01 (3): it is for those who are in the hall; whoever was there the day before is not."""
    sitting = held(cast, "chen", "lin", "ouyang")
    file = sittings.uploaded(sitting)
    given = {"paper": "", "title": "清单", "item": "", "file": str(file.pk), "confidential": "on"}
    take(cast, sitting, "office", "register_paper", given)
    paper = Paper.objects.get(matter=sitting)
    assert may_read(paper, Matter.objects.get(pk=sitting.pk), True, cast["chen"]) == ""
    take(cast, sitting, "office", "suspend")
    wall.pass_days(1)
    assert "在场人员" in may_read(paper, Matter.objects.get(pk=sitting.pk), True, cast["chen"])


# How long it lasts


def test_j01_it_does_not_go_on_beyond_its_last_day_without_being_extended(cast: Cast, wall: Wall) -> None:
    """J01: the refusal says so; the new last day is offered, has a reason, and everybody is told."""
    sitting = held(cast, "chen", "lin", "ouyang", days=1)
    take(cast, sitting, "office", "suspend")
    wall.pass_days(1)
    with pytest.raises(Refused, match="会议定于2026年3月2日结束。继续开会的，请先点“延长会期”"):
        take(cast, sitting, "office", "begin_day")
    assert "请先点“延长会期”" in text(seat(cast, "office").get(f"/hall/{sitting.pk}/"))
    form = sitting.table.step("extend").records(situation=Situation(Matter.objects.get(pk=sitting.pk), cast["office"]))
    assert form.initial["ends_on"] == TUESDAY
    for wrong in ({"ends_on": "2026-03-02", "reason": "议程没有完成"}, {"ends_on": "2026-03-03"}):
        with pytest.raises(Incomplete):
            take(cast, sitting, "office", "extend", wrong)
    take(cast, sitting, "office", "extend", {"ends_on": "2026-03-03", "reason": "议程没有完成"})
    assert Matter.objects.get(pk=sitting.pk).title == "常委会会议（2026年3月2日至3日，常委会会议厅）"
    assert Act.objects.filter(step="longer", matter__parent=sitting).count() == 4
    take(cast, sitting, "office", "begin_day")
    sittings.arrive(cast, sitting, "chen", "lin", "ouyang")
    take(cast, sitting, "office", "resume")


def test_j01_one_that_ends_early_has_the_days_on_which_it_sat(cast: Cast, wall: Wall) -> None:
    """J01 (5): days that were left over are none of it, and nobody missed them."""
    sitting = held(cast, "chen", "lin", "ouyang", days=4)
    overnight(cast, wall, sitting, "chen", "lin", "ouyang")
    take(cast, sitting, "office", "resume")
    closed(cast, sitting)
    assert Activity.objects.get(matter=sitting).ends_on == TUESDAY
    assert row(cast, sitting, "chen").missed == 0
    short = held(cast, "chen", "lin", "ouyang", days=3)
    closed(cast, short)
    assert Activity.objects.get(matter=short).ends_on is None
    assert row(cast, short, "zhou").missed == 1


# What is kept of it


def test_j04_2_one_sitting_attended_is_one_attendance_and_a_half_attended_one_is_shown_as_such(
    cast: Cast, wall: Wall
) -> None:
    """J04 (2), (3), ORG-33: who was there on which day is kept; figures and the duty file count the sitting once."""
    sittings.committee(cast, FOUR)
    sitting = held(cast, "chen", "lin", "ouyang")
    take(cast, sitting, "office", "suspend")
    wall.pass_days(1)
    take(cast, sitting, "office", "extend", {"ends_on": sittings.today(1), "reason": "议程没有完成"})
    for there in (("chen", "lin", "ouyang"), ("chen", "lin", "zhou")):
        take(cast, sitting, "office", "begin_day")
        sittings.arrive(cast, sitting, *there)
        take(cast, sitting, "office", "resume")
        if "zhou" not in there:
            take(cast, sitting, "office", "suspend")
            wall.pass_days(1)
    closed(cast, sitting)
    assert {who: (place(cast, sitting, who).state, row(cast, sitting, who).missed) for who in FOUR} == {
        "chen": ("attended", 0), "lin": ("attended", 0), "ouyang": ("attended", 1), "zhou": ("attended", 2),
    }  # fmt: skip
    rate = read(figure("committee_attendance"), YEAR)
    assert (rate.part, rate.whole) == (4, 4)
    assert read(figure("committee_absent"), YEAR).part == 0
    assert read(figure("committee_sittings"), YEAR).part == 1
    for who in FOUR:
        found = [entry for entry in volume(cast.mandates[who], 2026).entries if entry.what == "出席会议"]
        assert [entry.day for entry in found] == [MONDAY]
    assert row(cast, sitting, "zhou").days == "3月2日缺席、3月3日缺席、3月4日到会"
    page = text(seat(cast, "leader").get("/hall/attendance/"))
    assert "其中部分缺席" in page
    assert "缺席 2 天" in page
    own = text(seat(cast, "office").get(f"/hall/{sitting.pk}/"))
    assert "部分缺席：2 天" in own
    assert "3月2日到会、3月3日到会、3月4日缺席" in own


def test_j01_4_the_minutes_say_of_each_day_how_many_were_there(cast: Cast, wall: Wall) -> None:
    """J01 (4), ORG-34: the quorum of each day, and who was there on some of them only."""
    sitting = held(cast, "chen", "lin", "ouyang")
    take(cast, place(cast, sitting, "ouyang"), "ouyang", "ask_day", {"day": "2026-03-03", "reason": "出差"})
    take(cast, place(cast, sitting, "ouyang"), "leader", "grant_day")
    overnight(cast, wall, sitting, "chen", "lin", "zhou")
    take(cast, sitting, "office", "resume")
    closed(cast, sitting)
    words = minutes.draft(Matter.objects.get(pk=sitting.pk))
    for expected in ("时间：2026年3月2日至3日9:00", "3月2日应到4人，开会时在场3人，符合法定人数。",
                     "3月3日应到4人，开会时在场3人，符合法定人数。", "（4人）", "其中部分日期请假：欧阳玥（3月3日）",
                     f"其中部分日期缺席：{cast['zhou'].name}（3月2日）"):  # fmt: skip
        assert expected in words
    assert Item.objects.get(matter=sitting).decided_on == TUESDAY


def test_j04_2_leave_may_be_for_one_day_or_for_all(cast: Cast, wall: Wall) -> None:
    """J04 (2), REP-13, ORG-33: of one day the others are attended or missed; what was asked and not answered outlasts a sign-in."""
    sittings.committee(cast, FOUR)
    sitting = sittings.called(cast, ends_on=sittings.today(2))
    for who, day in (("lin", ""), ("ouyang", "2026-03-04"), ("zhou", "2026-03-03")):
        take(cast, place(cast, sitting, who), who, "ask_leave", {"day": day, "reason": "住院治疗"})
    for who in ("lin", "zhou"):
        take(cast, place(cast, sitting, who), "leader", "grant_leave")
    take(cast, sitting, "office", "begin_sign_in")
    sittings.arrive(cast, sitting, "chen", "ouyang")
    assert row(cast, sitting, "ouyang").leave_on == date(2026, 3, 4)
    with pytest.raises(Refused, match="还在等待批准"):
        take(cast, place(cast, sitting, "ouyang"), "ouyang", "ask_day", {"day": "2026-03-03", "reason": "出差"})
    assert "请假 2026年3月4日，待批准" in text(seat(cast, "office").get(f"/hall/{sitting.pk}/"))
    take(cast, place(cast, sitting, "ouyang"), "leader", "grant_day")
    with pytest.raises(Refused, match="没有等待批准"):
        take(cast, place(cast, sitting, "ouyang"), "leader", "refuse_day", {"reason": "不准"})
    for there in (("chen",), ("chen",)):
        wall.pass_days(1)
        take(cast, sitting, "office", "begin_day")
        sittings.arrive(cast, sitting, *there)
    take(cast, sitting, "office", "cancel", {"reason": "人数不足"})
    assert [row(cast, sitting, who).days for who in ("lin", "ouyang", "zhou")] == [
        "3月2日请假、3月3日请假、3月4日请假", "3月2日到会、3月3日缺席、3月4日请假", "3月2日缺席、3月3日请假、3月4日缺席",
    ]  # fmt: skip


def test_j04_2_leave_for_one_day_is_of_a_day_that_has_not_begun(cast: Cast, wall: Wall) -> None:
    """ORG-33: before the sitting of several days for all or any of them, in the middle for those to come; of one day for all of it."""
    single = sittings.called(cast)
    take(cast, place(cast, single, "lin"), "lin", "ask_leave", {"day": "2026-03-03", "reason": "出差"})
    assert row(cast, single, "lin").leave_on is None
    sitting = held(cast, "chen", "lin", "ouyang", days=3)
    with pytest.raises(Incomplete):
        take(cast, place(cast, sitting, "lin"), "lin", "ask_day", {"day": "2026-03-02", "reason": "出差"})
    with pytest.raises(Incomplete):
        take(cast, place(cast, sitting, "zhou"), "zhou", "ask_leave", {"reason": "出差"})
    take(cast, place(cast, sitting, "zhou"), "zhou", "ask_leave", {"day": "2026-03-03", "reason": "出差"})
    take(cast, place(cast, sitting, "zhou"), "office", "grant_leave")
    for _night in range(2):
        overnight(cast, wall, sitting, "chen", "lin", "ouyang")
        take(cast, sitting, "office", "resume")
    with pytest.raises((Refused, Incomplete)):
        take(cast, place(cast, sitting, "lin"), "lin", "ask_day", {"day": "2026-03-04", "reason": "出差"})
    closed(cast, sitting)
    assert (place(cast, sitting, "zhou").state, row(cast, sitting, "zhou").missed) == ("excused", 2)
    assert read(figure("committee_excused"), YEAR).part == 1
    assert "缺席 2 天" in text(seat(cast, "leader").get("/hall/attendance/"))


def test_j04_2_a_day_entered_as_missed_by_mistake_is_corrected(cast: Cast, wall: Wall) -> None:
    """J04 (2): one of the days or all of them, with a reason; where nothing was missed there is nothing to correct."""
    sitting = held(cast, "chen", "lin", "ouyang", days=3)
    for _night in range(2):
        overnight(cast, wall, sitting, "chen", "lin", "ouyang")
        take(cast, sitting, "office", "resume")
    closed(cast, sitting)
    assert (place(cast, sitting, "zhou").state, row(cast, sitting, "zhou").missed) == ("absent", 3)
    take(cast, place(cast, sitting, "zhou"), "office", "correct", {"day": "2026-03-03", "reason": "漏签。"})
    assert row(cast, sitting, "zhou").days == "3月2日缺席、3月3日到会、3月4日缺席"
    assert (place(cast, sitting, "zhou").state, row(cast, sitting, "zhou").missed) == ("attended", 2)
    take(cast, place(cast, sitting, "zhou"), "office", "correct", {"reason": "漏签。"})
    assert row(cast, sitting, "zhou").missed == 0
    with pytest.raises(Refused, match="没有缺席的记录"):
        take(cast, place(cast, sitting, "chen"), "office", "correct", {"reason": "漏签。"})


def test_j04_2_whoever_was_invited_on_the_second_day_missed_nothing_on_the_first(cast: Cast, wall: Wall) -> None:
    """J05: one is expected from the day on which one was called."""
    sitting = held(cast, "chen", "lin", "ouyang", members=("chen", "lin", "ouyang"))
    overnight(cast, wall, sitting, "chen", "lin", "ouyang")
    take(cast, sitting, "office", "resume")
    take(cast, sitting, "office", "invite", {"deputies": [cast.mandates["zhou"].pk]})
    sittings.arrive(cast, sitting, "zhou")
    closed(cast, sitting)
    assert (row(cast, sitting, "zhou").missed, row(cast, sitting, "zhou").days) == (0, "3月3日到会")


def test_j03_counts_of_a_decision_are_of_the_day_on_which_it_was_voted_on(cast: Cast, wall: Wall) -> None:
    """J03 (2): who came on another day of the sitting is no part of them."""
    sitting = held(cast, *FOUR)
    draft = sittings.resolution(cast, Item.objects.get(matter=sitting))
    overnight(cast, wall, sitting, "chen", "lin", "ouyang")
    take(cast, sitting, "office", "resume")
    take(cast, draft, "office", "tally", {"approve": 3, "against": 0, "abstain": 0})
    made = Act.objects.get(matter=draft, step="tally")
    assert (made.data["base"], made.data["present"]) == (4, 3)


def test_a_member_finds_it_at_home_on_its_second_day(cast: Cast, wall: Wall) -> None:
    """J04: what she signs in to is among her sittings as long as it lasts, and her own page asks for the code of the day."""
    sitting = held(cast, "chen", "lin", "ouyang")
    take(cast, sitting, "office", "suspend")
    wall.pass_days(1)
    take(cast, sitting, "office", "begin_day")
    assert sitting.number in text(seat(cast, "chen").get("/"))
    page = text(seat(cast, "chen").get(f"/hall/{sitting.pk}/"))
    assert "待今日签到" in page
    assert "当日签到码" in page
    rows = [str(place(cast, sitting, who).pk) for who in FOUR]
    answer = seat(cast, "office").post(f"/hall/{sitting.pk}/sign-in/", {"row": rows}, follow=True)
    assert "已为4人签到。" in text(answer)


def test_a_page_that_is_open_in_the_morning_asks_for_the_new_code_by_itself(cast: Cast, wall: Wall) -> None:
    """ORG-33: also that of a member who was not there the day before, whose place and sitting stay in the same state."""
    sitting = held(cast, "chen", "lin", "ouyang")
    take(cast, sitting, "office", "suspend")
    wall.pass_days(1)
    zhou = seat(cast, "zhou")
    mark = re.search(r"live/\?mark=([^\"]+)", text(zhou.get(f"/hall/{sitting.pk}/")))
    assert mark is not None
    address = f"/hall/{sitting.pk}/live/?mark={mark[1]}"
    assert "HX-Refresh" not in zhou.get(address).headers
    take(cast, sitting, "office", "begin_day")
    assert zhou.get(address).headers["HX-Refresh"] == "true"


def test_the_wall_shows_the_code_of_its_own_day_only(cast: Cast, wall: Wall, client: Client) -> None:
    """ORG-33: overnight the old one is gone from the screen."""
    sitting = held(cast, "chen", "lin", "ouyang")
    take(cast, sitting, "office", "suspend")
    screen = f"/c/{cast.congress.division_code}/wall/{Sitting.objects.get(matter=sitting).wall}/"
    assert sittings.code(sitting) in client.get(screen).content.decode()
    wall.pass_days(1)
    shown = client.get(screen).content.decode()
    assert sittings.code(sitting) not in shown
    assert "今天还没有开始签到" in shown
    take(cast, sitting, "office", "begin_day")
    assert f"签到码 {sittings.code(sitting)}" in client.get(screen).content.decode()


def test_its_page_asks_no_more_the_more_people_there_are(
    cast: Cast, wall: Wall, django_assert_max_num_queries: Any
) -> None:
    """The days of all places are asked together."""
    for number in range(12):
        sittings.deputy(cast, f"d{number}", f"代表{number}")
    everybody = (*FOUR, *(f"d{number}" for number in range(12)))
    sitting = held(cast, *everybody, members=everybody)
    overnight(cast, wall, sitting, *everybody)
    office = seat(cast, "office")
    office.get(f"/hall/{sitting.pk}/")
    with django_assert_max_num_queries(45):
        page = text(office.get(f"/hall/{sitting.pk}/"))
    assert page.count("3月2日到会") == 16
