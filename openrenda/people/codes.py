"""Codes on paper: issued, reissued, revoked, and what a scan leads to (A08, A15).

A row keeps who issued and who revoked it and when, so both events are in the register itself. Rows are never deleted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from openrenda.people.models import Account, Code, Grid, Mandate, Station
from openrenda.people.refusals import Refused
from openrenda.people.stations import last_station, successor_of
from openrenda.spelling import drawn, tidy

CHARACTERS = 8
LIVE, REVOKED, LEFT, CLOSED, UNKNOWN = "live", "revoked", "left", "closed", "unknown"
Target = Station | Mandate | Grid | str


@dataclass(frozen=True)
class Scan:
    """What a scan leads to: the state of the code, the code, and the station to go to where it does not lead on itself."""

    state: str
    code: Code | None = None
    station: Station | None = None


def target_of(target: Target) -> dict[str, Any]:
    """The columns of a code that points at the target; words are a door plate."""
    if isinstance(target, str):
        return {"door_plate": target}
    return {{Station: "station", Mandate: "mandate", Grid: "grid"}[type(target)]: target}


@transaction.atomic
def issue(target: Target, *, by: Account | None = None) -> Code:
    """A new code. A deputy has exactly one live code, so a second one is refused: it is reissued instead (A08 (1)).

    :raises Refused: when the deputy has one, or what it is to point at is not there today.
    """
    _refuse_gone(target)
    if isinstance(target, Mandate) and live_code(target) is not None:
        raise Refused(
            _("“%(name)s”已有一个在用的二维码，没有另发；需要更换请重新发码。") % {"name": target.person.name}
        )
    return Code.objects.create(token=_fresh(), issued_by=by, **target_of(target))


def live_code(target: Target) -> Code | None:
    """The code in use for this target, the newest when there are several."""
    found: Code | None = (
        Code.objects.filter(revoked_at__isnull=True, **target_of(target)).order_by("-issued_at").first()
    )
    return found


@transaction.atomic
def reissue(code: Code, *, reason: str, by: Account | None = None) -> Code:
    """A new code for the same target; the old one is dead and says what replaced it (A08 (4)).

    :raises Refused: without a reason, or when the code was revoked before.
    """
    revoke(code, reason=reason, by=by)
    new = issue(code.station or code.mandate or code.grid or code.door_plate, by=by)
    Code.objects.filter(pk=code.pk).update(replaced_by=new)
    return new


def revoke(code: Code, *, reason: str, by: Account | None = None) -> None:
    """The code leads nowhere from now on.

    :raises Refused: without a reason, or when somebody was first.
    """
    if not reason.strip():
        raise Refused(_("停用二维码须写明原因，没有改动。"))
    changed = Code.objects.filter(pk=code.pk, revoked_at__isnull=True).update(
        revoked_at=timezone.now(), revoked_by=by, reason=reason.strip()
    )
    if not changed:
        raise Refused(_("这个二维码已经停用，没有重复办理。"))


def scanned(token: str) -> Scan:
    """What the code on a paper leads to today: never to an empty page (A08 (2))."""
    rows = Code.objects.select_related("station", "mandate__person", "grid__station", "replaced_by")
    code = rows.filter(token=tidy(token)[:CHARACTERS]).first() if len(tidy(token)) == CHARACTERS else None
    if code is None:
        return Scan(UNKNOWN)
    if code.mandate is not None and not code.mandate.holds():
        return Scan(LEFT, code, last_station(code.mandate))
    if not code.live:
        return Scan(REVOKED, code, where_to(code))
    if code.station is not None and not code.station.holds():
        return Scan(CLOSED, code, successor_of(code.station))
    if code.grid is not None and not code.grid.holds():
        return Scan(CLOSED, code, where_to(code))
    return Scan(LIVE, code)


def where_to(code: Code) -> Station | None:
    """The station that stands behind the code."""
    if code.mandate is not None:
        return last_station(code.mandate)
    station = code.station or (code.grid.station if code.grid else None)
    return successor_of(station) if station else None


def _refuse_gone(target: Target) -> None:
    if isinstance(target, str):
        if not target.strip():
            raise Refused(_("请写明门牌，没有发码。"))
    elif not target.holds():
        raise Refused(_("它现在不在任或者没有开放，没有发码。"))


def _fresh() -> str:
    """A token that the congress has not used; forty bits hardly ever meet."""
    for _attempt in range(5):
        token = drawn(CHARACTERS)
        if not Code.objects.filter(token=token).exists():
            return token
    raise IntegrityError("no free token")
