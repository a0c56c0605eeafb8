"""What residents said and everybody may read: chosen by station and state, found by words, paged by key (A10)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from openrenda.docket.models import Matter
from openrenda.procedures import opinion as table
from openrenda.procedures.opinion.findable import ON_BOARD, hidden
from openrenda.procedures.opinion.records import Opinion
from openrenda.search import find
from openrenda.search.snippets import marked

from .. import choosing
from . import listing

ROWS, MOST_FOUND = 30, 50
STATES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "open": (lazy("办理中"), tuple(state.key for state in (*table.FRESH, table.CLARIFYING, *table.AT_WORK))),
    "answered": (lazy("已答复"), (table.ANSWERED.key,)),
    "closed": (lazy("已办结"), tuple(state.key for state in (table.CLOSED, table.MERGED, table.REFUSED))),
}


class Choice:
    """What the reader chose, from the address; anything that makes no sense is as if it were not there."""

    def __init__(self, asked: QueryDict) -> None:
        self.asked = asked
        self.words = choosing.words_of(asked.get("q", ""))
        self.station = asked.get("station", "")[:30].replace("\x00", "")
        self.state = asked.get("state", "") if asked.get("state") in STATES else ""

    @property
    def any(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.words or self.station or self.state)

    def narrow(self, rows: QuerySet[Opinion]) -> QuerySet[Opinion]:
        """Only what was chosen."""
        rows = rows.filter(station__number=self.station) if self.station else rows
        return rows.filter(matter__state__in=STATES[self.state][1]) if self.state else rows

    def filters(self, action: str) -> dict[str, Any]:
        """The filter bar. No query."""
        states = [(key, label) for key, (label, _states) in STATES.items()]
        return {
            "action": action,
            "search": {"name": "q", "value": self.words, "label": _("搜索意见和答复")},
            "fields": [choosing.select("state", _("办理状态"), states, self.state)],
            "hidden": [{"name": "station", "value": self.station}] if self.station else [],
            "finds": True,
        }


def published() -> QuerySet[Opinion]:
    """What stands on the board today, the newest first."""
    rows: QuerySet[Opinion] = Opinion.objects.filter(
        matter__public_since__lte=timezone.localdate(), matter__confidential=False
    )
    return rows.select_related("matter", "station").order_by("-matter__public_since", "-matter_id")


def paged(choice: Choice) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """One page, and the addresses around it. One query."""
    kept = {"station": choice.station, "state": choice.state}
    found, pager = listing.newest(choice.narrow(published()), "matter__public_since", ROWS, choice.asked, **kept)
    return [_row(record) for record in found], pager


def search(choice: Choice, limit: int = MOST_FOUND) -> list[dict[str, Any]]:
    """What stands on the board and carries the words, best first. The index knows its public wording as a text of its own."""
    allowed = choice.narrow(published()).order_by().values("matter_id")
    hits = find(
        choice.words, limit=limit, kinds=[ON_BOARD], public=True, subjects=Matter.objects.filter(pk__in=allowed)
    )
    if not hits:
        return []
    records = {row.matter_id: row for row in published().filter(matter__in=[hit.subject for hit in hits])}
    parts = listing.asked_parts(choice.words)
    return [_row(records[hit.subject], parts) for hit in hits if hit.subject in records]


def _row(record: Opinion, parts: list[str] | None = None) -> dict[str, Any]:
    answer = hidden(record.answer) if record.answered_on else ""
    return {
        "record": record, "state": record.matter.state_now.words,
        "text": marked(record.public_text, parts or ()), "answer": marked(answer, parts or ()),
    }  # fmt: skip
