"""The page of one step: its form, its consequence, and every way it can be refused without losing what was typed."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from openrenda import docket
from openrenda.docket.actor import Actor
from openrenda.docket.forms import StepForm
from openrenda.docket.language import Step
from openrenda.docket.models import Matter
from openrenda.docket.reading import visible_to
from openrenda.docket.refusals import Incomplete, NotFresh, NotVisible, Overtaken, Refused
from openrenda.docket.situation import Situation
from openrenda.people.guards import asked_by_the_page
from openrenda.procedures import fields

from .. import drafts, matter_page, similarity, stepping
from ..access import DEPUTY_SEATS, Request, acting, matter_of, seated, situation_of, step_of
from ..labels import label_of
from ..stepping import CONFLICT, UNPROCESSABLE, StepPage, form_for
from .errors import page_413, page_forbidden

LONGEST_VALUE = 60


@seated
@sensitive_post_parameters("identity-password", "identity-code")
@require_http_methods(["GET", "POST"])
def step(request: Request, matter_id: UUID, step_key: str) -> HttpResponse:
    """Show the step's form, or take the step."""
    if request.method == "POST":
        return _take(request, matter_of(matter_id), step_key)
    situation = situation_of(request, matter_id)
    row = step_of(situation.table, step_key)
    reasons, unproved = stepping.refusals(situation, row)
    if reasons and not _is_hers(situation, row):
        return page_forbidden(request, "；".join(reasons))
    page = StepPage(situation, row, form_for(row, situation), stepping.new_key(), situation.matter.version, reasons)
    _restore(page)
    if page.form.proposed_template and not reasons:
        page.proposed = {**page.form.proposed(), "adopted": _adopted(request, page.form)}
    if not page.form.fields:
        page.advice = page.form.advice()
    return answer(request, page, unproved=unproved)


@seated
@require_POST
def advice(request: Request, matter_id: UUID, step_key: str) -> HttpResponse:
    """Advice on what is typed so far: a piece of the page for a script, the whole page with what was typed without one."""
    situation = situation_of(request, matter_id)
    row = step_of(situation.table, step_key)
    form = form_for(row, situation, request.POST)
    if not form.advice_template or not _is_hers(situation, row):
        raise Http404
    if asked_by_the_page(request):
        return render(request, form.advice_template, form.advice())
    page = StepPage(situation, row, form_for(row, situation), stepping.key_of(request), stepping.seen_version(request))
    drafts.pour(page.form, {name: request.POST.getlist(name) for name in request.POST})
    page.advice = form.advice()
    return answer(request, page)


def _is_hers(situation: Situation, row: Step) -> bool:
    """Whether the step belongs to one of her offices in this state, though it may be barred now."""
    return any(offer.step.key == row.key for offer in docket.offers(situation))


def _adopted(request: Request, form: StepForm) -> dict[str, str]:
    """What she tapped stands in its field; everything else stays as it was typed, and nothing is sent yet."""
    adopted = {name: request.GET[name][:LONGEST_VALUE] for name in form.fields if name in request.GET}
    form.initial = {**form.initial, **adopted}
    return adopted


def _restore(page: StepPage) -> None:
    typed = drafts.kept_for_step(page.situation.actor, page.situation.matter, page.step.key)
    if typed is not None:
        drafts.pour(page.form, typed)
        page.restored = True


def _take(request: Request, matter: Matter, step_key: str) -> HttpResponse:
    row = step_of(matter.table, step_key)
    if fields.SEARCHES in request.POST:
        return answer(request, _narrowed(request, matter, row))
    mark, seen, began = stepping.key_of(request), stepping.seen_version(request), timezone.now()
    actor, wrong = stepping.proved(request, acting(request), row)
    try:
        made = docket.act(
            matter, row.key, by=actor, data=request.POST, files=request.FILES, seen=seen,
            key=stepping.act_key(actor, mark),
        )  # fmt: skip
    except NotVisible:
        raise Http404 from None
    except Incomplete as incomplete:
        page = _page_again(request, matter.pk, actor, row, mark, seen)
        page.form, page.status = stepping.dressed(incomplete.form), UNPROCESSABLE
        return answer(request, page)
    except Refused as refused:
        page = _page_again(request, matter.pk, actor, row, mark, seen)
        page.status, page.identity = UNPROCESSABLE, wrong
        unproved = isinstance(refused, NotFresh)
        page.reasons = [] if unproved else refused.reasons
        return answer(request, page, unproved=unproved)
    except Overtaken:
        return answer(request, _overtaken(request, matter.pk, actor, row, seen))
    done = f"{matter.pk}:{row.key}"
    if made.recorded_at < began and stepping.says_more(row, request.POST, made):
        done = _kept_apart(request, actor, matter, row)
    else:
        messages.success(request, said(row, made.matter))
    return HttpResponseRedirect(f"{reverse('web:matter', args=[made.matter_id])}?done={done}")


