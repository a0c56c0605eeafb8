"""Organs through time: founding, renaming, and merging with the hand-over of what is open."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from openrenda.docket.actor import Actor
from openrenda.people.hand_over import hand_over_matters
from openrenda.people.models import Organ, OrganName, OrganSuccession, Seat
from openrenda.people.refusals import Refused


@transaction.atomic
def found_organ(code: str, name: str, kind: str, *, since: datetime.date, **fields: Any) -> Organ:
    """A new organ with its first name. ``fields`` are further columns of :class:`Organ`."""
    organ = Organ.objects.create(code=code, name=name, kind=kind, since=since, **fields)
    OrganName.objects.create(organ=organ, name=name, since=since, until=organ.until)
    return organ


@transaction.atomic
def rename_organ(organ: Organ, name: str, on: datetime.date) -> None:
    """The organ bears the new name from the day on; the old one stays with its dates.

    :raises Refused: when the day is not after the first day of the present name, or lies ahead.
    """
    present = OrganName.objects.filter(organ=organ, until__isnull=True).order_by("-since").first()
    if present is not None and on <= present.since:
        raise Refused(_("更名日期须晚于现用名称的启用日期 %(day)s，名称没有改动。") % {"day": present.since})
    if on > timezone.localdate():
        raise Refused(_("更名日期不能晚于今天，名称没有改动，请到更名生效之日再办理。"))
    if present is not None:
        present.until = on - timedelta(days=1)
        present.save(update_fields=["until"])
    OrganName.objects.create(organ=organ, name=name, since=on)
    organ.name = name
    organ.save(update_fields=["name"])


@transaction.atomic
def merge_organs(
    predecessors: Sequence[Organ], into: Organ, *, on: datetime.date, basis: str, by: Actor, move_seats: bool = True
) -> int:
    """The predecessors end the day before; the successor takes over their open matters and, if wished, their people.

    Their history stays under their own names. All of it happens or none.
    :returns: how many open matters were handed over.
    :raises Refused: without a document, with nothing to merge, or with an organ that has already ended.
    """
    _check_merger(predecessors, into, on, basis)
    count = 0
    for organ in predecessors:
        OrganSuccession.objects.create(predecessor=organ, successor=into, day=on, basis=basis)
        count += hand_over_matters(organ.pk, into.pk, name=into.name, basis=basis, by=by)
        _move_seats(organ, into, on, move_seats)
        Organ.objects.filter(supervisor=organ).update(supervisor=into)
        _end(organ, on - timedelta(days=1))
    return count


def _check_merger(predecessors: Sequence[Organ], into: Organ, on: datetime.date, basis: str) -> None:
    if not predecessors or into in predecessors:
        raise Refused(_("请选择要并入的机构，并且不能并入它自己；没有改动任何机构。"))
    if not basis.strip():
        raise Refused(_("机构合并、撤销须填写依据文件，没有改动任何机构。"))
    if not into.holds(on):
        raise Refused(_("“%(name)s”在 %(day)s 不存续，不能承继，没有改动任何机构。") % {"name": into.name, "day": on})
    for organ in predecessors:
        if organ.until is not None or organ.since >= on:
            raise Refused(
                _("“%(name)s”在 %(day)s 前已经撤销或者尚未设立，没有改动任何机构。") % {"name": organ.name, "day": on}
            )


def _move_seats(organ: Organ, into: Organ, on: datetime.date, move: bool) -> None:
    """Ends the seats of the organ that ends; with ``move`` each account sits on in the successor."""
    last_day = on - timedelta(days=1)
    taken = set(Seat.objects.on(on).filter(holder=into.pk).values_list("account_id", "key"))
    for seat in Seat.objects.on(on).filter(holder=organ.pk):
        if move and (seat.account_id, seat.key) not in taken:
            Seat.objects.create(
                account_id=seat.account_id, key=seat.key, holder_kind="organ", holder=into.pk,
                person_id=seat.person_id, title=seat.title, since=on, until=seat.until,
            )  # fmt: skip
        if seat.since <= last_day:
            seat.until = last_day
            seat.save(update_fields=["until"])
        else:
            seat.delete()


def _end(organ: Organ, last_day: datetime.date) -> None:
    OrganName.objects.filter(organ=organ, until__isnull=True).update(until=last_day)
    organ.until = last_day
    organ.save(update_fields=["until"])
