"""The whole of a suggestion in one zip: its text, every reply that went out, how it was handled, and the documents attached to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from openrenda.docket.models import Act, File
from openrenda.documents.bundle import Piece
from openrenda.documents.official import OfficialDocument, han, to_docx
from openrenda.documents.official.model import Text, paragraphs
from openrenda.documents.workbooks import Sheet, write_workbook
from openrenda.people.models import Congress
from openrenda.rulebook import book_for

from .letters import reply_document, signers
from .records import Contact, Judgement, Reply, Suggestion

TEXT = (("background", "情况"), ("analysis", "分析"), ("proposals", "具体建议"), ("origin", "来源与调研情况"))
WAYS = {"visit": "上门走访", "meeting": "当面座谈", "phone": "电话", "site": "现场察看"}
WORDS = {"confirmed": "代表确认", "disputed": "代表认为不属实", "": "待代表确认"}


def pieces(record: Suggestion, congress: Congress) -> Iterator[Piece]:
    """The documents one after another; attached files are read from disk as they are packed."""
    yield Piece("01 建议.docx", to_docx(text_document(record, congress)), note="代表提出的原文")
    sent = Reply.objects.filter(matter_id=record.matter_id).exclude(signed_on=None).select_related("organ")
    for number, reply in enumerate(sent.order_by("round", "id"), 2):
        letter = to_docx(reply_document(reply, record, congress))
        yield Piece(f"{number:02d} 第{han(reply.round)}次答复.docx", letter, note=f"{reply.organ_name}的答复")
    yield Piece("90 办理经过.xlsx", write_workbook(list(sheets(record, congress))), note="每一步、联系和评价")
    yield from attached(record)


def text_document(record: Suggestion, congress: Congress) -> OfficialDocument:
    """The suggestion as its deputies raised it."""
    blocks: list[Any] = []
    for name, heading in TEXT:
        words = getattr(record, name)
        if words:
            blocks += [Text(heading, 1), *paragraphs(words)]
    people = "、".join(signers(record.matter_id) or [record.sponsor_name])
    return OfficialDocument(
        title=record.matter.title,
        issuer=f"{congress.name}代表建议",
        addressees=congress.name,
        blocks=tuple(blocks),
        contact_note=f"编号：{record.matter.number or '未编号'}；提出人：{people}",
        signed_by=record.sponsor_name,
        dated=record.matter.opened_on,
        sealed=False,
    )


def sheets(record: Suggestion, congress: Congress) -> Iterator[Sheet]:
    """The acts, the contacts and the judgements, each on a sheet."""
    table, book = record.matter.table, book_for(congress)
    acts = Act.objects.filter(matter_id=record.matter_id).order_by("seq")
    rows = [
        (act.seq, _minute(act.took_effect), _label(table, act.step), act.actor_name, act.agent_for, act.office_name,
         book.citation(act.basis) if act.basis else "")
        for act in acts
    ]  # fmt: skip
    yield Sheet("办理经过", ["序", "时间", "步骤", "经办", "代谁录入", "单位", "依据"], rows)
    contacts = Contact.objects.filter(matter_id=record.matter_id).order_by("held_on", "id")
    met = [
        (row.held_on, WAYS.get(row.way, row.way), row.people, WORDS.get(row.deputy_word, row.deputy_word))
        for row in contacts
    ]
    yield Sheet("联系代表", ["日期", "方式", "参加人", "代表的话"], met)
    grades = {str(one["key"]): str(one["label"]) for one in book.option("option.satisfaction")}  # type: ignore[union-attr, index]
    judged = [
        (row.judged_on, row.round, row.deputy_name, "是" if row.lead else "否", grades.get(row.attitude, row.attitude),
         grades.get(row.result, row.result))
        for row in Judgement.objects.filter(matter_id=record.matter_id).order_by("judged_on", "id")
    ]  # fmt: skip
    yield Sheet("评价", ["日期", "第几次答复", "代表", "领衔", "对办理态度", "对办理结果"], judged)


def attached(record: Suggestion) -> Iterator[Piece]:
    """The files attached to the matter; one that is no longer on disk is named in the list of contents by its absence."""
    for file in File.objects.filter(matter_id=record.matter_id).order_by("uploaded_at", "id"):
        path = Path(settings.FILES_ROOT) / file.path
        if path.is_file():
            with path.open("rb") as content:
                yield Piece(file.name, content, folder="附件", note="随件材料")
        else:
            yield Piece(f"{file.name}（缺）.txt", "文件不在存储中，请用备份恢复。".encode(), folder="附件", note="缺失")


def _label(table: Any, step: str) -> str:
    found = next((row for row in table.steps if row.key == step), None)
    return str(found.label) if found else step


def _minute(moment: Any) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