def _kept_apart(request: Request, actor: Actor, matter: Matter, row: Step) -> str:
    """After Back and other words: the step was taken before and stays as it was; the new words wait in its form."""
    _keep(request, actor, matter, row)
    words = {"step": label_of(row)}
    messages.warning(
        request, _("%(step)s先前已经记录，这次改动的文字没有算进去，替您存着：再打开这一步就能看到。") % words
    )
    return ""


def _keep(request: Request, actor: Actor, matter: Matter, row: Step) -> None:
    """Keep what was typed; what no form can hold stays in the browser only."""
    with suppress(drafts.TooMuch):
        drafts.keep(actor, drafts.step_form(matter, row.key), matter.table, request.POST, matter)


def said(row: Step, matter: Matter) -> str:
    """What is told after a step: what was done, and what is true of the matter now."""
    words = {"step": label_of(row), "state": label_of(matter.state_now), "number": matter.number}
    if matter.number:
        return _("%(step)s已记录。%(number)s 现在是“%(state)s”。") % words
    return _("%(step)s已记录。这件事项现在是“%(state)s”。") % words


def _page_again(request: Request, matter_id: UUID, actor: Actor, row: Step, mark: str, seen: int) -> StepPage:
    """The same form with what was sent, on rows read anew (a refused plan has changed the old ones in memory)."""
    situation = Situation(matter_of(matter_id), actor)
    if not visible_to(situation):
        raise Http404
    form = form_for(row, situation, request.POST, request.FILES)
    return StepPage(situation, row, form, mark, seen)


def _narrowed(request: Request, matter: Matter, row: Step) -> StepPage:
    """The form as it was sent, with the rows that were searched for; nothing is taken nor judged yet."""
    page = _page_again(
        request, matter.pk, acting(request), row, stepping.key_of(request), stepping.seen_version(request)
    )
    page.form.unjudged()
    page.reasons, page.identity = stepping.refusals(page.situation, row)[0], None
    return page


def _overtaken(request: Request, matter_id: UUID, actor: Actor, row: Step, seen: int) -> StepPage:
    """What changed since the page was opened, and the form on the matter as it is now."""
    page = _page_again(request, matter_id, actor, row, stepping.new_key(), seen)
    _keep(request, actor, page.situation.matter, row)
    page.overtaken_by = [made for made in page.situation.acts if made.seq > seen]
    page.seen, page.status = page.situation.matter.version, CONFLICT
    page.reasons = stepping.refusals(page.situation, row)[0]
    return page


def answer(request: Request, page: StepPage, *, unproved: bool = False) -> HttpResponse:
    """Render the step page with its status."""
    situation, row = page.situation, page.step
    if unproved and page.identity is None:
        page.identity = stepping.identity_form()
    matter = situation.matter
    acts = matter_page.timeline(situation, page.overtaken_by)
    context: dict[str, Any] = {
        "page": page,
        "form": page.form,
        "step": row,
        "label": label_of(row),
        "article": situation.book.citation(row.basis) if row.basis else "",
        "overtaken": acts,
        "state": label_of(situation.state),
        "autosave_url": reverse("web:step-autosave", args=[matter.pk, row.key]),
        "autosave_key": f"{situation.actor.account}:{drafts.step_form(matter, row.key)}",
        "similar_url": similarity.address(situation.table, row),
        "action": reverse("web:step", args=[matter.pk, row.key]),
        "advice_url": reverse("web:advice", args=[matter.pk, row.key]) if page.form.advice_template else "",
        "advice_template": page.form.advice_template,
        **page.advice,
        "proposed_template": page.form.proposed_template,
        **page.proposed,
        "matter": matter,
        "reads_first": situation.actor.seat in DEPUTY_SEATS,
        **matter_page.body(situation),
    }
    return render(request, "web/step.html", context, status=page.status)


@seated
@require_POST
def autosave(request: Request, matter_id: UUID, step_key: str) -> HttpResponse:
    """Keep what has been typed so far."""
    situation = situation_of(request, matter_id)
    row = step_of(situation.table, step_key)
    try:
        drafts.keep(situation.actor, drafts.step_form(situation.matter, row.key), situation.table, request.POST,
                    situation.matter)  # fmt: skip
    except drafts.TooMuch:
        return page_413(request)
    return HttpResponse(status=204)
