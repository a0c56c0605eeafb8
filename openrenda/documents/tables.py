"""Tables as clerks really make them 表格: .xlsx, .xls, .csv, .tsv and .jsonl read into rows that remember their number.

Title rows above the header, merged and two-storey headers, trailing blank rows and columns, a header printed again on
every page: all are found and left out. What cannot be read is refused as `TableRefused` with one sentence.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import python_calamine
from django.utils.translation import gettext as _

from openrenda.documents.archives import BadArchive, check_archive, check_spread
from openrenda.documents.cells import Cell, cell_from, cell_text, name_of, normalise, parse_date, parse_integer, tidy
from openrenda.documents.workbooks import Column, Sheet, write_template, write_workbook

__all__ = [
    "Cell",
    "Column",
    "Row",
    "Sheet",
    "Table",
    "TableRefused",
    "cell_text",
    "decode",
    "name_of",
    "normalise",
    "parse_date",
    "parse_integer",
    "read_table",
    "tidy",
    "write_template",
    "write_workbook",
]  # fmt: skip

HEADER_SEARCH_ROWS = 30
FIELD_LIMIT_CHARACTERS = 1_000_000

csv.field_size_limit(FIELD_LIMIT_CHARACTERS)


class TableRefused(ValueError):
    """The file as a whole cannot be read; the message is a sentence for the person who sent it."""


@dataclass(frozen=True)
class Row:
    """One line of data; `number` counts from 1 as the spreadsheet program shows it."""

    number: int
    cells: dict[str, Cell]
    nested: dict[str, Any] = field(default_factory=dict)
    """Lists and objects of a JSON Lines record; empty for every other kind of file."""


@dataclass(frozen=True)
class Table:
    """A header and its rows. `headers` carries the expected spelling wherever a column was recognised."""

    headers: list[str]
    rows: list[Row]

    def missing(self, required: Iterable[str]) -> list[str]:
        """Required columns that the file does not have."""
        return [name for name in required if name not in self.headers]


Grid = list[tuple[int, list[Cell]]]


def read_table(content: bytes, name: str, *, sheet: str | None = None, expected: Sequence[str] = ()) -> Table:
    """Read one table. `name` only decides between text formats; workbooks are known by their content.

    `expected` are the column names that the header is recognised by; without them the first well-filled row is the
    header. `sheet` names one sheet of a workbook; otherwise the sheet that holds most expected columns is taken.
    """
    if not content.strip():
        raise TableRefused(_("文件是空的，没有读到任何内容，请重新选择文件。"))
    if content[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        return _best_table(_workbook_grids(content, sheet), expected)
    text = decode(content)
    if name.lower().endswith((".jsonl", ".ndjson", ".json")) or text.startswith('{"'):
        return _json_lines(text)
    if text.lstrip()[:1] == "<":
        raise TableRefused(_("这个文件其实是网页，不是表格。请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。"))
    return _best_table([_csv_grid(text, name)], expected)


def decode(content: bytes) -> str:
    """Text in UTF-8 (with or without mark), UTF-16 with mark, or GB18030 (which covers GBK and GB2312)."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableRefused(_("文件的文字编码无法识别，请另存为 .xlsx，或存为 UTF-8 编码的 .csv 再上传。"))


def _workbook_grids(content: bytes, sheet: str | None) -> Iterator[Grid]:
    try:
        if content[:2] == b"PK":
            check_archive(io.BytesIO(content))
            check_spread(io.BytesIO(content))
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = [sheet] if sheet else workbook.sheet_names
        for sheet_name in names:
            if sheet_name not in workbook.sheet_names:
                words = {"name": sheet_name, "names": _("、").join(workbook.sheet_names)}
                raise TableRefused(_("文件里没有名为“%(name)s”的工作表，现有：%(names)s。") % words)
            rows = workbook.get_sheet_by_name(sheet_name).to_python(skip_empty_area=False)
            yield [(number, [cell_from(value) for value in row]) for number, row in enumerate(rows, 1)]
    except BadArchive as error:
        raise TableRefused(str(error)) from error
    except python_calamine.PasswordError as error:
        raise TableRefused(_("文件设有打开密码，请在 Excel 或 WPS 里取消密码后再上传。")) from error
    except (python_calamine.CalamineError, OSError) as error:
        raise TableRefused(
            _("表格文件已损坏或不是真正的 Excel 文件，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。")
        ) from error


def _csv_grid(text: str, name: str) -> Grid:
    sample = text[:20_000]
    likely = max(",\t;，", key=sample.count)
    delimiter = "\t" if name.lower().endswith(".tsv") else likely
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise TableRefused(_("文字表格的格式有误（可能有一格太长或引号不成对），请另存为 .xlsx 再上传。")) from error
    return [(number, [cell_from(value) for value in row]) for number, row in enumerate(rows, 1)]


