"""The interface speaks English throughout: the catalogue is complete and in step, and every table carries its English labels."""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from io import BytesIO

import pytest
from django.utils import translation

from openrenda.docket import registry
from openrenda.docket.language import Clock, Office, Procedure, State, Step
from openrenda.people.actors import actor_for, office_name
from openrenda.people.models import Account, Seat
from openrenda.tenancy import uuid7
from tests import messages

Labelled = State | Step | Office | Clock | Procedure


def test_every_sentence_has_english_and_the_compiled_catalogue_is_current() -> None:
    assert messages.problems() == []


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (messages.Message("有%(count)d件", english=("%(count)s matters",)), "other placeholders"),
        (messages.Message("保存"), "no English"),
        (messages.Message("%(n)s件", plural="%(n)s件", english=("%(n)s matter",)), "no English"),
    ],
)
def test_a_wrong_translation_is_named(entry: messages.Message, fault: str) -> None:
    assert any(fault in found for found in messages.faults(entry))


def test_the_finder_reads_python_and_templates() -> None:
    module = (
        "from django.utils.translation import gettext_lazy as later, ngettext\n"
        'later("甲" "乙")\nngettext("一", "多", 2)\nStep("a", "b", confirm="撤回")\n'
        'NOTE = "各计"\nFigure("k", "有英文", "口径", P, part_label=NOTE)\nShown("列", "path")\nColumn("码", "key", note="自编")'
    )
    page = '{{ _("丙") }}{{ x or _("丁") }}{{ _(x) }}{% trans n=x %}{{ n }}件{% pluralize %}{{ n }}件{% endtrans %}{% trans %}戊%{% endtrans %}'
    declared_words = {"撤回", "口径", "各计", "列", "码", "自编"}
    assert set(messages.in_python(module)) == {("甲乙", ""), ("一", "多"), *((word, "") for word in declared_words)}
    assert set(messages.in_template(page)) == {("丙", ""), ("丁", ""), ("%(n)s件", "%(n)s件"), ("戊%", "")}


def test_the_finder_reads_the_laws_and_choices_of_a_pack() -> None:
    pack = """
    rule = [{ id = "A", law = "某法", article = "第一条", also = ["《某条例》第二条"] }]
    option = [{ id = "B", title = "有英文", value = [{ letter = "A", label = "甲类", meaning = "已办" }] }]
    """
    assert {word for word, _plural in messages.in_pack(pack)} == {"某法", "某条例", "甲类", "已办"}


def test_a_catalogue_survives_writing_reading_and_compiling() -> None:
    kept = [
        messages.Message('引“"\\', english=('q"\\',)),
        messages.Message("%(n)s件", "%(n)s件", english=("%(n)s one", "%(n)s many")),
    ]
    assert messages.read(messages.written(kept)) == kept
    catalogue = gettext.GNUTranslations(BytesIO(messages.compiled(kept)))
    assert catalogue.gettext('引“"\\') == 'q"\\'
    assert [catalogue.ngettext("%(n)s件", "%(n)s件", number) for number in (1, 2)] == ["%(n)s one", "%(n)s many"]


def test_django_reads_the_catalogue() -> None:
    with translation.override("en"):
        assert translation.gettext("退出登录") == "Sign out"
        assert translation.ngettext("还有 %(days)d 天", "还有 %(days)d 天", 1) == "%(days)d day left"
    with translation.override("zh-hans"):
        assert translation.gettext("退出登录") == "退出登录"


def test_the_record_is_chinese_whatever_the_page_is_read_in() -> None:
    seat = Seat(account=Account(name="李芳"), congress_id=uuid7(), key="deputy_office", holder_kind="organ")
    with translation.override("en"):
        assert office_name(seat) == "Deputies' office"
        assert actor_for(seat).office_name == "代表工作机构"


def declared() -> Iterator[tuple[str, Labelled]]:
    """Everything the procedures declare that a page names."""
    for table in registry.procedures():
        yield table.key, table
        things: list[Labelled] = [*table.states, *table.steps, *table.clocks]
        things += [office for step in table.steps for office in (*step.offices, *step.tells)]
        things += [clock.whose for clock in table.clocks]
        things += [office for group in table.sealed for office in group.opened_by]
        yield from ((f"{table.key}: {thing.key}", thing) for thing in things)


def test_every_declaration_has_an_english_label() -> None:
    assert sorted({f"{type(thing).__name__} {name}" for name, thing in declared() if not thing.label_en}) == []
