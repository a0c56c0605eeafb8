"""Official documents as Word files: page, grid, head, text, signature, attachments, 版记 and mirrored page numbers."""

from __future__ import annotations

from typing import Any

from openrenda.documents.official import layout as measure
from openrenda.documents.official import ooxml
from openrenda.documents.official.model import (
    Attachment,
    OfficialDocument,
    Part,
    Volume,
    long_date,
    numbered,
    title_lines,
)
from openrenda.documents.official.sheet import WordSheet


def to_docx(document: OfficialDocument) -> bytes:
    """The document as .docx; the same document gives the same bytes."""
    sheet = WordSheet(document.title, letter=document.layout == "letter")
    if document.layout == "feature":
        _title(sheet, document.title, before=0)
        _byline(sheet, document.issuer)
    else:
        (_letter_head if document.layout == "letter" else _document_head)(sheet, document)
        _title(sheet, document.title, before=2)
    if document.addressees:
        sheet.line(f"{document.addressees}：", before=1)
    sheet.blocks(numbered(document.blocks))
    _attachment_lines(sheet, document)
    _signature(sheet, document)
    if document.contact_note:
        sheet.line(f"（{document.contact_note}）", first_line=2)
    for number, attachment in enumerate(document.attachments, 1):
        _attachment(sheet, attachment, f"附件{number}" if len(document.attachments) > 1 else "附件")
    _record(sheet, document)
    return sheet.save()


def volume_to_docx(volume: Volume) -> bytes:
    """The volume as .docx; page numbers of the contents are fields that Word counts when the file is opened."""
    sheet = WordSheet(volume.title, letter=False, cover=True)
    _title(sheet, volume.title, before=4)
    for text, before in ((volume.subtitle, 1), (volume.compiled_by, 10)):
        if text:
            sheet.line(text, before=before, align="center")
    if volume.dated:
        sheet.line(long_date(volume.dated), align="center")
    _contents(sheet, volume)
    for place, part in enumerate(volume.parts, 1):
        _part(sheet, place, part)
    ooxml.update_fields_on_opening(sheet.word.settings.element)
    return sheet.save()


def _byline(sheet: WordSheet, text: str) -> None:
    byline = sheet.line(text, font=measure.KAI, align="center")
    sheet.space(byline, before_twips=200, after_twips=measure.LINE_TWIPS)


def _document_head(sheet: WordSheet, document: OfficialDocument) -> None:
    for mark in document.marks:
        sheet.line(mark, font=measure.HEI, align="right")
    points = measure.issuer_points(document.issuer, measure.TYPE_WIDTH_MM)
    above = measure.twips(measure.ISSUER_BELOW_TYPE_TOP_MM) - len(document.marks) * measure.LINE_TWIPS
    issuer = sheet.line(document.issuer, font=measure.TITLE, size=points, align="center", color=measure.RED)
    sheet.space(issuer, before_twips=above, line_twips=round(points * 20 * 1.1))
    number = sheet.line(document.number, before=2, align="center")
    ooxml.rule_below(number, eighths=12, space_points=6, color=measure.RED)


def _letter_head(sheet: WordSheet, document: OfficialDocument) -> None:
    """The organ's name and the double lines stand in head and foot of the first page (GB/T 9704-2012, 10.1)."""
    header, footer = sheet.section.first_page_header, sheet.section.first_page_footer
    header.is_linked_to_previous = footer.is_linked_to_previous = False
    marks = sheet.line("　　".join(document.marks), inside=header, font=measure.HEI, align="right")
    sheet.space(marks, line_twips=measure.twips(measure.LETTER_ISSUER_BELOW_PAGE_TOP_MM) - sheet.header_twips)
    points = measure.issuer_points(document.issuer, measure.LETTER_RULE_MM)
    issuer = sheet.line(
        document.issuer, inside=header, font=measure.TITLE, size=points, align="center", color=measure.RED
    )
    sheet.space(issuer, line_twips=round(points * 20 * 1.1))
    _wide_rule(issuer, eighths=24, space_points=10)
    _wide_rule(sheet.thin(inside=header), eighths=6, space_points=1)
    _wide_rule(sheet.thin(inside=footer), eighths=6, space_points=1)
    _wide_rule(sheet.thin(inside=footer), eighths=24, space_points=1)
    number = sheet.line(document.number, align="right")
    sheet.space(number, before_twips=120)


