"""How the text of a suggestion is put together out of a topic: title, situation, analysis, proposals."""

from __future__ import annotations

from dataclasses import dataclass

from .phrases import ORDER, Words, remarks

NUMBERINGS = ("{number}. {what}。", "{order}是{what}；", "（{order}）{what}。", "{order}、{what}。")
OPENED, VOICED, LINKED, CLOSED, ANALYSED, WISHED = 0.62, 0.42, 0.45, 0.4, 0.86, 0.4


@dataclass(frozen=True)
class Proposal:
    """What should be done, and by which organ."""

    what: str
    who: str


@dataclass(frozen=True)
class Written:
    """The words of a suggestion."""

    title: str
    situation: str
    analysis: str
    proposals: tuple[Proposal, ...]
    proposals_text: str
    origin: str = ""


def compose(words: Words, topic: dict) -> Written:
    """One deputy's way of telling a topic at a place."""
    proposals = tuple(proposal(words, ask) for ask in words.some(topic["asks"], 2, 5))
    if words.likely(WISHED) and len(proposals) < 5:
        proposals += (Proposal(words.one(remarks("analysis.wish")), topic["lead"]),)
    return Written(
        title=words.one(topic["titles"]),
        situation=_situation(words, topic),
        analysis=_analysis(words, topic) if words.likely(ANALYSED) else "",
        proposals=proposals,
        proposals_text=number(words, [row.what for row in proposals]),
        origin=words.one(remarks("origin.pool")) if words.likely(0.5) else "",
    )


def compose_oddity(words: Words, row: dict) -> Written:
    """An ugly one, as it stands in the library."""
    proposals = tuple(proposal(words, ask) for ask in row["asks"])
    text = number(words, [ask.what for ask in proposals])
    return Written(words(row["title"]), words(row["situation"]), words(row["analysis"]), proposals, text)


def proposal(words: Words, ask: str) -> Proposal:
    """``what@organ`` as a proposal."""
    what, who = ask.rsplit("@", 1)
    return Proposal(words(what), who)


def number(words: Words, items: list[str]) -> str:
    """Items one below the other, numbered the way this deputy numbers."""
    style = words.chance.choice(NUMBERINGS)
    lines = [style.format(number=i + 1, order=ORDER[i], what=item) for i, item in enumerate(items)]
    return "\n".join(lines).removesuffix("；") + ("。" if lines[-1].endswith("；") else "")


def _situation(words: Words, topic: dict) -> str:
    opening = [words.one(remarks("situation.opening"))] if words.likely(OPENED) else []
    facts = [words(fact) for fact in words.some(topic["facts"], 2, 3)]
    if words.likely(0.5):
        words.chance.shuffle(facts)
    voice = [words.one(remarks("situation.voice"))] if words.likely(VOICED) else []
    return "".join(opening + facts + voice)


def _analysis(words: Words, topic: dict) -> str:
    link = [words.one(remarks("analysis.link"))] if words.likely(LINKED) else []
    causes = [words(cause) for cause in words.some(topic["causes"], 1, 2)]
    close = [words.one(remarks("analysis.close"))] if words.likely(CLOSED) else []
    return "".join(link + causes + close)
