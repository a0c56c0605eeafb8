"""Where opinions come in by the dozen: a reception day's notebook on one page, and the 12345 hotline by files (A17, C05)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import TextInput
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from openrenda import docket, tickets
from openrenda.docket.engine import begin
from openrenda.docket.models import Matter
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.documents.tables import TableRefused
from openrenda.people.guards import for_seats
from openrenda.procedures.opinion import KEEPING_SEATS, forms, hotline

from .. import stepping
from ..access import Request, account_of

ROWS = 10
COMMON = ("heard_on", "channel", "station", "street", "deputy")
EACH = ("text", "place", "name", "phone")
MOST_BYTES = 3 * 1024 * 1024
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class _NothingKept(Exception):
    """One row was refused, so none is kept."""


@for_seats(*KEEPING_SEATS)
@require_http_methods(["GET", "POST"])
def enter(request: Request) -> HttpResponse:
    """Ten visitors of one day: what is the same for all is typed once, each row becomes one opinion by the same act."""
    situation = begin("opinion", request.actor)
    if request.method == "GET":
        common = forms.Entered(situation=situation)
        rows = [Row(situation=situation, prefix=str(number)) for number in range(ROWS)]
        return _notebook(request, common, rows, stepping.new_key())
    typed = {name: request.POST.get(name, "") for name in COMMON}
    given = [{name: request.POST.get(f"{number}-{name}", "").strip() for name in EACH} for number in range(ROWS)]
    filled = [number for number, row in enumerate(given) if any(row.values())]
    made, refused = _keep(request, typed, given, filled)
    if by_script(request):
        return _told(made, refused)
    if made and not refused:
        return render(request, "web/opinions_entered.html", {"rows": [(matter, _slip(matter)) for matter in made]})
    common = forms.Entered(request.POST, situation=situation)
    rows = [Row(request.POST, situation=situation, prefix=str(number)) for number in range(ROWS)]
    for form in (common, *rows):
        form.unjudged().cleaned_data = {}
    for number, errors in refused.items():
        for name, words in errors.items():
            (rows[number] if name in EACH else common).add_error(name if name in (*EACH, *COMMON) else None, words)
    if not filled:
        common.add_error(None, _("一行也没有填。请至少写一位群众说的话。"))
    return _notebook(request, common, rows, request.POST.get("key", ""), status=stepping.UNPROCESSABLE)


def _told(made: list[Matter], refused: dict[int, Any]) -> JsonResponse:
    """For the page's own script, which sends later what was written without a network: the numbers, or what is wrong with which row."""
    if refused or not made:
        wrong = [
            f"{_which(number)} {words}"
            for number, errors in sorted(refused.items())
            for rows in errors.values()
            for words in rows
        ]
        return JsonResponse({"errors": wrong}, status=stepping.UNPROCESSABLE)
    return JsonResponse({"slips": [{"title": matter.title, "number": _slip(matter)} for matter in made]})


def by_script(request: Request) -> bool:
    """Whether the page's own script sends it."""
    return request.headers.get("X-Sent-By") == "script"


def _which(number: int) -> str:
    """How the page names a row."""
    return _("第%(number)s位") % {"number": number + 1}


def _slip(matter: Matter) -> str:
    return tickets.in_groups(tickets.number_of(matter.pk))


def _keep(
    request: Request, typed: dict[str, str], given: list[dict[str, str]], filled: list[int]
) -> tuple[list[Matter], dict[int, Any]]:
    """The opinions of all rows, or what is wrong with which; a repeated request gives the same ones."""
    made: list[Matter] = []
    refused: dict[int, Any] = {}
    try:
        with transaction.atomic():
            for number in filled:
                key = f"{request.POST.get('key', '')[:60]}-{number}"
                try:
                    act = docket.open_matter(
                        "opinion", "enter", by=request.actor, data={**typed, **given[number]}, key=key
                    )
                    made.append(act.matter)
                except Incomplete as incomplete:
                    refused[number] = incomplete.form.errors
                except Refused as reasons:
                    refused[number] = {"text": reasons.reasons}
            if refused:
                raise _NothingKept
    except _NothingKept:
        made = []
    return made, refused


class Row(forms.Entered):
    """What one visitor said, on one line."""

    def prepare(self) -> None:
        """The words in one line; without a mark, because an empty row does not matter."""
        super().prepare()
        self.fields["text"].widget = TextInput()
        self.fields["text"].label = _("说了什么")
        self.fields["text"].mark = ""  # type: ignore[attr-defined]


def _notebook(request: Request, common: Any, rows: list[Any], key: str, status: int = 200) -> HttpResponse:
    context = {
        "common": [common[name] for name in COMMON], "form": common, "key": key, "draft": account_of(request.actor).hex,
        "rows": [(number + 1, [row[name] for name in EACH]) for number, row in enumerate(rows)],
        "wrong_rows": [(_which(number), row) for number, row in enumerate(rows) if row.is_bound and row.errors],
    }  # fmt: skip
    return render(request, "web/opinions_enter.html", context, status=status)


@for_seats(*KEEPING_SEATS)
@require_http_methods(["GET", "POST"])
def at_hotline(request: Request) -> HttpResponse:
    """What sits at the hotline; the file that goes there, and the file that comes back."""
    outcomes, status = [], 200
    if request.method == "POST":
        file = request.FILES.get("file")
        status = stepping.UNPROCESSABLE
        if file is None or (file.size or 0) > MOST_BYTES:
            messages.error(request, _("请选一个不超过 3 MB 的表格文件。"))
        else:
            try:
                outcomes, status = hotline.bring_back(file.read(), file.name or "", request.actor), 200
            except TableRefused as refusal:
                messages.error(request, str(refusal))
    found = hotline.waiting(request.actor)
    context = {"rows": [(matter, matter.opinion.all()[0]) for matter in found], "outcomes": outcomes}
    return render(request, "web/opinions_hotline.html", context, status=status)


@for_seats(*KEEPING_SEATS)
@require_safe
def to_hotline(request: Request) -> HttpResponse:
    """The workbook for the hotline."""
    answer = HttpResponse(hotline.sent(hotline.waiting(request.actor)), content_type=WORKBOOK)
    name = _("转12345_%(day)s.xlsx") % {"day": timezone.localdate().isoformat()}
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    return answer
