"""What of an opinion can be searched for: by those who may see it, what was said and what was answered; by everybody, what stands on the board.

Names, telephones and addresses within the words are left out of the index: a passage shown in a list must not tell more than the
list may. The contact is never here. What stands on the board is a text of its own, in the wording that was gone through, and goes with it.
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

from ..residents import title_of
from .records import Opinion

OPINION, ANSWER, ON_BOARD = "opinion", "opinion-answer", "opinion-board"
KINDS = {OPINION: _("群众意见内容"), ANSWER: _("对群众的答复"), ON_BOARD: _("公开的群众意见")}
PAGE = 500


def hidden(text: str) -> str:
    """The words without what tells of persons."""
    return redact(text, private(text)).text


def texts(matter: Matter, record: Opinion) -> list[Document]:
    """What was said, the answer once it went out, and what everybody may read of both."""
    title = hidden(matter.title)
    found = [Document(matter.pk, OPINION, matter.procedure, title, hidden(record.text))]
    if record.answered_on and record.answer:
        found.append(Document(matter.pk, ANSWER, matter.procedure, title, hidden(record.answer)))
    if matter.public_since and not matter.confidential:
        shown = on_board(record)
        found.append(Document(matter.pk, ON_BOARD, matter.procedure, title_of({"text": shown}), shown, public=True))
    return found


def on_board(record: Opinion) -> str:
    """What everybody may read: the public wording, and the answer once it went out, without what tells of persons."""
    parts = (record.public_text, hidden(record.answer) if record.answered_on else "")
    return "\n".join(part for part in parts if part)


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
