"""Writing to a deputy one to one, and reading on with the number or the link (A14)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Avg, Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as declared

from openrenda import docket, tickets
from openrenda.docket.actor import the_public
from openrenda.docket.models import Act, Party
from openrenda.docket.refusals import Refused
from openrenda.docket.situation import Situation
from openrenda.people.models import Congress, Mandate, Organ, StationMember
from openrenda.procedures.palm_express.records import Conversation, DirectMessage, waiting_words

from . import codes, proofs, receiving, saying
from .receiving import Own
from .tallies import counted

KEY, STEP, RECEIVER = "palm-express", "write", "receiver"
BY_LINK = ("add", "write_again", "close", "erase")
WRITING = ("add", "write_again")
UNPROVEN_AN_HOUR, SHOWN_DAYS = 30, 365
TOLD = {
    "write": declared("留言已送达代表"), "add": declared("又写了一条"), "write_again": declared("又写了一条"), "answer": declared("代表已答复"),
    "say_more": declared("代表又写了一条"), "hand": declared("代表已转为意见办理"), "pass_on": declared("代表没有按期答复，已转站点办理"),
    "close": declared("谈完了"), "rest": declared("久无往来，结束"), "erase": declared("内容已删除"),
}  # fmt: skip


class ExpressForm(saying.WordsForm):
    """The words, and to whom: a deputy she picked, or one of the street in which she lives."""

    deputy = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput())
    street = forms.ChoiceField(label=gettext_lazy("您住在哪个街道、乡镇"), required=False)

    field_order = ("street", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Organ.objects.on().filter(kind__in=("street", "town")).order_by("position", "code")
        choices = [("", _("请选择")), *((str(pk), name) for pk, name in rows.values_list("pk", "name"))]
        self.fields["street"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Whoever is written to: the deputy she picked, or one that is given to her."""
        cleaned: dict[str, Any] = super().clean() or {}
        chosen = able(codes.id_of(cleaned.get("deputy", "")))
        chosen = chosen or (given(cleaned["street"]) if cleaned.get("street") else None)
        if chosen is None:
            field = "street" if not cleaned.get("deputy") else None
            self.add_error(field, ValidationError(_("请选您住的街道、乡镇，或者从代表名册里选一位代表。")))
        cleaned["mandate"] = chosen
        return cleaned


def able(mandate: UUID | None) -> Mandate | None:
    """A deputy who may act today."""
    rows = Mandate.everyone.able_on().select_related("person").defer("person__phone")
    return rows.filter(pk=mandate).first() if mandate else None


def given(street: str) -> Mandate | None:
    """A deputy of that street: elected there or in one of its stations, with the fewest messages waiting. A guest is written to by choice only."""
    seated = StationMember.objects.on().filter(station__street=street).values("mandate")
    rows = Mandate.objects.able_on().filter(Q(district__street=street) | Q(pk__in=seated))
    found = list(rows.select_related("person").defer("person__phone").order_by("person__stroke_key", "pk"))
    waiting = _waiting([row.pk for row in found])
    return min(found, key=lambda row: waiting.get(row.pk, 0), default=None)


def _waiting(mandates: list[UUID]) -> dict[UUID, int]:
    rows = Party.objects.filter(
        role=RECEIVER, holder__in=mandates, until=None, matter__procedure=KEY, matter__state="waiting"
    )
    return dict(rows.values_list("holder").annotate(count=Count("pk")))


def write(form: ExpressForm, sent: saying.Sent) -> Act:
    """Open the conversation; the same request sent twice gives the same one.

    :raises Refused: when one deputy is sent more without the script's proof than people would write.
    """
    data = form.cleaned_data
    deputy = data["mandate"].pk
    if not proofs.holds(sent.challenge, sent.answer) and counted(f"express:{deputy}") > UNPROVEN_AN_HOUR:
        raise Refused([receiving.too_many_words()])
    by = the_public(sent.congress.pk, uuid4())
    return docket.open_matter(KEY, STEP, by=by, data={"text": data["text"], "deputy": deputy}, key=sent.key)


def own(*, number: str = "", link: str = "") -> Own | None:
    """The conversation with that number or link."""
    rows = Conversation.objects.select_related("matter", "deputy__person", "station")
    one = receiving.found(rows, number=number, link=link)
    return Own(*one, bool(link), (), BY_LINK) if one else None


def page(congress: Congress, found: Own) -> dict[str, Any]:
    """What the page of a conversation shows; whoever has the number alone reads no words."""
    record: Conversation = found.record
    written = DirectMessage.objects.filter(matter_id=found.matter.pk).order_by("written_at", "id") if found.own else ()
    return {
        "own": found.own, "record": record, "deputy": record.deputy.person.name, "state": found.matter.state_now.words,
        "by_when": _by_when(found), "waited": record.waited, "messages_written": list(written), "live": found.live,
        "acts": receiving.told(found.matter.acts.all(), TOLD),
        "opinions": [_opinion(congress, row) for row in record.opinions] if found.own else [],
        "writing": next((step for step in found.live if step in WRITING), ""),
    }  # fmt: skip


def _by_when(found: Own) -> Any:
    rows = Situation(found.matter, found.actor).clocks
    return min((row.due_on for row in rows if row.key == "answer" and row.running), default=None)


def _opinion(congress: Congress, matter: Any) -> dict[str, Any]:
    address = reverse("portal:opinion-mine", args=[congress.division_code, tickets.link_of(matter.pk)])
    return {"number": tickets.in_groups(tickets.number_of(matter.pk)), "url": address, "state": matter.state_now.words}


def last_year() -> dict[str, Any]:
    """How it went in a year, for everybody: how many wrote, how many were answered, how long the first answer took. Nobody's name."""
    since = timezone.now() - timedelta(days=SHOWN_DAYS)
    rows: QuerySet[Conversation] = Conversation.objects.filter(asked_at__gte=since)
    found = rows.aggregate(all=Count("pk"), answered=Count("answered_at"), minutes=Avg("waited_minutes"))
    waited = waiting_words(timedelta(minutes=found["minutes"])) if found["minutes"] is not None else ""
    return {"all": found["all"], "answered": found["answered"], "waited": waited}
