"""Speeches 发言 (ORG-28, ORG-34): who asks for the floor, who has it and how long, what was said, confirmed by herself.

A matter of its own for each, child of the sitting: members who ask at the same moment do not meet on one row.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import PARENT, THE_KIN, After, Office, Procedure, State, Step
from openrenda.docket.models import Act
from openrenda.docket.situation import Situation
from openrenda.procedures.fields import LongText, OneOf, offer_choices
from openrenda.procedures.listing import CLOSED, STATE, TITLE, Column, ListOf
from openrenda.procedures.offices import AUDITORS, DEPUTIES, DEPUTY_OFFICE, LEADERS, ORGAN_SEATS

from .hall import OBSERVES, OPEN, Attendance, Sitting, Speech
from .quorum import in_the_hall
from .record import Item

SPEAKER = Office("speaker", "发言人", "the speaker", seats=("deputy", *ORGAN_SEATS), relation=("speaker",))
ORGANS = Office("organs", "列席单位", "organs that sit in", seats=ORGAN_SEATS)
CLERK_SEATS = ("deputy_office",)
MOST_OFFERED = 400


class AskFloor(StepForm):
    """On which item. A clerk says for whom."""

    who = OneOf(label=_("发言人"))
    item = forms.ChoiceField(label=_("议题"), required=False)

    def prepare(self) -> None:
        """Offer her own place in a sitting that is open, and its items; to a clerk everybody's."""
        places = floor_of(self.situation)
        offer_choices(self, "who", [(str(row.matter_id), str(row)) for row in places])
        rows = Item.objects.filter(matter__in={row.sitting_id for row in places}, outcome="").order_by(
            "matter", "position"
        )
        offer_choices(self, "item", [("", "—"), *((str(row.pk), row.title) for row in rows[:MOST_OFFERED])])

    def clean(self) -> dict[str, Any]:
        """The item is one of that sitting."""
        cleaned = super().clean()
        place = next((row for row in floor_of(self.situation) if str(row.matter_id) == cleaned.get("who")), None)
        if (
            cleaned.get("item")
            and place
            and not Item.objects.filter(pk=cleaned["item"], matter=place.sitting_id).exists()
        ):
            self.add_error("item", _("这个议题不在所选的会议上。"))
        return cleaned


class Said(StepForm):
    """What was said, word for word or in the main."""

    text = LongText(label=_("发言内容"), rows=8, max_length=20000)

    def prepare(self) -> None:
        """What was taken down stands in place."""
        if not self.is_bound and not self.situation.new:
            self.initial["text"] = self.situation.record.text


def floor_of(situation: Situation) -> list[Attendance]:
    """Who may be given the floor now: herself, or for a clerk everybody who is there with the right to speak."""
    rows = Attendance.objects.filter(in_the_hall(situation.today), sitting__state=OPEN).exclude(right=OBSERVES)
    if situation.actor.seat not in CLERK_SEATS:
        mine = sorted(situation.actor.holders)
        rows = rows.filter(matter__parties__holder__in=mine, matter__parties__until=None).distinct()
    return list(rows.select_related("sitting").order_by("sitting", "id")[:MOST_OFFERED])


def ask(situation: Situation, act: Act) -> None:
    """She is on the list, with the time that the rules give her."""
    place = Attendance.objects.select_related("sitting", "matter").get(matter=situation.data["who"])
    sitting = Sitting.objects.get(matter=place.sitting)
    item = Item.objects.filter(pk=situation.data["item"]).first() if situation.data.get("item") else None
    item = item or sitting.current
    situation.matter.parent = place.sitting
    for party in place.matter.parties.filter(role="member", until=None):
        situation.add_party("speaker", party.holder, party.name)
    about = f"：{item.title}" if item else ""
    situation.matter.title = f"{place.name}发言{about}"[:500]
    situation.note(sitting=place.sitting, item=item, attendance=place.matter, name=place.name, right=place.right, kind=place.kind,
                   minutes=allowed(situation, sitting, item, place))  # fmt: skip


def allowed(situation: Situation, sitting: Sitting, item: Item | None, place: Attendance) -> int:
    """How many minutes (ORG-28): a report or explanation; else a plenary meeting; else the first or a later time on the item in a group meeting."""
    plenary, first, again, report = (int(number) for number in situation.book.option("option.speaking_minutes"))  # type: ignore[union-attr]
    if item and item.organ_id and item.organ_id == place.organ_id:
        return report
    if sitting.kind.plenary:
        return plenary
    spoke = Speech.objects.filter(attendance=place.matter, item=item, began_at__isnull=False).exists()
    return again if spoke else first


def begin(situation: Situation, act: Act) -> None:
    """The time runs."""
    situation.note(began_at=situation.at)


def end(situation: Situation, act: Act) -> None:
    """It stops."""
    if situation.record.ended_at is None:
        situation.note(ended_at=situation.at)


