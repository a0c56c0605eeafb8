"""The procedures as one Django application. Every module here that holds a ``PROCEDURE`` is registered by itself."""

from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig


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
