"""Live studio 代表之声直播间 (A13): deputies talk with residents in a street's studio; the questions are matters of their own (``broadcast_question.py``).

Nothing is streamed from here: a link says where it is shown. Who watches is neither asked nor kept. It is concluded only when every question
was answered in the broadcast, answered later, or handed over.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.actor import Actor
from openrenda.docket.forms import StepForm
from openrenda.docket.language import Clock, Office, Procedure, State, Step
from openrenda.docket.models import Act, Matter
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
from openrenda.procedures.reasons import Reason

from . import sharing
from .figures import BROADCAST_FIGURES
from .record import BOOKED, PRESENT, Activity, Participant

HOSTING = ("street_reviewer", "station_clerk")
HOST = Office("host", "主办的街道", "the subdistrict that holds it", seats=HOSTING, relation=("host",))
SEES = (HOST, DEPUTIES, GUEST_DEPUTIES, DEPUTY_OFFICE, LEADERS, AUDITORS)
QUESTION = "broadcast-question"


class Arrange(StepForm):
    """When, in whose studio, with which deputies, about what, and where it is shown."""

    street = Choose(label=_("街道、乡镇"))
    held_on = Day(label=_("日期"))
    starts_at = forms.CharField(label=_("时间"), max_length=40, required=False)
    place = forms.CharField(label=_("直播间"), max_length=200)
    topic = forms.CharField(label=_("主题"), max_length=200)
    deputies = ChooseSeveral(label=_("参加的代表"))
    watch_at = forms.URLField(label=_("观看地址"), max_length=300, required=False, assume_scheme="https")

    def prepare(self) -> None:
        """The streets of whoever arranges it, the deputies of the day; what was arranged before stands in place."""
        day, actor = self.situation.today, self.situation.actor
        streets = Organ.objects.on(day).filter(kind__in=("street", "town")).order_by("position", "code")
        offer_rows(
            self, "street", (streets.filter(pk__in=_own_streets(actor)) if actor.seat in HOSTING else streets).all
        )
        offer_deputies(self, "deputies", guests=True)
        if not self.situation.new and not self.is_bound:
            record = self.situation.record
            self.initial.update({name: getattr(record, name) for name in ("held_on", "starts_at", "place", "watch_at")})
            self.initial.update(
                {"topic": record.note, "street": record.street_id, "deputies": _invited(self.situation)}
            )


class Held(StepForm):
    """Who came, and where the recording is."""

    deputies = ChooseSeveral(label=_("到场的代表"))
    watch_at = forms.URLField(label=_("回看地址"), max_length=300, required=False, assume_scheme="https")
    record = LongText(label=_("直播记录"), rows=5, max_length=10000)

    def prepare(self) -> None:
        """Those who were to come are ticked."""
        offer_deputies(self, "deputies", guests=True)
        if not self.situation.new and not self.is_bound:
            self.initial.update({"deputies": _invited(self.situation), "watch_at": self.situation.record.watch_at})


def _own_streets(actor: Actor) -> list[UUID]:
    """The streets that a seat stands for, or in which its station is."""
    stations = Station.objects.filter(pk__in=sorted(actor.holders)).values_list("street", flat=True)
    return [*sorted(actor.holders), *stations]


def _invited(situation: Situation) -> list[Any]:
    return [row.holder for row in situation.rows(Participant) if not row.withdrawn]


def arrange(situation: Situation, act: Act) -> None:
    """Everybody may read it from now on, and ask."""
    situation.matter.public_since = situation.today
    change(situation, act)


def change(situation: Situation, act: Act) -> None:
    """Day, place, topic and deputies."""
    data, held_on = situation.data, date.fromisoformat(situation.data["held_on"])
    street = Organ.objects.get(pk=data["street"])
    if not situation.new and situation.record.street_id:
        situation.end_party("host", situation.record.street_id)
    situation.add_party("host", street.pk, street.name)
    # A clerk of one station keeps what she arranged in the street's studio.
    for holder in situation.actor.holders if situation.actor.seat == "station_clerk" else ():
        situation.add_party("host", holder, situation.actor.office_name or situation.actor.name)
    situation.note(
        held_on=held_on, starts_at=data.get("starts_at", ""), place=data["place"], note=data["topic"], street=street,
        watch_at=data.get("watch_at", ""),
    )  # fmt: skip
    situation.matter.title = (
        f"{situation.table.label}（{held_on.year}年{held_on.month}月{held_on.day}日，{street.name}）：{data['topic']}"[
            :500
        ]
    )
    _invite(situation, data["deputies"])


def _invite(situation: Situation, chosen: list[str]) -> None:
    """The deputies now named are expected; whoever was named before and is not any more is not."""
    if not situation.new:
        for row in situation.rows(Participant):
            situation.change(row, withdrawn=str(row.holder) not in chosen)
    for mandate in Mandate.everyone.select_related("person").filter(pk__in=chosen):
        sharing.came(situation, sharing.DEPUTY, mandate.pk, mandate.named, BOOKED)


def hold(situation: Situation, act: Act) -> None:
    """The deputies who came; it stands in their duty files."""
    data = situation.data
    for row in situation.rows(Participant):
        here = str(row.holder) in data["deputies"]
        situation.change(row, withdrawn=not here, attendance=PRESENT if here else BOOKED)
    for mandate in Mandate.everyone.select_related("person").filter(pk__in=data["deputies"]):
        sharing.came(situation, sharing.DEPUTY, mandate.pk, mandate.named, PRESENT)
    situation.note(watch_at=data.get("watch_at", ""))


def some_are_open(situation: Situation) -> str | None:
    """No question is left without a state (A13)."""
    asked = Matter.objects.filter(
        procedure=QUESTION, closed_on=None, broadcast_question__broadcast_id=situation.matter.pk
    )
    waiting = asked.count()
    if waiting:
        return gettext("还有%(count)d个提问没有答复也没有交办，处理完才能结束。") % {"count": waiting}
    return None


# fmt: off
ARRANGED  = State("arranged",  "已安排",   "Arranged",  "studio", untimed="在确定的日期直播")
HELD      = State("held",      "已直播",   "Held",      "studio")
CLOSED_   = State("closed",    "已整理完毕", "Concluded", "studio", final=True)
CANCELLED = State("cancelled", "已取消",   "Cancelled", "studio", final=True)

STEPS = (
    Step("arrange", "安排直播",    None,     ARRANGED, by=(STREET_REVIEWERS, STATION_CLERKS, DEPUTY_OFFICE), basis="A13.studio", label_en="Arrange a broadcast", records=Arrange, does=arrange),
    Step("change",  "更改安排",    ARRANGED, None,     by=(HOST, DEPUTY_OFFICE), basis="A13.studio", label_en="Change it", records=Arrange, does=change, optional=True),
    Step("hold",    "登记直播情况",  ARRANGED, HELD,     by=(HOST, DEPUTY_OFFICE), basis="A13.studio", label_en="Record that it was held", records=Held, barred_by=(sharing.not_before_its_day,), does=hold),
    Step("amend",   "更正直播情况",  HELD,     HELD,     by=(HOST, DEPUTY_OFFICE), basis="A13.record", label_en="Correct the record", records=Held, does=hold, optional=True),
    Step("close",   "整理完毕",    HELD,     CLOSED_,  by=(HOST, DEPUTY_OFFICE), basis="A13.record", label_en="Conclude", barred_by=(some_are_open,)),
    Step("cancel",  "取消直播",    ARRANGED, CANCELLED, by=(HOST, DEPUTY_OFFICE), basis="A13.studio", label_en="Cancel", records=Reason, barred_by=(some_are_open,), optional=True, confirm="门户页面会注明已取消。"),
)

CLOCKS = (
    Clock("record", "直播记录整理期限", "A13.record", starts=("hold",), stops=("close",), whose=HOST, label_en="Time to see to every question"),
)
# fmt: on

LIST = ListOf(
    columns=(TITLE, Column("held_on", _("直播日期"), "activity__held_on", "day"), Column("street", _("街道"), "activity__street__name"),
             Column("topic", _("主题"), "activity__note", hidden=True), STATE, CLOSED),
)  # fmt: skip
PROCEDURE = Procedure(
    key="broadcast", label="代表之声直播间", label_en="Live studio", steps=STEPS, clocks=CLOCKS, record=Activity,
    states=(ARRANGED, HELD, CLOSED_, CANCELLED), body="activities/broadcast.html", seen_by=SEES, basis="A13.studio",
    stages=(("studio", "直播"),),
)  # fmt: skip

FIGURES = BROADCAST_FIGURES
