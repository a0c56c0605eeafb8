"""The papers of a suggestion: the reply letter to everybody who signed, and the notice by which a batch is handed over.

What is printed is what was recorded. Which offices get a copy, and who is addressed, are the congress's own choice
(option.copied_offices, option.reply_addressee).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from openrenda.docket.models import Matter, Party, RunningClock
from openrenda.documents.official import (
    Attachment,
    OfficialDocument,
    SuggestionName,
    Table,
    Text,
    hand_over_notice,
    long_date,
    reply_letter,
)
from openrenda.documents.official import HandOver as Notice
from openrenda.documents.official import Reply as Letter
from openrenda.documents.official.letters import LONGEST_LIST_OF_DEPUTIES
from openrenda.documents.official.model import Block, paragraphs
from openrenda.people.models import Congress, Organ, Seat
from openrenda.people.offices import label_of
from openrenda.rulebook import Book, book_for

from .records import PART_SERIES, Reply, Suggestion

DISCLOSURES = {"public": "主动公开", "on_request": "依申请公开", "no": "不公开"}
GOVERNMENT_KINDS = frozenset({"government", "department", "street", "town"})
GOVERNMENT_OFFICE = "government_office"
EVERY_COSIGNER = "every_cosigner"
PARTS = (
    ("done", "已经办理的事项"),
    ("planned", "正在办理和将要办理的事项"),
    ("cannot", "不能办理的事项及原因"),
    ("assisting_opinions", "协办单位意见"),
)
_NUMBER = re.compile(r"[^\s〔〕第]+〔[12]\d{3}〕[1-9]\d*号")


@dataclass(frozen=True)
class NamedByRecord(SuggestionName):
    """A suggestion of past years, whose session is known only by the words of its record."""

    session_name: str = ""

    def __str__(self) -> str:
        return f"{self.session_name}第{self.number}号建议"


def place_of(congress: Congress) -> str:
    """The name of the place, as it stands before 第×届人民代表大会."""
    return congress.name.removesuffix("人民代表大会")


def name_of(record: Suggestion, congress: Congress) -> SuggestionName:
    """How the suggestion is called in titles."""
    matter = record.matter
    bare = record.official_number.removeprefix("第").removesuffix("号")
    place, session = place_of(congress), record.session
    if session is None:
        return NamedByRecord(place, 0, None, bare, matter.title, record.session_name)
    if record.in_session:
        return SuggestionName(place, session.term.number, session.number, bare, matter.title)
    return SuggestionName(place, session.term.number, None, bare.removeprefix("闭"), matter.title)


def signers(matter_id: UUID) -> list[str]:
    """The lead deputy and those who signed with her, in the order of signing. One query."""
    rows = Party.objects.filter(matter_id=matter_id, role__in=("sponsor", "cosigner"), until=None)
    ordered = sorted(rows, key=lambda row: (row.role != "sponsor", row.position, row.since))
    return [row.name for row in ordered]


# The reply letter


def reply_document(
    reply: Reply, record: Suggestion, congress: Congress, deputies: Sequence[str] = ()
) -> OfficialDocument:
    """The reply as a letter (信函), with class mark, disclosure mark, promises and copies. Some five queries.

    :param deputies: whom it is addressed to; by default the lead deputy and, where the congress wants it so, every co-signer.
    """
    book = book_for(congress)
    people = list(deputies) or _addressees(record, book)
    number, misfit = _number(reply.number)
    contact = [part for part in (misfit, _contact(reply)) if part]
    letter = Letter(
        suggestion=name_of(record, congress),
        deputies=people,
        organ=reply.organ_name,
        number=number,
        dated=reply.signed_on,  # type: ignore[arg-type]  # a letter that is not signed yet carries no date
        class_mark=reply.result_class,
        disclosure_mark=DISCLOSURES.get(reply.disclosure, reply.disclosure),
        blocks=_answer(reply),
        contact="；".join(contact),
        copies=copied_offices(book, reply.organ),
        attachments=_list_of_signers(people),
    )
    return reply_letter(letter)


def _addressees(record: Suggestion, book: Book) -> list[str]:
    people = signers(record.matter_id) or [record.sponsor_name]
    return people if book.option("option.reply_addressee") == EVERY_COSIGNER else people[:1]


def _number(number: str) -> tuple[str, str]:
    """The official number for the head of the letter; one in another form is printed below it, never dropped."""
    fits = not number or _NUMBER.fullmatch(number)
    return (number, "") if fits else ("", f"文号：{number}")


def _contact(reply: Reply) -> str:
    named = (("联系人", reply.drafter), ("电话", reply.contact_phone))
    return "，".join(f"{name}：{value}" for name, value in named if value)


def _answer(reply: Reply) -> tuple[Block, ...]:
    """The answer itself: the whole text where a record of past years has nothing else, then what is done, planned and not done."""
    blocks: list[Block] = list(paragraphs(reply.full_text))
    for name, heading in PARTS:
        words = getattr(reply, name)
        if words:
            blocks += [Text(heading, 1), *paragraphs(words)]
    promises = list(reply.matter.commitments.filter(round=reply.round).order_by("first_due_on", "id"))
    if promises:
        rows = tuple((row.what, row.who, long_date(row.first_due_on)) for row in promises)
        blocks += [Text("承诺事项", 1), Table(("事项", "责任人", "完成期限"), rows, (5, 2, 2.8))]
    return tuple(blocks)


def _list_of_signers(people: Sequence[str]) -> tuple[Attachment, ...]:
    """Where there are too many to name in the address, all are named in an attachment."""
    if len(people) <= LONGEST_LIST_OF_DEPUTIES:
        return ()
    rows = tuple((str(place), name) for place, name in enumerate(people, 1))
    return (Attachment("提出建议的代表名单", (Table(("序号", "姓名"), rows, (1, 4)),)),)


def copied_offices(book: Book, organ: Organ | None) -> list[str]:
    """The offices that get a copy, by name; the government's only when an organ of the government answers. Two queries."""
    keys = [str(key) for key in book.option("option.copied_offices")]  # type: ignore[union-attr]
    if organ is not None and organ.kind not in GOVERNMENT_KINDS:
        keys = [key for key in keys if key != GOVERNMENT_OFFICE]
    held = Seat.objects.on(timezone.localdate()).filter(key__in=keys).values_list("key", "holder").distinct()
    holders: dict[str, list[UUID]] = {}
    for key, holder in held:
        holders.setdefault(key, []).append(holder)
    organs = {row.pk: row.name for row in Organ.objects.filter(pk__in=[one for ids in holders.values() for one in ids])}
    found = []
    for key in keys:
        names = [organs[holder] for holder in holders.get(key, []) if holder in organs]
        found += names or [str(label_of(key))]
    return list(dict.fromkeys(found))


