"""Tasks inside a handling organ 内部交办: office to section to clerk, each with its own date (SUG-06)."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import PARENT, THE_KIN, After, Clock, Procedure, State, Step

from .fields import Day, LongText
from .offices import HANDLER, HANDLER_OFFICE


class Task(StepForm):
    """What the section is asked to do, and by when."""

    title = forms.CharField(label=_("标题"), max_length=500)
    section = forms.CharField(label=_("承办科室"), max_length=100)
    clerk = forms.CharField(label=_("经办人"), max_length=100, required=False)
    due_on = Day(label=_("内部完成日期"))
    task = LongText(label=_("任务"), rows=3, max_length=2000)


class Result(StepForm):
    """What came of it."""

    result = LongText(label=_("办理情况"), rows=5, max_length=5000)


class Again(StepForm):
    """What is missing, and the new date."""

    reason = LongText(label=_("需要补充的内容"), rows=3, max_length=2000)
    due_on = Day(label=_("新的完成日期"))


SEES = (HANDLER, HANDLER_OFFICE)

# fmt: off
GIVEN   = State("given",   "科室办理中", "With the section", "handle")
HANDED  = State("handed",  "已交办公室", "Handed in", "handle", untimed="由办公室审核，单位内部安排")
DONE    = State("done",    "已完成",   "Done", "handle", final=True)

STEPS = (
    Step("give",    "内部交办", None,   GIVEN,  by=THE_KIN,        basis="SUG-06", label_en="Give", records=Task, tells=(HANDLER,)),
    Step("hand_in", "报送",   GIVEN,  HANDED, by=HANDLER,        basis="SUG-06", label_en="Hand in", records=Result, tells=(HANDLER_OFFICE,)),
    Step("again",   "退回补充", HANDED, GIVEN,  by=HANDLER_OFFICE, basis="SUG-06", label_en="Ask for more", records=Again, tells=(HANDLER,), optional=True),
    Step("accept",  "审核通过", HANDED, DONE,   by=HANDLER_OFFICE, basis="SUG-06", label_en="Accept"),
    Step("end",     "随件结束", (GIVEN, HANDED), DONE, by=THE_KIN, basis="SUG-06", label_en="End", after=After(PARENT, ("sign_reply", "sign_second_reply", "withdraw", "reassign"))),
)

CLOCKS = (
    Clock("task", "内部完成期限", "INTERNAL.task", starts=("give", "again"), stops=("hand_in", "end"), whose=HANDLER, label_en="Internal deadline", until="due_on"),
)
# fmt: on

PROCEDURE = Procedure(
    key="internal-task", label="内部交办", label_en="Tasks inside an organ", states=(GIVEN, HANDED, DONE), steps=STEPS,
    clocks=CLOCKS, body="procedures/internal_task.html", stages=(("handle", "办"),), seen_by=SEES, basis="SUG-06",
)  # fmt: skip
