"""The events process as servers see it: Django set up, then the application of hall/voting/events.py."""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openrenda.settings")
django.setup()

from .voting.events import application  # noqa: E402

__all__ = ["application"]
