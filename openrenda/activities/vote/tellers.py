"""Counting by hand: two people count, each on a sheet of her own, which nobody else reads before the vote is closed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.ballots.counting import Tally, Terms
from openrenda.ballots.counting.papers import LONGEST_NAME, one_form
from openrenda.ballots.counting.sentences import mark_words
from openrenda.ballots.counting.terms import ELECTION, GRADES, NOT_VALID
from openrenda.ballots.models import HANDS, WITH_SHEETS, Ballot
from openrenda.ballots.sheets import difference, enter, problems_of
from openrenda.docket.forms import StepForm
from openrenda.docket.models import Act
from openrenda.docket.situation import Situation
from openrenda.procedures.fields import LongText, leave_out

from .records import latest_ballot

MOST = 100_000


def number(label: Any) -> forms.IntegerField:
    """A count."""
    return forms.IntegerField(
        label=label, min_value=0, max_value=MOST, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )


class Sheet(StepForm):
    """Papers given out and returned, void ones, and each row's marks. Hands are only counted."""

    issued = number(_("发出的票"))
    returned = number(_("收回的票"))
    void = number(_("废票"))
    write_ins = LongText(
        label=_("另选他人"), rows=3, max_length=5000, required=False, help_text=_("一行一人：姓名，空格，得票数。")
    )

    def prepare(self) -> None:
        """A number for each mark of each row."""
        ballot = latest_ballot(self.situation.matter.pk)
        if ballot is None:
            return
        self.ballot, terms = ballot, ballot.terms
        for row, label in enumerate(terms.rows):
            for mark in marks_of(terms):
                words = mark_words(terms, mark)
                self.fields[f"mark_{row}_{mark}"] = number(f"{label}：{words}" if len(terms.rows) > 1 else words)
        if ballot.way == HANDS:
            leave_out(self, "issued", "returned", "void")
        if terms.kind != ELECTION:
            leave_out(self, "write_ins")
        self.order_fields(["issued", "returned", "void", *(name for name in self.fields if name.startswith("mark_"))])

    def clean_write_ins(self) -> str:
        """Names and numbers."""
        text = str(self.cleaned_data.get("write_ins") or "")
        for line in filter(None, map(str.strip, text.splitlines())):
            name, _space, count = line.rpartition(" ")
            if not one_form(name) or len(name) > LONGEST_NAME or not count.isdecimal() or int(count) > MOST:
                raise forms.ValidationError(_("“%(line)s”请写成：姓名，空格，得票数。"), params={"line": line})
        return text

    def clean(self) -> dict[str, Any]:
        """The numbers fit one another."""
        cleaned = super().clean()
        if not self.errors and hasattr(self, "ballot"):
            for problem in problems_of(self.ballot, read_sheet(self.ballot, self.recorded())):
                self.add_error(None, problem)
        return cleaned


def marks_of(terms: Terms) -> list[str]:
    """The marks that are counted by hand."""
    return [mark for mark in (*terms.allowed, *((NOT_VALID,) if terms.kind == GRADES else ())) if mark]


def read_sheet(ballot: Ballot, data: dict[str, Any]) -> Tally:
    """The sheet as a tally. Hands: whoever is present may raise one, and whoever did has voted."""
    terms = ballot.terms
    rows = tuple(
        {mark: count for mark in marks_of(terms) if (count := data.get(f"mark_{row}_{mark}") or 0)}
        for row in range(len(terms.rows))
    )
    write_ins = {}
    for line in filter(None, map(str.strip, str(data.get("write_ins") or "").splitlines())):
        name, _space, count = line.rpartition(" ")
        write_ins[one_form(name)] = int(count)
    if ballot.way == HANDS:
        raised = max((sum(row.values()) for row in rows), default=0)
        return Tally(terms.present, raised, 0, rows, write_ins)
    counts = (int(data.get(name) or 0) for name in ("issued", "returned", "void"))
    issued, returned, void = counts
    return Tally(issued, returned, void, rows, write_ins)


def keep_sheet(teller: int) -> Any:
    """The effect of a teller's step."""

    def keep(situation: Situation, act: Act) -> None:
        ballot = latest_ballot(situation.matter.pk)
        assert ballot is not None
        tally, name = read_sheet(ballot, situation.data), situation.actor.name
        situation.after_write.append(lambda: enter(ballot, teller, name, tally))

    return keep


def until_closed(situation: Situation, act: Act) -> bool:
    """The other teller must not see it first."""
    return situation.matter.state == "open"


def on_devices_only(situation: Situation) -> str | None:
    """Nothing is counted by hand."""
    return None if situation.record.way in WITH_SHEETS else gettext("这次表决由系统计票，不用计票单。")


def sheets_differ(situation: Situation) -> str | None:
    """Both tellers have counted the same."""
    ballot = latest_ballot(situation.matter.pk) if situation.record.way in WITH_SHEETS else None
    found = difference(ballot) if ballot else []
    words = {"found": gettext("；").join(text.rstrip("。.") for text in found)}
    return gettext("两位监票计票人的计票单还不一致：%(found)s。") % words if found else None
