"""The table of two-way contact 双联系分工 (A22): each deputy has a member of the Standing Committee who keeps contact with her.

A first table is proposed by the system or brought in from a spreadsheet. When a member leaves office her deputies go to the others in
one act, at the latest by the next night. Deputies' contact with the committee is practice; 《代表法》第五章 asks that it be kept.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda import docket
from openrenda.docket.actor import the_clock
from openrenda.docket.forms import StepForm
from openrenda.docket.language import THE_CLOCK, Clock, Procedure, State, Step
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.figures import Figure, Period, Population, Shown
from openrenda.figures.asof import acts_by, among
from openrenda.figures.language import PERSONS
from openrenda.people.models import Mandate
from openrenda.people.rosters import deputies
from openrenda.tenancy import TenantFK, TenantModel

from .contacting import IN_FORCE as IN_FORCE_KEY
from .contacting import TABLE, ContactPair, members, pairs_in_force, shared_out, without_member
from .fields import Choose, Day, LongText, offer_rows, one_paragraph
from .listing import CLOSED, OPENED, STATE, TITLE, Column, ListOf
from .offices import AUDITORS, DEPUTIES, DEPUTY_OFFICE, LEADERS

MOST_LINES, MOST_NAMED = 2000, 5
SEPARATORS = "\t，,；;、"


class ContactTable(TenantModel):
    """Since when the table holds, and under which decision."""

    matter = TenantFK(Matter, models.CASCADE, related_name="contact_table")
    adopted_on = models.DateField("印发日期", null=True)
    paper = models.CharField("依据文件", max_length=200, blank=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="contact_table_matter")]


class Rows(StepForm):
    """The table as lines, to be pasted from a spreadsheet: member, deputy. Left empty, the system proposes one."""

    lines = LongText(
        label=_("分工表（每行：常委会组成人员 代表）"), rows=16, max_length=100_000, required=False,
        help_text=_("可以从表格粘贴，姓名之间用空格、制表符或者逗号分开；有同名的写代表证号。不填的，由系统提出方案。"),
    )  # fmt: skip

    def prepare(self) -> None:
        """The table as it stands."""
        if not self.situation.new and not self.is_bound:
            rows = sorted(running(self.situation), key=lambda row: row.pk)
            self.initial["lines"] = "\n".join(f"{row.member_name} {row.deputy_name}" for row in rows)

    def clean_lines(self) -> str:
        """Every line names a member and a deputy."""
        text = str(self.cleaned_data["lines"])
        pairs_of(text, self.situation.today)
        return text


class Draw(Rows):
    """A new table."""

    title = forms.CharField(label=_("名称"), max_length=100, validators=[one_paragraph])
    field_order = ["title", "lines"]

    def prepare(self) -> None:
        """Its usual name."""
        super().prepare()
        self.initial.setdefault("title", gettext("常委会组成人员联系代表分工表"))


class Adopt(StepForm):
    """Since when, and under which decision."""

    adopted_on = Day(label=_("印发日期"))
    paper = forms.CharField(label=_("依据文件"), max_length=200)


class Change(StepForm):
    """One deputy, and who keeps contact with her from now on."""

    deputy = Choose(label=_("代表"))
    member = Choose(label=_("常委会组成人员"))
    reason = LongText(label=_("理由"), rows=2, max_length=500)

    def prepare(self) -> None:
        """Offer the deputies and the members of today."""
        day = self.situation.today
        offer_rows(self, "deputy", lambda: deputies(day), lambda row: row.person.name)
        offer_rows(self, "member", lambda: members(day), lambda row: row.person.name)

    def clean(self) -> dict[str, Any]:
        """Nobody keeps contact with herself."""
        cleaned = super().clean()
        if cleaned.get("deputy") and cleaned.get("deputy") == cleaned.get("member"):
            self.add_error("member", _("不能由本人联系本人，请另选一位。"))
        return cleaned


class Reason(StepForm):
    """A written reason."""

    reason = LongText(label=_("理由"), rows=2, max_length=500)


def pairs_of(text: str, day: date) -> list[tuple[Mandate, Mandate]]:
    """The lines as pairs of mandates.

    :raises ValidationError: naming the line and what is wrong with it: nobody of that name, several, a deputy twice.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()][: MOST_LINES + 1]
    if len(lines) > MOST_LINES:
        raise ValidationError(_("最多%(most)s行。"), params={"most": MOST_LINES})
    committee, everybody = _by_name(members(day)), _by_name(deputies(day))
    seen: set[UUID] = set()
    found = []
    for number, line in enumerate(lines, 1):
        for separator in SEPARATORS:
            line = line.replace(separator, " ")
        names = line.split()
        if len(names) != 2:
            raise ValidationError(_("第%(line)s行应当是两个姓名。"), params={"line": number})
        member, deputy = _one(names[0], committee, number), _one(names[1], everybody, number)
        if member.pk == deputy.pk:
            raise ValidationError(_("第%(line)s行：不能由本人联系本人。"), params={"line": number})
        if deputy.pk in seen:
            raise ValidationError(
                _("第%(line)s行：%(name)s已经分给另一位。"), params={"line": number, "name": names[1]}
            )
        seen.add(deputy.pk)
        found.append((member, deputy))
    return found


