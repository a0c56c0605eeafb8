"""B13 背对背满意度测评与群众现场问效."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openrenda import docket
from openrenda.docket.models import Act, Matter, OutboxEntry, SealedValue
from openrenda.docket.refusals import Incomplete, NotVisible, Refused
from openrenda.docket.verify import verify_congress
from openrenda.figures import in_year, read
from openrenda.figures.registry import figure
from openrenda.procedures.satisfaction_poll.summary import TOO_FEW, publish
from openrenda.rulebook import Book
from openrenda.rulebook.library import library
from openrenda.web.tests.stage import Way, address, seat, text
from tests.cast import CONTACT, REPLY, Cast

from .conftest import Wall
from .evaluating import (
    CONTENT,
    NOT_CONTENT,
    answered,
    ballot,
    children,
    close,
    day,
    more_deputies,
    poll,
    rate,
    rectified,
    set_option,
)
from .stage import chain, take

BASICALLY = {"grade": "basically"}


@pytest.fixture
def raters(cast: Cast, wall: Wall) -> list[str]:
    """Eight deputies."""
    return ["chen", "lin", "ouyang", "zhou", *more_deputies(cast, 4)]


def test_1_a_rating_is_in_no_act_and_opens_to_nobody(cast: Cast, raters: list[str]) -> None:
    """Must (1): not the organ, not the office, not the auditor, and not even the deputy afterwards."""
    opened = poll(cast, answered(cast), raters)
    rate(cast, opened, {"lin": NOT_CONTENT})
    mine = ballot(cast, opened, "lin")
    recorded = json.dumps(list(Act.objects.filter(matter=mine).values_list("data", flat=True)))
    assert "dissatisfied" not in recorded
    assert "dissatisfied" not in SealedValue.objects.get(matter=mine).ciphertext
    for who in cast.actors:
        seen = docket.visible(cast[who]).filter(pk=mine.pk).exists()
        assert seen == (who == "lin"), who
        assert seat(cast, who).get(address(mine)).status_code == (200 if who == "lin" else 404), who
    page = text(seat(cast, "lin").get(address(mine)))
    assert "不再显示" in page
    assert "密存" in page
    assert not mine.table.known_step("open_sealed")
    with pytest.raises(NotVisible):
        take(cast, mine, "roads_head", "change", CONTENT)
    assert verify_congress(cast.congress) == []


def test_1_the_organ_learns_of_the_poll_when_it_is_closed(cast: Cast, raters: list[str]) -> None:
    """Must (1): no notice, no link and no page before; afterwards the published result."""
    way = answered(cast)
    opened = poll(cast, way, raters)
    told = OutboxEntry.objects.filter(matter=opened) | OutboxEntry.objects.filter(matter__parent=opened)
    assert {office for entry in told for office in entry.offices} == {"rater"}
    version = opened.version
    rate(cast, opened, dict.fromkeys(raters, CONTENT))
    assert Matter.objects.get(pk=opened.pk).version == version
    assert chain(cast, way.matter, "roads_head") == set()
    assert seat(cast, "roads_head").get(address(opened)).status_code == 404
    close(cast, opened)
    assert ("评价", address(opened)) in chain(cast, way.matter, "roads_head")
    assert "共 8 人评价" in text(seat(cast, "roads_head").get(address(opened)))


@pytest.mark.parametrize("number", [0, 1, 4])
def test_2_of_few_ratings_nothing_is_said(cast: Cast, raters: list[str], number: int) -> None:
    """Must (2): of none, of a single one, of one fewer than the rule asks."""
    opened = poll(cast, answered(cast), raters)
    rate(cast, opened, dict.fromkeys(raters[:number], NOT_CONTENT))
    closed = close(cast, opened)
    record = closed.satisfaction_poll.get()
    assert (record.verdict, record.rated, record.satisfied) == (TOO_FEW, None, None)
    assert children(closed) == []
    assert "人数不足" in text(seat(cast, "roads_head").get(address(closed)))


def test_2_a_rare_opinion_is_not_told_apart(cast: Cast, raters: list[str]) -> None:
    """Must (2): seven of eight, and eight of eight, look the same; five of eight are said."""
    shown = []
    for unhappy in (1, 0, 3):
        opened = poll(cast, answered(cast, title=f"关于第{unhappy}件事的建议"), raters)
        grades = [NOT_CONTENT] * unhappy + [CONTENT, BASICALLY] * 4
        rate(cast, opened, dict(zip(raters, grades, strict=False)))
        record = close(cast, opened).satisfaction_poll.get()
        shown.append((record.verdict, record.rated, record.satisfied, record.dissatisfied))
    assert shown == [("satisfied", 8, None, None), ("satisfied", 8, None, None), ("satisfied", 8, 5, 3)]


def test_2_too_few_deputies_are_not_asked_for_nothing(cast: Cast, raters: list[str]) -> None:
    """Must (2): the form says how many the rule asks for."""
    with pytest.raises(Incomplete) as refused:
        poll(cast, answered(cast), raters[:4])
    assert "不足5人" in str(refused.value.form.errors["deputies"])


def test_3_once_a_round_changed_until_closing_the_last_one_counts(cast: Cast, raters: list[str], wall: Wall) -> None:
    """Must (3)."""
    opened = poll(cast, answered(cast), raters)
    rate(cast, opened, dict.fromkeys(raters, NOT_CONTENT))
    with pytest.raises(Refused):
        take(cast, ballot(cast, opened, "lin"), "lin", "rate", CONTENT)
    wall.pass_days(7)
    rate(cast, opened, dict.fromkeys(raters[:5], CONTENT))
    rate(cast, opened, {"lin": NOT_CONTENT, "chen": BASICALLY})
    wall.pass_days(1)
    with pytest.raises(Refused, match="截止"):
        take(cast, ballot(cast, opened, "zhou"), "zhou", "change", NOT_CONTENT)
    record = close(cast, opened).satisfaction_poll.get()
    assert (record.rated, record.satisfied, record.dissatisfied) == (8, 4, 4)
    assert {ballot(cast, opened, who).state for who in raters} == {"ended"}
    with pytest.raises(Incomplete) as refused:
        docket.open_matter(
            "satisfaction-poll",
            "open",
            by=cast["office"],
            data={**as_before(cast, raters), "subject": opened.satisfaction_poll.get().subject_id},
        )
    assert "已经开展过测评" in str(refused.value.form.errors["subject"])


def as_before(cast: Cast, raters: list[str]) -> dict[str, object]:
    """The other answers of the form that opens a poll."""
    return {"deputies": [cast.mandates[who].pk for who in raters], "closes_on": day(7)}


def test_4_residents_are_a_result_of_their_own_and_both_are_needed(cast: Cast, raters: list[str], wall: Wall) -> None:
    """Must (4)."""
    verdicts = []
    for place, visits in enumerate(([], [(9, 2)], [(2, 7)], [(1, 1)])):
        opened = poll(cast, answered(cast, title=f"关于第{place}个路口的建议"), raters)
        rate(cast, opened, dict.fromkeys(raters, CONTENT))
        for content, others in visits:
            data = {
                "held_on": day(),
                "place": "学府路",
                "satisfied": content,
                "dissatisfied": others,
                "notes": "好多了",
            }
            take(cast, opened, "street", "ask_residents", data)
        record = close(cast, opened).satisfaction_poll.get()
        verdicts.append((record.verdict, record.residents_verdict, record.doubly_satisfied))
    assert verdicts == [
        ("satisfied", "", False), ("satisfied", "satisfied", True), ("satisfied", "dissatisfied", False),
        ("satisfied", "too_few", False),
    ]  # fmt: skip
    last = Matter.objects.get(pk=opened.pk)
    assert "好多了" in text(seat(cast, "street").get(address(last)))
    assert "好多了" not in text(seat(cast, "roads_head").get(address(last)))
    wall.pass_days(8)
    reading = read(figure("double_satisfaction"), in_year(2026, last.satisfaction_poll.get().counted_on))
    assert (reading.part, reading.whole, reading.excluded) == (1, 2, 2)


def test_5_not_satisfied_reopens_with_a_day_and_a_second_rating(cast: Cast, raters: list[str]) -> None:
    """Must (5)."""
    opened = poll(cast, answered(cast), raters)
    rate(cast, opened, dict.fromkeys(raters, NOT_CONTENT))
    closed = close(cast, opened)
    (task,) = children(closed)
    assert task.due_on is not None
    assert docket.inbox(cast["roads_clerk"]).filter(pk=task.pk).exists()
    rectified(cast, task)
    second = Matter.objects.get(procedure="satisfaction-poll", state="open")
    record = second.satisfaction_poll.get()
    assert (record.round, record.subject_id) == (2, opened.satisfaction_poll.get().subject_id)
    assert len(children(second, "satisfaction-ballot")) == len(raters)
    rate(cast, second, dict.fromkeys(raters, CONTENT))
    assert close(cast, second).satisfaction_poll.get().verdict == "satisfied"
    assert children(second) == []


def test_5_a_closed_suggestion_is_reopened_and_rated_again_when_closed_again(cast: Cast, raters: list[str]) -> None:
    """Must (5): the suggestion itself goes back to its organ, with a day; the same deputies rate what was answered again, once."""
    way = answered(cast)
    way.take("chen", "judge", {"attitude": "satisfied", "result": "satisfied"})
    opened = poll(cast, way, raters)
    rate(cast, opened, dict.fromkeys(raters, NOT_CONTENT))
    closed = close(cast, opened)
    assert children(closed) == []
    assert (way.matter.state, way.matter.due_on is not None) == ("rehandling", True)
    assert docket.inbox(cast["roads_clerk"]).filter(pk=way.pk).exists()
    assert "代表背对背测评的结论是不满意" in text(seat(cast, "roads_head").get(address(way.matter)))
    _answer_again(way)
    second = Matter.objects.get(procedure="satisfaction-poll", state="open")
    assert (second.satisfaction_poll.get().round, second.satisfaction_poll.get().subject_id) == (2, way.pk)
    assert len(children(second, "satisfaction-ballot")) == len(raters)
    assert seat(cast, "roads_head").get(address(second)).status_code == 404
    rate(cast, second, dict.fromkeys(raters, NOT_CONTENT))
    close(cast, second)
    assert way.matter.state == "rehandling"
    _answer_again(way)
    assert not Matter.objects.filter(procedure="satisfaction-poll", state="open").exists()
    assert verify_congress(cast.congress) == []


def _answer_again(way: Way) -> None:
    """Contacted, answered by the chief, judged by the deputy."""
    way.take("roads_clerk", "contact", {**CONTACT, "held_on": day()})
    way.take("roads_clerk", "draft_second_reply", {**REPLY, "done": "重新施划。"})
    way.take("roads_chief", "sign_second_reply")
    way.take("chen", "judge_second", {"attitude": "satisfied", "result": "satisfied"})


def test_5_what_follows_a_reopening_is_not_typed(cast: Cast, wall: Wall) -> None:
    """The office that reopens a suggestion cannot say which matter is opened afterwards."""
    way = answered(cast)
    way.take("chen", "judge", {"attitude": "satisfied", "result": "satisfied"})
    typed = {"reason": "现场不属实", "follow_up": '{"procedure": "satisfaction-poll", "step": "open_second"}'}
    assert "follow_up" not in way.take("office", "reopen", typed).data


def test_5_a_cancelled_poll_says_nothing_ever(cast: Cast, raters: list[str]) -> None:
    """A poll on the wrong suggestion is broken off; nothing is counted."""
    opened = poll(cast, answered(cast), raters)
    rate(cast, opened, dict.fromkeys(raters, NOT_CONTENT))
    take(cast, opened, "office", "cancel_poll", {"reason": "选错了建议"})
    assert opened.satisfaction_poll.get().verdict == ""
    assert {row.state for row in children(opened, "satisfaction-ballot")} == {"ended"}
    assert seat(cast, "roads_head").get(address(opened)).status_code == 404


def test_a_congress_may_do_without(cast: Cast, raters: list[str]) -> None:
    """The option switched off: nothing is opened, and the suggestion goes its way."""
    set_option(cast, "option.satisfaction_poll", False)
    way = answered(cast)
    with pytest.raises(Refused, match="未启用"):
        poll(cast, way, raters)
    way.take("chen", "judge", {"attitude": "satisfied", "result": "satisfied"})
    assert way.matter.state == "closed"


# Suppression, over every number of ratings


def book_with(smallest: int, apart: int, share: str) -> Book:
    """The rules with a congress's own numbers."""
    from openrenda.rulebook.resolution import _with_own

    own = {"B13.smallest": (smallest, "决定"), "B13.class": (apart, "决定"), "B13.satisfied": (share, "决定")}
    return _with_own(library().book("cn"), own)


