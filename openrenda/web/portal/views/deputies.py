"""The public register of deputies: what the law lets everyone know about them, in the order of strokes (LST-01, SEC-04)."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from openrenda.people.codes import LEFT, Scan, live_code
from openrenda.people.models import Congress, Mandate, Person, Station
from openrenda.people.models.mandate import level_words
from openrenda.people.models.person import SEX_LABELS
from openrenda.people.rosters import term_on
from openrenda.people.stations import last_station, stations_of

from .. import access, codes, coming, network
from .stations import told

ROWS = 50
LONGEST_NAME = 50


@access.public
@access.of_congress
def deputies(request: HttpRequest, congress: Congress) -> HttpResponse:
    """Name, sex, ethnic group, post, district and delegation of those who hold a mandate today. Nothing else is read."""
    today = timezone.localdate()
    words = request.GET.get("q", "")[:LONGEST_NAME].replace("\x00", "").strip()
    rows = Mandate.objects.on(today).select_related("person", "district", "delegation")
    rows = rows.order_by("person__stroke_key", "pk").defer("person__phone")
    if words:
        rows = rows.filter(person__in=Person.objects.found_by(words).order_by().values("pk"))
    after = codes.id_of(request.GET.get("after", ""))
    found = list(_after(rows, after)[: ROWS + 1])
    more = len(found) > ROWS
    following = {"q": words, "after": codes.code_of(found[ROWS - 1].pk)} if more else {}
    context = {
        "rows": [
            {"mandate": row, "sex": SEX_LABELS.get(row.person.sex, ""), "code": codes.code_of(row.pk)}
            for row in found[:ROWS]
        ],
        "words": words,
        "term": term_on(today),
        "today": today,
        "pager": {"next_url": f"?{urlencode(following)}" if following else "", "previous_url": "?" if after else ""},
    }
    return access.page(request, "deputies", congress, context)


@access.public
@access.of_congress
def deputy(request: HttpRequest, congress: Congress, code: str) -> HttpResponse:
    """One deputy: what the register shows, and where and when residents find her. Of one who left, where to go instead (A08)."""
    row = network.open_mandate(code)
    if row is None:
        raise Http404
    here = reverse("portal:deputy", args=[congress.division_code, codes.code_of(row.pk)])
    if request.path != here:
        return HttpResponseRedirect(here)
    if not row.holds():
        return told(request, congress, Scan(LEFT, None, last_station(row)), name=row.person.name)
    seated = list(stations_of(row).filter(pk__in=Station.objects.on().values("pk")))
    context = {
        "mandate": row,
        "level": level_words(row.level),
        "code": codes.code_of(row.pk),
        "sex": SEX_LABELS.get(row.person.sex, ""),
        "stations": [network.line(congress, station) for station in seated],
        **coming.first_few(congress, coming.of_deputy(row), deputy=codes.code_of(row.pk)),
        "say": network.say_address(congress, request.GET.get("from", ""), code=live_code(row)),
    }
    return access.page(request, "deputy", congress, context)


def _after(rows: QuerySet[Mandate], row_id: UUID | None) -> QuerySet[Mandate]:
    """The rows behind the one named in the address; from the first when it names none."""
    last = Mandate.objects.select_related("person").filter(pk=row_id).first() if row_id else None
    if last is None:
        return rows
    key = last.person.stroke_key
    return rows.filter(Q(person__stroke_key__gt=key) | Q(person__stroke_key=key, pk__gt=last.pk))
