"""Director reception day 主任接待日 (C01) with supervision on site 现场督办 (B07).

A leading member receives deputies; each opinion is answered on the spot or handed to a department. Suggestions chosen for the
month are looked at face to face, and each leaves as solved, committed with a day, or explained.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import Clock, Office, Opening, Procedure, State, Step
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.people.models import Mandate, Organ
from openrenda.procedures.fields import Choose, ChooseSeveral, Day, LongText, OneOf, offer_choices, offer_rows
from openrenda.procedures.listing import CLOSED, STATE, TITLE, Column, ListOf
from openrenda.procedures.offices import AUDITORS, DEPUTIES, DEPUTY_OFFICE, LEADERS, LEADING

from . import sharing
from .figures import RECEPTION_FIGURES
from .record import BOOKED, PRESENT, Activity, Item, Participant

OPINION, ON_SITE = "opinion", "on_site"
ANSWERED, HANDED = "answered", "handed"
SOLVED, COMMITTED, EXPLAINED = "solved", "committed", "explained"
OUTCOMES = ((SOLVED, _("当场解决")), (COMMITTED, _("承诺限期解决")), (EXPLAINED, _("作出说明")))


class Arrange(sharing.Arrange):
    """A day, with as many places as can be booked."""

    leading = Choose(label=_("接待领导"), required=False, help_text=_("每月一位。暂未确定的，年度安排中会标出。"))
    places = forms.IntegerField(label=_("可以预约的人数"), min_value=1, max_value=200, initial=15)


class Book(StepForm):
    """What the deputy wants to speak about."""

    topic = LongText(label=_("想反映什么"), rows=3, max_length=2000)


class Pick(StepForm):
    """The suggestions of the month; fewer or more than usual with a reason (B07)."""

    suggestions = ChooseSeveral(label=_("现场督办的建议"))
    number_reason = LongText(label=_("件数不在惯例之内的理由"), rows=2, max_length=2000, required=False)

    def prepare(self) -> None:
        """Offer suggestions that have a number; those chosen before stand in place."""
        offer_rows(self, "suggestions", partial(sharing.numbered_suggestions), str)
        if not self.is_bound:
            chosen = [row.subject_id for row in sharing.items(self.situation, ON_SITE)]
            self.initial.update({"suggestions": chosen, "number_reason": self.situation.record.number_reason})

    def clean(self) -> dict[str, Any]:
        """As many as the congress has agreed on, or a reason that is kept."""
        cleaned = super().clean()
        least, most = usual(self.situation)
        count = len(cleaned.get("suggestions") or [])
        if not least <= count <= most and not cleaned.get("number_reason"):
            words = {"count": count, "least": least, "most": most}
            self.add_error("number_reason", _("选了%(count)d件，惯例是%(least)d至%(most)d件，请写明理由。") % words)
        return cleaned


class Opinion(StepForm):
    """An opinion that a deputy brought."""

    deputy = Choose(label=_("提出意见的代表"))
    title = forms.CharField(label=_("意见要点"), max_length=200)
    text = LongText(label=_("意见内容"), rows=4, max_length=5000)

    def prepare(self) -> None:
        """Offer the deputies who may act today."""
        able = Mandate.objects.able_on(self.situation.today).select_related("person").order_by("person__stroke_key")
        offer_rows(self, "deputy", able.all, lambda mandate: mandate.person.name)


class OnTheSpot(Opinion):
    """Answered at once, in these words."""

    answer = LongText(label=_("当场答复"), rows=4, max_length=5000)


class HandOn(Opinion):
    """Handed to a department, with a day."""

    organ = Choose(label=_("交哪个单位办理"))
    due_on = Day(label=_("要求完成日期"), required=False)

    def prepare(self) -> None:
        """Offer the organs too."""
        super().prepare()
        offer_rows(self, "organ", Organ.objects.on(self.situation.today).all)


class OnSite(StepForm):
    """How one suggestion leaves the day: solved, committed with organ and day, or explained."""

    item = OneOf(label=_("建议"))
    outcome = forms.ChoiceField(label=_("现场结果"), choices=OUTCOMES, widget=forms.RadioSelect)
    text = LongText(label=_("说明"), rows=4, max_length=5000)
    organ = Choose(label=_("承诺单位"), required=False)
    due_on = Day(label=_("承诺完成日期"), required=False)

    def prepare(self) -> None:
        """Offer the suggestions without an outcome, and the organs."""
        rows = sharing.items(self.situation, ON_SITE, undecided=True)
        offer_choices(self, "item", [(str(row.pk), row.title) for row in rows])
        offer_rows(self, "organ", Organ.objects.on(self.situation.today).all)

    def clean(self) -> dict[str, Any]:
        """A commitment has an organ and a day."""
        cleaned = super().clean()
        if cleaned.get("outcome") == COMMITTED and not (cleaned.get("organ") and cleaned.get("due_on")):
            raise ValidationError(_("承诺限期解决的，请写明承诺单位和完成日期。"))
        return cleaned


class Raise(StepForm):
    """Which of her opinions becomes a suggestion."""

    item = OneOf(label=_("意见"))

    def prepare(self) -> None:
        """Offer her own opinions."""
        rows = [row for row in sharing.items(self.situation, OPINION) if row.speaker in self.situation.actor.holders]
        offer_choices(self, "item", [(str(row.pk), row.title) for row in rows])


def usual(situation: Situation) -> tuple[int, int]:
    """How many suggestions a day usually takes, least and most (B07)."""
    least, most = situation.book.option("option.on_site_items")  # type: ignore[misc]
    return int(least), int(most)


def book(situation: Situation, act: Act) -> None:
    """Put the deputy on the list, or back on it. What she wants to say is kept with her place and not in the act, which every
    deputy may read."""
    topic = act.data.pop("topic")
    for holder in situation.actor.holders:
        name = situation.actor.agent_for or situation.actor.name
        situation.add_party("booked", holder, name)
        known = _booking(situation, holder)
        if known:
            situation.change(known, withdrawn=False, note=topic)
        else:
            situation.add(Participant(kind=sharing.DEPUTY, holder=holder, name=name, attendance=BOOKED, note=topic,
                                      held_on=situation.record.held_on))  # fmt: skip


def unbook(situation: Situation, act: Act) -> None:
    """Her place is free again; that she had booked stays."""
    for holder in situation.actor.holders:
        situation.end_party("booked", holder)
        known = _booking(situation, holder)
        if known:
            situation.change(known, withdrawn=True)


def _booking(situation: Situation, holder: Any) -> Participant | None:
    rows = situation.rows(Participant)
    return next((row for row in rows if row.kind == sharing.DEPUTY and row.holder == holder), None)


def pick(situation: Situation, act: Act) -> None:
    """The chosen ones take the place of those chosen before."""
    sharing.drop_items(situation, sharing.items(situation, ON_SITE))
    for subject in Matter.objects.filter(pk__in=situation.data["suggestions"]).order_by("opened_on", "id"):
        sharing.new_item(situation, ON_SITE, str(subject), subject=subject, subject_state=subject.state)
    situation.note(number_reason=situation.data.get("number_reason", ""))


def hold(situation: Situation, act: Act) -> None:
    """The day was held: who came, and from now on each suggestion's own page leads here."""
    sharing.attend(situation, act)
    sharing.link_subjects(situation, "supervises")


