"""The list of projects 项目清单 of a round as a document and as a sheet: before the vote the candidates, after it what was chosen."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from openrenda.documents.official import OfficialDocument, Table, Text
from openrenda.documents.workbooks import Column, Sheet, write_workbook
from openrenda.languages import chinese

from ..livelihood import FEN_A_YUAN
from .records import LivelihoodRound

WIDTHS = (0.6, 3, 3.6, 2, 2, 1.4, 1.5)


def listed(record: LivelihoodRound) -> list[Any]:
    """The projects of the list: the chosen ones once it is published, until then all that stand on it."""
    rows = record.projects
    if record.published_on:
        return [row for row in rows if row.begun_on is not None]
    return [row for row in rows if row.matter.state not in ("dropped", "stopped")]


def _name(record: LivelihoodRound) -> str:
    return f"{record.matter.title}清单" if record.published_on else f"{record.matter.title}候选项目清单"


def document(record: LivelihoodRound) -> OfficialDocument:
    """The list as an article in official type, with the sentence of the vote. Chinese in every session."""
    with chinese():
        headers = tuple(_(words) for words in ("序号", "项目", "建设内容", "实施单位", "计划投资", "完成时限", "得票"))
        rows = tuple(_line(number, row) for number, row in enumerate(listed(record), 1))
        said = [Text(words) for words in (record.vote_sentence, record.summary) if words]
        return OfficialDocument(
            title=_name(record), issuer=record.body, blocks=(*said, Table(headers, rows, WIDTHS)), signed_by=record.body,
            dated=record.published_on, layout="feature",
        )  # fmt: skip


def _line(number: int, row: Any) -> tuple[str, ...]:
    deadline = f"{row.deadline:%Y-%m-%d}" if row.deadline else ""
    votes = "" if row.votes is None else str(row.votes)
    organ = row.organ.name if row.organ else ""
    return (str(number), row.matter.title, row.content, organ, row.money_words, deadline, votes)


def workbook(record: LivelihoodRound) -> bytes:
    """The list as a sheet; money as a number in yuan."""
    columns = [
        Column(_("序号"), "integer"), Column(_("项目")), Column(_("建设内容")), Column(_("实施单位")), Column(_("地点")),
        Column(_("计划投资（元）"), "number"), Column(_("受益人数"), "integer"), Column(_("完成时限"), "date"), Column(_("得票"), "integer"),
        Column(_("状态")),
    ]  # fmt: skip
    rows = [
        [number, row.matter.title, row.content, row.organ.name if row.organ else "", row.place, _yuan(row.fen), row.served,
         row.deadline, row.votes, row.matter.state_now.words]
        for number, row in enumerate(listed(record), 1)
    ]  # fmt: skip
    return write_workbook([Sheet(_("项目清单"), columns, rows, title=_name(record))])


def _yuan(fen: int | None) -> float | None:
    return None if fen is None else float(Decimal(fen) / FEN_A_YUAN)
