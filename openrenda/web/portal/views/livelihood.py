"""Livelihood projects in public: rounds, proposing without an account, the projects with money and milestones, the map, and rating (F02 to F04)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from openrenda import tickets
from openrenda.docket.models import File
from openrenda.people.models import Congress
from openrenda.procedures import livelihood as words
from openrenda.procedures.livelihood_project.records import LivelihoodProject, photographs
from openrenda.procedures.livelihood_round.records import LivelihoodRound
from openrenda.procedures.residents import LONGEST_TEXT
from openrenda.rulebook import book_for
from openrenda.web import filing

from .. import access, codes, livelihood, receiving, saying
from ..receiving import personal
from .stations import GEOJSON, mapped

MOST_PROJECTS, MOST_ROUNDS = 500, 12


class ProposeForm(saying.NamedForm):
    """What should be done, and where; name and telephone if she likes."""

    text = forms.CharField(
        label=gettext_lazy("您建议做什么"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("请写几句。")},
    )  # fmt: skip
    place = forms.CharField(
        label=gettext_lazy("在什么地方"),
        max_length=200,
        error_messages={"required": gettext_lazy("请写在什么地方，写地名就可以。")},
    )
    latitude = forms.DecimalField(
        max_digits=8, decimal_places=6, min_value=-90, max_value=90, required=False, widget=forms.HiddenInput
    )
    longitude = forms.DecimalField(
        max_digits=9, decimal_places=6, min_value=-180, max_value=180, required=False, widget=forms.HiddenInput
    )


class VoiceForm(saying.WordsForm):
    """A grade once the project was accepted, and what she saw."""

    grade = forms.ChoiceField(label=gettext_lazy("您满意吗"), widget=forms.RadioSelect, required=False)
    text = forms.CharField(
        label=gettext_lazy("看到的情况、意见"), max_length=LONGEST_TEXT, required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip

    grades: tuple[tuple[str, Any], ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grade"].choices = self.grades  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Something is said."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("grade") and not cleaned.get("text") and not self.errors:
            raise ValidationError(_("请选一项评价，或者写几句。"))
        return cleaned


def _round(code: str) -> LivelihoodRound:
    row = livelihood.round_of(code, timezone.localdate())
    if row is None:
        raise Http404
    return row


def _project(code: str) -> LivelihoodProject:
    row = livelihood.project_of(code, timezone.localdate())
    if row is None:
        raise Http404
    return row


# Reading


@access.public
@access.of_congress
def projects(request: HttpRequest, congress: Congress) -> HttpResponse:
    """The projects of a year by congress and tier, and the rounds; works without any script."""
    today, book = timezone.localdate(), book_for(congress)
    known, tiers = livelihood.years(today), words.tiers(book)
    choice = livelihood.Choice.of(request.GET, known, [key for key, _label in tiers])
    rows = list(choice.narrow(livelihood.published(today))[:MOST_PROJECTS])
    context = {
        "groups": livelihood.grouped(livelihood.lines(rows, book, today)), "choice": choice, "year": choice.year,
        "rounds": [
            {"row": row, "code": codes.code_of(row.matter_id), "standing": livelihood.standing(row, today)}
            for row in livelihood.rounds(today)[:MOST_ROUNDS]
        ],
        "tabs": [
            {"label": str(year), "url": f"?{urlencode({'year': year, 'tier': choice.tier})}", "current": year == choice.year}
            for year in known
        ],
        "tiers": [
            {"label": label, "url": f"?{urlencode({'year': choice.year or '', 'tier': key})}", "current": key == choice.tier}
            for key, label in [("", _("全部层次")), *tiers]
        ],
    }  # fmt: skip
    return access.page(request, "livelihood", congress, context)


@access.public
@access.of_congress
def project_map(request: HttpRequest, congress: Congress) -> HttpResponse:
    """The projects on a map drawn here; the tiles of a service lie under it only where the congress has chosen one."""
    return mapped(request, congress, "livelihood_map")


@access.public
@access.of_congress
def points(request: HttpRequest, congress: Congress) -> HttpResponse:
    """The points of the map."""
    return HttpResponse(msgspec.json.encode(livelihood.points(timezone.localdate())), content_type=GEOJSON)


@access.public
@access.of_congress
def project(request: HttpRequest, congress: Congress, code: str) -> HttpResponse:
    """One project: what, whose, by when, what was paid since when, how far it is, and who looked at it. No inner notes."""
    row, book, today = _project(code), book_for(congress), timezone.localdate()
    here = reverse("portal:livelihood-project", args=[congress.division_code, codes.code_of(row.matter_id)])
    if request.path != here:
        return HttpResponseRedirect(here)
    supervisors = row.matter.parties.filter(role="supervisor", until=None).order_by("position", "id")
    context = {
        "row": row, "record": row, "book": book, "today": today, "code": codes.code_of(row.matter_id), "state": row.matter.state_now.words,
        "tier": row.tier_words(book), "supervisors": list(supervisors.values_list("name", flat=True)),
        "photos": photographs(row.matter_id), "grades": livelihood.grades(row, book), "takes": livelihood.takes_words(row),
        "rated": row.matter.state in words.RATED_IN, "round_code": codes.code_of(row.round_id), "reports": row.reports, "visits": row.visits,
    }  # fmt: skip
    return access.page(request, "livelihood_project", congress, context)


@require_safe
@access.of_congress
def photo(request: HttpRequest, congress: Congress, code: str, file_id: UUID) -> HttpResponseBase:
    """A photograph of a visit that was marked as open."""
    row = livelihood.photo(_project(code), file_id)
    if row is None:
        raise Http404
    return filing.sent(row)


@access.public
@access.of_congress
def one_round(request: HttpRequest, congress: Congress, code: str) -> HttpResponse:
    """One round: the call, and once it is there the list of candidates or of what was chosen."""
    row, book, today = _round(code), book_for(congress), timezone.localdate()
    here = reverse("portal:livelihood-round", args=[congress.division_code, codes.code_of(row.matter_id)])
    if request.path != here:
        return HttpResponseRedirect(here)
    shown = [file for file in row.projects if file.matter.public_since and file.matter.public_since <= today]
    context = {
        "row": row, "tier": row.tier_words(book), "standing": livelihood.standing(row, today), "takes": row.open_on(today),
        "code": codes.code_of(row.matter_id), "papers": row.papers, "lines": livelihood.lines(shown, book, today),
    }  # fmt: skip
    return access.page(request, "livelihood_round", congress, context)


@require_safe
@access.of_congress
def paper(request: HttpRequest, congress: Congress, code: str, file_id: UUID) -> HttpResponseBase:
    """A document that goes with the call."""
    row = File.objects.filter(pk=file_id, matter_id=_round(code).matter_id).first()
    if row is None:
        raise Http404
    return filing.sent(row)


# Proposing, and saying something of a project


@personal
@require_http_methods(["GET", "POST"])
@access.of_congress
def propose(request: HttpRequest, congress: Congress, code: str) -> HttpResponse:
    """Proposing a project."""
    row = _round(code)
    if not row.open_on(timezone.localdate()):
        return HttpResponseRedirect(reverse("portal:livelihood-round", args=[congress.division_code, code]))
    intake = receiving.Intake(
        procedure=words.PROPOSAL, template="livelihood_propose", form=ProposeForm,
        opens=lambda form, sent: livelihood.propose(row, form, sent),
        address=lambda matter: reverse("portal:livelihood-mine", args=[congress.division_code, tickets.link_of(matter)]) + "?sent=1",
        context={"row": row, "code": code, "draft": _draft(congress, row.matter_id)},
    )  # fmt: skip
    return intake.receive(request, congress)


@personal
@require_http_methods(["GET", "POST"])
@access.of_congress
def say(request: HttpRequest, congress: Congress, code: str) -> HttpResponse:
    """Saying what one saw of a project, and how satisfied one is once it was accepted."""
    row, book = _project(code), book_for(congress)
    if not livelihood.takes_words(row):
        return HttpResponseRedirect(reverse("portal:livelihood-project", args=[congress.division_code, code]))
    rated = row.matter.state in words.RATED_IN
    offered = tuple(words.choices_of(book, "option.satisfaction")) if rated else ()
    intake = receiving.Intake(
        procedure=words.VOICE, template="livelihood_say", form=type("VoiceForm", (VoiceForm,), {"grades": offered}), takes_files=True,
        opens=lambda form, sent: livelihood.say(row, form, sent),
        address=lambda matter: reverse("portal:livelihood-voice", args=[congress.division_code, tickets.link_of(matter)]) + "?sent=1",
        context={"row": row, "code": code, "rated": rated, "draft": _draft(congress, row.matter_id), "most_pictures": saying.MOST_PICTURES},
    )  # fmt: skip
    return intake.receive(request, congress)


def _draft(congress: Congress, matter: UUID) -> str:
    return f"{congress.division_code}:{codes.code_of(matter)}"


# Coming back


def _proposal_page(
    request: HttpRequest, congress: Congress, own: receiving.Own, *, link: str = "", form: Any = None, status: int = 200
) -> HttpResponse:
    context = {
        **_common(request, own, "portal:livelihood-mine-step", congress, link),
        "result": livelihood.result(own.record, book_for(congress), timezone.localdate()),
        "code": codes.code_of(own.record.round_id), "draft": _draft(congress, own.record.round_id),
    }  # fmt: skip
    return access.page(request, "livelihood_mine", congress, context, status=status)


def _voice_page(
    request: HttpRequest, congress: Congress, own: receiving.Own, *, link: str = "", form: Any = None, status: int = 200
) -> HttpResponse:
    reasons = [made.data.get("reason", "") for made in own.matter.acts.filter(step="set_aside")]
    context = {
        **_common(request, own, "portal:livelihood-voice-step", congress, link), "reasons": reasons,
        "grade": own.record.grade_words(book_for(congress)), "code": codes.code_of(own.record.project_id),
        "draft": _draft(congress, own.record.project_id),
    }  # fmt: skip
    return access.page(request, "livelihood_voice", congress, context, status=status)


def _common(request: HttpRequest, own: receiving.Own, step: str, congress: Congress, link: str) -> dict[str, Any]:
    """What a page of hers needs whatever it is about."""
    at = [congress.division_code, link]
    return {
        "own": own.own, "record": own.record, "state": own.matter.state_now.words, "number": own.number, "live": own.live,
        "acts": receiving.told(own.matter.acts.all(), livelihood.TOLD), "sent": request.GET.get("sent") == "1",
        "actions": {key: reverse(step, args=[*at, key]) for key in own.live} if link else {},
    }  # fmt: skip


by_number, mine, step_of_mine = receiving.returning(livelihood.own_proposal, "portal:livelihood-mine", _proposal_page)
voice_by_number, voice, step_of_voice = receiving.returning(
    livelihood.own_voice, "portal:livelihood-voice", _voice_page
)
