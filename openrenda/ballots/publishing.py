"""What anybody may check: every ballot with its tracker, the terms, the result. ``bin/recount`` reads exactly this and nothing else."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from .box import tracker_of

if TYPE_CHECKING:
    from .models import Ballot

FORMAT = "openrenda-box-1"


def published(ballot: Ballot) -> dict[str, Any]:
    """The box of a closed vote as plain data; papers in the order of their keys."""
    terms = ballot.terms
    sheet = ballot.sheets.order_by("teller").first()
    return {
        "format": FORMAT, "ballot": str(ballot.pk), "title": ballot.title, "way": ballot.way, "public_key": ballot.public_key,
        "terms": {
            "kind": terms.kind, "rows": list(terms.rows), "places": terms.places, "base": terms.base, "present": terms.present,
            "majority": _line(terms.majority), "plurality": terms.plurality, "grades": [grade.key for grade in terms.grades],
            "rungs": [_line(rule) for rule in terms.rungs], "grades_base": terms.grades_base, "withdrawn": sorted(terms.withdrawn),
        },
        "named": [[mark.name, mark.paper] for mark in ballot.named_marks.order_by("name", "voter")],
        "ballots": [
            {"tracker": tracker_of(row["key"]), **row}
            for row in ballot.papers.order_by("key").values("key", "signature", "seal", "paper")
        ],
        "by_hand": sheet.tally_data if sheet else None,
        "tally": ballot.tally_data, "verdict": ballot.verdict_data,
    }  # fmt: skip


def _line(rule: Any) -> dict[str, str]:
    """A threshold: more than this share of the base, or at least."""
    return {"share": str(rule.value), "limit": rule.limit, "article": rule.law + rule.article}


def digest_of(ballot: Ballot) -> str:
    """The digest that the record of the vote carries: whoever holds it can tell whether the box was changed since."""
    text = json.dumps(published(ballot), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
