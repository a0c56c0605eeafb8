"""A question for the live studio 直播提问 (A13): sent beforehand without an account or asked in the broadcast; answered live, answered later or handed over.

Nobody is asked for a name. The words are in the record and not in the ledger; everybody reads only the wording that was gone through.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import THE_PUBLIC, Office, Opening, Procedure, State, Step
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.procedures.fields import Choose, LongText, offer_deputies, offer_rows
from openrenda.procedures.listing import CLOSED, OPENED, STATE, TITLE, Column, Filter, ListOf
from openrenda.procedures.offices import (
    AUDITORS,
    DEPUTY_OFFICE,
    LEADERS,
    RECEIVING_SEATS,
    STATION_CLERKS,
    STREET_REVIEWERS,
)
from openrenda.procedures.residents import RESIDENT, Ticketed, note_tickets, title_of
from openrenda.tenancy import TenantFK

LONGEST_QUESTION = 1000
HOST = Office(
    "host",
    "主办的街道",
    "the subdistrict that holds it",
    seats=("street_reviewer", "station_clerk"),
    relation=("host",),
)
SPEAKER = Office("speaker", "参加直播的代表", "deputies in the broadcast", seats=RECEIVING_SEATS, relation=("speaker",))
SEES = (RESIDENT, HOST, SPEAKER, DEPUTY_OFFICE, LEADERS, AUDITORS)


class BroadcastQuestion(Ticketed):
    """What was asked, whether beforehand, who answered what. ``public_text`` is the wording that everybody may read."""

    matter = TenantFK(Matter, models.CASCADE, related_name="broadcast_question")
    broadcast = TenantFK(Matter, models.PROTECT, related_name="broadcast_questions", verbose_name="直播")
    text = models.TextField("提问")
    beforehand = models.BooleanField("直播前提问", default=False)
    asked_on = models.DateField("提问日期")
    deputy = TenantFK("people.Mandate", models.PROTECT, null=True, related_name="+", verbose_name="答复的代表")
    public_text = models.TextField("公开的提问", blank=True)
    answer = models.TextField("答复", blank=True)
    answered_on = models.DateField("答复日期", null=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["congress", "matter"], name="broadcast_question_matter"),
            models.UniqueConstraint(fields=["congress", "number_digest"], name="broadcast_question_number"),
            models.UniqueConstraint(fields=["congress", "link_digest"], name="broadcast_question_link"),
        ]
        indexes = [models.Index(fields=["congress", "broadcast"], name="broadcast_question_of")]


class Asked(StepForm):
    """The question, and nothing about who asks."""

    broadcast = Choose(label=_("哪一场直播"))
    text = LongText(label=_("想问什么"), rows=4, max_length=LONGEST_QUESTION)

    def prepare(self) -> None:
        """Offer the broadcasts that are still to come."""
        offer_rows(self, "broadcast", coming)


class Entered(Asked):
    """A question asked in the broadcast, or on the telephone."""

    def prepare(self) -> None:
        """Those that were held, too, until they are concluded."""
        offer_rows(self, "broadcast", not_concluded)


def coming() -> QuerySet[Matter]:
    """The broadcasts that take questions."""
    return Matter.objects.filter(procedure="broadcast", state="arranged").order_by("activity__held_on", "id")


def not_concluded() -> QuerySet[Matter]:
    """The broadcasts that are not over."""
    return Matter.objects.filter(procedure="broadcast", closed_on=None).order_by("-activity__held_on", "-id")


class Public(StepForm):
    """The wording that everybody reads."""

    public_text = LongText(label=_("公开的提问"), rows=3, max_length=LONGEST_QUESTION)

    def prepare(self) -> None:
        """The resident's words, to be gone through."""
        if not self.situation.new:
            self.initial["public_text"] = self.situation.record.text
        self.fields["public_text"].help_text = _("请删去姓名、电话、门牌等能认出人的内容。")


class Answer(Public):
    """What the deputy answered."""

    deputy = Choose(label=_("答复的代表"))
    answer = LongText(label=_("答复"), rows=5, max_length=5000)

    field_order = ("public_text", "deputy", "answer")

    def prepare(self) -> None:
        """Offer the deputies of the day."""
        super().prepare()
        offer_deputies(self, "deputy", guests=True)


def ask(situation: Situation, act: Act) -> None:
    """Sent beforehand by a resident."""
    for holder in situation.actor.holders:
        situation.add_party("resident", holder, gettext("提出人"))
    _take_in(situation, act, beforehand=True)


def enter(situation: Situation, act: Act) -> None:
    """Noted down by the host."""
    situation.add_party("resident", uuid4(), gettext("提出人"))
    situation.note(entered_by=situation.actor.account)
    _take_in(situation, act, beforehand=False)


