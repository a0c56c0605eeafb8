"""What each step writes besides the act. Nothing here decides whether a step may be taken."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.people.models import Organ, OrganSuccession
from openrenda.people.remembering import remembered

from .forms import STREET_KINDS
from .records import DISTRICT, STREET, Verdict
from .speaking import SPEAKER, ask_next, falls_silent, signers_in_office

PROMISED_ABOUT = "promised_about"


@remembered
def organ_of(organ_id: Any) -> Organ | None:
    """The organ with that id, if it is one."""
    found: Organ | None = Organ.objects.filter(pk=organ_id).first()
    return found


def promise(situation: Situation, act: Act) -> None:
    """A row of the ledger. A street's own promise stands in the street's ledger, every other one in the district's."""
    data = situation.data
    about = _about(situation)
    due = date.fromisoformat(data["due_on"])
    situation.matter.confidential = about.confidential
    handler = next(iter(situation.holders("handler")), None)
    organ = organ_of(handler.holder) if handler else None
    street = next((party.holder for party in situation.holders("street")), None)
    situation.matter.lead = organ.pk if organ else None
    situation.note(
        suggestion=about, organ=organ, round=data["round"], what=data["what"], who=data["who"], due_on=due,
        first_due_on=due, promised_on=situation.today, street_id=street,
    )  # fmt: skip
    if organ and organ.kind in STREET_KINDS:
        situation.note(level=STREET, keeper=organ)
        situation.add_party("keeper", organ.pk, organ.name)
    for party in situation.holders("sponsor"):
        situation.add_party(SPEAKER, party.holder, party.name)


def _about(situation: Situation) -> Matter:
    """The suggestion in whose reply it was promised, or to which a promise made elsewhere is linked."""
    named = situation.data.get("suggestion")
    if named is None:
        parent: Matter = situation.matter.parent
        return parent
    about = Matter.objects.get(pk=named)
    situation.link(about, PROMISED_ABOUT)
    return about


def bring_over(situation: Situation, act: Act) -> None:
    """A row of an older ledger, with the days it names."""
    data = situation.data
    due = date.fromisoformat(data["due_on"])
    promised = date.fromisoformat(data["promised_on"]) if data.get("promised_on") else situation.today
    kept = date.fromisoformat(data["kept_on"]) if data.get("kept_on") else None
    situation.note(
        round=data["round"], what=data["what"], who=data["who"], due_on=due, first_due_on=due, promised_on=promised,
        kept_on=kept, reported_on=kept,
    )  # fmt: skip


def tell(situation: Situation, act: Act) -> None:
    """The yearly word goes out; the deputy who speaks for this promise is asked for a receipt."""
    ask_next(situation, signers_in_office(situation))
    for party in situation.holders(SPEAKER):
        situation.add_party("asked_for_receipt", party.holder, party.name)


def receipt(situation: Situation, act: Act) -> None:
    """Keep the deputy's receipt. It settles nothing."""
    situation.add(_verdict(situation, "progress"))
    situation.end_party("asked_for_receipt")


def ask_later(situation: Situation, act: Act) -> None:
    """The deputy who speaks for this promise is heard first."""
    ask_next(situation, signers_in_office(situation))


def grant(situation: Situation, act: Act) -> None:
    """A later day; the promised one and every day between stay in the acts."""
    record = situation.record
    act.data["old_due_on"] = record.due_on.isoformat()
    situation.note(due_on=date.fromisoformat(situation.data["due_on"]), postponed=record.postponed + 1)


def give(situation: Situation, act: Act) -> None:
    """The row moves to a street's ledger. It is the same row: the district still sees it, and both see who gave it."""
    street = organ_of(situation.data["street"])
    assert street is not None, "the form offers streets only"
    situation.add_party("keeper", street.pk, street.name)
    act.data |= {"to_name": street.name, "keeper": str(street.pk)}
    _given(situation, level=STREET, keeper=street)


