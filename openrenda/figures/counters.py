"""Pooled counters (D12): a named, versioned definition over kinds of record, counted as one figure like any other.

A kind is a step of a procedure, counted on the day it took effect, or a figure of the installation. What meets two kinds is one
record and counts once, so that the list behind a counter has exactly as many records as the number says.
"""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from openrenda.docket import registry as procedures
from openrenda.docket.language import HISTORY, Step
from openrenda.docket.models import Act, Party

from .asof import moment
from .language import PART, Figure, Period, Population, Shown, Unit
from .models import Counter, CounterVersion
from .registry import declared

PREFIX = "counter."
KEY_PREFIX = "counter-"
BASIS = "D12.counter"
FIGURE, STEP = "figure", "step"
# Counting the counting would say nothing.
OUR_OWN = ("counter", "report", "internal-task")
Rows = QuerySet[Any]


def kinds() -> list[tuple[str, str]]:
    """Every kind of record that can be pooled: key and words. Counts of figures first, then the steps of the procedures."""
    listed = [
        (f"{FIGURE}:{procedure}.{one.key}", f"{one.words}（{procedures.procedure(procedure).words}）")
        for procedure, figures in declared()
        for one in figures
        if not one.is_rate
    ]
    for table in procedures.open_procedures():
        if table.key not in OUR_OWN:
            listed += [
                (f"{STEP}:{table.key}:{step.key}", f"{table.words}：{step.words}")
                for step in table.steps
                if _counts(step)
            ]
    return listed


def _counts(step: Step) -> bool:
    """Whether a step marks a record: it opens one or moves it on, by people, and is no import."""
    return step.target is not None and HISTORY not in step.offices


def roles() -> list[tuple[str, str]]:
    """The roles that a table's offices name."""
    found: dict[str, str] = {}
    for table in procedures.open_procedures():
        for state in table.states:
            for office in table.seen_in(state):
                found |= {role: office.words for role in office.relation if role not in found}
    return sorted(found.items())


def words_of(kind: str) -> str:
    """A kind in words; its key when the installation no longer has it."""
    return dict(kinds()).get(kind, kind)


def formula(version: CounterVersion) -> str:
    """The definition as a sentence."""
    pooled = _("、").join(words_of(kind) for kind in version.kinds)
    whole = _("统计期内以下记录合并计数，同一件只计一次：%(kinds)s。") % {"kinds": pooled}
    if not version.role:
        return whole
    role = dict(roles()).get(version.role, version.role)
    return whole + _("只计有“%(role)s”的。") % {"role": role}


def rows_of(pooled: tuple[str, ...], role: str, period: Period) -> Rows:
    """One row, the opening act, for every matter that meets one of the kinds."""
    condition = Q(pk__in=[])
    for kind in pooled:
        condition |= Q(matter__in=_matters(kind, period))
    rows = Act.objects.filter(condition, seq=1)
    if role:
        rows = rows.filter(matter__in=Party.objects.filter(role=role, since__lt=moment(period.end)).values("matter"))
    return rows


def _matters(kind: str, period: Period) -> Rows:
    family, _colon, rest = kind.partition(":")
    if family == FIGURE:
        from .reading import evidence

        procedure, _dot, key = rest.partition(".")
        one = next((f for name, listed in declared() if name == procedure for f in listed if f.key == key), None)
        return (
            Act.objects.none().values("matter")
            if one is None
            else evidence(one, period, PART).order_by().values("matter")
        )
    procedure, _colon, step = rest.partition(":")
    taken = Act.objects.filter(procedure=procedure, step=step, took_effect__gte=moment(period.since, before=True))
    return taken.filter(took_effect__lt=moment(period.end)).values("matter")


def figure_of(counter: Counter, version: CounterVersion) -> Figure:
    """A version of a counter as a figure."""
    unit = Unit(f"counter-{counter.unit}", counter.unit)
    rows = partial(rows_of, tuple(version.kinds), version.role)
    population = Population(
        f"{PREFIX}{counter.key}-{version.version}-{counter.matter_id}", version.label, unit, rows,
        columns=(Shown("程序", "procedure"), Shown("提出", "matter__opened_on")),
    )  # fmt: skip
    return Figure(
        f"{KEY_PREFIX}{counter.key}", version.label, formula(version), population, basis=BASIS, group=_("合并统计"),
        definition=version.version,
    )  # fmt: skip


def counters(*, every_version: bool = False) -> list[tuple[Counter, CounterVersion, Figure]]:
    """The counters of the congress in context with the version in force, or with all of theirs, oldest first. Two queries."""
    listed = {row.matter_id: row for row in Counter.objects.filter(matter__closed_on=None).order_by("key")}
    versions = CounterVersion.objects.filter(matter__in=listed).order_by("version")
    found = [(listed[row.matter_id], row) for row in versions]
    return [
        (counter, version, figure_of(counter, version))
        for counter, version in sorted(found, key=lambda pair: (pair[0].key, pair[1].version))
        if every_version or version.version == counter.version
    ]


def counter_figure(key: str) -> Figure | None:
    """The counter with that figure key, in the version in force."""
    if not key.startswith(KEY_PREFIX):
        return None
    return next((one for _counter, _version, one in counters() if one.key == key), None)


def shared(first: Figure, second: Figure, period: Period) -> list[UUID]:
    """The matters that both counters count: whoever adds the two is warned of them."""
    from .reading import evidence

    theirs = evidence(second, period, PART).order_by().values("matter")
    return list(evidence(first, period, PART).filter(matter__in=theirs).values_list("matter", flat=True).distinct())


def difference(old: Figure, new: Figure, period: Period) -> tuple[list[UUID], list[UUID]]:
    """What only the new definition counts, and what only the old one did."""
    from .reading import evidence

    then, now = (
        list(evidence(one, period, PART).values_list("matter", flat=True).distinct()) for one in (old, new)
    )  # fmt: skip
    return [pk for pk in now if pk not in set(then)], [pk for pk in then if pk not in set(now)]
