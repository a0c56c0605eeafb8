"""What residents and deputies say of a project 对民生实事项目的评看 (F04 (3), (4)): what they saw while it is carried out, and a grade once it was accepted.

Each is a matter of its own, so that a thousand ratings do not meet on one row. A resident has no account; a deputy rates a project once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from django import forms
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as declared

from openrenda.docket.forms import StepForm
from openrenda.docket.language import THE_PUBLIC, Procedure, State, Step
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.figures import Figure, Group, Period, Population, Shown, Split
from openrenda.figures.asof import acts_by
from openrenda.figures.groups import by_month
from openrenda.figures.language import CASES
from openrenda.rulebook import Book
from openrenda.tenancy import TenantFK

from . import livelihood
from .fields import Choose, LongText, offer_choices, offer_rows
from .listing import OPENED, STATE, TITLE, Column, Filter, ListOf
from .offices import AUDITORS, DEPUTIES, DEPUTY_OFFICE, LEADERS
from .residents import LONGEST_TEXT, RESIDENT, Ticketed, note_tickets

WATCHED_IN = ("under_way", "asked", "finished", *livelihood.RATED_IN)
CONTENT = ("satisfied", "basically")
BY_RESIDENT, BY_DEPUTY = "residents", "deputies"
WHO = {BY_RESIDENT: _("群众"), BY_DEPUTY: _("代表")}
GROUP = "民生实事"


class LivelihoodVoice(Ticketed):
    """One word on one project. Whose it is stands here for deputies alone."""

    matter = TenantFK(Matter, models.CASCADE, related_name="livelihood_voice")
    project = TenantFK(Matter, models.PROTECT, related_name="livelihood_voices", verbose_name="项目")
    source = models.CharField("谁说的", max_length=20)
    deputy = TenantFK("people.Mandate", models.PROTECT, null=True, related_name="+", verbose_name="代表")
    grade = models.CharField("评价", max_length=20, blank=True)
    text = models.TextField("意见", blank=True)
    said_on = models.DateField("日期")

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["congress", "matter"], name="livelihood_voice_matter"),
            models.UniqueConstraint(fields=["congress", "number_digest"], name="livelihood_voice_number"),
            models.UniqueConstraint(fields=["congress", "link_digest"], name="livelihood_voice_link"),
        ]
        indexes = [
            models.Index(fields=["congress", "project", "source"], name="livelihood_voice_project"),
            models.Index(fields=["congress", "said_on"], name="livelihood_voice_said"),
        ]

    @property
    def source_words(self) -> str:
        """Who said it."""
        return str(WHO.get(self.source, self.source))

    def grade_words(self, book: Book) -> str:
        """The grade in words."""
        return livelihood.label_in(book, "option.satisfaction", self.grade) if self.grade else ""


def watched() -> QuerySet[Matter]:
    """The projects of which one may say something."""
    found = Matter.objects.filter(procedure=livelihood.PROJECT, state__in=WATCHED_IN)
    return found.order_by("-opened_on", "-id")


class Said(StepForm):
    """Of which project, how satisfied one is once it was accepted, and what one saw."""

    project = Choose(label=_("哪个项目"))
    grade = forms.ChoiceField(label=_("您满意吗（验收以后评价）"), widget=forms.RadioSelect, required=False)
    text = LongText(label=_("看到的情况、意见"), rows=4, max_length=LONGEST_TEXT, required=False)

    def prepare(self) -> None:
        """Offer the projects and the congress's grades."""
        offer_rows(self, "project", watched, lambda matter: matter.title)
        offer_choices(self, "grade", livelihood.choices_of(self.situation.book, "option.satisfaction"))

    def clean(self) -> dict[str, Any]:
        """Something is said; a grade is given to what was accepted, by each deputy once."""
        cleaned = super().clean()
        project, grade = cleaned.get("project"), cleaned.get("grade")
        if not grade and not cleaned.get("text"):
            self.add_error("text", _("请选一项评价，或者写几句。"))
        if grade and project and project.state not in livelihood.RATED_IN:
            self.add_error("grade", _("项目验收以后才评价满意不满意；现在可以写看到的情况。"))
        if grade and project and self._rated_before(project):
            self.add_error("grade", _("您已经评价过这个项目；还可以写看到的情况。"))
        return cleaned

    def _rated_before(self, project: Matter) -> bool:
        holders = list(self.situation.actor.holders)
        if self.situation.actor.seat != "deputy":
            return False
        rows = LivelihoodVoice.objects.filter(project=project, deputy__in=holders).exclude(grade="")
        return bool(rows.exclude(matter__state="withdrawn").exists())


