"""Doorstep council hall 家门口议事厅 (A10): neighbours, merchants and deputies talk something over at a station, and decide who does what.

A hall ends, or is cancelled, with the day of the next one: as long as a station holds halls there is always a day to look forward to.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import THE_KIN, Clock, Office, Opening, Procedure, State, Step
from openrenda.docket.models import Act
from openrenda.docket.situation import Situation
from openrenda.people.models import Mandate, Organ, Station
from openrenda.procedures.fields import Choose, ChooseSeveral, Day, LongText, offer_deputies, offer_rows
from openrenda.procedures.listing import CLOSED, STATE, TITLE, Column, ListOf
from openrenda.procedures.offices import (
    AUDITORS,
    DEPUTIES,
    DEPUTY_OFFICE,
    GUEST_DEPUTIES,
    LEADERS,
    STATION_CLERKS,
    STREET_REVIEWERS,
)

from . import sharing
from .record import Activity

DECISION, DECIDED = "decision", "decided"
HOSTING = ("station_clerk", "street_reviewer")
HOST = Office("host", "举办的站点、街道", "the station or subdistrict that holds it", seats=HOSTING, relation=("host",))
SEES = (HOST, DEPUTIES, GUEST_DEPUTIES, DEPUTY_OFFICE, LEADERS, AUDITORS)


class ArrangeHall(StepForm):
    """Which station, when, and what is talked over."""

    station = Choose(label=_("站点"))
    held_on = Day(label=_("日期"))
    starts_at = forms.CharField(label=_("时间"), max_length=40, required=False)
    topic = forms.CharField(label=_("议题"), max_length=200)

    def prepare(self) -> None:
        """The stations of whoever arranges it; all of them for the deputies' office."""
        rows = Station.objects.on(self.situation.today).order_by("number")
        if self.situation.actor.seat in HOSTING:
            mine = sorted(self.situation.actor.holders)
            rows = rows.filter(Q(pk__in=mine) | Q(street__in=mine))
        offer_rows(self, "station", rows.all)


class ChangeHall(StepForm):
    """Another day, another topic."""

    held_on = Day(label=_("日期"))
    starts_at = forms.CharField(label=_("时间"), max_length=40, required=False)
    topic = forms.CharField(label=_("议题"), max_length=200)

    def prepare(self) -> None:
        """What was arranged before stands in place."""
        record = self.situation.record
        self.initial.update({"held_on": record.held_on, "starts_at": record.starts_at, "topic": record.note})


class Minutes(StepForm):
    """Who came, and what was said."""

    deputies = ChooseSeveral(label=_("到场的代表"), required=False)
    others = LongText(label=_("到场的商户、居民和单位"), rows=2, max_length=2000)
    minutes = LongText(label=_("议事记录"), rows=6, max_length=10000)

    def prepare(self) -> None:
        """Offer the deputies of today."""
        offer_deputies(self, "deputies", guests=True)


class Decide(StepForm):
    """What was agreed, who sees to it, by when."""

    title = forms.CharField(label=_("议定事项"), max_length=200)
    text = LongText(label=_("具体内容"), rows=3, max_length=5000, required=False)
    organ = Choose(label=_("责任单位"))
    due_on = Day(label=_("要求完成日期"))

    def prepare(self) -> None:
        """Offer the organs of today."""
        offer_rows(self, "organ", Organ.objects.on(self.situation.today).all)


class NextHall(StepForm):
    """The day of the next one."""

    next_on = Day(label=_("下一次议事厅的日期"))
    next_topic = forms.CharField(label=_("下一次的议题"), max_length=200, required=False)

    def clean_next_on(self) -> Any:
        """It is still to come."""
        day = self.cleaned_data["next_on"]
        if day <= self.situation.today:
            raise ValidationError(_("下一次的日期要在今天以后。"))
        return day


class CancelHall(NextHall):
    """Why it is not held, and when it is instead."""

    reason = LongText(label=_("理由"), rows=2, max_length=2000)


def arrange(situation: Situation, act: Act) -> None:
    """Keep station, day and topic; station and street hold it."""
    station = Station.objects.select_related("street").get(pk=situation.data["station"])
    situation.add_party("host", station.pk, station.name)
    situation.add_party("host", station.street.pk, station.street.name)
    situation.note(place=station.name)
    change(situation, act)


