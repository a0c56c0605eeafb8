"""Votes of the demo: one by name, a secret one that fails by one on the base of all members, and one that waits to be tried out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from openrenda.activities import bodies
from openrenda.activities.vote.opening import able
from openrenda.activities.vote.records import latest_ballot
from openrenda.ballots.casting import cast_named, cast_secret
from openrenda.ballots.counting import Paper
from openrenda.ballots.counting.terms import ABSTAIN, AGAINST, APPROVE
from openrenda.ballots.device import Device
from openrenda.ballots.models import Ballot
from openrenda.ballots.taking import take
from openrenda.docket.models import Matter
from openrenda.people.models import Mandate

from .keeping import Keeping

AGO_DAYS, AWAY = 40, 3
BUDGET = "关于批准本级预算调整方案的决议（草案）"
OFFICES = ("任命钟明远为区人民政府副区长", "任命白若涵为区人民法院审判委员会委员")
PROJECTS = (
    "新建社区养老服务站8个", "改造老旧小区供水管网30公里", "新增中小学学位2000个", "建设口袋公园12处", "加装既有住宅电梯100部", "更新公交候车亭60座",
    "农贸市场标准化改造5个", "新增公共停车泊位1500个", "社区卫生服务中心中医馆6个", "适龄妇女两癌免费检查2万人次", "背街小巷路灯改造800盏", "村级水毁道路修复25公里",
)  # fmt: skip
PLACES = 10


def vote(keeping: Keeping) -> None:
    """What the standing committee voted on, and a straw poll of all deputies that anybody may open."""
    day = keeping.worked(keeping.cast.today - timedelta(days=AGO_DAYS))
    _by_name(keeping, day)
    _in_secret(keeping, day)
    keeping.open("vote", "prepare", day, {
        "title": "民生实事项目意向投票（12选10，供试用）", "kind": "choice", "way": "secret", "body": bodies.CONGRESS,
        "options": "\n".join(PROJECTS), "places": PLACES, "straw": "on",
    })  # fmt: skip


def _opened(keeping: Keeping, day: date, data: dict[str, Any]) -> tuple[Matter, Ballot, list[Mandate]]:
    """A vote of the standing committee, open, with all but a few present."""
    matter = keeping.open("vote", "prepare", day, {"body": bodies.STANDING_COMMITTEE, **data})
    present = list(able(bodies.STANDING_COMMITTEE, day))[:-AWAY]
    keeping.take(matter, "open", day, {"present": [str(mandate.pk) for mandate in present]})
    ballot = latest_ballot(matter.pk)
    assert ballot is not None
    return matter, ballot, present


def _by_name(keeping: Keeping, day: date) -> None:
    matter, ballot, present = _opened(keeping, day, {"title": BUDGET, "kind": "question", "way": "named"})
    for number, mandate in enumerate(present):
        mark = ABSTAIN if number == 1 else AGAINST if number == 2 else APPROVE
        cast_named(ballot, mandate.pk, Paper((mark,)).text)
    _conclude(keeping, matter, day)


def _in_secret(keeping: Keeping, day: date) -> None:
    """The first passes; for the second exactly half of all members vote, which is not more than half."""
    title = "人事任免案（逐人表决）"
    data = {"title": title, "kind": "appointments", "way": "secret", "options": "\n".join(OFFICES)}
    matter, ballot, present = _opened(keeping, day, data)
    half = ballot.terms.base // 2
    for number, mandate in enumerate(present):
        device = Device.fresh(ballot.public_key)
        device.take(take(ballot, mandate.pk, device.blinded))
        paper = Paper((APPROVE if number else ABSTAIN, APPROVE if number < half else AGAINST))
        cast_secret(ballot, device.mark(str(ballot.pk), paper.text))
    _conclude(keeping, matter, day)


def _conclude(keeping: Keeping, matter: Matter, day: date) -> None:
    keeping.take(matter, "close", day, {})
    keeping.take(matter, "announce", day, {})
