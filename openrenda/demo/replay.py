"""Replays: a congress whose records add up exactly to figures that were published, and the report that prints them.

The records are synthetic and every page says so; the acts are real: each matter takes its steps through the one door, under its
days, and the report is drafted, checked and issued like any other. What comes out is compared with what was published.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from openrenda import docket
from openrenda.docket.actor import Actor
from openrenda.docket.models import Matter
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

from .replay_lives import GOVERNMENT, LEADER, MEMBERS, OFFICE, at_nine
from .replay_score import COURSES, Published, Score
from .replay_telling import Telling
from .solving import Condition, NoSolution, Share, Sum, solve

NOTICE = "按公布的数字复原，记录均为虚构 · replay of published figures, records synthetic"
MANY = 10**6
CHECKER = "checker"
# The staff: in which seat each sits, and what each is called.
STAFF = {
    OFFICE: ("deputy_office", "经办人"), CHECKER: ("deputy_office", "核稿人"), LEADER: ("leader", "主任"),
    GOVERNMENT: ("government_office", "政府经办人"),
}  # fmt: skip
# The court whose judges are appointed, and how many there are from the start.
JUDGES = 5


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
            stage.telling.tell([name for name, count in numbers.items() for _each in range(count)])
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
        began = score.term["since"]
        options = {"option.page_notice": row.get("notice", NOTICE), "option.street_review": False, **score.options}
        for name, value in options.items():
            resolution.set_local_value(
                self.congress, name, value, basis="按公布的数字复原", set_by="replay", since=began
            )
        resolution.forget()
        with congress_scope(self.congress):
            self._registers(began)
        self.telling = Telling(self, COURSES)

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
        self.government = people.Organ.objects.create(
            code="government", name="本级人民政府（虚构）", kind="government", since=began
        )
        self.staff = {who: self._staff(who, seat, name, began) for who, (seat, name) in STAFF.items()}
        self.leader = people.Seat.objects.get(key="leader")
        self.hub = people.Station.objects.create(
            number="01", name="中心站（虚构）", kind="station", street=self.street, hub=True, since=began
        )
        committee = people.Group.objects.create(name="常务委员会", kind="standing_committee", since=began)
        for actor in self.deputies[:MEMBERS]:
            (mandate,) = actor.holders
            people.GroupMembership.objects.create(group=committee, mandate_id=mandate, since=began)

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

    def _staff(self, who: str, seat: str, name: str, began: date) -> Actor:
        login = f"replay-{self.congress.division_code}-{who}"
        # Only a leading member who is able to act is offered for a reception day; without a password nobody signs in.
        account = people.Account(login=login, name=f"{name}（虚构）", is_active=seat == "leader")
        account.set_unusable_password()
        account.save()
        people.Membership.objects.create(account=account, congress=self.congress)
        organ = self.government if who == GOVERNMENT else self.office
        people.Seat.objects.create(account=account, key=seat, holder_kind="organ", holder=organ.pk, since=began)
        return Actor(
            account.pk,
            self.congress.pk,
            seat,
            frozenset({organ.pk}),
            name=account.name,
            office_name=organ.name,
            fresh=True,
        )

    @property
    def period(self) -> Period:
        """What the report speaks of."""
        report = self.score.report
        if "session" in report:
            return in_session_of(self.session, report["as_of"])
        return Period(report["since"], report["until"], report["as_of"])

    @property
    def session(self) -> Any:
        """The session that the report counts; the first of the file where it counts none."""
        number = self.score.report.get("session", self.sessions[0].number)
        return next(row for row in self.sessions if row.number == number)

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
        """What the courses rest on: an issued plan, a consultation that is open all the time, a call for topics, a court."""
        used = {name for course in self.score.courses for name in COURSES[course].named()}
        grounds, office = self.telling.grounds, self.staff[OFFICE]
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
                matter = docket.open_matter(procedure, step, by=office, data=data, at=at).matter
                if name == "campaign":
                    issue = {"issued_on": since, "paper_number": "（虚构）〔1〕1号"}
                    docket.act(matter, "issue", by=office, data=issue, at=at_nine(self.period.since, 1))
                grounds[name] = str(matter.pk)
        if "court" in used:
            grounds |= self._court(self.score.term["since"])

    def _court(self, began: date) -> dict[str, str]:
        """A court, the post of its judges, and who holds it since the term began."""
        court = people.Organ.objects.create(code="court", name="人民法院（虚构）", kind="court", since=began)
        post = people.Post.objects.create(
            code="judge", title="人民法院审判员（虚构）", organ=court, kind="court_judge", since=began
        )
        for number in range(1, JUDGES + 1):
            person = people.Person(name=f"审判员{number:02}", birth_year=1970)
            person.set_keys()
            person.save()
            people.Tenure.objects.create(post=post, person=person, since=began, basis="本届以前任命（虚构）")
        return {"court": str(court.pk), "post": str(post.pk)}

    def _measured(self, course: str, figures: list[Figure]) -> dict[str, dict[str, int]]:
        """In which sides of which figures one record of the course counts: told, read, and taken back."""
        point = transaction.savepoint()
        try:
            told = self.telling.told
            self.telling.tell([course])
            readings = read_all(figures, self.period)
            self.telling.told = told
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
        matter = docket.open_matter("report", "begin", by=self.staff[OFFICE], data=data, at=at).matter
        steps: tuple[tuple[str, str, dict[str, Any]], ...] = (
            (OFFICE, "write", {"text": report["text"]}), (OFFICE, "submit", {}), (CHECKER, "pass", {}),
            (LEADER, "issue", {"public": "on", "issuer": f"{self.congress.name}常务委员会"}),
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
