"""Who reads which figures: offices everything, an organ what it handles itself, deputies the congress's totals."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as words

from openrenda.docket.actor import Actor
from openrenda.figures import Figure, Split, splits_of
from openrenda.figures.counters import counter_figure, counters
from openrenda.figures.registry import declared, figure, grouped

EVERYTHING = ("deputy_office", "government_office", "leader", "audit_admin")
ITS_OWN = ("organ_office", "organ_clerk", "organ_head", "organ_chief")
TOTALS = ("deputy", "delegation_head")
# A group that stands alone on a tab by the name of its kind, where its character alone would say too little.
TAB_WORDS = {"评": words("评价和整改"), "督": words("督办和接待日")}
READERS = (*EVERYTHING, *ITS_OWN, *TOTALS)


def organs_of(actor: Actor) -> frozenset[UUID]:
    """The organs whose handling alone is shown; none of them means the whole congress."""
    return actor.holders if actor.seat in ITS_OWN else frozenset()


def may_read(actor: Actor, one: Figure) -> bool:
    """Whether the figure says something to this seat: what nobody handles is no organ's own."""
    return actor.seat not in ITS_OWN or one.population.handled is not None


def readable(actor: Actor, key: str) -> Figure:
    """The figure with that key.

    :raises LookupError: when there is none for this seat.
    """
    one = counter_figure(key) or figure(key)
    if not may_read(actor, one):
        raise LookupError(key)
    return one


def groups_for(actor: Actor) -> list[tuple[str, list[Figure]]]:
    """The figures of this seat by group."""
    listed = [(name, [one for one in figures if may_read(actor, one)]) for name, figures in grouped()]
    return [(name, figures) for name, figures in listed if figures]


@dataclass(frozen=True)
class Tab:
    """What the overview shows at once: figures that rest on few populations, so that a page asks few questions."""

    key: str
    label: str
    groups: list[tuple[str, list[Figure]]]


def tabs_for(actor: Actor, main_procedure: str) -> list[Tab]:
    """The figures of this seat by tab: those of suggestions, the main procedure, first, in all their groups, then a tab for each group of the others."""
    main = {id(one) for procedure, listed in declared() if procedure == main_procedure for one in listed}
    groups = groups_for(actor)
    own = [(name, [one for one in listed if id(one) in main]) for name, listed in groups]
    others = [(name, [one for one in listed if id(one) not in main]) for name, listed in groups]
    first = Tab(main_procedure, _("代表建议"), [(name, listed) for name, listed in own if listed])
    return [first, *(Tab(name, _(TAB_WORDS.get(name, name)), [(name, listed)]) for name, listed in others if listed)]


def counters_for(actor: Actor) -> list[Figure]:
    """The congress's pooled counters that this seat reads."""
    return [one for _counter, _version, one in counters() if may_read(actor, one)]


def ways_for(actor: Actor, one: Figure) -> list[Split]:
    """The divisions that this seat reads: an organ is not set beside the others, a deputy sees totals over time."""
    if actor.seat in TOTALS:
        return [way for way in splits_of(one) if way.trend]
    return [way for way in splits_of(one) if way.key != "organ" or actor.seat in EVERYTHING]
