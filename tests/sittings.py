"""Sittings of the standing committee as tests need them: called, open, closed; with members, an agenda, papers, speeches and a decision."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from openrenda import docket, rulebook
from openrenda.activities.hall import Attendance, Sitting, Speech
from openrenda.activities.record import Item
from openrenda.docket.models import File, Matter
from openrenda.people.models import Group, GroupMembership, Mandate, Person
from tests import cast as stage
from tests.cast import BEGAN, Cast

MEMBERS = ("chen", "lin", "ouyang")
# One empty page, A4.
PDF = """%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""


def today(days: int = 0) -> str:
    """So many days from now."""
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def committee(cast: Cast, members: tuple[str, ...] = MEMBERS) -> Group:
    """Some deputies are members of the standing committee."""
    group, _made = Group.objects.get_or_create(kind="standing_committee", name="区人大常委会", since=BEGAN)
    for who in members:
        GroupMembership.objects.get_or_create(group=group, mandate=cast.mandates[who], since=BEGAN)
    return group


def take(cast: Cast, matter: Matter, who: str, step: str, data: Any = None) -> Any:
    """Somebody takes a step on the matter as it is now."""
    return docket.act(Matter.objects.get(pk=matter.pk), step, by=cast[who], data=data or {})


def planned(cast: Cast, days: int = 0, **data: Any) -> Matter:
    """A sitting in the plan of the year."""
    committee(cast)
    given = {"body": "standing_committee", "held_on": today(days), "starts_at": "9:00", "place": "常委会会议厅",
             "leading": cast.seats["leader"].pk, **data}  # fmt: skip
    return docket.open_matter("sitting", "plan", by=cast["office"], data=given).matter


def item(cast: Cast, sitting: Matter, title: str, **data: Any) -> Item:
    """One more item of the agenda."""
    take(cast, sitting, "office", "add_item", {"kind": "other", "title": title, **data})
    return Item.objects.filter(matter=sitting).latest("position")


def council_decided(cast: Cast) -> str:
    """A draft agenda that a council of chairpersons decided on: the item's id."""
    called = docket.open_matter(
        "chairpersons-meeting", "call", by=cast["office"], data={"held_on": today(), "place": "会议室"}
    ).matter
    take(cast, called, "office", "add_item", {"kind": "agenda", "title": "常委会会议议程草案"})
    take(cast, called, "office", "attend", {"members": [cast.seats["leader"].pk]})
    known = Item.objects.get(matter=called)
    take(
        cast,
        called,
        "office",
        "decide",
        {"item": str(known.pk), "text": "同意", "organ": cast.organs["committee"].pk, "due_on": today(30)},
    )
    return str(known.pk)


def called(cast: Cast, *titles: str, days: int = 0, **data: Any) -> Matter:
    """A sitting with an agenda, of which everybody was told."""
    sitting = planned(cast, days, **data)
    for title in titles or ("审议议题",):
        item(cast, sitting, title)
    take(cast, sitting, "office", "fix_agenda", {"meeting": council_decided(cast)})
    take(cast, sitting, "office", "notify", {"short_notice": "有急需审议的事项"})
    return Matter.objects.get(pk=sitting.pk)


def place(sitting: Matter, name: str) -> Matter:
    """Somebody's place in it."""
    return Attendance.objects.select_related("matter").get(sitting=sitting, name=name).matter


def code(sitting: Matter) -> str:
    """The code of the day."""
    return Sitting.objects.get(matter=sitting).code


def arrive(cast: Cast, sitting: Matter, *who: str) -> None:
    """They sign in by themselves."""
    for name in who:
        take(cast, place(sitting, cast[name].name), name, "sign_in", {"code": code(sitting)})


def opened(cast: Cast, *titles: str, there: tuple[str, ...] = ("chen", "lin"), **data: Any) -> Matter:
    """A sitting that is open."""
    sitting = called(cast, *titles, **data)
    take(cast, sitting, "office", "begin_sign_in")
    arrive(cast, sitting, *there)
    take(cast, sitting, "office", "open")
    return Matter.objects.get(pk=sitting.pk)


