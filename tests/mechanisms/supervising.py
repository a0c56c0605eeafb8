"""What the mechanisms of supervision share: a committee, leaders, suggestions of a session, meetings and days."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from openrenda import docket
from openrenda.activities.record import Item
from openrenda.docket.models import Matter
from openrenda.people.models import Category, Organ, Session, Term
from openrenda.web.tests.stage import Way
from tests.cast import BEGAN, Cast, _sit

from .stage import take

FOLLOW = {"way": "site", "finding": "现场已设停靠区，仍需调整信号。"}


def today() -> str:
    """The legal day."""
    return timezone.localdate().isoformat()


def after(days: int) -> str:
    """A day ahead."""
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def people(cast: Cast) -> None:
    """A committee with its head, and a second leading member."""
    urban = Organ.objects.create(code="urban", name="城建环保工作委员会", kind="congress_committee", since=BEGAN)
    cast.organs["urban"] = urban
    _sit(cast, "urban_head", "leader", "organ", urban.pk, "城建环保工作委员会主任")
    _sit(cast, "vice", "leader", "organ", cast.organs["committee"].pk, "副主任顾言")


def in_session(cast: Cast, **changes: Any) -> Way:
    """A suggestion raised in a session, in handling."""
    day = timezone.localdate()
    if not Session.objects.filter(number=2).exists():
        Session.objects.create(term=Term.objects.get(), number=2, since=day, until=day + timedelta(days=4))
    way = Way(cast, category=cast.category.pk, **changes).handling()
    assert way.matter.suggestion.get().in_session
    return way


def led(cast: Cast, way: Way, who: str = "leader", **more: Any) -> Matter:
    """The suggestion under the lead of a leading member."""
    way.take("office", "supervise", {"leading": cast.seats[who].pk, **more})
    return Matter.objects.filter(procedure="supervision").latest("id")


def meeting(cast: Cast, *items: tuple[str, str]) -> Matter:
    """A council of chairpersons held today with these items (kind, title)."""
    data = {"held_on": today(), "place": "常委会会议室", "leading": cast.seats["leader"].pk}
    matter = docket.open_matter("chairpersons-meeting", "call", by=cast["office"], data=data).matter
    for kind, title in items:
        take(cast, matter, "office", "add_item", {"kind": kind, "title": title})
    take(cast, matter, "office", "attend", {"members": [cast.seats["leader"].pk]})
    return Matter.objects.get(pk=matter.pk)


def item(matter: Matter, **condition: Any) -> Item:
    """One item of an activity."""
    return Item.objects.get(matter=matter, **condition)


def key_list(cast: Cast, *subjects: Matter) -> tuple[Matter, list[Matter]]:
    """The year's key list, fixed by a decision: the meeting and the supervisions."""
    held = meeting(cast, ("key_list", "年度重点督办建议名单"))
    take(cast, held, "office", "decide", {
        "item": str(item(held).pk), "text": "同意列入。", "organ": cast.organs["committee"].pk, "due_on": after(200),
        "suggestions": [subject.pk for subject in subjects],
    })  # fmt: skip
    return held, list(Matter.objects.filter(procedure="supervision", supervision__form="key").order_by("id"))


def plan(cast: Cast, **more: Any) -> dict[str, Any]:
    """A key suggestion's plan."""
    return {"leading": cast.seats["leader"].pk, "committee": cast.organs["urban"].pk, "unit": cast.organs["roads"].pk,
            "plan": "一月一调度。", "due_on": after(150), "problem_class": "学校周边拥堵", "field_of_work": "城市交通治理",
            **more}  # fmt: skip


def reception(cast: Cast, *subjects: Matter, day: str = "", leader: str = "leader", **more: Any) -> Matter:
    """A reception day, with suggestions chosen for the site."""
    data = {
        "held_on": day or today(),
        "place": "代表之家",
        "places": 2,
        **({"leading": cast.seats[leader].pk} if leader else {}),
    }
    matter = docket.open_matter("reception-day", "arrange", by=cast["office"], data=data | more).matter
    if subjects:
        chosen = {"suggestions": [subject.pk for subject in subjects], "number_reason": "本月只有这些需要现场督办"}
        take(cast, matter, "office", "pick", chosen)
    return Matter.objects.get(pk=matter.pk)


def category_below(cast: Cast) -> Category:
    """A field below the cast's own."""
    return Category.objects.create(code="0101", name="停车", parent=cast.category)
