"""Addresses of the pages. One pattern serves every procedure."""

from __future__ import annotations

from django.urls import path

from . import trace
from .views import (
    agent,
    gatherings,
    home,
    ledgers,
    lists,
    matter,
    opening,
    opinions,
    past,
    preferences,
    reception_days,
    searching,
    similar,
    step,
)  # fmt: skip
from .views import hand_over as handing

app_name = "web"
urlpatterns = [
    path("", home.home, name="home"),
    path("matters/<uuid:matter_id>/", matter.matter, name="matter"),
    path("matters/<uuid:matter_id>/files/", matter.upload, name="upload"),
    path("matters/<uuid:matter_id>/sealed/<slug:field>/", matter.sealed, name="sealed"),
    path("matters/<uuid:matter_id>/trace/", trace.trace, name="trace"),
    path("matters/<uuid:matter_id>/<slug:step_key>/", step.step, name="step"),
    path("matters/<uuid:matter_id>/<slug:step_key>/autosave/", step.autosave, name="step-autosave"),
    path("matters/<uuid:matter_id>/<slug:step_key>/advice/", step.advice, name="advice"),
    path("lists/suggestion/hand-over/", handing.hand_over, name="hand-over"),
    path("lists/suggestion/hand-over/letter/", handing.letter, name="hand-over-letter"),
    path("lists/suggestion/hand-over/list/", handing.printed, name="hand-over-list"),
    path("lists/commitment/ledgers/", ledgers.ledgers, name="ledgers"),
    path("lists/opinion/enter/", opinions.enter, name="enter-opinions"),
    path("lists/opinion/hotline/", opinions.at_hotline, name="hotline"),
    path("lists/opinion/hotline/file/", opinions.to_hotline, name="hotline-file"),
    path("lists/", lists.kinds, name="kinds"),
    path("lists/<slug:procedure>/", lists.matters, name="list"),
    path("lists/<slug:procedure>/batch/<slug:step_key>/", lists.batch, name="batch"),
    path("lists/<slug:procedure>/export/", lists.export, name="export"),
    path("lists/<slug:procedure>/print/", lists.printed, name="print"),
    path("lists/<slug:procedure>/filters/", lists.save_filter, name="save-filter"),
    path("lists/<slug:procedure>/filters/<uuid:row_id>/", lists.drop_filter, name="drop-filter"),
    path("late/", home.late, name="late"),
    path("reception-days/", reception_days.year, name="reception-days"),
    path("gatherings/", gatherings.year, name="gatherings"),
    path("search/", searching.search, name="search"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("agent/", agent.agent, name="agent"),
    path("agent/end/", agent.end, name="agent-end"),
    path("new/", opening.openings_page, name="openings"),
    path("new/discard/<uuid:row_id>/", opening.discard, name="discard"),
    path("new/<slug:procedure>/<slug:step_key>/", opening.new, name="new"),
    path("new/<slug:procedure>/<slug:step_key>/autosave/", opening.autosave, name="new-autosave"),
    path("new/<slug:procedure>/<slug:step_key>/from-file/", opening.from_file, name="new-from-file"),
    path("similar/<slug:procedure>/<slug:step_key>/", similar.similar, name="similar"),
    path("administration/import/suggestions/", past.bring_in, {"kind": "suggestions"}, name="import-suggestions"),
    path("administration/import/messages/", past.bring_in, {"kind": "messages"}, name="import-messages"),
    path("administration/import/<slug:kind>/template/", past.take_template, name="import-past-template"),
    path("files/<uuid:file_id>/", matter.download, name="file"),
    path("c/<slug:division>/files/<uuid:file_id>/", matter.public_file, name="public-file"),
]
