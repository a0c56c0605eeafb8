"""What everybody reads about the live studio, and asking it something beforehand (A13). Who watches is not asked."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as declared

from openrenda import docket, tickets
from openrenda.activities.broadcast_question import LONGEST_QUESTION, BroadcastQuestion
from openrenda.activities.record import Activity
from openrenda.docket.actor import the_public
from openrenda.docket.models import Act, Link
from openrenda.docket.refusals import Refused
from openrenda.people.models import Congress, Mandate

from . import codes, proofs, receiving, saying
from .receiving import Own
from .tallies import counted

QUESTION, STEP = "broadcast-question", "ask"
BY_LINK = ("withdraw",)
UNPROVEN_AN_HOUR = 60
SHOWN_STATES = ("live", "later", "handed")
TOLD = {
    "ask": declared("提问已收到"), "enter": declared("提问已登记"), "answer_live": declared("直播中已答复"), "answer_later": declared("直播后已答复"),
    "hand": declared("已转交办理"), "withdraw": declared("您撤回了提问"),
}  # fmt: skip


class QuestionForm(saying.WordsForm):
    """The question, and nothing about who asks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = gettext_lazy("想问代表什么")
        self.fields["text"].max_length = LONGEST_QUESTION  # type: ignore[attr-defined]


def published(day: date) -> QuerySet[Activity]:
    """The broadcasts that were announced, the newest first."""
    rows = Activity.objects.filter(matter__procedure="broadcast", matter__public_since__lte=day)
    return rows.select_related("matter", "street").order_by("-held_on", "-id")


def one_of(code: str, day: date) -> Activity | None:
    """The broadcast at that address."""
    pk = codes.id_of(code)
    return published(day).filter(matter_id=pk).first() if pk else None


def page(row: Activity) -> dict[str, Any]:
    """What the page of a broadcast shows: who takes part, and the questions with their end, in the wording that was gone through."""
    asked = BroadcastQuestion.objects.filter(broadcast_id=row.matter_id, matter__state__in=SHOWN_STATES)
    seated = row.matter.participants.filter(kind="deputy", withdrawn=False).values("holder")
    people = Mandate.everyone.filter(pk__in=seated).select_related("person").order_by("person__stroke_key", "pk")
    cancelled = row.matter.state == "cancelled"
    return {
        "row": row, "code": codes.code_of(row.matter_id), "takes": row.matter.state == "arranged", "cancelled": cancelled,
        "state": row.matter.state_now.words, "deputies": [one.named for one in people],
        "questions": list(asked.select_related("matter", "deputy__person").order_by("id")),
    }  # fmt: skip


def ask(row: Activity, form: QuestionForm, sent: saying.Sent) -> Act:
    """Open the question; the same request sent twice gives the same one.

    :raises Refused: when more comes without the script's proof than people would ask.
    """
    if not proofs.holds(sent.challenge, sent.answer) and counted(f"studio:{row.matter_id}") > UNPROVEN_AN_HOUR:
        raise Refused([receiving.too_many_words()])
    by = the_public(sent.congress.pk, uuid4())
    data = {"text": form.cleaned_data["text"], "broadcast": row.matter_id}
    return docket.open_matter(QUESTION, STEP, by=by, data=data, key=sent.key)


def own(*, number: str = "", link: str = "") -> Own | None:
    """The question with that number or link."""
    rows = BroadcastQuestion.objects.select_related("matter", "broadcast", "deputy__person")
    one = receiving.found(rows, number=number, link=link)
    return Own(*one, bool(link), (), BY_LINK) if one else None


def matter_of(congress: Congress, question: UUID) -> str:
    """The address of the opinion that a question became, for whoever asked it; nothing when it became none."""
    found = (
        Link.objects.filter(origin_id=question, matter__procedure="opinion").values_list("matter_id", flat=True).first()
    )
    return reverse("portal:opinion-mine", args=[congress.division_code, tickets.link_of(found)]) if found else ""
