"""The pages of duty files 履职档案 (M04): a year's volume on the screen and as a booklet. Nobody types anything in but what left no record.

There are no points and no rank. What her own seat alone may look into (a secret rating) stands in her own copy only.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openrenda.activities.duty_file import NOTE, Entry, Volume, volume, years_of
from openrenda.documents.official import OfficialDocument, Table, Text, to_pdf
from openrenda.languages import chinese
from openrenda.people.guards import for_seats
from openrenda.people.models import Congress, GroupMembership, Mandate
from openrenda.people.models.group import PARTY_GROUP

from . import cells
from .access import Request
from .cells import day_words
from .duties import contacts
from .letters import printed, sent
from .navigation import looks_into

STAFF = ("deputy_office", "leader")


@for_seats("deputy")
@require_safe
def mine(request: Request) -> HttpResponse:
    """The deputy's own file."""
    return _shown(request, _own(request), reverse("duty"), own=True)


@for_seats(*STAFF)
@require_safe
def theirs(request: Request, mandate_id: UUID) -> HttpResponse:
    """A deputy's file, for the deputies' office and leaders."""
    return _shown(request, _mandate(mandate_id), reverse("duty-of", args=[mandate_id]), own=False)


@for_seats("deputy")
@require_safe
@printed
def my_booklet(request: Request) -> HttpResponse:
    """The deputy's own volume as a booklet."""
    return _printed(request, _own(request))


@for_seats(*STAFF)
@require_safe
@printed
def their_booklet(request: Request, mandate_id: UUID) -> HttpResponse:
    """A deputy's volume as a booklet."""
    return _printed(request, _mandate(mandate_id))


def _own(request: Request) -> Mandate:
    return _mandate(next(iter(request.actor.holders)))


def _mandate(mandate_id: UUID) -> Mandate:
    found = Mandate.objects.select_related("person", "term", "district", "delegation").filter(pk=mandate_id).first()
    if found is None:
        raise Http404
    return found


def _asked(request: Request, mandate: Mandate) -> Volume:
    """The volume of the year asked for, else of the last year of office."""
    years = years_of(mandate) or [timezone.localdate().year]
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else years[-1]
    return volume(
        mandate, year if year in years else years[-1], lambda matter: looks_into(request.actor.seat, matter.table)
    )


def _shown(request: Request, mandate: Mandate, address: str, *, own: bool) -> HttpResponse:
    found = _asked(request, mandate)
    booklet = reverse("duty-booklet") if own else reverse("duty-of-booklet", args=[mandate.pk])
    context = {
        "mandate": mandate,
        "volume": found,
        "year": found.year,
        "years": [
            {"label": str(year), "url": f"{address}?year={year}", "current": year == found.year, "count": None}
            for year in years_of(mandate)
        ],
        "groups": groups_of(mandate, found.year),
        "table": _table("duty", _("履职记录"), found.entries),
        "addenda": _table("addenda", _("补遗"), found.addenda) if found.addenda else None,
        "counts": counts_of(found),
        "cut": found.cut,
        "standings": standings(mandate, found.year),
        "booklet": f"{booklet}?year={found.year}",
        "own": own,
        "add_url": reverse("web:new", args=[NOTE, "add"]),
        "dispute_url": reverse("web:new", args=[NOTE, "dispute"]),
    }
    return render(request, "web/duty.html", context)


def groups_of(mandate: Mandate, year: int) -> list[str]:
    """The groups of deputies in which she sat at the end of the year."""
    rows = GroupMembership.objects.on(date(year, 12, 31)).filter(mandate=mandate).exclude(group__kind=PARTY_GROUP)
    return [row.group.name for row in rows.select_related("group")]


def counts_of(found: Volume) -> list[tuple[str, int]]:
    """How many entries of each kind count, in the order of their names; what was struck does not."""
    kinds = Counter(entry.what for entry in found.entries if not entry.struck and not entry.by_hand)
    by_hand = sum(entry.by_hand and not entry.struck for entry in found.entries)
    return sorted(kinds.items()) + ([(_("手工补记"), by_hand)] if by_hand else [])


