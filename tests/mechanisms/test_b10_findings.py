"""B10(4): findings of a quality review become rows with an owner and a day; and what a rectification needs."""

from __future__ import annotations

import pytest
from django.test.utils import CaptureQueriesContext

from openrenda import docket
from openrenda.docket.models import Matter
from openrenda.docket.refusals import Incomplete, NotVisible, Refused
from openrenda.figures import evidence, in_year, read, split
from openrenda.figures.registry import figure
from openrenda.people.models import Organ
from openrenda.web.tests.stage import address, seat, text
from tests.cast import BEGAN, Cast, _sit

from .conftest import Wall
from .evaluating import children, day, rectified, set_option
from .stage import take

FINDING = {"title": "关于学府路的答复", "problem": "答复没有写明完成期限。"}


@pytest.fixture
def review(cast: Cast, wall: Wall) -> Matter:
    """A review that has begun."""
    data = {"title": "2026年上半年答复质量评审", "reviewed_on": day(), "scope": "抽取二十件答复，看针对性和期限。"}
    return docket.open_matter("quality-review", "begin", by=cast["office"], data=data).matter


def finding(cast: Cast, review: Matter, organ: str = "roads", due: int = 20, **more: object) -> Matter:
    """One more problem."""
    before = {task.pk for task in children(review)}
    take(cast, review, "office", "find", {**FINDING, "organ": cast.organs[organ].pk, "due_on": day(due), **more})
    (made,) = [task for task in children(review) if task.pk not in before]
    return made


def test_4_a_finding_is_a_row_with_owner_and_day(cast: Cast, review: Matter) -> None:
    """Must (4)."""
    with pytest.raises(Incomplete):
        take(cast, review, "office", "find", {**FINDING, "organ": cast.organs["roads"].pk})
    task = finding(cast, review)
    record = task.rectification.get()
    assert (record.organ, record.source, record.due_on.isoformat(), task.due_on.isoformat()) == (
        cast.organs["roads"], "quality_review", day(20), day(20),
    )  # fmt: skip
    assert docket.inbox(cast["roads_clerk"]).filter(pk=task.pk).exists()
    page = text(seat(cast, "roads_clerk").get(address(task)))
    assert all(words in page for words in ("答复没有写明完成期限", "质量评审", "区交通运输局", "报送整改情况"))
    assert seat(cast, "parks_clerk").get(address(task)).status_code == 404
    assert address(task) in text(seat(cast, "office").get(address(review)))


def test_4_it_is_done_when_somebody_else_has_checked(cast: Cast, review: Matter) -> None:
    """Must (4): with proof, and not on the owner's own word."""
    task = finding(cast, review)
    with pytest.raises(Incomplete):
        take(cast, task, "roads_clerk", "report", {"done": "已补正。"})
    with pytest.raises(NotVisible):
        take(cast, task, "parks_clerk", "report", {"done": "已补正。", "proof": "补正函"})
    take(cast, task, "roads_clerk", "report", {"done": "已补正。", "proof": "补正函〔2026〕1号"})
    with pytest.raises(Refused, match="代表工作机构"):
        take(cast, task, "roads_head", "accept", {"checked": "属实"})
    take(cast, task, "office", "send_back", {"reason": "只补了一处", "due_on": day(30)})
    assert Matter.objects.get(pk=task.pk).due_on.isoformat() == day(30)
    rectified(cast, task)
    record = task.rectification.get()
    assert (Matter.objects.get(pk=task.pk).state, record.returned, record.checked_by) == (
        "done", 1, cast["office"].name[:100],
    )  # fmt: skip


def test_4_nobody_checks_what_is_her_own_body_s(cast: Cast, review: Matter) -> None:
    """The deputies' office is itself an organ that may have to rectify: then another body checks."""
    committee = cast.organs["committee"]
    _sit(cast, "committee_clerk", "organ_clerk", "organ", committee.pk, "委员会经办人")
    other = Organ.objects.create(code="law", name="监察和法制委员会", kind="congress_committee", since=BEGAN)
    _sit(cast, "other_office", "deputy_office", "organ", other.pk, "法制委工作人员")
    task = finding(cast, review, "committee")
    take(cast, task, "committee_clerk", "report", {"done": "已补正。", "proof": "补正函"})
    with pytest.raises(Refused, match="以外的人核查"):
        take(cast, task, "office", "accept", {"checked": "属实"})
    take(cast, task, "other_office", "accept", {"checked": "属实"})


def test_4_open_and_overdue_are_listed_by_organ(cast: Cast, review: Matter, wall: Wall) -> None:
    """Must (4): as of any day, also one that is past."""
    first, _second, _third = finding(cast, review), finding(cast, review, due=60), finding(cast, review, "parks")
    rectified(cast, first)
    wall.pass_days(30)
    today = in_year(2026, Matter.objects.get(pk=first.pk).closed_on)
    from django.utils import timezone

    now = in_year(2026, timezone.localdate())
    keys = ("rectifications", "open_rectifications", "overdue_rectifications")
    assert [read(figure(key), now).part for key in keys] == [3, 2, 1]
    assert [read(figure(key), today).part for key in keys] == [3, 2, 0]
    assert read(figure("rectification_rate"), now).rate == "33.33%"
    listed = evidence(figure("overdue_rectifications"), now, "part")
    assert [row.organ for row in listed] == [cast.organs["parks"]]
    found = {row.label: row.reading.part for row in split(figure("open_rectifications"), now, "organ")}
    assert found == {"区交通运输局": 1, "区园林局": 1}
    assert read(figure("open_rectifications"), now, (cast.organs["roads"].pk,)).part == 1


def test_4_the_list_costs_few_questions(
    cast: Cast, review: Matter, django_assert_max_num_queries: type[CaptureQueriesContext]
) -> None:
    """The list of rectifications in six questions, a page in fifteen."""
    task = [finding(cast, review) for _ in range(8)][-1]
    client = seat(cast, "office")
    client.get("/lists/rectification/")
    with django_assert_max_num_queries(6 + 6) as asked:
        assert "质量评审" in text(client.get("/lists/rectification/?view=open"))
    assert len([row for row in asked.captured_queries if "rectification" in row["sql"]]) <= 6
    with django_assert_max_num_queries(15):
        client.get(address(task))


def test_4_a_congress_may_do_without(cast: Cast) -> None:
    """The option switched off."""
    set_option(cast, "option.quality_review", False)
    with pytest.raises(Refused, match="未启用"):
        docket.open_matter(
            "quality-review",
            "begin",
            by=cast["office"],
            data={"title": "评审", "reviewed_on": day(), "scope": "二十件"},
        )
