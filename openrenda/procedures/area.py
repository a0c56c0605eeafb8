"""Areas of responsibility 分片包保 (B09): a named leader answers for some streets, and so for every suggestion raised from them.

A street lies in one area at most, so a suggestion does. The page of an area is its leader's board.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda import docket
from openrenda.docket.actor import Actor
from openrenda.docket.forms import StepForm
from openrenda.docket.language import Office, Procedure, State, Step
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.people.leading import leading_members, named
from openrenda.people.models import Organ, Seat
from openrenda.tenancy import TenantFK, TenantModel

from .fields import Choose, ChooseSeveral, offer_rows, one_paragraph
from .listing import CLOSED, OPENED, STATE, TITLE, Column, ListOf
from .offices import AUDITORS, DEPUTY_OFFICE, GOVERNMENT_OFFICE, LEADERS, LEADING

RESTING = ("draft", "settled", "withdrawn", "reference")


class Area(TenantModel):
    """An area: its leader, and the government's person where it is a joint one."""

    matter = TenantFK(Matter, models.CASCADE, related_name="area")
    leader_name = models.CharField("包保领导", max_length=100)
    government_person = models.CharField("政府方面责任人", max_length=100, blank=True)
    street_names = models.CharField("街道、乡镇", max_length=500)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="area_matter")]

    def board(self, actor: Actor) -> dict[str, int]:
        """How many suggestions of the area are open, overdue and closed, of those this person may see."""
        today = timezone.localdate()
        found = docket.visible(actor, "suggestion").filter(parent=None).exclude(state__in=RESTING)
        found = found.filter(suggestion__street__area_streets__matter=self.matter_id)
        counted: dict[str, int] = found.aggregate(
            open=Count("pk", Q(closed_on=None)),
            overdue=Count("pk", Q(closed_on=None, due_on__lt=today)),
            closed=Count("pk", Q(closed_on__isnull=False)),
        )
        return counted


class AreaStreet(TenantModel):
    """A street that lies in the area now. What it was before is in the acts."""

    matter = TenantFK(Matter, models.CASCADE, related_name="area_streets")
    street = TenantFK("people.Organ", models.PROTECT, related_name="area_streets", verbose_name="街道、乡镇")

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "street"], name="area_street_once")]
        indexes = [models.Index(fields=["congress", "matter"], name="area_street_matter")]


class AreaForm(StepForm):
    """The area's name, streets and leader. A leader of the district who has no seat here is written by name."""

    title = forms.CharField(label=_("片区名称"), max_length=100, validators=[one_paragraph])
    streets = ChooseSeveral(label=_("街道、乡镇"))
    leading = Choose(label=_("包保领导（人大领导）"), required=False)
    leader_name = forms.CharField(label=_("包保领导（其他区领导）"), max_length=100, required=False)
    government_person = forms.CharField(label=_("政府方面责任人"), max_length=100, required=False)

    def prepare(self) -> None:
        """Offer the streets and the leading members; what holds now stands in place."""
        day = self.situation.today
        offer_rows(self, "streets", Organ.objects.on(day).filter(kind__in=("street", "town")).all)
        offer_rows(self, "leading", partial(leading_members, day), named)
        if not self.situation.new and not self.is_bound:
            record, held = self.situation.record, self.situation.holders("leading")
            self.initial.update({"title": self.situation.matter.title, "government_person": record.government_person})
            self.initial.update({"streets": [row.street_id for row in self.situation.rows(AreaStreet)]})
            self.initial.update({"leading": held[0].holder} if held else {"leader_name": record.leader_name})

    def clean(self) -> dict[str, Any]:
        """Each area has a named leader, and one only."""
        cleaned = super().clean()
        if bool(cleaned.get("leading")) == bool(cleaned.get("leader_name")):
            raise ValidationError(_("每个片区写明一位包保领导：从人大领导中选，或者写其他区领导的姓名。"))
        return cleaned


class Reason(StepForm):
    """A written reason."""

    reason = forms.CharField(label=_("理由"), max_length=500)


