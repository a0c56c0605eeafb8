"""Which organ a suggestion may belong to, from how past suggestions were assigned. The person decides.

The model is plain enough to be told: of the past suggestions that resemble this one, and of those in its category, how many
went to each organ. Likeness counts for more than the category. What was suggested and what was chosen is kept, so that
the office sees how often the first suggestion was right.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from openrenda.docket.models import Matter
from openrenda.people.models import Organ
from openrenda.procedures.neighbours import votes
from openrenda.procedures.suggestion.forms import handling_organs
from openrenda.procedures.suggestion.records import Suggestion
from openrenda.search import similar

from .models import Hint

REMEMBERED = 2000
ALIKE_AT_MOST = 8
SHOWN = 3
WEIGHT_OF_LIKENESS, WEIGHT_OF_CATEGORY, WEIGHT_OF_WISH = 0.6, 0.3, 0.1
COUNTED_HINTS = 500


@dataclass(frozen=True)
class Suggested:
    """An organ with its score from 0 to 1 and the reasons in words."""

    organ: Organ
    score: float
    why: str


class Experience:
    """How the newest assigned suggestions were assigned; read once a page, in two queries."""

    def __init__(self) -> None:
        past: Any = Suggestion.objects.filter(organ__isnull=False).order_by("-id")
        self.organ_of: dict[UUID, UUID] = {}
        self.by_category: dict[UUID | None, Counter[UUID]] = defaultdict(Counter)
        for matter, category, organ in past.values_list("matter_id", "category_id", "organ_id")[:REMEMBERED]:
            self.organ_of[matter] = organ
            if category:
                self.by_category[category][organ] += 1
        self.organs = {organ.pk: organ for organ in handling_organs(timezone.localdate())}

    def suggest(self, record: Suggestion) -> list[Suggested]:
        """The organs most likely meant, best first; two further queries for the texts alike."""
        alike = self._alike(record)
        category = self.by_category.get(record.category_id, Counter())
        total_alike, total_category = sum(score for score, _n in alike.values()), sum(category.values())
        scores: dict[UUID, float] = defaultdict(float)
        for organ, (score, _count) in alike.items():
            scores[organ] += WEIGHT_OF_LIKENESS * score / total_alike
        for organ, count in category.items():
            scores[organ] += WEIGHT_OF_CATEGORY * count / total_category
        if record.wished_organ_id:
            scores[record.wished_organ_id] += WEIGHT_OF_WISH
        best = sorted((organ for organ in scores if organ in self.organs), key=lambda organ: -scores[organ])
        return [
            Suggested(self.organs[organ], round(scores[organ], 2), self._why(organ, alike, category, record))
            for organ in best[:SHOWN]
        ]

    def _alike(self, record: Suggestion) -> dict[UUID, tuple[float, int]]:
        matter = record.matter
        alike = similar(record.text, matter.title, limit=ALIKE_AT_MOST, exclude=matter.pk, kinds=[matter.procedure])
        return {one.value: (one.score, len(one.cases)) for one in votes(alike, self.organ_of)}

    def _why(self, organ: UUID, alike: dict[UUID, Any], category: Counter[UUID], record: Suggestion) -> str:
        parts = []
        if organ in alike:
            parts.append(_("%(count)s 件相似建议由其承办") % {"count": alike[organ][1]})
        if category[organ]:
            words = {"count": category[organ], "total": sum(category.values())}
            parts.append(_("同类 %(total)s 件中有 %(count)s 件") % words)
        if record.wished_organ_id == organ:
            parts.append(_("代表希望由其承办"))
        return "，".join(parts)


def remember(matter: Matter, suggested: Iterable[UUID], chosen: UUID) -> None:
    """Keep what was suggested and what was chosen, the first time a matter is handed over from the page."""
    row = Hint(matter=matter, suggested=[str(organ) for organ in suggested], chosen=chosen, decided_at=timezone.now())
    Hint.objects.bulk_create([row], ignore_conflicts=True)


def hit_rate() -> dict[str, int] | None:
    """Of the newest hand-overs: how many there were, and how often the first or one of the three was chosen."""
    kept = Hint.objects.order_by("-decided_at").values_list("suggested", "chosen")[:COUNTED_HINTS]
    rows = [(suggested, str(chosen)) for suggested, chosen in kept if suggested]
    if not rows:
        return None
    first = sum(chosen == suggested[0] for suggested, chosen in rows)
    among = sum(chosen in suggested for suggested, chosen in rows)
    return {
        "count": len(rows), "first": first, "among": among,
        "first_percent": first * 100 // len(rows), "among_percent": among * 100 // len(rows),
    }  # fmt: skip
