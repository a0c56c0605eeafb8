"""What an act recorded, as people read it."""

from __future__ import annotations

from typing import Any

import pytest

from openrenda.web.labels import in_words

KEY = "01a22e9c-461d-73cd-b37c-6e00071419d5"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (KEY, "—"),
        ([KEY, "城乡建设局"], "—、城乡建设局"),
        (f"关于养犬管理的决定|{KEY}", "关于养犬管理的决定"),
        ("2026-11-30", "2026年11月30日"),
        (False, "否"),
    ],
)
def test_nobody_reads_the_id_of_a_row(value: Any, words: str) -> None:
    """What has a name is named; what has none for this reader is a dash."""
    assert in_words(value, {}, {}) == words
    assert in_words(KEY, {}, {KEY: "区交通运输局"}) == "区交通运输局"
