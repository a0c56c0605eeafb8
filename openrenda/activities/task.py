"""Tasks that a meeting or a reception day hands to an organ 会议、接待日交办事项: the result returns to the deputy who spoke (C01, J02)."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import THE_KIN, Clock, Office, Procedure, State, Step
from openrenda.docket.models import Act
from openrenda.docket.situation import Situation
from openrenda.procedures.fields import Day, LongText
from openrenda.procedures.listing import CLOSED, DUE, OPENED, STATE, TITLE, Column, ListOf
from openrenda.procedures.offices import AUDITORS, DEPUTY_OFFICE, HANDLER, LEADERS, RECEIVING_SEATS

from .record import Item, Task


class Give(StepForm):
    """What is to be done, by when."""

    title = forms.CharField(label=_("标题"), max_length=500)
    text = LongText(label=_("交办内容"), max_length=10000)
    due_on = Day(label=_("要求完成日期"), required=False)
    item = forms.UUIDField(label=_("来自哪一项"), required=False)
    deputy_name = forms.CharField(label=_("提出代表"), max_length=100, required=False)


class Result(StepForm):
    """What came of it."""

    result = LongText(label=_("办理结果"), rows=6, max_length=10000)


class Again(StepForm):
    """What is missing, and the new day."""

    reason = LongText(label=_("需要补充的内容"), rows=3, max_length=2000)
    due_on = Day(label=_("新的完成日期"))


def give(situation: Situation, act: Act) -> None:
    """Keep the task; its organ and the deputy are parties already."""
    data = situation.data
    organs = situation.holders("handler")
    situation.note(item_id=data.get("item"), organ_name=organs[0].name if organs else "", text=data["text"],
                   due_on=data.get("due_on"), deputy_name=data.get("deputy_name", ""))  # fmt: skip


def report(situation: Situation, act: Act) -> None:
    """Keep the result."""
    situation.note(result=situation.data["result"], reported_on=situation.today)


def accept(situation: Situation, act: Act) -> None:
    """The item it came from shows what came of it."""
    record = situation.record
    item = Item.objects.filter(pk=record.item_id).first()
    if item:
        situation.change(item, result=record.result, result_on=situation.today)


def again(situation: Situation, act: Act) -> None:
    """The new day."""
    situation.note(due_on=situation.data["due_on"])


SPEAKER = Office("speaker", "提出意见的代表", "the deputy who spoke", seats=RECEIVING_SEATS, relation=("speaker",))
SEES = (HANDLER, SPEAKER, DEPUTY_OFFICE, LEADERS, AUDITORS)

# fmt: off
GIVEN    = State("given",    "办理中",   "Being done", "do")
REPORTED = State("reported", "已报送结果", "Reported", "do")
DONE     = State("done",     "已办结",   "Done", "do", final=True)

STEPS = (
    Step("give",   "交办事项",  None,     GIVEN,    by=THE_KIN,       basis="TASK.done", label_en="Give the task", records=Give, does=give, tells=(HANDLER, SPEAKER)),
    Step("report", "报送办理结果", GIVEN,    REPORTED, by=HANDLER,       basis="TASK.done", label_en="Report", records=Result, does=report, tells=(DEPUTY_OFFICE,)),
    Step("report_for", "代为登记结果", GIVEN,  REPORTED, by=DEPUTY_OFFICE, basis="TASK.done", label_en="Record the result for the organ", records=Result, does=report, tells=(HANDLER,), optional=True),
    Step("again",  "退回补充",  REPORTED, GIVEN,    by=DEPUTY_OFFICE, basis="TASK.done", label_en="Ask for more", records=Again, does=again, tells=(HANDLER,), optional=True),
    Step("accept", "审核并反馈代表", REPORTED, DONE,  by=DEPUTY_OFFICE, basis="TASK.accept", label_en="Accept and tell the deputy", does=accept, tells=(SPEAKER, HANDLER)),
)

CLOCKS = (
    Clock("done",   "办理期限", "TASK.done",   starts=("give", "again"), stops=("report", "report_for"), whose=HANDLER, label_en="Time to do it", until="due_on"),
    Clock("accept", "审核期限", "TASK.accept", starts=("report", "report_for"), stops=("accept", "again"), whose=DEPUTY_OFFICE, label_en="Time to look at the result"),
)
# fmt: on

LIST = ListOf(
    columns=(TITLE, Column("organ", _("承办单位"), "task__organ_name"), Column("deputy", _("提出代表"), "task__deputy_name"), STATE, OPENED,
             DUE, CLOSED),
)  # fmt: skip
PROCEDURE = Procedure(
    key="task", label="会议、接待日交办事项", label_en="Tasks from meetings and reception days", steps=STEPS, clocks=CLOCKS, record=Task,
    states=(GIVEN, REPORTED, DONE), body="activities/task.html", stages=(("do", "办"),), seen_by=SEES, basis="TASK.done",
)  # fmt: skip
