"""What of a proposal can be searched for, so that similar ones are found: its words without what tells of persons."""

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

from ..livelihood import PROPOSAL
from .records import LivelihoodProposal

KINDS = {PROPOSAL: _("民生实事建议项目")}
PAGE = 500


def _hidden(text: str) -> str:
    return redact(text, private(text)).text


def document(matter: Matter, record: LivelihoodProposal) -> Document:
    """What was proposed, and where."""
    return Document(
        matter.pk, PROPOSAL, matter.procedure, _hidden(matter.title), _hidden(f"{record.text}\n{record.place}")
    )


def index_matter(situation: Situation) -> None:
    """Keep the search index in step with what was written, in the transaction that wrote it."""
    index_all([document(situation.matter, situation.record)])


def documents(congress: UUID) -> Iterator[Document]:
    """The text of every proposal, for a rebuild; pages by key, one query each."""
    last = UUID(int=0)
    while True:
        with congress_scope(congress):
            rows = LivelihoodProposal.objects.filter(matter_id__gt=last).select_related("matter").order_by("matter_id")
            page = list(rows[:PAGE])
        if not page:
            return
        for record in page:
            yield document(record.matter, record)
        last = page[-1].matter_id
