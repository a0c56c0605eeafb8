"""What people type into the forms of a suggestion."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from openrenda.docket.models import Matter
from openrenda.docket.situation import Situation
from openrenda.people.models import Mandate
from tests.cast import REVIEW, Cast

from . import Answers

HANDLERS = ("roads", "parks")


def whole_text(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Facts and proposals are both written."""
    return {"background": "学校门前早高峰拥堵。", "proposals": "设临时停靠区。"}


def review(passes: bool) -> Answers:
    """All six questions yes; or one no, explained."""

    def answers(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
        ticks = dict(REVIEW) if passes else {**REVIEW, pick.choice(sorted(REVIEW)): "no"}
        return {**ticks, "comment": "请补充现场情况。"}

    return answers


def hand_over(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """One lead organ; the first time, and now and then, with the other one assisting."""
    lead, other = pick.sample(HANDLERS, 2)
    assisted = pick.random() < 0.5 or not Matter.objects.filter(procedure="assistance").exists()
    return {"organ": cast.organs[lead].pk, "assisting": [cast.organs[other].pk] if assisted else []}


def hand_over_separately(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Both organs."""
    return {"organs": [cast.organs[code].pk for code in HANDLERS]}


def ask_an_organ(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """One of the two."""
    return {"organ": cast.organs[pick.choice(HANDLERS)].pk}


def ask_one_deputy(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any] | None:
    """One at a time, so that the draft is not kept waiting."""
    able = Mandate.objects.able_on(situation.today).exclude(pk__in=[party.holder for party in situation.parties])
    chosen = list(able.values_list("pk", flat=True))
    return {"deputies": [pick.choice(chosen)]} if chosen else None


def merge(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any] | None:
    """An open suggestion that is not yet answered, if there is one."""
    waiting = ("received", "referred", "assigned", "handling")
    mains = Matter.objects.filter(procedure="suggestion", state__in=waiting, parent=None).exclude(
        pk=situation.matter.pk
    )
    return {"main": pick.choice(list(mains)).pk} if mains else None


def reply(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """What was done, what is promised and what cannot be done: right for every class of result."""
    due = situation.today + timedelta(days=90)
    blank = {f"promise_{row}{part}": None for row in range(2, 6) for part in ("", "_who", "_by")}
    return {**blank, "done": "已办。", "cannot": "暂不能办，因规划未定。", "promise_1": "增设标志", "promise_1_who": "科长",
            "promise_1_by": due.isoformat()}  # fmt: skip


def with_reasons(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Whatever the grades, the reasons are given."""
    return {"reasons": "路口仍然拥堵。"}


# Nobody judges beside the lead deputy unless somebody signed with her.
WAY = {"cosigner_judge": ("cosign",)}
EXAMPLES: dict[str, Answers] = {
    "propose": whole_text,
    "revise": whole_text,
    "street_pass": review(True),
    "district_pass": review(True),
    "street_return": review(False),
    "district_return": review(False),
    "assign": hand_over,
    "assign_by_government": hand_over,
    "reassign": hand_over,
    "assign_separately": hand_over_separately,
    "consult": ask_an_organ,
    "merge": merge,
    "invite": ask_one_deputy,
    "draft_reply": reply,
    **dict.fromkeys(("judge", "reject", "judge_late", "judge_second", "reject_second", "cosigner_judge"), with_reasons),
    "draft_second_reply": reply,
}
