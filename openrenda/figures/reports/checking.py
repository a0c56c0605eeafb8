"""The checker (N02, D12): what blocks a report, what its drafter is warned of, and what she should look at again.

Each finding names its line, the sentence and the kind of trap. Nothing is corrected by itself: words are the author's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import combinations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..counters import PREFIX, shared
from ..language import Period
from .composing import Composed, Item
from .numbers import loose, placeholders
from .parsing import CHART, LIST, SEPARATE, SUM, TYPED, Directive, Place, Words

BLOCKS, WARNS, NOTES = "blocks", "warns", "notes"
STATES = "收集|征集|受理|接收|提出|办理|办结|答复|解决|化解|协调|督办|采纳|处理"
TWO_STATES = re.compile(rf"(?:{STATES})(?:[、并和及与]+(?:{STATES}))+[^，。；\n]{{0,16}}$")
POOLED = re.compile(r"[一-龥]{2,10}(?:[、和及与][一-龥]{2,10})+$")
BEGUN = re.compile(r"(?:收集|征集|受理|接收)[^，。；\n]{0,20}?(\d+)")
ENDED = re.compile(r"(?:解决|办结|答复|化解)[^，。；\n\d]{0,20}?(\d+)")
SENTENCE = re.compile(r"[^。！？\n]+")
ALIKE = 0.72
WHOLE_YEAR_DAYS = 360


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: how grave, of which kind, where, and a sentence that says what to do."""

    grade: str
    kind: str
    place: Place
    words: str


def check(composed: Composed) -> list[Finding]:
    """Everything that was found, the gravest first."""
    found = [finding for look in _CHECKS for finding in look(composed)]
    order = (BLOCKS, WARNS, NOTES)
    unique = dict.fromkeys(found)
    return sorted(unique, key=lambda one: (order.index(one.grade), one.place.part, one.place.line))


def blocking(found: list[Finding]) -> list[Finding]:
    """What has to be settled before the report can be issued."""
    return [finding for finding in found if finding.grade == BLOCKS]


def _unreadable(composed: Composed) -> Iterator[Finding]:
    for problem in composed.problems:
        yield Finding(BLOCKS, "unreadable", problem.place, problem.words)


def _left_over(composed: Composed) -> Iterator[Finding]:
    """T8: a placeholder in the text."""
    for piece in _author(composed):
        for text, start in placeholders(piece.text):
            words = _("“%(text)s”还没有填写：%(around)s") % {"text": text, "around": _around(piece.text, start)}
            yield Finding(BLOCKS, "T8", _at(piece, start), words)


def _unbound(composed: Composed) -> Iterator[Finding]:
    """A number that no figure stands behind; a pooled one (T15) and one for two states (T16) are named so."""
    for piece in _author(composed):
        for number in loose(piece.text):
            place = _at(piece, number.start)
            around = {"number": number.text, "around": _around(piece.text, number.start)}
            yield Finding(WARNS, "unbound", place, _("“%(number)s”没有绑定统计项：%(around)s") % around)
            yield from _in_its_sentence(place, number.text, number.before, pooled=True)


def _numbers_in_sentences(composed: Composed) -> Iterator[Finding]:
    before = ""
    for piece in composed.pieces:
        if isinstance(piece, Words):
            before = (before + piece.text)[-40:]
            continue
        if piece.kind not in (LIST, CHART):
            pooled = piece.kind == TYPED and not piece.named.get("definition")
            yield from _in_its_sentence(piece.place, piece.printed, before, pooled=pooled)
        before = (before + piece.printed)[-40:]


def _in_its_sentence(place: Place, number: str, before: str, *, pooled: bool) -> Iterator[Finding]:
    text = re.split(r"[，。；：\n]", before)[-1]
    if TWO_STATES.search(text):
        words = {"number": number, "text": text.strip()}
        yield Finding(WARNS, "T16", place, _("一个数说了两件事：“%(text)s%(number)s”。请分开写。") % words)
    elif pooled and POOLED.search(re.sub(r"(?:等|活动|各类|各项|共|工作)+$", "", text.strip())):
        words = {"number": number, "text": text.strip()}
        sentence = _(
            '“%(text)s%(number)s”把几类记录合成一个数，没有写明口径：请先建立合并统计，或者在这个数后面写 definition="口径"。'
        )
        yield Finding(BLOCKS, "T15", place, sentence % words)


