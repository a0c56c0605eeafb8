"""Articles are cited as the reader knows them."""

from __future__ import annotations

import pytest
from django.utils import translation

from openrenda.rulebook import citing
from openrenda.rulebook.library import NATION, library


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("《代表法》第五十一条第二款", "Deputies Law, art. 51(2)"),
        ("《民法典》第一千二百五十九条", "Civil Code, art. 1259"),
        ("《代表法》第六十二条第一款第三项", "Deputies Law, art. 62(1), item 3"),
        ("《地方组织法》第四十二条第一款、第二款", "Local Organic Law, art. 42(1), (2)"),
        (
            "《党政机关公文格式》（GB/T 9704-2012）",
            "Layout of Official Documents of Party and Government Organs (GB/T 9704-2012)",
        ),
        ("主任会议决定", "主任会议决定"),
    ],
)
def test_an_article_is_cited_in_english(chinese: str, english: str) -> None:
    with translation.override("en"):
        assert citing.in_english(chinese) == english


@pytest.mark.parametrize(
    ("words", "number"), [("十", 10), ("二十", 20), ("一百零一", 101), ("一千二百五十九", 1259), ("三", 3)]
)
def test_numbers_of_articles_are_read(words: str, number: int) -> None:
    assert citing.number(words) == number


def test_a_rule_says_its_title_article_and_amount_in_the_language_spoken() -> None:
    rule = library().book(NATION)["REP-05"]
    with translation.override("zh-hans"):
        assert (rule.words, rule.citation, rule.amount) == (rule.title, "《代表法》第五十一条第二款", "3个月")
    with translation.override("en"):
        assert (rule.words, rule.citation, rule.amount) == (rule.title_en, "Deputies Law, art. 51(2)", "3 months")
