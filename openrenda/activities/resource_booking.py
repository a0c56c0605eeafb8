"""Bookings of shared resources 预约共享资源 (A04): a street asks for another's venue or expert for a day, and that street answers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import Clock, Office, Procedure, State, Step
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.figures import Figure, Period, Population, Shown
from openrenda.figures.asof import acts_by, among
from openrenda.figures.groups import by_month
from openrenda.figures.language import TIMES
from openrenda.people.models import Organ
from openrenda.procedures.fields import Choose, Day, LongText, offer_rows
from openrenda.procedures.listing import CLOSED, DUE, OPENED, STATE, TITLE, Column, ListOf
from openrenda.procedures.offices import AUDITORS, DEPUTY_OFFICE, LEADERS

from . import sharing
from .record import PARTS, WHOLE_DAY, ResourceBooking, SharedResource

HELD = ("asked", "agreed")
OFFERER = Office(
    "offerer", "提供资源的街道", "the subdistrict that offers it", seats=("street_reviewer",), relation=("offerer",)
)
BOOKER = Office("booker", "预约的街道", "the subdistrict that books", seats=("street_reviewer",), relation=("booker",))


def parts() -> list[tuple[str, Any]]:
    """The parts of a day as a form offers them."""
    return [(key, _(label)) for key, label in PARTS.items()]


class Ask(StepForm):
    """Which resource, when and what for."""

    resource = Choose(label=_("共享资源"))
    held_on = Day(label=_("使用日期"))
    part = forms.ChoiceField(label=_("时段"), choices=parts())
    purpose = LongText(label=_("用途"), rows=2, max_length=500)

    def prepare(self) -> None:
        """Offer what other streets offer."""
        mine = sorted(self.situation.actor.holders)
        rows = SharedResource.objects.filter(matter__state="offered").exclude(street__in=mine)
        rows = rows.select_related("matter", "street").order_by("street__position", "matter__title", "id")
        offer_rows(self, "resource", rows.all, lambda row: f"{row.street.name}：{row.matter.title}")

    def clean_held_on(self) -> Any:
        """Still to come."""
        day = self.cleaned_data["held_on"]
        if day < self.situation.today:
            raise forms.ValidationError(_("使用日期不能早于今天。"))
        return day


class Reason(StepForm):
    """A written reason."""

    reason = LongText(label=_("理由"), rows=2, max_length=500)


def ask(situation: Situation, act: Act) -> None:
    """Both streets are parties; the booking leads to the resource."""
    data = situation.data
    resource = SharedResource.objects.select_related("matter", "street").get(pk=data["resource"])
    situation.add_party("offerer", resource.street.pk, resource.street.name)
    for street in Organ.objects.filter(pk__in=sorted(situation.actor.holders)):
        situation.add_party("booker", street.pk, street.name)
        situation.note(street=street)
    situation.link(Matter.objects.get(pk=resource.matter_id), "books")
    situation.note(resource=resource, held_on=data["held_on"], part=data["part"], purpose=data["purpose"])
    day = date.fromisoformat(data["held_on"])
    situation.matter.title = f"{resource.matter.title}（{day.year}年{day.month}月{day.day}日）"


def taken(resource: Any, day: Any, part: str) -> Any:
    """Bookings of the resource that lie on that part of the day."""
    rows = ResourceBooking.objects.filter(resource=resource, held_on=day, matter__state__in=HELD)
    return rows if part == WHOLE_DAY else rows.filter(Q(part=part) | Q(part=WHOLE_DAY))


def booked_already(situation: Situation) -> str | None:
    """Nobody is promised what another has."""
    data = situation.data
    if "resource" in data and taken(data["resource"], data["held_on"], data["part"]).exists():
        return gettext("这个时段已经有预约，请改选时段或者日期。")
    return None


SEES = (OFFERER, BOOKER, DEPUTY_OFFICE, LEADERS, AUDITORS)

# fmt: off
ASKED     = State("asked",     "待答复",  "Asked", "book")
AGREED    = State("agreed",    "已同意",  "Agreed", "book", final=True)
DECLINED  = State("declined",  "不能提供", "Declined", "book", final=True)
CANCELLED = State("cancelled", "已取消",  "Cancelled", "book", final=True)

STEPS = (
    Step("ask",     "预约共享资源", None,   ASKED,     by=sharing.STREETS, basis="A04.share", label_en="Book a shared resource", only_if=("option.gatherings", True), records=Ask, barred_by=(booked_already,), does=ask, tells=(OFFERER,)),
    Step("agree",   "同意预约",   ASKED,  AGREED,    by=OFFERER, basis="A04.answer", label_en="Agree", tells=(BOOKER,)),
    Step("decline", "不能提供",   ASKED,  DECLINED,  by=OFFERER, basis="A04.answer", label_en="Decline", records=Reason, tells=(BOOKER,), optional=True),
    Step("cancel",  "取消预约",   (ASKED, AGREED), CANCELLED, by=(BOOKER, OFFERER), basis="A04.share", label_en="Cancel", records=Reason, tells=(BOOKER, OFFERER), optional=True),
)

CLOCKS = (
    Clock("answer", "答复期限", "A04.answer", starts=("ask",), stops=("agree", "decline", "cancel"), whose=OFFERER, label_en="Time to answer"),
)
# fmt: on


def for_period(period: Period) -> Any:
    """Bookings for days of the period."""
    return ResourceBooking.objects.filter(held_on__gte=period.since, held_on__lte=period.end)


def was_agreed(period: Period) -> Q:
    """Agreed by the end of the period, and not cancelled."""
    return among(acts_by(period, "resource-booking", "agree")) & ~among(acts_by(period, "resource-booking", "cancel"))


BOOKINGS = Population(
    "resource_bookings", "共享资源的使用", TIMES, for_period, facts={"agreed": was_agreed}, splits=(by_month("held_on"),),
    columns=(Shown("日期", "held_on"), Shown("街道", "street__name"), Shown("用途", "purpose")),
)  # fmt: skip
FIGURES = (
    Figure("resource_bookings", "街道间共享资源的使用次数", "使用日期在统计期内、提供的街道已经同意、没有取消的预约。", BOOKINGS, Q(agreed=True), label_en="Shared resources used by other streets", group="代表活动", basis="A04.share"),
)  # fmt: skip

LIST = ListOf(
    columns=(TITLE, Column("street", _("预约的街道"), "resource_booking__street__name"), Column("held_on", _("使用日期"), "resource_booking__held_on", "day"),
             Column("part", _("时段"), "resource_booking__part", "choice", choices=lambda _book: parts()), STATE, OPENED, DUE, CLOSED),
)  # fmt: skip
PROCEDURE = Procedure(
    key="resource-booking", label="共享资源预约", label_en="Bookings of shared resources", steps=STEPS, clocks=CLOCKS, record=ResourceBooking,
    states=(ASKED, AGREED, DECLINED, CANCELLED), body="activities/resource_booking.html", stages=(("book", "预约"),), seen_by=SEES,
    basis="A04.share",
)  # fmt: skip