def _two_values(composed: Composed) -> Iterator[Finding]:
    """T1: one counter printed with two values."""
    seen: dict[tuple[object, ...], Item] = {}
    for item in _numbers(composed):
        name = _typed_name(item, composed)
        if not name:
            continue
        period = item.period
        whose = item.named.get("by", "") if item.kind == TYPED else ""
        key = (name, item.side, item.is_rate, item.unit if item.kind == TYPED and name == item.name else "", period.since,
               period.until, period.session, whose)  # fmt: skip
        first = seen.setdefault(key, item)
        if _amount(first) != _amount(item):
            words = {"label": item.label or name, "one": first.printed, "where": first.place, "other": item.printed}
            sentence = _("同一统计项“%(label)s”写了两个数：%(where)s的%(one)s和这里的%(other)s。请核定一个。")
            yield Finding(BLOCKS, "T1", item.place, sentence % words)


def _typed_name(item: Item, composed: Composed) -> str:
    """What an item counts. A number typed by hand under a figure's name is held to that figure."""
    if item.kind != TYPED or not item.name:
        return item.name
    try:
        return composed.names.find(item.name)[0]
    except LookupError:
        return item.name


def _typed_against_figures(composed: Composed) -> Iterator[Finding]:
    for item in _numbers(composed):
        name = _typed_name(item, composed)
        if (item.kind == TYPED and name != item.name) or (item.kind == TYPED and name in composed.names.figures):
            words = {"label": composed.names.figures[name].label, "name": name}
            yield Finding(
                WARNS, "typed", item.place, _("“%(label)s”系统里有，不必手填：{{ figure %(name)s }}。") % words
            )


def _amount(item: Item) -> tuple[Decimal | None, str]:
    if item.reading is not None and item.side and not item.is_rate:
        return Decimal(item.reading.count(item.side) or 0), ""
    if item.reading is not None:
        return None, f"{item.reading.part}/{item.reading.whole}"
    return item.value, "+" if re.search("[余多]", item.printed) else ""


def _larger_than_whole(composed: Composed) -> Iterator[Finding]:
    """T4: a subset larger than its whole, said so by the author or by the sentence, unless declared to be counted apart."""
    by_name = _by_name(composed)
    for item in _numbers(composed):
        whole = by_name.get(item.named.get("of", ""))
        if (
            whole is not None
            and _more(item, whole)
            and not _apart(composed, {item.label, item.name}, {whole.label, whole.name})
        ):
            words = {"part": item.printed, "whole": whole.printed}
            yield Finding(
                BLOCKS,
                "T4",
                item.place,
                _("部分%(part)s大于整体%(whole)s。改正，或者用 separate 说明是两种口径。") % words,
            )
    for sentence, items, place in _sentences(composed):
        begun, ended = BEGUN.search(sentence), ENDED.search(sentence)
        if not (begun and ended) or int(ended[1]) <= int(begun[1]):
            continue
        named = {name for item in items for name in (item.label, item.name)}
        if not any(named & set(declared.words) for declared in composed.declared if declared.verb == SEPARATE):
            words = {"ended": ended[0], "begun": begun[0]}
            text = _("“%(ended)s”大于“%(begun)s”。如果是两种口径，用 separate 说明理由。")
            yield Finding(WARNS, "T4", place, text % words)


def _more(item: Item, whole: Item) -> bool:
    return item.value is not None and whole.value is not None and item.value > whole.value


def _apart(composed: Composed, part: set[str], whole: set[str]) -> bool:
    return any(
        part & set(declared.words) and whole & set(declared.words)
        for declared in composed.declared
        if declared.verb == SEPARATE and declared.named.get("reason")
    )


def _declared_apart(composed: Composed) -> Iterator[Finding]:
    for declared in composed.declared:
        if declared.verb == SEPARATE and not (declared.named.get("reason") and len(declared.words) > 1):
            yield Finding(
                BLOCKS, "T4", declared.place, _('不同口径写明是哪两项和理由：{{ separate 甲 乙 reason="…" }}。')
            )


def _sums(composed: Composed) -> Iterator[Finding]:
    """A total that its parts do not add up to; and parts that share records."""
    by_name = _by_name(composed)
    for declared in (one for one in composed.declared if one.verb == SUM):
        found = [
            by_name.get(_resolved(composed, word)) or by_name.get(word) for word in declared.words if word not in "=+"
        ]
        values = [item.value if item is not None else None for item in found]
        if len(found) < 3 or None in values:
            yield Finding(BLOCKS, "sum", declared.place, _("合计写成 {{ sum 总数 部分 部分 }}，各项都要在正文中出现。"))
            continue
        total, parts = values[0], [value for value in values[1:] if value is not None]
        if total != sum(parts):
            words = {"total": total, "parts": " + ".join(str(part) for part in parts), "sum": sum(parts)}
            yield Finding(BLOCKS, "sum", declared.place, _("合计%(total)s不等于%(parts)s = %(sum)s。") % words)
        yield from _shared(declared, [item for item in found[1:] if item is not None])


