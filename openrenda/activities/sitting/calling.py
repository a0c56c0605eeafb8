"""Planning and calling a sitting: its day in the year, its ordinal, the notice in time, who is invited to sit in (ORG-13, ORG-26, ORG-31; J05, J06)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import Opening, Taking
from openrenda.docket.models import Act
from openrenda.docket.situation import Situation
from openrenda.documents.official import han, long_days
from openrenda.people.models import Group, Mandate, Organ, Session, Term
from openrenda.people.models.group import STANDING_COMMITTEE
from openrenda.procedures.fields import Choose, ChooseSeveral, LongText, offer_choices, offer_rows

from ..bodies import BODIES, able, choices, group_of
from ..hall import (
    CITIZEN,
    GUEST,
    KINDS,
    MEMBER,
    OBSERVES,
    ORGAN,
    SITTING_IN,
    SPEAKS,
    VOTES,
    Attendance,
    FieldPlaces,
    Sitting,
)
from . import agenda, lasting
from .agenda import sitting_row

NOT_COMING = ("wished", "not_chosen", "cancelled")
MOST_LINES = 100
LEAST_INVITED = "least_invited"


class Plan(lasting.Arrange):
    """Which body sits, when and where."""

    body = forms.ChoiceField(label=_("会议种类"), choices=[(key, key) for key in BODIES])
    group = Choose(label=_("代表团、委员会"), required=False, help_text=_("代表团、专门委员会会议填写。"))
    leading = Choose(label=_("主持人"), required=False)
    field_order = ["body", "group", "held_on", "ends_on"]

    def prepare(self) -> None:
        """Offer the kinds and every group that may sit."""
        super().prepare()
        offer_choices(self, "body", choices())
        kinds = [body.group for body in BODIES.values() if body.group]
        rows = Group.objects.on(self.situation.today).filter(kind__in=kinds).order_by("kind", "position", "name")
        offer_rows(self, "group", rows.all)
        if not self.situation.new and not self.is_bound:
            sitting = sitting_row(self.situation)
            self.initial.update({"body": sitting.body, "group": sitting.group_id})

    def clean(self) -> dict[str, Any]:
        """The group is of the body's kind; a body that only sits in session needs a session on that day."""
        cleaned = super().clean()
        body, held_on = BODIES.get(cleaned.get("body", "")), cleaned.get("held_on")
        ends_on = cleaned.get("ends_on") or held_on
        if body is None or held_on is None:
            return cleaned
        if body.group and not cleaned.get("group"):
            several = list(group_of(body.key, held_on)[:2])
            if len(several) == 1:
                cleaned["group"] = several[0]
            else:
                self.add_error("group", _("请选出举行会议的代表团、委员会；名册里还没有的，请先在登记簿建立。"))
        if not body.group:
            cleaned["group"] = None
        elif cleaned.get("group") and cleaned["group"].kind != body.group:
            self.add_error("group", _("所选的组与会议种类不符。"))
        if body.in_session and (session_on(held_on) is None or session_on(ends_on) is None):
            self.add_error("held_on", _("这一天不在大会会期内。请先登记大会的会次和起止日期，再安排会议。"))
        if Term.objects.on(held_on).first() is None:
            self.add_error("held_on", _("这一天没有登记届次。请先登记本届的起止日期。"))
        return cleaned


class Places(StepForm):
    """How many deputies of which fields may sit in."""

    places = LongText(
        label=_("列席名额"), rows=4, max_length=2000, help_text=_("一行一个领域，先写领域，后写名额，例如：教育 2")
    )

    def clean_places(self) -> str:
        """Each line is a field and a number."""
        text = self.cleaned_data["places"]
        try:
            places_of(text)
        except ValueError as problem:
            raise ValidationError(str(problem)) from None
        return text  # type: ignore[no-any-return]


