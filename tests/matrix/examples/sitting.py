"""Sittings: one led by hand through everything that depends on others (members in the hall, a code, a file, words that were confirmed); more of them by chance."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from django.utils import timezone

from openrenda import docket
from openrenda.activities import bodies, sharing
from openrenda.activities.hall import Attendance, FieldPlaces
from openrenda.activities.record import Item
from openrenda.activities.vote.records import Vote
from openrenda.docket.actor import Actor
from openrenda.docket.models import Matter
from openrenda.docket.situation import Situation
from tests import sittings
from tests.cast import Cast

from . import Answers

# A council of chairpersons fixes the agenda; what else it may do is for the walk to find.
BY_THE_WAY = ("chairpersons-meeting",)
SPEAKERS = ("chen", "lin")


def people(cast: Cast) -> None:
    """One sitting from the plan to the archive, one that lost its quorum, and two that were called off."""
    held = sittings.called(cast, "听取审议报告", "审议决定草案")
    _wished(cast, held)
    sittings.uploaded(held)
    paper = {"paper": "", "title": "报告", "file": str(held.files.get().pk)}
    sittings.take(cast, held, "office", "register_paper", paper)
    sittings.take(cast, held, "office", "send_papers")
    sittings.take(cast, held, "office", "plan_seats", {"rows": "10+10"})
    sittings.take(cast, held, "office", "seat_all")
    mover = sittings.place(held, cast[SPEAKERS[0]].name).attendance.get()
    sittings.take(cast, held, "office", "seat", {"person": str(mover.pk), "seat": "1-20"})
    away = next(who for who in _members(cast) if who not in SPEAKERS)
    there = [who for who in _members(cast) if who != away]
    for answer in ("refuse_leave", "grant_leave"):
        sittings.take(cast, sittings.place(held, cast[away].name), away, "ask_leave", {"reason": "出差"})
        sittings.take(cast, sittings.place(held, cast[away].name), "leader", answer, {"reason": "议题重要"})
    sittings.take(cast, held, "office", "begin_sign_in")
    sittings.arrive(cast, held, *there)
    sittings.take(cast, held, "office", "open")
    for step in ("leave_hall", "return"):
        sittings.take(cast, sittings.place(held, cast[there[-1]].name), there[-1], step)
    first, second = Item.objects.filter(matter=held).order_by("position")
    sittings.take(cast, held, "office", "take_up", {"item": str(first.pk)})
    _spoken(cast, held, first)
    _replaced(cast, second)
    sittings.settle(cast, held)
    sittings.take(cast, held, "office", "close")
    sittings.take(
        cast,
        held,
        "office",
        "opinions",
        {"item": str(first.pk), "organ": cast.organs["roads"].pk, "due_on": sittings.today(30)},
    )
    lost = sittings.opened(cast, "审议议题", there=_members(cast))
    sittings.take(cast, lost, "office", "copy_seats")
    _voted_on(cast, lost)
    for step in ("suspend", "resume"):
        sittings.take(cast, lost, "office", step)
    _cut_short(cast, lost)
    for step in ("suspend", "adjourn"):
        sittings.take(cast, lost, "office", step)
    _two_days(cast)
    _called_off(cast)


def _two_days(cast: Cast) -> None:
    """One that began yesterday and goes on today, and for longer than it was called for; one asks for leave for a day, and again."""
    sitting = sittings.called(cast, "审议议题", days=-1, ends_on=sittings.today())
    members, yesterday = _members(cast), timezone.now() - timedelta(days=1)

    def then(who: str, matter: Any, step: str, **data: Any) -> None:
        docket.act(Matter.objects.get(pk=matter.pk), step, by=cast[who], data=data, at=yesterday)

    then("office", sitting, "begin_sign_in")
    for who in members:
        then(who, sittings.place(sitting, cast[who].name), "sign_in", code=sittings.code(sitting))
    then("office", sitting, "open")
    then("office", sitting, "suspend")
    sittings.take(cast, sitting, "office", "extend", {"ends_on": sittings.today(1), "reason": "议程没有完成"})
    sittings.take(cast, sitting, "office", "begin_day")
    sittings.arrive(cast, sitting, *members)
    sittings.take(cast, sitting, "office", "resume")
    place, asked = sittings.place(sitting, cast[members[-1]].name), {"day": sittings.today(1), "reason": "出差"}
    for answer in ("refuse_day", "grant_day"):
        sittings.take(cast, place, members[-1], "ask_day", asked)
        sittings.take(cast, place, "leader", answer, {"reason": "议题重要"})


def _replaced(cast: Cast, item: Item) -> None:
    """A decision is published, and then another in its place."""
    last = ""
    for _time in range(2):
        draft = sittings.resolution(cast, item)
        sittings.take(cast, draft, "office", "tally", {"approve": len(_members(cast)) - 1, "against": 0, "abstain": 0})
        sittings.take(cast, draft, "office", "adopt")
        published = {"published_on": sittings.today(), "published_in": "公报", "follow_up": "no", "reason": "已经落实"}
        sittings.take(cast, draft, "office", "publish", {**published, "replaces": last})
        last = str(draft.pk)


def _voted_on(cast: Cast, sitting: Any) -> None:
    """A draft is put to the vote in the sitting; nobody votes for it."""
    item = Item.objects.get(matter=sitting)
    sittings.resolution(cast, item)
    put = {"item": str(item.pk), "title": "审议决定草案", "kind": "question", "way": "named"}
    sittings.take(cast, sitting, "office", "put_to_vote", put)
    for step in ("open", "close", "announce"):
        sittings.take(cast, Vote.objects.get(sitting=sitting).matter, "office", step)


def _wished(cast: Cast, held: Any) -> None:
    sittings.take(cast, held, "office", "offer_places", {"places": "教育 1"})
    field = FieldPlaces.objects.get(matter=held)
    for who in _outside(cast, held)[:2]:
        docket.open_matter("attendance", "sign_up", by=who, data={"sitting": str(field.pk)})
    sittings.take(cast, held, "office", "choose")


def _members(cast: Cast) -> tuple[str, ...]:
    """The members of the standing committee, whoever made them so."""
    group = bodies.group_of("standing_committee", timezone.localdate()).first()
    members = set(bodies.able("standing_committee", group, timezone.localdate()).values_list("pk", flat=True))
    return tuple(who for who, actor in cast.actors.items() if actor.seat == "deputy" and members & actor.holders)


def _outside(cast: Cast, held: Any) -> list[Actor]:
    """The deputies who have no place in it as members."""
    members = set(Attendance.objects.filter(sitting=held).values_list("mandate", flat=True))
    return [actor for actor in cast.actors.values() if actor.seat == "deputy" and not members & actor.holders]


def _spoken(cast: Cast, held: Any, item: Item) -> None:
    first, second = SPEAKERS
    sittings.speak(cast, held, first, "报告实事求是。", item)
    for last in ("withdraw", "no_record", "confirm_paper"):
        data = {"who": str(sittings.place(held, cast[second].name).pk), "item": str(item.pk)}
        asked = docket.open_matter("speech", "ask_floor", by=cast[second], data=data).matter
        if last != "withdraw":
            sittings.take(cast, asked, "office", "give_floor")
            sittings.take(cast, asked, "office", "end_speech")
        if last == "confirm_paper":
            sittings.take(cast, asked, "office", "record", {"text": "同意。"})
            sittings.take(cast, asked, "office", "record_again", {"text": "同意这个报告。"})
        sittings.take(cast, asked, "office", last, {"text": "同意这个报告。"} if last == "confirm_paper" else {})


def _cut_short(cast: Cast, lost: Any) -> None:
    """The meeting ends while one waits for the floor."""
    data = {"who": str(sittings.place(lost, cast[SPEAKERS[0]].name).pk), "item": ""}
    docket.open_matter("speech", "ask_floor", by=cast[SPEAKERS[0]], data=data)


def _called_off(cast: Cast) -> None:
    gone = sittings.called(cast, "审议议题", days=20)
    sittings.take(cast, gone, "office", "move", {"held_on": sittings.today(22), "place": "会议厅"})
    places = _places(cast, gone)
    docket.open_matter("attendance", "sign_up", by=_outside(cast, gone)[0], data={"sitting": places})
    sittings.take(cast, gone, "office", "cancel", {"reason": "并入下次会议"})


def _places(cast: Cast, sitting: Any) -> str:
    sittings.take(cast, sitting, "office", "offer_places", {"places": "教育 1"})
    return str(FieldPlaces.objects.get(matter=sitting).pk)


def plan(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Today, so that it can be held."""
    return {
        "body": "standing_committee",
        "group": None,
        "held_on": situation.today.isoformat(),
        "leading": cast.seats["leader"].pk,
    }


