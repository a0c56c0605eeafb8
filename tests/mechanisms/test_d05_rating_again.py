"""D05 满意度测评, after the vote: each report has its own result, and a "not satisfied" leads to a rectification, a second report by a day, and a second rating.

Grades, lines and secrecy are the vote's own (``test_votes``).
"""

from __future__ import annotations

import pytest
from django.utils import timezone

from openrenda import docket
from openrenda.activities.record import Item
from openrenda.activities.vote.records import Vote, latest_ballot
from openrenda.ballots.casting import cast_secret
from openrenda.ballots.counting import Paper
from openrenda.ballots.device import Device
from openrenda.ballots.taking import take as take_ballot
from openrenda.docket.actor import the_kin
from openrenda.docket.models import Act, Matter, RunningClock
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.figures import in_year, read
from openrenda.figures.registry import figure
from openrenda.people.models import Organ
from openrenda.procedures.rectification import Rectification
from openrenda.procedures.report_rating.records import RatedRound, ReportRating
from openrenda.web.tests.stage import seat, text
from tests import sittings
from tests.cast import BEGAN, Cast, _sit
from tests.sittings import take, today

from .conftest import Wall
from .evaluating import set_option

BENCH = ("chen", "lin", "ouyang")
SATISFIED, BASICALLY, NOT = "satisfied", "basically", "dissatisfied"
REPORTS = (("cabinet", "政府禁毒工作报告"), ("court", "法院禁毒工作报告"), ("procuratorate", "检察院禁毒工作报告"))


@pytest.fixture(autouse=True)
def _organs(cast: Cast, wall: Wall) -> None:
    sittings.committee(cast, BENCH)
    for code, name in (("court", "区人民法院"), ("procuratorate", "区人民检察院")):
        cast.organs[code] = Organ.objects.create(code=code, name=name, kind=code, since=BEGAN)
        _sit(cast, f"{code}_office", "organ_office", "organ", cast.organs[code].pk, f"{name}办公室")


def listed(cast: Cast, code: str = "court", title: str = "法院禁毒工作报告", **more: str) -> Matter:
    """A report that is to be rated today."""
    data = {
        "title": title,
        "organ": cast.organs[code].pk,
        "meeting_on": today(),
        "report": "主要做法和存在的问题。",
        **more,
    }
    return docket.open_matter("report-rating", "list", by=cast["office"], data=data).matter


def rated(cast: Cast, report: Matter, *papers: tuple[str, ...]) -> Vote:
    """A sitting puts the report to the vote with those of the same day, and everybody there grades them."""
    sitting = sittings.opened(cast, "听取报告", there=BENCH)
    take(cast, sitting, "office", "add_item", {"kind": "rating", "title": "满意度测评", "subject": str(report.pk)})
    item = Item.objects.get(matter=sitting, kind="rating")
    given = {"item": str(item.pk), "title": "满意度测评", "kind": "grades", "way": "secret"}
    take(cast, sitting, "office", "put_to_vote", given)
    vote = Vote.objects.get(sitting=sitting)
    take(cast, vote.matter, "office", "open")
    ballot = latest_ballot(vote.matter_id)
    assert ballot is not None
    for who, marks in zip(BENCH, papers, strict=True):
        device = Device.fresh(ballot.public_key)
        device.take(take_ballot(ballot, cast.mandates[who].pk, device.blinded))
        cast_secret(ballot, device.mark(str(ballot.pk), Paper(marks).text))
    take(cast, vote.matter, "office", "close")
    take(cast, vote.matter, "office", "announce")
    return vote


def told(cast: Cast, report: Matter, grade: str = NOT) -> None:
    """The result as a vote tells it."""
    data = {"grades": {grade: 3}, "verdict": grade, "base": 3, "present": 3, "sentence": "应到3，实到3"}
    docket.act(Matter.objects.get(pk=report.pk), "voted", by=the_kin(cast.congress.pk), data=data)


def state(report: Matter) -> str:
    """Where it stands."""
    return str(Matter.objects.get(pk=report.pk).state)


def row(report: Matter) -> ReportRating:
    """Its record."""
    return ReportRating.objects.get(matter=report.pk)


def put_right(cast: Cast, report: Matter, who: str = "court_office") -> None:
    """The organ rectifies and the office accepts it."""
    matter = Matter.objects.get(parent=report, procedure="rectification", closed_on=None)
    take(cast, matter, who, "report", {"done": "已经整改。", "proof": "现场核对。"})
    take(cast, matter, "office", "accept", {"checked": "属实。"})


