"""Promises and what became of them, as everyone may read it: those of published suggestions, in replies marked as open.

Secret and withheld suggestions have none here. Names and numbers of private persons are hidden as in the suggestion itself.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from openrenda.docket.models import Act
from openrenda.people.models import Organ
from openrenda.procedures.commitment.records import Commitment, Verdict
from openrenda.procedures.suggestion.records import OPEN_MARKS, Reply, Suggestion
from openrenda.rulebook import Book

from .. import choosing
from . import codes, listing, showing

NAMES = ("organ", "state", "year")
LATE = "late"
STATES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "open": (lazy("落实中"), ("open", "later")),
    LATE: (lazy("已过期限，尚未落实"), ("open", "later", "not_kept")),
    "not_kept": (lazy("代表认为没有落实，继续办理"), ("not_kept",)),
    "reported": (lazy("单位报告已落实，待代表评价"), ("reported", "inspected")),
    "confirmed": (lazy("确认落实"), ("confirmed",)),
}
TOLD = ("promise", "bring_over", "bring_over_kept", "grant", "grant_as_deputy", "report", "confirm", "deny", "inspect_kept",
        "inspect_not_kept", "reopen")  # fmt: skip


def published() -> QuerySet[Commitment]:
    """The promises that everyone may read, those promised last in front."""
    record = showing.published().order_by().filter(matter=OuterRef("suggestion"))
    reply = Reply.objects.filter(
        matter=OuterRef("suggestion"), round=OuterRef("round"), disclosure__in=sorted(OPEN_MARKS)
    )
    rows: QuerySet[Commitment] = Commitment.objects.filter(Exists(record), Exists(reply), matter__confidential=False)
    return rows.select_related("matter", "organ", "suggestion").order_by("-promised_on", "-matter_id")


def published_one(matter_id: UUID) -> Commitment | None:
    """One promise that everyone may read."""
    return published().filter(matter=matter_id).first()


def is_late(row: Commitment) -> bool:
    """Past the day that holds now, and not reported as kept."""
    return row.reported_on is None and row.due_on < timezone.localdate()


def state_words(row: Commitment) -> str:
    """What became of it, in the words of the public list."""
    if is_late(row) and row.matter.state != "not_kept":
        return str(STATES[LATE][0])
    if row.inspected:
        return _("经核查确认落实")
    return next(str(label) for key, (label, states) in STATES.items() if key != LATE and row.matter.state in states)


class Choice:
    """What the reader chose: an organ, a state, a year, words. What makes no sense is as if it were not there."""

    def __init__(self, asked: QueryDict) -> None:
        plain = listing.Choice(asked)
        self.asked, self.words, self.organ, self.year = asked, plain.words, plain.organ, plain.year
        self.state = asked.get("state", "") if asked.get("state") in STATES else ""

    @property
    def any(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.words or self.organ or self.year or self.state)

    def narrow(self, rows: QuerySet[Commitment]) -> QuerySet[Commitment]:
        """Only what was chosen."""
        if self.organ:
            rows = rows.filter(organ=self.organ)
        if self.year:
            rows = rows.filter(promised_on__range=(date(self.year, 1, 1), date(self.year, 12, 31)))
        if self.state:
            rows = rows.filter(matter__state__in=STATES[self.state][1])
        if self.state == LATE:
            rows = rows.filter(reported_on=None, due_on__lt=timezone.localdate())
        return rows.filter(Q(what__contains=self.words) | Q(matter__number=self.words)) if self.words else rows

    def address(self, **changes: str) -> str:
        """This choice as the query part of an address, with changes."""
        chosen = {name: self.asked[name] for name in ("q", *NAMES) if self.asked.get(name)}
        return f"?{urlencode({name: value for name, value in {**chosen, **changes}.items() if value})}"


def page_of(choice: Choice) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """One page of lines ordered by the day of the promise, and its neighbours. Two queries."""
    rows = choice.narrow(published())
    after, before = listing.key_in(choice.asked.get("after", "")), listing.key_in(choice.asked.get("before", ""))
    if before:
        newer = Q(promised_on__gt=before[0]) | Q(promised_on=before[0], matter_id__gt=before[1])
        found = list(rows.filter(newer).order_by("promised_on", "matter_id")[: listing.ROWS + 1])
        more_before, more_after = len(found) > listing.ROWS, True
        found = found[: listing.ROWS][::-1]
    else:
        if after:
            rows = rows.filter(Q(promised_on__lt=after[0]) | Q(promised_on=after[0], matter_id__lt=after[1]))
        found = list(rows[: listing.ROWS + 1])
        more_before, more_after = after is not None, len(found) > listing.ROWS
        found = found[: listing.ROWS]
    pager = {
        "previous_url": choice.address(before=_key(found[0])) if found and more_before else "",
        "next_url": choice.address(after=_key(found[-1])) if found and more_after else "",
    }
    # A word that stands in a hidden place only is no hit.
    lines = [line for line in lines_of(found) if not choice.words or choice.words in line["what"] + line["number"]]
    return lines, pager


def _key(row: Commitment) -> str:
    return f"{row.promised_on:%Y%m%d}{listing.KEY_SIGN}{codes.code_of(row.matter_id)}"


def lines_of(rows: list[Commitment]) -> list[dict[str, Any]]:
    """Promises as lines, each with its suggestion; one query for all of them."""
    wanted = [row.suggestion_id for row in rows]
    records = {one.matter_id: one for one in Suggestion.objects.filter(matter__in=wanted).select_related("matter")}
    return [line(row, records[row.suggestion_id]) for row in rows if row.suggestion_id]


def line(row: Commitment, record: Suggestion) -> dict[str, Any]:
    """A promise with its days, in words that everyone may read. Who is responsible is a person's name and not shown."""
    return {
        "row": row, "record": record, "what": showing.hidden(row.what, record), "number": row.matter.number,
        "state": state_words(row), "late": is_late(row), "code": codes.code_of(row.matter_id),
    }  # fmt: skip


