"""What a signed-in session remembers: the account, the seat, the second factor and when identity was last proved.

A session ends at once when the password changes, the account is disabled or its sessions are ended, and for staff seats
after half an hour without a request (GB/T 22239-2019, 8.1.4.1: 身份鉴别).
"""

from __future__ import annotations

import datetime
import time
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, login
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from openrenda.people.actors import load_seat, office_name
from openrenda.people.models import Account, Congress, Membership, Seat
from openrenda.people.offices import is_staff_key
from openrenda.tenancy import congress_scope

BACKEND = "django.contrib.auth.backends.ModelBackend"
FRESH_SECONDS = 10 * 60
IDLE_SECONDS = 30 * 60
SEEN_EVERY_SECONDS = 60

_CONGRESS, _SEAT, _CHOICES = "people.congress", "people.seat", "people.choices"
_SECOND_FACTOR, _CONFIRMED, _SEEN = "people.second_factor", "people.confirmed_at", "people.seen_at"


@dataclass(frozen=True)
class Choice:
    """A seat to sit in, as the seat switcher shows it. ``key`` is what is posted back."""

    key: str
    label: str
    congress: str
    current: bool = False


def begin(request: HttpRequest, account: Account, *, second_factor: bool) -> None:
    """Starts the session of an account that has proved itself, and sits it down when it has only one seat."""
    login(request, account, backend=BACKEND)
    session = request.session
    session[_SECOND_FACTOR] = second_factor
    session[_SEEN] = int(time.time())
    confirm(session)
    choices = remember_choices(session, account)
    if len(choices) == 1:
        enter(session, account, choices[0].key)


def confirm(session: SessionBase) -> None:
    """The person has just proved who she is."""
    session[_CONFIRMED] = int(time.time())


def is_fresh(session: SessionBase) -> bool:
    """Whether identity was proved within the last ten minutes, as judging a reply asks for."""
    return time.time() - session.get(_CONFIRMED, 0) < FRESH_SECONDS


def has_second_factor(session: SessionBase) -> bool:
    """Whether this session was opened with a second factor."""
    return bool(session.get(_SECOND_FACTOR))


def note_second_factor(session: SessionBase) -> None:
    """The second factor was given in this session."""
    session[_SECOND_FACTOR] = True
    confirm(session)


def remember_choices(session: SessionBase, account: Account, day: datetime.date | None = None) -> list[Choice]:
    """The seats of the account in all its congresses, asked anew and kept in the session for the switcher."""
    choices = []
    for membership in Membership.objects.filter(account=account).select_related("congress"):
        with congress_scope(membership.congress):
            seats = Seat.objects.able_on(day).with_holder_name().filter(account=account).order_by("since", "id")
            choices += [_choice(seat, membership.congress) for seat in seats]
    session[_CHOICES] = [[choice.key, choice.label, choice.congress] for choice in choices]
    return choices


def _choice(seat: Seat, congress: Congress) -> Choice:
    return Choice(f"{congress.pk}.{seat.pk}", office_name(seat), congress.short_name)


def choices(session: SessionBase) -> list[Choice]:
    """The seats as last asked, without a query."""
    current = f"{session.get(_CONGRESS)}.{session.get(_SEAT)}"
    return [Choice(key, label, congress, key == current) for key, label, congress in session.get(_CHOICES, [])]


def enter(session: SessionBase, account: Account, key: str) -> Seat | None:
    """Sits the account down in the seat that the switcher's key names; None when it may not sit there."""
    try:
        congress, seat_id = map(UUID, key.split("."))
    except ValueError:
        return None
    with congress_scope(congress):
        seat = load_seat(seat_id, account.pk)
    if seat is not None:
        session[_CONGRESS], session[_SEAT], session[_SEEN] = str(congress), str(seat_id), int(time.time())
    return seat


def leave(session: SessionBase) -> None:
    """Gets up from the seat; the sign-in goes on."""
    session.pop(_CONGRESS, None)
    session.pop(_SEAT, None)


def seat_of(request: HttpRequest) -> Seat | None:
    """The seat of the request with its account, in one query; a session that is no longer good is ended."""
    session = request.session
    account_id, congress, seat_id = session.get(SESSION_KEY), session.get(_CONGRESS), session.get(_SEAT)
    if not (account_id and congress and seat_id):
        return None
    with congress_scope(UUID(congress)):
        seat = load_seat(UUID(seat_id), UUID(account_id))
    if seat is None:
        leave(session)
        return None
    if not belongs(session, seat.account):
        session.flush()
        return None
    return seat


def belongs(session: SessionBase, account: Account) -> bool:
    """Whether the session was opened with the account's present password and stamp."""
    kept = session.get(HASH_SESSION_KEY, "")
    hashes = [account.get_session_auth_hash(), *account.get_session_auth_fallback_hash()]
    return any(constant_time_compare(kept, good) for good in hashes)


def keep_hash(session: SessionBase, account: Account) -> None:
    """This session goes on after its own change of password; all others of the account end."""
    session.cycle_key()
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()


def idle_too_long(session: SessionBase, key: str) -> bool:
    """Whether a staff seat has been left alone for longer than half an hour. Otherwise notes the time."""
    now = int(time.time())
    away = now - session.get(_SEEN, now)
    if is_staff_key(key) and away > IDLE_SECONDS:
        return True
    if away > SEEN_EVERY_SECONDS or _SEEN not in session:
        session[_SEEN] = now
    return False