def item(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """A report, or a bill of the government."""
    kind = pick.choice(("report", "bill"))
    mover = "government" if kind == "bill" else ""
    return {"kind": kind, "mover": mover, "movers": [], "organ": cast.organs["roads"].pk, "under": "", "subject": None}


def change(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any] | None:
    """The last one, under no other."""
    rows = sharing.items(situation, undecided=True)
    return {**item(situation, pick, cast), "item": str(rows[-1].pk)} if rows else None


def agenda(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """A council of chairpersons decided on it."""
    known = Item.objects.filter(matter__procedure="chairpersons-meeting", kind="agenda", outcome="decided").first()
    return {"meeting": str(known.pk) if known else sittings.council_decided(cast)}


def places(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Two fields."""
    return {"places": "教育 1\n交通 2"}


def notice(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """It is called at short notice."""
    return {"short_notice": "有急需审议的事项"}


def invited(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """A citizen observes."""
    return {"deputies": [], "organs": [], "citizens": f"居民{pick.randint(1, 10_000)}", "guests": ""}


def expected(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Under the first item."""
    rows = sharing.items(situation)
    return {"item": str(rows[0].pk) if rows else ""}


def rows(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """A hall with an aisle."""
    return {"rows": f"{pick.randint(10, 20)}\n6+6"}


def paper(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """One that nobody waited for."""
    return {"paper": "", "title": "材料", "item": ""}


def moved(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """To today."""
    return {"held_on": situation.today.isoformat(), "leading": cast.seats["leader"].pk}


def result(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Whatever it was, with words."""
    return {"text": "同意"}


def opinions(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """By a day of the month after."""
    return {"organ": cast.organs["roads"].pk, "due_on": (situation.today + timedelta(days=30)).isoformat()}


EXAMPLES: dict[str, Answers] = {
    "plan": plan, "change": plan, "offer_places": places, "add_item": item, "change_item": change, "fix_agenda": agenda, "notify": notice,
    "move": moved, "invite": invited, "expect_paper": expected, "register_paper": paper, "result": result, "opinions": opinions,
    "plan_seats": rows,
}  # fmt: skip
