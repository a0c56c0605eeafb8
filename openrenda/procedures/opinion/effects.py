"""What the steps of an opinion write."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID, uuid4

from django.utils.translation import gettext

from openrenda.docket.language import Opening, Taking
from openrenda.docket.models import Act, Link, Matter
from openrenda.docket.situation import Situation
from openrenda.people.models import Grid, GridMember, Mandate, Organ, Seat, Station
from openrenda.prepared import Prepared
from openrenda.search import remove

from ..grid_duties import OPINION as AS_COLLECTOR
from ..grid_duties import on_duty
from ..offices import RECEIVING_SEATS
from ..residents import note_tickets, seal_contact, text_digest
from . import sorting, words
from .findable import ANSWER, ON_BOARD, index_matter
from .records import Opinion

RESIDENT, KEEPER, ONCE_KEEPER, RECEIVER, HANDLER, STREET, GRID = (
    "resident", "keeper", "once_keeper", "receiver", "handler", "street", "grid",
)  # fmt: skip


SAID: Prepared[Opinion] = Prepared(
    lambda digest, since, matter: Opinion.objects.filter(text_digest=digest, heard_on__gte=since)
    .exclude(matter_id=matter).order_by("-heard_on", "-id")[:1],
    digest="digest of the words", since=date(1000, 1, 1), matter=uuid4(),
)  # fmt: skip
STATION: Prepared[Station] = Prepared(lambda key: Station.objects.select_related("street").filter(pk=key), key=uuid4())


def say(situation: Situation, act: Act) -> None:
    """A resident said it herself: she becomes a party, known by what she is handed alone."""
    for holder in situation.actor.holders:
        situation.add_party(RESIDENT, holder, gettext("提出人"))
    _take_in(situation, act)


def enter(situation: Situation, act: Act) -> None:
    """Somebody heard it and entered it for her; who enters it as a deputy receives it."""
    situation.add_party(RESIDENT, uuid4(), gettext("提出人"))
    situation.note(entered_by=situation.actor.account, category_id=situation.data.get("category"))
    if situation.actor.seat in RECEIVING_SEATS:
        for holder in situation.actor.holders:
            act.data.setdefault("deputy", str(holder))
    if situation.actor.seat == "grid_governor":
        for holder in situation.actor.holders:
            act.data.setdefault("grid", str(holder))
            deputy = deputy_of_grid(holder, situation.today)
            if deputy:
                act.data.setdefault("deputy", str(deputy.pk))
    _take_in(situation, act)
    record = situation.record
    if situation.actor.seat in RECEIVING_SEATS and record.grid and record.deputy:
        on_duty(situation, record.grid, AS_COLLECTOR, record.deputy.pk, record.deputy.person.name, record.heard_on)


def deputy_of_grid(grid: UUID, day: date) -> Mandate | None:
    """The deputy to whom a governor turns (A19 (3)): of those of the grid who may act, whoever collects opinions there first."""
    able = Mandate.everyone.able_on(day).order_by().values("pk")
    rows = GridMember.objects.on(day).filter(grid=grid, mandate__in=able).select_related("mandate__person")
    found = sorted(rows, key=lambda row: (row.role != AS_COLLECTOR, row.since, row.pk))
    return found[0].mandate if found else None


def hear(situation: Situation, act: Act) -> None:
    """A member of the committee heard it from a deputy and passed it on (A22)."""
    situation.add_party(RESIDENT, uuid4(), gettext("提出人"))
    _take_in(situation, act)


def bring_in(situation: Situation, act: Act) -> None:
    """It was said to a deputy or in a studio; whoever said it there is its resident here."""
    if not situation.holders(RESIDENT):
        situation.add_party(RESIDENT, uuid4(), gettext("提出人"))
    _take_in(situation, act)


def join(situation: Situation, act: Act) -> None:
    """Said about a matter that is public already, and led by it."""
    matter = Matter.objects.get(pk=situation.data["matter"])
    say(situation, act)
    situation.note(joined=matter)
    situation.link(matter, "joins")


def _take_in(situation: Situation, act: Act) -> None:
    data = act.data
    seal_contact(situation, data)
    note_tickets(situation)
    station = STATION.first(key=UUID(str(data["station"]))) if data.get("station") else None
    grid = _row(Grid.objects, data.get("grid"))
    deputy = _row(Mandate.everyone, data.get("deputy"))
    street = _row(Organ.objects, data.get("street")) or (station.street if station else grid.street if grid else None)
    station = station or (grid.station if grid else None)
    digest = text_digest(data["text"])
    situation.note(
        text=data["text"], text_digest=digest, channel=data["channel"], heard_on=data.get("heard_on") or situation.today,
        station=station, grid=grid, street=street, deputy=deputy, place=data.get("place", ""),
        longitude=data.get("longitude"), latitude=data.get("latitude"), same_as=_said_before(situation, digest),
    )  # fmt: skip
    if street:
        situation.add_party(STREET, street.pk, street.name)
    if grid:
        situation.add_party(GRID, grid.pk, grid.name)
    if deputy:
        situation.add_party(RECEIVER, deputy.pk, deputy.named)
    _keep_at(situation, words.AT_STATION if station else words.AT_STREET if street else words.AT_DISTRICT)
    findable_anew(situation)


def findable_anew(situation: Situation) -> None:
    """The search index follows once everything is written."""
    situation.after_write.append(lambda: index_matter(situation))


def _row(rows: Any, key: Any) -> Any:
    return rows.filter(pk=key).first() if key else None


def _said_before(situation: Situation, digest: str) -> Opinion | None:
    """The same words, shortly before: shown to whoever sorts, never dropped (A15)."""
    days = int(situation.book["A15.same"].value or 0)
    since = situation.today - timedelta(days=days)
    return SAID.first(digest=digest, since=since, matter=situation.matter.pk)


def _keep_at(situation: Situation, level: str) -> None:
    """Whose move it is at that level: the station and its street, the street, or the deputies' office of the congress."""
    for party in situation.holders(KEEPER):
        situation.end_party(KEEPER, party.holder)
        situation.add_party(ONCE_KEEPER, party.holder, party.name)
    record = situation.record
    if level == words.AT_STATION and record.station:
        situation.add_party(KEEPER, record.station.pk, record.station.name)
    if level in (words.AT_STATION, words.AT_STREET) and record.street:
        situation.add_party(KEEPER, record.street.pk, record.street.name)
    if not situation.holders(KEEPER):
        situation.add_party(KEEPER, *deputies_office(situation))


