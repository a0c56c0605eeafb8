"""The pages of a vote. Whoever is on its roll may enter, and whoever may see the matter; to anybody else there is no such page."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openrenda.activities.vote.records import Vote, latest_ballot, shown
from openrenda.ballots.casting import cast_named
from openrenda.ballots.counting import read_paper
from openrenda.ballots.counting.sentences import mark_words
from openrenda.ballots.models import NAMED, ON_DEVICES, WITH_BOX, Ballot, NamedMark, RollEntry
from openrenda.ballots.publishing import published
from openrenda.ballots.refusals import NotABallot, NotAccepted
from openrenda.ballots.taking import take as take_ballot
from openrenda.docket.models import Matter
from openrenda.docket.reading import visible_to
from openrenda.docket.situation import Situation
from openrenda.people.models import Congress
from openrenda.web.access import Request, matter_of, seated
from openrenda.web.portal import access

from .forms import PaperForm
from .progress import countdown, progress, ticket

UNPROCESSABLE = 422
VOTE, ANNOUNCED = "vote", "announced"


@dataclass
class Polling:
    """A vote as one person comes to it."""

    matter: Matter
    record: Vote
    ballot: Ballot | None
    entry: RollEntry | None

    @property
    def is_open(self) -> bool:
        """Whether one may vote."""
        return self.ballot is not None and self.ballot.closed_at is None

    @property
    def result(self) -> dict[str, Any] | None:
        """What was counted."""
        return shown(self.ballot) if self.ballot and self.ballot.tally_data else None


def polling(request: Request, matter_id: UUID) -> Polling:
    """The vote, for whoever is on the roll or may see the matter.

    :raises Http404: for anybody else.
    """
    matter = matter_of(matter_id)
    if matter.procedure != VOTE:
        raise Http404
    ballot = latest_ballot(matter.pk)
    entry = RollEntry.objects.filter(ballot=ballot, voter__in=request.actor.holders).first() if ballot else None
    if entry is None and not visible_to(Situation(matter, request.actor)):
        raise Http404
    return Polling(matter, Vote.objects.get(matter=matter), ballot, entry)


@seated
@require_http_methods(["GET", "POST"])
def paper(request: Request, matter_id: UUID) -> HttpResponse:
    """The ballot paper of whoever is on the roll; in a vote by name it is handed in here."""
    found = polling(request, matter_id)
    if request.method == "POST":
        return _hand_in(request, found)
    return _show(request, found)


def _show(request: Request, found: Polling, form: PaperForm | None = None, status: int = 200) -> HttpResponse:
    ballot, entry = found.ballot, found.entry
    if form is None and ballot and found.is_open and ballot.way in ON_DEVICES and entry:
        form = PaperForm(ballot.terms)
    context = {
        **_frame(request, found), "form": form, "entry": entry, "mine": _mine(found), "secret": bool(ballot and ballot.way in WITH_BOX),
        "terms": ballot.terms if ballot else None,
    }  # fmt: skip
    return render(request, "voting/paper.html", context, status=status)


def _frame(request: Request, found: Polling) -> dict[str, Any]:
    """What every page of a vote has: how it stands, and where its screens listen."""
    congress = request.actor.congress
    return {
        "matter": found.matter, "record": found.record, "ballot": found.ballot, "is_open": found.is_open, "result": found.result,
        "standing": progress(found.matter.pk), "seconds": countdown(found.matter.pk),
        "events": f"{settings.OPENRENDA_EVENTS}events/{ticket(congress, found.matter.pk)}" if settings.OPENRENDA_EVENTS else "",
    }  # fmt: skip


def _mine(found: Polling) -> list[dict[str, str]]:
    """How she voted by name."""
    if not found.ballot or not found.entry or found.ballot.way != NAMED:
        return []
    mark = NamedMark.objects.filter(ballot=found.ballot, voter=found.entry.voter).first()
    terms = found.ballot.terms
    marks = read_paper(terms, mark.paper).marks if mark else ()
    return [
        {"label": label, "words": mark_words(terms, given) if given else _("没有选")}
        for label, given in zip(terms.rows, marks, strict=False)
    ]


def _hand_in(request: Request, found: Polling) -> HttpResponse:
    """By name: fill in, look at it once more, hand in."""
    here = HttpResponseRedirect(reverse("voting:paper", args=[found.matter.pk]))
    if (
        not found.ballot
        or not found.entry
        or found.ballot.way != NAMED
        or str(found.ballot.pk) != request.POST.get("ballot")
    ):
        messages.warning(request, _("表决没有开始、已经结束或者重新开始了，刚才的选择没有记录。"))
        return here
    form = PaperForm(found.ballot.terms, request.POST)
    if not form.is_valid():
        return _show(request, found, form, UNPROCESSABLE)
    if request.POST.get("sure") != "yes":
        chosen = [
            {"label": label, "words": _words(found.ballot, form, row)}
            for row, label in enumerate(found.ballot.terms.rows)
        ]
        return render(request, "voting/sure.html", {**_frame(request, found), "form": form, "chosen": chosen})
    try:
        cast_named(found.ballot, found.entry.voter, form.paper.text)
    except NotAccepted as problem:
        messages.error(request, problem.sentence)
    else:
        messages.success(request, _("您的表决已经记录。"))
    return here


def _words(ballot: Ballot, form: PaperForm, row: int) -> str:
    mark = form.paper.marks[row]
    return mark_words(ballot.terms, mark) if mark else _("没有选")


@seated
@require_POST
def take(request: Request, matter_id: UUID) -> HttpResponse:
    """Take a ballot: what the device has blinded comes back signed."""
    found = polling(request, matter_id)
    try:
        if found.ballot is None or found.entry is None:
            raise Http404
        blinded = base64.b64decode(json.loads(request.body)["blinded"], validate=True)
    except (ValueError, TypeError, KeyError, RecursionError):
        return _refused(NotABallot())
    try:
        answer = take_ballot(found.ballot, found.entry.voter, blinded)
    except NotAccepted as problem:
        return _refused(problem)
    return JsonResponse({"signature": base64.b64encode(answer).decode()})


def _refused(problem: NotAccepted) -> HttpResponse:
    return JsonResponse({"code": problem.code, "sentence": problem.sentence}, status=UNPROCESSABLE)


@seated
@require_safe
def state(request: Request, matter_id: UUID) -> HttpResponse:
    """How it stands, for pages that cannot listen."""
    found = polling(request, matter_id)
    return JsonResponse(progress(found.matter.pk))


@seated
@require_safe
def screen(request: Request, matter_id: UUID) -> HttpResponse:
    """The screen of the hall: how many have voted, and the result."""
    return render(request, "voting/screen.html", {**_frame(request, polling(request, matter_id)), "wall": True})


@seated
@require_safe
def box(request: Request, matter_id: UUID) -> HttpResponse:
    """The published box, for whoever voted or may see the vote."""
    found = polling(request, matter_id)
    context = {**_box(found.ballot), **_frame(request, found), "file": reverse("voting:box-file", args=[matter_id])}
    return render(request, "voting/box.html", context)


@seated
@require_safe
def box_file(request: Request, matter_id: UUID) -> HttpResponse:
    """The same as data, for the independent script."""
    return _file(polling(request, matter_id).ballot)


@access.public
@access.of_congress
def public_box(request: HttpRequest, congress: Congress, matter_id: UUID) -> HttpResponse:
    """The box of an announced vote, for everybody."""
    matter, ballot = _announced(matter_id)
    file = reverse("voting:public-box-file", args=[congress.division_code, matter_id])
    return access.page(
        request, "vote", congress, {**_box(ballot), "matter": matter, "result": shown(ballot), "file": file}
    )


@access.public
@access.of_congress
def public_box_file(request: HttpRequest, congress: Congress, matter_id: UUID) -> HttpResponse:
    """The same as data."""
    return _file(_announced(matter_id)[1])


def _announced(matter_id: UUID) -> tuple[Matter, Ballot]:
    matter = matter_of(matter_id)
    ballot = latest_ballot(matter.pk)
    if matter.procedure != VOTE or matter.state != ANNOUNCED or ballot is None:
        raise Http404
    return matter, ballot


def _counted(ballot: Ballot | None) -> Ballot:
    if ballot is None or ballot.tally_data is None:
        raise Http404
    return ballot


def _file(ballot: Ballot | None) -> HttpResponse:
    response = JsonResponse(published(_counted(ballot)), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response.headers["Content-Disposition"] = 'attachment; filename="box.json"'
    return response


def _box(ballot: Ballot | None) -> dict[str, Any]:
    """Every paper in words."""
    held = _counted(ballot)
    data, terms = published(held), held.terms
    papers = [(row["tracker"], row["paper"]) for row in data["ballots"]] or [tuple(row) for row in data["named"]]
    rows = []
    for name, text in papers:
        read = read_paper(terms, text)
        words = [
            f"{label}：{mark_words(terms, mark)}" if len(terms.rows) > 1 else mark_words(terms, mark)
            for label, mark in zip(terms.rows, read.marks, strict=True) if mark
        ]  # fmt: skip
        rows.append({"name": name, "words": [*words, *read.write_ins]})
    return {"ballot": held, "papers": rows, "by_name": held.way == NAMED, "by_hand": data["by_hand"]}
