"""F04 民生项目监督: milestones that mark themselves late, money that adds up, visits, acceptance and rating, and a public page without inner notes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from openrenda import docket
from openrenda.activities import duty_file
from openrenda.docket.models import Matter, RunningClock
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.figures import in_year
from openrenda.figures.language import PART
from openrenda.figures.reading import Reading, evidence, read
from openrenda.figures.registry import figure
from openrenda.procedures.livelihood_project.records import Payment
from openrenda.procedures.livelihood_voice import LivelihoodVoice, ratings
from openrenda.web import filing
from openrenda.web.portal import codes
from openrenda.web.tests.stage import seat, text
from tests.cast import Cast

from .conftest import Wall
from .livelihood import record, under_way
from .residents import send, this_year
from .stage import take

PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde\x00\x00\x00\x0cIDATx\x9cc\xf8\xcf\xc0"
    b"\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"
)


def at(project: Matter, *rest: str) -> str:
    """The public address of a project."""
    return "/c/990701/livelihood/" + "/".join((codes.code_of(project.pk), *rest)) + "/"


def today() -> str:
    """Today, as typed."""
    return timezone.localdate().isoformat()


def reached(cast: Cast, project: Matter) -> None:
    """Every milestone."""
    for row in record(project).milestones:
        if row.done_on is None:
            take(cast, project, "roads_clerk", "reach", {"milestone": row.pk, "done_on": today()})


def accepted(cast: Cast, project: Matter) -> None:
    """Done and accepted."""
    reached(cast, project)
    take(cast, project, "roads_clerk", "finish", {"done_on": today(), "text": "全部完成。"})
    take(
        cast, project, "office", "accept", {"held_on": today(), "people": "代表三人、居民二人", "conclusion": "合格。"}
    )


def paid(cast: Cast, project: Matter, yuan: str, **more: Any) -> None:
    """A payment."""
    data = {"yuan": yuan, "paid_on": today(), "source": "own", "note": "第1号凭证"}
    take(cast, project, "roads_clerk", "pay", {**data, **more})


def test_f04_1_milestones_have_planned_and_real_dates_and_a_late_one_marks_itself(
    cast: Cast, client: Client, wall: Wall
) -> None:
    """Must (1): on its day it is in time, the day after it is late; nobody marks it."""
    project = under_way(cast, wall, milestones="2026-06-30 完成招标\n2099-10-31 主体完工")[0]
    first = record(project).milestones[0]
    assert [first.is_late(day) for day in (date(2026, 6, 30), date(2026, 7, 1))] == [False, True]
    wall.pass_days((date(2026, 6, 30) - timezone.localdate()).days)
    assert this_year("livelihood_milestones_late").part == 0
    wall.pass_days(5)
    assert this_year("livelihood_milestones_late").part == 1
    assert "超期 5 天" in text(client.get(at(project)))
    take(cast, project, "roads_clerk", "reach", {"milestone": first.pk, "done_on": today()})
    row = record(project).milestones[0]
    assert (row.done_on, row.days_late(date(2030, 1, 1))) == (date(2026, 7, 5), 5)
    assert this_year("livelihood_milestones_late").part == 1
    with pytest.raises(Incomplete):
        take(cast, project, "roads_clerk", "reach", {"milestone": first.pk, "done_on": today()})


def test_f04_1_a_milestone_reached_in_time_is_not_late_and_not_ahead_of_today(cast: Cast, wall: Wall) -> None:
    """Must (1)."""
    project = under_way(cast, wall)[0]
    first = record(project).milestones[0]
    ahead = (timezone.localdate() + timedelta(days=1)).isoformat()
    with pytest.raises(Incomplete):
        take(cast, project, "roads_clerk", "reach", {"milestone": first.pk, "done_on": ahead})
    take(cast, project, "roads_clerk", "reach", {"milestone": first.pk, "done_on": today()})
    assert not record(project).milestones[0].is_late(date(2030, 1, 1))


def test_f04_2_ten_projects_add_up_to_250_million_from_rows(cast: Cast, client: Client, wall: Wall) -> None:
    """Must (2), xiangtan-2022-023: 累计投入资金 250 000 000 yuan over ten projects, each row with date and source, to the fen."""
    projects = under_way(cast, wall, 10)
    start = timezone.localdate()
    for project in projects:
        paid(cast, project, "10000000.01")
        wall.pass_days(1)
        paid(cast, project, "14999999.99", source="upper")
    assert paid_this_year().part == 250_000_000
    assert this_year_exactly() == 25_000_000_000
    assert paid_this_year().value == "250000000元"
    rows = evidence(figure("livelihood_paid"), in_year(start.year, timezone.localdate()), PART)
    assert rows.count() == 20
    assert all(row.paid_on and row.source for row in rows)
    page = text(client.get(at(projects[0])))
    assert "25,000,000.00元" in page
    assert f"自{start.year}年{start.month}月{start.day}日起累计" in page


def paid_this_year() -> Reading:
    """The money of this year; its evidence are payments, each worth what it says."""
    return read(figure("livelihood_paid"), in_year(timezone.localdate().year, timezone.localdate()))


def this_year_exactly() -> int:
    """The same sum from the rows."""
    return sum(Payment.objects.filter(struck_on=None).values_list("fen", flat=True))


def test_f04_2_what_was_entered_wrongly_is_struck_out_and_stays(cast: Cast, wall: Wall) -> None:
    """Must (2): nothing is changed or deleted; the sum follows."""
    project = under_way(cast, wall)[0]
    paid(cast, project, "100")
    paid(cast, project, "1000000")
    wrong = Payment.objects.get(fen=100_000_000)
    take(cast, project, "roads_clerk", "strike", {"payment": wrong.pk, "reason": "多写了四个零"})
    assert (record(project).paid.words, Payment.objects.count()) == ("100.00元", 2)
    assert paid_this_year().part == 100
    for bad in ({"yuan": "-1"}, {"source": "不知道"}, {"paid_on": "2099-01-01"}):
        with pytest.raises(Incomplete):
            paid(cast, project, **{"yuan": "1", **bad})


def looked(cast: Cast, project: Matter, who: str = "office", **more: Any) -> None:
    """Somebody came to look."""
    data = {
        "held_on": today(),
        "kind": "deputies",
        "deputies": [cast.mandates["chen"].pk],
        "opinion": "进度正常，注意围挡。",
    }
    take(cast, project, who, "look", {**data, **more})


def test_f04_3_visits_by_deputies_and_residents_with_photos_and_opinions_hang_on_the_project(
    cast: Cast, client: Client, wall: Wall
) -> None:
    """Must (3): a visit of deputies is in their duty files; a photograph is open only when somebody said so."""
    project = under_way(cast, wall)[0]
    matter = Matter.objects.get(pk=project.pk)
    photos = [
        filing.keep(
            SimpleUploadedFile(f"{name}.png", PIXEL + name.encode()), cast["office"], role="attachment", matter=matter
        )
        for name in ("open", "inner")
    ]
    looked(cast, project, photos=[photos[0].pk], open_photos="on")
    looked(
        cast,
        project,
        "station",
        kind="residents",
        deputies=[],
        others=6,
        opinion="希望早点完工。",
        photos=[photos[1].pk],
    )
    rows = record(project).visits
    assert sorted((row.kind, row.count, len(row.photos)) for row in rows) == [("deputies", 1, 1), ("residents", 6, 1)]
    page = text(client.get(at(project)))
    assert "希望早点完工。" in page
    for photo, status in zip(photos, (200, 404), strict=True):
        assert client.get(at(project, "files", str(photo.pk))).status_code == status
    volume = duty_file.volume(cast.mandates["chen"], timezone.localdate().year)
    assert any("视察" in entry.what for entry in volume.entries)
    assert (this_year("livelihood_visits").part, this_year("livelihood_deputy_visits").part) == (2, 1)
    with pytest.raises(Incomplete):
        looked(cast, project, deputies=[], others="")


def test_f04_3_supervising_deputies_see_it_in_their_duty_files(cast: Cast, wall: Wall) -> None:
    """Must (3): named by the congress, told of every report; a change ends the part of whoever is left out."""
    project = under_way(cast, wall)[0]
    take(cast, project, "office", "supervise", {"deputies": [cast.mandates["chen"].pk, cast.mandates["lin"].pk]})
    take(cast, project, "office", "supervise", {"deputies": [cast.mandates["lin"].pk]})
    holders = [
        party.holder for party in Matter.objects.get(pk=project.pk).parties.filter(role="supervisor", until=None)
    ]
    assert holders == [cast.mandates["lin"].pk]
    volume = duty_file.volume(cast.mandates["lin"], timezone.localdate().year)
    assert any("督察" in entry.what for entry in volume.entries)


def test_f04_3_a_resident_says_what_she_saw_from_the_portal(cast: Cast, client: Client, wall: Wall) -> None:
    """Must (3): before acceptance words without a grade; the words stay out of the ledger and off the page."""
    project = under_way(cast, wall)[0]
    assert send(client, at(project, "say"), "围挡占了人行道。").status_code == 302
    row = LivelihoodVoice.objects.get()
    assert (row.project_id, row.text, row.grade, row.matter.state) == (project.pk, "围挡占了人行道。", "", "given")
    assert "围挡占了人行道。" not in text(client.get(at(project)))
    assert "围挡" not in str(row.matter.acts.get().data)
    early = send(client, at(project, "say"), "好", key="fedcba9876543210", grade="satisfied")
    assert early.status_code == 422


def test_f04_4_done_needs_acceptance_and_a_rating_by_deputies_and_residents(
    cast: Cast, client: Client, wall: Wall
) -> None:
    """Must (4)."""
    project = under_way(cast, wall)[0]
    with pytest.raises(Refused, match="节点没有登记实际日期"):
        take(cast, project, "roads_clerk", "finish", {"done_on": today(), "text": "完成。"})
    with pytest.raises(Refused):
        take(cast, project, "office", "close")
    accepted(cast, project)
    with pytest.raises(Refused, match="代表、群众"):
        take(cast, project, "office", "close")
    rate = {"project": project.pk, "grade": "satisfied"}
    docket.open_matter("livelihood-voice", "rate", by=cast["chen"], data=rate)
    with pytest.raises(Refused, match="还没有群众的评价"):
        take(cast, project, "office", "close")
    assert send(client, at(project, "say"), "", grade="basically").status_code == 302
    take(cast, project, "office", "close")
    assert record(project).matter.state == "done"
    assert {who: dict(counts) for who, counts in ratings(project.pk).items()} == {
        "deputies": {"satisfied": 1}, "residents": {"basically": 1},
    }  # fmt: skip
    assert this_year("livelihood_done").part == 1
    assert this_year("livelihood_residents_satisfied").value == "100.00%"


def test_f04_4_counts_from_a_meeting_and_from_the_spot_serve_too(cast: Cast, wall: Wall) -> None:
    """Must (4): the year-end poll of all deputies (LIV-12), and residents asked on the spot; 0 of everything is no rating."""
    project = under_way(cast, wall)[0]
    accepted(cast, project)
    data = {
        "held_on": today(),
        "occasion": "大会",
        "satisfied": 200,
        "basically": 40,
        "dissatisfied": 3,
        "abstained": 2,
    }
    with pytest.raises(Incomplete):
        take(
            cast,
            project,
            "office",
            "count",
            {**data, "who": "deputies", "satisfied": 0, "basically": 0, "dissatisfied": 0},
        )
    for who in ("deputies", "residents"):
        take(cast, project, "office", "count", {**data, "who": who})
    take(cast, project, "office", "close")
    assert record(project).matter.state == "done"


def test_f04_4_a_deputy_rates_once_and_a_rating_set_aside_does_not_count(
    cast: Cast, client: Client, wall: Wall
) -> None:
    """Must (4): she may take hers back and rate again; a resident's that came without proof waits to be looked at."""
    project = under_way(cast, wall)[0]
    accepted(cast, project)
    rate = {"project": project.pk, "grade": "satisfied"}
    made = docket.open_matter("livelihood-voice", "rate", by=cast["chen"], data=rate).matter
    with pytest.raises(Incomplete):
        docket.open_matter("livelihood-voice", "rate", by=cast["chen"], data=rate)
    take(cast, made, "chen", "withdraw")
    docket.open_matter("livelihood-voice", "rate", by=cast["chen"], data={**rate, "grade": "dissatisfied"})
    client.post(at(project, "say"), {"text": "", "grade": "satisfied"})
    waiting = LivelihoodVoice.objects.get(source="residents").matter
    assert waiting.state == "screened"
    with pytest.raises(Refused, match="还没有群众的评价"):
        take(cast, project, "office", "close")
    take(cast, waiting, "office", "let_through")
    take(cast, waiting, "office", "set_aside", {"reason": "不是本项目"})
    with pytest.raises(Refused, match="还没有群众的评价"):
        take(cast, project, "office", "close")


