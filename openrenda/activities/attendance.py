"""Attendance 参会 (REP-13, ORG-31, ORG-33; J04, J05): one matter for each person and sitting, so that a thousand sign-ins do not meet on one row.

A member is there by law; deputies, organs, citizens and guests are invited, have the floor or observe, and never vote. Leave has a reason and
an approval, and may be for one day of several. On every further day of a sitting everybody signs in anew; one sitting attended, on whichever of its days, is one
attendance. Whoever is neither there nor on leave when the sitting ends was absent. Presence enters the duty file by itself (M04).
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import LINKED, PARENT, THE_KIN, After, Office, Procedure, State, Step
from openrenda.docket.models import Act
from openrenda.docket.situation import Situation
from openrenda.people.models import Mandate
from openrenda.procedures.fields import OneOf, leave_out, offer_choices
from openrenda.procedures.listing import CLOSED, STATE, TITLE, Column, Filter, ListOf
from openrenda.procedures.offices import AUDITORS, DEPUTIES, DEPUTY_OFFICE, LEADERS, ORGAN_SEATS
from openrenda.procedures.reasons import Reason

from .attendance_figures import ATTENDANCE_FIGURES
from .days import MISSED, told
from .hall import (
    CALLED,
    KINDS,
    RIGHTS,
    SITTING_IN,
    SPEAKS,
    UNDER_WAY,
    Attendance,
    FieldPlaces,
    Sitting,
)
from .hall import PLANNED as SITTING_PLANNED
from .record import Activity

CLERK_SEATS = ("deputy_office",)
HERSELF = Office("herself", "本人", "the person herself", seats=("deputy", *ORGAN_SEATS), relation=("member",))


class Invite(StepForm):
    """Who is expected, with which right; the sitting fills it in."""

    name = forms.CharField(label=_("姓名"), max_length=100)
    kind = forms.ChoiceField(label=_("身份"), choices=[(key, key) for key in KINDS])
    right = forms.ChoiceField(label=_("权利"), choices=[(key, key) for key in RIGHTS])
    mandate = forms.UUIDField(label=_("代表"), required=False)
    organ = forms.UUIDField(label=_("单位"), required=False)
    person = forms.CharField(label=_("本人"), max_length=120)
    held_on = forms.DateField(label=_("会议日期"))
    title = forms.CharField(label=_("标题"), max_length=500)

    def prepare(self) -> None:
        """Say who is meant and what she may in words: they are read in the record."""
        offer_choices(self, "kind", [(key, gettext(words)) for key, words in KINDS.items()])
        offer_choices(self, "right", [(key, gettext(words)) for key, words in RIGHTS.items()])


class DayLeave(Reason):
    """Why, and of a sitting of several days on which of those that have not begun."""

    whole = False

    day = forms.ChoiceField(label=_("请假的日期"), required=False)
    field_order = ["day"]

    def prepare(self) -> None:
        """Asked only where there are several."""
        parent, days = self.situation.matter.parent, [] if self.situation.new else days_to_come(self.situation)
        every = [("", gettext("全部"))] if self.whole and parent and parent.state not in UNDER_WAY else []
        offer_choices(self, "day", [*every, *((day.isoformat(), date_format(day)) for day in days)])
        self.fields["day"].required = not every
        if not days:
            leave_out(self, "day")


class Leave(DayLeave):
    """Leave from one day of several, or from all of a sitting that has not begun."""

    whole = True


class Correction(Reason):
    """Why it is known that she was there, and of several days that she is said to have missed on which."""

    day = forms.ChoiceField(label=_("到会的日期"), required=False)
    field_order = ["day"]

    def prepare(self) -> None:
        """Asked only where there are several."""
        days = [] if self.situation.new else days_missed(self.situation)
        if len(days) < 2:
            leave_out(self, "day")
        offer_choices(self, "day", [("", _("全部")), *((day.isoformat(), date_format(day)) for day in days)])


class SignUp(StepForm):
    """A deputy would like to sit in on one of the sittings that have places."""

    sitting = OneOf(label=_("会议和领域"))

    def prepare(self) -> None:
        """Offer the sittings with places on which she has not been entered, field by field."""
        mine = Attendance.objects.filter(mandate__in=sorted(self.situation.actor.holders)).values("sitting")
        found = FieldPlaces.objects.filter(matter__state__in=(SITTING_PLANNED, CALLED)).exclude(matter__in=mine)
        rows = found.select_related("matter").order_by("matter__opened_on", "id")
        offer_choices(self, "sitting", [(str(row.pk), f"{row.matter} · {row.field}") for row in rows])


class SignIn(StepForm):
    """The code of the day, from the screen in the hall; a clerk sees who is there and needs none."""

    code = forms.CharField(label=_("当日签到码"), max_length=10, help_text=_("会场大屏上的六位数字。"))

    def prepare(self) -> None:
        """A clerk is not asked."""
        self.fields["code"].widget.attrs.update(inputmode="numeric", autocomplete="off")
        if self.situation.actor.seat in CLERK_SEATS:
            leave_out(self, "code")

    def clean_code(self) -> str:
        """It is today's."""
        typed = str(self.cleaned_data.get("code") or "").strip()
        if self.situation.actor.seat not in CLERK_SEATS and typed != sitting_of(self.situation).code:
            raise ValidationError(_("签到码不对。请看会场大屏上的六位数字，或者请工作人员代为登记。"))
        return ""


