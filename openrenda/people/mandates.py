"""How a mandate ends, pauses and resumes (代表法第六十一条、第六十二条)."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from openrenda.docket.actor import Actor
from openrenda.people.hand_over import hand_over_matters
from openrenda.people.models import GridMember, GroupMembership, Mandate, MandateSuspension, Seat, StationMember
from openrenda.people.models.mandate import END_LABELS, TERM_ENDED
from openrenda.people.refusals import Refused


def hand_over_to(leaver: Mandate, successor: Mandate, *, basis: str, by: Actor) -> int:
    """The open matters of a deputy who leaves go to a named deputy, each by one act.

    :returns: how many.
    :raises Refused: when the successor is not a deputy who may act.
    """
    if leaver.pk == successor.pk or not Mandate.objects.able_on().filter(pk=successor.pk).exists():
        raise Refused(_("承接的代表须是另一位现任、未暂停执行职务的代表，没有移交。"))
    with transaction.atomic():
        return hand_over_matters(leaver.pk, successor.pk, name=successor.person.name, basis=basis, by=by)


@transaction.atomic
def end_mandate(mandate: Mandate, *, until: datetime.date, reason: str, basis: str = "") -> None:
    """The deputy's last day, why, and on the strength of which document. Places in groups, stations, grids and seats end with it.

    Open matters stay hers on record until :func:`hand_over_to` names who takes them.

    :raises Refused: without a document (unless the term simply ended), for an unknown reason, or when already ended.
    """
    if mandate.until is not None:
        raise Refused(_("该代表的任职已于 %(day)s 终止，没有改动。") % {"day": mandate.until})
    if reason not in END_LABELS:
        raise Refused(_("请从法律列明的情形中选择代表资格终止的原因，没有改动。"))
    if reason != TERM_ENDED and not basis.strip():
        raise Refused(_("代表资格终止须填写依据文件，没有改动。"))
    if until < mandate.since:
        raise Refused(_("终止日期不能早于任职日期 %(day)s，没有改动。") % {"day": mandate.since})
    mandate.until, mandate.end_reason, mandate.end_basis = until, reason, basis.strip()
    mandate.save(update_fields=["until", "end_reason", "end_basis"])
    end_places(mandate, until)


def end_places(mandate: Mandate, until: datetime.date) -> None:
    """Places in groups, stations and grids, and seats, end with the deputy's last day."""
    later = Q(until__isnull=True) | Q(until__gt=until)
    for places in (GroupMembership, StationMember, GridMember):
        places.objects.filter(later, mandate=mandate, since__lte=until).update(until=until)
    Seat.objects.filter(later, holder=mandate.pk, since__lte=until).update(until=until)


def suspend_mandate(mandate: Mandate, *, since: datetime.date, basis: str) -> MandateSuspension:
    """The deputy may not act from the day on, though the mandate goes on.

    :raises Refused: without a document, or when the mandate does not hold or is already suspended on the day.
    """
    if not basis.strip():
        raise Refused(_("暂停执行代表职务须填写依据文件，没有改动。"))
    if not Mandate.objects.able_on(since).filter(pk=mandate.pk).exists():
        raise Refused(_("该代表在 %(day)s 不在任或者已经暂停执行代表职务，没有改动。") % {"day": since})
    return MandateSuspension.objects.create(mandate=mandate, since=since, basis=basis.strip())


def resume_mandate(suspension: MandateSuspension, last_day: datetime.date) -> None:
    """The suspension ends after its last day; the deputy may act again while the mandate holds."""
    suspension.until = last_day
    suspension.save(update_fields=["until"])
