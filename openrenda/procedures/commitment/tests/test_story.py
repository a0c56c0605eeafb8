"""One promise from the reply to the confirmed end, through everything that may happen to it on the way."""

from __future__ import annotations

from django.utils import timezone

from openrenda import docket
from openrenda.docket.history import History
from openrenda.docket.models import Act, Matter, OutboxEntry, RunningClock
from openrenda.docket.situation import Situation
from openrenda.docket.verify import verify_congress
from openrenda.people.organs import merge_organs
from openrenda.procedures.commitment.records import Verdict
from tests.cast import Cast
from tests.mechanisms.conftest import Wall
from tests.promises import DENIED, REPORT, SATISFIED, Promised, another_street, in_days


def test_from_the_reply_over_two_years_to_the_deputy_s_word(chongqing: Cast, wall: Wall) -> None:
    cast = chongqing
    told = Promised(cast, ("装好护栏", 120), ("公布方案", 30), cosigners=("lin",))
    assert [matter.number for matter in told.all()] == ["承诺〔2026〕1号", "承诺〔2026〕2号"]
    told.take("roads_clerk", "progress", {"progress": "设计完成。", "place": "学府路", "signed_word": "设计院函"})
    told.take("office", "give", {"street": another_street(cast).pk})
    told.take("office", "give_back", {"reason": "工程在区级道路上。"})
    told.postponed(200)
    told.way.take("chen", "judge", {"attitude": "satisfied", "result": "satisfied"})
    assert told.way.matter.state == "closed", "the promise does not hold the suggestion up"
    wall.pass_days(220)
    docket.run_clocks(cast.congress.pk)
    assert RunningClock.objects.filter(matter=told.pk, key="yearly", stopped_on=None).exists()
    told.take("roads_clerk", "tell_deputies", {"progress": "材料涨价，正在重新招标。"})
    told.take("chen", "receipt", {"grade": "basically"})
    # The organ is merged into another one, and the year ends.
    merge_organs([cast.organs["roads"]], cast.organs["parks"], on=told.matter.state_since.replace(2026, 10, 9),
                 basis="机构改革方案", by=cast["registrar"], move_seats=False)  # fmt: skip
    wall.pass_days(120)
    assert told.record.organ == cast.organs["parks"]
    told.take("parks_clerk", "report", {"result": "已装好。", "kept_on": in_days(0), "signed_word": "验收单"})
    told.take("chen", "deny", DENIED)
    told.take("office", "study", {"held_on": in_days(0), "people": "代表、园林局", "conclusion": "一个月内补齐。"})
    wall.pass_days(20)
    told.take("parks_clerk", "report", {"result": "已补齐。", "kept_on": in_days(0), "signed_word": "验收单"})
    told.take("chen", "confirm", SATISFIED)
    record = told.record
    assert (told.state, record.confirmed_on.year, record.promised_on.year) == ("confirmed", 2027, 2026)
    assert record.first_due_on < record.due_on
    assert record.postponed == 1
    words = list(
        Verdict.objects.filter(matter=told.pk).order_by("judged_on", "id").values_list("about", "kept", "grade")
    )
    assert words == [("progress", None, "basically"), ("kept", False, "dissatisfied"), ("kept", True, "satisfied")]
    assert verify_congress(cast.congress) == []
    assert Act.objects.filter(matter=told.pk, step="hand_over").exists()
    assert Matter.objects.get(pk=told.all()[1].pk).state == "open", "the other promise is nobody's business yet"
    assert OutboxEntry.objects.filter(matter=told.pk, kind="told").exists()


def test_two_past_steps_of_one_writing_keep_all_they_changed(chongqing: Cast, wall: Wall) -> None:
    """A batch of history writes each record once: what the first step changed is not lost to what the second did."""
    told = Promised(chongqing)
    history = History(chongqing.congress.pk, "导入")
    situation = Situation(told.matter, history.importer())
    situation.took()
    give = {"street": chongqing.organs["street"].pk}
    history.take(situation, "give", at=timezone.now(), by=chongqing["office"], data=give)
    history.take(
        situation, "report", at=timezone.now(), by=chongqing["roads_clerk"], data={**REPORT, "kept_on": in_days(0)}
    )
    history.write()
    record = told.record
    assert (record.level, record.keeper) == ("street", chongqing.organs["street"])
    assert record.reported_on == timezone.localdate()
