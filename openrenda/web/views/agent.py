"""Entering for a deputy: choose the deputy, upload the proof, then act; and end it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from openrenda.documents.intake import SIZE_LIMIT_BYTES, BadFile
from openrenda.forms import Form
from openrenda.people.models import Mandate

from .. import agents, filing
from ..access import Request, seated
from ..stepping import UNPROCESSABLE
from .errors import page_forbidden

PROOF_KINDS = ("pdf", "jpeg", "png", "webp", "docx")


class AgentForm(Form):
    """Whose paper is entered, and what shows that she wants it."""

    deputy: forms.ModelChoiceField[Mandate] = forms.ModelChoiceField(
        queryset=None, label=gettext_lazy("代表"), empty_label=gettext_lazy("请选择")
    )
    proof = forms.FileField(
        label=gettext_lazy("凭证"),
        help_text=gettext_lazy("代表签名的原件、委托书的照片或者扫描件。凭证随每一步存档。"),
        widget=forms.FileInput(
            attrs={"data-max-bytes": SIZE_LIMIT_BYTES, "accept": ".pdf,.jpg,.jpeg,.png,.webp,.docx"}
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = Mandate.objects.able_on().select_related("person").order_by("person__stroke_key", "id")
        field = self.fields["deputy"]
        field.queryset = able  # type: ignore[attr-defined]
        field.label_from_instance = lambda mandate: mandate.person.name  # type: ignore[attr-defined]


@seated
@require_http_methods(["GET", "POST"])
def agent(request: Request) -> HttpResponse:
    """Begin entering for a deputy."""
    if not agents.may_enter_for_others(request.actor.seat):
        return page_forbidden(request, _("代为录入由代表工作机构和联络站工作人员办理。"))
    form = AgentForm(request.POST, request.FILES) if request.method == "POST" else AgentForm()
    if request.method == "POST" and form.is_valid():
        mandate = form.cleaned_data["deputy"]
        try:
            proof = filing.keep(form.cleaned_data["proof"], request.actor, role=agents.PROOF_ROLE, kinds=PROOF_KINDS)
        except BadFile as refusal:
            form.add_error("proof", refusal.sentence)
        else:
            agents.begin(request, mandate, proof)
            words = _("现在代%(name)s代表录入，每一步都会写明由您代录并附上凭证。") % {"name": mandate.person.name}
            messages.success(request, words)
            return HttpResponseRedirect(reverse("web:openings"))
    return render(request, "web/agent.html", {"form": form}, status=UNPROCESSABLE if form.errors else 200)


@seated
@require_POST
def end(request: Request) -> HttpResponse:
    """Back to one's own work."""
    agents.end(request)
    messages.success(request, _("代为录入已经结束。"))
    return HttpResponseRedirect("/")
