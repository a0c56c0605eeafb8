"""Count sheets: two tellers count by hand, each without the other's numbers. Where they differ nothing is closed."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext

from .counting import Tally, contradictions
from .counting.sentences import mark_words
from .counting.terms import NOT_VALID
from .models import HYBRID, ON_PAPER, Ballot, CountSheet

TELLERS = (1, 2)


def enter(ballot: Ballot, teller: int, counted_by: str, tally: Tally) -> None:
    """Keep what a teller counted; a correction takes the place of what she wrote before."""
    CountSheet.objects.update_or_create(
        ballot=ballot, teller=teller, defaults={"counted_by": counted_by[:100], "tally_data": tally.to_json()}
    )


def problems_of(ballot: Ballot, tally: Tally) -> list[str]:
    """Why the numbers of a sheet cannot be; in a hybrid vote papers went only to those who asked for one."""
    terms = ballot.terms
    if ballot.way == HYBRID:
        terms = replace(terms, present=ballot.roll.filter(way=ON_PAPER).count())
    return contradictions(terms, tally)


def difference(ballot: Ballot) -> list[str]:
    """What keeps a vote counted by hand from closing: a sheet that is missing, or where the two differ."""
    sheets = {sheet.teller: sheet for sheet in ballot.sheets.all()}
    missing = [teller for teller in TELLERS if teller not in sheets]
    if missing:
        return [gettext("还缺第%(number)d位计票人的计票单。") % {"number": teller} for teller in missing]
    first, second = (_numbers(ballot, sheets[teller].tally) for teller in TELLERS)
    return [
        gettext("两份计票单不一致：%(what)s，一份是%(first)d，一份是%(second)d。请重新清点。")
        % {"what": what, "first": first.get(what, 0), "second": second.get(what, 0)}
        for what in dict.fromkeys((*first, *second)) if first.get(what, 0) != second.get(what, 0)
    ]  # fmt: skip


def _numbers(ballot: Ballot, tally: Tally) -> dict[str, int]:
    """Every number of a sheet by its name."""
    terms = ballot.terms
    named = {gettext("发出"): tally.issued, gettext("收回"): tally.returned, gettext("废票"): tally.void}
    for row, marks in zip(terms.rows, tally.marks, strict=True):
        label = f"{row} " if len(terms.rows) > 1 else ""
        named |= {
            f"{label}{mark_words(terms, mark)}": marks.get(mark, 0) for mark in (*terms.allowed, NOT_VALID) if mark
        }
    return named | dict(tally.write_ins)
