"""Whose word settles a promise: the lead deputy's, after her the co-signers' in the order of signing.

SUG-12 leaves the judgement to deputies; none of them can be replaced while one who signed is in office. Only when nobody
who signed is a deputy any more does the deputies' office inspect instead, and says so in the ledger (SUG-14.inspection).
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from openrenda.docket.situation import Situation
from openrenda.people.models import Group, Mandate

SIGNING = ("sponsor", "cosigner")
SPEAKER, SILENT = "speaker", "silent_speaker"


@dataclass(frozen=True)
class Signer:
    """Somebody who signed and may give her word today; a deputy elected anew does so under her new mandate."""

    holder: UUID
    name: str


def signers_in_office(situation: Situation) -> list[Signer]:
    """Who signed and holds office today, in the order of signing. Three queries at most."""
    parties = [party for role in SIGNING for party in situation.holders(role)]
    holders = [party.holder for party in parties]
    people = dict(Mandate.objects.filter(pk__in=holders).values_list("pk", "person"))
    able = dict(Mandate.objects.able_on(situation.today).filter(person__in=people.values()).values_list("person", "pk"))
    groups = set()
    if len(people) < len(holders):
        groups = set(Group.objects.on(situation.today).filter(pk__in=holders).values_list("pk", flat=True))
    found = []
    for party in parties:
        holder = able.get(people.get(party.holder)) or (party.holder if party.holder in groups else None)
        if holder is not None:
            found.append(Signer(holder, party.name))
    return found


def ask_next(situation: Situation, signers: list[Signer]) -> None:
    """The first who has not kept silent is asked; who left office no longer is. One who kept silent may still speak."""
    in_office = {signer.holder for signer in signers}
    for party in [*situation.holders(SPEAKER), *situation.holders(SILENT)]:
        if party.holder not in in_office:
            situation.end_party(party.role, party.holder)
    silent = {party.holder for party in situation.holders(SILENT)}
    asked = next((signer for signer in signers if signer.holder not in silent), None)
    if asked and asked.holder not in {party.holder for party in situation.holders(SPEAKER)}:
        situation.end_party(SPEAKER)
        situation.add_party(SPEAKER, asked.holder, asked.name)


def falls_silent(situation: Situation) -> None:
    """Who was asked and did not answer is passed over; her word is still taken when it comes (SUG-12)."""
    for party in situation.holders(SPEAKER):
        situation.end_party(SPEAKER, party.holder)
        situation.add_party(SILENT, party.holder, party.name)
