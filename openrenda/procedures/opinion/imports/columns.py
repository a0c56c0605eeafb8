"""The columns of a message with its answer, and the other names under which hotlines and mailboxes export them."""

from __future__ import annotations

from openrenda.documents.cells import Cell, cell_text, normalise
from openrenda.documents.redaction import redact
from openrenda.documents.tables import Row, Table

from ...bringing_in.columns import Column, Reader, day
from ...bringing_in.columns import text as words_of
from ...bringing_in.remnants import without_remnants
from ..history import LONGEST_PAST_ANSWER, LONGEST_PAST_TEXT

NOT_KEPT = "不保存：结束了的事不再需要，账本也不能删除"


def text(longest: int) -> Reader:
    """Words of a page: what is left of its tags goes, and so do telephones, identity numbers and house numbers."""
    short_enough = words_of(longest)

    def read(cell: Cell) -> str:
        return redact(without_remnants(short_enough(cell))).text

    return read


def number(cell: Cell) -> str:
    """A number kept as text: 2549.0 of a spreadsheet is 2549."""
    return normalise(cell_text(cell)).removesuffix(".0")


COLUMNS = (
    Column("留言编号", "number", number, note="同一来源内不重复；没有时按内容和日期识别重复"),
    Column("工单号", "ticket", number, note="热线的工单号；没有留言编号时用作编号"),
    Column("来源", "source", words_of(60), note="例如12345热线、市长信箱；编号在同一来源内不重复"),
    Column("留言用户", "user", words_of(100), note=NOT_KEPT),
    Column("联系电话", "phone", words_of(100), note=NOT_KEPT),
    Column("留言主题", "title", text(500)),
    Column("留言时间", "said_on", day, "date", required=True),
    Column("留言详情", "text", text(LONGEST_PAST_TEXT), note="空白时用留言主题"),
    Column("地点", "place", text(200)),
    Column("类别", "category", words_of(100), note="与类别表名称或者代码相同的自动对应，否则按文字保存"),
    Column("承办单位", "organ", words_of(200), note="与机构表名称相同的自动对应，否则按文字保存"),
    Column("答复意见", "answer", text(LONGEST_PAST_ANSWER), required=True),
    Column("答复时间", "answered_on", day, "date", required=True),
)

OTHER_NAMES = {
    "留言编号": ("编号", "信件编号", "来信编号", "诉求编号", "受理编号"),
    "工单号": ("工单编号", "热线工单号", "受理单号", "单号"),
    "来源": ("来源平台", "诉求来源", "受理渠道"),
    "留言用户": ("姓名", "来电人", "诉求人", "反映人", "市民姓名", "联系人", "网友", "用户名"),
    "联系电话": ("来电号码", "电话", "手机号", "手机号码", "联系方式"),
    "留言主题": ("主题", "标题", "诉求标题", "工单标题", "问题标题", "信件标题"),
    "留言时间": ("来电时间", "诉求时间", "受理时间", "登记时间", "反映时间", "提交时间", "创建时间", "来信时间"),
    "留言详情": ("诉求内容", "留言内容", "工单内容", "反映内容", "来电内容", "来信内容", "问题描述", "内容"),
    "地点": ("诉求地址", "事发地点", "问题地点", "地址"),
    "类别": ("一级分类", "一级标签", "诉求类别", "诉求类型", "问题类别", "事项分类"),
    "承办单位": ("办理单位", "责任单位", "主办单位", "处理单位", "答复单位", "回复单位"),
    "答复意见": ("答复内容", "回复内容", "办理结果", "处理结果", "办理情况", "办结意见", "答复"),
    "答复时间": ("答复日期", "回复时间", "办结时间", "办理时间", "处理时间"),
}
JOINED = ("留言详情", "答复意见")


def every_name() -> list[str]:
    """All names that a header is recognised by."""
    return [name for column in COLUMNS for name in (column.name, *OTHER_NAMES.get(column.name, ()))]


def renamed(table: Table) -> Table:
    """The table under our own names. Two columns of one meaning: the first that is filled counts, long texts are joined."""
    ours = {other: name for name, others in OTHER_NAMES.items() for other in others}
    headers = list(dict.fromkeys(ours.get(header, header) for header in table.headers))
    return Table(headers, [Row(row.number, _cells(row, ours), row.nested) for row in table.rows])


def _cells(row: Row, ours: dict[str, str]) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for header, cell in row.cells.items():
        name = ours.get(header, header)
        known = cells.get(name)
        if known is None or not cell_text(known):
            cells[name] = cell
        elif name in JOINED and cell_text(cell) and cell_text(cell) != cell_text(known):
            cells[name] = f"{cell_text(known)}\n{cell_text(cell)}"
    return cells
