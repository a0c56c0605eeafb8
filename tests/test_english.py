"""An English session reads English: what the tables declare, why a step is not taken, why a file or a row is not, and notices.

What is data stays as it is: names, titles, numbers, and the marks that stand for strokes or forms of writing in an example.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import asdict
from typing import Any

import pytest
from django.forms import Field
from django.test import Client
from django.utils import translation

from openrenda import docket
from openrenda.channels.delivery import deliver
from openrenda.channels.models import Notice
from openrenda.docket import registry
from openrenda.docket.actor import Actor
from openrenda.docket.describing import CHINESE, ENGLISH, describe
from openrenda.docket.diagram import diagram_svg
from openrenda.docket.engine import plan
from openrenda.docket.language import Procedure
from openrenda.docket.models import Matter
from openrenda.docket.refusals import Incomplete, NotVisible, Refused
from openrenda.docket.situation import Situation
from openrenda.docket.writing import Writing
from openrenda.documents.cells import parse_date, parse_integer
from openrenda.documents.intake import BadFile, inspect
from openrenda.documents.tables import TableRefused, read_table
from openrenda.figures.language import SIDES, Figure
from openrenda.figures.registry import figures
from openrenda.people.imports import SHEETS, export, run_file, template
from openrenda.people.testing import sit_down
from openrenda.procedures.suggestion.imports import Manner
from openrenda.procedures.suggestion.imports import run_file as run_past
from openrenda.procedures.suggestion.imports.columns import PUBLISHED, STEPS
from openrenda.rulebook.library import library
from openrenda.rulebook.rule import Row, Rule
from openrenda.tenancy import congress_scope
from tests.cast import CONTACT, DEPUTIES, REPLY, REVIEW, SUBMIT, Cast, assemble, draft

HAN = re.compile("[\u3400-\u9fff]")
# Organs, deputies and titles of the cast, its numbers, and Chinese characters that stand for themselves in an example.
DATA = re.compile(
    "|".join(
        (
            *DEPUTIES.values(),
            "青石街道",
            "区交通运输局",
            "区园林局",
            "关于改善学府路早高峰通行的建议",
            "第一代表团",
            "张三",
            "李芳",
            r"第\d+号",
        )
    )
)
EXAMPLES = re.compile("“[^”]*”|（空）|某[^ ]+|[A-Z]类|不?满意|基本满意")


def chinese_in(*texts: Any) -> list[str]:
    """The texts that hold Chinese beside data."""
    return [text for text in map(str, texts) if HAN.search(EXAMPLES.sub("", DATA.sub("", text)))]


@pytest.fixture
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    people = assemble()
    with congress_scope(people.congress):
        yield people


# What is declared


@pytest.mark.parametrize("table", registry.procedures(), ids=lambda table: table.key)
@pytest.mark.parametrize("pack", sorted(library().packs))
def test_a_procedure_is_described_in_english_with_every_bar(table: Procedure, pack: str) -> None:
    whole = asdict(describe(table, ENGLISH, library().book(pack)))
    assert chinese_in(*leaves(whole)) == []


def leaves(value: Any) -> Iterator[str]:
    """Every text of a structure."""
    if isinstance(value, dict):
        value = value.values()
    if isinstance(value, str):
        yield value
    elif isinstance(value, Iterable):
        for item in value:
            yield from leaves(item)


@pytest.mark.parametrize("table", registry.procedures(), ids=lambda table: table.key)
def test_a_diagram_is_drawn_in_both_languages(table: Procedure) -> None:
    drawn = re.sub(r'font-family="[^"]*"', "", diagram_svg(table, ENGLISH))
    assert chinese_in(drawn) == []
    assert table.label in diagram_svg(table, CHINESE)


@pytest.mark.parametrize("table", registry.procedures(), ids=lambda table: table.key)
def test_what_a_procedure_declares_is_said_in_english(table: Procedure, english: None) -> None:
    said = [thing.words for thing in (*table.states, *table.steps, *table.clocks, *table.sealed)]
    said += [translation.gettext(step.confirm) for step in table.steps if step.confirm]
    said += [translation.gettext(label) for _key, label in table.stages]
    for step in table.steps:
        said += [text for field in (step.records.base_fields if step.records else {}).values() for text in asked(field)]
    assert chinese_in(*said) == []


def asked(field: Field) -> list[str]:
    """What a field of a form says."""
    choices: Any = getattr(field, "choices", None) if not hasattr(field, "queryset") else None
    return [str(field.label or ""), str(field.help_text), *(str(label) for _key, label in choices or ())]


@pytest.mark.parametrize("one", figures(), ids=lambda one: one.key)
def test_a_figure_is_explained_in_english(one: Figure, english: None) -> None:
    population = one.population
    said = [one.words, one.formula_words, translation.gettext(one.group), population.words, one.unit.words]
    said += [one.side_words(side) for side in SIDES]
    said += [thing.words for thing in (*population.splits, *population.columns)]
    said += [translation.gettext(way.note) for way in population.splits if way.note]
    assert chinese_in(*said) == []


@pytest.mark.parametrize("code", sorted(library().packs))
def test_rules_and_choices_are_said_in_english(code: str, english: None) -> None:
    book = library().book(code)
    rows: list[Row] = [*book.rules(), *book.options()]
    said = [text for row in rows for text in (row.words, row.citation)]
    said += [row.amount for row in rows if isinstance(row, Rule)]
    said += [translation.gettext(words) for option in book.options() for words in choices_of(option.value)]
    assert chinese_in(*said) == []


def choices_of(value: Any) -> Iterator[str]:
    """The labels and meanings in an option's value."""
    if isinstance(value, dict):
        yield from (value[name] for name in ("label", "meaning") if name in value)
        value = value.values()
    if isinstance(value, Iterable) and not isinstance(value, str):
        for item in value:
            yield from choices_of(item)


