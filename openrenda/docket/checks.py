"""Start-up checks: a contradiction in a table stops the server, with an id and a hint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register

from openrenda.rulebook import known_options, known_rules
from openrenda.rulebook.library import NATION, library

from . import registry
from .language import BUILT_IN_SEATS, BUILT_IN_STEPS, Clock, Procedure, Step


@register("procedures")
def check_tables(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Check every registered procedure."""
    found = [
        Error(f"两个程序使用同一名称 {key}。", hint="给其中一个换一个 key。", id="docket.E001")
        for key in registry.duplicates
    ]
    return found + [message for table in registry.procedures() for message in check_table(table)]


def check_table(table: Procedure) -> list[CheckMessage]:
    """All contradictions of one table."""
    return [message for check in _CHECKS for message in check(table)]


def _error(table: Procedure, number: int, what: str, hint: str) -> Error:
    return Error(f"{table.key}：{what}", hint=hint, obj=table.key, id=f"docket.E{number:03}")


def _duplicate_keys(table: Procedure) -> Iterator[CheckMessage]:
    for kind, rows in (("状态", table.states), ("步骤", table.steps), ("期限", table.clocks)):
        for key, count in Counter(row.key for row in rows).items():
            if count > 1:
                yield _error(table, 2, f"{kind} {key} 出现{count}次。", "每个 key 只用一次。")


def _unknown_rules(table: Procedure) -> Iterator[CheckMessage]:
    known = known_rules() | known_options()
    used = [("程序", table.basis)] if table.basis else []
    used += [(f"步骤 {s.key}", s.basis) for s in table.steps if s.basis]
    used += [(f"期限 {c.key}", rule) for c in table.clocks for rule in (c.rule, *(r for _, r in c.extends))]
    used += [(f"步骤 {s.key}", s.only_if[0]) for s in table.steps if s.only_if]
    used += [(f"期限 {c.key}", c.only_if[0]) for c in table.clocks if c.only_if]
    for where, rule in used:
        if rule not in known:
            yield _error(
                table, 3, f"{where} 引用了规则库中没有的规则 {rule}。", "在 rulebook/packs 中加入该规则或改正编号。"
            )


def _missing_basis(table: Procedure) -> Iterator[CheckMessage]:
    for step in table.steps:
        if not step.basis:
            yield _error(table, 4, f"步骤 {step.key} 没有依据。", "写明规则编号；惯例也在规则库中登记。")


def _unknown_steps(table: Procedure) -> Iterator[CheckMessage]:
    keys = {step.key for step in table.steps}
    for clock in table.clocks:
        for key in _steps_named_by(clock):
            if key not in keys:
                yield _error(table, 5, f"期限 {clock.key} 提到的步骤 {key} 不存在。", "改正步骤名。")
    for step in table.steps:
        for key in step.other_than:
            if key not in keys:
                yield _error(table, 5, f"步骤 {step.key} 的 other_than 提到的 {key} 不存在。", "改正步骤名。")


def _steps_named_by(clock: Clock) -> tuple[str, ...]:
    named = (*clock.starts, *clock.goes_on, *clock.stops, *clock.pauses, *clock.resumes, *clock.bars)
    return (*named, *(key for key, _ in clock.extends), *((clock.then,) if clock.then else ()))


def _unknown_states(table: Procedure) -> Iterator[CheckMessage]:
    for step in table.steps:
        for state in (*step.sources, *((step.target,) if step.target else ())):
            if state not in table.states:
                yield _error(table, 6, f"步骤 {step.key} 用到的状态 {state.key} 未列入 states。", "把状态加入表中。")


def _unknown_offices(table: Procedure) -> Iterator[CheckMessage]:
    for step in table.steps:
        if not step.by:
            yield _error(table, 7, f"步骤 {step.key} 没有写明由谁办理。", "写明 by。")
        for office in step.offices if step.by else ():
            if not office.seats:
                yield _error(table, 7, f"步骤 {step.key} 的职责 {office.key} 没有席位。", "给 Office 写明 seats。")


def _unreachable_states(table: Procedure) -> Iterator[CheckMessage]:
    reached = reachable(table)
    for state in table.states:
        if state.key not in reached:
            yield _error(table, 8, f"状态 {state.key} 无法到达。", "加一条到达它的步骤，或删去它。")


def reachable(table: Procedure) -> set[str]:
    """The states that some path from an opening step reaches."""
    reached = {step.target.key for step in table.opening_steps if step.target}
    while True:
        more = {s.target.key for s in table.steps if s.target and any(x.key in reached for x in s.sources)} - reached
        if not more:
            return reached
        reached |= more


def _dead_ends(table: Procedure) -> Iterator[CheckMessage]:
    for state in table.states:
        leaving = [s for s in table.steps_from(state.key) if s.target and s.target != state]
        if not state.final and not leaving:
            yield _error(table, 9, f"状态 {state.key} 是死胡同。", "加一条离开它的步骤，或标为 final。")


