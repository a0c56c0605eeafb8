"""Who does what by when: of each promise and of each sentence of the plan."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .sentences import Sentence
from .wording import named, says_nothing, telling

_DAY = re.compile(
    r"\d{2,4}\s*年|\d{1,2}\s*月|\d{1,2}\s*日前|[一二三四五六七八九十]{1,2}月|年底|年内|年中|月底|本月|下月|季度|上半年|下半年|明年|后年|春节前|国庆|汛期前|开学前|学期"
    r"|(?:\d+|[一二三四五六七八九十两]+)\s*(?:个工作日|个月|天|日|周|年)(?:之?内|以内)|节前|入夏前|入冬前"
)
_WHO = re.compile(
    r"由[^，。；]{2,24}?(?:负责|牵头|承担|实施|落实|组织)|[^，。；（(]{2,20}(?:负责|牵头)|责任(?:人|单位)|我[局委办院处大队中心街镇公司站所厅]"
    r"|(?:局|科|室|大队|支队|中心|街道|街道办|镇政府|公司|处|委|站|所|分局|集团|社区|村)(?:将|已|拟|会|计划|正在)"
)


@dataclass(frozen=True)
class Promise:
    """A promise that is kept apart: what, who and by when."""

    what: str
    who: str
    by: str


@dataclass(frozen=True)
class Missing:
    """A sentence of the plan, and which of who, what and when it leaves open; ``vague`` are the words that stand for a day."""

    sentence: Sentence
    who: bool
    what: bool
    when: bool
    vague: tuple[str, ...]

    @property
    def anything(self) -> bool:
        """Whether one of the three is left open."""
        return self.who or self.what or self.when


def open_points(plan: Iterable[Sentence], promises: Iterable[Promise]) -> list[Missing]:
    """The sentences of the plan that leave something open; what a promise of the list says by itself is not asked of them."""
    kept = list(promises)
    found = [missing(sentence) for sentence in plan if not any(_says_the_same(one, sentence) for one in kept)]
    return [one for one in found if one.anything]


def missing(sentence: Sentence) -> Missing:
    """Which of who, what and when a sentence leaves open."""
    text = sentence.text
    what = says_nothing(text) or not telling(text)
    return Missing(sentence, not _WHO.search(text), what, not _DAY.search(text), tuple(named(text, "vague_time")))


def _says_the_same(promise: Promise, sentence: Sentence) -> bool:
    words = telling(promise.what)
    return bool(promise.who and promise.by and words) and sum(word in sentence.text for word in words) >= 0.6 * len(
        words
    )