def answer(situation: Situation, act: Act) -> None:
    """An opinion with its answer."""
    data = situation.data
    _opinion(situation, outcome=ANSWERED, outcome_text=data["answer"], decided_on=situation.record.held_on)


def hand_on(situation: Situation, act: Act) -> None:
    """An opinion that a department takes up."""
    organ = Organ.objects.get(pk=situation.data["organ"])
    _opinion(situation, outcome=HANDED, owner_name=organ.name, due_on=situation.data.get("due_on"),
             decided_on=situation.record.held_on)  # fmt: skip


def _opinion(situation: Situation, **outcome: Any) -> None:
    data = situation.data
    mandate = Mandate.objects.select_related("person").get(pk=data["deputy"])
    name = mandate.person.name
    sharing.new_item(
        situation, OPINION, data["title"], text=data["text"], speaker=mandate.pk, speaker_name=name, **outcome
    )
    sharing.came(situation, sharing.DEPUTY, mandate.pk, name, PRESENT)
    situation.add_party("speaker", mandate.pk, name)


def opinion_task(situation: Situation) -> Iterable[Opening]:
    """The department's task; its result returns to the deputy."""
    item = max(situation.rows(Item), key=lambda row: row.position)
    return sharing.task_opening(situation, item, deputy=(item.speaker, item.speaker_name))


