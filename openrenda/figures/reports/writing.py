"""How a number is written: exact, 余, as a percentage under a stated rule, in 万 or 亿. Each form is true or refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from ..language import EXCLUDED, PART, WHOLE
from ..rounding import HALF_UP, TRUNCATE, more_than

SIDE_WORDS = {"part": PART, "分子": PART, "whole": WHOLE, "分母": WHOLE, "excluded": EXCLUDED, "不计入": EXCLUDED}
RULE_WORDS = {
    "truncated": TRUNCATE,
    "truncate": TRUNCATE,
    "截断": TRUNCATE,
    "rounded": HALF_UP,
    "half_up": HALF_UP,
    "四舍五入": HALF_UP,
}
BARE = ("bare", "只写数")
ABOUT = re.compile(r"(余|多|about)(\d+)")
LARGE = re.compile(r"(万|亿)(\d?)")
SIZES = {"万": 10**4, "亿": 10**8}
DIGITS = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Form:
    """How the author wants a number written. An empty field is the ordinary way."""

    side: str = ""
    rule: str = ""
    digits: int | None = None
    about: str = ""
    base: int | None = None
    large: str = ""
    large_digits: int | None = None
    bare: bool = False
    unit: str = ""


def form_of(words: tuple[str, ...], units: tuple[str, ...]) -> Form:
    """The form that the words after a figure's name ask for.

    :param units: the units a number may be claimed to have.
    :raises ValueError: with a sentence, for a word that means nothing here.
    """
    asked: dict[str, object] = {}
    for word in words:
        if word in SIDE_WORDS:
            asked["side"] = SIDE_WORDS[word]
        elif word in RULE_WORDS:
            asked["rule"] = RULE_WORDS[word]
        elif DIGITS.fullmatch(word):
            asked["digits"] = int(word)
        elif found := ABOUT.fullmatch(word):
            asked |= {"about": "多" if found[1] == "多" else "余", "base": int(found[2])}
        elif found := LARGE.fullmatch(word):
            asked |= {"large": found[1], "large_digits": int(found[2]) if found[2] else None}
        elif word in BARE:
            asked["bare"] = True
        elif word in units:
            asked["unit"] = word
        elif word != "exact":
            known = _("分子、分母、不计入、截断、四舍五入、余360、多360、万2、亿2、只写数，或者单位")
            raise ValueError(_("不认识写法“%(word)s”。可以写：%(known)s。") % {"word": word, "known": known})
    return Form(**asked)  # type: ignore[arg-type]


def count_words(value: int, unit: str, form: Form) -> str:
    """A count as the form wants it.

    :raises ValueError: when it would say more, or less, than is true; or another unit than is counted.
    """
    if form.unit and form.unit != unit:
        wrong = {"asked": form.unit, "unit": unit}
        raise ValueError(_("这一项的单位是“%(unit)s”，不能写成“%(asked)s”。") % wrong)
    written = _written(value, form)
    return written if form.bare else f"{written}{unit}"


def _written(value: int, form: Form) -> str:
    if form.base is not None:
        return more_than(value, form.base).replace("余", form.about)
    if not form.large:
        return str(value)
    return large(value, form.large, form.large_digits, rule=form.rule or HALF_UP)


def large(value: int, word: str, digits: int | None = None, *, rule: str = HALF_UP) -> str:
    """A number in 万 or 亿: with a number of decimals, by the rule; without one exactly.

    12345 is 1.23万 with two decimals, and 1.2345万 without.
    """
    exact = Decimal(value) / SIZES[word]
    if digits is not None:
        mode = ROUND_DOWN if rule == TRUNCATE else ROUND_HALF_UP
        exact = exact.quantize(Decimal(1).scaleb(-digits), rounding=mode)
    text = f"{exact:f}"
    return f"{text.rstrip('0').rstrip('.') if digits is None and '.' in text else text}{word}"
