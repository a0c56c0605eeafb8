"""The ballot paper as a form: the same fields for a vote by name, which the server reads, and for a secret one, which the device reads."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.ballots.counting import Paper, Terms
from openrenda.ballots.counting.papers import LONGEST_NAME, chosen, one_form
from openrenda.ballots.counting.sentences import mark_words
from openrenda.ballots.counting.terms import ABSTAIN, AGAINST, APPROVE, CHOICE, CHOSEN, ELECTION, NO_MARK
from openrenda.forms import Form

# What one says when one marks; what was marked is said otherwise in English.
MARKING = {APPROVE: _("我赞成"), AGAINST: _("我反对"), ABSTAIN: _("我弃权"), CHOSEN: _("我选")}


class PaperForm(Form):
    """A row for each thing that is voted on; names may be written in at an election."""

    def __init__(self, terms: Terms, *args: Any, **kwargs: Any) -> None:
        self.terms = terms
        super().__init__(*args, **kwargs)
        for row in range(len(terms.rows)):
            self.fields[f"row_{row}"] = self._row(row)
        if terms.kind == ELECTION:
            self.fields["write_ins"] = forms.CharField(
                label=_("另选他人"),
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("一行写一个姓名。"),
            )

    def _row(self, row: int) -> forms.Field:
        label = self.terms.rows[row]
        if row in self.terms.withdrawn:
            label = gettext("%(label)s（已退出，不计票）") % {"label": label}
        if self.terms.kind == CHOICE:
            return forms.BooleanField(
                label=label, required=False, widget=forms.CheckboxInput(attrs={"data-mark": CHOSEN})
            )
        choices = [(mark, MARKING.get(mark) or mark_words(self.terms, mark)) for mark in self.terms.allowed]
        return forms.ChoiceField(
            label=label, choices=choices, widget=forms.RadioSelect, error_messages={"required": _("这一项还没有选。")}
        )

    def clean_write_ins(self) -> list[str]:
        """Names, one a line."""
        names = [one_form(line) for line in self.cleaned_data["write_ins"].splitlines()]
        names = list(dict.fromkeys(filter(None, names)))
        if any(len(name) > LONGEST_NAME for name in names):
            raise ValidationError(_("姓名最多%(most)d个字，一行写一个。"), params={"most": LONGEST_NAME})
        listed = next((name for name in names if name in self.terms.options), None)
        if listed:
            raise ValidationError(_("%(name)s在候选人中，请在上面选。"), params={"name": listed})
        return names

    def clean(self) -> dict[str, Any]:
        """No more than there are places."""
        cleaned = super().clean() or {}
        if not self.errors and self.terms.kind in (CHOICE, ELECTION) and chosen(self.paper) > self.terms.places:
            raise ValidationError(_("最多选%(places)d个，现在选了%(chosen)d个。请改好再投。"),
                                  params={"places": self.terms.places, "chosen": chosen(self.paper)})  # fmt: skip
        return cleaned

    @property
    def paper(self) -> Paper:
        """The paper that was filled in."""
        marks = (self.cleaned_data[f"row_{row}"] for row in range(len(self.terms.rows)))
        written = tuple(self.cleaned_data.get("write_ins") or ())
        return Paper(
            tuple((CHOSEN if mark else NO_MARK) if isinstance(mark, bool) else mark for mark in marks), written
        )
