"""How the district evaluated what became of its suggestions: every kind of evaluation in every state, late and unpleasant ones too.

Told after the suggestions, through the same door, each step at its own moment of the story.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from openrenda import docket
from openrenda.docket.actor import Actor, the_clock
from openrenda.docket.models import Act, Matter
from openrenda.people.models import Organ
from openrenda.procedures.offices import ORGAN_SEATS
from openrenda.procedures.subjects import answered, parties_of
from openrenda.tenancy import congress_scope

from .cast import Cast
from .diary import DEPUTY_OFFICE
from .phrases import dice
from .registers import House
from .storytime import StoryTime, at

HAPPY, CONTENT, UNHAPPY = "satisfied", "basically", "dissatisfied"
RATERS = 9
SUBJECTS_AGE = 20
MOST_SUBJECTS = 400


class Desk:
    """The deputies' office at its desk: answered suggestions to evaluate, and whom to turn to."""

    def __init__(self, house: House, cast: Cast, story: StoryTime) -> None:
        self.house, self.cast, self.story = house, cast, story
        self.chance = dice(cast.seed, "evaluations")
        self.office = house.actors[DEPUTY_OFFICE][0]
        self.by_holder = {
            (seat, house.row(_KINDS.get(seat, "organ"), key).pk): actors[0]
            for (seat, key), actors in house.actors.items()
            if house.row(_KINDS.get(seat, "organ"), key) is not None
        }
        self.deputies = [
            actors[0]
            for (seat, _key), actors in sorted(house.actors.items(), key=lambda row: row[0])
            if seat == "deputy"
        ]
        self.subjects = list(self._subjects())

    def _subjects(self) -> Iterator[Matter]:
        """Suggestions answered by organs with somebody at the desk, raised by deputies, the newest first."""
        for matter in answered().filter(state="closed").order_by("-closed_on", "id")[:MOST_SUBJECTS]:
            owners = [party.holder for party in parties_of(matter.pk, "handler")]
            sponsors = [party.holder for party in parties_of(matter.pk, "sponsor")]
            if any(self.of_organ(owner) for owner in owners) and any(("deputy", s) in self.by_holder for s in sponsors):
                yield matter

    def subject(self, day: date, *, quiet: bool = False) -> Matter:
        """The newest suggestion that was closed by that day and is not evaluated yet; with nothing done on it since, if asked for."""
        closed = (matter for matter in self.subjects if matter.closed_on and matter.closed_on < day)
        found = next(matter for matter in closed if not quiet or self._quiet_since(matter, day))
        self.subjects.remove(found)
        return found

    def _quiet_since(self, matter: Matter, day: date) -> bool:
        organ = parties_of(matter.pk, "handler")[0].holder
        known = all((seat, organ) in self.by_holder for seat in ("organ_clerk", "organ_chief"))
        return known and not Act.objects.filter(matter=matter, took_effect__gte=at(day, time(0))).exists()

    def handled_again(self, subject: Matter, ago: int) -> None:
        """Contacted, answered again by the chief of the organ, and judged by its deputy."""
        organ, sponsor = (parties_of(subject.pk, role)[0].holder for role in ("handler", "sponsor"))
        clerk, chief = (self.by_holder[seat, organ] for seat in ("organ_clerk", "organ_chief"))
        held_on = self.on(ago).isoformat()
        self.take(
            subject,
            "contact",
            clerk,
            way="visit",
            people="代表、分管负责人",
            summary="现场核对，重新确定方案。",
            held_on=held_on,
        )
        scheme: Any = self.house.book.option("option.result_scheme")
        letter = next(row["letter"] for row in scheme if row.get("solved"))
        self.on(ago - 8)
        self.take(
            subject,
            "draft_second_reply",
            clerk,
            result_class=letter,
            done="已按代表意见返工完成。",
            disclosure="public",
        )
        self.take(subject, "sign_second_reply", chief)
        self.on(ago - 10)
        self.take(subject, "judge_second", self.by_holder["deputy", sponsor], attitude=HAPPY, result=HAPPY)

    def of_organ(self, organ: UUID) -> Actor | None:
        """Somebody who reports for an organ."""
        return next((found for seat in ORGAN_SEATS if (found := self.by_holder.get((seat, organ)))), None)

    def on(self, ago: int) -> date:
        """The day so many days ago, or the next that is worked; the story's clock is set to its morning."""
        day = self.cast.today - timedelta(days=ago)
        while not self.house.book.calendar.is_working_day(day) and day < self.cast.today:
            day += timedelta(days=1)
        self.story.set(at(day, time(9, self.chance.randrange(60))))
        return day

    def open(self, procedure: str, step: str, data: Mapping[str, Any]) -> Matter:
        """The office opens something."""
        return docket.open_matter(procedure, step, by=self.office, data=data).matter

    def take(self, matter: Matter, step: str, by: Actor | None = None, **data: Any) -> Matter:
        """A step on the matter as it is now."""
        docket.act(Matter.objects.get(pk=matter.pk), step, by=by or self.office, data=data)
        return matter

    def rectifications(self, matter: Matter) -> list[Matter]:
        """What came of it."""
        return list(Matter.objects.filter(parent=matter, procedure="rectification", state="open").order_by("id"))

    def report(self, task: Matter) -> None:
        """The owner says what was done."""
        owner = self.of_organ(parties_of(task.pk, "owner")[0].holder)
        if owner:
            self.take(
                task,
                "report",
                owner,
                done="已对照问题逐项整改，完善了办理台账，并向代表作了说明。",
                proof="整改情况报告，现场已经代表查看。",
            )

    def rectified(self, task: Matter) -> None:
        """Reported and accepted."""
        self.report(task)
        self.take(task, "accept", checked="现场核查，情况属实。")


