"""Pooled counters 合并统计 (D12): which kinds of record are counted as one number, under a name, with every version kept."""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import Procedure, State, Step
from openrenda.docket.models import Act
from openrenda.docket.situation import Situation
from openrenda.figures.counters import kinds, roles
from openrenda.figures.models import Counter, CounterVersion
from openrenda.figures.reports.composing import UNITS

from .fields import Day, LongText, one_paragraph
from .offices import AUDITORS, DEPUTY_OFFICE, LEADERS
from .reasons import Reason

KEY = re.compile(r"[a-z][a-z0-9-]{1,39}")


class Definition(StepForm):
    """The kinds that are counted together, the role that somebody must have had, and from which day this holds."""

    kinds = forms.MultipleChoiceField(label=_("合并的记录种类"), widget=forms.CheckboxSelectMultiple)
    role = forms.ChoiceField(label=_("只计有此角色的"), required=False)
    since = Day(label=_("自何日起"))
    reason = LongText(label=_("为什么这样定"), rows=3, max_length=2000, required=False)

    def prepare(self) -> None:
        """Offer every kind of record, and go on from the version in force."""
        self.fields["kinds"].choices = kinds()  # type: ignore[attr-defined]
        self.fields["role"].choices = [("", _("不限")), *roles()]  # type: ignore[attr-defined]
        if not self.is_bound:
            self.initial.setdefault("since", self.situation.today)
            if not self.situation.new:
                last = max(self.situation.rows(CounterVersion), key=lambda row: row.version)
                self.initial.update(kinds=last.kinds, role=last.role)


class New(Definition):
    """A counter's name, the word it goes by in reports, and its unit."""

    title = forms.CharField(label=_("名称"), max_length=200, validators=[one_paragraph])
    key = forms.CharField(
        label=_("标识"), max_length=40, help_text=_("报告中写成 counter.标识：小写字母、数字和连字符。")
    )
    unit = forms.ChoiceField(label=_("单位"))
    field_order = ("title", "key", "unit", "kinds", "role", "since", "reason")

    def prepare(self) -> None:
        """Offer the units too."""
        super().prepare()
        self.fields["unit"].choices = [(unit, gettext(unit)) for unit in UNITS]  # type: ignore[attr-defined]

    def clean_key(self) -> str:
        """One counter a key."""
        key: str = self.cleaned_data["key"].strip().lower()
        if not KEY.fullmatch(key):
            raise ValidationError(_("标识用小写字母开头，只含小写字母、数字和连字符。"))
        if Counter.objects.filter(key=key).exists():
            raise ValidationError(_("已经有标识为“%(key)s”的合并统计。"), params={"key": key})
        return key


def define(situation: Situation, act: Act) -> None:
    """The first version."""
    situation.note(key=situation.data["key"], unit=situation.data["unit"], version=1)
    situation.add(_version(situation, 1))


def amend(situation: Situation, act: Act) -> None:
    """One more version; the earlier ones stay, so that last year can be counted both ways."""
    number = situation.record.version + 1
    situation.note(version=number)
    situation.add(_version(situation, number))


def _version(situation: Situation, number: int) -> CounterVersion:
    data = situation.data
    return CounterVersion(
        version=number, label=situation.matter.title[:200], kinds=data["kinds"], role=data.get("role", ""),
        since=data["since"], reason=data.get("reason", ""),
    )  # fmt: skip


def unchanged(situation: Situation) -> str | None:
    """A version that says the same as the last one is none."""
    if "kinds" not in situation.data:
        return None
    last = max(situation.rows(CounterVersion), key=lambda row: row.version)
    same = (set(situation.data["kinds"]), situation.data.get("role", "")) == (set(last.kinds), last.role)
    return gettext("口径和现行版本相同，不必另立一版。") if same else None


SEES = (DEPUTY_OFFICE, LEADERS, AUDITORS)

# fmt: off
IN_FORCE = State("in_force", "使用中", "In force", "count", untimed="随需要修改")
RETIRED  = State("retired",  "停用",  "Retired",  "count", final=True)

STEPS = (
    Step("define", "建立合并统计", None,     IN_FORCE, by=DEPUTY_OFFICE, basis="D12.counter", label_en="Define a pooled counter", records=New, does=define),
    Step("amend",  "修改口径",   IN_FORCE, None,     by=DEPUTY_OFFICE, basis="D12.counter", label_en="Amend the definition", records=Definition, barred_by=(unchanged,), does=amend, optional=True),
    Step("retire", "停用",     IN_FORCE, RETIRED,  by=DEPUTY_OFFICE, basis="D12.counter", label_en="Retire", records=Reason, optional=True, confirm="停用后新的报告不能再用这一项，已签发的报告不受影响。"),
)
# fmt: on

PROCEDURE = Procedure(
    key="counter", label="合并统计", label_en="Pooled counters", states=(IN_FORCE, RETIRED), steps=STEPS, record=Counter,
    body="procedures/counter.html", basis="D12.counter", seen_by=SEES, stages=(("count", "统计"),),
)  # fmt: skip
