"""The one door: who may, what is written, and that nothing is written when a step is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from openrenda import docket
from openrenda.docket import engine
from openrenda.docket.models import Act, Link, Matter, OutboxEntry, Party, RunningClock, SealedValue, Series
from openrenda.docket.refusals import Incomplete, NotFresh, NotVisible, Overtaken, Refusal, Refused
from openrenda.docket.writing import Writing
from openrenda.people.models import Congress
from openrenda.tenancy import congress_scope, uuid7

from .stage import Stage, actor

TABLES = (Matter, Act, Party, RunningClock, OutboxEntry, SealedValue, Link, Series)


def everything() -> dict[str, list[Any]]:
    """All rows of the docket."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in TABLES}


def test_opening_writes_matter_act_party_clock_number_and_notice(stage: Stage) -> None:
    matter = Matter.objects.get(pk=stage.open().pk)
    act = Act.objects.get()
    assert (matter.state, matter.version, matter.title, matter.number) == ("opened", 1, "关于路灯", "信〔1〕")
    assert matter.head == act.hash
    assert (act.seq, act.from_state, act.to_state, act.basis) == (1, "", "opened", "REP-02")
    assert act.account == stage.writer.account
    assert Party.objects.get().holder == stage.holder("writer")
    assert RunningClock.objects.get().key == "hand"
    assert matter.due_on == RunningClock.objects.get().due_on
    assert OutboxEntry.objects.get().offices == ["clerk"]


def test_each_telling_step_leaves_one_notice_with_its_act(stage: Stage) -> None:
    matter = stage.held()
    notice = OutboxEntry.objects.get(act__step="hand")
    assert (notice.matter_id, notice.kind, notice.offices) == (matter.pk, "told", ["organ", "author"])
    stage.take(matter, "organ", "suspend")
    assert not OutboxEntry.objects.filter(act__step="suspend").exists()


def test_the_import_of_history_tells_nobody(stage: Stage) -> None:
    """Decades of past steps must not send today's messages."""
    matter = stage.open()
    entries = OutboxEntry.objects.count()
    historian = replace(stage.clerk, seat="history")
    with_history = replace(matter.table.step("hand"), by=docket.language.HISTORY)
    situation = engine.Situation(Matter.objects.get(pk=matter.pk), historian)
    writing = Writing()
    engine.plan(situation, with_history, {"organ": stage.holder("organ")}, None, writing)
    writing.flush()
    assert Act.objects.filter(step="hand").exists()
    assert OutboxEntry.objects.count() == entries


@pytest.mark.parametrize(
    ("who", "step", "data", "refusal"),
    [
        ("organ", "hand", {}, NotVisible),
        ("reader", "hand", {}, Refused),
        ("stranger", "note", {"text": "好"}, NotVisible),
        ("clerk", "answer", {"text": "好"}, Refused),
        ("clerk", "hand", {"organ": "谁"}, Incomplete),
        ("clerk", "hand", {}, Incomplete),
        ("clerk", "note", {"text": "坏"}, Refused),
        ("clerk", "open", {"title": "再开"}, Refused),
    ],
)
def test_a_refusal_writes_nothing_and_leaves_the_row_as_it_was(
    stage: Stage, who: str, step: str, data: dict[str, Any], refusal: type[Refusal]
) -> None:
    matter = Matter.objects.get(pk=stage.open().pk)
    before, row = everything(), dict(matter.__dict__)
    with pytest.raises(refusal):
        docket.act(matter, step, by=getattr(stage, who), data=data)
    assert everything() == before
    assert {k: v for k, v in matter.__dict__.items() if k != "_state"} == {
        k: v for k, v in row.items() if k != "_state"
    }


