"""Addresses: each room brings its own list; whoever adds a room adds its line here."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    # In the order of how often they are asked for: each request tries one line after the other.
    path("", include("openrenda.api.urls")),
    path("", include("openrenda.web.urls")),
    path("", include("openrenda.people.urls")),
    path("", include("openrenda.web.portal.urls")),
    path("", include("openrenda.web.figures.urls")),
    path("", include("openrenda.web.reports.urls")),
    path("", include("openrenda.web.stations.urls")),
    path("", include("openrenda.web.posts.urls")),
    path("", include("openrenda.web.duties.views")),
    path("", include("openrenda.web.hall.urls")),
    path("", include("openrenda.web.committees.urls")),
    path("", include("openrenda.web.duty")),
    path("", include("openrenda.web.letters")),
    path("", include("openrenda.web.assessment")),
    path("", include("openrenda.channels.urls")),
    path("", include("openrenda.web.hall.voting.urls")),
]

handler400 = "openrenda.web.views.errors.bad_request"
handler403 = "openrenda.web.views.errors.forbidden"
handler404 = "openrenda.web.views.errors.not_found"
handler500 = "openrenda.web.views.errors.server_error"
