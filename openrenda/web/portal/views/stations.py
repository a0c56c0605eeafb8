"""Where deputies meet residents: the list of stations, their map, one of them, a grid, and where a scanned code leads."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit

import msgspec
import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openrenda.documents.calendars import Event, calendar_text
from openrenda.languages import chinese
from openrenda.people import codes as paper_codes
from openrenda.people import reception
from openrenda.people import stations as network_of
from openrenda.people.models import Code, Congress, Grid, Speciality, Station
from openrenda.people.models.mandate import level_words
from openrenda.people.models.station import KIND_LABELS, ROLE_LABELS, SITE_LABELS
from openrenda.rulebook import book_for
from openrenda.web.choosing import row_of

from .. import access, codes, coming, network

GEOJSON = "application/geo+json"
CALENDAR = "text/calendar; charset=utf-8"
CALENDAR_DAYS = 92
NOT_FOUND, GONE = 404, 410


@access.public
@access.of_congress
def stations(request: HttpRequest, congress: Congress) -> HttpResponse:
    """Stations by street; of a large network first the streets, then one of them. Works without any script."""
    words = request.GET.get("q", "")[: network.LONGEST_WORDS].replace("\x00", "").strip()
    street = row_of(request.GET.get("street", ""))
    listed = network.by_street()
    whole = words or street or sum(count for _street, count in listed) <= network.FEW_STATIONS
    after = request.GET.get("after", "")[:30].replace("\x00", "")
    rows, following = network.found(words, street, after) if whole else ([], "")
    chosen = {"q": words, "street": str(street or ""), "after": following}
    context = {
        "groups": [
            {"street": where, "lines": [network.line(congress, row) for row in mine]}
            for where, mine in network.grouped(rows)
        ],
        "streets": [{"street": one, "count": count, "url": f"?street={one.pk}"} for one, count in listed],
        "words": words,
        "narrowed": bool(words or street),
        "specialities": dict(Speciality.objects.on().values_list("street_id", "words")),
        "pager": {
            "next_url": f"?{urlencode({k: v for k, v in chosen.items() if v})}" if following else "",
            "previous_url": "",
        },
    }
    return access.page(request, "stations", congress, context)


@access.public
@access.of_congress
def sittings(request: HttpRequest, congress: Congress) -> HttpResponse:
    """When deputies are to be met in the coming month: found by street, after working hours apart, away from the stations apart (A12)."""
    choice = coming.Choice(request.GET)
    days, pager = choice.page()
    context = {
        "choice": choice, "days": days, "pager": pager, "tabs": choice.kinds(),
        "streets": [(one, one.pk == choice.street) for one, _count in network.by_street()],
        "of": choice.station.name if choice.station else choice.deputy.named if choice.deputy else "",
    }  # fmt: skip
    return access.page(request, "station_sittings", congress, context)


@access.public
@access.of_congress
def station_map(request: HttpRequest, congress: Congress) -> HttpResponse:
    """The stations on a map drawn here; the tiles of a service lie under it only where the congress has chosen one."""
    return mapped(request, congress, "station_map")


def mapped(request: HttpRequest, congress: Congress, template: str) -> HttpResponse:
    """A page with a map, which may show tiles of the service that the congress has chosen."""
    tiles = str(book_for(congress).option("option.map_tiles") or "")
    response = access.page(request, template, congress, {"tiles": tiles})
    if tiles:
        where = urlsplit(tiles)
        host = f"{where.scheme}://{where.netloc.replace('{s}', '*')}"
        response._csp_update = {"img-src": [host]}  # type: ignore[attr-defined]
    return response


@access.public
@access.of_congress
def points(request: HttpRequest, congress: Congress) -> HttpResponse:
    """The points of the map."""
    return HttpResponse(msgspec.json.encode(network.points()), content_type=GEOJSON)


@access.public
@access.of_congress
def boundaries(request: HttpRequest, congress: Congress) -> HttpResponse:
    """The lines of the map."""
    return HttpResponse(msgspec.json.encode(network.boundaries(congress)), content_type=GEOJSON)


@access.public
@access.of_congress
def station(request: HttpRequest, congress: Congress, code: str) -> HttpResponse:
    """One station; of one that closed, when and where to go instead."""
    row = network.open_station(code)
    if row is None:
        raise Http404
    here = reverse("portal:station", args=[congress.division_code, codes.code_of(row.pk)])
    if request.path != here:
        return HttpResponseRedirect(here)
    if not row.holds():
        return _closed(request, congress, row)
    days = reception.coming(row)
    context = {
        "station": row,
        "kind": KIND_LABELS.get(row.kind, row.kind),
        "site": SITE_LABELS.get(row.site, ""),
        "members": [
            {"mandate": one.mandate, "role": ROLE_LABELS[one.role] if one.role == "head" else "", "url": _deputy(congress, one.mandate),
             "level": level_words(one.mandate.level or congress.level)}
            for one in network_of.members(row)
        ],
        **coming.first_few(congress, days, station=codes.code_of(row.pk)),
        "on_duty": [
            {"sitting": sitting, "deputies": [(one, _deputy(congress, one)) for one in sitting.deputies]}
            for sitting in days
            if sitting.deputies and sitting.now()
        ],
        "reach": list(network_of.reach(row)) if row.hub else [],
        "grids": network.served(Grid.objects.on().filter(station=row)),
        "calendar": reverse("portal:station-calendar", args=[congress.division_code, codes.code_of(row.pk)]),
        "say": network.say_address(congress, request.GET.get("from", ""), station=row),
        **_drawing(congress, Code.objects.filter(station=row, revoked_at__isnull=True).order_by("-issued_at").first()),
    }  # fmt: skip
    return access.page(request, "station", congress, context)


def _deputy(congress: Congress, mandate: Any) -> str:
    return reverse("portal:deputy", args=[congress.division_code, codes.code_of(mandate.pk)])


def _drawing(congress: Congress, code: Code | None) -> dict[str, Any]:
    """The code as it stands on paper, for a neighbour's telephone."""
    if code is None:
        return {}
    address = settings.OPENRENDA_ADDRESS.rstrip("/") + reverse("portal:scan", args=[congress.division_code, code.token])
    return {"drawing": segno.make(address, error="q").svg_data_uri(scale=4, border=2), "scan_address": address}


