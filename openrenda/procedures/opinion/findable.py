"""What of an opinion can be searched for by those who may see it: what was said, and what was answered.

Names, telephones and addresses within the words are left out of the index: a passage shown in a list must not tell more than the
list may. The contact is never here. The portal does not search opinions: what is published of them stands on the board.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from openrenda.docket.models import Matter
from openrenda.docket.situation import Situation
from openrenda.documents.redaction import redact
from openrenda.documents.residents import private
from openrenda.search import Document, index_all
from openrenda.tenancy import congress_scope

from .records import Opinion

OPINION, ANSWER = "opinion", "opinion-answer"
KINDS = {OPINION: _("群众意见内容"), ANSWER: _("对群众的答复")}
PAGE = 500


def hidden(text: str) -> str:
    """The words without what tells of persons."""
    return redact(text, private(text)).text


def texts(matter: Matter, record: Opinion) -> list[Document]:
    """What was said, and the answer once it went out. Nothing here is open to all."""
    title = hidden(matter.title)
    found = [Document(matter.pk, OPINION, matter.procedure, title, hidden(record.text))]
    if record.answered_on and record.answer:
        found.append(Document(matter.pk, ANSWER, matter.procedure, title, hidden(record.answer)))
    return found


def index_matter(situation: Situation) -> None:
    """Keep the search index in step with what was written, in the transaction that wrote it."""
    index_all(texts(situation.matter, situation.record))


def documents(congress: UUID) -> Iterator[Document]:
    """The texts of every opinion, for a rebuild; pages by key, one query each."""
    last = UUID(int=0)
    while True:
        with congress_scope(congress):
            rows = Opinion.objects.filter(matter_id__gt=last).select_related("matter").order_by("matter_id")
            page = list(rows[:PAGE])
        if not page:
            return
        for record in page:
            yield from texts(record.matter, record)
        last = page[-1].matter_id
