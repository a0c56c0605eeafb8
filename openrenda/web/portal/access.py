"""The frame of a public page: which congress, what the frame links to, and how long a copy may be kept on the way."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from openrenda.people.models import Congress
from openrenda.prepared import Prepared
from openrenda.rulebook import book_for
from openrenda.tenancy import congress_scope

KEPT_SECONDS = 60
# Public pages ask the browser for nothing: no camera, no place, no microphone.
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
View = Callable[..., HttpResponse]
CONGRESS: Prepared[Congress] = Prepared(
    lambda division: Congress.objects.filter(division_code=division), division="a division"
)
Answer = TypeVar("Answer", bound=HttpResponseBase)


def congress_at(division: str) -> Congress:
    """The congress with that division code.

    :raises Http404: when this installation has none.
    """
    congress = CONGRESS.first(division=division)
    if congress is None:
        raise Http404
    return congress


def of_congress(view: Callable[..., Answer]) -> Callable[..., Answer]:
    """Give the view the congress of the address, in context."""

    @wraps(view)
    def placed(request: HttpRequest, division: str, *args: Any, **kwargs: Any) -> Answer:
        congress = congress_at(division)
        with congress_scope(congress):
            return view(request, congress, *args, **kwargs)

    return placed


def public(view: View) -> View:
    """A page that is the same for everyone: read only, compressed, and kept by browsers and proxies for a minute."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if getattr(request, "actor", None) is None:
            patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
        else:
            patch_cache_control(response, private=True, no_store=True)
        # Large letters and the language are kept in cookies of the reader's own.
        patch_vary_headers(response, ("Cookie", "Accept-Language"))
        response.headers["Permissions-Policy"] = PERMISSIONS
        return response

    return require_safe(gzip_page(conditional_page(shown)))


def frame(request: HttpRequest, congress: Congress | None) -> dict[str, Any]:
    """What the frame of a public page needs. No query."""
    where = f"?{urlencode({'page': request.path})}"
    links = {
        "procedures": reverse("portal:procedures-anywhere"),
        "accessibility": reverse("portal:accessibility"),
        "privacy": reverse("portal:privacy"),
        "principles": reverse("portal:principles"),
        "sign_in": "/sign-in/",
        "preferences": "/preferences/",
        "complaint": reverse("portal:feedback-anywhere") + where,
        "home": reverse("portal:home"),
        "suggestions": reverse("portal:home"),
        "search": reverse("portal:home"),
    }
    if congress is None:
        return {"links": links, "navigation": [_item(request, _("程序"), links["procedures"])], "congress": None}
    at = [congress.division_code]
    links |= {
        "home": reverse("portal:congress", args=at),
        "suggestions": reverse("portal:suggestions", args=at),
        "search": reverse("portal:suggestions", args=at),
        "procedures": reverse("portal:procedures", args=at),
        "complaint": reverse("portal:feedback", args=at) + where,
        "principles": reverse("portal:principles-here", args=at),
    }
    navigation = [
        _item(request, _("我要反映"), reverse("portal:say", args=at)),
        _item(request, _("建议公开"), links["suggestions"]),
        _item(request, _("承诺公开"), reverse("portal:promises", args=at)),
        _item(request, _("民生实事"), reverse("portal:livelihood", args=at)),
        _item(request, _("代表名册"), reverse("portal:deputies", args=at)),
        _item(request, _("代表家站"), reverse("portal:stations", args=at)),
        _item(request, _("程序"), links["procedures"]),
    ]
    notice = book_for(congress).option("option.page_notice")
    return {
        "congress": congress, "links": links, "navigation": navigation, "strapline": _strapline(congress), "page_notice": notice,
    }  # fmt: skip


def _item(request: HttpRequest, label: str, url: str) -> dict[str, Any]:
    return {"label": label, "url": url, "current": request.path.startswith(url)}


def _strapline(congress: Congress) -> str:
    return _("虚构的演示数据") if congress.fictional else ""


def page(
    request: HttpRequest, template: str, congress: Congress | None, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Show a public page."""
    return render(request, f"portal/{template}.html", {**frame(request, congress), **context}, status=status)
