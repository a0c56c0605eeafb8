"""Reading matters: lists by key, one matter, its history and its documents."""

from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import File as FileOf
from ninja import Query, Router, UploadedFile
from pydantic import Field

from openrenda import docket
from openrenda.docket.actor import Actor
from openrenda.docket.asking import Asked
from openrenda.docket.forms import NoForm
from openrenda.docket.language import UnknownStep
from openrenda.docket.models import Act, File
from openrenda.docket.reading import visible_to
from openrenda.docket.refusals import NotVisible
from openrenda.docket.situation import Situation
from openrenda.documents.intake import BadFile
from openrenda.web import filing
from openrenda.web.access import MATTER

from . import rows
from .answers import Request, acting, answer, reading, refusal
from .cursors import BadCursor, beyond, cursor_after, position
from .declared import by_people, form_rows
from .schemas import ActList, FileList, FileRow, Key, MatterItem, MatterList, Refusal, StepFields

router = Router(tags=["matters"])
OF_ONE = {401: Refusal, 403: Refusal, 404: Refusal, 422: Refusal}
PAGE, LARGEST_PAGE = 50, 200
LIMIT = Query(PAGE, ge=1, le=LARGEST_PAGE)
MULTIPART = FileOf(None)


def situation_of(request: Request, matter_id: UUID) -> Situation:
    """The matter as the token's seat faces it.

    :raises NotVisible: when it may not look at it, or there is none.
    """
    matter = MATTER.first(matter=matter_id)
    if matter is None:
        raise NotVisible
    situation = Situation(matter, request.auth.actor)
    if not visible_to(situation):
        raise NotVisible
    return situation


@router.get("/matters", response={200: MatterList, 401: Refusal, 403: Refusal, 422: Refusal}, operation_id="matters")
@reading
def list_matters(
    request: Request,
    procedure: Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,40}$"), Query()] | None = None,
    state: Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,40}$"), Query()] | None = None,
    updated_since: datetime | None = None,
    cursor: Annotated[str, Field(max_length=200), Query()] | None = None,
    limit: int = LIMIT,
) -> HttpResponse:
    """The matters this seat may look at, newest first. ``updated_since``: only those with an act recorded since that moment."""
    moment = None
    if updated_since is not None:
        moment = updated_since if timezone.is_aware(updated_since) else timezone.make_aware(updated_since)
    try:
        day, last = position(cursor) if cursor else (None, None)
    except BadCursor as bad:
        return refusal(422, str(bad))
    values = {"procedure": procedure, "state": state, "moment": moment, "day": day, "last": last}
    asked = tuple(name for name, value in values.items() if value)
    page = rows.matters(LIST.rows(request.auth.actor, asked, limit + 1, **values))
    return answer({"matters": page[:limit], "next": _next(page, limit)})


def _list(
    actor: Actor,
    asked: tuple[str, ...],
    limit: int,
    procedure: str,
    state: str,
    moment: datetime,
    day: date,
    last: UUID,
) -> QuerySet[Any]:
    """The matters an actor may look at, under the conditions that were asked for."""
    conditions = {
        "procedure": Q(procedure=procedure), "state": Q(state=state), "day": beyond(day, last),
        "moment": Q(Exists(Act.objects.filter(matter=OuterRef("pk"), recorded_at__gte=moment))),
    }  # fmt: skip
    found = docket.visible(actor)
    for name in conditions.keys() & set(asked):
        found = found.filter(conditions[name])
    return found.order_by("-opened_on", "-id").values_list(*rows.COLUMNS)[:limit]


LIST: Asked[tuple[Any, ...]] = Asked(
    _list, procedure="a procedure", state="a state", moment=datetime(1000, 1, 1, tzinfo=UTC), day=date(1000, 1, 1),
    last=uuid4(),
)  # fmt: skip


def _next(page: list[dict[str, object]], limit: int) -> str | None:
    if len(page) <= limit:
        return None
    last = page[limit - 1]
    return cursor_after(last["opened_on"], last["id"])  # type: ignore[arg-type]


