"""Addresses: each room brings its own list; whoever adds a room adds its line here."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("openrenda.people.urls")),
]
