"""Pre-litigation mediation 诉前调解 (A20): a deputy takes part, the outcome is agreed or not, and what goes to court later is open again.

Nothing counts as defused without its outcome document. The parties' names are read by the deputy, the handling organ and the auditor only.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as declared

from openrenda.docket.language import THE_CLOCK, Clock, Office, Procedure, State, Step
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.figures import Figure, Period, Population, Shown
from openrenda.figures.asof import acts_by, among
from openrenda.figures.groups import by_month
from openrenda.figures.language import CASES
from openrenda.people.models import Grid, Organ
from openrenda.tenancy import TenantFK

from .defusing import GROUP, documents
from .fields import Choose, Day, LongText, offer_rows, one_paragraph
from .grid_duties import MEDIATION, on_duty
from .listing import CLOSED, DUE, OPENED, STATE, TITLE, Column, ListOf
from .named_people import FREE_OF_NAMES, FreeOfNames, SealedNames, WithNames, forget_names, keep_names, no_names
from .offices import AUDITORS, DEPUTIES, DEPUTY_OFFICE, HANDLER, LEADERS
from .outcome_papers import OutcomeDocument, keep_document, no_document
from .reasons import Reason

DISPUTES = {
    "neighbours": declared("邻里纠纷"),
    "family": declared("婚姻家庭纠纷"),
    "property": declared("物业纠纷"),
    "labour": declared("劳动争议"),
    "contract": declared("合同、债务纠纷"),
    "damage": declared("损害赔偿纠纷"),
    "other": declared("其他纠纷"),
}


class Mediation(WithNames):
    """A dispute in which a deputy mediates."""

    matter = TenantFK(Matter, models.CASCADE, related_name="mediation")
    dispute = models.CharField("纠纷类别", max_length=20)
    text = models.TextField("纠纷情况")
    taken_on = models.DateField("受邀日期")
    organ = TenantFK("people.Organ", models.PROTECT, null=True, related_name="+", verbose_name="办理单位")
    held_on = models.DateField("调解日期", null=True)
    place = models.CharField("调解地点", max_length=200, blank=True)
    outcome = models.TextField("调解结果", blank=True)
    document = TenantFK("docket.File", models.PROTECT, null=True, related_name="+", verbose_name="结果文书")
    document_name = models.CharField("文书名称和文号", max_length=200, blank=True)
    document_on = models.DateField("文书日期", null=True)
    court = models.CharField("受理法院和案号", max_length=200, blank=True)
    court_on = models.DateField("起诉日期", null=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="mediation_matter")]
        indexes = [models.Index(fields=["congress", "taken_on"], name="mediation_taken")]

    @property
    def dispute_words(self) -> str:
        """What kind of dispute it is."""
        return gettext(DISPUTES.get(self.dispute, self.dispute))


MEDIATOR = Office("mediator", "调解代表", "the deputy who mediates", seats=("deputy",), relation=("mediator",))
READS_NAMES = (MEDIATOR, HANDLER, AUDITORS)
WORKS = (MEDIATOR, HANDLER)


class Take(FreeOfNames):
    """The case without names, and the names apart."""

    title = forms.CharField(label=_("案由"), max_length=100, validators=[one_paragraph], help_text=FREE_OF_NAMES)
    dispute = forms.ChoiceField(label=_("纠纷类别"), choices=[(key, _(label)) for key, label in DISPUTES.items()])
    names = LongText(label=_("当事人姓名（加密保存，只有代表、办理单位和审计管理员能查看）"), rows=2, max_length=1000)
    text = LongText(label=_("纠纷情况"), rows=5, max_length=5000, help_text=FREE_OF_NAMES)
    organ = Choose(label=_("委托、办理单位（法院、司法所、街道等）"))
    grid = Choose(label=_("网格、区块"), required=False)
    taken_on = Day(label=_("受邀日期"))

    def prepare(self) -> None:
        """Offer the organs of today."""
        offer_rows(self, "organ", Organ.objects.on(self.situation.today).order_by("position", "code").all)
        offer_rows(self, "grid", Grid.objects.on(self.situation.today).order_by("number").all)


class Session(FreeOfNames):
    """When and where they sat together."""

    held_on = Day(label=_("调解日期"))
    place = forms.CharField(label=_("调解地点"), max_length=200)
    text = LongText(label=_("调解情况"), rows=4, max_length=5000, help_text=FREE_OF_NAMES)


class Outcome(FreeOfNames):
    """On which day, and what was agreed or why not."""

    held_on = Day(label=_("调解日期"))
    outcome = LongText(label=_("调解结果"), rows=4, max_length=5000, help_text=FREE_OF_NAMES)


class ToCourt(FreeOfNames):
    """Which court took the case, and when."""

    court = forms.CharField(label=_("受理法院和案号"), max_length=200)
    court_on = Day(label=_("起诉日期"))


def take(situation: Situation, act: Act) -> None:
    """Keep the case; the deputy mediates, the organ handles."""
    data = situation.data
    keep_names(situation, act)
    organ = Organ.objects.get(pk=data["organ"])
    for holder in situation.actor.holders:
        situation.add_party("mediator", holder, situation.actor.name)
        if data.get("grid"):
            on_duty(situation, data["grid"], MEDIATION, holder, situation.actor.name, data["taken_on"])
    situation.add_party("handler", organ.pk, organ.name)
    situation.matter.lead = organ.pk
    situation.note(dispute=data["dispute"], text=data["text"], taken_on=data["taken_on"], organ=organ)


def sit(situation: Situation, act: Act) -> None:
    """The last day on which they sat."""
    situation.note(held_on=situation.data["held_on"], place=situation.data["place"])


def ended(situation: Situation, act: Act) -> None:
    """What came of it."""
    situation.note(held_on=situation.data["held_on"], outcome=situation.data["outcome"])


def document(situation: Situation, act: Act) -> None:
    """There is a document, so it is defused."""
    keep_document(situation)


def to_court(situation: Situation, act: Act) -> None:
    """It is open again (A20)."""
    situation.note(court=situation.data["court"], court_on=situation.data["court_on"])


SEES = (MEDIATOR, HANDLER, DEPUTY_OFFICE, LEADERS, AUDITORS)

# fmt: off
MEDIATING  = State("mediating",  "调解中",       "Being mediated", "mediate")
AGREED     = State("agreed",     "已达成协议，待结果文书", "Agreed, document to follow", "mediate")
DEFUSED    = State("defused",    "已化解",       "Defused", "mediate", final=True)
NOT_AGREED = State("not_agreed", "未达成协议",     "Not agreed", "mediate", final=True)
IN_COURT   = State("in_court",   "已进入诉讼",     "In court", "court", untimed="以法院的审理期限为准")
JUDGED     = State("judged",     "法院已结案",     "Ended in court", "court", final=True)
EVERY      = (MEDIATING, AGREED, DEFUSED, NOT_AGREED, IN_COURT, JUDGED)

STEPS = (
    Step("take",      "登记诉前调解", None,      MEDIATING, by=DEPUTIES, basis="A20.mediate", label_en="Take up a mediation", only_if=("option.new_duties", True), records=Take, does=take, tells=(HANDLER, DEPUTY_OFFICE)),
    Step("sit",       "登记一次调解", MEDIATING, None,      by=WORKS,    basis="A20.mediate", label_en="Record a sitting", records=Session, does=sit, tells=WORKS, optional=True),
    Step("agree",     "达成协议",   MEDIATING, AGREED,    by=WORKS,    basis="A20.mediate", label_en="Agreed", records=Outcome, does=ended, tells=WORKS),
    Step("fail",      "未达成协议",  MEDIATING, NOT_AGREED, by=WORKS,   basis="A20.mediate", label_en="Not agreed", records=Outcome, does=ended, tells=WORKS, optional=True),
    Step("document",  "登记结果文书", AGREED,    DEFUSED,   by=WORKS,    basis="A20.document", label_en="Record the outcome document", records=OutcomeDocument, barred_by=(no_document,), does=document, tells=(*WORKS, DEPUTY_OFFICE)),
    Step("to_court",  "当事人起诉，重新打开", (AGREED, DEFUSED, NOT_AGREED), IN_COURT, by=WORKS, basis="A20.court", label_en="It went to court", records=ToCourt, does=to_court, tells=(*WORKS, DEPUTY_OFFICE), optional=True, confirm="这件纠纷重新打开，自此不再计为化解。"),
    Step("resume",    "重新调解",   (IN_COURT, NOT_AGREED), MEDIATING, by=WORKS, basis="A20.mediate", label_en="Mediate again", records=Reason, tells=WORKS, optional=True),
    Step("judge",     "登记法院结案", IN_COURT,  JUDGED,    by=WORKS,    basis="A20.court", label_en="The court has ended it", records=Outcome, does=ended, tells=(*WORKS, DEPUTY_OFFICE)),
    Step("open_names", "查看姓名",  EVERY,     None,      by=READS_NAMES, basis="A20.names", label_en="Open the names", records=Reason, barred_by=(no_names,), optional=True),
    Step("forget_names", "删除姓名（保存期满、本人要求）", (DEFUSED, NOT_AGREED, JUDGED), None, by=(THE_CLOCK, MEDIATOR, DEPUTY_OFFICE), basis="A20.names", label_en="Remove the names", records=Reason, barred_by=(no_names,), does=forget_names, optional=True, confirm="姓名删除后不能恢复。"),
)

CLOCKS = (
    Clock("mediate",  "调解期限",   "A20.mediate",  starts=("take", "resume"), stops=("agree", "fail"), whose=MEDIATOR, label_en="Time to mediate"),
    Clock("document", "结果文书期限", "A20.document", starts=("agree",), stops=("document", "to_court"), whose=MEDIATOR, label_en="Time for the outcome document"),
)
# fmt: on


def taken_or_ended(period: Period) -> QuerySet[Any]:
    """Disputes taken up in the period or before it; the facts say when they ended."""
    return Mediation.objects.filter(taken_on__lte=period.end)


def was_taken(period: Period) -> Q:
    """It was taken up in the period."""
    return Q(taken_on__gte=period.since, taken_on__lte=period.end)


def was_defused(period: Period) -> Q:
    """Its document was recorded in the period, and it was not in court afterwards by the period's end."""
    return among(documents(period, "mediation"))