def settle(situation: Situation, act: Act) -> None:
    """Keep how the suggestion left the day."""
    data = situation.data
    organ = Organ.objects.get(pk=data["organ"]) if "organ" in data else None
    situation.change(
        sharing.item_of(situation), outcome=data["outcome"], outcome_text=data["text"], due_on=data.get("due_on"),
        owner_name=organ.name if organ else "", decided_on=situation.record.held_on,
    )  # fmt: skip


def commitment_task(situation: Situation) -> Iterable[Opening]:
    """What was committed is followed."""
    if situation.data["outcome"] != COMMITTED:
        return []
    return sharing.task_opening(situation, sharing.item_of(situation))


def as_suggestion(situation: Situation) -> Iterable[Opening]:
    """A suggestion of the deputy's own, with what was said and answered, and a link back to the day."""
    item = sharing.item_of(situation)
    said = [item.text, item.outcome_text or item.result]
    data = {
        "title": item.title,
        "background": "\n".join(part for part in said if part),
        "proposals": "",
        "consent_public": False,
    }
    return [
        Opening("suggestion", "open_split", data, (("sponsor", item.speaker, item.speaker_name),), link="came_from")
    ]


def another_leader(situation: Situation) -> str | None:
    """One leading member a month (B07)."""
    day = situation.data.get("held_on")
    if not day or not situation.data.get("leading"):
        return None
    held_on = date.fromisoformat(day)
    month = Activity.objects.filter(
        matter__procedure=PROCEDURE.key, held_on__year=held_on.year, held_on__month=held_on.month
    )
    other = month.exclude(matter__state="cancelled").exclude(matter_id=situation.matter.pk).exclude(leader=None)
    first = other.exclude(leader=situation.data["leading"]).first()
    if first:
        return gettext("这个月已经确定由%(name)s接待，每月一位。需要更换的，先更改已有的安排。") % {
            "name": first.leader_name
        }
    return None


def no_leader(situation: Situation) -> str | None:
    """A day is held by somebody."""
    return None if situation.record.leader_id else gettext("还没有确定接待领导，请先在“更改安排”中写明。")


def booked_out(situation: Situation) -> str | None:
    """There are only so many places."""
    places = situation.record.places
    if places and len(situation.holders("booked")) >= places:
        return gettext("%(places)d个预约名额已满，请联系代表工作机构。") % {"places": places}
    return None


def booked_already(situation: Situation) -> str | None:
    """One place a deputy."""
    mine = situation.actor.holders
    return gettext("您已经预约。") if any(party.holder in mine for party in situation.holders("booked")) else None


def chosen_this_year(situation: Situation) -> str | None:
    """Not twice in a year, unless it was reopened since (B07)."""
    for subject in situation.data.get("suggestions", []):
        day = _last_chosen(situation, UUID(subject))
        reopened = Act.objects.filter(matter_id=subject, step="reopen", took_effect__date__gte=day) if day else None
        if reopened is not None and not reopened.exists():
            name = Matter.objects.get(pk=subject)
            return gettext("%(name)s今年已经选过，没有重新办理的不再选。") % {"name": name.number or name.title}
    return None


def _last_chosen(situation: Situation, subject: UUID) -> date | None:
    days = Item.objects.filter(
        subject=subject, kind=ON_SITE, matter__activity__held_on__year=situation.record.held_on.year
    )
    days = days.exclude(matter__state="cancelled").exclude(matter_id=situation.matter.pk)
    return days.order_by("-matter__activity__held_on").values_list("matter__activity__held_on", flat=True).first()


def nothing_on_site(situation: Situation) -> str | None:
    """There is a suggestion without an outcome."""
    return None if sharing.items(situation, ON_SITE, undecided=True) else gettext("没有等待登记结果的现场督办建议。")


def raised_already(situation: Situation) -> str | None:
    """One suggestion from one opinion."""
    item = situation.data.get("item")
    if item and any(act.data.get("item") == item for act in situation.took("raise_suggestion")):
        return gettext("这条意见已经转为建议。")
    return None


BOOKING = Office("booked", "预约的代表", "deputies who booked", seats=("deputy",), relation=("booked",))
SPEAKER = Office("speaker", "提出意见的代表", "deputies who spoke", seats=("deputy",), relation=("speaker",))
SEES = (DEPUTIES, BOOKING, SPEAKER, LEADING, LEADERS, DEPUTY_OFFICE, AUDITORS)

