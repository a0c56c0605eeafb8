"""What organs and deputies write while a suggestion is handled: replies, contacts, opinions, reasons, judgements."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from .cast import Cast
from .matters import Suggestion
from .organs import OFFICE_NUMBER, Organ
from .phrases import Words, chinese_day, remarks, topics

GOOD, BOILERPLATE, COPIED = "good", "boilerplate", "copied"
SOLVED, PLANNED, IMPOSSIBLE, NOTED = "A", "B", "C", "D"
MOST_PROMISES = 3


@dataclass(frozen=True)
class Promise:
    """What will be done, by which section, by which day."""

    what: str
    who: str
    by: date


@dataclass(frozen=True)
class ReplyText:
    """A reply: what was done, what is promised, what cannot be done and why."""

    result_class: str
    done: str
    planned: str
    cannot: str
    promises: tuple[Promise, ...]
    number: str
    disclosure: str
    contact_phone: str
    quality: str
    assisting_opinions: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether it says what was done and promises nothing."""
        return self.quality == GOOD and self.result_class == SOLVED and not self.promises

    @property
    def text(self) -> str:
        """The whole letter's body."""
        return "\n".join(part for part in (self.done, self.planned, self.cannot, self.assisting_opinions) if part)


class Pen:
    """Writes for one suggestion: knows its topic, its place, its people and the organ that speaks."""

    def __init__(self, cast: Cast, suggestion: Suggestion, words: Words, organ: str) -> None:
        self.cast, self.suggestion, self.words = cast, suggestion, words
        self.organ: Organ = cast.organ_by_key[organ]
        words.known |= {
            "organ": self.organ.short,
            "we": self.organ.we,
            "section": words.chance.choice(self.organ.sections),
            "deputy": cast.name_of(suggestion.proposer),
        }
        topic = next((row for row in topics() if row["key"] == suggestion.topic), remarks("generic"))
        # Resolved once, so that a number said at the contact is the number written in the reply.
        self.done = [words(text) for text in topic["done"]]
        self.plans = [words(text) for text in topic["promises"]]
        self.cannot = [words(text) for text in topic["cannot"]]

    def say(self, path: str, **more: str) -> str:
        """A remark of the library in this suggestion's words."""
        return self.words.one(remarks(path), **self._fragments(), **more)

    def _fragments(self) -> dict[str, str]:
        """Pieces of sentences about the topic itself."""
        choose = self.words.chance.choice
        cannot = choose(self.cannot)
        return {
            "did": choose(self.done), "promise": choose(self.plans).rsplit("@", 1)[0], "cannot": cannot, "cannot_short": cannot,
            "ask": self.ask(), "cannot_other": choose(remarks("organ.opinion_slots_cannot")),
        }  # fmt: skip

    def ask(self) -> str:
        """One of the two things proposed first."""
        return self.words.chance.choice(self.suggestion.proposals[:2]).what

    # Replies

    def reply(
        self, result_class: str, day: date, number: int, *, quality: str = GOOD, second: bool = False
    ) -> ReplyText:
        """A reply of a class, drafted on a day, the organ's n-th letter of the year."""
        if quality == BOILERPLATE:
            return self._boilerplate(result_class, day, number)
        held = chinese_day(day - timedelta(days=self.words.chance.randint(5, 20)))
        opening = self.say("reply.second_opening" if second else "reply.opening", held=held)
        if result_class == NOTED and not second:
            opening = ""
        promises = self._promises(day) if result_class in (SOLVED, PLANNED) else ()
        # Class A is solved: it promises something only now and then.
        if result_class == SOLVED and self.words.likely(0.8):
            promises = ()
        return ReplyText(
            result_class=result_class, done=opening + self._done(result_class), planned=self._planned(promises),
            cannot=self._cannot(result_class), promises=promises, number=self.letter_number(day, number),
            disclosure="on_request" if self.words.likely(0.06) else "public", contact_phone=self.phone(), quality=quality,
            assisting_opinions=self._assisting(),
        )  # fmt: skip

    def _done(self, result_class: str) -> str:
        if result_class == NOTED:
            return self.say("reply.reference")
        low, high = {SOLVED: (2, 3), PLANNED: (1, 2), IMPOSSIBLE: (1, 1)}[result_class]
        done = self.words.some(self.done, low, high)
        if len(done) == 1:
            return f"{done[0]}。"
        rest = "。".join(done[2:])
        joined = self.words.one(remarks("reply.done_link")).format(done[0], done[1])
        return joined + (f"{rest}。" if rest else "")

    def _promises(self, day: date) -> tuple[Promise, ...]:
        made = []
        for row in self.words.some(self.plans, 1, MOST_PROMISES):
            what, days = row.rsplit("@", 1)
            who = f"{self.organ.short}{self.words.chance.choice(self.organ.sections)}"
            made.append(Promise(what, who, day + timedelta(days=int(days))))
        return tuple(made)

    def _planned(self, promises: tuple[Promise, ...]) -> str:
        if not promises:
            return ""
        lines = [f"{p.what}（{p.who}负责，{p.by.year}年{p.by.month}月底前）" for p in promises]
        return self.words.one(remarks("reply.plan_lead")) + "；".join(lines) + "。"

    def _cannot(self, result_class: str) -> str:
        share = {SOLVED: 0.1, PLANNED: 0.4, IMPOSSIBLE: 1.0, NOTED: 1.0}[result_class]
        if not self.words.likely(share):
            return ""
        lead = self.words.one(remarks("reply.cannot_lead"))
        return f"{lead}{self.words.chance.choice(self.cannot)}。{self.words.one(remarks('reply.cannot_close'))}"

    def _assisting(self) -> str:
        shorts = [self.cast.organ_by_key[key].short for key in self.suggestion.assisting if key != self.organ.key]
        return "".join(self.words.one(remarks("reply.assisting"), organ=short) for short in shorts)

    def _boilerplate(self, result_class: str, day: date, number: int) -> ReplyText:
        promise = Promise(remarks("reply.boilerplate_promise"), self.organ.short, day + timedelta(days=365))
        promises = (promise,) if result_class == PLANNED else ()
        cannot = remarks("reply.boilerplate_cannot") if result_class in (IMPOSSIBLE, NOTED) else ""
        return ReplyText(
            result_class, self.say("reply.boilerplate"), self._planned(promises), cannot, promises,
            self.letter_number(day, number), "public", self.phone(), BOILERPLATE, self._assisting(),
        )  # fmt: skip

    def copy_of(self, earlier: ReplyText, day: date, number: int) -> ReplyText:
        """Another suggestion's reply with a new number: its places stay where they were, as happens."""
        late = tuple(replace(p, by=day + timedelta(days=120)) for p in earlier.promises)
        return replace(earlier, number=self.letter_number(day, number), promises=late, quality=COPIED)

    def letter_number(self, day: date, number: int) -> str:
        """``江教育函〔2026〕12号``."""
        return f"江{self.organ.short.removeprefix('区').rstrip('局')}函〔{day.year}〕{number}号"

    def phone(self) -> str:
        """The organ's number, which reaches nobody."""
        return OFFICE_NUMBER.format(1 + list(self.cast.organ_by_key).index(self.organ.key))

    # Contacts

    def contact(self, way: str, *, poor: bool = False) -> dict[str, Any]:
        """Way, people and what was said at a contact with the deputy."""
        people = f"{self.words.known['deputy']}代表；{self.organ.short}{self.words.known['section']}负责人、经办人"
        if poor:
            return {"way": way, "people": people, "summary": self.say("contact.poor")}
        said = [self.say(f"contact.{way}"), self.say("contact.said"), self.say("contact.replied")]
        if self.words.likely(0.5):
            said.append(self.say("contact.replied"))
        return {"way": way, "people": people, "summary": "".join(dict.fromkeys(said))}

    # Reasons of an organ

    def decline(self, other: str) -> str:
        """Why another organ should handle it."""
        return self.say("organ.decline", other=self.cast.organ_by_key[other].short, other_duty=self.ask())

    def meeting(self) -> dict[str, Any]:
        """Who met after a second no, and what they agreed."""
        people = f"{self.words.known['deputy']}代表；{self.organ.short}主要负责人；区人大代工委；{self.suggestion.place.words['community']}居民代表"
        return {"people": people, "conclusion": self.say("office.meeting")}
