"""Collective appraisal 集中评议: a meeting of deputies appraises how suggestions were handled, item by item and department by department.

What is found wanting goes to the department with a day, and the next appraisal opens with the state of what was found before.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import Clock, Office, Opening, Procedure, State, Step
from openrenda.docket.models import Act, Matter, Party
from openrenda.docket.situation import Situation
from openrenda.people.models import Mandate

from ..fields import ChooseSeveral, Day, LongText, offer_rows, one_paragraph
from ..offices import AUDITORS, DEPUTIES, DEPUTY_OFFICE, GOVERNMENT_OFFICE, LEADERS, ORGAN_SEATS
from ..subjects import SubjectForm, parties_of, rectify
from .records import RECORDS, Appraisal, AppraisalItem

APPRAISED = Office(
    "appraised", "被评议单位", "a department that is appraised", seats=ORGAN_SEATS, relation=("appraised",)
)


class Convene(StepForm):
    """When the meeting is held, and what it is called."""

    title = forms.CharField(label=_("评议会名称"), max_length=200, validators=[one_paragraph])
    held_on = Day(label=_("会议日期"))
    place = forms.CharField(label=_("地点"), max_length=200, required=False)


class Present(StepForm):
    """The deputies who were there."""

    deputies = ChooseSeveral(label=_("到会代表"))

    def prepare(self) -> None:
        """Offer the deputies in office on the day of the meeting."""
        day = self.situation.record.held_on or self.situation.today
        able = Mandate.objects.able_on(day).select_related("person")
        offer_rows(self, "deputies", able.order_by("person__stroke_key").all, lambda mandate: mandate.person.name)


class Item(SubjectForm):
    """One suggestion appraised: the grade, and what is wanting."""

    result = forms.ChoiceField(label=_("评议结果"), widget=forms.RadioSelect)
    problem = LongText(label=_("存在的问题"), rows=4, max_length=5000, required=False)
    due_on = Day(label=_("整改期限"), required=False, help_text=_("写了问题而没有定日期的，按规则的期限。"))

    def prepare(self) -> None:
        """The congress's grades."""
        super().prepare()
        grades: Any = self.situation.book.option("option.satisfaction")
        self.fields["result"].choices = [(row["key"], gettext(row["label"])) for row in grades]  # type: ignore[attr-defined]

    def clean_subject(self) -> Any:
        """Once in a meeting, and nothing that its deputy asked to keep from others: all deputies read an appraisal."""
        subject = super().clean_subject()
        if subject and Matter.objects.filter(pk=subject, confidential=True).exists():
            raise ValidationError(_("代表要求保密的建议不列入集中评议。"))
        if any(item.subject_id == subject for item in self.situation.rows(AppraisalItem)):
            raise ValidationError(_("这件建议在本次评议会上已经登记过结果。"))
        return subject

    def clean_due_on(self) -> Any:
        """A day to come."""
        due_on = self.cleaned_data["due_on"]
        if due_on and due_on < self.situation.today:
            raise ValidationError(_("整改期限不能早于今天。"))
        return due_on

    def clean(self) -> dict[str, Any]:
        """What is not satisfactory is explained."""
        cleaned = super().clean()
        if cleaned.get("result") == "dissatisfied" and not cleaned.get("problem"):
            self.add_error("problem", _("评议结果不满意的，请写明问题，以便交承办单位整改。"))
        return cleaned


class Reason(StepForm):
    """Why the meeting is not held."""

    reason = LongText(label=_("理由"), rows=2, max_length=1000)


def convene(situation: Situation, act: Act) -> None:
    """Keep the meeting, and how the tasks of the last one stand today."""
    data = situation.data
    last = Appraisal.objects.filter(matter__state="closed").order_by("-held_on", "-id").first()
    former = former_tasks(last) if last else []
    if last:
        situation.link(last.matter, "follows")
    situation.note(held_on=data["held_on"], place=data.get("place", ""), former=former)
    act.data["former_tasks"] = len(former)


def former_tasks(last: Appraisal) -> list[dict[str, Any]]:
    """The rectifications that the last appraisal led to, as they stand now."""
    tasks = Matter.objects.filter(parent_id=last.matter_id, procedure="rectification").order_by("id")
    owners = {party.matter_id: party.name for party in parties_of_all(tasks)}
    return [
        {
            "matter": str(task.pk), "title": task.title, "organ": owners.get(task.pk, ""), "state": task.state,
            "label": task.state_now.label, "due_on": task.due_on.isoformat() if task.due_on else "",
            "closed_on": task.closed_on.isoformat() if task.closed_on else "",
        }
        for task in tasks
    ]  # fmt: skip


