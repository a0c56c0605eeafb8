"""From an address to a period: a session, or days, or a year; and the day as of which it is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from openrenda.figures import Period, in_session_of, in_year
from openrenda.people.models import Session

YEARS_BACK = 8
KEPT = ("year", "session", "since", "until", "as_of")


@dataclass(frozen=True)
class Asked:
    """The period, what the address said, and a sentence when it could not be done as written."""

    period: Period
    said: dict[str, str]
    problem: str = ""

    def address(self, **more: Any) -> str:
        """The address's query for this period, with more to it."""
        return urlencode({key: value for key, value in {**self.said, **more}.items() if value})

    @property
    def words(self) -> str:
        """The period in one line."""
        period = self.period
        days = _("%(since)s至%(until)s") % {"since": date_format(period.since), "until": date_format(period.until)}
        return _("%(name)s，截至%(day)s") % {"name": period.name or days, "day": date_format(period.as_of)}


def asked_of(query: QueryDict) -> Asked:
    """What the address asks for; what it does not say, or says wrongly, is this year as known today."""
    today = timezone.localdate()
    said = {key: query.get(key, "").strip() for key in KEPT}
    as_of = min(_day(said["as_of"]) or today, today)
    session = _session(said["session"])
    if session is not None:
        return Asked(in_session_of(session, as_of), {"session": said["session"], "as_of": said["as_of"]})
    year = (
        int(said["year"])
        if said["year"].isascii() and said["year"].isdigit() and 1953 < int(said["year"][:5]) < 2200
        else 0
    )
    since, until = _day(said["since"]), _day(said["until"])
    if since and until and since <= until:
        return Asked(Period(since, until, as_of), {key: said[key] for key in ("since", "until", "as_of")})
    wrong = _("起始日期和截止日期要都填，且起始不晚于截止；下面按年度统计。") if since or until else ""
    return Asked(in_year(year or as_of.year, as_of), {"year": str(year or ""), "as_of": said["as_of"]}, wrong)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _session(text: str) -> Session | None:
    try:
        return Session.objects.select_related("term").filter(pk=UUID(text)).first()
    except ValueError:
        return None


def picker(asked: Asked, action: str) -> dict[str, Any]:
    """The period picker as `components/filter_bar.html` wants it."""
    said, this_year = asked.said, timezone.localdate().year
    sessions = Session.objects.select_related("term").order_by("-since")
    years = [(str(year), _("%(year)s年") % {"year": year}) for year in range(this_year, this_year - YEARS_BACK, -1)]
    listed = [(str(row.pk), str(row)) for row in sessions]
    return {
        "action": action,
        "fields": [
            _select("year", _("年度"), [("", _("今年")), *years], said),
            _select("session", _("或者会次"), [("", _("不限")), *listed], said),
            {"name": "since", "label": _("或者自"), "kind": "date", "value": said.get("since", "")},
            {"name": "until", "label": _("至"), "kind": "date", "value": said.get("until", "")},
            {"name": "as_of", "label": _("统计截止日"), "kind": "date", "value": said.get("as_of", "")},
        ],
    }


def _select(name: str, label: str, options: list[tuple[str, str]], said: dict[str, str]) -> dict[str, Any]:
    chosen = said.get(name, "")
    rows = [{"value": value, "label": words, "selected": value == chosen} for value, words in options]
    return {"name": name, "label": label, "kind": "select", "options": rows}
