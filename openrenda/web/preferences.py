"""How one reader wants pages to look: large text, language, columns. Kept in cookies of her own browser.

Add `"openrenda.web.preferences.preferences"` to the template context processors and the view below as `/preferences/`.
"""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

COOKIE_DAYS = 400
TABLE_KEY = re.compile(r"[a-z][a-z0-9_-]{0,39}")
COLUMN_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


def preferences(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `large_text` (bool)."""
    return {"large_text": request.COOKIES.get("text") == "large"}


def hidden_columns(request: HttpRequest, table: str) -> frozenset[str]:
    """Keys of the columns this reader hides in the named table. Unknown keys are the caller's to ignore."""
    kept = request.COOKIES.get(f"columns_{table}", "")
    return frozenset(key for key in kept.split(".") if COLUMN_KEY.fullmatch(key))


# Without a token on purpose: public pages stay the same for everyone and can be cached, and the worst a foreign page can
# do is to change the size of the letters.
@csrf_exempt
@require_POST
def set_preferences(request: HttpRequest) -> HttpResponse:
    """Keep what the form names (`text`, `language`, or `table` with `column`) and return to `next`."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = HttpResponseRedirect(target)
    for name, value in _chosen(request).items():
        response.set_cookie(name, value, max_age=COOKIE_DAYS * 86400, samesite="Lax", secure=request.is_secure())
    return response


def _chosen(request: HttpRequest) -> dict[str, str]:
    """Cookie names and values for the valid choices in the form."""
    chosen = {}
    if request.POST.get("text") in ("large", "normal"):
        chosen["text"] = request.POST["text"]
    if request.POST.get("language") in dict(settings.LANGUAGES):
        chosen[settings.LANGUAGE_COOKIE_NAME] = request.POST["language"]
    table = request.POST.get("table", "")
    if TABLE_KEY.fullmatch(table):
        every, shown = request.POST.getlist("every"), set(request.POST.getlist("column"))
        chosen[f"columns_{table}"] = ".".join(key for key in every if COLUMN_KEY.fullmatch(key) and key not in shown)
    return chosen
