"""Closing a vote: everything acknowledged is counted, nothing comes after, and what was counted can be counted again by anybody."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from openrenda.docket.statements import insert

from .box import Entry, opened_part
from .counting import Paper, Tally, Terms, of_papers, read_paper, verdict
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
        tally = _count(held, _locked_roll(held), _empty_the_box(held))
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
        _locked_roll(held)
        BoxPart.objects.filter(ballot=held).delete()
        held.named_marks.all().delete()
        held.closed_at, held.private_key = timezone.now(), ""
        held.save(update_fields=["closed_at", "private_key"])


def _locked_roll(ballot: Ballot) -> list[tuple[str, bool]]:
    """How each voter votes and whether she has taken a ballot; locked in one order, so that nobody takes or casts by name meanwhile."""
    rows = RollEntry.objects.select_for_update().filter(ballot=ballot).order_by("voter")
    return list(rows.values_list("way", "taken"))


def _empty_the_box(ballot: Ballot) -> list[Entry]:
    """All papers in the order of their keys, in one writing; the parts are gone."""
    parts = BoxPart.objects.select_for_update().filter(ballot=ballot).order_by("number")
    entries: list[Entry] = [entry for part in parts for entry in opened_part(part.content).values()]
    insert([
        CastBallot(ballot=ballot, key=entry.key, signature=entry.signature, seal=entry.seal, paper=entry.paper)
        for entry in sorted(entries, key=lambda entry: entry.key)
    ])  # fmt: skip
    BoxPart.objects.filter(ballot=ballot).delete()
    return entries


def _count(ballot: Ballot, roll: Iterable[tuple[str, bool]], box: Iterable[Entry]) -> Tally:
    """Devices and sheets together."""
    terms = ballot.terms
    if ballot.way == NAMED:
        marks = ballot.named_marks.values_list("paper", flat=True)
        return of_papers(terms, _read(terms, marks), terms.present)
    sheet = ballot.sheets.order_by("teller").first()
    by_hand = sheet.tally if sheet else nothing(terms)
    if ballot.way in (HANDS, PAPER):
        return by_hand
    issued = sum(taken for way, taken in roll if way != ON_PAPER)
    return of_papers(terms, _read(terms, (entry.paper for entry in box)), issued) + by_hand


def _read(terms: Terms, texts: Iterable[str]) -> list[Paper]:
    """What is marked. In a full hall many papers are alike: each kind is read once."""
    read: dict[str, Paper] = {}
    return [read[text] if text in read else read.setdefault(text, read_paper(terms, text)) for text in texts]
