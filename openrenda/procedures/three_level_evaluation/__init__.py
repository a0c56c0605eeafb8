"""Three-level evaluation 三级评价 of what became of a suggestion: by default the subdistrict, the district and the deputy, in that order.

Number and names of the levels, who evaluates at each, whether a later level sees the earlier ones, and which level decides are the
congress's options; what held when an evaluation was opened holds for it until its end.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import Clock, Office, Opening, Procedure, State, Step
from openrenda.docket.models import Act, Party
from openrenda.docket.offices import holds
from openrenda.docket.situation import Situation
from openrenda.people.models import Seat

from ..fields import LongText
from ..offices import AUDITORS, DEPUTY_OFFICE, GOVERNMENT_OFFICE, HANDLER, LEADERS
from ..subjects import SubjectForm, parties_of, rectify, take_subject
from .records import BY, GRADES, RECORDS, LevelSheet, ThreeLevelEvaluation

LABELS = {"street": ("街道评价人", "evaluator of the subdistrict"), "office": ("区级评价人", "evaluator of the district"),
          "leader": ("领导评价人", "evaluating leader"), "sponsor": ("代表评价人", "evaluating deputy")}  # fmt: skip


def _offices(prefix: str) -> tuple[Office, ...]:
    return tuple(
        Office(f"{prefix}_{by}", *LABELS[by], seats=seats, relation=(f"{prefix}_{by}",)) for by, seats in BY.items()
    )


# Whoever evaluates now: at the last level the evaluation ends, so that it is a step of its own.
EVALUATORS, LAST_EVALUATORS = _offices("level"), _offices("last")
EVALUATING = Office(
    "evaluating", "评价人", "whoever evaluates now", seats=tuple(seat for seats in BY.values() for seat in seats),
    relation=tuple(office.key for office in (*EVALUATORS, *LAST_EVALUATORS)),
)  # fmt: skip
ONCE = Office(
    "once_evaluated", "评价过的人", "whoever evaluated before", seats=EVALUATING.seats, relation=("once_evaluated",)
)


class Sheet(StepForm):
    """One level's grade and what it is based on."""

    grade = forms.ChoiceField(label=_("评价"), widget=forms.RadioSelect)
    opinion = LongText(label=_("评价意见"), rows=4, max_length=5000)

    def prepare(self) -> None:
        """The congress's grades."""
        grades: Any = self.situation.book.option(GRADES)
        self.fields["grade"].choices = [(row["key"], gettext(row["label"])) for row in grades]  # type: ignore[attr-defined]


def begin(situation: Situation, act: Act) -> None:
    """Take the levels as the congress has them today, and ask the first."""
    subject = take_subject(situation, situation.data["subject"])
    book = situation.book
    options: Any = book.option("option.three_level_levels")
    people = {party.role: party for party in reversed(parties_of(subject.pk, "street", "sponsor"))}
    levels = [_level(situation, option, people) for option in options]
    decides = str(book.option("option.three_level_decides"))
    keys = [level["key"] for level in levels]
    situation.note(levels=levels, earlier_seen=bool(book.option("option.three_level_earlier_seen")),
                   decides=decides if decides in keys else keys[-1], opened_on=situation.today)  # fmt: skip
    act.data["levels"] = [level["label"] for level in levels]
    _ask(situation, 0)


def _level(situation: Situation, option: dict[str, str], people: dict[str, Party]) -> dict[str, Any]:
    """A level with whoever stands behind it; one that the suggestion does not have (no street) falls to the office."""
    party = people.get(option["by"])
    if party is not None:
        return {**option, "holders": [str(party.holder)], "name": party.name}
    leaders = Seat.objects.on(situation.today).filter(key="leader").values_list("holder", flat=True)
    holders = set(leaders) if option["by"] == "leader" else set()
    by = "leader" if holders else "office"
    holders = holders or set(situation.actor.holders)
    return {**option, "by": by, "holders": [str(holder) for holder in sorted(holders)], "name": option["label"]}


def _ask(situation: Situation, position: int) -> None:
    levels = situation.record.levels
    level = levels[position]
    prefix = "last" if position == len(levels) - 1 else "level"
    for holder in level["holders"]:
        situation.add_party(f"{prefix}_{level['by']}", holder, level["name"])


