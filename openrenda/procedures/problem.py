"""Problems found and solved 发现和解决的问题 (A17): apart from opinions, because one opinion may show several and a problem may come from none.

Collected and solved are states counted apart; a subset such as livelihood matters is a mark on the row, never a second row.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import THE_KIN, Clock, Office, Procedure, State, Step
from openrenda.docket.models import Act, Link, Matter
from openrenda.docket.situation import Situation
from openrenda.figures import Figure, Period, Population, Shown
from openrenda.figures.asof import acts_by, among, moment
from openrenda.figures.groups import by_category, by_month
from openrenda.figures.language import CASES
from openrenda.people.models import Category, Organ
from openrenda.tenancy import TenantFK, TenantModel

from .fields import Choose, Day, LongText, offer_rows, one_paragraph
from .listing import CLOSED as CLOSED_DAY
from .listing import DUE, OPENED, STATE, TITLE, Column, Filter, ListOf
from .offices import (
    AUDITORS,
    DEPUTIES,
    DEPUTY_OFFICE,
    GUEST_DEPUTIES,
    HANDLER,
    LEADERS,
    RECEIVING_SEATS,
    STATION_CLERKS,
    STREET_REVIEWER,
    STREET_REVIEWERS,
)
from .reasons import Reason
from .telling_back import FOUND_IN, PROBLEM_DROPPED, PROBLEM_SOLVED, Outcome, Told, tell_outcome, tell_that_it_ended
from .telling_back import SOLVED as SOLVED_WORD


class Problem(TenantModel):
    """What is wrong, where, and what was done about it."""

    matter = TenantFK(Matter, models.CASCADE, related_name="problem")
    place = models.CharField("地点", max_length=200, blank=True)
    category = TenantFK("people.Category", models.PROTECT, null=True, related_name="+", verbose_name="领域")
    livelihood = models.BooleanField("民生事项", default=False)
    organ = TenantFK("people.Organ", models.PROTECT, null=True, related_name="+", verbose_name="责任单位")
    found_on = models.DateField("发现日期")
    solved_on = models.DateField("解决日期", null=True)
    outcome = models.TextField("解决情况", blank=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="problem_matter")]
        indexes = [
            models.Index(fields=["congress", "found_on"], name="problem_found"),
            models.Index(fields=["congress", "solved_on"], name="problem_solved"),
        ]


KEEPER = Office("keeper", "登记的站点、街道或者代表工作机构", "the station, subdistrict or office that keeps it",
                seats=("station_clerk", "street_reviewer", "deputy_office"), relation=("keeper",))  # fmt: skip
RECEIVER = Office("receiver", "参与的代表", "deputies who take part", seats=RECEIVING_SEATS, relation=("receiver",))
FOLLOWERS = (KEEPER, RECEIVER)
SEES = (KEEPER, RECEIVER, STREET_REVIEWER, HANDLER, DEPUTY_OFFICE, LEADERS, AUDITORS)


class Found(StepForm):
    """A problem, with the day on which it was found."""

    title = forms.CharField(label=_("问题"), max_length=200, validators=[one_paragraph])
    place = forms.CharField(label=_("地点"), max_length=200, required=False)
    found_on = Day(label=_("发现日期"), required=False)
    category = Choose(label=_("领域"), required=False)
    livelihood = forms.BooleanField(label=_("民生事项"), required=False)

    def prepare(self) -> None:
        """Offer the congress's fields of concern."""
        offer_rows(self, "category", Category.objects.all)


class ToOrgan(StepForm):
    """Who is asked to solve it."""

    organ = Choose(label=_("联系的责任单位"))

    def prepare(self) -> None:
        """Offer the organs of the day."""
        offer_rows(self, "organ", Organ.objects.on(self.situation.today).order_by("position", "code").all)


class HandOff(StepForm):
    """What happened next: whom it went to, what was done."""

    what = LongText(label=_("进展"), rows=3, max_length=2000)


