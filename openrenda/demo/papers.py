"""A few real files: what shows a deputy's wish, and what deputies attached to their suggestions."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.core.files.base import ContentFile
from django.utils import timezone

from openrenda.docket.actor import Actor
from openrenda.docket.models import Matter, Party
from openrenda.documents.official import OfficialDocument, PdfUnavailable, Text, to_docx, to_pdf
from openrenda.web.agents import PROOF_ROLE
from openrenda.web.filing import keep

from .cast import NOTE
from .diary import PlannedStep
from .registers import House

ATTACHMENT_ROLE = "attachment"
ATTACHED = 8


def proof_of(office: Actor, step: PlannedStep) -> UUID:
    """The note of a deputy's call, as the file that a step entered for her needs."""
    day = timezone.localdate()
    text = f"{day.year}年{day.month}月{day.day}日，{step.data['proof']}"
    paper = to_docx(
        OfficialDocument(
            title="代表委托录入记录", issuer=office.office_name, blocks=(Text(text), Text(NOTE)), dated=day
        )
    )
    return keep(ContentFile(paper, name="代表委托录入记录.docx"), office, role=PROOF_ROLE).pk


def keep_papers(house: House) -> None:
    """Deputies' own notes on the newest suggestions that were received: Word and PDF in turn, where PDF can be made."""
    newest = Matter.objects.filter(procedure="suggestion", parent=None).exclude(number="").order_by("-opened_on")
    for number, matter in enumerate(newest[:ATTACHED]):
        sponsor = Party.objects.filter(matter=matter, role="sponsor").first()
        keys = {row.pk: key for (kind, key), row in house.rows.items() if kind == "mandate"}
        able = house.actors.get(("deputy", keys.get(sponsor.holder, "")), []) if sponsor else []
        if able:
            _attach(matter, able[0], number)


def _attach(matter: Matter, actor: Actor, number: int) -> None:
    record = matter.suggestion.get()
    title = f"现场走访记录：{matter.title}"
    paper = OfficialDocument(
        title=title,
        issuer=actor.name,
        sealed=False,
        blocks=(Text(record.background), Text(NOTE)),
        dated=matter.opened_on,
    )
    content, name = to_docx(paper), "现场走访记录.docx"
    if number % 2:
        with suppress(PdfUnavailable):
            content, name = to_pdf(paper), "现场走访记录.pdf"
    keep(ContentFile(content, name=name), actor, role=ATTACHMENT_ROLE, matter=matter)
