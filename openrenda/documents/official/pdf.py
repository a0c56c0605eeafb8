"""Official documents as PDF, through WeasyPrint; the same document gives the same bytes."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NoReturn

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openrenda.documents.official.model import OfficialDocument, Volume
from openrenda.documents.official.page import document_page, front_page, parts_page, volume_page

RARE = "𠮷䶮㛃"
"""Characters of real names outside the common sets: the fonts behind the page must have them."""

PARTS_AT_ONCE = 40
POINTS_PER_PIXEL = 0.75

INSTALL = gettext_lazy(
    "请在服务器上安装：apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk，然后重启服务。"
)


class PdfUnavailable(RuntimeError):
    """PDF cannot be made on this server; the message says what to install. Word output still works."""


def to_pdf(document: OfficialDocument) -> bytes:
    """The document as PDF. Raises `PdfUnavailable`."""
    return print_page(document_page(document))


def volume_to_pdf(volume: Volume) -> bytes:
    """The volume as PDF, contents with page numbers. Raises `PdfUnavailable`."""
    return print_page(volume_page(volume)) if len(volume.parts) <= PARTS_AT_ONCE else _joined(volume)


def pdf_problems() -> list[str]:
    """What keeps this server from making good PDF, as sentences; an empty list when all is well."""
    try:
        _printer()
    except PdfUnavailable as error:
        return [str(error)]
    families = _families()
    if families is None or any("fang" in name.lower() or "仿宋" in name for name in families):
        return []
    return [_("没有安装仿宋字体（FandolFang、FangSong 或 仿宋_GB2312），PDF 正文将用宋体代替；Word 文件不受影响。")]


def print_page(page: str) -> bytes:
    """A page of HTML, whole in itself, as PDF. Raises `PdfUnavailable`."""
    weasyprint = _printer()
    html = weasyprint.HTML(string=page, url_fetcher=_nothing_from_elsewhere)
    return bytes(html.write_pdf(pdf_tags=True))


def _joined(volume: Volume) -> bytes:
    """A large volume: its parts printed some at a time and joined, so that only some are held in memory at once.

    Pages, contents and bookmarks are those of one printing; only the marks for screen readers (tagged PDF) do not survive
    the joining, for them there is the Word file.
    """
    pieces, pages = list[bytes](), dict[int, int]()
    printed = len(_laid_out(front_page(volume, {})).pages)
    for start in range(1, len(volume.parts) + 1, PARTS_AT_ONCE):
        places = range(start, min(start + PARTS_AT_ONCE, len(volume.parts) + 1))
        piece = _laid_out(parts_page(volume, places, printed + 1))
        pages |= {place: printed + number for place, number in _numbers(piece, "part-").items()}
        printed += len(piece.pages)
        pieces.append(piece.write_pdf())
    front = _laid_out(front_page(volume, pages))
    from pypdf import PdfWriter  # only volumes need it, and it takes twenty megabytes of every process

    writer = PdfWriter()
    for content in (front.write_pdf(), *pieces):
        writer.append(io.BytesIO(content))
    writer.add_metadata({"/Title": volume.title})
    _link_contents(writer, front, pages)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _laid_out(page: str) -> Any:
    return _printer().HTML(string=page, url_fetcher=_nothing_from_elsewhere).render()


def _numbers(document: Any, prefix: str) -> dict[int, int]:
    """On which of the document's pages, counted from 1, each named thing begins; it bears its name on every page it goes on to."""
    found: dict[int, int] = {}
    for number, page in enumerate(document.pages, 1):
        for name in page.anchors:
            if name.startswith(prefix):
                found.setdefault(int(name.removeprefix(prefix)), number)
    return found


def _link_contents(writer: Any, front: Any, pages: Mapping[int, int]) -> None:
    """Each line of the contents leads to its part."""
    from pypdf.annotations import Link

    for number, page in enumerate(front.pages):
        for name, (left, top, right, bottom) in page.anchors.items():
            if name.startswith("row-"):
                box = (left, page.height - bottom, right, page.height - top)
                rect = tuple(side * POINTS_PER_PIXEL for side in box)
                target = pages[int(name.removeprefix("row-"))] - 1
                writer.add_annotation(number, Link(rect=rect, target_page_index=target))


def _nothing_from_elsewhere(url: str, *_: Any, **__: Any) -> NoReturn:
    raise ValueError(f"a printed page loads nothing from elsewhere: {url}")


@lru_cache(maxsize=1)
def _printer() -> Any:
    """WeasyPrint, loaded at the first use: it needs system libraries that Word output does not."""
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        words = {"error": type(error).__name__, "remedy": INSTALL}
        raise PdfUnavailable(_("服务器上缺少生成 PDF 的组件（%(error)s）。%(remedy)s") % words) from error
    families = _families()
    if families is not None and not families:
        words = {"characters": RARE, "remedy": INSTALL}
        raise PdfUnavailable(
            _("服务器上没有能显示“%(characters)s”等生僻字的中文字体，PDF 里的人名会缺字。%(remedy)s") % words
        )
    return weasyprint


@lru_cache(maxsize=1)
def _families() -> list[str] | None:
    """Chinese font families if one of them holds the rare characters, else an empty list; None when nobody can tell."""
    lister = shutil.which("fc-list")
    if lister is None:
        return None
    rare = "".join(f":charset={ord(character):x}" for character in RARE)
    if not _listed(lister, rare):
        return []
    return _listed(lister, ":lang=zh-cn")


def _listed(lister: str, pattern: str) -> list[str]:
    answer = subprocess.run([lister, pattern, "family"], capture_output=True, text=True, timeout=30, check=False)
    return sorted(set(answer.stdout.split("\n")) - {""})
