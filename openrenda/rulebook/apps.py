"""The rulebook app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RulebookConfig(AppConfig):
    name = "openrenda.rulebook"
    verbose_name = _("规则簿")

    def ready(self) -> None:
        from . import checks  # noqa: F401  registers the start-up checks
