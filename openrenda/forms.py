"""The base of every form: what was left out is asked for by its name, in one place."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

LEFT_OUT = forms.Field.default_error_messages["required"]
CHOSEN = (forms.ChoiceField, forms.ModelChoiceField, forms.FileField)


class Form(forms.Form):
    """A form that says “请填写“议题”。” where the framework says of any field that it is required.

    A field with a sentence of its own keeps it.
    """

    def add_error(self, field: str | None, error: Any) -> None:
        """Keep what is wrong; what was only left out is named."""
        if field and isinstance(error, ValidationError) and getattr(error, "message", None) is LEFT_OUT:
            error = ValidationError(asked_for(self.fields[field], str(self[field].label)), code="required")
        super().add_error(field, error)


def asked_for(field: forms.Field, label: str) -> str:
    """The sentence that asks for a field which was left out."""
    if isinstance(field, forms.BooleanField):
        return gettext("请勾选“%(label)s”。") % {"label": label}
    if isinstance(field, CHOSEN):
        return gettext("请选择“%(label)s”。") % {"label": label}
    return gettext("请填写“%(label)s”。") % {"label": label}
