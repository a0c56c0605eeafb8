"""A report as HTML and as the blocks of an official document, from the same pieces.

Markdown is parsed without raw HTML, links and pictures; a number stands in it as one sign of private use until it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from openrenda.documents.official import Table, Text

from .parsing import CHART, LIST

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

OPEN, CLOSE = "\ue000", "\ue001"
MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")
OWN_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．、]\s*)")
OFF = ("link", "image", "autolink", "html_block", "html_inline", "code", "fence", "reference", "entity")
DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Shown:
    """An item as every form of the report shows it, whether it is worked out now or was frozen."""

    position: int
    kind: str
    printed: str
    label: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    series: tuple[dict[str, Any], ...] = field(default=())


Piece = str | Shown
Link = Callable[[Shown], SafeString]


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table").disable(list(OFF))


def marked(pieces: Iterable[Piece]) -> tuple[str, dict[int, Shown]]:
    """The text with a sign for every item, and the items by sign. A list or chart stands in a paragraph of its own."""
    text, items = "", {}
    for piece in pieces:
        if isinstance(piece, str):
            text += piece.replace(OPEN, "").replace(CLOSE, "")
            continue
        items[piece.position] = piece
        sign = f"{OPEN}{piece.position}{CLOSE}"
        text += f"\n\n{sign}\n\n" if piece.kind in (LIST, CHART) else sign
    return text, items


def as_html(pieces: Iterable[Piece], link: Link) -> SafeString:
    """The report as HTML; ``link`` gives the words of one number, safe, with the way to its list."""
    text, items = marked(pieces)
    html = _markdown().render(text)
    html = (
        re.sub(f"<p>({MARK.pattern})</p>", r"\1", html)
        if any(item.kind in (LIST, CHART) for item in items.values())
        else html
    )
    shown = MARK.sub(lambda found: str(conditional_escape(link(items[int(found[1])]))), html)
    return SafeString(shown)


def as_blocks(pieces: Iterable[Piece]) -> list[Text | Table]:
    """The report as the paragraphs, headings and tables of an official document. Headings are numbered there, not here."""
    text, items = marked(pieces)
    tokens = _markdown().parse(text)
    return list(_blocks(tokens, items))


def _blocks(tokens: list[Any], items: dict[int, Shown]) -> Iterator[Text | Table]:
    level, bullet = 0, ""
    rows: list[list[str]] | None = None
    for token in tokens:
        match token.type:
            case "heading_open":
                level = min(DEEPEST, max(1, int(token.tag[1]) - 1))
            case "heading_close" | "paragraph_close":
                level, bullet = 0, ""
            case "list_item_open":
                bullet = f"{token.info}. " if token.info else ""
            case "table_open":
                rows = []
            case "tr_open" if rows is not None:
                rows.append([])
            case "table_close":
                yield Table(*_head_and_rows(rows or [[]]))
                rows = None
            case "inline" if rows is not None:
                rows[-1].append(plain(token, items))
            case "inline":
                yield from _paragraph(token, items, level, bullet)


def _head_and_rows(rows: list[list[str]]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    return tuple(rows[0]), tuple(tuple(row) for row in rows[1:])


def _paragraph(token: Any, items: dict[int, Shown], level: int, bullet: str) -> Iterator[Text | Table]:
    alone = MARK.fullmatch(token.content.strip())
    item = items[int(alone[1])] if alone else None
    if item is not None and item.kind in (LIST, CHART):
        yield from _apart(item)
        return
    words = plain(token, items)
    if level:
        words = OWN_NUMBER.sub("", words)
    for line in words.split("\n"):
        if line.strip():
            yield Text(bullet + line.strip(), level)


def _apart(item: Shown) -> Iterator[Text | Table]:
    if item.kind == LIST:
        rows = tuple(
            (str(place), number or "—", title or _("（未公开）")) for place, (number, title) in enumerate(item.rows, 1)
        )
        yield Table((_("序号"), _("编号"), _("标题")), rows or (("", "—", ""),), (0.1, 0.3, 0.6), caption=item.label)
    else:
        points = tuple((str(point["label"]), str(point["value"])) for point in item.series)
        yield Table((item.label, _("数")), points or (("—", ""),))


def plain(token: Any, items: dict[int, Shown]) -> str:
    """An inline token as words, emphasis dropped, numbers as printed."""
    words = ""
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            words += "\n" if child.type == "hardbreak" else ""
        elif child.content:
            words += child.content
    return MARK.sub(lambda found: items[int(found[1])].printed, words)