_KINDS = {"deputy": "mandate", "delegation_head": "group", "enterprise": "enterprise"}


def tell_evaluations(house: House, cast: Cast) -> None:
    """All of them, oldest first within each kind."""
    story = StoryTime()
    with congress_scope(house.congress), story.running():
        desk = Desk(house, cast, story)
        for tell in (_criteria, _reviews, _levels, _dimensions, _polls, _appraisals):
            tell(desk)


def _criteria(desk: Desk) -> None:
    """A version in force for a year, and the next one in draft."""
    rows = (("in_time_rate", "share", 30, ""), ("contact_rate", "share", 20, ""), ("solved_rate", "share", 30, ""),
            ("overdue_promises", "each", 20, 2))  # fmt: skip
    for ago, adopt, weights in ((420, True, (30, 20, 30, 20)), (9, False, (25, 20, 35, 20))):
        day = desk.on(ago)
        data: dict[str, Any] = {
            "title": f"建议承办单位考核办法（{day.year}年）",
            "basis": "区人大常委会主任会议研究确定。",
        }
        for place, ((key, way, _weight, points), weight) in enumerate(zip(rows, weights, strict=True), 1):
            name = f"criterion_{place}"
            data |= {name: key, f"{name}_way": way, f"{name}_weight": weight, f"{name}_points": points}
        matter = desk.open("assessment-criteria", "draft", data)
        if adopt:
            leader = next(actors[0] for (seat, _key), actors in desk.house.actors.items() if seat == "leader")
            desk.take(matter, "adopt", leader, decision="主任会议通过。", holds_from=day.isoformat())


def _reviews(desk: Desk) -> None:
    """A review whose findings are done, sent back, waiting and overdue; and one that has just begun."""
    begun = desk.on(160)
    subjects = [desk.subject(begun) for _ in range(5)]
    data = {
        "title": f"{begun.year}年答复质量评审",
        "reviewed_on": begun.isoformat(),
        "scope": "抽取三十件答复，看是否针对所提问题、是否写明期限。",
    }
    first = desk.open("quality-review", "begin", data)
    problems = (
        "答复没有逐条回应代表提出的建议。",
        "承诺事项没有写明完成期限。",
        "答复与代表沟通情况不一致。",
        "答复文号、签发人填写不全。",
    )
    for subject, problem in zip(subjects, problems, strict=False):
        _finding(desk, first, subject, problem, begun + timedelta(days=40))
    done, returned, reported, _overdue = desk.rectifications(first)
    desk.on(140)
    desk.take(first, "close")
    desk.rectified(done)
    desk.report(returned)
    desk.on(120)
    new_day = (desk.cast.today + timedelta(days=12)).isoformat()
    desk.take(returned, "send_back", reason="只改了文字，期限仍然没有写明。", due_on=new_day)
    desk.on(4)
    desk.report(reported)
    begun = desk.on(3)
    data |= {"title": f"{begun.year}年第二次答复质量评审", "reviewed_on": begun.isoformat()}
    second = desk.open("quality-review", "begin", data)
    _finding(desk, second, subjects[4], "答复中引用的工程进度与实际不符。", begun + timedelta(days=45))