class Solved(StepForm):
    """What was done."""

    outcome = LongText(label=_("解决情况"), rows=4, max_length=5000)


def find(situation: Situation, act: Act) -> None:
    """Keep the problem; whoever found it follows it."""
    data = situation.data
    if not situation.holders("keeper") and not situation.holders("receiver"):
        role = "receiver" if situation.actor.seat in RECEIVING_SEATS else "keeper"
        for holder in situation.actor.holders:
            situation.add_party(role, holder, situation.actor.office_name or situation.actor.name)
    situation.note(place=data.get("place", ""), category_id=data.get("category"), livelihood=bool(data.get("livelihood")),
                   found_on=data.get("found_on") or situation.today)  # fmt: skip


def to_organ(situation: Situation, act: Act) -> None:
    """The organ takes part from now on."""
    organ = Organ.objects.get(pk=situation.data["organ"])
    situation.end_party("handler")
    situation.add_party("handler", organ.pk, organ.name)
    situation.matter.lead = organ.pk
    situation.note(organ=organ)


def solved(situation: Situation, act: Act) -> None:
    """Solved today."""
    situation.note(outcome=situation.data["outcome"], solved_on=situation.today)


def not_solved(situation: Situation, act: Act) -> None:
    """It came back."""
    situation.note(solved_on=None)


def tell_solved(situation: Situation) -> Iterable[Told]:
    """The resident of the opinion in which it was found is answered, once its last open problem is solved."""
    if _others_open(situation):
        return ()
    words = f"“{situation.matter.title}”：{situation.data['outcome']}"
    outcome = Outcome(words, SOLVED_WORD, situation.actor.office_name or situation.actor.name)
    return tell_outcome(situation, lambda: outcome, step=PROBLEM_SOLVED)


def tell_dropped(situation: Situation) -> Iterable[Told]:
    """Whoever keeps the opinion goes on with it, where no other problem of it is open."""
    if _others_open(situation):
        return ()
    return tell_that_it_ended(situation, situation.data["reason"], step=PROBLEM_DROPPED)


def _others_open(situation: Situation) -> bool:
    """Whether another problem of the same opinion is still being solved."""
    mine = Link.objects.filter(matter=situation.matter.pk, kind=FOUND_IN).values("origin")
    others = Link.objects.filter(origin__in=mine, kind=FOUND_IN, matter__closed_on=None)
    return bool(others.exclude(matter=situation.matter.pk).exists())


# fmt: off
FOUND   = State("found",   "待联系单位", "Found",       "solve")
AT_WORK = State("at_work", "解决中",   "Being solved", "solve")
SOLVED  = State("solved",  "已解决",   "Solved",       "solve", final=True)
DROPPED = State("dropped", "不再跟踪", "Dropped",      "solve", final=True)

STEPS = (
    Step("find",       "登记问题",   None,    FOUND,   by=(STATION_CLERKS, STREET_REVIEWERS, DEPUTY_OFFICE, DEPUTIES, GUEST_DEPUTIES), basis="A17.problem", label_en="Record a problem", records=Found, does=find, tells=(KEEPER,)),
    Step("find_in_opinion", "从意见登记问题", None, FOUND, by=THE_KIN,   basis="A17.problem", label_en="A problem in an opinion", records=Found, does=find, tells=(KEEPER, RECEIVER)),
    Step("to_organ",   "联系单位",   (FOUND, AT_WORK), AT_WORK, by=FOLLOWERS, basis="A17.problem", label_en="Turn to an organ", records=ToOrgan, does=to_organ, tells=(HANDLER,)),
    Step("hand_off",   "登记进展",   AT_WORK, None,    by=(KEEPER, RECEIVER, HANDLER), basis="A17.problem", label_en="Record a hand-off", records=HandOff, tells=(KEEPER, RECEIVER), optional=True),
    Step("solve",      "已经解决",   (FOUND, AT_WORK), SOLVED, by=FOLLOWERS, basis="A17.problem", label_en="Solved", records=Solved, does=solved, opens=tell_solved, tells=(HANDLER, RECEIVER)),
    Step("again",      "又出现了",   SOLVED,  AT_WORK, by=FOLLOWERS,      basis="A17.problem", label_en="It came back", records=Reason, does=not_solved, tells=(HANDLER, KEEPER), optional=True),
    Step("drop",       "不再跟踪",   (FOUND, AT_WORK), DROPPED, by=(KEEPER, DEPUTY_OFFICE), basis="A17.problem", label_en="Drop", records=Reason, opens=tell_dropped, tells=(RECEIVER, HANDLER), optional=True),
)

