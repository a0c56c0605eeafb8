"""Names of residents: found by the words around them, proposed and never sure of all (个人信息保护法第二十五条)."""

from __future__ import annotations

from time import perf_counter

import pytest

from openrenda.documents.redaction import redact, without_names
from openrenda.documents.residents import named, private


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("居民张建国反映，学府路早高峰拥堵，联系人王女士。", ["张建国", "王女士"]),
        ("业主李军、赵小红等人多次投诉。", ["李军", "赵小红"]),
        ("村民欧阳明每月缴费，家长张丽华每天接送。", ["欧阳明", "张丽华"]),
        ("和平路张大爷今年80岁，低保户周䶮家住三楼。", ["张大爷", "周䶮"]),
        ("投诉人：李明，70岁老人王秀英独居。", ["李明", "王秀英"]),
    ],
)
def test_names_beside_words_that_say_whose_they_are(text: str, names: list[str]) -> None:
    assert sorted(private(text)) == sorted(names)


@pytest.mark.parametrize(
    "text",
    [
        "居民高度关注，群众安全得不到保障，居民严重不满，群众关心的问题。",
        "居民向社区反映，学生于老师处领取，居民江边散步，老人常年独居。",
        "区交通运输局局长刘伟表示支持，代表陈一鸣、欧阳玥到现场察看。",
        "万安街道方庄社区居民连续三年反映，向阳小区，金水桥，高新区。",
        "居民李某、业主王某某反映。",
    ],
)
def test_ordinary_words_officials_and_masked_names_stay(text: str) -> None:
    assert private(text) == []


def test_other_names_are_proposed_with_what_stands_around_them() -> None:
    found = {one.name: one for one in named("局长刘伟到场，居民张军介绍了情况。")}
    assert (found["张军"].sure, found["刘伟"].sure) == (True, False)
    assert "局长刘伟到场" in found["刘伟"].around


def test_a_chosen_name_is_hidden_wherever_it_stands_and_only_once() -> None:
    text = "张军反映，张军伟和张军的电话是13800001234。"
    shown = redact(text, ["张军", "张军伟"]).text
    assert shown == "〔姓名已隐去〕反映，〔姓名已隐去〕和〔姓名已隐去〕的电话是〔手机号已隐去〕。"
    assert redact(shown, ["张军", "张军伟"]).text == shown
    assert without_names(text, ["张军伟", " "]) == text.replace("张军伟", "〔姓名已隐去〕")
    assert without_names(text, []) == text


def test_a_long_text_takes_no_longer_than_its_length() -> None:
    started = perf_counter()
    named("居民张建国、" * 20_000)
    assert perf_counter() - started < 5
