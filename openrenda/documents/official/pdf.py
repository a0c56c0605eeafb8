"""Official documents as PDF, through WeasyPrint; the same document gives the same bytes."""

from __future__ import annotations

import shutil
import subprocess
from functools import lru_cache
from typing import Any, NoReturn

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openrenda.documents.official.model import OfficialDocument, Volume
from openrenda.documents.official.page import document_page, volume_page

RARE = "𠮷䶮㛃"
"""Characters of real names outside the common sets: the fonts behind the page must have them."""

INSTALL = gettext_lazy(
    "请在服务器上安装：apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk，然后重启服务。"
)


class PdfUnavailable(RuntimeError):
    """PDF cannot be made on this server; the message says what to install. Word output still works."""


def to_pdf(document: OfficialDocument) -> bytes:
    """The document as PDF. Raises `PdfUnavailable`."""
    return _print(document_page(document))


def volume_to_pdf(volume: Volume) -> bytes:
    """The volume as PDF, contents with page numbers. Raises `PdfUnavailable`."""
    return _print(volume_page(volume))


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


def _print(page: str) -> bytes:
    weasyprint = _printer()
    html = weasyprint.HTML(string=page, url_fetcher=_nothing_from_elsewhere)
    return bytes(html.write_pdf(pdf_tags=True))


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
