"""What the steps before receipt write: draft, signatures, consultation, submission, readings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from openrenda.docket.language import Opening
from openrenda.docket.models import Act
from openrenda.docket.situation import Situation
from openrenda.languages import in_chinese
from openrenda.people.models import Mandate, Organ, Session
from openrenda.people.remembering import remembered
from openrenda.prepared import Prepared

from ..findable import index_matter
from ..records import Consultation, Review

WRITTEN = (
    "background",
    "analysis",
    "proposals",
    "origin",
    "origin_address",
    "willing_to_meet",
    "first_raised",
    "consent_public",
)


def write_draft(situation: Situation, act: Act) -> None:
    """Keep what the deputy wrote; the first time also who she is and when she spoke."""
    data = situation.data
    situation.matter.title = data["title"]
    situation.matter.confidential = bool(data.get("keep_secret"))
    situation.note(
        category_id=data.get("category"),
        wished_organ_id=data.get("wished_organ"),
        **{name: data.get(name, False if name.startswith(("willing", "first", "consent")) else "") for name in WRITTEN},
    )


def begin_draft(situation: Situation, act: Act) -> None:
    """The first writing of a draft: its sponsor, street and session."""
    write_draft(situation, act)
    for holder in situation.actor.holders:
        name = situation.actor.agent_for or situation.actor.name
        situation.add_party("sponsor", holder, name)
        situation.note(sponsor_name=name, street=street_of(holder))
    place_in_session(situation)


def place_in_session(situation: Situation) -> None:
    """During a session, or between sessions after the latest one (代表法第三十六条). The day of submission decides."""
    latest = latest_session(situation.today)
    sitting = latest is not None and (latest.until is None or latest.until >= situation.today)
    situation.note(session=latest, session_name=in_chinese(latest or ""), in_session=sitting)


SESSIONS: Prepared[Session] = Prepared(lambda: Session.objects.select_related("term").order_by("-since", "-id"))
WITH_STREET: Prepared[Mandate] = Prepared(
    lambda mandate: Mandate.objects.filter(pk=mandate).select_related("district__street"), mandate=uuid4()
)


@remembered
def sessions() -> list[Session]:
    """The sessions of the congress, the last one first: a few in each term."""
    return SESSIONS.rows()


def latest_session(day: date) -> Session | None:
    """The session that was last opened by a day."""
    return next((session for session in sessions() if session.since <= day), None)


@remembered
def organ_of(organ_id: Any) -> Organ:
    """The organ with that id."""
    found: Organ = Organ.objects.get(pk=organ_id)
    return found


@remembered
def street_of(holder: Any) -> Organ | None:
    """The street of a deputy's district; a delegation has none."""
    mandate = WITH_STREET.first(mandate=holder)
    return mandate.district.street if mandate and mandate.district else None


def handled_by(situation: Situation, organ: Organ | UUID | str | None, name: str) -> None:
    """Which organ handles it in the first place, in the record and for the lists of the organ's matters."""
    if isinstance(organ, Organ):
        situation.matter.lead = organ.pk
        situation.note(organ=organ, organ_name=name)
    else:
        situation.matter.lead = None if organ is None else UUID(str(organ))
        situation.note(organ_id=situation.matter.lead, organ_name=name)


def begin_part(situation: Situation, act: Act) -> None:
    """A matter opened by another suggestion: its words and its people come with it."""
    write_draft(situation, act)
    origin = situation.new_links[0].origin if situation.new_links else situation.matter.parent
    source = origin.suggestion.first()
    if source is None:
        sponsor = situation.holders("sponsor")[0]
        situation.note(sponsor_name=sponsor.name, street=street_of(sponsor.holder))
        place_in_session(situation)
        return
    situation.note(
        session=source.session, session_name=source.session_name, in_session=source.in_session, street=source.street, sponsor_name=source.sponsor_name,
        cosigners=len(situation.holders("cosigner")), received_on=source.received_on,
    )  # fmt: skip
    handlers = situation.holders("handler")
    if handlers:
        handled_by(situation, handlers[0].holder, handlers[0].name)
        situation.note(assigned_on=situation.today)


def begin_from_bill(situation: Situation, act: Act) -> None:
    """A bill not treated as a bill: received as a suggestion with its signatures and its session (SUG-17)."""
    write_draft(situation, act)
    bill = situation.new_links[0].origin.bill.get()
    act.data["bill_number"] = situation.new_links[0].origin.number
    situation.note(
        session=bill.session,
        session_name=in_chinese(bill.session or ""),
        in_session=True,
        sponsor_name=bill.sponsor_name,
        cosigners=len(situation.holders("cosigner")),
        received_on=situation.today,
    )


