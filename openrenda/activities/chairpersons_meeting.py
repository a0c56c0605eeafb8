"""Council of chairpersons 主任会议 (ORG-17; J02): items of kinds, numbered decisions with owner and day, each with its next step."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import Clock, Numbering, Opening, Procedure, State, Step
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.people.models import Organ
from openrenda.procedures.fields import (
    Choose,
    ChooseSearched,
    Day,
    LongText,
    OneOf,
    leave_out,
    offer_choices,
    offer_rows,
)
from openrenda.procedures.listing import CLOSED, NUMBER, STATE, TITLE, Column, ListOf
from openrenda.procedures.offices import AUDITORS, DEPUTY_OFFICE, LEADERS, LEADING
from openrenda.procedures.reasons import Reason
from openrenda.procedures.supervision.records import KEY, Supervision
from openrenda.procedures.telling_back import topic_ended

from . import sharing
from .figures import MEETING_FIGURES
from .record import Activity, Item

KEY_LIST, HEARING = "key_list", "hearing"
KINDS = (
    ("agenda", _("大会、常委会会议议程草案")),
    (HEARING, _("听取报告")),
    (KEY_LIST, _("重点督办建议名单")),
    ("inquiry", _("询问提纲")),
    ("plan", _("工作计划")),
    ("other", _("其他事项")),
)
DECIDED, PUT_OFF = "decided", "put_off"


class Call(sharing.Arrange):
    """A meeting and what it is to deal with."""

    leading = Choose(label=_("主持人"), required=False)


class NewItem(StepForm):
    """One item of the agenda."""

    kind = forms.ChoiceField(label=_("类别"), choices=KINDS)
    title = forms.CharField(label=_("议题"), max_length=300)
    text = LongText(label=_("说明"), rows=3, max_length=5000, required=False)


class ItemForm(StepForm):
    """One of the items that nothing was decided on yet."""

    item = OneOf(label=_("议题"))

    def prepare(self) -> None:
        """Offer the items without an outcome."""
        rows = sharing.items(self.situation, undecided=True)
        offer_choices(self, "item", [(str(row.pk), row.title) for row in rows])


class PutOff(ItemForm):
    """The item waits for another meeting."""

    reason = LongText(label=_("理由"), rows=2, max_length=2000)


class Decision(ItemForm):
    """What was decided, who sees to it, by when. A key list names its suggestions; one for which there are none waits."""

    text = LongText(label=_("决定内容"), rows=4, max_length=10000)
    organ = Choose(label=_("责任单位"))
    due_on = Day(label=_("要求完成日期"))
    suggestions = ChooseSearched(
        label=_("列入重点督办的建议"), required=False, help_text=_("只有“重点督办建议名单”填写。")
    )

    def prepare(self) -> None:
        """Offer the organs and the suggestions that have a number."""
        super().prepare()
        offer_rows(self, "organ", Organ.objects.on(self.situation.today).all)
        lists = sharing.items(self.situation, KEY_LIST, undecided=True)
        empty = nothing_to_list(self.situation) if lists else None
        if lists and not empty:
            offer_rows(self, "suggestions", partial(listable, self.situation), sharing.named_for_choice)
            return
        offer_rows(self, "suggestions", Matter.objects.none)
        leave_out(self, "suggestions")
        others = [row for row in sharing.items(self.situation, undecided=True) if row.kind != KEY_LIST]
        if empty and others:
            self._name_the_item(others, empty)

    def _name_the_item(self, others: list[Item], why: str) -> None:
        """Say which item is decided even where it is the only one, and why the list is not among them."""
        field = self.fields["item"]
        field.widget, field.help_text = forms.Select(), why
        field.choices = [(str(row.pk), row.title) for row in others]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A key list is a list; nothing else is."""
        cleaned = super().clean()
        if self.fields["suggestions"].disabled:
            return cleaned
        chosen = next((row for row in sharing.items(self.situation) if str(row.pk) == cleaned.get("item")), None)
        if chosen and (chosen.kind == KEY_LIST) != bool(cleaned.get("suggestions")):
            if chosen.kind == KEY_LIST:
                raise ValidationError(_("请选出列入重点督办的建议。"))
            raise ValidationError(_("这一议题不是重点督办建议名单，请不要选建议。"))
        return cleaned


def listable(situation: Situation) -> Any:
    """The suggestions that may still be put on the key list of the meeting's year: each stands there once."""
    listed = Supervision.objects.filter(form=KEY, year=situation.record.held_on.year).exclude(matter__state="dropped")
    return sharing.numbered_suggestions(situation.today).exclude(pk__in=listed.values("subject"))


def nothing_to_list(situation: Situation) -> str | None:
    """Why a key list has no suggestion to choose, and what to do."""
    if listable(situation).exists():
        return None
    if sharing.numbered_suggestions(situation.today).exists():
        return gettext(
            "接收的建议都已经列入本年度重点督办，没有可以再列入名单的。请先在“代表建议”中接收新的建议，或者对这一议题办理“暂不决定”。"
        )
    return gettext(
        "没有可以列入重点督办建议名单的建议：还没有接收过代表建议，或者近一年接收的都要求保密。请先在“代表建议”中阅看并接收建议，或者对这一议题办理“暂不决定”。"
    )


def only_an_empty_list(situation: Situation) -> str | None:
    """What waits is not only a key list for which there is nothing to choose."""
    waiting = sharing.items(situation, undecided=True)
    if not waiting or any(row.kind != KEY_LIST for row in waiting):
        return None
    why = nothing_to_list(situation)
    return gettext("等待决定的只有重点督办建议名单。%(why)s") % {"why": why} if why else None


