"""N02 年度工作报告: the words are the author's, every number is the system's and can be proved."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from docx import Document
from hypothesis import given
from hypothesis import strategies as some

from openrenda import docket
from openrenda.docket.models import Matter
from openrenda.docket.refusals import Overtaken, Refused
from openrenda.docket.situation import book_of
from openrenda.figures import in_year
from openrenda.figures.models import FrozenFigure, FrozenItem, SharedFigure
from openrenda.figures.reading import Reading
from openrenda.figures.registry import figure
from openrenda.figures.reports.comparing import Comparison, compared
from openrenda.figures.reports.composing import Item, _print_number
from openrenda.figures.reports.numbers import loose, placeholders
from openrenda.figures.reports.parsing import Directive, Place, parse
from openrenda.figures.reports.sharing import readable_by
from openrenda.figures.reports.writing import Form, count_words, large
from openrenda.people.models import Congress, Session, Term
from openrenda.rulebook import resolution
from openrenda.web.tests.stage import Way, seat, text
from tests.cast import CONTACT, REPLY, Cast
from tests.desk import Desk

from .conftest import Wall
from .stage import replied

RECEIVED = "全年接收代表建议{{ figure suggestion.received }}。"


def blocks(desk: Desk) -> set[str]:
    """The kinds of what blocks the report."""
    return {kind for grade, kind in desk.found() if grade == "blocks"}


def kinds(desk: Desk) -> set[str]:
    """The kinds of all that was found."""
    return {kind for _grade, kind in desk.found()}


# Must (1)


def test_1_every_number_is_bound_to_a_counter_and_a_day_and_unbound_ones_are_listed(cast: Cast) -> None:
    """Must (1)."""
    Way(cast).received()
    desk = Desk(cast, f"{RECEIVED}建设联络点35个。")
    assert kinds(desk) == {"unbound"}
    assert "“35”没有绑定统计项" in desk.words()
    page = text(seat(cast, "office").get(f"/reports/{desk.pk}/"))
    assert "as_of=" in page
    assert ">1件<" in page
    assert "数据截至" in page


@pytest.mark.parametrize(
    "words",
    ["2022年，三届人大一次会议以来", "根据《代表法》第五十一条第二款", "2026年3月5日召开", "第16届第4次会议", "编号〔2026〕12号",
     "31号区块、12345热线", "“十四五”规划", "1. 第一项工作", "2026-03-05", "2021—2025年"],
)  # fmt: skip
def test_1_years_days_articles_and_names_are_no_claims(words: str) -> None:
    assert [one.text for one in loose(words)] == []


@pytest.mark.parametrize(
    ("words", "found"),
    [("解决问题210个", "210"), ("征求意见500多条", "500多"), ("解决率84.07%", "84.07%"), ("二十三件建议", "二十三"), ("2.5亿元", "2.5亿"),
     ("500多条建设基层人大代表联络点35个", "500多 35")],
)  # fmt: skip
def test_1_a_claim_is_found_however_it_is_written(words: str, found: str) -> None:
    """T5: two numbers run together are two numbers."""
    assert " ".join(one.text for one in loose(words)) == found


def test_1_a_number_typed_by_hand_names_its_source_and_is_marked(cast: Cast) -> None:
    desk = Desk(cast, "建设联络点{{ typed 35 个 }}。")
    assert "须写明出处" in desk.words()
    desk.write("建设联络点{{ typed 35 个 source=办公室台账 }}。")
    assert desk.found() == []
    assert "手填，出处：办公室台账" in text(seat(cast, "office").get(f"/reports/{desk.pk}/"))
    desk.issued()
    assert FrozenFigure.objects.get().source == "办公室台账"


def test_1_an_unknown_figure_is_named_with_its_line_and_the_nearest(cast: Cast) -> None:
    desk = Desk(cast, "一\n\n二{{ figure suggestion.recieved }}")
    assert "第3行" in desk.words()
    assert "suggestion.received" in desk.words()
    assert blocks(desk) == {"unreadable"}


# Must (2)


def test_2_a_headline_and_a_body_with_two_values_block_the_report(cast: Cast) -> None:
    """Must (2), T1: 130多个 above, 150多个 below."""
    text_ = "# 解决民生问题{{ typed 130多 个 as=民生问题 source=甲 }}\n\n解决民生问题{{ typed 150多 个 as=民生问题 source=乙 }}。"
    desk = Desk(cast, text_)
    assert "T1" in blocks(desk)
    with pytest.raises(Refused, match="写了两个数"):
        desk.take("office", "submit")
    desk.write(text_.replace("130多", "150多"))
    assert "T1" not in blocks(desk)


def test_2_different_units_are_different_counters(cast: Cast) -> None:
    """T1: 500余人次 and 120次 can both hold."""
    desk = Desk(
        cast, "接待{{ typed 500余 人次 as=接待群众 source=甲 }}，活动{{ typed 120 次 as=接待群众 source=乙 }}。"
    )
    assert "T1" not in kinds(desk)


def test_2_one_figure_as_of_two_days_is_two_values(cast: Cast, wall: Wall) -> None:
    Way(cast).received()
    wall.pass_days(10)
    Way(cast, title="关于另一件事的建议").received()
    desk = Desk(cast, f"# {{{{ figure received as_of=2026-03-05 }}}}\n\n{RECEIVED}")
    assert "T1" in blocks(desk)


# Must (3)


def test_3_a_part_larger_than_its_whole_is_refused_unless_declared_apart(cast: Cast) -> None:
    """Must (3), T4: 152 collected, 210 solved."""
    collected = "收集意见{{ typed 152 条 as=意见 source=台账 }}，"
    solved = "解决问题{{ typed 210 个 as=问题 of=意见 source=台账 }}。"
    desk = Desk(cast, collected + solved)
    assert ("blocks", "T4") in desk.found()
    desk.write(collected + solved + '{{ separate 意见 问题 reason="一条意见可有几个问题" }}')
    assert "T4" not in kinds(desk)
    assert "210" in text(seat(cast, "office").get(f"/reports/{desk.pk}/"))


def test_3_the_sentence_alone_is_warned_of(cast: Cast) -> None:
    desk = Desk(
        cast, "收集意见{{ typed 152 条 as=意见 source=台账 }}，解决问题{{ typed 210 个 as=问题 source=台账 }}。"
    )
    assert ("warns", "T4") in desk.found()


def test_3_a_total_that_its_parts_do_not_add_up_to_blocks(cast: Cast) -> None:
    words = "共{{ typed 10 项 as=总 source=a }}，甲{{ typed 4 项 as=甲 source=a }}、乙{{ typed 5 项 as=乙 source=a }}。{{ sum 总 = 甲 + 乙 }}"
    desk = Desk(cast, words)
    assert "sum" in blocks(desk)
    desk.write(words.replace("typed 10", "typed 9"))
    assert "sum" not in blocks(desk)


# Must (4)


def test_4_rates_show_numerator_denominator_and_rule(cast: Cast) -> None:
    """Must (4), T2, T18: on the page, in the annex, and as plain values; another rate beside it is pointed out."""
    for letter in "AAC":
        way = Way(cast).handling()
        way.take("roads_clerk", "contact", {**CONTACT, "held_on": timezone.localdate().isoformat()})
        way.take("roads_clerk", "draft_reply", {**REPLY, "result_class": letter, "cannot": "条件不足"})
        way.take("roads_head", "sign_reply")
    desk = Desk(cast, "办复率{{ figure answer_rate }}，解决率{{ figure solved_rate 截断 }}。")
    assert kinds(desk) == {"T18"}
    client = seat(cast, "office")
    page = text(client.get(f"/reports/{desk.pk}/"))
    assert ">66.66%<" in page
    assert "解决率：2 ÷ 3，截断" in page
    row = client.get(f"/reports/{desk.pk}/figures.json").json()["figures"][1]
    assert (row["numerator"], row["denominator"], row["rounding"], row["excluded"]) == (2, 3, "截断", 0)
    desk.issued()
    frozen = FrozenFigure.objects.get(position=2)
    assert (frozen.part, frozen.whole, frozen.rounding, frozen.rate) == (2, 3, "截断", "66.66%")


# Must (5)


@pytest.mark.parametrize(
    "words", ["联动周边X个社区", "办理××件", "接待待填人次", "共（ ）件", "收到___件", "{{ }}件", "XX街道", "建设□□个"]
)
def test_5_a_left_over_placeholder_blocks(cast: Cast, words: str) -> None:
    """Must (5), T8."""
    desk = Desk(cast, words)
    assert blocks(desk)
    with pytest.raises(Refused):
        desk.take("office", "submit")


@pytest.mark.parametrize("words", ["X光机进社区", "长3×5米", "“×”号", "5G网络", "Excel表格"])
def test_5_what_only_looks_like_one_does_not(words: str) -> None:
    assert list(placeholders(words)) == []


# Must (6), and what is frozen


@pytest.fixture
def last_year(cast: Cast, wall: Wall) -> tuple[Desk, Way]:
    """A report issued with one answered suggestion, which is rejected and handled again later."""
    way = replied(Way(cast).handling(), timezone.localdate().isoformat())
    desk = Desk(cast, f"{RECEIVED}解决率{{{{ figure solved_rate }}}}。\n\n{{{{ list received }}}}").issued(public="on")
    wall.pass_days(5)
    way.take("chen", "reject", {"attitude": "satisfied", "reasons": "仍然拥堵"})
    way.take("roads_clerk", "contact", {**CONTACT, "held_on": timezone.localdate().isoformat()})
    way.take("roads_clerk", "draft_second_reply", {**REPLY, "result_class": "C", "cannot": "条件不足"})
    way.take("roads_chief", "sign_second_reply")
    return desk, way


def test_6_then_and_now_are_rounded_alike(cast: Cast) -> None:
    """Must (4), (6): 86 of 228 is 37.71 % truncated, then and now, whatever the congress's own rule."""
    one = figure("solved_rate")
    period = in_year(2026, date(2026, 12, 31))
    now = Reading(one, period, 86, 228, 0, "37.72%", "四舍五入")
    frozen = FrozenFigure(
        side="part", kind="figure", key="solved_rate", part=86, whole=228, excluded=0, rate="37.71%", rounding="截断"
    )
    same = Comparison(frozen, one, now, "")
    assert (same.value_then, same.value_now, same.changed) == ("37.71%", "37.71%", False)
    later = Comparison(frozen, one, Reading(one, period, 87, 228, 0, "38.16%", "四舍五入"), "")
    assert (later.value_now, later.changed) == ("38.15%", True)


