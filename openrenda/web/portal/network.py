"""The network of stations as everyone may see it: found by street and words, as points of a map, one at a time.

Public are a station's own facts and of its deputies what the register of deputies shows (LST-01); never a telephone of a person.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from openrenda.people.coverage import streets
from openrenda.people.models import Code, Community, Congress, Grid, GridMember, Mandate, Organ, Station
from openrenda.people.models.congress import LEVEL_LABELS
from openrenda.people.models.grid import ROLE_LABELS
from openrenda.people.models.station import KIND_LABELS, SITE_LABELS

from . import codes

ROWS = 100
FEW_STATIONS = 120
LONGEST_WORDS = 50
LONGEST_TOKEN = 20
MOST_BOUNDARY_BYTES = 4 * 1024 * 1024


def found(words: str, street: UUID | None, after: str = "") -> tuple[list[Station], str]:
    """A page of open stations by number, and the mark of the next page. One query."""
    rows = Station.objects.on().select_related("street", "community")
    if street:
        rows = rows.filter(street=street)
    if words:
        near = Community.objects.filter(name__contains=words).values("pk")
        beside = Organ.objects.filter(name__contains=words).values("pk")
        rows = rows.filter(
            Q(name__contains=words) | Q(address__contains=words) | Q(community__in=near) | Q(street__in=beside)
        )
    if after:
        rows = rows.filter(number__gt=after)
    page = list(rows.order_by("number")[: ROWS + 1])
    return page[:ROWS], page[ROWS - 1].number if len(page) > ROWS else ""


def by_street() -> list[tuple[Organ, int]]:
    """The streets in the order of their register, with how many open stations each has. Two queries."""
    counts = dict(Station.objects.on().order_by().values_list("street").annotate(Count("pk")))
    return [(street, counts.get(street.pk, 0)) for street in streets()]


def grouped(rows: list[Station]) -> list[tuple[Organ, list[Station]]]:
    """Stations under their streets, in the order in which the streets come up."""
    groups: dict[UUID, tuple[Organ, list[Station]]] = {}
    for row in sorted(rows, key=lambda row: (row.street.position, row.street.code, row.number)):
        groups.setdefault(row.street_id, (row.street, []))[1].append(row)
    return list(groups.values())


def line(congress: Congress, row: Station) -> dict[str, Any]:
    """A station as a list shows it."""
    return {
        "station": row, "kind": KIND_LABELS.get(row.kind, row.kind), "site": SITE_LABELS.get(row.site, ""),
        "url": reverse("portal:station", args=[congress.division_code, codes.code_of(row.pk)]),
    }  # fmt: skip


def say_address(congress: Congress, scanned: str, *, station: Station | None = None, code: Code | None = None) -> str:
    """Where a resident says something: as somebody who scanned a code, or to the station or the code's deputy or grid she looks at (A15)."""
    given = {"code": scanned[:LONGEST_TOKEN]} if scanned else {"station": station.number} if station else {}
    if not given and code is not None:
        given = {"code": code.token}
    address = reverse("portal:say", args=[congress.division_code])
    return f"{address}?{urlencode(given)}" if given else address


def open_station(code: str) -> Station | None:
    """The station of that address, closed ones too: whoever kept the address is told where to go."""
    row_id = codes.id_of(code)
    rows = Station.objects.select_related("street", "community", "parent", "successor")
    return rows.filter(pk=row_id).first() if row_id else None  # type: ignore[no-any-return]


def points() -> dict[str, Any]:
    """Open stations with coordinates as GeoJSON (RFC 7946), as few letters each as will do. One query."""
    fields = ("pk", "name", "kind", "address", "longitude", "latitude")
    rows = Station.objects.on().filter(longitude__isnull=False).order_by("number").values_list(*fields)
    return {"type": "FeatureCollection", "features": [_point(*row) for row in rows.iterator(chunk_size=2000)]}


def _point(pk: UUID, name: str, kind: str, address: str, longitude: Any, latitude: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [float(longitude), float(latitude)]},
        "properties": {"code": codes.code_of(pk), "name": name, "kind": str(KIND_LABELS.get(kind, kind)), "address": address},
    }  # fmt: skip


def boundaries(congress: Congress) -> dict[str, Any]:
    """The congress's own boundaries, where a file was laid down for it, and those of its grids, as GeoJSON."""
    drawn = Grid.objects.on().filter(boundary__isnull=False).values_list("name", "boundary")
    features = [
        {"type": "Feature", "geometry": shape, "properties": {"name": name}}
        for name, shape in drawn
        if isinstance(shape, dict)
    ]
    return {"type": "FeatureCollection", "features": [*_laid_down(congress), *features]}


def _laid_down(congress: Congress) -> list[Any]:
    path = settings.BOUNDARIES_ROOT / f"{congress.division_code}.geojson"
    try:
        if path.stat().st_size > MOST_BOUNDARY_BYTES:
            return []
        read = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    features = read.get("features") if isinstance(read, dict) else None
    return features if isinstance(features, list) else []


def deputies_of(grid: Grid) -> list[dict[str, Any]]:
    """Who serves in the grid today: name, level and roles (A19 (4)). Two queries."""
    able = Mandate.everyone.able_on().order_by().values("pk")
    rows = GridMember.objects.on().filter(grid=grid, mandate__in=able).select_related("mandate__person", "congress")
    people: dict[UUID, dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: (row.mandate.person.stroke_key, list(ROLE_LABELS).index(row.role))):
        one = people.setdefault(
            row.mandate_id,
            {"mandate": row.mandate, "level": LEVEL_LABELS[row.mandate.level or row.congress.level], "roles": []},
        )
        one["roles"].append(ROLE_LABELS[row.role])
    return list(people.values())


def open_mandate(code: str) -> Mandate | None:
    """The deputy of that address, in office or not."""
    row_id = codes.id_of(code)
    rows = Mandate.everyone.select_related("person", "district", "delegation", "term").defer("person__phone")
    return rows.filter(pk=row_id).first() if row_id else None


def open_grid(code: str) -> Grid | None:
    """The grid of that address while it is there."""
    row_id = codes.id_of(code)
    rows = Grid.objects.on().select_related("street", "community", "station")
    return rows.filter(pk=row_id).first() if row_id else None  # type: ignore[no-any-return]


def served(rows: QuerySet[Any]) -> list[dict[str, Any]]:
    """Grids as links of a page need them."""
    return [{"grid": row, "code": codes.code_of(row.pk)} for row in rows]
