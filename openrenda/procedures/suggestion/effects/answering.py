"""What replies, judgements and publication write."""

from __future__ import annotations

from datetime import date
from typing import Any

from openrenda.docket.models import Act
from openrenda.docket.situation import Situation

from ..findable import index_matter
from ..records import Commitment, Judgement, Reply
from .raising import handled_by


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
    situation.after_write.append(lambda: index_matter(situation))


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
    handled_by(situation, same.organ_id, same.organ_name)
    _answered(situation, same)
    act.data |= {"result_class": same.result_class, "class_label": same.class_label, "organ_name": same.organ_name}


def judge(round_: int) -> Any:
    """Keep the lead deputy's judgement of a round: it decides."""

    def judged(situation: Situation, act: Act) -> None:
        data = situation.data
        situation.add(_judgement(situation, round_, lead=True))
        situation.note(attitude=data["attitude"], result=data["result"], judged_on=situation.today, silent=False)
        _tell_supervisor(situation)

    return judged


def judge_as_cosigner(situation: Situation, act: Act) -> None:
    """Keep a co-signer's judgement of the last reply: it is shown and decides nothing (SUG-12)."""
    signed = [row.round for row in situation.rows(Reply) if row.signed_on]
    row = _judgement(situation, max(signed, default=1), lead=False)
    situation.add(row)
    situation.end_party("asked_to_judge", row.deputy)


def _judgement(situation: Situation, round_: int, *, lead: bool) -> Judgement:
    data = situation.data
    return Judgement(
        round=round_,
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
