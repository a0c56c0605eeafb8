"""The demo's reports: last year's, issued and sent upward; this year's draft with what the checker finds; and a pooled counter."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from openrenda import docket
from openrenda.docket.actor import Actor
from openrenda.docket.models import Matter

from .registers import House

ISSUED_ON = (1, 12)
POOLED = ["figure:suggestion.received", "step:enterprise-order:place"]
LAST_YEAR = """
# {{ figure suggestion.received }}建议、{{ figure suggestion.answer_rate }}办复

## 代表建议办理

全年接收代表建议{{ figure suggestion.received }}，其中大会期间{{ figure suggestion.in_session }}、闭会期间{{ figure suggestion.between_sessions }}。已答复{{ figure suggestion.answered }}，办复率{{ figure suggestion.answer_rate }}，按期办复率{{ figure suggestion.in_time_rate }}，解决率{{ figure suggestion.solved_rate 截断 }}。

代表作出评价的{{ figure suggestion.judged }}，评价反馈率{{ figure suggestion.response_rate }}；满意率{{ figure suggestion.satisfaction }}，没有评价的不算满意。

{{ chart suggestion.received by=month }}

## 服务企业

代表建议和企业点单合计{{ figure counter.voices }}，同一件只计一次。

{{ include 自身建设 }}
"""
OWN_WORK = """
## 自身建设

举办代表培训班{{ typed 2 期 as=培训班 by=常委会 source=办公室台账 }}，建成联络站{{ typed 12 个 as=联络站 by=常委会 source=办公室台账 }}。
"""
THIS_YEAR = """
## 代表建议办理

今年以来接收代表建议{{ figure suggestion.received }}，已答复{{ figure suggestion.answered }}，解决率{{ figure suggestion.solved_rate }}；去年全年接收{{ figure suggestion.received year=LAST }}。

逾期{{ figure suggestion.late }}，逾期承诺{{ figure commitment.overdue_promises }}。

## 走访

开展调研、视察、执法检查等活动46次，联动周边X个社区，接待群众{{ typed 500余 人次 as=接待群众 source=联络站台账 }}。
"""


def tell_reports(house: House, today: date) -> None:
    """Everything about reports, through the ordinary steps."""
    office, second = _holders(house, "deputy_office")[:2]
    leader = _holders(house, "leader")[0]
    last = today.year - 1
    yesterday = _worked(house, today - timedelta(days=1))
    issued_on = min(_worked(house, date(today.year, *ISSUED_ON)), yesterday)
    counter = {
        "title": "代表建议和企业点单",
        "key": "voices",
        "unit": "件",
        "kinds": POOLED,
        "since": date(last, 1, 1),
        "reason": "主任会议决定合并统计。",
    }
    docket.open_matter("counter", "define", by=office, data=counter, at=_at(_worked(house, date(last, 12, 20)), 0))
    days = {"since": date(last, 1, 1), "until": date(last, 12, 31), "as_of": min(date(last, 12, 31), issued_on)}
    first = _begin(office, f"{last}年常务委员会工作报告", days, issued_on)
    for place, (who, step, data) in enumerate(_way(office, second, leader, house), 1):
        docket.act(Matter.objects.get(pk=first), step, by=who, data=data, at=_at(issued_on, place))
    days = {"since": date(today.year, 1, 1), "until": date(today.year, 12, 31), "as_of": yesterday}
    days = {**days, "since": min(days["since"], yesterday)}
    draft = _begin(office, f"{today.year}年常务委员会工作报告", days, yesterday)
    text = THIS_YEAR.replace("LAST", str(last)).strip()
    docket.act(Matter.objects.get(pk=draft), "write", by=office, data={"text": text}, at=_at(yesterday, 1))


def _way(office: Actor, second: Actor, leader: Actor, house: House) -> list[tuple[Actor, str, dict[str, Any]]]:
    return [
        (office, "write_part", {"name": "自身建设", "text": OWN_WORK.strip()}),
        (office, "write", {"text": LAST_YEAR.strip()}),
        (office, "submit", {}),
        (second, "pass", {}),
        (leader, "issue", {"public": "on", "issuer": f"{house.congress.name}常务委员会"}),
        (leader, "send_up", {"positions": ["3", "7"]}),
    ]


def _begin(office: Actor, title: str, days: dict[str, date], day: date) -> Any:
    return docket.open_matter("report", "begin", by=office, data={"title": title, **days}, at=_at(day, 0)).matter_id


def _holders(house: House, seat: str) -> list[Actor]:
    return [actor for (key, _holder), actors in house.actors.items() if key == seat for actor in actors]


def _worked(house: House, day: date) -> date:
    """The working day it was, or the last one before."""
    while not house.book.calendar.is_working_day(day):
        day -= timedelta(days=1)
    return day


def _at(day: date, place: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9, 30))) + timedelta(minutes=place)
