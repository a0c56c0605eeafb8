"""Opening a vote: the roll, the terms and the key are frozen."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from openrenda.docket.models import Matter

from . import blind
from .box import closed_part, part_bytes, parts_for
from .counting import Terms
from .models import WITH_BOX, Ballot, BoxPart, RollEntry


def open_ballot(
    matter: Matter, way: str, terms: Terms, voters: Iterable[tuple[UUID, str]], *, rulebook: str, trial: bool = False
) -> Ballot:
    """Open a vote on a matter. Runs inside the caller's transaction.

    :param voters: who may vote: mandates with names, in an order that says nothing.
    :raises IntegrityError: when a vote on the matter is open already.
    """
    roll = list(voters)
    ballot = Ballot(
        matter=matter, congress_id=matter.congress_id, title=matter.title, way=way, trial=trial, terms_data=terms.to_json(),
        rulebook=rulebook, opened_at=timezone.now(),
    )  # fmt: skip
    if way in WITH_BOX:
        ballot.public_key, ballot.private_key = blind.new_key()
        ballot.parts = parts_for(len(roll))
    ballot.save(force_insert=True)
    RollEntry.objects.bulk_create([RollEntry(ballot=ballot, voter=voter, name=name) for voter, name in roll])
    size = part_bytes(terms, ballot.parts)
    BoxPart.objects.bulk_create(
        [BoxPart(ballot=ballot, number=number, content=closed_part({}, size)) for number in range(ballot.parts)]
    )
    return ballot


def withdraw(ballot: Ballot, row: int) -> None:
    """A candidate withdraws after opening: the papers stay as they are, his marks are not counted."""
    ballot.terms_data = ballot.terms.without(row).to_json()
    ballot.save(update_fields=["terms_data"])