class Notify(StepForm):
    """The notice goes out; called at short notice, the reason is written down."""

    short_notice = LongText(label=_("临时召集的理由"), rows=2, max_length=2000, required=False)

    def clean(self) -> dict[str, Any]:
        """In time, or with a reason (ORG-26)."""
        cleaned, situation = super().clean(), self.situation
        latest = situation.book.due("ORG-26.notice", situation.today, anchor=situation.record.held_on)
        if situation.today > latest and not cleaned.get("short_notice") and not situation.past:
            words = {"day": date_format(latest), "article": situation.book.citation("ORG-26.notice"),
                     "amount": situation.book["ORG-26.notice"].amount}  # fmt: skip
            self.add_error(
                "short_notice",
                _("会议通知一般在举行的%(amount)s前，也就是%(day)s以前发出（%(article)s）。临时召集的，请写明理由。")
                % words,
            )
        return cleaned


class Invite(StepForm):
    """Whoever sits in beside the members. Deputies who were invited least this term stand first."""

    deputies = ChooseSeveral(label=_("列席的代表"), required=False)
    organs = ChooseSeveral(label=_("列席的单位"), required=False)
    citizens = LongText(
        label=_("旁听的群众"), rows=3, max_length=5000, required=False, help_text=_("一行一人，写姓名。")
    )
    guests = LongText(
        label=_("其他列席人员"), rows=3, max_length=5000, required=False, help_text=_("一行一人，写姓名和职务。")
    )

    def prepare(self) -> None:
        """Offer those who are not entered yet."""
        day, known = self.situation.today, Attendance.objects.filter(sitting=self.situation.matter.pk)
        offer_rows(self, "deputies", partial(least_invited, day, sitting_row(self.situation)), _with_times)
        rows = Organ.objects.on(day).exclude(pk__in=known.filter(organ__isnull=False).values("organ"))
        offer_rows(self, "organs", rows.all)

    def clean(self) -> dict[str, Any]:
        """Somebody is invited, and not too many at once."""
        cleaned = super().clean()
        if not any(cleaned.get(name) for name in ("deputies", "organs", "citizens", "guests")):
            raise ValidationError(_("请选出或者写出至少一位列席、旁听人员。"))
        for name in ("citizens", "guests"):
            lines = named_lines(cleaned.get(name, ""))
            if len(lines) > MOST_LINES or any(len(line) > MOST_LINES for line in lines):
                self.add_error(name, _("一次最多写一百人，每行最多一百字。"))
        return cleaned


def session_on(day: Any) -> Session | None:
    """The session of the congress on a day."""
    return Session.objects.on(day).select_related("term").first()


def places_of(text: str) -> list[tuple[str, int]]:
    """Fields with their places.

    :raises ValueError: with a sentence, for a line that is not a field and a number.
    """
    found: dict[str, int] = {}
    for line in text.splitlines():
        field, _blank, number = line.strip().rpartition(" ")
        if not line.strip():
            continue
        if not field.strip() or not number.isdecimal() or not 0 < int(number[:4]) <= MOST_LINES or len(field) > 50:
            raise ValueError(
                gettext("“%(line)s”看不懂。请先写领域，空一格，再写 1 到 100 的名额。") % {"line": line.strip()[:40]}
            )
        found[field.strip()] = int(number)
    if not found:
        raise ValueError(gettext("请至少写一个领域和名额。"))
    return list(found.items())


