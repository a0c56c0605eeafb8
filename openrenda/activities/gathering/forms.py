"""What each step of a gathering records."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, When
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.models import Matter
from openrenda.people.models import Grid, Group, Mandate, Organ, Station
from openrenda.people.models.grid import ROLE_LABELS
from openrenda.people.models.group import CONTACT, PROFESSIONAL, SQUAD, STREET, UPPER
from openrenda.procedures.counterparts import committees, counterparts, fields_of_counterparts
from openrenda.procedures.fields import (
    Choose,
    ChooseSeveral,
    Day,
    LongText,
    OneOf,
    leave_out,
    offer_choices,
    offer_deputies,
    offer_rows,
    one_paragraph,
)

from .. import sharing
from ..kinds import (
    CARRIERS,
    COMMITTEE,
    COMPANY,
    DEPUTIES,
    DESTINATIONS,
    GOVERNMENT,
    HANDED,
    KINDS,
    LINKAGES,
    OUTCOMES,
    choices,
    offered,
)
from ..record import BOOKED, Participant
from .alike import alike
from .records import CAMPAIGN_LINE as LINE
from .records import COMING, LINKAGE, NOT_COMING, RESOURCE, Invitation, Tag

REQUIRED = _("“%(kind)s”须填写这一项。")
MOST_LINES = 50
GROUPS = (PROFESSIONAL, SQUAD, STREET, CONTACT, UPPER)
LONGEST_NAME = 100
INVITED = ((GOVERNMENT, _("政府部门")), ("deputy", _("代表")), *offered(COMPANY))
KNOWN = ("held_on", "starts_at", "place", "station", "street", "campaign", "kind", "carried_by", "committee", "destination", "area_name", "grid", "grid_role", "note")  # fmt: skip


class Plan(StepForm):
    """What, when and where: of what only some kinds ask, what this kind asks."""

    decides = "kind"

    kind = forms.ChoiceField(label=_("种类"))
    title = forms.CharField(label=_("主题"), max_length=200, required=False, validators=[one_paragraph])
    held_on = Day(label=_("日期"))
    starts_at = forms.CharField(label=_("时间"), max_length=40, required=False)
    place = forms.CharField(label=_("地点"), max_length=200)
    station = Choose(label=_("站点"), required=False)
    street = Choose(label=_("街道、乡镇"), required=False)
    campaign = Choose(label=_("所属方案或者活动日"), required=False)
    destination = forms.ChoiceField(
        label=_("走进哪一类"), required=False, choices=[("", _("不适用")), *offered(DESTINATIONS)]
    )
    area_name = forms.CharField(label=_("选区、片区"), max_length=200, required=False)
    carried_by = forms.ChoiceField(label=_("开展者"), required=False, choices=offered(CARRIERS), initial=DEPUTIES)
    committee = Choose(label=_("组织的专工委"), required=False, help_text=_("填写后，对口联系的代表排在前面。"))
    grid = Choose(label=_("网格、区块"), required=False)
    grid_role = forms.ChoiceField(
        label=_("以五员中的哪一种身份"), required=False, choices=[("", _("不适用")), *ROLE_LABELS.items()]
    )
    linkages = forms.MultipleChoiceField(
        label=_("联动方式"), required=False, choices=offered(LINKAGES), widget=forms.CheckboxSelectMultiple
    )
    resources = LongText(label=_("共享的资源（每行一项）"), rows=2, max_length=1000, required=False)
    lines = LongText(label=_("上级活动主线（每行一项）"), rows=2, max_length=1000, required=False)
    expected = ChooseSeveral(label=_("安排参加的代表"), required=False)
    note = LongText(label=_("说明"), rows=3, max_length=5000, required=False)

    def prepare(self) -> None:
        """Offer the registers of the day; what was arranged before stands in place."""
        super().prepare()
        day = self.situation.today
        offer_choices(self, "kind", choices())
        offer_rows(self, "station", Station.objects.on(day).all)
        offer_rows(self, "street", Organ.objects.on(day).filter(kind__in=("street", "town")).all)
        campaigns = Matter.objects.filter(procedure__in=("campaign", "activity-day")).order_by("-opened_on", "-id")
        offer_rows(self, "campaign", campaigns.exclude(state="stopped").all, lambda matter: matter.title)
        offer_rows(self, "committee", committees(day).all)
        offer_rows(self, "grid", Grid.objects.on(day).order_by("number").all)
        if not self.is_bound:
            self._committee_first()
        self._offer_deputies(day)
        if not self.situation.new and not self.is_bound:
            self._go_on()

    def _committee_first(self) -> None:
        """A committee that opens an activity need not say which it is."""
        if self.situation.actor.seat == "leader":
            own = committees(self.situation.today).filter(pk__in=sorted(self.situation.actor.holders)).first()
            if own:
                self.initial.setdefault("committee", own.pk)
                self.initial.setdefault("carried_by", COMMITTEE)

    def _offer_deputies(self, day: Any) -> None:
        """The committee's counterpart deputies are proposed first (A24), with their field; without a committee those of any."""
        chosen = (
            self.data.get("committee") if self.is_bound else self.initial.get("committee") or self._kept_committee()
        )
        committee = key_of(chosen)
        named = cache(partial(fields_of_counterparts, committee))

        def rows() -> Any:
            mine = counterparts(committee).values("holder")
            able = Mandate.everyone.able_on(day).select_related("person")
            first = Case(When(pk__in=mine, then=True), default=False)
            return able.annotate(counterpart=first).order_by("-counterpart", "level", "person__stroke_key", "pk")

        def label(mandate: Any) -> str:
            field = named().get(mandate.pk, "")
            return (
                gettext("%(name)s（对口：%(field)s）") % {"name": mandate.named, "field": field}
                if field
                else mandate.named
            )

        offer_rows(self, "expected", rows, label)

    def _kept_committee(self) -> Any:
        return None if self.situation.new else self.situation.record.committee_id

    def _go_on(self) -> None:
        record, rows = self.situation.record, self.situation.rows(Tag)
        for name in KNOWN:
            value = getattr(record, f"{name}_id", None) or getattr(record, name)
            self.initial[name] = value
        for name, kind in (("linkages", LINKAGE), ("resources", RESOURCE), ("lines", LINE)):
            values = [row.value for row in rows if row.kind == kind]
            self.initial[name] = values if name == "linkages" else "\n".join(values)
        booked = [row for row in self.situation.rows(Participant) if row.attendance == BOOKED]
        self.initial["expected"] = [row.holder for row in booked]

    def first_choices(self) -> list[tuple[str, Any]]:
        """The kinds that this person may organise."""
        return [(key, label) for key, label in choices() if self.situation.actor.seat in KINDS[key].organisers]

    def shown(self) -> Iterator[forms.BoundField]:
        """What the kind asks, and what was filled in before the kind was changed, so that it can be seen and taken out."""
        kind = KINDS.get(str(self["kind"].value() or ""))
        for bound in self:
            if (
                kind is None
                or kind.has(bound.name)
                or bound.errors
                or bound.value() not in (None, "", [], bound.field.initial)
            ):
                if kind and bound.name in kind.needs:
                    bound.field.mark = gettext("必填")  # type: ignore[attr-defined]
                yield bound

    def clean(self) -> dict[str, Any]:
        """What the kind needs is there."""
        cleaned = super().clean()
        kind = KINDS.get(cleaned.get("kind", ""))
        for name in kind.needs if kind else ():
            if name not in self.errors and not cleaned.get(name):
                self.add_error(name, REQUIRED % {"kind": gettext(kind.label) if kind else ""})
        if bool(cleaned.get("grid")) != bool(cleaned.get("grid_role")):
            missing = "grid_role" if cleaned.get("grid") else "grid"
            self.add_error(missing, _("在网格中履职的，写明是哪个网格、以五员中的哪一种身份。"))
        station = cleaned.get("station")
        if station and not cleaned.get("street"):
            cleaned["street"] = station.street
        for name in ("resources", "lines"):
            if any(len(line) > LONGEST_NAME for line in cleaned.get(name, "").splitlines()):
                self.add_error(name, _("每行不超过%(most)s个字。") % {"most": LONGEST_NAME})
        return cleaned


