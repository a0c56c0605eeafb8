"""What residents are told of a suggestion that was raised from what they said, or that they joined (C04)."""

from __future__ import annotations

from collections.abc import Iterable

from openrenda.docket.language import Opening
from openrenda.docket.situation import Situation
from openrenda.documents.redaction import redact, without_names
from openrenda.documents.residents import private

from ...telling_back import EXPLAINED, IMPOSSIBLE, PROMISED, SOLVED, Outcome, Told, tell_outcome, tell_that_it_ended
from ..records import Reply
from .answering import go_on, open_promises


def answered(situation: Situation) -> Iterable[Opening | Told]:
    """The reply went out: its promises stand in the ledger, and residents are told."""
    yield from open_promises(situation)
    yield from answered_with_main(situation)


def answered_with_main(situation: Situation) -> Iterable[Told]:
    """The reply went out, or the main one's stands for it."""
    return tell_outcome(situation, lambda: _outcome(situation, [_last_reply(situation)]))


def closed(situation: Situation) -> Iterable[Told]:
    """It is over: whoever joined after the reply is told now."""
    return tell_outcome(situation, lambda: _outcome(situation, [_last_reply(situation)]), anew=False)


def closed_again(situation: Situation) -> Iterable[Opening | Told]:
    """Closed once more: what was to follow follows, and whoever joined meanwhile is told."""
    yield from go_on(situation)
    yield from closed(situation)


def parts_closed(situation: Situation) -> Iterable[Told]:
    """Each part was answered by its own organ: all their words together."""
    return tell_outcome(situation, lambda: _outcome(situation, _replies_of_parts(situation)))


def settled(situation: Situation) -> Iterable[Told]:
    """Settled by talking before it was raised: the deputy's own words."""
    words = _hidden(situation, situation.data["outcome"])
    return tell_outcome(situation, lambda: Outcome(words, SOLVED, situation.actor.name))


def ended(situation: Situation) -> Iterable[Told]:
    """Withdrawn, or kept for reference: what the resident said is not over with it."""
    return tell_that_it_ended(situation, situation.data["reason"])


def _last_reply(situation: Situation) -> Reply:
    """The reply that went out last: whatever is judged or closed was answered."""
    return max((row for row in situation.rows(Reply) if row.is_sent), key=lambda row: row.round)


def _replies_of_parts(situation: Situation) -> list[Reply]:
    sent = Reply.objects.filter(matter__parent=situation.matter.pk).order_by("matter__number", "round")
    return list({row.matter_id: row for row in sent if row.is_sent}.values())


def _outcome(situation: Situation, replies: list[Reply]) -> Outcome:
    words = "\n\n".join(_words(situation, row) for row in replies)
    result = _result(situation, replies)
    names = "、".join(dict.fromkeys(row.organ_name for row in replies))
    return Outcome(words, result, names, _promised_day(situation) if result == PROMISED else "")


def _words(situation: Situation, reply: Reply) -> str:
    """The reply where it is open to everybody, without what tells of persons; else only that there is one."""
    matter = situation.matter
    if reply.is_open and reply.text and not matter.confidential and not situation.record.withheld:
        return _hidden(situation, reply.text)
    return NOT_OPEN % {"organ": reply.organ_name}


# Kept in the resident's record, so in Chinese in every session, as acts are.
NOT_OPEN = "%(organ)s已经答复代表提出的建议。答复没有公开，想了解的请问受理代表或者联络站。"


def _hidden(situation: Situation, text: str) -> str:
    chosen = situation.record.hidden_names
    return redact(text, private(text)).text if chosen is None else redact(without_names(text, chosen)).text


def _result(situation: Situation, replies: list[Reply]) -> str:
    """What all the replies together come to: solved only where each says so."""
    classes = {row["letter"]: row for row in situation.book.option("option.result_scheme")}  # type: ignore[union-attr,index]
    found = [classes.get(row.result_class, {}) for row in replies]
    if all(row.get("solved") for row in found):
        return SOLVED
    if any(row.get("promise") for row in found):
        return PROMISED
    return IMPOSSIBLE if any(row.cannot for row in replies) else EXPLAINED


def _promised_day(situation: Situation) -> str:
    """The last of the days promised in the reply."""
    drafts = situation.took("draft_reply", "draft_second_reply")
    return max((row["by"] for row in drafts[-1].data.get("promises", [])), default="") if drafts else ""
