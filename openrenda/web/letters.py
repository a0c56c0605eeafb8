"""Papers as downloads: reply letters, a matter's bundle, a session's volume and notice, and the notice of a hand-over.

Whoever may see the matter may have its papers; papers of many matters are for the offices that issue them.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openrenda import docket
from openrenda.activities.gathering import letters as gathering_letters
from openrenda.docket.models import Matter
from openrenda.docket.offices import holds
from openrenda.docket.situation import Situation
from openrenda.documents.bundle import Piece, write_bundle
from openrenda.documents.names import clean_name
from openrenda.documents.official import (
    OfficialDocument,
    PdfUnavailable,
    Volume,
    to_docx,
    to_pdf,
    volume_to_docx,
    volume_to_pdf,
)
from openrenda.people.guards import for_seats
from openrenda.people.models import Session
from openrenda.procedures.appointment import letters as announcements
from openrenda.procedures.appointment_act import letters as certificates
from openrenda.procedures.livelihood_round import papers as livelihood_papers
from openrenda.procedures.offices import HANDLER
from openrenda.procedures.suggestion import dossier, letters, volume
from openrenda.procedures.suggestion.records import Reply, Suggestion

from .access import Request, seated, situation_of

PROCEDURE, GATHERING, LIVELIHOOD = "suggestion", "gathering", "livelihood-round"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA = {"docx": WORD, "xlsx": SHEET, "pdf": "application/pdf", "zip": "application/zip"}
ISSUERS = ("deputy_office", "government_office")
READERS = (*ISSUERS, "leader")
MOST_IN_NOTICE = 600
# Some three pages each: 300 parts take half a minute of one core and 150 MB beside what the server holds anyway.
MOST_IN_PDF = 400
IN_MEMORY_BYTES = 4 * 1024 * 1024
UNPROCESSABLE, UNAVAILABLE = 422, 503
View = Callable[..., HttpResponse]


def printed(view: View) -> View:
    """A paper that cannot be made is a page that says why and what to do, never an error."""

    @wraps(view)
    def shown(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except PdfUnavailable as problem:
            return _problem(request, str(problem), UNAVAILABLE, word=request.path.removesuffix(".pdf") + ".docx")
        except ValueError as problem:
            return _problem(request, str(problem), UNPROCESSABLE)

    return shown


def _problem(request: Request, sentence: str, status: int, word: str = "") -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    context = {"sentence": sentence, "word_url": f"{word}?{query}" if word and query else word}
    return render(request, "web/paper_problem.html", context, status=status)


# One matter


@seated
@require_safe
@printed
def letter(request: Request, matter_id: UUID, round_: int, kind: str) -> HttpResponse:
    """The reply of a round as a letter. A draft is for the organ that writes it."""
    situation = _suggestion(request, matter_id)
    reply = Reply.objects.filter(matter_id=matter_id, round=round_).select_related("organ").first()
    if reply is None or (reply.signed_on is None and not holds(HANDLER, situation.actor, situation.parties)):
        raise Http404
    document = letters.reply_document(reply, letters.matter_with_record(situation.matter), request.congress)
    return sent(_file(document, kind), document.title, kind)


@seated
@require_safe
@printed
def bundle(request: Request, matter_id: UUID) -> HttpResponse:
    """Everything of a matter in one zip with a list of contents."""
    situation = _suggestion(request, matter_id)
    record = letters.matter_with_record(situation.matter)
    name = f"{situation.matter.number} {situation.matter.title}".strip()
    return _zipped(name, dossier.pieces(record, request.congress))


def _suggestion(request: Request, matter_id: UUID) -> Situation:
    situation = situation_of(request, matter_id)
    if situation.matter.procedure != PROCEDURE:
        raise Http404
    return situation


def _of_procedure(request: Request, matter_id: UUID, procedure: str) -> Matter:
    """The matter, when it is of that procedure and hers to see."""
    matter = situation_of(request, matter_id).matter
    if matter.procedure != procedure:
        raise Http404
    return matter


@seated
@require_safe
@printed
def invitation(request: Request, matter_id: UUID, kind: str) -> HttpResponse:
    """The invitation letter of a gathering (A11)."""
    document = gathering_letters.invitation_document(_of_procedure(request, matter_id, GATHERING))
    return sent(_file(document, kind), document.title, kind)


@seated
@require_safe
@printed
def livelihood_list(request: Request, matter_id: UUID, kind: str) -> HttpResponse:
    """The list of a round of livelihood projects, as a document or a sheet (F03)."""
    situation = situation_of(request, matter_id)
    if situation.matter.procedure != LIVELIHOOD:
        raise Http404
    record = situation.record
    document = livelihood_papers.document(record)
    content = livelihood_papers.workbook(record) if kind == "xlsx" else _file(document, kind)
    return sent(content, document.title, kind)


# A session


@for_seats(*READERS)
@require_safe
@printed
def session_volume(request: Request, session_id: UUID, kind: str) -> HttpResponse:
    """The session's volume; as a zip the volume and the notice together, made from one reading of the records."""
    session = Session.objects.select_related("term").filter(pk=session_id).first()
    if session is None:
        raise Http404
    papers = volume.read(session, request.congress, timezone.localdate())
    if not papers.total:
        raise ValueError(_("%(session)s还没有编号的议案和建议，没有可以汇编的内容。") % {"session": papers.name})
    bound = volume.volume(papers)
    if kind == "pdf" and len(bound.parts) > MOST_IN_PDF:
        raise PdfUnavailable(
            _("汇编共%(parts)s篇，超过%(most)s篇时只提供 Word 文件。请下载后在 Word 或 WPS 里另存为 PDF。")
            % {"parts": len(bound.parts), "most": MOST_IN_PDF}
        )
    if kind != "zip":
        return sent(_volume_file(bound, kind), bound.title, kind)
    notice = volume.notice(papers, request.actor.office_name)
    found = [
        Piece(f"{notice.title}.docx", to_docx(notice), note=papers.counts),
        Piece(f"{bound.title}.docx", volume_to_docx(bound), note=papers.counts),
    ]
    return _zipped(bound.title, found)


