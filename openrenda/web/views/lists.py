"""The list of one procedure's matters: the page, its batches, its export and print, and the reader's saved filters."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openrenda.docket import engine
from openrenda.docket.forms import NoForm
from openrenda.docket.language import Step
from openrenda.procedures.opinion import KEEPING_SEATS

from .. import navigation, stepping
from ..access import Request, account_of, seated, table_of
from ..kinds import kinds_of
from ..labels import label_of
from ..lists import batches, exporting, showing
from ..lists.query import Listing, page_of
from ..lists.registers import registers_of
from ..models import SavedFilter
from ..stepping import UNPROCESSABLE, dressed
from .past import MAY_IMPORT

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAME_CHARACTERS, ADDRESS_CHARACTERS, MOST_SAVED = 40, 1000, 30
TAKE = "take"
HAND_OVERS = {("suggestion", "assign"), ("suggestion", "assign_by_government")}


def listing_of(request: Request, procedure: str) -> Listing:
    """What the address asks of the procedure's list.

    :raises Http404: when this seat looks into no matter of the procedure.
    """
    table = table_of(procedure)
    if not navigation.opens_list(request.actor, table):
        raise Http404
    return Listing(table, request.actor, request.GET)


APPOINTING = ("appointment", "appointment-act", "duty-appraisal")


@seated
@require_safe
def kinds(request: Request) -> HttpResponse:
    """Every kind of matter this seat may look into, in groups."""
    return render(request, "web/kinds.html", {"groups": kinds_of(request.actor)})


@seated
@require_safe
def matters(request: Request, procedure: str) -> HttpResponse:
    """The list."""
    listing = listing_of(request, procedure)
    page = page_of(listing)
    batch = showing.batch_context(listing)
    context = {
        "procedure": label_of(listing.table),
        "key": listing.table.key,
        "table": showing.table_context(request, listing, page, ticks=batch is not None),
        "filters": showing.filters_context(listing, registers_of(listing)),
        "batch": batch if page.rows else None,
        "tabs": showing.tabs(listing),
        "pager": {
            "previous_url": page.previous and f"?{page.previous}",
            "next_url": page.next and f"?{page.next}",
        },
        "tools": tools_of(listing),
        "print_url": f"{reverse('web:print', args=[listing.table.key])}?{listing.address()}",
    }
    return render(request, "web/list.html", context)


def tools_of(listing: Listing) -> list[dict[str, str]]:
    """The pages on which many matters of this kind are dealt with at once, for the seats they are for."""
    if listing.table.key in APPOINTING:
        return [{"label": _("任职登记"), "url": reverse("posts:register"), "icon": "person"}]
    if listing.table.key != "opinion" or listing.actor.seat not in KEEPING_SEATS:
        return []
    past = {"label": _("历年留言"), "url": reverse("web:import-messages"), "icon": "upload"}
    return [
        {"label": _("接待登记"), "url": reverse("web:enter-opinions"), "icon": "reception"},
        {"label": _("12345热线"), "url": reverse("web:hotline"), "icon": "message"},
        *([past] if listing.actor.seat in MAY_IMPORT else []),
    ]


# Batches


@seated
@require_POST
def batch(request: Request, procedure: str, step_key: str) -> HttpResponse:
    """One step on all ticked matters: first the page that says what will happen to which, then the report."""
    listing = listing_of(request, procedure)
    step = next((step for step in showing.batch_steps(listing) if step.key == step_key), None)
    if step is None:
        raise Http404
    ticked = batches.chosen(request.actor, listing.table.key, request.POST.getlist("row"))
    if not ticked:
        messages.warning(request, _("没有选中任何一件。请先勾选，再点要办的步骤。"))
        return HttpResponseRedirect(_back(request, procedure))
    form_class = step.records or NoForm
    situation = engine.begin(listing.table.key, request.actor)
    sending = TAKE in request.POST
    form = dressed(form_class(request.POST, situation=situation) if sending else form_class(situation=situation))
    if not sending or not form.is_valid():
        return _batch_page(request, procedure, step, ticked, form)
    outcomes = batches.take(request.actor, step, ticked, request.POST, stepping.key_of(request))
    papers = hand_over_papers() if (procedure, step.key) in HAND_OVERS else {}
    return report(request, outcomes, label_of(step), _back(request, procedure), **papers)


def hand_over_papers() -> dict[str, str]:
    """Where today's hand-over is printed: as a list and as a letter."""
    day = f"?day={timezone.localdate().isoformat()}"
    return {"letter_url": reverse("web:hand-over-letter") + day, "list_url": reverse("web:hand-over-list") + day}


