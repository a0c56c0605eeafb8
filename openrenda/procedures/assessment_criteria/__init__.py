"""Criteria for the assessment of handling organs 承办单位考核办法 (B15): each names a figure and a weight, and holds from a day on.

A version that was adopted does not change; another one takes its place. Scores are never entered: whoever may read the figures
computes them anew from the records, as of any day (scoring.py).
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import Office, Procedure, State, Step
from openrenda.docket.models import Act
from openrenda.docket.situation import Situation

from ..fields import Day, LongText, offer_choices, one_paragraph
from ..offices import AUDITORS, DEPUTY_OFFICE, GOVERNMENT_OFFICE, LEADERS, ORGAN_SEATS
from .records import RECORDS, WAYS, AssessmentCriteria, Criterion

MOST_CRITERIA = 8
WHOLE = 100
WAYS_IN_WORDS = _(
    "按比率得分：比率越高得分越高；按比率失分：比率越高得分越低；按件数扣分：每件扣几分，扣完为止。各项分值之和为100。"
)
ASSESSED = Office("assessed", "承办单位", "handling organs", seats=ORGAN_SEATS)
ADOPTERS = Office("adopters", "人大领导", "leaders", seats=("leader",))


class Criteria(StepForm):
    """The criteria: each a figure, how it counts, and its weight; together a hundred."""

    title = forms.CharField(label=_("名称"), max_length=200, validators=[one_paragraph])
    basis = LongText(label=_("依据"), rows=2, max_length=1000, help_text=_("哪次会议、哪份文件定的。"))

    def prepare(self) -> None:
        """As many rows as there may be criteria, each with the figures that can be read for one organ."""
        from openrenda.figures.registry import figures

        known = [(one.key, one.words) for one in figures() if one.population.handled is not None and not one.measure]
        for row in range(1, MOST_CRITERIA + 1):
            name = f"criterion_{row}"
            self.fields[name] = forms.ChoiceField(label=_("统计项"), required=row == 1)
            offer_choices(self, name, [("", "—"), *known])
            self.fields[f"{name}_way"] = forms.ChoiceField(label=_("怎样计分"), choices=WAYS, required=False)
            self.fields[f"{name}_weight"] = forms.IntegerField(
                label=_("分值"), min_value=1, max_value=WHOLE, required=False
            )
            self.fields[f"{name}_points"] = forms.IntegerField(
                label=_("每项扣分"), min_value=1, max_value=WHOLE, required=False
            )
        self.fields["criterion_1"].help_text = WAYS_IN_WORDS
        if not self.is_bound and not self.situation.new:
            self._go_on_from()

    def _go_on_from(self) -> None:
        self.initial.update(title=self.situation.matter.title, basis=self.situation.record.basis)
        for row, criterion in enumerate(self.situation.rows(Criterion), 1):
            name = f"criterion_{row}"
            self.initial.update({name: criterion.figure, f"{name}_way": criterion.way, f"{name}_weight": criterion.weight,
                                 f"{name}_points": criterion.points})  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Every criterion is whole, none comes twice, and they add up to a hundred."""
        from openrenda.figures.registry import figure

        cleaned = super().clean()
        rows = criteria_in(cleaned)
        for name, row in rows:
            if not row["weight"] or not row["way"]:
                self.add_error(f"{name}_weight", _("请写明怎样计分和分值。"))
            elif row["way"] == "each" and not row["points"]:
                self.add_error(f"{name}_points", _("按件数扣分的，请写明每项扣几分。"))
            elif row["way"] != "each" and not figure(row["figure"]).is_rate:
                self.add_error(f"{name}_way", _("这个统计项是件数，不是比率，请选“按件数扣分”。"))
        chosen = [row["figure"] for _name, row in rows]
        if len(set(chosen)) < len(chosen):
            raise ValidationError(_("同一个统计项只能用一次。"))
        total = sum(row["weight"] or 0 for _name, row in rows)
        if not self.errors and total != WHOLE:
            raise ValidationError(_("各项分值之和须为100，现为%(total)d。") % {"total": total})
        return cleaned


