"""Reports 工作报告 (N02): one drafts, another checks every number, a third issues; from then on the figures are frozen.

The words are the author's, the numbers are the system's (:mod:`openrenda.figures.reports`).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import Clock, Office, Procedure, State, Step
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.figures.models import FrozenFigure, Report, ReportPart
from openrenda.figures.reports.checking import Finding, blocking, check
from openrenda.figures.reports.freezing import composed_of, freeze
from openrenda.figures.reports.parsing import FIGURE, parse
from openrenda.figures.reports.sharing import share
from openrenda.people.models import Congress, Session

from .fields import Choose, Day, LongText, offer_rows, one_paragraph
from .offices import AUDITORS
from .reasons import Reason

LONGEST_TEXT = 200_000
SHOWN_REASONS = 5

DRAFTER = Office("drafter", "起草人", "the drafter", seats=("deputy_office",), relation=("drafting",))
DRAFTERS = Office("drafters", "起草单位", "drafting offices", seats=("deputy_office",))
CHECKERS = Office("checkers", "核对人", "checkers", seats=("deputy_office", "leader"))
ISSUERS = Office("issuers", "签发人", "issuers", seats=("leader",))
SEES = (DRAFTER, DRAFTERS, CHECKERS, ISSUERS, AUDITORS)


class Beginning(StepForm):
    """What the report is called and what it speaks of; an earlier report's words may be taken over."""

    title = forms.CharField(label=_("标题"), max_length=200, validators=[one_paragraph])
    since = Day(label=_("统计起始日"))
    until = Day(label=_("统计截止日"))
    as_of = Day(label=_("数据截至"))
    session = Choose(
        label=_("按会次统计"), required=False, help_text=_("选了会次，就统计属于这次会议的全部，不论何时接收。")
    )
    based_on = Choose(label=_("沿用哪一份的文字"), required=False)

    def prepare(self) -> None:
        """This year until today; earlier reports to begin from."""
        today = self.situation.today
        if not self.is_bound:
            self.initial.update(since=date(today.year, 1, 1), until=date(today.year, 12, 31), as_of=today)
        offer_rows(self, "session", lambda: Session.objects.select_related("term").order_by("-since"))
        offer_rows(self, "based_on", lambda: Matter.objects.filter(procedure="report").order_by("-opened_on"))

    def clean(self) -> dict[str, Any]:
        """Days in their order, and none that is still to come."""
        cleaned = super().clean()
        since, until, as_of = (cleaned.get(name) for name in ("since", "until", "as_of"))
        if since and until and since > until:
            self.add_error("until", _("截止日早于起始日。"))
        if as_of and as_of > self.situation.today:
            self.add_error("as_of", _("数据截至日还没有到。"))
        if since and as_of and as_of < since:
            self.add_error("as_of", _("数据截至日早于统计起始日。"))
        return cleaned


class Text(StepForm):
    """The whole text."""

    text = LongText(
        label=_("正文"),
        rows=30,
        max_length=LONGEST_TEXT,
        help_text=_(
            "数字写成 {{ figure suggestion.received }}；分部分写成 {{ include 名称 }}。各个数的写法，在“统计”的“查找统计项”里可以查到。"
        ),
    )

    def prepare(self) -> None:
        """Go on from what was written."""
        if not self.is_bound and not self.situation.new:
            self.initial.update(text=self.situation.record.text)


class Part(StepForm):
    """One part of the text, under a name; writing it again replaces it, and what it was stays in the record."""

    name = forms.CharField(label=_("部分的名称"), max_length=60, validators=[one_paragraph])
    text = LongText(label=_("这一部分的正文"), rows=15, max_length=LONGEST_TEXT)


class Days(StepForm):
    """The day as of which the numbers are asked."""

    as_of = Day(label=_("数据截至"))

    def clean_as_of(self) -> date:
        """Within the report's period, and not in the future."""
        day: date = self.cleaned_data["as_of"]
        if day > self.situation.today:
            raise forms.ValidationError(_("数据截至日还没有到。"))
        if day < self.situation.record.since:
            raise forms.ValidationError(_("数据截至日早于统计起始日。"))
        return day


