"""The meeting itself: who was there, what was decided on each item, and the minutes that follow from it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.models import Act
from openrenda.docket.situation import Situation
from openrenda.documents.official import long_date
from openrenda.procedures.fields import ChooseSeveral, LongText, offer_choices

from ..sharing import here_or_on_leave, link_once
from .agenda import OneItem, item_of, items
from .calling import members_on, offer_members
from .records import ABSENT, LEAVE, OUTCOMES, PRESENT, PartyGroupItem, PartyGroupPlace

DISCUSSES = "discusses"


class Attendance(StepForm):
    """Who was there, and who had leave and why; the other members are recorded as absent."""

    present = ChooseSeveral(label=_("到会的党组成员"))
    on_leave = ChooseSeveral(label=_("请假的党组成员"), required=False)
    leave_reason = forms.CharField(label=_("请假事由"), max_length=500, required=False)

    def prepare(self) -> None:
        """Offer those who were members on the day of the meeting."""
        day = self.situation.record.held_on if not self.situation.new else self.situation.today
        offer_members(self, "present", "on_leave", day=day)

    def clean(self) -> dict[str, Any]:
        """Nobody is both here and on leave; leave has a reason."""
        return here_or_on_leave(self, super().clean(), "present")


class Decision(OneItem):
    """What was decided on an item."""

    undecided = True
    outcome = forms.ChoiceField(label=_("结果"), choices=[(key, key) for key in OUTCOMES])
    text = LongText(label=_("决定内容"), rows=4, max_length=10000, required=False)
    sitting_in = LongText(
        label=_("实际列席人员"), rows=2, max_length=2000, required=False, help_text=_("与安排相同的不用填写。")
    )

    def prepare(self) -> None:
        """Offer what may come of it."""
        super().prepare()
        offer_choices(self, "outcome", [(key, gettext(label)) for key, label in OUTCOMES.items()])


class Minutes(StepForm):
    """The minutes, first as they follow from what happened."""

    minutes = LongText(label=_("会议记录"), rows=24, max_length=60000)

    def prepare(self) -> None:
        """What was written before, or the draft, stands in place."""
        if not self.is_bound and not self.situation.new:
            self.initial["minutes"] = self.situation.record.minutes or written(self.situation)


def attend(situation: Situation, act: Act) -> None:
    """Keep each member's place."""
    data, record = situation.data, situation.record
    present, on_leave = set(map(str, data["present"])), set(map(str, data.get("on_leave", [])))
    for mandate in members_on(record.group, record.held_on):
        key = str(mandate.pk)
        attendance = PRESENT if key in present else LEAVE if key in on_leave else ABSENT
        reason = data.get("leave_reason", "") if attendance == LEAVE else ""
        situation.add(PartyGroupPlace(mandate=mandate, name=mandate.person.name, attendance=attendance, reason=reason))


def decide(situation: Situation, act: Act) -> None:
    """Keep it, and lead to the matter that it is about: who may see both finds one from the other."""
    data, row = situation.data, item_of(situation)
    fields = {"outcome": data["outcome"], "outcome_text": data.get("text", ""), "decided_on": situation.record.held_on}
    fields |= {"sitting_in": data["sitting_in"]} if data.get("sitting_in") else {}
    situation.change(row, **fields)
    if row.subject_id:
        link_once(situation, row.subject, DISCUSSES)


def written(situation: Situation) -> str:
    """The minutes as the rows tell them."""
    record, rows = situation.record, situation.rows(PartyGroupPlace)
    lines = [
        f"时间：{long_date(record.held_on)}{record.starts_at}",
        f"地点：{record.place}",
        f"主持：{record.chair_name}",
    ]
    for label, attendance in (("出席", PRESENT), ("请假", LEAVE), ("缺席", ABSENT)):
        names = [
            f"{row.name}（{row.reason}）" if row.reason else row.name for row in rows if row.attendance == attendance
        ]
        lines += [f"{label}：{'、'.join(names)}"] if names else []
    here = sum(row.attendance == PRESENT for row in rows)
    lines.append(f"应到{len(rows)}人，实到{here}人。")
    for number, row in enumerate(items(situation), 1):
        lines += ["", f"{number}．{row.title}", *_dealt_with(row)]
    return "\n".join(lines)


def _dealt_with(row: PartyGroupItem) -> list[str]:
    lines = [f"汇报：{row.reporter}"] if row.reporter else []
    lines += [f"列席：{'、'.join(row.sitting_in.split(chr(10)))}"] if row.sitting_in else []
    return [*lines, f"会议决定：{OUTCOMES[row.outcome]}。{row.outcome_text}"]


def draft(situation: Situation, act: Act) -> None:
    """Keep the minutes as they read now."""
    situation.note(minutes=situation.data["minutes"])


def approve(situation: Situation, act: Act) -> None:
    """The day of approval."""
    situation.note(approved_on=situation.today)


def nothing_to_decide(situation: Situation) -> str | None:
    """There is an item without an outcome."""
    return None if items(situation, undecided=True) else gettext("没有等待登记结果的事项。")


def undecided_items(situation: Situation) -> str | None:
    """Every item leaves with an outcome."""
    waiting = items(situation, undecided=True)
    if not waiting:
        return None
    return gettext("“%(title)s”等%(count)d项还没有登记结果，登记齐以后再整理记录。") % {
        "title": waiting[0].title,
        "count": len(waiting),
    }
