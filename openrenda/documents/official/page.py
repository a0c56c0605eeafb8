"""An official document as one HTML page for print; the style sheet beside it carries the measures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

from openrenda.documents.official.layout import LETTER_RULE_MM, TYPE_WIDTH_MM, issuer_points
from openrenda.documents.official.model import (
    Attachment,
    Block,
    OfficialDocument,
    Part,
    Table,
    Volume,
    long_date,
    numbered,
    title_lines,
)

STYLE = Path(__file__).with_name("official.css")
SHORT_CELL_CHARACTERS = 8


def document_page(document: OfficialDocument) -> str:
    """The whole document as HTML."""
    width = TYPE_WIDTH_MM if document.layout == "document" else LETTER_RULE_MM
    size = f".issuer {{ font-size: {issuer_points(document.issuer, width)}pt; }}"
    count = len(document.attachments)
    pieces = [_head(document), _body(document)]
    pieces += [_attachment(number, item, count) for number, item in enumerate(document.attachments, 1)]
    pieces.append(_closing(document))
    return _page(document.title, document.layout, "".join(pieces), size)


def volume_page(volume: Volume) -> str:
    """Cover, contents with page numbers, parts."""
    parts = "".join(_part(place, part) for place, part in enumerate(volume.parts, 1))
    return _page(volume.title, "volume", _cover(volume) + _contents(volume) + parts)


def front_page(volume: Volume, numbers: Mapping[int, int]) -> str:
    """Cover and contents alone, with the page of each part by its place; before they are known any number holds the room."""
    return _page(volume.title, "volume", _cover(volume) + _contents(volume, numbers))


def parts_page(volume: Volume, places: range, first: int) -> str:
    """Some parts alone, counted from 1, going on at page ``first``."""
    parts = "".join(_part(place, volume.parts[place - 1]) for place in places)
    side = "right" if first % 2 else "left"
    style = f"@page :first {{ counter-reset: page {first}; }} html {{ break-before: {side}; }}"
    return _page(volume.title, "volume", parts, style)


def _page(title: str, layout: str, body: str, style: str = "") -> str:
    sheet = STYLE.read_text(encoding="utf-8") + style
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{sheet}</style>'
    return f'<!DOCTYPE html><html lang="zh-CN"><head>{head}</head><body class="{layout}">{body}</body></html>'


def _head(document: OfficialDocument) -> str:
    if document.layout == "feature":
        return _title(document.title) + _line("byline", document.issuer)
    letter = document.layout == "letter"
    marks = ("　　" if letter else "<br>").join(escape(mark) for mark in document.marks)
    pieces = [f'<div class="marks">{marks}</div>' if marks else "", _line("issuer", document.issuer)]
    rule = '<div class="double head-rule"></div><div class="double foot-rule"></div>' if letter else ""
    number = _line("number", document.number)
    pieces += [rule, number] if letter else [number, '<div class="red-line"></div>']
    addressees = f"{document.addressees}：" if document.addressees else ""
    return "".join(pieces) + _title(document.title) + _line("addressees", addressees)


def _title(title: str) -> str:
    return f'<h1 class="title">{"<br>".join(escape(line) for line in title_lines(title))}</h1>'


def _line(name: str, text: str) -> str:
    return f'<p class="{name}">{escape(text)}</p>' if text else ""


def _body(document: OfficialDocument) -> str:
    lines = "".join(
        f'<p><span class="label">{escape(label)}</span>{escape(name)}</p>' for label, name in document.attachment_lines
    )
    many = " many" if len(document.attachments) > 1 else ""
    attachments = f'<div class="attachments{many}">{lines}</div>' if lines else ""
    note = f"（{document.contact_note}）" if document.contact_note else ""
    return _blocks(document.blocks) + attachments + _signature(document) + _line("contact", note)


def _blocks(blocks: Iterable[Block]) -> str:
    return "".join(_block(block) for block in numbered(blocks))


def _block(block: Block) -> str:
    if isinstance(block, Table):
        return _table(block)
    return f'<p class="level-{block.level}">{escape(block.text)}</p>'


def _table(table: Table) -> str:
    caption = f"<caption>{escape(table.caption)}</caption>" if table.caption else ""
    columns = "".join(f'<col style="width:{share:.3%}">' for share in table.shares())
    head = "".join(f"<th>{escape(header)}</th>" for header in table.headers)
    rows = "".join(f"<tr>{''.join(_cell(cell) for cell in row)}</tr>" for row in table.rows)
    return f"<table>{caption}<colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cell(text: str) -> str:
    short = ' class="short"' if len(text) <= SHORT_CELL_CHARACTERS else ""
    return f"<td{short}>{escape(text)}</td>"


def _signature(document: OfficialDocument) -> str:
    lines = document.signature()
    if not lines:
        return ""
    sealed = " sealed" if document.sealed else ""
    inner = "".join(
        f'<p><span class="blank" style="padding-right:{blanks:g}em">{escape(text)}</span></p>' for text, blanks in lines
    )
    return f'<div class="signature{sealed}">{inner}</div>'


def _closing(document: OfficialDocument) -> str:
    """The 版记 stands on the last page, after the attachments; behind a landscape one it has an upright page of its own."""
    record = _record(document)
    return f'<section class="closing">{record}</section>' if record and document.ends_landscape else record


def _record(document: OfficialDocument) -> str:
    lines = _line("copies", document.copies_line)
    if document.printed_line:
        organ, day = document.printed_line
        lines += f'<div class="printed"><p>{escape(organ)}</p><p class="day">{escape(day)}</p></div>'
    return f'<div class="record">{lines}</div>' if lines else ""


def _attachment(number: int, attachment: Attachment, count: int) -> str:
    wide = " wide" if attachment.landscape else ""
    label = f"附件{number}" if count > 1 else "附件"
    inner = _line("attachment-number", label) + _title(attachment.title) + _blocks(attachment.blocks)
    return f'<section class="attachment{wide}">{inner}</section>'


def _cover(volume: Volume) -> str:
    subtitle = _line("subtitle", volume.subtitle)
    day = long_date(volume.dated) if volume.dated else ""
    return (
        f'<section class="cover">{_title(volume.title)}{subtitle}'
        f"{_line('compiled', volume.compiled_by)}{_line('day', day)}</section>"
    )


def _contents(volume: Volume, numbers: Mapping[int, int] | None = None) -> str:
    number, title, page = (escape(head) for head in volume.contents_heads)
    rows = "".join(_contents_row(place, part, numbers) for place, part in enumerate(volume.parts, 1))
    columns = '<col class="number"><col class="name"><col class="page">'
    head = f"<tr><th>{number}</th><th>{title}</th><th>{page}</th></tr>"
    table = f"<table><colgroup>{columns}</colgroup><thead>{head}</thead><tbody>{rows}</tbody></table>"
    return f'<section class="contents"><p class="title">目　录</p>{table}</section>'


def _contents_row(place: int, part: Part, numbers: Mapping[int, int] | None) -> str:
    """One line of the contents. Where the parts are printed elsewhere the number is written out and the line has a name."""
    title, name, page = escape(part.title), "", f'<a href="#part-{place}"></a>'
    if numbers is None:
        title = f'<a href="#part-{place}">{title}</a>'
    else:
        name, page = f' id="row-{place}"', str(numbers.get(place, 999))
    return f'<tr{name}><td class="number">{escape(part.number)}</td><td>{title}</td><td class="page">{page}</td></tr>'


def _part(place: int, part: Part) -> str:
    byline = _line("byline", part.byline)
    return f'<section class="part" id="part-{place}">{_title(part.title)}{byline}{_blocks(part.blocks)}</section>'
