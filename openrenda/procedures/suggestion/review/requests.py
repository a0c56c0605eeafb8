"""What a suggestion asks for, one request after another, and whether a reply speaks of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from openrenda.search.words import folded

from .sentences import Sentence, sentences
from .wording import telling, without

_ITEM = re.compile(
    r"(?:^|(?<=[\n。；;：:，,]))\s*(?:[（(]\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[）)]|(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[、.．](?!\d)"
    r"|第[一二三四五六七八九十][，,、]|[一二三四五六七八九]是)\s*|[①-⑳]\s*",
    re.MULTILINE,
)
_ASKS = re.compile("建议|希望|恳请|请|应当|应|要求|呼吁|盼")
MOST = 20
# From this share of a request's telling words on, a sentence of the reply is taken to speak of it.
SPOKEN_OF = 0.2
IN_OTHERS, IN_TITLE, OPENING = 0.6, 0.6, 2.0


@dataclass(frozen=True)
class Answer:
    """A request, the sentence of the reply that speaks of it, and the telling words both have."""

    request: str
    sentence: Sentence | None
    shared: tuple[str, ...]

    @property
    def answered(self) -> bool:
        """Whether the reply speaks of it."""
        return self.sentence is not None


def requests(proposals: str) -> list[str]:
    """The requests: numbered items; else the sentences that ask; else, as the field is for nothing but requests, every sentence."""
    items = [item for item in _items(proposals) if item]
    if len(items) < 2:
        every = [one.text for one in sentences(proposals)]
        items = [text for text in every if _ASKS.search(text)] or every
    return [item.strip("。；;，, \n") for item in items][:MOST]


def _items(text: str) -> Iterator[str]:
    """What follows each number, up to the next number or the end of its line."""
    marks = list(_ITEM.finditer(text))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    for mark, end in zip(marks, ends, strict=False):
        yield text[mark.end() : end].strip().partition("\n")[0].strip()


def answers(title: str, proposals: str, reply: Iterable[Sentence]) -> list[Answer]:
    """For each request, the sentence of the reply that speaks of it most, if one does.

    Words of the title and of other requests count less: whoever speaks of one request speaks of them too. Those of the
    request's first clause count more: there stands what is asked, and reasons and wishes follow.
    """
    asked = requests(proposals)
    words = [telling(without(request, "empty")) for request in asked]
    counted = Counter(word for some in words for word in some)
    heading = folded(title)
    told = [(sentence, folded(sentence.text)) for sentence in reply]
    found = []
    for request, its in zip(asked, words, strict=True):
        opening = folded(request.partition("，")[0])
        weights = {
            word: (IN_OTHERS if counted[word] > 1 else IN_TITLE if word in heading else 1.0)
            * (OPENING if word in opening else 1.0)
            for word in its
        }
        found.append(_answer(request, weights, told))
    return found


def _answer(request: str, weights: dict[str, float], told: list[tuple[Sentence, str]]) -> Answer:
    whole = sum(weights.values())
    best, shared, score = None, [], 0.0
    for sentence, text in told:
        here = [word for word in weights if _in(word, text)]
        value = sum(weights[word] for word in here) / whole if whole else 0.0
        if value > score:
            best, shared, score = sentence, here, value
    return Answer(request, best if score >= SPOKEN_OF else None, tuple(shared))


def _in(word: str, text: str) -> bool:
    """Whether the word stands there; of a long one, its halves do as well (``限重标志``, ``限重的标志``)."""
    if word in text:
        return True
    return len(word) >= 4 and word[:2] in text and word[-2:] in text