def test_f04_4_whoever_finished_does_not_accept(cast: Cast, wall: Wall) -> None:
    """Must (4): not accepted goes back, with the deadline that held."""
    project = under_way(cast, wall)[0]
    reached(cast, project)
    take(cast, project, "roads_clerk", "finish", {"done_on": today(), "text": "完成。"})
    with pytest.raises(Refused):
        take(cast, project, "roads_clerk", "accept", {})
    take(cast, project, "office", "send_back", {"reason": "栏杆没有装"})
    clock = RunningClock.objects.get(matter=project, key="finish", stopped_on=None)
    assert clock.due_on == record(project).deadline


def test_f04_progress_is_reported_monthly_with_proof(cast: Cast, wall: Wall) -> None:
    """Steps (1) to (3): a month after the last report the clock is over; a photograph is not demanded, something that shows it is."""
    project = under_way(cast, wall)[0]
    first = RunningClock.objects.get(matter=project, key="report", stopped_on=None)
    with pytest.raises(Incomplete):
        take(cast, project, "roads_clerk", "report", {"percent": 30, "text": "完成招标。"})
    wall.pass_days(20)
    take(cast, project, "roads_clerk", "report", {"percent": 30, "text": "完成招标。", "signed_word": "监理单位签字"})
    second = RunningClock.objects.get(matter=project, key="report", stopped_on=None)
    assert second.due_on > first.due_on
    assert (second.started_on, (second.due_on - second.started_on).days >= 28) == (timezone.localdate(), True)


