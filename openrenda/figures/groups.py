"""Ways to divide that many procedures share: by organ, field, street, session and class, and by month and year.

Each takes the expression to group by, and puts what was found into the order of its register.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, timedelta
from typing import Any

from django.db.models import F
from django.db.models.functions import ExtractYear, TruncMonth
from django.utils.translation import gettext as _

from openrenda.docket.situation import book_of
from openrenda.people.models import Category, Organ, Session
from openrenda.tenancy import current_congress_id

from .language import Group, Period, Split

YEARS_SHOWN = 5
NONE_KEY = "none"
DECEMBER = 12

Found = Collection[Any]
By = Callable[[Period], Any]


def _column(path: str) -> By:
    return lambda _period: F(path)


def by_organ(by: By, *, note: str = "") -> Split:
    """By handler, each in the order of the register of organs, under the name it bore at the end of the period."""
    return Split("organ", "承办单位", by, _organs, handled=True, note=note)


def by_street(path: str) -> Split:
    """By street."""
    return Split("street", "街道", _column(path), _organs)


def by_committee(path: str) -> Split:
    """By special or working committee, in the order of the register."""
    return Split("committee", "专工委", _column(path), _organs)


def by_category(path: str) -> Split:
    """By field of concern: the roots of the tree, each with everything below it."""
    return Split("category", "类别", _column(path), _roots, note="按现在的归类统计。")


def by_session(path: str) -> Split:
    """By session, oldest first."""
    return Split("session", "会次", _column(path), _sessions)


def by_class(by: By, *, note: str = "") -> Split:
    """By class of result, in the order of the congress's scheme, each handler's answer by itself."""
    return Split("class", "结果分类", by, _classes, handled=True, note=note)


def by_month(path: str) -> Split:
    """A trend over the months of the period."""
    return Split("month", "按月", lambda _period: TruncMonth(path), _months, trend=True)


def by_year(path: str) -> Split:
    """A trend over the last years, as known on the same day. Years that had not ended are marked, not compared."""
    return Split("year", "按年", lambda _period: ExtractYear(path), _years, trend=True, widen=_last_years)


def _nothing(found: Found, label: str) -> list[Group]:
    return [Group(NONE_KEY, label, (None,))] if None in found else []


def _organs(period: Period, found: Found) -> list[Group]:
    rows = Organ.objects.filter(pk__in=[value for value in found if value is not None]).named_on(period.end)
    listed = rows.order_by("position", "code").values_list("pk", "name_then", "name")
    return [Group(str(pk), then or name, (pk,)) for pk, then, name in listed] + _nothing(found, _("未确定"))


def _roots(period: Period, found: Found) -> list[Group]:
    rows = list(Category.objects.order_by("position", "code").values_list("pk", "parent_id", "name"))
    parents = {pk: parent for pk, parent, _name in rows}
    below: dict[Any, list[Any]] = {}
    for value in found:
        if value is not None:
            below.setdefault(_root(value, parents), []).append(value)
    return [Group(str(pk), name, tuple(below[pk])) for pk, _p, name in rows if pk in below] + _nothing(
        found, _("未归类")
    )


def _root(value: Any, parents: dict[Any, Any]) -> Any:
    seen = {value}
    while (parent := parents.get(value)) is not None and parent not in seen:
        value = parent
        seen.add(value)
    return value


def _sessions(period: Period, found: Found) -> list[Group]:
    rows = Session.objects.filter(pk__in=[value for value in found if value is not None]).select_related("term")
    listed = [Group(str(row.pk), str(row), (row.pk,)) for row in rows.order_by("since", "id")]
    return listed + _nothing(found, _("会次不明"))


def _classes(period: Period, found: Found) -> list[Group]:
    scheme: Any = book_of(current_congress_id()).option("option.result_scheme")
    known = [row["letter"] for row in scheme]
    listed = [
        Group(
            row["letter"],
            _("%(label)s：%(meaning)s") % {"label": _(row["label"]), "meaning": _(row["meaning"])},
            (row["letter"],),
        )
        for row in scheme
    ]
    others = sorted(value for value in found if value and value not in known)
    listed = [group for group in listed if group.values[0] in found]
    listed += [Group(value, _("%(letter)s（不在现行分类中）") % {"letter": value}, (value,)) for value in others]
    without = tuple(value for value in ("", None) if value in found)
    return listed + ([Group(NONE_KEY, _("没有分类"), without)] if without else [])


def _months(period: Period, found: Found) -> list[Group]:
    groups = []
    month = period.since.replace(day=1)
    while month <= period.end and period.session is None:
        following = date(month.year + month.month // DECEMBER, month.month % DECEMBER + 1, 1)
        name = _("%(year)s年%(month)s月") % {"year": month.year, "month": month.month}
        groups.append(
            Group(f"{month:%Y-%m}", name, (month,), period.within(month, following - timedelta(days=1), name))
        )
        month = following
    return groups


def _years(period: Period, found: Found) -> list[Group]:
    years = [date(year, 1, 1) for year in range(period.since.year, period.until.year + 1)]
    return [_year_group(period, day) for day in years]


def _year_group(period: Period, day: date) -> Group:
    name = _("%(year)s年") % {"year": day.year}
    return Group(str(day.year), name, (day.year,), period.within(day, day.replace(month=12, day=31), name))


def _last_years(period: Period) -> Period:
    last = period.end.year
    return Period(date(last - YEARS_SHOWN + 1, 1, 1), date(last, 12, 31), period.as_of)
