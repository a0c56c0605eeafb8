"""The docket as a Django application."""

from django.apps import AppConfig


class DocketConfig(AppConfig):
    """The engine: matters, acts, clocks, outbox."""

    name = "openrenda.docket"
    label = "docket"
    verbose_name = "办件引擎"

    def ready(self) -> None:
        """Register the start-up checks."""
        from . import checks  # noqa: F401
