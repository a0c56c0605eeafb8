"""The live studio: what is to come and what was, asking beforehand, and what became of a question (A13)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from openrenda import tickets
from openrenda.activities.record import Activity
from openrenda.people.models import Congress

from .. import access, broadcasts, codes, listing, receiving
from ..receiving import personal

SHOWN = 50


def _one(code: str) -> Activity:
    row = broadcasts.one_of(code, timezone.localdate())
    if row is None:
        raise Http404
    return row


@access.public
@access.of_congress
def broadcasts_list(request: HttpRequest, congress: Congress) -> HttpResponse:
    """All of them, the newest first."""
    found, pager = listing.newest(broadcasts.published(timezone.localdate()), "held_on", SHOWN, request.GET)
    rows = [{"row": row, "code": codes.code_of(row.matter_id), "state": row.matter.state_now.words} for row in found]
    return access.page(request, "broadcasts", congress, {"rows": rows, "pager": pager})


@access.public
@access.of_congress
def broadcast(request: HttpRequest, congress: Congress, code: str) -> HttpResponse:
    """One of them: day, street, deputies, topic, and the questions with their answers."""
    row = _one(code)
    here = reverse("portal:broadcast", args=[congress.division_code, codes.code_of(row.matter_id)])
    if request.path != here:
        return HttpResponseRedirect(here)
    return access.page(request, "broadcast", congress, broadcasts.page(row))


def _draft(congress: Congress, row: Any) -> str:
    return f"{congress.division_code}:{codes.code_of(row)}"


@personal
@require_http_methods(["GET", "POST"])
@access.of_congress
def ask(request: HttpRequest, congress: Congress, code: str) -> HttpResponse:
    """A question beforehand."""
    row = _one(code)
    if row.matter.state != "arranged":
        return HttpResponseRedirect(reverse("portal:broadcast", args=[congress.division_code, code]))
    intake = receiving.Intake(
        procedure=broadcasts.QUESTION, template="broadcast_ask", form=broadcasts.QuestionForm,
        opens=lambda form, sent: broadcasts.ask(row, form, sent),
        address=lambda matter: reverse("portal:broadcast-mine", args=[congress.division_code, tickets.link_of(matter)]) + "?sent=1",
        context={"row": row, "code": code, "draft": _draft(congress, row.matter_id)},
    )  # fmt: skip
    return intake.receive(request, congress)


def _page(
    request: HttpRequest, congress: Congress, own: receiving.Own, *, link: str = "", form: Any = None, status: int = 200
) -> HttpResponse:
    record, at = own.record, [congress.division_code, link]
    context: dict[str, Any] = {
        "own": own.own, "record": record, "state": own.matter.state_now.words, "acts": receiving.told(own.matter.acts.all(), broadcasts.TOLD),
        "number": own.number, "sent": request.GET.get("sent") == "1", "draft": _draft(congress, record.broadcast_id),
        "code": codes.code_of(record.broadcast_id), "opinion": broadcasts.matter_of(congress, own.matter.pk) if link else "",
        "actions": {step: reverse("portal:broadcast-mine-step", args=[*at, step]) for step in own.live} if link else {},
    }  # fmt: skip
    return access.page(request, "broadcast_mine", congress, context, status=status)


by_number, mine, step_of_mine = receiving.returning(broadcasts.own, "portal:broadcast-mine", _page)
