"""The addresses of the API and of its description."""

from __future__ import annotations

from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from . import administration
from .answers import JSON, encoded
from .open311 import urls as open311
from .service import api


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """The API in OpenAPI 3.1, for everybody: it tells of no matter and no person."""
    return HttpResponse(_description(), content_type=JSON)


@lru_cache(maxsize=1)
def _description() -> bytes:
    return encoded(api.get_openapi_schema())


urlpatterns = [
    path("administration/tokens/", administration.manage, name="api-tokens"),
    path("administration/tokens/<uuid:token_id>/", administration.take_back, name="api-token-take-back"),
    path("api/v1/openapi.json", description, name="api-description"),
    path("api/v1/", api.urls),
    *open311.urlpatterns,
]