def test_d05_1_three_reports_on_one_paper_and_each_knows_its_own_result(cast: Cast) -> None:
    """Must (1), jiangan-2025-023: government, court and procuratorate at once, each counted by itself, and its own matter told."""
    reports = [listed(cast, code, title) for code, title in REPORTS]
    given = {reports[0].title: SATISFIED, reports[1].title: BASICALLY, reports[2].title: NOT}
    paper = reports[0].report_rating.get().on_the_ballot()["matters"]
    marks = tuple(given[matter.title] for matter in paper)
    vote = rated(cast, reports[0], marks, marks, marks)
    labels = [option["label"] for option in vote.options]
    assert (labels[0], set(labels)) == (REPORTS[0][1], {title for _code, title in REPORTS})
    assert [row(report).verdict for report in reports] == [SATISFIED, BASICALLY, NOT]
    assert [row(report).unsatisfied for report in reports] == [False, False, True]
    counted = [(one["label"], one["count"]) for one in RatedRound.objects.get(matter=reports[2]).grades if one["count"]]
    assert counted == [("不满意", 3)]
    day = timezone.localdate()
    keys = ("report_ratings", "report_ratings_unsatisfied", "joint_ratings", "joint_ratings_first")
    assert [read(figure(key), in_year(day.year, day)).part for key in keys] == [3, 1, 1, 1]


def test_d05_3_a_rating_is_secret_and_nothing_with_the_report_names_a_member(cast: Cast) -> None:
    """Must (3): an open way is refused; the acts of the report carry counts alone."""
    report = listed(cast)
    sitting = sittings.opened(cast, "听取报告", there=BENCH)
    take(cast, sitting, "office", "add_item", {"kind": "rating", "title": "满意度测评", "subject": str(report.pk)})
    item = Item.objects.get(matter=sitting, kind="rating")
    with pytest.raises(Incomplete, match="采用无记名表决"):
        take(
            cast,
            sitting,
            "office",
            "put_to_vote",
            {"item": str(item.pk), "title": "测评", "kind": "grades", "way": "named"},
        )
    told(cast, report)
    act = Act.objects.get(matter=report, step="voted")
    assert act.account is None
    assert not any(cast[who].name in str(act.data) for who in BENCH)


def test_d05_5_not_satisfied_opens_a_rectification_with_a_day_and_sets_the_day_of_the_second_report(cast: Cast) -> None:
    """Must (5): both without anybody's hand; satisfied ones open nothing."""
    good, bad = listed(cast, "procuratorate", "检察院禁毒工作报告"), listed(cast)
    rated(cast, bad, (NOT, SATISFIED), (NOT, SATISFIED), (NOT, BASICALLY))
    opened = Rectification.objects.get()
    assert (opened.matter.parent_id, opened.organ_name, opened.source) == (bad.pk, "区人民法院", "report_rating")
    assert "测评结果为不满意" in opened.problem
    assert opened.due_on > timezone.localdate()
    clock = RunningClock.objects.get(matter=bad, key="again")
    assert clock.due_on == row(bad).again_on
    assert row(bad).again_on == timezone.localdate().replace(month=6)
    assert not RunningClock.objects.filter(matter=good, key="again").exists()
    assert docket.inbox(cast["court_office"]).filter(pk=opened.matter_id).exists()
    assert not docket.inbox(cast["procuratorate_office"]).exists()


def test_d05_5_it_does_not_end_before_the_second_report_and_that_waits_for_the_rectification(cast: Cast) -> None:
    """Must (5): rectified, reported again, rated again; the first result stays beside the second."""
    report = listed(cast)
    told(cast, report)
    with pytest.raises(Refused, match="再次报告，由常委会再次测评"):
        take(cast, report, "office", "settle", {"told": "已告知。"})
    with pytest.raises(Refused):
        take(cast, report, "court_office", "report_again", {"report": "整改情况。"})
    put_right(cast, report)
    assert docket.inbox(cast["court_office"]).filter(pk=report.pk).exists()
    take(cast, report, "court_office", "report_again", {"report": "整改情况和成效。"})
    take(cast, report, "office", "schedule", {"meeting_on": today()})
    rated(cast, report, (SATISFIED,), (SATISFIED,), (BASICALLY,))
    first, second = RatedRound.objects.filter(matter=report).order_by("number")
    assert (first.verdict, first.report, second.verdict, second.report) == (
        NOT,
        "主要做法和存在的问题。",
        SATISFIED,
        "整改情况和成效。",
    )
    assert Rectification.objects.count() == 1
    take(cast, report, "office", "settle", {"told": "已告知区人民法院。"})
    assert state(report) == "closed"
    page = text(seat(cast, "office").get(f"/matters/{report.pk}/"))
    assert page.index("第 2 次测评") < page.index("第 1 次测评")
    day = timezone.localdate()
    assert read(figure("report_ratings_second"), in_year(day.year, day)).part == 1


