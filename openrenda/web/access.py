"""Who is asking, as whom she acts, and which matter she may look at. Every page of this room begins here."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache

from openrenda.docket import registry
from openrenda.docket.actor import Actor
from openrenda.docket.language import BUILT_IN_STEPS, Procedure, Step, UnknownStep
from openrenda.docket.models import Matter
from openrenda.docket.reading import visible_to
from openrenda.docket.situation import Situation
from openrenda.people.guards import NOT_SAVED, UNAUTHORIZED, asked_by_the_page
from openrenda.people.models import Congress, Seat
from openrenda.people.offices import GUEST_DEPUTY
from openrenda.prepared import Prepared

from . import agents

View = Callable[..., HttpResponseBase]
DEPUTY_SEATS = ("deputy", "delegation_head", GUEST_DEPUTY)
MATTER: Prepared[Matter] = Prepared(
    lambda matter: Matter.objects.select_related("parent").filter(pk=matter), matter=uuid4()
)


class Request(HttpRequest):
    """A request of somebody who sits in a seat, as the seat middleware leaves it."""

    actor: Actor
    seat: Seat
    congress: Congress


def seated(view: View) -> View:
    """Only for somebody in a seat; others are sent to sign in, and back here afterwards."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if getattr(request, "actor", None) is None:
            return to_sign_in(request)
        return view(request, *args, **kwargs)

    return never_cache(guarded)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """The way to a seat: sign in first, or choose a seat when already signed in; then back to the page, not to where it posted.

    What a page asks for by itself while somebody writes never moves her away: the page says that she must sign in again.
    """
    if asked_by_the_page(request):
        return HttpResponse(status=UNAUTHORIZED)
    goal = request.get_full_path()
    if request.method not in ("GET", "HEAD"):
        messages.warning(request, NOT_SAVED)
        goal = request.headers.get("Referer") or goal
    name = "people:seats" if request.user.is_authenticated else "people:sign-in"
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode({'next': goal})}")


def acting(request: Request) -> Actor:
    """The person as she acts now: for herself, or for a deputy whose paper she enters."""
    return agents.principal_of(request) or request.actor


def account_of(actor: Actor) -> UUID:
    """The account of somebody in a seat; only time and kin act without one, and they open no pages."""
    assert actor.account is not None
    return actor.account


def matter_of(matter_id: UUID) -> Matter:
    """The matter with its parent, in one query.

    :raises Http404: when the congress has no such matter.
    """
    matter = MATTER.first(matter=matter_id)
    if matter is None:
        raise Http404
    return matter


def situation_of(request: Request, matter_id: UUID) -> Situation:
    """The matter as this person faces it. An agent who does not see it for the deputy sees it as herself.

    :raises Http404: when she may not look at it, or there is none.
    """
    matter = matter_of(matter_id)
    for actor in dict.fromkeys((acting(request), request.actor)):
        situation = Situation(matter, actor)
        if visible_to(situation):
            return situation
    raise Http404


def table_of(procedure: str) -> Procedure:
    """The procedure with that key.

    :raises Http404: when this installation has none.
    """
    try:
        return registry.procedure(procedure)
    except KeyError:
        raise Http404 from None


def step_of(table: Procedure, key: str) -> Step:
    """The step of the table that people take on a page.

    :raises Http404: when there is none; the built-in steps have places of their own.
    """
    if key in BUILT_IN_STEPS:
        raise Http404
    try:
        return table.step(key)
    except UnknownStep:
        raise Http404 from None