def test_all_reasons_are_collected_not_only_the_first(stage: Stage) -> None:
    matter = stage.open()
    stage.take(matter, "clerk", "announce")
    step = replace(matter.table.step("divide"), barred_by=(lambda s: "其一。", lambda s: None, lambda s: "其二。"))
    situation = engine.Situation(Matter.objects.get(pk=matter.pk), stage.clerk)
    with pytest.raises(Refused) as refused:
        engine.plan(situation, step, {"organs": str(uuid7())}, None, Writing())
    assert len(refused.value.reasons) == 3
    assert "公告期未满" in refused.value.reasons[0]


def test_four_eyes_who_took_the_one_may_not_take_the_other(stage: Stage) -> None:
    matter = stage.held()
    stage.take(matter, "head", "suspend")
    with pytest.raises(Refused, match="另一人"):
        stage.take(matter, "head", "countersign")
    colleague = replace(stage.head, account=uuid7())
    assert docket.act(Matter.objects.get(pk=matter.pk), "countersign", by=colleague).seq == 4


def test_a_step_that_asks_for_a_fresh_proof_refuses_a_stale_one(stage: Stage) -> None:
    matter = stage.answered()
    with pytest.raises(NotFresh):
        docket.act(matter, "accept", by=replace(stage.writer, fresh=False))
    assert docket.act(matter, "accept", by=stage.writer).to_state == "closed"


def test_staff_enter_for_somebody_only_where_the_table_allows_it(stage: Stage) -> None:
    matter = stage.held()
    proof = uuid7()
    agent = stage.clerk.as_agent(seat="organ_head", holder=stage.holder("head"), principal="王局长", proof=proof)
    with pytest.raises(Refused, match="本人"):
        docket.act(Matter.objects.get(pk=matter.pk), "suspend", by=agent)
    made = docket.act(Matter.objects.get(pk=matter.pk), "countersign", by=agent)
    assert (made.agent_for, made.proof, made.account) == ("王局长", proof, stage.clerk.account)


def test_the_second_of_two_people_is_told_and_gets_the_matter_as_it_is(stage: Stage) -> None:
    matter = stage.open()
    first, second = Matter.objects.get(pk=matter.pk), Matter.objects.get(pk=matter.pk)
    docket.act(first, "note", by=stage.clerk, data={"text": "一"})
    assert first.version == 2
    with pytest.raises(Overtaken) as overtaken:
        docket.act(second, "hand", by=stage.clerk, data={"organ": stage.holder("organ")})
    assert (overtaken.value.matter.version, overtaken.value.matter.state) == (2, "opened")
    assert (second.version, second.state) == (1, "opened")
    with pytest.raises(Overtaken):
        docket.act(Matter.objects.get(pk=matter.pk), "note", by=stage.clerk, data={"text": "二"}, seen=1)
    assert Act.objects.count() == 2


def test_the_same_key_opens_one_matter(stage: Stage) -> None:
    opened = [docket.open_matter("letter", "open", by=stage.writer, data={"title": "同"}, key="k1") for _ in range(2)]
    assert opened[0].pk == opened[1].pk
    assert Matter.objects.count() == Act.objects.count() == 1
    assert Series.objects.get().last == 1


@pytest.mark.parametrize(("step", "data"), [("note", {"text": "一"}), ("hand", {"organ": str(uuid7())})])
@pytest.mark.parametrize("seen", [None, 1])
def test_the_same_key_takes_a_step_once_whether_or_not_it_moves_the_matter(
    stage: Stage, step: str, data: dict[str, Any], seen: int | None
) -> None:
    matter = stage.open()
    acts = [
        docket.act(Matter.objects.get(pk=matter.pk), step, by=stage.clerk, data=data, key="again", seen=seen)
        for _ in range(3)
    ]
    assert len({act.pk for act in acts}) == 1
    assert Act.objects.filter(step=step).count() == 1


def test_a_key_used_by_somebody_else_or_for_something_else_is_refused(stage: Stage) -> None:
    """Nobody is handed another person's act, and no step is silently dropped."""
    matter, other = stage.open(), stage.open()
    docket.act(Matter.objects.get(pk=matter.pk), "note", by=stage.clerk, data={"text": "一"}, key="mine")
    for who, where, step in (("writer", matter, "note"), ("clerk", other, "note"), ("clerk", matter, "announce")):
        with pytest.raises(Refused, match="请求标识"):
            docket.act(Matter.objects.get(pk=where.pk), step, by=getattr(stage, who), data={"text": "二"}, key="mine")
    assert Act.objects.filter(step__in=["note", "announce"]).count() == 1


