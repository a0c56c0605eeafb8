"""How text becomes words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from openrenda.search.words import VOCABULARY, folded, narrowed, place_words, plain_words, segment, title_pieces


@given(st.text())
def test_folding_keeps_every_place_in_the_text(text: str) -> None:
    assert len(folded(text)) == len(narrowed(text)) == len(text)
    assert folded(folded(text)) == folded(text)


@given(st.text())
def test_words_hold_nothing_that_an_index_reads_as_syntax(text: str) -> None:
    for word in [*segment(text), *plain_words(text), *title_pieces(text)]:
        assert word
        assert not set(word) & set(" \t\n\x00'\"\\&|!<>()*:^-_")


@given(st.text(alphabet="在和平里小区内建设电动自行车充电棚一二Ａ3.5。", max_size=30))
def test_what_is_asked_for_is_among_what_is_stored(text: str) -> None:
    assert set(plain_words(text)) <= set(segment(text))


def test_a_word_is_found_in_any_company() -> None:
    """By itself the segmenter reads ``小｜区内``."""
    assert "小区" in segment("请在小区内建设")


def test_numbers_latin_words_and_pictographs_are_words() -> None:
    assert {"g104", "3.5", "公里", "led", "路灯", "😀"} <= set(segment("Ｇ１０４国道３．５公里处的LED路灯😀！"))


def test_every_word_of_the_vocabulary_is_one_word() -> None:
    words = [line for line in VOCABULARY.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert len(words) == len(set(words))
    assert [word for word in words if plain_words(word) != [word]] == []


def test_places_are_told_by_how_they_end() -> None:
    assert place_words("关于在幸福路与人民街交叉口增设公交站的建议") == ["幸福路", "人民街"]
    assert place_words("整治临乐新村、和平里社区旁的河道") == ["临乐新村", "和平里", "平里社区"]
    assert place_words("农村公路、老旧小区、道路、城里、这里、菜市场") == []


def test_pieces_of_titles() -> None:
    assert title_pieces("修LED路灯👍") == ["修", "led", "路", "灯", "路灯", "👍"]
