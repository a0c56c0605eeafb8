"""Public addresses. A congress is found by its division code, a suggestion by a code that never changes."""

from __future__ import annotations

from django.urls import path

from .views import deputies, feedback, home, opinions, procedures, promises, reports, statements, stations, suggestions

app_name = "portal"
urlpatterns = [
    path("robots.txt", statements.robots, name="robots"),
    path("accessibility/", statements.accessibility, name="accessibility"),
    path("privacy/", statements.privacy, name="privacy"),
    path("procedures/", procedures.anywhere, name="procedures-anywhere"),
    path("procedures/<slug:key>.svg", procedures.diagram, name="procedure-diagram"),
    path("procedures/<slug:key>/", procedures.anywhere, name="procedure-anywhere"),
    path("feedback/", feedback.anywhere, name="feedback-anywhere"),
    path("feedback/answers/", feedback.answers, name="feedback-answers"),
    path("feedback/answers/<uuid:row_id>/", feedback.answer, name="feedback-answer"),
    path("c/", home.congresses, name="home"),
    path("c/<slug:division>/", home.home, name="congress"),
    path("c/<slug:division>/suggestions/", suggestions.suggestions, name="suggestions"),
    path("c/<slug:division>/suggestions/<slug:code>/", suggestions.suggestion, name="suggestion"),
    path("c/<slug:division>/promises/", promises.promises, name="promises"),
    path("c/<slug:division>/promises/<slug:code>/", promises.promise, name="promise"),
    path("c/<slug:division>/figures/<slug:key>/", suggestions.figure, name="figure"),
    path("c/<slug:division>/reports/", reports.reports, name="reports"),
    path("c/<slug:division>/reports/<slug:code>/", reports.report, name="report"),
    path("c/<slug:division>/reports/<slug:code>/<int:position>/", reports.number, name="report-number"),
    path("c/<slug:division>/procedures/", procedures.procedures, name="procedures"),
    path("c/<slug:division>/procedures/<slug:key>/", procedures.procedure, name="procedure"),
    path("c/<slug:division>/deputies/", deputies.deputies, name="deputies"),
    path("c/<slug:division>/opinions/", opinions.say, name="say"),
    path("c/<slug:division>/opinions/challenge/", opinions.challenge, name="say-challenge"),
    path("c/<slug:division>/opinions/rules/", opinions.rules, name="opinion-rules"),
    path("c/<slug:division>/opinions/board/", opinions.board, name="opinion-board"),
    path("c/<slug:division>/opinions/query/", opinions.query, name="opinion-query"),
    path("c/<slug:division>/opinions/mine/<slug:link>/", opinions.mine, name="opinion-mine"),
    path("c/<slug:division>/opinions/mine/<slug:link>/data.json", opinions.own_data, name="opinion-data"),
    path("c/<slug:division>/opinions/mine/<slug:link>/files/<uuid:file_id>/", opinions.own_file, name="opinion-file"),
    path("c/<slug:division>/opinions/mine/<slug:link>/<slug:step>/", opinions.step_of_mine, name="opinion-mine-step"),
    path("c/<slug:division>/opinions/<slug:number>/", opinions.by_number, name="opinion"),
    path("c/<slug:division>/opinions/<slug:number>/<slug:step>/", opinions.step_by_number, name="opinion-step"),
    path("c/<slug:division>/deputies/<slug:code>/", deputies.deputy, name="deputy"),
    path("c/<slug:division>/stations/", stations.stations, name="stations"),
    path("c/<slug:division>/stations/map/", stations.station_map, name="station-map"),
    path("c/<slug:division>/stations/points.geojson", stations.points, name="station-points"),
    path("c/<slug:division>/stations/boundaries.geojson", stations.boundaries, name="station-boundaries"),
    path("c/<slug:division>/stations/<slug:code>/", stations.station, name="station"),
    path("c/<slug:division>/stations/<slug:code>/calendar.ics", stations.calendar, name="station-calendar"),
    path("c/<slug:division>/grids/<slug:code>/", stations.grid, name="grid"),
    path("q/<slug:division>/<slug:token>/", stations.scan, name="scan"),
    path("c/<slug:division>/feedback/", feedback.feedback, name="feedback"),
    path("c/<slug:division>/feedback/query/", feedback.query, name="feedback-query"),
    path("c/<slug:division>/feedback/<slug:number>/", feedback.one, name="feedback-one"),
]
