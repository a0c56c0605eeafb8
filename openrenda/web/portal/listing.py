"""The public list of suggestions: what may be chosen, how it is searched, and paging by key."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from functools import reduce
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import CharField, Count, Q, QuerySet, Value
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from openrenda.docket.models import Matter
from openrenda.people.models import Category, Organ
from openrenda.procedures.suggestion.records import Reply, Suggestion
from openrenda.rulebook import Book
from openrenda.search import find
from openrenda.search.questions import Question
from openrenda.search.snippets import marked, snippet
from openrenda.search.words import folded

from .. import choosing
from . import codes, showing

ROWS = 20
MOST_FOUND = 50
NAMES = ("year", "category", "organ", "class", "state")
KEY_SIGN = "."


class Choice:
    """What the reader chose, from the address; anything that makes no sense is as if it were not there."""

    def __init__(self, asked: QueryDict) -> None:
        self.asked = asked
        self.words = choosing.words_of(asked.get("q", ""))
        self.year = choosing.year_of(asked.get("year", ""))
        self.category = choosing.row_of(asked.get("category", ""))
        self.organ = choosing.row_of(asked.get("organ", ""))
        self.result_class = asked.get("class", "")[:20].replace("\x00", "")
        self.state = asked.get("state", "") if asked.get("state") in showing.STATES else ""

    def narrow(self, rows: QuerySet[Suggestion]) -> QuerySet[Suggestion]:
        """Only what was chosen."""
        if self.year:
            rows = rows.filter(matter__opened_on__range=choosing.whole_year(self.year))
        if self.category:
            rows = rows.filter(Q(category=self.category) | Q(category__parent=self.category))
        if self.organ:
            rows = rows.filter(organ=self.organ)
        if self.result_class:
            rows = rows.filter(result_class=self.result_class)
        if self.state:
            rows = rows.filter(matter__state__in=showing.STATES[self.state][1])
        return rows

    @property
    def filtered(self) -> bool:
        """Whether the list was narrowed."""
        return bool(self.year or self.category or self.organ or self.result_class or self.state)

    @property
    def any(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.words) or self.filtered

    def address(self, **changes: str) -> str:
        """This choice as the query part of an address, with changes; an empty value takes a choice away."""
        chosen = {name: self.asked[name] for name in ("q", *NAMES) if self.asked.get(name)}
        kept = {name: value for name, value in {**chosen, **changes}.items() if value}
        return f"?{urlencode(kept)}"


def search(choice: Choice) -> list[dict[str, Any]]:
    """The published suggestions that carry the words, best first, each with the passage that answers; at most fifty.

    The index holds the words of the unredacted text. So every hit is looked up again in what the public may read, and one
    that answers only in a hidden place is no hit.
    """
    allowed = choice.narrow(showing.published()).order_by().values("matter_id")
    hits = find(
        choice.words, limit=MOST_FOUND, procedures=[showing.PROCEDURE], subjects=Matter.objects.filter(pk__in=allowed)
    )
    records = {row.matter_id: row for row in showing.published().filter(matter__in=[hit.subject for hit in hits])}
    replies = _replies(list(records))
    parts = asked_parts(choice.words)
    rows = (_found(records[hit.subject], replies[hit.subject], parts) for hit in hits if hit.subject in records)
    return [row for row in rows if row is not None]


def _replies(matters: list[UUID]) -> dict[UUID, list[Reply]]:
    """The replies of these matters whose text is open. One query."""
    found: dict[UUID, list[Reply]] = defaultdict(list)
    for reply in Reply.objects.filter(matter__in=matters).order_by("round", "id"):
        if reply.is_sent and reply.is_open:
            found[reply.matter_id].append(reply)
    return found


def asked_parts(words: str) -> list[str]:
    """The pieces of what was searched for, as they are marked in a text."""
    question = Question.of(words)
    return list(dict.fromkeys([*question.parts, *question.loose.split()]))


def _found(record: Suggestion, replies: list[Reply], parts: list[str]) -> dict[str, Any] | None:
    """The line with the passage that answers: of the suggestion when it speaks of the words, of its replies otherwise."""
    heading, _break, own = showing.whole_text(record).partition("\n")
    answered = showing.hidden("\n".join(reply.text for reply in replies), record)
    held = [text for text in (own, answered, heading) if any(part in folded(text) for part in parts)]
    if not held:
        return None
    passage = held[0] if held[0] is not heading else own
    return {**showing.row(record), "heading": marked(heading, parts), "snippet": snippet(passage, parts)}


# Paging


def paged(rows: QuerySet[Suggestion], choice: Choice) -> tuple[list[Suggestion], dict[str, str]]:
    """One page of rows ordered by day of publication, and the addresses of its neighbours. One query."""
    after, before = key_in(choice.asked.get("after", "")), key_in(choice.asked.get("before", ""))
    if before:
        day, row_id = before
        newer = Q(matter__public_since__gt=day) | Q(matter__public_since=day, matter_id__gt=row_id)
        found = list(rows.filter(newer).order_by("matter__public_since", "matter_id")[: ROWS + 1])
        more_before, more_after = len(found) > ROWS, True
        found = found[:ROWS][::-1]
    else:
        if after:
            day, row_id = after
            older = Q(matter__public_since__lt=day) | Q(matter__public_since=day, matter_id__lt=row_id)
            rows = rows.filter(older)
        found = list(rows[: ROWS + 1])
        more_before, more_after = after is not None, len(found) > ROWS
        found = found[:ROWS]
    return found, _pager(found, choice, more_before, more_after)


def _pager(found: list[Suggestion], choice: Choice, more_before: bool, more_after: bool) -> dict[str, str]:
    return {
        "previous_url": choice.address(before=key_of(found[0])) if found and more_before else "",
        "next_url": choice.address(after=key_of(found[-1])) if found and more_after else "",
    }


def key_of(record: Any, day: str = "matter__public_since") -> str:
    """The mark of a row in an address: its day and its matter."""
    found = reduce(getattr, day.split("__"), record)
    return f"{found:%Y%m%d}{KEY_SIGN}{codes.code_of(record.matter_id)}"


def newest(rows: QuerySet[Any], day: str, size: int, asked: QueryDict, **kept: str) -> tuple[list[Any], dict[str, str]]:
    """One page of the records of matters, those with the latest ``day`` in front, and the addresses around it. One query.

    :param kept: what else stands in the addresses.
    """
    after = key_in(asked.get("after", ""))
    if after:
        rows = rows.filter(Q(**{f"{day}__lt": after[0]}) | Q(**{day: after[0], "matter_id__lt": after[1]}))
    found = list(rows.order_by(f"-{day}", "-matter_id")[: size + 1])
    following = {**kept, "after": key_of(found[size - 1], day)} if len(found) > size else {}
    return found[:size], {
        "previous_url": f"?{urlencode({name: value for name, value in kept.items() if value})}" if after else "",
        "next_url": f"?{urlencode({name: value for name, value in following.items() if value})}" if following else "",
    }


def key_in(text: str) -> tuple[date, UUID] | None:
    """The day and the row of a mark in an address; None for what is no mark."""
    day, _sign, code = text[:60].partition(KEY_SIGN)
    row_id = codes.id_of(code)
    if row_id is None or len(day) != 8:
        return None
    try:
        return date.fromisoformat(day), row_id
    except ValueError:
        return None


# What may be chosen


def filters(choice: Choice, action: str, book: Book) -> dict[str, Any]:
    """The filter bar. Two queries: the first year, and the names of categories and organs."""
    categories, organs = names()
    first = showing.published().order_by("matter__opened_on").values_list("matter__opened_on", flat=True).first()
    today = timezone.localdate()
    years = range(today.year, (first or today).year - 1, -1)
    classes = [(row["letter"], _(row["label"])) for row in book.option("option.result_scheme")]  # type: ignore[union-attr, index]
    states = [(key, label) for key, (label, _states) in showing.STATES.items()]
    fields = (
        choosing.select(
            "year", _("年度"), [(str(year), _("%(year)s年") % {"year": year}) for year in years], str(choice.year or "")
        ),
        choosing.select("category", _("类别"), categories, str(choice.category or "")),
        choosing.select("organ", _("承办单位"), organs, str(choice.organ or "")),
        choosing.select("class", _("结果分类"), classes, choice.result_class),
        choosing.select("state", _("办理状态"), states, choice.state),
    )
    return {
        "action": action,
        "search": {"name": "q", "value": choice.words, "label": _("搜索标题和内容")},
        "fields": fields,
        "chosen": [],
        "folded": True,
    }


def names() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Categories and organs to choose from, in their order. One query."""
    columns = ("sort", "position", "code", "pk", "name")
    category = Category.objects.order_by().annotate(sort=Value("category", CharField())).values_list(*columns)
    organ = Organ.objects.order_by().annotate(sort=Value("organ", CharField())).values_list(*columns)
    found: dict[str, list[tuple[str, str]]] = {"category": [], "organ": []}
    for sort, _position, _code, row_id, name in category.union(organ).order_by("sort", "position", "code"):
        found[sort].append((str(row_id), name))
    return found["category"], found["organ"]


def withheld(choice: Choice) -> list[tuple[str, int]]:
    """How many answered suggestions of the year chosen (this year when none is) are not published, by reason. One query."""
    year = choice.year or timezone.localdate().year
    rows = Suggestion.objects.filter(
        matter__procedure=showing.PROCEDURE,
        matter__opened_on__gte=date(year, 1, 1),
        matter__opened_on__lt=date(year, 12, 31) + timedelta(days=1),
        replied_on__isnull=False,
    ).filter(Q(matter__confidential=True) | ~Q(withheld=""))
    counted = rows.values_list("matter__confidential", "withheld").annotate(number=Count("pk")).order_by()
    return showing.withheld_words(list(counted))
