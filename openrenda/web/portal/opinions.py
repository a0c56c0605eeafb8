"""Words about the application (anti-formalism: every page has a button for them): taking them in, and answering them."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openrenda.docket.actor import Actor
from openrenda.forms import Form

from . import codes
from .models import Feedback
from .tallies import HOUR_SECONDS, counted, from_network

KINDS = {
    "fault": _("用不了、出错"),
    "hard": _("不好用、看不懂"),
    "burden": _("增加负担、重复填报"),
    "idea": _("改进建议"),
    "complaint": _("投诉"),
}
LONGEST_TEXT = 3000
LONGEST_PAGE = 300
PER_VISITOR_AN_HOUR = 5
PER_CONGRESS_AN_HOUR = 200


class FeedbackForm(Form):
    """Three things: what kind, what happened, on which page. Name and telephone are not asked for."""

    kind = forms.ChoiceField(label=_("哪一类"), choices=list(KINDS.items()), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("您想说什么"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("请不要写身份证号、电话等个人信息。"),
    )
    page = forms.CharField(max_length=LONGEST_PAGE, required=False, widget=forms.HiddenInput)
    # People never see this field; programs that fill in every field do.
    website = forms.CharField(
        label=_("网址（请留空）"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_website(self) -> str:
        """Refuse a form that a program filled in, and tell a person what to do."""
        if self.cleaned_data["website"]:
            raise ValidationError(_("“网址”一栏请留空后再提交。"))
        return ""

    def clean_page(self) -> str:
        """Only an address of our own; anything else is forgotten."""
        page: str = self.cleaned_data["page"]
        return page if page.startswith("/") and not page.startswith("//") else ""


class AnswerForm(Form):
    """The answer, which everyone with the number may read."""

    answer = forms.CharField(label=_("答复"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4}))


def keep(form: FeedbackForm) -> Feedback:
    """Keep what was written, under a new query number."""
    data = form.cleaned_data
    row = Feedback(
        number=codes.query_number(), kind=data["kind"], text=data["text"], page=data["page"], received_at=timezone.now()
    )
    row.save(force_insert=True)
    return row


def reply(row: Feedback, form: AnswerForm, actor: Actor) -> bool:
    """Answer once; whoever comes second changes nothing and is told so by False."""
    changes = {
        "answer": form.cleaned_data["answer"], "answered_at": timezone.now(), "answered_by": actor.office_name[:100],
        "account": actor.account,
    }  # fmt: skip
    return bool(Feedback.objects.filter(pk=row.pk, answered_at=None).update(**changes))


def too_many(request: HttpRequest) -> bool:
    """Whether this visitor, or everybody together, has written enough for an hour. Counts the try."""
    if counted(from_network("feedback", request)) > PER_VISITOR_AN_HOUR:
        return True
    recent = Feedback.objects.filter(received_at__gte=timezone.now() - timedelta(seconds=HOUR_SECONDS))
    return len(recent.values("pk")[:PER_CONGRESS_AN_HOUR]) >= PER_CONGRESS_AN_HOUR