def change(situation: Situation, act: Act) -> None:
    """Day, time and topic."""
    data, held_on = situation.data, date.fromisoformat(situation.data["held_on"])
    situation.note(held_on=held_on, starts_at=data.get("starts_at", ""), note=data["topic"])
    place = situation.record.place
    situation.matter.title = (
        f"{situation.table.label}（{held_on.year}年{held_on.month}月{held_on.day}日，{place}）：{data['topic']}"
    )


def hold(situation: Situation, act: Act) -> None:
    """The deputies who came; it stands in their duty files."""
    for mandate in Mandate.everyone.select_related("person").filter(pk__in=situation.data.get("deputies", [])):
        sharing.came(situation, sharing.DEPUTY, mandate.pk, mandate.named)


def decide(situation: Situation, act: Act) -> None:
    """One more thing agreed, with its owner."""
    data = situation.data
    organ = Organ.objects.get(pk=data["organ"])
    sharing.new_item(situation, DECISION, data["title"], text=data.get("text", ""), outcome=DECIDED, outcome_text=data["title"],
                     owner_name=organ.name, due_on=data["due_on"], decided_on=situation.record.held_on)  # fmt: skip


def to_its_owner(situation: Situation) -> Iterable[Opening]:
    """What was agreed is a task of its owner."""
    item = max(sharing.items(situation), key=lambda row: row.position)
    return sharing.task_opening(situation, item)


def the_next(situation: Situation) -> Iterable[Opening]:
    """The next hall of the same station."""
    data = situation.data
    hosts = tuple(("host", party.holder, party.name) for party in situation.holders("host"))
    station = Station.objects.filter(pk__in=[holder for _role, holder, _name in hosts]).first()
    told = {
        "station": str(station.pk) if station else "",
        "held_on": data["next_on"],
        "topic": data.get("next_topic") or "待定",
    }
    return [Opening("council-hall", "arrange_next", told, hosts, link="came_from")]


# fmt: off
ARRANGED  = State("arranged",  "已安排", "Arranged",  "hall", untimed="在确定的日期举行")
HELD      = State("held",      "已举行", "Held",      "hall")
CLOSED_   = State("closed",    "已结束", "Concluded", "hall", final=True)
CANCELLED = State("cancelled", "已取消", "Cancelled", "hall", final=True)

STEPS = (
    Step("arrange", "安排议事厅",   None,     ARRANGED, by=(STATION_CLERKS, STREET_REVIEWERS, DEPUTY_OFFICE), basis="A10.hall", label_en="Arrange a hall", records=ArrangeHall, does=arrange),
    Step("arrange_next", "安排下一次议事厅", None, ARRANGED, by=THE_KIN,  basis="A10.hall", label_en="The next hall", records=ArrangeHall, does=arrange, tells=(HOST,)),
    Step("change",  "更改日期、议题", ARRANGED, None,     by=(HOST, DEPUTY_OFFICE), basis="A10.hall", label_en="Change day or topic", records=ChangeHall, does=change, optional=True),
    Step("hold",    "登记议事情况",  ARRANGED, HELD,     by=HOST,           basis="A10.hall", label_en="Record the hall", records=Minutes, barred_by=(sharing.not_before_its_day,), does=hold),
    Step("decide",  "登记议定事项",  HELD,     None,     by=(HOST, DEPUTY_OFFICE), basis="A10.hall", label_en="Record what was agreed", records=Decide, does=decide, opens=to_its_owner, optional=True),
    Step("close",   "整理完毕",    HELD,     CLOSED_,  by=HOST,           basis="A10.minutes", label_en="Conclude, with the next day", records=NextHall, opens=the_next),
    Step("cancel",  "取消并改期",   ARRANGED, CANCELLED, by=(HOST, DEPUTY_OFFICE), basis="A10.hall", label_en="Cancel, with another day", records=CancelHall, opens=the_next, optional=True),
)

CLOCKS = (
    Clock("minutes", "议事记录整理期限", "A10.minutes", starts=("hold",), stops=("close",), whose=HOST, label_en="Time for the minutes"),
)
# fmt: on

LIST = ListOf(
    columns=(TITLE, Column("held_on", _("举行日期"), "activity__held_on", "day"), Column("place", _("地点"), "activity__place"),
             Column("topic", _("议题"), "activity__note"), STATE, CLOSED),
)  # fmt: skip
PROCEDURE = Procedure(
    key="council-hall", label="家门口议事厅", label_en="Doorstep council halls", steps=STEPS, clocks=CLOCKS, record=Activity,
    states=(ARRANGED, HELD, CLOSED_, CANCELLED), body="activities/council_hall.html", seen_by=SEES, basis="A10.hall",
    stages=(("hall", "议事"),),
)  # fmt: skip
