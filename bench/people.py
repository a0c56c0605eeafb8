"""Signed-in people as the load sends them: a session row each, and the cookies that go with it.

The session says that its last request was just now and that identity was proved, so that no page writes the session again: once a
minute a person's request does, on either side the same.
"""

from __future__ import annotations

import time

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from openrenda.people import sessions
from openrenda.people.models import Account, Seat
from openrenda.tenancy import congress_scope

# One secret for all: the form sends it back as the cookie says it.
FORM_SECRET = "measured" * 4
A_DAY = 24 * 60 * 60


def sign_in(seat: Seat) -> str:
    """Open a session for the seat and give its cookies."""
    account: Account = seat.account
    account.must_change_password = False
    account.second_factor_since = timezone.now()
    account.save(update_fields=["must_change_password", "second_factor_since"])
    store = SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(account.pk), sessions.BACKEND
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    sessions.note_second_factor(store)
    with congress_scope(seat.congress_id):
        choices = sessions.remember_choices(store, account)
        sessions.enter(store, account, choices[0].key)
    store["people.seen_at"] = store["people.confirmed_at"] = int(time.time()) + A_DAY
    store.save()
    return f"sessionid={store.session_key}; csrftoken={FORM_SECRET}"