def test_6_a_mean_is_printed_and_compared_as_a_mean(cast: Cast) -> None:
    """Must (1): of a mean the report prints the quotient, never how many rows it was made of."""
    one = figure("compliance_first")
    item = Item("figure", Place(1), one.key, one.label, in_year(2026, date(2026, 12, 31)), figure=one, unit="件")
    item.reading = Reading(one, item.period, 3, None, None, None, "四舍五入", "76.67", 230)
    _print_number(item, book_of(cast.congress.pk))
    assert (item.printed, item.value, item.is_rate) == ("76.67", Decimal("76.67"), True)
    frozen = FrozenFigure(kind="figure", side="part", key=one.key, part=3, rate="76.67", rounding="四舍五入")
    now = Reading(one, item.period, 3, None, None, None, "四舍五入", "80.00", 240)
    assert (Comparison(frozen, one, now, "").value_now, Comparison(frozen, one, now, "").changed) == ("80.00", True)


def test_6_the_report_of_a_past_year_prints_with_that_year_s_figures(cast: Cast, last_year: tuple[Desk, Way]) -> None:
    """Must (6), B16 (4), (5): a reopened record changes now, never then."""
    desk, _way = last_year
    rate = compared(FrozenFigure.objects.filter(position=2), timezone.localdate())[0]
    assert (rate.value_then, rate.value_now, rate.changed) == ("100.00%", "0.00%", True)
    assert list(FrozenItem.objects.filter(figure=rate.frozen).values_list("in_part", "in_whole", "left_out")) == [
        (True, True, False)
    ]
    page = text(seat(cast, "office").get(f"/reports/{desk.pk}/"))
    assert ">100.00%<" in page
    assert "签发后记录有变化" in page


