"""The form of a step that asks for nothing but a written reason."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm

from .fields import LongText


class Reason(StepForm):
    """A written reason."""

    reason = LongText(label=_("理由"), rows=3, max_length=2000)
