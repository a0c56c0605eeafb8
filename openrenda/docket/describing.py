"""A procedure in words, read from its table alone: rows ready for the printed manual, the public page and the terminal."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext, ngettext

from openrenda import languages
from openrenda.languages import Labelled, chinese
from openrenda.rulebook import Book, Rule
from openrenda.rulebook.library import NATION, library

from .language import BUILT_IN_STEPS, Clock, Procedure, Step, type_bar

CHINESE, ENGLISH = "zh", "en"
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
WORDS = {
    CHINESE: {
        "join": "、", "open": "（开始）", "stay": "（状态不变）", "at_least": "至少", "before_meeting": "会议举行前",
        "none": "未定日数", "lamp": "届满亮灯", "lapses": "届满后不能再行使", "takes": "届满自动：", "bars": "未满不得：",
        "until": "由办理人写明日期，未写明时", "extended": "后", "other": "非{}者", "fresh": "须再次验证身份", "agent": "可代为录入",
        "only": "选项“{}”为“{}”时", "optional": "可不办", "pause": "停：", "resume": "续：",
        "goes_on": "停后接着计：", True: "是", False: "否", "unknown": "……",
    },
    ENGLISH: {
        "join": ", ", "open": "(begins)", "stay": "(state unchanged)", "at_least": "at least", "before_meeting": "before the meeting",
        "none": "no number of days", "lamp": "a lamp is lit", "lapses": "the right lapses", "takes": "taken by itself: ",
        "bars": "forbidden until then: ", "until": "as written in the step, otherwise", "extended": "after", "other": "not who took {}",
        "fresh": "identity is proved again", "agent": "staff may enter it for somebody", "only": "where option “{}” is “{}”",
        "optional": "may be left out", "pause": "pauses: ", "resume": "resumes: ",
        "goes_on": "runs on after: ", True: "yes", False: "no",
        "unknown": "…",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StepRow:
    """One row of the table in words."""

    key: str
    source: str
    target: str
    label: str
    who: str
    records: str
    bars: tuple[str, ...]
    tells: str
    article: str
    notes: str


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One time limit in words."""

    key: str
    label: str
    whose: str
    starts: str
    stops: str
    amount: str
    article: str
    effect: str


@dataclass(frozen=True, slots=True)
class StateRow:
    """One state in words."""

    key: str
    label: str
    stage: str
    final: bool
    untimed: str


@dataclass(frozen=True, slots=True)
class Description:
    """A whole procedure in words."""

    key: str
    label: str
    article: str
    states: tuple[StateRow, ...]
    steps: tuple[StepRow, ...]
    clocks: tuple[ClockRow, ...]


def describe(procedure: Procedure, language: str = CHINESE, book: Book | None = None) -> Description:
    """The procedure in words, under a book of rules (the nation's, when none is given).

    :param language: ``zh`` or ``en``; what has no English label stays Chinese.
    """
    with speaking(language):
        return _Describer(procedure, language, book or library().book(NATION)).whole()


def speaking(language: str) -> AbstractContextManager[None]:
    """Speak one of the two languages for a while."""
    return languages.speaking("en") if language == ENGLISH else chinese()


