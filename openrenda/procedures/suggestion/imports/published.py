"""Published records, one row a suggestion: what real congresses put on their sites.

What the record says is kept word for word; what it does not say stays empty. The one thing that must be known is the year, or a
day: a matter without any could not be placed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from openrenda.docket.history import History
from openrenda.documents.tables import Row
from openrenda.people.models import Congress

from ...bringing_in import sessions
from ...bringing_in.columns import further, read_row
from ...bringing_in.registers import Registers
from ...bringing_in.units import Unit, key_of, nothing
from ..history import class_letter, grade_key
from .columns import PUBLISHED

# From what the record says to the form that keeps it.
SAID = {
    "title": "title", "number": "number", "session": "session_name", "year": "year", "congress": "congress_name",
    "sponsor": "sponsor_name", "deputies_count": "deputies_count", "content": "background",
    "handling_organ": "organ_name", "co_handlers": "assisting_names", "result_class": "result_class",
    "disclosure": "disclosure", "document_number": "document_number", "received_on": "received_on",
    "assigned_on": "assigned_on", "reply_date": "reply_date", "reply_text": "reply_text", "judgement": "result",
    "published_date": "published_date", "url": "source_address",
}  # fmt: skip
REPLIED = ("reply_text", "reply_date", "document_number", "result_class")
IN_ORDER = ("received_on", "assigned_on", "reply_date")
NAMES = {column.key: column.name for column in PUBLISHED}


def units(
    rows: Iterable[Row], others: list[str], congress: Congress, registers: Registers, book: Any
) -> Iterator[Unit]:
    """Every row as a matter to be brought in."""
    ours = {congress.name, congress.short_name}
    for row in rows:
        said, problems = read_row(PUBLISHED, row)
        session = sessions.written(said.get("session", ""))
        foreign = said["congress"] if said.get("congress") not in (None, *ours) else ""
        series = sessions.series(foreign, session, said.get("year"))
        step = said.pop("state", "") or step_of(said)
        at, dated_by = _dated(step, said, session, registers)
        if not problems:
            problems += _contradictions(said, at)
        identity = [said.get("title"), said.get("number") or said.get("handling_organ")]
        unit = Unit(
            (row.number,), _label(said), key_of("published", series, *identity), nothing, series, said.get("number", ""),
            [(row.number, problem) for problem in problems],
        )  # fmt: skip
        if at and not problems:
            data = {SAID[key]: value for key, value in said.items()}
            data |= {"series": series, "in_session": session.in_session, "dated_by": dated_by}
            data |= {"registers": _matched(said, session, registers, at.date(), step), "further": further(row, others)}
            data |= {
                "class_key": class_letter(said.get("result_class", ""), book),
                "grade": grade_key(said.get("judgement", ""), book),
            }
            unit.put = _put(step, at, data, unit.key)
        yield unit


def step_of(said: dict[str, Any]) -> str:
    """By what the record says it comes in as judged, answered, in handling or received."""
    if said.get("judgement"):
        return "import_closed"
    if any(said.get(name) for name in REPLIED):
        return "import_replied"
    return "import_assigned" if said.get("handling_organ") or said.get("assigned_on") else "import_received"


def _dated(
    step: str, said: dict[str, Any], session: sessions.Written, registers: Registers
) -> tuple[datetime | None, str]:
    """From when the matter counts, and what that rests on: the day of the step, the session, the year, or the earliest day told."""
    known = registers.session(session)
    day, told = None, ""
    first = ("assigned_on", "received_on") if step == "import_assigned" else ("received_on", "assigned_on")
    if name := next((name for name in first if said.get(name)), None):
        day, told = date.fromisoformat(said[name]), NAMES[name]
    elif known and session.in_session and said.get("year") in (None, known.since.year):
        day, told = known.since, NAMES["session"]
    elif said.get("year"):
        day, told = date(said["year"], 1, 1), NAMES["year"]
    elif name := next((name for name in ("reply_date", "published_date") if said.get(name)), None):
        day, told = date.fromisoformat(said[name]), NAMES[name]
    return (timezone.make_aware(datetime.combine(day, time())), told) if day else (None, "")


def _contradictions(said: dict[str, Any], at: datetime | None) -> list[str]:
    if at is None and said.get("session"):
        sentence = _(
            "没有年度和任何日期，系统里也没有登记“%(session)s”，不知道是哪一年的建议，请补上年度，或者先登记这次会议。"
        )
        return [sentence % {"session": said["session"]}]
    if at is None:
        return [_("没有年度、会次，也没有任何日期，不知道是哪一年的建议，请至少补上年度。")]
    problems = []
    days = [(name, said[name]) for name in IN_ORDER if said.get(name)]
    for (earlier, first), (later, second) in pairwise(days):
        if second < first:
            names = {"earlier": _(NAMES[earlier]), "first": first, "later": _(NAMES[later]), "second": second}
            problems.append(_("%(later)s %(second)s 早于%(earlier)s %(first)s，请核对。") % names)
    reply = said.get("reply_date")
    if said.get("year") and reply and int(reply[:4]) < said["year"] - 1:
        problems.append(_("答复日期 %(reply)s 早于年度 %(year)s，请核对。") % {"reply": reply, "year": said["year"]})
    today = timezone.localdate().isoformat()
    late = [NAMES[name] for name in (*IN_ORDER, "published_date") if said.get(name, "") > today]
    if at.date().isoformat() > today and not late:
        late = [NAMES["year"]]
    return problems + ([_("%(names)s在今天之后，请核对。") % {"names": _("、").join(map(_, late))}] if late else [])


def _matched(
    said: dict[str, Any], session: sessions.Written, registers: Registers, day: date, step: str
) -> dict[str, str]:
    known = registers.session(session)
    found = {"session": known.pk if known else None, "organ": registers.organ(said.get("handling_organ", ""))}
    if step in ("import_received", "import_assigned") and said.get("sponsor"):
        mandate = registers.mandate(said["sponsor"], day)
        found["sponsor"] = mandate.pk if mandate else None
    return {name: str(pk) for name, pk in found.items() if pk}


def _label(said: dict[str, Any]) -> str:
    return " ".join(str(said[name]) for name in ("congress", "session", "number", "title") if said.get(name))[:120]


def _put(step: str, at: datetime, data: dict[str, Any], key: str) -> Any:
    def put(history: History) -> None:
        history.open("suggestion", step, at=at, data=data, key=key)

    return put
