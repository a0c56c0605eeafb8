"""A list as a workbook: exactly the columns and conditions shown, all pages, read from the database bit by bit."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from openrenda.documents.workbooks import Column as SheetColumn
from openrenda.documents.workbooks import Sheet, write_workbook
from openrenda.procedures.listing import Column

from ..labels import label_of
from .query import BASE_FIELDS, Listing
from .showing import Words

MOST_ROWS = 20_000
MOST_PRINTED = 1_000
CHUNK_ROWS = 1_000
KINDS = {"day": "date", "due": "date", "count": "integer"}


def rows_of(listing: Listing, most: int) -> Iterator[dict[str, Any]]:
    """The rows of all pages in their order, at most so many and one more, which says that there are more."""
    rows = listing.matters().order_by(*listing.order.by()).values(*BASE_FIELDS, *listing.paths())
    return islice(rows[: most + 1].iterator(chunk_size=CHUNK_ROWS), most + 1)


def workbook(listing: Listing, columns: list[Column], conditions: str) -> bytes:
    """The workbook of the list."""
    words = Words(listing)
    name = label_of(listing.table)
    notes = [
        _("条件：%(conditions)s") % {"conditions": conditions},
        _("导出于%(day)s；最多导出 %(limit)s 件，按%(order)s。")
        % {"day": date_format(timezone.localdate()), "limit": MOST_ROWS, "order": listing.order.label},
    ]
    sheet = Sheet(
        name,
        [SheetColumn(str(column.label), KINDS.get(column.kind, "text")) for column in columns],
        ([words.plain(column, row) for column in columns] for row in islice(rows_of(listing, MOST_ROWS), MOST_ROWS)),
        title=name,
        notes=notes,
    )
    return write_workbook([sheet])