def test_d05_5_the_council_sets_another_day_and_a_late_second_report_is_late(cast: Cast, wall: Wall) -> None:
    """Must (5): a task with a date: the clock runs to the day that was decided, and past it the organ is late."""
    report = listed(cast)
    told(cast, report)
    take(cast, report, "office", "another_day", {"again_on": today(20), "reason": "主任会议决定提前报告。"})
    clock = RunningClock.objects.get(matter=report, key="again", stopped_on=None)
    assert (clock.due_on.isoformat(), row(report).again_on.isoformat()) == (today(20), today(20))
    with pytest.raises(Incomplete, match="不能早于今天"):
        take(cast, report, "office", "another_day", {"again_on": today(-1), "reason": "提前"})
    wall.pass_days(21)
    docket.run_clocks(cast.congress.pk)
    assert RunningClock.objects.filter(
        matter=report, key="again", stopped_on=None, due_on__lt=timezone.localdate()
    ).exists()


def test_d05_5_after_the_last_rating_the_committee_decides_what_follows(cast: Cast) -> None:
    """Must (5): how often is the congress's rule; the last "not satisfied" opens nothing and ends with what was decided."""
    set_option(cast, "option.rating_rounds", 1)
    report = listed(cast)
    told(cast, report)
    assert not Rectification.objects.exists()
    with pytest.raises(Refused, match="最后一次测评"):
        take(cast, report, "office", "another_day", {"again_on": today(5), "reason": "再报告。"})
    with pytest.raises(Incomplete):
        take(cast, report, "office", "settle", {"told": "已告知。"})
    take(cast, report, "office", "settle", {"told": "已告知。", "decision": "依法组织特定问题调查。"})
    assert state(report) == "closed"


def test_d05_5_a_government_that_was_not_satisfactory_rectifies_by_its_own_office(cast: Cast) -> None:
    report = listed(cast, "cabinet", "政府禁毒工作报告")
    told(cast, report)
    put_right(cast, report, "government")
    take(cast, report, "government", "report_again", {"report": "整改情况。"})
    assert state(report) == "reported"


@pytest.mark.parametrize("verdict", ["no_result", "withdrawn"])
def test_d05_a_vote_without_a_grade_for_the_report_is_held_once_more(cast: Cast, verdict: str) -> None:
    """No valid mark, or taken off the paper: that is no result, and neither told nor reported again."""
    silent = listed(cast, report="")
    take(cast, silent, "court_office", "report", {"report": "报告要点。"})
    told(cast, silent, verdict)
    with pytest.raises(Refused, match="没有得出结果"):
        take(cast, silent, "office", "settle", {"told": "已告知。"})
    take(cast, silent, "office", "relist", {"meeting_on": today()})
    told(cast, silent, BASICALLY)
    with pytest.raises(Refused, match="已经有测评结果"):
        take(cast, silent, "office", "relist", {"meeting_on": today()})
    with pytest.raises(Refused, match="不用再次报告"):
        take(cast, silent, "office", "another_day", {"again_on": today(5), "reason": "再报告。"})
    take(cast, silent, "office", "settle", {"told": "已告知。"})
    assert state(silent) == "closed"


def test_d05_4_grades_that_do_not_fit_those_present_are_refused(cast: Cast) -> None:
    """Must (4), on the side of the report: more grades than people there were not given."""
    report = listed(cast)
    data = {"grades": {NOT: 4}, "verdict": NOT, "base": 3, "present": 3, "sentence": "票数"}
    with pytest.raises(Refused, match="票数不符"):
        docket.act(report, "voted", by=the_kin(cast.congress.pk), data=data)