def _by_name(rows: QuerySet[Any]) -> dict[str, list[Mandate]]:
    found: dict[str, list[Mandate]] = {}
    for row in rows:
        for name in {row.person.name, row.card_number} - {""}:
            found.setdefault(name, []).append(row)
    return found


def _one(name: str, known: dict[str, list[Mandate]], line: int) -> Mandate:
    rows = known.get(name, [])
    if not rows:
        raise ValidationError(_("第%(line)s行：名册中没有“%(name)s”。"), params={"line": line, "name": name})
    if len(rows) > 1:
        raise ValidationError(_("第%(line)s行：有几位“%(name)s”，请写代表证号。"), params={"line": line, "name": name})
    return rows[0]


def running(situation: Situation) -> list[ContactPair]:
    """The pairs of this table that hold now."""
    return [] if situation.new else [row for row in situation.rows(ContactPair) if row.until is None]


def draw(situation: Situation, act: Act) -> None:
    """Lay out the table that was brought in, or one that is proposed: all share alike, nobody with herself."""
    day = situation.today
    wanted = pairs_of(situation.data.get("lines", ""), day) or shared_out(_in_order(day), list(members(day)), {})
    kept = {row.deputy_id: row for row in running(situation)}
    ended = [row for row in kept.values() if (row.member_id, row.deputy_id) not in {(m.pk, d.pk) for m, d in wanted}]
    for row in ended:
        _end(situation, row)
    gone = {row.deputy_id for row in ended}
    for member, deputy in wanted:
        if deputy.pk not in kept or deputy.pk in gone:
            _pair(situation, member, deputy)


def _in_order(day: date) -> list[Mandate]:
    """Deputies by delegation, then by strokes, so that a member's deputies come from everywhere."""
    rows = deputies(day).order_by("delegation__position", "person__stroke_key", "person__name", "pk")
    return list(rows)


def _pair(situation: Situation, member: Mandate, deputy: Mandate) -> None:
    situation.add(
        ContactPair(
            member=member,
            member_name=member.person.name,
            deputy=deputy,
            deputy_name=deputy.person.name,
            since=situation.today,
        )
    )


def _end(situation: Situation, row: ContactPair) -> None:
    situation.change(row, until=situation.today - timedelta(days=1))


def adopt(situation: Situation, act: Act) -> None:
    """It holds."""
    situation.note(adopted_on=situation.data["adopted_on"], paper=situation.data["paper"])


def change(situation: Situation, act: Act) -> None:
    """Another member for one deputy."""
    data = situation.data
    named = {
        str(row.pk): row
        for row in Mandate.objects.select_related("person").filter(pk__in=[data["member"], data["deputy"]])
    }
    for row in running(situation):
        if str(row.deputy_id) == data["deputy"]:
            _end(situation, row)
    _pair(situation, named[data["member"]], named[data["deputy"]])


def reassign(situation: Situation, act: Act) -> None:
    """What a member who left had, and whoever has nobody yet, goes to those who have fewest; who is no deputy any more is let go (A22 (5))."""
    day = situation.today
    committee, everybody = list(members(day)), {row.pk: row for row in _in_order(day)}
    sitting = {row.pk for row in committee}
    load: dict[UUID, int] = dict.fromkeys(sitting, 0)
    kept: set[UUID] = set()
    for row in running(situation):
        if row.member_id in sitting and row.deputy_id in everybody:
            load[row.member_id] += 1
            kept.add(row.deputy_id)
        else:
            _end(situation, row)
    for member, deputy in shared_out([row for pk, row in everybody.items() if pk not in kept], committee, load):
        _pair(situation, member, deputy)


def stale(day: date) -> bool:
    """Whether somebody in the table in force has left, or a deputy has nobody though a member could take her."""
    holds = pairs_in_force()
    committee = members(day).order_by().values("pk")
    if (
        holds.exclude(member__in=committee).exists()
        or holds.exclude(deputy__in=deputies(day).order_by().values("pk")).exists()
    ):
        return True
    lacking = list(without_member(day).values_list("pk", flat=True)[:2])
    return bool(lacking) and members(day).exclude(pk=lacking[0] if len(lacking) == 1 else None).exists()


def reassign_left(congress: UUID, day: date) -> int:
    """Bring the table in force up to the day, by an act of the clock; how many tables were changed. Safe twice."""
    table = Matter.objects.filter(procedure=TABLE, state=IN_FORCE_KEY).first()
    if table is None or not stale(day):
        return 0
    docket.act(table, "reassign", by=the_clock(congress))
    return 1