def _closed(request: HttpRequest, congress: Congress, row: Station) -> HttpResponse:
    scan = paper_codes.Scan(paper_codes.CLOSED, None, network_of.successor_of(row))
    return told(request, congress, scan, name=row.name)


@access.public
@access.of_congress
def calendar(request: HttpRequest, congress: Congress, code: str) -> HttpResponse:
    """The reception days of the coming three months, to subscribe to."""
    row = network.open_station(code)
    if row is None or not row.holds():
        raise Http404
    page = settings.OPENRENDA_ADDRESS.rstrip("/") + reverse(
        "portal:station", args=[congress.division_code, codes.code_of(row.pk)]
    )
    with chinese():
        events = [_event(one, page) for one in reception.coming(row, days=CALENDAR_DAYS)]
        name = _("%(name)s接待日") % {"name": row.name}
    # The stamp is that of the day, so that an unchanged calendar has an unchanged ETag.
    made = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return HttpResponse(calendar_text(name, events, made_at=made), content_type=CALENDAR)


def _event(one: reception.Sitting, page: str) -> Event:
    hours, who = one.hours, _("、").join(mandate.named for mandate in one.deputies)
    return Event(
        key=f"{hours.pk}-{one.day:%Y%m%d}@openrenda", day=one.day, begins=hours.begins, ends=hours.ends,
        title=_("%(name)s代表接待") % {"name": hours.station.name}, place=hours.place or hours.station.address,
        words="\n".join(filter(None, (hours.topic, who))), url=page,
    )  # fmt: skip


@access.public
@access.of_congress
def grid(request: HttpRequest, congress: Congress, code: str) -> HttpResponse:
    """A grid with its governor and its deputies, their levels and roles (A19 (4))."""
    row = network.open_grid(code)
    if row is None:
        raise Http404
    people = [{**one, "url": _deputy(congress, one["mandate"])} for one in network.deputies_of(row)]
    found = row.station if row.station and row.station.holds() else None
    context = {
        "grid": row,
        "people": people,
        "station": network.line(congress, found) if found else None,
        "say": network.say_address(congress, request.GET.get("from", ""), code=paper_codes.live_code(row)),
    }
    return access.page(request, "grid", congress, context)


@require_safe
@access.of_congress
def scan(request: HttpRequest, congress: Congress, token: str) -> HttpResponse:
    """Where the code on a paper leads: a door plate's to the question itself. The way on keeps which code it was, so that what is said there is known to come from it."""
    found = paper_codes.scanned(token)
    response = (
        _way_on(congress, found.code)
        if found.state == paper_codes.LIVE and found.code
        else told(request, congress, found)
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _way_on(congress: Congress, code: Code) -> HttpResponse:
    if code.door_plate:
        return HttpResponseRedirect(network.say_address(congress, code.token))
    names = (("station", "portal:station"), ("mandate", "portal:deputy"), ("grid", "portal:grid"))
    address = reverse("portal:stations", args=[congress.division_code])
    for field, name in names:
        row_id = getattr(code, f"{field}_id")
        if row_id:
            address = reverse(name, args=[congress.division_code, codes.code_of(row_id)])
    return HttpResponseRedirect(f"{address}?{urlencode({'from': code.token})}")


def told(request: HttpRequest, congress: Congress, scan: paper_codes.Scan, name: str = "") -> HttpResponse:
    """What became of it, kindly, and where to go instead."""
    code = scan.code
    if code is not None:
        target = code.station or code.grid
        name = code.mandate.person.name if code.mandate else target.name if target else code.door_plate
    sentences = {
        paper_codes.UNKNOWN: _("这个编码不是本级人大发放的，或者抄错了字。请核对，谨防假冒的二维码。"),
        paper_codes.REVOKED: _("“%(name)s”的这张码已经停用。") % {"name": name},
        paper_codes.LEFT: _("%(name)s已经不再担任代表。") % {"name": name},
        paper_codes.CLOSED: _("“%(name)s”已经关闭。") % {"name": name},
    }
    open_one = scan.station if scan.station and scan.station.holds() else None
    context = {
        "sentence": sentences[scan.state],
        "station": network.line(congress, open_one) if open_one else None,
        "say": network.say_address(congress, "", station=open_one) if open_one else "",
        "days": reception.coming(open_one)[:3] if open_one else [],
    }
    return access.page(
        request, "scan", congress, context, status=NOT_FOUND if scan.state == paper_codes.UNKNOWN else GONE
    )
