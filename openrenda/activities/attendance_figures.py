"""The figures of attendance: members who came, those who sat in by person-times and by persons (J04, J05), as known on a day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from openrenda.docket.models import Act
from openrenda.figures import Figure, Period, Population, Shown
from openrenda.figures.groups import by_month
from openrenda.figures.language import PERSON_TIMES, PERSONS
from openrenda.people.models.group import STANDING_COMMITTEE

from .bodies import CONGRESS
from .hall import ATTENDANCE, CITIZEN, MEMBER, SITTING, SITTING_IN, Attendance

GROUP = "会议"


def at_sittings(*bodies: str) -> Callable[[Period], QuerySet[Any]]:
    """Places in sittings of these bodies whose day lies in the period and which were opened by its end."""

    def rows(period: Period) -> QuerySet[Any]:
        opened = Act.objects.filter(procedure=SITTING, step="open", took_effect__date__lte=period.end)
        found = Attendance.objects.filter(held_on__gte=period.since, held_on__lte=period.end)
        return found.filter(sitting__sitting__body__in=bodies, sitting__in=opened.values("matter"))

    return rows


def acted(*steps: str) -> Callable[[Period], Q]:
    """A fact: one of those steps was taken on it by the end of the period."""

    def fact(period: Period) -> Q:
        done = Act.objects.filter(procedure=ATTENDANCE, step__in=steps, took_effect__date__lte=period.end)
        return Q(matter__in=done.values("matter"))

    return fact


def of_kind(*kinds: str) -> Callable[[Period], Q]:
    """A fact: who she is in the sitting."""
    return lambda _period: Q(kind__in=kinds)


def first_time(period: Period) -> Q:
    """The first of her times within the period: counting these counts persons."""
    came = Act.objects.filter(procedure=ATTENDANCE, step__in=("sign_in", "correct"), took_effect__date__lte=period.end)
    earlier = Attendance.objects.filter(
        person=OuterRef("person"), kind__in=(SITTING_IN, CITIZEN), sitting__sitting__body=STANDING_COMMITTEE,
        held_on__gte=period.since, held_on__lte=period.end, pk__lt=OuterRef("pk"), matter__in=came.values("matter"),
    )  # fmt: skip
    return ~Q(Exists(earlier))


FACTS: dict[str, Callable[[Period], Any]] = {
    "attended": acted("sign_in", "correct"), "excused": acted("excuse"), "absent": acted("mark_absent"), "corrected": acted("correct"),
    "member": of_kind(MEMBER), "sat_in": of_kind(SITTING_IN, CITIZEN), "sat_in_deputy": of_kind(SITTING_IN),
    "first": first_time,
}  # fmt: skip
COLUMNS = (Shown("姓名", "name"), Shown("会议日期", "held_on"), Shown("会议", "sitting__number"))
PLACES = Population(
    "committee_attendance", "常委会会议参会", PERSON_TIMES, at_sittings(STANDING_COMMITTEE), facts=FACTS, splits=(by_month("held_on"),),
    columns=COLUMNS,
)  # fmt: skip
PEOPLE = Population(
    "committee_sat_in", "列席常委会会议的人", PERSONS, at_sittings(STANDING_COMMITTEE), facts=FACTS, columns=COLUMNS
)
SEATS = Population(
    "congress_attendance", "大会全体会议参会", PERSON_TIMES, at_sittings(CONGRESS), facts=FACTS, columns=COLUMNS
)

# fmt: off
ATTENDANCE_FIGURES = (
    Figure("committee_attendance", "常委会会议出席率", "统计期内常委会会议组成人员到会人次 ÷ 应到人次。", PLACES, Q(member=True, attended=True), Q(member=True), None, "到会", "应到", label_en="Attendance of the standing committee", group=GROUP, basis="ORG-33"),
    Figure("committee_excused", "常委会会议请假", "统计期内常委会会议组成人员经批准请假、没有到会的人次。", PLACES, Q(member=True, excused=True), label_en="Away on leave", group=GROUP, basis="ORG-33"),
    Figure("committee_absent", "常委会会议未请假缺席", "统计期内常委会会议组成人员既没有到会、也没有获准请假的人次；后来更正为出席的不计。", PLACES, Q(member=True, absent=True, corrected=False), label_en="Absent without leave", group=GROUP, basis="ORG-33"),
    Figure("sat_in", "代表、群众列席常委会会议", "统计期内代表列席、群众旁听常委会会议的人次，同一人每次都计。", PLACES, Q(sat_in=True, attended=True), label_en="Deputies and citizens who sat in", group=GROUP, basis="J05.sitting_in"),
    Figure("sat_in_deputies", "代表列席常委会会议", "代表、群众列席常委会会议中应邀列席、到会的代表人次；群众旁听的不计，同一代表每次都计。", PLACES, Q(sat_in_deputy=True, attended=True), label_en="Deputies who sat in", group=GROUP, basis="J05.sitting_in"),
    Figure("sat_in_persons", "列席常委会会议的代表、群众人数", "统计期内列席、旁听常委会会议的代表和群众，同一人只计一次。", PEOPLE, Q(sat_in=True, attended=True, first=True), label_en="Persons who sat in", group=GROUP, basis="J05.sitting_in"),
    Figure("congress_attendance", "大会全体会议出席率", "统计期内大会全体会议代表到会人次 ÷ 应到人次。", SEATS, Q(member=True, attended=True), Q(member=True), None, "到会", "应到", label_en="Attendance of plenary meetings", group=GROUP, basis="REP-13"),
)
# fmt: on
