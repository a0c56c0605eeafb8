"""Complaints and suggestions about the application: written without signing in, answered, and read with the number."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openrenda.people.guards import for_seats
from openrenda.people.models import Congress

from .. import access, codes, opinions
from ..models import Feedback

ANSWERING_SEATS = ("deputy_office", "system_admin")
SHOWN = 50
TOO_MANY_REQUESTS, UNPROCESSABLE = 429, 422


@never_cache
@require_GET
def anywhere(request: HttpRequest) -> HttpResponse:
    """From a page that belongs to no congress: on to the reader's own, to the only one, or a choice."""
    query = f"?{urlencode({'page': request.GET.get('page', '')[: opinions.LONGEST_PAGE]})}"
    own = getattr(request, "congress", None)
    rows = [own] if own else list(Congress.objects.order_by("division_code")[:500])
    if len(rows) == 1:
        return HttpResponseRedirect(reverse("portal:feedback", args=[rows[0].division_code]) + query)
    return access.page(request, "feedback_where", None, {"congresses": rows, "query": query})


@never_cache
@require_http_methods(["GET", "POST"])
@access.of_congress
def feedback(request: HttpRequest, congress: Congress) -> HttpResponse:
    """The form; and the form sent."""
    if request.method == "GET":
        form = opinions.FeedbackForm(initial={"page": request.GET.get("page", "")[: opinions.LONGEST_PAGE]})
        return _form(request, congress, form)
    form = opinions.FeedbackForm(request.POST)
    if not form.is_valid():
        return _form(request, congress, form, status=UNPROCESSABLE)
    if opinions.too_many(request):
        form.add_error(None, _("这个网络一小时内提交得太多了，这一条没有保存。您写的内容还在下面，请一小时后再提交。"))
        return _form(request, congress, form, status=TOO_MANY_REQUESTS)
    row = opinions.keep(form)
    return HttpResponseRedirect(_address(congress, row.number) + "?sent=1")


def _form(request: HttpRequest, congress: Congress, form: Any, status: int = 200) -> HttpResponse:
    return access.page(request, "feedback", congress, {"form": form}, status=status)


def _address(congress: Congress, number: str) -> str:
    return reverse("portal:feedback-one", args=[congress.division_code, number])


@never_cache
@require_GET
@access.of_congress
def query(request: HttpRequest, congress: Congress) -> HttpResponse:
    """From the box in which a number was typed to what it stands for."""
    number = codes.tidy(request.GET.get("number", "")[:60])
    if Feedback.objects.filter(number=number).exists():
        return HttpResponseRedirect(_address(congress, number))
    context = {"form": opinions.FeedbackForm(), "asked": request.GET.get("number", "")[:60]}
    return access.page(request, "feedback", congress, context, status=404)


@never_cache
@require_GET
@access.of_congress
def one(request: HttpRequest, congress: Congress, number: str) -> HttpResponse:
    """What was written and what was answered, for whoever has the number."""
    row = Feedback.objects.filter(number=codes.tidy(number)).first()
    if row is None:
        raise Http404
    context = {"row": row, "number": codes.in_groups(row.number), "kind": opinions.KINDS.get(row.kind, row.kind)}
    context["sent"] = request.GET.get("sent") == "1"
    if row.answered_at:
        context["kept_until"] = timezone.localtime(row.answered_at) + timedelta(days=settings.KEEP_FEEDBACK_DAYS)
    response = access.page(request, "feedback_one", congress, context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


# Those who answer


@for_seats(*ANSWERING_SEATS)
@require_GET
def answers(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, oldest first; then the newest answered ones."""
    waiting = Feedback.objects.filter(answered_at=None).order_by("received_at", "id")[:SHOWN]
    done = Feedback.objects.exclude(answered_at=None).order_by("-received_at", "-id")[:SHOWN]
    context = {"waiting": [_row(row) for row in waiting], "done": [_row(row) for row in done], "shown": SHOWN}
    return render(request, "portal/feedback_answers.html", context)


def _row(row: Feedback, form: Any = None) -> dict[str, Any]:
    form = form or opinions.AnswerForm(auto_id=f"id_{row.pk.hex}_%s")
    return {
        "row": row,
        "kind": opinions.KINDS.get(row.kind, row.kind),
        "number": codes.in_groups(row.number),
        "form": form,
    }


@for_seats(*ANSWERING_SEATS)
@require_POST
def answer(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """Keep the answer; what was answered already stays as it is."""
    row = Feedback.objects.filter(pk=row_id).first()
    if row is None:
        raise Http404
    form = opinions.AnswerForm(request.POST, auto_id=f"id_{row.pk.hex}_%s")
    if not form.is_valid():
        context = {"waiting": [_row(row, form)], "done": [], "form": form, "shown": SHOWN}
        return render(request, "portal/feedback_answers.html", context, status=UNPROCESSABLE)
    if opinions.reply(row, form, request.actor):  # type: ignore[attr-defined]  # set by the seat middleware
        messages.success(request, _("已答复。提出的人凭查询号可以看到。"))
    else:
        messages.warning(request, _("这一条已经有人答复过了，您写的没有保存。"))
    return HttpResponseRedirect(reverse("portal:feedback-answers"))
