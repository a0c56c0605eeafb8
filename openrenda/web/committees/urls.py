"""Addresses of the committees' joint work."""

from __future__ import annotations

from django.urls import path

from . import calendar, load

app_name = "committees"
urlpatterns = [
    path("committees/", calendar.calendar, name="calendar"),
    path("committees/calendar.ics", calendar.feed, name="feed"),
    path("committees/load/", load.load, name="load"),
    path("committees/<uuid:organ_id>/", load.committee, name="committee"),
]
