"""The volume of a session 汇编 and the notice that goes with it: bills, suggestions and livelihood items, in three parts.

One reading of the session's records makes both papers, so that their counts are the same. Every numbered item is accounted for: it
is printed, or it is named as secret, withdrawn or kept for reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from openrenda.docket.models import Matter, Party
from openrenda.documents.official import Attachment, OfficialDocument, Part, Table, Text, Volume, han
from openrenda.documents.official.model import Block, paragraphs
from openrenda.people.models import Congress, Session

from .letters import assisting_organs, part_organs, place_of
from .records import PART_SERIES, Suggestion

LEFT_OUT = {"withdrawn": "已撤回", "reference": "转工作参考"}
BILL_OUTCOMES = {
    "converted": "转为建议",
    "on_agenda": "列入议程",
    "referred": "交专门委员会审议",
    "withdrawn": "已撤回",
}
SECRET = "要求保密，另行交办"
TITLES = ("代表议案", "代表建议、批评和意见", "民生实事项目")
SHORT_TITLES = ("议案", "建议", "民生实事")


@dataclass(frozen=True)
class Item:
    """One numbered item of a session: what is printed of it, and what stands in the list."""

    number: str
    title: str
    deputies: str
    blocks: tuple[Block, ...] = ()
    organ: str = ""
    assisting: str = ""
    note: str = ""
    printed: bool = True


@dataclass(frozen=True)
class Papers:
    """The records of one session, read once. ``parts`` are bills, suggestions and livelihood items, in this order."""

    congress: Congress
    session: Session
    dated: date
    parts: tuple[tuple[Item, ...], ...] = field(default=((), (), ()))

    @property
    def name(self) -> str:
        """某区第×届人民代表大会第×次会议."""
        term, number = han(self.session.term.number), han(self.session.number)
        return f"{place_of(self.congress)}第{term}届人民代表大会第{number}次会议"

    @property
    def total(self) -> int:
        """All numbered items of the session."""
        return sum(len(part) for part in self.parts)

    @cached_property
    def counts(self) -> str:
        """The counts in words; they add up to the total."""
        pieces = "，".join(f"{title}{len(part)}件" for title, part in zip(TITLES, self.parts, strict=True))
        return f"共{self.total}件，其中：{pieces}"

    @property
    def summary(self) -> str:
        """The same counts in one short line."""
        return "、".join(f"{name}{len(part)}件" for name, part in zip(SHORT_TITLES, self.parts, strict=True))

    @cached_property
    def not_printed(self) -> str:
        """What is not printed in the volume, and why; empty when everything is."""
        reasons: dict[str, int] = {}
        for item in (item for part in self.parts for item in part if not item.printed):
            reasons[item.note] = reasons.get(item.note, 0) + 1
        return "；".join(f"{reason}{count}件，只列编号" for reason, count in reasons.items())


def read(session: Session, congress: Congress, dated: date) -> Papers:
    """Read the session's records. Six queries, however many items there are."""
    return Papers(congress, session, dated, (bills(session), suggestions(session), ()))


def bills(session: Session) -> tuple[Item, ...]:
    """The bills moved during the session, in the order of their numbers."""
    rows = list(
        Matter.objects.filter(procedure="bill", bill__session=session).exclude(number="").prefetch_related("bill")
    )
    names = _deputies([row.pk for row in rows])
    return tuple(_bill(row, names) for row in sorted(rows, key=lambda row: in_order(row.number)))


def _bill(matter: Any, names: dict[UUID, list[str]]) -> Item:
    record = matter.bill.all()[0]
    text = (("案据", record.grounds), ("方案", record.plan))
    blocks = _headed(text)
    note, deputies = BILL_OUTCOMES.get(matter.state, ""), "、".join(names.get(matter.pk, [record.sponsor_name]))
    return Item(matter.number, matter.title, deputies, blocks, note=note)


def suggestions(session: Session) -> tuple[Item, ...]:
    """The suggestions raised during the session, in the order of their numbers; parts of one are not counted again."""
    numbered = Suggestion.objects.filter(session=session, in_session=True).exclude(matter__number="")
    rows = numbered.exclude(matter__series__startswith=PART_SERIES).select_related("matter")
    records = sorted(rows, key=lambda row: in_order(row.matter.number))
    ids = [record.matter_id for record in records]
    names, organs, assisting = _deputies(ids), part_organs(ids), assisting_organs(ids)
    return tuple(_suggestion(record, names, organs, assisting) for record in records)


