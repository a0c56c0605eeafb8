"""Taking a step from a page: what the form sends, proving identity once more, and what each refusal becomes.

Nothing typed is lost: every refusal shows the same form again with what was sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from openrenda.docket import clocks
from openrenda.docket.actor import Actor
from openrenda.docket.engine import admit
from openrenda.docket.forms import NoForm, StepForm
from openrenda.docket.language import Step
from openrenda.docket.models import Act
from openrenda.docket.reading import reasons_against
from openrenda.docket.refusals import NotFresh, Refused
from openrenda.docket.situation import Situation
from openrenda.people import authentication, sessions
from openrenda.people.forms import ConfirmForm

from .access import Request

IDENTITY = "identity"
UNPROCESSABLE, CONFLICT = 422, 409
LONGEST_VERSION = 9


@dataclass
class StepPage:
    """What the step's template shows."""

    situation: Situation
    step: Step
    form: StepForm
    key: str
    seen: int
    reasons: list[str] = field(default_factory=list)
    identity: ConfirmForm | None = None
    overtaken_by: list[Act] = field(default_factory=list)
    restored: bool = False
    status: int = 200
    advice: dict[str, Any] = field(default_factory=dict)
    proposed: dict[str, Any] = field(default_factory=dict)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The form's fields in rows."""
        return rows(self.form.shown())

    @property
    def would_be_due(self) -> Any:
        """The due day if the step were taken now, for steps that extend a limit."""
        return None if self.situation.new else clocks.would_be_due(self.situation, self.step)


def form_for(step: Step, situation: Situation, *data: Any) -> StepForm:
    """The step's form; with data it is bound."""
    form_class: type[StepForm] = step.records or NoForm
    return dressed(form_class(*data, situation=situation))


def dressed(form: StepForm) -> StepForm:
    """The form with widgets that work on a phone: many choices as ticks, never a box to hold a key in."""
    for bound in form.fields.values():
        if isinstance(bound, forms.ModelMultipleChoiceField) and isinstance(bound.widget, forms.SelectMultiple):
            choices = bound.choices
            bound.widget = forms.CheckboxSelectMultiple()
            bound.widget.is_localized, bound.widget.is_required = False, bound.required
            bound.widget.choices = choices
    return form


NUMBERED = re.compile(r"[a-z_]+_\d+")


def rows(shown: Iterable[forms.BoundField]) -> list[dict[str, Any]]:
    """The fields in rows: a numbered field (promise_1) and those named after it (promise_1_by) stand side by side.

    Of several such rows those after the first stay folded until something is written in them.
    """
    found: list[dict[str, Any]] = []
    for bound in shown:
        if found and NUMBERED.fullmatch(found[-1]["name"]) and bound.name.startswith(found[-1]["name"] + "_"):
            found[-1]["fields"].append(bound)
        else:
            found.append({"name": bound.name, "fields": [bound]})
    for row in found:
        further = NUMBERED.fullmatch(row["name"]) and not row["name"].endswith("_1")
        row["folded"] = bool(further) and not any(bound.value() or bound.errors for bound in row["fields"])
    return found


def new_key() -> str:
    """A fresh mark of one form shown to one person: sending it twice does the work once."""
    return uuid4().hex


def key_of(request: HttpRequest) -> str:
    """The mark that came with the form, or a fresh one when it is none of ours."""
    try:
        return UUID(request.POST.get("key", "")).hex
    except ValueError:
        return new_key()


def act_key(actor: Actor, mark: str) -> str:
    """The idempotency key in the ledger; it begins with the account, so that nobody can repeat somebody else's act."""
    return f"web:{actor.account.hex if actor.account else ''}:{mark}"


def seen_version(request: HttpRequest) -> int:
    """The version of the matter that the person saw; a version that never was when the form does not say."""
    text = request.POST.get("seen", "")
    return int(text) if text.isdecimal() and len(text) <= LONGEST_VERSION else -1


def says_more(step: Step, typed: QueryDict, made: Act) -> bool:
    """Whether a form sent again under its old mark holds other words than the act which the mark stands for."""
    fields = step.records.base_fields if step.records else {}
    return any(
        _words(field, typed.get(name)) != made.data.get(name, "")
        for name, field in fields.items()
        if isinstance(field, forms.CharField) and not isinstance(made.data.get(name), dict)
    )


def _words(field: forms.CharField, typed: str | None) -> str | None:
    try:
        return field.to_python(typed)
    except ValidationError:
        return None


def refusals(situation: Situation, step: Step) -> tuple[list[str], bool]:
    """Why the step cannot be taken now, and whether identity must be proved again first."""
    try:
        admit(situation, step)
    except NotFresh:
        return reasons_against(situation, step), True
    except Refused as refused:
        return refused.reasons, False
    return reasons_against(situation, step), False


def proved(request: Request, actor: Actor, step: Step) -> tuple[Actor, ConfirmForm | None]:
    """The actor after a password or code sent along has been checked; the form with its error when it was wrong."""
    if not step.fresh or actor.fresh:
        return actor, None
    sent = {name: request.POST.get(f"{IDENTITY}-{name}", "") for name in ("password", "code")}
    if not any(sent.values()):
        return actor, None
    form = ConfirmForm({f"{IDENTITY}-{name}": value for name, value in sent.items()}, prefix=IDENTITY)
    if form.is_valid() and authentication.confirm_identity(request, request.user, **form.cleaned_data):  # type: ignore[arg-type]
        sessions.confirm(request.session)
        return replace(actor, fresh=True), None
    form.add_error(None, _("没有通过验证：密码或者动态口令不对。您填写的其他内容都还在，请重新输入。"))
    return actor, form


def identity_form() -> ConfirmForm:
    """The empty form that asks who one is once more."""
    form = ConfirmForm(prefix=IDENTITY)
    for bound in form.fields.values():
        bound.widget.attrs.pop("autofocus", None)
    return form
