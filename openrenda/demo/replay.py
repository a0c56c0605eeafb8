"""Replays: a congress whose records add up exactly to figures that were published, and the report that prints them.

The records are synthetic and every page says so; the acts are real: each matter takes its steps through the one door, under its
days, and the report is drafted, checked and issued like any other. What comes out is compared with what was published.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from openrenda import docket
from openrenda.activities.record import Item
from openrenda.docket import registry
from openrenda.docket.actor import Actor
from openrenda.docket.history import History
from openrenda.docket.models import Matter
from openrenda.docket.situation import Situation
from openrenda.figures import PART, WHOLE, Figure, Period, in_session_of, read_all
from openrenda.figures.models import FrozenFigure
from openrenda.figures.reports.naming import Names, catalogue
from openrenda.people import models as people
from openrenda.people.categories import load_default_categories
from openrenda.people.refusals import Refused
from openrenda.people.remembering import remembering
from openrenda.rulebook import resolution
from openrenda.search import together
from openrenda.tenancy import congress_scope
from openrenda.web import filing

from .replay_lives import ARRANGED, COURSES, HELD, Course, Taken, at_nine, filled
from .replay_score import Published, Score
from .solving import Condition, NoSolution, Share, Sum, solve

NOTICE = "按公布的数字复原，记录均为虚构 · replay of published figures, records synthetic"
BATCH_ACTS = 400
MANY = 10**6
MEMBERS = 5
LATER_DAYS = 200
# A talk is planned five days before; what is spread over a period ends well before it does.
TALK_DAYS, LAST_DAYS = 5, 30
GROUNDS = ("campaign", "consultation", "call")
STAFF = {"drafter": "deputy_office", "checker": "deputy_office", "issuer": "leader"}


@dataclass
class Played:
    """What was made."""

    congress: Any
    report: Any
    numbers: dict[str, int]
    printed: list[str]


def play(score: Score, progress: Callable[[str], None] = lambda words: None) -> Played:
    """Make the congress, solve, tell the records, issue the report. All of it or nothing.

    :raises Refused: when the figures contradict one another, or the report does not print them.
    """
    if people.Congress.objects.filter(division_code=score.congress["code"]).exists():
        raise Refused(_("已经有代码为%(code)s的人大，没有改动。") % {"code": score.congress["code"]})
    with transaction.atomic():
        stage = Stage(score)
        with congress_scope(stage.congress), remembering(), together():
            numbers = stage.numbers()
            progress(
                _("求得：%(numbers)s") % {"numbers": _("，").join(f"{name} {count}" for name, count in numbers.items())}
            )
            stage.tell([name for name, count in numbers.items() for _each in range(count)])
            report = stage.issue()
            printed = list(
                FrozenFigure.objects.filter(matter=report)
                .exclude(kind="typed")
                .order_by("position")
                .values_list("printed", flat=True)
            )
        stage.compare(printed)
    return Played(stage.congress, report, numbers, printed)


class Stage:
    """The congress of a replay: its registers, its people, and the telling of its records."""

    def __init__(self, score: Score) -> None:
        self.score = score
        row = score.congress
        self.congress = people.Congress.objects.create(
            division_code=row["code"],
            name=row["name"],
            short_name=row["short_name"],
            level=row["level"],
            fictional=True,
        )
        self.told = 0
        began = score.term["since"]
        options = {"option.page_notice": row.get("notice", NOTICE), "option.street_review": False, **score.options}
        for name, value in options.items():
            resolution.set_local_value(
                self.congress, name, value, basis="按公布的数字复原", set_by="replay", since=began
            )
        resolution.forget()
        with congress_scope(self.congress):
            self._registers(began)

    def _registers(self, began: date) -> None:
        load_default_categories()
        term = people.Term.objects.create(number=self.score.term["number"], since=began, until=self.score.term["until"])
        self.sessions = [people.Session.objects.create(term=term, **row) for row in self.score.sessions]
        self.office = people.Organ.objects.create(
            code="office", name="代表工作机构", kind="congress_office", since=began
        )
        self.organ = people.Organ.objects.create(code="organ", name="承办单位（虚构）", kind="department", since=began)
        self.street = people.Organ.objects.create(code="street", name="街道（虚构）", kind="street", since=began)
        district = people.District.objects.create(
            term=term, number=1, name="第一选区（虚构）", quota=self.score.deputies, street=self.street
        )
        self.deputies = [self._deputy(term, district, number, began) for number in range(1, self.score.deputies + 1)]
        self.staff = {who: self._staff(who, seat, began) for who, seat in STAFF.items()}
        self.leader = people.Seat.objects.get(key="leader")
        self.hub = people.Station.objects.create(
            number="01", name="中心站（虚构）", kind="station", street=self.street, hub=True, since=began
        )
        committee = people.Group.objects.create(name="常务委员会", kind="standing_committee", since=began)
        for actor in self.deputies[:MEMBERS]:
            (mandate,) = actor.holders
            people.GroupMembership.objects.create(group=committee, mandate_id=mandate, since=began)
        self.grounds: dict[str, str] = {}

    def _deputy(self, term: Any, district: Any, number: int, began: date) -> Actor:
        person = people.Person(name=f"代表{number:02}", birth_year=1970)
        person.set_keys()
        person.save()
        mandate = people.Mandate.objects.create(
            person=person, term=term, district=district, since=began, card_number=f"{number:03}"
        )
        return Actor(
            None, self.congress.pk, "deputy", frozenset({mandate.pk}), name=person.name, person=person.pk, fresh=True
        )

    def _staff(self, who: str, seat: str, began: date) -> Actor:
        login = f"replay-{self.congress.division_code}-{who}"
        # Only a leading member who is able to act is offered for a reception day; without a password nobody signs in.
        account = people.Account(login=login, name=f"{who}（虚构）", is_active=seat == "leader")
        account.set_unusable_password()
        account.save()
        people.Membership.objects.create(account=account, congress=self.congress)
        people.Seat.objects.create(account=account, key=seat, holder_kind="organ", holder=self.office.pk, since=began)
        return Actor(
            account.pk,
            self.congress.pk,
            seat,
            frozenset({self.office.pk}),
            name=account.name,
            office_name=self.office.name,
            fresh=True,
        )

    @property
    def period(self) -> Period:
        """What the report speaks of."""
        report = self.score.report
        if "session" in report:
            session = next(row for row in self.sessions if row.number == report["session"])
            return in_session_of(session, report["as_of"])
        return Period(report["since"], report["until"], report["as_of"])

    # Solving

    def numbers(self) -> dict[str, int]:
        """How many records of each course there must be.

        :raises Refused: naming the figures that cannot all hold.
        """
        self._prepare_grounds()
        names = Names(catalogue())
        figures = {row.figure: names.find(row.figure)[1] for row in self.score.figures}
        measured = {course: self._measured(course, list(figures.values())) for course in self.score.courses}
        conditions = [self._condition(row, measured, figures[row.figure]) for row in self.score.figures]
        conditions += [Sum(name, {name: 1}, least, MANY) for name, least in self.score.least.items()]
        try:
            return solve(self.score.courses, conditions)
        except NoSolution as problem:
            raise Refused(_("公布的数字凑不到一起：%(names)s。") % {"names": str(problem)}) from None

    def _prepare_grounds(self) -> None:
        """What the courses rest on: an issued plan, a consultation that is open all the time, a call for topics."""
        used = {
            str(value).strip("{}")
            for name in self.score.courses for step in COURSES[name].steps for value in step.data.values()
        }  # fmt: skip
        since, until = self.period.since.isoformat(), self.period.until.isoformat()
        dated = {"text": "内容为虚构。", "opens_on": since, "closes_on": until, "channels": ["phone", "portal"]}
        plan = {"title": "代表“三进”活动方案（虚构）", "text": "内容为虚构。", "since": since, "until": until}
        for name, procedure, step, data in (
            ("campaign", "campaign", "draft", plan),
            ("consultation", "consultation", "announce", {"title": "征求意见（虚构）", **dated}),
            ("call", "consultation", "call", {"title": "征集监督议题（虚构）", **dated}),
        ):
            if name in used:
                at = at_nine(self.period.since, 0)
                matter = docket.open_matter(procedure, step, by=self.staff["drafter"], data=data, at=at).matter
                if name == "campaign":
                    issue = {"issued_on": since, "paper_number": "（虚构）〔1〕1号"}
                    docket.act(matter, "issue", by=self.staff["drafter"], data=issue, at=at_nine(self.period.since, 1))
                self.grounds[name] = str(matter.pk)

    def _measured(self, course: str, figures: list[Figure]) -> dict[str, dict[str, int]]:
        """In which sides of which figures one record of the course counts: told, read, and taken back."""
        point = transaction.savepoint()
        try:
            told = self.told
            self.tell([course])
            readings = read_all(figures, self.period)
            self.told = told
            return {one.figure.key: {PART: one.part, WHOLE: one.whole or 0} for one in readings}
        finally:
            transaction.savepoint_rollback(point)

    def _condition(self, row: Published, measured: Mapping[str, dict[str, dict[str, int]]], one: Figure) -> Condition:
        part = {name: sides[one.key][PART] for name, sides in measured.items() if sides[one.key][PART]}
        whole = {name: sides[one.key][WHOLE] for name, sides in measured.items() if sides[one.key][WHOLE]}
        if row.percent:
            return Share(row.figure, part, whole, row.percent, row.rounding, row.digits)
        least = row.exactly if row.exactly is not None else row.at_least or 0
        most = row.exactly if row.exactly is not None else row.at_most or MANY
        return Sum(row.figure, part, least, most)

    # Telling

    def tell(self, courses: list[str]) -> None:
        """The records, each through all of its steps, many in one writing."""
        history = History(self.congress.pk, "复原")
        for name in courses:
            self.told += 1
            self._one(history, COURSES[name], self.told)
            if len(history.writing.acts) >= BATCH_ACTS:
                _write(history)
        _write(history)

    def _one(self, history: History, course: Course, number: int) -> Matter:
        if course.about:
            subjects = [self._next(history, COURSES[name]) for name in course.about]
            return self._about(history, course, subjects, self._began(number))
        matter = self._raised(history, course, number)
        for place, after in enumerate(course.then):
            self._about(history, after, [matter], self._began(number, course), place)
        return matter

    def _next(self, history: History, course: Course) -> Matter:
        self.told += 1
        return self._one(history, course, self.told)

    def _about(
        self, history: History, course: Course, subjects: list[Matter], began: date, place_among: int = 0
    ) -> Matter:
        """Something that is told of others, step by step, by whoever holds the step's office."""
        _write(history)
        first, *rest = course.steps
        if registry.procedure(course.procedure).step(first.step).source is None:
            at = at_nine(began + timedelta(days=first.after), 0)
            typed = self._typed(first, self.told, at.date(), subjects)
            opened = docket.open_matter(course.procedure, first.step, by=self.staff["drafter"], data=typed, at=at)
            matter = opened.matter
        else:
            from_it = Q(parent=subjects[0]) | Q(origins__origin=subjects[0])
            found = list(Matter.objects.filter(from_it, procedure=course.procedure).order_by("id"))
            matter, rest = found[place_among % len(found)], [first, *rest]
        for place, step in enumerate(rest, 1):
            at, now = at_nine(began + timedelta(days=step.after), place), Matter.objects.get(pk=matter.pk)
            who = history.holder_of(now.table.step(step.step), Situation(now, history.importer(), at=at), "")
            docket.act(now, step.step, by=who, data=self._typed(step, self.told, at.date(), subjects, now), at=at)
        return Matter.objects.get(pk=matter.pk)

    def _raised(self, history: History, course: Course, number: int) -> Matter:
        first, *rest = course.steps
        began = self._began(number, course)
        deputy = self.staff[course.by] if course.by in self.staff else self.deputies[number % len(self.deputies)]
        situation = history.open(
            course.procedure, first.step, at=at_nine(began, 0), data=self._typed(first, number, began), by=deputy
        )
        for place, step in enumerate(rest, 1):
            at = at_nine(began + timedelta(days=step.after), place)
            if course.then or step.paper:  # what rests on other matters and files finds them written
                _write(history)
                situation = Situation(Matter.objects.get(pk=situation.matter.pk), history.importer(), at=at)
            paper = self._attached(situation.matter, step.paper) if step.paper else ""
            history.take(situation, step.step, at=at, data=self._typed(step, number, at.date(), paper=paper))
        return situation.matter

    def _attached(self, matter: Matter, name: str) -> str:
        """A document of the matter."""
        file = ContentFile(f"{name}。按公布的数字复原。".encode(), name=f"{name}.txt")
        return str(filing.keep(file, self.staff["drafter"], role=filing.MATTER_ROLE, matter=matter).pk)

    def _began(self, number: int, course: Course | None = None) -> date:
        """During the session that the report counts, one day after another of it; or over the whole period."""
        if course is not None and course.all_year:
            days = (self.period.end - self.period.since).days - LAST_DAYS
            return self.period.since + timedelta(days=number * 7 % max(1, days))
        session = next(
            (row for row in self.sessions if row.number == self.score.report.get("session", row.number)),
            self.sessions[0],
        )
        return session.since + timedelta(days=number % max(1, (session.until - session.since).days - 1))

    def _typed(
        self,
        step: Taken,
        number: int,
        day: date,
        subjects: Sequence[Matter] = (),
        matter: Matter | None = None,
        paper: str = "",
    ) -> dict[str, Any]:
        book = resolution.book_for(self.congress)
        scheme: Any = book.option("option.result_scheme")
        letters = {
            "solved": next(row["letter"] for row in scheme if row.get("solved")),
            "promised": next(row["letter"] for row in scheme if row.get("promise")),
            "unsolved": next(row["letter"] for row in scheme if not row.get("solved") and not row.get("promise")),
        }
        values = {
            **letters, "organ": str(self.organ.pk), "today": day.isoformat(), "later": (day + timedelta(days=LATER_DAYS)).isoformat(),
            "title": f"关于第{number}件事的建议（虚构）", "street": str(self.street.pk), "committee": str(self.office.pk),
            "leader": str(self.leader.pk), "reception": (day + timedelta(days=HELD - ARRANGED)).isoformat(),
            "subjects": "*", "subject": str(subjects[0].pk) if subjects else "", "item": self._item(matter),
            "held": (day + timedelta(days=TALK_DAYS)).isoformat(), "hub": str(self.hub.pk), "paper": paper,
            **dict.fromkeys(GROUNDS, ""), **self.grounds,
        }  # fmt: skip
        typed = {name: filled(value, values) for name, value in step.data.items()}
        if isinstance(typed.get("deputies"), int):
            several = range(number, number + typed["deputies"])
            typed["deputies"] = [str(*self.deputies[place % len(self.deputies)].holders) for place in several]
        if typed.get("suggestions"):
            typed["suggestions"] = [str(subject.pk) for subject in subjects]
        if typed.pop("declarations", ""):
            kinds: Any = book.option("option.not_allowed")
            typed |= {"one_matter": "on", **{f"not_{row['key']}": "on" for row in kinds}}
        return typed

    def _item(self, matter: Matter | None) -> str:
        """The first item of an activity that has no outcome yet."""
        found = Item.objects.filter(matter=matter, outcome="").order_by("position").first() if matter else None
        return str(found.pk) if found else ""

    # The report

    def issue(self) -> Matter:
        """Drafted, checked and issued by three people, on the days that the file says."""
        report, period = self.score.report, self.period
        session = str(period.session) if period.session else None
        data = {
            "title": report["title"],
            "since": period.since,
            "until": period.until,
            "as_of": period.as_of,
            "session": session,
        }
        at = at_nine(report["issued_on"], 0)
        matter = docket.open_matter("report", "begin", by=self.staff["drafter"], data=data, at=at).matter
        steps: tuple[tuple[str, str, dict[str, Any]], ...] = (
            ("drafter", "write", {"text": report["text"]}), ("drafter", "submit", {}), ("checker", "pass", {}),
            ("issuer", "issue", {"public": "on", "issuer": f"{self.congress.name}常务委员会"}),
        )  # fmt: skip
        for place, (who, step, typed) in enumerate(steps, 1):
            docket.act(
                Matter.objects.get(pk=matter.pk),
                step,
                by=self.staff[who],
                data=typed,
                at=at_nine(report["issued_on"], place),
            )
        return Matter.objects.get(pk=matter.pk)

    def compare(self, printed: list[str]) -> None:
        """What the report prints is what was published.

        :raises Refused: naming each difference.
        """
        missing = [f"{row.figure} {row.printed}" for row in self.score.figures if row.printed not in printed]
        if missing:
            words = {"missing": _("、").join(missing), "printed": _("、").join(printed)}
            raise Refused(_("报告没有印出公布的数字：%(missing)s；印出的是：%(printed)s。") % words)


def _write(history: History) -> None:
    """Nobody is told of what is synthetic."""
    history.writing.outbox.clear()
    history.write()
