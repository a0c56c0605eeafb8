"""Sessions in the database, as Django keeps them; the one question of every request is asked with a statement made once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from openrenda.prepared import Prepared


def _live(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


LIVE: Prepared[Session] = Prepared(
    _live, key="the key of a session", now=datetime(1000, 1, 1, tzinfo=timezone.get_fixed_timezone(0))
)


class SessionStore(db.SessionStore):
    """Django's store with a prepared look-up."""

    def _get_session_from_db(self) -> Any:
        found = LIVE.first(key=self.session_key, now=timezone.now()) if self.session_key else None
        if found is None:
            self._session_key = None
        return found
