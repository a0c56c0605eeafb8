"""What the kinds of activity share: arranging one, who came, and items with their outcomes. Forms, effects and bars."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, Q, When
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as declared

from openrenda.docket.forms import StepForm
from openrenda.docket.language import Office, Opening
from openrenda.docket.models import Act, Link, Matter
from openrenda.docket.situation import Situation
from openrenda.documents.official import long_date
from openrenda.people.leading import leading_members, named
from openrenda.people.models import Mandate, Organ, Seat
from openrenda.procedures.fields import Choose, ChooseSeveral, Day, LongText, offer_deputies, offer_rows

from .record import LEAVE, PRESENT, Item, Participant

DAYS_BACK = 366
LATE, KEY = declared("逾期"), declared("重点督办")
MEMBER, DEPUTY, ORGAN, GROUP = "member", "deputy", "organ", "group"
STREETS = Office("streets", "街道人大工委", "subdistricts", seats=("street_reviewer",))
STATIONS = Office("stations", "联络站联络员", "station clerks", seats=("station_clerk",))


class Arrange(StepForm):
    """When, where, and led by whom."""

    held_on = Day(label=_("日期"))
    starts_at = forms.CharField(label=_("时间"), max_length=40, required=False)
    place = forms.CharField(label=_("地点"), max_length=200)
    leading = Choose(label=_("主持领导"), required=False)
    note = LongText(label=_("说明"), rows=2, max_length=2000, required=False)

    def prepare(self) -> None:
        """Offer the leading members; what was arranged before stands in place."""
        offer_rows(self, "leading", partial(leading_members, self.situation.today), named)
        if not self.situation.new and not self.is_bound:
            record = self.situation.record
            known = ("held_on", "starts_at", "place", "note", "places")
            self.initial.update({name: getattr(record, name) for name in known if name in self.fields})
            self.initial.update({"leading": record.leader_id})


class Attendance(StepForm):
    """Who came and who had leave. ``guests``: deputies of other levels take part in it too."""

    guests = False

    members = ChooseSeveral(label=_("到会的主任会议成员"), required=False)
    on_leave = ChooseSeveral(label=_("请假的主任会议成员"), required=False)
    leave_reason = forms.CharField(label=_("请假事由"), max_length=500, required=False)
    deputies = ChooseSeveral(label=_("到场的代表"), required=False)
    organs = ChooseSeveral(label=_("到场的单位"), required=False)

    def prepare(self) -> None:
        """Offer the leading members, deputies and organs of today."""
        super().prepare()
        day = self.situation.today
        for name in ("members", "on_leave"):
            offer_rows(self, name, partial(leading_members, day), named)
        offer_deputies(self, "deputies", guests=self.guests)
        offer_rows(self, "organs", Organ.objects.on(day).all)

    def clean(self) -> dict[str, Any]:
        """Nobody is both here and on leave; leave has a reason."""
        return here_or_on_leave(self, super().clean(), "members")


def here_or_on_leave(form: StepForm, cleaned: dict[str, Any], here: str) -> dict[str, Any]:
    """Nobody is in the field ``here`` and on leave as well; leave has a reason.

    :raises ValidationError: when somebody is both.
    """
    absent = set(cleaned.get("on_leave") or [])
    if absent & set(cleaned.get(here) or []):
        raise ValidationError(_("同一人不能既到会又请假。"))
    if absent and not cleaned.get("leave_reason"):
        form.add_error("leave_reason", _("请写明请假事由。"))
    return cleaned


def arrange(situation: Situation, act: Act) -> None:
    """Keep day, place and leader, who becomes a party and so sees it among his own."""
    data = situation.data
    seat = Seat.objects.select_related("account").filter(pk=data.get("leading")).first()
    situation.end_party("leading")
    if seat:
        situation.add_party("leading", seat.pk, named(seat))
    fields = {name: data.get(name, "") for name in ("starts_at", "place", "note")}
    fields |= {"places": data["places"]} if "places" in data else {}
    held_on = date.fromisoformat(data["held_on"])
    situation.note(**fields, held_on=held_on, leader=seat, leader_name=named(seat) if seat else "")
    situation.matter.title = f"{situation.table.label}（{long_date(held_on)}，{data['place']}）"


def attend(situation: Situation, act: Act) -> None:
    """Keep who came and who had leave; a deputy who had booked is marked as having come."""
    data = situation.data
    for name, attendance in (("members", PRESENT), ("on_leave", LEAVE)):
        for seat in Seat.objects.select_related("account").filter(pk__in=data.get(name, [])):
            note = data.get("leave_reason", "") if attendance == LEAVE else ""
            came(situation, MEMBER, seat.pk, named(seat), attendance, note)
    for mandate in Mandate.everyone.select_related("person").filter(pk__in=data.get("deputies", [])):
        came(situation, DEPUTY, mandate.pk, mandate.named)
    for organ in Organ.objects.filter(pk__in=data.get("organs", [])):
        came(situation, ORGAN, organ.pk, organ.name)


def came(situation: Situation, kind: str, holder: UUID, name: str, attendance: str = PRESENT, note: str = "") -> None:
    """One participant; whoever is known already keeps her row."""
    known = next((row for row in situation.rows(Participant) if (row.kind, row.holder) == (kind, holder)), None)
    if known:
        situation.change(known, attendance=attendance, held_on=situation.record.held_on)
        return
    situation.add(
        Participant(
            kind=kind, holder=holder, name=name, attendance=attendance, note=note, held_on=situation.record.held_on
        )
    )


def new_item(situation: Situation, kind: str, title: str, **fields: Any) -> Item:
    """One more item, at the end."""
    last = max((row.position for row in situation.rows(Item)), default=0)
    item = Item(position=last + 1, kind=kind, title=title[:500], **fields)
    situation.add(item)
    return item


def items(situation: Situation, *kinds: str, undecided: bool = False) -> list[Item]:
    """The items of some kinds, in order."""
    rows = sorted(situation.rows(Item) if not situation.new else [], key=lambda row: row.position)
    return [row for row in rows if (not kinds or row.kind in kinds) and not (undecided and row.outcome)]


def item_of(situation: Situation) -> Item:
    """The item that a form named."""
    return next(row for row in situation.rows(Item) if str(row.pk) == situation.data["item"])


def task_opening(situation: Situation, item: Item, *, deputy: tuple[Any, str] | None = None) -> Iterable[Opening]:
    """A task for the organ that the step named, which leads back to the item."""
    data = situation.data
    organ = Organ.objects.get(pk=data["organ"])
    parties: list[tuple[str, Any, str]] = [("handler", organ.pk, organ.name)]
    parties += [("speaker", *deputy)] if deputy else []
    given = {"title": item.title, "text": data.get("text") or item.text or item.title, "due_on": data.get("due_on"),
             "item": str(item.pk), "deputy_name": deputy[1] if deputy else ""}  # fmt: skip
    return [Opening("task", "give", {name: value for name, value in given.items() if value}, tuple(parties))]


def not_before_its_day(situation: Situation) -> str | None:
    """What is to be held on a day was not held before it."""
    if situation.record.held_on > situation.today:
        return gettext("定于%(day)s举行，当天或者以后再登记；提前举行的，请先更改日期。") % {
            "day": date_format(situation.record.held_on)
        }
    return None


def undecided_items(situation: Situation) -> str | None:
    """Every item leaves with an outcome."""
    waiting = items(situation, undecided=True)
    if waiting:
        return gettext("“%(title)s”等%(count)d项还没有登记结果，登记齐以后再结束。") % {
            "title": waiting[0].title,
            "count": len(waiting),
        }
    return None


def nothing_to_decide(situation: Situation) -> str | None:
    """There is an item without an outcome."""
    return None if items(situation, undecided=True) else gettext("没有等待登记结果的事项。")


def link_subjects(situation: Situation, kind: str) -> None:
    """Every matter that an item is about leads to this activity."""
    for row in items(situation):
        if row.subject_id:
            situation.link(row.subject, kind)


def link_once(situation: Situation, origin: Matter, kind: str) -> None:
    """Lead to where it came from, once however often it is said."""
    if not Link.objects.filter(matter=situation.matter.pk, origin=origin, kind=kind).exists():
        situation.link(origin, kind)


def drop_items(situation: Situation, rows: Iterable[Item]) -> None:
    """Take items off that nothing was decided on; what they were stays in the acts."""
    gone = Item.objects.filter(pk__in=[row.pk for row in rows])

    def drop() -> None:
        gone.delete()

    situation.after_write.append(drop)


def numbered_suggestions(day: date) -> Any:
    """Suggestions that were received, whole ones: those still open and those of the last year; late ones first, then key ones, then
    the newest. What its deputy wants kept secret is not spoken of in a room."""
    recent = Q(closed_on=None) | Q(opened_on__gte=day - timedelta(days=DAYS_BACK))
    found = Matter.objects.filter(recent, procedure="suggestion", parent=None, confidential=False).exclude(number="")
    key = Matter.objects.filter(procedure="supervision", closed_on=None, supervision__form="key")
    marks = {"late": Q(closed_on=None, due_on__lt=day), "key": Q(pk__in=key.values("supervision__subject"))}
    found = found.annotate(**{name: Case(When(mark, then=True), default=False) for name, mark in marks.items()})
    return found.order_by("-late", "-key", "-opened_on", "-id")


def named_for_choice(matter: Any) -> str:
    """A suggestion among those that may be chosen, with what makes it urgent."""
    marks = [gettext(word) for mark, word in ((matter.late, LATE), (matter.key, KEY)) if mark]
    return f"{matter}（{gettext('、').join(marks)}）" if marks else str(matter)


def overdue_promises(day: date) -> Any:
    """Promises past the day that holds now and not reported as kept, the longest overdue first."""
    found = Matter.objects.filter(procedure="commitment", confidential=False, closed_on=None)
    return found.filter(commitment__reported_on=None, commitment__due_on__lt=day).order_by("commitment__due_on", "id")
