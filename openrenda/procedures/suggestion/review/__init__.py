"""A reply read before it goes out: advice with reasons for the person who writes or signs it (SUG-10).

Text in, advice out: nothing is asked of a database, nothing is kept, nobody is scored, and no advice stops a step.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from django.utils.translation import gettext as _

from .copies import Copy, Other, copies
from .promises import Missing, Promise, open_points
from .requests import Answer, answers
from .sentences import Sentence, sentences
from .wording import is_courtesy, says_nothing

__all__ = ["Answer", "Copy", "Draft", "Finding", "Other", "Promise", "Review", "review"]

REQUEST, WHO_WHEN, EMPTY, COPY, READING = "request", "who_when", "empty", "copy", "reading"
LONG_SENTENCE, LONG_ON_AVERAGE, MANY_FORMULAS = 100, 60, 0.4
MOST_OF_A_KIND = 5
QUOTED = 60


@dataclass(frozen=True)
class Draft:
    """A reply as it stands, with what it answers. ``parts`` are its fields in their order, by name."""

    title: str
    proposals: str
    parts: dict[str, str]
    promises: tuple[Promise, ...] = ()

    @property
    def text(self) -> str:
        """All parts in one."""
        return "\n".join(filter(None, self.parts.values()))

    def sentences(self, *fields: str) -> list[Sentence]:
        """The sentences of the fields named, or of all."""
        return [one for name in fields or self.parts for one in sentences(self.parts.get(name, ""), name)]


@dataclass(frozen=True)
class Finding:
    """One piece of advice: what to do, why, and the words it is about (their field and place; nothing for the whole)."""

    kind: str
    advice: str
    reason: str
    quote: str = ""
    field: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Review:
    """What there is to say about a reply."""

    findings: tuple[Finding, ...]
    answers: tuple[Answer, ...]
    copies: tuple[Copy, ...]

    @property
    def answered(self) -> int:
        """How many requests the reply speaks of."""
        return sum(answer.answered for answer in self.answers)

    @property
    def remarks(self) -> tuple[Finding, ...]:
        """The findings but those about requests, which are told request by request."""
        return tuple(finding for finding in self.findings if finding.kind != REQUEST)


def review(draft: Draft, others: Iterable[Other] = ()) -> Review:
    """Read the reply against the suggestion and against other replies."""
    told = draft.sentences()
    spoken = [*told, *(Sentence("promises", 0, one.what) for one in draft.promises)]
    asked = answers(draft.title, draft.proposals, [one for one in spoken if not says_nothing(one.text)])
    repeated = copies(draft.text, others)
    findings = [
        *_about_requests(asked),
        *_about_copies(repeated),
        *map(_about_plan, open_points(_plan(draft), draft.promises)[:MOST_OF_A_KIND]),
        *_about_formulas(told),
        *_about_reading(told),
    ]
    return Review(tuple(findings), tuple(asked), tuple(repeated))


def _plan(draft: Draft) -> list[Sentence]:
    return [one for one in draft.sentences("planned") if not is_courtesy(one.text)]


def _at(kind: str, sentence: Sentence, advice: str, reason: str) -> Finding:
    return Finding(kind, advice, reason, shortened(sentence.text), sentence.field, sentence.start, sentence.end)


def shortened(text: str) -> str:
    """The beginning of a text, as a quotation."""
    return text if len(text) <= QUOTED else f"{text[:QUOTED]}…"


def _about_requests(asked: list[Answer]) -> list[Finding]:
    return [
        Finding(
            REQUEST,
            _("请逐条回应：这一条好像还没有说到。不能办的，也写明为什么。"),
            _("答复里没有哪句话与这一条有足够的共同用词。"),
            shortened(answer.request),
        )
        for answer in asked
        if not answer.answered
    ]  # fmt: skip


def _about_copies(repeated: list[Copy]) -> list[Finding]:
    whole = _("这份答复与另一份几乎一样，请核对是不是拿错了稿子，或者写明这一件的实际情况。")
    partly = _("这份答复有一部分与另一份相同，请核对相同的地方说的是不是这一件。")
    same = _("有 %(percent)d%% 的文字与另一份相同（数字不比较），见下面的对照。")
    long = _("有 %(percent)d%% 的文字与另一份连续二十四字以上相同，见下面的对照。")
    return [
        Finding(COPY, whole if one.whole else partly, (same if one.whole else long) % {"percent": round(one.share * 100)})
        for one in repeated
    ]  # fmt: skip


def _about_plan(point: Missing) -> Finding:
    lacking = [words for lacks, words in ((point.who, _("由谁办")), (point.what, _("办什么")), (point.when, _("什么时候办成"))) if lacks]  # fmt: skip
    advice = _("请写明：%(points)s。") % {"points": _("、").join(lacking)}
    if point.when and point.vague:
        reason = _("“%(words)s”不是期限，代表无法据此核对。") % {"words": _("、").join(point.vague[:3])}
    else:
        reason = _("代表凭答复核对落实，要知道谁、办什么、到什么时候。")
    return _at(WHO_WHEN, point.sentence, advice, reason)


def _about_formulas(told: list[Sentence]) -> list[Finding]:
    advice = _("这句话没有说出具体的事，可以删去，或者换成做了什么、数量多少、在什么地方。")
    empty = [one for one in told if one.field != "planned" and says_nothing(one.text)]
    return [_at(EMPTY, one, advice, _("去掉套话以后没有剩下可以核对的内容。")) for one in empty[:MOST_OF_A_KIND]]


def _about_reading(told: list[Sentence]) -> list[Finding]:
    if not told:
        return []
    found = [
        _at(READING, one, _("这句话太长，可以拆成两三句。"), _("这句话有 %(count)d 个字。") % {"count": len(one.text)})
        for one in told
        if len(one.text) > LONG_SENTENCE
    ]
    average = fmean(len(one.text) for one in told)
    if average > LONG_ON_AVERAGE and not found:
        reason = _("平均一句 %(count)d 个字，超过 %(limit)d 字就不容易读。") % {"count": round(average), "limit": LONG_ON_AVERAGE}  # fmt: skip
        found.append(Finding(READING, _("句子偏长，可以多用句号。"), reason))
    formulas = sum(says_nothing(one.text) for one in told)
    if formulas / len(told) >= MANY_FORMULAS:
        reason = _("全文 %(all)d 句，有 %(count)d 句没有说出具体的事。") % {"all": len(told), "count": formulas}
        found.append(Finding(READING, _("套话占得多，代表读完不知道办了什么。"), reason))
    return found[:MOST_OF_A_KIND]
