"""The procedures this installation runs, by key. Filled once at start-up by the procedures room."""

from __future__ import annotations

from .language import CHILDREN, PARENT, Procedure, Step

_procedures: dict[str, Procedure] = {}
_followers: dict[str, tuple[tuple[Procedure, Step], ...]] = {}


def register(procedure: Procedure) -> Procedure:
    """Add a procedure with the steps every procedure has. A key taken twice stops the server at the start-up check."""
    from .builtin import with_built_in_steps

    if procedure.key in _procedures:
        duplicates.append(procedure.key)
    table = _procedures.setdefault(procedure.key, with_built_in_steps(procedure))
    _followers.clear()
    return table


duplicates: list[str] = []


def procedure(key: str) -> Procedure:
    """The procedure with that key."""
    return _procedures[key]


def procedures() -> tuple[Procedure, ...]:
    """All procedures, in the order in which they were registered."""
    return tuple(_procedures.values())


def open_procedures() -> tuple[Procedure, ...]:
    """Those of which more may be known than by the people they concern: all but the internal ones."""
    return tuple(table for table in _procedures.values() if not table.internal)


def internal_procedures() -> frozenset[str]:
    """The keys of the others."""
    return frozenset(table.key for table in _procedures.values() if table.internal)


def steps_after_parent(step_key: str) -> tuple[tuple[Procedure, Step], ...]:
    """The rows that a child takes when its parent takes the step."""
    if not _followers:
        _index_followers()
    return _followers.get(step_key, ())


def step_after_children(table: Procedure, state: str) -> Step | None:
    """The row a parent takes from a state when its last child has closed."""
    for step in table.steps_from(state):
        if step.after and step.after.whom == CHILDREN:
            return step
    return None


def _index_followers() -> None:
    found: dict[str, list[tuple[Procedure, Step]]] = {"": []}
    for table in _procedures.values():
        for step in table.steps:
            if step.after and step.after.whom == PARENT:
                for key in step.after.steps:
                    found.setdefault(key, []).append((table, step))
    _followers.update({key: tuple(rows) for key, rows in found.items()})
