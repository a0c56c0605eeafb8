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


def declared() -> list:  # type: ignore[type-arg]
    """The modules of this package that declare a procedure."""
    package = import_module("openrenda.procedures")
    found = [import_module(f"openrenda.procedures.{info.name}") for info in iter_modules(package.__path__)]
    return [module for module in found if hasattr(module, "PROCEDURE")]