def parties_of_all(tasks: Iterable[Matter]) -> Iterable[Party]:
    """The owners of several tasks, in one query."""
    return Party.objects.filter(matter__in=[task.pk for task in tasks], role="owner", until=None)


def note_present(situation: Situation, act: Act) -> None:
    """Who was there."""
    chosen = Mandate.objects.filter(pk__in=situation.data["deputies"]).select_related("person")
    names = [mandate.person.name for mandate in chosen.order_by("person__stroke_key")]
    act.data["names"] = names
    situation.note(present=names)


def appraise(situation: Situation, act: Act) -> None:
    """Keep the result of one item; its department becomes a party."""
    data = situation.data
    subject = Matter.objects.get(pk=data["subject"])
    handler = parties_of(subject.pk, "handler")[0]
    situation.add_party("appraised", handler.holder, handler.name)
    situation.add(AppraisalItem(
        subject=subject, title=subject.title, number=subject.number, organ_id=handler.holder, organ_name=handler.name,
        result=data["result"], problem=data.get("problem", ""), held_on=situation.record.held_on,
    ))  # fmt: skip


def problems(situation: Situation) -> Iterable[Opening]:
    """A task for the department, with a day."""
    item = situation.rows(AppraisalItem)[-1]
    if item.problem:
        owner = (item.organ_id, item.organ_name)
        title = f"{item.number} {item.title}".strip()
        yield rectify(
            situation, "appraisal", item.problem, due_on=situation.data.get("due_on"), owner=owner, title=title
        )


def nobody_present(situation: Situation) -> str | None:
    """Results are those of deputies who were there."""
    return None if situation.record.present else gettext("请先登记到会代表。")


def nothing_appraised(situation: Situation) -> str | None:
    """An appraisal without a result is none."""
    return None if situation.rows(AppraisalItem) else gettext("还没有登记任何一件的评议结果。")


def results_recorded(situation: Situation) -> str | None:
    """What was found is not cancelled."""
    return gettext("已经登记评议结果，请用“结束评议”。") if situation.rows(AppraisalItem) else None


SEES = (DEPUTY_OFFICE, DEPUTIES, APPRAISED, GOVERNMENT_OFFICE, LEADERS, AUDITORS)

# fmt: off
CONVENED = State("convened", "评议中", "Being appraised", "appraise")
CLOSED   = State("closed",   "评议结束", "Appraised",     "result", final=True)
CANCELLED = State("cancelled", "已取消", "Cancelled", "result", final=True)

STEPS = (
    Step("convene", "召开集中评议", None,     CONVENED, by=DEPUTY_OFFICE, basis="B14.appraisal", label_en="Convene an appraisal", records=Convene, only_if=("option.appraisal", True), does=convene),
    Step("present", "登记到会代表", CONVENED, None,     by=DEPUTY_OFFICE, basis="B14.appraisal", label_en="Record who is present", records=Present, does=note_present, optional=True),
    Step("appraise","登记评议结果", CONVENED, None,     by=DEPUTY_OFFICE, basis="B14.appraisal", label_en="Record a result", records=Item, barred_by=(nobody_present,), does=appraise, opens=problems, tells=(APPRAISED,), optional=True),
    Step("close",   "结束评议",   CONVENED, CLOSED,   by=DEPUTY_OFFICE, basis="B14.close",     label_en="Close the appraisal", barred_by=(nothing_appraised,), tells=(APPRAISED, GOVERNMENT_OFFICE), confirm="结束后不再登记结果；整改事项继续办理。"),
    Step("cancel",  "取消评议",   CONVENED, CANCELLED, by=DEPUTY_OFFICE, basis="B14.appraisal", label_en="Cancel the appraisal", records=Reason, barred_by=(results_recorded,), optional=True),
)

CLOCKS = (
    Clock("close", "评议结果登记期限", "B14.close", starts=("convene",), stops=("close", "cancel"), whose=DEPUTY_OFFICE, label_en="Time to record the results"),
)
# fmt: on

PROCEDURE = Procedure(
    key="appraisal", label="集中评议", label_en="Collective appraisals", states=(CONVENED, CLOSED, CANCELLED), steps=STEPS, clocks=CLOCKS,
    record=Appraisal, body="procedures/appraisal.html", stages=(("appraise", "评议"), ("result", "结果")), seen_by=SEES,
    basis="B14.appraisal",
)  # fmt: skip

__all__ = ["PROCEDURE", "RECORDS"]
