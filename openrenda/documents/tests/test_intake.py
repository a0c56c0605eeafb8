"""Uploads are known by their content, and what is refused is refused in a sentence."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from openrenda.documents.archives import BadArchive
from openrenda.documents.intake import BadFile, clean_name, inspect, text_of
from openrenda.documents.tables import Sheet, write_workbook


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def picture(kind: str) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (20, 10), "red").save(target, kind)
    return target.getvalue()


def with_parts(content: bytes, parts: dict[str, bytes]) -> bytes:
    """The same container with parts added or replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, body in parts.items():
            new.writestr(name, body)
    return target.getvalue()


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.mark.parametrize(
    ("make", "kind", "name"),
    [
        (lambda: word("正文"), "docx", "建议.docx"),
        (lambda: write_workbook([Sheet("表", ["甲"])]), "xlsx", "建议.xlsx"),
        (lambda: PDF, "pdf", "建议.pdf"),
        (lambda: picture("PNG"), "png", "建议.png"),
        (lambda: picture("JPEG"), "jpeg", "建议.jpg"),
        (lambda: picture("WEBP"), "webp", "建议.webp"),
        (lambda: "关于𠮷䶮的建议".encode(), "txt", "建议.txt"),
        (lambda: "关于公交的建议".encode("gbk"), "txt", "建议.txt"),
    ],
)
def test_the_kind_comes_from_the_content_whatever_the_name_says(
    make: Callable[[], bytes], kind: str, name: str
) -> None:
    found = inspect(make(), "建议.xyz")
    assert (found.kind, found.name, found.size) == (kind, name, len(make()))
    assert len(found.sha256) == 64


def test_a_text_table_is_told_from_text_by_its_name() -> None:
    assert inspect("姓名,性别\n".encode(), "名册.CSV").kind == "csv"


def zip_bomb() -> bytes:
    return with_parts(word("正文"), {"word/media/a.bin": bytes(60 * 1024 * 1024)})


def lying_archive() -> bytes:
    """A part that declares 10 bytes (with the right check sum for those) and unpacks to a million."""
    content = with_parts(word("正文"), {"word/lie.xml": b"\x00" * 1_000_000})
    true, false = struct.pack("<I", 1_000_000), struct.pack("<I", 10)
    checks = struct.pack("<I", zlib.crc32(bytes(1_000_000))), struct.pack("<I", zlib.crc32(bytes(10)))
    return content.replace(true, false).replace(*checks)


def encrypted() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000) + "EncryptedPackage".encode("utf-16-le") + bytes(500)


def remote_template() -> bytes:
    relationship = (
        b'<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'attachedTemplate" Target="http://example.cn/x.dotm" TargetMode="External"/></Relationships>'
    )
    return with_parts(word("正文"), {"word/_rels/settings.xml.rels": relationship})


ENTITY_BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: b"", "文件是空的"),
        (lambda: b"MZ\x90\x00" + bytes(200), "可执行程序"),
        (lambda: b"\x7fELF" + bytes(200), "可执行程序"),
        (lambda: b"<html><body>x</body></html>", "网页"),
        (lambda: b'\xef\xbb\xbf<?xml version="1.0"?><svg onload="alert(1)"/>', "网页"),
        (lambda: b"text <script>alert(1)</script>", "网页"),
        (lambda: bytes(range(256)), "认不出"),
        (lambda: b"Rar!\x1a\x07\x00", "压缩包"),
        (lambda: with_parts(b"PK\x05\x06" + bytes(18), {"a.txt": b"x"}), "压缩包"),
        (zip_bomb, "压缩比例异常"),
        (lying_archive, "损坏"),
        (lambda: with_parts(word("正文"), {f"word/{n}.xml": b"" for n in range(5001)}), "异常庞大"),
        (lambda: with_parts(word("正文"), {"word/vbaProject.bin": b"x"}), "宏程序"),
        (lambda: with_parts(word("正文"), {"../../etc/passwd": b"x"}), "内部结构异常"),
        (lambda: with_parts(word("正文"), {"word/document.xml": ENTITY_BOMB}), "不允许的声明"),
        (
            lambda: with_parts(word("正文"), {"word/document.xml": ENTITY_BOMB.decode().encode("utf-16")}),
            "不允许的声明",
        ),
        (remote_template, "外部加载"),
        (lambda: word("正文")[:3000], "已损坏"),
        (encrypted, "打开密码"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000), "旧版 Office"),
        (lambda: PDF[:20], "PDF 文件不完整"),
        (lambda: picture("PNG")[:40], "图片已损坏"),
        (lambda: picture("JPEG")[:100], "图片已损坏"),
    ],
)
def test_a_harmful_or_broken_file_is_refused_with_a_sentence(make: Callable[[], bytes], sentence: str) -> None:
    with pytest.raises(BadFile, match=sentence) as refusal:
        inspect(make(), "附件.docx")
    assert refusal.value.sentence.endswith("。")


def test_a_picture_of_too_many_points_is_refused_before_it_is_unpacked() -> None:
    header = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    content = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    content += struct.pack(">I", 4) + b"IDAT" + bytes(8)
    with pytest.raises(BadFile, match="超过 6000 万像素"):
        inspect(content, "a.png")


def test_a_kind_that_is_not_asked_for_is_refused_with_the_list_of_kinds() -> None:
    with pytest.raises(BadFile, match=re.escape("这里不接收PDF文件，请上传：Word（.docx）、文本（.txt）。")):
        inspect(PDF, "a.docx", kinds=("docx", "txt"))


