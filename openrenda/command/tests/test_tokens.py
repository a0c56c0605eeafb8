"""Tokens given and taken back by the operator."""

from __future__ import annotations

import pytest

from .conftest import Installation

pytestmark = pytest.mark.installation


def test_a_token_is_given_once_and_taken_back(kept: Installation) -> None:
    said = kept.run(
        "create-token", "--congress", "990101", "--login", "xitong", "--name", "办公系统", "--scopes", "read,act"
    )
    assert "openrenda_" in said
    assert "没有发放" in kept.run(
        "create-token", "--congress", "990101", "--login", "xitong", "--name", "办公系统", "--scopes", "write", expect=1
    )
    assert "请用 --seat" in kept.run(
        "create-token", "--congress", "990101", "--login", "nobody", "--name", "甲", expect=1
    )
    assert "已收回 1 个" in kept.run("create-token", "--congress", "990101", "--name", "办公系统", "--revoke")
    kept.run("create-token", "--congress", "990101", "--name", "办公系统", "--revoke", expect=1)