def test_registers_name_and_explain_their_columns_in_english(english: None) -> None:
    columns = [column for sheet in SHEETS.values() for column in sheet.columns]
    said = [text for column in (*columns, *PUBLISHED, *STEPS) for text in (column.words, column.note)]
    said += [choice for column in columns for choice in column.choices]
    said += [text for sheet in SHEETS.values() for text in (sheet.title, *sheet.notes)]
    assert chinese_in(*(translation.gettext(text) for text in said if text)) == []


# Why not


def test_why_a_step_is_not_taken_is_said_in_english(cast: Cast, english: None) -> None:
    """Every step of the table, tried by everybody wherever a suggestion stands on its way."""
    matter = docket.open_matter("suggestion", "propose", by=cast["chen"], data=draft(proposals="")).matter
    said = why_not(cast, matter)
    docket.act(matter, "revise", by=cast["chen"], data=draft())
    docket.act(matter, "invite", by=cast["chen"], data={"deputies": [str(cast.mandates["lin"].pk)]})
    said += why_not(cast, matter)
    docket.act(matter, "uninvite", by=cast["chen"], data={"deputies": [str(cast.mandates["lin"].pk)]})
    organ = {"organ": str(cast.organs["roads"].pk), "assisting": [str(cast.organs["parks"].pk)]}
    for step, who, data in (
        ("submit_to_street", "chen", SUBMIT),
        ("street_pass", "street", REVIEW),
        ("district_pass", "office", REVIEW),
        ("assign", "office", organ),
        ("sign_for", "roads_clerk", {}),
        ("contact", "roads_clerk", {**CONTACT, "held_on": str(matter.opened_on)}),
    ):
        docket.act(matter, step, by=cast[who], data=data)
        said += why_not(cast, matter)
    assert len(set(said)) > 60
    assert chinese_in(*said) == []


def why_not(cast: Cast, matter: Matter) -> list[str]:
    """The sentences of every refusal that anybody meets now. A step that would be taken is planned, but not written."""
    steps = registry.procedure(matter.procedure).steps
    return [
        sentence for actor in cast.actors.values() for step in steps for sentence in refused(matter, step.key, actor)
    ]


def refused(matter: Matter, step: str, actor: Actor) -> list[str]:
    """What somebody reads who sends a step with little in it that is right."""
    situation = Situation(copy(matter), actor)
    try:
        plan(situation, situation.table.step(step), {"title": "a\nb", "held_on": "x"}, None, Writing())
    except NotVisible:
        return []
    except Refused as refusal:
        return refusal.reasons
    except Incomplete as incomplete:
        return [str(error) for errors in incomplete.form.errors.values() for error in errors]
    return []


@pytest.mark.parametrize(
    "content", [b"", b"MZ..", b"Rar!x", b"PK\x03\x04x", b"%PDF-1", b"\x89PNG\r\n\x1a\nx", b"<html>", b"\x00\x01"]
)
def test_why_a_file_is_not_taken_is_said_in_english(content: bytes, english: None) -> None:
    with pytest.raises(BadFile) as refusal:
        inspect(content, "a", kinds=("docx", "txt"))
    assert chinese_in(refusal.value.sentence) == []


@pytest.mark.parametrize("content", [b"", b"<html>", b"PK\x03\x04x", b'{"a"', b'{"a": 1}\n[1]', b"x\ny"])
def test_why_a_table_is_not_read_is_said_in_english(content: bytes, english: None) -> None:
    with pytest.raises(TableRefused) as refusal:
        read_table(content, "a.csv", expected=["标题"])
    assert chinese_in(str(refusal.value)) == []


