"""Order of names by strokes (LST-01, LST-02) and search by pinyin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openrenda.people.names import pinyin, strokes
from openrenda.people.names.surnames import split_name
from openrenda.people.names.text import person_name, plain

SEVEN_STROKES = ["严", "苏", "杜", "李", "杨", "肖", "吴", "何", "余", "汪", "沈", "宋", "张", "陆", "陈", "邵"]


def test_seven_stroke_surnames_stand_in_the_order_of_official_lists() -> None:
    """横竖撇点折: the order that collations by radical get wrong."""
    assert sorted(sorted(SEVEN_STROKES), key=strokes.full_name_key) == SEVEN_STROKES


@pytest.mark.parametrize(
    ("character", "digits"), [("大", "134"), ("王", "1121"), ("雨", "12524444"), ("札", "12345"), ("丁", "12")]
)
def test_strokes_follow_the_national_norm(character: str, digits: str) -> None:
    """横、提=1，竖、竖钩=2，撇=3，点、捺=4，折=5（GF 3003-1999）."""
    assert strokes.table()[character] == digits


def test_fewer_strokes_come_first_then_the_second_character_decides() -> None:
    names = ["张丁", "王强", "丁强", "王一", "王大"]
    assert sorted(names, key=strokes.full_name_key) == ["丁强", "王一", "王大", "王强", "张丁"]


def test_two_habits_for_two_character_names() -> None:
    """姓名笔画 compares the given character as the second; 姓氏笔画 puts two-character names first."""
    names = ["王一明", "王强"]
    assert sorted(names, key=strokes.full_name_key) == ["王一明", "王强"]
    assert sorted(names, key=strokes.surname_key) == ["王强", "王一明"]


def test_a_compound_surname_is_ordered_by_its_first_character() -> None:
    assert strokes.full_name_key("欧阳修")[:2] == "08"
    assert split_name("欧阳修") == ("欧阳", "修")
    assert split_name("爱新觉罗溥仪") == ("爱新觉罗", "溥仪")


def test_characters_outside_the_table_come_last_and_may_be_put_right() -> None:
    names = ["𠮷田", "䶮明", "龚一", "一一"]
    assert sorted(names, key=strokes.full_name_key) == ["一一", "龚一", "䶮明", "𠮷田"]
    assert strokes.override_key("121251", "𠮷田") < strokes.full_name_key("李一")
    with pytest.raises(ValueError, match="1 至 5 的数字"):
        strokes.override_key("129", "𠮷田")


def test_middle_dots_do_not_count_in_the_order() -> None:
    assert strokes.full_name_key("阿不力·买买提") == strokes.full_name_key("阿不力买买提")


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("张三", "zhang san"), ("单小云", "shan xiao yun"), ("曾国", "zeng guo"), ("解放", "xie fang"),
        ("查文", "zha wen"), ("仇伟", "qiu wei"), ("区建", "ou jian"), ("尉迟恭", "yu chi gong"),
        ("万俟雪", "mo qi xue"), ("单于丹", "chan yu dan"), ("任一", "ren yi"), ("吕一", "lv yi"),
    ],
)  # fmt: skip
def test_surnames_are_read_as_surnames(name: str, reading: str) -> None:
    assert pinyin.readings(name).key == reading


def test_initials_and_full_spelling_find_a_name() -> None:
    assert pinyin.readings("张三").search_keys == " zhangsan zs"


def test_a_given_name_is_found_under_each_of_its_readings() -> None:
    keys = pinyin.readings("李乐").search_keys
    assert " lile" in keys
    assert " liyue" in keys
    assert " ly" in keys


def test_an_overridden_reading_comes_first_and_the_others_still_find() -> None:
    readings = pinyin.readings("乐音", override="Le Yin")
    assert readings.key == "le yin"
    assert " yueyin" in readings.search_keys


def test_names_are_tidied_as_they_are_kept() -> None:
    assert person_name(" 张　三\u200b ") == "张三"
    assert person_name("阿不力．买买提".replace("．", "•")) == "阿不力·买买提"
    assert person_name("John  Smith") == "John Smith"
    assert plain("ＡＢ１２　３") == "AB12 3"


@given(st.text(max_size=50))
def test_any_text_has_keys_that_fit_their_columns(name: str) -> None:
    readings = pinyin.readings(name)
    assert len(readings.key) <= pinyin.KEY_LENGTH
    assert len(readings.search_keys) <= pinyin.SEARCH_KEYS_LENGTH
    for key in (strokes.full_name_key(name), strokes.surname_key(name)):
        assert len(key) <= strokes.KEY_LENGTH
        assert key == "" or key.isdecimal()


@given(st.lists(st.sampled_from(SEVEN_STROKES), min_size=2, max_size=4))
def test_names_that_share_a_beginning_are_told_apart_by_what_follows(characters: list[str]) -> None:
    shared, last = "".join(characters[:-1]), characters[-1]
    assert strokes.full_name_key(shared + last).startswith(strokes.full_name_key(shared))