INBOX: Asked[tuple[Any, ...]] = Asked(lambda actor, limit: docket.inbox(actor).values_list(*rows.COLUMNS)[:limit])


@router.get("/inbox", response={200: MatterList, 401: Refusal, 403: Refusal, 422: Refusal}, operation_id="inbox")
@reading
def inbox(request: Request, limit: int = LIMIT) -> HttpResponse:
    """Everything that waits for this seat, nearest due day first."""
    return answer({"matters": rows.matters(INBOX.rows(request.auth.actor, limit)), "next": None})


@router.get("/matters/{matter_id}", response={200: MatterItem, **OF_ONE}, operation_id="matter")
@reading
def show_matter(request: Request, matter_id: UUID, offers: bool = True) -> HttpResponse:
    """One matter: record, people, time limits and, unless ``offers=false``, what this seat may do and why not."""
    return answer(rows.item(situation_of(request, matter_id), offers=offers))


@router.get("/matters/{matter_id}/acts", response={200: ActList, **OF_ONE}, operation_id="acts")
@reading
def list_acts(request: Request, matter_id: UUID) -> HttpResponse:
    """The whole history of a matter, oldest first, with the chain of digests."""
    situation = situation_of(request, matter_id)
    matter = situation.matter
    return answer({"acts": rows.acts(situation), "version": matter.version, "head": matter.head})


@router.get("/matters/{matter_id}/steps/{step}", response={200: StepFields, **OF_ONE}, operation_id="step_fields")
@reading
def step_fields(request: Request, matter_id: UUID, step: Key) -> HttpResponse:
    """What a step asks for on this matter, with today's choices. Only for a step that the seat is offered."""
    situation = situation_of(request, matter_id)
    try:
        row = situation.table.step(step)
    except UnknownStep:
        return refusal(404, _("没有这一步骤。"))
    if not by_people(row) or row.key not in {offer.step.key for offer in docket.offers(situation)}:
        return refusal(404, _("这个席位现在不能办理这一步骤。"))
    form = (row.records or NoForm)(situation=situation)
    return answer({"step": row.key, "label": row.words, "fields": form_rows(form)})


@router.get("/matters/{matter_id}/files", response={200: FileList, **OF_ONE}, operation_id="files")
@reading
def list_files(request: Request, matter_id: UUID) -> HttpResponse:
    """The documents of a matter."""
    return answer({"files": rows.files(situation_of(request, matter_id))})


@router.post(
    "/matters/{matter_id}/files",
    response={201: FileRow, 400: Refusal, 413: Refusal, **OF_ONE},
    operation_id="attach",
)
@acting
def attach(request: Request, matter_id: UUID, file: UploadedFile | None = MULTIPART) -> HttpResponse:
    """Attach a document, sent as ``file`` in a multipart form. It is known by its content; the same content twice is kept once."""
    situation = situation_of(request, matter_id)
    if not filing.may_attach(situation, docket.offers(situation)):
        return refusal(403, str(filing.NO_PART))
    if file is None:
        return refusal(422, _("没有文件：请用 multipart/form-data 发送，字段名为 file。"), fields={"file": ["missing"]})
    try:
        kept = filing.keep(file, request.auth.actor, role=filing.MATTER_ROLE, matter=situation.matter)
    except BadFile as bad:
        return refusal(422, bad.sentence, fields={"file": [bad.sentence]})
    return answer(rows.file(kept), 201)


@router.get(
    "/files/{file_id}",
    response={200: None, **OF_ONE},
    operation_id="file",
    openapi_extra={"responses": {200: {"description": "文件内容", "content": {"application/octet-stream": {}}}}},
)
@reading
def download(request: Request, file_id: UUID) -> HttpResponseBase:
    """A document, to a seat that may look at its matter."""
    row = File.objects.filter(pk=file_id).first()
    if row is None or row.matter_id is None or not filing.may_open(row, request.auth.actor):
        return refusal(404, _("没有这个文件，或者这个席位不能打开。"))
    try:
        return filing.sent(row)
    except Http404:
        return refusal(404, _("文件的内容已经不在。"))
