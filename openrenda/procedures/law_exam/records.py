"""The record of one person's examination: her paper, and what came of it. What she answered is sealed and nobody's to read but the auditor's."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.urls import reverse

from openrenda import tickets
from openrenda.docket.actor import Actor
from openrenda.docket.models import Matter
from openrenda.people.models import ExamQuestion, Person
from openrenda.people.models.question import EXAM
from openrenda.rulebook import Book
from openrenda.tenancy import TenantFK

from ..appointing import PERSONNEL_OFFICE
from ..residents import Ticketed

FULL_MARK = 100
GRACE = timedelta(minutes=2)


class LawExam(Ticketed):
    """Who sits it, the questions drawn for her in the order in which she sees them, and the mark."""

    matter = TenantFK(Matter, models.CASCADE, related_name="law_exam")
    person = TenantFK(Person, models.PROTECT, related_name="+", verbose_name="应试人")
    person_name = models.CharField("应试人姓名", max_length=50)
    attempt = models.PositiveSmallIntegerField("第几次考试", default=1)
    sit_by = models.DateField("应试截止日期", null=True)
    paper = models.JSONField("试卷", default=list)
    began_at = models.DateTimeField("开考时间", null=True)
    ends_at = models.DateTimeField("交卷时间", null=True)
    right = models.PositiveSmallIntegerField("答对题数", null=True)
    score = models.PositiveSmallIntegerField("成绩", null=True)
    passed = models.BooleanField("及格", null=True)
    marked_on = models.DateField("判卷日期", null=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["congress", "matter"], name="lawexam_matter"),
            models.UniqueConstraint(fields=["congress", "number_digest"], name="lawexam_number"),
            models.UniqueConstraint(fields=["congress", "link_digest"], name="lawexam_link"),
        ]
        indexes = [models.Index(fields=["congress", "person"], name="lawexam_person")]

    def is_over(self, now: datetime) -> bool:
        """Whether the time to hand in has passed, with a little grace for the way of the answers."""
        return self.ends_at is not None and now > self.ends_at + GRACE

    def slip_for_office(self, actor: Actor) -> str:
        """The number to hand over, for the personnel office alone, while the examination is to be sat."""
        if actor.seat not in PERSONNEL_OFFICE.seats or self.began_at is not None:
            return ""
        return tickets.in_groups(tickets.number_of(self.matter_id))

    def address(self, matter: Matter) -> str:
        """The path of the candidate's own page."""
        congress = matter.congress.division_code
        return reverse("portal:exam", args=[congress, tickets.link_of(matter.pk)])

    def questions(self) -> list[ExamQuestion]:
        """The questions of the paper in its order. One query."""
        return questions_of(self.paper)


def drawn(book: Book, use: str = EXAM) -> list[str]:
    """A paper drawn by chance for one person: no two need be alike, and nobody can foresee one."""
    bank = list(ExamQuestion.objects.in_use(use).values_list("pk", flat=True))
    count = min(len(bank), int(book.option("option.exam_questions")))
    return [str(key) for key in secrets.SystemRandom().sample(bank, count)]


def questions_of(paper: list[Any]) -> list[ExamQuestion]:
    """The questions with these ids, in that order; one that is no longer in the bank is left out."""
    found = {str(row.pk): row for row in ExamQuestion.objects.filter(pk__in=paper)}
    return [found[key] for key in paper if key in found]


def marked(questions: list[ExamQuestion], given: dict[str, str]) -> tuple[int, int]:
    """How many were answered rightly, and the mark of a hundred, rounded down. Half an answer is none."""
    right = sum(1 for question in questions if question.is_right(given.get(str(question.pk), "")))
    return right, right * FULL_MARK // len(questions) if questions else 0


RECORDS = (LawExam,)
