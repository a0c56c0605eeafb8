"""A new installation: keys, administrators, and the doctor's word on it."""

from __future__ import annotations

import pytest

from .conftest import Installation

pytestmark = pytest.mark.installation


def test_keys_are_made_once_and_for_oneself(empty: Installation) -> None:
    secret = empty.folder / "keys" / "secret"
    first = secret.read_text()
    assert "未作更改" in empty.run("keys")
    assert secret.read_text() == first
    assert secret.stat().st_mode & 0o077 == 0


def test_the_three_administrators_are_three_people(kept: Installation) -> None:
    """三员分立. Nothing of a refused set-up stays behind."""
    another = ("--congress", "990102", "--system", "jia=甲", "--audit", "bing=丙")
    assert "三个不同的账号" in kept.new_admins(*another, "--security", "jia=甲", expect=1)
    assert "没有代码为 990102" in kept.run("verify", "--congress", "990102", expect=1)
    assert "已为虚构区人民代表大会设立" in kept.new_admins(*another, "--security", "yi=乙")
    assert "已经设有管理员" in kept.new_admins(expect=1)


def test_a_weak_password_is_refused_with_the_rule(kept: Installation) -> None:
    said = kept.new_admins("--congress", "990102", "--system", "ding=丁", typed="12345678\n", expect=1)
    assert "密码不合要求" in said


def test_an_impossible_congress_is_refused(kept: Installation) -> None:
    assert "行政区划代码应为" in kept.new_admins("--congress", "99", expect=1)
    assert "没有“village”这个层级" in kept.new_admins("--congress", "990102", "--level", "village", expect=1)


def test_the_doctor_finds_what_is_wrong_and_says_what_to_do(empty: Installation, kept: Installation) -> None:
    said = empty.run("doctor", expect=1, OPENRENDA_DEBUG="1", OPENRENDA_HOSTS="*")
    assert "去掉 OPENRENDA_DEBUG" in said
    assert "允许任何主机名" in said
    assert "openrenda migrate" in said
    said = kept.run("doctor", expect=1)
    assert "✓ 数据库可用" in said
    assert "✗ 静态文件没有收集" in said
    assert "✗ 后台处理没有运行" in said
    (kept.folder / "worker.heartbeat").touch()
    assert "✓ 后台处理在运行" in kept.run("doctor", expect=1)


def test_without_a_key_the_doctor_says_how_to_make_one(kept: Installation) -> None:
    for name in ("secret", "sealed"):
        (kept.folder / "keys" / name).unlink()
    assert "运行 openrenda keys" in kept.run("doctor", expect=1)


def test_a_database_that_does_not_answer_is_named_in_a_sentence(empty: Installation) -> None:
    nowhere = "postgres://nobody@/none?host=/nonexistent"
    said = empty.run("doctor", "--database", nowhere, expect=1, OPENRENDA_DATABASE_WAIT_SECONDS="1")
    assert "连不上数据库" in said
    assert "Traceback" not in said