def sitting_of(situation: Situation) -> Sitting:
    """The sitting it belongs to, with its matter."""
    return Sitting.objects.select_related("matter").get(matter=situation.matter.parent_id)


def invite(situation: Situation, act: Act) -> None:
    """She is expected; who is in a register becomes a party and finds it among her own."""
    data = situation.data
    holder = data.get("mandate") or data.get("organ")
    if holder:
        situation.add_party("member", holder, data["name"])
    situation.matter.title = f"{data['title']} · {data['name']}"[:500]
    situation.note(
        sitting=situation.matter.parent, mandate_id=_uuid(data.get("mandate")), organ_id=_uuid(data.get("organ")),
        held_on=date.fromisoformat(data["held_on"]), **{name: data[name] for name in ("name", "kind", "right", "person")},
    )  # fmt: skip


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None


def sign_up(situation: Situation, act: Act) -> None:
    """She wishes to sit in; whether she may is decided by the stored rule."""
    wanted = FieldPlaces.objects.select_related("matter").get(pk=situation.data["sitting"])
    sitting = wanted.matter
    mandate = Mandate.objects.select_related("person").get(pk__in=sorted(situation.actor.holders))
    situation.matter.parent = sitting
    situation.add_party("member", mandate.pk, mandate.person.name)
    situation.matter.title = f"{sitting} · {mandate.person.name}"[:500]
    situation.note(sitting=sitting, mandate=mandate, name=mandate.person.name, kind=SITTING_IN, right=SPEAKS,
                   field=wanted.field, person=str(mandate.person_id), held_on=Activity.objects.get(matter=sitting).held_on)  # fmt: skip


def moved(situation: Situation, act: Act) -> None:
    """The sitting is held on another day, maybe under another title."""
    held_on = Activity.objects.get(matter=situation.matter.parent_id).held_on
    if situation.cause is not None and situation.cause.data.get("held_on"):
        held_on = date.fromisoformat(situation.cause.data["held_on"])
    situation.note(held_on=held_on)


def ask_leave(situation: Situation, act: Act) -> None:
    """The reason is kept with her place, and the day when it is not for all of them."""
    day = situation.data.get("day")
    situation.note(leave_reason=situation.data["reason"], leave_on=date.fromisoformat(day) if day else None)


def days_to_come(situation: Situation) -> list[date]:
    """The days of a sitting of several that have not begun."""
    record, sitting = Activity.objects.get(matter=situation.matter.parent_id), sitting_of(situation)
    if record.ends_on is None or sitting.matter.closed_on:
        return []
    days = [record.held_on + timedelta(days=number) for number in range((record.last_day - record.held_on).days + 1)]
    return [day for day in days if day >= situation.today and day != sitting.signs_on]


