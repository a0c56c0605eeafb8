"""Confidential pages 保密页面: a PDF is shown page by page as pictures, with the reader's name and the moment burnt into each.

The file itself never leaves the server. A page is drawn by a program of its own (:mod:`.draw_pdf`), with bounded time and memory; the bare
picture is kept in memory for the next reader, the marked one for nobody.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from django.utils.translation import gettext as _

from . import draw_pdf
from .intake import BadFile

PROGRAM = Path(draw_pdf.__file__)
SECONDS = 20
AT_ONCE = BoundedSemaphore(2)
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")
FONT_NAMES = ("NotoSansCJK-Regular*", "NotoSansCJK*", "NotoSerifCJK*", "SourceHanSans*", "wqy-*", "DroidSansFallback*")
LETTER_SHARE, LEAST_LETTER = 36, 10
ANGLE, DARKNESS, QUALITY = 25, 72, 82


@dataclass(frozen=True)
class Page:
    """One page: how large its picture is, and what is written on it."""

    width: int
    height: int
    words: str


def measured(content: bytes) -> list[Page]:
    """The pages of a PDF that can be shown.

    :raises BadFile: with a sentence, when it cannot.
    """
    check_font()
    return [Page(*page) for page in json.loads(_run(content, "measure"))]


@lru_cache(maxsize=8)
def pages_of(path: Path) -> list[Page]:
    """The pages of a kept file; it is kept under its digest and never changes."""
    return measured(path.read_bytes())


@lru_cache(maxsize=32)
def bare_page(path: Path, number: int) -> bytes:
    """A page as a picture, without a mark: for :func:`marked` and for nobody's eyes."""
    return _run(path.read_bytes(), "page", str(number))


def _run(content: bytes, *command: str) -> bytes:
    """What the drawing program answers, or its refusal as a sentence."""
    with AT_ONCE:
        try:
            answer = subprocess.run([sys.executable, "-P", str(PROGRAM), *command], input=content, capture_output=True, timeout=SECONDS)  # fmt: skip
        except subprocess.TimeoutExpired:
            raise BadFile(_("这份 PDF 太复杂，服务器没有画出来。请重新导出为普通的 PDF，或者改用 Word。")) from None
    if answer.returncode:
        raise BadFile(_refusal(answer.returncode))
    return answer.stdout


def _refusal(code: int) -> str:
    if code == draw_pdf.LOCKED:
        return _("这份 PDF 设有打开密码，系统读不了。请取消密码后再上传。")
    if code == draw_pdf.TOO_MANY:
        return _("保密的 PDF 最多 %(most)d 页。请拆成几份后再上传。") % {"most": draw_pdf.MOST_PAGES}
    if code == draw_pdf.TOO_LARGE:
        metres = draw_pdf.LONGEST_MILLIMETRES / 1000
        return _("这份 PDF 有的页面边长超过 %(metres)s 米，不能在页面上显示。请缩小页面后再上传。") % {"metres": metres}
    return _("这份 PDF 已损坏或者不完整，系统读不了。请重新导出后再上传。")


@lru_cache(maxsize=1)
def mark_font() -> Path | None:
    """A font of this machine with Chinese letters in it: those that letters are printed with are looked for first."""
    for name in FONT_NAMES:
        for folder in FONT_FOLDERS:
            if found := sorted(folder.rglob(name)):
                return found[0]
    return None


def check_font() -> None:
    """A name that cannot be written protects nothing.

    :raises BadFile: with a sentence, when there is no font to write it in.
    """
    if mark_font() is None:
        raise BadFile(
            _("服务器上没有中文字体，不能把姓名印在页面上。请联系系统管理员安装字体（fonts-noto-cjk），或者改用 Word。")
        )


def marked(picture: bytes, words: str) -> bytes:
    """The picture as a JPEG with the words across all of it.

    :raises BadFile: with a sentence, when there is no font to write them in.
    """
    from PIL import Image  # only pictures need it

    check_font()
    with Image.open(io.BytesIO(picture)) as opened:
        page = opened.convert("RGB")
    page.paste((128, 128, 128), (0, 0), _mask(page.size, words))
    made = io.BytesIO()
    page.save(made, "JPEG", quality=QUALITY)
    return made.getvalue()


@lru_cache(maxsize=8)
def _mask(size: tuple[int, int], words: str) -> Any:
    """Where the words stand on a page of that size: slanting, in rows that are shifted against each other."""
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.truetype(str(mark_font()), max(LEAST_LETTER, size[0] // LETTER_SHARE))
    left, top, right, bottom = font.getbbox(words)
    line = Image.new("L", (int(right - left) + 4, int(bottom - top) + 4))
    ImageDraw.Draw(line).text((2 - left, 2 - top), words, font=font, fill=DARKNESS)
    slanting = line.rotate(ANGLE, expand=True)
    across, down = slanting.width + line.height * 2, slanting.height + line.height * 2
    mask = Image.new("L", size)
    for row, y in enumerate(range(-down // 2, size[1], down)):
        for x in range(-across // 2 * (row % 2), size[0], across):
            mask.paste(slanting, (x, y))
    return mask
