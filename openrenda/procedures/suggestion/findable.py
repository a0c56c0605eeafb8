"""What of a suggestion can be searched for: its own text, and the replies that went out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from openrenda.docket.models import Matter
from openrenda.docket.situation import Situation
from openrenda.search import Document, index_all
from openrenda.tenancy import congress_scope

from .records import Reply, Suggestion

SUGGESTION, REPLY = "suggestion", "reply"
KINDS = {SUGGESTION: _("建议正文"), REPLY: _("答复")}
BEFORE_SUBMITTED = ("draft", "settled")
PAGE = 500


def texts(matter: Matter, record: Suggestion, replies: Iterable[Reply]) -> list[Document]:
    """The suggestion's words, and those of its replies as a text of their own. Public is what the portal shows."""
    public = matter.public_since is not None and not matter.confidential and not record.withheld
    sent = [reply for reply in replies if reply.is_sent]
    found = [Document(matter.pk, SUGGESTION, matter.procedure, matter.title, record.text, public)]
    if sent:
        words = "\n".join(reply.text for reply in sent)
        open_to_all = public and all(reply.is_open for reply in sent)
        found.append(Document(matter.pk, REPLY, matter.procedure, matter.title, words, open_to_all))
    return found


def index_matter(situation: Situation) -> None:
    """Keep the search index in step with what was written, in the transaction that wrote it."""
    index_all(texts(situation.matter, situation.record, situation.rows(Reply)))


def documents(congress: UUID) -> Iterator[Document]:
    """The texts of every suggestion that was submitted, for a rebuild; pages by key, two queries each."""
    last = UUID(int=0)
    while True:
        with congress_scope(congress):
            page = list(_page(last))
            replies: dict[UUID, list[Reply]] = defaultdict(list)
            for reply in Reply.objects.filter(matter__in=[record.matter_id for record in page]).order_by("round"):
                replies[reply.matter_id].append(reply)
        if not page:
            return
        for record in page:
            yield from texts(record.matter, record, replies[record.matter_id])
        last = page[-1].matter_id


def _page(last: UUID) -> Iterable[Suggestion]:
    submitted = Suggestion.objects.filter(matter_id__gt=last).exclude(matter__state__in=BEFORE_SUBMITTED)
    return submitted.select_related("matter").order_by("matter_id")[:PAGE]