def _batch_page(request: Request, procedure: str, step: Step, ticked: list[Any], form: Any) -> HttpResponse:
    context = {
        "step": step,
        "label": label_of(step),
        "matters": ticked,
        "form": form,
        "key": stepping.key_of(request),
        "limit": batches.MOST_ROWS,
        "back": request.POST.get("back", ""),
        "back_url": _back(request, procedure),
    }
    return render(request, "web/batch.html", context, status=UNPROCESSABLE if form.errors else 200)


def report(request: Request, outcomes: list[batches.Outcome], label: str, back_url: str, **more: Any) -> HttpResponse:
    """Which rows were done, and which not and why."""
    failed = [outcome for outcome in outcomes if not outcome.done]
    done = [outcome for outcome in outcomes if outcome.done]
    context = {"done": done, "failed": failed, "label": label, "back_url": back_url, **more}
    return render(request, "web/batch_report.html", context)


def _back(request: Request, procedure: str) -> str:
    """The list as it was left; only a query text is taken from the form, never an address."""
    query = QueryDict(request.POST.get("back", "")).urlencode()
    return f"{reverse('web:list', args=[procedure])}?{query}"


# Export and print


@seated
@require_safe
def export(request: Request, procedure: str) -> HttpResponse:
    """The list as a workbook: the columns and conditions as shown, all pages."""
    listing = listing_of(request, procedure)
    conditions = showing.in_words(listing, registers_of(listing))
    content = exporting.workbook(listing, showing.shown_columns(request, listing), conditions)
    answer = HttpResponse(content, content_type=WORKBOOK)
    name = f"{listing.table.label}{timezone.localdate():%Y%m%d}.xlsx"
    answer.headers["Content-Disposition"] = _attachment(name)
    return answer


def _attachment(name: str) -> str:
    from django.utils.http import content_disposition_header

    return str(content_disposition_header(True, name))


@seated
@require_safe
def printed(request: Request, procedure: str) -> HttpResponse:
    """The list on paper: the columns and conditions as shown, all pages up to a stated limit."""
    listing = listing_of(request, procedure)
    columns, words = showing.shown_columns(request, listing), showing.Words(listing)
    rows = list(exporting.rows_of(listing, exporting.MOST_PRINTED))
    context = {
        "procedure": label_of(listing.table),
        "conditions": showing.in_words(listing, registers_of(listing)),
        "columns": columns,
        "rows": [
            [showing.printed_cell(words, column, row) for column in columns] for row in rows[: exporting.MOST_PRINTED]
        ],
        "more": len(rows) > exporting.MOST_PRINTED,
        "limit": exporting.MOST_PRINTED,
        "back_url": f"{reverse('web:list', args=[procedure])}?{listing.address()}",
    }
    return render(request, "web/list_printed.html", context)


# Saved filters


@seated
@require_POST
def save_filter(request: Request, procedure: str) -> HttpResponse:
    """Keep the present conditions under a name; the same name is written over."""
    listing = listing_of(request, procedure)
    listing = Listing(listing.table, request.actor, QueryDict(request.POST.get("address", "")))
    name, address = request.POST.get("name", "").strip()[:NAME_CHARACTERS], listing.address()[:ADDRESS_CHARACTERS]
    mine = SavedFilter.objects.filter(account=account_of(request.actor), procedure=procedure)
    if not name:
        messages.error(request, _("请给筛选起个名字，条件没有保存。"))
    elif not mine.filter(name=name).update(address=address):
        if len(mine.values("pk")[:MOST_SAVED]) >= MOST_SAVED:
            messages.error(request, _("已经保存了 %(count)s 个筛选，请先删掉不用的。") % {"count": MOST_SAVED})
        else:
            row = SavedFilter(account=account_of(request.actor), procedure=procedure, name=name, address=address)
            SavedFilter.objects.bulk_create([row], ignore_conflicts=True)
    return HttpResponseRedirect(f"{reverse('web:list', args=[procedure])}?{address}")


@seated
@require_POST
def drop_filter(request: Request, procedure: str, row_id: UUID) -> HttpResponse:
    """Forget one of one's own saved filters."""
    SavedFilter.objects.filter(account=account_of(request.actor), procedure=procedure, pk=row_id).delete()
    return HttpResponseRedirect(reverse("web:list", args=[procedure]))
