"""What a report keeps when it is issued: each number with its formula, rounding, period and list. One transaction, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_noop as declared

from openrenda.docket.models import Act
from openrenda.docket.situation import Situation

from ..counting import sides
from ..language import EXCLUDED, PART, WHOLE
from ..models import FrozenFigure, FrozenItem, Report, ReportPart
from ..reading import base, with_facts
from .composing import Composed, Item, as_published, compose, is_public, series_of
from .parsing import TYPED, Words

BATCH_ROWS = 500
TYPED_FORMULA = declared("手填，不由系统计算。")
SIDE_FIELDS = {PART: "in_part", WHOLE: "in_whole", EXCLUDED: "left_out"}


def composed_of(record: Report, parts: list[ReportPart] | None = None) -> Composed:
    """The report as its draft stands now."""
    rows = ReportPart.objects.filter(matter=record.matter_id) if parts is None else parts
    return compose(record.text, record.period, {row.name: row.text for row in rows})


def freeze(situation: Situation, act: Act) -> None:
    """Keep everything the report says, in the transaction that issues it."""
    composed = composed_of(situation.record)
    pieces: list[dict[str, Any]] = [
        {"text": piece.text} if isinstance(piece, Words) else {"figure": piece.position} for piece in composed.pieces
    ]
    situation.note(pieces=pieces, issued_on=situation.today)
    situation.after_write.append(lambda: _write(situation, composed))


def _write(situation: Situation, composed: Composed) -> None:
    book = situation.book
    rows = [_frozen(item, situation, book.version) for item in composed.items]
    FrozenFigure.objects.bulk_create(rows, batch_size=BATCH_ROWS)
    for item, row in zip(composed.items, rows, strict=True):
        FrozenItem.objects.bulk_create(_evidence(item, row), batch_size=BATCH_ROWS)


def _frozen(item: Item, situation: Situation, rulebook: str) -> FrozenFigure:
    one, reading, period = item.figure, item.reading, item.period
    return FrozenFigure(
        congress_id=situation.matter.congress_id, matter=situation.matter, position=item.position, kind=item.kind,
        key=item.name[:80], label=item.label[:200], side=item.side, printed=item.printed[:200],
        definition=one.definition if one else 0, formula=one.formula if one else TYPED_FORMULA, unit=item.unit[:20],
        basis=one.basis if one else "", rulebook=rulebook, part=reading.part if reading else int(item.value or 0),
        whole=reading.whole if reading else None, excluded=reading.excluded if reading else None,
        rate=(item.printed if item.is_rate else reading.rate or "") if reading else "",
        rounding=_rounding(item), since=period.since, until=period.until, as_of=period.as_of, session=period.session,
        source=item.named.get("source", "")[:500] if item.kind == TYPED else "", series=series_of(item.slices),
    )  # fmt: skip


def _rounding(item: Item) -> str:
    if item.reading is None or not item.figure or not item.figure.is_divided:
        return ""
    return item.rule or item.reading.rounding


def _evidence(item: Item, row: FrozenFigure) -> Iterator[FrozenItem]:
    """Every row that any side of the figure counts, once, with the sides it counts in."""
    if item.figure is None:
        return
    rows = with_facts(base(item.figure.population, item.period), [item.figure], item.period)
    conditions = sides(item.figure)
    found: dict[Any, dict[str, Any]] = {}
    columns = ("id", "matter_id", "matter__number", "matter__title", "matter__public_since", "matter__confidential")
    for side, condition in conditions.items():
        for values in rows.filter(condition).order_by("id").values(*columns).iterator(chunk_size=BATCH_ROWS):
            found.setdefault(values["id"], {"row": values})[side] = True
    for place, key in enumerate(sorted(found), 1):
        values = found[key]["row"]
        public = is_public(values["matter__public_since"], values["matter__confidential"], item.period.as_of)
        yield FrozenItem(
            congress_id=row.congress_id, figure=row, place=place, evidence=values["matter_id"],
            number=values["matter__number"], title=as_published(values["matter__title"]) if public else "",
            **{field: side in found[key] for side, field in SIDE_FIELDS.items()},
        )  # fmt: skip
