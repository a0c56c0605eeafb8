"""Addresses of a vote. What stands under booth/ is answered by nobody's seat (booth.py)."""

from __future__ import annotations

from django.urls import path

from . import booth, views

app_name = "voting"
urlpatterns = [
    path("votes/<uuid:matter_id>/", views.paper, name="paper"),
    path("votes/<uuid:matter_id>/take/", views.take, name="take"),
    path("votes/<uuid:matter_id>/state/", views.state, name="state"),
    path("votes/<uuid:matter_id>/screen/", views.screen, name="screen"),
    path("votes/<uuid:matter_id>/box/", views.box, name="box"),
    path("votes/<uuid:matter_id>/box.json", views.box_file, name="box-file"),
    path("booth/<uuid:congress>/<uuid:ballot>/", booth.cast, name="cast"),
    path("c/<slug:division>/votes/<uuid:matter_id>/", views.public_box, name="public-box"),
    path("c/<slug:division>/votes/<uuid:matter_id>/box.json", views.public_box_file, name="public-box-file"),
]
