"""Special inspection by area 分片区专项督查 (B15): is what was reported closed really done? Each item is confirmed on site or not."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import Clock, Opening, Procedure, State, Step, Taking
from openrenda.docket.models import Act, Matter, Party
from openrenda.docket.situation import Situation
from openrenda.people.models import Organ
from openrenda.procedures.area import AreaStreet
from openrenda.procedures.fields import (
    Choose,
    ChooseSearched,
    ChooseSeveral,
    Day,
    LongText,
    OneOf,
    offer_choices,
    offer_rows,
)
from openrenda.procedures.listing import CLOSED, STATE, TITLE, Column, ListOf
from openrenda.procedures.offices import AUDITORS, DEPUTY_OFFICE, LEADERS, LEADING
from openrenda.procedures.reasons import Reason
from openrenda.procedures.telling_back import topic_ended

from . import sharing
from .engagements import WarnsOfTheWeek
from .figures import INSPECTION_FIGURES
from .record import Activity

CHECKED = "checked"
CONFIRMED, NOT_CONFIRMED = "confirmed", "not_confirmed"
OUTCOMES = ((CONFIRMED, _("现场属实")), (NOT_CONFIRMED, _("现场不属实")))
REPORTED_CLOSED = "closed"
WORTH_LOOKING_AT = ("closed", "replied", "replied_again", "meeting")


class PlanForm(sharing.Arrange, WarnsOfTheWeek):
    """When, led by whom, and which area."""

    area = Choose(label=_("片区"), required=False)
    streets = ChooseSeveral(label=_("街道、乡镇（没有划片的）"), required=False)

    def prepare(self) -> None:
        """Offer the areas and the streets."""
        super().prepare()
        offer_rows(
            self, "area", Matter.objects.filter(procedure="area", closed_on=None).all, lambda matter: matter.title
        )
        offer_rows(self, "streets", Organ.objects.on(self.situation.today).filter(kind__in=("street", "town")).all)

    def visit(self) -> tuple[Any, Any, tuple[Any, ...]]:
        """The streets, or those of the area."""
        area = self.typed("area")
        streets = [street.pk for street in self.typed("streets") or ()]
        if area:
            streets += AreaStreet.objects.filter(matter=area.pk).values_list("street", flat=True)
        return streets, self.typed("held_on"), (self.situation.matter.pk,)

    def clean(self) -> dict[str, Any]:
        """An inspection covers a set area: one that is drawn, or streets named here."""
        cleaned = super().clean()
        if bool(cleaned.get("area")) == bool(cleaned.get("streets")):
            raise ValidationError(_("请写明督查范围：选一个片区，或者选街道、乡镇，只选一种。"))
        return cleaned


class Pick(StepForm):
    """The suggestions of the area that are looked at."""

    suggestions = ChooseSearched(label=_("要核查的建议"))

    def prepare(self) -> None:
        """Offer what was answered or closed in the area."""
        offer_rows(self, "suggestions", partial(of_the_area, self.situation), sharing.named_for_choice)
        if not self.is_bound:
            self.initial.update({"suggestions": [row.subject_id for row in sharing.items(self.situation)]})


class Mark(StepForm):
    """What was found."""

    item = OneOf(label=_("建议"))
    outcome = forms.ChoiceField(label=_("核查结果"), choices=OUTCOMES, widget=forms.RadioSelect)
    text = LongText(label=_("现场情况"), rows=4, max_length=5000)
    due_on = Day(
        label=_("整改期限"), required=False,
        help_text=_("不属实而原来没有办结的，由承办单位整改；不填的按规定的期限。已办结的重新办理，期限另计。"),
    )  # fmt: skip

    def prepare(self) -> None:
        """Offer the suggestions that nobody has looked at yet."""
        rows = sharing.items(self.situation, undecided=True)
        offer_choices(self, "item", [(str(row.pk), row.title) for row in rows])

    def clean_due_on(self) -> Any:
        """Not in the past."""
        day = self.cleaned_data["due_on"]
        if day and day < self.situation.today:
            raise ValidationError(_("整改期限不能早于今天。"))
        return day


def of_the_area(situation: Situation) -> Any:
    """Suggestions from the streets of the inspection that were answered or closed."""
    found = sharing.numbered_suggestions(situation.today).filter(state__in=WORTH_LOOKING_AT)
    streets = [party.holder for party in situation.holders("inspected_street")]
    if situation.record.area_id:
        return found.filter(suggestion__street__area_streets__matter=situation.record.area_id)
    return found.filter(suggestion__street__in=streets)


def plan(situation: Situation, act: Act) -> None:
    """Day, leader and area."""
    sharing.arrange(situation, act)
    data = situation.data
    area = Matter.objects.get(pk=data["area"]) if "area" in data else None
    streets = list(Organ.objects.filter(pk__in=data.get("streets", [])))
    situation.end_party("inspected_street")
    for street in streets:
        situation.add_party("inspected_street", street.pk, street.name)
    name = area.title if area else "、".join(street.name for street in streets)
    situation.note(area=area, area_name=name[:200])


def pick(situation: Situation, act: Act) -> None:
    """The chosen ones take the place of those chosen before."""
    sharing.drop_items(situation, sharing.items(situation))
    for subject in Matter.objects.filter(pk__in=situation.data["suggestions"]).order_by("opened_on", "id"):
        sharing.new_item(situation, CHECKED, str(subject), subject=subject, subject_state=subject.state)


def begin(situation: Situation, act: Act) -> None:
    """Who went, and each suggestion leads here."""
    sharing.attend(situation, act)
    sharing.link_subjects(situation, "supervises")


def mark(situation: Situation, act: Act) -> None:
    """Keep what was found beside what had been reported: the suggestion's state at that moment."""
    data, item = situation.data, sharing.item_of(situation)
    subject = Matter.objects.get(pk=str(item.subject_id))
    situation.change(
        item,
        outcome=data["outcome"],
        outcome_text=data["text"],
        decided_on=situation.today,
        subject_state=subject.state,
    )
    act.data["reported"] = subject.state


