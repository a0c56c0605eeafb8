"""The pages' templates: Django's backend for Jinja2, and what our templates may use beside their context.

Jinja2 turns a template into Python, so that a page takes a fraction of the time (docs/decisions/0005-templates.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache, lru_cache
from typing import Any

import jinja2
from django.conf import settings
from django.http import HttpRequest
from django.template.backends.jinja2 import Jinja2, Template
from django.template.backends.utils import csrf_input
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import date_format, localize
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import ngettext

from openrenda.languages import language, one_language, said
from openrenda.moments import here

from . import cells

DAYS_AND_HOURS = (date, time)
MISSING = object()
# The language of the page being made: Django's own answer costs a microsecond, and a page asks for it two hundred times.


class Pages(Jinja2):
    """The backend named in the settings. Templates lie in the `templates/` of each room."""

    app_dirname = "templates"

    def from_string(self, template_code: str) -> Page:
        return Page(super().from_string(template_code).template, self)

    def get_template(self, template_name: str) -> Page:
        return Page(super().get_template(template_name).template, self)


class Page(Template):
    """A template as a view renders it."""

    def render(self, context: Mapping[str, Any] | None = None, request: HttpRequest | None = None) -> SafeString:
        """What the view says stands before what the context processors say; Django's backend has it the other way round."""
        whole = (self._frame(request) if request else {}) | dict(context or {})
        with one_language():
            return SafeString(super().render(whole))

    def _frame(self, request: HttpRequest) -> dict[str, Any]:
        """What every page knows of its request. The token is made at most once, and only for a page that asks for it."""
        frame = {"request": request, "csrf_input": SimpleLazyObject(lambda: csrf_input(request))}
        for processor in self.backend.template_context_processors:
            frame |= processor(request)
        return frame


class Environment(jinja2.Environment):
    """Jinja2 with one habit of Django's templates: a key of a dict stands before its methods."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`confirm.items` is what the view put there. Asked a thousand times a page, so nothing is raised for what is not there."""
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        found = getattr(obj, attribute, MISSING)
        if found is not MISSING:
            return found
        try:
            return obj[attribute]
        except (TypeError, LookupError, AttributeError):
            return self.undefined(obj=obj, name=attribute)


def environment(**options: Any) -> Environment:
    """The environment of all templates. A missing name is empty and never a fault, as a page is worth more than a word in it.

    The old style of gettext on purpose: the new one takes whatever it translates for safe, also what is no literal.
    """
    options |= {"undefined": jinja2.ChainableUndefined, "finalize": shown, "cache_size": -1}
    pages = Environment(extensions=["jinja2.ext.i18n"], **options)
    pages.install_gettext_callables(said, ngettext)  # type: ignore[attr-defined]
    pages.globals |= {
        "_": said,
        "get_language": language,
        "now": localtime,
        "url": url,
        "static": static if settings.DEBUG else cache(static),
        "fixed": fixed,
        "icon": cells.icon,
        "day": cells.day,
        "clock_words": cells.clock_words,
        "table_rows": cells.table_rows,
        "options": cells.options,
    }
    pages.filters |= {"date": date_words, "filesizeformat": filesizeformat}
    return pages


def shown(value: Any) -> Any:
    """What a page shows of a value that stands alone: days and hours in words, everything else as it is."""
    return localize(local(value)) if isinstance(value, DAYS_AND_HOURS) else value


def local(value: Any) -> Any:
    """A moment by the clock of this house; a day or an hour as it is."""
    return here(value) if isinstance(value, datetime) and value.tzinfo is not None else value


def url(name: str, *arguments: Any) -> str:
    """The address of a named page."""
    return reverse(name, args=arguments)


def date_words(value: date | str | None, form: str = "DATE_FORMAT") -> str:
    """A day or a moment in one of Django's date formats, a day also as acts keep it, in ISO form; nothing for none."""
    if not value:
        return ""
    if isinstance(value, str):
        value = date.fromisoformat(value)
    value = local(value)
    # The words of a day do not depend on the hour, so they are found again.
    day = value.date() if form == "DATE_FORMAT" and isinstance(value, datetime) else value
    return _date_words(day, form, language())


@lru_cache(maxsize=4096)
def _date_words(value: date, form: str, _language: str | None) -> str:
    return date_format(value, form)


def fixed(name: str) -> SafeString:
    """A template without context, rendered once for each language."""
    render = _rendered.__wrapped__ if settings.DEBUG else _rendered
    return render(name, language())


@lru_cache(maxsize=32)
def _rendered(name: str, _language: str | None) -> SafeString:
    return render_to_string(name)