def history(row: Commitment, record: Suggestion) -> list[dict[str, Any]]:
    """What became of it, oldest first: the steps that moved it, with the organ's own words where it reported. One query."""
    acts = Act.objects.filter(matter_id=row.matter_id, step__in=TOLD).order_by("seq")
    return [
        {
            "when": timezone.localdate(act.took_effect), "step": row.matter.table.step(act.step).words,
            "words": showing.hidden(act.data.get("result", "") or act.data.get("finding", ""), record),
            "old": _day(act.data.get("old_due_on")), "new": _day(act.data.get("due_on")),
        }
        for act in acts
    ]  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def judgements(row: Commitment, book: Book) -> list[dict[str, Any]]:
    """The deputies' words on whether it was kept. Their reasons go to the organ, not to the public. One query."""
    grades = {str(grade["key"]): _(str(grade["label"])) for grade in book.option("option.satisfaction")}
    rows = Verdict.objects.filter(matter_id=row.matter_id, about="kept").order_by("judged_on", "id")
    return [{"row": one, "grade": grades.get(one.grade, one.grade)} for one in rows]


def filters(choice: Choice, action: str) -> dict[str, Any]:
    """The filter bar. Two queries: the organs, and the first year."""
    organs = Organ.objects.order_by("position", "code").values_list("pk", "name")
    first = published().order_by("promised_on").values_list("promised_on", flat=True).first()
    today = timezone.localdate()
    years = [(str(year), _("%(year)s年") % {"year": year}) for year in range(today.year, (first or today).year - 1, -1)]
    return {
        "action": action,
        "search": {"name": "q", "value": choice.words, "label": _("搜索承诺的内容")},
        "fields": (
            choosing.select("organ", _("承办单位"), organs, str(choice.organ or "")),
            choosing.select(
                "state", _("落实情况"), [(key, label) for key, (label, _s) in STATES.items()], choice.state
            ),
            choosing.select("year", _("承诺年度"), years, str(choice.year or "")),
        ),
        "chosen": [],
        "folded": True,
    }