def invite(situation: Situation, act: Act) -> None:
    """Ask deputies to sign."""
    for mandate in Mandate.objects.filter(pk__in=situation.data["deputies"]).select_related("person"):
        situation.add_party("invited", mandate.pk, mandate.person.name)


def uninvite(situation: Situation, act: Act) -> None:
    """Take invitations back."""
    for holder in situation.data["deputies"]:
        situation.end_party("invited", holder)


def cosign(situation: Situation, act: Act) -> None:
    """The invited deputy becomes a co-signer, in the order of signing (LST-08)."""
    for party in [party for party in situation.holders("invited") if party.holder in situation.actor.holders]:
        situation.end_party("invited", party.holder)
        situation.add_party("cosigner", party.holder, party.name)
    situation.note(cosigners=len(situation.holders("cosigner")))


def refuse_cosign(situation: Situation, act: Act) -> None:
    """The invitation ends."""
    for holder in situation.actor.holders:
        situation.end_party("invited", holder)


def consult(situation: Situation, act: Act) -> None:
    """Show the draft to the organ and keep the question."""
    organ = organ_of(situation.data["organ"])
    situation.add_party("consulted", organ.pk, organ.name)
    situation.add(Consultation(organ=organ, asked_on=situation.today, question=situation.data["question"]))


def answer(situation: Situation, act: Act) -> None:
    """Keep the organ's answer beside its question."""
    for party in [party for party in situation.holders("consulted") if party.holder in situation.actor.holders]:
        mine = [row for row in situation.rows(Consultation) if row.organ_id == party.holder and not row.answered_on]
        asked = mine[-1] if mine else None
        if asked:
            situation.change(asked, answer=situation.data["answer"], answered_on=situation.today)
        situation.end_party("consulted", party.holder)
        situation.add_party("once_consulted", party.holder, party.name)


def settle(situation: Situation, act: Act) -> None:
    """A draft settled by talking is closed and counted apart (B02)."""
    _close_invitations(situation)


def submit(situation: Situation, act: Act) -> None:
    """Freeze what was submitted in the act, show it to the street, and make it findable."""
    record = situation.record
    act.data["snapshot"] = {"title": situation.matter.title, **{name: getattr(record, name) for name in WRITTEN[:4]}}
    act.data["signers"] = [party.name for role in ("sponsor", "cosigner") for party in situation.holders(role)]
    if record.street_id:
        situation.add_party("street", record.street_id, record.street.name)
    situation.note(returned_by="", cosigners=len(situation.holders("cosigner")))
    if act.from_state == "draft":
        place_in_session(situation)
    situation.after_write.append(lambda: index_matter(situation))


def _close_invitations(situation: Situation) -> None:
    for role in ("invited", "consulted"):
        situation.end_party(role)


def review_at(level: str) -> Any:
    """Keep a reading at one level."""

    def review(situation: Situation, act: Act) -> None:
        data, passed = situation.data, act.step.endswith("_pass")
        ticks = ("compliant", "single", "feasible", "political_gate", "legal_gate", "quality_gate")
        situation.add(
            Review(
                level=level,
                passed=passed,
                reviewer=situation.actor.name,
                reviewed_on=situation.today,
                comment=data.get("comment", ""),
                proposed_text=data.get("proposed_text", ""),
                **{name: bool(data.get(name)) for name in ticks},
            )
        )
        situation.note(returned_by="" if passed else level)

    return review


def receive(situation: Situation, act: Act) -> None:
    """Received: from this day the hand-over limit runs."""
    if situation.new or not situation.record.received_on:
        situation.note(received_on=situation.today)


def pass_and_receive(situation: Situation, act: Act) -> None:
    """The district's reading passes and the suggestion is received."""
    review_at("district")(situation, act)
    receive(situation, act)


def split_off(situation: Situation) -> Iterable[Opening]:
    """The second matter of the draft, as a draft of its own with a link back."""
    sponsors = tuple((p.role, p.holder, p.name) for p in situation.parties if p.role in ("sponsor", "cosigner"))
    data = {name: situation.data.get(name, "") for name in ("title", "background", "proposals")}
    return [Opening("suggestion", "open_split", data, sponsors, link="split_from")]
