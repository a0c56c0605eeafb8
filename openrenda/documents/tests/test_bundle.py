"""A bundle holds every document once, under a safe name, and its contents list can be checked."""

from __future__ import annotations

import hashlib
import io
import zipfile

from openrenda.documents.bundle import CONTENTS_NAME, Piece, write_bundle
from openrenda.documents.tables import read_table

PIECES = [
    Piece("建议.docx", b"one", "提出", "代表提交时的快照"),
    Piece("建议.docx", io.BytesIO(b"two"), "提出"),
    Piece("../../答复𠮷.pdf", b"three", "../答复"),
    Piece(CONTENTS_NAME, b"four"),
]


def bundled() -> bytes:
    target = io.BytesIO()
    for piece in PIECES:
        if not isinstance(piece.content, bytes):
            piece.content.seek(0)
    assert write_bundle(target, "第128号建议", PIECES) == 4
    return target.getvalue()


def test_every_document_has_a_name_of_its_own_inside_the_bundle() -> None:
    with zipfile.ZipFile(io.BytesIO(bundled())) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
    assert names == ["提出/建议.docx", "提出/建议（2）.docx", "答复/答复𠮷.pdf", "00 目录（2）.xlsx", CONTENTS_NAME]


def test_the_contents_list_carries_the_size_and_hash_of_every_document() -> None:
    with zipfile.ZipFile(io.BytesIO(bundled())) as archive:
        rows = read_table(archive.read(CONTENTS_NAME), "x.xlsx", expected=["文件", "SHA-256"]).rows
        for row in rows:
            content = archive.read(str(row.cells["文件"]))
            assert row.cells["SHA-256"] == hashlib.sha256(content).hexdigest()
            assert row.cells["大小（字节）"] == len(content)
    assert [row.cells["说明"] for row in rows] == ["代表提交时的快照", None, None, None]


def test_equal_documents_give_an_equal_bundle() -> None:
    assert bundled() == bundled()
