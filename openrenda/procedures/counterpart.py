"""The division of work among committees 专工委对口联系 (B06, A24): each field of concern is followed by one, which keeps contact with
deputies of that field; every change is an act."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import Office, Procedure, State, Step
from openrenda.docket.models import Act
from openrenda.docket.situation import Situation
from openrenda.people.models import Category, Mandate, Organ
from openrenda.people.rosters import deputies

from .counterparts import COUNTERPART, CommitteeField, committees, fitting
from .fields import Choose, ChooseSeveral, offer_choices, offer_rows
from .listing import OPENED, STATE, TITLE, Column, ListOf
from .offices import AUDITORS, COMMITTEE, DEPUTY_OFFICE, LEADERS


class Committee(StepForm):
    """The committee."""

    committee = Choose(label=_("对口专工委"))

    def prepare(self) -> None:
        """Offer the committees of the congress."""
        offer_rows(self, "committee", committees(self.situation.today).all)


class Field(Committee):
    """A field and its committee."""

    category = Choose(label=_("类别"))
    field_order = ["category", "committee"]

    def prepare(self) -> None:
        """Offer the fields that no committee follows yet."""
        super().prepare()
        offer_rows(self, "category", Category.objects.filter(committee_fields=None).all)


class Deputies(StepForm):
    """The deputies of the field with whom the committee keeps contact; those whose professional group fits stand first."""

    deputies = ChooseSeveral(label=_("对口联系的代表"))

    def prepare(self) -> None:
        """Offer the deputies of today; those named before are ticked."""
        day = self.situation.today
        offer_rows(self, "deputies", lambda: deputies(day, able=True), lambda row: row.person.name)
        if self.is_bound or self.situation.new:
            return
        self.initial["deputies"] = [party.holder for party in self.situation.holders(COUNTERPART)]
        fits = fitting(self.situation.record.category)
        rows = sorted(deputies(day, able=True), key=lambda row: row.pk not in fits)
        suits = gettext("（专业小组相符）")
        offer_choices(
            self, "deputies", [(row.pk, f"{row.person.name}{suits if row.pk in fits else ''}") for row in rows]
        )


def name_deputies(situation: Situation, act: Act) -> None:
    """Whoever was named before and is not now, is let go; a deputy may be named by several committees."""
    wanted = list(Mandate.objects.select_related("person").filter(pk__in=situation.data["deputies"]))
    kept = {mandate.pk for mandate in wanted}
    for party in situation.holders(COUNTERPART):
        if party.holder not in kept:
            situation.end_party(COUNTERPART, party.holder)
    for mandate in wanted:
        situation.add_party(COUNTERPART, mandate.pk, mandate.person.name)


def settle(situation: Situation, act: Act) -> None:
    """From now on the committee follows the field."""
    organ = Organ.objects.get(pk=situation.data["committee"])
    situation.end_party("committee")
    situation.add_party("committee", organ.pk, organ.name)
    if situation.new:
        category = Category.objects.get(pk=situation.data["category"])
        situation.matter.title = category.name
        situation.note(category=category)
    situation.note(committee=organ)


def followed_already(situation: Situation) -> str | None:
    """One committee a field."""
    chosen = situation.data.get("category")
    if chosen and CommitteeField.objects.filter(category=chosen).exists():
        return gettext("这一类别已经有对口专工委，请打开那一条更换。")
    return None


COUNTERPARTS = Office(
    "counterpart", "对口联系的代表", "counterpart deputies of the field", seats=("deputy",), relation=(COUNTERPART,)
)
SEES = (DEPUTY_OFFICE, COMMITTEE, COUNTERPARTS, LEADERS, AUDITORS)

# fmt: off
FOLLOWED = State("followed", "对口联系", "Followed", "follow", untimed="按分工长期有效")
FREED    = State("freed",    "暂无对口", "Not followed", "follow", untimed="重新确定对口专工委以前不适用")

STEPS = (
    Step("settle", "确定对口专工委", None,   FOLLOWED, by=DEPUTY_OFFICE, basis="SUG-16.lead", label_en="Name the committee", records=Field, barred_by=(followed_already,), does=settle, only_if=("option.led_supervision", True), tells=(COMMITTEE,)),
    Step("change", "更换对口专工委", (FOLLOWED, FREED), FOLLOWED, by=DEPUTY_OFFICE, basis="SUG-16.lead", label_en="Change the committee", records=Committee, does=settle, tells=(COMMITTEE,), optional=True),
    Step("name_deputies", "确定对口联系的代表", FOLLOWED, None, by=(DEPUTY_OFFICE, COMMITTEE), basis="A24.counterpart", label_en="Name the counterpart deputies", records=Deputies, does=name_deputies, tells=(COUNTERPARTS, COMMITTEE), optional=True),
    Step("free",   "取消对口",    FOLLOWED, FREED,   by=DEPUTY_OFFICE, basis="SUG-16.lead", label_en="Take the committee off", tells=(COMMITTEE,), optional=True, confirm="这一类别的建议今后不再自动确定对口专工委，已经开始的督办不变。"),
)
# fmt: on

RECORDS = (CommitteeField,)
LIST = ListOf(columns=(TITLE, Column("committee", _("对口专工委"), "committee_field__committee__name"), STATE, OPENED))
PROCEDURE = Procedure(
    key="counterpart", label="专工委对口联系", label_en="Committees and their fields", steps=STEPS, record=CommitteeField,
    states=(FOLLOWED, FREED), body="procedures/counterpart.html", stages=(("follow", "对口"),), seen_by=SEES, basis="SUG-16.lead",
)  # fmt: skip
