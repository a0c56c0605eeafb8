"""Forms: what a step records. The same form is the page's form, the API's schema and the import's columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from openrenda.forms import Form

if TYPE_CHECKING:
    from .situation import Situation

# Control characters other than tab and line ends, and halves of characters (surrogates).
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class StepForm(Form):
    """Base of every step's form. ``situation`` tells the form which matter, who acts and which rules hold.

    Control characters that no text needs are refused, so that what was recorded can always be printed.
    """

    # The template of what ``advice`` answers with; a form that gives none has no such template.
    advice_template = ""
    # The same of what ``proposed`` answers with.
    proposed_template = ""
    # The choice on which it depends what else is asked: it is made on a page of its own before the form is shown.
    decides = ""

    def __init__(self, *args: Any, situation: Situation, **kwargs: Any) -> None:
        self.situation = situation
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Fill in choices and initial values from the situation."""

    def advice(self) -> dict[str, Any]:
        """Advice on what is typed so far, or on what is about to be signed, for its template. It stops nothing and is not kept."""
        return {}

    def proposed(self) -> dict[str, Any]:
        """What may be taken over with one tap when the empty form is shown, for its template. Never filled in by itself."""
        return {}

    def first_choices(self) -> list[tuple[str, Any]]:
        """What may be chosen on the page before, where the form has a choice that decides."""
        return []

    def shown(self) -> Iterator[forms.BoundField]:
        """The fields a page shows, in order."""
        return iter(self)

    def rebind(self, data: Any, files: Any, situation: Situation) -> Self:
        """Bind this form to another matter of the same congress: an import builds one form a step, not one a matter."""
        self.situation, self.data, self.files, self.is_bound = situation, data, files, True
        self.initial, self.cleaned_data, self._errors = {}, {}, None
        self._bound_fields_cache.clear()  # type: ignore[attr-defined]
        self.prepare()
        return self

    def unjudged(self) -> Self:
        """The form with what was typed so far, before anybody says whether it will do."""
        self._errors = forms.utils.ErrorDict()  # type: ignore[assignment]
        return self

    def recorded(self) -> dict[str, Any]:
        """The cleaned data as plain JSON values, as the act keeps them; empty fields are left out."""
        plain = {name: as_plain(value) for name, value in self.cleaned_data.items()}
        return {name: value for name, value in plain.items() if value not in (None, "", [], {})}

    def clean(self) -> dict[str, Any]:
        """Refuse what can neither be printed nor be written as UTF-8."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name, value in list(cleaned.items()):
            if isinstance(value, str) and UNPRINTABLE.search(value):
                self.add_error(name, _("含有不能打印的字符，请删去后再提交。"))
        return cleaned


class NoForm(StepForm):
    """Nothing is recorded but the step itself."""


def as_plain(value: Any) -> Any:
    """A cleaned value as JSON: dates in ISO form, rows and ids as text, files left to the file room."""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, dict):
        return {str(key): as_plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | models.QuerySet):
        return [as_plain(item) for item in value]
    return value
