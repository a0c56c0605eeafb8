"""The room's entry in Django's register of applications."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BallotsConfig(AppConfig):
    name = "openrenda.ballots"
    label = "ballots"
    verbose_name = _("表决")
