"""The letters of a suggestion's way: the reply of the handling organ and the notice of hand-over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from openrenda.documents.official.model import Attachment, Block, OfficialDocument, Table, Text, han

LONGEST_LIST_OF_DEPUTIES = 3


@dataclass(frozen=True)
class SuggestionName:
    """How a suggestion is called in titles. `session` None means that it was made between sessions."""

    congress: str
    term: int
    session: int | None
    number: str
    title: str = ""

    def __str__(self) -> str:
        meeting = f"第{han(self.session)}次会议" if self.session else "闭会期间"
        return f"{self.congress}第{han(self.term)}届人民代表大会{meeting}第{self.number}号建议"


@dataclass(frozen=True)
class Reply:
    """What a reply letter needs. `blocks` is the answer itself; the opening sentence is written by the letter."""

    suggestion: SuggestionName
    deputies: Sequence[str]
    organ: str
    number: str
    dated: date
    class_mark: str
    disclosure_mark: str
    blocks: Sequence[Block]
    contact: str = ""
    copies: Sequence[str] = ()
    attachments: Sequence[Attachment] = ()
    closing: str = "感谢您对我们工作的关心和支持。"


@dataclass(frozen=True)
class HandOver:
    """What a hand-over notice needs: the text, and the table of what is handed over."""

    congress: str
    term: int
    session: int | None
    issuer: str
    signed_by: str
    number: str
    dated: date
    addressees: Sequence[str]
    blocks: Sequence[Block]
    items: Table
    copies: Sequence[str] = ()
    contact: str = ""


def reply_letter(reply: Reply, layout: str = "letter") -> OfficialDocument:
    """《关于××第×届人民代表大会第×次会议第×号建议的答复》, with class mark and disclosure mark at the top right."""
    several = len(reply.deputies) > 1
    you = "你们" if several else "您"
    title = f"《{reply.suggestion.title}》" if reply.suggestion.title else "建议"
    opening = f"{you}提出的{title}（第{reply.suggestion.number}号）收悉。经研究办理，现答复如下："
    closing = reply.closing.replace("您", you)
    blocks = (Text(opening), *reply.blocks, *([Text(closing)] if closing else []))
    return OfficialDocument(
        title=f"关于{reply.suggestion}的答复",
        issuer=reply.organ if layout == "letter" else f"{reply.organ}文件",
        number=reply.number,
        addressees=addressed(reply.deputies),
        blocks=blocks,
        signed_by=reply.organ,
        dated=reply.dated,
        layout=layout,
        class_mark=reply.class_mark,
        disclosure_mark=reply.disclosure_mark,
        attachments=tuple(reply.attachments),
        contact_note=reply.contact,
        copies=tuple(reply.copies),
        printed_by=f"{reply.organ}办公室" if layout == "document" else "",
        printed_on=reply.dated if layout == "document" else None,
    )


def addressed(deputies: Sequence[str]) -> str:
    """ "张三代表"; up to three by name; more as "张三等5位代表"."""
    if len(deputies) > LONGEST_LIST_OF_DEPUTIES:
        return f"{deputies[0]}等{len(deputies)}位代表"
    return "、".join(f"{name}代表" for name in deputies)


def hand_over_notice(notice: HandOver) -> OfficialDocument:
    """交办通知 with the table of items as a landscape attachment."""
    meeting = f"第{han(notice.session)}次会议" if notice.session else "闭会期间"
    subject = f"{notice.congress}第{han(notice.term)}届人民代表大会{meeting}代表建议、批评和意见"
    return OfficialDocument(
        title=f"关于交办{subject}的通知",
        issuer=f"{notice.issuer}文件",
        number=notice.number,
        addressees="、".join(notice.addressees),
        blocks=tuple(notice.blocks),
        signed_by=notice.signed_by,
        dated=notice.dated,
        attachments=(Attachment(f"{subject}交办清单", (notice.items,), landscape=True),),
        contact_note=notice.contact,
        copies=tuple(notice.copies),
        printed_by=notice.signed_by,
        printed_on=notice.dated,
    )
