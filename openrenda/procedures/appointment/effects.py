"""What the steps of a proposal write and open."""

from __future__ import annotations

from collections.abc import Iterable

from openrenda.docket.language import Opening
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.people.models import Mandate, Organ, Post
from openrenda.people.posts import able_members_on

from ..appointing import ACT, AGAINST, AS_DECIDED, COUNCIL, JOINTLY, ORGAN, PAPER, SECRET, base_of, kind_of, title_of


def draft(situation: Situation, act: Act) -> None:
    """Keep who proposes; the organ is a party, those who sign together are counted against all of whom they are a share."""
    data, source = situation.data, situation.data["source"]
    organ = Organ.objects.get(pk=data["organ"]) if data.get("organ") else None
    names: list[str] = []
    if organ:
        situation.add_party("nominator", organ.pk, organ.name)
    if data.get("movers"):
        rows = Mandate.objects.filter(pk__in=data["movers"]).select_related("person").order_by("person__stroke_key")
        names = [mandate.person.name for mandate in rows]
    base = base_of(source, situation.today).count() if source in JOINTLY else None
    situation.note(
        source=source,
        organ=organ,
        nominator=_proposer(source, organ, names),
        movers=names,
        base=base,
        meeting_on=data["meeting_on"],
    )


def _proposer(source: str, organ: Organ | None, names: list[str]) -> str:
    if source == ORGAN and organ:
        return organ.name
    return "主任会议" if source == COUNCIL else f"{names[0]}等{len(names)}人" if names else ""


def replan(situation: Situation, act: Act) -> None:
    """Another meeting."""
    situation.note(meeting_on=situation.data["meeting_on"])


def list_act(situation: Situation) -> Iterable[Opening]:
    """A matter of its own for the act, with the nominator as its party too."""
    data, record = situation.data, situation.record
    post = Post.objects.get(pk=data["post"])
    row = kind_of(post, situation.book)
    told = {
        "title": title_of(data["kind"], data["name"], post.title, row.verb if row and row.verb == "决定" else ""),
        "kind": data["kind"], "post": str(post.pk), "name": data["name"], "birth_year": data.get("birth_year"),
        "person": data.get("person", ""), "reason": data["reason"], "way": _way(situation, post),
    }  # fmt: skip
    parties = (("nominator", record.organ.pk, record.organ.name),) if record.organ else ()
    yield Opening(ACT, "list", told, parties)


def _way(situation: Situation, post: Post) -> str:
    """How it is voted: who is dismissed or recalled always in secret and on paper, others as the post and the congress's own rule say (APP-06)."""
    if post.on_paper or situation.data["kind"] in AGAINST:
        return PAPER
    return SECRET if situation.book.option("option.appointments_secret") else AS_DECIDED


def submit(situation: Situation, act: Act) -> None:
    """The papers are in."""
    situation.note(submitted_on=situation.today, late_reason=situation.data.get("late_reason", ""))


def review(situation: Situation, act: Act) -> None:
    """What was found."""
    situation.note(opinion=situation.data["opinion"])


def put_on(situation: Situation, act: Act) -> None:
    """On the agenda: the members may read it from now on."""
    data = situation.data
    if data.get("council"):
        situation.link(Matter.objects.get(pk=data["council"]), "decided_by")
    for mandate in able_members_on(situation.today).select_related("person").order_by("person__stroke_key"):
        situation.add_party("voting_member", mandate.pk, mandate.person.name)
    situation.note(
        sitting=data["sitting"],
        meeting_on=data["meeting_on"],
        decided_on=situation.today,
        together=bool(data.get("together")),
    )


def announce(situation: Situation, act: Act) -> None:
    """Public from now on, and not before (APP-08)."""
    number = situation.data.get("announcement", "")
    situation.note(announced_on=situation.today, announcement=number)


def series(situation: Situation) -> str:
    """The proposals of a year."""
    return f"appointment:{situation.today.year}"


def number(situation: Situation, counter: int) -> str:
    """As the congress counts them."""
    pattern = str(situation.book.option("option.number_pattern.appointment"))
    return pattern.format(number=counter, year=situation.today.year)