class Issue(StepForm):
    """Under which organ and number it goes out, and whether everyone may read it."""

    issuer = forms.CharField(label=_("发文机关"), max_length=200, required=False)
    document_number = forms.CharField(label=_("发文字号"), max_length=60, required=False)
    public = forms.BooleanField(label=_("在公开网页发布"), required=False)


class Sending(StepForm):
    """Which of the frozen numbers the congress above, and those beside, may read."""

    positions = forms.MultipleChoiceField(label=_("报送哪些数"), widget=forms.CheckboxSelectMultiple)

    def prepare(self) -> None:
        """Offer the numbers of the system; what was typed by hand is not compared."""
        rows = [] if self.situation.new else FrozenFigure.objects.filter(matter=self.situation.matter.pk, kind=FIGURE)
        listed = [(str(row.position), f"{row.label} {row.printed}") for row in rows]
        self.fields["positions"].choices = listed  # type: ignore[attr-defined]


def begin(situation: Situation, act: Act) -> None:
    """Keep the period; the words of an earlier report come along, its numbers do not."""
    data = situation.data
    earlier = Report.objects.filter(matter=data["based_on"]).first() if data.get("based_on") else None
    situation.note(
        since=data["since"], until=data["until"], as_of=data["as_of"], session_id=data.get("session"),
        text=earlier.text if earlier else "",
    )  # fmt: skip
    if earlier is not None:
        for part in ReportPart.objects.filter(matter=earlier.matter_id):
            situation.add(ReportPart(name=part.name, text=part.text))
    for holder in situation.actor.holders:
        situation.add_party("drafting", holder, situation.actor.office_name or situation.actor.name)


def write(situation: Situation, act: Act) -> None:
    """Keep the text."""
    situation.note(text=situation.data["text"])


def write_part(situation: Situation, act: Act) -> None:
    """Keep the part under its name."""
    name, text = situation.data["name"], situation.data["text"]
    row = next((part for part in situation.rows(ReportPart) if part.name == name), None)
    if row is None:
        situation.add(ReportPart(name=name, text=text))
    else:
        situation.change(row, text=text)


def set_day(situation: Situation, act: Act) -> None:
    """Ask the numbers as of another day."""
    situation.note(as_of=situation.data["as_of"])


def issue(situation: Situation, act: Act) -> None:
    """Freeze every number with its list; publish when that was asked for."""
    situation.note(issuer=situation.data.get("issuer", ""), document_number=situation.data.get("document_number", ""))
    situation.matter.public_since = situation.today if situation.data.get("public") else None
    freeze(situation, act)


def send_up(situation: Situation, act: Act) -> None:
    """Copy the chosen numbers to where the congresses above and beside read them; sent again, they stand anew."""
    chosen = [int(position) for position in situation.data["positions"]]
    situation.after_write.append(lambda: share(situation.matter, chosen, situation.today))


def nobody_above(situation: Situation) -> str | None:
    """There has to be a congress above."""
    above = Congress.objects.filter(pk=situation.actor.congress).values_list("parent", flat=True).first()
    return None if above else gettext("没有登记上级人大，不能报送。")


def findings(situation: Situation) -> list[Finding]:
    """What the checker found, worked out once for a page."""
    found: list[Finding] | None = situation.__dict__.get("report_findings")
    if found is None:
        found = check(composed_of(situation.record, situation.rows(ReportPart)))
        situation.__dict__["report_findings"] = found
    return found


def not_settled(situation: Situation) -> str | None:
    """What blocks a report is settled before it goes on (N02)."""
    blocked = blocking(findings(situation))
    if not blocked:
        return None
    listed = "；".join(f"{one.place}：{one.words.rstrip('。')}" for one in blocked[:SHOWN_REASONS])
    return gettext("核对发现%(count)s处问题，须先解决：%(listed)s") % {"count": len(blocked), "listed": listed}


def nothing_written(situation: Situation) -> str | None:
    """An empty report is not sent on."""
    return None if situation.record.text.strip() else gettext("正文还是空的。")