@given(
    rated=st.integers(1, 30), smallest=st.integers(1, 12), apart=st.integers(3, 6),
    share=st.sampled_from(["1/2", "2/3", "4/5", "9/10", "1/10"]),
)  # fmt: skip
def test_2_no_summary_tells_of_one_deputy_even_to_another(rated: int, smallest: int, apart: int, share: str) -> None:
    """Whatever is published, and whichever one rating is known besides, everybody else may have rated either way."""
    book = book_with(smallest, apart, share)
    by_summary: dict[object, list[int]] = {}
    for size in range(rated + 1):
        for content in range(size + 1):
            by_summary.setdefault(publish(content, size - content, book), []).append((size, content))  # type: ignore[arg-type]
    for possible in by_summary.values():
        for size, content in possible:  # type: ignore[misc]
            for known in {True} if content == size else {True, False} if content else {False}:
                others = {
                    (left, left_size)
                    for other_size, other in possible  # type: ignore[misc]
                    if (left := other - known) >= 0 and (left_size := other_size - 1) >= left
                }
                if size > 1:
                    assert any(left > 0 for left, _size in others), (possible, known)
                    assert any(left < left_size for left, left_size in others), (possible, known)


@given(rated=st.integers(1, 30), smallest=st.integers(1, 12), apart=st.integers(1, 6))
def test_2_whatever_a_congress_sets_no_summary_tells_of_one_deputy(rated: int, smallest: int, apart: int) -> None:
    """With any numbers in the rulebook, whoever reads the summary alone cannot tell of anybody."""
    book = book_with(smallest, apart, "1/2")
    by_summary: dict[object, set[tuple[int, int]]] = {}
    for size in range(1, rated + 1):
        for content in range(size + 1):
            by_summary.setdefault(publish(content, size - content, book), set()).add((size, content))
    for summary, possible in by_summary.items():
        sizes = {size for size, _content in possible}
        assert summary.verdict == TOO_FEW or len(sizes) == 1  # type: ignore[attr-defined]
        assert any(content > 0 for _size, content in possible)
        assert any(content < size for size, content in possible)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=6))