def standings(mandate: Mandate, year: int) -> list[contacts.Standing]:
    """How she stands in each period of the year that has begun: contacts with the people required, done, missing (A23)."""
    today = timezone.localdate()
    begun = [span for span in contacts.spans(year) if span.since <= today and mandate.holds(min(span.until, today))]
    return [contacts.standing(mandate, span) for span in begun]


def _table(key: str, caption: str, entries: tuple[Entry, ...]) -> dict[str, Any]:
    return {
        "key": key,
        "caption": caption,
        "columns": [
            {"key": "day", "label": _("日期")},
            {"key": "step", "label": _("履职事项")},
            {"key": "matter", "label": _("所涉事项"), "wide": True},
            {"key": "note", "label": _("说明")},
        ],
        "rows": [_row(entry) for entry in entries],
        "empty": {
            "title": _("这一年还没有履职记录"),
            "text": _("提出建议、联名、确认联系、作出评价、参加活动后，这里会自动生成，不需要填报。"),
        },
    }


def _row(entry: Entry) -> dict[str, Any]:
    title = cells.link(str(entry.matter), reverse("web:matter", args=[entry.matter.pk]))
    return {"key": entry.key, "cells": [cells.day(entry.day), entry.what, title, notes_of(entry)]}


def notes_of(entry: Entry) -> str:
    """What is to be known of an entry: who entered it, that it was added by hand or later, what is disputed."""
    later = _("%(day)s补录") % {"day": day_words(entry.recorded_on)} if entry.addendum else ""
    return _("；").join(part for part in (entry.agent, entry.mark, later) if part)


# The booklet


def _printed(request: Request, mandate: Mandate) -> HttpResponse:
    with chinese():
        made = booklet_of(_asked(request, mandate), request.congress)
    return sent(to_pdf(made), made.title, "pdf")


def booklet_of(found: Volume, congress: Congress) -> OfficialDocument:
    """One volume as a paper: who, in which groups, what by kind, what by day, and what was recorded after it had closed."""
    mandate, year = found.mandate, found.year
    facts = [mandate.person.name, str(mandate.term)]
    facts += [mandate.district.name] if mandate.district else []
    facts += groups_of(mandate, year)
    blocks: list[Text | Table] = [
        Text(_("代表情况"), 1), Text(_("、").join(facts)),
        Text(_("成册情况"), 1),
        Text(
            _("本册已于%(day)s成册，其后的记录列入补遗。") % {"day": day_words(found.closes_on)}
            if found.closed else _("本册尚未成册，年终自动成册。")
        ),
        Text(_("分类汇总"), 1),
        Table((_("履职事项"), _("次数")), tuple((what, str(count)) for what, count in counts_of(found)) or ((_("没有"), "0"),), (4, 1)),
    ]  # fmt: skip
    for span in standings(mandate, year):
        words = {"span": span.span.words, "required": span.span.required, "done": span.done, "missing": span.missing}
        blocks.append(Text(_("%(span)s联系人民群众：要求%(required)s次，已有%(done)s次，还差%(missing)s次。") % words))
    blocks += [Text(_("履职记录"), 1), _lines(found.entries)]
    if found.addenda:
        blocks += [Text(_("补遗"), 1), _lines(found.addenda)]
    title = _("%(name)s代表%(year)s年履职档案") % {"name": mandate.person.name, "year": year}
    return OfficialDocument(
        title=title,
        issuer=congress.name,
        blocks=tuple(blocks),
        dated=timezone.localdate(),
        layout="feature",
        sealed=False,
    )


def _lines(entries: tuple[Entry, ...]) -> Table:
    rows = tuple((day_words(entry.day), entry.what, str(entry.matter), notes_of(entry)) for entry in entries)
    head = (_("日期"), _("履职事项"), _("所涉事项"), _("说明"))
    return Table(head, rows or (("", _("没有"), "", ""),), (2, 2, 4, 2))


urlpatterns = [
    path("duty/", mine, name="duty"),
    path("duty/booklet.pdf", my_booklet, name="duty-booklet"),
    path("deputies/<uuid:mandate_id>/duty/", theirs, name="duty-of"),
    path("deputies/<uuid:mandate_id>/duty/booklet.pdf", their_booklet, name="duty-of-booklet"),
]
