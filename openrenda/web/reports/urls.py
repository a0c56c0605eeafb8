"""Addresses of reports and counters."""

from __future__ import annotations

from django.urls import path

from . import congresses, counters, views

app_name = "reports"
urlpatterns = [
    path("reports/", views.index, name="index"),
    path("reports/counters/", counters.index, name="counters"),
    path("reports/counters/<slug:key>/", counters.counter, name="counter"),
    path("reports/congresses/", congresses.congresses, name="congresses"),
    path("reports/<uuid:matter_id>/", views.report, name="report"),
    path("reports/<uuid:matter_id>/add/", views.add, name="add"),
    path("reports/<uuid:matter_id>/figures.json", views.as_json, name="json"),
    path("reports/<uuid:matter_id>/report.docx", views.paper, {"kind": "docx"}, name="docx"),
    path("reports/<uuid:matter_id>/report.pdf", views.paper, {"kind": "pdf"}, name="pdf"),
    path("reports/<uuid:matter_id>/<int:position>/", views.number, name="number"),
]
