"""The packs that ship: numbers, articles, and the traps of counting."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from openrenda.rulebook import Book, known_options, known_rules
from openrenda.rulebook.library import library, prefix, raw_packs
from openrenda.rulebook.validation import loosens, pack_problems


@pytest.fixture
def nation() -> Book:
    return library().book("cn")


def test_the_packs_that_ship_have_no_problem() -> None:
    assert pack_problems(raw_packs()) == []


@pytest.mark.parametrize(
    ("rule", "value", "unit", "article"),
    [
        ("REP-05", 3, "month", "《代表法》第五十一条第二款"),
        ("REP-05.long", 6, "month", "《代表法》第五十一条第二款"),
        ("ORG-01.extra", Fraction(1, 5), "share", "《地方组织法》第十四条第三款"),
        ("ORG-02", Fraction(2, 3), "share", "《地方组织法》第十四条第四款"),
        ("ORG-04.county", 10, "person", "《地方组织法》第二十二条第二款"),
        ("ORG-04.township", 5, "person", "《地方组织法》第二十二条第二款"),
        ("ORG-05", 10, "person", "《地方组织法》第二十四条第一款"),
        ("ORG-06.province", 30, "person", "《地方组织法》第二十六条第二款"),
        ("REP-30.absences", 2, "times", "《代表法》第六十二条第一款第三项"),
    ],
)
def test_statute_numbers_and_articles(nation: Book, rule: str, value: object, unit: str, article: str) -> None:
    row = nation[rule]
    assert (row.value, row.unit, row.citation, row.kind, row.confidence) == (value, unit, article, "statute", "high")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("500000", {"assign": (10, "working_day"), "contact": (20, "working_day"), "assist": (30, "working_day"),
                    "feedback": (20, "working_day"), "redo": (2, "month"), "report": (11, "month_of_year")}),
        ("370200", {"assign": (5, "working_day"), "return": (5, "working_day"), "assist": (1, "month"),
                    "redo": (1, "month"), "report": (12, "month_of_year")}),
    ],
)  # fmt: skip
def test_sug_07_deadlines_of_places(code: str, expected: dict[str, tuple[int, str]]) -> None:
    """重庆 articles 13, 16, 18, 20, 27, 34; 青岛 articles 14, 19, 24, 37."""
    book = library().book(code)
    assert {name: (book[f"SUG-07.{name}"].value, book[f"SUG-07.{name}"].unit) for name in expected} == expected
    assert book["REP-05"].pack == "cn"


def test_options_of_places() -> None:
    """青岛 art. 25 and 28 ask for consent and answer the lead; 重庆 art. 23 answers every co-signer."""
    chongqing, qingdao = library().book("500000"), library().book("370200")
    assert qingdao.option("option.extension_needs_consent") is True
    assert chongqing.option("option.extension_needs_consent") is False
    assert qingdao.option("option.reply_addressee") == "lead"
    assert chongqing.option("option.reply_addressee") == "every_cosigner"
    assert [row["letter"] for row in chongqing.option("option.result_scheme")] == ["一", "二", "三", "四"]


def test_trap_1_the_reply_clock_starts_at_hand_over(nation: Book) -> None:
    assert nation["REP-05"].anchor == nation["REP-05.long"].anchor == "交办之日"


def test_trap_3_an_inquiry_needs_ten_also_in_townships_but_a_bill_five(nation: Book) -> None:
    assert nation["ORG-05"].met_by(10)
    assert not nation["ORG-05"].met_by(9)
    assert nation["ORG-04.township"].met_by(5)
    assert not nation["ORG-04.county"].met_by(9)
    assert "ORG-05.township" not in nation


def test_trap_4_a_majority_is_more_than_half_of_the_named_base(nation: Book) -> None:
    majority = nation["ORG-03"]
    assert not majority.met_by(95, base=190)
    assert majority.met_by(96, base=190)
    assert nation["ORG-02"].met_by(2, base=3)
    assert not nation["ORG-02"].met_by(126, base=190)


def test_trap_7_no_statute_deadline_for_deliberation_opinions(nation: Book) -> None:
    assert not [rule for rule in nation.rules() if "审议意见" in rule.title]


def test_trap_8_satisfaction_classes_and_rates_are_not_statute() -> None:
    for code in library().packs:
        book = library().book(code)
        for rule in ("SUG-09", "SUG-11", "SUG-12", "SUG-19", "SUG-07.feedback", "SUG-07.redo", "REP-09"):
            assert not book[rule].locked, (code, rule)


def test_trap_9_courts_and_procuratorates_do_not_move_bills(nation: Book) -> None:
    movers = nation["ORG-04"].title.split("：")[1]
    assert not re.search("法院|检察院|监察委员会", movers)


def test_trap_13_lists_go_by_full_name_strokes(nation: Book) -> None:
    assert nation.option("option.list_order") == "full_name_strokes"


def test_traps_14_and_15_suspension_is_not_the_end_of_qualification(nation: Book) -> None:
    assert nation.citation("REP-29") == "《代表法》第六十一条"
    assert nation.citation("REP-30") == "《代表法》第六十二条"
    assert "责令辞职" in nation["REP-30"].note


def test_places_name_only_rows_that_the_nation_has() -> None:
    """So that a procedure may name any rule and find it in every place."""
    for code, pack in library().packs.items():
        assert {rule.id for rule in pack.rules} <= known_rules(), code
        assert {option.id for option in pack.options} <= known_options(), code


def test_every_basis_can_be_cited() -> None:
    for code in library().packs:
        book = library().book(code)
        for row in (*book.rules(), *book.options()):
            assert book.citation(row.id)
            assert row.title
            assert row.title_en
            assert row.kind != "statute" or "条" in row.citation, row.id


def test_unverified_articles_are_marked() -> None:
    """Statutes whose text was not compared are not of high confidence, and say so."""
    for rule in library().book("cn").rules():
        if rule.locked and rule.law not in ("代表法", "地方组织法", "监督法"):
            assert rule.confidence != "high"
            assert "未随本规则包核对" in rule.note


@pytest.mark.parametrize(
    ("division", "pack"),
    [("500000", "500000"), ("500111", "500000"), ("500111100", "500000"), ("370200", "370200"), ("370202", "370200"),
     ("370000", "cn"), ("370100", "cn"), ("420111", "cn"), ("990101", "cn")],
)  # fmt: skip
def test_the_pack_with_the_longest_prefix_holds(division: str, pack: str) -> None:
    assert library().code_for(division) == pack


@pytest.mark.parametrize(
    ("code", "digits"),
    [
        ("500000", "50"),
        ("370200", "3702"),
        ("370202", "370202"),
        ("500111100", "500111100"),
        ("500111100000", "500111100"),
    ],
)
def test_prefix(code: str, digits: str) -> None:
    assert prefix(code) == digits


def test_no_place_loosens_a_statute() -> None:
    nation, packs = library().book("cn"), library().packs
    for code in packs.keys() - {"cn"}:
        for rule in packs[code].rules:
            assert not loosens(nation[rule.id], rule), (code, rule.id)


def test_a_book_survives_being_written_down() -> None:
    for code in library().packs:
        book = library().book(code)
        again = Book.from_content(book.content)
        assert (again.version, again.rules(), again.options()) == (book.version, book.rules(), book.options())