def add_item(situation: Situation, act: Act) -> None:
    """Put it on the agenda."""
    data = situation.data
    sharing.new_item(situation, data["kind"], data["title"], text=data.get("text", ""))


def put_off(situation: Situation, act: Act) -> None:
    """It is dealt with another time."""
    fields = {"outcome": PUT_OFF, "outcome_text": situation.data["reason"], "decided_on": situation.today}
    situation.change(sharing.item_of(situation), **fields)


def decide(situation: Situation, act: Act) -> None:
    """Keep the decision under the next number of the meeting."""
    data, decided_on = situation.data, situation.record.held_on
    number = max((row.number or 0 for row in situation.rows(Item)), default=0) + 1
    organ = Organ.objects.get(pk=data["organ"])
    situation.change(
        sharing.item_of(situation), outcome=DECIDED, outcome_text=data["text"], number=number, owner_name=organ.name,
        due_on=data["due_on"], decided_on=decided_on,
    )  # fmt: skip
    act.data["number"] = number


def next_step(situation: Situation) -> Iterable[Opening]:
    """A key list puts each suggestion under supervision; every other decision is a task of its owner."""
    item, data = sharing.item_of(situation), situation.data
    if item.kind != KEY_LIST:
        yield from sharing.task_opening(situation, item)
        return
    for subject in Matter.objects.filter(pk__in=data["suggestions"]).order_by("opened_on", "id"):
        told = {"title": subject.title, "subject": str(subject.pk), "level": "district", "due_on": data["due_on"],
                "year": situation.record.held_on.year}  # fmt: skip
        yield Opening("supervision", "fix_key", told, link="decided_by")


def no_items(situation: Situation) -> str | None:
    """A meeting deals with something."""
    return None if sharing.items(situation) else gettext("还没有议题，请先列入议题。")


def series(situation: Situation) -> str:
    """The meetings of a year."""
    return f"chairpersons:{situation.data['held_on'][:4]}"


def number(situation: Situation, counter: int) -> str:
    """As the congress counts its meetings."""
    pattern = str(situation.book.option("option.number_pattern.meeting"))
    return pattern.format(number=counter, year=situation.data["held_on"][:4])


SEES = (LEADING, LEADERS, DEPUTY_OFFICE, AUDITORS)

# fmt: off
CALLED    = State("called",    "已召集", "Called", "prepare", untimed="在确定的日期举行")
HELD      = State("held",      "已举行", "Held", "decide")
CLOSED_   = State("closed",    "已结束", "Concluded", "decide", final=True)
CANCELLED = State("cancelled", "已取消", "Cancelled", "prepare", final=True)

STEPS = (
    Step("call",     "召集主任会议", None,   CALLED, by=DEPUTY_OFFICE, basis="J02.meeting", label_en="Call a meeting", only_if=("option.chairpersons_meetings", True), records=Call, does=sharing.arrange, numbers=Numbering(series, number), tells=(LEADERS,)),
    Step("change",   "更改日期地点", CALLED, None,   by=DEPUTY_OFFICE, basis="J02.meeting", label_en="Change day or place", records=Call, does=sharing.arrange, tells=(LEADERS,), optional=True),
    Step("add_item", "列入议题",   (CALLED, HELD), None, by=DEPUTY_OFFICE, basis="J02.meeting", label_en="Add an item", records=NewItem, does=add_item, optional=True),
    Step("attend",   "登记出席情况", CALLED, HELD,   by=DEPUTY_OFFICE, basis="J02.meeting", label_en="Record attendance", records=sharing.Attendance, barred_by=(sharing.not_before_its_day, no_items), does=sharing.attend),
    Step("decide",   "登记决定",   HELD,   None,   by=DEPUTY_OFFICE, basis="J02.meeting", label_en="Record a decision", records=Decision, barred_by=(sharing.nothing_to_decide, only_an_empty_list), does=decide, opens=next_step, tells=(LEADERS,)),
    Step("put_off",  "暂不决定",   HELD,   None,   by=DEPUTY_OFFICE, basis="J02.meeting", label_en="Put off", records=PutOff, barred_by=(sharing.nothing_to_decide,), does=put_off, optional=True),
    Step("close",    "整理完毕",   HELD,   CLOSED_, by=DEPUTY_OFFICE, basis="J02.minutes", label_en="Conclude", barred_by=(sharing.undecided_items,), opens=topic_ended, tells=(LEADERS,)),
    Step("cancel",   "取消会议",   CALLED, CANCELLED, by=DEPUTY_OFFICE, basis="J02.meeting", label_en="Cancel", records=Reason, opens=topic_ended, tells=(LEADERS,), optional=True, confirm="会议取消后不能恢复，需要时另行召集。"),
)

CLOCKS = (
    Clock("minutes", "会议记录整理期限", "J02.minutes", starts=("attend",), stops=("close",), whose=DEPUTY_OFFICE, label_en="Time for the minutes"),
)
# fmt: on

FIGURES = MEETING_FIGURES
LIST = ListOf(
    columns=(NUMBER, TITLE, Column("held_on", _("举行日期"), "activity__held_on", "day"), Column("place", _("地点"), "activity__place"),
             Column("chair", _("主持人"), "activity__leader_name"), STATE, CLOSED),
)  # fmt: skip
PROCEDURE = Procedure(
    key="chairpersons-meeting", label="主任会议", label_en="Council of chairpersons", steps=STEPS, clocks=CLOCKS, record=Activity,
    states=(CALLED, HELD, CLOSED_, CANCELLED), body="activities/chairpersons_meeting.html", seen_by=SEES, basis="ORG-17",
    stages=(("prepare", "筹备"), ("decide", "决定")),
)  # fmt: skip