class _Describer:
    def __init__(self, table: Procedure, language: str, book: Book) -> None:
        self.table, self.language, self.book, self.words = table, language, book, WORDS[language]

    def whole(self) -> Description:
        table = self.table
        stages = {key: gettext(label) for key, label in table.stages}
        own = [step for step in table.steps if step.key not in BUILT_IN_STEPS]
        return Description(
            table.key, self.name(table), self.cite(table.basis),
            tuple(StateRow(s.key, self.name(s), stages.get(s.stage, ""), s.final, gettext(s.untimed) if s.untimed else "") for s in table.states),
            tuple(self.step(step) for step in own), tuple(self.clock(clock) for clock in table.clocks),
        )  # fmt: skip

    def name(self, thing: Labelled) -> str:
        return thing.words

    def names(self, things: Iterable[Labelled]) -> str:
        return str(self.words["join"]).join(dict.fromkeys(self.name(thing) for thing in things))

    def cite(self, rule: str) -> str:
        """The article, and the rule's own number where there is no article to look up."""
        if not rule or rule not in self.book:
            return rule
        with chinese():
            to_look_up = "《" in self.book.citation(rule)
        words = self.book.citation(rule)
        return words if to_look_up else f"{words} {rule}"

    def step(self, step: Step) -> StepRow:
        sources, words = step.sources, self.words
        return StepRow(
            step.key, self.names(sources) if sources else words["open"], self.name(step.target) if step.target else words["stay"],
            self.name(step), self.names(step.offices), self.records(step), tuple(self.why_not(bar) for bar in step.barred_by),
            self.names(step.tells), self.cite(step.basis), self.notes(step),
        )  # fmt: skip

    def records(self, step: Step) -> str:
        fields = step.records.base_fields.values() if step.records else ()
        return str(self.words["join"]).join(str(field.label) for field in fields if field.label)

    def why_not(self, bar: type_bar) -> str:
        said = [sentence.rstrip("。.") for sentence in _sentences(bar, self.book, self.language)]
        return gettext("；").join(said) or (inspect.getdoc(bar) or bar.__name__).splitlines()[0]

    def notes(self, step: Step) -> str:
        words, parts = self.words, []
        if step.other_than:
            parts.append(words["other"].format(self.names(map(self.table.step, step.other_than))))
        if step.only_if:
            option, value = step.only_if
            parts.append(words["only"].format(self.book.option_row(option).words, words.get(value, value)))
        parts += [words[flag] for flag in ("fresh", "agent") if getattr(step, flag)]
        return "；".join(parts) if self.language == CHINESE else "; ".join(parts)

    def clock(self, clock: Clock) -> ClockRow:
        starts = self.names(self.table.step(key) for key in clock.starts)
        stops = self.names(self.table.step(key) for key in clock.stops)
        return ClockRow(
            clock.key, self.name(clock), self.name(clock.whose), starts, stops, self.amount(clock), self.cite(clock.rule),
            self.effect(clock),
        )  # fmt: skip

    def amount(self, clock: Clock) -> str:
        words = self.words
        parts = [self.length(self.book[clock.rule])]
        if clock.until:
            parts[0] = f"{words['until']}{parts[0]}" if self.language == CHINESE else f"{words['until']} {parts[0]}"
        for key, rule in clock.extends:
            name, longer = self.name(self.table.step(key)), self.length(self.book[rule])
            parts.append(
                f"{name}{words['extended']}{longer}" if self.language == CHINESE else f"{longer} after “{name}”"
            )
        for word, keys in (("pause", clock.pauses), ("resume", clock.resumes), ("goes_on", clock.goes_on)):
            if keys:
                parts.append(f"{words[word]}{self.names(map(self.table.step, keys))}")
        return "；".join(parts) if self.language == CHINESE else "; ".join(parts)

    def length(self, rule: Rule) -> str:
        if rule.value is None:
            return str(self.words["none"])
        before = str(self.words.get(rule.limit, ""))
        return f"{before}{rule.amount}" if self.language == CHINESE else f"{before} {rule.amount}".strip()

    def effect(self, clock: Clock) -> str:
        if clock.then:
            return f"{self.words['takes']}{self.name(self.table.step(clock.then))}"
        if clock.bars:
            return f"{self.words['bars']}{self.names(map(self.table.step, clock.bars))}"
        return str(self.words["lapses"] if clock.right else self.words["lamp"])


@cache
def _sentences(bar: type_bar, book: Book, language: str) -> tuple[str, ...]:
    """The sentences that a bar may return, from its own source; what is only known of a matter is left as an ellipsis."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(bar)))
    except (OSError, SyntaxError, TypeError):
        return ()
    unknown = str(WORDS[language]["unknown"])
    found = [
        _spoken(node.value, book, unknown) for node in ast.walk(tree) if isinstance(node, ast.Return) and node.value
    ]
    return tuple(dict.fromkeys(sentence for returned in found for sentence in returned))


def _spoken(node: ast.expr, book: Book, unknown: str) -> Iterator[str]:
    """What an expression says: a text, a text of the catalogue, either with placeholders, or one of two."""
    if isinstance(node, ast.IfExp):
        yield from _spoken(node.body, book, unknown)
        yield from _spoken(node.orelse, book, unknown)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        known = _known(node.right, book)
        for sentence in _spoken(node.left, book, unknown):
            yield PLACEHOLDER.sub(lambda place: known.get(place[1], unknown), sentence)
    elif isinstance(node, ast.Call):
        said = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        if said:
            yield ngettext(said[0], said[1], 2) if len(said) > 1 else gettext(said[0])
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def _known(node: ast.expr, book: Book) -> dict[str, str]:
    """The placeholders whose words are known of every matter: the articles."""
    known = {}
    for key, value in zip(node.keys, node.values, strict=True) if isinstance(node, ast.Dict) else ():
        if isinstance(key, ast.Constant) and isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
            rule = value.args[0] if value.func.attr == "citation" and value.args else None
            if isinstance(rule, ast.Constant) and rule.value in book:
                known[str(key.value)] = book.citation(str(rule.value))
    return known
