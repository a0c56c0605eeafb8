"""One line from a voice to its result (A01): everything that came of one opinion, in the order in which it happened.

The line is known by the number of the matter with which it began. Nobody enters it: links and children are followed both ways, and what
the reader may not see is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openrenda import docket
from openrenda.docket import registry
from openrenda.docket.models import Act, Link, Matter
from openrenda.docket.situation import Situation

from .access import Request, seated, situation_of
from .labels import label_of
from .matter_page import sentence

MOST_STEPS, MOST_MATTERS, MOST_ACTS = 6, 60, 500


@dataclass(frozen=True)
class Line:
    """The matters of one line, the one with which it began first, and all their acts in the order of time."""

    matters: list[Matter]
    acts: list[Act]

    @property
    def began_with(self) -> Matter:
        """The matter with which it began."""
        return self.matters[0]

    @property
    def known_by(self) -> str:
        """Its trace number: that of the matter with which it began, or what stands for one that has none."""
        return self.began_with.number or self.began_with.pk.hex[-12:]


def line_of(situation: Situation) -> Line:
    """The line to which a matter belongs, as far as this person may see it. Two queries for each step away, and two more."""
    origins: dict[UUID, UUID] = {}
    known, edge = {situation.matter.pk}, {situation.matter.pk}
    inside = registry.internal_procedures()
    for _step in range(MOST_STEPS):
        links = Link.objects.filter(Q(matter__in=edge) | Q(origin__in=edge))
        pairs = list(links.exclude(matter__procedure__in=inside).values_list("matter_id", "origin_id"))
        family = Matter.objects.filter(Q(parent__in=edge) | Q(pk__in=edge), parent__isnull=False)
        pairs += list(family.values_list("pk", "parent_id"))
        origins.update(dict(pairs))
        edge = {pk for pair in pairs for pk in pair} - known
        known |= edge
        if not edge or len(known) > MOST_MATTERS:
            break
    seen = {matter.pk: matter for matter in docket.visible(situation.actor).filter(pk__in=sorted(known)[:MOST_MATTERS])}
    acts = list(Act.objects.filter(matter__in=list(seen)).order_by("took_effect", "recorded_at", "seq")[:MOST_ACTS])
    roots = sorted(seen.values(), key=lambda matter: (matter.pk in origins, matter.opened_on, matter.pk))
    return Line(roots, acts)


@seated
@require_safe
def trace(request: Request, matter_id: UUID) -> HttpResponse:
    """The page of the line."""
    situation = situation_of(request, matter_id)
    line = line_of(situation)
    if not line.matters:
        raise Http404
    return render(request, "web/trace.html", {"line": line, "rows": _rows(line, situation), "matter": situation.matter})


def _rows(line: Line, situation: Situation) -> list[dict[str, Any]]:
    by_pk = {matter.pk: matter for matter in line.matters}
    rows = []
    for made in line.acts:
        matter = by_pk[made.matter_id]
        there = Situation(matter, situation.actor)
        words = sentence(made, matter.table.known_step(made.step), there)
        rows.append({"when": made.took_effect, "matter": matter, "kind": label_of(matter.table), "words": words})
    return rows
