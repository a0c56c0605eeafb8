"""Additions to duty files by hand, and entries that a deputy disputes 履职档案补记和异议 (M04). Everything else enters the file by itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import Clock, Office, Procedure, State, Step
from openrenda.docket.models import Act
from openrenda.docket.situation import Situation
from openrenda.people.models import Mandate
from openrenda.people.rosters import deputies
from openrenda.procedures.fields import Choose, Day, LongText, offer_choices, offer_rows, one_paragraph
from openrenda.procedures.listing import CLOSED, DUE, OPENED, STATE, TITLE, Column, ListOf
from openrenda.procedures.offices import AUDITORS, DEPUTIES, DEPUTY_OFFICE
from openrenda.procedures.reasons import Reason

from .duty_file import ADDED, AMENDED, DISPUTED, NOTE, STRUCK, volume
from .record import DutyNote

YEARS_BACK = 1
OWNER = Office("owner", "本人", "the deputy herself", seats=("deputy",), relation=("owner",))


class Add(StepForm):
    """A duty that left no record of its own."""

    day = Day(label=_("日期"))
    what = forms.CharField(label=_("履职事项"), max_length=200, validators=[one_paragraph])
    place = forms.CharField(label=_("地点"), max_length=200)
    text = LongText(label=_("内容和凭据"), rows=4, max_length=5000)

    def clean_day(self) -> Any:
        """Not ahead of today."""
        day = self.cleaned_data["day"]
        if day > self.situation.today:
            raise forms.ValidationError(_("日期不能晚于今天。"))
        return day


class Enter(Add):
    """The same for a deputy."""

    deputy = Choose(label=_("代表"))
    field_order = ["deputy", "day", "what", "place", "text"]

    def prepare(self) -> None:
        """Offer the deputies of today."""
        offer_rows(self, "deputy", lambda: deputies(self.situation.today), lambda row: row.person.name)


class Dispute(StepForm):
    """Which entry is wrong, and what is wrong with it."""

    entry = forms.ChoiceField(label=_("哪一条记录"))
    text = LongText(label=_("异议和理由"), rows=4, max_length=5000)

    def prepare(self) -> None:
        """Offer the entries of this year and the last."""
        offer_choices(self, "entry", [(entry.key, entry.words) for entry in hers(self.situation)])


class Correct(StepForm):
    """What is right."""

    outcome = forms.ChoiceField(
        label=_("核实结果"),
        choices=((STRUCK, _("不是本人的履职，不计")), (AMENDED, _("更正内容"))),
        widget=forms.RadioSelect,
    )
    found = LongText(label=_("核实情况"), rows=3, max_length=2000)


def hers(situation: Situation) -> list[Any]:
    """The entries of the deputy who asks, the newest first."""
    mandate = Mandate.objects.select_related("person").filter(pk__in=sorted(situation.actor.holders)).first()
    if mandate is None:
        return []
    year = situation.today.year
    volumes = [volume(mandate, number) for number in range(year, year - YEARS_BACK - 1, -1)]
    return [
        entry
        for made in volumes
        for entry in (*reversed(made.entries), *made.addenda)
        if not entry.key.startswith("fix-")
    ]


def add(situation: Situation, act: Act) -> None:
    """Keep what she did; it stands in her volume, marked."""
    data, actor = situation.data, situation.actor
    chosen = [data["deputy"]] if "deputy" in data else sorted(actor.holders)
    mandate = Mandate.objects.select_related("person").get(pk=chosen[0])
    situation.add_party("owner", mandate.pk, mandate.person.name)
    day = data["day"]
    situation.note(
        mandate=mandate,
        kind=ADDED,
        year=int(day[:4]),
        day=day,
        what=data["what"],
        place=data["place"],
        text=data["text"],
    )
    situation.matter.title = data["what"]


def dispute(situation: Situation, act: Act) -> None:
    """Keep what she says of the entry; the entry shows it."""
    data = situation.data
    entry = next(row for row in hers(situation) if row.key == data["entry"])
    mandate = Mandate.objects.select_related("person").get(pk=sorted(situation.actor.holders)[0])
    situation.add_party("owner", mandate.pk, mandate.person.name)
    situation.note(
        mandate=mandate,
        kind=DISPUTED,
        year=entry.day.year,
        day=entry.day,
        what=entry.words,
        text=data["text"],
        entry=entry.key,
    )
    situation.matter.title = gettext("对履职记录的异议：%(what)s") % {"what": entry.what}


def decide(situation: Situation, act: Act) -> None:
    """Looked at today."""
    data = situation.data
    situation.note(
        decided_on=situation.today, outcome=data.get("outcome", ""), found=data.get("found", data.get("reason", ""))
    )


def disputed_already(situation: Situation) -> str | None:
    """One dispute about an entry at a time."""
    chosen = situation.data.get("entry")
    if chosen and DutyNote.objects.filter(kind=DISPUTED, entry=chosen, matter__closed_on=None).exists():
        return gettext("这一条已经提出异议，正在核对。")
    return None


SEES = (OWNER, DEPUTY_OFFICE, AUDITORS)

# fmt: off
WAITING   = State("waiting",   "待核对",  "To be checked", "note")
DISPUTED_ = State("disputed",  "有异议",  "Disputed", "note")
KEPT      = State("kept",      "已补记",  "Added", "note", final=True)
DECLINED  = State("declined",  "不予补记", "Not added", "note", final=True)
CORRECTED = State("corrected", "已更正",  "Corrected", "note", final=True)
UPHELD    = State("upheld",    "异议不成立", "Upheld", "note", final=True)
WITHDRAWN = State("withdrawn", "已撤回",  "Withdrawn", "note", final=True)

STEPS = (
    Step("add",      "补记履职事项", None,     WAITING,   by=DEPUTIES, basis="M04.note", label_en="Add a duty by hand", records=Add, does=add, tells=(DEPUTY_OFFICE,), agent=True),
    Step("enter",    "为代表补记",  None,     KEPT,      by=DEPUTY_OFFICE, basis="M04.note", label_en="Add a duty for a deputy", records=Enter, does=add, tells=(OWNER,)),
    Step("dispute",  "对档案记录提出异议", None, DISPUTED_, by=DEPUTIES, basis="M04.note", label_en="Dispute an entry", records=Dispute, barred_by=(disputed_already,), does=dispute, tells=(DEPUTY_OFFICE,)),
    Step("accept",   "核对补记",   WAITING,  KEPT,      by=DEPUTY_OFFICE, basis="M04.note", label_en="Accept it", does=decide, tells=(OWNER,)),
    Step("decline",  "不予补记",   WAITING,  DECLINED,  by=DEPUTY_OFFICE, basis="M04.note", label_en="Do not add it", records=Reason, does=decide, tells=(OWNER,), optional=True),
    Step("correct",  "更正记录",   DISPUTED_, CORRECTED, by=DEPUTY_OFFICE, basis="M04.note", label_en="Correct the entry", records=Correct, does=decide, tells=(OWNER,)),
    Step("uphold",   "异议不成立",  DISPUTED_, UPHELD,    by=DEPUTY_OFFICE, basis="M04.note", label_en="Uphold the entry", records=Reason, does=decide, tells=(OWNER,), optional=True),
    Step("withdraw", "撤回",     (WAITING, DISPUTED_), WITHDRAWN, by=OWNER, basis="M04.note", label_en="Withdraw", tells=(DEPUTY_OFFICE,), optional=True),
)

CLOCKS = (
    Clock("check", "核对期限", "M04.note", starts=("add", "dispute"), stops=("accept", "decline", "correct", "uphold", "withdraw"), whose=DEPUTY_OFFICE, label_en="Time to check it"),
)
# fmt: on

LIST = ListOf(
    columns=(TITLE, Column("deputy", _("代表"), "duty_note__mandate__person__name"), Column("day", _("日期"), "duty_note__day", "day"),
             STATE, OPENED, DUE, CLOSED),
)  # fmt: skip
PROCEDURE = Procedure(
    key=NOTE, label="履职档案补记和异议", label_en="Additions to and disputes about duty files", steps=STEPS, clocks=CLOCKS, record=DutyNote,
    states=(WAITING, DISPUTED_, KEPT, DECLINED, CORRECTED, UPHELD, WITHDRAWN), body="activities/duty_note.html",
    stages=(("note", "档案"),), seen_by=SEES, basis="M04.note",
)  # fmt: skip
