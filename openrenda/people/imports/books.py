"""The sheets by key, and their workbooks: templates, exports, and files as they come in."""

from __future__ import annotations

from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as declared

from openrenda.documents.tables import Column as BookColumn
from openrenda.documents.tables import Sheet as BookSheet
from openrenda.documents.tables import TableRefused, read_table, write_template, write_workbook
from openrenda.people.imports.grids import GRID_MEMBERS, GRIDS
from openrenda.people.imports.groups import GROUPS, MEMBERS
from openrenda.people.imports.guests import GUESTS
from openrenda.people.imports.organs import CATEGORIES, DISTRICTS, ORGANS
from openrenda.people.imports.persons import MANDATES, PEOPLE
from openrenda.people.imports.posts import POSTS, QUESTIONS, TENURES
from openrenda.people.imports.reception import RECEPTION_HOURS
from openrenda.people.imports.runner import Outcome, run
from openrenda.people.imports.seats import SEATS
from openrenda.people.imports.sheet import Sheet
from openrenda.people.imports.stations import COMMUNITIES, HUB_LINKS, SPECIALITIES, STATION_MEMBERS, STATIONS
from openrenda.people.models import Account

# In the order in which they refer to one another.
SHEETS = MappingProxyType(
    {
        sheet.key: sheet
        for sheet in (
            ORGANS,
            DISTRICTS,
            PEOPLE,
            GROUPS,
            MANDATES,
            GUESTS,
            MEMBERS,
            COMMUNITIES,
            STATIONS,
            STATION_MEMBERS,
            HUB_LINKS,
            SPECIALITIES,
            RECEPTION_HOURS,
            GRIDS,
            GRID_MEMBERS,
            SEATS,
            CATEGORIES,
            POSTS,
            TENURES,
            QUESTIONS,
        )
    }
)
_NOTES = (
    declared("橙色列必填。空格表示不改动系统中已有的内容；要清空某一项，请填“（空）”。"),
    declared("日期可以写成 2026-03-05、2026年3月5日、2026.3.5 或 20260305。"),
    declared("先预览再导入；有一行不对，整个文件都不导入，改好后重新上传即可。"),
)


def _columns(sheet: Sheet) -> list[BookColumn]:
    return [
        BookColumn(
            column.name,
            kind=column.kind,
            note=_(column.note) if column.note else "",
            required=column.required,
            choices=column.choices,
        )
        for column in sheet.columns
    ]


def template(sheet: Sheet) -> bytes:
    """A workbook to be filled in, with notes above the header and examples on a sheet of their own."""
    return write_template(sheet.title, _columns(sheet), sheet.examples, [_(note) for note in (*_NOTES, *sheet.notes)])


def export(sheet: Sheet) -> bytes:
    """The register as it stands, in the columns of the import."""
    return write_workbook([BookSheet(sheet.title, _columns(sheet), sheet.rows())])


def run_file(
    sheet: Sheet, content: bytes, name: str, *, keep: bool, by: Account | None = None, direct: bool = False
) -> Outcome:
    """Reads the file and runs its rows; a file that cannot be read at all is one problem in the outcome."""
    try:
        table = read_table(content, name, expected=sheet.headers)
    except TableRefused as refused:
        return Outcome(sheet.key, problems=(str(refused),))
    return run(sheet, table.headers, table.rows, keep=keep, by=by, direct=direct)
