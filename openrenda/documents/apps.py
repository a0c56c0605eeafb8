"""The room holds no tables of its own; the configuration only gives it a label."""

from __future__ import annotations

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "openrenda.documents"
    label = "documents"
    verbose_name = "文书"