# fmt: off
ARRANGED  = State("arranged",  "已安排",  "Arranged", "arrange", untimed="在确定的日期举行")
HELD      = State("held",      "已接待",  "Held", "supervise")
CLOSED_   = State("closed",    "已结束",  "Concluded", "supervise", final=True)
CANCELLED = State("cancelled", "已取消",  "Cancelled", "arrange", final=True)

STEPS = (
    Step("arrange", "安排主任接待日", None,   ARRANGED, by=DEPUTY_OFFICE, basis="C01.day", label_en="Arrange a reception day", only_if=("option.reception_days", True), records=Arrange, barred_by=(another_leader,), does=sharing.arrange, tells=(LEADING,)),
    Step("change",  "更改安排",    ARRANGED, None,   by=DEPUTY_OFFICE, basis="C01.day", label_en="Change it", records=Arrange, barred_by=(another_leader,), does=sharing.arrange, tells=(LEADING, BOOKING), optional=True),
    Step("book",    "预约",      ARRANGED, None,   by=DEPUTIES,      basis="C01.day", label_en="Book a place", records=Book, barred_by=(booked_out, booked_already), does=book, tells=(DEPUTY_OFFICE,), optional=True, agent=True),
    Step("unbook",  "取消预约",    ARRANGED, None,   by=BOOKING,       basis="C01.day", label_en="Give the place back", does=unbook, optional=True, agent=True),
    Step("pick",    "选定现场督办建议", ARRANGED, None, by=DEPUTY_OFFICE, basis="B07.site", label_en="Choose suggestions for the site", records=Pick, barred_by=(chosen_this_year,), does=pick, tells=(LEADING,), optional=True),
    Step("hold",    "登记接待情况",  ARRANGED, HELD,   by=DEPUTY_OFFICE, basis="C01.day", label_en="Record that it was held", records=sharing.Attendance, barred_by=(sharing.not_before_its_day, no_leader), does=hold, tells=(LEADING,)),
    Step("answer",  "登记当场答复的意见", HELD, None,   by=DEPUTY_OFFICE, basis="C01.day", label_en="Opinion answered on the spot", records=OnTheSpot, does=answer, tells=(SPEAKER,), optional=True),
    Step("hand_on", "登记交办的意见", HELD,     None,   by=DEPUTY_OFFICE, basis="C01.day", label_en="Opinion handed to a department", records=HandOn, does=hand_on, opens=opinion_task, tells=(SPEAKER,), optional=True),
    Step("settle",  "登记现场督办结果", HELD,   None,   by=DEPUTY_OFFICE, basis="B07.site", label_en="Outcome on site", records=OnSite, barred_by=(nothing_on_site,), does=settle, opens=commitment_task, optional=True),
    Step("raise_suggestion", "转为建议", (HELD, CLOSED_), None, by=SPEAKER, basis="REP-02", label_en="Raise as a suggestion", records=Raise, barred_by=(raised_already,), opens=as_suggestion, optional=True, agent=True),
    Step("close",   "登记完毕",    HELD,     CLOSED_, by=DEPUTY_OFFICE, basis="C01.record", label_en="Conclude", barred_by=(sharing.undecided_items,), tells=(LEADING, SPEAKER)),
    Step("cancel",  "取消接待日",   ARRANGED, CANCELLED, by=DEPUTY_OFFICE, basis="C01.day", label_en="Cancel", records=sharing.Reason, tells=(LEADING, BOOKING), optional=True, confirm="取消后告知预约的代表，年度安排中会标明取消。"),
)

CLOCKS = (
    Clock("record", "登记整理期限", "C01.record", starts=("hold",), stops=("close",), whose=DEPUTY_OFFICE, label_en="Time for the record"),
)
# fmt: on

FIGURES = RECEPTION_FIGURES
LIST = ListOf(
    columns=(TITLE, Column("held_on", _("接待日期"), "activity__held_on", "day"), Column("place", _("地点"), "activity__place"),
             Column("leader", _("接待领导"), "activity__leader_name"), STATE, CLOSED),
)  # fmt: skip
PROCEDURE = Procedure(
    key="reception-day", label="主任接待日", label_en="Director reception days", steps=STEPS, clocks=CLOCKS, record=Activity,
    states=(ARRANGED, HELD, CLOSED_, CANCELLED), body="activities/reception_day.html", seen_by=SEES, basis="C01.day",
    stages=(("arrange", "安排"), ("supervise", "督")),
)  # fmt: skip
