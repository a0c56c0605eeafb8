"""What residents of the invented district write to their deputies one to one: answered, waiting, turned into an opinion, passed on. Nobody is real."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from openrenda.docket.actor import the_clock, the_public
from openrenda.docket.models import Matter
from openrenda.procedures.palm_express.records import DirectMessage

from .keeping import Keeping

ANSWERED, HANDED, PASSED, WAITING = "answered", "handed", "passed", "waiting"
SAID = (
    ("小区加装电梯，一楼有两户不同意，想请您来听听大家怎么说。", ANSWERED, 60),
    ("学府路小学门口早上没有人疏导，孩子过马路很危险。", HANDED, 41),
    ("社区食堂想延长到晚饭，不知道该找谁。", ANSWERED, 33),
    ("菜市场改造以后摊位费涨了不少，小商户有难处。", PASSED, 24),
    ("邻居家长期高空抛物，劝了几次没有用，不方便公开说。", HANDED, 12),
    ("想知道您上次提的公交线路建议办得怎么样了。", ANSWERED, 5),
    ("我们楼的化粪池又堵了，物业一直推。", WAITING, 1),
)
ANSWER = "看到了，谢谢您。我这周到现场去一趟，听听各方的意见，再给您回话。"
MORE = "周末大家都在家，您来之前说一声，我把几户都叫上。"


def write(keeping: Keeping) -> None:
    """The oldest first; the last one waits for deputy10, who signs in to the demo."""
    for number, (words, end, ago) in enumerate(SAID):
        day = keeping.worked(keeping.cast.today - timedelta(days=ago))
        deputy = _deputy(keeping, 9 if end == WAITING else number * 5 + 9)
        resident = the_public(keeping.house.congress.pk, uuid4())
        data: dict[str, Any] = {"text": words, "deputy": next(iter(deputy.holders))}
        matter = keeping.open("palm-express", "write", day, data, by=resident)
        if end == PASSED:
            keeping.take(
                matter, "pass_on", keeping.worked(day + timedelta(days=7)), by=the_clock(keeping.house.congress.pk)
            )
        elif end == HANDED:
            _handed(keeping, matter, deputy)
        elif end == ANSWERED:
            keeping.take(matter, "answer", day, {"text": ANSWER}, by=deputy)
            if number == 0:
                keeping.take(
                    matter, "write_again", keeping.worked(day + timedelta(days=1)), {"text": MORE}, by=resident
                )
                keeping.take(
                    matter,
                    "answer",
                    keeping.worked(day + timedelta(days=2)),
                    {"text": "好的，周六上午十点到。"},
                    by=deputy,
                )


def _handed(keeping: Keeping, matter: Matter, deputy: Any) -> None:
    message = DirectMessage.objects.get(matter=matter)
    data = {"message": message.pk, "text": "已转给站点去办，我跟着。"}
    keeping.take(matter, "hand", keeping.worked(matter.opened_on + timedelta(days=1)), data, by=deputy)


def _deputy(keeping: Keeping, number: int) -> Any:
    """A deputy who has a sign-in, by turns."""
    rows = [row for (seat, _key), actors in keeping.house.actors.items() if seat == "deputy" for row in actors]
    return rows[number % len(rows)]