def test_6_the_frozen_list_is_the_list_it_was(cast: Cast, last_year: tuple[Desk, Way]) -> None:
    desk, way = last_year
    answer = seat(cast, "leader").get(f"/reports/{desk.pk}/2/?side=whole")
    assert str(way.pk) in text(answer)
    assert "0.00%" in text(answer)


def test_6_a_figure_whose_definition_changed_since_says_so(cast: Cast, last_year: tuple[Desk, Way]) -> None:
    FrozenFigure.objects.filter(position=1).update(definition=7)
    row = compared(FrozenFigure.objects.filter(position=1), timezone.localdate())[0]
    assert "口径已从第7版改为第1版" in row.redefined


def test_6_what_was_removed_at_the_end_of_its_time_is_said_to_be_gone(cast: Cast, last_year: tuple[Desk, Way]) -> None:
    desk, _way = last_year
    FrozenItem.objects.filter(figure__position=1).update(evidence=desk.pk.__class__(int=5), title="关于某事的建议")
    page = text(seat(cast, "office").get(f"/reports/{desk.pk}/1/"))
    assert "已按保管期限销毁" in page
    assert "关于某事的建议" in page


def test_6_an_issued_report_is_never_written_again(cast: Cast, last_year: tuple[Desk, Way]) -> None:
    desk, _way = last_year
    for step, data in (
        ("write", {"text": "改"}),
        ("set_day", {"as_of": "2026-03-05"}),
        ("write_part", {"name": "a", "text": "b"}),
    ):
        with pytest.raises(Refused):
            desk.take("office", step, data)


