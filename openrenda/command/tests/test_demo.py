"""The demo never touches a database with other data in it."""

from __future__ import annotations

import socket

import pytest

from .conftest import Installation

pytestmark = pytest.mark.installation


def test_the_demo_leaves_other_data_alone(kept: Installation) -> None:
    assert "原有数据没有改动" in kept.run("demo", "--load-only", expect=1)
    said = kept.run("demo", "--load-only", "--fresh", expect=1)
    assert "没有删除" in said or "原有数据没有改动" in said
    assert "虚构区" in kept.run("verify", "--congress", "990101")


def test_a_taken_port_is_said_before_anything_is_done(empty: Installation) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = empty.run("demo", "--port", str(port), expect=1)
    assert f"--port {port + 1}" in said
    assert "[1/3]" not in said
