"""Past suggestions brought in from tables: as they were published, or step by step."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from openrenda.docket.models import Act, Matter, OutboxEntry, Party, RunningClock
from openrenda.docket.verify import verify_congress
from openrenda.documents.tables import write_workbook
from openrenda.documents.workbooks import Sheet
from openrenda.people.imports import Outcome
from openrenda.procedures.bringing_in import sessions
from openrenda.procedures.suggestion.imports import Manner, run_file, run_shared_file, template
from openrenda.procedures.suggestion.records import Judgement, Reply, Suggestion
from openrenda.search import find
from openrenda.tenancy import congress_scope
from tests.cast import CONTACT, REPLY, Cast, assemble

KEEP = Manner(keep=True)
REPLIED = {
    "title": "关于改造青石路的建议", "session": "第五届第1次会议", "number": "031", "year": 2022,
    "handling_organ": "区交通运输局", "co_handlers": ["区园林局", "某某公司"], "result_class": "（B类）",
    "disclosure": "此件公开发布", "document_number": "试交函〔2022〕8号", "reply_date": "2022-06-01",
    "reply_text": "代表：建议收悉，已经列入计划。", "deputies_count": 3, "published_date": "2022-06-05",
}  # fmt: skip


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    people = assemble()
    with congress_scope(people.congress):
        yield people


def lines(*rows: dict[str, Any]) -> bytes:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def bring(cast: Cast, *rows: dict[str, Any], manner: Manner = KEEP) -> Outcome:
    return run_file(cast.congress, lines(*rows), "past.jsonl", manner)


def reasons(outcome: Outcome) -> dict[int, str]:
    return {row.number: "".join(row.reasons) for row in outcome.bad_rows}


def test_a_published_record_lands_word_for_word(cast: Cast) -> None:
    """Nothing bent: the act holds the words, the record what the registers know of them."""
    outcome = bring(cast, REPLIED)
    assert outcome.kept
    assert outcome.counts == {"added": 1, "same": 0, "bad": 0}
    matter, act = Matter.objects.get(), Act.objects.get()
    assert (matter.state, matter.number, str(matter.public_since)) == ("replied", "031", "2022-06-05")
    for key, name in (("result_class", "result_class"), ("session", "session_name"), ("disclosure", "disclosure")):
        assert act.data[name] == REPLIED[key]
    assert act.data["assisting_names"] == REPLIED["co_handlers"]
    record = Suggestion.objects.get()
    assert (record.organ_id, record.session.number) == (cast.organs["roads"].pk, 1)
    assert (record.result_class, record.cosigners, record.received_on) == ("B", 2, None)
    reply = Reply.objects.get()
    assert (reply.full_text, reply.class_label) == (REPLIED["reply_text"], "（B类）")
    assert [hit.subject for hit in find("列入计划")] == [matter.pk]
    assert verify_congress(cast.congress) == []
    assert not OutboxEntry.objects.exists()


@pytest.mark.parametrize("words", ["A/B", "二类", "A1", "未分类"])
def test_a_class_nobody_knows_stays_as_it_was_written(cast: Cast, words: str) -> None:
    bring(cast, {**REPLIED, "result_class": words})
    assert Suggestion.objects.get().result_class == words


def test_a_mark_that_forbids_publication_is_obeyed(cast: Cast) -> None:
    bring(cast, {**REPLIED, "disclosure": "不予公开"})
    assert Matter.objects.get().public_since is None


@pytest.mark.parametrize(
    ("row", "state"),
    [
        ({"title": "一", "year": 2022}, "received"),
        ({"title": "一", "year": 2022, "handling_organ": "某局"}, "handling"),
        ({"title": "一", "year": 2022, "judgement": "满意"}, "closed"),
        ({"title": "一", "year": 2022, "handling_organ": "某局", "state": "已办结"}, "closed"),
    ],
)
def test_the_state_is_what_the_record_says(cast: Cast, row: dict[str, Any], state: str) -> None:
    assert bring(cast, row).kept
    assert Matter.objects.get().state == state
    assert not RunningClock.objects.exists(), "no limit runs from a day that is not told"


def test_a_limit_runs_from_a_day_that_is_told(cast: Cast) -> None:
    """代表法第五十一条: three months from the hand-over."""
    bring(cast, {"title": "一", "assigned_on": "2022-03-01", "handling_organ": "区交通运输局"})
    clock = RunningClock.objects.get()
    assert (clock.key, str(clock.started_on)) == ("reply", "2022-03-01")
    assert Party.objects.get(role="handler").holder == cast.organs["roads"].pk


def test_bad_rows_are_named_and_nothing_is_kept(cast: Cast) -> None:
    outcome = bring(
        cast,
        REPLIED,
        {**REPLIED, "title": "另一件"},
        {"title": "没有年度"},
        {"title": "没有登记的会次", "session": "第九届第九次会议"},
        {"year": 2022},
        {"title": "倒着的日期", "received_on": "2022-05-01", "reply_date": "2022-04-01"},
        {"title": "一", "year": "二二"},
        {"title": "明年", "year": 2199},
        {"title": "二", "year": 2022, "state": "不明"},
    )
    said = reasons(outcome)
    assert not outcome.kept
    assert not Matter.objects.exists()
    for row, words in {2: "与第 1 行重复", 3: "不知道是哪一年", 4: "没有登记“第九届第九次会议”", 5: "“标题”没有填",
                       6: "早于接收日期", 7: "不是整数", 8: "在今天之后", 9: "不在可选范围内"}.items():  # fmt: skip
        assert words in said.pop(row)
    assert said == {}


def test_one_number_may_stand_in_two_sessions(cast: Cast) -> None:
    rows = [{**REPLIED, "session": words} for words in ("五届一次会议", "第五届第二次会议", "第五届第二次会议闭会期间")]
    assert bring(cast, *rows).kept
    assert Matter.objects.count() == 3
    assert (
        "与第 1 行重复"
        in reasons(bring(cast, {**REPLIED, "number": "9"}, {**REPLIED, "number": "9", "title": "二"}))[2]
    )


def test_a_number_already_in_the_system_is_named(cast: Cast) -> None:
    bring(cast, REPLIED)
    assert REPLIED["title"] in reasons(bring(cast, {**REPLIED, "title": "同号的另一件"}))[1]


def test_a_repeated_import_is_recognised(cast: Cast) -> None:
    more = {**REPLIED, "number": "32", "title": "第二件"}
    bring(cast, REPLIED)
    assert "以前已经导入" in reasons(bring(cast, REPLIED, more))[1]
    outcome = bring(cast, REPLIED, more, {"title": "坏的一行"}, manner=Manner(keep=True, resume=True))
    assert outcome.counts == {"added": 1, "same": 1, "bad": 1}
    assert Matter.objects.count() == 2


def test_a_dry_run_keeps_nothing(cast: Cast) -> None:
    for manner in (Manner(keep=False), Manner(keep=False, resume=True)):
        outcome = bring(cast, REPLIED, manner=manner)
        assert outcome.counts["added"] == 1
        assert not outcome.kept
    assert not Matter.objects.exists()


def test_unknown_columns_are_refused_or_kept_as_they_are(cast: Cast) -> None:
    row = {**REPLIED, "来源站点": "某网"}
    assert "“来源站点”" in bring(cast, row).problems[0]
    assert bring(cast, row, manner=Manner(keep=True, further=True)).kept
    assert Act.objects.get().data["further"] == {"来源站点": "某网"}


def test_each_row_goes_to_the_congress_it_names(cast: Cast) -> None:
    content = lines({**REPLIED, "congress": "试验区人大"}, {**REPLIED, "congress": "别处"})
    outcomes = run_shared_file(content, "past.jsonl", KEEP)
    assert outcomes["试验区人大"].kept
    assert "没有名称为“别处”的人大" in reasons(outcomes["别处"])[2]


def test_a_workbook_and_a_gbk_table_say_the_same(cast: Cast, tmp_path: Path) -> None:
    head, row = ["标题", "年度", "编号", "答复日期"], ["关于路灯的建议", 2022, 31, "2022.6.1"]
    book = write_workbook([Sheet("建议", head, [row])])
    assert run_file(cast.congress, book, "past.xlsx", KEEP).kept
    text = "\n".join([",".join(head), ",".join(map(str, row)).replace("路灯", "路牌").replace("31", "32")])
    assert run_file(cast.congress, text.encode("gbk"), "past.csv", KEEP).kept
    assert sorted(Matter.objects.values_list("number", flat=True)) == ["31", "32"]


def test_the_template_asks_for_what_the_import_reads(cast: Cast) -> None:
    outcome = run_file(cast.congress, template("suggestions"), "blank.xlsx", KEEP)
    assert outcome.problems == ("表里只有表头，没有一行数据，没有导入任何内容。",)


@pytest.mark.parametrize(
    ("words", "term", "number", "between"),
    [
        ("第九届第三次会议", 9, 3, False),
        ("十一届一次会议", 11, 1, False),
        ("第二十届人大第10次会议", 20, 10, False),
        ("十五届第六次会议闭会期间", 15, 6, True),
        ("第十七届", 17, None, False),
        ("闭会期间", None, None, True),
        ("2019年会议", None, None, False),
    ],
)
def test_sessions_are_read_as_congresses_write_them(words: str, term: int, number: int, between: bool) -> None:
    read = sessions.written(words)
    assert (read.words, read.term, read.number, read.between) == (words, term, number, between)


def step(key: str, day: str, who: str = "", **more: Any) -> dict[str, Any]:
    data = more.pop("data", {})
    return {"suggestion": "甲1", "step": key, "date": day, "who": who, "data": data, **more}


STORY = (
    step("import_received", "2022-01-11", number="31", session="第五届第一次会议",
         data={"标题": "关于改善学府路通行的建议", "领衔代表": "陈一鸣", "接收日期": "2022-01-11", "会次": "第五届第一次会议"}),
    step("交办", "2022-01-20", "李芳", data={"主办单位": "区交通运输局"}),
    step("签收", "2022-01-21", "王强"),
    step("登记联系", "2022-02-01", "王强", data={**CONTACT, "方式": "上门走访", "日期": "2022年2月1日"} | {"way": None}),
    step("draft_reply", "2022-03-01", "王强", data=REPLY),
    step("sign_reply", "2022-03-02", "赵局长"),
    step("judge", "2022-03-09", "陈一鸣", data={"对办理态度": "满意", "对办理结果": "满意"}),
)  # fmt: skip


def test_a_whole_history_goes_through_the_table(cast: Cast) -> None:
    """Each step with its true date and its true people; the clocks and the ledger are as if it had been so."""
    assert reasons(bring(cast, *STORY)) == {}
    matter = Matter.objects.get()
    assert (matter.state, matter.number, str(matter.closed_on)) == ("closed", "31", "2022-03-09")
    acts = list(Act.objects.order_by("seq"))
    assert [act.step for act in acts][1:3] == ["assign", "sign_for"]
    assert [act.actor_name for act in acts][-2:] == ["赵局长", "陈一鸣"]
    assert Judgement.objects.get().deputy == cast.mandates["chen"].pk
    assert str(RunningClock.objects.get(key="reply").stopped_on) == "2022-03-02"
    assert not OutboxEntry.objects.exists(), "nobody is told of what is long past"
    assert verify_congress(cast.congress) == []


@pytest.mark.parametrize(
    ("change", "row", "words"),
    [
        ((3, {"date": "2022-01-01"}), 4, "早于上一步骤"),
        ((1, {"step": "飞"}), 2, "没有“飞”这一步骤"),
        ((1, {"data": {"主办单位": "天宫"}}), 2, "没有“天宫”"),
        ((1, {"data": {"主办单位": "区交通运输局", "口令": "x"}}), 2, "不记录“口令”"),
        ((3, {"step": "draft_reply", "data": REPLY}), 4, "应当与代表联系沟通"),
        ((4, {"data": {**REPLY, "done": ""}}), 5, "至少一项"),
    ],
)
def test_a_step_the_table_does_not_allow_is_refused_with_its_row(
    cast: Cast, change: tuple[int, dict[str, Any]], row: int, words: str
) -> None:
    place, different = change
    story = [{**told, **different} if number == place else told for number, told in enumerate(STORY)]
    outcome = bring(cast, *story)
    assert words in reasons(outcome)[row]
    assert not Matter.objects.exists()
    assert not Act.objects.exists()


def test_a_history_may_begin_with_the_deputy(cast: Cast) -> None:
    opening = step("propose", "2022-03-01", "chen", data={"title": "关于路灯的建议", "情况": "暗", "具体建议": "装灯"})
    assert bring(cast, opening).kept
    assert Party.objects.get(role="sponsor").holder == cast.mandates["chen"].pk
    stranger = {**opening, "who": "无名氏", "suggestion": "乙"}
    assert "代表名册中没有当时在任的“无名氏”" in reasons(bring(cast, stranger))[1]
