"""What every page's frame shows: who sits where, the way to the lists, and how many notices wait. No query but the bell's."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from openrenda.docket.situation import book_of

from . import agents, navigation
from .access import DEPUTY_SEATS

LINKS = {"home": "/", "seat": "/seat/", "account": "/account/", "sign_out": "/sign-out/", "preferences": "/preferences/",
         "notifications": "/notices/", "sign_in": "/sign-in/"}  # fmt: skip
CHANNELS, INBOX = "openrenda.channels", "openrenda.channels.inbox"


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: base_page, links; for somebody in a seat also navigation and agent."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return {"base_page": "base_plain.html", "links": LINKS}
    return {
        "base_page": "base_deputy.html" if actor.seat in DEPUTY_SEATS else "base_staff.html",
        "links": LINKS,
        "navigation": SimpleLazyObject(lambda: navigation.of(request)),  # type: ignore[arg-type]
        "agent": agents.going_on(request),  # type: ignore[arg-type]
        "page_notice": book_of(actor.congress).option("option.page_notice"),
    }


def bell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: notification_count, asked of the channels when they are installed and a page shows it."""
    actor = getattr(request, "actor", None)
    if actor is None or not apps.is_installed(CHANNELS):
        return {}
    # By name, because the channels stand above the pages: no page may speak through one.
    return {"notification_count": SimpleLazyObject(lambda: import_module(INBOX).unread(actor.account))}
