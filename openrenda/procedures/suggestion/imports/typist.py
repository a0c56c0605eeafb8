"""From a cell to what a step's form is given: labels become keys, names become rows of the registers, 是 becomes a tick."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _

from openrenda.docket.forms import NoForm, StepForm
from openrenda.docket.language import Step
from openrenda.docket.situation import Situation
from openrenda.documents.cells import cell_text, normalise, parse_date
from openrenda.languages import chinese

from ...bringing_in.columns import BETWEEN_NAMES
from ...bringing_in.registers import Registers

YES = frozenset({"是", "√", "✓", "有", "1", "true", "True", "on", "yes"})
NO = frozenset({"否", "×", "无", "0", "false", "False", "off", "no"})


@dataclass
class Typist:
    """Fills in forms from rows. The fields of a step are looked up once an import."""

    registers: Registers
    _fields: dict[str, tuple[StepForm, dict[str, str]]] = field(default_factory=dict)

    def typed(self, situation: Situation, step: Step, cells: dict[str, Any]) -> dict[str, Any]:
        """What the form of the step is given.

        :raises ValueError: when a cell names something the step does not record, or a row nobody has registered.
        """
        form, names = self._of(situation, step)
        data: dict[str, Any] = {}
        for column, cell in cells.items():
            if cell in (None, "", []):
                continue
            name = names.get(column)
            if name is None:
                raise ValueError(_("步骤“%(step)s”不记录“%(column)s”。") % {"step": step.words, "column": column})
            try:
                data[name] = self._value(form.fields[name], cell, situation.today)
            except ValueError as problem:
                raise ValueError(_("“%(name)s”：%(reason)s") % {"name": column, "reason": problem}) from problem
        return {name: value for name, value in data.items() if value is not None}

    def _of(self, situation: Situation, step: Step) -> tuple[StepForm, dict[str, str]]:
        if step.key not in self._fields:
            # Files are headed in Chinese, whatever the page is read in.
            with chinese():
                form = (step.records or NoForm)(situation=situation)
                names = {str(bound.label): name for name, bound in form.fields.items()}
            names |= {name: name for name in form.fields}
            self._fields[step.key] = form, names
        return self._fields[step.key]

    def _value(self, bound: forms.Field, cell: Any, day: date) -> Any:
        if isinstance(bound, forms.ModelMultipleChoiceField):
            listed = cell if isinstance(cell, list) else BETWEEN_NAMES.split(cell_text(cell))
            return [self._row(bound, str(name).strip(), day) for name in listed if str(name).strip()]
        if isinstance(bound, forms.ModelChoiceField):
            return self._row(bound, cell_text(cell), day)
        if isinstance(bound, forms.BooleanField):
            return _ticked(cell)
        if isinstance(bound, forms.DateField):
            return parse_date(cell).isoformat()
        if isinstance(bound, forms.ChoiceField):
            return _chosen(bound, "是" if cell is True else "否" if cell is False else cell_text(cell))
        if isinstance(bound, forms.JSONField):
            return cell if isinstance(cell, list | dict) else json.dumps(BETWEEN_NAMES.split(cell_text(cell)))
        return cell_text(cell)

    def _row(self, bound: forms.ModelChoiceField, name: str, day: date) -> str:
        model = bound.queryset.model if bound.queryset is not None else None
        found = self.registers.find(model, name, day)
        if found is None:
            raise ValueError(_("登记表中没有“%(name)s”，或者有几个同名，请核对名称或者先导入登记表。") % {"name": name})
        return str(found)


def _ticked(cell: Any) -> str | None:
    written = normalise(cell_text(cell)) if not isinstance(cell, bool) else ("是" if cell else "否")
    if written in YES:
        return "on"
    if written in NO:
        return None
    raise ValueError(_("请填“是”或者“否”。"))


def _chosen(bound: forms.ChoiceField, written: str) -> str:
    """The key of the choice that the words name; other words go to the form, which says what it takes."""
    listed = cast(Iterable[tuple[Any, Any]], bound.choices)
    with chinese():
        choices = [(str(key), str(label)) for key, label in listed if not isinstance(label, list | tuple)]
    return next((key for key, label in choices if written in (key, label)), written)
