"""Deputies of other levels who live or work here and take part in stations and activities 四级代表混编进站 (A01 (4)).

Whose congress is on the same installation is not typed anew: what everybody may read in that congress's public register of deputies
(LST-01) is taken from there, and nothing else of it. No row here refers to a row there but by the congress itself.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from openrenda.people.mandates import end_places
from openrenda.people.models import Congress, Mandate
from openrenda.people.models.mandate import GUEST_LEFT
from openrenda.people.refusals import Refused
from openrenda.tenancy import congress_scope, current_congress_id

PUBLIC_FACTS = ("sex", "ethnicity", "post")


def congress_named(name: str) -> Congress | None:
    """The congress of that name where it is on this installation.

    :raises Refused: for the congress itself, whose own deputies are no guests.
    """
    found = Congress.objects.filter(Q(name=name) | Q(short_name=name) | Q(division_code=name)).first()
    if found is not None and found.pk == current_congress_id():
        raise Refused(_("本级人大的代表请在“代表任职”表登记，不登记为其他层级代表。"))
    return found


def told_by(congress: Congress, name: str, birth_year: int | None, day: datetime.date | None = None) -> dict[str, Any]:
    """What the public register of that congress says of its deputy: sex, ethnic group, post.

    :raises Refused: when she is no deputy there, or there are several of that name.
    """
    with congress_scope(congress):
        rows = Mandate.objects.on(day or timezone.localdate()).filter(person__name=name)
        if birth_year is not None:
            rows = rows.filter(Q(person__birth_year=birth_year) | Q(person__birth_year=None))
        found = list(rows.values(*(f"person__{fact}" for fact in PUBLIC_FACTS))[:2])
    words = {"congress": congress.name, "name": name}
    if not found:
        raise Refused(_("%(congress)s的代表名册里没有“%(name)s”，请核对姓名和所在人大。") % words)
    if len(found) > 1:
        raise Refused(_("%(congress)s的代表名册里有几位“%(name)s”，请填写出生年份以便区分。") % words)
    return {fact: found[0][f"person__{fact}"] for fact in PUBLIC_FACTS if found[0][f"person__{fact}"]}


@transaction.atomic
def end_guest(guest: Mandate, *, until: datetime.date) -> None:
    """The guest's last day here; her places in stations, grids and groups and her seat end with it.

    :raises Refused: when it lies before her first day.
    """
    if until < guest.since:
        raise Refused(_("截止日期不能早于起始日期 %(day)s，没有改动。") % {"day": guest.since})
    guest.until, guest.end_reason = until, GUEST_LEFT
    guest.save(update_fields=["until", "end_reason"])
    end_places(guest, until)


def of_level(level: str) -> Any:
    """Deputies of that level, in office or not: guests by their own, those of this congress by its level."""
    own = Congress.objects.filter(pk=current_congress_id(), level=level)
    return Mandate.everyone.filter(Q(level=level) | Q(Exists(own), level="")).order_by()