def _by_name(composed: Composed) -> dict[str, Item]:
    named = [(name, item) for item in _numbers(composed) for name in (item.label, item.name)]
    return {name: item for name, item in named if name}


def _resolved(composed: Composed, said: str) -> str:
    try:
        return composed.names.find(said)[0]
    except LookupError:
        return said


def _shared(declared: Directive, items: list[Item]) -> Iterator[Finding]:
    for one, other in combinations(items, 2):
        if one.figure is None or other.figure is None or PREFIX not in one.name + other.name:
            continue
        both = len(shared(one.figure, other.figure, one.period))
        if both:
            words = {"one": one.label, "other": other.label, "count": both}
            yield Finding(
                WARNS,
                "shared",
                declared.place,
                _("“%(one)s”和“%(other)s”有%(count)s件相同的记录，相加会重复计算。") % words,
            )


def _part_years(composed: Composed) -> Iterator[Finding]:
    """T20: a part of a year beside a whole one."""
    by_name: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in composed.items:
        if item.name:
            by_name[item.name, item.side].append(item)
    for items in by_name.values():
        whole = next((item for item in items if is_whole_year(item.period)), None)
        part = next((item for item in items if item.period.unfinished and item.period.session is None), None)
        if whole is not None and part is not None:
            words = {"label": part.label, "day": date_format(part.period.as_of)}
            sentence = _("“%(label)s”只到%(day)s，不满一年，不能同全年的数放在一起比较。写相同的起止日期。")
            yield Finding(BLOCKS, "T20", part.place, sentence % words)


def is_whole_year(period: Period) -> bool:
    """A year that was over on the day."""
    return not period.unfinished and period.session is None and (period.until - period.since).days >= WHOLE_YEAR_DAYS


def _alike(composed: Composed) -> Iterator[Finding]:
    """T3, T18: two counters that a reader could take for one another carry their unit, and whose work they are."""
    seen: dict[str, Item] = {}
    for item in _numbers(composed):
        if item.label:
            seen.setdefault(f"{item.name} {item.named.get('by', '')}", item)
    for one, other in combinations(seen.values(), 2):
        if not _confusable(one, other):
            continue
        bare = [item for item in (one, other) if item.form.bare or (item.kind == TYPED and not item.unit)]
        nobody = [item for item in (one, other) if item.kind == TYPED and not item.named.get("by")]
        words = {"one": one.label, "other": other.label}
        if bare:
            yield Finding(WARNS, "T3", bare[0].place, _("“%(one)s”和“%(other)s”容易混淆，须写明单位。") % words)
        if nobody:
            yield Finding(
                WARNS, "T3", nobody[0].place, _('“%(one)s”和“%(other)s”容易混淆，须写明主体：by="…"。') % words
            )
        if not bare and not nobody:
            yield Finding(NOTES, "T18", other.place, _("“%(one)s”和“%(other)s”是两个统计项，请在正文中分清。") % words)


def _confusable(one: Item, other: Item) -> bool:
    if one.unit != other.unit and not (one.kind == TYPED or other.kind == TYPED):
        return False
    if one.is_rate and other.is_rate:
        return True
    a, b = one.label, other.label
    return (a in b or b in a or SequenceMatcher(None, a, b).ratio() >= ALIKE) and one.is_rate == other.is_rate


def _sentences(composed: Composed) -> Iterator[tuple[str, list[Item], Place]]:
    """The sentences as printed, with the items that stand in each."""
    text, spans = "", []
    for piece in composed.pieces:
        if isinstance(piece, Words):
            text += piece.text
        else:
            spans.append((len(text), piece))
            text += piece.printed
    for found in SENTENCE.finditer(text):
        items = [item for start, item in spans if found.start() <= start < found.end()]
        yield found[0], items, items[0].place if items else Place(text.count("\n", 0, found.start()) + 1)


def _numbers(composed: Composed) -> list[Item]:
    return [item for item in composed.items if item.kind not in (LIST, CHART)]


def _author(composed: Composed) -> Iterator[Words]:
    return (piece for piece in composed.pieces if isinstance(piece, Words))


def _at(piece: Words, start: int) -> Place:
    return Place(piece.place.line + piece.text.count("\n", 0, start), piece.place.part)


def _around(text: str, start: int) -> str:
    line = text[text.rfind("\n", 0, start) + 1 :].split("\n", 1)[0]
    at = start - (text.rfind("\n", 0, start) + 1)
    return f"…{line[max(0, at - 12) : at + 18].strip()}…"


_CHECKS: tuple[Callable[[Composed], Iterator[Finding]], ...] = (
    _unreadable, _left_over, _unbound, _numbers_in_sentences, _two_values, _typed_against_figures, _larger_than_whole,
    _declared_apart, _sums, _part_years, _alike,
)  # fmt: skip
