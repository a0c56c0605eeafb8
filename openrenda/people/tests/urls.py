"""The room's addresses and one page that says in which seat a request acts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import include, path

from openrenda.people.models import Organ


def who(request: HttpRequest) -> JsonResponse:
    actor: Any = request.actor  # type: ignore[attr-defined]
    if actor is None:
        return JsonResponse({"seat": None, "signed_in": request.user.is_authenticated})
    name = request.user.name  # type: ignore[union-attr]
    return JsonResponse({"seat": actor.seat, "name": name, "fresh": actor.fresh})


def organs(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"organs": [organ.name for organ in Organ.objects.all()]})


urlpatterns = [path("who/", who), path("organs/", organs), path("", include("openrenda.urls"))]
