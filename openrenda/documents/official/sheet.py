"""A Word file with the page and the grid of GB/T 9704-2012, written line by line."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor, Twips

from openrenda.documents.official import layout as measure
from openrenda.documents.official import ooxml
from openrenda.documents.official.model import Block, Table

ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
LEVEL_FONTS = (measure.FANG, measure.HEI, measure.KAI, measure.FANG, measure.FANG)
TABLE_POINTS = 12
SHORT_CELL_CHARACTERS = 8
HEADER_TWIPS = 851
LETTER_FOOTER_TWIPS = measure.twips(measure.LETTER_RULE_ABOVE_PAGE_FOOT_MM)
FIXED_DATE = datetime(2000, 1, 1)  # noqa: DTZ001 – a constant in file properties keeps the bytes equal


class WordSheet:
    """One Word file. Lines are counted in lines of the grid, indents in characters, all else in twips."""

    header_twips = HEADER_TWIPS

    def __init__(self, title: str, *, letter: bool, cover: bool = False) -> None:
        self.word = docx.Document()
        self.letter = letter
        self.section: Any = self.word.sections[0]
        self._properties(title)
        self._body_style()
        self._page(self.section, landscape=False)
        self.section.different_first_page_header_footer = letter or cover
        self.word.settings.odd_and_even_pages_header_footer = True
        self._page_number(self.section.footer, "right")
        self._page_number(self.section.even_page_footer, "left")

    def save(self) -> bytes:
        target = io.BytesIO()
        self.word.save(target)
        return ooxml.same_bytes(target.getvalue())

    def line(
        self, text: str, *, inside: Any = None, before: float = 0, align: str = "left", first_line: int = 0,
        font: str = measure.FANG, size: int = measure.SIZE_3_POINTS, color: str = "",
    ) -> Any:  # fmt: skip
        """A paragraph; line breaks in the text stay. `before` in lines, `first_line` in characters."""
        paragraph = self._first_or_new(inside)
        paragraph.alignment = ALIGN[align]
        for place, part in enumerate(text.split("\n")):
            run = paragraph.add_run(part)
            self._dress(run, font, size, color)
            if place < text.count("\n"):
                run.add_break()
        if before:
            self.space(paragraph, before_twips=round(before * measure.LINE_TWIPS))
        if first_line:
            ooxml.indent(paragraph, firstLine=first_line * 100)
        return paragraph

    def thin(self, *, inside: Any) -> Any:
        """An empty line two points high, to hang a rule on."""
        paragraph = self._first_or_new(inside)
        self.space(paragraph, line_twips=40)
        return paragraph

    def space(self, paragraph: Any, *, before_twips: int = 0, after_twips: int = 0, line_twips: int = 0) -> None:
        form = paragraph.paragraph_format
        if before_twips:
            form.space_before = Twips(before_twips)
        if after_twips:
            form.space_after = Twips(after_twips)
        if line_twips:
            form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
            form.line_spacing = Twips(line_twips)

    def blocks(self, blocks: Iterable[Block]) -> None:
        """Text and tables in order."""
        for block in blocks:
            if isinstance(block, Table):
                if block.caption:
                    self.line(block.caption, font=measure.HEI, size=measure.SIZE_4_POINTS, align="center")
                self.table(block.headers, block.rows, block.shares())
                continue
            paragraph = self.line(block.text, font=LEVEL_FONTS[block.level], align="both", first_line=2)
            if block.level:
                paragraph.paragraph_format.keep_with_next = True
                ooxml.outline(paragraph, block.level)

    def table(self, headers: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float]) -> Any:
        """A ruled table as wide as the type area, its head repeated on every page, its rows never torn apart."""
        table = self.word.add_table(rows=0, cols=len(headers))
        table.style = self.word.styles["Table Grid"]
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        width = self.section.page_width - self.section.left_margin - self.section.right_margin
        widths = [Twips(round(share * width / 635)) for share in shares]
        for column, column_width in zip(table.columns, widths, strict=True):
            column.width = column_width
        for place, cells in enumerate([headers, *rows]):
            self._row(table.add_row(), cells, widths, head=place == 0)
        return table

    def foot_table(self, rows: Sequence[tuple[str, str]], *, ruled: bool) -> None:
        """版记: a table that floats at the bottom of the type area, outer lines 0.35 mm, the middle one 0.25 mm."""
        table = self.word.add_table(rows=0, cols=2)
        table.autofit = False
        properties = table._tbl.tblPr
        place = ooxml.element("tblpPr", leftFromText=0, rightFromText=0, vertAnchor="margin", horzAnchor="margin",
                              tblpXSpec="left", tblpYSpec="bottom")  # fmt: skip
        properties.insert(1 if properties.find(qn("w:tblStyle")) is not None else 0, place)
        if ruled:
            properties.find(qn("w:tblLayout")).addprevious(_foot_lines())
        properties.find(qn("w:tblLayout")).addnext(_no_cell_margins())
        widths = [Twips(round(measure.TYPE_WIDTH_TWIPS * share)) for share in (0.6, 0.4)]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for left, right in rows:
            self._foot_row(table.add_row(), left, right, widths)
        self.space(self.word.add_paragraph(), line_twips=20)

    def new_page(self, *, landscape: bool) -> None:
        """A new section on a new page; footers go on from the one before."""
        self.section = self.word.add_section(WD_SECTION.NEW_PAGE)
        self.section.different_first_page_header_footer = False
        self._page(self.section, landscape=landscape)

    def _properties(self, title: str) -> None:
        core = self.word.core_properties
        core.title, core.author, core.comments, core.last_modified_by = title[:255], "", "", ""
        core.created = core.modified = FIXED_DATE
        core.language = "zh-CN"

    def _body_style(self) -> None:
        style: Any = self.word.styles["Normal"]
        style.font.size = Pt(measure.SIZE_3_POINTS)
        ooxml.set_fonts(style.element.get_or_add_rPr(), measure.FANG)
        form = style.paragraph_format
        form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        form.line_spacing = Twips(measure.LINE_TWIPS)
        form.space_before = form.space_after = Pt(0)
        form.widow_control = False
        ooxml.set_pitch(style, measure.PITCH_TWENTIETHS)

    def _page(self, section: Any, *, landscape: bool) -> None:
        size = [Twips(measure.PAGE_WIDTH_TWIPS), Twips(measure.PAGE_HEIGHT_TWIPS)]
        margins = [measure.TOP_TWIPS, measure.RIGHT_TWIPS, measure.BOTTOM_TWIPS, measure.LEFT_TWIPS]
        if landscape:  # the page is turned: its binding edge is on top
            size.reverse()
            margins = [measure.LEFT_TWIPS, measure.TOP_TWIPS, measure.RIGHT_TWIPS, measure.BOTTOM_TWIPS]
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = size
        top, right, bottom, left = (Twips(margin) for margin in margins)
        section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = top, right, bottom, left
        section.header_distance = Twips(HEADER_TWIPS)
        foot = LETTER_FOOTER_TWIPS if self.letter else measure.FOOTER_TWIPS
        section.footer_distance = Twips(measure.twips(14) if landscape else foot)
        ooxml.set_grid(section, measure.LINE_TWIPS)

    def _page_number(self, footer: Any, side: str) -> None:
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = self.word.styles["Normal"]
        paragraph.alignment = ALIGN[side]
        ooxml.indent(paragraph, **{side: 100})
        above = measure.FOOTER_TWIPS - LETTER_FOOTER_TWIPS if self.letter else 0
        self.space(paragraph, after_twips=above, line_twips=measure.SIZE_4_POINTS * 20)
        paragraph.add_run("— ")
        ooxml.add_field(paragraph, "PAGE", "1")
        paragraph.add_run(" —")
        for run in paragraph.runs:
            self._dress(run, measure.SONG, measure.SIZE_4_POINTS, "")

    def _first_or_new(self, inside: Any) -> Any:
        """Heads and feet are born with an empty paragraph, which is used before another one is added."""
        place = self.word if inside is None else inside
        if inside is not None and len(inside.paragraphs) == 1 and not len(inside.paragraphs[0]._p):
            return inside.paragraphs[0]
        if (
            inside is not None
            and len(inside.paragraphs) == 1
            and inside.paragraphs[0].style.name in ("Header", "Footer")
        ):
            paragraph = inside.paragraphs[0]
            paragraph.style = self.word.styles["Normal"]
            return paragraph
        return place.add_paragraph()

    def dress_small(self, paragraph: Any) -> None:
        """The look of a table cell for runs that were added from outside, such as fields."""
        for run in paragraph.runs:
            self._dress(run, measure.FANG, TABLE_POINTS, "")

    def _dress(self, run: Any, font: str, size: int, color: str) -> None:
        ooxml.set_fonts(run._r.get_or_add_rPr(), font)
        run.font.size = Pt(size)
        if color:
            run.font.color.rgb = RGBColor.from_string(color)

    def _row(self, row: Any, cells: Sequence[str], widths: Sequence[Any], *, head: bool) -> None:
        properties = row._tr.get_or_add_trPr()
        properties.append(ooxml.element("cantSplit"))
        if head:
            properties.append(ooxml.element("tblHeader"))
        for cell, text, width in zip(row.cells, cells, widths, strict=True):
            cell.width = width
            cell.vertical_alignment = 1
            centred = head or len(text) <= SHORT_CELL_CHARACTERS
            self._cell_line(cell, text, measure.HEI if head else measure.FANG, "center" if centred else "left")

    def _cell_line(self, cell: Any, text: str, font: str, align: str, size: int = TABLE_POINTS) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.alignment = ALIGN[align]
        self.space(paragraph, line_twips=size * 30)
        for place, part in enumerate(text.split("\n")):
            run = paragraph.add_run(part)
            self._dress(run, font, size, "")
            if place < text.count("\n"):
                run.add_break()

    def _foot_row(self, row: Any, left: str, right: str, widths: Sequence[Any]) -> None:
        cells = row.cells if right else (row.cells[0].merge(row.cells[1]),)
        for cell, text, align, width in zip(cells, (left, right), ("left", "right"), widths, strict=False):
            cell.width = width if right else Twips(measure.TYPE_WIDTH_TWIPS)
            self._cell_line(cell, text, measure.FANG, align, measure.SIZE_4_POINTS)
            blank = {"left": 100} if align == "left" else {"right": 100}
            hanging = {"left": 400, "hanging": 300} if text.startswith("抄送：") else {}
            ooxml.indent(cell.paragraphs[0], **{**blank, **({"right": 100} if not right else {}), **hanging})


def _no_cell_margins() -> Any:
    margins = ooxml.element("tblCellMar")
    margins.extend(ooxml.element(side, w=0, type="dxa") for side in ("left", "right"))
    return margins


def _foot_lines() -> Any:
    thick, thin = measure.THICK_RULE_EIGHTHS, measure.THIN_RULE_EIGHTHS
    borders = ooxml.element("tblBorders")
    for side, eighths in (("top", thick), ("bottom", thick), ("insideH", thin)):
        borders.append(ooxml.element(side, val="single", sz=eighths, space=0, color="000000"))
    return borders
