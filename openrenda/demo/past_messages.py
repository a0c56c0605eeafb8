"""Messages that residents of the invented district left with the city in earlier years, brought in from a file as a real office does. Nobody is real."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from openrenda.people.models import Organ
from openrenda.procedures.opinion.imports import Manner, run_file

from .keeping import Keeping
from .places import streets

MESSAGES = 56
# What was said, its category, a word of the organ's name, and what was answered.
SAID = (
    ("{road}路灯不亮", "{road}的路灯坏了好几盏，晚上看不清路，请派人维修。", "市政设施", "城市管理", "路灯线路老化，已更换并恢复照明。"),
    ("{estate}物业不作为", "{estate}物业收费不少，电梯坏了没人修，垃圾也不及时清。", "物业管理", "住房", "已约谈物业公司，电梯修好，清运改为每天两次。"),
    ("{road}早高峰拥堵", "{road}早上堵得厉害，送孩子上学总迟到，希望调整红绿灯。", "交通安全", "公安", "已调整信号配时，并增派警力疏导。"),
    ("{estate}夜间施工噪声", "{estate}旁边的工地半夜还在施工，噪声大得睡不着。", "大气与噪声", "生态环境", "已现场检查，责令夜间停工。"),
    ("{community}入园难", "{community}附近没有公办幼儿园，孩子入园难，希望增加学位。", "学前教育", "教育", "新园明年秋季开园，增加学位。"),
    ("{estate}停水没有通知", "{estate}这个月停水几次，每次都不提前通知。", "供水排水", "水", "抢修管道所致，今后提前一天张贴通知。"),
    ("{community}想办老年食堂", "{community}老人多，做饭不方便，建议办一个老年食堂。", "养老服务", "民政", "已列入今年助餐点建设计划。"),
)  # fmt: skip


def tell(keeping: Keeping) -> None:
    """One file of the message board, through the import; the days lie one to three years back."""
    organs = [row.name for row in keeping.house.rows.values() if isinstance(row, Organ) and row.kind == "department"]
    rows = [_row(keeping, number, organs) for number in range(MESSAGES)]
    content = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
    outcome = run_file(keeping.house.congress, content, "messages.jsonl", Manner(keep=True))
    assert outcome.kept, [row.reasons for row in outcome.bad_rows]


def _row(keeping: Keeping, number: int, organs: list[str]) -> dict[str, Any]:
    title, said, category, word, answer = SAID[number % len(SAID)]
    places = streets()[number % len(streets())].places
    near = number // len(SAID)
    where = {
        kind[:-1] if kind != "communities" else "community": names[near % len(names)] for kind, names in places.items()
    }
    day = keeping.cast.today - timedelta(days=400 + number * 11)
    return {
        "留言编号": f"{day.year}{number + 1:05d}", "来源": "澜川市留言板（虚构）", "留言主题": title.format(**where),
        "留言时间": day.isoformat(), "留言详情": said.format(**where), "类别": category,
        "承办单位": next((name for name in organs if word in name), organs[0]),
        "答复意见": f"您好，您反映的情况已收悉。{answer}感谢您的关心。", "答复时间": (day + timedelta(days=6 + number % 9)).isoformat(),
    }  # fmt: skip