def write(situation: Situation, act: Act) -> None:
    """Name the leader and draw the area."""
    data = situation.data
    situation.matter.title = data["title"]
    situation.end_party("leading")
    name = data.get("leader_name", "")
    if data.get("leading"):
        seat = Seat.objects.select_related("account").get(pk=data["leading"])
        name = named(seat)
        situation.add_party("leading", seat.pk, name)
    streets = Organ.objects.filter(pk__in=data["streets"])
    _draw(situation, streets)
    names = "、".join(street.name for street in streets)
    situation.note(leader_name=name, government_person=data.get("government_person", ""), street_names=names[:500])


def _draw(situation: Situation, streets: Iterable[Organ]) -> None:
    wanted = {street.pk: street for street in streets}
    kept = {row.street_id for row in situation.rows(AreaStreet)}
    for street in wanted.values():
        if street.pk not in kept:
            situation.add(AreaStreet(street=street))
            situation.add_party("area_street", street.pk, street.name)
    for gone in kept - set(wanted):
        situation.end_party("area_street", gone)
    _forget(situation, kept - set(wanted))


def _forget(situation: Situation, streets: Iterable[Any]) -> None:
    gone = AreaStreet.objects.filter(matter_id=situation.matter.pk, street__in=list(streets))

    def drop() -> None:
        gone.delete()

    situation.after_write.append(drop)


def dissolve(situation: Situation, act: Act) -> None:
    """Its streets may be drawn into other areas."""
    _forget(situation, [row.street_id for row in situation.rows(AreaStreet)])


def in_another_area(situation: Situation) -> str | None:
    """Each suggestion belongs to one area at most, because each street does (B09)."""
    chosen = situation.data.get("streets", [])
    taken = (
        AreaStreet.objects.filter(street__in=chosen)
        .exclude(matter_id=situation.matter.pk)
        .select_related("street", "matter")
    )
    first = taken.first()
    if first is None:
        return None
    return gettext("%(street)s已经在“%(area)s”。每件建议只属于一个片区，请先从原片区移出。") % {
        "street": first.street.name,
        "area": first.matter.title,
    }


AREA_STREET = Office(
    "area_street", "片区内的街道", "streets of the area", seats=("street_reviewer",), relation=("area_street",)
)
SEES = (LEADING, DEPUTY_OFFICE, GOVERNMENT_OFFICE, AREA_STREET, LEADERS, AUDITORS)

# fmt: off
HELD      = State("held",      "包保中", "Held", "hold", untimed="按分工长期有效")
DISSOLVED = State("dissolved", "已撤销", "Dissolved", "hold", final=True)

STEPS = (
    Step("set_up",   "划定片区",  None, HELD,      by=DEPUTY_OFFICE, basis="B09.area", label_en="Set up an area", only_if=("option.areas", True), records=AreaForm, barred_by=(in_another_area,), does=write, tells=(LEADING, AREA_STREET)),
    Step("redraw",   "调整片区",  HELD, None,      by=DEPUTY_OFFICE, basis="B09.area", label_en="Redraw the area", records=AreaForm, barred_by=(in_another_area,), does=write, tells=(LEADING, AREA_STREET), optional=True),
    Step("dissolve", "撤销片区",  HELD, DISSOLVED, by=DEPUTY_OFFICE, basis="B09.area", label_en="Dissolve the area", records=Reason, does=dissolve, tells=(LEADING, AREA_STREET), optional=True, confirm="片区撤销后，其中的街道可以划入其他片区。"),
)
# fmt: on

RECORDS = (Area, AreaStreet)
LIST = ListOf(
    columns=(TITLE, Column("leader", _("包保领导"), "area__leader_name"), Column("government", _("政府方面责任人"), "area__government_person"),
             Column("streets", _("街道、乡镇"), "area__street_names"), STATE, OPENED, CLOSED),
)  # fmt: skip
PROCEDURE = Procedure(
    key="area", label="分片包保", label_en="Areas of responsibility", steps=STEPS, record=Area, states=(HELD, DISSOLVED),
    body="procedures/area.html", stages=(("hold", "包保"),), seen_by=SEES, basis="B09.area",
)  # fmt: skip
