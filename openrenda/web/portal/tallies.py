"""How often something was tried within a while, counted once for all processes and kept over a restart.

What is counted is known by a keyed digest only; a network's changes every day, so that nobody is known again on the next one. A row goes
once its time is over (``openrenda.worker``).
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from openrenda.prepared import database, for_database, run
from openrenda.tenancy import current_congress_id, uuid7

from .models import Tally

HOUR_SECONDS = 3600


def counted(name: str, seconds: int = HOUR_SECONDS) -> int:
    """How often this was tried in the congress in context, this time too.

    :param seconds: how long the count holds, from the first try on; then it begins anew.
    """
    now, adapted = timezone.now(), for_database(database().vendor)
    row = (uuid7(), current_congress_id(), _digest(name), 1, now + timedelta(seconds=seconds))
    found = run(_sql(), [adapted(value) for value in (*row, now, now)]).fetchall()
    return int(found[0][0])


def from_network(what: str, request: HttpRequest) -> str:
    """The name under which something sent from this network is counted today."""
    return f"{what}:{timezone.localdate()}:{_network_of(request)}"


def forget_tallies() -> None:
    """Remove what no longer counts, in the congress in context."""
    Tally.objects.filter(until__lte=timezone.now()).delete()


def _network_of(request: HttpRequest) -> str:
    """Where the request comes from; behind our own proxy, the last address that proxy wrote down."""
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None) and forwarded:
        return forwarded.rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def _digest(name: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), name.encode(), hashlib.sha256).hexdigest()


@cache
def _sql() -> str:
    """The statement that counts; both databases know it."""
    table = Tally._meta.db_table
    over = f"{table}.until <= %s"
    # The table is named by the model itself.
    return (
        f"INSERT INTO {table} (id, congress_id, name, tries, until) VALUES (%s, %s, %s, %s, %s) "  # nosec B608
        f"ON CONFLICT (congress_id, name) DO UPDATE SET tries = CASE WHEN {over} THEN 1 ELSE {table}.tries + 1 END, "
        f"until = CASE WHEN {over} THEN excluded.until ELSE {table}.until END RETURNING tries"
    )