# A batch


@for_seats(*ISSUERS)
@require_safe
@printed
def hand_over_notice(request: Request, kind: str) -> HttpResponse:
    """The notice of the suggestions named in the address (``ids``, many or parted by commas)."""
    asked = _ids(request.GET.getlist("ids"))
    seen = docket.visible(request.actor, PROCEDURE).filter(pk__in=asked)
    records: list[Suggestion] = list(letters.handed_over(seen.values_list("pk", flat=True)))
    document = letters.hand_over_document(
        records, request.congress, request.actor.office_name, timezone.localdate(), request.GET.get("number", "")[:60]
    )
    return sent(_file(document, kind), document.title, kind)


def _ids(values: Iterable[str]) -> list[UUID]:
    texts = [text.strip() for value in values for text in value.split(",") if text.strip()]
    if len(texts) > MOST_IN_NOTICE:
        raise ValueError(_("一份通知最多列%(most)s件，请分批打印。") % {"most": MOST_IN_NOTICE})
    try:
        return [UUID(text) for text in texts]
    except ValueError:
        raise Http404 from None


# Appointments


@seated
@require_safe
@printed
def certificate(request: Request, matter_id: UUID, kind: str) -> HttpResponse:
    """The certificate of an appointment."""
    document = certificates.certificate_document(_of_procedure(request, matter_id, "appointment-act"))
    return sent(_file(document, kind), document.title, kind)


@seated
@require_safe
@printed
def announcement(request: Request, matter_id: UUID, kind: str) -> HttpResponse:
    """The announcement of what a proposal came to."""
    document = announcements.announcement_document(_of_procedure(request, matter_id, "appointment"))
    return sent(_file(document, kind), document.title, kind)


# Files


def _file(document: OfficialDocument, kind: str) -> bytes:
    return to_pdf(document) if kind == "pdf" else to_docx(document)


def _volume_file(bound: Volume, kind: str) -> bytes:
    return volume_to_pdf(bound) if kind == "pdf" else volume_to_docx(bound)


def sent(content: bytes, title: str, kind: str) -> HttpResponse:
    """A made paper as a download, kept by nobody on the way."""
    answer = HttpResponse(content, content_type=MEDIA[kind])
    name = clean_name(f"{title}.{kind}", f".{kind}")
    answer.headers["Content-Disposition"] = str(content_disposition_header(True, name))
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _zipped(title: str, pieces: Iterable[Piece]) -> HttpResponse:
    """The zip is written to disk when it grows large and is gone when it has been sent."""
    target = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115 – the answer closes it
    write_bundle(target, title, pieces)  # type: ignore[arg-type]  # a spooled file is a file
    target.seek(0, io.SEEK_SET)
    name = clean_name(f"{title}.zip", ".zip")
    answer = FileResponse(target, as_attachment=True, filename=name, content_type=MEDIA["zip"])
    answer.headers["Cache-Control"] = "private, no-store"
    return cast("HttpResponse", answer)  # streamed, which no decorator here minds


urlpatterns = [
    path("matters/<uuid:matter_id>/letters/<int:round_>.docx", letter, {"kind": "docx"}, name="letter"),
    path("matters/<uuid:matter_id>/letters/<int:round_>.pdf", letter, {"kind": "pdf"}, name="letter-pdf"),
    path("matters/<uuid:matter_id>/invitation.docx", invitation, {"kind": "docx"}, name="invitation"),
    path("matters/<uuid:matter_id>/invitation.pdf", invitation, {"kind": "pdf"}, name="invitation-pdf"),
    path("matters/<uuid:matter_id>/certificate.docx", certificate, {"kind": "docx"}, name="certificate"),
    path("matters/<uuid:matter_id>/certificate.pdf", certificate, {"kind": "pdf"}, name="certificate-pdf"),
    path("matters/<uuid:matter_id>/announcement.docx", announcement, {"kind": "docx"}, name="announcement"),
    path("matters/<uuid:matter_id>/announcement.pdf", announcement, {"kind": "pdf"}, name="announcement-pdf"),
    path("matters/<uuid:matter_id>/livelihood-list.docx", livelihood_list, {"kind": "docx"}, name="livelihood-list"),
    path("matters/<uuid:matter_id>/livelihood-list.xlsx", livelihood_list, {"kind": "xlsx"}, name="livelihood-sheet"),
    path("matters/<uuid:matter_id>/bundle.zip", bundle, name="bundle"),
    path("sessions/<uuid:session_id>/volume.docx", session_volume, {"kind": "docx"}, name="volume"),
    path("sessions/<uuid:session_id>/volume.pdf", session_volume, {"kind": "pdf"}, name="volume-pdf"),
    path("sessions/<uuid:session_id>/volume.zip", session_volume, {"kind": "zip"}, name="volume-zip"),
    path("handover/notice.docx", hand_over_notice, {"kind": "docx"}, name="handover-notice"),
    path("handover/notice.pdf", hand_over_notice, {"kind": "pdf"}, name="handover-notice-pdf"),
]
