"""The second factor: time-based codes (RFC 6238) and recovery codes that work once."""

from __future__ import annotations

import secrets
import time

import pyotp
import segno
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from openrenda.people.events import record
from openrenda.people.models import Account, RecoveryCode

ISSUER = "OpenRenda"
STEP_SECONDS = 30
STEPS_OF_TOLERANCE = 1
RECOVERY_CODES = 10
RECOVERY_CODE_CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789"
RECOVERY_CODE_LENGTH = 10


def new_secret() -> str:
    """A secret to be enrolled."""
    return pyotp.random_base32()


def provisioning_uri(account: Account, secret: str) -> str:
    """What an authenticator reads from the picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=account.login, issuer_name=ISSUER)


def picture(uri: str) -> str:
    """The address as a QR code: an image as a data address, black on white, without a script."""
    return segno.make(uri, error="m").svg_data_uri(scale=5, border=2, dark="#000", light="#fff")


def step_of(secret: str, code: str, now: float | None = None) -> int | None:
    """The time step whose code this is, one step early or late at most; None when it is none."""
    code = "".join(code.split())
    present = int((time.time() if now is None else now) // STEP_SECONDS)
    for step in range(present - STEPS_OF_TOLERANCE, present + STEPS_OF_TOLERANCE + 1):
        if pyotp.utils.strings_equal(code, pyotp.TOTP(secret).generate_otp(step)):
            return step
    return None


@transaction.atomic
def enrol(account: Account, secret: str, code: str) -> list[str] | None:
    """Enrols the secret if the code shows that the authenticator has it.

    :returns: the recovery codes, shown once; None when the code is wrong.
    """
    step = step_of(secret, code)
    if step is None:
        return None
    account.second_factor_secret, account.second_factor_since = secret, timezone.now()
    account.second_factor_step = step
    account.save(update_fields=["second_factor_secret", "second_factor_since", "second_factor_step"])
    record(account, "second_factor_enrolled", by=account)
    return _new_recovery_codes(account)


def _new_recovery_codes(account: Account) -> list[str]:
    codes = [
        "".join(secrets.choice(RECOVERY_CODE_CHARACTERS) for _unused in range(RECOVERY_CODE_LENGTH))
        for _unused in range(RECOVERY_CODES)
    ]
    RecoveryCode.objects.filter(account=account).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(account=account, digest=_digest(code)) for code in codes)
    return codes


def verify(account: Account, code: str) -> bool:
    """Whether the code is right. A time-based code counts once only, and so does a recovery code."""
    if not account.has_second_factor:
        return False
    step = step_of(account.second_factor_secret, code)
    if step is None:
        return _use_recovery_code(account, code)
    newer = Account.objects.filter(pk=account.pk, second_factor_step__lt=step)
    return newer.update(second_factor_step=step) == 1


def _use_recovery_code(account: Account, code: str) -> bool:
    digest = _digest("".join(code.lower().split()))
    unused = RecoveryCode.objects.filter(account=account, digest=digest, used_at__isnull=True)
    if unused.update(used_at=timezone.now()) != 1:
        return False
    record(account, "recovery_code_used", by=account)
    return True


@transaction.atomic
def remove(account: Account, *, by: Account) -> None:
    """The security administrator removes a lost second factor; it must be enrolled anew."""
    account.second_factor_secret, account.second_factor_since = "", None
    account.end_sessions()
    account.save(update_fields=["second_factor_secret", "second_factor_since", "session_key_stamp"])
    RecoveryCode.objects.filter(account=account).delete()
    record(account, "second_factor_removed", by=by)


def _digest(code: str) -> str:
    return salted_hmac("people.recovery_code", code, algorithm="sha256").hexdigest()
