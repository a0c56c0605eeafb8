"""Tags of the design system: `{% load design %}`."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language

from openrenda.web import cells

register = template.Library()
register.simple_tag(cells.icon, name="icon")
register.simple_tag(cells.day, name="day")
register.simple_tag(cells.clock_words, name="clock_words")
register.simple_tag(cells.table_rows, name="table_rows")


@register.simple_tag
def fixed(name: str) -> str:
    """A template without context, rendered once for each language; a quarter of the frame's time otherwise."""
    render = _rendered.__wrapped__ if settings.DEBUG else _rendered
    return render(name, get_language())


@lru_cache(maxsize=32)
def _rendered(name: str, language: str | None) -> str:
    return render_to_string(name)
