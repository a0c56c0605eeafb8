"""The procedures as one Django application. Every module here that holds a ``PROCEDURE`` is registered by itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from itertools import chain
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.apps import AppConfig

if TYPE_CHECKING:
    from openrenda.search import Document


class ProceduresConfig(AppConfig):
    """All procedures of this installation."""

    name = "openrenda.procedures"
    label = "procedures"
    verbose_name = "程序"

    def ready(self) -> None:
        """Register every declared procedure, in alphabetical order of its file."""
        from openrenda.docket import registry

        for module in declared():
            registry.register(module.PROCEDURE)


ROOMS = ("openrenda.procedures", "openrenda.activities")


def declared(room: str = ROOMS[0]) -> list:  # type: ignore[type-arg]
    """The modules of a room that declare a procedure."""
    package = import_module(room)
    found = [import_module(f"{room}.{info.name}") for info in iter_modules(package.__path__)]
    return [module for module in found if hasattr(module, "PROCEDURE")]


def every_declared() -> list:  # type: ignore[type-arg]
    """The same of both rooms: what is declared as an activity is a procedure too."""
    return [module for room in ROOMS for module in declared(room)]


@cache
def findable() -> dict[str, Any]:
    """The modules that tell what of a procedure can be searched for, by the procedure's key: those beside it named ``findable``."""
    names = {
        module.PROCEDURE.key: f"{module.__name__}.findable" for module in declared() if hasattr(module, "__path__")
    }
    return {key: import_module(name) for key, name in names.items() if find_spec(name)}


def documents(congress: UUID) -> Iterator[Document]:
    """Every text of a congress that can be searched for."""
    return chain.from_iterable(module.documents(congress) for module in findable().values())
