"""From the plan's data to what the procedures' forms ask for. The only place that knows both; correct it here.

The plan speaks of organs, deputies and suggestions by the cast's keys; ``refs`` gives the identifiers they got in the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from .diary import PlannedStep
from .matters import Suggestion
from .orders import Order
from .raising import CRITERIA
from .replies import ReplyText

# (kind, key) -> identifier. Kinds: organ, mandate, category, suggestion, leader.
Refs = Callable[[str, str], Any]
CHECKED = "on"
SUBMISSIONS = frozenset({"submit", "submit_to_street", "resubmit", "resubmit_to_street"})
REFERENCES = {"organ": "organ", "street": "organ", "main": "suggestion", "category": "category", "leading": "leader"}
LISTS = {"organs": "organ", "assisting": "organ", "deputies": "mandate"}
# Said in the plan for the loader or the reader, not asked for by a form.
NOT_ASKED = frozenset({"added", "only_first", "proof"})


def form_data(
    step: PlannedStep, suggestion: Suggestion, refs: Refs, declarations: Iterable[str] = ()
) -> dict[str, Any]:
    """What the form of the step is given. ``declarations``: the keys of the kinds that the congress does not allow."""
    if step.step in ("propose", "revise"):
        return draft(step, suggestion, refs)
    if step.step == "draft":
        return bill_draft(suggestion)
    if step.step == "submit" and suggestion.kind == "bill" and not step.target:
        return {}
    if step.step in SUBMISSIONS:
        return {"one_matter": CHECKED, **{f"not_{key}": CHECKED for key in declarations}}
    if step.step == "cosign":
        return {"own_will": CHECKED}
    if "reply" in step.data:
        return reply(step.data["reply"])
    return {name: _value(name, value, refs) for name, value in step.data.items() if name not in NOT_ASKED}


def _value(name: str, value: Any, refs: Refs) -> Any:
    if name in CRITERIA:
        return "yes" if value else "no"
    if name in REFERENCES:
        return refs(REFERENCES[name], value)
    if name in LISTS:
        return [refs(LISTS[name], key) for key in value]
    return value.isoformat() if isinstance(value, date) else value


def draft(step: PlannedStep, suggestion: Suggestion, refs: Refs) -> dict[str, Any]:
    """The suggestion form, as first written or as revised after a return."""
    written = suggestion.written
    lines = written.proposals_text.splitlines()
    data: dict[str, Any] = {
        "title": suggestion.title,
        "background": written.situation,
        "analysis": written.analysis + step.data.get("added", ""),
        "proposals": lines[0] if step.data.get("only_first") else written.proposals_text,
        "category": refs("category", suggestion.category),
        "wished_organ": refs("organ", suggestion.lead),
        "origin": written.origin,
        "contact_phone": suggestion.contact_phone,
        "willing_to_meet": CHECKED,
    }
    ticks: Mapping[str, bool] = {
        "first_raised": not suggestion.similar_to,
        "consent_public": suggestion.consent_public,
        "keep_secret": suggestion.confidential,
    }
    return data | {name: CHECKED for name, ticked in ticks.items() if ticked}


def bill_draft(bill: Suggestion) -> dict[str, Any]:
    """Subject, grounds and plan of a bill."""
    written = bill.written
    grounds = "\n".join(part for part in (written.situation, written.analysis) if part)
    return {"title": bill.title, "grounds": grounds, "plan": written.proposals_text}


def reply(text: ReplyText) -> dict[str, Any]:
    """The reply form, each promise in a row of its own."""
    data: dict[str, Any] = {
        "result_class": text.result_class, "done": text.done, "planned": text.planned, "cannot": text.cannot,
        "assisting_opinions": text.assisting_opinions, "number": text.number, "disclosure": text.disclosure,
        "contact_phone": text.contact_phone,
    }  # fmt: skip
    for row, promise in enumerate(text.promises, 1):
        data |= {
            f"promise_{row}": promise.what,
            f"promise_{row}_who": promise.who,
            f"promise_{row}_by": promise.by.isoformat(),
        }
    return data


def order_data(order: Order, refs: Refs) -> dict[str, Any]:
    """The form by which an enterprise places an order."""
    return {
        "title": order.title, "site": order.site, "topic": refs("category", order.category), "need": order.need,
        "wished_on": order.wished_on.isoformat(),
    }  # fmt: skip
