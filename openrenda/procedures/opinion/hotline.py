"""Handing to 12345 and back by files (C05): it works without any connection, and one opinion stays one matter in both systems.

Out goes a workbook with the number, the words and the place, never name or telephone. Back comes a table with number, ticket, answer and
result; each row takes the same steps that a clerk would take by hand. A row that was brought in before changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from openrenda import docket
from openrenda.docket.actor import Actor
from openrenda.docket.models import Matter
from openrenda.docket.refusals import Incomplete, Overtaken, Refusal, Refused
from openrenda.documents.tables import read_table
from openrenda.documents.workbooks import Column, Sheet, write_workbook

from . import words

NUMBER, TICKET, ANSWER, RESULT = "编号", "工单号", "答复", "结果"
SENT_COLUMNS = (NUMBER, TICKET, "反映日期", "内容", "地点", "街道、乡镇", "性质")
MOST_ROWS = 2000
LABELS = {str(label): key for key, label in words.RESULTS.items()}


@dataclass(frozen=True)
class Outcome:
    """What became of one row: its place in the file, its number, what was done, and why not."""

    line: int
    number: str
    done: str = ""
    problem: str = ""


def waiting(actor: Actor) -> list[Matter]:
    """The opinions that sit at the hotline and that this person may see, oldest first. Two queries."""
    found = docket.visible(actor, "opinion").filter(state="hotline").prefetch_related("opinion__street")
    return list(found.order_by("opened_on", "id")[:MOST_ROWS])


def sent(matters: Iterable[Matter]) -> bytes:
    """The workbook for the hotline; the empty columns are for its answer."""
    rows = []
    for matter in matters:
        record = matter.opinion.all()[0]
        street = record.street.name if record.street else ""
        rows.append(
            (
                matter.number,
                record.ticket,
                record.heard_on,
                record.text,
                record.place,
                street,
                record.nature_words,
                "",
                "",
            )
        )
    columns = [Column(name) for name in (*SENT_COLUMNS, ANSWER)] + [Column(RESULT, choices=tuple(LABELS))]
    return write_workbook([Sheet(_("转12345"), columns, rows)])


def bring_back(content: bytes, name: str, actor: Actor) -> list[Outcome]:
    """Ticket numbers and answers of a table, row by row.

    :raises openrenda.documents.tables.TableRefused: when it is no table, or has no column of numbers.
    """
    table = read_table(content, name, expected=(NUMBER, TICKET))
    return [_row(row, actor) for row in table.rows[:MOST_ROWS]]


def _row(row: Any, actor: Actor) -> Outcome:
    cells = {key: str(value).strip() for key, value in row.cells.items() if value is not None}
    number = cells.get(NUMBER, "")
    matter = docket.visible(actor, "opinion").filter(number=number).first() if number else None
    if matter is None:
        return Outcome(row.number, number, problem=_("没有这个编号的意见，或者不由您受理。"))
    if matter.state != "hotline":
        return Outcome(row.number, number, done=_("不在热线办理中，没有改动。"))
    try:
        return Outcome(row.number, number, done=_taken(matter, cells, actor))
    except Incomplete as refused:
        return Outcome(
            row.number, number, problem=" ".join(str(word) for rows in refused.form.errors.values() for word in rows)
        )
    except Refused as refused:
        return Outcome(row.number, number, problem=" ".join(refused.reasons))
    except (Overtaken, Refusal):
        return Outcome(row.number, number, problem=_("这一件刚刚被别人办理过。"))


def _taken(matter: Matter, cells: dict[str, str], actor: Actor) -> str:
    ticket, answer = cells.get(TICKET, ""), cells.get(ANSWER, "")
    done = []
    if ticket and ticket != matter.opinion.get().ticket:
        docket.act(matter, "note_ticket", by=actor, data={"ticket": ticket})
        done.append(_("登记了工单号"))
    if answer:
        result = LABELS.get(cells.get(RESULT, ""), cells.get(RESULT, ""))
        docket.act(matter, "hotline_answer", by=actor, data={"answer": answer, "result": result})
        done.append(_("登记了答复"))
    return _("、").join(done) or _("没有新内容")
