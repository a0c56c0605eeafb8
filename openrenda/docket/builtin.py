"""Two steps that every procedure has without saying so: handing a matter over to a successor, and opening a sealed field."""

from __future__ import annotations

from dataclasses import replace

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from . import sealing
from .actor import Actor
from .engine import act
from .forms import StepForm
from .language import HISTORY, Office, Procedure, Step
from .models import Act, Matter, SealedValue
from .offices import holds
from .situation import Situation

REGISTRAR = Office("registrar", "登记管理", "the registrar", seats=("system_admin", "deputy_office"))


class HandOver(StepForm):
    """Who stands for whom from now on: an organ merged or renamed, a deputy who left (地方组织法; I03)."""

    leaver = forms.UUIDField(label=_("原主体"))
    successor = forms.UUIDField(label=_("承接主体"))
    name = forms.CharField(label=_("承接主体名称"), max_length=200)
    reason = forms.CharField(label=_("依据"), max_length=500)


class OpenSealed(StepForm):
    """Which sealed field is opened, and why."""

    field = forms.CharField(label=_("字段"), max_length=60)
    reason = forms.CharField(label=_("查看理由"), max_length=500)


def hand_over(situation: Situation, made: Act) -> None:
    """Put the successor into every relation in which the leaver stands."""
    leaver = situation.data["leaver"]
    for party in [party for party in situation.parties if str(party.holder) == leaver]:
        situation.end_party(party.role, party.holder)
        situation.add_party(party.role, situation.data["successor"], situation.data["name"], position=party.position)
    if situation.table.handed_over:
        situation.table.handed_over(situation, made)


def not_a_party(situation: Situation) -> str | None:
    """The leaver has nothing to hand over here."""
    leaver = situation.data.get("leaver")
    if leaver and not any(str(party.holder) == leaver for party in situation.parties):
        return gettext("原主体与这件事项没有关系，无可移交。")
    return None


def not_hers_to_open(situation: Situation) -> str | None:
    """Each group of sealed fields names the offices that may open it."""
    name = situation.data.get("field")
    groups = [group for group in situation.table.sealed if name in group.fields]
    openers = [office for group in groups for office in group.opened_by]
    if name and not groups:
        return gettext("这件事项没有这一项密存信息。")
    if name and not any(holds(office, situation.actor, situation.parties) for office in openers):
        words = {"what": groups[0].words, "offices": gettext("、").join(office.words for office in openers)}
        return gettext("%(what)s由%(offices)s查看。") % words
    return None


def with_built_in_steps(table: Procedure) -> Procedure:
    """The procedure with the steps every procedure has."""
    open_states = tuple(state for state in table.states if not state.final)
    steps: list[Step] = []
    if open_states:
        steps.append(
            Step("hand_over", "移交承接", open_states, None, by=(REGISTRAR, HISTORY), basis="REP-04", records=HandOver,
                 does=hand_over, barred_by=(not_a_party,), optional=True, label_en="Hand over to a successor")
        )  # fmt: skip
    openers = tuple({office.key: office for group in table.sealed for office in group.opened_by}.values())
    if openers:
        steps.append(
            Step("open_sealed", "查看密存信息", table.states, None, by=openers, basis="SUG-22", records=OpenSealed,
                 barred_by=(not_hers_to_open,), optional=True, label_en="Open a sealed field")
        )  # fmt: skip
    return replace(table, steps=(*table.steps, *steps))


def open_sealed(matter: Matter, field: str, *, by: Actor, reason: str) -> str | None:
    """The newest sealed value of a field, None when there is none; that it was opened, and why, is in the ledger first.

    :raises Refusal: when it is not hers to open, or no reason is given.
    """
    act(matter, "open_sealed", by=by, data={"field": field, "reason": reason})
    row = SealedValue.objects.filter(matter_id=matter.pk, field=field).order_by("-act__seq").first()
    return sealing.unseal(row) if row else None
