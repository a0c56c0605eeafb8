"""Addresses of the design pages. Include as `/design/` when DEBUG is on."""

from __future__ import annotations

from django.urls import path

from openrenda.web import design

urlpatterns = [
    path("", design.design, name="design"),
    path("<slug:page>/", design.design_page, name="design_page"),
]