def _wide_rule(paragraph: Any, eighths: int, space_points: int) -> None:
    """A red line 170 mm long, in the middle of the page: it reaches beyond the type area on both sides."""
    side = (measure.PAGE_WIDTH_MM - measure.LETTER_RULE_MM) / 2
    left, right = measure.twips(side - measure.LEFT_MM), measure.twips(side - measure.RIGHT_MM)
    ooxml.indent_twips(paragraph, left, right)
    ooxml.rule_below(paragraph, eighths, space_points, measure.RED)


def _title(sheet: WordSheet, title: str, *, before: float) -> Any:
    paragraph = sheet.line(
        "\n".join(title_lines(title)), font=measure.TITLE, size=measure.SIZE_2_POINTS, align="center"
    )
    sheet.space(paragraph, before_twips=round(before * measure.LINE_TWIPS), line_twips=measure.TITLE_LINE_TWIPS)
    paragraph.paragraph_format.keep_with_next = True
    ooxml.outline(paragraph, 0)
    return paragraph


def _attachment_lines(sheet: WordSheet, document: OfficialDocument) -> None:
    for place, (label, name) in enumerate(document.attachment_lines):
        paragraph = sheet.line(label + name, before=0 if place else 1)
        hanging = 400 if len(document.attachments) > 1 else 300
        ooxml.indent(paragraph, left=200 + hanging, hanging=hanging)


def _signature(sheet: WordSheet, document: OfficialDocument) -> None:
    if document.signature():  # a page with nothing but a signature could be put under any text
        sheet.word.paragraphs[-1].paragraph_format.keep_with_next = True
    for place, (text, blanks) in enumerate(document.signature()):
        before = 0 if place else 2 if document.sealed else 1
        paragraph = sheet.line(text, before=before, align="right")
        paragraph.paragraph_format.keep_together = True
        paragraph.paragraph_format.keep_with_next = place == 0
        ooxml.indent(paragraph, right=round(blanks * 100))


def _attachment(sheet: WordSheet, attachment: Attachment, label: str) -> None:
    sheet.new_page(landscape=attachment.landscape)
    sheet.line(label, font=measure.HEI).paragraph_format.keep_with_next = True
    sheet.space(_title(sheet, attachment.title, before=1), after_twips=measure.LINE_TWIPS)
    sheet.blocks(numbered(attachment.blocks))


def _record(sheet: WordSheet, document: OfficialDocument) -> None:
    """版记 at the foot of the last page; letters have the copies only, without lines."""
    rows = [(document.copies_line, "")] if document.copies_line else []
    rows += [document.printed_line] if document.printed_line else []
    if rows and document.ends_landscape:
        sheet.new_page(landscape=False)
    if rows:
        sheet.foot_table(rows, ruled=document.layout == "document")


def _contents(sheet: WordSheet, volume: Volume) -> None:
    sheet.new_page(landscape=False)
    heading = _title(sheet, "目　录", before=0)
    sheet.space(heading, after_twips=measure.LINE_TWIPS)
    rows = [(part.number, part.title, "") for part in volume.parts]
    table = sheet.table(volume.contents_heads, rows, [0.12, 0.79, 0.09])
    for place, row in enumerate(table.rows[1:], 1):
        ooxml.add_field(row.cells[2].paragraphs[0], f"PAGEREF part_{place} \\h", "…")
        sheet.dress_small(row.cells[2].paragraphs[0])


def _part(sheet: WordSheet, place: int, part: Part) -> None:
    heading = _title(sheet, part.title, before=0)
    heading.paragraph_format.page_break_before = True
    ooxml.add_bookmark(heading, place, f"part_{place}")
    if part.byline:
        _byline(sheet, part.byline)
    sheet.blocks(numbered(part.blocks))
