"""Putting the numbers into a report: every directive becomes an item with its value, its period and its way to the list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as declared

from openrenda.docket.situation import book_of
from openrenda.documents.redaction import redact
from openrenda.documents.residents import private
from openrenda.rulebook import Book
from openrenda.tenancy import current_congress_id

from ..language import PART, Figure, Period, in_year
from ..reading import Reading, evidence, read_all
from ..rounding import HALF_UP, RULE_NAMES
from ..splitting import Slice, split, splits_of
from .naming import Names, catalogue
from .parsing import CHART, FIGURE, LIST, SEPARATE, SUM, TYPED, Directive, Place, Problem, Words, parse
from .writing import Form, count_words, form_of

MOST_LISTED = 200
TYPED_VALUE = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<rest>[万亿]?[余多]?%?)")
SIZES = {"万": 10**4, "亿": 10**8}
UNITS = (
    declared("件"), declared("项"), declared("次"), declared("人次"), declared("个"), declared("条"), declared("场"), declared("名"),
    declared("人"), declared("份"), declared("篇"), declared("部"), declared("家"),
)  # fmt: skip


@dataclass(slots=True)
class Item:
    """One place in the text where the system, or the author by hand, puts a number, a list or a chart."""

    kind: str
    place: Place
    name: str
    label: str
    period: Period
    position: int = 0
    side: str = PART
    figure: Figure | None = None
    form: Form = field(default_factory=Form)
    reading: Reading | None = None
    printed: str = ""
    unit: str = ""
    rule: str = ""
    value: Decimal | None = None
    named: Mapping[str, str] = field(default_factory=dict)
    by: str = ""
    slices: list[Slice] = field(default_factory=list)
    rows: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_rate(self) -> bool:
        """Whether a percentage or a mean is printed."""
        return bool(self.rule) or self.printed.endswith("%")


@dataclass(slots=True)
class Composed:
    """A report with its numbers: text and items in order, what is wrong, and what the author declared."""

    pieces: list[Words | Item]
    problems: list[Problem]
    items: list[Item]
    declared: list[Directive]
    names: Names
    period: Period

    def text(self) -> str:
        """The whole as printed."""
        return "".join(piece.text if isinstance(piece, Words) else piece.printed for piece in self.pieces)


def compose(text: str, period: Period, parts: Mapping[str, str] | None = None) -> Composed:
    """A report's text with every number as of its day. Nothing is raised: what is wrong is in ``problems``.

    One query a population and period; two for the counters, and one more for each list and two for each chart.
    """
    read, problems = parse(text, parts)
    composed = Composed([], problems, [], [], Names(catalogue()), period)
    for piece in read:
        if isinstance(piece, Words):
            composed.pieces.append(piece)
        elif piece.verb in (SEPARATE, SUM):
            composed.declared.append(piece)
        else:
            _add(composed, piece)
    book = book_of(current_congress_id())
    _read(composed.items)
    for item in composed.items:
        _print(item, composed, book)
    return composed


def _add(composed: Composed, directive: Directive) -> None:
    try:
        item = _MAKE[directive.verb](directive, composed)
    except (ValueError, LookupError) as problem:
        composed.problems.append(Problem(directive.place, str(problem)))
        return
    item.position = len(composed.items) + 1
    item.named = directive.named
    composed.items.append(item)
    composed.pieces.append(item)


def _figure(directive: Directive, composed: Composed) -> Item:
    if not directive.words:
        raise ValueError(_("请写明统计项，如 {{ figure suggestion.received }}。"))
    name, one = composed.names.find(directive.words[0])
    form = form_of(directive.words[1:], (*UNITS, one.unit.label))
    if form.side and form.side != PART and not one.is_rate:
        raise ValueError(_("“%(label)s”不是比率，没有分母。") % {"label": one.label})
    period = period_of(directive.named, composed.period)
    return Item(
        directive.verb, directive.place, name, one.label, period, side=form.side or PART, figure=one, form=form,
        unit=one.unit.label, by=directive.named.get("by", ""),
    )  # fmt: skip


def _typed(directive: Directive, composed: Composed) -> Item:
    found = TYPED_VALUE.fullmatch(directive.words[0]) if directive.words else None
    if found is None:
        raise ValueError(_('手填的数字写成 {{ typed 35 个 source="出处" }}。'))
    if not directive.named.get("source"):
        raise ValueError(_('手填的数字“%(value)s”须写明出处：source="…"。') % {"value": directive.words[0]})
    unit = "".join(directive.words[1:])
    label = directive.named.get("as", "")
    number = Decimal(found["number"].replace(",", "")) * next((SIZES[w] for w in SIZES if w in found["rest"]), 1)
    return Item(
        TYPED, directive.place, label, label, period_of(directive.named, composed.period), unit=unit, value=number,
        printed=directive.words[0] + unit,
    )  # fmt: skip


_MAKE: dict[str, Callable[[Directive, Composed], Item]] = {
    FIGURE: _figure,
    LIST: _figure,
    CHART: _figure,
    TYPED: _typed,
}


def period_of(named: Mapping[str, str], whole: Period) -> Period:
    """The report's period, or the year or days that one number names.

    :raises ValueError: with a sentence, for what is no year and no day.
    """
    as_of = _day(named["as_of"]) if "as_of" in named else whole.as_of
    if as_of > whole.as_of:
        raise ValueError(_("这一处的截至日晚于报告的数据截至日。"))
    if "year" in named:
        if not (named["year"].isdecimal() and len(named["year"]) == 4):
            raise ValueError(_("年度写成四位数字，如 year=2025。"))
        return in_year(int(named["year"]), as_of)
    if "since" in named or "until" in named:
        if not {"since", "until"} <= named.keys():
            raise ValueError(_("起始日期和截止日期要都写：since=… until=…。"))
        return Period(_day(named["since"]), _day(named["until"]), as_of)
    return replace(whole, as_of=as_of)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(_("“%(text)s”不是日期，写成 2026-12-31。") % {"text": text}) from None


def _read(items: list[Item]) -> None:
    """Count what is printed: all figures of one period at once."""
    wanted: dict[Period, dict[str, Figure]] = {}
    for item in items:
        if item.figure is not None:
            wanted.setdefault(item.period, {})[item.name] = item.figure
    found = {
        (period, name): reading
        for period, figures in wanted.items()
        for name, reading in zip(figures, read_all(figures.values(), period), strict=True)
    }
    for item in items:
        item.reading = found.get((item.period, item.name))


def _print(item: Item, composed: Composed, book: Book) -> None:
    try:
        if item.kind == FIGURE:
            _print_number(item, book)
        elif item.kind == LIST:
            item.rows = list(listed(item))
            count = item.reading.count(item.side) if item.reading else 0
            item.value, item.printed = Decimal(count or 0), _("（%(count)s件，清单见附）") % {"count": count}
        elif item.kind == CHART:
            _draw(item)
    except (ValueError, LookupError) as problem:
        composed.problems.append(Problem(item.place, str(problem)))
        item.printed = item.printed or "—"


def _print_number(item: Item, book: Book) -> None:
    reading, form = item.reading, item.form
    assert reading is not None
    if reading.figure.is_divided and not form.side:
        rule = form.rule or str(book.option("option.rate_rounding"))
        digits = int(book.option("option.rate_digits")) if form.digits is None else form.digits
        found = reading.divided(rule=rule, digits=digits)
        item.printed, item.rule = found or "—", RULE_NAMES.get(rule, RULE_NAMES[HALF_UP])
        item.value = None if found is None else Decimal(found.removesuffix("%"))
        return
    count = reading.count(form.side or PART)
    if count is None:
        raise ValueError(_("“%(label)s”没有这一边的数。") % {"label": item.label})
    item.value, item.printed = Decimal(count), str(count)
    item.printed = count_words(count, item.unit, form)


def listed(item: Item) -> Iterator[tuple[str, str]]:
    """Number and title of what is behind an item; the title only of what is public."""
    if item.figure is None:
        return
    columns = ("matter__number", "matter__title", "matter__public_since", "matter__confidential")
    rows = evidence(item.figure, item.period, item.side).values_list(*columns)[:MOST_LISTED]
    for number, title, since, secret in rows:
        yield number, as_published(title) if is_public(since, secret, item.period.as_of) else ""


def is_public(since: date | None, secret: bool, day: date) -> bool:
    """Whether a matter's title may be printed."""
    return since is not None and since <= day and not secret


@lru_cache(maxsize=4096)
def as_published(title: str) -> str:
    """A title as everyone may read it: personal data and residents' names hidden."""
    return redact(title, private(title)).text


def _draw(item: Item) -> None:
    assert item.figure is not None
    known = {way.key for way in splits_of(item.figure)}
    item.by = item.by or ("month" if "month" in known else "")
    if item.by not in known:
        words = {"label": item.label, "known": _("、").join(sorted(known)) or "—"}
        raise ValueError(_("“%(label)s”不能这样分列。可以写 by=%(known)s。") % words)
    item.slices = split(item.figure, item.period, item.by)
    item.printed = ""


def series_of(slices: list[Slice]) -> list[dict[str, Any]]:
    """The points of a chart as plain values."""
    return [
        {"label": row.label, "value": row.reading.value, "part": row.reading.part, "whole": row.reading.whole,
         "unfinished": row.reading.period.unfinished}
        for row in slices
    ]  # fmt: skip
