"""Research report 调研报告 (A21): what an exercise yielded. It names its exercise, can be cited, and shows where it was used."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import THE_KIN, Office, Opening, Procedure, State, Step
from openrenda.docket.models import Act, Link, Matter
from openrenda.docket.situation import Situation
from openrenda.procedures.fields import ChooseSearched, Day, LongText, offer_rows
from openrenda.procedures.listing import OPENED, STATE, TITLE, Column, ListOf
from openrenda.procedures.offices import AUDITORS, DEPUTIES, DEPUTY_OFFICE, LEADERS
from openrenda.tenancy import TenantFK, TenantModel

from .kinds import words

CITABLE = ("suggestion", "supervision")


class ResearchReport(TenantModel):
    """A report: its text, whose research it was, and who found it of high quality on which day."""

    matter = TenantFK(Matter, models.CASCADE, related_name="research_report")
    text = models.TextField("报告内容")
    carried_by = models.CharField("开展者", max_length=20, blank=True)
    author_name = models.CharField("执笔代表", max_length=100, blank=True)
    graded_by = models.CharField("认定人", max_length=100, blank=True)
    graded_on = models.DateField("认定日期", null=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="research_report_matter")]

    @property
    def carried_words(self) -> str:
        """Whose research it was."""
        return words("carried_by", self.carried_by)


class HandIn(StepForm):
    """What the exercise tells."""

    title = forms.CharField(label=_("报告题目"), max_length=300)
    text = LongText(label=_("报告内容"), max_length=50000)
    carried_by = forms.CharField(label=_("开展者"), max_length=20, required=False)


class Grade(StepForm):
    """Why it is of high quality, and since when."""

    graded_on = Day(label=_("认定日期"))
    reason = LongText(label=_("认定意见"), rows=3, max_length=2000)

    def clean_graded_on(self) -> Any:
        """Not ahead of today."""
        day = self.cleaned_data["graded_on"]
        if day > self.situation.today:
            self.add_error("graded_on", _("认定日期不能晚于今天。"))
        return day


class Cite(StepForm):
    """Which suggestions or supervision topics rest on it."""

    used_in = ChooseSearched(label=_("引用本报告的建议或者督办事项"))

    def prepare(self) -> None:
        """Offer suggestions and supervision matters that may be read by others."""
        offer_rows(self, "used_in", partial(citing, self.situation), str)


def citing(situation: Situation) -> Any:
    """What may cite a report and does not yet."""
    known = Link.objects.filter(origin=situation.matter.pk, kind="cites").values("matter")
    found = Matter.objects.filter(procedure__in=CITABLE, confidential=False, parent=None).exclude(pk__in=known)
    return found.order_by("-opened_on", "-id")


def hand_in(situation: Situation, act: Act) -> None:
    """Keep the report; the author is a party already."""
    data, authors = situation.data, situation.holders("author")
    situation.note(
        text=data["text"], carried_by=data.get("carried_by", ""), author_name=authors[0].name if authors else ""
    )


def grade(situation: Situation, act: Act) -> None:
    """Somebody by name says so, on a day."""
    situation.note(graded_by=situation.actor.name, graded_on=situation.data["graded_on"])


def cite(situation: Situation, act: Act) -> None:
    """Each of them leads here, and the report shows where it was used."""
    for matter in Matter.objects.filter(pk__in=situation.data["used_in"]).order_by("id"):
        situation.new_links.append(
            Link(
                congress_id=situation.matter.congress_id,
                matter=matter,
                origin=situation.matter,
                kind="cites",
                since=situation.at,
            )
        )


def as_suggestion(situation: Situation) -> Iterable[Opening]:
    """A suggestion of the author's own that rests on the report."""
    author = situation.holders("author")[0]
    data = {
        "title": situation.matter.title,
        "background": situation.record.text[:20000],
        "proposals": "",
        "consent_public": False,
    }
    return [Opening("suggestion", "open_split", data, (("sponsor", author.holder, author.name),), link="cites")]


def graded_already(situation: Situation) -> str | None:
    """It is said once."""
    return gettext("这篇报告已经认定为高质量。") if situation.record.graded_on else None


def raised_already(situation: Situation) -> str | None:
    """One suggestion from one report."""
    return gettext("这篇报告已经转为建议。") if situation.took("raise_suggestion") else None


AUTHOR = Office("author", "执笔代表", "the author", seats=("deputy",), relation=("author",))
SEES = (DEPUTIES, AUTHOR, LEADERS, DEPUTY_OFFICE, AUDITORS)

# fmt: off
HANDED_IN = State("handed_in", "已提交", "Handed in", "report", untimed="供随时引用")
FILED     = State("filed",     "已归档", "Filed", "report", final=True)

STEPS = (
    Step("hand_in", "提交调研报告", None,      HANDED_IN, by=THE_KIN, basis="A21.research", label_en="Hand in a report", records=HandIn, does=hand_in, tells=(AUTHOR,)),
    Step("grade",   "认定为高质量报告", HANDED_IN, None,  by=(LEADERS, DEPUTY_OFFICE), basis="A21.high", label_en="Find it of high quality", records=Grade, barred_by=(graded_already,), does=grade, tells=(AUTHOR,), optional=True),
    Step("cite",    "登记引用",   (HANDED_IN, FILED), None, by=DEPUTY_OFFICE, basis="A21.research", label_en="Record where it was used", records=Cite, does=cite, tells=(AUTHOR,), optional=True),
    Step("raise_suggestion", "转为建议", HANDED_IN, None, by=AUTHOR, basis="REP-02", label_en="Raise as a suggestion", barred_by=(raised_already,), opens=as_suggestion, optional=True, agent=True),
    Step("file",    "归档",     HANDED_IN, FILED,     by=DEPUTY_OFFICE, basis="A21.research", label_en="File it", optional=True),
)
# fmt: on

RECORDS = (ResearchReport,)
LIST = ListOf(
    columns=(TITLE, Column("exercise", _("来自哪次调研"), "parent__title"), Column("author", _("执笔代表"), "research_report__author_name"),
             Column("graded_by", _("认定人"), "research_report__graded_by"), Column("graded_on", _("认定日期"), "research_report__graded_on", "day"),
             STATE, OPENED),
)  # fmt: skip
PROCEDURE = Procedure(
    key="research-report", label="调研报告", label_en="Research reports", steps=STEPS, record=ResearchReport, states=(HANDED_IN, FILED),
    body="activities/research_report.html", seen_by=SEES, basis="A21.research", stages=(("report", "报告"),),
)  # fmt: skip
