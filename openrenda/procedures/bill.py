"""Bills 议案 moved by deputies (地方组织法第二十二条), and what becomes of one that is not treated as a bill (SUG-17).

Ten deputies at county level and above, five in a township, move a bill during a session. The presidium decides; the secretariat of
the session records. Deliberation and vote belong to the hall; here a bill ends on the agenda, or as a suggestion that keeps its
signatures, with the bill's number behind it.
"""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import Clock, Numbering, Opening, Procedure, State, Step
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.people.models import Mandate, Session
from openrenda.tenancy import TenantFK, TenantModel

from .fields import ChooseSeveral, LongText, MustBeYes, offer_rows, one_paragraph
from .offices import AUDITORS, COSIGNER, DEPUTIES, DEPUTY_OFFICE, INVITED, LEADERS, SPONSOR


class Bill(TenantModel):
    """A bill: its subject, grounds and plan (案由、案据、方案)."""

    matter = TenantFK(Matter, models.CASCADE, related_name="bill")
    session = TenantFK("people.Session", models.PROTECT, null=True, verbose_name="会次")
    grounds = models.TextField("案据")
    plan = models.TextField("方案")
    sponsor_name = models.CharField("领衔代表", max_length=100)
    signers = models.PositiveIntegerField("提出代表人数", default=1)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="bill_matter")]


class BillDraft(StepForm):
    """Subject, grounds and plan."""

    title = forms.CharField(label=_("案由"), max_length=200, validators=[one_paragraph])
    grounds = LongText(label=_("案据"), rows=8)
    plan = LongText(label=_("方案"), rows=8)

    def prepare(self) -> None:
        """Go on from what was written."""
        if not self.is_bound and not self.situation.new:
            record = self.situation.record
            self.initial.update(title=self.situation.matter.title, grounds=record.grounds, plan=record.plan)


class Signers(StepForm):
    """Deputies asked to move the bill together."""

    deputies = ChooseSeveral(label=_("邀请联名的代表"))

    def prepare(self) -> None:
        """Offer the deputies who may act today and have not signed."""
        taken = [party.holder for party in self.situation.parties]
        able = Mandate.objects.able_on(self.situation.today).exclude(pk__in=taken).select_related("person")
        offer_rows(self, "deputies", able.order_by("person__stroke_key").all, lambda mandate: mandate.person.name)


class OwnWill(StepForm):
    """The co-signer's own confirmation."""

    own_will = MustBeYes(label=_("我已阅读全文，同意联名提出议案"))


class Decision(StepForm):
    """What the presidium decided, and why."""

    decision = LongText(label=_("决定内容"), rows=4, max_length=5000)


def begin(situation: Situation, act: Act) -> None:
    """A new bill, its sponsor and session."""
    write(situation, act)
    for holder in situation.actor.holders:
        situation.add_party("sponsor", holder, situation.actor.agent_for or situation.actor.name)
    sitting = Session.objects.on(situation.today).first()
    situation.note(sponsor_name=situation.actor.agent_for or situation.actor.name, session=sitting)


def write(situation: Situation, act: Act) -> None:
    """Keep what was written."""
    situation.matter.title = situation.data["title"]
    situation.note(grounds=situation.data["grounds"], plan=situation.data["plan"])


def invite(situation: Situation, act: Act) -> None:
    """Ask deputies to sign."""
    for mandate in Mandate.objects.filter(pk__in=situation.data["deputies"]).select_related("person"):
        situation.add_party("invited", mandate.pk, mandate.person.name)


def sign(situation: Situation, act: Act) -> None:
    """Sign, in order (LST-08)."""
    for party in [party for party in situation.holders("invited") if party.holder in situation.actor.holders]:
        situation.end_party("invited", party.holder)
        situation.add_party("cosigner", party.holder, party.name)
    situation.note(signers=1 + len(situation.holders("cosigner")))


def refuse(situation: Situation, act: Act) -> None:
    """The invitation ends."""
    for holder in situation.actor.holders:
        situation.end_party("invited", holder)


def submit(situation: Situation, act: Act) -> None:
    """Freeze the text and the signatures."""
    record = situation.record
    act.data["snapshot"] = {"title": situation.matter.title, "grounds": record.grounds, "plan": record.plan}
    act.data["signers"] = [party.name for role in ("sponsor", "cosigner") for party in situation.holders(role)]
    situation.end_party("invited")
    situation.note(session=Session.objects.on(situation.today).first())


def threshold(situation: Situation) -> int:
    """How many deputies move a bill here (地方组织法第二十二条)."""
    level = "township" if situation.matter.congress.level == "township" else "county"
    return int(situation.book[f"ORG-04.{level}"].value)  # type: ignore[arg-type]


def too_few_signers(situation: Situation) -> str | None:
    """Ten deputies, five in a township; the lead deputy counts (CAL-01: the number itself is enough)."""
    signed, needed = 1 + len(situation.holders("cosigner")), threshold(situation)
    if signed < needed:
        return gettext("提出议案须代表%(needed)d人以上联名，现有%(signed)d人（%(article)s）。") % {
            "needed": needed,
            "signed": signed,
            "article": situation.book.citation("ORG-04"),
        }
    return None