def _json_lines(text: str) -> Table:
    rows, headers = [], dict[str, None]()
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        row = _json_row(number, line)
        rows.append(row)
        headers.update(dict.fromkeys([*row.cells, *row.nested]))
    return Table(list(headers), rows)


def _json_row(number: int, line: str) -> Row:
    try:
        record = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise TableRefused(
            _("第 %(number)d 行不是完整的 JSON，请检查这一行的引号和括号。") % {"number": number}
        ) from error
    if not isinstance(record, dict):
        raise TableRefused(_("第 %(number)d 行应当是一条记录（用花括号括起来），请检查。") % {"number": number})
    nested = {key: value for key, value in record.items() if isinstance(value, list | dict)}
    return Row(number, {key: cell_from(value) for key, value in record.items() if key not in nested}, nested)


def _best_table(grids: Iterable[Grid], expected: Sequence[str]) -> Table:
    """The grid with most expected columns; the first one that is not empty when nothing is expected."""
    found = [(grid, *_find_header(grid, expected)) for grid in grids]
    found = [item for item in found if item[2]]
    if not found:
        raise TableRefused(_no_header(expected))
    grid, last, header, _count = max(found, key=lambda item: item[3]) if expected else found[0]
    return _table(grid[last + 1 :], header)


def _no_header(expected: Sequence[str]) -> str:
    if not expected:
        return _("表格里没有内容，请重新选择文件。")
    words = {"rows": HEADER_SEARCH_ROWS, "names": _("、").join(f"“{name}”" for name in expected[:4])}
    return _("没有找到表头：前 %(rows)d 行里没有 %(names)s 等列名。请下载模板，按模板的列名填写后再上传。") % words


def _find_header(grid: Grid, expected: Sequence[str]) -> tuple[int, list[str], int]:
    """(index of the last header row, names by column, how many were expected); no names when there is no header."""
    known = {_key(name): name for name in expected}
    best: tuple[int, list[str], int] = (-1, [], 0)
    for index, (_number, cells) in enumerate(grid[:HEADER_SEARCH_ROWS]):
        for last, names in _candidates(grid, index, cells):
            score = len({_key(name) for name in names} & known.keys()) if known else _fullness(grid, names)
            if score > best[2]:
                best = (last, [known.get(_key(name), name) for name in names], score)
    return best


def _candidates(grid: Grid, index: int, cells: list[Cell]) -> Iterator[tuple[int, list[str]]]:
    """The row alone, and the row with the one below it laid over it: merged cells keep their text in the upper row."""
    upper = [tidy(cell_text(cell)) for cell in cells]
    yield index, upper
    if index + 1 < len(grid) and any(upper):
        lower = [tidy(cell_text(cell)) for cell in grid[index + 1][1]]
        width = max(len(upper), len(lower))
        padded = zip(upper + [""] * (width - len(upper)), lower + [""] * (width - len(lower)), strict=True)
        yield index + 1, [below or above for above, below in padded]


def _fullness(grid: Grid, names: list[str]) -> int:
    """1 for a row that is at least half as full as the fullest row; the first such row is the header."""
    fullest = max(sum(cell is not None for cell in cells) for _, cells in grid[:HEADER_SEARCH_ROWS])
    return int(2 * sum(bool(name) for name in names) >= fullest > 0)


def _key(name: str) -> str:
    """How headers are compared: without spaces, line breaks, star, colon or the remark "（必填）"."""
    key = "".join(normalise(name).split()).strip("*＊:：")
    for remark in ("必填", "选填"):
        key = key.replace(f"（{remark}）", "").replace(f"({remark})", "")
    return key.replace("（", "(").replace("）", ")").lower()


def _table(body: Grid, header: list[str]) -> Table:
    names = _column_names(body, header)
    rows = []
    for number, cells in body:
        values = {name: cells[column] if column < len(cells) else None for column, name in names.items()}
        if any(value is not None for value in values.values()) and not _printed_again(values):
            rows.append(Row(number, values))
    return Table(list(names.values()), rows)


def _column_names(body: Grid, header: list[str]) -> dict[int, str]:
    """Column → name: empty columns are dropped, unnamed or repeated ones that hold data are told by their place."""
    width = max([len(header), *(len(cells) for _, cells in body)])
    names: dict[int, str] = {}
    for column in range(width):
        name = header[column].replace("\n", "") if column < len(header) else ""
        if name and name not in names.values():
            names[column] = name
        elif any(column < len(cells) and cells[column] is not None for _, cells in body):
            names[column] = f"{name}（第{column + 1}列）"
    return names


def _printed_again(values: dict[str, Cell]) -> bool:
    filled = {name: value for name, value in values.items() if value is not None}
    return len(filled) > 1 and all(_key(cell_text(value)) == _key(name) for name, value in filled.items())