def deputies_office(situation: Situation) -> tuple[UUID, str]:
    """What the deputies' office's seats stand for; the congress itself where nobody sits there yet."""
    seat = Seat.objects.able_on(situation.today).filter(key="deputy_office").order_by("since", "id").first()
    holder = seat.holder if seat else cast(UUID, situation.matter.congress_id)
    return holder, gettext("代表工作机构")


def let_through(situation: Situation, act: Act) -> None:
    """Looked at by a person and let through; nothing else changes."""


def take_over(situation: Situation, act: Act) -> None:
    """Whoever takes over keeps it from now on."""
    for party in situation.holders(KEEPER):
        situation.end_party(KEEPER, party.holder)
        situation.add_party(ONCE_KEEPER, party.holder, party.name)
    for holder in situation.actor.holders:
        situation.add_party(KEEPER, holder, situation.actor.office_name or situation.actor.name)


def sort(situation: Situation, act: Act) -> None:
    """Nature, level and class, and where the rule table sends it."""
    data = situation.data
    route = sorting.route_of(situation.book, data["nature"], data["level"])
    situation.note(
        nature=data["nature"], level=data["level"], route=route.route, category_id=data.get("category"),
        livelihood=bool(data.get("livelihood")),
    )  # fmt: skip
    _keep_at(situation, data["level"])


def go_up(situation: Situation, act: Act) -> None:
    """A level higher, with its whole history; an organ that has it is let go."""
    level = sorting.next_level(situation.record.level)
    route = sorting.route_of(situation.book, situation.record.nature, level)
    situation.end_party(HANDLER)
    situation.matter.lead = None
    situation.note(level=level, route=route.route)
    _keep_at(situation, level)


def ask_deputy(situation: Situation, act: Act) -> None:
    """A deputy takes part."""
    mandate = Mandate.everyone.select_related("person").get(pk=situation.data["deputy"])
    situation.add_party(RECEIVER, mandate.pk, mandate.named)
    if situation.record.deputy_id is None:
        situation.note(deputy=mandate)


def hand(situation: Situation, act: Act) -> None:
    """An organ handles it."""
    organ = Organ.objects.get(pk=situation.data["organ"])
    situation.end_party(HANDLER)
    situation.add_party(HANDLER, organ.pk, organ.name)
    situation.matter.lead = organ.pk
    situation.note(organ=organ, handed_on=situation.today)


def give_back(situation: Situation, act: Act) -> None:
    """The organ does not have it any more."""
    situation.end_party(HANDLER)
    situation.matter.lead = None
    situation.note(organ=None)


def reply(situation: Situation, act: Act) -> None:
    """What the organ answers; the resident reads it once the station has gone through it."""
    data = situation.data
    situation.note(drafted_answer=data["answer"], drafted_result=data["result"], due_by=data.get("due_by"))


def release(situation: Situation, act: Act) -> None:
    """The organ's answer goes to the resident."""
    record = situation.record
    by = record.organ.name if record.organ else ""
    _answered(situation, record.drafted_answer, record.drafted_result, record.due_by, by)


