"""C05 历年留言和答复: files of hotlines and mailboxes become opinions of a past time."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from openrenda.docket.models import Act, Matter, OutboxEntry, RunningClock
from openrenda.docket.verify import verify_congress
from openrenda.documents.tables import write_workbook
from openrenda.documents.workbooks import Sheet
from openrenda.figures import Period
from openrenda.people.imports import Outcome
from openrenda.people.models import Category
from openrenda.procedures.bringing_in.remnants import without_remnants
from openrenda.procedures.opinion import facts
from openrenda.procedures.opinion.imports import Manner, run_file, template
from openrenda.procedures.opinion.records import Opinion
from openrenda.procedures.residents import OpinionContact
from openrenda.web.tests.stage import seat, text
from tests.cast import Cast

from .opining import entered

KEEP = Manner(keep=True)
ROW: dict[str, Any] = {
    "留言编号": "2549.0", "留言用户": "青石老李", "留言主题": "学府路路灯不亮", "留言时间": "2019/4/25 9:32:09",
    "留言详情": "\n\t\t\t\n\t\t\t<p>六盏路灯坏了&nbsp;半个月。</p><br/>请打13800138000。\n\t\t", "承办单位": "区交通运输局",
    "答复意见": "网友“青石老李”：您好！已经更换。", "答复时间": "2019-05-10 14:56:53",
}  # fmt: skip


def bring(cast: Cast, *rows: dict[str, Any], manner: Manner = KEEP) -> Outcome:
    """Rows of one file."""
    content = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
    return run_file(cast.congress, content, "messages.jsonl", manner)


def reasons(outcome: Outcome) -> dict[int, str]:
    """What is said of each bad row."""
    return {row.number: "".join(row.reasons) for row in outcome.bad_rows}


def test_a_message_becomes_an_answered_opinion_of_its_time(cast: Cast) -> None:
    """Said on one day, answered on another, closed, with its number, its organ and its words without what a page left in them."""
    outcome = bring(cast, ROW)
    assert (outcome.kept, outcome.counts) == (True, {"added": 1, "same": 0, "bad": 0})
    matter, record = Matter.objects.get(), Opinion.objects.get()
    assert (matter.state, matter.number, matter.title) == ("closed", "2549", "学府路路灯不亮")
    assert (str(matter.opened_on), str(matter.closed_on)) == ("2019-04-25", "2019-05-10")
    assert (str(record.heard_on), str(record.answered_on)) == ("2019-04-25", "2019-05-10")
    assert record.text == "六盏路灯坏了 半个月。\n请打〔手机号已隐去〕。"
    assert (record.organ_id, matter.lead) == (cast.organs["roads"].pk, cast.organs["roads"].pk)
    assert record.answered_by == "区交通运输局"
    assert [act.step for act in Act.objects.order_by("seq")] == ["import_message", "import_answer"]
    assert verify_congress(cast.congress) == []
    assert not RunningClock.objects.exists()
    assert not OutboxEntry.objects.exists()


def test_who_said_it_is_not_kept_and_the_ledger_never_learns_it(cast: Cast) -> None:
    """Decision 0010: name and telephone, as columns or within the words, are in no table."""
    bring(cast, {**ROW, "联系电话": "13900139000"})
    kept = json.dumps(list(Act.objects.values_list("data", flat=True)), ensure_ascii=False)
    record = Opinion.objects.get()
    for secret in ("青石老李", "13800138000", "13900139000"):
        assert secret not in kept + record.text + record.answer
    assert "〔姓名已隐去〕" in record.answer
    assert not OpinionContact.objects.exists()
    assert Matter.objects.get().public_since is None


def test_a_hotline_s_own_names_of_columns_are_recognised(cast: Cast) -> None:
    """Ticket, caller, demand, handler and result, in a GBK table."""
    category = Category.objects.create(code="z9", name="市政设施甲")
    head = "工单号,来电人,来电时间,诉求内容,诉求类型,承办单位,办理结果,办结时间"
    line = "RX-1,王桂兰,2023年3月1日,桥面有坑,市政设施甲,区桥梁所,已补好,20230304"
    outcome = run_file(cast.congress, f"{head}\n{line}\n".encode("gbk"), "hotline.csv", KEEP)
    assert reasons(outcome) == {}
    record = Opinion.objects.get()
    assert (record.ticket, record.matter.number, record.answer) == ("RX-1", "RX-1", "已补好")
    assert (record.category_id, record.organ_id, record.answered_by) == (category.pk, None, "区桥梁所")
    assert Act.objects.get(step="import_message").data["organ_name"] == "区桥梁所"


def test_a_workbook_with_numbers_and_a_title_row_is_read(cast: Cast) -> None:
    """Numbers of a spreadsheet are numbers without a point."""
    head = ["留言编号", "留言主题", "留言时间", "留言详情", "答复意见", "答复时间"]
    book = write_workbook(
        [Sheet("留言", head, [[2554.0, "路没修好", "2019/4/24 16:03:40", None, "正在施工", "2019/5/9"]])]
    )
    assert run_file(cast.congress, book, "messages.xlsx", KEEP).kept
    assert (Matter.objects.get().number, Opinion.objects.get().text) == ("2554", "路没修好")


def test_each_bad_row_has_its_reason_and_nothing_is_kept(cast: Cast) -> None:
    """All or nothing, unless the good ones are asked for."""
    today = timezone.localdate()
    rows = (
        ROW,
        {**ROW, "留言主题": "同号的另一件"},
        {**ROW, "留言编号": "3", "答复意见": " "},
        {**ROW, "留言编号": "4", "留言时间": "2019/13/1"},
        {**ROW, "留言编号": "5", "答复时间": "2018-01-01"},
        {**ROW, "留言编号": "6", "答复时间": f"{today.year + 1}-01-01"},
        {**ROW, "留言编号": "7", "留言主题": "", "留言详情": "\n\t"},
        {**ROW, "留言编号": "8"},
    )
    outcome = bring(cast, *rows)
    said = reasons(outcome)
    for row, words in {
        2: "与第 1 行重复",
        3: "“答复意见”没有填",
        4: "留言时间",
        5: "早于留言时间",
        6: "在今天之后",
        7: "都没有填",
    }.items():
        assert words in said.pop(row)
    assert said == {}
    assert not outcome.kept
    assert not Matter.objects.exists()
    assert bring(cast, *rows, manner=Manner(keep=True, resume=True)).counts == {"added": 2, "same": 0, "bad": 6}


def test_the_same_file_again_is_recognised(cast: Cast) -> None:
    """By its number within its source; without one by its words and its day."""
    without = {key: value for key, value in ROW.items() if key != "留言编号"}
    rows = (ROW, without, {**ROW, "来源": "市长信箱"})
    assert bring(cast, *rows).counts["added"] == 3
    assert "以前已经导入" in reasons(bring(cast, *rows))[1]
    assert bring(cast, *rows, manner=Manner(keep=True, resume=True)).counts == {"added": 0, "same": 3, "bad": 0}
    assert Matter.objects.count() == 3


@pytest.mark.parametrize("missing", ["答复意见", "答复时间", "留言时间"])
def test_a_table_without_what_is_needed_is_refused_as_a_whole(cast: Cast, missing: str) -> None:
    assert f"“{missing}”" in bring(cast, {key: value for key, value in ROW.items() if key != missing}).problems[0]


def test_unknown_columns_are_refused_or_kept(cast: Cast) -> None:
    row = {**ROW, "回访员": "甲"}
    assert "“回访员”" in bring(cast, row).problems[0]
    assert bring(cast, row, manner=Manner(keep=True, further=True)).kept
    assert Act.objects.get(step="import_message").data["further"] == {"回访员": "甲"}


def test_the_figures_of_opinions_leave_them_out(cast: Cast) -> None:
    """They were said to the city; counting them would colour the congress's own numbers."""
    bring(cast, ROW)
    heard, today = entered(cast), timezone.localdate()
    assert [row.matter_id for row in facts.received(Period(date(2019, 1, 1), today, today))] == [heard.pk]


def test_pointed_brackets_that_are_no_tags_stay() -> None:
    assert (
        without_remnants("<b>按</b><物业管理条例>第三条，3&lt;5<br>好<style>p{}</style>")
        == "按<物业管理条例>第三条，3<5\n好"
    )


def test_the_office_brings_a_file_in_from_the_page(cast: Cast) -> None:
    """Preview first; then the same bytes are kept. Others are not let in."""
    place = "/administration/import/messages/"
    content = json.dumps(ROW, ensure_ascii=False).encode()
    office = seat(cast, "office")
    page = office.post(place, {"file": SimpleUploadedFile("m.jsonl", content)})
    assert "学府路路灯不亮" in text(page)
    assert not Matter.objects.exists()
    fields = dict(re.findall(r'<input type="hidden" name="(content|name)" value="([^"]*)">', page.content.decode()))
    assert office.post(place, fields).status_code == 302
    assert Matter.objects.get().number == "2549"
    assert seat(cast, "street").get(place).status_code == 404
    assert office.get("/administration/import/messages/template/").content[:2] == template("messages")[:2]
