"""Passwords: what a good one is, setting one, and handing out first ones (GB/T 22239-2019, 8.1.4.1)."""

from __future__ import annotations

import secrets
import string
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from openrenda.people.events import record
from openrenda.people.models import Account

KINDS_NEEDED = 3
FIRST_PASSWORD_LENGTH = 12
# Without characters that are mistaken for one another on paper.
_READABLE = ("abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789", "-+=@#")


class ThreeOfFourKinds:
    """Capital letters, small letters, digits, others: three of the four must occur."""

    def validate(self, password: str, user: Any = None) -> None:
        if _kinds(password) < KINDS_NEEDED:
            raise ValidationError(self.get_help_text(), code="password_too_plain")

    def get_help_text(self) -> str:
        return _("密码须包含大写字母、小写字母、数字、符号中的至少三种。")


def _kinds(password: str) -> int:
    kinds = (string.ascii_uppercase, string.ascii_lowercase, string.digits)
    others = any(all(character not in kind for kind in kinds) for character in password)
    return sum(any(character in kind for character in password) for kind in kinds) + others


def change_password(account: Account, password: str) -> None:
    """The person's own new password; every other session of the account ends."""
    account.set_password(password)
    account.must_change_password = False
    account.password_changed_at = timezone.now()
    account.end_sessions()
    account.save(update_fields=["password", "must_change_password", "password_changed_at", "session_key_stamp"])
    record(account, "password_changed", by=account)


def issue_password(account: Account, *, by: Account | None = None) -> str:
    """A first password to be told to the person once and changed at the first sign-in; sessions end.

    :returns: the password in plain text; it is kept nowhere.
    """
    password = first_password()
    account.set_password(password)
    account.must_change_password = True
    account.password_changed_at = timezone.now()
    account.end_sessions()
    account.save(update_fields=["password", "must_change_password", "password_changed_at", "session_key_stamp"])
    record(account, "password_reset", by=by)
    return password


def first_password() -> str:
    """Random, with every kind of character, easy to read from paper."""
    characters = [secrets.choice(kind) for kind in _READABLE]
    characters += [secrets.choice("".join(_READABLE)) for _unused in range(FIRST_PASSWORD_LENGTH - len(_READABLE))]
    secrets.SystemRandom().shuffle(characters)
    return "".join(characters)
