"""Which list belongs to which procedure."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from openrenda.docket.language import Procedure
from openrenda.procedures.apps import every_declared
from openrenda.procedures.listing import DUE, NUMBER, Filter, ListOf

from .levels import with_levels


def list_of(table: Procedure) -> ListOf:
    """The procedure's own list, or the usual one."""
    return _lists().get(table.key) or _usual(table)


@cache
def filters_of(table: Procedure) -> tuple[Filter, ...]:
    """The filters of its list, and the one by the level of the deputies where they have to do with its matters."""
    return with_levels(table, list_of(table))


@cache
def _usual(table: Procedure) -> ListOf:
    """The usual columns, without numbers where the procedure gives none and without days where nothing is timed."""
    empty = {NUMBER.key: not any(step.numbers for step in table.steps), DUE.key: not table.clocks}
    return ListOf(columns=tuple(column for column in ListOf().columns if not empty.get(column.key)))


@cache
def _lists() -> dict[str, ListOf]:
    found = {}
    for module in every_declared():
        name = f"{module.__name__}.listing"
        if hasattr(module, "__path__") and find_spec(name):
            found[module.PROCEDURE.key] = import_module(name).LIST
        elif hasattr(module, "LIST"):
            found[module.PROCEDURE.key] = module.LIST
    return found