def no_day_to_come(situation: Situation) -> str | None:
    """Leave for one day is of a sitting of several, before that day begins (ORG-33)."""
    return None if days_to_come(situation) else gettext("会议没有还没开始的日期，不能只请一天假。")


def a_day_waits(situation: Situation) -> str | None:
    """One day at a time: what was asked is answered first."""
    return gettext("另一天的请假还在等待批准，批准以后再请。") if situation.record.leave_on else None


def no_day_asked(situation: Situation) -> str | None:
    """There is a day to be answered."""
    return None if situation.record.leave_on else gettext("没有等待批准的一天请假。")


def answer(situation: Situation, act: Act) -> None:
    """Which day of several it was is in the act."""
    if situation.record.leave_on:
        act.data["leave_on"] = situation.record.leave_on.isoformat()
        situation.note(leave_on=None)


def arrive(situation: Situation, act: Act) -> None:
    """She was there, whatever else happens; what she asked for a later day still waits."""
    asked = situation.record.leave_on
    situation.note(came=True, leave_on=asked if asked and asked > situation.today else None)


def not_signing_in(situation: Situation) -> str | None:
    """One signs in when the sitting has begun to take sign-ins on this day, and not after it has ended."""
    if situation.matter.parent is None or situation.matter.parent.state not in UNDER_WAY:
        return gettext("会议没有在签到或者开会，不能签到。")
    if sitting_of(situation).signs_on != situation.today:
        return gettext("今天的签到还没有开始，不能签到。")
    return None


def days_missed(situation: Situation) -> list[date]:
    """The days on which she was missing without leave, by what was recorded when the sitting ended and corrected since."""
    ended = situation.took("conclude", "mark_absent")
    days = map(date.fromisoformat, ended[-1].data.get("days_missed", []) if ended else [])
    return [day for day, how in told(situation.acts, days, date.min).items() if how == MISSED]


def ended(situation: Situation, act: Act) -> None:
    """On which days she was missing without leave: of one day whoever was there missed none, of several her acts say it."""
    assert situation.cause is not None
    days = [date.fromisoformat(day) for day in situation.cause.data["days"]]
    if len(days) > 1:
        found = told(situation.acts, days, situation.matter.opened_on)
        days = [day for day, how in found.items() if how == MISSED]
        situation.note(leave_on=None)
    elif act.step != "mark_absent":
        days = []
    if days:
        act.data["days_missed"] = [day.isoformat() for day in days]
        situation.note(missed=len(days))


def correct(situation: Situation, act: Act) -> None:
    """She was there on the day named, or on all that she was said to have missed."""
    days = [day.isoformat() for day in days_missed(situation)]
    found = [day for day in days if situation.data.get("day") in (None, day)]
    if days:
        act.data["days_came"] = found
    situation.note(came=True, missed=len(days) - len(found))


def nothing_missed(situation: Situation) -> str | None:
    """Something is to be corrected."""
    if situation.matter.state == "absent" or situation.record.missed:
        return None
    return gettext("没有缺席的记录，不需要更正。")


def begun(situation: Situation) -> str | None:
    """Leave is asked for before the sitting, or before the day of it (ORG-33)."""
    parent = situation.matter.parent
    if parent is not None and parent.state in UNDER_WAY and not days_to_come(situation):
        return gettext("会议已经开始，请假须在会前书面提出（%(article)s）。请直接告诉会议工作人员。") % {
            "article": situation.book.citation("ORG-33")
        }
    return None


SEES = (HERSELF, DEPUTY_OFFICE, LEADERS, AUDITORS)
GIVES_LEAVE = (LEADERS, DEPUTY_OFFICE)
CAME = (HERSELF, DEPUTY_OFFICE)

