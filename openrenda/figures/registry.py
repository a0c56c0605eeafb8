"""All figures of this installation: each procedure's ``FIGURES``, kept in ``figures.py`` beside its table."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from openrenda.docket import registry as procedures

from .language import Figure, FigureSet

GROUPS = ("提", "交", "办", "复", "督", "评", "承诺", "公开")


def figures() -> tuple[Figure, ...]:
    """Every figure, in the order of the procedures and then of their lists."""
    return tuple(figure for _procedure, listed in declared() for figure in listed)


def figure(key: str) -> Figure:
    """The figure with that key.

    :raises LookupError: when there is none.
    """
    found = next((each for each in figures() if each.key == key), None)
    if found is None:
        raise LookupError(f"no figure {key}")
    return found


def grouped() -> list[tuple[str, list[Figure]]]:
    """The figures by group: 提、交、办、复、督、评、承诺、公开, then any others in the order in which they appear."""
    names = dict.fromkeys((*GROUPS, *(each.group for each in figures())))
    listed = [(name, [each for each in figures() if each.group == name]) for name in names]
    return [(name, found) for name, found in listed if found]


@cache
def declared() -> tuple[tuple[str, tuple[Figure, ...]], ...]:
    """The figures of each procedure that has some."""
    found = [(module.PROCEDURE.key, _figures_of(module)) for module in _modules()]
    return tuple((key, listed) for key, listed in found if listed)


def _modules() -> list[ModuleType]:
    from openrenda.procedures.apps import every_declared

    registered = {table.key for table in procedures.procedures()}
    modules: list[ModuleType] = every_declared()
    return [module for module in modules if module.PROCEDURE.key in registered]


@cache
def sets() -> tuple[FigureSet, ...]:
    """The figures read together: each procedure's ``SETS``, kept beside its ``FIGURES``."""
    return tuple(each for module in _modules() for each in getattr(_beside(module), "SETS", ()))


def figure_set(key: str) -> FigureSet:
    """The set with that key.

    :raises LookupError: when there is none.
    """
    found = next((each for each in sets() if each.key == key), None)
    if found is None:
        raise LookupError(f"no set of figures {key}")
    return found


def _figures_of(module: ModuleType) -> tuple[Figure, ...]:
    listed: tuple[Figure, ...] = getattr(_beside(module), "FIGURES", ())
    return listed


def _beside(module: ModuleType) -> ModuleType:
    """The module that holds a procedure's figures: ``figures.py`` beside its table, or the table's own."""
    name = f"{module.__name__}.figures"
    return import_module(name) if hasattr(module, "__path__") and find_spec(name) else module