# The procedure


def test_one_drafts_another_checks_a_third_issues(cast: Cast) -> None:
    """Four eyes, twice."""
    desk = Desk(cast, RECEIVED)
    desk.take("office", "submit")
    with pytest.raises(Refused, match="另一人"):
        desk.take("office", "pass")
    desk.take("leader", "pass")
    with pytest.raises(Refused, match="另一人"):
        desk.take("leader", "issue")


def test_of_two_who_issue_at_once_the_second_is_told(cast: Cast) -> None:
    """409: one act, one frozen set."""
    desk = Desk(cast, RECEIVED).checked()
    seen = desk.matter
    desk.take("leader", "issue")
    with pytest.raises(Overtaken):
        docket.act(seen, "issue", by=cast["leader"], seen=seen.version)
    assert FrozenFigure.objects.count() == 1


def test_a_worker_that_dies_half_way_leaves_nothing_and_running_again_completes(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(cast, RECEIVED).checked()
    Way(cast).received()
    monkeypatch.setattr("openrenda.figures.reports.freezing._evidence", _dies)
    with pytest.raises(KeyboardInterrupt):
        desk.take("leader", "issue")
    assert (desk.matter.state, FrozenFigure.objects.count(), desk.record.pieces) == ("checked", 0, [])
    monkeypatch.undo()
    desk.take("leader", "issue")
    assert (desk.matter.state, FrozenFigure.objects.count(), FrozenItem.objects.count()) == ("issued", 1, 1)


def _dies(*arguments: Any) -> Any:
    raise KeyboardInterrupt


def test_parts_are_included_and_a_circle_is_named(cast: Cast) -> None:
    desk = Desk(cast, "{{ include 甲 }}").part("甲", "一{{ include 乙 }}")
    with pytest.raises(Refused, match=r"甲 → 乙 → 甲|乙 → 甲 → 乙"):
        desk.part("乙", "二{{ include 甲 }}")
    desk.part("乙", RECEIVED)
    assert desk.found() == []


def test_a_report_may_begin_at_a_session(cast: Cast, wall: Wall) -> None:
    """B16 (3)."""
    session = Session.objects.create(
        term=Term.objects.get(), number=2, since=timezone.localdate(), until=date(2026, 3, 6)
    )
    Way(cast).received()
    wall.pass_days(20)
    Way(cast, title="关于次年一件事的建议").received()
    desk = Desk(cast, RECEIVED, session=session.pk, since="2026-03-02")
    assert "2件" in text(seat(cast, "office").get(f"/reports/{desk.pk}/"))


def test_a_part_of_a_year_is_not_set_beside_a_whole_one(cast: Cast) -> None:
    """T20."""
    this = timezone.localdate().year
    desk = Desk(cast, f"去年{{{{ figure received year={this - 1} }}}}，今年{{{{ figure received }}}}。")
    assert "T20" in blocks(desk)
    desk.write(
        f"去年同期{{{{ figure received since={this - 1}-01-01 until={this - 1}-06-30 }}}}，今年上半年{{{{ figure received since={this}-01-01 until={this}-06-30 }}}}。"
    )
    assert "T20" not in blocks(desk)


def test_one_number_for_two_states_is_warned_of(cast: Cast) -> None:
    """T16."""
    Way(cast).received()
    assert "T16" in kinds(Desk(cast, "收集、解决问题{{ figure received }}。"))
    assert "T16" not in kinds(Desk(cast, "收集问题{{ figure received }}。"))


def test_counters_that_could_be_confused_carry_unit_and_actor(cast: Cast) -> None:
    """T3: 专题调研7次 of the committee, 调研8次 of the deputies."""
    words = "专题调研{{ typed 7 次 as=专题调研 source=a }}，调研{{ typed 8 次 as=调研 source=a }}。"
    desk = Desk(cast, words)
    assert ("warns", "T3") in desk.found()
    desk.write(words.replace("as=专题调研", "as=专题调研 by=常委会").replace("as=调研", "as=调研 by=代表"))
    assert ("warns", "T3") not in desk.found()


# Who sees what


def test_the_public_reads_the_report_and_what_of_its_lists_is_published(
    cast: Cast, last_year: tuple[Desk, Way], client: Any
) -> None:
    desk, way = last_year
    code = cast.congress.division_code
    listed = text(client.get(f"/c/{code}/reports/"))
    assert desk.matter.title in listed
    url = listed.split(f'href="/c/{code}/reports/')[1].split('"')[0]
    page = text(client.get(f"/c/{code}/reports/{url}"))
    assert ">100.00%<" in page
    assert "关于改善学府路早高峰通行的建议" not in page
    behind = text(client.get(f"/c/{code}/reports/{url}2/"))
    assert "关于改善学府路早高峰通行的建议" not in behind
    assert way.matter.number in behind


def test_a_draft_is_nobody_else_s(cast: Cast, client: Any) -> None:
    desk = Desk(cast, RECEIVED)
    for who in ("chen", "roads_head", "street"):
        assert seat(cast, who).get(f"/reports/{desk.pk}/").status_code == 404
    assert desk.matter.title not in text(client.get(f"/c/{cast.congress.division_code}/reports/"))


def test_papers_and_pages_and_their_cost(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for _each in range(3):
        Way(cast).judged()
    desk = Desk(
        cast,
        f"## 一、办理\n\n{RECEIVED}解决率{{{{ figure solved_rate }}}}。\n\n| 项 | 数 |\n|---|---|\n| 满意率 | {{{{ figure satisfaction }}}} |",
    )
    client = seat(cast, "office")
    client.get("/reports/")
    for _state in ("draft", "issued"):
        for path, most in ((f"/reports/{desk.pk}/", 15), ("/reports/", 8), (f"/matters/{desk.pk}/", 20)):
            with django_assert_max_num_queries(most):
                assert client.get(path).status_code == 200
        for name, start in (("report.docx", b"PK"), ("report.docx?layout=feature", b"PK"), ("report.pdf", b"%PDF")):
            assert client.get(f"/reports/{desk.pk}/{name}").content.startswith(start)
        if desk.record.issued_on is None:
            desk.issued()


def test_the_paper_has_the_text_the_table_of_figures_and_in_the_official_layout_its_head(cast: Cast) -> None:
    Way(cast).received()
    desk = Desk(cast, f"## 一、办理\n\n{RECEIVED}").issued(
        issuer="试验区人大常委会", document_number="试人常〔2026〕1号"
    )
    client = seat(cast, "office")
    for query, head in (("", True), ("?layout=feature", False)):
        paper = Document(io.BytesIO(client.get(f"/reports/{desk.pk}/report.docx{query}").content))
        lines = [line.text for line in paper.paragraphs]
        assert ("试人常〔2026〕1号" in lines) is head
        assert "一、办理" in lines
        assert any("接收代表建议1件" in line for line in lines)
        assert [cell.text for cell in paper.tables[0].rows[0].cells][:3] == ["序号", "统计项", "正文写法"]


def test_html_in_the_text_is_words(cast: Cast) -> None:
    desk = Desk(cast, "<script>alert(1)</script>[坏](javascript:alert) ![x](y)\n\n<b onclick=x>粗</b>")
    page = text(seat(cast, "office").get(f"/reports/{desk.pk}/"))
    article = page[page.index('<article class="region') : page.index("</article>")]
    assert "<script" not in article
    assert "<b" not in article
    assert "href" not in article


# Properties


@given(some.integers(0, 10**9), some.integers(0, 4))
def test_in_ten_thousands_nothing_is_invented(value: int, digits: int) -> None:
    assert float(large(value, "万").removesuffix("万")) == pytest.approx(value / 10**4)
    assert abs(float(large(value, "万", digits).removesuffix("万")) * 10**4 - value) <= 10**4 / 10**digits / 2 + 1e-6
    assert float(large(value, "万", digits, rule="truncate").removesuffix("万")) * 10**4 <= value + 1e-6


@given(some.integers(0, 2000), some.integers(0, 2000))
def test_somewhat_more_is_true_or_refused(value: int, base: int) -> None:
    try:
        words = count_words(value, "件", Form(about="余", base=base))
    except ValueError:
        assert not base < value < base + 10 ** (len(str(base)) - len(str(base).rstrip("0")) if base else 0)
    else:
        assert words == f"{base}余件"
        assert value > base


def test_a_unit_that_is_not_counted_is_refused() -> None:
    with pytest.raises(ValueError, match="人次"):
        count_words(3, "件", Form(unit="人次"))


@given(some.text(max_size=200))
def test_no_text_breaks_the_reader(words: str) -> None:
    pieces, problems = parse(words, {"甲": words})
    kept = "".join(piece.raw if isinstance(piece, Directive) else piece.text for piece in pieces)
    assert kept == words or problems or "include" in words or "引用" in words


def test_tables_of_issued_reports_are_in_one_congress(cast: Cast) -> None:
    """Frozen rows carry the congress like every other."""
    desk = Desk(cast, RECEIVED).issued()
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT congress_id FROM figures_frozenfigure")
        assert len(cursor.fetchall()) == 1
    assert Matter.objects.get(pk=desk.pk).state == "issued"


# Found by words, written by a click, sent upward


def test_figures_are_found_by_words_that_mean_the_same(cast: Cast) -> None:
    client = seat(cast, "office")
    for words, key in (
        ("超期", "late"),
        ("逾期", "late"),
        ("办复", "answer_rate"),
        ("solved", "solved_rate"),
        ("沉默", "response_rate"),
    ):
        assert f"suggestion.{key}" in text(client.get("/figures/search/", {"q": words})), words
    assert "没有找到" in text(client.get("/figures/search/", {"q": "飞碟"}))


def test_a_figure_is_written_into_a_draft_by_a_click(cast: Cast) -> None:
    desk = Desk(cast, "一")
    client = seat(cast, "office")
    assert f"/reports/{desk.pk}/add/" in text(client.get("/figures/solved_rate/"))
    answer = client.post(f"/reports/{desk.pk}/add/", {"figure": "suggestion.solved_rate", "seen": desk.matter.version})
    assert answer.status_code == 302
    assert desk.record.text == "一\n\n解决率{{ figure suggestion.solved_rate }}。"
    client.post(f"/reports/{desk.pk}/add/", {"figure": "suggestion.late", "seen": 1})
    assert "late" not in desk.record.text
    assert client.post(f"/reports/{desk.pk}/add/", {"figure": "nothing"}).status_code == 302
    assert "没有统计项“nothing”" in text(client.get(f"/reports/{desk.pk}/"))


def test_congresses_read_of_one_another_only_what_was_sent(cast: Cast) -> None:
    """Chosen numbers, no lists, in the order of the codes, and what differs in meaning is not compared."""
    above = Congress.objects.create(
        division_code="990700", name="试验市人民代表大会", short_name="试验市人大", level="city", fictional=True
    )
    desk = Desk(cast, f"{RECEIVED}解决率{{{{ figure solved_rate }}}}。").issued()
    with pytest.raises(Refused, match="上级人大"):
        desk.take("leader", "send_up", {"positions": ["1"]})
    Congress.objects.filter(pk=cast.congress.pk).update(parent=above)
    desk.take("leader", "send_up", {"positions": ["1"]})
    row = SharedFigure.objects.get()
    assert (row.key, row.printed, row.congress_id) == ("suggestion.received", "0件", cast.congress.pk)
    assert list(readable_by(above.pk)) == [row]
    stranger = Congress.objects.create(
        division_code="990900", name="别处人民代表大会", short_name="别处", level="county", fictional=True
    )
    assert list(readable_by(stranger.pk)) == []
    page = text(seat(cast, "leader").get("/reports/congresses/"))
    assert "试验区人民代表大会" in page
    assert "未满期，不作比较" in page


def test_the_leaders_page_shows_what_is_late_first_and_every_number_opens_its_list(
    cast: Cast, wall: Wall, django_assert_max_num_queries: Any
) -> None:
    Way(cast).handling()
    wall.pass_days(150)
    client = seat(cast, "leader")
    page = text(client.get("/figures/cockpit/"))
    assert page.index("现在逾期的") < page.index("走势")
    assert "区交通运输局" in page
    assert "陈一鸣" not in page
    for piece in page.split('class="evidence number" href="')[1:]:
        assert client.get(piece.split('"')[0].replace("&amp;", "&")).status_code == 200
    with django_assert_max_num_queries(15):
        client.get("/figures/cockpit/")
    big = text(client.get("/figures/cockpit/?wall=1"))
    assert 'hx-trigger="every 60s"' in big
    assert "large-text" in big
    assert "按单位登记次序排列" not in page


def test_organs_stand_side_by_side_only_where_the_congress_has_chosen_so(cast: Cast) -> None:
    resolution.set_local_value(cast.congress, "option.compare_organs", True, basis="主任会议决定", set_by="office")
    resolution.forget()
    Way(cast).replied()
    page = text(seat(cast, "leader").get("/figures/cockpit/"))
    assert "按单位登记次序排列，不排名次" in page
    assert "样本过少" in page


def test_rates_are_not_read_alone(cast: Cast) -> None:
    """The load, what is late and how many answered stand beside a rate, with its interval."""
    Way(cast).replied()
    page = text(seat(cast, "office").get("/figures/satisfaction/"))
    for words in ("一起看", "评价反馈率", "逾期", "没有评价"):
        assert words in page, words
    assert "置信区间（95%）" in text(seat(cast, "office").get("/figures/answer_rate/"))


def test_a_replay_is_marked_on_every_page_and_paper(cast: Cast) -> None:
    resolution.set_local_value(cast.congress, "option.page_notice", "记录均为虚构", basis="复原", set_by="replay")
    resolution.forget()
    client = seat(cast, "office")
    desk = Desk(cast, RECEIVED)
    for url in (
        "/",
        "/reports/",
        f"/reports/{desk.pk}/",
        f"/matters/{desk.pk}/",
        "/figures/",
        f"/c/{cast.congress.division_code}/",
    ):
        assert "记录均为虚构" in text(client.get(url)), url
    paper = Document(io.BytesIO(client.get(f"/reports/{desk.pk}/report.docx").content))
    assert any("记录均为虚构" in line.text for line in paper.paragraphs)


def test_what_is_withheld_since_is_withheld_in_the_report_too(cast: Cast, client: Any) -> None:
    """The portal's rule of sight holds for frozen lists: a title published then and withheld now is not shown; staff still see it."""
    way = Way(cast, title="关于改善学府路通行的建议").replied()
    way.take("office", "publish", {"public_text": "公开文本"})
    desk = Desk(cast, "{{ list received }}\n\n{{ figure received }}").issued(public="on")
    home = f"/c/{cast.congress.division_code}/reports/"
    url = home + text(client.get(home)).split(f'href="{home}')[1].split('"')[0]
    assert all("学府路" in text(client.get(path)) for path in (url, f"{url}2/"))
    way.take("office", "withhold", {"reason": "涉及安全"})
    assert not any("学府路" in text(client.get(path)) for path in (url, f"{url}2/"))
    assert way.matter.number in text(client.get(f"{url}2/"))
    assert "学府路" in text(seat(cast, "office").get(f"/reports/{desk.pk}/2/"))
