"""The suggestion that an evaluation is about, with the organ that handled it; what the evaluations share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import Opening
from openrenda.docket.models import Matter, Party
from openrenda.docket.situation import Situation
from openrenda.tenancy import TenantFK, TenantModel

ANSWERED = ("replied", "replied_again", "closed")
MOST_OFFERED = 300
EVALUATES = "evaluates"


class OfSuggestion(TenantModel):
    """What is known of the suggestion on the day on which its evaluation is opened."""

    subject = TenantFK(Matter, models.PROTECT, null=True, related_name="+", verbose_name="建议")
    organ = TenantFK("people.Organ", models.PROTECT, null=True, related_name="+", verbose_name="承办单位")
    organ_name = models.CharField("承办单位名称", max_length=200, blank=True)

    class Meta:
        abstract = True


class SubjectForm(StepForm):
    """Which answered suggestion is evaluated."""

    subject = forms.UUIDField(label=_("建议"), widget=forms.Select, help_text=_("已经答复的建议，新的在前。"))

    def prepare(self) -> None:
        """Offer the suggestions answered last."""
        listed = answered().order_by("-state_since", "-id").values_list("pk", "number", "title")[:MOST_OFFERED]
        field = self.fields["subject"]
        field.widget.choices = [("", "—"), *((pk, f"{number} {title}") for pk, number, title in listed)]

    def clean_subject(self) -> UUID | None:
        """An answered suggestion with an organ that handled it."""
        chosen: UUID | None = self.cleaned_data["subject"]
        if chosen is not None and not answered().filter(pk=chosen).exists():
            raise ValidationError(_("请选择一件已经答复、有承办单位的建议。"))
        return chosen


def answered() -> QuerySet[Matter]:
    """Suggestions that were answered by an organ."""
    handled = Party.objects.filter(matter=OuterRef("pk"), role="handler", until=None)
    return Matter.objects.filter(Exists(handled), procedure="suggestion", state__in=ANSWERED)


def parties_of(matter: UUID | str, *roles: str) -> list[Party]:
    """Who stands in these relations to a matter today."""
    return list(Party.objects.filter(matter_id=matter, role__in=roles, until=None).order_by("role", "position"))


def take_subject(situation: Situation, matter_id: UUID | str) -> Matter:
    """Begin an evaluation of a suggestion: its title, its link, its organ, and its secrecy if the deputy asked for it."""
    subject = Matter.objects.get(pk=matter_id)
    handler = parties_of(subject.pk, "handler")[0]
    matter = situation.matter
    matter.title = f"{subject.number} {subject.title}".strip()[:500]
    matter.confidential = subject.confidential
    situation.link(subject, EVALUATES)
    situation.add_party("handler", handler.holder, handler.name)
    situation.note(subject=subject, organ_id=handler.holder, organ_name=handler.name)
    return subject


def rectify(
    situation: Situation, source: str, problem: str, *, due_on: Any = None, owner: tuple[Any, str] | None = None,
    checkers: Iterable[Party] = (), **more: Any,
) -> Opening:  # fmt: skip
    """A rectification of what was found here, owned by the handling organ unless somebody else is named."""
    record = situation.record
    holder, name = owner or (record.organ_id, record.organ_name)
    data = {"title": situation.matter.title, "source": source, "problem": problem, **more}
    if due_on:
        data["due_on"] = str(due_on)
    watching = tuple(("checker", party.holder, party.name) for party in checkers)
    return Opening("rectification", "open", data, (("owner", holder, name), *watching))
