"""How numbers are printed: percentages by a stated rule, and 余 for "somewhat more than"."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as declared

HALF_UP = "half_up"
TRUNCATE = "truncate"
_MODES = {HALF_UP: ROUND_HALF_UP, TRUNCATE: ROUND_DOWN}
RULE_NAMES = {HALF_UP: declared("四舍五入"), TRUNCATE: declared("截断")}


def percent(part: int, whole: int, *, rule: str = HALF_UP, digits: int = 2) -> str | None:
    """A share as a percentage; None when there is no whole.

    132 of 157 is 84.08 % rounded and 84.07 % truncated, so the rule is printed with the figure.

    :raises KeyError: when the rule is unknown.
    """
    found = quotient(part * 100, whole, rule=rule, digits=digits)
    return None if found is None else f"{found}%"


def quotient(total: int, count: int, *, rule: str = HALF_UP, digits: int = 2) -> str | None:
    """A mean, under the same rule; None when there is nothing to divide by.

    :raises KeyError: when the rule is unknown.
    """
    if count == 0:
        return None
    return str((Decimal(total) / Decimal(count)).quantize(Decimal(1).scaleb(-digits), rounding=_MODES[rule]))


def more_than(value: int, base: int) -> str:
    """``base`` followed by 余: honest only when the value exceeds it, and stays below the next round number.

    :raises ValueError: when 余 would say more, or less, than is true.
    """
    step = 10 ** (len(str(base)) - len(str(base).rstrip("0"))) if base else 1
    if not base < value < base + step:
        words = {"value": value, "base": base, "next": base + step}
        raise ValueError(_("%(value)s不能写作“%(base)s余”：须多于%(base)s、少于%(next)s。") % words)
    return f"{base}余"
