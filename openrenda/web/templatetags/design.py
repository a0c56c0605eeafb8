"""Tags of the design system: `{% load design %}`."""

from __future__ import annotations

from django import template

from openrenda.web import cells

register = template.Library()
register.simple_tag(cells.icon, name="icon")
register.simple_tag(cells.day, name="day")
register.simple_tag(cells.clock_words, name="clock_words")
register.simple_tag(cells.table_rows, name="table_rows")
