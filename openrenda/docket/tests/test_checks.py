"""Start-up checks: each contradiction of a table is found, by its number, and a sound table has none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from openrenda.docket import registry
from openrenda.docket.checks import _CHECKS, check_table, check_tables
from openrenda.docket.language import PARENT, THE_CLOCK, THE_KIN, After, Clock, Office, Procedure, State, Step
from openrenda.rulebook.library import Library, library
from openrenda.rulebook.rule import Rule

from .stage import CLERK, ERRAND, HELD, LETTER, OPENED, registered

EMPTY_OFFICE = Office("nobody", "无席位")
LONELY = State("lonely", "孤", untimed="无")


def with_steps(*more: Step, **changes: Any) -> Procedure:
    """The sound table with more rows."""
    return replace(LETTER, steps=(*LETTER.steps, *more), **changes)


def with_step(key: str, **changes: Any) -> Procedure:
    """The sound table with one row changed."""
    return replace(LETTER, steps=tuple(replace(s, **changes) if s.key == key else s for s in LETTER.steps))


def with_clock(key: str, **changes: Any) -> Procedure:
    """The sound table with one clock changed."""
    return replace(LETTER, clocks=tuple(replace(c, **changes) if c.key == key else c for c in LETTER.clocks))


def with_state(key: str, **changes: Any) -> Procedure:
    """The sound table with one state changed, everywhere."""
    new = {state: replace(state, **changes) if state.key == key else state for state in LETTER.states}
    steps = tuple(
        replace(step, source=tuple(new[s] for s in step.sources) or None, target=new.get(step.target))  # type: ignore[arg-type]
        for step in LETTER.steps
    )
    return replace(LETTER, states=tuple(new.values()), steps=steps)


BROKEN = [
    ("E002", with_steps(Step("note", "再记", OPENED, None, CLERK, "REP-02"))),
    ("E002", replace(LETTER, states=(*LETTER.states, OPENED))),
    ("E002", replace(LETTER, clocks=(*LETTER.clocks, LETTER.clocks[0]))),
    ("E003", with_step("note", basis="REP-99")),
    ("E003", replace(LETTER, basis="REP-99")),
    ("E003", with_step("note", only_if=("option.nothing", True))),
    ("E003", with_clock("reply", rule="REP-99")),
    ("E003", with_clock("reply", extends=(("extend", "REP-99"),))),
    ("E003", with_clock("reply", only_if=("option.nothing", True))),
    ("E004", with_step("note", basis="")),
    ("E005", with_clock("reply", stops=("answer", "burn"))),
    ("E005", with_clock("reply", pauses=("burn",))),
    ("E005", with_clock("reply", extends=(("burn", "REP-05.long"),))),
    ("E005", with_clock("comment", bars=("burn",))),
    ("E005", with_clock("judge", then="burn")),
    ("E005", with_step("countersign", other_than=("burn",))),
    ("E006", with_step("note", source=LONELY)),
    ("E006", with_step("hand", target=LONELY)),
    ("E007", with_step("note", by=())),
    ("E007", with_step("note", by=EMPTY_OFFICE)),
    ("E008", replace(LETTER, states=(*LETTER.states, replace(LONELY, final=True)))),
    ("E009", with_steps(Step("lose", "遗失", OPENED, LONELY, CLERK, "REP-02"), states=(*LETTER.states, LONELY))),
    ("E010", with_state("waiting", untimed="")),
    ("E011", with_clock("hand", stops=())),
    ("E011", with_clock("judge", stops=("hand",), then="")),
    ("E012", with_step("lapse", by=CLERK)),
    ("E013", with_step("conclude", by=CLERK)),
    ("E013", with_step("conclude", after=None)),
    ("E014", with_step("note", by=(CLERK, Office("guest", "来宾", seats=("leader",))))),
    ("E015", with_step("conclude", after=After(PARENT, ("burn",)))),
    ("E017", with_step("note", invites=True, optional=True)),
    ("E017", with_step("answer", invites=True)),
]


def found(table: Procedure) -> set[str]:
    """The numbers of the checks that a table fails."""
    return {str(message.id).removeprefix("docket.") for message in check_table(table)}


@pytest.mark.parametrize(("number", "table"), BROKEN, ids=lambda value: value if isinstance(value, str) else "")
def test_a_contradiction_is_found(number: str, table: Procedure) -> None:
    assert number in found(table)


def test_a_sound_table_passes() -> None:
    with registered(LETTER, ERRAND):
        assert check_table(registry.procedure("letter")) == []
        assert check_table(registry.procedure("errand")) == []


def test_every_installed_table_passes() -> None:
    assert registry.procedures()
    assert check_tables(None) == []


def test_two_tables_of_one_name_stop_the_server() -> None:
    with registered(LETTER, replace(LETTER, label="另一个")):
        assert [message.id for message in check_tables(None)] == ["docket.E001"]


def test_a_backward_clock_without_a_meeting_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """E016: counted back from a meeting, but from which day?"""
    from openrenda.docket import checks

    nation = library().packs["cn"]
    sent = Rule(id="T-20", title="会前", title_en="", kind="practice", value=20, unit="day", limit="before_meeting")
    longer = Library({"cn": replace(nation, rules=(*nation.rules, sent))})
    monkeypatch.setattr(checks, "library", lambda: longer)
    monkeypatch.setattr(checks, "known_rules", lambda: frozenset(rule.id for rule in longer.packs["cn"].rules))
    backward = Clock("papers", "会前送达", "T-20", ("open",), ("hand", "divide"), CLERK)
    assert "E016" in found(replace(LETTER, clocks=(*LETTER.clocks, backward)))
    assert "E016" not in found(replace(LETTER, clocks=(*LETTER.clocks, replace(backward, anchor="meeting"))))


def test_every_check_has_a_table_that_fails_it() -> None:
    """A check that no table fails might be empty."""
    silent = [check.__name__ for check in _CHECKS if not any(list(check(table)) for _, table in BROKEN)]
    assert silent == ["_anchors"]  # its own test above
    assert {number for number, _ in BROKEN} == {f"E{n:03}" for n in range(2, 18)} - {"E016"}


def test_the_words_of_an_error_name_the_place_and_the_remedy() -> None:
    (error,) = [e for e in check_table(with_step("note", basis="REP-99")) if e.id == "docket.E003"]
    assert "letter" in error.msg
    assert "note" in error.msg
    assert "REP-99" in error.msg
    assert error.hint


def test_a_clock_step_and_a_kin_step_may_be_taken_by_their_offices() -> None:
    both = Step("end", "终止", HELD, LETTER.states[-1], (THE_CLOCK, THE_KIN), "SUG-06", after=After(PARENT, ("hand",)))
    assert found(with_steps(both)) == set()
