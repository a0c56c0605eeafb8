"""How a reader wants pages to look: a page for those whose menu is out of reach."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ..preferences import set_preferences


# The reason for the missing token stands at set_preferences.
@csrf_exempt
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Large text and language."""
    if request.method == "POST":
        return set_preferences(request)
    return render(request, "web/preferences.html", {"back": request.GET.get("next", "/")})
