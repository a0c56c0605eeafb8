"""What became of what was promised: kept and confirmed, kept late, disputed, postponed, forgotten, given to a street, opened anew.

Each promise has dice of its own, so that its story changes nothing else in the life of its suggestion.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from .diary import DEPUTY_OFFICE, Diary, PlannedStep
from .phrases import Words, dice, remarks
from .replies import Promise, ReplyText

(KEPT, KEPT_LATE, FORGOTTEN, WAITING, DENIED, DENIED_AND_LEFT, POSTPONED, POSTPONED_TWICE, REFUSED, REOPENED) = (
    "kept", "kept_late", "forgotten", "waiting", "denied", "denied_and_left", "postponed", "postponed_twice", "refused", "reopened",
)  # fmt: skip
FATES = ((KEPT, 50), (KEPT_LATE, 9), (FORGOTTEN, 11), (WAITING, 5), (DENIED, 6), (DENIED_AND_LEFT, 3), (POSTPONED, 7),
         (POSTPONED_TWICE, 3), (REFUSED, 3), (REOPENED, 3))  # fmt: skip
PROGRESS, GIVEN, GIVEN_BACK, BASICALLY, STUDIED, TOLD, RECEIPT = 0.35, 0.12, 0.35, 0.3, 0.6, 0.85, 0.6
LEAVES_OFF = 40
ROUND_BEGINS, ROUND_ENDS = (10, 9), (12, 20)


def keep(diary: Diary, text: ReplyText) -> None:
    """Write down what will become of each promise of a signed reply."""
    for promise in text.promises:
        number = diary.promised.get(diary.target, 0) + 1
        diary.promised[diary.target] = number
        target = f"{diary.target}/promise:{number}" if diary.target else f"promise:{number}"
        chance = dice(diary.cast.seed, "promise", diary.suggestion.key, target)
        diary.steps += Keeping(diary, promise, target, chance).told()


@dataclass
class Keeping:
    """The story of one promise, told from the day of the reply."""

    diary: Diary
    promise: Promise
    target: str
    chance: random.Random
    steps: list[PlannedStep] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.words = Words(self.chance, self.diary.suggestion.place.words)
        self.organ, self.signed, self.day, self.due = self.diary.organ, self.diary.day, self.diary.day, self.promise.by

    def told(self) -> list[PlannedStep]:
        """All its steps, those that lie ahead too: every life is cut at today."""
        keys, weights = zip(*FATES, strict=True)
        fate = self.chance.choices(keys, weights)[0]
        if self.chance.random() < GIVEN:
            self._give()
        if self.chance.random() < PROGRESS:
            self._on(self.signed + (self.due - self.signed) / 2)
            self._take(
                "progress", self._staff("clerk"), progress=self._say("progress"), signed_word="", place=self._place()
            )
        getattr(self, f"_{fate}")()
        return self.steps

    # Fates

    def _kept(self) -> None:
        self._before_due()
        self._report()
        self._confirm()

    def _kept_late(self) -> None:
        self._on(self.due + timedelta(days=self.chance.randint(5, 90)))
        self._report()
        self._confirm()

    def _forgotten(self) -> None:
        """Only the yearly word is sent, when somebody asks for it."""
        self._tell_each_year(self.due + timedelta(days=800))

    def _waiting(self) -> None:
        """The deputy does not say anything; time passes the word on, and nothing is settled."""
        self._before_due()
        self._report()

    def _denied(self) -> None:
        self._denied_and_left()
        self._wait(10, 35)
        self._report()
        self._confirm()

    def _denied_and_left(self) -> None:
        self._on(self.due - timedelta(days=self.chance.randint(-20, 5)))
        self._report()
        self._wait(2, 8)
        self._take("deny", self.diary.sponsor, grade="dissatisfied", reasons=self._say("denied"))
        if self.chance.random() < STUDIED:
            self._wait(4, 12)
            self._take(
                "study", DEPUTY_OFFICE, held_on=self.day, people=self._say("people"), conclusion=self._say("study")
            )

    def _postponed(self) -> None:
        self._postpone()
        self._kept()

    def _postponed_twice(self) -> None:
        self._postpone()
        self._postpone()
        self._kept_late()

    def _refused(self) -> None:
        self._ask_for_a_later_day()
        self._take("refuse", DEPUTY_OFFICE, reason=self._say("refused"))
        self._kept_late()

    def _reopened(self) -> None:
        self._kept()
        self._wait(20, 90)
        self._take("reopen", DEPUTY_OFFICE, reason=self._say("reopened"))

    # Steps

    def _report(self) -> None:
        """What shows it is a signed word."""
        self._tell_each_year(self.day)
        self._take("report", self._staff("clerk"), result=self._say("kept"), kept_on=self.day, signed_word=self._say("signed"),
                   place=self._place())  # fmt: skip

    def _confirm(self) -> None:
        self._wait(1, 12)
        grade = "basically" if self.chance.random() < BASICALLY else "satisfied"
        self._take("confirm", self.diary.sponsor, grade=grade, reasons=self._say("judged"))

    def _postpone(self) -> None:
        self._ask_for_a_later_day()
        self.due = self.asked_for
        self._take("grant", DEPUTY_OFFICE, due_on=self.due, comment=self._say("granted"))

    def _ask_for_a_later_day(self) -> None:
        self._on(self.due - timedelta(days=self.chance.randint(3, 15)))
        self.asked_for = max(self.due, self.day) + timedelta(days=self.chance.randint(40, 150))
        self._take("ask_postponement", self._staff("office"), due_on=self.asked_for, reason=self._say("later"))
        self._wait(1, 4)
        self._take(
            "say_on_postponement", self.diary.sponsor, agrees=self.chance.choice(("yes", "yes", "no")), comment=""
        )
        self._wait(1, 3)

    def _give(self) -> None:
        """To the street's ledger, and perhaps back again."""
        organs = self.diary.cast.organ_by_key
        streets = [street.key for street in self.diary.cast.streets if street.key in organs]
        if not streets or organs[self.organ].kind in ("street", "town"):
            return
        street = self.chance.choice(streets)
        self._wait(2, 6)
        self._take("give", DEPUTY_OFFICE, street=street, reason=self._say("given"))
        if self.chance.random() < GIVEN_BACK:
            self._wait(3, 10)
            self._take("give_back", ("street_reviewer", street), reason=self._say("given_back"))

    def _tell_each_year(self, until: date) -> None:
        """The word of the fourth quarter, in the year of the promise and in the next, while it is still to be kept."""
        reached = self.day
        for year in (self.signed.year, self.signed.year + 1):
            first, last = max(date(year, *ROUND_BEGINS), reached + timedelta(days=1)), date(year, *ROUND_ENDS)
            if any(step.step == "tell_deputies" and step.on.year == year for step in self.steps) or first > last:
                continue
            day = self.diary.worked(first + timedelta(days=self.chance.randint(0, (last - first).days)))
            if day >= until or self.chance.random() > TOLD:
                continue
            self.day = day
            self._take(
                "tell_deputies",
                self._staff("clerk"),
                progress=self._say("progress"),
                signed_word="",
                place=self._place(),
            )
            if self.chance.random() < RECEIPT:
                self._wait(1, 6)
                self._take(
                    "receipt", self.diary.sponsor, grade=self.chance.choice(("satisfied", "basically")), reasons=""
                )
        self._on(until)

    # Who, when, in which words

    def _take(self, step: str, who: tuple[str, str], **data: Any) -> None:
        self.steps.append(PlannedStep(step, *who, self.day, data, self.target))

    def _staff(self, seat: str) -> tuple[str, str]:
        return (f"organ_{seat}", self.organ)

    def _before_due(self) -> None:
        self._on(self.due - timedelta(days=self.chance.randint(1, LEAVES_OFF)))

    def _on(self, day: date) -> None:
        """A worked day, not before what has been told."""
        self.day = self.diary.worked(max(day, self.day))

    def _wait(self, low: int, high: int) -> None:
        for _each in range(self.chance.randint(low, high)):
            self.day = self.diary.worked(self.day + timedelta(days=1))

    def _say(self, what: str) -> str:
        return self.words.one(remarks(f"promise.{what}"))

    def _place(self) -> str:
        return self.words("{community}")
