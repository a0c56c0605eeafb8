"""The live studio of a street of the invented district: two broadcasts that were held, one that is to come. Nobody is real."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from openrenda.docket.actor import the_public
from openrenda.docket.models import Matter

from .keeping import Keeping
from .places import streets

LIVE, LATER, HANDED = "answer_live", "answer_later", "hand"
TOPICS = (
    ("养老服务怎样办到家门口", 75, (
        ("社区食堂晚上能不能也开？", LIVE, "下月起三个社区食堂开到晚上七点，先试行半年。"),
        ("高龄老人上门看病怎么申请？", LIVE, "向社区卫生服务中心签约家庭医生即可，行动不便的可以上门。"),
        ("日间照料中心的床位为什么总排不上？", LATER, "会后核实：年底前新增四十张床位，轮候名单已在社区公示。"),
        ("小区门口的坡道太陡，轮椅上不去。", HANDED, ""),
    )),
    ("医疗和文化服务", 30, (
        ("图书馆周末能不能延长开放？", LIVE, "从本月起周末开放到晚上九点。"),
        ("夜间发热门诊在哪里？", LATER, "会后整理：三家医院设夜间发热门诊，地址已在街道公布栏张贴。"),
    )),
    ("就业和创业，听听年轻人怎么说", -6, (("灵活就业怎么缴社保？", "", ""), ("街道有没有共享办公的地方？", "", ""))),
)  # fmt: skip


def broadcast(keeping: Keeping) -> None:
    """The oldest first."""
    for number, (topic, ago, questions) in enumerate(TOPICS):
        day = keeping.worked(keeping.cast.today - timedelta(days=ago))
        _one(keeping, number, topic, day, questions)


def _one(keeping: Keeping, number: int, topic: str, day: date, questions: Any) -> None:
    street = streets()[number % len(streets())]
    sitting = keeping.cast.sitting(min(day, keeping.cast.today))
    deputies = [keeping.house.ref("mandate", sitting[(number * 11 + place) % len(sitting)].key) for place in range(3)]
    before = keeping.worked(min(day, keeping.cast.today) - timedelta(days=5))
    matter = keeping.open("broadcast", "arrange", before, {
        "street": keeping.house.ref("organ", street.key), "held_on": day.isoformat(), "starts_at": "19:30", "place": "街道代表之声直播间",
        "topic": topic, "deputies": deputies, "watch_at": "https://live.example.org/",
    })  # fmt: skip
    asked = [(_asked(keeping, matter, before, text), step, answer) for text, step, answer in questions]
    if day > keeping.cast.today:
        return
    keeping.take(
        matter,
        "hold",
        day,
        {"deputies": deputies, "watch_at": "https://live.example.org/", "record": "直播一小时，代表逐个回应提问。"},
    )
    for question, step, answer in asked:
        told: dict[str, Any] = {"public_text": question.title}
        told |= {"deputy": deputies[0], "answer": answer} if answer else {}
        keeping.take(question, step, day if step == LIVE else keeping.worked(day + timedelta(days=4)), told)
    keeping.take(matter, "close", keeping.worked(day + timedelta(days=6)))


def _asked(keeping: Keeping, matter: Matter, day: date, text: str) -> Matter:
    by = the_public(keeping.house.congress.pk, uuid4())
    return keeping.open("broadcast-question", "ask", day, {"broadcast": matter.pk, "text": text}, by=by)
