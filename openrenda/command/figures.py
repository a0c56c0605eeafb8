"""Print a congress's figures for a year or a session, as known on a day."""

from __future__ import annotations

import argparse
import json
from datetime import date
from typing import TYPE_CHECKING, Any

from openrenda.command import Stop
from openrenda.command.congress import congress_argument, congress_of

if TYPE_CHECKING:
    from openrenda.figures import Period, Reading

NAME = "figures"
HELP = "统计数字及其口径 · figures with their formulas"
NEEDS_DJANGO = True

FIRST_YEAR, LAST_YEAR = 1954, 2200


def arguments(parser: argparse.ArgumentParser) -> None:
    """Of which congress, for when, as known on which day."""
    congress_argument(parser, required=True)
    parser.add_argument("--year", type=int, required=True, metavar="Y", help="年度 · the calendar year")
    parser.add_argument(
        "--session",
        type=int,
        metavar="N",
        help="该年度所在届的第几次会议（代替年度） · a session of that year's term instead",
    )
    parser.add_argument(
        "--as-of", metavar="D", help="统计截止日，如 2026-06-30，默认今天 · as known on this day (today when left out)"
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON · print JSON")


def run(options: argparse.Namespace) -> int:
    """Print every figure with its formula, part, whole and what is left out."""
    from openrenda.figures import read_all
    from openrenda.figures.registry import figures
    from openrenda.tenancy import congress_scope

    congress = congress_of(options.congress)
    with congress_scope(congress):
        period = period_of(options)
        readings = read_all(figures(), period)
    if options.json:
        print(as_json(congress, period, readings))
    else:
        print(as_text(congress, period, readings))
    return 0


def period_of(options: argparse.Namespace) -> Period:
    """The period asked for.

    :raises Stop: for a year, day or session that there is not.
    """
    from django.utils import timezone
    from django.utils.translation import gettext as _

    from openrenda.figures import in_session_of, in_year

    if not FIRST_YEAR <= options.year <= LAST_YEAR:
        raise Stop(_("%(year)d 不是年度，没有统计。请写四位数字，如 2026。") % {"year": options.year})
    today = timezone.localdate()
    try:
        as_of = date.fromisoformat(options.as_of) if options.as_of else today
    except ValueError as problem:
        raise Stop(_("“%(text)s”不是日期，没有统计。请写成 2026-06-30 的样子。") % {"text": options.as_of}) from problem
    if as_of > today:
        raise Stop(_("统计截止日 %(day)s 还没有到，没有统计。") % {"day": as_of})
    if options.session is None:
        return in_year(options.year, as_of)
    return in_session_of(session_of(options.year, options.session), as_of)


def session_of(year: int, number: int) -> Any:
    """The session of that number in the term that held in the year.

    :raises Stop: when there is none, naming those there are.
    """
    from django.utils.translation import gettext as _

    from openrenda.people.models import Session

    of_year = Session.objects.filter(term__since__lte=date(year, 12, 31)).select_related("term").order_by("-since")
    latest = of_year.first()
    found = of_year.filter(term=latest.term, number=number).first() if latest else None
    if found is None:
        known = "、".join(str(row) for row in of_year.filter(term=latest.term)) if latest else _("无")
        raise Stop(
            _("%(year)d年所在的届没有第%(number)d次会议，没有统计。现有：%(known)s")
            % {"year": year, "number": number, "known": known}
        )
    return found


def as_json(congress: Any, period: Period, readings: list[Reading]) -> str:
    """Plain values, for other programs."""
    return json.dumps(
        {
            "congress": congress.division_code, "name": congress.name, "period": period.name,
            "since": period.since.isoformat(), "until": period.until.isoformat(), "as_of": period.as_of.isoformat(),
            "figures": [reading.as_json() for reading in readings],
        },
        ensure_ascii=False, indent=1,
    )  # fmt: skip


def as_text(congress: Any, period: Period, readings: list[Reading]) -> str:
    """One figure a line with its formula below, under 提、交、办、复、评、公开."""
    from django.utils.formats import date_format
    from django.utils.translation import gettext as _

    head = _("%(congress)s  %(period)s  截至%(day)s") % {
        "congress": congress.name, "period": period.name, "day": date_format(period.as_of),
    }  # fmt: skip
    lines = [head]
    if period.unfinished:
        lines.append(_("统计期尚未结束，不能与完整年度比较。"))
    group = None
    for reading in readings:
        if reading.figure.group != group:
            group = reading.figure.group
            lines += ["", f"【{_(group)}】"]
        lines += [f"{reading.figure.words}  {in_words(reading)}", f"    {reading.figure.formula_words}"]
    return "\n".join(lines)


def in_words(reading: Reading) -> str:
    """A reading on one line: the count; or the rate with its part, its whole, its rounding and what is left out."""
    from django.utils.translation import gettext as _

    figure, unit = reading.figure, reading.figure.unit.words
    if not figure.is_rate:
        return f"{reading.part} {unit}"
    words = _("%(part_label)s %(part)d ÷ %(whole_label)s %(whole)d %(unit)s，%(rounding)s") % {
        "part_label": figure.side_words("part"), "part": reading.part, "whole_label": figure.side_words("whole"),
        "whole": reading.whole, "unit": unit, "rounding": _(reading.rounding),
    }  # fmt: skip
    left_out = ""
    if figure.excluded is not None:
        left_out = f"；{_('不计入')}：{figure.side_words('excluded')} {reading.excluded} {unit}"
    return f"{reading.value}（{words}{left_out}）"
