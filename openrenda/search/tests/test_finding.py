"""What is found, what is not, and what a query may contain."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openrenda import search
from openrenda.people.models import Congress
from openrenda.search.models import SearchDocument
from openrenda.search.tests.conftest import Put
from openrenda.tenancy import congress_scope, uuid7
from tests.properties import few_examples


def subjects(query: str, **options: object) -> list[object]:
    return [hit.subject for hit in search.find(query, **options)]  # type: ignore[arg-type]


def test_two_character_words_are_found_in_title_and_text(put: Put) -> None:
    lamp = put("关于在和平里增设路灯的建议", "夜间照明不足，老人出行不便。")
    school = put("关于改善校门口交通秩序的建议", "放学时段拥堵严重，夜间也有照明问题。")
    assert subjects("路灯") == [lamp]
    assert set(subjects("照明")) == {lamp, school}
    assert subjects("照明 拥堵") == [school]
    assert subjects("养老") == []


def test_any_two_neighbouring_characters_of_a_title_are_found(put: Put) -> None:
    bridge = put("关于修缮云川市长江大桥的建议")
    title = "云川市长江大桥"
    for start in range(len(title) - 1):
        assert subjects(title[start : start + 2]) == [bridge]
        assert subjects(f"“{title[start : start + 2]}”") == [bridge]
    assert subjects("桥") == [bridge]


def test_a_quoted_phrase_stands_as_it_is(put: Put) -> None:
    together = put("建议一", "请在小区内建设电动自行车充电棚。")
    put("建议二", "电动自行车数量多，小区没有地方充电，停车棚也旧了。")
    assert subjects('"电动自行车充电棚"') == [together]
    assert subjects("「电动自行车充电棚」小区") == [together]
    assert subjects('"充电棚电动自行车"') == []


def test_the_name_of_a_road_stands_as_it_is(put: Put) -> None:
    junction = put("建议一", "幸福路口的信号灯时间太短。")
    put("建议二", "群众的幸福感和道路、信号灯都有关系。")
    assert subjects("幸福路 信号灯") == [junction]


def test_a_phrase_holding_wildcards_is_no_pattern(put: Put) -> None:
    put("关于降低费率的建议", "费率由百分之三降到百分之二。")
    assert subjects('"费%由"') == []
    assert subjects('"费_由"') == []


def test_titles_come_before_texts_and_the_whole_query_before_its_words(put: Put) -> None:
    in_text = put("关于停车的建议", "老旧小区很多。建议加装电梯。" * 3)
    words = put("关于电梯加装与老旧小区改造的建议")
    whole = put("关于老旧小区加装电梯的建议")
    assert subjects("老旧小区加装电梯") == [whole, words, in_text]


def test_full_width_and_capital_letters_are_the_same_letter(put: Put) -> None:
    lamp = put("关于更换ＬＥＤ路灯的建议", "Ｇ１０４国道３．５公里处，执行GB/T 9704标准。")
    for query in (
        "led",
        "LED",
        "ｌｅｄ路灯",
        "g104",
        "3.5公里",
        "gb/t 9704",
        '"ＬＥＤ路灯"',
        '"led路灯"',
        '"gb/t 9704"',
    ):
        assert subjects(query) == [lamp], query


def test_rare_characters_and_pictographs_are_found(put: Put) -> None:
    rare = put("关于保护𠮷野家旧址和㙍头村古井的建议", "龘龘😀点赞👍🏽，面积约３㎡。")
    put("关于其他事项的建议", "没有生僻字。")
    for query in ("𠮷", "㙍头村", "龘", "😀", "👍", "㎡", '"𠮷野"'):
        assert subjects(query) == [rare], query


def test_a_piece_of_a_word_in_a_text_is_found_letter_by_letter(put: Put) -> None:
    found = put("建议", "请协调菜鸟驿站进小区。")
    assert subjects("鸟驿") == [found]
    assert subjects("“鸟驿站进”") == [found]


HOSTILE = [
    "a OR", "OR", "AND NOT", "NEAR(a b)", '"', '""', '"路灯', '路灯"', "路*", "*", "(", "((路灯)", "路灯)", "-路灯", "^路灯",
    "title:路灯", "路灯:", "{a b}:c", "' OR 1=1 --", "'; DROP TABLE search_word; --", "路灯' & '", "\\", "路灯\\", "!路灯",
    "路灯 & | !", "<->", "路灯:*", "%", "_", "%s", "%(x)s", "{}", "\x00", "路灯\x00", "\ud800路灯", "\n\t", "", "　", "“”",
    "路" * 5000, "路灯 " * 500, '"路灯" ' * 100, "a" * 5000,
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
def test_nothing_in_a_query_is_syntax(put: Put, query: str) -> None:
    lamp = put("关于增设路灯的建议", "夜间照明不足。")
    other = put("关于其他事项的建议", "与前者无关。")
    assert set(subjects(query)) <= {lamp}, query
    assert search.similar(query, query) is not None
    assert other in subjects("其他事项")


def test_marks_around_a_word_do_not_hide_it(put: Put) -> None:
    lamp = put("关于增设路灯的建议")
    for query in (
        "路灯*",
        "(路灯)",
        "-路灯",
        "路灯?",
        "《路灯》",
        "路灯'",
        "路灯\\",
        '"路灯',
        "路灯 & | !",
        "路灯\x00",
    ):
        assert subjects(query) == [lamp], query


@few_examples()
@given(query=st.text(max_size=40), title=st.text(max_size=40))
def test_any_text_can_be_stored_and_asked(congress: Congress, query: str, title: str) -> None:
    subject = uuid7()
    search.index(subject, "proposal", "suggestion", title, query, True)
    if search.segment(title):
        assert subject in subjects(title, limit=1000)
    assert isinstance(search.find(query), list)
    assert isinstance(search.similar(query, title), list)
    search.remove(subject)


def test_filters(put: Put) -> None:
    open_one = put("关于路灯的建议", kind="proposal", procedure="suggestion", public=True)
    closed = put("关于路灯的意见", kind="opinion", procedure="opinion", public=False)
    assert set(subjects("路灯")) == {open_one, closed}
    assert subjects("路灯", public=True) == [open_one]
    assert subjects("路灯", public=False) == [closed]
    assert subjects("路灯", kinds=["opinion"]) == [closed]
    assert subjects("路灯", procedures=["suggestion"]) == [open_one]
    assert subjects("路灯", kinds=[]) == []


def test_only_allowed_subjects_are_shown_even_behind_many_others(congress: Congress) -> None:
    old = uuid7()
    search.index(old, "proposal", "suggestion", "关于路灯的建议", "夜间照明", False)
    others = [search.Document(uuid7(), "proposal", "suggestion", f"关于路灯的建议之{n}") for n in range(300)]
    list(search.reindex(congress, [search.Document(old, "proposal", "suggestion", "关于路灯的建议"), *others]))
    allowed = SearchDocument.objects.filter(subject=old)
    by_subject = type("Allowed", (), {"filter": staticmethod(lambda pk: allowed.filter(subject=pk))})
    assert subjects("路灯", subjects=by_subject) == [old]
    assert subjects("路灯", subjects=by_subject, limit=1) == [old]


def test_a_hundred_that_may_be_shown_are_weighed_whatever_lies_between(congress: Congress) -> None:
    documents = [search.Document(uuid7(), "proposal", "suggestion", f"关于路灯的建议之{n}") for n in range(420)]
    list(search.reindex(congress, documents))
    rows = list(SearchDocument.objects.order_by("-id").values_list("subject", flat=True))
    for shown in (rows, rows[::2], rows[::4], [row for place, row in enumerate(rows) if place % 3]):
        allowed = SearchDocument.objects.filter(subject__in=shown)
        by_subject = type("Allowed", (), {"filter": staticmethod(lambda pk, rows=allowed: rows.filter(subject=pk))})
        found = subjects("路灯", subjects=by_subject, limit=100)
        assert len(found) == 100
        assert set(found) <= set(shown)


def test_one_matter_is_shown_once_with_its_best_text(put: Put) -> None:
    subject = put("关于路灯的建议", "照明")
    search.index(subject, "answer", "suggestion", "关于路灯的答复", "路灯" * 3, True)
    hits = search.find("路灯")
    assert [hit.subject for hit in hits] == [subject]


def test_another_congress_is_never_seen(put: Put, neighbour: Congress) -> None:
    ours = put("关于路灯的建议", "夜间照明")
    with congress_scope(neighbour):
        assert search.find("路灯") == []
        assert search.find("灯的") == []
        assert search.similar("夜间照明", "关于路灯的建议") == []
        search.index(ours, "proposal", "suggestion", "关于邻区路灯的建议", "", True)
        assert [hit.title for hit in search.find("路灯")] == ["关于邻区路灯的建议"]
        search.remove(ours)
    assert subjects("路灯") == [ours]


def test_congresses_whose_terms_begin_alike_stay_apart(
    put: Put, neighbour: Congress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openrenda.search.matching.mark", lambda congress: "same")
    ours = put("关于路灯的建议", "夜间照明")
    with congress_scope(neighbour):
        assert search.find("路灯") == []
        assert search.find("照明") == []
        assert search.similar("夜间照明", "关于路灯的建议") == []
    assert subjects("路灯") == [ours]


def test_heading_and_snippet_mark_the_words_and_carry_no_markup(put: Put) -> None:
    put("关于<b>路灯</b>的建议", "前言。" * 60 + "此处夜间照明不足，路灯损坏，ＬＥＤ路灯更省电。" + "结语。" * 60)
    (hit,) = search.find("路灯 照明")
    assert "".join(piece.text for piece in hit.heading) == "关于<b>路灯</b>的建议"
    assert [piece.text for piece in hit.heading if piece.marked] == ["路灯"]
    assert [piece.text for piece in hit.snippet if piece.marked] == ["照明", "路灯", "路灯"]
    assert len("".join(piece.text for piece in hit.snippet)) <= 92


def test_one_or_two_queries(put: Put, django_assert_num_queries: object) -> None:
    for number in range(30):
        put(f"关于第{number}号路灯的建议", "夜间照明不足")
    search.similar("", "路灯")  # draws the sample, once in some minutes
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(search.find("路灯", limit=20)) == 20
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(search.find("照明", limit=20)) == 20
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert search.find("没有人写过的很长的一句话") == []
    with django_assert_num_queries(3):  # type: ignore[operator]
        assert search.find("养老") == []
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert search.find("！？") == []
