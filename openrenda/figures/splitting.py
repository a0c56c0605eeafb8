"""Dividing a figure: by organ, field, street, session, class, month and year. One counting query and one for the labels.

Groups stand in the order of their register, never by rate; nobody's name is a way to divide a figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q

from openrenda.docket.situation import book_of
from openrenda.tenancy import current_congress_id

from .language import Figure, Group, Period, Split
from .reading import Reading, base, counters, evidence, of_side, reading, with_facts


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
    way = split_named(figure, by)
    wide = way.widen(period) if way.widen else period
    rows = with_facts(base(figure.population, wide, organs, handled=way.handled), [figure], wide)
    found = {
        row["group"]: Counter({side: row[side] for side in counters(figure)})
        for row in rows.annotate(group=way.by(wide)).order_by().values("group").annotate(**counters(figure))
    }
    book = book_of(current_congress_id())
    slices = []
    for group in way.groups(wide, found.keys()):
        total = sum((found[value] for value in group.values if value in found), Counter())
        counts = {side: total[side] for side in counters(figure)}
        slices.append(Slice(group.label, reading(figure, group.period or wide, counts, book), group.key))
    return slices


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
