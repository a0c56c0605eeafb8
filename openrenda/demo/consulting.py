"""What the invented district asks its residents: a draft that is open for comment, one that was answered, and a call for topics. Nobody is real."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from openrenda.docket.actor import Actor, the_clock, the_public
from openrenda.docket.models import Matter

from .keeping import Keeping
from .places import streets

EVERY_WAY = ("portal", "seated", "walk_in", "phone", "called", "letter", "online", "meeting")
KEPT_BY = "environment"
REACH = "电话 0000-8212345；来信来访：江澜区人大常委会代表工作委员会（虚构）"
OPEN = (
    ("晚上七点以后的停车位也应当向附近居民开放。", "portal", "public"),
    ("老旧小区门口的临时停车时间应当放宽到半小时。", "phone", "public"),
    ("希望明确残疾人专用车位被占用时找谁处理。", "portal", "public"),
    ("建议商业街装卸货物的时段写进办法。", "online", "society"),
    ("晚上七点以后的停车位也应当向附近居民开放。", "called", "public"),
)
ANSWERED = (
    ("分类投放点离一些楼栋太远，老人走不动。", "portal", "public", "adopted", "已增加“楼栋至投放点一般不超过一百五十米”的要求。"),
    ("希望允许居民自带桶分类投放。", "phone", "public", "partly", "厨余垃圾可以自带桶投放，有害垃圾仍须投放到专用点。"),
    ("建议对不分类的家庭停水停电。", "online", "public", "not_adopted", "停水停电没有法律依据，不予采纳；以劝导和依法处罚为主。"),
    ("物业公司的分拣责任要写清楚。", "walk_in", "public", "adopted", "草案已写明物业服务人的分拣和报告责任。"),
    ("垃圾转运站夜间噪声扰民。", "called", "public", "passed_on", "属于具体问题，已转有关单位办理，结果会另行告知您。"),
    ("大型商场应当单独设厨余垃圾处理设备。", "letter", "organisations", "partly", "面积两万平方米以上的商场参照执行。"),
)  # fmt: skip
TOPICS = (
    ("就业保障", "重点群体就业政策落实到企业的情况。", "deputies"),
    ("就业保障", "零工市场的劳动报酬保障。", "organisations"),
    ("营商环境", "中小企业账款清欠工作。", "society"),
    ("营商环境", "政务服务跨区通办的实际效果。", "departments"),
    ("生态环保", "餐饮油烟扰民的长效治理。", "public"),
    ("生态环保", "城区河道黑臭反弹的问题。", "deputies"),
    ("生态环保", "建筑工地夜间扬尘。", "public"),
)


def consult(keeping: Keeping) -> None:
    """The oldest first."""
    _topics(keeping, keeping.worked(keeping.cast.today - timedelta(days=170)))
    _answered(keeping, keeping.worked(keeping.cast.today - timedelta(days=110)))
    _open(keeping, keeping.worked(keeping.cast.today - timedelta(days=9)))


def _announced(keeping: Keeping, day: date, title: str, text: str, days: int, step: str = "announce") -> Matter:
    closes = (day + timedelta(days=days)).isoformat()
    data = {
        "title": title,
        "text": text,
        "opens_on": day.isoformat(),
        "closes_on": closes,
        "channels": EVERY_WAY,
        "reach": REACH,
    }
    return keeping.open("consultation", step, day, data)


def _said(keeping: Keeping, call: Matter, day: date, text: str, channel: str, source: str = "public") -> Matter:
    data: dict[str, Any] = {"consultation": call.pk, "text": text}
    if channel == "portal":
        by: Actor = the_public(keeping.house.congress.pk, uuid4())
        return keeping.open("consultation-opinion", "give", day, data, by=by)
    data |= {"channel": channel, "source": source, "heard_on": day.isoformat()}
    by = keeping.house.actors["station_clerk", streets()[0].key][0] if channel == "walk_in" else keeping.office
    return keeping.open("consultation-opinion", "enter", day, data, by=by)


def _open(keeping: Keeping, day: date) -> None:
    """Opinions come in; nothing is answered yet but one."""
    text = "为方便群众停车、规范停车秩序，起草了《江澜区停车管理办法（草案）》（虚构），现公开征求意见。重点征求：公共停车位夜间开放、老旧小区临时停车、收费公示。"
    call = _announced(keeping, day, "《江澜区停车管理办法（草案）》公开征求意见", text, 30)
    for number, (words, channel, source) in enumerate(OPEN):
        _said(keeping, call, keeping.worked(day + timedelta(days=1 + number)), words, channel, source)


def _answered(keeping: Keeping, day: date) -> None:
    """Every opinion has its answer, one came late, and what came of it is told to all."""
    call = _announced(
        keeping,
        day,
        "《江澜区生活垃圾分类管理规定（修订草案）》公开征求意见",
        "修订草案全文（虚构），重点征求投放点设置、分拣责任和处罚幅度的意见。",
        30,
    )
    organ = keeping.house.ref("organ", KEPT_BY)
    ends = keeping.worked(day + timedelta(days=33))
    made = []
    for number, (words, channel, source, outcome, answer) in enumerate(ANSWERED):
        late = number == len(ANSWERED) - 1
        on = ends if late else keeping.worked(day + timedelta(days=2 + number * 4))
        made.append((_said(keeping, call, on, words, channel, source), outcome, answer))
    keeping.take(call, "end", ends, by=the_clock(keeping.house.congress.pk))
    for matter, outcome, answer in made:
        passed = {"organ": organ} if outcome == "passed_on" else {}
        keeping.take(
            matter, "decide", keeping.worked(ends + timedelta(days=6)), {"outcome": outcome, "answer": answer, **passed}
        )
    summary = "共收到意见六件，采纳二件，部分采纳二件，不采纳一件，转有关单位办理一件。修改后的草案将提请常委会审议。"
    keeping.take(call, "close", keeping.worked(ends + timedelta(days=12)), {"summary": summary})


def _topics(keeping: Keeping, day: date) -> None:
    """Topics of supervision, sought from five kinds of source and grouped."""
    call = _announced(
        keeping,
        day,
        "下一年度监督议题征集",
        "请围绕群众关心的热点难点问题，提出建议列入年度监督工作计划的议题。",
        20,
        "call",
    )
    ends = keeping.worked(day + timedelta(days=23))
    made = []
    for number, (theme, words, source) in enumerate(TOPICS):
        channel = "portal" if source == "public" else "meeting"
        made.append(
            (_said(keeping, call, keeping.worked(day + timedelta(days=1 + number)), words, channel, source), theme)
        )
    keeping.take(call, "end", ends, by=the_clock(keeping.house.congress.pk))
    for number, (matter, theme) in enumerate(made):
        on = keeping.worked(ends + timedelta(days=5))
        keeping.take(matter, "sort", on, {"theme": theme})
        outcome = "not_adopted" if number == 1 else "adopted"
        answer = "已在上一年度安排专项监督，今年跟踪落实。" if number == 1 else f"已归入“{theme}”，列入监督议题建议。"
        keeping.take(matter, "decide", on, {"outcome": outcome, "answer": answer})
    keeping.take(
        call,
        "close",
        keeping.worked(ends + timedelta(days=10)),
        {"summary": "归并为就业保障、营商环境、生态环保三个方面。"},
    )
