"""Several people press the same button in the same instant: one act, and a polite sentence for everybody else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from openrenda import docket
from openrenda.docket.models import Act, Matter, OutboxEntry, RunningClock
from openrenda.docket.refusals import NotVisible, Overtaken, Refused
from openrenda.docket.verify import verify_congress
from openrenda.tenancy import congress_scope, uuid7

from .stage import Stage, performance
from .threads import at_once

PEOPLE = 8
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scene() -> Iterator[Stage]:
    """The stage, with rows that other connections see."""
    with performance() as made:
        yield made


def test_eight_clerks_one_act(scene: Stage) -> None:
    matter = scene.open()

    def press(number: int) -> str:
        clerk = replace(scene.clerk, account=uuid7(), name=f"办信员{number}")
        with congress_scope(scene.congress):
            try:
                docket.act(
                    Matter.objects.get(pk=matter.pk), "hand", by=clerk, data={"organ": scene.holder("organ")}, seen=1
                )
            except (Overtaken, Refused) as refusal:
                return str(refusal)
        return "办理"

    answers = at_once(PEOPLE, press)
    assert answers.count("办理") == 1
    assert all("您" in answer or "现处于" in answer for answer in answers if answer != "办理")
    assert Act.objects.filter(step="hand").count() == 1
    assert RunningClock.objects.filter(key="reply").count() == 1
    assert OutboxEntry.objects.filter(act__step="hand").count() == 1
    assert verify_congress(scene.congress) == []


def test_one_person_pressing_eight_times_gets_the_same_act(scene: Stage) -> None:
    """A slow line and an impatient finger: the same key, eight requests, one act."""
    matter = scene.open()

    def press(number: int) -> object:
        with congress_scope(scene.congress):
            row = Matter.objects.get(pk=matter.pk)
            return docket.act(row, "note", by=scene.clerk, data={"text": "一"}, seen=1, key="finger").pk

    assert len(set(at_once(PEOPLE, press))) == 1
    assert Act.objects.filter(step="note").count() == 1


def test_eight_requests_with_one_key_open_one_matter(scene: Stage) -> None:
    def send(number: int) -> object:
        with congress_scope(scene.congress):
            return docket.open_matter("letter", "open", by=scene.writer, data={"title": "同"}, key="finger").pk

    assert len(set(at_once(PEOPLE, send))) == 1
    assert Matter.objects.get().number == "信〔1〕"


def test_two_workers_let_a_clock_run_out_once(scene: Stage) -> None:
    matter = scene.answered()
    due = RunningClock.objects.get(key="judge").due_on
    at_once(4, lambda number: docket.run_clocks(scene.congress.pk, due.replace(year=due.year + 1)))
    assert Act.objects.filter(step="lapse").count() == 1
    assert Matter.objects.get(pk=matter.pk).state == "closed"
    reminders = OutboxEntry.objects.filter(kind="reminder").values_list("once", flat=True)
    assert len(set(reminders)) == len(reminders)


def test_the_last_two_errands_done_at_once_close_the_letter_at_the_latest_with_the_next_run(scene: Stage) -> None:
    matter = scene.open()
    scene.take(matter, "clerk", "divide", organs=f"{scene.holder('organ')} {scene.holder('other_organ')}")

    def finish(number: int) -> None:
        who = (scene.organ, scene.other_organ)[number]
        with congress_scope(scene.congress):
            docket.act(docket.inbox(who).get(), "do", by=who)

    at_once(2, finish)
    docket.run_clocks(scene.congress.pk)
    assert Matter.objects.get(pk=matter.pk).state == "closed"
    assert Act.objects.filter(step="conclude").count() == 1
    assert verify_congress(scene.congress) == []


def test_a_stranger_in_the_crowd_learns_nothing(scene: Stage) -> None:
    matter = scene.open()

    def press(number: int) -> str:
        with congress_scope(scene.congress):
            try:
                docket.act(Matter.objects.get(pk=matter.pk), "note", by=scene.stranger, data={"text": "一"})
            except NotVisible as refusal:
                return str(refusal)
        return "办理"

    assert set(at_once(3, press)) == {""}