class Reason(StepForm):
    """A written reason."""

    reason = livelihood.reason(_("理由"))


def say(situation: Situation, act: Act) -> None:
    """A resident said it: she is known by what she is handed alone."""
    for holder in situation.actor.holders:
        situation.add_party("resident", holder, gettext("提出人"))
    _keep(situation, act, BY_RESIDENT)


def rate(situation: Situation, act: Act) -> None:
    """A deputy said it."""
    for holder in situation.actor.holders:
        situation.add_party("giver", holder, situation.actor.agent_for or situation.actor.name)
        situation.note(deputy_id=holder)
    _keep(situation, act, BY_DEPUTY)


def _keep(situation: Situation, act: Act, source: str) -> None:
    data = act.data
    note_tickets(situation)
    project = Matter.objects.get(pk=data["project"])
    situation.matter.title = project.title
    # The words are in the record, not in the ledger (decision 0010).
    situation.note(
        project=project, source=source, grade=data.get("grade", ""), text=data.pop("text", ""), said_on=situation.today
    )


def ratings(project: UUID) -> dict[str, Counter[str]]:
    """How many deputies and residents gave which grade, as far as they were looked at. One query."""
    rows = LivelihoodVoice.objects.filter(project=project, matter__state="given").exclude(grade="").order_by()
    found: dict[str, Counter[str]] = {BY_DEPUTY: Counter(), BY_RESIDENT: Counter()}
    for source, grade, count in rows.values_list("source", "grade").annotate(count=models.Count("pk")):
        found[source][grade] += count
    return found


GIVER = livelihood.Office("giver", "评价的代表", "the deputy who said it", seats=("deputy",), relation=("giver",))
SEES = (RESIDENT, GIVER, DEPUTY_OFFICE, LEADERS, AUDITORS)

# fmt: off
SCREENED  = State("screened",  "待人工查看", "To be looked at", "say", untimed="由代表工作机构安排")
GIVEN     = State("given",     "已记录",   "Kept", "say", final=True)
SET_ASIDE = State("set_aside", "不予采用",  "Set aside", "say", final=True)
WITHDRAWN = State("withdrawn", "已撤回",   "Withdrawn", "say", final=True)

STEPS = (
    Step("say",         "评价民生实事项目",   None, GIVEN,    by=THE_PUBLIC, basis="LIV-12.rate", label_en="Say what one thinks of a project", records=Said, does=say),
    Step("say_slowly",  "评价民生实事项目（待查看）", None, SCREENED, by=THE_PUBLIC, basis="LIV-12.rate", label_en="Say it, to be looked at", records=Said, does=say),
    Step("rate",        "评看民生实事项目",   None, GIVEN,    by=DEPUTIES, basis="LIV-12.rate", label_en="Rate a project as a deputy", records=Said, does=rate, agent=True),
    Step("let_through", "查看通过",       SCREENED, GIVEN, by=DEPUTY_OFFICE, basis="LIV-12.rate", label_en="Let it through"),
    Step("set_aside",   "不予采用",       (SCREENED, GIVEN), SET_ASIDE, by=DEPUTY_OFFICE, basis="LIV-12.rate", label_en="Set it aside", records=Reason, tells=(RESIDENT, GIVER), optional=True, confirm="不计入评价，提出人凭查询号会看到理由。"),
    Step("withdraw",    "撤回",         (SCREENED, GIVEN), WITHDRAWN, by=(RESIDENT, GIVER), basis="LIV-12.rate", label_en="Withdraw", optional=True),
)
# fmt: on


