"""Bundles 卷宗: all documents of a matter in one zip, with a list of contents that a reader can check them by."""

from __future__ import annotations

import hashlib
import itertools
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO

from openrenda.documents.names import clean_name
from openrenda.documents.workbooks import Sheet, write_workbook

CONTENTS_NAME = "00 目录.xlsx"
CHUNK_BYTES = 256 * 1024
FIXED_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Piece:
    """One document: its name, content (bytes or a stream), the folder it lies in and what it is."""

    name: str
    content: bytes | IO[bytes]
    folder: str = ""
    note: str = ""


def write_bundle(target: IO[bytes], title: str, pieces: Iterable[Piece]) -> int:
    """Write the zip piece by piece, never holding more than one chunk; the number of documents is returned.

    Names are cleaned and made different; the list of contents carries size and SHA-256 of every document.
    """
    rows: list[tuple[int, str, str, int, str]] = []
    taken = {CONTENTS_NAME.lower()}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, piece in enumerate(pieces, 1):
            path = _free_path(piece, taken)
            size, sha256 = _store(archive, path, piece.content)
            rows.append((number, path, piece.note, size, sha256))
        sheet = Sheet("目录", ["序号", "文件", "说明", "大小（字节）", "SHA-256"], rows, title=title)
        _store(archive, CONTENTS_NAME, write_workbook([sheet]))
    return len(rows)


def _free_path(piece: Piece, taken: set[str]) -> str:
    name = clean_name(piece.name)
    stem, dot, ending = name.rpartition(".") if "." in name else (name, "", "")
    folder = f"{clean_name(piece.folder, '')}/" if piece.folder else ""
    others = (f"{folder}{stem}（{count}）{dot}{ending}" for count in itertools.count(2))
    path = next(path for path in itertools.chain([f"{folder}{name}"], others) if path.lower() not in taken)
    taken.add(path.lower())
    return path


def _store(archive: zipfile.ZipFile, path: str, content: bytes | IO[bytes]) -> tuple[int, str]:
    entry = zipfile.ZipInfo(path, FIXED_ZIP_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    size, digest = 0, hashlib.sha256()
    with archive.open(entry, "w", force_zip64=True) as part:
        for chunk in _chunks(content):
            part.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return size, digest.hexdigest()


def _chunks(content: bytes | IO[bytes]) -> Iterable[bytes]:
    return [content] if isinstance(content, bytes) else iter(lambda: content.read(CHUNK_BYTES), b"")
