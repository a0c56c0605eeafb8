"""J01 常委会会议: ordinals, quorum, agenda, minutes, and the counter of the year."""

from __future__ import annotations

import io
from datetime import date, timedelta
from random import Random

import pytest
from django.conf import settings
from django.utils import timezone
from docx import Document

from openrenda import docket
from openrenda.activities.hall import Attendance, Paper, Sitting
from openrenda.activities.motion import waiting_for_a_vote
from openrenda.activities.quorum import present_voters, quorum
from openrenda.activities.record import Item
from openrenda.activities.sitting.closing import changed_since
from openrenda.docket.models import Act, Matter, RunningClock
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.docket.situation import Situation
from openrenda.figures import evidence, in_year, read
from openrenda.figures.registry import figure
from openrenda.web.tests.stage import address, seat, text
from tests import sittings
from tests.cast import Cast
from tests.sittings import take

from . import appointing
from .conftest import Wall


@pytest.fixture(autouse=True)
def _day(wall: Wall) -> None:
    """A Monday in March 2026."""


def hall(sitting: Matter, rest: str = "") -> str:
    """The sitting's own page."""
    return f"/hall/{sitting.pk}/{rest}"


def test_1_an_ordinal_within_the_term_is_given_by_itself_and_never_reused(cast: Cast) -> None:
    """Must (1): with the notice; a sitting that was cancelled keeps its number, and one that was only planned has none."""
    plan = sittings.planned(cast, 9)
    assert plan.number == ""
    first, second = sittings.called(cast), sittings.called(cast, days=9)
    assert [first.number, second.number] == ["第五届人大常委会第一次会议", "第五届人大常委会第二次会议"]
    take(cast, second, "office", "cancel", {"reason": "并入下次"})
    third = sittings.called(cast)
    assert third.number == "第五届人大常委会第三次会议"
    assert Sitting.objects.get(matter=third).ordinal == 3
    assert Matter.objects.get(pk=second.pk).number == "第五届人大常委会第二次会议"


def test_1_what_was_held_before_the_software_counts(cast: Cast) -> None:
    """Must (1): a congress that begins in the middle of its term goes on with its own number."""
    sittings.set_option(cast, "option.sittings_before", [{"term": 5, "number": 22}])
    assert sittings.called(cast).number == "第五届人大常委会第二十三次会议"


def test_2_it_cannot_be_opened_without_a_quorum_on_the_base_of_all_members(cast: Cast) -> None:
    """Must (2), trap 4 (地方组织法第五十一条): more than half of all four members, not of those who were told; exactly half is not enough."""
    sittings.committee(cast, ("chen", "lin", "ouyang", "zhou"))
    sitting = sittings.called(cast)
    take(cast, sitting, "office", "begin_sign_in")
    sittings.arrive(cast, sitting, "chen", "lin")
    there = quorum(sitting)
    assert (there.base, there.present, there.met, there.rule_id) == (4, 2, False, "ORG-14.quorum")
    with pytest.raises(Refused, match="应到 4 人，在场 2 人，须超过 1/2"):
        take(cast, sitting, "office", "open")
    sittings.arrive(cast, sitting, "ouyang")
    assert set(present_voters(sitting)) == {cast.mandates[who].pk for who in ("chen", "lin", "ouyang")}
    take(cast, sitting, "office", "open")
    made = Act.objects.get(matter=sitting, step="open")
    assert (made.data["base"], made.data["present"]) == (4, 3)
    assert "应到 4 人，在场 3 人，符合法定人数" in text(seat(cast, "chen").get(hall(sitting)))


def test_2_a_quorum_lost_in_the_middle_must_be_there_again(cast: Cast) -> None:
    """Must (2): after a recess the sitting goes on only with a quorum; without one it ends and what is left is put off."""
    sitting = sittings.opened(cast, "审议议题")
    take(cast, sitting, "office", "suspend")
    take(cast, sittings.place(sitting, cast["lin"].name), "lin", "leave_hall")
    with pytest.raises(Refused, match="不足法定人数"):
        take(cast, sitting, "office", "resume")
    take(cast, sittings.place(sitting, cast["lin"].name), "lin", "return")
    take(cast, sitting, "office", "resume")
    take(cast, sitting, "office", "suspend")
    take(cast, sitting, "office", "adjourn")
    assert Item.objects.get(matter=sitting).outcome == "put_off"
    assert sittings.place(sitting, cast["chen"].name).state == "attended"


