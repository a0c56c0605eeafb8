"""Moments by the clock of this house. Legal days are those of one time zone, whoever reads the page and wherever the server stands."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import get_default_timezone


def here(moment: datetime) -> datetime:
    """A moment by the clock of this house. Django's own answer first asks for the zone of the request, which no page changes."""
    return moment.astimezone(get_default_timezone())
