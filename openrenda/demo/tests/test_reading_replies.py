"""How well a reply is read before it goes out, on replies whose truth the maker knows (docs/review.md)."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from random import Random

import pytest

from openrenda.demo.matters import Suggestion
from openrenda.demo.phrases import topics
from openrenda.demo.replies import BOILERPLATE, COPIED, GOOD, ReplyText
from openrenda.demo.tests.conftest import Told
from openrenda.procedures.suggestion.review import Draft, Other, review
from openrenda.procedures.suggestion.review.copies import copies
from openrenda.procedures.suggestion.review.wording import says_nothing

TRIED = 240
# Words that say the same, for those who write somebody else's reply over again.
SAME = {"已": "现已", "完成": "做完", "设置": "安装", "公布": "公开", "居民": "住户", "建立": "设立", "更换": "换新", "开展": "组织", "目前": "到现在为止",
        "同时": "另外", "此外": "另外", "我局": "本局", "建成": "建好", "增设": "加装", "会同": "联合", "问题": "情况", "工作": "事情", "惠及": "受益"}  # fmt: skip


@dataclass(frozen=True)
class Written:
    """A reply with the organ that wrote it."""

    organ: str
    suggestion: Suggestion
    reply: ReplyText


@pytest.fixture(scope="module")
def written(told: Told) -> list[Written]:
    """Every reply of the story, in the order of its plans."""
    found = []
    for plan in told.plans:
        for step in plan.steps:
            if step.step in ("draft_reply", "draft_second_reply"):
                found.append(Written(step.holder, plan.suggestion, step.data["reply"]))
    return found


@pytest.fixture(scope="module")
def good(written: list[Written]) -> dict[str, list[Written]]:
    """The good ones of each organ; a text that stands there twice stands once."""
    by_organ: dict[str, dict[str, Written]] = defaultdict(dict)
    for one in written:
        if one.reply.quality == GOOD and len(one.reply.text) >= 60:
            by_organ[one.organ].setdefault(one.reply.text, one)
    return {organ: list(rows.values()) for organ, rows in by_organ.items() if len(rows) >= 8}


def copied(chance: Random, text: str) -> str:
    """Somebody else's reply with other numbers."""
    return re.sub(r"\d+", lambda _found: str(chance.randint(2, 90)), text)


def partly(chance: Random, text: str, other: str) -> str:
    """The first half of one, the second half of the other."""
    mine, theirs = (re.findall(r"[^。；]+[。；]", one) for one in (text, other))
    return "".join([*mine[: len(mine) // 2], *theirs[len(theirs) // 2 :]])


def reworded(chance: Random, text: str) -> str:
    """Somebody else's reply in other words: synonyms, and the parts of a sentence the other way round."""
    for word, other in SAME.items():
        text = text.replace(word, other)
    sentences = re.findall(r"[^。；]+[。；]", text)
    return "".join("，".join(reversed(one[:-1].split("，"))) + one[-1] for one in sentences)


@cache
def _measured_kinds() -> tuple[str, ...]:
    return ("copied", "partly copied", "said in other words", "original")


def test_copies_are_told_from_originals(good: dict[str, list[Written]]) -> None:
    """Of each organ's replies one is taken away and handed in anew: copied, half copied, in other words, or as its own."""
    chance = Random(41)
    found: dict[str, list[bool]] = {kind: [] for kind in _measured_kinds()}
    for _ in range(TRIED):
        rows = good[chance.choice(sorted(good))]
        one, another = chance.sample(rows, 2)
        kept = [Other(row, row.reply.text) for row in rows if row is not one]
        texts = {
            "copied": copied(chance, another.reply.text),
            "partly copied": partly(chance, one.reply.text, another.reply.text),
            "said in other words": reworded(chance, another.reply.text),
            "original": one.reply.text,
        }
        for kind, text in texts.items():
            found[kind].append(bool(copies(text, kept)))
    shares = {kind: sum(rows) / len(rows) for kind, rows in found.items()}
    print({kind: round(share, 2) for kind, share in shares.items()})
    assert shares["copied"] >= 0.98
    assert shares["partly copied"] >= 0.55
    assert shares["original"] <= 0.15


def test_what_the_story_copied_and_wrote_without_content_is_seen(written: list[Written]) -> None:
    """In the order of the story: each reply against those its organ sent before."""
    before: dict[str, list[Other]] = defaultdict(list)
    seen: dict[str, list[bool]] = defaultdict(list)
    empty: dict[str, list[bool]] = defaultdict(list)
    for one in written:
        text = one.reply.text
        seen[one.reply.quality].append(any(copy.whole for copy in copies(text, before[one.organ])))
        draft = Draft(one.suggestion.title, one.suggestion.written.proposals_text, {"done": one.reply.done})
        empty[one.reply.quality].append(any(finding.kind == "empty" for finding in review(draft).findings))
        before[one.organ].append(Other(one, text))
    print({kind: (sum(rows), len(rows), sum(empty[kind])) for kind, rows in seen.items()})
    assert sum(seen[COPIED]) >= 0.9 * len(seen[COPIED])
    assert sum(seen[GOOD]) <= 0.05 * len(seen[GOOD])
    assert sum(empty[BOILERPLATE]) >= 0.95 * len(empty[BOILERPLATE])
    assert sum(empty[GOOD]) <= 0.02 * len(empty[GOOD])


def answer(chance: Random, ask: str) -> str:
    """A sentence that answers a request: some of its clauses, some of its words changed, with a number and a month."""
    clauses = ask.rstrip("。").split("，")
    kept = clauses[:1] + [clause for clause in clauses[1:] if chance.random() < 0.5]
    text = "，".join(kept)
    for word, other in SAME.items():
        if chance.random() < 0.7:
            text = text.replace(word, other)
    text = text.removeprefix("对").removeprefix("把").removeprefix("在").removeprefix("由")
    return f"{chance.choice(('我局已着手', '现已', '经研究同意'))}{text}，{chance.randint(1, 12)}月完成{chance.randint(2, 9)}处。"


def test_answered_requests_are_told_from_unanswered_ones(told: Told) -> None:
    """Some requests of each suggestion are answered, in other words; the rest of the reply is about another matter."""
    chance = Random(43)
    others = [text for topic in topics() for text in topic["done"] if "{" not in text and "[" not in text]
    right = said = unanswered = 0
    for suggestion in told.suggestions[::3]:
        asks = [proposal.what for proposal in suggestion.proposals]
        if suggestion.kind == "bill" or len(asks) < 2:
            continue
        chosen = {ask for ask in asks if chance.random() < 0.5}
        sentences = [answer(chance, ask) for ask in asks if ask in chosen] + [
            f"{one}。" for one in chance.sample(others, 2)
        ]
        chance.shuffle(sentences)
        found = review(Draft(suggestion.title, suggestion.written.proposals_text, {"done": "".join(sentences)})).answers
        assert len(found) == len(asks)
        for ask, one in zip(asks, found, strict=True):
            right += ask not in chosen and not one.answered
            said += not one.answered
            unanswered += ask not in chosen
    precision, recall = right / said, right / unanswered
    print(f"unanswered {unanswered}, said to be {said}: precision {precision:.2f}, recall {recall:.2f}")
    assert precision >= 0.9
    assert recall >= 0.85


def test_no_formula_stands_in_what_was_really_done() -> None:
    """Of everything the library says was done, nothing is taken for empty words."""
    empty = [text for topic in topics() for text in topic["done"] if says_nothing(text)]
    assert empty == []