def test_2_in_any_order_of_arrivals_and_departures_it_goes_on_only_with_a_quorum(cast: Cast) -> None:
    """Must (2): whatever members do, the quorum is who is in the hall of all members, and a recess ends only when it is met."""
    everybody = ("chen", "lin", "ouyang", "zhou")
    sittings.committee(cast, everybody)
    sitting = sittings.opened(cast, "审议议题", there=("chen", "lin", "ouyang"))
    take(cast, sitting, "office", "suspend")
    chance, there, late = Random(7), {"chen", "lin", "ouyang"}, {"zhou"}
    for _step in range(24):
        who = chance.choice(everybody)
        step = "leave_hall" if who in there else "sign_in" if who in late else "return"
        take(cast, sittings.place(sitting, cast[who].name), "office", step)
        there ^= {who}
        late.discard(who)
        assert set(present_voters(sitting)) == {cast.mandates[name].pk for name in there}
        assert quorum(sitting).met == (len(there) * 2 > len(everybody))
        if quorum(sitting).met:
            take(cast, sitting, "office", "resume")
            take(cast, sitting, "office", "suspend")
        else:
            with pytest.raises(Refused, match="不足法定人数"):
                take(cast, sitting, "office", "resume")


def test_2_who_sits_in_is_no_part_of_the_quorum(cast: Cast) -> None:
    """Must (2), ORG-31: deputies who sit in have the floor and no vote."""
    sitting = sittings.called(cast)
    take(cast, sitting, "office", "invite", {"deputies": [cast.mandates["zhou"].pk]})
    take(cast, sitting, "office", "begin_sign_in")
    sittings.arrive(cast, sitting, "chen", "zhou")
    there = quorum(sitting)
    assert (there.base, there.present, there.met) == (3, 1, False)


def test_3_each_item_has_documents_time_and_result(cast: Cast) -> None:
    """Must (3): the tree is numbered by itself; an item leaves with a result once, and the sitting does not end before all have one."""
    sitting = sittings.called(cast, "听取专项工作报告", "其他议题")
    first = Item.objects.get(matter=sitting, position=1)
    sittings.item(cast, sitting, "分项", under=str(first.pk))
    file = sittings.uploaded(sitting)
    take(
        cast,
        sitting,
        "office",
        "register_paper",
        {"paper": "", "title": "报告全文", "item": str(first.pk), "file": str(file.pk)},
    )
    take(cast, sitting, "office", "send_papers")
    take(cast, sitting, "office", "begin_sign_in")
    sittings.arrive(cast, sitting, "chen", "lin")
    take(cast, sitting, "office", "open")
    take(cast, sitting, "office", "take_up", {"item": str(first.pk)})
    with pytest.raises(Refused, match="3项还没有登记结果"):
        take(cast, sitting, "office", "close")
    with pytest.raises(Incomplete, match="写明理由"):
        take(cast, sitting, "office", "result", {"item": str(first.pk), "outcome": "withdrawn"})
    sittings.settle(cast, sitting)
    first.refresh_from_db()
    assert first.began_at is not None
    assert first.ended_at is not None
    assert first.outcome == "heard"
    page = text(seat(cast, "chen").get(hall(sitting)))
    for words in ("一、听取专项工作报告", "（一）分项", "二、其他议题", "报告全文"):
        assert words in page
    with pytest.raises(Incomplete):
        take(cast, sitting, "office", "result", {"item": str(first.pk), "outcome": "passed"})


def test_4_minutes_tallies_and_decisions_come_from_the_same_records(cast: Cast) -> None:
    """Must (4), ORG-34: the draft names who was there, what was said and confirmed, and what was decided; a second person approves it."""
    sitting = sittings.opened(cast, "审议养犬管理决定草案", there=("chen", "lin"))
    item = Item.objects.get(matter=sitting)
    sittings.speak(cast, sitting, "chen", "同意草案，建议加强登记。", item)
    draft = sittings.resolution(cast, item)
    take(cast, draft, "office", "tally", {"approve": 2, "against": 0, "abstain": 0})
    sittings.settle(cast, sitting, "passed")
    take(cast, sitting, "office", "close")
    with pytest.raises(Refused, match="还没有会议记录"):
        take(cast, sitting, "leader", "approve_minutes")
    proposed = sitting.table.step("draft_minutes").records(
        situation=Situation(Matter.objects.get(pk=sitting.pk), cast["office"])
    )
    words = proposed.initial["minutes"]
    for expected in ("出席：陈一鸣、林翀（2人）", "缺席：欧阳玥（1人）", "应到3人，开会时在场2人", "陈一鸣发言：同意草案，建议加强登记。",
                     "应到 3，实到 2，赞成 2，反对 0，弃权 0", "结果：通过"):  # fmt: skip
        assert expected in words
    take(cast, sitting, "office", "draft_minutes", {"minutes": words})
    take(cast, sitting, "leader", "approve_minutes")
    file = seat(cast, "office").get(hall(sitting, "minutes.docx"))
    document = Document(io.BytesIO(file.content))
    assert any("同意草案，建议加强登记。" in paragraph.text for paragraph in document.paragraphs)
    assert seat(cast, "zhou").get(hall(sitting, "minutes.docx")).status_code == 404