def _finding(desk: Desk, review: Matter, subject: Matter, problem: str, due_on: date) -> None:
    owner = parties_of(subject.pk, "handler")[0].holder
    title = f"{subject.number} {subject.title}".strip()[:200]
    desk.take(review, "find", title=title, organ=owner, problem=problem, due_on=due_on.isoformat())


LEVEL_GRADES = (
    (HAPPY, HAPPY, HAPPY), (HAPPY, CONTENT, UNHAPPY), (CONTENT, CONTENT, HAPPY), (HAPPY, HAPPY), (CONTENT,), (), (),
)  # fmt: skip
LEVEL_WORDS = {
    HAPPY: "问题已经解决，周边群众反映良好。",
    CONTENT: "主要问题已经解决，还有一处没有到位。",
    UNHAPPY: "现场看过两次，问题依旧，答复所说与实际不符。",
}


def _levels(desk: Desk) -> None:
    """Agreeing, disagreeing, and waiting at each of the three levels, one of them for too long."""
    for number, grades in enumerate(LEVEL_GRADES):
        ago = 90 - 9 * number
        subject = desk.subject(desk.on(ago))
        matter = desk.open("three-level-evaluation", "open", {"subject": subject.pk})
        for place, grade in enumerate(grades):
            desk.on(ago - 5 * (place + 1))
            who = _evaluator(desk, matter)
            if who is None:
                break
            step = "evaluate_last" if place == len(matter.three_level.get().levels) - 1 else "evaluate"
            desk.take(matter, step, who, grade=grade, opinion=LEVEL_WORDS[grade])


def _evaluator(desk: Desk, matter: Matter) -> Actor | None:
    seats = {"street": "street_reviewer", "office": "deputy_office", "sponsor": "deputy", "leader": "leader"}
    roles = [f"{prefix}_{by}" for by in seats for prefix in ("level", "last")]
    party = parties_of(matter.pk, *roles)[0]
    by = party.role.partition("_")[2]
    return desk.office if by == "office" else desk.by_holder.get((seats[by], party.holder))


MARKS = (
    ((82, 75, 70), (90, 88, 85)),
    ((78, 52, 45), (80, 85, 72)),
    ((91, 90, 88), (92, 90, 86)),
    ((66, 70, 41), None),
    (None, None),
)


def _dimensions(desk: Desk) -> None:
    """Improved, improved after failing, slightly worse, failing and awaiting the second round, and awaiting the first."""
    streets = list(Organ.objects.filter(kind__in=("street", "town")).order_by("position"))
    able = [organ for organ in streets if ("street_reviewer", organ.pk) in desk.by_holder]
    for number, rounds in enumerate(MARKS):
        subject = desk.subject(desk.on(130 - 20 * number))
        handling = {party.holder for party in parties_of(subject.pk, "handler")}
        street = next(organ for organ in able[number % len(able) :] + able if organ.pk not in handling)
        matter = desk.open("dimension-evaluation", "open", {"subject": subject.pk, "evaluator": street.pk})
        for place, marks in enumerate(rounds):
            if marks is not None:
                desk.on(130 - 20 * number - 10 * (place + 1))
                said = dict(zip(("compliance", "document", "effect"), marks, strict=True))
                step = ("score_first", "score_second")[place]
                desk.take(
                    matter,
                    step,
                    desk.by_holder["street_reviewer", street.pk],
                    **said,
                    comment="答复说已经完成的，现场还差一段没有做。",
                )


