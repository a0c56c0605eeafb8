"""Public pages of appointments and of office holders, and the candidate's own page of the law examination."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from openrenda.people.models import Congress, ExamQuestion
from openrenda.people.models.question import PRACTICE
from openrenda.procedures.appointing import committee_of
from openrenda.procedures.law_exam.forms import QUESTION, given, question_field
from openrenda.procedures.law_exam.records import LawExam, drawn, marked, questions_of
from openrenda.rulebook import book_for
from openrenda.web.posts.register import day_of

from .. import access, appointments, receiving
from ..receiving import Own, personal

MOST_QUESTIONS = 200


@access.public
@access.of_congress
def decided(request: HttpRequest, congress: Congress) -> HttpResponse:
    """What was announced in a year."""
    listed = appointments.years()
    asked = request.GET.get("year", "")
    chosen = int(asked) if asked.isascii() and asked.isdigit() and int(asked[:5]) in listed else listed[0]
    context = {
        "year": chosen,
        "years": [
            {"label": str(year), "url": f"?year={year}", "current": year == chosen, "count": None} for year in listed
        ],
        "announcements": appointments.of_year(chosen),
    }
    return access.page(request, "appointments", congress, context)


@access.public
@access.of_congress
def announcement(request: HttpRequest, congress: Congress, code: str) -> HttpResponse:
    """One announcement under its permanent address."""
    one = appointments.one_of(code)
    if one is None:
        raise Http404
    address = reverse("portal:announcement", args=[congress.division_code, one["code"]])
    if request.path != address:
        return HttpResponseRedirect(address)
    context = {
        "one": one,
        "committee": committee_of(congress),
        "address": request.build_absolute_uri(address),
        "print_title": one["number"],
    }
    return access.page(request, "announcement", congress, context)


@access.public
@access.of_congress
def holders(request: HttpRequest, congress: Congress) -> HttpResponse:
    """Who holds which post on a day."""
    day, problem = day_of(request.GET.get("on", ""))
    organs: dict[str, list[Any]] = {}
    for line in appointments.announced_lines(day):
        organs.setdefault(line.post.organ.name, []).append(line)
    return access.page(request, "office_holders", congress, {"day": day, "problem": problem, "organs": organs})


# The examination


def own(*, number: str = "", link: str = "") -> Own | None:
    """The examination with that link; the number alone leads nowhere, it is asked for when one begins."""
    rows = LawExam.objects.select_related("matter", "person")
    one = receiving.found(rows, link=link) if link else None
    return Own(*one, True, (), ("begin", "hand_in")) if one else None


def _page(
    request: HttpRequest, congress: Congress, found: Own, *, link: str = "", form: Any = None, status: int = 200
) -> HttpResponse:
    step = form[0] if form else next(iter(found.live), "")
    book = book_for(congress)
    context = {
        "record": found.record,
        "state": found.matter.state,
        "step": step,
        "form": form[1] if form else found.form_of(step) if step else None,
        "action": reverse("portal:exam-step", args=[congress.division_code, link, step]) if step else "",
        "minutes": book.option("option.exam_minutes"),
        "questions": book.option("option.exam_questions"),
        "pass_mark": book.option("option.exam_pass_mark"),
    }
    return access.page(request, "exam", congress, context, status=status)


_by_number, exam, exam_step = receiving.returning(own, "portal:exam", _page)


@personal
@require_http_methods(["GET", "POST"])
@access.of_congress
def practice(request: HttpRequest, congress: Congress) -> HttpResponse:
    """Questions for practice: marked at once, and nothing is stored, not even that somebody practised."""
    paper = request.POST.getlist("paper") if request.method == "POST" else drawn(book_for(congress), PRACTICE)
    questions = [one for one in questions_of(list(map(str, _known(paper)))) if one.use == PRACTICE]
    form = practice_form(questions, request.POST if request.method == "POST" else None)
    result = None
    if request.method == "POST" and form.is_valid() and questions:
        answers = given(form.cleaned_data)
        right, score = marked(questions, answers)
        lines = [
            (row, question, question.is_right(answers.get(str(question.pk), "")))
            for row, question in zip(form, questions, strict=True)
        ]
        result = {"right": right, "score": score, "lines": lines, "of": len(questions)}
    context = {"form": form, "result": result, "paper": [str(question.pk) for question in questions]}
    return access.page(request, "exam_practice", congress, context)


def practice_form(questions: list[ExamQuestion], data: Any) -> forms.Form:
    """A form with a field for each question."""
    form = forms.Form(data)
    for place, question in enumerate(questions, 1):
        form.fields[f"{QUESTION}{question.pk}"] = question_field(question, place)
    return form


def _known(paper: list[str]) -> list[UUID]:
    """The ids among what was sent; anything else is left out."""
    return [key for key in map(_id, dict.fromkeys(paper[:MOST_QUESTIONS])) if key]


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
