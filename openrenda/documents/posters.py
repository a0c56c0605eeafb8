"""Posters and cards with a code to scan, as PDF: A4 for a door, A6 for a desk, cards ten to a sheet (A08, A15)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path

import segno

from openrenda.documents.official.pdf import print_page

STYLE = Path(__file__).with_name("posters.css")
SIZES = ("a4", "a6", "card")
CARDS_A_SHEET = 10


@dataclass(frozen=True)
class Poster:
    """What stands on one: whose it is, a few lines, what the scan does, the address, and the letters for those who type."""

    head: str
    title: str
    lines: tuple[str, ...]
    call: str
    address: str
    letters: str


def posters_to_pdf(posters: Iterable[Poster], size: str, *, title: str) -> bytes:
    """All of them, one a page or, as cards, ten a page. Raises `PdfUnavailable`, and ValueError for a size unknown."""
    if size not in SIZES:
        raise ValueError(size)
    pieces = [_poster(poster) for poster in posters]
    if size == "card":
        sheets = [pieces[start : start + CARDS_A_SHEET] for start in range(0, len(pieces), CARDS_A_SHEET)]
        pieces = [f'<div class="sheet">{"".join(sheet)}</div>' for sheet in sheets]
    style = STYLE.read_text(encoding="utf-8")
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{style}</style>'
    body = f'<body class="{size}">{"".join(pieces)}</body>'
    return print_page(f'<!DOCTYPE html><html class="{size}" lang="zh-CN"><head>{head}</head>{body}</html>')


def _poster(poster: Poster) -> str:
    lines = "".join(f"<p>{escape(line)}</p>" for line in poster.lines if line)
    # Level q: a quarter of a poster may be scratched or covered before it can no longer be read.
    drawing = segno.make(poster.address, error="q").svg_inline(border=2, omitsize=True)
    return (
        f'<section class="poster"><p class="head">{escape(poster.head)}</p><h1>{escape(poster.title)}</h1>'
        f'<div class="lines">{lines}</div><div class="code">{drawing}</div><p class="call">{escape(poster.call)}</p>'
        f'<p class="address">{escape(poster.address)}</p><p class="letters">{escape(poster.letters)}</p></section>'
    )
