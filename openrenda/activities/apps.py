"""The activities as one Django application. Every module here that holds a ``PROCEDURE`` is registered by itself."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """All kinds of activity of this installation."""

    name = "openrenda.activities"
    label = "activities"
    verbose_name = "活动"

    def ready(self) -> None:
        """Register every declared kind, in alphabetical order of its file."""
        from openrenda.docket import registry
        from openrenda.procedures.apps import declared

        for module in declared(self.name):
            registry.register(module.PROCEDURE)