def one_already(situation: Situation) -> str | None:
    """One table at a time."""
    if Matter.objects.filter(procedure=TABLE, closed_on=None).exists():
        return gettext("已有一份分工表，请在那一份里调整；换届时先终止旧的一份。")
    return None


def no_members(situation: Situation) -> str | None:
    """There is nobody who could keep contact."""
    if members(situation.today).exists():
        return None
    return gettext("登记簿中还没有常委会组成人员。请先在“代表小组”中登记这一类别和成员。")


def gaps(situation: Situation) -> str | None:
    """Nobody is left out when it is issued (A22 (1))."""
    assigned = {row.deputy_id for row in running(situation)}
    lacking = [row.person.name for row in deputies(situation.today) if row.pk not in assigned]
    if not lacking:
        return None
    return gettext("还有%(count)d名代表没有分到联系人：%(names)s等。") % {
        "count": len(lacking),
        "names": gettext("、").join(lacking[:MOST_NAMED]),
    }


def nothing_to_reassign(situation: Situation) -> str | None:
    """Everybody has somebody who sits on the committee."""
    return None if stale(situation.today) else gettext("每位代表都有在任的联系人，不需要改派。")


SEES = (DEPUTIES, LEADERS, DEPUTY_OFFICE, AUDITORS)

# fmt: off
PROPOSED = State("proposed", "方案",   "Proposed", "assign")
IN_FORCE = State("in_force", "执行中", "In force", "assign", untimed="届内长期有效")
ENDED    = State("ended",    "已终止", "Ended", "assign", final=True)

STEPS = (
    Step("draw",     "提出联系代表分工", None, PROPOSED, by=DEPUTY_OFFICE, basis="A22.table", label_en="Draw up the table of contact", only_if=("option.two_way_contact", True), records=Draw, barred_by=(one_already, no_members), does=draw, tells=(LEADERS,)),
    Step("redraw",   "修改方案",   PROPOSED, None,     by=DEPUTY_OFFICE, basis="A22.table", label_en="Redraw it", records=Rows, barred_by=(no_members,), does=draw, optional=True),
    Step("adopt",    "印发分工表",  PROPOSED, IN_FORCE, by=(DEPUTY_OFFICE, LEADERS), basis="A22.table", label_en="Issue it", records=Adopt, barred_by=(gaps,), does=adopt, tells=(DEPUTIES,)),
    Step("change",   "更换联系人",  IN_FORCE, None,     by=DEPUTY_OFFICE, basis="A22.table", label_en="Change one", records=Change, does=change, tells=(LEADERS,), optional=True),
    Step("reassign", "改派离任人员联系的代表", IN_FORCE, None, by=(DEPUTY_OFFICE, THE_CLOCK), basis="A22.table", label_en="Reassign the deputies of members who left", barred_by=(nothing_to_reassign,), does=reassign, tells=(LEADERS, DEPUTY_OFFICE), optional=True),
    Step("end",      "终止分工表",  (PROPOSED, IN_FORCE), ENDED, by=DEPUTY_OFFICE, basis="A22.table", label_en="End it", records=Reason, tells=(LEADERS,), optional=True, confirm="终止后，要重新提出并印发分工表，代表才有联系人。"),
)

CLOCKS = (
    Clock("adopt", "印发期限", "A22.table", starts=("draw",), stops=("adopt", "end"), whose=DEPUTY_OFFICE, label_en="Time to issue it"),
)
# fmt: on


def assigned(period: Period) -> QuerySet[Any]:
    """Pairs that held at the end of the period, of a table that was issued by then."""
    holding = ContactPair.objects.filter(Q(until=None) | Q(until__gte=period.end), since__lte=period.end)
    issued = holding.filter(among(acts_by(period, TABLE, "adopt")))
    return issued.exclude(among(acts_by(period, TABLE, "end")))


PAIRS = Population(
    "contact_pairs", "常委会组成人员联系的代表", PERSONS, assigned,
    columns=(Shown("代表", "deputy_name"), Shown("常委会组成人员", "member_name"), Shown("起", "since")),
)  # fmt: skip
FIGURES = (
    Figure("contacted_deputies", "常委会组成人员联系代表", "截至统计日，已印发的分工表中有联系人的代表，每名代表计一次。", PAIRS, label_en="Deputies with a contacting member", group="代表联系", basis="A22.table"),
)  # fmt: skip

RECORDS = (ContactTable, ContactPair)
LIST = ListOf(
    columns=(TITLE, Column("adopted_on", _("印发日期"), "contact_table__adopted_on", "day"), Column("paper", _("依据文件"), "contact_table__paper"),
             STATE, OPENED, CLOSED),
)  # fmt: skip
PROCEDURE = Procedure(
    key=TABLE, label="双联系分工", label_en="Table of two-way contact", steps=STEPS, clocks=CLOCKS, record=ContactTable,
    states=(PROPOSED, IN_FORCE, ENDED), body="procedures/contact_table.html", stages=(("assign", "分工"),), seen_by=SEES, basis="A22.table",
)  # fmt: skip
