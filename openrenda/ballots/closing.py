"""Closing a vote: everything acknowledged is counted, nothing comes after, and what was counted can be counted again by anybody."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from .box import Entry, opened_part
from .counting import Paper, Tally, of_papers, read_paper, verdict
from .counting.tally import nothing
from .models import HANDS, NAMED, ON_PAPER, PAPER, Ballot, BoxPart, CastBallot, RollEntry
from .publishing import digest_of


def close(ballot: Ballot) -> Ballot:
    """Close a vote and count it, in one transaction. A vote that is closed stays as it is.

    It waits for whoever is taking or casting at this moment; whoever comes after finds it closed.
    """
    with transaction.atomic():
        held = Ballot.objects.select_for_update(no_key=True).get(pk=ballot.pk)
        if held.closed_at:
            return held
        # Locked in one order, and read only when all are held.
        roll = list(RollEntry.objects.select_for_update().filter(ballot=held).order_by("voter"))
        _empty_the_box(held)
        tally = _count(held, roll)
        held.closed_at, held.private_key = timezone.now(), ""
        held.tally_data, held.verdict_data = tally.to_json(), verdict(held.terms, tally).to_json()
        held.digest = digest_of(held)
        held.save(update_fields=["closed_at", "private_key", "tally_data", "verdict_data", "digest"])
    return held


def discard(ballot: Ballot) -> None:
    """End a vote without counting it: a trial, or one declared void. What is in the box is never opened."""
    with transaction.atomic():
        held = Ballot.objects.select_for_update(no_key=True).get(pk=ballot.pk)
        if held.closed_at:
            return
        list(RollEntry.objects.select_for_update().filter(ballot=held).order_by("voter"))
        BoxPart.objects.filter(ballot=held).delete()
        held.named_marks.all().delete()
        held.closed_at, held.private_key = timezone.now(), ""
        held.save(update_fields=["closed_at", "private_key"])


def _empty_the_box(ballot: Ballot) -> None:
    """All papers in the order of their keys, in one writing; the parts are gone."""
    parts = BoxPart.objects.select_for_update().filter(ballot=ballot).order_by("number")
    entries: list[Entry] = [entry for part in parts for entry in opened_part(part.content).values()]
    CastBallot.objects.bulk_create([
        CastBallot(ballot=ballot, key=entry.key, signature=entry.signature, seal=entry.seal, paper=entry.paper)
        for entry in sorted(entries, key=lambda entry: entry.key)
    ])  # fmt: skip
    BoxPart.objects.filter(ballot=ballot).delete()


def _count(ballot: Ballot, roll: Iterable[RollEntry]) -> Tally:
    """Devices and sheets together."""
    terms = ballot.terms
    if ballot.way == NAMED:
        marks = ballot.named_marks.values_list("paper", flat=True)
        return of_papers(terms, _read(ballot, marks), terms.present)
    sheet = ballot.sheets.order_by("teller").first()
    by_hand = sheet.tally if sheet else nothing(terms)
    if ballot.way in (HANDS, PAPER):
        return by_hand
    issued = sum(entry.taken for entry in roll if entry.way != ON_PAPER)
    return of_papers(terms, _read(ballot, ballot.papers.values_list("paper", flat=True)), issued) + by_hand


def _read(ballot: Ballot, texts: Iterable[str]) -> list[Paper]:
    return [read_paper(ballot.terms, text) for text in texts]
