"""Saying something without an account, and reading what became of it (A10, A15, A16, C04)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openrenda import tickets
from openrenda.people.models import Congress
from openrenda.procedures import opinion as table
from openrenda.procedures.opinion import sorting
from openrenda.rulebook import book_for
from openrenda.web import filing

from .. import access, answers, asking, codes, proofs, receiving, saying
from .. import board as board_rows
from ..receiving import or_404, personal

# Saying it


@personal
@require_http_methods(["GET", "POST"])
@access.of_congress
def say(request: HttpRequest, congress: Congress) -> HttpResponse:
    """The one question; and what was said."""
    join = request.POST.get("join", "")
    decided = bool(join or request.POST.get("sure"))
    intake = receiving.Intake(
        procedure="opinion", template="opinion_say", form=saying.SayForm, takes_files=True,
        opens=lambda form, sent: saying.open_opinion(form, sent, join=join),
        address=lambda matter: reverse("portal:opinion-mine", args=[congress.division_code, tickets.link_of(matter)]) + "?sent=1",
        alike=lambda form: [] if decided else saying.alike(form.cleaned_data["text"]),
        context={"most_pictures": saying.MOST_PICTURES, "draft": congress.division_code},
    )  # fmt: skip
    return intake.receive(request, congress)


@personal
@require_GET
@access.of_congress
def challenge(request: HttpRequest, congress: Congress) -> HttpResponse:
    """A new challenge for a page that was open for long, or without a network."""
    return JsonResponse({"challenge": proofs.challenge()})


@access.public
@access.of_congress
def rules(request: HttpRequest, congress: Congress) -> HttpResponse:
    """Where an opinion goes, by nature and level, and within which time: for everybody to read (C04)."""
    book = book_for(congress)
    limits = [(clock.words, book[clock.rule].amount, book.citation(clock.rule)) for clock in table.PROCEDURE.clocks]
    return access.page(request, "opinion_rules", congress, {"routes": sorting.table(book), "limits": limits})


@access.public
@access.of_congress
def board(request: HttpRequest, congress: Congress) -> HttpResponse:
    """What was said and may be read by everybody, with what became of it and without who said it: the newest, or what carries the words (A10)."""
    choice = board_rows.Choice(request.GET)
    action = reverse("portal:opinion-board", args=[congress.division_code])
    rows, pager = (board_rows.search(choice), {}) if choice.words else board_rows.paged(choice)
    context = {
        "rows": rows, "choice": choice, "filters": choice.filters(action), "clear_url": action,
        "pager": pager, "most_found": board_rows.MOST_FOUND,
    }  # fmt: skip
    return access.page(request, "opinion_board", congress, context)


# Reading what became of it


@personal
@require_GET
@access.of_congress
def query(request: HttpRequest, congress: Congress) -> HttpResponse:
    """From the box in which a number was typed to its page."""
    number = tickets.tidy(request.GET.get("number", "")[:60])
    name = asking.page_of(number)
    if name:
        return HttpResponseRedirect(reverse(name, args=[congress.division_code, number]))
    asked = request.GET.get("number", "")[:60]
    return access.page(request, "opinion_query", congress, {"asked": asked}, status=404 if asked else 200)


@personal
@require_GET
@access.of_congress
def by_number(request: HttpRequest, congress: Congress, number: str) -> HttpResponse:
    """State, who has it, by when, and the answer, for whoever has the number."""
    return _page(request, congress, or_404(answers.own(number=number)), number=number)


@personal
@require_GET
@access.of_congress
def mine(request: HttpRequest, congress: Congress, link: str) -> HttpResponse:
    """The same with her own words, and everything she may do with them."""
    return _page(request, congress, or_404(answers.own(link=link)), link=link)


def _page(
    request: HttpRequest,
    congress: Congress,
    found: answers.Own,
    *,
    number: str = "",
    link: str = "",
    form: Any = None,
    status: int = 200,
) -> HttpResponse:
    shown = answers.page(congress, found)
    forms = {step: found.form_of(step) for step in shown["live"]}
    if form is not None:
        forms[form[0]] = form[1]
    at = [congress.division_code, link or number]
    context = {
        **shown, "forms": forms, "link": link, "sent": request.GET.get("sent") == "1", "form": form[1] if form else None,
        "number": found.number if link else codes.in_groups(tickets.tidy(number)),
        "actions": {step: reverse("portal:opinion-mine-step" if link else "portal:opinion-step", args=[*at, step]) for step in shown["live"]},
        "address": request.build_absolute_uri(reverse("portal:opinion-mine", args=at)) if link else "",
    }  # fmt: skip
    return access.page(request, "opinion_one", congress, context, status=status)


@personal
@require_POST
@access.of_congress
def step_by_number(request: HttpRequest, congress: Congress, number: str, step: str) -> HttpResponse:
    """Rate it, or say that it is not solved, by the number."""
    return _take(request, congress, or_404(answers.own(number=number)), step, number=number)


@personal
@require_POST
@access.of_congress
def step_of_mine(request: HttpRequest, congress: Congress, link: str, step: str) -> HttpResponse:
    """Anything that the resident may do, by her link."""
    return _take(request, congress, or_404(answers.own(link=link)), step, link=link)


def _take(
    request: HttpRequest, congress: Congress, found: answers.Own, step: str, *, number: str = "", link: str = ""
) -> HttpResponse:
    back = reverse("portal:opinion-mine" if link else "portal:opinion", args=[congress.division_code, link or number])
    return receiving.take(
        request, found, step, back,
        lambda form, status: _page(request, congress, found, number=number, link=link, form=form, status=status),
    )  # fmt: skip


@personal
@require_GET
@access.of_congress
def own_data(request: HttpRequest, congress: Congress, link: str) -> HttpResponse:
    """Everything that is kept about her, as a file."""
    answer = JsonResponse(
        answers.own_data(or_404(answers.own(link=link))), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    answer.headers["Content-Disposition"] = "attachment; filename=opinion.json"
    return answer


@personal
@require_GET
@access.of_congress
def own_file(request: HttpRequest, congress: Congress, link: str, file_id: UUID) -> HttpResponseBase:
    """A photograph or recording of her own."""
    found = or_404(answers.own(link=link))
    row = next((row for row in saying.files_of(found.matter) if row.pk == file_id), None)
    if row is None:
        raise Http404
    return filing.sent(row)
