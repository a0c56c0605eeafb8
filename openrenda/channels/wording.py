"""What a notice says: who did what to which matter, or what is due when. Short, with no content of the matter but its title."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from openrenda.docket.models import Matter, OutboxEntry
from openrenda.docket.offices import doer

LONGEST_TITLE = 60


def sentence(entry: OutboxEntry) -> str:
    """The sentence of an outbox entry, in the language now active."""
    return reminder(entry) if entry.kind == "reminder" else told(entry)


def told(entry: OutboxEntry) -> str:
    """Somebody took a step."""
    act = entry.act
    if act is None:
        return name_of(entry.matter)
    step = entry.matter.table.step(act.step)
    return _("%(matter)s：%(who)s%(step)s。") % {"matter": name_of(entry.matter), "who": doer(act), "step": step.words}


def reminder(entry: OutboxEntry) -> str:
    """A clock comes near its end, or has passed it."""
    detail = entry.detail
    clock = next((row for row in entry.matter.table.clocks if row.key == detail["clock"]), None)
    due = date.fromisoformat(detail["due_on"])
    words = {
        "matter": name_of(entry.matter),
        "clock": clock.words if clock else detail["clock"],
        "due": _("%(year)s年%(month)s月%(day)s日") % {"year": due.year, "month": due.month, "day": due.day},
    }
    if int(detail["distance"]) < 0:
        return _("%(matter)s：%(clock)s已于%(due)s届满，请尽快办理。") % words
    return _("%(matter)s：%(clock)s将于%(due)s届满。") % words


def name_of(matter: Matter) -> str:
    """The number and a title of at most sixty characters; a confidential matter is named by its number alone."""
    if matter.confidential:
        return matter.number or matter.table.words
    title = matter.title if len(matter.title) <= LONGEST_TITLE else matter.title[: LONGEST_TITLE - 1] + "…"
    return f"{matter.number} {title}".strip()
