"""A01 代表直通车: one line from a voice to its result."""

from __future__ import annotations

from openrenda.docket.models import Matter
from openrenda.docket.situation import Situation
from openrenda.web.trace import line_of
from tests.cast import SUBMIT, Cast

from .opining import entered
from .stage import take


def test_a01_1_one_trace_number_from_the_first_opinion_through_problem_and_suggestion(cast: Cast) -> None:
    """Must (1): from any of its matters the same line, in the order of time."""
    heard = entered(cast, "chen", channel="visit")
    take(cast, heard, "chen", "find_problem", {"title": "路灯不亮"})
    take(cast, heard, "chen", "raise_suggestion")
    raised, problem = Matter.objects.get(procedure="suggestion"), Matter.objects.get(procedure="problem")
    take(cast, raised, "chen", "revise", {"title": raised.title, "background": "情况", "proposals": "请装路灯。"})
    take(cast, raised, "chen", "submit_to_street", SUBMIT)
    lines = [line_of(Situation(Matter.objects.get(pk=matter.pk), cast["chen"])) for matter in (heard, raised, problem)]
    assert {line.known_by for line in lines} == {Matter.objects.get(pk=heard.pk).number}
    assert all({matter.pk for matter in line.matters} == {heard.pk, raised.pk, problem.pk} for line in lines)
    moments = [act.took_effect for act in lines[1].acts]
    assert moments == sorted(moments)
    assert [act.step for act in lines[1].acts][:2] == ["enter", "find_problem"]


def test_a01_1_whoever_may_not_see_a_part_sees_the_rest(cast: Cast) -> None:
    """Must (1): a draft is its deputy's alone."""
    heard = entered(cast, "chen", channel="visit")
    take(cast, heard, "chen", "raise_suggestion")
    line = line_of(Situation(Matter.objects.get(pk=heard.pk), cast["office"]))
    assert [matter.procedure for matter in line.matters] == ["opinion"]
