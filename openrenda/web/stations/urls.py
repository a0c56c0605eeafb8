"""Addresses of the network of stations."""

from __future__ import annotations

from django.urls import path

from . import codes, coverage, papers, stations

app_name = "stations"
urlpatterns = [
    path("stations/", stations.listed, name="list"),
    path("stations/coverage/", coverage.overview, name="coverage"),
    path("stations/coverage/self-check.docx", papers.self_check, {"kind": "docx"}, name="self-check"),
    path("stations/coverage/self-check.pdf", papers.self_check, {"kind": "pdf"}, name="self-check-pdf"),
    path("stations/coverage/<slug:key>/", coverage.lacking, name="lacking"),
    path("stations/codes/", codes.listed, name="codes"),
    path("stations/codes/print.pdf", papers.posters, name="posters"),
    path("stations/codes/issue/", codes.issue, name="issue"),
    path("stations/codes/<uuid:code_id>/", codes.code, name="code"),
    path("stations/<uuid:station_id>/", stations.station, name="station"),
    path("stations/<uuid:station_id>/close/", stations.close, name="close"),
]
