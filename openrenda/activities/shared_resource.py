"""Shared resources 辖区资源共享 (A04): venues and experts that a street offers to the others, for what deputies do together."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import Office, Procedure, State, Step
from openrenda.docket.models import Act
from openrenda.docket.situation import Situation
from openrenda.figures import Figure, Period, Population, Shown
from openrenda.figures.asof import acts_by, among, moment
from openrenda.figures.groups import by_street
from openrenda.figures.language import ITEMS
from openrenda.people.models import Organ
from openrenda.procedures.fields import LongText, one_paragraph
from openrenda.procedures.listing import CLOSED, OPENED, STATE, TITLE, Column, Filter, ListOf
from openrenda.procedures.offices import AUDITORS, DEPUTIES, DEPUTY_OFFICE, LEADERS

from . import sharing
from .record import RESOURCES, SharedResource

OFFERER = Office(
    "offerer", "提供资源的街道", "the subdistrict that offers it", seats=("street_reviewer",), relation=("offerer",)
)


def kinds() -> list[tuple[str, Any]]:
    """The kinds of resource as a form offers them."""
    return [(key, _(label)) for key, label in RESOURCES.items()]


class Offer(StepForm):
    """What is offered."""

    title = forms.CharField(label=_("资源名称"), max_length=100, validators=[one_paragraph])
    kind = forms.ChoiceField(label=_("类别"), choices=kinds())
    text = LongText(label=_("地点、容纳人数、专长等说明"), rows=3, max_length=2000)
    times = forms.CharField(label=_("可以使用的时间"), max_length=200, required=False)

    def prepare(self) -> None:
        """What was offered before stands in place."""
        if not self.situation.new and not self.is_bound:
            record = self.situation.record
            self.initial.update(
                title=self.situation.matter.title, kind=record.kind, text=record.text, times=record.times
            )


class Reason(StepForm):
    """A written reason."""

    reason = LongText(label=_("理由"), rows=2, max_length=500)


def offer(situation: Situation, act: Act) -> None:
    """Keep it under the street that offers it."""
    data = situation.data
    situation.matter.title = data["title"]
    if situation.new:
        for street in Organ.objects.filter(pk__in=sorted(situation.actor.holders)):
            situation.add_party("offerer", street.pk, street.name)
            situation.note(street=street)
    situation.note(kind=data["kind"], text=data["text"], times=data.get("times", ""))


SEES = (OFFERER, sharing.STREETS, sharing.STATIONS, DEPUTIES, DEPUTY_OFFICE, LEADERS, AUDITORS)

# fmt: off
OFFERED   = State("offered",   "可以预约", "Offered", "share", untimed="长期提供")
WITHDRAWN = State("withdrawn", "不再提供", "Withdrawn", "share", final=True)

STEPS = (
    Step("offer",    "提供共享资源", None,    OFFERED,   by=sharing.STREETS, basis="A04.share", label_en="Offer a resource", only_if=("option.gatherings", True), records=Offer, does=offer, tells=(DEPUTY_OFFICE,)),
    Step("change",   "更改说明",   OFFERED, None,      by=OFFERER, basis="A04.share", label_en="Change it", records=Offer, does=offer, optional=True),
    Step("withdraw", "不再提供",   OFFERED, WITHDRAWN, by=OFFERER, basis="A04.share", label_en="Withdraw it", records=Reason, optional=True, confirm="已经同意的预约不受影响，以后不能再预约。"),
)
# fmt: on


def offered(period: Period) -> Any:
    """Resources that were on offer at the end of the period."""
    rows = SharedResource.objects.filter(matter__opened_on__lte=period.end)
    gone = acts_by(period, "shared-resource", "withdraw").filter(took_effect__lt=moment(period.end))
    return rows.exclude(among(gone))


SHARED = Population(
    "shared_resources", "共享资源", ITEMS, offered, splits=(by_street("street_id"),),
    columns=(Shown("街道", "street__name"), Shown("说明", "text")),
)  # fmt: skip
FIGURES = (
    Figure("shared_resources", "共享资源", "截至统计日各街道提供、可以预约的场地和专家等。", SHARED, label_en="Shared resources", group="代表活动", basis="A04.share"),
)  # fmt: skip

LIST = ListOf(
    columns=(TITLE, Column("kind", _("类别"), "shared_resource__kind", "choice", choices=lambda _book: kinds()),
             Column("street", _("街道"), "shared_resource__street__name"), Column("times", _("可以使用的时间"), "shared_resource__times"),
             STATE, OPENED, CLOSED),
    filters=(Filter("kind", _("类别"), "shared_resource__kind", "choice", choices=lambda _book: kinds()),),
)  # fmt: skip
PROCEDURE = Procedure(
    key="shared-resource", label="共享资源", label_en="Shared resources", steps=STEPS, record=SharedResource, states=(OFFERED, WITHDRAWN),
    body="activities/shared_resource.html", stages=(("share", "共享"),), seen_by=SEES, basis="A04.share",
)  # fmt: skip
