"""A reply read against the replies that went out before, as far as the reader may see them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from openrenda import docket
from openrenda.docket.situation import Situation
from openrenda.search import similar

from .findable import REPLY
from .records import Reply
from .review import Draft, Other, Promise, review

READ_BEFORE = ("done", "planned", "cannot")
READ_BEFORE_TEMPLATE = "procedures/suggestion_review.html"
# The organ's own replies, newest matters first: as many as most organs write in three years.
OWN, ALIKE = 300, 10
ALIKE_AT_LEAST = 0.05


def read_before(situation: Situation, parts: dict[str, str], promises: tuple[Promise, ...]) -> dict[str, Any]:
    """The review of a reply, for its template. Six queries at most; nothing is written."""
    if not any(parts.values()):
        return {}
    draft = Draft(situation.matter.title, situation.record.proposals or situation.record.text, parts, promises)
    return {"review": review(draft, others(situation, draft.text))}


def others(situation: Situation, text: str) -> list[Other]:
    """Replies that went out: the organ's own of late, those whose words are most alike, and the first one to this matter."""
    sent = Reply.objects.filter(Q(signed_on__isnull=False) | ~Q(full_text="")).select_related("matter")
    may_see = docket.visible(situation.actor, situation.matter.procedure)
    matter = situation.matter
    family = Q(matter=matter) | Q(matter__parent=matter)
    elsewhere = sent.filter(matter__in=may_see).exclude(family)
    found = [*_own(situation, elsewhere), *_alike(situation, elsewhere, text, may_see)]
    found += [row for row in situation.rows(Reply) if row.is_sent]
    return [Other(row, row.text) for row in {row.pk: row for row in found}.values()]


def _own(situation: Situation, sent: QuerySet[Reply]) -> list[Reply]:
    handlers = [party.holder for party in situation.holders("handler")]
    own = sent.filter(matter__procedure=situation.matter.procedure, matter__lead__in=handlers)
    return list(own.order_by("-matter__opened_on", "-matter_id")[:OWN])


def _alike(situation: Situation, sent: QuerySet[Reply], text: str, may_see: QuerySet[Any]) -> list[Reply]:
    matter = situation.matter
    alike = similar(
        text, matter.title, limit=ALIKE, exclude=matter.pk, kinds=[REPLY], subjects=may_see, at_least=ALIKE_AT_LEAST
    )  # fmt: skip
    return list(sent.filter(matter__in=[one.subject for one in alike])) if alike else []