# When it was opened, for how many days, who is how satisfied, residents satisfied and not, and what follows.
POLLS = (
    (150, 10, (HAPPY,) * 5 + (UNHAPPY,) * 3, (11, 3), ""),
    (110, 10, (HAPPY,) * 7 + (CONTENT,), (), ""),
    (95, 10, (HAPPY, UNHAPPY, HAPPY), (4, 4), ""),
    (80, 10, (UNHAPPY,) * 5 + (HAPPY,) * 3, (3, 9), "again"),
    (75, 10, (UNHAPPY,) * 6 + (CONTENT,), (), "late"),
    (30, 10, (HAPPY, HAPPY), (), "cancelled"),
    (3, 14, (HAPPY, CONTENT, UNHAPPY), (6, 1), "running"),
)  # fmt: skip


def _polls(desk: Desk) -> None:
    """With numbers, with a verdict only, with too few, not satisfied and polled again, handled again for too long, cancelled, and running."""
    raters = desk.deputies[9 : 9 + RATERS]
    for ago, days, grades, residents, end in POLLS:
        begun = desk.on(ago)
        closes = begun + timedelta(days=days)
        deputies = [next(iter(actor.holders)) for actor in raters]
        subject = desk.subject(begun, quiet=end in ("again", "late"))
        data = {"subject": subject.pk, "deputies": deputies, "closes_on": closes.isoformat()}
        matter = desk.open("satisfaction-poll", "open", data)
        if residents:
            desk.take(matter, "ask_residents", held_on=begun.isoformat(), place="社区广场", satisfied=residents[0],
                      dissatisfied=residents[1], notes="路面平整了，路灯还有两盏不亮。")  # fmt: skip
        if end != "running":
            desk.on(ago - 2)
        _rate(desk, matter, raters[1:], grades)
        if end == "cancelled":
            desk.take(matter, "cancel_poll", reason="建议选错，另行组织测评。")
        elif end != "running":
            _count(desk, matter, closes)
        if end == "again":
            desk.handled_again(subject, ago - 20)
            second = Matter.objects.get(procedure="satisfaction-poll", state="open", satisfaction_poll__round=2)
            desk.on(ago - 32)
            _rate(desk, second, raters, (HAPPY,) * 6 + (CONTENT,))
            _count(desk, second, second.satisfaction_poll.get().closes_on)


def _rate(desk: Desk, poll: Matter, raters: list[Actor], grades: tuple[str, ...]) -> None:
    for actor, grade in zip(raters, grades, strict=False):
        mine = Matter.objects.get(parent=poll, procedure="satisfaction-ballot", parties__holder__in=actor.holders)
        desk.take(mine, "rate", actor, grade=grade)


def _count(desk: Desk, poll: Matter, closes: date) -> None:
    """The night after the last day."""
    desk.story.set(at(closes + timedelta(days=1), time(0, 30)))
    desk.take(poll, "close_poll", the_clock(desk.house.congress.pk))


def _appraisals(desk: Desk) -> None:
    """Last year's, whose tasks are done or not; and this year's, which opened with them and still goes on."""
    present = [next(iter(actor.holders)) for actor in desk.deputies[5:18]]
    for ago, results in ((400, (HAPPY, CONTENT, UNHAPPY, UNHAPPY)), (6, (HAPPY, HAPPY, CONTENT, UNHAPPY))):
        held = desk.on(ago)
        data = {
            "title": f"{held.year}年代表建议办理情况集中评议会",
            "held_on": held.isoformat(),
            "place": "区人大常委会会议室",
        }
        matter = desk.open("appraisal", "convene", data)
        desk.take(matter, "present", deputies=present)
        for place, result in enumerate(results):
            problem = "代表现场查看，答复所说的工程没有全部完工。" if result == UNHAPPY else ""
            due_on = (held + timedelta(days=60 + place)).isoformat() if problem else ""
            desk.take(matter, "appraise", subject=desk.subject(held).pk, result=result, problem=problem, due_on=due_on)
        if ago > SUBJECTS_AGE:
            desk.take(matter, "close")
            desk.on(ago - 40)
            desk.rectified(desk.rectifications(matter)[0])


__all__ = ["tell_evaluations"]
