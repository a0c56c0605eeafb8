"""The ledgers of promises at a glance: what is overdue by organ and age, and whether the two levels agree."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openrenda import docket
from openrenda.docket.situation import book_of
from openrenda.procedures.commitment.ledgers import Overdue, StreetLedger, overdue_by_organ, reconciled
from openrenda.procedures.commitment.listing import age_heads

from .. import cells
from ..access import Request, seated
from ..navigation import LEDGER_SEATS

PROCEDURE = "commitment"


@seated
@require_safe
def ledgers(request: Request) -> HttpResponse:
    """Both tables; a street sees its own ledger only."""
    actor = request.actor
    if actor.seat not in LEDGER_SEATS:
        raise Http404
    seen = docket.visible(actor, PROCEDURE).values("pk")
    book, own = book_of(actor.congress), actor.seat == "street_reviewer"
    streets = reconciled(seen, next(iter(actor.holders)) if own else None)
    overdue = overdue_by_organ(seen, book, timezone.localdate())
    context = {
        "overdue": _overdue_table(overdue, age_heads(book)),
        "streets": _streets_table(streets),
        "list_url": reverse("web:list", args=[PROCEDURE]),
        "agree": not any(row.differing for row in streets),
    }
    return render(request, "web/ledgers.html", context)


def _list(**chosen: Any) -> str:
    return f"{reverse('web:list', args=[PROCEDURE])}?{urlencode(chosen)}"


def _overdue_table(rows: list[Overdue], labels: list[str]) -> dict[str, Any]:
    columns: list[dict[str, Any]] = [{"key": "organ", "label": _("承办单位"), "wide": True}]
    columns += [{"key": f"age{place}", "label": label, "numeric": True} for place, label in enumerate(labels)]
    return _table("overdue-promises", _("逾期承诺，按单位和时间"), columns, [
        {
            "key": str(row.organ or ""), "url": _list(organ=row.organ, age="any") if row.organ else _list(age="any"),
            "label": row.name or _("未确定"),
            "cells": [row.name or _("未确定"), *(_number(count, organ=row.organ, age=key) for key, count in row.counts)],
        }
        for row in rows
    ], {"title": _("没有逾期的承诺"), "text": _("到期没有报告落实的，会按单位列在这里。")})  # fmt: skip


def _number(count: int, organ: Any, age: str) -> Any:
    if not count:
        return "0"
    return cells.evidence(count, _list(organ=organ, age=age) if organ else _list(age=age))


def _streets_table(rows: list[StreetLedger]) -> dict[str, Any]:
    heads = (_("区级转出"), _("街道转回"), _("区级账上仍在街道"), _("街道账上由区级转来"), _("街道自己承诺"))
    columns: list[dict[str, Any]] = [{"key": "street", "label": _("街道"), "wide": True}]
    columns += [{"key": f"count{place}", "label": head, "numeric": True} for place, head in enumerate(heads)]
    columns.append({"key": "agrees", "label": _("核对")})
    return _table("two-ledgers", _("区街两级台账核对"), columns, [
        {
            "key": str(row.street), "url": _list(keeper=row.street), "label": row.name,
            "cells": [
                row.name, str(row.given), str(row.given_back), str(len(row.by_district)),
                str(len(row.by_street)), str(row.own),
                _("相符") if not row.differing else _("不符 %(count)d 项") % {"count": len(row.differing)},
            ],
        }
        for row in rows
    ], {"title": _("没有转到街道的承诺"), "text": _("区级转给街道、街道转回区级的，会在这里核对。")})  # fmt: skip


def _table(
    key: str, caption: str, columns: list[dict[str, Any]], rows: list[dict[str, Any]], empty: dict[str, str]
) -> dict[str, Any]:
    return {"key": key, "caption": caption, "caption_hidden": True, "columns": columns, "rows": rows, "empty": empty}