def not_in_session(situation: Situation) -> str | None:
    """Bills are moved while the congress sits (地方组织法第二十二条)."""
    if not Session.objects.on(situation.today).exists():
        return gettext("议案在大会举行期间提出；闭会期间请提出建议（%(article)s）。") % {
            "article": situation.book.citation("ORG-04")
        }
    return None


def as_suggestion(situation: Situation) -> Iterable[Opening]:
    """The suggestion that the bill becomes, with all its signatures (SUG-17)."""
    record = situation.record
    people = tuple((p.role, p.holder, p.name) for p in situation.parties if p.role in ("sponsor", "cosigner"))
    data = {
        "title": situation.matter.title,
        "background": record.grounds,
        "proposals": record.plan,
        "consent_public": True,
    }
    return [Opening("suggestion", "open_from_bill", data, people, link="converted_from")]


def series(situation: Situation) -> str:
    """Per session, apart from the suggestions (SUG-20)."""
    return f"bill:{situation.record.session_id}"


def number(situation: Situation, counter: int) -> str:
    """As the congress prints it."""
    return str(situation.book.option("option.number_pattern.bill")).format(number=counter, year=situation.today.year)


SEES_DRAFT = (SPONSOR, COSIGNER, INVITED)
SEES = (SPONSOR, COSIGNER, DEPUTY_OFFICE, LEADERS, AUDITORS, DEPUTIES)

# fmt: off
DRAFT     = State("draft",     "拟稿",    "Draft",     "move", untimed="由代表自行安排", seen_by=SEES_DRAFT)
SUBMITTED = State("submitted", "已提出",   "Moved",     "move", untimed="由主席团在大会期间决定")
REFERRED  = State("referred",  "交专门委员会审议", "With a special committee", "decide", untimed="由主席团决定审议时间")
ON_AGENDA = State("on_agenda", "列入议程",  "On the agenda", "decide", final=True)
CONVERTED = State("converted", "转为建议",  "Converted into a suggestion", "decide", final=True)
WITHDRAWN = State("withdrawn", "已撤回",   "Withdrawn", "move", final=True, seen_by=(SPONSOR, COSIGNER, DEPUTY_OFFICE, AUDITORS))

STEPS = (
    Step("draft",    "起草议案",   None,      DRAFT,     by=DEPUTIES,      basis="ORG-04", label_en="Draft a bill", records=BillDraft, does=begin, agent=True),
    Step("revise",   "修改",     DRAFT,     None,      by=SPONSOR,       basis="ORG-04", label_en="Revise", records=BillDraft, does=write, optional=True, agent=True),
    Step("invite",   "邀请联名",   DRAFT,     None,      by=SPONSOR,       basis="ORG-04", label_en="Invite co-signers", records=Signers, does=invite, tells=(INVITED,), optional=True, agent=True),
    Step("cosign",   "确认联名",   DRAFT,     None,      by=INVITED,       basis="SUG-04", label_en="Co-sign", records=OwnWill, does=sign, tells=(SPONSOR,), agent=True),
    Step("refuse",   "谢绝联名",   DRAFT,     None,      by=INVITED,       basis="SUG-04", label_en="Decline to co-sign", does=refuse, tells=(SPONSOR,), agent=True),
    Step("submit",   "提出议案",   DRAFT,     SUBMITTED, by=SPONSOR,       basis="ORG-04", label_en="Move the bill", barred_by=(too_few_signers, not_in_session), does=submit, numbers=Numbering(series, number), tells=(DEPUTY_OFFICE, COSIGNER), agent=True, confirm="提出后内容和联名不再改动。"),
    Step("refer",    "交专门委员会", SUBMITTED, REFERRED,  by=DEPUTY_OFFICE, basis="ORG-04", label_en="Refer to a special committee", records=Decision, tells=(SPONSOR,)),
    Step("put_on_agenda", "列入议程", (SUBMITTED, REFERRED), ON_AGENDA, by=DEPUTY_OFFICE, basis="ORG-04", label_en="Put on the agenda", records=Decision, tells=(SPONSOR, COSIGNER)),
    Step("convert",  "转为建议",   (SUBMITTED, REFERRED), CONVERTED, by=DEPUTY_OFFICE, basis="SUG-17", label_en="Convert into a suggestion", records=Decision, opens=as_suggestion, tells=(SPONSOR, COSIGNER), confirm="议案将不作为议案处理，转为代表建议，联名保留。"),
    Step("withdraw", "撤回",     (DRAFT, SUBMITTED), WITHDRAWN, by=SPONSOR, basis="SUG-05", label_en="Withdraw", tells=(COSIGNER, DEPUTY_OFFICE), optional=True, agent=True, confirm="撤回后不能恢复。"),
)

CLOCKS: tuple[Clock, ...] = ()
# fmt: on

RECORDS = (Bill,)
PROCEDURE = Procedure(
    key="bill", label="代表议案", label_en="Deputies' bills", steps=STEPS, clocks=CLOCKS, record=Bill,
    states=(DRAFT, SUBMITTED, REFERRED, ON_AGENDA, CONVERTED, WITHDRAWN), body="procedures/bill.html",
    stages=(("move", "提出"), ("decide", "决定")), seen_by=SEES, basis="ORG-04",
)  # fmt: skip
