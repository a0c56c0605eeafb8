"""One search over every procedure: what was asked, narrowed by what may be chosen, as far as the reader may see it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openrenda import docket
from openrenda.docket import registry
from openrenda.docket.actor import Actor
from openrenda.docket.language import Procedure
from openrenda.docket.models import Matter
from openrenda.people.models import Organ
from openrenda.prepared import Prepared
from openrenda.procedures.apps import findable
from openrenda.search import Hit, find
from openrenda.search.snippets import marked

from . import choosing, navigation
from .labels import label_of

FIRST_FOUND, MOST_FOUND = 20, 50
YEARS_BACK = 12
SAME_NUMBER = 5
PARTED = ":"
# Leaders read a suggestion in its public wording where it has one, so no passage of the other is shown to them.
READS_PUBLIC_WORDING = "leader"
ORGANS: Prepared[tuple[UUID, str]] = Prepared(
    lambda nobody: Organ.objects.exclude(pk=nobody).order_by("position", "code").values_list("pk", "name"),
    nobody=uuid4(),
)
NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Search:
    """What one address asks for, and who asks."""

    actor: Actor
    asked: QueryDict

    @cached_property
    def tables(self) -> list[Procedure]:
        """The procedures that have texts to search and that this seat may look into."""
        keys = findable()
        return [t for t in navigation.main_first() if t.key in keys and navigation.looks_into(self.actor.seat, t)]

    @property
    def words(self) -> str:
        """What is searched for."""
        return choosing.words_of(self.asked.get("q", ""))

    @property
    def year(self) -> int | None:
        """The year in which the matter was opened."""
        return choosing.year_of(self.asked.get("year", ""))

    @property
    def organ(self) -> UUID | None:
        """The body that leads it."""
        return choosing.row_of(self.asked.get("organ", ""))

    @cached_property
    def procedure(self) -> str:
        """The procedure chosen."""
        return self._known("procedure", [table.key for table in self.tables])

    @cached_property
    def kind(self) -> str:
        """The kind of text chosen."""
        return self._known("kind", [key for key, _label in self.kinds()])

    @cached_property
    def state(self) -> str:
        """The state chosen, with its procedure in front."""
        return self._known("state", [key for key, _label in self.states()])

    @property
    def limit(self) -> int:
        """How many lines are shown: the first twenty, or fifty on demand."""
        return MOST_FOUND if self.asked.get("more") else FIRST_FOUND

    @property
    def more(self) -> str:
        """The address that shows more; nothing where it is this one."""
        return "" if self.asked.get("more") else f"?{self.asked.urlencode()}&more=1"

    def _known(self, name: str, known: list[str]) -> str:
        asked = self.asked.get(name, "")
        return asked if asked in known else ""

    def kinds(self) -> list[tuple[str, Any]]:
        """The kinds of text there are."""
        return [pair for table in self.tables for pair in findable()[table.key].KINDS.items()]

    def states(self) -> list[tuple[str, str]]:
        """The states to choose from; where there are several procedures, each with its procedure's name."""
        several = len(self.tables) > 1
        return [
            (
                f"{table.key}{PARTED}{state.key}",
                f"{label_of(table)} · {label_of(state)}" if several else label_of(state),
            )
            for table in self.tables
            for state in table.states
        ]

    def matters(self) -> QuerySet[Matter]:
        """What may be found: what the reader may see, narrowed by what was chosen."""
        rows = docket.visible(self.actor, *([self.procedure] if self.procedure else [t.key for t in self.tables]))
        if self.year:
            rows = rows.filter(opened_on__range=choosing.whole_year(self.year))
        if self.organ:
            rows = rows.filter(lead=self.organ)
        if self.state:
            procedure, _parted, state = self.state.partition(PARTED)
            rows = rows.filter(procedure=procedure, state=state)
        return rows

    def lines(self) -> list[dict[str, Any]]:
        """The matters found, best first: a handful of queries."""
        allowed = self.matters()
        hits = find(self.words, kinds=[self.kind] if self.kind else None, subjects=allowed, limit=self.limit)
        found = {row["id"]: row for row in _rows(allowed, hits, self.words)}
        numbered = [row for row in found.values() if row["number"] == self.words]
        by_hit = [(found[hit.subject], hit) for hit in hits if hit.subject in found]
        lines = [self._line(row, None) for row in numbered if row["id"] not in {hit.subject for hit in hits}]
        return [*lines, *(self._line(row, hit) for row, hit in by_hit)][: self.limit]

    def _line(self, row: dict[str, Any], hit: Hit | None) -> dict[str, Any]:
        table = registry.procedure(row["procedure"])
        kinds = findable()[table.key].KINDS
        withheld = self.actor.seat == READS_PUBLIC_WORDING and row["wording"]
        return {
            "url": reverse("web:matter", args=[row["id"]]),
            "number": row["number"],
            "heading": hit.heading if hit else marked(row["title"], []),
            "snippet": hit.snippet if hit and not withheld else (),
            "kind": kinds.get(hit.kind, "") if hit else "",
            "procedure": label_of(table) if len(self.tables) > 1 else "",
            "state": label_of(table.state(row["state"])),
            "year": row["opened_on"].year,
            "organ": row["organ"] or "",
        }

    def filters(self) -> dict[str, Any]:
        """The filter bar. One query, for the organs."""
        this_year = timezone.localdate().year
        years = [(str(year), _("%(year)s年") % {"year": year}) for year in range(this_year, this_year - YEARS_BACK, -1)]
        procedures = [(table.key, label_of(table)) for table in self.tables]
        fields = [
            choosing.select("kind", _("找什么"), self.kinds(), self.kind),
            choosing.select("year", _("年度"), years, str(self.year or "")),
            choosing.select("state", _("状态"), self.states(), self.state),
            choosing.select("organ", _("主办单位"), ORGANS.rows(nobody=NOBODY), str(self.organ or "")),
        ]
        if len(procedures) > 1:
            fields.insert(0, choosing.select("procedure", _("程序"), procedures, self.procedure))
        return {
            "action": reverse("web:search"),
            "search": {"name": "q", "value": self.words, "label": _("编号、标题、内容、答复")},
            "fields": fields,
            "finds": True,
        }


def _read(keys: list[UUID]) -> QuerySet[Any]:
    named = {
        "organ": Coalesce("suggestion__organ_name", "opinion__organ__name"),
        "wording": F("suggestion__public_text"),
    }
    columns = ("id", "procedure", "number", "title", "state", "opened_on")
    return Matter.objects.filter(pk__in=keys).values(*columns, **named)


READ: Prepared[dict[str, Any]] = Prepared(_read, keys=[uuid4() for _ in range(MOST_FOUND + SAME_NUMBER)])


def _rows(allowed: QuerySet[Matter], hits: list[Hit], words: str) -> list[dict[str, Any]]:
    """What a line shows of each matter, and those whose number it is that was typed."""
    keys = [hit.subject for hit in hits]
    if any(letter.isdigit() for letter in words):
        keys += allowed.filter(number=words).values_list("pk", flat=True)[:SAME_NUMBER]
    return READ.rows(keys=keys) if keys else []
