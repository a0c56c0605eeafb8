"""Addresses of the register of office holders."""

from __future__ import annotations

from django.urls import path

from . import appraisals, register

app_name = "posts"
urlpatterns = [
    path("posts/", register.shown, name="register"),
    path("posts/export/", register.export, name="export"),
    path("posts/appraisals/", appraisals.shown, name="appraisals"),
]