def named_lines(text: str) -> list[str]:
    """One name a line, each once."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def least_invited(day: Any, sitting: Sitting) -> Any:
    """Deputies who may act and are not entered, those not invited to the standing committee this term first (J05), then in the order of strokes."""
    known = Attendance.objects.filter(sitting=sitting.matter_id, mandate__isnull=False).values("mandate")
    return invited_times(Mandate.objects.able_on(day).exclude(pk__in=known).select_related("person"), sitting)


def invited_times(rows: Any, sitting: Sitting) -> Any:
    """The mandates with how often each was invited this term, least first."""
    entered = Attendance.objects.filter(
        mandate=OuterRef("pk"),
        kind=SITTING_IN,
        sitting__sitting__term=sitting.term_id,
        sitting__sitting__body=sitting.body,
    )
    counted = (
        entered.exclude(matter__state__in=NOT_COMING).order_by().values("mandate").annotate(n=Count("pk")).values("n")
    )
    times = Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))
    return rows.annotate(times=times).order_by("times", "person__stroke_key", "id")


def _with_times(mandate: Any) -> str:
    if not mandate.times:
        return str(mandate.person.name)
    return gettext("%(name)s（本届已邀请%(count)d次）") % {"name": mandate.person.name, "count": mandate.times}


def plan(situation: Situation, act: Act) -> None:
    """Keep the day and the body."""
    data = situation.data
    lasting.arrange(situation, act)
    held_on, body = situation.record.held_on, BODIES[data["body"]]
    session = session_on(held_on) if body.in_session else None
    term = session.term if session else Term.objects.on(held_on).order_by("-number").first()
    group = Group.objects.get(pk=data["group"]) if data.get("group") else None
    fields = {"body": body.key, "group": group, "term": term, "session": session}
    if situation.new:
        situation.add(Sitting(**fields))
    else:
        situation.change(sitting_row(situation), **fields)
        agenda.recount(situation)
    situation.note(kind=body.key)
    situation.matter.title = _title(situation)


def _title(situation: Situation) -> str:
    record, sitting = situation.record, sitting_row(situation)
    name = f"{sitting.group.name}会议" if sitting.group and sitting.body != STANDING_COMMITTEE else sitting.kind.label
    return f"{name}（{long_days(record.held_on, record.last_day)}，{record.place}）"[:500]


def extend(situation: Situation, act: Act) -> None:
    """It lasts longer, as its title says."""
    lasting.extend(situation, act)
    situation.matter.title = _title(situation)


def move(situation: Situation, act: Act) -> None:
    """Another day or place after the notice; the body stays."""
    lasting.arrange(situation, act)
    agenda.recount(situation)
    situation.matter.title = _title(situation)


def offer_places(situation: Situation, act: Act) -> None:
    """Keep the places by field; an earlier list is replaced."""
    wanted = dict(places_of(situation.data["places"]))
    known = {row.field: row for row in situation.rows(FieldPlaces)}
    for field, row in known.items():
        if field in wanted:
            situation.change(row, places=wanted[field])
    for field in wanted.keys() - known.keys():
        situation.add(FieldPlaces(field=field, places=wanted[field]))
    gone = FieldPlaces.objects.filter(pk__in=[row.pk for field, row in known.items() if field not in wanted])
    situation.after_write.append(lambda: _drop(gone))
    situation.change(sitting_row(situation), places=sum(wanted.values()))


def _drop(rows: Any) -> None:
    rows.delete()


def choose(situation: Situation) -> Iterable[Taking]:
    """Those who signed up, field by field, by the stored rule; the others are told that it was not this time (J06)."""
    wished = list(
        Attendance.objects.filter(sitting=situation.matter.pk, matter__state="wished").select_related("matter")
    )
    for field, places in sorted((row.field, row.places) for row in situation.rows(FieldPlaces)):
        rows = in_order(situation, [row for row in wished if row.field == field])
        for number, row in enumerate(rows):
            yield Taking(row.matter_id, "take_in" if number < places else "pass_over", {})
            wished.remove(row)
    for row in wished:
        yield Taking(row.matter_id, "pass_over", {})


def in_order(situation: Situation, rows: list[Attendance]) -> list[Attendance]:
    """By how often she was invited this term and then by who signed up first, or by that alone (option.sitting_in_choice)."""
    rows = sorted(rows, key=lambda row: row.pk)
    if situation.book.option("option.sitting_in_choice") != LEAST_INVITED:
        return rows
    found = invited_times(Mandate.objects.filter(pk__in=[row.mandate_id for row in rows]), sitting_row(situation))
    times = dict(found.values_list("pk", "times"))
    return sorted(rows, key=lambda row: (times.get(row.mandate_id, 0), row.pk))


def chosen(situation: Situation, act: Act) -> None:
    """Under which rule."""
    act.data["rule"] = situation.book.option("option.sitting_in_choice")


def nobody_signed_up(situation: Situation) -> str | None:
    """Somebody signed up."""
    found = Attendance.objects.filter(sitting=situation.matter.pk, matter__state="wished")
    return None if found.exists() else gettext("还没有代表报名列席。")


def notify(situation: Situation, act: Act) -> None:
    """The notice; its clock counts back from the day of the sitting."""
    situation.change(sitting_row(situation), short_notice=situation.data.get("short_notice", ""))
    act.data["held_on"] = situation.record.held_on.isoformat()


def members_notified(situation: Situation) -> Iterable[Opening]:
    """A place for each member who may act."""
    sitting = sitting_row(situation)
    for mandate in able(sitting.body, sitting.group, situation.record.held_on):
        yield _place(situation, MEMBER, VOTES, mandate.person.name, str(mandate.person_id), mandate=mandate.pk)


def others_invited(situation: Situation) -> Iterable[Opening]:
    """A place for each who was invited: deputies, organs and guests have the floor, citizens observe (ORG-31)."""
    data = situation.data
    for mandate in (
        Mandate.objects.filter(pk__in=data.get("deputies", [])).select_related("person").order_by("person__stroke_key")
    ):
        yield _place(situation, SITTING_IN, SPEAKS, mandate.person.name, str(mandate.person_id), mandate=mandate.pk)
    for organ in Organ.objects.filter(pk__in=data.get("organs", [])):
        yield _place(situation, ORGAN, SPEAKS, organ.name, str(organ.pk), organ=organ.pk)
    for kind, right, name in ((CITIZEN, OBSERVES, "citizens"), (GUEST, SPEAKS, "guests")):
        for line in named_lines(data.get(name, "")):
            yield _place(situation, kind, right, line, f"{kind}:{line}")


def _place(situation: Situation, kind: str, right: str, name: str, person: str, **holder: Any) -> Opening:
    assert kind in KINDS
    told = {
        "name": name[:100], "kind": kind, "right": right, "person": person[:120], "held_on": situation.record.held_on.isoformat(),
        "title": situation.matter.title, **{key: str(value) for key, value in holder.items()},
    }  # fmt: skip
    return Opening("attendance", "invite", told)


def no_members(situation: Situation) -> str | None:
    """There is somebody to notify."""
    sitting = sitting_row(situation)
    if able(sitting.body, sitting.group, situation.record.held_on).exists():
        return None
    return gettext("名册里还没有这个会议的组成人员，请先在登记簿的代表小组里登记。")


def series(situation: Situation) -> str:
    """The sittings of a body within the term, or within the session; a number once given is never given again (J01)."""
    sitting = sitting_row(situation)
    within = sitting.session_id if sitting.session_id else sitting.term_id
    return f"sitting:{sitting.body}:{within}:{sitting.group_id if sitting.body != STANDING_COMMITTEE else ''}"


def number(situation: Situation, counter: int) -> str:
    """As the congress counts: 第五届人大常委会第十二次会议. What was held before the software is added."""
    sitting = sitting_row(situation)
    counter += before(situation) if sitting.body == STANDING_COMMITTEE else 0
    sitting.ordinal = counter
    Sitting.objects.filter(pk=sitting.pk).update(ordinal=counter)
    pattern = str(situation.book.option(f"option.number_pattern.sitting.{sitting.body}"))
    return pattern.format(
        number=han(counter), term=han(sitting.term.number), session=han(sitting.session.number) if sitting.session else "",
        group=sitting.group.name if sitting.group else "",
    )[:60]  # fmt: skip


def before(situation: Situation) -> int:
    """How many sittings of the committee this term had before the software was in use."""
    rows: Any = situation.book.option("option.sittings_before")
    return sum(int(row.get("number", 0)) for row in rows if row.get("term") == sitting_row(situation).term.number)
