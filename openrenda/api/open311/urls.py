"""The addresses of the specification, each in XML and JSON."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, register_converter
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from openrenda.docket.actor import Actor
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.people.models import Congress
from openrenda.tenancy import congress_scope

from ..models import ACT, READ
from ..tokens import Bearer, bearer_of
from . import formats, requests, services

View = Callable[..., HttpResponse]
CHANGESET = "2026-11-30T00:00:00+08:00"


def of_jurisdiction(view: View) -> View:
    """Give the view the spelling, whoever holds the key, and the congress of ``jurisdiction_id`` in context."""

    @wraps(view)
    def placed(request: HttpRequest, spelling: str, **names: Any) -> HttpResponse:
        asked = request.POST.get("jurisdiction_id") or request.GET.get("jurisdiction_id", "")
        key = request.POST.get("api_key") or request.GET.get("api_key", "")
        bearer = bearer_of(key) if key else None
        congress = _congress(asked[:40], bearer)
        if congress is None:
            return formats.errors(
                spelling, 404 if asked else 400, [_("请用 jurisdiction_id 给出本级人大的行政区划代码。")]
            )
        if key and (bearer is None or bearer.congress != congress.pk):
            return formats.errors(spelling, 403, [_("api_key 无效、已经失效，或者不是这一级人大的。")])
        with congress_scope(congress):
            answer = view(request, spelling, bearer, **names)
        answer.headers["Cache-Control"] = "private, no-store" if bearer else "public, max-age=60"
        answer.headers["Access-Control-Allow-Origin"] = "*"
        return answer

    return csrf_exempt(placed)


def _congress(asked: str, bearer: Bearer | None) -> Congress | None:
    """The congress that is named; the one of the key, or the only one there is, when none is."""
    if asked:
        return Congress.objects.filter(division_code=asked).first()
    if bearer is not None:
        return Congress.objects.filter(pk=bearer.congress).first()
    found = list(Congress.objects.all()[:2])
    return found[0] if len(found) == 1 else None


def reader(bearer: Bearer | None) -> Actor | None:
    """Whoever reads with a key that may read."""
    return bearer.actor if bearer is not None and READ in bearer.scopes else None


@require_safe
def discovery(request: HttpRequest, spelling: str) -> HttpResponse:
    """Where the interface is and which spellings it has (Open311 service discovery)."""
    endpoint = {
        "specification": "http://wiki.open311.org/GeoReport_v2", "url": request.build_absolute_uri("/open311/v2"),
        "changeset": CHANGESET, "type": "production", "formats": [formats.XML.split(";")[0], "application/json"],
    }  # fmt: skip
    return formats.single(
        spelling, "discovery", {"changeset": CHANGESET, "contact": "", "key_service": "", "endpoints": [endpoint]}
    )


@require_safe
@of_jurisdiction
def service_list(request: HttpRequest, spelling: str, bearer: Bearer | None) -> HttpResponse:
    """``GET services``."""
    return formats.listed(spelling, "services", "service", services.every())


@require_safe
@of_jurisdiction
def service_definition(request: HttpRequest, spelling: str, bearer: Bearer | None, code: str) -> HttpResponse:
    """``GET services/[service_code]``."""
    found = services.definition(code)
    if found is None:
        return formats.errors(spelling, 404, [_("没有这个 service_code。")])
    return formats.single(spelling, "service_definition", found)


@require_http_methods(["GET", "HEAD", "POST"])
@of_jurisdiction
def request_list(request: HttpRequest, spelling: str, bearer: Bearer | None) -> HttpResponse:
    """``GET requests`` and ``POST requests``."""
    if request.method == "POST":
        return _hand_in(request, spelling, bearer)
    form = requests.ListForm(request.GET)
    if not form.is_valid():
        return formats.errors(spelling, 400, _sentences(form))
    return formats.listed(spelling, "service_requests", "request", requests.chosen(form, reader(bearer)))


def _hand_in(request: HttpRequest, spelling: str, bearer: Bearer | None) -> HttpResponse:
    if bearer is None or ACT not in bearer.scopes:
        return formats.errors(spelling, 403, [_("提交须有 api_key，且令牌有办理权限。")])
    form = requests.RequestForm(request.POST)
    if not form.is_valid():
        unknown = any(error.code == "unknown" for found in form.errors.as_data().values() for error in found)
        return formats.errors(spelling, 404 if unknown else 400, _sentences(form))
    try:
        made = requests.hand_in(request, form, bearer.actor)
    except requests.NotTaken as refusal:
        return formats.errors(spelling, 400, [str(refusal)])
    except Incomplete as refusal:
        return formats.errors(spelling, 400, [str(said) for found in refusal.form.errors.values() for said in found])
    except Refused as refusal:
        return formats.errors(spelling, 403, refusal.reasons)
    return formats.listed(spelling, "service_requests", "request", [requests.receipt(made)], 201)


@require_safe
@of_jurisdiction
def request_one(request: HttpRequest, spelling: str, bearer: Bearer | None, request_id: str) -> HttpResponse:
    """``GET requests/[service_request_id]``."""
    found = requests.one(request_id, reader(bearer))
    if not found:
        return formats.errors(spelling, 404, [_("没有这件请求，或者没有公开。")])
    return formats.listed(spelling, "service_requests", "request", found)


@require_safe
@of_jurisdiction
def token(request: HttpRequest, spelling: str, bearer: Bearer | None, ticket: str) -> HttpResponse:
    """``GET tokens/[token_id]``: the id of the request whose query number the token is."""
    found = requests.id_for_ticket(ticket)
    if found is None:
        return formats.errors(spelling, 404, [_("没有这个查询号。")])
    return formats.listed(spelling, "service_requests", "request", [{"service_request_id": found, "token": ticket}])


def _sentences(form: Any) -> list[str]:
    return [
        f"{name}：{said}" if name != "__all__" else str(said) for name, found in form.errors.items() for said in found
    ]


class Spelling:
    """The end of an address that says how its answer is written."""

    regex = "json|xml"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(Spelling, "spelling")
urlpatterns = [
    path("open311/discovery.<spelling:spelling>", discovery, name="open311-discovery"),
    path("open311/v2/services.<spelling:spelling>", service_list, name="open311-services"),
    path("open311/v2/services/<str:code>.<spelling:spelling>", service_definition, name="open311-service"),
    path("open311/v2/requests.<spelling:spelling>", request_list, name="open311-requests"),
    path("open311/v2/requests/<str:request_id>.<spelling:spelling>", request_one, name="open311-request"),
    path("open311/v2/tokens/<str:ticket>.<spelling:spelling>", token, name="open311-token"),
]