def _take_in(situation: Situation, act: Act, *, beforehand: bool) -> None:
    broadcast = Matter.objects.get(pk=act.data["broadcast"])
    note_tickets(situation)
    situation.note(broadcast=broadcast, text=act.data.pop("text"), beforehand=beforehand, asked_on=situation.today)
    for party in broadcast.parties.filter(role="host", until=None):
        situation.add_party("host", party.holder, party.name)
    for row in broadcast.participants.filter(kind="deputy", withdrawn=False):
        situation.add_party("speaker", row.holder, row.name)


def answer(situation: Situation, act: Act) -> None:
    """Who answered what."""
    data = situation.data
    situation.note(
        deputy_id=data["deputy"], answer=data["answer"], public_text=data["public_text"], answered_on=situation.today
    )


def hand(situation: Situation, act: Act) -> None:
    """It becomes a matter; everybody reads that it does."""
    situation.note(public_text=situation.data["public_text"], answered_on=situation.today)


def as_opinion(situation: Situation) -> Iterable[Opening]:
    """An opinion in her words, kept by the street that held the broadcast, with a link back."""
    record = situation.record
    street = record.broadcast.activity.get().street_id
    data: dict[str, Any] = {"text": record.text, "channel": "live_studio", "heard_on": record.asked_on.isoformat()}
    data |= {"street": str(street)} if street else {}
    residents = tuple(("resident", party.holder, party.name) for party in situation.holders("resident"))
    return [Opening("opinion", "bring_in", data, residents, link="came_from")]


def not_held_yet(situation: Situation) -> str | None:
    """Nothing is answered in a broadcast that was not held."""
    held_on: date = situation.record.broadcast.activity.get().held_on
    if held_on > situation.today:
        return gettext("直播定于%(day)s，直播以后再登记答复；现在就要办的，可以先交办。") % {
            "day": date_format(held_on)
        }
    return None


# fmt: off
ASKED     = State("asked",     "待答复",    "Asked",          "ask", untimed="随直播和记录整理期限")
LIVE      = State("live",      "直播中已答复", "Answered live",  "answer", final=True)
LATER     = State("later",     "直播后已答复", "Answered later", "answer", final=True)
HANDED    = State("handed",    "已转交办理",  "Handed over",    "answer", final=True)
WITHDRAWN = State("withdrawn", "已撤回",    "Withdrawn",      "ask", final=True)

STEPS = (
    Step("ask",      "给直播间提问",  None,  ASKED, by=THE_PUBLIC, basis="A13.studio", label_en="Ask the studio", records=Asked, does=ask),
    Step("enter",    "登记直播提问",  None,  ASKED, by=(STREET_REVIEWERS, STATION_CLERKS, DEPUTY_OFFICE), basis="A13.studio", label_en="Note down a question", records=Entered, does=enter),
    Step("answer_live",  "登记直播答复", ASKED, LIVE,  by=(HOST, DEPUTY_OFFICE), basis="A13.record", label_en="Answered in the broadcast", records=Answer, barred_by=(not_held_yet,), does=answer, tells=(RESIDENT,)),
    Step("answer_later", "直播后答复",  ASKED, LATER, by=(HOST, SPEAKER, DEPUTY_OFFICE), basis="A13.record", label_en="Answered after it", records=Answer, barred_by=(not_held_yet,), does=answer, tells=(RESIDENT,), optional=True),
    Step("hand",     "转交办理",    ASKED, HANDED, by=(HOST, DEPUTY_OFFICE), basis="A13.record", label_en="Hand it over", records=Public, does=hand, opens=as_opinion, tells=(RESIDENT,), optional=True),
    Step("withdraw", "撤回",      ASKED, WITHDRAWN, by=RESIDENT, basis="A13.studio", label_en="Withdraw", optional=True),
)
# fmt: on

LIST = ListOf(
    columns=(TITLE, Column("broadcast", _("直播"), "broadcast_question__broadcast__title"), STATE, OPENED,
             Column("answered", _("答复日期"), "broadcast_question__answered_on", "day"), CLOSED),
    filters=(Filter("beforehand", _("直播前提问"), "broadcast_question__beforehand", "flag"),),
)  # fmt: skip
RECORDS = (BroadcastQuestion,)
PROCEDURE = Procedure(
    key="broadcast-question", label="直播提问", label_en="Questions for the studio", steps=STEPS, record=BroadcastQuestion,
    states=(ASKED, LIVE, LATER, HANDED, WITHDRAWN), body="activities/broadcast_question.html", seen_by=SEES, basis="A13.studio",
    stages=(("ask", "提问"), ("answer", "答复")), title=title_of,
)  # fmt: skip
