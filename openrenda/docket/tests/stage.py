"""A small invented procedure with everything the language can say, for tests of the engine alone.

A letter 来信 is opened, handed to an organ, answered and closed; or divided into errands that close it when all are done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from openrenda import docket
from openrenda.docket import registry
from openrenda.docket.actor import Actor
from openrenda.docket.forms import StepForm
from openrenda.docket.language import (
    CHILDREN,
    PARENT,
    THE_CLOCK,
    THE_KIN,
    After,
    Clock,
    Numbering,
    Office,
    Opening,
    Procedure,
    Sealed,
    State,
    Step,
)
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.people.models import Congress
from openrenda.tenancy import congress_scope, uuid7

WRITERS = Office("writers", "来信人", seats=("deputy",))
AUTHOR = Office("author", "写信人", seats=("deputy",), relation=("author",))
CLERK = Office("clerk", "办信员", seats=("deputy_office",))
ORGAN = Office("organ", "承办人", seats=("organ_clerk", "organ_head"), relation=("organ",))
HEAD = Office("head", "负责人", seats=("organ_head",), relation=("organ",))
READER = Office("reader", "领导", seats=("leader",))
EVERYBODY = (AUTHOR, CLERK, ORGAN, HEAD, READER)
TRUSTED = (AUTHOR, CLERK)


class Letter(StepForm):
    """What the writer says, and how she can be reached."""

    title = forms.CharField(max_length=200)
    phone = forms.CharField(max_length=30, required=False)
    home = forms.CharField(max_length=100, required=False)
    secret = forms.BooleanField(required=False)


class Hand(StepForm):
    """To which organ."""

    organ = forms.UUIDField()


class Hands(StepForm):
    """To which organs, separated by blanks."""

    organs = forms.CharField()


class Word(StepForm):
    """A word."""

    text = forms.CharField(max_length=500)


class Title(StepForm):
    """A title."""

    title = forms.CharField(max_length=200)


def begin(situation: Situation, act: Act) -> None:
    """The writer becomes a party."""
    situation.matter.confidential = bool(situation.data.get("secret"))
    for holder in situation.actor.holders:
        situation.add_party("author", holder, "写信人")


def hand(situation: Situation, act: Act) -> None:
    """The organ becomes a party, in place of the one before."""
    situation.end_party("organ")
    situation.add_party("organ", situation.data["organ"], "承办单位")


def divide(situation: Situation) -> Iterable[Opening]:
    """An errand for each organ."""
    for organ in situation.data["organs"].split():
        yield Opening("errand", "ask", {"title": situation.matter.title}, (("organ", organ, "承办单位"),))


def no_bad_words(situation: Situation) -> str | None:
    """Barred by what was typed, once it is complete."""
    return "来信不受理此类内容（规定第一条）。" if "坏" in situation.data.get("text", "") else None


NUMBERED = Numbering(lambda situation: f"year:{situation.today.year}", lambda situation, number: f"信〔{number}〕")

OPENED = State("opened", "已收到")
HELD = State("held", "办理中")
ANSWERED = State("answered", "已答复")
WAITING = State("waiting", "分办中", untimed="各承办人分别计时")
CLOSED = State("closed", "办结", final=True)

STEPS = (
    Step("open", "来信", None, OPENED, WRITERS, "REP-02", records=Letter, does=begin, numbers=NUMBERED, tells=(CLERK,)),
    Step(
        "note", "记录", OPENED, None, (CLERK, AUTHOR), "REP-02", records=Word, barred_by=(no_bad_words,), optional=True
    ),
    Step("announce", "公告", OPENED, None, CLERK, "REP-02", optional=True),
    Step("hand", "交办", OPENED, HELD, CLERK, "REP-04", records=Hand, does=hand, tells=(ORGAN, AUTHOR)),
    Step("hand_again", "改交", HELD, None, CLERK, "REP-04", records=Hand, does=hand, optional=True),
    Step("suspend", "中止", HELD, None, ORGAN, "REP-05", optional=True),
    Step("resume", "恢复", HELD, None, ORGAN, "REP-05", optional=True),
    Step("extend", "延期", HELD, None, CLERK, "REP-05.long", optional=True),
    Step("answer", "答复", HELD, ANSWERED, ORGAN, "REP-05", records=Word),
    Step("countersign", "会签", HELD, None, HEAD, "REP-05", other_than=("suspend",), agent=True, optional=True),
    Step("accept", "接受", ANSWERED, CLOSED, AUTHOR, "SUG-12", fresh=True),
    Step("lapse", "逾期", ANSWERED, CLOSED, THE_CLOCK, "SUG-12", tells=(AUTHOR,)),
    Step("divide", "分办", OPENED, WAITING, CLERK, "SUG-06", records=Hands, opens=divide),
    Step("dismiss", "收回", WAITING, None, CLERK, "SUG-06", optional=True),
    Step("conclude", "办结", WAITING, CLOSED, THE_KIN, "SUG-06", after=After(CHILDREN)),
)
CLOCKS = (
    Clock("hand", "交办期限", "SUG-07.assign", ("open",), ("hand", "divide"), CLERK),
    Clock("comment", "公告期", "ORG-07.nomination", ("announce",), ("announce", "hand", "divide"), CLERK, bars=("divide",)),
    Clock("reply", "答复期限", "REP-05", ("hand",), ("answer",), ORGAN, pauses=("suspend",), resumes=("resume",),
          extends=(("extend", "REP-05.long"),)),
    Clock("decline", "退办期限", "SUG-07.return", ("hand",), ("answer",), ORGAN, right=True),
    Clock("judge", "评价期限", "SUG-07.feedback", ("answer",), ("accept",), AUTHOR, then="lapse"),
)  # fmt: skip
LETTER = Procedure(
    "letter", "来信", (OPENED, HELD, ANSWERED, WAITING, CLOSED), STEPS, CLOCKS, seen_by=EVERYBODY,
    seen_when_confidential=TRUSTED,
    sealed=(Sealed("reach", "联系电话", ("phone",), (ORGAN,)), Sealed("home", "住址", ("home",), (CLERK,))),
)  # fmt: skip

ASKED = State("asked", "待办", untimed="由来信计时")
DONE = State("done", "已办", final=True)
ERRAND = Procedure(
    "errand", "差事", (ASKED, DONE),
    (
        Step("ask", "交", None, ASKED, THE_KIN, "SUG-06", records=Title, tells=(ORGAN,)),
        Step("do", "办", ASKED, DONE, ORGAN, "SUG-06"),
        Step("drop", "收回", ASKED, DONE, THE_KIN, "SUG-06", after=After(PARENT, ("dismiss",))),
    ),
    seen_by=(ORGAN, CLERK),
)  # fmt: skip


@contextmanager
def registered(*tables: Procedure) -> Iterator[None]:
    """Procedures of a test beside those of the installation."""
    kept = dict(registry._procedures)
    for table in tables:
        registry.register(table)
    try:
        yield
    finally:
        registry._procedures.clear()
        registry._procedures.update(kept)
        registry._followers.clear()
        registry.duplicates.clear()


def noon(day: date) -> datetime:
    """Noon of a day, in the congress's time zone."""
    return timezone.make_aware(datetime.combine(day, time(12)))


