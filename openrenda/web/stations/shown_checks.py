"""How a check is shown: its card among the others, and the list behind it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from openrenda.people.models import Mandate, Station

from .. import cells
from .checks import Check, fraction, percent, share, verdict, words_of

DUTY_READERS = ("deputy_office", "leader")


def card(check: Check, address: str) -> dict[str, Any]:
    """The share, and the way to its list at the address of that name; as many queries as the check asks."""
    covered = check.ask()
    return {
        "label": check.label, "value": percent(covered), "unit": fraction(covered), "url": reverse(address, args=[check.key]),
        "note": verdict(covered, check.lacking), "status": "soon" if covered.lacking else "",
    }  # fmt: skip


def behind(check: Check, seat: str) -> dict[str, Any]:
    """What the page behind a check shows to a seat: the share, and those who lack something, in the order in which they were found."""
    covered = check.ask()
    return {
        "check": check, "share": share(covered), "verdict": verdict(covered, check.lacking),
        "table": {
            "key": f"lacking-{check.key}", "caption": check.lacking,
            "columns": [{"key": "name", "label": _("名称"), "wide": True}, {"key": "place", "label": _("所属")}],
            "rows": [_row(row, duty=seat in DUTY_READERS) for row in covered.lacking],
            "empty": {"title": _("没有缺项"), "text": _("名单是空的，覆盖才算百分之百。")},
        },
    }  # fmt: skip


def _row(row: Any, *, duty: bool) -> dict[str, Any]:
    name, place = words_of(row)
    url = _address(row, duty)
    return {"key": str(row.pk), "url": url, "label": name, "cells": [cells.link(name, url) if url else name, place]}


def _address(row: Any, duty: bool) -> str:
    if isinstance(row, Station):
        return reverse("stations:station", args=[row.pk])
    return reverse("duty-of", args=[row.pk]) if duty and isinstance(row, Mandate) else ""
