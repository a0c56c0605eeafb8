"""What was written: sizes, variety, near-duplicates, and sentences that are sentences."""

from __future__ import annotations

import random
import re
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

from openrenda.demo.matters import SAME_MATTER, SAME_TOPIC_KIND, SUGGESTIONS, Suggestion
from openrenda.demo.orders import make_orders
from openrenda.demo.replies import BOILERPLATE, COPIED, GOOD, ReplyText

from .conftest import TODAY, Told, tell

CATEGORIES = Path(__file__).resolve().parents[2] / "people" / "data" / "categories.toml"
LEFT_OVER = re.compile(r"[\[\]{}|@]")
DOUBLED = re.compile(r"[，。；、]{2,}|。”。|！。|。，|，。|：。")
GRAM = 8


def grams(text: str) -> set[str]:
    return {text[at : at + GRAM] for at in range(len(text) - GRAM + 1)}


def shared(left: set[str], right: set[str]) -> float:
    """How much of the shorter text stands in the other."""
    return len(left & right) / max(1, min(len(left), len(right)))


def replies(told: Told) -> list[ReplyText]:
    return [step.data["reply"] for plan in told.plans for step in plan.steps if "reply" in step.data]


def test_the_same_seed_and_day_tell_the_same_story() -> None:
    assert tell(5, TODAY) == tell(5, TODAY)


def test_another_seed_tells_another_story(told: Told) -> None:
    other = tell(6, TODAY)
    same = {s.text for s in told.suggestions} & {s.text for s in other.suggestions}
    assert len(same) < SUGGESTIONS * 0.05


def test_another_day_moves_the_story() -> None:
    later = tell(5, date(2027, 6, 1))
    assert len(later.suggestions) == SUGGESTIONS
    assert later.suggestions[-1].raised_on > date(2027, 5, 1)


def test_nine_hundred_suggestions_of_every_kind(told: Told) -> None:
    made = told.suggestions
    assert len(made) == SUGGESTIONS == 900
    assert len({s.topic for s in made}) >= 60
    assert len({s.category[:2] for s in made}) >= 18
    bills = [s for s in made if s.kind == "bill"]
    assert len(bills) == 12
    assert all(1 + len(s.cosigners) >= 10 and s.in_session for s in bills), (
        "地方组织法第二十二条: ten deputies, in session"
    )
    assert {s.oddity for s in made} - {""} == {
        "two_matters", "private", "letter", "empty", "tender", "personal_data", "emoji", "overlong", "very_short", "odd_numbers",
    }  # fmt: skip
    assert sum(s.confidential for s in made) >= 5
    assert 0.45 < sum(s.in_session for s in made) / len(made) < 0.65
    assert sum(bool(s.delegation) for s in made) >= 3


def test_categories_are_those_of_the_tree_that_ships(told: Told) -> None:
    tree = tomllib.loads(CATEGORIES.read_text(encoding="utf-8"))["category"]
    codes = {row["code"] for row in tree} | {part["code"] for row in tree for part in row.get("parts", [])}
    assert {s.category for s in told.suggestions} <= codes
    assert {order.category for order in make_orders(told.cast)} <= codes


def test_titles_are_short_long_and_different(told: Told) -> None:
    lengths = [len(s.title) for s in told.suggestions]
    assert min(lengths) <= 3
    assert max(lengths) == 135
    assert len({s.title for s in told.suggestions}) > 840


def test_no_marks_are_left_and_sentences_end(told: Told) -> None:
    spoken = [
        value for plan in told.plans for step in plan.steps for value in step.data.values() if isinstance(value, str)
    ]
    texts = [
        *(s.text for s in told.suggestions),
        *(s.title for s in told.suggestions),
        *(r.text for r in replies(told)),
    ]
    for text in texts + spoken:
        assert not LEFT_OVER.search(text), text
        assert not DOUBLED.search(text), text
    for suggestion in told.suggestions:
        assert suggestion.written.situation.endswith(("。", "”", "❤️", "☔️", "！")), suggestion.written.situation
        assert suggestion.written.proposals_text.endswith("。")


