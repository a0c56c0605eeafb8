"""A reply read before it goes out: what is found, where, and why. No database is asked."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from openrenda.procedures.suggestion.review import Draft, Finding, Other, Promise, Review, review
from openrenda.procedures.suggestion.review.copies import COPIED, PARTLY, copies, runs, side_by_side
from openrenda.procedures.suggestion.review.promises import missing
from openrenda.procedures.suggestion.review.requests import answers, requests
from openrenda.procedures.suggestion.review.sentences import Sentence, sentences
from openrenda.procedures.suggestion.review.wording import is_courtesy, says_nothing, telling

LABELLED = Path(__file__).parent / "labelled" / "answers.toml"
TITLE = "关于改善学府路通行的建议"
ASKED = "一、在学府路南侧设置临时停靠区；\n二、调整两处路口信号配时；\n三、在校门口修建人行天桥。"
DONE = "我局已在学府路南侧划出临时停靠区三十米。会同交警调整了两处路口的信号配时，早高峰通行时间由九分钟降到六分钟。"


def read(
    done: str = DONE, planned: str = "", cannot: str = "", *others: Other, promises: tuple[Promise, ...] = ()
) -> Review:
    parts = {"done": done, "planned": planned, "cannot": cannot}
    return review(Draft(TITLE, ASKED, parts, promises), others)


def of_kind(found: Review, kind: str) -> list[Finding]:
    return [finding for finding in found.findings if finding.kind == kind]


# Requests


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1. 增设路灯；2. 修补路面。", ["增设路灯", "修补路面"]),
        ("（一）增设路灯\n（二）修补路面3.5公里", ["增设路灯", "修补路面3.5公里"]),
        ("建议：一是增设路灯，二是修补路面，三是清理杂物。", ["增设路灯", "修补路面", "清理杂物"]),
        ("①增设路灯②修补路面", ["增设路灯", "修补路面"]),
        ("第一，增设路灯。第二，修补路面。", ["增设路灯", "修补路面"]),
        ("近来事故多。建议增设路灯。请有关部门修补路面。", ["建议增设路灯", "请有关部门修补路面"]),
        ("增设路灯\n修补路面", ["增设路灯", "修补路面"]),
        ("", []),
    ],
)  # fmt: skip
def test_requests_are_told_apart(text: str, found: list[str]) -> None:
    assert requests(text) == found


def test_each_request_is_said_to_be_answered_or_not_with_the_words_that_show_it() -> None:
    stop, lights, bridge = answers(TITLE, ASKED, sentences(DONE, "done"))
    assert stop.answered
    assert {"临时", "停靠"} & set(stop.shared)
    assert lights.sentence is not None
    assert lights.sentence.text.startswith("会同交警")
    assert lights.sentence.field == "done"
    assert DONE[lights.sentence.start : lights.sentence.end] == lights.sentence.text
    assert not bridge.answered
    (finding,) = of_kind(read(), "request")
    assert "人行天桥" in finding.quote
    assert finding.reason


def test_formulas_and_the_place_answer_nothing() -> None:
    found = read("学府路的通行问题我局高度重视，将进一步加强管理。")
    assert found.answered == 0
    assert len(of_kind(found, "request")) == 3


# Who, what, when


@pytest.mark.parametrize(
    ("sentence", "who", "what", "when"),
    [
        ("由市政科负责，2026年6月底前完成学府路人行天桥论证", False, False, False),
        ("我局将尽快完成人行天桥论证", False, False, True),
        ("年底前完成人行天桥论证", True, False, False),
        ("人行天桥论证适时启动", True, False, True),
        ("我局将进一步加强管理", False, True, True),
        ("区交通运输局将在30个工作日内完成人行天桥论证", False, False, False),
        ("人行天桥论证（区交通运输局建设科负责，2026年6月底前）", False, False, False),
    ],
)
def test_who_what_and_when(sentence: str, who: bool, what: bool, when: bool) -> None:
    found = missing(Sentence("planned", 0, sentence))
    assert (found.who, found.what, found.when) == (who, what, when)


def test_soon_is_not_a_day_and_the_reason_says_so() -> None:
    planned = "我局将尽快启动学府路人行天桥论证。"
    (finding,) = of_kind(read(planned=planned), "who_when")
    assert "什么时候办成" in finding.advice
    assert "由谁办" not in finding.advice
    assert "“尽快”" in finding.reason
    assert (finding.field, planned[finding.start : finding.end]) == ("planned", planned)


def test_what_a_promise_says_is_not_asked_of_the_sentence_again() -> None:
    promise = Promise("完成学府路人行天桥论证", "建设科", "2026-06-30")
    assert not of_kind(read(planned="下一步完成学府路人行天桥论证。", promises=(promise,)), "who_when")
    assert of_kind(read(planned="下一步完成学府路人行天桥论证。"), "who_when")


# Formulas and reading


@pytest.mark.parametrize(
    ("text", "nothing"),
    [
        ("今后将持续发力，久久为功，努力让群众满意。", True),
        ("我局高度重视，将进一步加强领导、压实责任、完善机制、加大力度。", True),
        ("下一步，我局将进一步加强学府路停车秩序整治。", False),
        ("下一步，我局将进一步加强巡查，每周不少于3次。", False),
        ("已设置临时停靠区并调整配时。", False),
    ],
)
def test_sentences_that_say_nothing(text: str, nothing: bool) -> None:
    assert says_nothing(text) is nothing


def test_courtesy_is_no_finding() -> None:
    assert is_courtesy("感谢您对我们工作的关心和支持。")
    assert not of_kind(read(DONE + "感谢您对我们工作的关心和支持。"), "empty")


def test_long_sentences_and_many_formulas_are_hard_to_read() -> None:
    (long,) = of_kind(read("我局" + "对学府路南侧停靠区进行改造，" * 12 + "已完成。"), "reading")
    assert "拆成" in long.advice
    assert any("套话" in one.advice for one in of_kind(read("我局高度重视。今后将持续发力，久久为功。"), "reading"))
    assert not of_kind(read(), "reading")


def test_what_tells_is_neither_place_nor_number_nor_common_word() -> None:
    assert telling("建议在云笺路进一步加强管理") == []
    assert telling("我局已修补路面120平方米")[:2] == ["修补", "路面"]


# Copies


def test_a_copy_is_found_whatever_its_numbers() -> None:
    other = Other("a", DONE.replace("三十米", "30米"))
    (found,) = copies(
        DONE.replace("三十米", "45米"), [other, Other("b", "本局对飞线充电开展了排查，新建充电棚两处。" * 3)]
    )
    assert found.other is other
    assert found.whole
    assert found.share >= COPIED


def test_a_copy_of_a_part_is_called_a_part() -> None:
    own = "校门北侧增设家长等候区，聘请四名志愿者轮流值守。"
    (found,) = copies(own + DONE, [Other("a", f"{DONE}其余两项因资金没有落实，已报区财政局，列入明年预算后实施。")])
    assert not found.whole
    assert PARTLY <= found.share < COPIED


def test_one_sentence_in_common_is_no_copy() -> None:
    text = DONE + "校门北侧增设家长等候区，聘请四名志愿者轮流值守，雨天开放体育馆，家长凭学生卡进入。"
    assert (
        copies(
            text, [Other("a", "我局已在学府路南侧划出临时停靠区三十米。另聘请物业公司清扫落叶，每日两次，并设意见箱。")]
        )
        == []
    )


def test_short_replies_are_nobody_s_copy() -> None:
    assert copies("已设置临时停靠区并调整配时。", [Other("a", "已设置临时停靠区并调整配时。")]) == []
    assert runs("甲乙") == frozenset()


def test_side_by_side_marks_equal_runs_and_leaves_strangers_alone() -> None:
    left = "我局已修补路面120平方米。新装路灯8盏。"
    right = "垃圾箱已更换。我局已修补路面430平方米。"
    first, second, third = side_by_side(left, right)
    assert next(piece.text for piece in first.draft if piece.marked) == "我局已修补路面"
    assert "".join(piece.text for piece in first.other) == "我局已修补路面430平方米。"
    assert second.other == ()
    assert (third.draft, "".join(piece.text for piece in third.other)) == ((), "垃圾箱已更换。")


def test_a_good_reply_is_left_in_peace() -> None:
    cannot = "校门口地下有燃气主管道，人行天桥的桥墩无法施工，经专家论证暂不修建。"
    found = read(cannot=cannot)
    assert found.findings == ()
    assert found.answered == 3


@pytest.mark.parametrize("words", ["", "。。。；；", "\ud800", "（一）（二）（三）", "建议" * 4000, "1" * 5000])
def test_any_text_can_be_read(words: str) -> None:
    draft = Draft(words, words, {"done": words, "planned": words, "cannot": words})
    assert isinstance(review(draft, [Other("a", words)]), Review)


# How well


def test_answered_or_not_as_people_read_it() -> None:
    """63 requests of 18 replies, judged by reading (docs/review.md). The weights were chosen on these."""
    right = told = wrong = missed = 0
    for row in tomllib.loads(LABELLED.read_text(encoding="utf-8"))["reply"]:
        proposals = "\n".join(f"{number}、{one['text']}" for number, one in enumerate(row["requests"], start=1))
        draft = Draft(row["title"], proposals, {name: row[name] for name in ("done", "planned", "cannot")})
        found = review(draft).answers
        assert [one.request for one in found] == [one["text"] for one in row["requests"]]
        for one, label in zip(found, row["requests"], strict=True):
            right += not one.answered and not label["answered"]
            told += not one.answered
            wrong += not one.answered and label["answered"]
            missed += one.answered and not label["answered"]
    precision, recall = right / told, right / (right + missed)
    print(f"said to be unanswered: {told}, precision {precision:.2f}, recall {recall:.2f}, wrongly {wrong}")
    assert precision >= 0.8
    assert recall >= 0.9