def key_of(chosen: Any) -> UUID | None:
    """The id that a choice field was given; None for none, and for what is no id."""
    try:
        return UUID(str(chosen)) if chosen else None
    except ValueError:
        return None


class Attend(sharing.Attendance):
    """Who came: from the registers, and others by kind, name and number."""

    guests = True

    groups = ChooseSeveral(label=_("参加的代表小组"), required=False)
    company = LongText(
        label=_("其他到场的各方"), rows=4, max_length=5000, required=False,
        help_text=_("每行一方：类别 名称 人数，例如：社区 青石社区 3。类别有社区、居民、企业、专家、省代表、市代表、其他等。"),
    )  # fmt: skip

    def prepare(self) -> None:
        """Offer the professional groups; who signed up is ticked."""
        super().prepare()
        offer_rows(
            self,
            "groups",
            Group.objects.on(self.situation.today).filter(kind__in=GROUPS).order_by("kind", "position", "name").all,
        )
        if not self.situation.new and not self.is_bound:
            booked = [row for row in self.situation.rows(Participant) if row.attendance == BOOKED]
            self.initial["deputies"] = [row.holder for row in booked]

    def clean_company(self) -> str:
        """Each line names a kind, a name and a number."""
        text = str(self.cleaned_data["company"])
        parties_of(text)
        return text


class Record(Attend, Plan):
    """A gathering that was held, entered in one go."""

    def first_choices(self) -> list[tuple[str, Any]]:
        """Those that need no invitation: such a kind is arranged first."""
        return [(key, label) for key, label in super().first_choices() if not KINDS[key].by_invitation]

    def prepare(self) -> None:
        """Who was there is asked, not who was expected."""
        super().prepare()
        leave_out(self, "expected")


