"""Resolutions, decisions and public notices as everyone may read them (J03): what was published, as it was published, and what has taken its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from openrenda.activities.bodies import BODIES
from openrenda.activities.hall import Resolution
from openrenda.activities.resolution import KINDS
from openrenda.docket.models import Link
from openrenda.web.choosing import whole_year, year_of

from . import codes

MOST_SHOWN = 500
PUBLIC_STATES = ("published", "replaced")
REPLACES = "replaces"


def published() -> QuerySet[Resolution]:
    """What was published, the last vote in front. A draft, and what was passed but is not published yet, does not exist here."""
    rows = Resolution.objects.filter(
        matter__state__in=PUBLIC_STATES, matter__public_since__lte=timezone.localdate(), matter__confidential=False
    )
    return rows.select_related("matter", "owner").order_by("-held_on", "-id")


def one_of(code: str) -> Resolution | None:
    """The one at that address. One query."""
    pk = codes.id_of(code)
    return published().filter(matter=pk).first() if pk else None


def years() -> list[int]:
    """This year back to that of the first vote. One query."""
    first = published().order_by("held_on").values_list("held_on", flat=True).first()
    this = timezone.localdate().year
    return list(range(this, min(first.year if first else this, this) - 1, -1))


@dataclass(frozen=True)
class Choice:
    """A year and a kind; what makes no sense is as if it were not there."""

    year: int
    kind: str = ""

    @classmethod
    def of(cls, asked: Any, listed: list[int]) -> Choice:
        """What was asked for; else the newest year, of every kind."""
        year, kind = year_of(asked.get("year", "")), asked.get("kind", "")
        return cls(year if year in listed else listed[0], kind if kind in KINDS else "")

    def address(self, **changes: Any) -> str:
        """This choice with changes, as the query part of an address."""
        chosen = {"year": self.year, "kind": self.kind, **changes}
        return f"?{urlencode({name: value for name, value in chosen.items() if value})}"

    def rows(self) -> QuerySet[Resolution]:
        """What is listed."""
        rows = published().filter(held_on__range=whole_year(self.year)).defer("text")
        return rows.filter(kind=self.kind) if self.kind else rows

    def tabs(self, listed: list[int]) -> dict[str, list[dict[str, Any]]]:
        """The years, and the kinds."""
        kinds = [("", _("全部")), *((key, _(label)) for key, label in KINDS.items())]
        return {
            "years": [_tab(str(year), self.address(year=year), year == self.year) for year in listed],
            "kinds": [_tab(label, self.address(kind=key), key == self.kind) for key, label in kinds],
        }


def _tab(label: str, url: str, current: bool) -> dict[str, Any]:
    return {"label": label, "url": url, "current": current}


def line(row: Resolution) -> dict[str, Any]:
    """One of them in a list."""
    return {
        "row": row,
        "code": codes.code_of(row.matter_id),
        "kind": _(KINDS.get(row.kind, row.kind)),
        "body": BODIES[row.body].words if row.body in BODIES else "",
        "replaced": row.matter.state == "replaced",
    }


def succession(row: Resolution) -> dict[str, list[dict[str, Any]]]:
    """What it took the place of, and what took its place: only what is public itself. Two queries."""
    links = Link.objects.filter(kind=REPLACES)
    before = set(links.filter(matter=row.matter_id).values_list("origin", flat=True))
    after = set(links.filter(origin=row.matter_id).values_list("matter", flat=True))
    return {"before": _named(before), "after": _named(after)}


def _named(matters: set[UUID]) -> list[dict[str, Any]]:
    return [line(row) for row in published().filter(matter__in=matters).defer("text")] if matters else []


def since(row: Resolution) -> date | None:
    """The day it was published, as its publication says; else the day it came here."""
    return row.published_on or row.matter.public_since