def goes_in_circles(situation: Situation) -> str | None:
    """Parts that include one another have no end."""
    if "name" not in situation.data:
        return None
    parts = {row.name: row.text for row in situation.rows(ReportPart)} | {
        situation.data["name"]: situation.data["text"]
    }
    _pieces, problems = parse(f"{{{{ include {situation.data['name']} }}}}", parts)
    circle = next((problem.words for problem in problems if "→" in problem.words), "")
    return gettext("几个部分不能相互引用：%(circle)s") % {"circle": circle} if circle else None


# fmt: off
DRAFT    = State("draft",    "起草",   "Draft",    "draft", untimed="由起草单位安排")
CHECKING = State("checking", "核对",   "Checking", "check")
CHECKED  = State("checked",  "待签发",  "Checked",  "check", untimed="由签发人安排")
ISSUED   = State("issued",   "已签发",  "Issued",   "issue", final=True)
DROPPED  = State("dropped",  "不再起草", "Dropped",  "draft", final=True)
WRITERS  = ("begin", "write", "write_part", "submit")

STEPS = (
    Step("begin",      "起草报告",   None,     DRAFT,    by=DRAFTERS, basis="N02.report", label_en="Begin a report", records=Beginning, does=begin),
    Step("write",      "写正文",    DRAFT,    None,     by=DRAFTERS, basis="N02.report", label_en="Write", records=Text, does=write, optional=True),
    Step("write_part", "写一部分",   DRAFT,    None,     by=DRAFTERS, basis="N02.report", label_en="Write a part", records=Part, barred_by=(goes_in_circles,), does=write_part, optional=True),
    Step("set_day",    "改数据截至日", DRAFT,    None,     by=DRAFTERS, basis="N02.report", label_en="Set the day", records=Days, does=set_day, optional=True),
    Step("submit",     "送核对",    DRAFT,    CHECKING, by=DRAFTERS, basis="N02.check", label_en="Send to be checked", barred_by=(nothing_written, not_settled), tells=(CHECKERS,)),
    Step("drop",       "不再起草",   DRAFT,    DROPPED,  by=DRAFTERS, basis="N02.report", label_en="Drop", records=Reason, optional=True, confirm="这份报告将不再起草，已写的文字保留在记录中。"),
    Step("pass",       "核对无误",   CHECKING, CHECKED,  by=CHECKERS, basis="N02.check", label_en="Checked", barred_by=(not_settled,), other_than=WRITERS, tells=(ISSUERS,)),
    Step("return",     "退回修改",   (CHECKING, CHECKED), DRAFT, by=(CHECKERS, ISSUERS), basis="N02.check", label_en="Return", records=Reason, optional=True, tells=(DRAFTER,)),
    Step("issue",      "签发",     CHECKED,  ISSUED,   by=ISSUERS,  basis="N02.report", label_en="Issue", records=Issue, barred_by=(not_settled,), other_than=(*WRITERS, "pass"), does=issue, tells=(DRAFTER, CHECKERS), confirm="签发后，报告中的每个数字连同口径和清单都将固定，不能再改。"),
    Step("send_up",    "报送上级人大", ISSUED,   None,     by=ISSUERS,  basis="N02.share", label_en="Send figures upward", records=Sending, barred_by=(nobody_above,), does=send_up, optional=True, confirm="选定的数字和口径将由上级人大和同级人大看到，清单不报送。"),
)

CLOCKS = (
    Clock("check", "核对期限", "N02.check", starts=("submit",), stops=("pass", "return"), whose=CHECKERS, label_en="Time to check"),
)
# fmt: on

PROCEDURE = Procedure(
    key="report", label="工作报告", label_en="Reports", states=(DRAFT, CHECKING, CHECKED, ISSUED, DROPPED), steps=STEPS,
    clocks=CLOCKS, record=Report, body="procedures/report.html", basis="N02.report", seen_by=SEES,
    stages=(("draft", "起草"), ("check", "核对"), ("issue", "签发")),
)  # fmt: skip