def follow_up(situation: Situation) -> Iterable[Opening | Taking]:
    """Not confirmed on site: what was reported closed is handled again (B15); anything else is for its organ to put right."""
    item, data = sharing.item_of(situation), situation.data
    if not item.subject_id or data["outcome"] != NOT_CONFIRMED:
        return
    if item.subject_state == REPORTED_CLOSED:
        yield Taking(item.subject_id, "reopen", {"reason": data["text"][:2000]})
        return
    owner = Party.objects.filter(matter=item.subject_id, role="handler", until=None).order_by("position").first()
    if owner:
        found = {"title": item.title, "problem": data["text"], "source": "inspection"}
        due = {"due_on": data["due_on"]} if data.get("due_on") else {}
        yield Opening("rectification", "open", found | due, (("owner", owner.holder, owner.name),))


def nothing_chosen(situation: Situation) -> str | None:
    """There is something to look at."""
    return None if sharing.items(situation) else gettext("还没有选定要核查的建议。")


SEES = (LEADING, LEADERS, DEPUTY_OFFICE, AUDITORS)

# fmt: off
PLANNED    = State("planned",    "已安排", "Planned", "arrange", untimed="在确定的日期举行")
INSPECTING = State("inspecting", "核查中", "Being inspected", "supervise")
CLOSED_    = State("closed",     "已结束", "Concluded", "supervise", final=True)
CANCELLED  = State("cancelled",  "已取消", "Cancelled", "arrange", final=True)

STEPS = (
    Step("plan",   "安排专项督查", None,    PLANNED, by=DEPUTY_OFFICE, basis="B15.inspection", label_en="Plan an inspection", only_if=("option.special_inspections", True), records=PlanForm, does=plan, tells=(LEADING,)),
    Step("change", "更改安排",   PLANNED, None,    by=DEPUTY_OFFICE, basis="B15.inspection", label_en="Change it", records=PlanForm, does=plan, tells=(LEADING,), optional=True),
    Step("pick",   "选定核查建议", PLANNED, None,    by=DEPUTY_OFFICE, basis="B15.inspection", label_en="Choose suggestions", records=Pick, does=pick, optional=True),
    Step("begin",  "登记督查组到场", PLANNED, INSPECTING, by=DEPUTY_OFFICE, basis="B15.inspection", label_en="Record who went", records=sharing.Attendance, barred_by=(sharing.not_before_its_day, nothing_chosen), does=begin, tells=(LEADING,)),
    Step("mark",   "登记核查结果", INSPECTING, None, by=DEPUTY_OFFICE, basis="B15.inspection", label_en="Record a finding", records=Mark, barred_by=(sharing.nothing_to_decide,), does=mark, opens=follow_up, tells=(LEADING,)),
    Step("close",  "督查结束",   INSPECTING, CLOSED_, by=DEPUTY_OFFICE, basis="B15.record", label_en="Conclude", barred_by=(sharing.undecided_items,), opens=topic_ended, tells=(LEADING,)),
    Step("cancel", "取消督查",   PLANNED, CANCELLED, by=DEPUTY_OFFICE, basis="B15.inspection", label_en="Cancel", records=Reason, opens=topic_ended, tells=(LEADING,), optional=True),
)

CLOCKS = (
    Clock("record", "督查登记期限", "B15.record", starts=("begin",), stops=("close",), whose=DEPUTY_OFFICE, label_en="Time for the record"),
)
# fmt: on

FIGURES = INSPECTION_FIGURES
LIST = ListOf(
    columns=(TITLE, Column("area", _("督查范围"), "activity__area_name"), Column("held_on", _("督查日期"), "activity__held_on", "day"),
             Column("leader", _("带队领导"), "activity__leader_name"), STATE, CLOSED),
)  # fmt: skip
PROCEDURE = Procedure(
    key="special-inspection", label="专项督查", label_en="Special inspections", steps=STEPS, clocks=CLOCKS, record=Activity,
    states=(PLANNED, INSPECTING, CLOSED_, CANCELLED), body="activities/special_inspection.html", seen_by=SEES, basis="B15.inspection",
    stages=(("arrange", "安排"), ("supervise", "督查")),
)  # fmt: skip
