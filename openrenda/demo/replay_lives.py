"""The lives that a replay can tell: for each kind of record a few courses, step by step, in days after the matter began.

A procedure that comes later adds its courses to ``COURSES``; which figures a course counts in is measured, not written down.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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
    """A course of one matter of a procedure.

    ``about`` names the courses that are told first and whose matters this one is about ({subject}, {subjects}). A course that does not
    begin with an opening goes on with what its subject opened. ``then`` are told afterwards, about this matter.
    """

    procedure: str
    steps: tuple[Taken, ...]
    about: tuple[str, ...] = ()
    then: tuple[Course, ...] = ()


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

SCORES = {"compliance": 90, "document": 88, "effect": 82}
BETTER = {"compliance": 92, "document": 90, "effect": 86}
SHEET = {"grade": "satisfied", "opinion": "问题已经解决。"}
# Days after the session on which the suggestions were raised.
EVALUATED, AGAIN_EVALUATED, GIVEN, ARRANGED, HELD = 70, 100, 60, 20, 34
MOST_ON_SITE, SOLVED_ON_SITE = 15, 12

TWICE = Course("dimension-evaluation", (
    Taken("open", EVALUATED, {"subject": "{subject}", "evaluator": "{committee}"}), Taken("score_first", EVALUATED + 10, SCORES),
    Taken("score_second", AGAIN_EVALUATED, BETTER),
))  # fmt: skip
THREE_LEVELS = Course("three-level-evaluation", (
    Taken("open", EVALUATED, {"subject": "{subject}"}), Taken("evaluate", EVALUATED + 5, SHEET),
    Taken("evaluate", EVALUATED + 10, SHEET), Taken("evaluate_last", EVALUATED + 15, SHEET),
))  # fmt: skip
TO_STREET = Course("commitment", (Taken("give", GIVEN, {"street": "{street}"}),))


def _on_site(outcome: str, text: str) -> Taken:
    return Taken("settle", HELD, {"item": "{item}", "outcome": outcome, "text": text})


RECEPTION = (
    Taken(
        "arrange",
        ARRANGED,
        {"held_on": "{reception}", "place": "代表之家（虚构）", "leading": "{leader}", "places": 15},
    ),
    Taken("pick", ARRANGED + 7, {"suggestions": "{subjects}"}),
    Taken("hold", HELD),
    *(_on_site("solved", "当场解决。") for _each in range(SOLVED_ON_SITE)),
    *(_on_site("explained", "当面说明原因。") for _each in range(MOST_ON_SITE - SOLVED_ON_SITE)),
    Taken("close", HELD + 1),
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
COURSES |= {
    "suggestion.promised_to_street": replace(COURSES["suggestion.promised"], then=(TO_STREET,)),
    "suggestion.evaluated": replace(COURSES["suggestion.solved"], then=(TWICE, THREE_LEVELS)),
    "reception.month": Course("reception-day", RECEPTION, about=("suggestion.open",) * MOST_ON_SITE),
}
