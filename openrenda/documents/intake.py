"""Uploads 上传: what a file is, by its content and never by its name, and whether it may be kept.

A refusal is `BadFile` with one sentence that says what happened and what to do. Nothing is read beyond the size
limit. Viruses are left to a scanner (:mod:`.scanning`). Not covered: scripts inside a PDF; downloads must be sent as attachments.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as declared

from openrenda.documents import scanning
from openrenda.documents.archives import BadArchive, check_archive, check_markup, check_spread
from openrenda.documents.drafts import ExtractedText, text_of
from openrenda.documents.names import clean_name

__all__ = ["KINDS", "PICTURES", "VOICES", "BadFile", "ExtractedText", "Inspected", "clean_name", "inspect", "text_of"]

MEBIBYTE = 1024 * 1024
SIZE_LIMIT_BYTES = 20 * MEBIBYTE
PIXEL_LIMIT = 60_000_000
CHUNK_BYTES = 256 * 1024

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "txt": "text/plain",
    "csv": "text/csv",
}
"""Kind → media type."""

VOICES = {
    "webm": "audio/webm",
    "ogg": "audio/ogg",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "amr": "audio/amr",
    "wav": "audio/wav",
}
"""Recordings of a voice: taken where somebody may speak instead of writing, and nowhere else."""
PICTURES = ("png", "jpeg", "webp")

_SUFFIXES = {"jpeg": ".jpg"}
_LABELS = {"docx": declared("Word（.docx）"), "xlsx": declared("Excel（.xlsx）"), "pdf": "PDF", "png": declared("PNG 图片"), "jpeg": declared("JPG 图片"),
           "webp": declared("WebP 图片"), "txt": declared("文本（.txt）"), "csv": declared("文本表格（.csv）"), **{kind: declared("录音") for kind in VOICES}}  # fmt: skip
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xfe\xed\xfa",
    b"\x4c\x00\x00\x00\x01\x14",
)
_PACKED = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")


class BadFile(ValueError):
    """The file is not taken; `sentence` is for the person who sent it."""

    @property
    def sentence(self) -> str:
        return str(self)


@dataclass(frozen=True)
class Inspected:
    """What the content says the file is. `name` is cleaned and ends as the kind asks; `size` in bytes. `unscanned`: the virus scanner did
    not answer, and the operator lets such files in."""

    kind: str
    media_type: str
    size: int
    sha256: str
    name: str
    unscanned: bool = False


def inspect(
    file: IO[bytes] | bytes, name: str, *, kinds: Collection[str] = tuple(KINDS), limit_bytes: int = SIZE_LIMIT_BYTES
) -> Inspected:
    """Say what `file` is, or raise `BadFile`. The stream must be seekable and is left at its beginning."""
    stream = io.BytesIO(file) if isinstance(file, bytes) else file
    size, sha256 = _measure(stream, limit_bytes)
    kind = _kind(stream, name, kinds)
    stream.seek(0)
    if kind not in kinds:
        raise BadFile(
            _("这里不接收%(kind)s文件，请上传：%(kinds)s。") % {"kind": _(_LABELS[kind]), "kinds": _listing(kinds)}
        )
    unscanned = _without_virus(stream)
    stream.seek(0)
    cleaned = clean_name(name, _SUFFIXES.get(kind, f".{kind}"))
    return Inspected(kind, {**KINDS, **VOICES}[kind], size, sha256, cleaned, unscanned)


def _without_virus(stream: IO[bytes]) -> bool:
    """Whether nobody looked at it though somebody should have; what is infected is refused."""
    verdict = scanning.scan(stream)
    if verdict.finding is scanning.Finding.INFECTED:
        raise BadFile(_("文件里有病毒（%(name)s），没有接收。请先杀毒，再重新上传。") % {"name": verdict.name})
    if verdict.finding is not scanning.Finding.UNREACHABLE:
        return False
    if settings.OPENRENDA_CLAMD_UNREACHABLE != scanning.ACCEPT:
        raise BadFile(_("病毒扫描现在没有应答，为安全起见没有接收。请稍后再上传，或者联系系统管理员。"))
    return True


def _listing(kinds: Collection[str]) -> str:
    return _("、").join(dict.fromkeys(_(label) for kind, label in _LABELS.items() if kind in kinds))


def _measure(stream: IO[bytes], limit_bytes: int) -> tuple[int, str]:
    declared = getattr(stream, "size", None)
    too_big = _("文件超过 %(most)d MB，没有接收。请压缩图片或拆成几个文件后再上传。") % {
        "most": limit_bytes // MEBIBYTE
    }
    if isinstance(declared, int) and declared > limit_bytes:
        raise BadFile(too_big)
    size, digest = 0, hashlib.sha256()
    for chunk in _chunks(stream):
        size += len(chunk)
        digest.update(chunk)
        if size > limit_bytes:
            raise BadFile(too_big)
    if not size:
        raise BadFile(_("文件是空的，没有内容。请检查文件后重新上传。"))
    return size, digest.hexdigest()


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    stream.seek(0)
    while chunk := stream.read(CHUNK_BYTES):
        yield chunk


def _kind(stream: IO[bytes], name: str, kinds: Collection[str]) -> str:
    stream.seek(0)
    head = stream.read(4096)
    if head.startswith(_PROGRAMS) and not head.startswith(b"#!AMR"):
        raise BadFile(
            _("这个文件其实是可执行程序，为安全起见没有接收。请上传：%(kinds)s。") % {"kinds": _listing(kinds)}
        )
    if head.startswith(_PACKED):
        raise BadFile(_("这里不接收压缩包，请解压后逐个上传：%(kinds)s。") % {"kinds": _listing(kinds)})
    if head.startswith(b"PK"):
        return _office_kind(stream, kinds)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise BadFile(_old_office(stream))
    if head.startswith(b"%PDF-"):
        return _checked_pdf(stream)
    if picture := _picture_kind(head):
        _check_picture(stream, picture)
        return picture
    if voice := _voice_kind(head):
        return voice
    return _text_kind(stream, name, kinds)


def _office_kind(stream: IO[bytes], kinds: Collection[str]) -> str:
    try:
        names = check_archive(stream)
        kind = "docx" if "word/document.xml" in names else "xlsx" if "xl/workbook.xml" in names else ""
        if not kind:
            raise BadFile(_("这里不接收压缩包，请解压后逐个上传：%(kinds)s。") % {"kinds": _listing(kinds)})
        check_markup(stream)
        if kind == "xlsx":
            check_spread(stream)
    except BadArchive as error:
        raise BadFile(str(error)) from error
    return kind


def _old_office(stream: IO[bytes]) -> str:
    marker, rest = "EncryptedPackage".encode("utf-16-le"), b""
    for chunk in _chunks(stream):
        if marker in rest + chunk:
            return _("文件设有打开密码，系统读不了。请在 Word、Excel 或 WPS 里取消密码后再上传。")
        rest = chunk[-len(marker) :]
    return _("这是旧版 Office 格式（.doc、.xls、.ppt），请另存为 .docx 或 .xlsx 后再上传。")


def _checked_pdf(stream: IO[bytes]) -> str:
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - 2048))
    if b"%%EOF" not in stream.read():
        raise BadFile(_("PDF 文件不完整，可能没有传完。请重新导出后再上传。"))
    return "pdf"


def _picture_kind(head: bytes) -> str:
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    return "webp" if head[:4] == b"RIFF" and head[8:12] == b"WEBP" else ""


def _voice_kind(head: bytes) -> str:
    """By the marks with which each kind of recording begins."""
    if head.startswith(b"\x1aE\xdf\xa3"):
        return "webm"
    if head.startswith(b"OggS"):
        return "ogg"
    if head[4:8] == b"ftyp":
        return "m4a"
    if head.startswith(b"ID3") or (head[:1] == b"\xff" and head[1:2] in (b"\xfb", b"\xf3", b"\xf2")):
        return "mp3"
    if head.startswith(b"#!AMR"):
        return "amr"
    return "wav" if head[:4] == b"RIFF" and head[8:12] == b"WAVE" else ""


def _check_picture(stream: IO[bytes], kind: str) -> None:
    from PIL import Image  # only pictures need it

    stream.seek(0)
    try:
        with Image.open(stream, formats=[kind.upper()]) as picture:
            points = picture.width * picture.height
            if points <= PIXEL_LIMIT:
                picture.load()
    except Image.DecompressionBombError:
        points = PIXEL_LIMIT + 1
    except (OSError, SyntaxError, ValueError, zlib.error) as error:
        raise BadFile(_("图片已损坏或不完整，请重新保存后再上传。")) from error
    if points > PIXEL_LIMIT:
        raise BadFile(_("图片超过 %(most)d 万像素，没有接收。请缩小后再上传。") % {"most": PIXEL_LIMIT // 10_000})


def _text_kind(stream: IO[bytes], name: str, kinds: Collection[str]) -> str:
    from openrenda.documents.tables import TableRefused, decode

    stream.seek(0)
    content = stream.read()
    unknown = BadFile(_("认不出这个文件的格式，没有接收。请上传：%(kinds)s。") % {"kinds": _listing(kinds)})
    try:
        text = decode(content)
    except TableRefused:
        raise unknown from None
    if any(ord(character) < 32 and character not in "\t\r\n\f" for character in text):
        raise unknown
    start = text[:2048].lstrip("\ufeff \t\r\n").lower()
    if start.startswith("<") or any(mark in start for mark in ("<html", "<svg", "<script", "<!doctype")):
        raise BadFile(
            _("这个文件其实是网页或矢量图代码，为安全起见没有接收。请上传：%(kinds)s。") % {"kinds": _listing(kinds)}
        )
    return "csv" if name.lower().endswith(".csv") else "txt"
