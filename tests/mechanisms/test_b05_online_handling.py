"""B05 建议网上交办督办."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from openrenda import docket
from openrenda.channels.delivery import deliver
from openrenda.channels.models import Notice
from openrenda.docket.models import Act, OutboxEntry, RunningClock
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.web import lateness
from openrenda.web.tests.stage import Way, seat, text
from openrenda.worker import rounds
from tests.cast import CONTACT, REPLY, Cast

from .conftest import Wall
from .stage import page


def test_1_hand_over_and_signing_for_it_carry_the_system_s_time(cast: Cast, wall: Wall) -> None:
    """Must (1)."""
    way = Way(cast).received()
    way.take("office", "assign", {"organ": cast.organs["roads"].pk})
    handed_over = timezone.now()
    wall.pass_days(1)
    way.take("roads_clerk", "sign_for")
    times = dict(Act.objects.filter(matter_id=way.pk).values_list("step", "took_effect"))
    assert (times["assign"], times["sign_for"]) == (handed_over, timezone.now())
    clock = RunningClock.objects.get(matter_id=way.pk, key="sign_for")
    assert clock.stopped_on == timezone.localdate()


def test_2_reminders_go_out_before_and_after_the_deadline_and_are_kept(cast: Cast, wall: Wall) -> None:
    """Must (2): each once; delivering them and the worker's rounds leave them where they are."""
    way = Way(cast).handling()
    due = RunningClock.objects.get(matter_id=way.pk, key="reply").due_on
    for day in (due - timedelta(days=5), due, due + timedelta(days=1), due + timedelta(days=2)):
        wall.pass_days((day - timezone.localdate()).days)
        docket.run_clocks(cast.congress.pk)
        deliver(cast.congress.pk)
    rounds.forget_old()
    found = OutboxEntry.objects.filter(matter_id=way.pk, kind="reminder", detail__clock="reply")
    distances = sorted(row.detail["distance"] for row in found)
    assert distances[0] == -1
    assert distances[-1] > 0
    assert len(distances) == len(set(distances))
    assert all(row.sent_at for row in found)
    told = Notice.objects.filter(account=cast["roads_clerk"].account)
    assert told.exists()


def test_3_the_deputy_sees_the_same_progress_as_the_staff(cast: Cast, wall: Wall) -> None:
    """Must (3): stages, time limits and the sentence of every act."""
    way = Way(cast).contacted()
    wall.pass_days(3)

    def progress(who: str) -> tuple[object, ...]:
        shown = page(cast, way.matter, who)
        told = [(entry["when"], entry["sentence"], entry["actor"]) for entry in shown["acts"]]
        return shown["stages"], shown["clocks"], shown["stopped_clocks"], told

    assert progress("chen") == progress("office") == progress("roads_clerk")


def test_4_no_reply_without_its_text_and_a_contact_with_the_deputy(cast: Cast) -> None:
    """Must (4)."""
    way = Way(cast).handling()
    with pytest.raises(Refused, match="先登记联系情况"):
        way.take("roads_clerk", "draft_reply", REPLY)
    way.take("roads_clerk", "contact", {**CONTACT, "held_on": timezone.localdate().isoformat()})
    with pytest.raises(Incomplete):
        way.take("roads_clerk", "draft_reply", {"result_class": "A", "disclosure": "public"})
    with pytest.raises(Refused):
        way.take("roads_head", "sign_reply")
    way.take("roads_clerk", "draft_reply", REPLY)
    way.take("roads_head", "sign_reply")
    assert way.matter.replies.get().done == REPLY["done"]


def test_5_what_is_overdue_is_listed_with_its_days_by_unit(cast: Cast, wall: Wall) -> None:
    """Must (5)."""
    first, second = Way(cast), Way(cast, title="关于口袋公园的建议").received()
    first.handling()
    second.take("office", "assign", {"organ": cast.organs["parks"].pk})
    due = RunningClock.objects.get(matter_id=first.pk, key="reply").due_on
    wall.pass_days((due - timezone.localdate()).days + 4)
    groups = {group["holder"]: group["rows"] for group in lateness.by_holder(cast["office"], limit=50)["groups"]}
    assert {"区交通运输局", "区园林局"} <= set(groups)
    assert {row["title"] for row in groups["区园林局"]} == {"关于口袋公园的建议"}
    listed = text(seat(cast, "office").get("/late/"))
    assert "超期 4 天" in listed
    assert "区园林局" in listed