def parties_of(text: str) -> list[tuple[str, str, int]]:
    """The lines of :attr:`Attend.company` as kind, name and number of people.

    :raises ValidationError: naming the line that cannot be read.
    """
    kinds = {label: key for key, label in COMPANY} | {gettext(label): key for key, label in COMPANY}
    found: dict[tuple[str, str], int] = {}
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    for number, line in enumerate(lines, 1):
        label = next((label for label in kinds if f"{line} ".startswith(f"{label} ")), "")
        kind, names, people = kinds.get(label), line.removeprefix(label).split(), 1
        if names and names[-1].isascii() and names[-1].isdigit() and len(names[-1]) < 6:
            people, names = int(names[-1]), names[:-1]
        name = " ".join(names) or label
        if kind is None or not people or len(name) > LONGEST_NAME or number > MOST_LINES:
            raise ValidationError(
                _("第%(line)s行写成“类别 名称 人数”，类别是：%(kinds)s。"),
                params={"line": number, "kinds": gettext("、").join(gettext(label) for _key, label in COMPANY)},
            )
        found[kind, name] = found.get((kind, name), 0) + people
    return [(kind, name, people) for (kind, name), people in found.items()]


class Invite(StepForm):
    """One more whom the letter goes to."""

    kind = forms.ChoiceField(label=_("类别"), choices=INVITED)
    name = forms.CharField(label=_("邀请对象"), max_length=LONGEST_NAME, validators=[one_paragraph])


class Answer(StepForm):
    """What the invited answered."""

    invitation = OneOf(label=_("邀请对象"))
    reply = forms.ChoiceField(
        label=_("回复"), choices=((COMING, _("参加")), (NOT_COMING, _("不能参加"))), widget=forms.RadioSelect
    )
    reply_text = forms.CharField(label=_("回复内容"), max_length=500, required=False)

    def prepare(self) -> None:
        """Offer those who have not answered."""
        waiting = [row for row in self.situation.rows(Invitation) if not row.reply]
        offer_choices(self, "invitation", [(str(row.pk), row.name) for row in waiting])


class Opinion(StepForm):
    """What was raised, and how it leaves: answered, with an owner and a day, or not solvable for a reason."""

    title = forms.CharField(label=_("要点"), max_length=200, validators=[one_paragraph])
    text = LongText(label=_("内容"), rows=4, max_length=5000)
    deputy = Choose(label=_("提出或者转达的代表"), required=False)
    outcome = forms.ChoiceField(label=_("怎样处理"), choices=offered(OUTCOMES), widget=forms.RadioSelect)
    answer = LongText(label=_("答复、商定的办法或者理由"), rows=3, max_length=5000, required=False)
    organ = Choose(label=_("责任单位"), required=False)
    due_on = Day(label=_("要求完成日期"), required=False)

    def prepare(self) -> None:
        """Offer the deputies who came, and the organs."""
        came = [row.holder for row in self.situation.rows(Participant) if row.kind == sharing.DEPUTY]
        offer_rows(
            self,
            "deputy",
            Mandate.everyone.filter(pk__in=came).select_related("person").all,
            lambda row: row.named,
        )
        offer_rows(self, "organ", Organ.objects.on(self.situation.today).all)

    def clean(self) -> dict[str, Any]:
        """An owner and a day, or words."""
        cleaned = super().clean()
        outcome = cleaned.get("outcome")
        if outcome == HANDED:
            for name in ("organ", "due_on"):
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, _("交有关单位办理的，须写明责任单位和完成日期。"))
        elif outcome and not cleaned.get("answer"):
            self.add_error("answer", _("请写明答复或者不能解决的理由。"))
        return cleaned


class Report(StepForm):
    """A report that the exercise yielded, and who wrote it."""

    title = forms.CharField(label=_("报告题目"), max_length=300, validators=[one_paragraph])
    text = LongText(label=_("报告内容"), rows=8, max_length=50000)
    author = Choose(label=_("执笔代表"), required=False)

    def prepare(self) -> None:
        """Offer the deputies who may act."""
        offer_deputies(self, "author")


class Merge(StepForm):
    """Which second record it is, and which of its opinions are told here already."""

    other = OneOf(label=_("重复登记的另一条"))
    repeated = forms.MultipleChoiceField(
        label=_("另一条中与本条重复的意见"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("重复的不再计数；没有勾选的仍按另一条中的登记计数和办理。"),
    )  # fmt: skip

    def prepare(self) -> None:
        """Offer what looks like the same gathering."""
        others = alike(self.situation)
        offer_choices(self, "other", [(str(row.matter_id), row.matter.title) for row in others])
        items = [item for row in others for item in row.matter.items.all() if not item.repeats]
        self.fields["repeated"].choices = [(str(item.pk), item.title) for item in items]  # type: ignore[attr-defined]


class MergedInto(StepForm):
    """Into which record, and which opinions repeat."""

    into = forms.UUIDField(label=_("并入哪一条"))
    repeated = forms.JSONField(label=_("重复的意见"), required=False)
