"""What replies, judgements and publication write."""

from __future__ import annotations

from collections.abc import Iterable

from openrenda.docket.language import Opening
from openrenda.docket.models import Act
from openrenda.docket.situation import Situation

from ..findable import index_matter
from ..records import Judgement, Reply
from .raising import handled_by

DRAFTED = ("number", "done", "planned", "cannot", "assisting_opinions", "result_class", "class_label", "disclosure",
           "contact_phone")  # fmt: skip


def draft_reply(situation: Situation, act: Act) -> None:
    """Keep the drafted reply; an earlier draft of the round gives way, every reply that was signed stays."""
    handler = situation.holders("handler")[0]
    values = {name: situation.data.get(name, "") for name in DRAFTED}
    values |= {"drafter": situation.actor.name, "drafted_on": situation.today,
               "organ_id": handler.holder, "organ_name": handler.name}  # fmt: skip
    earlier = unsigned_reply(situation)
    if earlier:
        situation.change(earlier, **values)
    else:
        situation.add(Reply(round=last_round(situation) + 1, **values))


def unsigned_reply(situation: Situation) -> Reply | None:
    """The reply that has not gone out yet."""
    return next((row for row in situation.rows(Reply) if not row.signed_on and row.drafted_on), None)


def last_round(situation: Situation) -> int:
    """How many replies went out; each round of handling has one. What is handled again was answered, whatever a past record says."""
    draft, again = unsigned_reply(situation), bool(situation.took("reject", "reopen"))
    return max((row.round for row in situation.rows(Reply) if row is not draft), default=int(again))


def sign_reply(situation: Situation, act: Act) -> None:
    """The reply goes out: every signer is asked to judge, the public day is set."""
    reply = unsigned_reply(situation)
    assert reply is not None, "a reply is drafted before it is signed"
    situation.change(reply, signer=situation.actor.name, signed_on=situation.today)
    _answered(situation, reply)
    act.data |= {
        "result_class": reply.result_class,
        "class_label": reply.class_label,
        "organ_name": reply.organ_name,
    }


def open_promises(situation: Situation) -> Iterable[Opening]:
    """A matter in the ledger for each promise of the reply that was just signed, with everybody whose business it is (SUG-14)."""
    drafted = situation.took("draft_reply", "draft_second_reply")[-1]
    people = tuple(
        (p.role, p.holder, p.name) for p in situation.parties if p.role in ("handler", "sponsor", "cosigner", "street")
    )
    round_ = max(row.round for row in situation.rows(Reply) if row.signed_on)
    for row in drafted.data.get("promises", []):
        data = {"what": row["what"], "who": row["who"], "due_on": row["by"], "round": round_}
        yield Opening("commitment", "promise", data, people)


AGAIN_CLOSED = ("judge_second", "stay_silent", "record_meeting")


def go_on(situation: Situation) -> Iterable[Opening]:
    """What whoever reopened it wanted to follow once it is closed again: a second rating, say. Once."""
    again = situation.took("reopen")
    then = again[-1].data.get("follow_up") if again else None
    before = [
        made for made in situation.took(*AGAIN_CLOSED) if again and again[-1].seq < made.seq < situation.matter.version
    ]
    if then and not before:
        people = tuple((party.role, party.holder, party.name) for party in situation.holders("handler"))
        yield Opening(then["procedure"], then["step"], {}, people, link="follows_up")


def _answered(situation: Situation, reply: Reply) -> None:
    record = situation.record
    situation.note(result_class=reply.result_class, judged_on=None, attitude="", result="")
    if not record.replied_on:
        situation.note(replied_on=situation.today)
    for party in situation.holders("cosigner"):
        situation.add_party("asked_to_judge", party.holder, party.name)
    make_public_later(situation)
    situation.after_write.append(lambda: index_matter(situation))


def make_public_later(situation: Situation) -> None:
    """Open by default, after the declared working days, unless secret or withheld (SUG-15)."""
    record = situation.record
    wanted = situation.book.option("option.default_public") and record.consent_public and not record.withheld
    if wanted and not situation.matter.confidential and situation.matter.public_since is None:
        situation.matter.public_since = situation.book.due("SUG-15", situation.today)


def reply_with_main(situation: Situation, act: Act) -> None:
    """A merged suggestion is answered with the main one; its deputy judges for herself, and the same organ handles again (SUG-18)."""
    main = situation.matter.parent
    reply = main.replies.order_by("-round").first()
    copied = ("organ_id", "organ_name", "number", "done", "planned", "cannot", "assisting_opinions", "full_text",
              "result_class", "class_label", "disclosure", "drafter", "contact_phone", "drafted_on")  # fmt: skip
    signer = situation.cause.actor_name if situation.cause else ""
    same = Reply(round=1, signer=signer, signed_on=situation.today, **{n: getattr(reply, n) for n in copied})
    situation.add(same)
    handled_by(situation, same.organ_id, same.organ_name)
    # Whoever answered handles it again when its own deputy is not satisfied.
    if same.organ_id:
        situation.add_party("handler", same.organ_id, same.organ_name)
    _answered(situation, same)
    act.data |= {"result_class": same.result_class, "class_label": same.class_label, "organ_name": same.organ_name}


def judge(situation: Situation, act: Act) -> None:
    """Keep the lead deputy's judgement of the last reply: it decides."""
    data = situation.data
    situation.add(_judgement(situation, lead=True))
    situation.note(attitude=data["attitude"], result=data["result"], judged_on=situation.today, silent=False)
    _tell_supervisor(situation)


def judge_as_cosigner(situation: Situation, act: Act) -> None:
    """Keep a co-signer's judgement of the last reply: it is shown and decides nothing (SUG-12)."""
    row = _judgement(situation, lead=False)
    situation.add(row)
    situation.end_party("asked_to_judge", row.deputy)


def _judgement(situation: Situation, *, lead: bool) -> Judgement:
    data = situation.data
    signed = [row.round for row in situation.rows(Reply) if row.signed_on]
    return Judgement(
        round=max(signed, default=1),
        lead=lead,
        deputy=next(iter(situation.actor.holders)),
        deputy_name=situation.actor.agent_for or situation.actor.name,
        attitude=data["attitude"],
        result=data["result"],
        reasons=data.get("reasons", ""),
        judged_on=situation.today,
    )


def _tell_supervisor(situation: Situation) -> None:
    """Not satisfied with the attitude: the organ's supervisor learns of it (SUG-12)."""
    organ = situation.record.organ if situation.data["attitude"] == "dissatisfied" else None
    if organ and organ.supervisor_id:
        situation.add_party("attitude_supervisor", organ.supervisor_id, organ.supervisor.name)


def fall_silent(situation: Situation, act: Act) -> None:
    """No judgement came, after a reminder: counted apart, never as satisfied."""
    situation.note(silent=True)


def publish(situation: Situation, act: Act) -> None:
    """Open it now, in the redacted wording. Where somebody went through the names, hers is the last word on them."""
    data, record = situation.data, situation.record
    situation.matter.public_since = situation.today
    situation.note(public_text=data.get("public_text", record.public_text), withheld="")
    if data.get("names_checked"):
        situation.note(hidden_names=data.get("hide", []))
    situation.after_write.append(lambda: index_matter(situation))


def withhold(situation: Situation, act: Act) -> None:
    """Close it to the public, with the reason."""
    situation.matter.public_since = None
    situation.note(withheld=situation.data["reason"][:500])
    situation.after_write.append(lambda: index_matter(situation))