def answer(situation: Situation, act: Act) -> None:
    """Answered by whoever sits there."""
    data = situation.data
    by = situation.actor.office_name or situation.actor.name
    _answered(situation, data["answer"], data["result"], data.get("due_by"), by)


def learn_outcome(situation: Situation, act: Act) -> None:
    """Answered by what came of the matter that a deputy raised from it, or that it joined."""
    data = situation.data
    _answered(situation, data["answer"], data["result"], data.get("due_by"), data.get("answered_by", ""))


def _answered(situation: Situation, text: str, result: str, due_by: Any, by: str) -> None:
    situation.note(answer=text, result=result, due_by=due_by or None, answered_on=situation.today, answered_by=by[:200])
    findable_anew(situation)


def to_hotline(situation: Situation, act: Act) -> None:
    """It sits at the hotline too, under one number there and one here."""
    situation.note(ticket=situation.data.get("ticket", ""))


def merge(situation: Situation, act: Act) -> None:
    """It goes on under another one; both keep their words."""
    other = Matter.objects.get(pk=situation.data["into"])
    situation.note(merged_into=other)
    situation.link(other, "merged_into")


def tell_the_other(situation: Situation) -> Iterable[Taking]:
    """The other one records that it goes on for both."""
    return [Taking(UUID(str(situation.data["into"])), "take_in", {})]


def as_suggestion(situation: Situation) -> Iterable[Opening]:
    """The deputy raises it as a suggestion of her own, with a link back (C04)."""
    record = situation.record
    place = f"{record.place}：" if record.place else ""
    data = {
        "title": situation.matter.title,
        "background": f"{place}{record.text}",
        "proposals": "",
        "consent_public": False,
    }
    sponsors = tuple(("sponsor", holder, situation.actor.name) for holder in situation.actor.holders)
    return [Opening("suggestion", "open_split", data, sponsors, link="came_from")]


def as_livelihood(situation: Situation) -> Iterable[Opening]:
    """A proposal for a livelihood project in one act; whoever said it proposes it and reads what comes of it (F02)."""
    record, data = situation.record, situation.data
    given = {
        "round": data["round"], "text": record.text, "place": data["place"], "longitude": record.longitude,
        "latitude": record.latitude,
    }  # fmt: skip
    residents = tuple((RESIDENT, party.holder, party.name) for party in situation.holders(RESIDENT))
    return [Opening("livelihood-proposal", "from_opinion", given, residents, link="came_from")]


def make_topic(situation: Situation, act: Act) -> None:
    """The supervision leads back to what people said."""
    topic = Matter.objects.get(pk=situation.data["topic"])
    situation.new_links.append(
        Link(congress_id=topic.congress_id, matter=topic, origin=situation.matter, kind="came_from", since=situation.at)
    )


def a_problem(situation: Situation) -> Iterable[Opening]:
    """A problem of its own: one opinion may hold several (A17)."""
    data: dict[str, Any] = {
        name: situation.data[name] for name in ("title", "place", "livelihood") if name in situation.data
    }
    keepers = tuple((KEEPER, party.holder, party.name) for party in situation.holders(KEEPER))
    receivers = tuple((RECEIVER, party.holder, party.name) for party in situation.holders(RECEIVER))
    handlers = tuple((HANDLER, party.holder, party.name) for party in situation.holders(HANDLER))
    streets = tuple((STREET, party.holder, party.name) for party in situation.holders(STREET))
    return [Opening("problem", "find_in_opinion", data, (*keepers, *receivers, *handlers, *streets), link="found_in")]


def rate(situation: Situation, act: Act) -> None:
    """Her word."""
    data = situation.data
    situation.note(
        solved=data["solved"], attitude=data["attitude"], word=data.get("word", ""), rated_on=situation.today
    )


def reopen(situation: Situation, act: Act) -> None:
    """It is not over: the answer stays in the ledger, and whoever kept it keeps it again."""
    situation.end_party(HANDLER)
    situation.matter.lead = None
    situation.note(organ=None, word=situation.data["word"], answered_on=None, drafted_answer="", drafted_result="")
    situation.after_write.append(lambda: remove(situation.matter.pk, ANSWER))
    findable_anew(situation)


def publish(situation: Situation, act: Act) -> None:
    """Everybody may read it from today, in the words that were gone through."""
    situation.matter.public_since = situation.today
    situation.note(public_text=situation.data["public_text"])
    findable_anew(situation)


def unpublish(situation: Situation, act: Act) -> None:
    """Nobody outside reads it any more, and no search finds it there."""
    situation.matter.public_since = None
    situation.note(public_text="")
    situation.after_write.append(lambda: remove(situation.matter.pk, ON_BOARD))


def withdraw(situation: Situation, act: Act) -> None:
    """She does not want it dealt with, so it does not stand on the board either."""
    if situation.matter.public_since:
        unpublish(situation, act)