def record(situation: Situation, act: Act) -> None:
    """What was taken down; her own confirmation of earlier words is gone with them."""
    situation.note(text=situation.data["text"], confirmed=False)


def confirm(situation: Situation, act: Act) -> None:
    """These are her words."""
    situation.note(text=situation.data["text"], confirmed=True)


def not_there(situation: Situation) -> str | None:
    """One speaks in a sitting that is open and in which one is present."""
    if floor_of(situation):
        return None
    return gettext("会议没有在开，或者您没有签到、没有发言权，不能请求发言。")


def another_speaks(situation: Situation) -> str | None:
    """One at a time."""
    row = Speech.objects.filter(sitting=situation.matter.parent_id, matter__state="speaking").first()
    return gettext("%(name)s正在发言，请先结束发言。") % {"name": row.name} if row else None


def not_open(situation: Situation) -> str | None:
    """The sitting is open."""
    sitting = situation.matter.parent
    return None if sitting is not None and sitting.state == OPEN else gettext("会议没有在开。")


SEES = (SPEAKER, DEPUTY_OFFICE, LEADERS, AUDITORS)
CHAIRS = (DEPUTY_OFFICE, LEADERS)

# fmt: off
ASKED     = State("asked",     "等候发言", "Waiting for the floor", "hall", untimed="会上由主持人安排")
SPEAKING  = State("speaking",  "正在发言", "Speaking", "hall", untimed="发言时限以分钟计")
SPOKEN    = State("spoken",    "待整理",  "To be taken down", "words", untimed="随会议记录整理")
RECORDED  = State("recorded",  "待本人核对", "To be confirmed", "words", untimed="在会议记录审定以前核对")
CONFIRMED = State("confirmed", "已核对",  "Confirmed", "words", final=True)
GIVEN_UP  = State("given_up",  "没有发言", "Not given", "hall", final=True)

STEPS = (
    Step("ask_floor",  "请求发言",   None,     ASKED,     by=(DEPUTIES, ORGANS, DEPUTY_OFFICE), basis="ORG-28", label_en="Ask for the floor", only_if=("option.sittings", True), records=AskFloor, barred_by=(not_there,), does=ask),
    Step("give_floor", "请其发言",   ASKED,    SPEAKING,  by=CHAIRS,     basis="ORG-28", label_en="Give the floor", barred_by=(another_speaks, not_open), does=begin),
    Step("end_speech", "结束发言",   SPEAKING, SPOKEN,    by=CHAIRS,     basis="ORG-28", label_en="End the speech", does=end),
    Step("withdraw",   "放弃发言",   ASKED,    GIVEN_UP,  by=(SPEAKER, DEPUTY_OFFICE), basis="ORG-28", label_en="Give up the floor", optional=True),
    Step("lapse",      "散会时没有轮到", ASKED,  GIVEN_UP,  by=THE_KIN,    basis="ORG-28", label_en="Not reached", after=After(PARENT, ("close", "adjourn"))),
    Step("record",     "整理发言",   SPOKEN,   RECORDED,  by=DEPUTY_OFFICE, basis="ORG-34", label_en="Take down what was said", records=Said, does=record, tells=(SPEAKER,)),
    Step("record_again", "重新整理", RECORDED, None,      by=DEPUTY_OFFICE, basis="ORG-34", label_en="Take it down again", records=Said, does=record, tells=(SPEAKER,), optional=True),
    Step("confirm",    "核对确认",   RECORDED, CONFIRMED, by=SPEAKER,    basis="ORG-34", label_en="Confirm", records=Said, does=confirm, tells=(DEPUTY_OFFICE,), agent=True),
    Step("confirm_paper", "登记书面核对", RECORDED, CONFIRMED, by=DEPUTY_OFFICE, basis="ORG-34", label_en="Confirmed on paper", records=Said, does=confirm, optional=True, confirm="发言人已在纸质稿上签字核对时才登记。"),
    Step("no_record",  "不作记录",   SPOKEN,   GIVEN_UP,  by=DEPUTY_OFFICE, basis="ORG-34", label_en="Nothing to take down", optional=True),
)
# fmt: on

LIST = ListOf(
    columns=(TITLE, Column("name", _("发言人"), "speech__name"), Column("item", _("议题"), "speech__item__title"),
             Column("sitting", _("会议"), "speech__sitting__number"), STATE, CLOSED),
)  # fmt: skip
PROCEDURE = Procedure(
    key="speech", label="发言", label_en="Speeches", steps=STEPS, record=Speech,
    states=(ASKED, SPEAKING, SPOKEN, RECORDED, CONFIRMED, GIVEN_UP), body="activities/speech.html", seen_by=SEES, basis="ORG-28",
    stages=(("hall", "会上"), ("words", "整理核对")),
)  # fmt: skip
