"""The few WordprocessingML pieces that python-docx has no words for; every one is checked by a schema judge."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

FIXED_ZIP_TIME = (1980, 1, 1, 0, 0, 0)

_PARAGRAPH_ORDER = ("w:pStyle", "w:keepNext", "w:keepLines", "w:pageBreakBefore", "w:framePr", "w:widowControl", "w:numPr",
                    "w:suppressLineNumbers", "w:pBdr", "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap",
                    "w:overflowPunct", "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd",
                    "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap",
                    "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl", "w:divId",
                    "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange")  # fmt: skip


def element(tag: str, **attributes: str | int) -> Any:
    """An element of the w namespace with attributes of the same namespace."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def put(properties: Any, child: Any) -> None:
    """Put a child into paragraph properties at the place that the schema asks for, replacing one of its kind."""
    for old in properties.findall(child.tag):
        properties.remove(old)
    order = [qn(tag) for tag in _PARAGRAPH_ORDER]
    place = order.index(child.tag)
    for index, other in enumerate(properties):
        if order.index(other.tag) > place:
            properties.insert(index, child)
            return
    properties.append(child)


def set_fonts(run_properties: Any, font: str) -> None:
    """One font for Chinese and for digits, so that both have the look the standard names."""
    fonts = run_properties.get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font)
    fonts.set(qn("w:hint"), "eastAsia")


def indent(paragraph: Any, **hundredths: int) -> None:
    """Indents in hundredths of a character (rightChars=400), with the twips of a size-3 character beside them."""
    child = element("ind")
    for name, value in hundredths.items():
        child.set(qn(f"w:{name}Chars"), str(value))
        child.set(qn(f"w:{name}"), str(round(value * 3.2)))
    put(paragraph._p.get_or_add_pPr(), child)


def indent_twips(paragraph: Any, left: int, right: int) -> None:
    put(paragraph._p.get_or_add_pPr(), element("ind", left=left, right=right, firstLine=0))


def rule_below(paragraph: Any, eighths: int, space_points: int, color: str) -> None:
    borders = element("pBdr")
    borders.append(element("bottom", val="single", sz=eighths, space=space_points, color=color))
    put(paragraph._p.get_or_add_pPr(), borders)


def outline(paragraph: Any, level: int) -> None:
    """Level 0 is the highest in the navigation pane."""
    put(paragraph._p.get_or_add_pPr(), element("outlineLvl", val=level))


def add_field(paragraph: Any, instruction: str, shown: str) -> None:
    """A complex field; `shown` stands there until the word processor counts."""
    for kind in ("begin", None, "separate", shown, "end"):
        run = paragraph.add_run(shown if kind is shown else "")
        if kind is None:
            text = element("instrText")
            text.set(qn("xml:space"), "preserve")
            text.text = f" {instruction} "
            run._r.append(text)
        elif kind is not shown:
            run._r.append(element("fldChar", fldCharType=kind))


def add_bookmark(paragraph: Any, number: int, name: str) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.addnext(element("bookmarkStart", id=number, name=name))
    paragraph._p.append(element("bookmarkEnd", id=number))


def update_fields_on_opening(settings: Any) -> None:
    """Ask the word processor to count the page numbers of the contents when the file is opened."""
    existing = settings.find(qn("w:updateFields"))
    if existing is None:
        following = ("hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "docVars", "rsids")
        places = [child for child in settings if child.tag in {qn(f"w:{tag}") for tag in following}]
        update = element("updateFields", val="true")
        places[0].addprevious(update) if places else settings.append(update)


def set_grid(section: Any, line_twips: int) -> None:
    """The grid of lines. Its characters are set by `set_pitch`: a grid of characters is read differently by each program."""
    properties = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    properties.append(element("docGrid", type="lines", linePitch=line_twips))


def set_pitch(style: Any, twentieths: int) -> None:
    """Draw characters closer together, in twentieths of a point, and count lines by their exact height alone."""
    size = style.element.get_or_add_rPr().find(qn("w:sz"))
    size.addprevious(element("spacing", val=twentieths))
    for name in ("autoSpaceDE", "autoSpaceDN", "snapToGrid"):  # no extra space between Chinese and digits
        put(style.element.get_or_add_pPr(), element(name, val="0"))


def same_bytes(content: bytes) -> bytes:
    """The package with its parts in order of name (content types first) and without times of writing."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, FIXED_ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return target.getvalue()
