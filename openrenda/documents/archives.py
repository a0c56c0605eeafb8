"""Zip containers of Office files, looked at before anything is unpacked: bombs, macros, paths, endless sheets."""

from __future__ import annotations

import copy
import re
import zipfile
import zlib
from typing import IO

from django.utils.translation import gettext as _

MEBIBYTE = 1024 * 1024
UNPACKED_LIMIT_BYTES = 200 * MEBIBYTE
ENTRY_LIMIT = 5_000
RATIO_LIMIT = 200
RATIO_FREE_BYTES = 10 * MEBIBYTE  # small parts of repeated XML compress very well and harm nobody
SPREAD_LIMIT_CELLS = 5_000_000
CHUNK_BYTES = 256 * 1024
PROLOGUE_BYTES = 256 * 1024

_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"(?:[^>]*[^>/])?>\s*<(?:\w+:)?(?:v|f|is)\b')

_REMOTE = re.compile(
    rb'<Relationship\b(?=[^>]*TargetMode="External")(?=[^>]*/(?:attachedTemplate|oleObject|frame|subDocument)")'
)
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, UnicodeDecodeError)


class BadArchive(ValueError):
    """The container must not be opened; the message is a sentence for the reader."""


def check_archive(file: IO[bytes]) -> list[str]:
    """Names of the parts, after refusing bombs, macros, passwords, damage and paths that leave the container."""
    try:
        archive = zipfile.ZipFile(file)
        _check_entries(archive.infolist())
        for entry in archive.infolist():
            _check_size(archive, entry)
    except _DAMAGE as error:
        raise BadArchive(_("文件已损坏，打不开。请用 Word、Excel 或 WPS 打开后重新保存再上传。")) from error
    return archive.namelist()


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > ENTRY_LIMIT or sum(entry.file_size for entry in entries) > UNPACKED_LIMIT_BYTES:
        raise BadArchive(_("文件解开后的内容异常庞大，为安全起见没有接收。请去掉大图片或拆成几个文件后再上传。"))
    if any(
        entry.file_size > RATIO_FREE_BYTES and entry.file_size > RATIO_LIMIT * entry.compress_size for entry in entries
    ):
        raise BadArchive(
            _("文件的压缩比例异常，可能是有害文件，为安全起见没有接收。请用 Word、Excel 或 WPS 另存一份再上传。")
        )
    names = [entry.filename for entry in entries]
    if any(entry.flag_bits & 1 for entry in entries):
        raise BadArchive(_("文件设有密码，请取消密码后再上传。"))
    if any(
        name.lower().endswith(("vbaproject.bin", "vbadata.xml")) or "/macrosheets/" in name.lower() for name in names
    ):
        raise BadArchive(_("文件带有宏程序，为安全起见没有接收。请另存为不带宏的 .docx 或 .xlsx 再上传。"))
    if len(set(names)) < len(names) or any(_leaves(name) for name in names):
        raise BadArchive(_("文件内部结构异常，为安全起见没有接收。请用 Word、Excel 或 WPS 另存一份再上传。"))


def _check_size(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Unpack in small pieces, one byte further than declared: a part that lies about its size fails its check sum."""
    longer = copy.copy(entry)
    longer.file_size += 1
    with archive.open(longer) as part:
        while part.read(CHUNK_BYTES):
            pass


def _leaves(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]


def check_markup(file: IO[bytes]) -> None:
    """Refuse XML parts that declare a document type: Office never writes one, and entity bombs need one."""
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            if name.lower().endswith((".xml", ".rels")):
                _check_part(name, _beginning(archive, name))


def _beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(PROLOGUE_BYTES)


def _check_part(name: str, beginning: bytes) -> None:
    plain = beginning.replace(b"\x00", b"")  # UTF-16 hides the marks from a plain search
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise BadArchive(_("文件内部含有不允许的声明，可能是有害文件，为安全起见没有接收。"))
    if name.lower().endswith(".rels") and _REMOTE.search(plain):
        raise BadArchive(_("文件会从外部加载模板或对象，为安全起见没有接收。请复制内容到新文件后再上传。"))
    if name == "[Content_Types].xml" and b"macroEnabled" in plain:
        raise BadArchive(_("文件是带宏的格式，为安全起见没有接收。请另存为不带宏的 .docx 或 .xlsx 再上传。"))


def check_spread(file: IO[bytes]) -> None:
    """Refuse a sheet whose filled cells span an area that would not fit in memory, such as one cell at XFD1048576."""
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            if re.search(r"worksheets/[^/]+\.xml$", name, re.IGNORECASE):
                with archive.open(name) as part:
                    _check_sheet(part)


def _check_sheet(part: IO[bytes]) -> None:
    columns = rows = 1
    rest = b""
    while chunk := part.read(CHUNK_BYTES):
        for letters, digits in _CELL.findall(rest + chunk):
            columns, rows = max(columns, _column(letters)), max(rows, int(digits))
        rest = chunk[-200:]
        if columns * rows > SPREAD_LIMIT_CELLS:
            raise BadArchive(_("表格的范围过大（很远的单元格里还有内容）。请把需要的行复制到新表格里再上传。"))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