# fmt: off
WISHED      = State("wished",      "已报名列席", "Signed up", "before", untimed="会前按规则确定")
INVITED     = State("invited",     "已通知",   "Notified", "before", untimed="会议当日签到")
LEAVE_ASKED = State("leave_asked", "已请假，待批准", "Leave asked for", "before", untimed="会前批准")
ON_LEAVE    = State("on_leave",    "准假",    "On leave", "before", untimed="会议当日")
PRESENT     = State("present",     "在场",    "Present", "there", untimed="会议当日")
AWAITED     = State("awaited",     "待今日签到", "To sign in today", "there", untimed="会议当日签到")
LEFT        = State("left",        "离场",    "Out of the hall", "there", untimed="会议当日")
ATTENDED    = State("attended",    "已出席",   "Attended", "there", final=True)
EXCUSED     = State("excused",     "请假未出席", "Away on leave", "there", final=True)
ABSENT      = State("absent",      "缺席",    "Absent", "there", final=True)
NOT_CHOSEN  = State("not_chosen",  "未安排列席", "Not chosen", "before", final=True)
CANCELLED   = State("cancelled",   "已取消",   "Cancelled", "before", final=True)
EXPECTED    = (INVITED, LEAVE_ASKED, ON_LEAVE)
THERE       = (PRESENT, LEFT)
HAVE_COME   = (*THERE, AWAITED)

STEPS = (
    Step("invite",       "通知参会",   None,        INVITED,     by=THE_KIN,      basis="ORG-26.notice", label_en="Notify", records=Invite, does=invite, tells=(HERSELF,)),
    Step("sign_up",      "报名列席会议", None,       WISHED,      by=DEPUTIES,     basis="J06.plan", label_en="Sign up to sit in", only_if=("option.sittings", True), records=SignUp, does=sign_up, tells=(DEPUTY_OFFICE,), agent=True),
    Step("take_in",      "安排列席",   WISHED,      INVITED,     by=THE_KIN,      basis="J05.sitting_in", label_en="Chosen to sit in", after=After(LINKED, ("choose",)), tells=(HERSELF,)),
    Step("pass_over",    "这次没有安排", WISHED,     NOT_CHOSEN,  by=THE_KIN,      basis="J05.sitting_in", label_en="Not chosen this time", after=After(LINKED, ("choose",)), tells=(HERSELF,)),
    Step("moved",        "会议改期",   EXPECTED,    None,        by=THE_KIN,      basis="ORG-26.notice", label_en="The sitting was moved", after=After(PARENT, ("move",)), does=moved, tells=(HERSELF,)),
    Step("papers",       "会议材料已发出", EXPECTED,  None,        by=THE_KIN,      basis="ORG-26.papers", label_en="Papers were sent", after=After(PARENT, ("send_papers",)), tells=(HERSELF,)),
    Step("ask_leave",    "请假",     INVITED,     LEAVE_ASKED, by=HERSELF,      basis="REP-13", label_en="Ask for leave", records=Leave, barred_by=(begun,), does=ask_leave, tells=GIVES_LEAVE, optional=True, agent=True),
    Step("grant_leave",  "准假",     LEAVE_ASKED, ON_LEAVE,    by=GIVES_LEAVE,  basis="ORG-33", label_en="Grant leave", does=answer, tells=(HERSELF,), batch=True),
    Step("refuse_leave", "不准假",    LEAVE_ASKED, INVITED,     by=GIVES_LEAVE,  basis="ORG-33", label_en="Refuse leave", records=Reason, does=answer, tells=(HERSELF,), optional=True),
    Step("sign_in",      "签到",     (*EXPECTED, AWAITED), PRESENT,     by=CAME,         basis="ORG-33", label_en="Sign in", records=SignIn, barred_by=(not_signing_in,), does=arrive, optional=True),
    Step("leave_hall",   "离场",     PRESENT,     LEFT,        by=CAME,         basis="ORG-33", label_en="Leave the hall", barred_by=(not_signing_in,), optional=True),
    Step("return",       "返回会场",   LEFT,        PRESENT,     by=CAME,         basis="ORG-33", label_en="Come back", barred_by=(not_signing_in,), optional=True),
    Step("ask_day",      "请一天假",   (ON_LEAVE, *HAVE_COME), None, by=HERSELF, basis="REP-13", label_en="Ask for leave for one day", records=DayLeave, barred_by=(no_day_to_come, a_day_waits), offered_unless=no_day_to_come, does=ask_leave, tells=GIVES_LEAVE, optional=True, agent=True),
    Step("grant_day",    "准一天假",   (ON_LEAVE, *HAVE_COME), None, by=GIVES_LEAVE, basis="ORG-33", label_en="Grant leave for one day", barred_by=(no_day_asked,), offered_unless=no_day_asked, does=answer, tells=(HERSELF,), optional=True),
    Step("refuse_day",   "不准一天假",  (ON_LEAVE, *HAVE_COME), None, by=GIVES_LEAVE, basis="ORG-33", label_en="Refuse leave for one day", records=Reason, barred_by=(no_day_asked,), offered_unless=no_day_asked, does=answer, tells=(HERSELF,), optional=True),
    Step("new_day",      "另一天开会，重新签到", THERE, AWAITED, by=THE_KIN, basis="ORG-33", label_en="Another day, another sign-in", after=After(PARENT, ("begin_day",))),
    Step("longer",       "会期延长",   (*EXPECTED, *HAVE_COME), None, by=THE_KIN, basis="ORG-26.notice", label_en="The sitting lasts longer", after=After(PARENT, ("extend",)), tells=(HERSELF,)),
    Step("conclude",     "出席到散会",  HAVE_COME, ATTENDED, by=THE_KIN,   basis="ORG-33", label_en="The sitting ended", after=After(PARENT, ("close", "adjourn")), does=ended),
    Step("excuse",       "请假未出席",  ON_LEAVE,    EXCUSED,     by=THE_KIN,      basis="ORG-33", label_en="Away on leave", after=After(PARENT, ("close", "adjourn")), does=ended),
    Step("mark_absent",  "未请假缺席",  (INVITED, LEAVE_ASKED), ABSENT, by=THE_KIN, basis="ORG-33", label_en="Absent", after=After(PARENT, ("close", "adjourn")), does=ended, tells=(HERSELF,)),
    Step("lapse",        "会议已结束或者取消", WISHED, NOT_CHOSEN, by=THE_KIN,      basis="J05.sitting_in", label_en="The sitting is over", after=After(PARENT, ("close", "adjourn", "cancel"))),
    Step("call_off",     "会议取消",   (*EXPECTED, *HAVE_COME), CANCELLED,   by=THE_KIN,      basis="ORG-26.notice", label_en="The sitting is cancelled", after=After(PARENT, ("cancel",)), tells=(HERSELF,)),
    Step("correct",      "更正为出席",  (ABSENT, ATTENDED, EXCUSED), ATTENDED, by=DEPUTY_OFFICE, basis="ORG-33", label_en="Correct: she was there", records=Correction, barred_by=(nothing_missed,), offered_unless=nothing_missed, does=correct, tells=(HERSELF,), optional=True, confirm="更正和理由记入办理记录，本人会收到通知。"),
)
# fmt: on