def settle(cast: Cast, sitting: Matter, outcome: str = "heard") -> None:
    """Every item has a result."""
    for row in Item.objects.filter(matter=sitting, outcome="").order_by("position"):
        take(cast, sitting, "office", "result", {"item": str(row.pk), "outcome": outcome, "text": "已经审议。"})


def closed(cast: Cast, *titles: str, **data: Any) -> Matter:
    """A sitting that ended."""
    sitting = opened(cast, *titles, **data)
    settle(cast, sitting)
    take(cast, sitting, "office", "close")
    return Matter.objects.get(pk=sitting.pk)


def speak(cast: Cast, sitting: Matter, who: str, text: str, item: Item | None = None) -> Speech:
    """Somebody asks for the floor, has it, and confirms what was taken down."""
    data = {"who": str(place(sitting, cast[who].name).pk), "item": str(item.pk) if item else ""}
    asked = docket.open_matter("speech", "ask_floor", by=cast[who], data=data).matter
    for by, step, said in (("office", "give_floor", {}), ("office", "end_speech", {}), ("office", "record", {"text": text}),
                           (who, "confirm", {"text": text})):  # fmt: skip
        take(cast, asked, by, step, said)
    return Speech.objects.get(matter=asked)


def uploaded(sitting: Matter, name: str = "材料.txt", text: str = "材料全文。", media_type: str = "text/plain") -> File:
    """A file of the sitting, kept as an uploaded one is."""
    content = text.encode()
    sha256 = hashlib.sha256(content).hexdigest()
    relative = f"{sitting.congress_id}/{sha256[:2]}/{sha256}"
    target = settings.FILES_ROOT / relative
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return File.objects.create(matter=sitting, role="paper", name=name, media_type=media_type, size=len(content), sha256=sha256,
                               path=relative, uploaded_at=timezone.now())  # fmt: skip


def resolution(cast: Cast, item: Item, **data: Any) -> Matter:
    """A draft decision under an item."""
    given = {
        "kind": "decision",
        "title": "关于加强养犬管理的决定",
        "text": "一、加强登记。",
        "item": str(item.pk),
        **data,
    }
    return docket.open_matter("resolution", "propose", by=cast["office"], data=given).matter


def decided(
    cast: Cast, item: Item, *, published: bool = True, title: str = "关于加强养犬管理的决定", **data: Any
) -> Matter:
    """A decision that all who are there voted for, with its number; published, and the department sees to it."""
    kind = data.pop("kind", "decision")
    draft = resolution(cast, item, title=title, kind=kind)
    there = Attendance.objects.filter(sitting=item.matter_id, right="votes", came=True).count()
    take(cast, draft, "office", "tally", {"approve": there, "against": 0, "abstain": 0})
    take(cast, draft, "office", "adopt")
    if published:
        given = {
            "published_on": today(),
            "published_in": "常委会公报第1号",
            "follow_up": "yes",
            "owner": cast.organs["roads"].pk,
            "due_on": today(90),
        }
        take(cast, draft, "office", "publish", {**given, **data})
    return Matter.objects.get(pk=draft.pk)


def set_option(cast: Cast, row_id: str, value: Any) -> None:
    """The congress decides on a value of its own."""
    rulebook.set_local_value(cast.congress, row_id, value, basis="主任会议决定", set_by="office")


def deputy(cast: Cast, who: str, name: str) -> None:
    """One more deputy who is in no committee."""
    known = cast.mandates["zhou"]
    person = Person.objects.create(name=name, birth_year=1980)
    mandate = Mandate.objects.create(
        person=person, term=known.term, district=known.district, since=BEGAN, card_number=who
    )
    cast.mandates[who] = mandate
    stage._sit(cast, who, "deputy", "mandate", mandate.pk, name)
