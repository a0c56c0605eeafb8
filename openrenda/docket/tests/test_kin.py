"""Parent and child matters: opened together, followed, and concluded when the last child has closed."""

from __future__ import annotations

import pytest

from openrenda import docket
from openrenda.docket import verify
from openrenda.docket.models import Act, Link, Matter, OutboxEntry
from openrenda.docket.refusals import Refused
from openrenda.tenancy import uuid7
from tests.append_only import lifted

from .stage import Stage, noon


@pytest.fixture
def divided(stage: Stage) -> Matter:
    """A letter divided into two errands."""
    matter = stage.open()
    stage.take(matter, "clerk", "divide", organs=f"{stage.holder('organ')} {stage.holder('other_organ')}")
    return Matter.objects.get(pk=matter.pk)


def errands(stage: Stage, matter: Matter) -> list[Matter]:
    """The children, the organ's first."""
    found = Matter.objects.filter(parent=matter)
    return sorted(found, key=lambda child: child.parties.get().holder != stage.holder("organ"))


def test_children_are_opened_with_their_parties_notices_and_acts(stage: Stage, divided: Matter) -> None:
    first, second = errands(stage, divided)
    assert {first.state, second.state} == {"asked"}
    assert first.title == "关于路灯"
    assert [party.holder for party in first.parties.all()] == [stage.holder("organ")]
    opening = Act.objects.get(matter=first)
    assert (opening.seat, opening.account, opening.office) == ("the_kin", None, "the_kin")
    assert OutboxEntry.objects.filter(act__step="ask").count() == 2
    assert docket.inbox(stage.organ).get() == first
    assert verify.verify_congress(stage.congress) == []


def test_the_parent_concludes_with_its_last_child_not_before(stage: Stage, divided: Matter) -> None:
    first, second = errands(stage, divided)
    stage.take(first, "organ", "do")
    assert Matter.objects.get(pk=divided.pk).state == "waiting"
    stage.take(second, "other_organ", "do")
    parent = Matter.objects.get(pk=divided.pk)
    assert (parent.state, parent.closed_on is not None) == ("closed", True)
    assert Act.objects.get(step="conclude").matter_id == divided.pk
    assert verify.verify_congress(stage.congress) == []


def test_children_follow_their_parent_and_close_it_in_the_same_step(stage: Stage, divided: Matter) -> None:
    """All children close at once: the parent must not wait for those that are about to be written as closed."""
    stage.take(divided, "clerk", "dismiss")
    assert {child.state for child in errands(stage, divided)} == {"done"}
    assert Matter.objects.get(pk=divided.pk).state == "closed"
    steps = list(Act.objects.filter(matter=divided).order_by("seq").values_list("seq", "step"))
    assert steps == [(1, "open"), (2, "divide"), (3, "dismiss"), (4, "conclude")]
    assert verify.verify_congress(stage.congress) == []


def test_a_child_already_closed_does_not_follow(stage: Stage, divided: Matter) -> None:
    first, _ = errands(stage, divided)
    stage.take(first, "organ", "do")
    stage.take(divided, "clerk", "dismiss")
    assert [act.step for act in Act.objects.filter(matter=first).order_by("seq")] == ["ask", "do"]


def test_no_person_takes_the_step_of_a_related_matter(stage: Stage, divided: Matter) -> None:
    with pytest.raises(Refused, match="关联事项"):
        stage.take(divided, "clerk", "conclude")
    with pytest.raises(Refused):
        stage.take(errands(stage, divided)[0], "organ", "drop")


def test_when_a_child_cannot_be_opened_the_parent_does_not_move(stage: Stage) -> None:
    matter = stage.open()
    with pytest.raises(ValueError, match="badly formed"):
        stage.take(matter, "clerk", "divide", organs=f"{uuid7()} nobody")
    assert Matter.objects.get().state == "opened"
    assert Act.objects.count() == 1


def test_a_parent_that_nobody_concluded_is_found_by_the_clock(stage: Stage, divided: Matter) -> None:
    """Two last children that close in the same instant each see the other open."""
    first, second = errands(stage, divided)
    stage.take(first, "organ", "do")
    # As the other transaction saw it: the first child still open.
    with lifted() as cursor:
        cursor.execute("UPDATE docket_matter SET closed_on = NULL WHERE state = 'done'")
    stage.take(second, "other_organ", "do")
    Matter.objects.filter(state="done").update(closed_on=noon(divided.opened_on).date())
    assert Matter.objects.get(pk=divided.pk).state == "waiting"
    assert docket.run_clocks(stage.congress.pk) == 1
    assert Matter.objects.get(pk=divided.pk).state == "closed"
    assert docket.run_clocks(stage.congress.pk) == 0
    assert verify.verify_congress(stage.congress) == []


def test_a_link_says_where_a_matter_came_from(stage: Stage, divided: Matter) -> None:
    assert not Link.objects.exists()
    assert all(child.parent_id == divided.pk for child in errands(stage, divided))
