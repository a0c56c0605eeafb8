"""Addresses of the hall."""

from __future__ import annotations

from django.urls import path

from . import papers, seats, views, wall, year

app_name = "hall"
urlpatterns = [
    path("hall/", year.calendar, name="calendar"),
    path("hall/calendar.ics", year.mine, name="mine"),
    path("hall/attendance/", year.attendance, name="attendance"),
    path("hall/participation/", year.participation, name="participation"),
    path("hall/<uuid:matter_id>/", views.sitting, name="sitting"),
    path("hall/<uuid:matter_id>/live/", views.live, name="live"),
    path("hall/<uuid:matter_id>/seats/", seats.seats, name="seats"),
    path("hall/<uuid:matter_id>/floor/", views.ask_floor, name="ask-floor"),
    path("hall/<uuid:matter_id>/sign-in/", views.sign_in, name="sign-in"),
    path("hall/<uuid:matter_id>/take/<slug:step_key>/", views.take, name="take"),
    path("hall/<uuid:matter_id>/papers/", papers.register, name="register-paper"),
    path("hall/<uuid:matter_id>/papers/<uuid:paper_id>/", papers.paper, name="paper"),
    path("hall/<uuid:matter_id>/papers/<uuid:paper_id>/content/", papers.content, name="paper-content"),
    path("hall/<uuid:matter_id>/papers/<uuid:paper_id>/pages/<int:position>/", papers.page, name="paper-page"),
    path("hall/<uuid:matter_id>/readings/", papers.readings, name="readings"),
    path("hall/<uuid:matter_id>/fixity/", papers.fixity, name="fixity"),
    path("hall/<uuid:matter_id>/opinions/<uuid:item_id>.docx", papers.opinions, name="opinions"),
    path("hall/<uuid:matter_id>/<slug:kind>.docx", papers.document, name="document"),
    path("c/<slug:division>/wall/<slug:token>/", wall.wall, name="wall"),
    path("c/<slug:division>/sittings.ics", year.feed, name="feed"),
]
