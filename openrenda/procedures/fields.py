"""Form fields that know the congress: their choices are asked when the form is shown, never when the module is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.people.models import Mandate
from openrenda.people.remembering import recalled

MOST_SHOWN, LONGEST_SEARCH = 50, 100
# The button that searches sends the form without taking the step.
SEARCHES = "search"


class RowsWhenShown(ModelChoiceIterator):
    """The choices of a field whose rows are looked up when somebody looks at them: a form that is only checked seldom does."""

    def __init__(self, field: forms.ModelChoiceField) -> None:
        self.field = field

    @property
    def queryset(self) -> QuerySet[Any]:  # type: ignore[override]
        """The field's rows."""
        return cast("QuerySet[Any]", self.field.queryset)


class Offers(forms.ModelChoiceField):
    """A field that is told how to look up its rows."""

    iterator = RowsWhenShown
    ask: Callable[[], QuerySet[Any]] | None = None

    def offer(self, ask: Callable[[], QuerySet[Any]]) -> None:
        """Offer the rows that ``ask`` finds."""
        self.ask, self._queryset = ask, None
        self.widget.choices = self.choices

    def _get_queryset(self) -> QuerySet[Any] | None:
        if self._queryset is None and self.ask is not None:
            self._queryset = self.ask()  # type: ignore[assignment]
        return self._queryset

    def to_python(self, value: Any) -> Any:
        """The row; an import looks each row up once."""
        ask, look_up = self.ask, super().to_python
        if value in self.empty_values or not isinstance(value, str | UUID):
            return look_up(value)
        return recalled((getattr(ask, "func", ask), getattr(ask, "args", ()), str(value)), lambda: look_up(value))

    queryset = property(_get_queryset, forms.ModelChoiceField._set_queryset)  # type: ignore[attr-defined,assignment]


class Choose(Offers):
    """One row of the congress in context; the form's ``prepare`` names the rows."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", _("请选择") if kwargs.get("required", True) else _("不选"))
        super().__init__(queryset=None, **kwargs)


class ChooseSeveral(Offers, forms.ModelMultipleChoiceField):
    """Several rows of the congress in context."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=None, **kwargs)

    def clean(self, value: Any) -> Any:
        """The rows; where none was chosen nor needed, a list without any, for which no database is asked."""
        return super().clean(value) if value or self.required else []


class SearchedTicks(forms.CheckboxSelectMultiple):
    """Boxes to tick, of which only what is searched for is shown, and what is ticked already."""

    offered: ChooseSearched | None = None
    words, more = "", False

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """What was ticked; the words searched for are remembered for the next showing."""
        self.words = str(data.get(search_name(name), ""))[:LONGEST_SEARCH].strip()
        return super().value_from_datadict(data, files, name)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The ticked ones first, then what was found."""
        assert self.offered is not None, "the form's prepare offers the rows"
        self.choices, self.more = self.offered.shown(value or [], self.words)
        return super().get_context(name, value, attrs)


class ChooseSearched(ChooseSeveral):
    """Several rows of many: fifty are shown at most, found by words or number, without a script too."""

    widget = SearchedTicks
    searched, most_shown = SEARCHES, MOST_SHOWN

    def offer(self, ask: Callable[[], QuerySet[Any]]) -> None:
        super().offer(ask)
        self.widget.offered = self

    def shown(self, value: Any, words: str) -> tuple[list[tuple[str, str]], bool]:
        """The choices to show, and whether there are more. Two queries at most."""
        rows = cast("QuerySet[Any]", self.queryset)
        ticked = [key for key in map(_key, value) if key]
        chosen = list(rows.filter(pk__in=ticked)) if ticked else []
        found = rows.exclude(pk__in=ticked) if ticked else rows
        for word in words.split():
            found = found.filter(Q(number__contains=word) | Q(title__contains=word))
        others = list(found[: MOST_SHOWN + 1])
        listed = [*chosen, *others[:MOST_SHOWN]]
        return [(str(row.pk), self.label_from_instance(row)) for row in listed], len(others) > MOST_SHOWN


def _key(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None


def search_name(name: str) -> str:
    """The name of the box in which one searches for a field's rows."""
    return f"{name}-search"


class LongText(forms.CharField):
    """Several paragraphs. Line ends are made equal and control characters other than tab and line end are dropped."""

    def __init__(self, *, rows: int = 6, max_length: int = 20000, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        return "".join(character for character in text if character >= " " or character in "\n\t").strip()


class Day(forms.DateField):
    """A calendar day, typed or picked."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)


class OneOf(forms.ChoiceField):
    """One of several answers. Where only one is possible nothing is asked, and that one is recorded."""

    def clean(self, value: Any) -> Any:
        answers = [key for key, _label in list(self.choices)]  # type: ignore[arg-type]
        return super().clean(answers[0] if len(answers) == 1 and not value else value)


class YesNo(forms.TypedChoiceField):
    """A question that must be answered yes or no; an empty answer is no answer."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.RadioSelect)
        super().__init__(choices=[("yes", _("是")), ("no", _("否"))], coerce=lambda value: value == "yes", **kwargs)


class MustBeYes(forms.BooleanField):
    """A declaration that has to be ticked."""

    default_error_messages = {"required": _("请先确认这一项。")}


def one_paragraph(value: str) -> None:
    """Refuse a title with line ends."""
    if "\n" in value or "\r" in value:
        raise ValidationError(_("标题请写成一行。"))


def leave_out(form: forms.Form, *names: str) -> None:
    """Do not ask these here, whatever is sent. Their labels stay with the form, for what another matter recorded in them."""
    for name in names:
        field = form.fields[name]
        field.required, field.disabled, field.widget = False, True, forms.HiddenInput()


def offer_rows(
    form: forms.Form, name: str, rows: Callable[[], QuerySet[Any]], label: Callable[[Any], str] | None = None
) -> None:
    """Say which rows a choice field offers, and how each is named."""
    field = cast(Offers, form.fields[name])
    field.offer(rows)
    if label:
        field.label_from_instance = label  # type: ignore[method-assign,assignment]


def offer_deputies(form: StepForm, name: str, *, guests: bool = False) -> None:
    """Offer the deputies who may act today, in the order of strokes; with ``guests`` those of other levels too, after them."""
    deputies = Mandate.everyone if guests else Mandate.objects
    able = deputies.able_on(form.situation.today).select_related("person").order_by("level", "person__stroke_key")
    offer_rows(form, name, able.all, lambda mandate: mandate.named)


def offer_choices(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Say which choices a field or its widget offers."""
    field = cast(forms.ChoiceField, form.fields[name])
    field.choices = list(choices)
    if isinstance(field, OneOf) and len(field.choices) == 1:
        field.widget, field.required = forms.HiddenInput(), False
