"""Addresses of the notices."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "channels"
urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/read/", views.read_all, name="read-all"),
    path("notices/<uuid:notice_id>/", views.notice, name="notice"),
]