def test_4_the_archive_holds_digests_of_all_its_files(cast: Cast) -> None:
    """Must (4), fixity: what changes afterwards is found, file by file."""
    sitting = sittings.called(cast)
    file = sittings.uploaded(sitting)
    take(cast, sitting, "office", "register_paper", {"paper": "", "title": "报告", "item": "", "file": str(file.pk)})
    take(cast, sitting, "office", "begin_sign_in")
    sittings.arrive(cast, sitting, "chen", "lin")
    take(cast, sitting, "office", "open")
    sittings.settle(cast, sitting)
    take(cast, sitting, "office", "close")
    take(cast, sitting, "office", "draft_minutes", {"minutes": "会议记录。"})
    take(cast, sitting, "leader", "approve_minutes")
    take(cast, sitting, "office", "archive")
    row, filed = Sitting.objects.get(matter=sitting), Act.objects.get(matter=sitting, step="archive")
    assert {entry["name"] for entry in filed.data["files"]} == {"会议记录", "材料.txt"}
    assert changed_since(row, filed.data["files"]) == []
    assert "全部文件与归档时一致" in text(seat(cast, "office").get(hall(sitting, "fixity/"), follow=True))
    (settings.FILES_ROOT / file.path).write_text("改过的全文", encoding="utf-8")
    assert changed_since(row, filed.data["files"]) == ["材料.txt"]
    assert "与归档时不一致：材料.txt" in text(seat(cast, "office").get(hall(sitting, "fixity/"), follow=True))


def test_5_the_counter_of_the_year_is_what_was_held_and_each_one_opens(cast: Cast) -> None:
    """Must (5): hongshan-2023-002 counts 9; one that was only called, one cancelled, and a delegation's meeting are none."""
    held = [sittings.closed(cast), sittings.closed(cast)]
    sittings.called(cast, days=9)
    take(cast, sittings.called(cast, days=9), "office", "cancel", {"reason": "并入下次"})
    year = in_year(2026, date(2026, 12, 31))
    assert read(figure("committee_sittings"), year).part == 2
    listed = {row.matter_id for row in evidence(figure("committee_sittings"), year, "part")}
    assert listed == {matter.pk for matter in held}
    for matter in held:
        assert seat(cast, "leader").get(address(matter)).status_code == 200
        assert seat(cast, "leader").get(hall(matter)).status_code == 200


def test_notice_in_time_or_with_a_reason(cast: Cast) -> None:
    """ORG-26: seven days before; later only with the reason for calling it at short notice."""
    sitting = sittings.planned(cast, 6)
    sittings.item(cast, sitting, "审议议题")
    with pytest.raises(Incomplete, match="7日前"):
        take(cast, sitting, "office", "notify")
    ahead = sittings.planned(cast, 7)
    take(cast, ahead, "office", "notify")
    clock = RunningClock.objects.get(matter=ahead, key="papers")
    assert clock.due_on == timezone.localdate() + timedelta(days=2)


def test_papers_of_a_report_are_due_20_and_10_days_before(cast: Cast) -> None:
    """监督法第十五条 (SUP-05): shown with their days, recounted when the sitting moves, chased at the organ, and received once."""
    sitting = sittings.planned(cast, 30)
    day = timezone.localdate() + timedelta(days=30)
    sittings.item(cast, sitting, "住建工作报告", kind="report", organ=cast.organs["roads"].pk)
    due = {row.kind: row.due_on for row in Paper.objects.filter(matter=sitting)}
    assert due == {"draft": day - timedelta(days=20), "final": day - timedelta(days=10)}
    take(
        cast,
        sitting,
        "office",
        "change",
        {"body": "standing_committee", "held_on": sittings.today(40), "place": "会议厅"},
    )
    assert Paper.objects.get(matter=sitting, kind="draft").due_on == day - timedelta(days=10)
    take(cast, sitting, "office", "chase")
    assert docket.visible(cast["roads_clerk"]).filter(pk=sitting.pk).exists()
    assert "住建工作报告（报告征求意见稿）" in text(seat(cast, "office").get(hall(sitting)))


