"""Why not: each bar of a reception day returns a sentence, or nothing."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext

from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation

from .. import sharing
from ..record import Activity, Item
from .forms import LOOKED_AT


def another_leader(situation: Situation) -> str | None:
    """One leading member a month (B07)."""
    day = situation.data.get("held_on")
    if not day or not situation.data.get("leading"):
        return None
    held_on = date.fromisoformat(day)
    month = Activity.objects.filter(
        matter__procedure=situation.matter.procedure, held_on__year=held_on.year, held_on__month=held_on.month
    )
    other = month.exclude(matter__state="cancelled").exclude(matter_id=situation.matter.pk).exclude(leader=None)
    first = other.exclude(leader=situation.data["leading"]).first()
    if first:
        return gettext("这个月已经确定由%(name)s接待，每月一位。需要更换的，先更改已有的安排。") % {
            "name": first.leader_name
        }
    return None


def no_leader(situation: Situation) -> str | None:
    """A day is held by somebody."""
    return None if situation.record.leader_id else gettext("还没有确定接待领导，请先在“更改安排”中写明。")


def booked_out(situation: Situation) -> str | None:
    """There are only so many places."""
    places = situation.record.places
    if places and len(situation.holders("booked")) >= places:
        return gettext("%(places)d个预约名额已满，请联系代表工作机构。") % {"places": places}
    return None


def booked_already(situation: Situation) -> str | None:
    """One place a deputy."""
    mine = situation.actor.holders
    return gettext("您已经预约。") if any(party.holder in mine for party in situation.holders("booked")) else None


def chosen_this_year(situation: Situation) -> str | None:
    """Not twice in a year, unless it was reopened since (B07)."""
    for subject in (*situation.data.get("suggestions", []), *situation.data.get("promises", [])):
        day = _last_chosen(situation, UUID(subject))
        reopened = Act.objects.filter(matter_id=subject, step="reopen", took_effect__date__gte=day) if day else None
        if reopened is not None and not reopened.exists():
            name = Matter.objects.get(pk=subject)
            return gettext("%(name)s今年已经选过，没有重新办理的不再选。") % {"name": name.number or name.title}
    return None


def _last_chosen(situation: Situation, subject: UUID) -> date | None:
    days = Item.objects.filter(
        subject=subject, kind__in=LOOKED_AT, matter__activity__held_on__year=situation.record.held_on.year
    )
    days = days.exclude(matter__state="cancelled").exclude(matter_id=situation.matter.pk)
    return days.order_by("-matter__activity__held_on").values_list("matter__activity__held_on", flat=True).first()


def nothing_on_site(situation: Situation) -> str | None:
    """There is something on site without an outcome."""
    if sharing.items(situation, *LOOKED_AT, undecided=True):
        return None
    return gettext("没有等待登记结果的现场督办建议或者承诺。")


def raised_already(situation: Situation) -> str | None:
    """One suggestion from one opinion."""
    item = situation.data.get("item")
    if item and any(act.data.get("item") == item for act in situation.took("raise_suggestion")):
        return gettext("这条意见已经转为建议。")
    return None
