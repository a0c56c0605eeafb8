"""Opening a matter: a form that saves itself, takes a Word draft, and shows what was said before about the same thing."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openrenda import docket
from openrenda.docket import engine
from openrenda.docket.actor import Actor
from openrenda.docket.language import Procedure, Step
from openrenda.docket.models import Act, Autosave
from openrenda.docket.reading import openings
from openrenda.docket.refusals import Incomplete, NotFresh, Refused
from openrenda.documents.intake import BadFile, inspect, text_of

from .. import drafts, similarity, stepping
from ..access import Request, account_of, acting, seated, step_of, table_of
from ..kinds import openings_of
from ..labels import label_of
from ..navigation import MAIN_PROCEDURE
from ..stepping import UNPROCESSABLE, StepPage, form_for
from .errors import page_413, page_forbidden
from .step import said

DRAFT_KINDS = ("docx", "txt")
# Which field of a form takes which part of a Word draft; the first that the form has.
PARTS = {
    "title": ("title",),
    "situation": ("background", "content", "grounds", "text"),
    "analysis": ("analysis",),
    "proposals": ("proposals", "plan"),
}
LONGEST_KNOWN = 200
# Asks for the page before the form.
CHOOSE = "choose"
WRITTEN_PARTS = ("situation", "analysis", "proposals")


@seated
@require_safe
def openings_page(request: Request) -> HttpResponse:
    """What this person may begin, and what she has begun to write."""
    actor = acting(request)
    mine = [(key, row) for key, row in openings(actor) if not actor.agent_for or row.agent]
    context = {"openings": openings_of(mine), "main": MAIN_PROCEDURE, "unfinished": drafts.unfinished(request.actor)}
    return render(request, "web/openings.html", context)


@seated
@sensitive_post_parameters("identity-password", "identity-code")
@require_http_methods(["GET", "POST"])
def new(request: Request, procedure: str, step_key: str) -> HttpResponse:
    """The form that opens a matter. Its draft has an address of its own, so that it can be closed and found again."""
    table = table_of(procedure)
    row = step_of(table, step_key)
    draft = _draft_of(request)
    if request.method == "POST":
        # Without its mark a repetition cannot be recognised, but what was typed is taken all the same.
        return _open(request, table, row, draft or uuid4())
    if draft is None:
        query = request.GET.copy()
        query["draft"] = str(uuid4())
        return HttpResponseRedirect(f"{request.path}?{query.urlencode()}")
    situation = engine.begin(table.key, acting(request))
    if sent := _sent_before(situation.actor, table, draft):
        messages.info(request, _("这份内容已经提交，就是下面这一件。要另写一件，请从“新建”开始。"))
        return HttpResponseRedirect(reverse("web:matter", args=[sent.matter_id]))
    reasons, unproved = stepping.refusals(situation, row)
    if reasons and row not in [step for key, step in openings(situation.actor) if key == table.key]:
        return page_forbidden(request, "；".join(reasons))
    page = StepPage(situation, row, form_for(row, situation), draft.hex, 0, reasons)
    _begin_with(page.form, request.GET)
    typed = drafts.kept(situation.actor, drafts.new_form(table.key, row.key, draft), table)
    if typed is not None:
        drafts.pour(page.form, typed)
        page.restored = True
    decides = page.form.decides
    if decides in request.GET:
        page.form.initial[decides] = request.GET[decides][:LONGEST_KNOWN]
    if decides and (CHOOSE in request.GET or not page.form[decides].value()):
        return _choose_first(request, page)
    return _answer(request, page, draft, unproved=unproved)


def _choose_first(request: Request, page: StepPage) -> HttpResponse:
    """The page before the form: one link for each choice, which takes along what is known and what was typed."""
    known = request.GET.copy()
    known.pop(CHOOSE, None)
    found = []
    for key, words in page.form.first_choices():
        known[page.form.decides] = key
        found.append({"label": words, "url": f"{request.path}?{known.urlencode()}"})
    context = {
        "label": label_of(page.step),
        "procedure": label_of(page.situation.table),
        "choices": found,
        "reasons": page.reasons,
    }
    return render(request, "web/choose_first.html", context)


def _begin_with(form: Any, known: QueryDict) -> None:
    """What the page that led here knows already stands in place: fields by their names in the address. Nothing is judged by it."""
    form.initial |= {name: known[name][:LONGEST_KNOWN] for name in known if name in form.fields}


def _draft_of(request: Request) -> UUID | None:
    try:
        return UUID(request.POST.get("draft") or request.GET.get("draft") or "")
    except ValueError:
        return None


def _sent_before(actor: Actor, table: Procedure, draft: UUID) -> Act | None:
    """The act that this draft became: after Back its empty form would swallow a second text."""
    return Act.objects.filter(key=stepping.act_key(actor, draft.hex), procedure=table.key).first()


def _open(request: Request, table: Procedure, row: Step, draft: UUID) -> HttpResponse:
    if CHOOSE in request.POST:
        return _choose_again(request, table, row, draft)
    actor, wrong = stepping.proved(request, acting(request), row)
    key = stepping.act_key(actor, draft.hex)
    unproved, reasons, form, began = False, [], None, timezone.now()
    kept = drafts.new_form(table.key, row.key, draft)
    try:
        made = docket.open_matter(
            table.key, row.key, by=actor, data=request.POST, files=request.FILES, key=key,
            also=lambda: drafts.forget(request.actor, kept),
        )  # fmt: skip
    except Incomplete as incomplete:
        form = stepping.dressed(incomplete.form)
    except NotFresh:
        unproved = True
    except Refused as refused:
        reasons = refused.reasons
    else:
        if made.recorded_at < began and stepping.says_more(row, request.POST, made):
            return _kept_apart(request, table, row, made)
        messages.success(request, said(row, made.matter))
        return HttpResponseRedirect(f"{reverse('web:matter', args=[made.matter_id])}?done={kept}")
    situation = engine.begin(table.key, actor)
    form = form or form_for(row, situation, request.POST, request.FILES)
    page = StepPage(situation, row, form, draft.hex, 0, reasons, wrong, status=UNPROCESSABLE)
    return _answer(request, page, draft, unproved=unproved)


def _choose_again(request: Request, table: Procedure, row: Step, draft: UUID) -> HttpResponse:
    """Back to the page before the form, without a script too; what was typed is kept."""
    try:
        drafts.keep(request.actor, drafts.new_form(table.key, row.key, draft), table, request.POST)
    except drafts.TooMuch:
        return page_413(request)
    return HttpResponseRedirect(f"{request.path}?draft={draft}&{CHOOSE}=1")


def _kept_apart(request: Request, table: Procedure, row: Step, made: Act) -> HttpResponse:
    """After Back and other words: the matter stays as it was opened, the new words become a draft of their own."""
    with suppress(drafts.TooMuch):
        drafts.keep(request.actor, drafts.new_form(table.key, row.key, uuid4()), table, request.POST)
    messages.warning(
        request,
        _("这份内容先前已经提交，就是下面这一件；这次改动的文字没有并进去，已另存为草稿，在“新建”里能找到。"),
    )
    return HttpResponseRedirect(reverse("web:matter", args=[made.matter_id]))


def _answer(request: Request, page: StepPage, draft: UUID, *, unproved: bool = False) -> HttpResponse:
    table, row = page.situation.table, page.step
    if unproved and page.identity is None:
        page.identity = stepping.identity_form()
    form = drafts.new_form(table.key, row.key, draft)
    decides = page.form.decides
    chosen = dict(page.form.fields[decides].choices).get(page.form[decides].value()) if decides else ""  # type: ignore[attr-defined]
    if chosen:
        page.form.fields[decides].widget = forms.HiddenInput()
    context = {
        "chosen": chosen,
        "choose": CHOOSE,
        "page": page,
        "form": page.form,
        "step": row,
        "label": label_of(row),
        "procedure": label_of(table),
        "article": page.situation.book.citation(row.basis) if row.basis else "",
        "draft": draft,
        "autosave_url": f"{reverse('web:new-autosave', args=[table.key, row.key])}?draft={draft}",
        "autosave_key": f"{page.situation.actor.account}:{form}",
        "from_file_url": f"{reverse('web:new-from-file', args=[table.key, row.key])}?draft={draft}",
        "takes_file": any(name in page.form.fields for part in WRITTEN_PARTS for name in PARTS[part]),
        "similar_url": similarity.address(table, row),
    }
    return render(request, "web/new.html", context, status=page.status)


@seated
@require_POST
def autosave(request: Request, procedure: str, step_key: str) -> HttpResponse:
    """Keep what has been typed so far into a matter to be opened."""
    table = table_of(procedure)
    row = step_of(table, step_key)
    draft = _draft_of(request)
    if draft is None or row.source is not None:
        return HttpResponse(status=400)
    try:
        drafts.keep(request.actor, drafts.new_form(table.key, row.key, draft), table, request.POST)
    except drafts.TooMuch:
        return page_413(request)
    return HttpResponse(status=204)


@seated
@require_POST
def from_file(request: Request, procedure: str, step_key: str) -> HttpResponse:
    """Fill the form from a Word or text file; what is already written stays, the file's text is put below it."""
    table = table_of(procedure)
    row = step_of(table, step_key)
    draft = _draft_of(request) or uuid4()
    file = request.FILES.get("file")
    try:
        if file is None:
            raise BadFile(_("没有选文件。请先选一个 Word（.docx）或文本（.txt）文件。"))
        kind = inspect(file, file.name or "", kinds=DRAFT_KINDS).kind
        found = text_of(file.read(), kind)
    except ValueError as error:
        messages.error(request, str(error))
    else:
        _fill(request, table, row, draft, found)
    return HttpResponseRedirect(f"{reverse('web:new', args=[table.key, row.key])}?draft={draft}")


