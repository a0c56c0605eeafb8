"""The procedures as JSON: states, steps and clocks as declared, and what the form of each step asks for."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from openrenda.docket.forms import NoForm, StepForm
from openrenda.docket.language import BUILT_IN_SEATS, BUILT_IN_STEPS, Clock, Procedure, Step
from openrenda.docket.sealing import sealed_fields
from openrenda.rulebook import Book

MOST_CHOICES = 500
NOT_RECORDED = frozenset({"id", "congress", "matter"})
KINDS: tuple[tuple[type[forms.Field], str], ...] = (
    (forms.ModelMultipleChoiceField, "ids"), (forms.ModelChoiceField, "id"), (forms.MultipleChoiceField, "choices"),
    (forms.ChoiceField, "choice"), (forms.BooleanField, "boolean"), (forms.DateField, "date"), (forms.UUIDField, "id"),
    (forms.IntegerField, "integer"), (forms.JSONField, "json"), (forms.FileField, "file"), (forms.CharField, "text"),
)  # fmt: skip


def by_people(step: Step) -> bool:
    """Whether people take the step: not the clock, not a related matter, not the import."""
    return step.key not in BUILT_IN_STEPS and any(set(office.seats) - BUILT_IN_SEATS for office in step.offices)


def procedure(table: Procedure, book: Book) -> dict[str, Any]:
    """The whole table."""
    return {
        "key": table.key, "label": table.label, "label_en": table.label_en, "basis": book.citation(table.basis),
        "states": [
            {"key": state.key, "label": state.label, "label_en": state.label_en, "stage": state.stage, "final": state.final}
            for state in table.states
        ],
        "steps": [step_row(step, book) for step in table.steps if by_people(step)],
        "clocks": [clock_row(clock, book) for clock in table.clocks],
        "record": record_names(table),
    }  # fmt: skip


def step_row(step: Step, book: Book) -> dict[str, Any]:
    """One row of the table. Fields that depend on the matter are told by the matter's own form."""
    form_class: type[StepForm] = step.records or NoForm
    return {
        "key": step.key, "label": step.label, "label_en": step.label_en,
        "from": [state.key for state in step.sources], "to": step.target.key if step.target else None,
        "opens": step.source is None, "offices": [office.words for office in step.offices],
        "article": book.citation(step.basis), "optional": step.optional, "fresh": step.fresh, "confirm": _(step.confirm) if step.confirm else "",
        "fields": [field_row(name, field) for name, field in form_class.base_fields.items()],
    }  # fmt: skip


def clock_row(clock: Clock, book: Book) -> dict[str, Any]:
    """One time limit as declared."""
    return {
        "key": clock.key, "label": clock.label, "label_en": clock.label_en, "rule": clock.rule,
        "article": book.citation(clock.rule), "starts": list(clock.starts), "stops": list(clock.stops),
        "office": clock.whose.words,
    }  # fmt: skip


def form_rows(form: StepForm) -> list[dict[str, Any]]:
    """What a form asks for on one matter, with its choices."""
    return [field_row(name, field, choices=True) for name, field in form.fields.items()]


def field_row(name: str, field: forms.Field, *, choices: bool = False) -> dict[str, Any]:
    """One field: its kind, whether it must be given, and what may be chosen."""
    kind = next((word for known, word in KINDS if isinstance(field, known)), "text")
    row: dict[str, Any] = {
        "name": name, "label": str(field.label or name), "kind": kind, "required": field.required,
        "help": str(field.help_text or ""), "max_length": getattr(field, "max_length", None),
    }  # fmt: skip
    if choices and isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        row["choices"] = _choices(field)
    return row


def _choices(field: Any) -> list[dict[str, str]]:
    if isinstance(field, forms.ModelChoiceField):
        rows = field.queryset[:MOST_CHOICES] if field.queryset is not None else ()
        return [{"value": str(row.pk), "label": str(field.label_from_instance(row))} for row in rows]
    return [{"value": str(value), "label": str(label)} for value, label in list(field.choices)[:MOST_CHOICES]]


@lru_cache(maxsize=64)
def record_names(table: Procedure) -> list[str]:
    """The fields of the typed record that the API shows: its own columns, but no sealed one."""
    if table.record is None:
        return []
    shut = sealed_fields(table) | NOT_RECORDED
    return [field.name for field in table.record._meta.concrete_fields if field.name not in shut]
