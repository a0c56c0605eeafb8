"""Draws a PDF: a program of its own, because PDFium knows no threads and a crafted file may stall or bring down whoever reads it.

The file comes on standard input. ``measure`` answers with the width, height and words of every page as JSON, ``page 3`` with that page as
a JPEG picture. It imports nothing of OpenRenda, so that it starts in a blink. Called by :mod:`openrenda.documents.marked_pages`.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

MOST_PAGES = 300
POINTS_A_MILLIMETRE = 72 / 25.4
LONGEST_MILLIMETRES = 1200
WIDTH, LONGEST_SIDE = 1400, 4000
QUALITY = 90
WORDS_A_PAGE = 20_000
MEMORY_BYTES, SECONDS = 2 * 1024**3, 20
# What the exit code says; 1 is left to Python, for whatever else goes wrong.
BROKEN, LOCKED, TOO_MANY, TOO_LARGE = 3, 4, 5, 6
PASSWORD_ERROR = 4


def opened(content: bytes) -> Any:
    """The document, within its limits."""
    import pypdfium2  # only the program itself needs it, not those who read its limits

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as problem:
        sys.exit(LOCKED if problem.err_code == PASSWORD_ERROR else BROKEN)
    if not len(document):
        sys.exit(BROKEN)
    if len(document) > MOST_PAGES:
        sys.exit(TOO_MANY)
    return document


def scale_of(page: Any) -> float:
    """How many pixels a point becomes: a page is as wide as the reading column needs, and never higher than a bound."""
    width, height = page.get_size()
    if min(width, height) < 1:
        sys.exit(BROKEN)
    if max(width, height) > LONGEST_MILLIMETRES * POINTS_A_MILLIMETRE:
        sys.exit(TOO_LARGE)
    return float(min(WIDTH / width, LONGEST_SIDE / height))


def measure(document: Any) -> None:
    """Every page's size in pixels, and its words."""
    pages = []
    for page in document:
        scale = scale_of(page)
        width, height = page.get_size()
        words = page.get_textpage().get_text_bounded()[:WORDS_A_PAGE]
        pages.append((max(1, round(width * scale)), max(1, round(height * scale)), words))
        page.close()
    json.dump(pages, sys.stdout)


def draw(page: Any) -> None:
    """The page as a picture."""
    picture = page.render(scale=scale_of(page)).to_pil().convert("RGB")
    picture.save(sys.stdout.buffer, "JPEG", quality=QUALITY)


def main(what: str, number: str = "1") -> None:
    """Do what the command line says, with little memory and time."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    document = opened(sys.stdin.buffer.read())
    try:
        if what == "measure":
            measure(document)
        else:
            draw(document[int(number) - 1])
    except RuntimeError:  # PDFium's own: a page that cannot be loaded
        sys.exit(BROKEN)


if __name__ == "__main__":
    main(*sys.argv[1:])
