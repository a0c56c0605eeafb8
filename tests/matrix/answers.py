"""Any valid answer to any form, read from the form itself."""

from __future__ import annotations

from random import Random
from typing import Any

from django import forms

from openrenda.docket.forms import NoForm, StepForm
from openrenda.docket.language import Step
from openrenda.docket.situation import Situation
from tests.cast import Cast

from . import examples

NOTHING_TO_CHOOSE = object()


def answers(situation: Situation, step: Step, pick: Random, cast: Cast) -> dict[str, Any] | None:
    """Answers to the step's form: the procedure's own example over any valid ones. None when a choice has nothing to choose."""
    form_class: type[StepForm] = step.records or NoForm
    form = form_class(situation=situation)
    given = {name: answer(field, situation, pick) for name, field in form.fields.items()}
    example = examples.of(situation.table.key).get(step.key)
    own = example(situation, pick, cast) if example else {}
    if own is None:
        return None
    given.update(own)
    if any(value is NOTHING_TO_CHOOSE for value in given.values()):
        return None
    return {name: value for name, value in given.items() if value is not None}


def answer(field: forms.Field, situation: Situation, pick: Random) -> Any:
    """One answer to one question; None leaves it open."""
    if isinstance(field, forms.ModelMultipleChoiceField | forms.ModelChoiceField):
        return chosen(list(field.queryset.values_list("pk", flat=True)), field, pick)
    if isinstance(field, forms.ChoiceField):
        return chosen([key for key, _ in field.choices if key != ""], field, pick)
    if isinstance(field, forms.BooleanField):
        return "on" if field.required or pick.random() < 0.5 else None
    return typed(field, situation) if field.required or pick.random() < 0.5 else None


def chosen(keys: list[Any], field: forms.Field, pick: Random) -> Any:
    """One or several of the keys."""
    if not keys:
        return NOTHING_TO_CHOOSE if field.required else None
    if isinstance(field, forms.ModelMultipleChoiceField | forms.MultipleChoiceField):
        return pick.sample(keys, min(len(keys), pick.randint(1, 3)))
    return pick.choice(keys)


def typed(field: forms.Field, situation: Situation) -> Any:
    """What is typed into a field of that kind."""
    if isinstance(field, forms.DateField):
        return situation.today.isoformat()
    if isinstance(field, forms.IntegerField):
        return field.min_value or 1
    if isinstance(field, forms.URLField):
        return "https://example.org/"
    if isinstance(field, forms.EmailField):
        return "somebody@example.org"
    if isinstance(field, forms.CharField):
        return "试填内容"[: field.max_length]
    return None
