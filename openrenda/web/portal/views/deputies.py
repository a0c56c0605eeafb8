"""The public register of deputies: what the law lets everyone know about them, in the order of strokes (LST-01, SEC-04)."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from openrenda.people.models import Congress, Mandate, Person
from openrenda.people.models.person import SEX_LABELS
from openrenda.people.rosters import term_on

from .. import access, codes

ROWS = 200
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
        "rows": [{"mandate": row, "sex": SEX_LABELS.get(row.person.sex, "")} for row in found[:ROWS]],
        "words": words,
        "term": term_on(today),
        "today": today,
        "pager": {"next_url": f"?{urlencode(following)}" if following else "", "previous_url": "?" if after else ""},
    }
    return access.page(request, "deputies", congress, context)


def _after(rows: QuerySet[Mandate], row_id: UUID | None) -> QuerySet[Mandate]:
    """The rows behind the one named in the address; from the first when it names none."""
    last = Mandate.objects.select_related("person").filter(pk=row_id).first() if row_id else None
    if last is None:
        return rows
    key = last.person.stroke_key
    return rows.filter(Q(person__stroke_key__gt=key) | Q(person__stroke_key=key, pk__gt=last.pk))
