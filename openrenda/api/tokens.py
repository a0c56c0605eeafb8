"""Making, taking back and recognising tokens. A token names its congress, so that it is looked for in one congress only."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from openrenda.docket.actor import Actor
from openrenda.people.actors import able_seats, actor_for
from openrenda.people.events import record
from openrenda.people.models import Account, Seat
from openrenda.prepared import Prepared
from openrenda.tenancy import congress_scope, current_congress_id

from .models import SCOPES, ApiToken

PREFIX = "openrenda"
LONGEST_DAYS = 366
SECRET_BYTES = 32


def _holding(digest: str, day: date) -> QuerySet[Seat]:
    """The seat for which a token is good on the day, with what the token says."""
    return (
        able_seats(day)
        .filter(tokens__digest=digest, tokens__until__gte=day, tokens__revoked_on=None)
        .annotate(**{f"token_{name}": F(f"tokens__{name}") for name in ("id", "name", "scopes", "used_on")})
    )


HOLDING: Prepared[Seat] = Prepared(_holding, digest=secrets.token_hex(32), day=date(1000, 1, 1))


class TokenRefused(ValueError):
    """A token cannot be made so; the message is a sentence."""


@dataclass(frozen=True)
class Bearer:
    """Who a valid token stands for, and what it may do."""

    actor: Actor
    congress: UUID
    scopes: frozenset[str]


def make(
    seat: Seat, name: str, scopes: list[str], until: date | None = None, *, by: Account | None = None
) -> tuple[str, ApiToken]:
    """A new token for a seat of the congress in context; its text is told once and kept nowhere.

    :param until: the last day it is good for, at most a year away; a year from now when not given.
    :param by: the administrator who gives it; nobody on the command line.
    :raises TokenRefused: for an unknown scope, an empty name or a day out of reach.
    """
    today = timezone.localdate()
    last = until or today + timedelta(days=LONGEST_DAYS - 1)
    if not name.strip():
        raise TokenRefused(_("请写明使用令牌的系统名称，没有发放。"))
    if not scopes or not set(scopes) <= set(SCOPES):
        raise TokenRefused(_("权限只能是 %(scopes)s，没有发放。") % {"scopes": _("、").join(SCOPES)})
    if not today <= last <= today + timedelta(days=LONGEST_DAYS):
        raise TokenRefused(_("有效期须在今天之后的一年以内，没有发放。"))
    secret = secrets.token_urlsafe(SECRET_BYTES)
    row = ApiToken.objects.create(
        seat=seat, name=name.strip()[:60], digest=_digest(secret), scopes=sorted(set(scopes)), made_at=timezone.now(),
        made_by=by, until=last,
    )  # fmt: skip
    detail = f"{row.name} · {seat.key} · {'、'.join(row.scopes)} · {row.until.isoformat()}"
    record(seat.account, "token_made", by=by, detail=detail)
    return f"{PREFIX}_{current_congress_id().hex}_{secret}", row


def revoke(row: ApiToken, *, by: Account | None = None) -> None:
    """The token is over at its next request; taking it back twice is once."""
    if ApiToken.objects.filter(pk=row.pk, revoked_on=None).update(revoked_on=timezone.localdate()):
        record(row.seat.account, "token_revoked", by=by, detail=f"{row.name} · {row.seat.key}")
    row.refresh_from_db(fields=["revoked_on"])


def bearer_of(text: str) -> Bearer | None:
    """Whoever a token stands for now; None for a token that is unknown, over or taken back, or whose seat is empty.

    One query, and one more on the first use of a day.
    """
    prefix, _sign, rest = text.partition("_")
    congress_words, _sign, secret = rest.partition("_")
    try:
        congress = UUID(hex=congress_words)
    except ValueError:
        return None
    if prefix != PREFIX or not secret:
        return None
    with congress_scope(congress):
        return _bearer(congress, secret)


def _bearer(congress: UUID, secret: str) -> Bearer | None:
    today = timezone.localdate()
    seat: Any = HOLDING.first(digest=_digest(secret), day=today)
    if seat is None:
        return None
    if seat.token_used_on != today:
        ApiToken.objects.filter(pk=seat.token_id).update(used_on=today)
    actor = actor_for(seat)
    named = replace(actor, office_name=f"{actor.office_name}（{seat.token_name}）"[:200])
    return Bearer(named, congress, frozenset(seat.token_scopes))


def _digest(secret: str) -> str:
    """A fast digest is enough: the secret has 256 random bits, so it cannot be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()