@pytest.mark.parametrize("table", ["docket_act", "docket_runningclock", "docket_party", "docket_outboxentry"])
def test_when_one_insert_breaks_everything_is_rolled_back(stage: Stage, table: str) -> None:
    """The act, the move, the clocks, the notice and the number stand or fall together."""
    matter = Matter.objects.get(pk=stage.open().pk)
    before = everything()

    def break_it(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("INSERT") and table in sql:
            raise ConnectionError("the database went away")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(break_it):
        with pytest.raises(ConnectionError):
            docket.act(matter, "hand", by=stage.clerk, data={"organ": stage.holder("organ")})
        with pytest.raises(ConnectionError):
            stage.open()
    assert everything() == before
    assert (matter.state, matter.version) == ("opened", 1)
    assert stage.open().number == "信〔2〕"


def test_somebody_of_another_congress_sees_no_matter_even_when_she_holds_its_row(stage: Stage) -> None:
    elsewhere = Congress.objects.create(division_code="990202", name="乙", short_name="乙", level="county")
    matter = stage.open()
    foreign_clerk = actor(elsewhere, "deputy_office")
    with pytest.raises(NotVisible):
        docket.act(matter, "note", by=foreign_clerk, data={"text": "一"})
    with congress_scope(elsewhere):
        assert not docket.visible(foreign_clerk).exists()
        assert not docket.inbox(foreign_clerk).exists()


def test_a_relation_ended_and_begun_again_in_one_step_is_kept_twice(stage: Stage) -> None:
    """Handed again to the same organ: its first time ends, its second begins."""
    matter = stage.held()
    stage.take(matter, "clerk", "hand_again", organ=stage.holder("organ"))
    rows = Party.objects.filter(matter=matter, role="organ")
    assert (rows.count(), rows.filter(until=None).count()) == (2, 1)


@pytest.mark.parametrize("text", ["响铃\x07", "半个\ud83d", "空\x00字"])
def test_what_cannot_be_printed_or_written_is_refused_at_the_form(stage: Stage, text: str) -> None:
    matter = stage.open()
    with pytest.raises(Incomplete) as incomplete:
        stage.take(matter, "clerk", "note", text=text)
    assert list(incomplete.value.form.errors) == ["text"]


def test_a_matter_in_a_final_state_is_closed_and_waits_for_nobody(stage: Stage) -> None:
    matter = stage.answered()
    stage.take(matter, "writer", "accept")
    matter = Matter.objects.get(pk=matter.pk)
    assert matter.closed_on is not None
    assert matter.due_on is None
    assert not RunningClock.objects.filter(stopped_on=None).exists()
    assert not docket.inbox(stage.writer).exists()


def test_handing_over_to_a_successor_moves_the_relation_not_the_state(stage: Stage) -> None:
    """地方组织法: an organ is merged; its successor goes on where it stood (I03)."""
    matter = stage.held()
    registrar = actor(stage.congress, "system_admin")
    heir = uuid7()
    data = {"leaver": stage.holder("organ"), "successor": heir, "name": "新局", "reason": "机构改革"}
    with pytest.raises(Refused, match="无可移交"):
        docket.act(Matter.objects.get(pk=matter.pk), "hand_over", by=registrar, data={**data, "leaver": uuid7()})
    docket.act(Matter.objects.get(pk=matter.pk), "hand_over", by=registrar, data=data)
    assert Party.objects.get(matter=matter, role="organ", until=None).holder == heir
    assert Matter.objects.get(pk=matter.pk).state == "held"
    with pytest.raises(NotVisible):
        stage.take(matter, "organ", "suspend")