class Endless(io.RawIOBase):
    """A stream of 200 MB that counts what is taken from it."""

    def __init__(self) -> None:
        self.taken = 0

    def seek(self, offset: int, whence: int = 0) -> int:
        return offset

    def read(self, size: int = -1) -> bytes:
        assert 0 < size <= 1024 * 1024, "never read whole"
        part = b"x" * max(0, min(size, 200 * 1024 * 1024 - self.taken))
        self.taken += len(part)
        return part


def test_two_hundred_megabytes_are_refused_without_being_read() -> None:
    stream = Endless()
    with pytest.raises(BadFile, match="文件超过 20 MB"):
        inspect(stream, "big.txt")
    assert stream.taken < 22 * 1024 * 1024


def test_a_declared_size_is_enough_to_refuse() -> None:
    stream = Endless()
    stream.size = 200 * 1024 * 1024
    with pytest.raises(BadFile, match="文件超过 20 MB"):
        inspect(stream, "big.txt")
    assert stream.taken == 0


def test_the_stream_is_left_at_its_beginning() -> None:
    stream = io.BytesIO(PDF)
    inspect(stream, "a.pdf")
    assert stream.tell() == 0


@pytest.mark.parametrize(
    ("given_name", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\张三\\建议.docx", "建议.docx"),
        ("照片\u202egpj.exe", "照片gpj.exe"),
        ("a\x00b\n.txt", "ab.txt"),
        ("关于𠮷䶮的建议 (2).DOCX", "关于𠮷䶮的建议 (2).docx"),
        ("", "文件"),
        ("...", "文件"),
        ("CON.txt", "CON_.txt"),
        ("第1.5稿", "第1.5稿"),
        ("长" * 300 + ".pdf", "长" * 65 + ".pdf"),
    ],
)
def test_names_lose_paths_and_tricks_and_keep_chinese(given_name: str, clean: str) -> None:
    assert clean_name(given_name) == clean


@given(st.text(max_size=300), st.sampled_from([None, ".pdf", ".docx"]))
def test_any_name_becomes_one_safe_part_of_a_path(name: str, suffix: str | None) -> None:
    clean = clean_name(name, suffix)
    assert clean
    assert clean not in (".", "..")
    assert not set(clean) & set('/\\:*?"<>|\x00\n\u202e')
    assert len(clean.encode()) <= 200
    assert clean_name(clean, suffix) == clean


def test_a_word_draft_gives_title_and_three_parts() -> None:
    document = docx.Document()
    document.add_paragraph("某某区第三届人民代表大会第二次会议").alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in ("关于加快老旧小区", "加装电梯的建议"):
        document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in ("一、基本情况", "全区有老旧小区 120 个。", "情况复杂，问题较多。", "二、存在的问题及原因", "资金不足。",
                 "三、解决问题的建议", "（一）加大补助力度", "市区两级分担。", "（二）简化手续。"):  # fmt: skip
        document.add_paragraph(line)
    found = text_of(saved(document), "docx")
    assert found.title == "关于加快老旧小区加装电梯的建议"
    assert found.sections == {
        "situation": "全区有老旧小区 120 个。\n情况复杂，问题较多。",
        "analysis": "资金不足。",
        "proposals": "（一）加大补助力度\n市区两级分担。\n（二）简化手续。",
    }
    assert found.warnings == []


def test_a_bold_first_line_is_the_title_and_losses_are_told() -> None:
    document = docx.Document()
    document.add_paragraph().add_run("让孩子安全过马路").bold = True
    document.add_paragraph("学校门口没有红绿灯。")
    document.add_paragraph("尽快安装", style="List Number")
    document.add_picture(io.BytesIO(picture("PNG")))
    document.add_table(1, 2).rows[0].cells[0].text = "路口一"
    found = text_of(saved(document), "docx")
    assert found.title == "让孩子安全过马路"
    assert found.paragraphs == ["学校门口没有红绿灯。", "尽快安装", "路口一"]
    assert [word for word in ("图片", "表格") if any(word in warning for warning in found.warnings)] == ["图片", "表格"]


def test_a_gbk_text_file_is_read_with_headings_on_the_same_line() -> None:
    text = "案由：关于增设公交站的建议\r\n情况：小区离车站两公里。\r\n问题：老人出行不便。\r\n建议：增设一站。\r\n"
    found = text_of(text.encode("gbk"), "txt")
    assert found.title == "关于增设公交站的建议"
    assert found.sections == {
        "situation": "小区离车站两公里。",
        "analysis": "老人出行不便。",
        "proposals": "增设一站。",
    }


def test_a_draft_without_headings_is_not_split_and_an_empty_one_is_told() -> None:
    found = text_of(
        "第一段很长，没有标题，直接写情况和问题，希望有关部门重视并且尽快解决，谢谢。\n建议尽快办理此事。".encode(),
        "txt",
    )
    assert found.sections == {}
    assert found.title == ""
    assert found.warnings == ["没有认出标题，请自己填写标题。"]
    assert "没有读到文字" in text_of(word(), "docx").warnings[0]


def test_a_broken_draft_is_refused_with_a_sentence() -> None:
    with pytest.raises(BadArchive, match="Word 文件已损坏"):
        text_of(with_parts(word("正文"), {"word/document.xml": b"<w:document"}), "docx")
    with pytest.raises(BadArchive, match="不允许的声明"):
        text_of(with_parts(word("正文"), {"word/document.xml": ENTITY_BOMB}), "docx")