class Adopt(StepForm):
    """From when on they hold, and who decided."""

    decision = LongText(label=_("决定"), rows=2, max_length=1000)
    holds_from = Day(label=_("自何日起施行"))


class Reason(StepForm):
    """Why they are dropped."""

    reason = LongText(label=_("理由"), rows=2, max_length=1000)


def criteria_in(data: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The criteria that were filled in, each under the name of its field."""
    names = [f"criterion_{row}" for row in range(1, MOST_CRITERIA + 1)]
    return [
        (name, {"figure": data[name], **{part: data.get(f"{name}_{part}") for part in ("way", "weight", "points")}})
        for name in names
        if data.get(name)
    ]


def write(situation: Situation, act: Act) -> None:
    """Keep the criteria; those of an earlier writing give way, and stay in its act."""
    situation.matter.title = situation.data["title"]
    if situation.new:
        situation.note(version=AssessmentCriteria.objects.count() + 1)
    written = situation.record.writing + 1
    situation.note(basis=situation.data["basis"], writing=written)
    for place, (_name, row) in enumerate(criteria_in(situation.data)):
        situation.add(Criterion(place=place, writing=written, figure=row["figure"], way=row["way"], weight=row["weight"],
                                points=row["points"] or 0))  # fmt: skip


def adopt(situation: Situation, act: Act) -> None:
    """They hold from that day on."""
    situation.note(holds_from=situation.data["holds_from"], adopted_on=situation.today)


def another_holds_from_then(situation: Situation) -> str | None:
    """Two versions do not begin on one day."""
    day = situation.data.get("holds_from")
    if day and AssessmentCriteria.objects.filter(holds_from=day).exists():
        return gettext("已有一个版本自这一天起施行，请另选日期。")
    return None


SEES = (DEPUTY_OFFICE, ADOPTERS, LEADERS, GOVERNMENT_OFFICE, AUDITORS)

# fmt: off
DRAFT   = State("draft",   "拟定中", "Draft",   "draft", untimed="由代表工作机构安排", seen_by=SEES)
ADOPTED = State("adopted", "已施行", "Adopted", "hold", final=True)
DROPPED = State("dropped", "不采用", "Dropped", "hold", final=True, seen_by=SEES)

STEPS = (
    Step("draft",  "拟定考核办法", None,  DRAFT,   by=DEPUTY_OFFICE, basis="B15.criteria", label_en="Draft assessment criteria", records=Criteria, only_if=("option.unit_assessment", True), does=write),
    Step("revise", "修改",     DRAFT, None,    by=DEPUTY_OFFICE, basis="B15.criteria", label_en="Revise", records=Criteria, does=write, optional=True),
    Step("adopt",  "通过并施行",  DRAFT, ADOPTED, by=ADOPTERS,      basis="B15.criteria", label_en="Adopt", records=Adopt, barred_by=(another_holds_from_then,), other_than=("draft",), does=adopt, tells=(DEPUTY_OFFICE, GOVERNMENT_OFFICE), confirm="施行后这个版本不能改动，要改须另拟新的版本。"),
    Step("drop",   "不采用",    DRAFT, DROPPED, by=(DEPUTY_OFFICE, ADOPTERS), basis="B15.criteria", label_en="Drop", records=Reason, tells=(DEPUTY_OFFICE,), optional=True),
)
# fmt: on

PROCEDURE = Procedure(
    key="assessment-criteria", label="考核办法", label_en="Assessment criteria", states=(DRAFT, ADOPTED, DROPPED), steps=STEPS,
    record=AssessmentCriteria, body="procedures/assessment_criteria.html", stages=(("draft", "拟定"), ("hold", "施行")),
    seen_by=(*SEES, ASSESSED), basis="B15.criteria",
)  # fmt: skip

__all__ = ["PROCEDURE", "RECORDS"]
