"""Messages of past years with their answers, as a hotline or a mayor's mailbox exports them.

They were said to the city, not to the congress, and are closed: no clock runs, nobody is told, and the figures of opinions leave them
out. They are kept to be found and to learn from. Who said it is not kept, and what the words themselves tell of persons is hidden
before the ledger has it, because the ledger forgets nothing (decision 0010).
"""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openrenda.docket.forms import StepForm
from openrenda.docket.models import Act
from openrenda.docket.situation import Situation

from ..fields import LongText
from ..residents import note_tickets, text_digest
from . import words
from .effects import HANDLER, KEEPER, deputies_office, findable_anew

LONGEST_PAST_TEXT, LONGEST_PAST_ANSWER = 20_000, 50_000


class PastMessage(StepForm):
    """What was said, as the file has it."""

    title = forms.CharField(label=gettext_lazy("留言主题"), max_length=500, required=False)
    text = LongText(label=gettext_lazy("留言详情"), max_length=LONGEST_PAST_TEXT)
    number = forms.CharField(label=gettext_lazy("留言编号"), max_length=60, required=False)
    ticket = forms.CharField(label=gettext_lazy("工单号"), max_length=60, required=False)
    source = forms.CharField(label=gettext_lazy("来源"), max_length=60, required=False)
    place = forms.CharField(label=gettext_lazy("地点"), max_length=200, required=False)
    category_name = forms.CharField(label=gettext_lazy("类别"), max_length=100, required=False)
    organ_name = forms.CharField(label=gettext_lazy("承办单位"), max_length=200, required=False)
    # What the import made of the words, and what it did not know.
    series = forms.CharField(label=gettext_lazy("编号序列"), max_length=120, required=False)
    registers = forms.JSONField(label=gettext_lazy("对应的登记"), required=False)
    further = forms.JSONField(label=gettext_lazy("其他各列"), required=False)


class PastAnswer(StepForm):
    """What was answered."""

    answer = LongText(label=gettext_lazy("答复意见"), max_length=LONGEST_PAST_ANSWER)
    answered_by = forms.CharField(label=gettext_lazy("承办单位"), max_length=200, required=False)


def write_message(situation: Situation, act: Act) -> None:
    """Keep what was said, under the organ and the category it names where the registers know them."""
    data = situation.data
    registers = data.get("registers") or {}
    matter = situation.matter
    matter.number, matter.series = data.get("number", ""), data.get("series", "")
    matter.title = data.get("title") or matter.title
    note_tickets(situation)
    situation.note(
        text=data["text"], text_digest=text_digest(data["text"]), channel=words.PAST, heard_on=situation.today,
        place=data.get("place", ""), ticket=data.get("ticket", ""),
        organ_id=registers.get("organ"), category_id=registers.get("category"),
    )  # fmt: skip
    situation.add_party(KEEPER, *deputies_office(situation))
    if organ := registers.get("organ"):
        situation.add_party(HANDLER, organ, data.get("organ_name", ""))
        matter.lead = organ


def write_answer(situation: Situation, act: Act) -> None:
    """Keep what was answered, and on which day."""
    data = situation.data
    by = data.get("answered_by") or _("答复单位未载明")
    situation.note(answer=data["answer"], answered_on=situation.today, answered_by=by)
    findable_anew(situation)