def test_movers_of_a_bill_and_how_many_must_sign(cast: Cast) -> None:
    """地方组织法第五十二条 (ORG-15): three members in a county; courts and procuratorates are not among the movers (trap 9)."""
    sitting = sittings.planned(cast)
    two, three = ([str(cast.mandates[who].pk) for who in sittings.MEMBERS[:number]] for number in (2, 3))
    bill = {"kind": "bill", "title": "关于某事的议案", "mover": "jointly"}
    with pytest.raises(Incomplete, match="联名的有2人，须3人以上"):
        take(cast, sitting, "office", "add_item", {**bill, "movers": two})
    with pytest.raises(Incomplete):
        take(cast, sitting, "office", "add_item", {**bill, "mover": "court"})
    with pytest.raises(Incomplete, match="由谁提出"):
        take(cast, sitting, "office", "add_item", {"kind": "bill", "title": "没有提案人"})
    take(cast, sitting, "office", "add_item", {**bill, "movers": three})
    item = Item.objects.get(matter=sitting)
    assert (item.movers, item.mover_name) == (3, "陈一鸣、林翀、欧阳玥")


def test_the_agenda_of_the_committee_is_fixed_by_the_council(cast: Cast) -> None:
    """地方组织法第五十四条 (ORG-17): a decision of the council of chairpersons is named, and the two lead to each other."""
    sitting = sittings.planned(cast)
    sittings.item(cast, sitting, "审议议题")
    with pytest.raises(Incomplete, match="由主任会议拟订"):
        take(cast, sitting, "office", "fix_agenda", {"words": "口头"})
    take(cast, sitting, "office", "fix_agenda", {"meeting": sittings.council_decided(cast)})
    row = Sitting.objects.select_related("agenda_by").get(matter=sitting)
    assert row.agenda_by.procedure == "chairpersons-meeting"
    assert row.agenda_by.pk in set(sitting.origins.values_list("origin", flat=True))


def test_places_of_members_are_matters_of_their_own(cast: Cast) -> None:
    """A thousand people who sign in do not meet on one row: signing in changes nothing of the sitting."""
    sitting = sittings.called(cast)
    take(cast, sitting, "office", "begin_sign_in")
    version = Matter.objects.get(pk=sitting.pk).version
    sittings.arrive(cast, sitting, *sittings.MEMBERS)
    assert Matter.objects.get(pk=sitting.pk).version == version
    assert Attendance.objects.filter(sitting=sitting, came=True).count() == 3


def test_3_an_item_names_the_matter_that_is_put_to_the_vote(cast: Cast) -> None:
    """Must (3): the vote takes its paper from that matter, which is put to the vote with it and told the verdict by itself (APP-06)."""
    sittings.committee(cast)
    appointing.people(cast)
    proposal = appointing.draft(cast)
    act = appointing.add(cast, proposal, "appoint", "judge", "林知")
    appointing.submit(cast, proposal)
    appointing.on_agenda(cast, proposal)
    assert list(waiting_for_a_vote(cast["office"])) == [proposal]
    assert list(waiting_for_a_vote(cast["roads_clerk"])) == []
    sitting = sittings.planned(cast)
    item = sittings.item(cast, sitting, "人事任免", kind="appointment", subject=proposal.pk)
    take(cast, sitting, "office", "change_item", {"item": str(item.pk), "kind": "appointment", "title": "人事任免案"})
    item.refresh_from_db()
    assert (item.title, item.subject_id, item.subject_state) == ("人事任免案", proposal.pk, "on_agenda")
    take(cast, sitting, "office", "fix_agenda", {"meeting": sittings.council_decided(cast)})
    take(cast, sitting, "office", "notify", {"short_notice": "有急需任命的人员"})
    take(cast, sitting, "office", "begin_sign_in")
    sittings.arrive(cast, sitting, "chen", "lin")
    take(cast, sitting, "office", "open")
    take(
        cast,
        sitting,
        "office",
        "put_to_vote",
        {"item": str(item.pk), "title": "人事任免案", "kind": "question", "way": "secret"},
    )
    vote = Matter.objects.get(procedure="vote")
    assert [option["subject"] for option in vote.vote.get().options] == [str(act.pk)]
    assert {Matter.objects.get(pk=row.pk).state for row in (proposal, act)} == {"awaiting"}