def _untimed_states(table: Procedure) -> Iterator[CheckMessage]:
    for state in table.states:
        if not state.final and not state.untimed and not _timed(table, state.key):
            yield _error(
                table, 10, f"状态 {state.key} 没有期限，也没有说明原因。", "加期限，或在 untimed 写明为什么没有。"
            )


def _timed(table: Procedure, state: str) -> bool:
    """Whether some clock can be running in the state: a step that starts it leads there before one that stops it."""
    return any(state in states_where_running(table, clock) for clock in table.clocks)


def states_where_running(table: Procedure, clock: Clock) -> set[str]:
    """The states in which the clock may run."""
    starting = [table.step(key) for key in (*clock.starts, *clock.goes_on) if key in {s.key for s in table.steps}]
    running = {state.key for step in starting for state in ((step.target,) if step.target else step.sources)}
    while True:
        more = {
            step.target.key
            for step in table.steps
            if step.target and step.key not in clock.stops and any(s.key in running for s in step.sources)
        } - running
        if not more:
            return running
        running |= more


def _unstoppable_clocks(table: Procedure) -> Iterator[CheckMessage]:
    """A clock that runs in a state from which no step that stops it, and no final state, can be reached."""
    for clock in table.clocks:
        if not clock.stops and not clock.then:
            yield _error(table, 11, f"期限 {clock.key} 无法停止。", "写明 stops。")
        elif not any(_open_to(table, key, states_where_running(table, clock)) for key in (*clock.stops, clock.then)):
            yield _error(table, 11, f"期限 {clock.key} 运行时没有一个停止它的步骤可以走。", "检查 starts 与 stops。")


def _open_to(table: Procedure, key: str, states: set[str]) -> bool:
    return any(step.key == key and any(s.key in states for s in step.sources) for step in table.steps)


def _clock_steps(table: Procedure) -> Iterator[CheckMessage]:
    for clock in table.clocks:
        step = next((s for s in table.steps if s.key == clock.then), None)
        if step and not any("the_clock" in office.seats for office in step.offices):
            yield _error(
                table, 12, f"期限 {clock.key} 届满要走的步骤 {step.key} 不由期限办理。", "在 by 中加入 THE_CLOCK。"
            )


def _kin_steps(table: Procedure) -> Iterator[CheckMessage]:
    for step in table.steps:
        by_kin = any("the_kin" in office.seats for office in step.offices)
        if step.after and not by_kin:
            yield _error(table, 13, f"步骤 {step.key} 跟随关联事项，却不由 THE_KIN 办理。", "在 by 中加入 THE_KIN。")
        if by_kin and step.sources and not step.after:
            yield _error(table, 13, f"步骤 {step.key} 由 THE_KIN 办理，却没有写明跟随什么。", "写明 after。")


def _followed_steps(table: Procedure) -> Iterator[CheckMessage]:
    known = {step.key for other in (table, *registry.procedures()) for step in other.steps}
    for step in (step for step in table.steps if step.after):
        for key in step.after.steps if step.after else ():
            if key not in known:
                yield _error(table, 15, f"步骤 {step.key} 跟随的步骤 {key} 不存在。", "改正 after 中的步骤名。")


def _anchors(table: Procedure) -> Iterator[CheckMessage]:
    """A limit counted back from a meeting needs the field that holds the meeting's day."""
    backward = {rule.id for rule in library().packs[NATION].rules if rule.limit == "before_meeting"}
    for clock in table.clocks:
        if clock.rule in backward and not clock.anchor:
            yield _error(table, 16, f"期限 {clock.key} 从会议倒算，却没有写明会议日期在哪一项。", "写明 anchor。")


def _unused_offices_see_nothing(table: Procedure) -> Iterator[CheckMessage]:
    """Whoever may act must be able to see, or the button would lead to a page that does not exist for her."""
    for step in (step for step in table.steps if step.key not in BUILT_IN_STEPS):
        for state in step.sources:
            for office in _people(step):
                if office not in table.seen_in(state):
                    yield _error(
                        table, 14, f"{office.key} 可以在 {state.key} 走 {step.key}，却看不到这一状态的事项。",
                        "把它加入 seen_by。",
                    )  # fmt: skip


def _invitations(table: Procedure) -> Iterator[CheckMessage]:
    """Only people with a part in the matter are invited, and nothing that must be done is an invitation."""
    for step in (step for step in table.steps if step.invites):
        if not step.optional or not all(office.relation for office in step.offices):
            yield _error(
                table,
                17,
                f"步骤 {step.key} 邀请参与，须为可不办且由与事项有关系的人办理。",
                "写明 optional，并给 Office 写明 relation。",
            )


def _people(step: Step) -> Iterator[Any]:
    return (office for office in step.offices if not BUILT_IN_SEATS.issuperset(office.seats))


_CHECKS: tuple[Callable[[Procedure], Iterator[CheckMessage]], ...] = (
    _duplicate_keys, _unknown_rules, _missing_basis, _unknown_steps, _unknown_states, _unknown_offices,
    _unreachable_states, _dead_ends, _untimed_states, _unstoppable_clocks, _clock_steps, _kin_steps,
    _unused_offices_see_nothing, _followed_steps, _anchors, _invitations,
)  # fmt: skip