@dataclass
class Stage:
    """A congress with people who hold a seat each."""

    congress: Congress
    writer: Actor
    clerk: Actor
    organ: Actor
    head: Actor
    other_organ: Actor
    reader: Actor
    stranger: Actor

    def open(self, at: datetime | None = None, **data: Any) -> Matter:
        """A letter that was just opened."""
        typed = {"title": "关于路灯", **data}
        return docket.open_matter("letter", "open", by=self.writer, data=typed, at=at).matter

    def take(self, matter: Matter, who: str, step: str, at: datetime | None = None, **data: Any) -> Act:
        """Somebody takes a step on what is in the database now."""
        return docket.act(Matter.objects.get(pk=matter.pk), step, by=getattr(self, who), data=data, at=at)

    def held(self, at: datetime | None = None) -> Matter:
        """A letter that was handed to the organ on the day it came."""
        matter = self.open(at)
        self.take(matter, "clerk", "hand", at, organ=self.holder("organ"))
        return Matter.objects.get(pk=matter.pk)

    def answered(self, at: datetime | None = None) -> Matter:
        """A letter that was answered on the day it came."""
        matter = self.held(at)
        self.take(matter, "organ", "answer", at, text="已修")
        return Matter.objects.get(pk=matter.pk)

    def holder(self, who: str) -> UUID:
        """What somebody's seat stands for."""
        return next(iter(getattr(self, who).holders))


def actor(congress: Congress, seat: str, *holders: UUID, fresh: bool = True) -> Actor:
    """Somebody in a seat."""
    return Actor(uuid7(), congress.pk, seat, frozenset(holders or (uuid7(),)), name="某人", fresh=fresh)


def set_up(code: str = "990201") -> Stage:
    """The congress and its people."""
    congress = Congress.objects.create(
        division_code=code, name="试验区人民代表大会", short_name="试验区人大", level="county", fictional=True
    )
    organ = uuid7()
    return Stage(
        congress, actor(congress, "deputy"), actor(congress, "deputy_office"), actor(congress, "organ_clerk", organ),
        actor(congress, "organ_head", organ), actor(congress, "organ_clerk"), actor(congress, "leader"),
        actor(congress, "deputy"),
    )  # fmt: skip


@contextmanager
def performance(code: str = "990201") -> Iterator[Stage]:
    """The stage with its procedures registered and its congress in context."""
    with registered(LETTER, ERRAND):
        stage = set_up(code)
        with congress_scope(stage.congress):
            yield stage
