"""The lives that a replay can tell: for each kind of record a few courses, step by step, in days after the matter began.

A procedure that comes later adds its courses to ``COURSES``; which figures a course counts in is measured, not written down.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from openrenda.activities.record import Item
from openrenda.docket.models import Matter

if TYPE_CHECKING:
    from .replay import Stage

CHECKED = "on"
CRITERIA = ("compliant", "single", "feasible", "political_gate", "legal_gate", "quality_gate")
REVIEW = dict.fromkeys(CRITERIA, "yes")
SATISFIED = {"attitude": "satisfied", "result": "satisfied"}
REPLY_DAYS, JUDGE_DAYS = 40, 50
# A talk is planned five days before.
TALK_DAYS = 5
# How many members the standing committee has.
MEMBERS = 5
# Who opens a course or takes a step: a deputy, or one of the staff; or nobody, when a time has run out.
DEPUTY, OFFICE, LEADER, GOVERNMENT, CLOCK = "deputy", "drafter", "issuer", "government", "clock"


@dataclass(frozen=True, slots=True)
class Scene:
    """From which day on a course is told, the how-manieth it is, and of which matters."""

    began: date
    number: int
    subjects: tuple[Matter, ...] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """What is known when something is typed: the scene, the day of the step, and the matter it is typed on; for an opening, what it is
    about."""

    stage: Stage
    scene: Scene
    day: date
    matter: Matter | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """One step: after how many days, and what is typed. ``{organ}`` and the like stand for rows of the congress, a number of deputies
    for so many of them, a function for what it finds; ``paper`` is a document that is attached first.

    ``on`` names a procedure: the step is taken on each of its matters that belong to the course's, of those ``where`` that holds. ``by``
    takes it, if not whoever holds its office.
    """

    step: str
    after: int
    data: Mapping[str, Any] | Callable[[Asking], Mapping[str, Any]] = field(default_factory=dict)
    paper: str = ""
    on: str = ""
    where: Mapping[str, Any] = field(default_factory=dict)
    by: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """A course of one matter of a procedure.

    ``about`` names the courses that are told first and whose matters this one is about ({subject}). A course among the steps
    is told in its place, ``many`` times, about this matter. A course that does not begin with an opening goes on with what its subject
    opened, the first ``then`` with the first. ``then`` are told afterwards, about this matter. ``by`` opens it; ``all_year`` spreads such
    matters over the period of the report; ``pace``: the first after so many days of it, the next so many days later; others belong to
    its session.
    """

    procedure: str
    steps: tuple[Taken | Course, ...]
    about: tuple[str, ...] = ()
    then: tuple[Course, ...] = ()
    by: str = DEPUTY
    all_year: bool = False
    pace: tuple[int, int] | None = None
    many: int = 1

    @property
    def step_by_step(self) -> bool:
        """Whether it reaches beyond its own matter, so that each step has to find the others written."""
        return bool(self.about) or any(isinstance(step, Course) or step.on for step in self.steps)

    def named(self) -> set[str]:
        """What its steps name in braces."""
        found = set()
        for step in self.steps:
            if isinstance(step, Course):
                found |= step.named()
            elif not callable(step.data):
                found |= {str(value).strip("{}") for value in step.data.values()}
        return found


def at_nine(day: date, place: int) -> datetime:
    """Nine in the morning, and a minute later for each step of a day."""
    return timezone.make_aware(datetime.combine(day, time(9, 0))) + timedelta(minutes=place)


def filled(value: Any, values: Mapping[str, str], asking: Asking) -> Any:
    """What is typed, with the rows of this congress in it."""
    if callable(value):
        return value(asking)
    if isinstance(value, list):
        return [filled(part, values, asking) for part in value]
    return value.format_map(values) if isinstance(value, str) else value


def in_days(days: int) -> Callable[[Asking], str]:
    """A day so many days after the step."""
    return lambda asking: (asking.day + timedelta(days=days)).isoformat()


def open_item(asking: Asking) -> str:
    """The first item of an activity that has no outcome yet."""
    found = Item.objects.filter(matter=asking.matter, outcome="").order_by("position").first()
    return str(found.pk) if found else ""


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
    return Taken("settle", HELD, {"item": open_item, "outcome": outcome, "text": text})


RECEPTION = (
    Taken(
        "arrange",
        ARRANGED,
        {"held_on": "{reception}", "place": "代表之家（虚构）", "leading": "{leader}", "places": 15},
    ),
    Taken("pick", ARRANGED + 7, {"suggestions": "*"}),
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


# What deputies do together, and with the people

RAISED_THERE = {"title": "反映的问题（虚构）", "text": "内容为虚构。"}
THERE = Taken("opinion", 0, {**RAISED_THERE, "outcome": "answered", "answer": "当场答复（虚构）。"})
HANDED = Taken("opinion", 0, {**RAISED_THERE, "outcome": "handed", "organ": "{organ}", "due_on": "{later}"})
CONCLUDED = Taken("close", 1)
ENTERED = {"destination": "community", "street": "{street}", "campaign": "{campaign}"}


def _gathering(kind: str, deputies: int, *more: Taken, **said: str) -> Course:
    what = {"kind": kind, "held_on": "{today}", "place": "社区（虚构）", "deputies": deputies, **said}
    return Course("gathering", (Taken("record", 0, what), *more, CONCLUDED), all_year=True)


def _received(residents: int) -> Course:
    return _gathering("receiving", 2, company=f"居民 附近居民 {residents}")


def _opinion_on(call: str, source: str) -> Course:
    given = {
        "consultation": call,
        "channel": "phone",
        "source": source,
        "heard_on": "{today}",
        "text": "意见（虚构）。",
    }
    return Course("consultation-opinion", (Taken("enter", 0, given),), by=OFFICE, all_year=True)


TALK = Course("gathering", (
    Taken("plan", 0, {"kind": "talk", "title": "对话议事（虚构）", "held_on": "{held}", "place": "中心站（虚构）", "station": "{hub}"}),
    Taken("invite", 1, {"kind": "government", "name": "承办单位（虚构）"}),
    Taken("hold", 5, {"deputies": 3, "organs": ["{organ}"], "company": "社区 社区（虚构） 2\n居民 附近居民 6"}),
    Taken("opinion", 5, {**RAISED_THERE, "outcome": "handed", "organ": "{organ}", "due_on": "{later}", "answer": "商定限期解决。"}),
    Taken("close", 6),
), by=OFFICE, all_year=True)  # fmt: skip
REPORT = Taken("report", 0, {"title": "调研报告（虚构）", "text": "内容为虚构。"})
HIGH = Course("research-report", (Taken("grade", 20, {"graded_on": "{today}", "reason": "质量较高（虚构）。"}),))
MEDIATED = (
    Taken("take", 0, {"title": "邻里纠纷（虚构）", "dispute": "neighbours", "names": "甲（虚构）、乙（虚构）", "text": "内容为虚构。",
                      "organ": "{organ}", "taken_on": "{today}"}),
    Taken("agree", 10, {"held_on": "{today}", "outcome": "达成协议（虚构）。"}),
    Taken("document", 12, {"document": "{paper}", "document_name": "调解协议书（虚构）", "document_on": "{today}"}, "调解协议书（虚构）"),
)  # fmt: skip


def _problem(**more: str) -> Course:
    found = {"title": "路灯不亮（虚构）", "found_on": "{today}", **more}
    return Course(
        "problem", (Taken("find", 0, found), Taken("solve", 10, {"outcome": "已经解决（虚构）。"})), all_year=True
    )


COURSES |= {
    "entries.five": _gathering("three_entries", 5, **ENTERED),
    "entries.five_answered": _gathering("three_entries", 5, THERE, **ENTERED),
    "entries.five_answered_twice": _gathering("three_entries", 5, THERE, THERE, **ENTERED),
    "entries.five_handed": _gathering("three_entries", 5, HANDED, **ENTERED),
    "entries.six_answered": _gathering("three_entries", 6, THERE, **ENTERED),
    "entries.six_answered_twice": _gathering("three_entries", 6, THERE, THERE, **ENTERED),
    "entries.six_handed": _gathering("three_entries", 6, HANDED, **ENTERED),
    "visit": _gathering("voter_visit", 2, THERE, area_name="第一选区（虚构）"),
    "courtyard": _gathering("courtyard", 2, THERE, area_name="第一选区（虚构）"),
    "courtyard.of_nine": _gathering("courtyard", 2, THERE, area_name="第一选区（虚构）", company="居民 附近居民 9"),
    "talk": TALK,
    "reception.of_ten": _received(10),
    "reception.of_five": _received(5),
    "reception.of_one": _received(1),
    "research": Course(
        "gathering",
        (Taken("record", 0, {"kind": "research", "held_on": "{today}", "place": "企业（虚构）", "carried_by": "deputies", "deputies": 3}),
         REPORT, REPORT, CONCLUDED),
        then=(HIGH, HIGH),
        all_year=True,
    ),
    "opinion": Course(
        "opinion",
        (Taken("enter", 0, {"text": "门口的路灯不亮（虚构）。", "channel": "walk_in", "heard_on": "{today}", "street": "{street}"}),),
        all_year=True,
    ),
    "problem": _problem(),
    "problem.livelihood": _problem(livelihood=CHECKED),
    "mediation": Course("mediation", MEDIATED, all_year=True),
    "consultation.opinion": _opinion_on("{consultation}", "public"),
    "topic.from_deputies": _opinion_on("{call}", "deputies"),
    "topic.from_the_public": _opinion_on("{call}", "public"),
    "contact.table": Course(
        "contact-table",
        (Taken("draw", 0, {"title": "常委会组成人员联系代表分工表（虚构）"}),
         Taken("adopt", 3, {"adopted_on": "{today}", "paper": "（虚构）〔2022〕1号"})),
        by=OFFICE,
        all_year=True,
    ),
}  # fmt: skip
