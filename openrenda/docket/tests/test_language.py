"""The words: what a table answers about itself."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest

from openrenda.docket import registry
from openrenda.docket.language import Procedure, Step, UnknownStep

from .stage import ANSWERED, AUTHOR, CLERK, CLOSED, ERRAND, EVERYBODY, HELD, LETTER, OPENED, WAITING, Stage, registered


def test_a_row_answers_with_tuples_however_it_was_written() -> None:
    one = Step("a", "甲", OPENED, HELD, CLERK)
    several = Step("b", "乙", (OPENED, HELD), None, (CLERK, AUTHOR))
    opening = Step("c", "丙", None, OPENED, CLERK)
    assert (one.sources, one.offices) == ((OPENED,), (CLERK,))
    assert (several.sources, several.offices) == ((OPENED, HELD), (CLERK, AUTHOR))
    assert opening.sources == ()


def test_a_table_finds_its_rows() -> None:
    assert LETTER.step("hand").target is HELD
    assert LETTER.state("held") is HELD
    assert {step.key for step in LETTER.steps_from("answered")} == {"accept", "lapse"}
    assert [step.key for step in LETTER.opening_steps] == ["open"]
    assert LETTER.steps_from("nowhere") == ()


def test_a_step_the_table_does_not_have_is_named_in_the_error() -> None:
    with pytest.raises(UnknownStep, match="letter has no step burn"):
        LETTER.step("burn")


def test_a_table_is_fixed_once_written() -> None:
    for thing in (LETTER, OPENED, LETTER.steps[0], LETTER.clocks[0], CLERK):
        with pytest.raises(FrozenInstanceError):
            thing.key = "other"


def test_a_state_may_narrow_who_looks() -> None:
    private = replace(OPENED, seen_by=(AUTHOR,))
    table = replace(LETTER, states=(private, HELD, ANSWERED, WAITING, CLOSED))
    assert table.seen_in(private) == (AUTHOR,)
    assert table.seen_in(HELD) == EVERYBODY


def test_every_registered_table_has_the_built_in_steps_but_none_from_a_final_state() -> None:
    with registered(LETTER):
        table = registry.procedure("letter")
        assert table.step("hand_over").sources == (OPENED, HELD, ANSWERED, WAITING)
        assert table.step("open_sealed").sources == LETTER.states
        nothing_sealed = replace(LETTER, key="plain", sealed=())
        assert "open_sealed" not in {s.key for s in registry.register(nothing_sealed).steps}


def test_followers_are_found_by_the_step_they_follow() -> None:
    with registered(LETTER, ERRAND):
        assert [(table.key, step.key) for table, step in registry.steps_after_parent("dismiss")] == [("errand", "drop")]
        assert registry.steps_after_parent("open") == ()
        waiting = registry.step_after_children(registry.procedure("letter"), "waiting")
        assert waiting is not None
        assert waiting.key == "conclude"
        assert registry.step_after_children(registry.procedure("letter"), "held") is None


def test_a_key_taken_twice_is_remembered_for_the_start_up_check() -> None:
    with registered(LETTER):
        registry.register(replace(LETTER, label="另一个"))
        assert registry.duplicates == ["letter"]
        assert registry.procedure("letter").label == "来信"


def test_the_title_comes_from_the_form_unless_the_table_says_otherwise(stage: Stage) -> None:
    assert stage.open().title == "关于路灯"
    table = Procedure("t", "表", (), (), title=lambda data: f"第{data['n']}件")
    assert table.title({"n": 3}) == "第3件"
