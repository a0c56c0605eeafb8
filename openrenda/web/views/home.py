"""The home page: my move first, then what is late and whose move it is; for deputies also what is new and what is coming."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from openrenda.docket.reading import openings

from .. import lateness, waiting
from ..access import DEPUTY_SEATS, Request, seated, to_sign_in
from ..drafts import unfinished
from ..hall import showing
from ..hall.voting.waiting import open_votes
from ..labels import label_of
from ..navigation import MAIN_PROCEDURE
from ..news import coming, news

SHOWN_ON_HOME = 12
LONGEST_LIST = 400


@never_cache
@require_safe
def home(request: Request) -> HttpResponse:
    """The home page of the seat; the portal, or sign-in, for everybody else."""
    if getattr(request, "actor", None) is None:
        return _outside(request)
    if request.actor.seat in DEPUTY_SEATS:
        return _deputy(request)
    return _staff(request)


def _outside(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return to_sign_in(request)
    try:
        return HttpResponseRedirect(reverse("portal:home"))
    except NoReverseMatch:
        return to_sign_in(request)


def _staff(request: Request) -> HttpResponse:
    context = {
        "groups": waiting.groups(request.actor),
        "late": lateness.by_holder(request.actor, limit=SHOWN_ON_HOME),
        "openings": _openings(request),
        "unfinished": unfinished(request.actor),
    }
    return render(request, "web/home_staff.html", context)


def _deputy(request: Request) -> HttpResponse:
    context = {
        "groups": waiting.groups(request.actor),
        "invitations": waiting.invitations(request.actor),
        "openings": _openings(request),
        "unfinished": unfinished(request.actor),
        "news": news(request.actor),
        "coming": coming(request.actor),
        "votes": open_votes(request.actor),
        "sittings": showing.coming(request.actor) if request.actor.seat == "deputy" else [],
    }
    return render(request, "web/home_deputy.html", context)


def _openings(request: Request) -> list[dict[str, str]]:
    return [
        {"label": label_of(step), "url": reverse("web:new", args=[procedure, step.key])}
        for procedure, step in sorted(openings(request.actor), key=lambda row: row[0] != MAIN_PROCEDURE)
    ]


@seated
@require_safe
def late(request: Request) -> HttpResponse:
    """What is late or soon due, grouped by whose move it is, with the days overdue; ``within`` looks days ahead."""
    text = request.GET.get("within", "0")
    within = min(int(text), 90) if text.isdecimal() and len(text) < 4 else 0
    context = {
        "late": lateness.by_holder(request.actor, limit=LONGEST_LIST, within=within),
        "within": within,
        "limit": LONGEST_LIST,
        "tabs": [
            {"label": label, "url": f"?within={number}", "current": number == within, "count": None}
            for number, label in lateness.HORIZONS
        ],
    }
    return render(request, "web/late.html", context)