def test_f04_the_middle_of_the_year_is_checked_by_august(cast: Cast, wall: Wall) -> None:
    """LIV-12: the clock of the deputies' office ends with August; the check stops it."""
    project = under_way(cast, wall)[0]
    assert RunningClock.objects.get(matter=project, key="middle", stopped_on=None).due_on == date(2026, 8, 31)
    data = {"held_on": today(), "people": "代表五人", "finding": "总体正常。", "demands": "加快管线迁改。"}
    take(cast, project, "office", "middle_check", data)
    assert not RunningClock.objects.filter(matter=project, key="middle", stopped_on=None).exists()


def test_f04_5_the_public_page_shows_state_without_inner_notes(cast: Cast, client: Client, wall: Wall) -> None:
    """Must (5): content, organ, money, milestones, progress; no inner note, no deputy's opinion on the candidate, no comment on a payment."""
    project = under_way(cast, wall)[0]
    report = {"percent": 30, "text": "完成招标。", "signed_word": "监理单位签字", "note": "中标单位有投诉，正在核实"}
    take(cast, project, "roads_clerk", "report", report)
    paid(cast, project, "100.01")
    take(cast, project, "office", "middle_check", {"held_on": today(), "people": "代表", "finding": "内部督查情况"})
    page = text(client.get(at(project)))
    for words in (
        "实施中",
        "新建人行天桥一座。",
        cast.organs["roads"].name,
        "25,000,000.50元",
        "完成招标",
        "100.01元",
        "师生和周边居民",
    ):
        assert words in page
    for words in ("中标单位有投诉", "监理单位签字", "第1号凭证", "内部督查情况"):
        assert words not in page
    inner = text(seat(cast, "roads_clerk").get(f"/matters/{project.pk}/"))
    assert "中标单位有投诉" in inner


def test_f04_5_public_pages_ask_few_questions(
    cast: Cast, client: Client, wall: Wall, django_assert_max_num_queries: Any
) -> None:
    """Must (5): however many projects, milestones and payments there are."""
    projects = under_way(cast, wall, 5)
    for project in projects:
        paid(cast, project, "1")
    for page, most in (
        (at(projects[0]), 16),
        ("/c/990701/livelihood/", 10),
        ("/c/990701/livelihood/points.geojson", 3),
    ):
        with django_assert_max_num_queries(most):
            assert client.get(page).status_code == 200


def test_f04_5_a_candidate_is_not_public_before_the_standing_committee_has_deliberated(
    cast: Cast, client: Client, wall: Wall
) -> None:
    """Must (5)."""
    from .livelihood import adopted, called, proposed

    project = adopted(cast, proposed(cast, called(cast)))
    assert client.get(at(project)).status_code == 404
