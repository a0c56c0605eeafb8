"""Every kind of vote against a count by hand, for all small bodies: each way in which so few people can vote is tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, product

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from openrenda.ballots.counting import (
    BadPaper,
    Outcome,
    Paper,
    Tally,
    Terms,
    Verdict,
    contradictions,
    of_papers,
    read_paper,
    sentence,
    verdict,
)
from openrenda.ballots.counting.terms import THREE_WAYS

from .stage import BASICALLY, DISSATISFIED, SATISFIED, numbers, papers, terms


@pytest.mark.parametrize("base", range(1, 8))
def test_a_question_passes_when_more_than_half_of_all_approve_and_not_otherwise(base: int) -> None:
    """地方组织法第五十一条, for every body up to seven and every way in which those present can vote."""
    for present in range(base + 1):
        asked = terms(base=base, present=present)
        for marks in product((*THREE_WAYS, None), repeat=present):
            cast = [mark for mark in marks if mark]
            found = verdict(asked, papers(asked, *cast, issued=present))
            against_or_absent = base - sum(mark == "approve" for mark in cast)
            assert (found.outcomes[0].result == "passed") is (base - against_or_absent > against_or_absent)
            assert found.passed is (found.outcomes[0].result == "passed")


@pytest.mark.parametrize("base", range(1, 5))
def test_appointments_are_counted_one_by_one(base: int) -> None:
    """I01 (2): one proposal with two names, each with a verdict of its own."""
    asked = terms("appointments", 2, base=base, present=base)
    for cast in product(list(product(THREE_WAYS, repeat=2)), repeat=base):
        found = verdict(asked, of_papers(asked, map(Paper, cast), base))
        for row in range(2):
            alone = terms(base=base, present=base)
            marks = [paper[row] for paper in cast]
            assert found.outcomes[row].result == verdict(alone, papers(alone, *marks)).outcomes[0].result


def test_appointments_voted_on_together_have_one_mark_and_one_verdict() -> None:
    asked = terms("appointments", 3, together=True)
    assert asked.rows == ("甲、乙、丙",)
    assert verdict(asked, numbers(asked, {"approve": 18, "against": 13})).passed


@pytest.mark.parametrize("plurality", [False, True])
@pytest.mark.parametrize(
    ("people", "options", "places"), [(1, 3, 1), (2, 3, 2), (3, 3, 1), (3, 3, 2), (4, 3, 2), (5, 3, 1)]
)
def test_at_most_so_many_are_chosen(people: int, options: int, places: int, plurality: bool) -> None:
    """LIV-09, LIV-10: whoever marks too many marks nothing; every other way to mark, in every combination of papers."""
    asked = terms("choice", options, base=people, present=people, places=places, plurality=plurality)
    ways = [frozenset(rows) for size in range(options + 1) for rows in combinations(range(options), size)]
    for cast in _multisets(ways, people):
        written = [Paper(tuple("chosen" if row in way else "" for row in range(options))) for way in cast]
        found = verdict(asked, of_papers(asked, written, people))
        votes = {row: sum(row in way for way in cast if len(way) <= places) for row in range(options)}
        check_ranking(found, {str(row): count for row, count in votes.items()}, people, places, plurality)


def check_ranking(found: Verdict, votes: dict[str, int], base: int, places: int, plurality: bool) -> None:
    """Winners by the definition: whoever is overtaken or equalled by fewer others than there are places."""
    reached = {who: count for who, count in votes.items() if count and (plurality or 2 * count > base)}
    surely = {who for who, count in reached.items() if sum(other >= count for other in reached.values()) <= places}
    perhaps = {
        who for who, count in reached.items()
        if who not in surely and sum(other > count for other in reached.values()) < places
    }  # fmt: skip
    assert {name(one) for one in found.outcomes if one.result == "elected"} == surely
    assert {name(one) for one in found.outcomes if one.result == "tied"} == perhaps
    assert len(found.again) == len(perhaps)
    assert found.places_left == (places - len(surely) if perhaps else 0)
    assert found.unfilled == (0 if perhaps else places - len(surely))


def name(outcome: Outcome) -> str:
    """A row by its number, somebody written in by her name."""
    return outcome.label if outcome.row is None else str(outcome.row)


def _multisets(ways: list[frozenset[int]], size: int) -> Iterator[tuple[frozenset[int], ...]]:
    """Papers have no order: each handful once, a part of them where there are too many."""
    if size <= 3:
        yield from product(ways, repeat=size)
    else:
        yield from (handful for number, handful in enumerate(product(ways, repeat=size)) if number % 7 == 0)


@pytest.mark.parametrize(("people", "places"), [(1, 1), (2, 1), (3, 1), (2, 2), (3, 2)])
def test_an_election_needs_more_than_half_of_all_whoever_is_named(people: int, places: int) -> None:
    """地方组织法第二十八条、第二十九条: two candidates and one name that may be written in."""
    asked = terms("election", 2, base=people, present=people, places=places, body="congress")
    ways = [Paper(marks, names) for marks in product(THREE_WAYS, repeat=2) for names in ((), ("庚",))]
    for cast in product(ways, repeat=people):
        counted = [
            paper for paper in cast if sum(mark == "approve" for mark in paper.marks) + len(paper.write_ins) <= places
        ]
        votes = {str(row): sum(paper.marks[row] == "approve" for paper in counted) for row in range(2)}
        votes["庚"] = sum("庚" in paper.write_ins for paper in counted)
        check_ranking(verdict(asked, of_papers(asked, cast, people)), votes, people, places, plurality=False)


@pytest.mark.parametrize("base", range(1, 7))
@pytest.mark.parametrize("of", ["members", "present", "valid"])
def test_a_report_is_satisfactory_by_the_stored_line_of_the_stored_base(base: int, of: str) -> None:
    """D05 (2): two lines, each of the base that was stored with the vote."""
    for present in range(base + 1):
        asked = terms("grades", base=base, present=present, grades_base=of)
        for marks in product((SATISFIED, BASICALLY, DISSATISFIED, "abstain"), repeat=present):
            count = Counter(marks)
            whole = {"members": base, "present": present, "valid": present}[of]
            expected = "no_result" if count["abstain"] == present else DISSATISFIED
            if count[SATISFIED] * 2 > whole:
                expected = SATISFIED
            elif (count[SATISFIED] + count[BASICALLY]) * 2 > whole:
                expected = BASICALLY
            assert verdict(asked, papers(asked, *marks)).outcomes[0].result == expected


def test_three_reports_in_one_sitting_are_counted_each_by_itself() -> None:
    """D05 (1)."""
    asked = terms("grades", 3)
    rows = ({SATISFIED: 20, DISSATISFIED: 11}, {SATISFIED: 10, BASICALLY: 12, DISSATISFIED: 9}, {DISSATISFIED: 31})
    found = verdict(asked, numbers(asked, *rows))
    assert [one.result for one in found.outcomes] == [SATISFIED, BASICALLY, DISSATISFIED]


def test_a_grade_left_out_or_given_twice_is_void_for_that_report_alone() -> None:
    """APP-14: one must be chosen."""
    asked = terms("grades", 2)
    tally = numbers(asked, {SATISFIED: 20, "void": 11}, {SATISFIED: 31})
    assert contradictions(asked, tally) == []
    assert [one.result for one in verdict(asked, tally).outcomes] == [SATISFIED, SATISFIED]
    assert "无效 11" in sentence(asked, tally, verdict(asked, tally))


# Traps of the rules


def test_trap_4_exactly_half_of_all_members_and_abstentions_do_not_pass() -> None:
    """地方组织法第五十一条: 17 of 34 is half; all others abstain or are away."""
    asked = terms(base=34, present=20)
    assert not verdict(asked, numbers(asked, {"approve": 17, "abstain": 3})).passed
    assert verdict(asked, numbers(asked, {"approve": 18, "abstain": 2})).passed


def test_trap_4_most_of_those_present_are_not_enough() -> None:
    """Fails by one on the base of all members though most of those present agreed."""
    asked = terms(base=35, present=20)
    tally = numbers(asked, {"approve": 17, "against": 3})
    assert not verdict(asked, tally).passed
    assert "没有超过全体组成人员的半数" in sentence(asked, tally, verdict(asked, tally))


def test_trap_8_satisfaction_has_a_line_of_practice_and_never_an_article_of_law() -> None:
    """监督法 knows no satisfaction votes: the line is a setting of the place, and the sentence cites no law for it."""
    asked = terms("grades")
    assert {rule.kind for rule in asked.rungs} == {"practice"}
    assert not any(rule.locked for rule in asked.rungs)
    said = sentence(asked, *_both(asked, {SATISFIED: 31}))
    assert "法》" not in said
    assert "工作惯例" in said


def _both(asked: Terms, *rows: dict[str, int]) -> tuple[Tally, Verdict]:
    tally = numbers(asked, *rows)
    return tally, verdict(asked, tally)


def test_cal_01_more_than_half_does_not_include_half_and_two_thirds_or_more_includes_them() -> None:
    """民法典第一千二百五十九条 by analogy."""
    from .stage import BOOK

    assert [BOOK["ORG-03"].met_by(count, 100) for count in (50, 51)] == [False, True]
    assert [BOOK["ORG-02"].met_by(count, 300) for count in (199, 200)] == [False, True]
    assert [BOOK["ORG-14.quorum"].met_by(count, 35) for count in (17, 18)] == [False, True]


def test_cal_02_the_base_is_frozen_and_named() -> None:
    """A vacancy after opening changes nothing; the sentence names the base."""
    asked = terms(base=35)
    kept = Terms.from_json(asked.to_json())
    assert kept == asked
    assert "应到 35" in sentence(kept, *_both(kept, {"approve": 22, "against": 5, "abstain": 4}))


def test_nothing_passes_by_nothing_against_nothing() -> None:
    """0 against 0, with nobody in office, nobody present, or nobody marking."""
    for base, present in ((0, 0), (35, 0), (35, 31)):
        for kind in ("question", "appointments", "election", "choice", "grades"):
            asked = terms(kind, base=base, present=present, plurality=True)
            found = verdict(asked, of_papers(asked, (), present))
            assert not found.passed
            assert found.outcomes[0].result in ("not_passed", "not_elected", "no_result")


def test_more_papers_back_than_given_out_void_the_whole_vote() -> None:
    """LIV-09, by analogy with 选举法第四十四条."""
    asked = terms(base=35, present=31)
    tally = numbers(asked, {"approve": 32}, issued=31)
    found = verdict(asked, tally)
    assert found.void
    assert not found.passed
    assert "本次表决无效" in sentence(asked, tally, found)


def test_a_tie_at_the_last_place_is_voted_on_again_among_the_tied() -> None:
    """地方组织法第二十八条: only they, and only for what is left."""
    asked = terms("election", 4, base=30, present=30, places=2)
    rows = [
        {"approve": 25, "against": 5},
        {"approve": 16, "against": 14},
        {"approve": 16, "against": 14},
        {"against": 30},
    ]
    found = verdict(asked, numbers(asked, *rows))
    assert [one.result for one in found.outcomes] == ["elected", "tied", "tied", "not_elected"]
    assert (found.again, found.places_left) == (("乙", "丙"), 1)
    assert "乙、丙 票数相等" in sentence(asked, numbers(asked, *rows), found)


def test_too_few_elected_leaves_places_open() -> None:
    """地方组织法第二十九条: another election, now or at the next session."""
    asked = terms("election", 2, base=30, present=30, places=2)
    found = verdict(asked, numbers(asked, {"approve": 25, "against": 5}, {"approve": 15, "against": 15}))
    assert (found.unfilled, found.again) == (1, ())


def test_a_candidate_who_withdrew_is_not_counted_and_it_is_said() -> None:
    asked = terms("choice", 3, base=10, present=10, places=2).without(0)
    rows = [{"chosen": 10}, {"chosen": 6}, {"chosen": 4}]
    found = verdict(asked, numbers(asked, *rows, returned=10))
    assert [one.result for one in found.outcomes] == ["withdrawn", "elected", "not_elected"]
    assert found.unfilled == 1


# What is said


SAID = "应到 35，实到 31，赞成 22，反对 5，弃权 4：全体组成人员过半数，通过（《地方组织法》第五十一条第三款）"
SAID_IN_ENGLISH = "35 entitled, 31 present, for 22, against 5, abstained 4: more than half of all members, passed (Local Organic Law, art. 51(3))"


def test_the_verdict_is_said_with_base_counts_and_article() -> None:
    asked = terms()
    both = _both(asked, {"approve": 22, "against": 5, "abstain": 4})
    assert sentence(asked, *both) == SAID
    with translation.override("en"):
        assert sentence(asked, *both) == SAID_IN_ENGLISH


def test_a_published_result_is_reproduced() -> None:
    """全国人大2012年3月14日表决刑诉法修改决定: 2639 for, 160 against, 57 abstained, 16 did not press."""
    asked = terms(base=2978, present=2872, body="congress")
    tally = numbers(asked, {"approve": 2639, "against": 160, "abstain": 57}, returned=2856, issued=2872)
    assert "赞成 2639，反对 160，弃权 57，未表决 16：全体代表过半数，通过" in sentence(
        asked, tally, verdict(asked, tally)
    )


# Papers


@given(st.text())
def test_what_is_no_paper_is_refused(text: str) -> None:
    with pytest.raises(BadPaper):
        read_paper(terms(), text)


@pytest.mark.parametrize("text", [
    '{"marks":["approve"], "write_ins":[]}', '{"write_ins":[],"marks":["approve"]}', '{"marks":["yes"],"write_ins":[]}',
    '{"marks":["approve","approve"],"write_ins":[]}', '{"marks":[[]],"write_ins":[]}', '{"marks":["approve"],"write_ins":["庚"]}',
    '{"marks":["approve"],"write_ins":[],"seat":"7"}', '{"marks":"approve","write_ins":[]}', "null", "[" * 2000,
])  # fmt: skip
def test_a_paper_has_one_form(text: str) -> None:
    """Anything else could carry a sign of who wrote it."""
    with pytest.raises(BadPaper):
        read_paper(terms(), text)
    assert read_paper(terms(), Paper(("approve",)).text) == Paper(("approve",))


@pytest.mark.parametrize(
    "names", [("甲",), (" 庚",), ("庚", "庚"), ("",), ("庚\u200b",), ("庚", "辛"), ("长" * 41,), (7,)]
)
def test_names_written_in_have_one_form_too(names: tuple[str, ...]) -> None:
    asked = terms("election", 2, places=1)
    with pytest.raises(BadPaper):
        read_paper(asked, Paper(("against", "against"), names).text)
    assert read_paper(asked, Paper(("against", "against"), ("庚",)).text).write_ins == ("庚",)


# Sheets


def test_marks_that_do_not_fit_the_papers_are_a_contradiction() -> None:
    """F03 (3), I01 (4), D05 (4)."""
    asked = terms(present=31)
    assert contradictions(asked, numbers(asked, {"approve": 20, "against": 11})) == []
    for tally in (
        numbers(asked, {"approve": 20, "against": 11}, returned=30), numbers(asked, {"approve": 20}, issued=32),
        numbers(asked, {"approve": 20}, void=21), numbers(asked, {"approve": -1, "against": 3}),
    ):  # fmt: skip
        assert contradictions(asked, tally)
    choosing = terms("choice", 2, present=10, places=1)
    assert contradictions(choosing, numbers(choosing, {"chosen": 6}, {"chosen": 5}, returned=10, issued=10))
    assert not contradictions(choosing, numbers(choosing, {"chosen": 6}, {"chosen": 4}, returned=10, issued=10))


@given(st.lists(st.sampled_from(THREE_WAYS), max_size=30), st.lists(st.sampled_from(THREE_WAYS), max_size=30))
def test_two_boxes_counted_apart_are_one_vote(first: list[str], second: list[str]) -> None:
    """Hybrid: paper and electronic added are the same as all in one box."""
    asked = terms(base=60, present=60)
    together = papers(asked, *first, *second)
    assert verdict(asked, papers(asked, *first) + papers(asked, *second)) == verdict(asked, together)
    assert Tally.from_json(together.to_json()) == together
    kept = Verdict.from_json(verdict(asked, together).to_json())
    assert kept == verdict(asked, together)
