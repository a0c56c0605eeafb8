"""What the public portal must not show (个人信息保护法第二十五条), and what it must."""

from __future__ import annotations

from datetime import date
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openrenda.documents.redaction import (
    IDENTITY_CHECKS,
    IDENTITY_WEIGHTS,
    LABELS,
    is_bank_card,
    is_identity,
    redact,
)

WORDS = st.text(alphabet="关于老旧小区加装电梯的建议，。；（）\n \U00020bb7䶮", max_size=30)


def identity(region: int, day: str, order: int) -> str:
    body = f"{region:06d}{day}{order:03d}"
    return body + IDENTITY_CHECKS[sum(int(d) * w for d, w in zip(body, IDENTITY_WEIGHTS, strict=True)) % 11]


def card(body: str) -> str:
    return next(body + str(last) for last in range(10) if is_bank_card(body + str(last)))


IDENTITIES = st.builds(
    identity,
    st.integers(110101, 659999),
    st.dates(date(1901, 1, 1), date(2099, 12, 31)).map("{:%Y%m%d}".format),
    st.integers(0, 999),
)
CARDS = st.integers(15, 18).flatmap(lambda n: st.integers(4 * 10 ** (n - 1), 7 * 10 ** (n - 1) - 1)).map(str).map(card)
MOBILES = st.builds("1{}{:09d}".format, st.integers(3, 9), st.integers(0, 999_999_999))
EMAILS = st.builds(
    "{}@{}.cn".format, st.from_regex(r"[a-z0-9.]{1,12}", fullmatch=True), st.from_regex(r"[a-z]{1,8}", fullmatch=True)
)


@given(WORDS, st.one_of(IDENTITIES, CARDS, MOBILES, EMAILS), WORDS)
def test_numbers_that_name_a_person_are_gone_whatever_stands_around_them(before: str, secret: str, after: str) -> None:
    found = redact(f"{before}{secret}{after}")
    assert secret not in found.text
    assert found.text.startswith(before)
    assert found.text.endswith(after)


@given(MOBILES)
def test_full_width_digits_hide_nothing(number: str) -> None:
    wide = number.translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)})
    assert redact(f"电话{wide}。").text == "电话〔手机号已隐去〕。"


@given(st.text(alphabet="李𠮷家住电话卡号证微信QQ京A12-3.45室号栋单元@x：，0 ", max_size=60))
def test_doing_it_twice_changes_nothing_and_spans_rebuild_the_text(text: str) -> None:
    found = redact(text)
    assert redact(found.text).spans == ()
    rebuilt, place = "", 0
    for span in found.spans:
        assert place <= span.start < span.end
        rebuilt += text[place : span.start] + f"〔{LABELS[span.kind]}已隐去〕"
        place = span.end
    assert rebuilt + text[place:] == found.text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("请联系 138-0000-1234 张某", "请联系 〔手机号已隐去〕 张某"),
        ("+86 13800001234", "〔手机号已隐去〕"),
        ("电话（000）88886666转801", "电话〔电话号码已隐去〕"),
        ("电话000-88886666，3人", "电话〔电话号码已隐去〕，3人"),
        ("座机：66668888，", "座机：〔电话号码已隐去〕，"),
        ("身份证 110101 19900307 7715 号", "身份证 〔身份证号已隐去〕 号"),
        ("老身份证110101900307771", "老身份证〔身份证号已隐去〕"),
        ("护照号码：E12345678", "护照号码：〔证件号码已隐去〕"),
        ("账号：1234 5678 9012", "账号：〔银行卡号已隐去〕"),
        ("微信号 abc_12345", "微信号 〔网络账号已隐去〕"),
        ("车牌渝A·12345违停", "车牌〔车牌号已隐去〕违停"),
        ("粤BD12345，", "〔车牌号已隐去〕，"),
        ("某某小区3栋2单元501室漏水", "某某小区〔门牌号已隐去〕漏水"),
        ("和平路12号院5号楼二单元301", "和平路〔门牌号已隐去〕"),
        ("幸福苑3-2-501漏水", "幸福苑〔门牌号已隐去〕漏水"),
        ("我家住和平路12号附3号，", "我家住和平路〔门牌号已隐去〕，"),
    ],
)
def test_personal_data_as_people_write_it(text: str, shown: str) -> None:
    assert redact(text).text == shown


@pytest.mark.parametrize(
    "text",
    [
        "2026年3月5日，第128号建议，〔2026〕86号",
        "2026-03-05 至 2026-3-15",
        "投入13800000000元，惠及120000人",
        "拨打12345热线或110",
        "3栋居民楼、5个单元",
        "地铁12号线二期",
        "编号20260305000123",
        "行政中心3号门",
        "面积 1200.50 平方米",
    ],
)
def test_what_is_public_stays(text: str) -> None:
    assert redact(text).text == text


@given(IDENTITIES, st.integers(0, 16))
def test_the_check_character_finds_a_wrong_digit(number: str, place: int) -> None:
    assert is_identity(number)
    wrong = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
    checked = sum(int(d) * w for d, w in zip(wrong[:17], IDENTITY_WEIGHTS, strict=True)) % 11
    assert IDENTITY_CHECKS[checked] != wrong[17]


@pytest.mark.parametrize("character", ["1", "a", "号", "1号", "1栋", "a.", "1-", "一"])
def test_a_long_text_takes_no_longer_than_its_length(character: str) -> None:
    text = character * (200_000 // len(character))
    started = perf_counter()
    redact(text)
    assert perf_counter() - started < 5
