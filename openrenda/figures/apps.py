"""The figures room as a Django application."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Figures, reports and counters, with the start-up check of the figures."""

    name = "openrenda.figures"
    label = "figures"
    verbose_name = "统计"

    def ready(self) -> None:
        """Register the start-up checks."""
        from . import checks  # noqa: F401