def test_2_published_numbers_of_several_polls_take_nothing_apart(polls: list[tuple[int, int]]) -> None:
    """Totals minus parts: figures add up verdicts, never ratings, so a sum over polls is a function of what each published."""
    book = book_with(5, 3, "1/2")
    published = [publish(content, others, book) for content, others in polls]
    swapped = [publish(content, others, book) for content, others in reversed(polls)]
    assert sorted(map(repr, published)) == sorted(map(repr, swapped))
    hidden = [(row, pair) for row, pair in zip(published, polls, strict=True) if row.satisfied is None]
    for row, (content, others) in hidden:
        if row.verdict != TOO_FEW:
            alike = [c for c in range(content + others + 1) if publish(c, content + others - c, book) == row]
            assert len(alike) >= 3


def test_2_the_clock_does_not_close_a_day_early(cast: Cast, raters: list[str]) -> None:
    """Only when the last day is over is anything counted."""
    opened = poll(cast, answered(cast), raters)
    docket.run_clocks(cast.congress.pk, opened.satisfaction_poll.get().closes_on)
    assert Matter.objects.get(pk=opened.pk).state == "open"
    docket.run_clocks(cast.congress.pk, opened.satisfaction_poll.get().closes_on + timedelta(days=1))
    assert Matter.objects.get(pk=opened.pk).state == "counted"