def evaluate(situation: Situation, act: Act) -> None:
    """Keep the level's sheet; the next level is asked, or all are in and the deciding one counts."""
    record, data = situation.record, situation.data
    position = len(situation.rows(LevelSheet))
    level = record.levels[position]
    situation.add(LevelSheet(
        position=position, level=level["key"], label=level["label"], grade=data["grade"], opinion=data["opinion"],
        evaluator=situation.actor.agent_for or situation.actor.name, account=situation.actor.account, evaluated_on=situation.today,
    ))  # fmt: skip
    act.data["level"] = level["label"]
    for party in [party for party in situation.parties if party.role in EVALUATING.relation]:
        situation.end_party(party.role, party.holder)
        situation.add_party("once_evaluated", party.holder, party.name)
    if position + 1 < len(record.levels):
        _ask(situation, position + 1)
        return
    sheets = situation.rows(LevelSheet)
    decided = next(sheet for sheet in sheets if sheet.level == record.decides)
    situation.note(result=decided.grade, disagreement=len({sheet.grade for sheet in sheets}) > 1,
                   evaluated_on=situation.today)  # fmt: skip


def not_good_enough(situation: Situation) -> Iterable[Opening]:
    """What the deciding level is not satisfied with goes back, with a day."""
    if situation.record.result == "dissatisfied":
        sheets = situation.rows(LevelSheet)
        decided = next(sheet for sheet in sheets if sheet.level == situation.record.decides)
        yield rectify(situation, "three_level", decided.opinion)


def may_read(situation: Situation, sheet: LevelSheet | None) -> bool:
    """Whether a sheet is open to somebody: all are in; or it is her own; or the rule lets a later level see it."""
    record = situation.record
    if record.evaluated_on is not None:
        return True
    if sheet is not None and sheet.account is not None and sheet.account == situation.actor.account:
        return True
    asked = any(holds(office, situation.actor, situation.parties) for office in (*EVALUATORS, *LAST_EVALUATORS))
    return bool(record.earlier_seen and asked)


def withheld(situation: Situation, act: Act) -> bool:
    """The same of what the act recorded."""
    return not may_read(situation, None)


SEES = (*EVALUATORS, *LAST_EVALUATORS, EVALUATING, ONCE, DEPUTY_OFFICE, AUDITORS)
SEES_RESULT = (HANDLER, GOVERNMENT_OFFICE, LEADERS)

# fmt: off
EVALUATION = State("evaluation", "评价中",  "Being evaluated", "evaluate", seen_by=SEES)
EVALUATED  = State("evaluated",  "评价完成", "Evaluated",       "result", final=True)

STEPS = (
    Step("open",          "发起三级评价", None,       EVALUATION, by=DEPUTY_OFFICE,   basis="B11.level", label_en="Open a three-level evaluation", records=SubjectForm, only_if=("option.three_level_evaluation", True), does=begin, tells=(EVALUATING,)),
    Step("evaluate",      "评价",      EVALUATION, None,       by=EVALUATORS,      basis="B11.level", label_en="Evaluate", records=Sheet, does=evaluate, tells=(EVALUATING,), withheld=withheld),
    Step("evaluate_last", "最后一级评价", EVALUATION, EVALUATED,  by=LAST_EVALUATORS, basis="B11.level", label_en="Evaluate at the last level", records=Sheet, does=evaluate, opens=not_good_enough, tells=(HANDLER, ONCE, DEPUTY_OFFICE)),
)

CLOCKS = (
    Clock("level", "本级评价期限", "B11.level", starts=("open", "evaluate"), stops=("evaluate", "evaluate_last"), whose=EVALUATING, label_en="Time for this level"),
)
# fmt: on

PROCEDURE = Procedure(
    key="three-level-evaluation", label="三级评价", label_en="Three-level evaluations", states=(EVALUATION, EVALUATED),
    steps=STEPS, clocks=CLOCKS, record=ThreeLevelEvaluation, body="procedures/three_level_evaluation.html",
    stages=(("evaluate", "评价"), ("result", "结果")), seen_by=(*SEES, *SEES_RESULT),
    seen_when_confidential=(*SEES, HANDLER, GOVERNMENT_OFFICE), basis="B11.level",
)  # fmt: skip

__all__ = ["PROCEDURE", "RECORDS"]