def given(period: Period) -> QuerySet[Any]:
    """What was said in the period, looked at, and neither set aside nor taken back by its end."""
    rows = LivelihoodVoice.objects.filter(said_on__gte=period.since, said_on__lte=period.end)
    counted = acts_by(period, livelihood.VOICE, "say", "rate", "let_through").values("matter")
    gone = acts_by(period, livelihood.VOICE, "set_aside", "withdraw").filter(matter=OuterRef("matter"))
    return rows.filter(~Exists(gone), matter__in=counted)


def keyed(known: dict[str, Any]) -> Callable[[Period, Collection[Any]], list[Group]]:
    """Groups by a stored key, in the order of its words."""
    return lambda _period, found: [Group(key, str(label), (key,)) for key, label in known.items() if key in found]


VOICES = Population(
    "livelihood_voices", declared("对民生实事项目的评看"), CASES, given,
    facts={
        "graded": lambda _period: ~Q(grade=""),
        "content": lambda _period: Q(grade__in=CONTENT),
        "by_residents": lambda _period: Q(source=BY_RESIDENT),
    },
    splits=(Split("source", declared("谁评价"), lambda _period: F("source"), keyed(WHO)), by_month("said_on")),
    columns=(Shown("项目", "project__title"), Shown("日期", "said_on")),
)  # fmt: skip
RESIDENTS, GRADED = Q(by_residents=True), Q(graded=True)

# fmt: off
FIGURES = (
    Figure("livelihood_voices", "对民生实事项目的评看", "统计期内代表和群众对项目写下的情况、意见和评价，不予采用的和撤回的不计。", VOICES, label_en="Words on livelihood projects", group=GROUP, basis="LIV-12.rate"),
    Figure("livelihood_residents_satisfied", "群众对民生实事项目的满意率", "群众评价为满意和基本满意的 ÷ 群众作出评价的。", VOICES, Q(content=True), RESIDENTS & GRADED, part_label="满意和基本满意", whole_label="群众作出评价", label_en="Residents satisfied with projects", group=GROUP, basis="LIV-12.rate"),
    Figure("livelihood_deputies_satisfied", "代表对民生实事项目的满意率", "代表评价为满意和基本满意的 ÷ 代表作出评价的。", VOICES, Q(content=True), ~RESIDENTS & GRADED, part_label="满意和基本满意", whole_label="代表作出评价", label_en="Deputies satisfied with projects", group=GROUP, basis="LIV-12.rate"),
)
# fmt: on


def who(_book: Book) -> list[tuple[str, Any]]:
    """Who says something, for lists."""
    return [(key, str(label)) for key, label in WHO.items()]


def grades(book: Book) -> list[tuple[str, Any]]:
    """The congress's grades, for lists."""
    return livelihood.choices_of(book, "option.satisfaction")


RECORDS = (LivelihoodVoice,)
LIST = ListOf(
    columns=(
        TITLE,
        Column("source", _("谁评价"), "livelihood_voice__source", "choice", choices=who),
        Column("grade", _("评价"), "livelihood_voice__grade", "choice", choices=grades),
        STATE,
        OPENED,
    ),
    filters=(
        Filter("source", _("谁评价"), "livelihood_voice__source", "choice", choices=who),
        Filter("grade", _("评价"), "livelihood_voice__grade", "choice", choices=grades),
    ),
)
PROCEDURE = Procedure(
    key="livelihood-voice", label="对民生实事项目的评看", label_en="Words on livelihood projects", steps=STEPS, record=LivelihoodVoice,
    states=(SCREENED, GIVEN, SET_ASIDE, WITHDRAWN), body="procedures/livelihood_voice.html", basis="LIV-12.rate", seen_by=SEES,
    stages=(("say", "评看"),),
)  # fmt: skip
