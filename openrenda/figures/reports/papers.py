"""A report in all its forms: as it stands or as it was issued, for the page, for Word and PDF, and as plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from openrenda.docket.models import Matter
from openrenda.documents.official import Attachment, OfficialDocument, Table, Text, long_date
from openrenda.people.models import Congress
from openrenda.rulebook import Book

from ..models import FrozenFigure, FrozenItem, Report
from .composing import MOST_LISTED, Composed, Item, series_of
from .freezing import composed_of
from .parsing import FIGURE, LIST, TYPED, Words
from .rendering import Piece, Shown, as_blocks

OFFICIAL, FEATURE = "official", "feature"
LAYOUTS = (OFFICIAL, FEATURE)
Titles = Callable[[list[FrozenItem]], dict[UUID, str]]
ANNEX_WIDTHS = (0.05, 0.13, 0.1, 0.4, 0.08, 0.08, 0.07, 0.09)


@dataclass(frozen=True, slots=True)
class Entry:
    """One number of a report with everything a reader has to know about it: a line of the annex and of the JSON."""

    position: int
    kind: str
    key: str
    label: str
    printed: str
    formula: str
    part: int | None
    whole: int | None
    excluded: int | None
    rounding: str
    definition: int
    basis: str
    since: date
    until: date
    as_of: date
    source: str
    count: int | None

    @property
    def same(self) -> tuple[Any, ...]:
        """Two places of the text that print the same number share a line of the annex."""
        return self.kind, self.key, self.printed, self.since, self.until, self.as_of, self.source

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "position": self.position, "key": self.key, "label": self.label, "printed": self.printed, "formula": self.formula,
            "numerator": self.part, "denominator": self.whole, "excluded": self.excluded, "rounding": self.rounding,
            "definition": self.definition, "basis": self.basis, "since": self.since.isoformat(),
            "until": self.until.isoformat(), "as_of": self.as_of.isoformat(), "typed": self.kind == TYPED,
            "source": self.source, "count": self.count,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paper:
    """A report ready to be shown: its pieces, its entries, and whether it is issued."""

    record: Report
    pieces: Sequence[Piece]
    entries: Sequence[Entry]
    issued: bool
    composed: Composed | None = None


def paper_of(record: Report) -> Paper:
    """The report as it was issued, or as its draft stands."""
    return issued(record) if record.issued_on else draft(composed_of(record), record)


def draft(composed: Composed, record: Report) -> Paper:
    """A draft with the numbers of now."""
    pieces = [piece.text if isinstance(piece, Words) else _shown(piece) for piece in composed.pieces]
    return Paper(record, pieces, [_entry(item) for item in composed.items], False, composed)


def issued(record: Report, titles: Titles | None = None) -> Paper:
    """An issued report from what was frozen: nothing is counted.

    :param titles: what a reader may see of the titles in lists, by item; as frozen when left out.
    """
    rows = {row.position: row for row in FrozenFigure.objects.filter(matter=record.matter_id).order_by("position")}
    lists = _lists([row for row in rows.values() if row.kind == LIST], titles)
    pieces: list[Piece] = []
    for piece in record.pieces:
        if "text" in piece:
            pieces.append(piece["text"])
        else:
            row = rows[piece["figure"]]
            listed, series = lists.get(row.position, ()), tuple(row.series)
            pieces.append(Shown(row.position, row.kind, row.printed, row.label, listed, series))
    return Paper(record, pieces, [_frozen_entry(row) for row in rows.values()], True)


def _lists(rows: list[FrozenFigure], titles: Titles | None) -> dict[int, tuple[tuple[str, str], ...]]:
    if not rows:
        return {}
    places = {row.pk: row for row in rows}
    found: dict[int, list[FrozenItem]] = {}
    for item in FrozenItem.objects.filter(figure__in=places).order_by("figure_id", "place"):
        row = places[item.figure_id]
        inside = {"part": item.in_part, "whole": item.in_whole, "excluded": item.left_out}[row.side]
        if inside and len(found.setdefault(row.position, [])) < MOST_LISTED:
            found[row.position].append(item)
    shown = titles([item for items in found.values() for item in items]) if titles else None
    return {
        position: tuple((item.number, shown[item.pk] if shown is not None else item.title) for item in items)
        for position, items in found.items()
    }


def _shown(item: Item) -> Shown:
    return Shown(item.position, item.kind, item.printed, item.label, tuple(item.rows), tuple(series_of(item.slices)))


def _entry(item: Item) -> Entry:
    one, reading, period = item.figure, item.reading, item.period
    rounding = item.rule or (reading.rounding if reading and one and one.is_divided else "")
    return Entry(
        item.position, item.kind, item.name, item.label, item.printed, one.formula_words if one else _("手填，不由系统计算。"),
        reading.part if reading else None, reading.whole if reading else None, reading.excluded if reading else None,
        rounding, one.definition if one else 0, one.basis if one else "", period.since, period.until, period.as_of,
        item.named.get("source", ""), reading.count(item.side) if reading else None,
    )  # fmt: skip


def _frozen_entry(row: FrozenFigure) -> Entry:
    typed = row.kind == TYPED
    count = {"part": row.part, "whole": row.whole, "excluded": row.excluded}.get(row.side)
    return Entry(
        row.position, row.kind, row.key, row.label, row.printed, _(row.formula), None if typed else row.part, row.whole,
        row.excluded, row.rounding, row.definition, row.basis, row.since, row.until, row.as_of, row.source,
        None if typed else count,
    )  # fmt: skip


def document(paper: Paper, matter: Matter, congress: Congress, book: Book, layout: str = OFFICIAL) -> OfficialDocument:
    """The report as an official document with its annex; the feature layout is looser and has no number."""
    record = paper.record
    issuer = record.issuer or _("%(congress)s常务委员会") % {"congress": congress.name}
    blocks = as_blocks(paper.pieces)
    notice = str(book.option("option.page_notice"))
    if notice:
        blocks = [Text(_("（%(notice)s）") % {"notice": notice}), *blocks]
    if not paper.issued:
        blocks = [Text(_("（草稿，数据截至%(day)s）") % {"day": long_date(record.as_of)}), *blocks]
    found = OfficialDocument(
        matter.title, issuer, number=record.document_number, blocks=tuple(blocks), signed_by=issuer,
        dated=record.issued_on, sealed=True, attachments=(annex(paper.entries),),
    )  # fmt: skip
    if layout == OFFICIAL:
        return found
    return replace(found, layout=FEATURE, number="", signed_by="", sealed=False)


def told_once(entries: Iterable[Entry]) -> list[Entry]:
    """The entries of the annex: a number that stands in several places once, charts and lists not at all."""
    first: dict[tuple[Any, ...], Entry] = {}
    for entry in entries:
        if entry.kind in (FIGURE, TYPED):
            first.setdefault(entry.same, entry)
    return list(first.values())


def annex(entries: Iterable[Entry]) -> Attachment:
    """The 附表: each number with its formula, numerator, denominator, what is left out, and how many records are behind it."""
    heads = (_("序号"), _("统计项"), _("正文写法"), _("口径"), _("分子"), _("分母"), _("不计入"), _("取舍"))
    rows = tuple(annex_row(entry) for entry in told_once(entries))
    return Attachment(
        _("数字附表"), (Table(heads, rows or (("", "—", "", "", "", "", "", ""),), ANNEX_WIDTHS),), landscape=True
    )


def annex_row(entry: Entry) -> tuple[str, ...]:
    """One line of the annex."""
    numbers = tuple("—" if number is None else str(number) for number in (entry.part, entry.whole, entry.excluded))
    rounding = _(entry.rounding) if entry.rounding else "—"
    return (str(entry.position), entry.label or "—", entry.printed or "—", formula_of(entry), *numbers, rounding)


def formula_of(entry: Entry) -> str:
    """How the number is worked out, and for when; where one typed by hand comes from."""
    if entry.kind == TYPED:
        formula = _("手填，不由系统计算。出处：%(source)s") % {"source": entry.source}
    else:
        days: dict[str, Any] = {key: date_format(getattr(entry, key)) for key in ("since", "until", "as_of")}
        days["number"] = entry.definition
        formula = entry.formula + _("（%(since)s至%(until)s，截至%(as_of)s，口径第%(number)s版）") % days
    return formula
