"""What each step writes besides the act: typed fields, parties, rows. Nothing here decides whether a step may be taken."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from openrenda.docket.language import Opening
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.people.models import Mandate, Organ, Session
from openrenda.search import index

from .records import Commitment, Consultation, Contact, Judgement, Reply, Review

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
    latest = Session.objects.filter(since__lte=situation.today).select_related("term").last()
    sitting = latest is not None and (latest.until is None or latest.until >= situation.today)
    situation.note(session=latest, session_name=str(latest or ""), in_session=sitting)


def street_of(holder: Any) -> Organ | None:
    """The street of a deputy's district; a delegation has none."""
    mandate = Mandate.objects.filter(pk=holder).select_related("district__street").first()
    return mandate.district.street if mandate and mandate.district else None


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
        situation.note(organ_id=handlers[0].holder, organ_name=handlers[0].name, assigned_on=situation.today)


def begin_from_bill(situation: Situation, act: Act) -> None:
    """A bill not treated as a bill: received as a suggestion with its signatures and its session (SUG-17)."""
    write_draft(situation, act)
    bill = situation.new_links[0].origin.bill.get()
    act.data["bill_number"] = situation.new_links[0].origin.number
    situation.note(
        session=bill.session,
        session_name=str(bill.session or ""),
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
    organ = Organ.objects.get(pk=situation.data["organ"])
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
    situation.after_write.append(lambda: index_matter(situation.matter, record))


def index_matter(matter: Matter, record: Any, reply: str = "") -> None:
    """Keep the search index in step with what was written."""
    public = matter.public_since is not None and not matter.confidential
    index(matter.pk, "suggestion", matter.procedure, matter.title, f"{record.text}\n{reply}", public=public)


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


def categorise(situation: Situation, act: Act) -> None:
    """Set the field of concern."""
    situation.note(category_id=situation.data["category"])


def merge(situation: Situation, act: Act) -> None:
    """Follow the main suggestion."""
    situation.matter.parent = Matter.objects.get(pk=situation.data["main"])
    situation.link(situation.matter.parent, "merged_into")


def unmerge(situation: Situation, act: Act) -> None:
    """Stand alone again. The link stays in the acts."""
    situation.matter.parent = None
    situation.matter.origins.filter(kind="merged_into").delete()


def assign(situation: Situation, act: Act) -> None:
    """Give the suggestion to its lead organ; whoever had it before is let go."""
    organ = Organ.objects.get(pk=situation.data["organ"])
    situation.end_party("handler")
    situation.add_party("handler", organ.pk, organ.name)
    act.data["organ_name"] = organ.name
    situation.note(organ=organ, organ_name=organ.name, assigned_on=situation.today)


def open_assistance(situation: Situation) -> Iterable[Opening]:
    """One matter for each assisting organ."""
    lead = situation.holders("handler")[0]
    for organ in Organ.objects.filter(pk__in=situation.data.get("assisting", [])):
        parties = (("handler", organ.pk, organ.name), ("lead", lead.holder, lead.name))
        yield Opening("assistance", "ask", {"title": situation.matter.title}, parties)


def open_parts(situation: Situation) -> Iterable[Opening]:
    """One part for each organ that handles separately; every deputy is answered by each (SUG-06)."""
    people = tuple((p.role, p.holder, p.name) for p in situation.parties if p.role in ("sponsor", "cosigner"))
    record = situation.record
    data = {"title": situation.matter.title, "background": record.background, "proposals": record.proposals,
            "consent_public": record.consent_public, "willing_to_meet": record.willing_to_meet,
            "keep_secret": situation.matter.confidential, "category": record.category_id}  # fmt: skip
    for organ in Organ.objects.filter(pk__in=situation.data["organs"]):
        yield Opening("suggestion", "open_part", data, (*people, ("handler", organ.pk, organ.name)))


def separate(situation: Situation, act: Act) -> None:
    """The suggestion itself waits for its parts."""
    situation.note(assigned_on=situation.today)


def contact(situation: Situation, act: Act) -> None:
    """Keep the contact and ask the deputy to confirm it."""
    data = situation.data
    fields = {name: data[name] for name in ("way", "held_on", "people", "summary")}
    situation.add(Contact(**fields))
    if not situation.record.contacted_on:
        situation.note(contacted_on=situation.today)
    for party in situation.holders("sponsor"):
        situation.add_party("asked_to_confirm", party.holder, party.name)


def confirm(word: str) -> Any:
    """Keep the deputy's word on the contacts not yet confirmed."""

    def confirmed(situation: Situation, act: Act) -> None:
        for row in [row for row in situation.rows(Contact) if not row.confirmed_on]:
            comment = situation.data.get("comment", "")
            situation.change(row, deputy_word=word, deputy_comment=comment, confirmed_on=situation.today)
        situation.end_party("asked_to_confirm")

    return confirmed


def hand_down(situation: Situation) -> Iterable[Opening]:
    """A task inside the organ."""
    handler = situation.holders("handler")[0]
    data = {**situation.data, "title": f"{situation.data['section']}：{situation.matter.title}"}
    return [Opening("internal-task", "give", data, (("handler", handler.holder, handler.name),))]


def draft_reply(round_: int) -> Any:
    """Keep the drafted reply of a round; an earlier draft of the round gives way, an earlier round stays."""

    def drafted(situation: Situation, act: Act) -> None:
        data = situation.data
        handler = situation.holders("handler")[0]
        fields = (
            "number",
            "done",
            "planned",
            "cannot",
            "assisting_opinions",
            "result_class",
            "class_label",
            "disclosure",
            "contact_phone",
        )
        values = {name: data.get(name, "") for name in fields}
        values |= {"drafter": situation.actor.name, "drafted_on": situation.today,
                   "organ_id": handler.holder, "organ_name": handler.name}  # fmt: skip
        earlier = reply_of(situation, round_)
        if earlier:
            situation.change(earlier, **values)
        else:
            situation.add(Reply(round=round_, **values))

    return drafted


def reply_of(situation: Situation, round_: int) -> Reply | None:
    """The reply of a round."""
    return next((row for row in situation.rows(Reply) if row.round == round_), None)


def sign_reply(round_: int) -> Any:
    """The reply goes out: promises are born, every signer is asked to judge, the public day is set."""

    def signed(situation: Situation, act: Act) -> None:
        reply = reply_of(situation, round_)
        assert reply is not None, "a reply is drafted before it is signed"
        drafted = situation.took("draft_reply", "draft_second_reply")[-1]
        situation.change(reply, signer=situation.actor.name, signed_on=situation.today)
        _promise(situation, reply, drafted.data.get("promises", []))
        _answered(situation, reply)
        act.data |= {
            "result_class": reply.result_class,
            "class_label": reply.class_label,
            "organ_name": reply.organ_name,
        }

    return signed


def _promise(situation: Situation, reply: Reply, promises: list[dict[str, Any]]) -> None:
    for row in promises:
        due = date.fromisoformat(row["by"])
        situation.add(
            Commitment(
                organ_id=reply.organ_id,
                round=reply.round,
                what=row["what"],
                who=row["who"],
                due_on=due,
                promised_on=situation.today,
            )
        )


def _answered(situation: Situation, reply: Reply) -> None:
    record = situation.record
    situation.note(result_class=reply.result_class, judged_on=None, attitude="", result="")
    if not record.replied_on:
        situation.note(replied_on=situation.today)
    for party in situation.holders("cosigner"):
        situation.add_party("asked_to_judge", party.holder, party.name)
    make_public_later(situation)
    words = "\n".join((reply.done, reply.planned, reply.cannot))
    situation.after_write.append(lambda: index_matter(situation.matter, record, words))


def make_public_later(situation: Situation) -> None:
    """Open by default, after the declared working days, unless secret or withheld (SUG-15)."""
    record = situation.record
    wanted = situation.book.option("option.default_public") and record.consent_public and not record.withheld
    if wanted and not situation.matter.confidential and situation.matter.public_since is None:
        situation.matter.public_since = situation.book.due("SUG-15", situation.today)


def reply_with_main(situation: Situation, act: Act) -> None:
    """A merged suggestion is answered with the main one; its deputy judges for herself (SUG-18)."""
    main = situation.matter.parent
    reply = main.replies.order_by("-round").first()
    copied = ("organ_id", "organ_name", "number", "done", "planned", "cannot", "assisting_opinions", "full_text",
              "result_class", "class_label", "disclosure", "drafter", "contact_phone", "drafted_on")  # fmt: skip
    signer = situation.cause.actor_name if situation.cause else ""
    same = Reply(round=1, signer=signer, signed_on=situation.today, **{n: getattr(reply, n) for n in copied})
    situation.add(same)
    situation.note(organ_id=same.organ_id, organ_name=same.organ_name)
    _answered(situation, same)
    act.data |= {"result_class": same.result_class, "class_label": same.class_label, "organ_name": same.organ_name}


def judge(round_: int, *, lead: bool = True) -> Any:
    """Keep a judgement. The lead deputy's decides, the others are shown."""

    def judged(situation: Situation, act: Act) -> None:
        data = situation.data
        holder = next(iter(situation.actor.holders))
        situation.add(
            Judgement(
                round=round_,
                lead=lead,
                deputy=holder,
                deputy_name=situation.actor.agent_for or situation.actor.name,
                attitude=data["attitude"],
                result=data["result"],
                reasons=data.get("reasons", ""),
                judged_on=situation.today,
            )
        )
        if lead:
            situation.note(attitude=data["attitude"], result=data["result"], judged_on=situation.today, silent=False)
            _tell_supervisor(situation)
        else:
            situation.end_party("asked_to_judge", holder)

    return judged


def _tell_supervisor(situation: Situation) -> None:
    """Not satisfied with the attitude: the organ's supervisor learns of it (重庆市代表建议工作条例)."""
    organ = situation.record.organ
    if situation.data["attitude"] == "dissatisfied" and organ and organ.supervisor_id:
        situation.add_party("attitude_supervisor", organ.supervisor_id, organ.supervisor.name)


def fall_silent(situation: Situation, act: Act) -> None:
    """No judgement came, after a reminder: counted apart, never as satisfied."""
    situation.note(silent=True)


def publish(situation: Situation, act: Act) -> None:
    """Open it now, in the redacted wording."""
    situation.matter.public_since = situation.today
    situation.note(public_text=situation.data.get("public_text", situation.record.public_text), withheld="")
    situation.after_write.append(lambda: index_matter(situation.matter, situation.record))


def withhold(situation: Situation, act: Act) -> None:
    """Close it to the public, with the reason."""
    situation.matter.public_since = None
    situation.note(withheld=situation.data["reason"][:500])
    situation.after_write.append(lambda: index_matter(situation.matter, situation.record))


def handed_over(situation: Situation, act: Act) -> None:
    """The typed record follows the organ that takes over."""
    if str(situation.record.organ_id or "") == situation.data["leaver"]:
        situation.note(organ_id=situation.data["successor"], organ_name=situation.data["name"])
