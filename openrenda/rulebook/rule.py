"""A row of the rulebook: a number of the law (:class:`Rule`) or a choice the law leaves open (:class:`Option`)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from fractions import Fraction
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as declared
from django.utils.translation import ngettext

from openrenda.languages import english, language

from . import citing

UNITS = ("day", "working_day", "month", "month_of_year", "times", "person", "share", "none")
TIME_UNITS = frozenset({"day", "working_day", "month", "month_of_year"})
LIMITS = frozenset({"at_most", "at_least", "more_than", "before_meeting", "none"})
KINDS = {
    "statute": declared("国家法律"), "local": declared("地方性法规"), "practice": declared("工作惯例"),
    "standard": declared("国家标准"),
}  # fmt: skip
CONFIDENCES = frozenset({"high", "medium", "low"})

OWN = "own"  # the pack of a value that a congress set for itself

Number = int | Fraction
OptionValue = bool | int | str | list[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a rule and an option have in common: name, where it stands, how sure we are."""

    id: str
    title: str
    title_en: str
    kind: str
    law: str = ""
    article: str = ""
    also: tuple[str, ...] = ()
    confidence: str = "high"
    note: str = ""
    pack: str = ""

    @property
    def words(self) -> str:
        """The title in the language now spoken."""
        return self.title_en if self.title_en and english() else self.title

    @property
    def citation(self) -> str:
        """The basis in words, as printed on pages and letters: 《代表法》第五十一条第二款, or Deputies Law, art. 51(2)."""
        if not self.law:
            return _(KINDS[self.kind])
        name = self.law if "《" in self.law or self.pack == OWN else f"《{self.law}》"
        texts = (f"{name}{self.article}", *self.also)
        return "; ".join(map(citing.in_english, texts)) if english() else "、".join(texts)

    @property
    def locked(self) -> bool:
        """Whether it is national law, which no place and no congress may loosen."""
        return self.kind == "statute"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Row):
    """A rule of law or practice, with its number when it has one.

    ``value`` counts ``unit``; a share is a fraction; None means that the text names no number (及时).
    ``limit`` says which way it binds (``more_than``: the number itself is not enough). ``fixed`` marks thresholds of rights and majorities, which a local text
    may move in neither direction. ``anchor`` names the day from which a period runs.
    """

    value: Number | None = None
    unit: str = "none"
    limit: str = "none"
    anchor: str = ""
    fixed: bool = False

    @property
    def amount(self) -> str:
        """The number in words: 3个月, 10个工作日, 2/3; empty when there is none."""
        return "" if self.value is None else _amount(self.value, self.unit, language())

    def met_by(self, count: int, base: int = 1) -> bool:
        """Whether a head count reaches the threshold; a share is taken of ``base``, the base the rule names.

        以上 includes the number itself, 过半数 and 超过 do not (民法典第一千二百五十九条 by analogy).

        :raises ValueError: when the rule is no threshold.
        """
        if self.value is None or self.limit not in ("at_least", "more_than", "at_most"):
            raise ValueError(self.id)
        line = Fraction(self.value) * (base if self.unit == "share" else 1)
        if self.limit == "at_most":
            return count <= line
        return count > line if self.limit == "more_than" else count >= line


@dataclass(frozen=True, slots=True, kw_only=True)
class Option(Row):
    """A choice that a congress may set; ``choices`` lists the values allowed when they are few."""

    value: OptionValue
    choices: tuple[bool | int | str, ...] = ()


@lru_cache(maxsize=2048)
def _amount(value: Number, unit: str, _language: str) -> str:
    if not isinstance(value, int):
        return str(value)
    words = {
        "day": ngettext("%(count)d日", "%(count)d日", value),
        "working_day": ngettext("%(count)d个工作日", "%(count)d个工作日", value),
        "month": ngettext("%(count)d个月", "%(count)d个月", value),
        "month_of_year": _("%(count)d月"),
        "times": ngettext("%(count)d次", "%(count)d次", value),
        "person": ngettext("%(count)d人", "%(count)d人", value),
    }
    return words.get(unit, "%(count)d") % {"count": value}


def as_number(value: Any) -> Number | None:
    """A number as packs and forms write it: 3 or "2/3".

    :raises ValueError: when it is neither.
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError(value)
    number = Fraction(value)
    return int(number) if number.denominator == 1 else number


def to_json(row: Row) -> dict[str, Any]:
    """The row as plain data, without what equals the default."""
    defaults = {item.name: item.default for item in fields(row)}
    data = {name: value for name, value in asdict(row).items() if value != defaults[name]}
    if isinstance(data.get("value"), Fraction):
        data["value"] = str(data["value"])
    return data


def rule_from(data: dict[str, Any]) -> Rule:
    """A rule from plain data; columns that this release does not know are left aside."""
    known = _known(Rule, data)
    return Rule(**{**known, "value": as_number(data.get("value"))})


def option_from(data: dict[str, Any]) -> Option:
    """An option from plain data; columns that this release does not know are left aside."""
    return Option(**_known(Option, data))


def _known(kind: type[Row], data: dict[str, Any]) -> dict[str, Any]:
    known = {item.name: data[item.name] for item in fields(kind) if item.name in data}
    return {**known, **{name: tuple(known[name]) for name in ("also", "choices") if name in known}}
