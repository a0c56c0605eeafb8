"""Reports that the demo's members rated: three at once, one of which is to be reported again; and one that was put right and rated a second time.

Votes are announced as the hall announces them; who was rated and how is invented.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from openrenda.docket.actor import the_kin
from openrenda.docket.models import Matter
from openrenda.people.posts import members_on
from openrenda.tenancy import uuid7

from .keeping import Keeping

SATISFIED, BASICALLY, DISSATISFIED = "satisfied", "basically", "dissatisfied"
WORDS = {SATISFIED: "满意", BASICALLY: "基本满意", DISSATISFIED: "不满意"}
# Organ, title, verdict; those of one sitting stand on one paper.
TOGETHER = (
    ("government", "区人民政府禁毒工作报告（演示）", SATISFIED),
    ("court", "区人民法院禁毒审判工作报告（演示）", BASICALLY),
    ("procuratorate", "区人民检察院禁毒检察工作报告（演示）", DISSATISFIED),
)
ALONE = ("education", "关于校车安全管理情况的报告（演示）")
REPORT = "主要做法和成效；存在的问题；下一步措施（演示）。"
AWAY = 2


def tell(keeping: Keeping) -> None:
    """The one that was rated twice, then the three of the last sitting, then what is to be rated next."""
    _twice(keeping, _day(keeping, 200))
    _together(keeping, _day(keeping, 40))
    organ, title = "development", "关于优化营商环境情况的报告（演示）"
    _listed(keeping, organ, title, _day(keeping, 3), keeping.cast.today + timedelta(days=14))


def _day(keeping: Keeping, ago: int) -> date:
    return keeping.worked(keeping.cast.today - timedelta(days=ago))


def _listed(keeping: Keeping, organ: str, title: str, day: date, meeting_on: date) -> Matter:
    data = {
        "title": title,
        "organ": keeping.house.ref("organ", organ),
        "meeting_on": meeting_on.isoformat(),
        "report": REPORT,
    }
    return keeping.open("report-rating", "list", day, data)


def _vote(keeping: Keeping, report: Matter, day: date, verdict: str, vote: UUID) -> None:
    """Most of those who were there gave that grade."""
    base = members_on(day).count()
    present = base - AWAY
    others = present // 4
    grades = {key: present - others if key == verdict else 0 for key in WORDS}
    grades[BASICALLY if verdict != BASICALLY else SATISFIED] += others
    counts = "，".join(f"{WORDS[key]} {count}" for key, count in grades.items())
    sentence = f"应到 {base}，实到 {present}，{counts}，弃权 0：测评结果，{WORDS[verdict]}"
    data = {
        "grades": grades,
        "verdict": verdict,
        "base": base,
        "present": present,
        "sentence": sentence,
        "vote": str(vote),
    }
    keeping.take(report, "voted", day, data, by=the_kin(keeping.house.congress.pk))


def _together(keeping: Keeping, day: date) -> None:
    """Three on one paper: two are told, the third is being put right."""
    vote, listed_on = uuid7(), keeping.worked(day - timedelta(days=20))
    for organ, title, verdict in TOGETHER:
        report = _listed(keeping, organ, title, listed_on, day)
        _vote(keeping, report, day, verdict, vote)
        if verdict != DISSATISFIED:
            keeping.take(report, "settle", keeping.worked(day + timedelta(days=5)), {"told": "已书面告知报告单位。"})


def _twice(keeping: Keeping, day: date) -> None:
    """Not satisfied, put right, reported again, satisfied."""
    organ, title = ALONE
    report = _listed(keeping, organ, title, keeping.worked(day - timedelta(days=20)), day)
    _vote(keeping, report, day, DISSATISFIED, uuid7())
    task = Matter.objects.get(parent=report, procedure="rectification")
    done = {"done": "更换到期校车6辆，逐校签订安全责任书（演示）。", "proof": "现场抽查12所学校。"}
    by = keeping.staff(organ)
    keeping.take(task, "report", keeping.worked(day + timedelta(days=30)), done, by=by)
    keeping.take(task, "accept", keeping.worked(day + timedelta(days=35)), {"checked": "现场核查，情况属实。"})
    again = keeping.worked(day + timedelta(days=50))
    keeping.take(report, "report_again", again, {"report": "整改情况和成效（演示）。"}, by=by)
    second = keeping.worked(day + timedelta(days=70))
    keeping.take(report, "schedule", keeping.worked(again + timedelta(days=5)), {"meeting_on": second.isoformat()})
    _vote(keeping, report, second, SATISFIED, uuid7())
    keeping.take(report, "settle", keeping.worked(second + timedelta(days=5)), {"told": "已书面告知报告单位。"})


__all__ = ["tell"]