def test_texts_differ_from_one_another(told: Told) -> None:
    """Two suggestions taken at random share next to nothing; two of one topic share their subject only."""
    chance, made = random.Random(1), told.suggestions
    index = {s.key: grams(s.text) for s in made}
    pairs = [chance.sample(made, 2) for _ in range(4000)]
    assert sum(shared(index[a.key], index[b.key]) for a, b in pairs) / len(pairs) < 0.03
    by_topic = [(a, b) for a, b in pairs if a.topic == b.topic and not a.similar_to]
    assert all(a.written.situation != b.written.situation for a, b in by_topic)
    situations = Counter(s.written.situation for s in made)
    assert max(situations.values()) == 1


def test_near_duplicates_are_labelled_and_are_what_they_say(told: Told) -> None:
    by_key = {s.key: s for s in told.suggestions}
    pairs = [(s, by_key[x.key], x.kind) for s in told.suggestions for x in s.similar_to]
    kinds = Counter(kind for _, _, kind in pairs)
    assert kinds == {SAME_MATTER: 46, SAME_TOPIC_KIND: 40}
    for one, other, kind in pairs:
        assert one.topic == other.topic
        assert (one.place.name == other.place.name) == (kind == SAME_MATTER)
        assert one.proposer != other.proposer or kind == SAME_TOPIC_KIND
        assert one.written.situation != other.written.situation


def test_two_suggestions_of_one_topic_and_place_are_always_labelled(told: Told) -> None:
    """So that the labels can be used to measure precision: nothing alike is unlabelled."""
    labelled = {frozenset((s.key, x.key)) for s in told.suggestions for x in s.similar_to if x.kind == SAME_MATTER}
    groups: dict[tuple[str, str], list[Suggestion]] = {}
    for suggestion in told.suggestions:
        if not suggestion.oddity:
            groups.setdefault((suggestion.topic, suggestion.place.name), []).append(suggestion)
    alike = {frozenset((a.key, b.key)) for found in groups.values() for a in found for b in found if a.key < b.key}
    linked = {key for pair in labelled for key in pair}
    assert labelled <= alike
    assert all(pair <= linked for pair in alike)


def test_replies_are_good_poor_and_of_every_class(told: Told) -> None:
    made = replies(told)
    assert {r.result_class for r in made} == {"A", "B", "C", "D"}
    kinds = Counter(r.quality for r in made)
    assert kinds[GOOD] > 0.85 * len(made)
    assert kinds[BOILERPLATE] > 5
    assert kinds[COPIED] > 3
    for reply in made:
        assert reply.done or reply.planned or reply.cannot
        assert reply.promises or reply.result_class != "B", "a class that promises names its promises"
        assert reply.cannot or reply.result_class not in "CD", "a class that refuses says why"
        assert all(p.what and p.who for p in reply.promises)
    numbers = [(r.number) for r in made]
    assert len(numbers) == len(set(numbers)), "no organ gives a number twice"


def test_replies_speak_of_the_place(told: Told) -> None:
    """All but the empty ones name the place, the street or the community of the suggestion."""
    good = [
        (plan.suggestion, step.data["reply"]) for plan in told.plans for step in plan.steps
        if "reply" in step.data and step.data["reply"].quality == GOOD and not plan.suggestion.oddity
    ]  # fmt: skip
    naming = [any(word in reply.text for word in suggestion.place.words.values()) for suggestion, reply in good]
    assert sum(naming) / len(naming) > 0.7


def test_thirty_orders_in_every_stage(told: Told) -> None:
    orders = make_orders(told.cast)
    assert len(orders) == 30
    assert {order.fate for order in orders} == {
        "confirmed",
        "not_done",
        "declined",
        "served",
        "serving",
        "accepted",
        "placed",
    }
    assert all(
        order.placed_on <= TODAY and not LEFT_OVER.search(order.title + order.need + order.service) for order in orders
    )
    assert all(order.served_on <= TODAY for order in orders if order.fate in ("confirmed", "served", "not_done"))
