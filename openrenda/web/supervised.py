"""The five parts in which a session's suggestion is supervised (B06): which apply, and who holds each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from openrenda.activities.record import Item
from openrenda.docket.situation import Situation
from openrenda.procedures.counterparts import committee_for
from openrenda.procedures.supervision.records import KEY, Supervision, TookPart

from .addresses import matter_url

if TYPE_CHECKING:
    from .matter_page import Relative

SUGGESTION = "suggestion"
SUPERVISION, RECEPTION_DAY = "supervision", "reception-day"
DROPPED = "dropped"


def parts(situation: Situation, related: list[Relative]) -> list[dict[str, Any]]:
    """Part, who holds it, where it is written; nothing for what was not raised in a session and is not supervised either.

    One query more where nothing hangs on the suggestion, two where something does.
    """
    if situation.table.key != SUGGESTION or not situation.matter.number or not _switched_on(situation):
        return []
    beside = {row.matter.pk: row.matter for row in related if row.matter.procedure in (SUPERVISION, RECEPTION_DAY)}
    if not situation.record.in_session and not beside:
        return []
    rows = [row for row in (_held(list(beside)) if beside else []) if beside[row[1]].state != DROPPED]
    return [
        _part(_("主任会议成员领衔"), [row for row in rows if row[0] == "led"]),
        _part(_("接待日现场督办"), [row for row in rows if row[0] == "site" and row[4] == situation.matter.pk.hex]),
        _part(_("重点督办建议"), [row for row in rows if row[0] == "key"]),
        _committee(situation, rows),
        _part(_("代表参与"), [row for row in rows if row[0] == "deputy"]),
    ]


def _switched_on(situation: Situation) -> bool:
    return bool(situation.book.option("option.led_supervision"))


def _held(matters: list[Any]) -> list[tuple[Any, ...]]:
    """Kind, matter, name, committee and subject of everything that hangs on the suggestion, in one question."""
    led = Supervision.objects.filter(matter__in=matters)
    days = Item.objects.filter(matter__in=matters, kind="on_site")
    deputies = TookPart.objects.filter(matter__in=matters)
    nobody = Value("")
    queries = [
        _columns(led, F("form"), F("leading_name"), F("committee__name"), F("subject_id")),
        _columns(days, Value("site"), F("matter__activity__leader_name"), nobody, F("subject_id")),
        _columns(deputies, Value("deputy"), F("name"), nobody, nobody),
    ]
    first, *others = queries
    return [(row[0], row[1], row[2], row[3], str(row[4]).replace("-", "")) for row in first.union(*others, all=True)]


def _columns(rows: QuerySet[Any], kind: Any, name: Any, committee: Any, subject: Any) -> QuerySet[Any]:
    text = {"kind_": kind, "name_": name, "committee_": committee, "subject_": subject}
    cast = {key: Cast(value, CharField()) for key, value in text.items()}
    return rows.order_by().annotate(**cast).values_list("kind_", "matter_id", "name_", "committee_", "subject_")


def _part(label: str, rows: list[tuple[Any, ...]]) -> dict[str, Any]:
    """One part: the names that hold it, each with where that is written."""
    found: dict[str, str] = {}
    for _kind, matter, name, _committee, _subject in rows:
        found.setdefault(name or _("待确定"), matter_url(matter))
    return {"label": label, "holders": [{"name": name, "url": url} for name, url in found.items()]}


def _committee(situation: Situation, rows: list[tuple[Any, ...]]) -> dict[str, Any]:
    """The committee written into the supervision, where somebody corrected it; else the one that follows the field."""
    written = [(*row[:2], row[3], "", "") for row in rows if row[0] in ("led", KEY) and row[3]]
    if written:
        return _part(_("专工委对口"), written)
    field = situation.record.category
    organ = committee_for(field) if field else None
    holders = [{"name": organ.name, "url": ""}] if organ else []
    return {"label": _("专工委对口"), "holders": holders, "derived": bool(organ)}
