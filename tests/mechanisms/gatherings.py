"""What the mechanisms of gatherings share: a hub station, campaigns, and gatherings planned, held and recorded."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from openrenda import docket
from openrenda.activities.record import Item
from openrenda.docket.models import Matter
from openrenda.figures import in_year, read
from openrenda.figures.registry import figure
from openrenda.people.models import Group, Organ, Station
from tests.cast import BEGAN, Cast

from .networking import a_station, street_of
from .stage import take
from .supervising import after, today

TALKED = "社区 青石社区 2\n居民 昙华巷居民 12"


def hub(cast: Cast) -> Station:
    """The hub station of the cast's street."""
    return Station.objects.filter(hub=True).first() or a_station(
        street_of(cast), "H01", hub=True, name="青石中心联络站"
    )


def bare(cast: Cast, kind: str = "contact_group", **more: Any) -> dict[str, Any]:
    """What is typed about a gathering today."""
    return {"kind": kind, "held_on": today(), "place": "党群服务中心", **more}


def recorded(
    cast: Cast, who: str = "office", kind: str = "contact_group", deputies: tuple[str, ...] = ("chen",), **more: Any
) -> Matter:
    """A gathering that was held, entered in one go."""
    data = bare(cast, kind, deputies=[cast.mandates[name].pk for name in deputies], **more)
    return docket.open_matter("gathering", "record", by=cast[who], data=data).matter


def campaign(cast: Cast, *, issued: bool = True) -> Matter:
    """A campaign's plan."""
    data = {"title": "代表三进工作方案", "text": "走进企业、社区、园区。", "since": today(), "until": after(300)}
    matter = docket.open_matter("campaign", "draft", by=cast["office"], data=data).matter
    if issued:
        take(cast, matter, "office", "issue", {"issued_on": today(), "paper_number": "试人常〔2026〕3号"})
    return Matter.objects.get(pk=matter.pk)


def entering(cast: Cast, plan: Matter, **more: Any) -> dict[str, Any]:
    """What a three-entries event says."""
    return {"destination": "community", "street": street_of(cast).pk, "campaign": plan.pk, **more}


def opinion(cast: Cast, matter: Matter, outcome: str = "answered", who: str = "office", **more: Any) -> Item:
    """Something raised at a gathering."""
    told = {"title": "路灯不亮", "text": "三巷路灯坏了。", "outcome": outcome}
    told |= {"organ": cast.organs["roads"].pk, "due_on": after(20)} if outcome == "handed" else {"answer": "已答复。"}
    take(cast, matter, who, "opinion", told | more)
    return Item.objects.filter(matter=matter).latest("position")


def talk(cast: Cast, **more: Any) -> Matter:
    """A talk planned at the hub."""
    data = bare(cast, "talk", station=hub(cast).pk, **more)
    return docket.open_matter("gathering", "plan", by=cast["office"], data=data).matter


def talked(cast: Cast, **more: Any) -> dict[str, Any]:
    """Everybody a talk needs came."""
    return {"deputies": [cast.mandates["chen"].pk], "organs": [cast.organs["roads"].pk], "company": TALKED, **more}


def held_talk(cast: Cast, **more: Any) -> Matter:
    """A talk with invitations and everybody there."""
    matter = talk(cast, **more)
    take(cast, matter, "office", "invite", {"kind": "government", "name": "区交通运输局"})
    take(cast, matter, "office", "hold", talked(cast))
    return Matter.objects.get(pk=matter.pk)


def count(key: str) -> int:
    """A figure's number for the year, as known today."""
    return read(figure(key), in_year(2026, timezone.localdate())).part


def a_group() -> Group:
    """A professional group."""
    return Group.objects.create(kind="professional", name="城建专业代表小组", since=BEGAN)


def second_street() -> Organ:
    """Another street."""
    return Organ.objects.create(code="S900", name="白石街道", kind="street", since=BEGAN)
