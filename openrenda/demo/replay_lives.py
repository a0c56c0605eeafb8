"""The lives that a replay can tell: for each kind of record a few courses, step by step, in days after the matter began.

A procedure that comes later adds its courses to ``COURSES``; which figures a course counts in is measured, not written down.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

CHECKED = "on"
CRITERIA = ("compliant", "single", "feasible", "political_gate", "legal_gate", "quality_gate")
REVIEW = dict.fromkeys(CRITERIA, "yes")
SATISFIED = {"attitude": "satisfied", "result": "satisfied"}
REPLY_DAYS, JUDGE_DAYS = 40, 50


@dataclass(frozen=True, slots=True)
class Taken:
    """One step: after how many days, and what is typed. ``{organ}`` and the like stand for rows of the congress."""

    step: str
    after: int
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Course:
    """A course of one matter of a procedure."""

    procedure: str
    steps: tuple[Taken, ...]


def _raised(*more: Taken) -> Course:
    words = {
        "title": "{title}",
        "background": "按公布的数字复原，内容为虚构。",
        "proposals": "请有关单位研究办理。",
        "consent_public": CHECKED,
    }
    return Course("suggestion", (
        Taken("propose", 0, words), Taken("submit", 1, {"declarations": CHECKED}), Taken("district_pass", 2, REVIEW), *more,
    ))  # fmt: skip


def _handled(*more: Taken) -> Course:
    contact = {"way": "visit", "people": "代表和承办单位", "summary": "当面沟通。", "held_on": "{today}"}
    return _raised(
        Taken("assign", 10, {"organ": "{organ}"}), Taken("sign_for", 12), Taken("contact", 30, contact), *more
    )


def _answered(letter: str, *more: Taken, **said: str) -> Course:
    reply = {"result_class": letter, "disclosure": "public", **said}
    return _handled(Taken("draft_reply", REPLY_DAYS, reply), Taken("sign_reply", REPLY_DAYS + 1), *more)


PROMISE = {"promise_1": "列入下年计划", "promise_1_who": "承办科室", "promise_1_by": "{later}"}
AGAIN = (
    Taken("reject", JUDGE_DAYS, {"attitude": "satisfied", "result": "dissatisfied", "reasons": "仍有未解决的问题。"}),
    Taken(
        "contact",
        JUDGE_DAYS + 5,
        {"way": "visit", "people": "代表和承办单位", "summary": "再次沟通。", "held_on": "{today}"},
    ),
    Taken(
        "draft_second_reply",
        JUDGE_DAYS + 10,
        {"result_class": "{solved}", "disclosure": "public", "done": "已经解决。"},
    ),
    Taken("sign_second_reply", JUDGE_DAYS + 11),
    Taken("judge_second", JUDGE_DAYS + 15, SATISFIED),
)

COURSES: dict[str, Course] = {
    "suggestion.solved": _answered("{solved}", Taken("judge", JUDGE_DAYS, SATISFIED), done="已经解决。"),
    "suggestion.unsolved": _answered(
        "{unsolved}", Taken("judge", JUDGE_DAYS, SATISFIED), cannot="因条件限制暂不能解决。"
    ),
    "suggestion.promised": _answered(
        "{promised}", Taken("judge", JUDGE_DAYS, SATISFIED), planned="正在办理。", **PROMISE
    ),
    "suggestion.judged_twice": _answered("{solved}", *AGAIN, done="已经办理。"),
    "suggestion.answered": _answered("{solved}", done="已经解决。"),
    "suggestion.open": _handled(),
    "suggestion.received": _raised(),
}
