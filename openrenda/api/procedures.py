"""What this congress's procedures are, and its figures."""

from typing import Annotated

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Query, Router
from pydantic import Field

from openrenda.docket import registry
from openrenda.docket.engine import begin
from openrenda.docket.forms import NoForm
from openrenda.docket.language import Procedure, UnknownStep
from openrenda.docket.reading import known_to
from openrenda.docket.situation import book_of
from openrenda.figures import in_year, read_all
from openrenda.procedures.suggestion.figures import FIGURES

from .answers import Request, answer, reading, refusal
from .declared import by_people, form_rows, procedure
from .schemas import Figures, Key, ProcedureName, ProcedureTable, Refusal, StepFields

router = Router(tags=["procedures"])
COUNTING_SEATS = ("deputy_office", "government_office", "leader", "audit_admin")
ORGAN_SEATS = ("organ_office", "organ_head", "organ_chief")
NO_PROCEDURE = gettext_lazy("没有这种程序。")


@router.get("/procedures", response={200: list[ProcedureName], 401: Refusal, 403: Refusal}, operation_id="procedures")
@reading
def list_procedures(request: Request) -> HttpResponse:
    """All procedures but internal ones."""
    tables = registry.open_procedures()
    return answer([{"key": table.key, "label": table.label, "label_en": table.label_en} for table in tables])


@router.get(
    "/procedures/{key}",
    response={200: ProcedureTable, 401: Refusal, 403: Refusal, 404: Refusal, 422: Refusal},
    operation_id="procedure",
)
@reading
def show_procedure(request: Request, key: Key) -> HttpResponse:
    """One procedure's table: states, steps with their forms, time limits."""
    try:
        table = _known(request, key)
    except KeyError:
        return refusal(404, str(NO_PROCEDURE))
    return answer(procedure(table, book_of(request.auth.congress)))


def _known(request: Request, key: str) -> Procedure:
    """The procedure of that key, of which this seat may know.

    :raises KeyError: when there is none.
    """
    table = registry.procedure(key)
    if not known_to(request.auth.actor, table):
        raise KeyError(key)
    return table


@router.get(
    "/procedures/{key}/opening/{step}",
    response={200: StepFields, 401: Refusal, 403: Refusal, 404: Refusal, 422: Refusal},
    operation_id="opening_fields",
)
@reading
def opening_fields(request: Request, key: Key, step: Key) -> HttpResponse:
    """What an opening step asks for, with today's choices."""
    try:
        table = _known(request, key)
        row = table.step(step)
    except (KeyError, UnknownStep):
        return refusal(404, str(NO_PROCEDURE))
    if row.source is not None or not by_people(row):
        return refusal(404, _("不能由这一步骤开始。"))
    form = (row.records or NoForm)(situation=begin(key, request.auth.actor))
    return answer({"step": row.key, "label": row.words, "fields": form_rows(form)})


@router.get("/figures", response={200: Figures, 401: Refusal, 403: Refusal, 422: Refusal}, operation_id="figures")
@reading
def figures(request: Request, year: Annotated[int, Field(ge=1954, le=2200), Query()]) -> HttpResponse:
    """The figures of a year; an organ's seat gets those of what its organ handles."""
    actor = request.auth.actor
    if actor.seat not in (*COUNTING_SEATS, *ORGAN_SEATS):
        return refusal(403, _("这个席位没有统计。"))
    organs = actor.holders if actor.seat in ORGAN_SEATS else ()
    found = read_all(FIGURES, in_year(year, timezone.localdate()), organs)
    return answer({"figures": [reading.as_json() for reading in found]})