@pytest.mark.parametrize("read", [parse_date, parse_integer])
@pytest.mark.parametrize("cell", ["", "x", "2026-13-01", "1700-01-01"])
def test_why_a_cell_is_not_read_is_said_in_english(read: Any, cell: str, english: None) -> None:
    with pytest.raises(ValueError, match=r"\w") as refusal:
        read(cell)
    assert chinese_in(str(refusal.value)) == []


def test_why_rows_are_not_brought_in_is_said_in_english(cast: Cast, english: None) -> None:
    said: list[str] = []
    for sheet in SHEETS.values():
        rows = [["x" for _header in sheet.headers], ["（空）" for _header in sheet.headers], *sheet.examples]
        lines = [sheet.headers, *rows, rows[-1]]
        content = "\n".join(",".join("" if cell is None else str(cell) for cell in line) for line in lines)
        outcome = run_file(sheet, content.encode(), "a.csv", keep=False)
        said += [*outcome.problems, *(reason for row in outcome.bad_rows for reason in row.reasons)]
    past = "标题,年度,提出代表人数,答复日期,接收日期\n甲,1,x,2020-13-01,\n乙,,,,\n丙,2020,3,2019-01-01,2030-01-01\n丙,2020,3,,\n丙,2020,3,,"
    outcome = run_past(cast.congress, past.encode(), "a.csv", Manner(keep=False))
    said += [reason for row in outcome.bad_rows for reason in row.reasons]
    told = "建议,步骤,日期,办理人\n甲,propose,2024-01-01,x\n乙,import_received,2024-01-01,\n乙,sign_for,2023-01-01,\n丙,x,2024-01-01,"
    outcome = run_past(cast.congress, told.encode(), "a.csv", Manner(keep=False))
    said += [reason for row in outcome.bad_rows for reason in row.reasons]
    assert len(said) > 30
    assert chinese_in(*said) == []


def test_a_refusal_on_a_page_and_the_page_around_it_are_english(cast: Cast) -> None:
    matter = docket.open_matter("suggestion", "propose", by=cast["chen"], data=draft(proposals="")).matter
    client = sit_down(Client(), cast.seats["chen"])
    client.cookies["django_language"] = "en"
    page = client.post(f"/matters/{matter.pk}/submit/", {}).content.decode()
    assert "Still to be written: Specific suggestions." in page
    assert "Deputies Law, art. 7, item 3" in page


# What is told, and what is kept


def test_a_notice_is_read_in_the_reader_s_language(cast: Cast) -> None:
    matter = docket.open_matter("suggestion", "propose", by=cast["chen"], data=draft()).matter
    with translation.override("en"):
        docket.act(matter, "submit_to_street", by=cast["chen"], data=SUBMIT)
        deliver(cast.congress)
    notice = Notice.objects.get()
    with translation.override("zh-hans"):
        assert notice.sentence == "关于改善学府路早高峰通行的建议：陈一鸣提交街道阅看。"
    with translation.override("en"):
        assert "Submit to the subdistrict" in notice.sentence
        assert chinese_in(notice.sentence) == []


def test_what_is_recorded_in_an_english_session_is_chinese(cast: Cast, english: None) -> None:
    matter = docket.open_matter("suggestion", "propose", by=cast["chen"], data=draft()).matter
    docket.act(matter, "submit_to_street", by=cast["chen"], data=SUBMIT)
    docket.act(matter, "street_pass", by=cast["street"], data=REVIEW)
    docket.act(matter, "district_pass", by=cast["office"], data=REVIEW)
    docket.act(matter, "assign", by=cast["office"], data={"organ": str(cast.organs["roads"].pk)})
    docket.act(matter, "sign_for", by=cast["roads_clerk"])
    docket.act(matter, "contact", by=cast["roads_clerk"], data={**CONTACT, "held_on": str(matter.opened_on)})
    drafted = docket.act(matter, "draft_reply", by=cast["roads_clerk"], data=REPLY)
    assert drafted.data["class_label"] == "所提问题已经解决或者基本解决"
    assert matter.suggestion.get().session_name == "第5届第1次会议"


def test_files_of_registers_are_chinese_in_any_session(cast: Cast, english: None) -> None:
    sheet = SHEETS["organs"]
    kept = export(sheet)
    assert run_file(sheet, kept, "机构.xlsx", keep=True).counts["same"] == len(cast.organs)
    assert read_table(template(sheet), "模板.xlsx", sheet=sheet.title, expected=sheet.headers).headers == sheet.headers
