"""Why a step was not taken. Each refusal carries sentences for the person, never a code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from .forms import StepForm
    from .models import Matter


class Refusal(Exception):
    """A step was not taken, and nothing was written."""


class NotVisible(Refusal):
    """There is no such matter for this person (404)."""


class Refused(Refusal):
    """The step is barred (422); ``reasons`` are sentences."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(_("；").join(reasons))
        self.reasons = reasons


class NotFresh(Refused):
    """The step asks for the password or second factor once more."""


class Incomplete(Refusal):
    """The form is not complete (422); ``form`` holds the errors beside what was typed."""

    def __init__(self, form: StepForm) -> None:
        super().__init__(
            _("；").join(f"{field}：{_('、').join(map(str, errors))}" for field, errors in form.errors.items())
        )
        self.form = form


class Overtaken(Refusal):
    """Somebody was first (409): the matter moved on after the page was opened."""

    def __init__(self, matter: Matter) -> None:
        super().__init__(_("您打开页面之后，这件事项已有新的进展。您填写的内容已保留，请核对最新情况后再提交。"))
        self.matter = matter
