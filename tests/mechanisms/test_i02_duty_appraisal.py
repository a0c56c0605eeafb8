"""I02 任后履职评议: whom it may concern, on what it rests, how it is voted and told, and what becomes of weak points."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from openrenda import docket
from openrenda.docket.actor import the_kin
from openrenda.docket.models import Act, Matter
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.figures import in_year, read
from openrenda.figures.registry import figure
from openrenda.people.models import Tenure
from openrenda.procedures.duty_appraisal.records import DutyAppraisal
from tests.cast import Cast

from . import appointing
from .appointing import appointed, committee, day
from .conftest import Wall
from .evaluating import set_option
from .stage import take

CRITERIA = ("law", "work", "resolutions", "conduct")


@pytest.fixture(autouse=True)
def _people(cast: Cast, wall: Wall) -> None:
    committee(cast)
    appointing.people(cast)
    set_option(cast, "option.duty_appraisal", True)


def chosen(cast: Cast, name: str = "许安") -> Matter:
    """Somebody in office is to be appraised."""
    tenure = Tenure.objects.get(person__name=name, until=None)
    return docket.open_matter("duty-appraisal", "choose", by=cast["office"], data={"tenure": tenure.pk}).matter


def finding(criterion: str, point: str = "good", **more: Any) -> dict[str, Any]:
    """Something heard."""
    return {
        "criterion": criterion,
        "kind": point,
        "text": f"{criterion}的情况",
        "evidence": "案卷评查",
        "heard_on": day(),
        **more,
    }


def heard(cast: Cast, appraisal: Matter, **weak: Any) -> None:
    """Reported, and heard under each criterion; those named are weak, with their day."""
    take(cast, appraisal, "court_office", "report", {"report": "一年来的履职情况。"})
    for key in CRITERIA:
        more = {"kind": "weak", "due_on": weak[key]} if key in weak else {}
        take(cast, appraisal, "office", "hear", finding(key, **more))
    take(cast, appraisal, "office", "conclude", {"summary": "总体较好。"})
    take(cast, appraisal, "office", "put_to_vote")


def grade(appraisal: Matter, **more: Any) -> Any:
    """The verdict of the vote."""
    data = {"grades": {"satisfied": 4, "basically": 1, "dissatisfied": 1}, "verdict": "satisfied", "base": 7, "present": 6,
            "sentence": "应到7，实到6，满意4", **more}  # fmt: skip
    return docket.act(Matter.objects.get(pk=appraisal.pk), "voted", by=the_kin(appraisal.congress_id), data=data)


def test_1_only_whom_this_body_appointed_can_be_on_the_list(cast: Cast) -> None:
    """Must (1): taken from the register of I01; who was elected by the congress, or has left, is not offered."""
    appointed(cast, name="林知")
    assert chosen(cast, "林知").title == "区人民法院审判员林知任后履职评议"
    with pytest.raises(Incomplete):
        chosen(cast, "郑明")
    gone = Tenure.objects.get(person__name="高远")
    Tenure.objects.filter(pk=gone.pk).update(
        until=timezone.localdate() - timedelta(days=1), ended_as="removed", end_basis="x"
    )
    with pytest.raises(Incomplete):
        docket.open_matter("duty-appraisal", "choose", by=cast["office"], data={"tenure": gone.pk})


def test_2_each_appraisal_has_criteria_evidence_result_by_grade_and_date(cast: Cast) -> None:
    """Must (2): nothing is put to the vote before something was heard under each criterion, with where it comes from."""
    appraisal = chosen(cast)
    take(cast, appraisal, "court_office", "report", {"report": "履职情况。"})
    take(cast, appraisal, "office", "hear", finding("law"))
    with pytest.raises(Refused, match="办案和工作实绩"):
        take(cast, appraisal, "office", "conclude", {"summary": "略。"})
    with pytest.raises(Incomplete):
        take(cast, appraisal, "office", "hear", {**finding("work"), "evidence": ""})
    for key in CRITERIA[1:]:
        take(cast, appraisal, "office", "hear", finding(key))
    take(cast, appraisal, "office", "conclude", {"summary": "总体较好。"})
    take(cast, appraisal, "office", "put_to_vote")
    grade(appraisal)
    row = DutyAppraisal.objects.get(matter=appraisal)
    assert [(one["label"], one["count"]) for one in row.grades] == [("满意", 4), ("基本满意", 1), ("不满意", 1)]
    assert (row.verdict, row.appraised_on) == ("满意", timezone.localdate())


def test_2_more_grades_than_people_present_are_not_taken_over(cast: Cast) -> None:
    appraisal = chosen(cast)
    heard(cast, appraisal)
    with pytest.raises(Refused, match="票数不符"):
        grade(appraisal, grades={"satisfied": 7})


def test_3_the_result_comes_from_a_vote_alone_and_is_told_to_the_person_and_the_organ(cast: Cast) -> None:
    """Must (3): nobody types a grade; the count alone reaches the record, and the organ is told."""
    appraisal = chosen(cast)
    heard(cast, appraisal)
    with pytest.raises(Refused):
        docket.act(appraisal, "voted", by=cast["office"], data={})
    grade(appraisal)
    assert "court_office" not in str(Act.objects.get(matter=appraisal, step="voted").data)
    clock = appraisal.clocks.get(key="feedback")
    assert clock.stopped_on is None
    take(cast, appraisal, "office", "feed_back", {"told": "已向许安本人和区人民法院反馈。"})
    assert docket.visible(cast["court_office"]).filter(pk=appraisal.pk).exists()
    assert not docket.visible(cast["roads_clerk"]).filter(pk=appraisal.pk).exists()


def test_4_weak_points_become_tasks_with_a_date(cast: Cast) -> None:
    """Must (4): a rectification of the organ for each, due on its day; a weak point without a day is not recorded."""
    appraisal = chosen(cast)
    take(cast, appraisal, "court_office", "report", {"report": "履职情况。"})
    with pytest.raises(Incomplete, match="整改期限"):
        take(cast, appraisal, "office", "hear", finding("work", "weak"))
    take(cast, appraisal, "office", "cancel", {"reason": "重新安排。"})
    again = chosen(cast)
    heard(cast, again, work=day(40), conduct=day(60))
    grade(again)
    take(cast, again, "office", "feed_back", {"told": "已反馈。"})
    tasks = Matter.objects.filter(parent=again, procedure="rectification").order_by("due_on")
    assert [task.due_on.isoformat() for task in tasks if task.due_on] == [day(40), day(60)]
    assert all(docket.inbox(cast["court_office"]).filter(pk=task.pk).exists() for task in tasks)


def test_5_who_was_appraised_in_which_term_is_listed(cast: Cast) -> None:
    """Must (5): once in a term; the page says who was and who was not yet."""
    from openrenda.web.tests.stage import seat, text

    appraisal = chosen(cast)
    heard(cast, appraisal)
    grade(appraisal)
    take(cast, appraisal, "office", "feed_back", {"told": "已反馈。"})
    with pytest.raises(Incomplete, match="本届内已经列为评议对象"):
        chosen(cast)
    year = timezone.localdate().year
    assert read(figure("duty_appraisals"), in_year(year, timezone.localdate())).part == 1
    shown = text(seat(cast, "office").get("/posts/appraisals/"))
    assert "许安" in shown
    assert "高远" in shown
    assert "郑明" not in shown
    assert shown.count("还没有评议") == 1


def test_it_is_off_unless_the_congress_decides_so(cast: Cast) -> None:
    """APP-12: the Supervision Law does not know it (trap 8)."""
    set_option(cast, "option.duty_appraisal", False)
    with pytest.raises(Refused):
        chosen(cast)
