"""Why not: each bar returns a sentence naming the article, or nothing."""

from __future__ import annotations

from django.utils.translation import gettext as _

from openrenda.docket.actor import THE_CLOCK_SEAT
from openrenda.docket.models import OutboxEntry
from openrenda.docket.situation import Situation

from .speaking import SILENT, SPEAKER, signers_in_office


def round_not_open(situation: Situation) -> str | None:
    """The yearly word is for the fourth quarter; between rounds progress is recorded (SUG-14.round)."""
    if any(row.key == "yearly" and row.stopped_on is None for row in situation.clocks):
        return None
    return _("年度通报还没有开始，平时的进展请用“登记进展”（%(article)s）。") % {
        "article": situation.book.citation("SUG-14.round")
    }


def deputy_not_heard(situation: Situation) -> str | None:
    """The deputy is heard before a later day is consented to, while one is in office and her time has not run out."""
    asked = situation.took("ask_postponement")
    heard = [act for act in situation.took("say_on_postponement") if asked and act.seq > asked[-1].seq]
    waiting = [row for row in situation.clocks if row.key == "heard" and row.stopped_on is None]
    over = waiting and situation.today > waiting[-1].due_on
    if heard or over or not signers_in_office(situation):
        return None
    return _("同意延期前应当听取代表的意见，代表还没有表示意见（%(article)s）。") % {
        "article": situation.book.citation("SUG-14.heard")
    }


def already_with_street(situation: Situation) -> str | None:
    """A row stands in one ledger at a time."""
    keeper = situation.record.keeper
    if keeper is None:
        return None
    return _("这一项已经由%(street)s管理；要换街道，请先收回区级台账。") % {"street": keeper.name}


def not_with_street(situation: Situation) -> str | None:
    """Only what a street keeps goes back."""
    return None if situation.record.keeper_id else _("这一项就在区级台账中。")


def speaker_can_still_answer(situation: Situation) -> str | None:
    """The word passes on when she who was asked has left office, or kept silent after a reminder (SUG-12)."""
    in_office = {signer.holder for signer in signers_in_office(situation)}
    asked = [party for party in situation.holders(SPEAKER) if party.holder in in_office]
    if not asked:
        return None
    names = _("、").join(party.name for party in asked)
    if situation.actor.seat != THE_CLOCK_SEAT:
        return _("%(names)s在任，应由其评价（%(article)s）。") % {
            "names": names,
            "article": situation.book.citation("SUG-12.promise"),
        }
    return None if situation.past or _reminded(situation) else _("催促代表评价之后，方可由下一位代表评价。")


def _reminded(situation: Situation) -> bool:
    running = next((row for row in situation.clocks if row.key == "judge" and row.stopped_on is None), None)
    if running is None:
        return False
    entries = OutboxEntry.objects.filter(matter_id=situation.matter.pk, kind="reminder", detail__clock="judge")
    return entries.filter(detail__due_on=running.due_on.isoformat()).exists()


def nobody_else_to_ask(situation: Situation) -> str | None:
    """There must be somebody to whom the deputies' office lets the word pass. Time itself may find that nobody is left."""
    if situation.actor.seat == THE_CLOCK_SEAT:
        return None
    asked = {party.holder for role in (SPEAKER, SILENT) for party in situation.holders(role)}
    if any(signer.holder not in asked for signer in signers_in_office(situation)):
        return None
    return _("没有其他署名代表可以评价（%(article)s）。") % {"article": situation.book.citation("SUG-12.promise")}


def somebody_can_answer(situation: Situation) -> str | None:
    """The deputies' office inspects only when no deputy who signed is in office."""
    signers = signers_in_office(situation)
    if not signers:
        return None
    return _("署名的%(names)s仍在任，落实与否由代表评价（%(article)s）。") % {
        "names": _("、").join(signer.name for signer in signers),
        "article": situation.book.citation("SUG-12"),
    }