# The notice of hand-over


def handed_over(matters: Iterable[UUID]) -> QuerySet[Suggestion]:
    """The records of suggestions that have an organ, in the order in which a notice lists them."""
    rows: QuerySet[Suggestion] = Suggestion.objects.filter(matter__in=list(matters)).exclude(organ_name="")
    rows = rows.select_related("matter__parent", "session__term")
    return rows.order_by("organ_name", "matter__opened_on", "matter_id")


def hand_over_document(
    records: Sequence[Suggestion], congress: Congress, issuer: str, dated: date, number: str = ""
) -> OfficialDocument:
    """交办通知 of a batch, addressed to its organs, with the list as an attachment. Two queries.

    :raises ValueError: when nothing was handed over.
    """
    if not records:
        raise ValueError("所选的建议都还没有交办，没有可以列入通知的内容。")
    organs = list(dict.fromkeys(record.organ_name for record in records))
    session = records[0].session
    same = all(record.session_id == records[0].session_id and record.in_session for record in records)
    intro = (
        f"现将代表建议、批评和意见共{len(records)}件交你们办理，其中：{_by_organ(records)}。"
        "请按清单所列期限签收、联系代表、办理和答复；认为不属于本单位职责的，请在规定期限内书面说明理由退回，不得自行转办。"
    )
    return hand_over_notice(
        Notice(
            congress=place_of(congress),
            term=session.term.number if session else 1,
            session=session.number if session and same else None,
            issuer=issuer,
            signed_by=issuer,
            number=number,
            dated=dated,
            addressees=organs,
            blocks=[Text(intro)],
            items=items_table(records),
        )
    )


def _by_organ(records: Sequence[Suggestion]) -> str:
    counts: dict[str, int] = {}
    for record in records:
        counts[record.organ_name] = counts.get(record.organ_name, 0) + 1
    return "，".join(f"{name}{count}件" for name, count in counts.items())


def items_table(records: Sequence[Suggestion]) -> Table:
    """Number, title, lead deputy, lead organ, assisting organs and the day by which the answer is due."""
    ids = [record.matter_id for record in records]
    assisting, due = assisting_organs(ids), reply_days(ids)
    rows = tuple(
        (
            record.matter.number or record.official_number,
            record.matter.title,
            record.sponsor_name,
            record.organ_name,
            "、".join(assisting.get(record.matter_id, [])),
            long_date(due[record.matter_id]) if record.matter_id in due else "",
        )
        for record in records
    )
    heads = ("编号", "标题", "领衔代表", "主办单位", "协办单位", "答复期限")
    return Table(heads, rows, (1.8, 5.6, 1.6, 2.6, 2.6, 2.8))


def assisting_organs(matters: Collection[UUID]) -> dict[UUID, list[str]]:
    """The assisting organs of each matter, by name. One query."""
    found: dict[UUID, list[str]] = {}
    rows = Party.objects.filter(
        role="handler", until=None, matter__procedure="assistance", matter__parent__in=list(matters)
    )
    for parent, name in rows.order_by("since", "id").values_list("matter__parent", "name"):
        if parent:
            found.setdefault(parent, []).append(name)
    return found


def part_organs(matters: Collection[UUID]) -> dict[UUID, list[str]]:
    """The organs of each matter that is handled separately, by the number of their part (SUG-06). One query."""
    found: dict[UUID, list[str]] = {}
    rows = Suggestion.objects.filter(matter__parent__in=list(matters), matter__series__startswith=PART_SERIES)
    for parent, name in rows.order_by("matter_id").values_list("matter__parent", "organ_name"):
        if parent:
            found.setdefault(parent, []).append(name)
    return found


def reply_days(matters: Collection[UUID]) -> dict[UUID, date]:
    """The day by which each matter is to be answered. One query."""
    rows = RunningClock.objects.filter(key="reply", matter__in=list(matters)).order_by("started_on", "id")
    return dict(rows.values_list("matter", "due_on"))


def matter_with_record(matter: Matter) -> Suggestion:
    """The typed record with what its papers need. One query."""
    rows = Suggestion.objects.select_related("matter__parent", "session__term", "organ", "category")
    found: Suggestion = rows.get(matter_id=matter.pk)
    return found
