"""The columns of a published record and of a step, as docs/data-standard.md lists them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from openrenda.documents.cells import Cell, cell_text, normalise, parse_integer

from ...bringing_in.columns import Column, day, names, text


def year(cell: Cell) -> int:
    """A year, also as 2023年 or 2023年度."""
    found = parse_integer(re.sub(r"年度?$", "", normalise(cell_text(cell))))
    if not 1954 <= found <= 2200:
        raise ValueError(_("“%(value)s”不像年度，请填四位年份，例如 2023。") % {"value": found})
    return found


def count(cell: Cell) -> int:
    """How many deputies: one at least."""
    found = parse_integer(cell)
    if not 1 <= found <= 5000:
        raise ValueError(_("“%(value)s”不像提出代表的人数，请填 1 至 5000 之间的整数。") % {"value": found})
    return found


STATES = {
    "已接收": "import_received",
    "已交办": "import_assigned",
    "办理中": "import_assigned",
    "已答复": "import_replied",
    "已办结": "import_closed",
    "办结": "import_closed",
}


def state(cell: Cell) -> str:
    """The step by which a record of that state comes in."""
    written = normalise(cell_text(cell))
    if written not in STATES:
        allowed = _("、").join(STATES)
        raise ValueError(
            _("“%(value)s”不在可选范围内，请填：%(allowed)s，或者留空。") % {"value": written, "allowed": allowed}
        )
    return STATES[written]


PUBLISHED = (
    Column("标题", "title", text(500), required=True, note="照公开时的写法"),
    Column("会次", "session", text(100), note="例如“第九届第三次会议”“十八届二次会议闭会期间”，照公开时的写法"),
    Column("年度", "year", year, "integer", note="没有会次时按年度编号"),
    Column("编号", "number", text(60), note="同一会次（没有会次时同一年度）内不重复"),
    Column("人大名称", "congress", text(100), note="只在一个文件里有几个人大的记录时填写"),
    Column("领衔代表", "sponsor", text(100)),
    Column("提出代表人数", "deputies_count", count, "integer"),
    Column("内容", "content", text(20000)),
    Column("承办单位", "handling_organ", text(200), note="与机构表名称相同的自动对应，否则按文字保存"),
    Column("协办单位", "co_handlers", names, note="几个单位之间用顿号隔开"),
    Column("办理结果分类", "result_class", text(100), note="照公开时的写法，例如 A、B类、A1"),
    Column("公开属性", "disclosure", text(100), note="照公开时的写法"),
    Column("答复文号", "document_number", text(60)),
    Column("接收日期", "received_on", day, "date"),
    Column("交办日期", "assigned_on", day, "date"),
    Column("答复日期", "reply_date", day, "date"),
    Column("答复全文", "reply_text", text(100_000)),
    Column("代表评价", "judgement", text(20), note="例如满意、基本满意、不满意"),
    Column("公开日期", "published_date", day, "date", note="在网上公开的日期；填了就在公开页面显示"),
    Column("来源", "url", text(500)),
    Column("办理状态", "state", state, choices=("已接收", "办理中", "已答复", "已办结"), note="留空时按所填内容判断"),
)

STEPS = (
    Column("建议", "suggestion", text(100), required=True, note="同一件建议的各行填同一个代号，代号不重复使用"),
    Column("步骤", "step", text(60), required=True, note="步骤的名称或英文代号；第一行须是提出或导入的步骤"),
    Column("日期", "date", day, "date", required=True),
    Column("办理人", "who", text(100), note="代表的步骤填代表姓名或代表证号"),
    Column("编号", "number", text(60), note="填在任意一行"),
    Column("会次", "session", text(100), note="编号所属的会次，填在任意一行"),
)


def is_of_steps(headers: Iterable[str]) -> bool:
    """Whether the table tells whole histories, one row a step."""
    return {"步骤", "建议"} <= set(headers) or {"step", "suggestion"} <= set(headers)