def give_back(situation: Situation, act: Act) -> None:
    """The row moves back to the district's ledger; the street that kept it goes on seeing it."""
    street = situation.record.keeper
    situation.end_party("keeper")
    situation.add_party("once_keeper", street.pk, street.name)
    act.data |= {"from_name": street.name, "keeper": str(street.pk)}
    _given(situation, level=DISTRICT, keeper=None)


def _given(situation: Situation, **where: Any) -> None:
    situation.note(given_by=situation.actor.office_name[:200], given_on=situation.today, **where)


def report(situation: Situation, act: Act) -> None:
    """Kept, says the organ. Now a deputy is asked; while she is not heard, the promise stays open."""
    situation.note(kept_on=date.fromisoformat(situation.data["kept_on"]), reported_on=situation.today)
    ask_next(situation, signers_in_office(situation))
    act.data["asked"] = [party.name for party in situation.holders(SPEAKER)]


def pass_word(situation: Situation, act: Act) -> None:
    """To the next who signed; silence is noted, never counted as satisfied."""
    signers = signers_in_office(situation)
    in_office = {signer.holder for signer in signers}
    if any(party.holder in in_office for party in situation.holders(SPEAKER)):
        falls_silent(situation)
    ask_next(situation, signers)
    act.data["asked"] = [party.name for party in situation.holders(SPEAKER)]


def confirm(situation: Situation, act: Act) -> None:
    """The deputy's word settles it."""
    situation.add(_verdict(situation, "kept", kept=True))
    situation.note(confirmed_on=situation.today, grade=situation.data["grade"], inspected=False)


def not_kept(situation: Situation, act: Act) -> None:
    """Back to the organ. What it reported stays in the acts."""
    situation.add(_verdict(situation, "kept", kept=False))
    situation.note(kept_on=None, reported_on=None, grade=situation.data["grade"])


def inspect_kept(situation: Situation, act: Act) -> None:
    """Nobody who signed is in office: the recorded inspection settles it, and the ledger says so."""
    situation.note(confirmed_on=situation.today, inspected=True)


def inspect_not_kept(situation: Situation, act: Act) -> None:
    """Back to the organ, on the strength of the inspection."""
    situation.note(kept_on=None, reported_on=None)


def reopen(situation: Situation, act: Act) -> None:
    """Not kept after all. That it was confirmed stays in the acts; an organ that was merged meanwhile is followed by its successor."""
    record = situation.record
    act.data["confirmed_on"] = record.confirmed_on.isoformat()
    situation.note(kept_on=None, reported_on=None, confirmed_on=None, inspected=False, reopened=record.reopened + 1)
    for party in situation.holders("handler"):
        heir = _heir(party.holder)
        if heir:
            situation.end_party("handler", party.holder)
            situation.add_party("handler", heir.pk, heir.name)
            situation.matter.lead = heir.pk
            situation.note(organ=heir)


def _heir(organ_id: Any) -> Organ | None:
    """The organ that stands today where that one stood; None when it still stands itself."""
    heir, seen = None, {organ_id}
    while row := OrganSuccession.objects.filter(predecessor=organ_id).select_related("successor").last():
        heir, organ_id = row.successor, row.successor_id
        if organ_id in seen:
            break
        seen.add(organ_id)
    return heir


def handed_over(situation: Situation, act: Act) -> None:
    """The typed record follows the organ or street that takes over."""
    data, record = situation.data, situation.record
    if str(record.organ_id or "") == data["leaver"]:
        situation.matter.lead = UUID(data["successor"])
        situation.note(organ_id=data["successor"])
    for name in ("keeper", "street"):
        if str(getattr(record, f"{name}_id") or "") == data["leaver"]:
            situation.note(**{f"{name}_id": data["successor"]})


def _verdict(situation: Situation, about: str, *, kept: bool | None = None) -> Verdict:
    data = situation.data
    return Verdict(
        about=about, kept=kept, deputy=next(iter(situation.actor.holders)),
        deputy_name=situation.actor.agent_for or situation.actor.name, grade=data["grade"],
        reasons=data.get("reasons", ""), judged_on=situation.today,
    )  # fmt: skip
