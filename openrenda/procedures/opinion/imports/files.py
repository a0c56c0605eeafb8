"""A file of messages, one row a message with its answer: each becomes an opinion of a past time, said on one day and answered on another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from openrenda.docket.history import History
from openrenda.documents.redaction import without_names
from openrenda.documents.tables import Row, Table, TableRefused, read_table
from openrenda.people.imports import Outcome
from openrenda.people.models import Congress
from openrenda.tenancy import congress_scope

from ...bringing_in.columns import further, others, read_row
from ...bringing_in.registers import Registers
from ...bringing_in.runner import Progress, mark_repeated
from ...bringing_in.sheets import Manner, Template, bring, unknown_columns
from ...bringing_in.units import Unit, key_of, nothing
from ...residents import TITLE_CHARACTERS, text_digest
from .columns import COLUMNS, every_name, renamed

MESSAGES, PROCEDURE = "messages", "opinion"
EXAMPLE = ("20240312007", "RX-20240312-0088", "12345热线", None, None, "学府路路灯不亮", "2024-03-12", "学府路中段六盏路灯坏了半个月。", "学府路",
           None, "区城市管理局", "经查，六盏路灯的线路老化，已于3月18日更换。", "2024-03-19")  # fmt: skip
TEMPLATES = MappingProxyType({MESSAGES: Template("历年留言和答复", COLUMNS, (EXAMPLE,))})
NEEDED = ("留言时间", "答复意见", "答复时间")
# Words that stand for anybody: hiding them in a text would hide nothing and spoil it.
NOBODY = frozenset({"匿名", "网友", "市民", "居民", "群众", "用户", "先生", "女士"})


def template(kind: str) -> bytes:
    """A workbook to be filled in."""
    return TEMPLATES[kind].workbook()


def run_file(
    congress: Congress, content: bytes, name: str, manner: Manner, progress: Progress | None = None
) -> Outcome:
    """Bring a file into one congress; what cannot be read at all is one problem in the outcome."""
    try:
        table = renamed(read_table(content, name, expected=every_name()))
    except TableRefused as refused:
        return Outcome(MESSAGES, problems=(str(refused),))
    problems = header_problems(table, manner)
    if problems:
        return Outcome(MESSAGES, problems=problems)
    with congress_scope(congress):
        found = list(units(table.rows, others(COLUMNS, table.headers), Registers()))
        mark_repeated(found)
    return bring(congress, MESSAGES, found, manner, progress, procedure=PROCEDURE)


def header_problems(table: Table, manner: Manner) -> tuple[str, ...]:
    """What is wrong with the columns."""
    keys = {column.name: column.key for column in COLUMNS}
    here = set(table.headers)
    missing = [name for name in NEEDED if name not in here and keys[name] not in here]
    if not here & {"留言详情", "留言主题", "text", "title"}:
        missing.insert(0, "留言详情")
    if missing:
        names = _("、").join(f"“{name}”" for name in missing)
        return (_("表里缺少必填的列：%(names)s。请按模板补上；没有导入任何内容。") % {"names": names},)
    return unknown_columns(others(COLUMNS, table.headers), manner)


def units(rows: Iterable[Row], unknown: list[str], registers: Registers) -> Iterator[Unit]:
    """Every row as an opinion to be brought in."""
    for row in rows:
        said, problems = read_row(COLUMNS, row)
        said["text"] = said.get("text") or said.get("title", "")
        said["number"] = said.get("number") or said.get("ticket", "")
        if not problems:
            problems = _contradictions(said)
        source, number = said.get("source", ""), said["number"]
        identity = [number] if number else [text_digest(said["text"]), said.get("said_on")]
        unit = Unit(
            (row.number,), f"{number} {said.get('title') or said['text'][:TITLE_CHARACTERS]}".strip(),
            key_of(MESSAGES, source, *identity), nothing, f"imported:{source}", number,
            [(row.number, problem) for problem in problems],
        )  # fmt: skip
        if not problems:
            unit.put = _put(_message(said, unit.series, registers) | {"further": further(row, unknown)}, said, unit.key)
        yield unit


def _contradictions(said: dict[str, Any]) -> list[str]:
    if not said["text"]:
        return [_("“留言详情”和“留言主题”都没有填。")]
    days = {"said": said["said_on"], "answered": said["answered_on"]}
    if days["answered"] < days["said"]:
        return [_("答复时间 %(answered)s 早于留言时间 %(said)s，请核对。") % days]
    if days["answered"] > timezone.localdate().isoformat():
        return [_("答复时间 %(answered)s 在今天之后，请核对。") % days]
    return []


def _message(said: dict[str, Any], series: str, registers: Registers) -> dict[str, Any]:
    """What the opening step is given. The name she used is hidden where her words or the answer repeat it, and then dropped."""
    user = said.get("user", "")
    names = [user] if len(user) > 1 and user not in NOBODY else []
    for name in ("title", "text", "answer"):
        if name in said:
            said[name] = without_names(said[name], names)
    found = {
        "organ": registers.organ(said.get("organ", "")),
        "category": registers.find_category(said.get("category", "")),
    }
    return {
        "title": said.get("title", ""), "text": said["text"], "number": said["number"], "ticket": said.get("ticket", ""),
        "source": said.get("source", ""), "place": said.get("place", ""), "category_name": said.get("category", ""),
        "organ_name": said.get("organ", ""), "series": series,
        "registers": {name: str(pk) for name, pk in found.items() if pk},
    }  # fmt: skip


def _put(message: dict[str, Any], said: dict[str, Any], key: str) -> Any:
    answer = {"answer": said["answer"], "answered_by": said.get("organ", "")}

    def put(history: History) -> None:
        situation = history.open(PROCEDURE, "import_message", at=_at(said["said_on"]), data=message, key=key)
        history.take(situation, "import_answer", at=_at(said["answered_on"]), data=answer)

    return put


def _at(day: str) -> datetime:
    """The beginning of that day: the hour is of no matter."""
    return timezone.make_aware(datetime.combine(date.fromisoformat(day), time()))
