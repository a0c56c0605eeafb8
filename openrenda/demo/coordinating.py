"""What the committees of the invented district do together: one task is over, two run, two activities meet at one unit in a week, one committee assists often."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from openrenda.activities.joint import CommitteeDay
from openrenda.docket.models import Matter

from .keeping import Keeping

URBAN, SOCIAL, EDUCATION, FINANCE, JUSTICE = (
    "urban_committee", "social_committee", "education_committee", "finance_committee", "justice_committee",
)  # fmt: skip
OVER = (
    (55, URBAN, "city_management", "察看夜间市集的管理", (URBAN, SOCIAL), "看了两处市集，摊位编号清楚，垃圾清运还要提前。"),
    (48, FINANCE, "market", "了解摊主登记和纳税情况", (FINANCE, URBAN), "登记率过九成，小额经营依法免税。"),
)  # fmt: skip


def tell(keeping: Keeping) -> None:
    """The oldest first."""
    _over(keeping)
    _elderly(keeping)
    _schools(keeping)


def _set_up(keeping: Keeping, before: int, title: str, text: str, lead: str, *assisting: str, ends: int) -> Matter:
    day = _day(keeping, before)
    return keeping.open("committee-task", "set_up", day, {
        "title": title, "text": text, "lead": _organ(keeping, lead), "assisting": [_organ(keeping, key) for key in assisting],
        "due_on": (keeping.cast.today + timedelta(days=ends)).isoformat(),
    })  # fmt: skip


def _organ(keeping: Keeping, key: str) -> str:
    return str(keeping.house.ref("organ", key))


def _day(keeping: Keeping, before: int) -> date:
    return keeping.worked(keeping.cast.today - timedelta(days=before))


def _divided(keeping: Keeping, matter: Matter, day: date, parts: tuple[tuple[str, str], ...]) -> None:
    for committee, words in parts:
        keeping.take(matter, "divide", day, {"committee": _organ(keeping, committee), "part": words})


def _arranged(
    keeping: Keeping, matter: Matter, on: date, held_on: date, committee: str, unit: str, what: str
) -> CommitteeDay:
    keeping.take(matter, "arrange", on, {
        "what": what, "unit": _organ(keeping, unit), "held_on": held_on.isoformat(), "starts_at": "9:30", "committee": _organ(keeping, committee),
    })  # fmt: skip
    return CommitteeDay.objects.get(matter=matter, held_on=held_on)


def _held(keeping: Keeping, matter: Matter, row: CommitteeDay, committees: tuple[str, ...], text: str) -> None:
    told = {"day": str(row.pk), "committees": [_organ(keeping, key) for key in committees], "text": text}
    keeping.take(matter, "hold", row.held_on, told)


def _over(keeping: Keeping) -> None:
    """Night markets: two activities, a committee that worked at its desk, and the task concluded."""
    text = "夜间市集涉及城市管理、就业和税收，几个委员会一起调研，形成一份意见。"
    matter = _set_up(keeping, 75, "夜间经济协同调研", text, URBAN, SOCIAL, FINANCE, ends=-10)
    _divided(keeping, matter, _day(keeping, 74), (
        (URBAN, "市集布点和现场管理，起草调研意见。"), (SOCIAL, "摊主就业和居民意见。"), (FINANCE, "登记、税费和补贴。"),
    ))  # fmt: skip
    for before, committee, unit, what, there, found in OVER:
        row = _arranged(keeping, matter, _day(keeping, before + 6), _day(keeping, before), committee, unit, what)
        _held(keeping, matter, row, there, found)
    told = {
        "committee": _organ(keeping, SOCIAL),
        "done_on": _day(keeping, 40).isoformat(),
        "text": "汇总一百二十份居民问卷。",
    }
    keeping.take(matter, "work", _day(keeping, 40), told)
    keeping.take(matter, "close_for", _day(keeping, 30), {"summary": "调研意见已提交主任会议，建议统一市集收摊时间。"})


def _elderly(keeping: Keeping) -> None:
    """Care for the elderly: one activity was held, one was called off, one lies ahead."""
    text = "社区食堂、无障碍改造和医养结合分属三个委员会，今年一并督促。"
    matter = _set_up(keeping, 50, "“一老”服务联合监督", text, SOCIAL, URBAN, EDUCATION, ends=60)
    _divided(keeping, matter, _day(keeping, 49), (
        (SOCIAL, "社区食堂和日间照料。"), (URBAN, "老旧小区无障碍改造。"), (EDUCATION, "医养结合。"),
    ))  # fmt: skip
    first = _arranged(
        keeping, matter, _day(keeping, 30), _day(keeping, 20), SOCIAL, "civil_affairs", "察看三个社区食堂"
    )
    _held(keeping, matter, first, (SOCIAL, EDUCATION), "午餐供应正常，送餐到户还缺人手。")
    gone = _arranged(keeping, matter, _day(keeping, 18), _day(keeping, 9), URBAN, "housing", "察看加装扶手的楼栋")
    told: dict[str, Any] = {"day": str(gone.pk), "reason": "街道正在自查，下月自查结果出来以后再看。"}
    keeping.take(matter, "call_off", _day(keeping, 12), told)
    _arranged(keeping, matter, _day(keeping, 3), _ahead(keeping, 0), EDUCATION, "health", "了解家庭病床签约情况")


def _schools(keeping: Keeping) -> None:
    """School gates: it goes to the same unit in the same week as the other task."""
    text = "校门口的拥堵、食品摊点和托管机构，由三个委员会分头了解。"
    matter = _set_up(keeping, 12, "校园周边环境联合调研", text, EDUCATION, URBAN, JUSTICE, ends=75)
    _divided(keeping, matter, _day(keeping, 11), ((EDUCATION, "托管机构和课后服务。"), (URBAN, "停车和摊点。")))
    _arranged(keeping, matter, _day(keeping, 2), _ahead(keeping, 2), URBAN, "health", "了解校园周边餐饮抽检情况")
    _arranged(keeping, matter, _day(keeping, 2), _ahead(keeping, 9), EDUCATION, "education", "座谈课后服务")


def _ahead(keeping: Keeping, days: int) -> date:
    """So many days after the Monday of next week."""
    today = keeping.cast.today
    return today + timedelta(days=7 - today.weekday() + days)


__all__ = ["tell"]
