"""The text of a report: Markdown with directives in double braces, ``{{ figure suggestion.received }}``.

A directive stands on one line: a word for what it does, what it is about, then how it is written. English and Chinese words mean
the same. Nothing here touches the database.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

DIRECTIVE = re.compile(r"\{\{(?P<inside>[^{}\n]*)\}\}")
STRAY = re.compile(r"\{\{|\}\}")
TOKEN = re.compile(
    r"""(?P<name>[^\s="“”]+)=(?:"(?P<straight>[^"]*)"|“(?P<curly>[^”]*)”|(?P<bare>\S+))|"(?P<quoted>[^"]*)"|(?P<word>\S+)"""
)
FIGURE, LIST, CHART, TYPED, INCLUDE, SEPARATE, SUM = "figure", "list", "chart", "typed", "include", "separate", "sum"
VERBS = {
    "figure": FIGURE, "统计": FIGURE, "list": LIST, "清单": LIST, "chart": CHART, "图表": CHART, "typed": TYPED, "手填": TYPED,
    "include": INCLUDE, "引用": INCLUDE, "separate": SEPARATE, "不同口径": SEPARATE, "sum": SUM, "合计": SUM,
}  # fmt: skip
NAMES = {"出处": "source", "名称": "as", "主体": "by", "属于": "of", "理由": "reason", "年度": "year", "自": "since", "至": "until",
         "截至": "as_of", "口径": "definition"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the line, and the part when it is not the main text."""

    line: int
    part: str = ""

    def __str__(self) -> str:
        words = {"line": self.line, "part": self.part}
        return _("“%(part)s”第%(line)s行") % words if self.part else _("第%(line)s行") % words


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that cannot be done as written, with where it stands."""

    place: Place
    words: str


@dataclass(frozen=True, slots=True)
class Words:
    """The author's own text."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Directive:
    """One pair of braces: what it does, its words in order, its named values."""

    verb: str
    words: tuple[str, ...]
    place: Place
    named: Mapping[str, str] = field(default_factory=dict)
    raw: str = ""


Piece = Words | Directive
Read = tuple[list[Piece], list[Problem]]


def parse(text: str, parts: Mapping[str, str] | None = None) -> Read:
    """The pieces of a text with its parts put in, and what could not be read. Never raises."""
    pieces: list[Piece] = []
    problems: list[Problem] = []
    _expand(text, "", dict(parts or {}), (), pieces, problems)
    return pieces, problems


def _expand(
    text: str, name: str, parts: dict[str, str], above: tuple[str, ...], pieces: list[Piece], problems: list[Problem]
) -> None:
    for piece in _pieces(text, name, problems):
        if isinstance(piece, Words) or piece.verb != INCLUDE:
            pieces.append(piece)
            continue
        wanted = piece.words[0] if piece.words else ""
        circle = (*above, name, wanted)
        if wanted in (*above, name) and wanted:
            start = circle.index(wanted)
            problems.append(
                Problem(piece.place, _("引用成了一个圈：%(circle)s。") % {"circle": " → ".join(circle[start:])})
            )
        elif wanted not in parts:
            known = _("、").join(sorted(parts)) or _("还没有任何部分")
            words = {"name": wanted, "known": known}
            problems.append(Problem(piece.place, _("没有名为“%(name)s”的部分。现有：%(known)s。") % words))
        else:
            _expand(parts[wanted], wanted, parts, (*above, name), pieces, problems)


def _pieces(text: str, part: str, problems: list[Problem]) -> Iterator[Piece]:
    at, line = 0, 1
    for found in DIRECTIVE.finditer(text):
        yield from _words(text[at : found.start()], line, part, problems)
        line += text.count("\n", at, found.start())
        directive = _directive(found["inside"], found[0], Place(line, part), problems)
        if directive is not None:
            yield directive
        at = found.end()
    yield from _words(text[at:], line, part, problems)


def _words(text: str, line: int, part: str, problems: list[Problem]) -> Iterator[Words]:
    for stray in STRAY.finditer(text):
        here = Place(line + text.count("\n", 0, stray.start()), part)
        problems.append(
            Problem(here, _("“%(braces)s”没有配对：一处数字要写在同一行的 {{ 和 }} 之间。") % {"braces": stray[0]})
        )
    if text:
        yield Words(text, Place(line, part))


def _directive(inside: str, raw: str, place: Place, problems: list[Problem]) -> Directive | None:
    words: list[str] = []
    named: dict[str, str] = {}
    for token in TOKEN.finditer(inside):
        if token["name"]:
            value = next(token[kind] for kind in ("straight", "curly", "bare") if token[kind] is not None)
            named[NAMES.get(token["name"], token["name"])] = value
        else:
            words.append(token["quoted"] if token["quoted"] is not None else token["word"])
    if not words:
        problems.append(Problem(place, _("空的 {{ }} 还没有填写。")))
        return None
    verb = VERBS.get(words[0].lower())
    if verb is None:
        known = _("、").join(key for key in VERBS if key.isascii())
        wrong = {"word": words[0], "known": known}
        problems.append(Problem(place, _("不认识“%(word)s”。可以写：%(known)s。") % wrong))
        return None
    return Directive(verb, tuple(words[1:]), place, named, raw)