def _suggestion(
    record: Suggestion, names: dict[UUID, list[str]], organs: dict[UUID, list[str]], assisting: dict[UUID, list[str]]
) -> Item:
    matter = record.matter
    if matter.confidential or matter.state in LEFT_OUT:
        note = SECRET if matter.confidential else LEFT_OUT[matter.state]
        return Item(matter.number, f"（{note}）", "", note=note, printed=False)
    text = (("情况", record.background), ("分析", record.analysis), ("具体建议", record.proposals))
    deputies = "、".join(names.get(matter.pk, [record.sponsor_name]))
    others = "、".join(assisting.get(matter.pk, []))
    organ = record.organ_name or "、".join(organs.get(matter.pk, []))
    return Item(matter.number, matter.title, deputies, _headed(text), organ, others)


def _headed(text: Iterable[tuple[str, str]]) -> tuple[Block, ...]:
    return tuple(block for head, words in text if words for block in (Text(head, 1), *paragraphs(words)))


def _deputies(matters: list[UUID]) -> dict[UUID, list[str]]:
    """The names of those who signed each matter, the lead deputy first. One query."""
    rows = Party.objects.filter(matter__in=matters, role__in=("sponsor", "cosigner"), until=None)
    found: dict[UUID, list[str]] = {}
    for row in sorted(rows, key=lambda row: (row.role != "sponsor", row.position, row.since)):
        found.setdefault(row.matter_id, []).append(row.name)
    return found


def in_order(number: str) -> tuple[tuple[int, str], ...]:
    """A key by which 第9号 stands before 第10号."""
    pieces = re.findall(r"[0-9]+|[^0-9]+", number)
    return tuple((int(piece), "") if piece.isascii() and piece.isdigit() else (0, piece) for piece in pieces)


# The two papers


def volume(papers: Papers) -> Volume:
    """The volume: a leaf before each part, then every item on a page of its own; the contents give number and page."""
    pieces: list[Part] = []
    for place, (title, items) in enumerate(zip(TITLES, papers.parts, strict=True), 1):
        pieces.append(_leaf(place, title, items))
        pieces += [_piece(item) for item in items if item.printed]
    return Volume(
        title=f"{papers.name}议案、建议汇编",
        parts=tuple(pieces),
        compiled_by=papers.congress.name,
        dated=papers.dated,
        subtitle=f"（{papers.summary}）",
    )


def _leaf(place: int, title: str, items: tuple[Item, ...]) -> Part:
    words = f"本部分共{len(items)}件。" if items else f"本次会议没有{title}。"
    listed = Table(
        ("编号", "标题", "领衔代表"), tuple((i.number, i.title, _lead(i.deputies)) for i in items), (2, 7, 2)
    )
    return Part("", f"第{han(place)}部分　{title}（{len(items)}件）", (Text(words), *((listed,) if items else ())))


def _piece(item: Item) -> Part:
    byline = "　".join(word for word in (item.number, item.deputies, item.note) if word)
    return Part(item.number, item.title, item.blocks or (Text("（没有正文）"),), byline)


def _lead(deputies: str) -> str:
    return deputies.partition("、")[0]


def notice(papers: Papers, issuer: str, number: str = "") -> OfficialDocument:
    """The notice of the same items: one list for each part, whose counts add up (B04)."""
    organs = list(
        dict.fromkeys(name for part in papers.parts for item in part for name in item.organ.split("、") if name)
    )
    words = f"{papers.name}期间收到的议案、建议和民生实事事项{papers.counts}。现印发你们，请按分工认真办理。"
    blocks = [Text(words)] + ([Text(f"汇编中{papers.not_printed}。")] if papers.not_printed else [])
    lists = zip(TITLES, papers.parts, strict=True)
    return OfficialDocument(
        title=f"关于办理{papers.name}议案、代表建议和民生实事事项的通知",
        issuer=f"{issuer}文件",
        number=number,
        addressees="、".join(organs) or "各承办单位",
        blocks=tuple(blocks),
        signed_by=issuer,
        dated=papers.dated,
        attachments=tuple(_listed(title, items) for title, items in lists),
        printed_by=issuer,
        printed_on=papers.dated,
    )


def _listed(title: str, items: tuple[Item, ...]) -> Attachment:
    if not items:
        return Attachment(f"{title}（0件）", (Text(f"本次会议没有{title}。"),), landscape=True)
    heads = ("编号", "标题", "领衔代表", "主办单位", "协办单位", "备注")
    rows = tuple((i.number, i.title, _lead(i.deputies), i.organ, i.assisting, i.note) for i in items)
    return Attachment(f"{title}（{len(items)}件）", (Table(heads, rows, (2, 6, 1.6, 2.6, 2.6, 1.8)),), landscape=True)
