"""Planning a meeting of the party group and telling its members: who they are follows from the dated memberships of the group."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.models import Act
from openrenda.docket.situation import Situation
from openrenda.documents.official import long_date
from openrenda.people.leading import leading_members
from openrenda.people.models import Group, GroupMembership, Mandate
from openrenda.people.models.group import PARTY_GROUP
from openrenda.procedures.fields import Choose, Day, LongText, offer_rows

from . import agenda
from .records import STUDY

GROUP, MEMBER, CHAIRING = "party_group", "group_member", "chairing"


def group_of(situation: Situation) -> Group | None:
    """The group whose meeting it is; of a new one, the group that the secretary's seat stands for."""
    if not situation.new and situation.record.group_id:
        return situation.record.group  # type: ignore[no-any-return]
    return Group.objects.on(situation.today).filter(kind=PARTY_GROUP, pk__in=sorted(situation.actor.holders)).first()


def members_on(group: Group | None, day: date) -> Any:
    """The members of the group on a day who may act, in the order of strokes."""
    sits = GroupMembership.objects.on(day).filter(group=group).values("mandate")
    return (
        Mandate.objects.able_on(day).filter(pk__in=sits).select_related("person").order_by("person__stroke_key", "id")
    )


def offer_members(form: StepForm, *names: str, day: date | None = None) -> None:
    """Offer the members of the group, on the day of the meeting or on another one."""
    group = group_of(form.situation)
    for name in names:
        rows = partial(members_on, group, day or form.situation.today)
        offer_rows(form, name, rows, lambda mandate: str(mandate.person.name))


class Plan(StepForm):
    """When, where, and who presides."""

    held_on = Day(label=_("日期"))
    starts_at = forms.CharField(label=_("时间"), max_length=40, required=False)
    place = forms.CharField(label=_("地点"), max_length=200)
    chair = Choose(label=_("主持人"), help_text=_("会议记录由主持人审定。"))
    note = LongText(label=_("说明"), rows=2, max_length=2000, required=False)

    def prepare(self) -> None:
        """What was planned before stands in place."""
        offer_members(self, "chair")
        if not self.situation.new and not self.is_bound:
            record = self.situation.record
            self.initial.update({name: getattr(record, name) for name in ("held_on", "starts_at", "place", "note")})
            self.initial["chair"] = record.chair_id


class Notify(StepForm):
    """The agenda goes out; where study is not its first item, the reason is written down."""

    no_study = LongText(label=_("没有安排第一议题的理由"), rows=2, max_length=2000, required=False)

    def clean_no_study(self) -> str:
        """Study first, or a reason (M03)."""
        reason: str = self.cleaned_data["no_study"]
        if not reason and not any(row.kind == STUDY for row in agenda.items(self.situation)):
            raise ValidationError(
                _("党组会议以学习为第一议题（%(article)s）。请先列入“第一议题（学习）”，或者写明没有安排的理由。")
                % {"article": self.situation.book.citation("M03.first_topic")}
            )
        return reason


class PassOn(StepForm):
    """Somebody else of the group approves the minutes."""

    chair = Choose(label=_("改由谁审定"))
    reason = LongText(label=_("理由"), rows=2, max_length=2000)

    def prepare(self) -> None:
        """Offer the members of today."""
        offer_members(self, "chair")


def plan(situation: Situation, act: Act) -> None:
    """Keep the day, and who presides: he approves the minutes. Members who were told already are told by the new day."""
    data, group = situation.data, group_of(situation)
    assert group is not None, "the bar has asked for it"
    held_on = date.fromisoformat(data["held_on"])
    fields = {name: data.get(name, "") for name in ("starts_at", "place", "note")}
    situation.note(group=group, held_on=held_on, **fields)
    situation.add_party(GROUP, group.pk, group.name)
    preside(situation, data["chair"])
    if situation.matter.state == "called":
        enter_members(situation)
    situation.matter.title = f"{group.name}会议（{long_date(held_on)}，{data['place']}）"[:500]


def preside(situation: Situation, chosen: Any) -> None:
    """This member presides, in whichever seat he sits."""
    chair = Mandate.objects.select_related("person").get(pk=chosen)
    situation.note(chair=chair, chair_name=chair.person.name)
    situation.end_party(CHAIRING)
    _stand(situation, CHAIRING, chair)


def pass_on(situation: Situation, act: Act) -> None:
    """The minutes wait for somebody else."""
    preside(situation, situation.data["chair"])


def enter_members(situation: Situation) -> None:
    """Those who are members on the day of the meeting see it from now on, and nobody else."""
    situation.end_party(MEMBER)
    for mandate in members_on(situation.record.group, situation.record.held_on):
        _stand(situation, MEMBER, mandate)


def _stand(situation: Situation, role: str, mandate: Mandate) -> None:
    """A deputy stands for herself; who leads the committee too acts in that seat as well."""
    situation.add_party(role, mandate.pk, mandate.person.name)
    for seat in leading_members(situation.today).filter(person=mandate.person_id):
        situation.add_party(role, seat.pk, mandate.person.name)


def notify(situation: Situation, act: Act) -> None:
    """Members are told, and see the agenda."""
    situation.note(no_study=situation.data.get("no_study", ""))
    enter_members(situation)


def no_group(situation: Situation) -> str | None:
    """The seat stands for a party group."""
    if group_of(situation):
        return None
    return gettext("这个席位所属的党组已经不在登记簿里，请先登记党组，再安排会议。")


def no_members(situation: Situation) -> str | None:
    """There is somebody to tell."""
    if members_on(situation.record.group, situation.record.held_on).exists():
        return None
    return gettext("登记簿里还没有这个党组的成员，请先在代表小组里登记。")


def series(situation: Situation) -> str:
    """The meetings of a group in a year."""
    return f"party-group:{situation.record.group_id}:{situation.record.held_on.year}"


def number(situation: Situation, counter: int) -> str:
    """As the group counts its meetings."""
    pattern = str(situation.book.option("option.number_pattern.party_group"))
    return pattern.format(number=counter, year=situation.record.held_on.year)[:60]