FIGURES = ATTENDANCE_FIGURES
LIST = ListOf(
    columns=(
        TITLE, Column("name", _("姓名"), "attendance__name"),
        Column("kind", _("身份"), "attendance__kind", "choice", choices=lambda _book: [(key, gettext(label)) for key, label in KINDS.items()]),
        Column("held_on", _("会议日期"), "attendance__held_on", "day"), STATE,
        Column("missed", _("未请假缺席天数"), "attendance__missed", "number"),
        Column("reason", _("请假理由"), "attendance__leave_reason", hidden=True), CLOSED,
    ),
    filters=(
        Filter("kind", _("身份"), "attendance__kind", "choice", choices=lambda _book: [(key, gettext(label)) for key, label in KINDS.items()]),
    ),
)  # fmt: skip
PROCEDURE = Procedure(
    key="attendance", label="参会", label_en="Attendance", steps=STEPS, record=Attendance,
    states=(WISHED, INVITED, LEAVE_ASKED, ON_LEAVE, PRESENT, LEFT, AWAITED, ATTENDED, EXCUSED, ABSENT, NOT_CHOSEN, CANCELLED),
    body="activities/attendance.html", seen_by=SEES, basis="REP-13", stages=(("before", "会前"), ("there", "会上")),
)  # fmt: skip
