"""Papers of a sitting: read on a tablet with notes that stay on it, confidential ones with the reader's name across them; registered; and what the sitting writes itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openrenda import docket
from openrenda.activities.hall import Paper, PaperReading
from openrenda.activities.record import Item
from openrenda.activities.sitting import minutes
from openrenda.activities.sitting.papers import may_read, not_shown, note_page, note_reading
from openrenda.docket.actor import Actor
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.docket.situation import Situation
from openrenda.documents.drafts import text_of
from openrenda.documents.intake import BadFile, inspect
from openrenda.documents.marked_pages import bare_page, marked, pages_of
from openrenda.documents.official import to_docx

from .. import filing, stepping
from ..access import Request, acting, seated
from ..letters import printed, sent
from .showing import Hall, entered, keeps
from .views import back, sentences

WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS = {WORD: "docx", "text/plain": "txt"}
PDF = "application/pdf"
SHOWN = (PDF, "image/jpeg", "image/png", "image/webp")
MARKS = 120
READINGS_SHOWN = 200
AUDIT = "audit_admin"


def readable(request: Request, matter_id: UUID, paper_id: UUID) -> tuple[Hall, Paper, str]:
    """The paper, and why it may not be read."""
    hall, _mine = entered(request, matter_id)
    paper = get_object_or_404(Paper.objects.select_related("file", "item"), pk=paper_id, matter=hall.matter)
    return hall, paper, may_read(paper, hall.matter, hall.sitting.papers_on is not None, acting(request))


@seated
@require_safe
def paper(request: Request, matter_id: UUID, paper_id: UUID) -> HttpResponse:
    """The reading page."""
    hall, row, refusal = readable(request, matter_id, paper_id)
    actor = acting(request)
    context: dict[str, Any] = {"hall": hall, "paper": row, "refusal": refusal, "actor": actor}
    if refusal:
        return render(request, "hall/paper.html", context, status=403)
    if row.confidential:
        note_reading(row, actor)
    context |= content_of(row)
    # On pages and pictures the name is in the picture itself; on text it stands above it.
    if row.confidential and "paragraphs" in context:
        context["marks"] = [mark_of(actor)] * MARKS
    return uncached(render(request, "hall/paper.html", context))


def mark_of(actor: Actor) -> str:
    """Who reads, and when."""
    return f"{actor.name} {timezone.localtime():%Y-%m-%d %H:%M}"


def uncached(answer: HttpResponse) -> HttpResponse:
    """No browser and no proxy keeps it."""
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def content_of(row: Paper) -> dict[str, Any]:
    """The words of a text or Word file; the pages of a confidential PDF; where it is a picture or another PDF, the address that shows it."""
    assert row.file is not None
    kind = next((kind for mark, kind in KINDS.items() if mark in row.file.media_type), None)
    in_pages = row.confidential and row.file.media_type == PDF
    if kind is None and not in_pages:
        return {"shown": row.file.media_type in SHOWN, "picture": row.file.media_type.startswith("image/")}
    path = settings.FILES_ROOT / row.file.path
    try:
        if in_pages:
            return {"pages": pages_of(path)}
        found = text_of(path.read_bytes(), str(kind))
    except (OSError, ValueError) as problem:
        return {"problem": str(problem) if isinstance(problem, ValueError) else _("文件不在了，请联系工作人员。")}
    return {"title": found.title, "paragraphs": [part for part in found.paragraphs if part]}


@seated
@require_safe
def page(request: Request, matter_id: UUID, paper_id: UUID, position: int) -> HttpResponse:
    """One page of a confidential PDF as a picture with the reader's name in it; one page a request, drawn when it is asked for."""
    _hall, row, refusal = readable(request, matter_id, paper_id)
    if refusal or row.file is None or not row.confidential or row.file.media_type != PDF:
        raise Http404
    path, actor = settings.FILES_ROOT / row.file.path, acting(request)
    try:
        if not 0 < position <= len(pages_of(path)):
            raise Http404
        note_page(row, actor)
        return uncached(HttpResponse(marked(bare_page(path, position), mark_of(actor)), content_type="image/jpeg"))
    except FileNotFoundError:
        raise Http404 from None
    except BadFile as problem:
        return cannot_be_shown(problem)


@seated
@require_safe
def content(request: Request, matter_id: UUID, paper_id: UUID) -> HttpResponseBase:
    """The file itself, shown by the browser. What is confidential is not handed out: of a picture there is a copy with the reader's name in it."""
    _hall, row, refusal = readable(request, matter_id, paper_id)
    if refusal or row.file is None:
        raise Http404
    if row.confidential:
        return marked_picture(row, acting(request))
    answer = filing.sent(row.file)
    if isinstance(answer, FileResponse) and row.file.media_type in SHOWN:
        answer.headers["Content-Disposition"] = "inline"
    return answer


