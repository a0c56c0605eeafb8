"""Addresses of the notices."""

from __future__ import annotations

from django.urls import path

from . import administration, views

app_name = "channels"
urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/read/", views.read_all, name="read-all"),
    path("notices/<uuid:notice_id>/", views.notice, name="notice"),
    path("administration/webhooks/", administration.manage, name="webhooks"),
    path("administration/webhooks/<uuid:webhook_id>/resume/", administration.resume, name="webhook-resume"),
    path("administration/webhooks/<uuid:webhook_id>/end/", administration.end, name="webhook-end"),
]
