"""Taking steps: the same functions as the pages, with the same bars, forms and refusals."""

import hashlib
from typing import Annotated, Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Header
from pydantic import Field

from openrenda import docket
from openrenda.docket import registry
from openrenda.docket.actor import Actor
from openrenda.docket.engine import begin
from openrenda.docket.forms import NoForm
from openrenda.docket.language import Procedure, Step, UnknownStep
from openrenda.docket.models import Act
from openrenda.docket.sealing import sealed_fields
from openrenda.docket.situation import Situation

from . import rows
from .answers import Request, acting, answer, refusal
from .declared import by_people
from .matters import router, situation_of
from .schemas import OpenMatter, Refusal, Taken, TakeStep

TAKEN = {201: Taken, 400: Refusal, 401: Refusal, 403: Refusal, 404: Refusal, 409: Refusal, 422: Refusal}
IdempotencyKey = Annotated[
    str, Field(min_length=8, max_length=200, pattern=r"^[\x21-\x7e]+$"), Header(alias="Idempotency-Key")
]
SEVERAL = (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)
LONGEST_LIST = 500


@router.post("/matters", response=TAKEN, operation_id="open_matter", tags=["steps"])
@acting
def open_matter(request: Request, body: OpenMatter, idempotency_key: IdempotencyKey) -> HttpResponse:
    """Open a matter. The same ``Idempotency-Key`` sent again opens nothing and answers with the first act."""
    try:
        table = registry.procedure(body.procedure)
    except KeyError:
        return refusal(422, _("没有这种程序。"), fields={"procedure": [body.procedure]})
    step = _step(table, body.step)
    if step is None:
        return refusal(422, _("没有这一步骤。"), fields={"step": [body.step]})
    actor = request.auth.actor
    wrong = unfit(step, begin(table.key, actor), body.data)
    if wrong:
        return refusal(422, _("填写的内容不完整或者有误，没有办理。"), fields=wrong)
    made = docket.open_matter(table.key, step.key, by=actor, data=given(body.data), key=_key(actor, idempotency_key))
    return _taken(made)


@router.post("/matters/{matter_id}/acts", response=TAKEN, operation_id="take_step", tags=["steps"])
@acting
def take_step(request: Request, matter_id: UUID, body: TakeStep, idempotency_key: IdempotencyKey) -> HttpResponse:
    """Take a step on a matter. 409 when the matter has moved on since the version that was seen."""
    situation = situation_of(request, matter_id)
    step = _step(situation.table, body.step)
    if step is None:
        return refusal(422, _("没有这一步骤。"), fields={"step": [body.step]})
    wrong = unfit(step, situation, body.data)
    if wrong:
        return refusal(422, _("填写的内容不完整或者有误，没有办理。"), fields=wrong)
    actor = request.auth.actor
    made = docket.act(
        situation.matter, step.key, by=actor, data=given(body.data), seen=body.seen, key=_key(actor, idempotency_key)
    )
    return _taken(made)


def _step(table: Procedure, key: str) -> Step | None:
    try:
        step = table.step(key)
    except UnknownStep:
        return None
    return step if by_people(step) else None


def unfit(step: Step, situation: Situation, data: dict[str, Any]) -> dict[str, list[str]]:
    """Fields the step does not record, and values of a shape no form takes, with a sentence each."""
    form_class = step.records or NoForm
    known: dict[str, forms.Field] = dict(form_class.base_fields)
    if set(data) - set(known):
        # Some fields are there only once the form knows the matter.
        known |= form_class(situation=situation).fields
    found: dict[str, list[str]] = {}
    for name, value in data.items():
        if name not in known:
            found[name] = [_("这一步骤不记录这一项。")]
        elif not _takes(known[name], value):
            found[name] = [_("这一项的值类型不对。")]
    return found


def _takes(field: forms.Field, value: Any) -> bool:
    if isinstance(field, forms.JSONField):
        return True
    if isinstance(value, list):
        scalars = all(isinstance(item, str | int) for item in value)
        return isinstance(field, SEVERAL) and scalars and len(value) <= LONGEST_LIST
    return not isinstance(value, dict)


def given(data: dict[str, Any]) -> dict[str, Any]:
    """JSON values as a form takes them: numbers as they would be typed, nothing where there is null."""
    return {name: _typed(value) for name, value in data.items() if value is not None}


def _typed(value: Any) -> Any:
    if isinstance(value, list):
        return [_typed(item) for item in value]
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _key(actor: Actor, sent: str) -> str:
    """The key in the ledger begins with the account, so that nobody can repeat somebody else's act."""
    return f"api:{actor.account.hex if actor.account else ''}:{hashlib.sha256(sent.encode()).hexdigest()[:40]}"


def _taken(made: Act) -> HttpResponse:
    matter = made.matter
    shut = sealed_fields(matter.table)
    return answer({"act": rows.act(made, shut=shut), "matter": rows.summary(matter)}, 201)
