"""Addresses of the figures."""

from __future__ import annotations

from django.urls import path

from . import cockpit, sets, views

app_name = "figures"
urlpatterns = [
    path("figures/", views.index, name="index"),
    path("figures/sets/<slug:key>/", sets.one_set, name="set"),
    path("figures/search/", views.search, name="search"),
    path("figures/cockpit/", cockpit.cockpit, name="cockpit"),
    path("figures/<slug:key>/", views.figure, name="figure"),
    path("figures/<slug:key>/<slug:side>/", views.evidence, name="evidence"),
    path("figures/<slug:key>/<slug:side>/export/", views.export, name="export"),
]
