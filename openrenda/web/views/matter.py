"""The matter page and what hangs on it: documents, and the opening of a sealed field."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openrenda import docket
from openrenda.docket.builtin import OpenSealed, open_sealed
from openrenda.docket.language import Sealed
from openrenda.docket.models import Act, File
from openrenda.docket.offices import holds
from openrenda.docket.reading import Offer
from openrenda.docket.refusals import Incomplete, NotVisible, Overtaken, Refused
from openrenda.docket.situation import Situation
from openrenda.documents.intake import SIZE_LIMIT_BYTES, BadFile
from openrenda.people.models import Congress
from openrenda.tenancy import congress_scope

from .. import filing, matter_page, stepping
from ..access import Request, account_of, acting, matter_of, seated, situation_of
from ..labels import label_of
from .errors import page_forbidden

MEGABYTE = 1024 * 1024


@seated
@require_safe
def matter(request: Request, matter_id: UUID) -> HttpResponse:
    """One matter, in the fixed regions. Who has just given it away with a step is told so on her home page instead."""
    try:
        situation = situation_of(request, matter_id)
    except Http404:
        if given_away(request, matter_id):
            return HttpResponseRedirect("/")
        raise
    matter_page.load_record(situation)
    offered = docket.offers(situation)
    context = {
        **matter_page.page(situation),
        "offers": [offer_row(offer, situation, first=number == 0) for number, offer in enumerate(offered)],
        "sealed": sealed_rows(situation),
        "may_upload": filing.may_attach(situation, offered),
        "upload_limit": SIZE_LIMIT_BYTES,
        "upload_megabytes": SIZE_LIMIT_BYTES // MEGABYTE,
        "done": request.GET.get("done", ""),
    }
    return render(request, "web/matter.html", context)


def given_away(request: Request, matter_id: UUID) -> bool:
    """Whether she comes from a step of her own after which the matter is no longer hers to see."""
    came = request.GET.get("done", "").startswith(str(matter_id))
    return came and Act.objects.filter(matter_id=matter_id, account=account_of(request.actor)).exists()


def offer_row(offer: Offer, situation: Situation, *, first: bool) -> dict[str, Any]:
    """A step as its button shows it; the plainest steps are taken from the matter page itself."""
    step, matter = offer.step, situation.matter
    row = {
        "key": step.key,
        "label": label_of(step),
        "url": reverse("web:step", args=[matter.pk, step.key]),
        "main": first and offer.live and not step.optional,
        "reasons": list(offer.reasons),
        "article": offer.article,
    }
    if offer.live and step.records is None and not step.confirm and not step.fresh:
        hidden = [{"name": "seen", "value": matter.version}, {"name": "key", "value": stepping.new_key()}]
        row |= {"method": "post", "hidden": hidden}
    return row


@seated
@require_POST
def upload(request: Request, matter_id: UUID) -> HttpResponse:
    """Attach documents; each is known by its content, kept outside the web root, and refused with a sentence."""
    situation = situation_of(request, matter_id)
    if not filing.may_attach(situation, docket.offers(situation)):
        return page_forbidden(request, str(filing.NO_PART))
    sent = request.FILES.getlist("files")
    if not sent:
        messages.error(request, _("没有选文件。请先选文件，再点上传。"))
    for file in sent:
        try:
            kept = filing.keep(file, request.actor, role=filing.MATTER_ROLE, matter=situation.matter)
        except BadFile as refusal:
            messages.error(request, f"{filing.short_name(file.name)}：{refusal.sentence}")
        else:
            messages.success(request, _("已上传“%(name)s”。") % {"name": kept.name})
            if kept.unscanned:
                messages.warning(
                    request, _("病毒扫描没有应答，“%(name)s”没有扫描过，打开时请当心。") % {"name": kept.name}
                )
    return HttpResponseRedirect(reverse("web:matter", args=[matter_id]) + "#files")


@seated
@require_safe
def download(request: Request, file_id: UUID) -> HttpResponseBase:
    """Send a document to somebody who may see its matter."""
    row = File.objects.filter(pk=file_id).first()
    if row is None or not filing.may_open(row, request.actor, acting(request)):
        raise Http404
    return filing.sent(row)


@require_safe
def public_file(request: HttpRequest, division: str, file_id: UUID) -> HttpResponseBase:
    """Send an open document of an open matter to anybody."""
    congress = get_object_or_404(Congress, division_code=division)
    with congress_scope(congress):
        row = File.objects.select_related("matter").filter(pk=file_id).first()
        if row is None or not filing.is_public(row):
            raise Http404
        return filing.sent(row)


# Sealed fields


def sealed_rows(situation: Situation) -> list[dict[str, str]]:
    """The sealed fields that were filled in and that this person may open."""
    filled = {
        name for made in situation.acts for name, value in made.data.items()
        if isinstance(value, dict) and "sealed" in value
    }  # fmt: skip
    return [
        {"field": name, "label": label_of_sealed(group),
         "url": reverse("web:sealed", args=[situation.matter.pk, name])}
        for group in situation.table.sealed
        for name in group.fields
        if name in filled and any(holds(office, situation.actor, situation.parties) for office in group.opened_by)
    ]  # fmt: skip


def label_of_sealed(group: Sealed) -> str:
    """The label of a sealed group."""
    return group.words


@seated
@require_http_methods(["GET", "POST"])
def sealed(request: Request, matter_id: UUID, field: str) -> HttpResponse:
    """Ask why, record it, and show the sealed value this once."""
    situation = situation_of(request, matter_id)
    row = next((row for row in sealed_rows(situation) if row["field"] == field), None)
    if row is None:
        raise Http404
    context: dict[str, Any] = {"matter": situation.matter, "row": row}
    if request.method == "GET":
        return _sealed_page(request, context, OpenSealed(initial={"field": field}, situation=situation))
    reason = request.POST.get("reason", "")
    try:
        context["value"] = open_sealed(matter_of(matter_id), field, by=situation.actor, reason=reason)
    except Incomplete as incomplete:
        return _sealed_page(request, context, incomplete.form, status=stepping.UNPROCESSABLE)
    except (Refused, Overtaken) as refused:
        reasons = refused.reasons if isinstance(refused, Refused) else [str(refused)]
        form = OpenSealed({"field": field, "reason": reason}, situation=situation)
        return _sealed_page(request, context | {"reasons": reasons}, form, status=stepping.UNPROCESSABLE)
    except NotVisible:
        raise Http404 from None
    return render(request, "web/sealed_shown.html", context)


def _sealed_page(request: Request, context: dict[str, Any], form: Any, status: int = 200) -> HttpResponse:
    form.fields.pop("field", None)
    return render(request, "web/sealed.html", context | {"form": form}, status=status)
