"""Dividing a figure: by organ, field, street, session, class, month and year. One counting query and one for the labels.

Groups stand in the order of their register, never by rate; nobody's name is a way to divide a figure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q

from openrenda.docket.situation import book_of
from openrenda.tenancy import current_congress_id

from .counting import Kind, counts_of, kinds_of
from .language import Figure, Group, Period, Split
from .reading import Reading, base, evidence, of_side, reading, with_facts


class Slice(NamedTuple):
    """One row of a divided figure; ``key`` names it in addresses."""

    label: str
    reading: Reading
    key: str


def splits_of(figure: Figure) -> tuple[Split, ...]:
    """The ways in which a figure may be divided."""
    return figure.population.splits


def split_named(figure: Figure, by: str) -> Split:
    """The way of that name.

    :raises LookupError: when the figure is not divided so.
    """
    found = next((each for each in splits_of(figure) if each.key == by), None)
    if found is None:
        raise LookupError(f"{figure.key} is not divided by {by}")
    return found


def split(figure: Figure, period: Period, by: str, organs: Collection[UUID] = ()) -> list[Slice]:
    """The figure for each group, in the groups' fixed order.

    :raises LookupError: when the figure is not divided so.
    """
    return split_all([figure], period, by, organs)[figure.key]


def split_all(
    figures: Sequence[Figure], period: Period, by: str, organs: Collection[UUID] = ()
) -> dict[str, list[Slice]]:
    """Several figures for each group: one counting query a population and one for the labels.

    :raises LookupError: when one of them is not divided so.
    """
    slices: dict[str, list[Slice]] = {}
    for of_it in _by_population(figures):
        way = split_named(of_it[0], by)
        wide = way.widen(period) if way.widen else period
        rows = with_facts(base(of_it[0].population, wide, organs, handled=way.handled), of_it, wide)
        found = _gathered(kinds_of(rows.annotate(group=way.by(wide)), of_it, "group"), "group")
        groups = way.groups(wide, {value for (value,) in found})
        for one in of_it:
            slices[one.key] = [_slice(one, group, found, wide) for group in groups]
    return slices


def _by_population(figures: Sequence[Figure]) -> list[list[Figure]]:
    keys = dict.fromkeys(one.population.key for one in figures)
    return [[one for one in figures if one.population.key == key] for key in keys]


def _gathered(kinds: Iterable[Kind], *groups: str) -> dict[tuple[Any, ...], list[Kind]]:
    """The kinds of rows of each group."""
    found: dict[tuple[Any, ...], list[Kind]] = {}
    for kind in kinds:
        found.setdefault(tuple(kind[name] for name in groups), []).append(kind)
    return found


def _slice(one: Figure, group: Group, found: dict[tuple[Any, ...], list[Kind]], wide: Period) -> Slice:
    kinds = [kind for value in group.values for kind in found.get((value,), ())]
    return Slice(group.label, _reading(one, kinds, group.period or wide), group.key)


def _reading(one: Figure, kinds: Sequence[Kind], period: Period) -> Reading:
    return reading(one, period, counts_of(one, kinds), book_of(current_congress_id()))


def evidence_of(figure: Figure, period: Period, side: str, by: str, key: str, organs: Collection[UUID] = ()) -> Any:
    """The rows behind one number of a divided figure, and the group.

    :raises LookupError: when there is no such side, way or group.
    """
    if not by:
        return evidence(figure, period, side, organs), None
    way = split_named(figure, by)
    wide = way.widen(period) if way.widen else period
    rows = with_facts(base(figure.population, wide, organs, handled=way.handled), [figure], wide)
    rows = rows.annotate(group=way.by(wide))
    found = set(rows.order_by().values_list("group", flat=True).distinct())
    group = next((each for each in way.groups(wide, found) if each.key == key), None)
    if group is None:
        raise LookupError(f"{figure.key} has no group {key}")
    return of_side(rows, figure, side).filter(_in(group)).order_by("id"), group


def _in(group: Group) -> Q:
    condition = Q(group__in=[value for value in group.values if value is not None])
    return condition | Q(group=None) if None in group.values else condition


def over_years(
    figures: Sequence[Figure], period: Period, organs: Collection[UUID] = ()
) -> dict[str, list[tuple[Group, dict[int, Reading]]]]:
    """Figures for each organ and each of the last years, as known on the period's day: two queries a population.

    :raises LookupError: when one of them is not divided by organ and by year.
    """
    tables: dict[str, list[tuple[Group, dict[int, Reading]]]] = {}
    for of_it in _by_population(figures):
        way, years = split_named(of_it[0], "organ"), split_named(of_it[0], "year")
        wide = years.widen(period) if years.widen else period
        rows = with_facts(base(of_it[0].population, wide, organs, handled=True), of_it, wide)
        kinds = kinds_of(rows.annotate(group=way.by(wide), of_year=years.by(wide)), of_it, "group", "of_year")
        found = _gathered(kinds, "group", "of_year")
        groups, columns = way.groups(wide, {group for group, _year in found}), years.groups(wide, ())
        for one in of_it:
            tables[one.key] = [
                (group, {
                    int(year.key): _reading(one, found.get((group.values[0], int(year.key)), ()), year.period or wide)
                    for year in columns
                })
                for group in groups
            ]  # fmt: skip
    return tables
