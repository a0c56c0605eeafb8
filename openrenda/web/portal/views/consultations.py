"""Consultations: what is open for comment, having one's say without an account, and what came of it (C02, C03)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from openrenda import tickets
from openrenda.docket.models import File
from openrenda.people.models import Congress
from openrenda.procedures import consulting
from openrenda.procedures.consultation.records import PublicConsultation
from openrenda.web import filing

from .. import access, codes, consultations, listing, receiving, saying
from ..receiving import personal

SHOWN = 50


def _one(code: str) -> PublicConsultation:
    row = consultations.one_of(code, timezone.localdate())
    if row is None:
        raise Http404
    return row


@access.public
@access.of_congress
def consultations_list(request: HttpRequest, congress: Congress) -> HttpResponse:
    """What is open for comment, and what was."""
    today = timezone.localdate()
    found, pager = listing.newest(consultations.published(today), "closes_on", SHOWN, request.GET)
    rows = [
        {"row": row, "code": codes.code_of(row.matter_id), "standing": consultations.standing(row, today)}
        for row in found
    ]
    return access.page(request, "consultations", congress, {"rows": rows, "pager": pager})


@access.public
@access.of_congress
def consultation(request: HttpRequest, congress: Congress, code: str) -> HttpResponse:
    """One of them: the text, the ways, and the numbers by outcome; nobody's name and nobody's words."""
    row = _one(code)
    here = reverse("portal:consultation", args=[congress.division_code, codes.code_of(row.matter_id)])
    if request.path != here:
        return HttpResponseRedirect(here)
    context = {
        "row": row, "record": row, "numbers": row.numbers, "papers": row.papers, "takes": consultations.takes(row),
        "standing": consultations.standing(row, timezone.localdate()), "code": codes.code_of(row.matter_id),
    }  # fmt: skip
    return access.page(request, "consultation", congress, context)


@require_safe
@access.of_congress
def paper(request: HttpRequest, congress: Congress, code: str, file_id: UUID) -> HttpResponseBase:
    """A document that goes with the text."""
    row = File.objects.filter(pk=file_id, matter_id=_one(code).matter_id).first()
    if row is None:
        raise Http404
    return filing.sent(row)


@personal
@require_http_methods(["GET", "POST"])
@access.of_congress
def say(request: HttpRequest, congress: Congress, code: str) -> HttpResponse:
    """Having one's say."""
    row = _one(code)
    if not consultations.takes(row):
        return HttpResponseRedirect(reverse("portal:consultation", args=[congress.division_code, code]))
    late = not row.open_on(timezone.localdate())
    intake = receiving.Intake(
        procedure=consulting.OPINION, template="consultation_say", form=saying.NamedForm,
        opens=lambda form, sent: consultations.give(row, form, sent),
        address=lambda matter: reverse("portal:consultation-mine", args=[congress.division_code, tickets.link_of(matter)]) + "?sent=1",
        context={"row": row, "code": code, "late": late, "draft": _draft(congress, row)},
    )  # fmt: skip
    return intake.receive(request, congress)


def _draft(congress: Congress, row: PublicConsultation) -> str:
    return f"{congress.division_code}:{codes.code_of(row.matter_id)}"


def _page(
    request: HttpRequest, congress: Congress, own: receiving.Own, *, link: str = "", form: Any = None, status: int = 200
) -> HttpResponse:
    call = own.record.consultation.public_consultation.get()
    at = [congress.division_code, link]
    context: dict[str, Any] = {
        "own": own.own, "record": own.record, "state": own.matter.state_now.words, "acts": receiving.told(own.matter.acts.all(), consultations.TOLD),
        "number": own.number, "live": own.live, "sent": request.GET.get("sent") == "1", "draft": _draft(congress, call),
        "code": codes.code_of(own.record.consultation_id),
        "actions": {step: reverse("portal:consultation-mine-step", args=[*at, step]) for step in own.live} if link else {},
    }  # fmt: skip
    return access.page(request, "consultation_mine", congress, context, status=status)


by_number, mine, step_of_mine = receiving.returning(consultations.own, "portal:consultation-mine", _page)