CLOCKS = (
    Clock("solve", "跟踪期限", "A17.solve", starts=("find", "find_in_opinion", "again"), stops=("solve", "drop"), whose=KEEPER, label_en="Time to look after it"),
)
# fmt: on


def found_in(period: Period) -> QuerySet[Any]:
    """Problems found in the period or solved in it: what was found last year may be solved in this one (A17)."""
    within = Q(found_on__gte=period.since, found_on__lte=period.end)
    return Problem.objects.filter(within | Q(solved_on__gte=period.since, solved_on__lte=period.end))


def was_found(period: Period) -> Q:
    """It was found in the period."""
    return Q(found_on__gte=period.since, found_on__lte=period.end)


def was_solved(period: Period) -> Q:
    """It was solved in the period and did not come back by its end."""
    later = acts_by(period, "problem", "again", "solve").filter(matter=OuterRef("matter"), seq__gt=OuterRef("seq"))
    solving = acts_by(period, "problem", "solve").filter(took_effect__gte=moment(period.since, before=True))
    return among(solving.filter(~Exists(later)))


PROBLEMS = Population(
    "problems", "发现和解决的问题", CASES, found_in,
    facts={"found": was_found, "solved": was_solved, "of_livelihood": lambda _period: Q(livelihood=True)},
    splits=(by_category("category_id"), by_month("found_on")),
    columns=(Shown("地点", "place"), Shown("发现日期", "found_on"), Shown("解决日期", "solved_on")),
)  # fmt: skip
FIGURES = (
    Figure("problems_found", "发现问题", "统计期内登记发现的问题数；一件意见可以有几个问题，问题也可以不来自意见。", PROBLEMS, Q(found=True), label_en="Problems found", group="群众意见", basis="A17.problem"),
    Figure("problems_solved", "解决问题", "统计期内解决的问题数，含以前发现的；与收到意见的件数各自统计，可以多于意见数。", PROBLEMS, Q(solved=True), label_en="Problems solved", group="群众意见", basis="A17.problem"),
    Figure("livelihood_solved", "解决民生问题", "解决的问题中标记为民生事项的；是其中的一部分，不另计。", PROBLEMS, Q(solved=True, of_livelihood=True), label_en="Livelihood problems solved", group="群众意见", basis="A17.problem"),
)  # fmt: skip

RECORDS = (Problem,)
LIST = ListOf(
    columns=(TITLE, Column("place", _("地点"), "problem__place"), Column("organ", _("责任单位"), "problem__organ__name"), STATE, OPENED,
             Column("found", _("发现"), "problem__found_on", "day"), Column("solved", _("解决"), "problem__solved_on", "day"), DUE, CLOSED_DAY),
    filters=(Filter("organ", _("责任单位"), "lead", "register", register="organ"), Filter("livelihood", _("民生事项"), "problem__livelihood", "flag")),
)  # fmt: skip
PROCEDURE = Procedure(
    key="problem", label="发现和解决的问题", label_en="Problems found and solved", steps=STEPS, clocks=CLOCKS, record=Problem,
    states=(FOUND, AT_WORK, SOLVED, DROPPED), body="procedures/problem.html", basis="A17.problem", stages=(("solve", "解决"),),
    seen_by=SEES,
)  # fmt: skip