def _fill(request: Request, table: Procedure, row: Step, draft: UUID, found: Any) -> None:
    form = drafts.new_form(table.key, row.key, draft)
    typed = drafts.kept(request.actor, form, table) or _untouched(request, table, row)
    names = set(row.records.base_fields) if row.records else set()
    parts = {"title": found.title, **(found.sections or {"situation": drafts.lines(found.paragraphs)})}
    for part, text in parts.items():
        name = next((name for name in PARTS[part] if name in names), None)
        if name and text:
            before = next(iter(typed.get(name, [])), "")
            typed[name] = [text if part == "title" and not before else drafts.lines([before, text])]
            if part == "title" and before:
                typed[name] = [before]
    drafts.keep_fields(request.actor, form, table, typed)
    for warning in found.warnings:
        messages.warning(request, warning)
    messages.success(request, _("已从文件读入文字，请核对每一栏后再提交。"))


def _untouched(request: Request, table: Procedure, row: Step) -> dict[str, list[str]]:
    """The form's own ticks, which an empty draft would otherwise take away."""
    form = form_for(row, engine.begin(table.key, acting(request)))
    return {name: ["on"] for name, field in form.fields.items() if field.initial is True}


@seated
@require_POST
def discard(request: Request, row_id: UUID) -> HttpResponse:
    """Throw away something unfinished."""
    Autosave.objects.filter(account=account_of(request.actor), pk=row_id, matter=None).delete()
    messages.success(request, _("这份没有提交的内容已经删除。"))
    return HttpResponseRedirect(reverse("web:openings"))