def marked_picture(row: Paper, actor: Actor) -> HttpResponse:
    """A confidential picture with the reader's name in it.

    :raises Http404: when it is none, or gone.
    """
    assert row.file is not None
    path = settings.FILES_ROOT / row.file.path
    if not row.file.media_type.startswith("image/") or not path.is_file():
        raise Http404
    try:
        picture = marked(path.read_bytes(), mark_of(actor))
    except BadFile as problem:
        return cannot_be_shown(problem)
    note_page(row, actor)
    return uncached(HttpResponse(picture, content_type="image/jpeg"))


def cannot_be_shown(problem: BadFile) -> HttpResponse:
    """In place of a picture the reason why there is none."""
    return uncached(HttpResponse(problem.sentence, status=503, content_type="text/plain; charset=utf-8"))


@seated
@require_POST
def register(request: Request, matter_id: UUID) -> HttpResponse:
    """Take a file and register it as a paper, in one go."""
    hall, _mine = entered(request, matter_id)
    actor = acting(request)
    if not keeps(actor):
        raise Http404
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, _("没有选文件。请先选文件，再点登记。"))
        return back(matter_id)
    try:
        if request.POST.get("confidential"):
            fit_to_be_shown(file)
        kept = filing.keep(file, actor, role="paper", matter=hall.matter)
        if any(row.file_id == kept.pk for row in hall.papers):
            messages.error(request, _("“%(name)s”已经登记过了，内容一样的文件只登记一次。") % {"name": kept.name})
            return back(matter_id)
        data = {name: request.POST.get(name, "") for name in ("paper", "title", "item", "confidential")} | {
            "file": str(kept.pk)
        }
        if not data["paper"] and not data["title"]:
            data["title"] = kept.name.rsplit(".", 1)[0]
        docket.act(
            hall.matter, "register_paper", by=actor, data=data, key=stepping.act_key(actor, stepping.key_of(request))
        )
    except BadFile as refusal:
        messages.error(request, f"{filing.short_name(file.name)}：{refusal.sentence}")
    except (Refused, Incomplete) as refused:
        for sentence in sentences(refused):
            messages.error(request, sentence)
    else:
        messages.success(request, _("已登记“%(name)s”。") % {"name": kept.name})
    return back(matter_id)


def fit_to_be_shown(file: Any) -> None:
    """Refuse before it is kept what no page could show in confidence.

    :raises BadFile: with a sentence.
    """
    found = inspect(file, file.name or "")
    refusal = not_shown(found.media_type, file.read())
    file.seek(0)
    if refusal:
        raise BadFile(refusal)


@seated
@require_safe
def readings(request: Request, matter_id: UUID) -> HttpResponse:
    """Who opened which confidential paper, and when; for the audit administrator."""
    hall, _mine = entered(request, matter_id)
    if acting(request).seat != AUDIT:
        raise Http404
    rows = PaperReading.objects.filter(matter=hall.matter).select_related("paper").order_by("-read_at", "-id")
    return render(
        request, "hall/readings.html", {"hall": hall, "rows": Paginator(rows, READINGS_SHOWN).page(1).object_list}
    )


@seated
@require_safe
@printed
def document(request: Request, matter_id: UUID, kind: str) -> HttpResponse:
    """The notice or the minutes as a Word file. Minutes are for those who keep and approve them until they are approved."""
    hall, mine = entered(request, matter_id)
    actor = acting(request)
    if kind not in ("notice", "minutes"):
        raise Http404
    if kind == "notice":
        made = minutes.notice_document(hall.matter)
    else:
        if not (keeps(actor) or actor.seat == "leader" or (hall.sitting.approved_on and mine)):
            raise Http404
        made = minutes.minutes_document(hall.matter)
    return sent(to_docx(made), made.title, "docx")


@seated
@require_safe
@printed
def opinions(request: Request, matter_id: UUID, item_id: UUID) -> HttpResponse:
    """The opinions on one item as a Word file."""
    hall, _mine = entered(request, matter_id)
    if not keeps(acting(request)) and acting(request).seat != "leader":
        raise Http404
    item = get_object_or_404(Item.objects.select_related("matter", "organ"), pk=item_id, matter=hall.matter)
    made = minutes.opinions_document(item)
    return sent(to_docx(made), made.title, "docx")


@seated
@require_safe
def fixity(request: Request, matter_id: UUID) -> HttpResponse:
    """Whether everything that was filed is still as it was filed; reads every file."""
    from openrenda.activities.sitting.closing import changed_since

    hall, _mine = entered(request, matter_id)
    if not keeps(acting(request)) and acting(request).seat != AUDIT:
        raise Http404
    filed = next(iter(Situation(hall.matter, acting(request)).took("archive")), None)
    if filed is None:
        raise Http404
    changed = changed_since(hall.sitting, filed.data["files"])
    if changed:
        messages.error(request, _("与归档时不一致：%(names)s") % {"names": _("、").join(changed)})
    else:
        messages.success(request, _("全部文件与归档时一致，摘要值 %(digest)s。") % {"digest": hall.sitting.digest})
    return HttpResponseRedirect(reverse("hall:sitting", args=[matter_id]))