def went_to_court(period: Period) -> Q:
    """It was opened again in the period."""
    return among(acts_by(period, "mediation", "to_court").filter(took_effect__date__gte=period.since))


MEDIATIONS = Population(
    "mediations", "诉前调解", CASES, taken_or_ended,
    facts={"taken": was_taken, "defused": was_defused, "to_court": went_to_court}, splits=(by_month("taken_on"),),
    columns=(Shown("受邀日期", "taken_on"), Shown("办理单位", "organ__name"), Shown("文书日期", "document_on")),
)  # fmt: skip
FIGURES = (
    Figure("mediations", "参与诉前调解", "统计期内代表受邀参与的诉前调解件数。", MEDIATIONS, Q(taken=True), label_en="Mediations taken up", group=GROUP, basis="A20.mediate"),
    Figure("mediations_defused", "化解矛盾纠纷", "统计期内登记了结果文书的诉前调解；后来进入诉讼的不计。", MEDIATIONS, Q(defused=True), label_en="Disputes defused", group=GROUP, basis="A20.document"),
    Figure("mediations_to_court", "调解后进入诉讼", "统计期内当事人起诉、重新打开的。", MEDIATIONS, Q(to_court=True), label_en="Mediated disputes that went to court", group=GROUP, basis="A20.court"),
)  # fmt: skip

RECORDS = (Mediation, SealedNames)
LIST = ListOf(
    columns=(TITLE, Column("dispute", _("纠纷类别"), "mediation__dispute", "choice", choices=lambda _book: [(key, _(label)) for key, label in DISPUTES.items()]),
             Column("organ", _("办理单位"), "mediation__organ__name"), STATE, OPENED, DUE, CLOSED),
)  # fmt: skip
PROCEDURE = Procedure(
    key="mediation", label="诉前调解", label_en="Pre-litigation mediation", steps=STEPS, clocks=CLOCKS, record=Mediation,
    states=EVERY, body="procedures/mediation.html", stages=(("mediate", "调解"), ("court", "诉讼")), seen_by=SEES,
    files_read_by=READS_NAMES, basis="A20.mediate",
)  # fmt: skip
