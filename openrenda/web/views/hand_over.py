"""Handing over many suggestions at once: suggested organs, one choice a row, one report, one list and one letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from openrenda import docket
from openrenda.docket import registry
from openrenda.docket.actor import Actor
from openrenda.docket.language import Step
from openrenda.docket.models import Act
from openrenda.documents.official import to_docx
from openrenda.documents.official.letters import HandOver, hand_over_notice
from openrenda.documents.official.model import Table, Text
from openrenda.languages import chinese
from openrenda.people.models import Session
from openrenda.procedures.suggestion.records import Suggestion

from .. import stepping, suggesting
from ..access import Request, seated
from ..labels import label_of
from ..lists import batches
from .lists import hand_over_papers, report

PROCEDURE = "suggestion"
STEP_OF_SEAT = {"deputy_office": "assign", "government_office": "assign_by_government"}
OTHER = "other"
ROWS = 15
SESSIONS = 4
MOST_IN_LETTER = 600
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def step_for(actor: Actor) -> Step:
    """The seat's own step of handing over.

    :raises Http404: for seats that hand nothing over.
    """
    key = STEP_OF_SEAT.get(actor.seat)
    if key is None:
        raise Http404
    return registry.procedure(PROCEDURE).step(key)


@seated
@require_http_methods(["GET", "POST"])
def hand_over(request: Request) -> HttpResponse:
    """The suggestions that wait to be handed over, the oldest first, with the organs they may belong to."""
    step = step_for(request.actor)
    if request.method == "POST":
        return _take(request, step)
    records = _waiting(request.actor, step)
    experience = suggesting.Experience()
    rows = [_row(record, experience) for record in records[:ROWS]]
    context = {
        "rows": rows,
        "more": len(records) > ROWS,
        "organs": list(experience.organs.values()),
        "hit_rate": suggesting.hit_rate(),
        "key": stepping.new_key(),
        "label": label_of(step),
        "today": timezone.localdate(),
        "sessions": Session.objects.select_related("term").order_by("-since")[:SESSIONS],
    }
    return render(request, "web/hand_over.html", context)


def _waiting(actor: Actor, step: Step) -> list[Suggestion]:
    states = [state.key for state in step.sources]
    waiting = docket.visible(actor, PROCEDURE).filter(state__in=states).order_by("opened_on", "id")
    ids = list(waiting.values_list("pk", flat=True)[: ROWS + 1])
    records = Suggestion.objects.filter(matter_id__in=ids).select_related("matter", "category", "wished_organ")
    return sorted(records, key=lambda record: ids.index(record.matter_id))


def _row(record: Suggestion, experience: suggesting.Experience) -> dict[str, Any]:
    return {
        "matter": record.matter,
        "record": record,
        "url": reverse("web:matter", args=[record.matter_id]),
        "suggested": experience.suggest(record),
    }


def _take(request: Request, step: Step) -> HttpResponse:
    """Hand over each row for which an organ was chosen; rows left open stay as they are, and no choice is passed over in silence."""
    keys = [name.removeprefix("organ_") for name in request.POST if name.startswith("organ_")]
    choices = {key: choice for key in keys if (choice := _choice(request, key))}
    matters = batches.chosen(request.actor, PROCEDURE, choices)
    unclear = [batches.Outcome(m, False, [problem]) for m in matters if (problem := choices[str(m.pk)].problem)]
    rows = [(m, {"organ": choices[str(m.pk)].organ}) for m in matters if not choices[str(m.pk)].problem]
    outcomes = batches.take_each(request.actor, step, rows, stepping.key_of(request))
    for outcome in outcomes:
        if outcome.done:
            _remember(request, outcome.matter, choices[str(outcome.matter.pk)].organ)
    if gone := len(choices) - len(matters):
        messages.warning(request, _("另有%(count)s件已不归您的席位查看，没有交办。") % {"count": gone})
    return report(request, unclear + outcomes, label_of(step), reverse("web:hand-over"), **hand_over_papers())


@dataclass(frozen=True)
class Choice:
    """What was chosen for a row: an organ, or why it is not clear which."""

    organ: str = ""
    problem: str = ""


def _choice(request: Request, key: str) -> Choice | None:
    """One of the suggested organs, or another from the list: an organ chosen there is meant, whichever button is ticked."""
    ticked, listed = request.POST.get(f"organ_{key}", ""), request.POST.get(f"other_{key}", "")
    if ticked in ("", OTHER):
        return (
            Choice(listed) if listed else Choice(problem=_("选了“其他单位”，但没有选是哪个单位。")) if ticked else None
        )
    if listed not in ("", ticked):
        return Choice(problem=_("推荐单位和其他单位各选了一个，请只选一个主办单位。"))
    return Choice(ticked)


def _remember(request: Request, matter: Any, organ: str) -> None:
    suggested = []
    for text in request.POST.get(f"suggested_{matter.pk}", "").split(",")[: suggesting.SHOWN]:
        try:
            suggested.append(UUID(text))
        except ValueError:
            continue
    suggesting.remember(matter, suggested, UUID(organ))


# What goes with it on paper


def _handed_over(request: Request) -> tuple[date, list[Suggestion]]:
    """The suggestions handed over on the day that the address names."""
    step = step_for(request.actor)
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        raise Http404 from None
    acts = Act.objects.filter(procedure=PROCEDURE, step=step.key, took_effect__date=day)
    ids = list(acts.values_list("matter_id", flat=True)[:MOST_IN_LETTER])
    seen = docket.visible(request.actor).filter(pk__in=ids).values("pk")
    records = Suggestion.objects.filter(matter_id__in=seen).select_related("matter", "session__term")
    return day, sorted(records, key=lambda record: (record.organ_name, record.matter.opened_on, record.matter_id))


@seated
@require_safe
def printed(request: Request) -> HttpResponse:
    """The list of a day's hand-over, by organ, for the meeting and for signing."""
    day, records = _handed_over(request)
    return render(request, "web/hand_over_printed.html", {"handed_on": day, "records": records})


@seated
@require_safe
def letter(request: Request) -> HttpResponse:
    """The notice of a day's hand-over as a Word document in the official layout, with the list attached."""
    day, records = _handed_over(request)
    if not records:
        raise Http404
    # An official document is Chinese whatever language its clerk reads.
    with chinese():
        content = to_docx(hand_over_notice(_notice(request, day, records)))
    answer = HttpResponse(content, content_type=WORD)
    name = _("交办通知%(day)s.docx") % {"day": f"{day:%Y%m%d}"}
    answer.headers["Content-Disposition"] = str(content_disposition_header(True, name))
    return answer


def _notice(request: Request, day: date, records: list[Suggestion]) -> HandOver:
    sitting: Session | None = records[0].session
    in_session = all(record.in_session for record in records)
    issuer = request.actor.office_name
    intro = _("现将代表建议、批评和意见共%(count)s件交你们办理（清单附后）。请按规定期限签收、联系代表、办理和答复。")
    return HandOver(
        congress=request.congress.short_name.removesuffix("人大"),
        term=sitting.term.number if sitting else 1,
        session=sitting.number if sitting and in_session else None,
        issuer=issuer,
        signed_by=issuer,
        number="",
        dated=day,
        addressees=list(dict.fromkeys(record.organ_name for record in records)),
        blocks=[Text(intro % {"count": len(records)})],
        items=_table(records),
    )


def _table(records: list[Suggestion]) -> Table:
    head = (_("编号"), _("标题"), _("领衔代表"), _("主办单位"))
    rows = tuple(
        (record.matter.number, record.matter.title, record.sponsor_name, record.organ_name) for record in records
    )
    return Table(head, rows)
