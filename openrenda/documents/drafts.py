"""Drafts 草稿: a deputy's Word or text file turned into the fields of a suggestion.

The split is an offer that the deputy corrects: title from the first line that looks like one, the three parts
情况, 问题, 建议 from their headings. What could not be carried over is told in `warnings`, never dropped in silence.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openrenda.documents.archives import BadArchive, check_archive, check_markup
from openrenda.documents.cells import tidy

TITLE_LIMIT_CHARACTERS = 120
TITLE_SEARCH_PARAGRAPHS = 15
HEADING_LIMIT_CHARACTERS = 24

_TITLE = re.compile(r"关于.+(?:建议|意见|批评|议案|提案|报告)")
_LABELLED = re.compile(r"(?:建议|议案)?(?:标题|题目|案由)[：:] ?(.+)")
_NUMBER = re.compile(r"^[（(]?[一二三四五六七八九十0-9]{1,3}[、.．)）] ?")
_SECTIONS = {
    "situation": re.compile(r"情况|现状|背景|事由|缘由|由来|依据"),
    "analysis": re.compile(r"问题|困难|分析|原因|不足|短板|必要性|可行性"),
    "proposals": re.compile(r"建议|对策|措施|办法|意见|请求"),
}


@dataclass(frozen=True)
class Paragraph:
    """A paragraph and whether the file shows it as a heading: heading style, centred, or bold throughout."""

    text: str
    marked: bool = False
    centred: bool = False


@dataclass(frozen=True)
class ExtractedText:
    """Title, all paragraphs after it, and the parts `situation`, `analysis`, `proposals` (empty without headings)."""

    title: str
    paragraphs: list[str]
    sections: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def text_of(content: bytes, kind: str) -> ExtractedText:
    """Read a docx or txt. Raises `BadArchive` or `TableRefused` (both ValueError with a sentence)."""
    if kind == "docx":
        paragraphs, warnings = _word_paragraphs(content)
    elif kind == "txt":
        paragraphs, warnings = _text_paragraphs(content), []
    else:
        raise ValueError(_("只能从 Word（.docx）或文本（.txt）文件读取文字。"))
    title, body = _split_title(paragraphs)
    if not paragraphs:
        warnings.append(_("文件里没有读到文字，请检查文件，或直接在页面上填写。"))
    elif not title:
        warnings.append(_("没有认出标题，请自己填写标题。"))
    texts = [paragraph.text for paragraph in body]
    return ExtractedText(title, texts, _sections(texts), warnings)


def _text_paragraphs(content: bytes) -> list[Paragraph]:
    from openrenda.documents.tables import decode

    return [Paragraph(line) for line in tidy(decode(content)).split("\n") if line]


def _word_paragraphs(content: bytes) -> tuple[list[Paragraph], list[str]]:
    import docx
    from docx.oxml.exceptions import InvalidXmlError
    from lxml.etree import XMLSyntaxError

    try:
        check_archive(io.BytesIO(content))
        check_markup(io.BytesIO(content))
        body = docx.Document(io.BytesIO(content)).element.body
    except (KeyError, ValueError, XMLSyntaxError, InvalidXmlError, AttributeError) as error:
        if isinstance(error, BadArchive):
            raise
        raise BadArchive(_("Word 文件已损坏，读不出文字。请用 Word 或 WPS 打开后另存为 .docx 再上传。")) from error
    paragraphs = [paragraph for paragraph in _walk(body) if paragraph.text]
    return paragraphs, _losses(body)


def _walk(parent: Any) -> Iterator[Paragraph]:
    for child in parent.iterchildren("{*}p", "{*}tbl", "{*}sdt"):
        tag = child.tag.rpartition("}")[2]
        if tag == "p":
            yield _paragraph(child)
        elif tag == "tbl":
            for row in child.xpath("./w:tr"):
                cells = [tidy("".join(_paragraph(p).text for p in cell.iter("{*}p"))) for cell in row.xpath("./w:tc")]
                yield Paragraph("｜".join(cell for cell in cells if cell))
        else:
            for inner in child.iterchildren("{*}sdtContent"):
                yield from _walk(inner)


def _paragraph(element: Any) -> Paragraph:
    """Inserted words under tracked changes count, deleted ones do not; text boxes are told of in the warnings."""
    nodes = element.xpath(
        ".//*[self::w:t or self::w:tab or self::w:br or self::w:cr]"
        "[not(ancestor::w:txbxContent) and not(ancestor::w:tabs) and not(ancestor::w:del)]"
    )
    text = tidy("".join((node.text or "") if node.tag.endswith("}t") else " " for node in nodes))
    style = " ".join(element.xpath("./w:pPr/w:pStyle/@w:val")).lower()
    centred = element.xpath("./w:pPr/w:jc/@w:val") == ["center"]
    runs = element.xpath(".//w:r[w:t]")
    bold = bool(runs) and all(run.xpath("./w:rPr/w:b[not(@w:val='0') and not(@w:val='false')]") for run in runs)
    return Paragraph(text, bold or centred or style.startswith(("title", "heading", "a3")), centred)


def _losses(body: Any) -> list[str]:
    losses = []
    if pictures := len(body.xpath(".//w:drawing//*[local-name()='blip']")):
        lost = ngettext(
            "文中有 %(count)d 张图片没有带入，请作为附件上传。",
            "文中有 %(count)d 张图片没有带入，请作为附件上传。",
            pictures,
        )
        losses.append(lost % {"count": pictures})
    if body.xpath("./w:tbl"):
        losses.append(_("文中的表格已转成文字，每行一段，请核对；需要原样保留的请作为附件上传。"))
    if body.xpath(".//w:numPr"):
        losses.append(_("文中的自动编号（如“一、”“1.”）没有带入，请核对序号。"))
    if body.xpath(".//w:txbxContent"):
        losses.append(_("文本框里的文字没有带入，请复制到正文。"))
    if body.xpath(".//w:ins | .//w:del"):
        losses.append(_("文中有修订记录，已按接受全部修订读取，请核对。"))
    return losses


def _split_title(paragraphs: list[Paragraph]) -> tuple[str, list[Paragraph]]:
    for end, text in _possible_titles(paragraphs[:TITLE_SEARCH_PARAGRAPHS]):
        if len(text) <= TITLE_LIMIT_CHARACTERS and not text.endswith(("。", "；", "，", "：", ":")):
            return text, paragraphs[end:]
    return "", paragraphs


def _possible_titles(paragraphs: list[Paragraph]) -> Iterator[tuple[int, str]]:
    """(index after the title, title), best first: 案由：…, 关于…的建议 (over two lines too), a marked line, the first."""
    for end, paragraph in enumerate(paragraphs, 1):
        if labelled := _LABELLED.fullmatch(paragraph.text):
            yield end, labelled[1]
    for end, paragraph in enumerate(paragraphs, 1):
        if _TITLE.fullmatch(paragraph.text):
            yield end, paragraph.text
        if paragraph.text.startswith("关于") and end < len(paragraphs):
            joined = paragraph.text + paragraphs[end].text
            if paragraph.marked and paragraphs[end].marked and _TITLE.fullmatch(joined):
                yield end + 1, joined
    yield from ((end, paragraph.text) for end, paragraph in enumerate(paragraphs, 1) if paragraph.marked)
    if paragraphs and len(paragraphs[0].text) <= 40:
        yield 1, paragraphs[0].text


def _sections(paragraphs: list[str]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    current = ""
    for text in paragraphs:
        key, rest = _heading(text)
        current = key or current
        if current and (rest or not key):
            found.setdefault(current, []).append(rest if key else text)
    return {key: "\n".join(lines) for key, lines in found.items()} if len(found) > 1 else {}


def _heading(text: str) -> tuple[str, str]:
    """(section, words after the heading on the same line); ("", "") for an ordinary paragraph."""
    head, colon, rest = text.replace("：", ":", 1).partition(":")
    if not colon:
        head, rest = text, ""
    words = _NUMBER.sub("", head)
    short = len(words) <= HEADING_LIMIT_CHARACTERS and not re.search(r"[。；;]", words)
    numbered = words != head
    if not short or not (numbered or colon or len(words) <= 8) or re.match(r"[（(0-9]", head):
        return "", ""
    keys = [(match.end(), key) for key, pattern in _SECTIONS.items() for match in pattern.finditer(words)]
    return (_leading(words, keys), rest.strip()) if keys else ("", "")


def _leading(words: str, keys: list[tuple[int, str]]) -> str:
    """The first key word decides ("存在问题及原因"), unless the heading only names its object ("解决问题的建议")."""
    last_end, last = max(keys)
    return last if last_end == len(words) and "的" in words else min(keys)[1]
