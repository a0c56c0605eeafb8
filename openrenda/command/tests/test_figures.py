"""``openrenda figures``: the same numbers as the page, with their formulas, and clear refusals."""

from __future__ import annotations

import argparse
import json
from typing import Any

import pytest

from openrenda.command import Stop, commands, figures
from openrenda.figures import read_all
from openrenda.figures import registry as known
from openrenda.tenancy import congress_scope
from tests.cast import Cast, assemble

pytestmark = pytest.mark.installation


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast of a congress without suggestions."""
    return assemble()


def asked(**changes: Any) -> argparse.Namespace:
    """The command line as parsed."""
    return argparse.Namespace(
        **{"congress": "990101", "year": 2026, "session": None, "as_of": None, "json": False, **changes}
    )


def test_it_is_one_of_the_commands() -> None:
    assert "figures" in [command.NAME for command in commands()]


def test_json_carries_formula_part_whole_and_what_is_left_out(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    options = asked(json=True, as_of="2026-06-30")
    assert figures.run(options) == 0
    printed = json.loads(capsys.readouterr().out)
    assert (printed["as_of"], printed["congress"]) == ("2026-06-30", "990101")
    with congress_scope(cast.congress):
        period = figures.period_of(options)
        assert printed["figures"] == [reading.as_json() for reading in read_all(known.figures(), period)]
    assert all(row["formula"] and row["part"] == 0 for row in printed["figures"])


def test_text_names_the_rounding_and_the_unfinished_year(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert figures.run(asked(as_of="2026-06-30")) == 0
    text = capsys.readouterr().out
    assert "【提】" in text
    assert "不能与完整年度比较" in text
    assert "已答复 ÷ 已交办" in text
    assert "四舍五入" in text


def test_a_session_of_the_year_s_term(cast: Cast) -> None:
    with congress_scope(cast.congress):
        period = figures.period_of(asked(session=1))
        assert period.session is not None
        assert period.name == "第5届第1次会议"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"year": 26}, "不是年度"),
        ({"as_of": "六月底"}, "不是日期"),
        ({"as_of": "2099-01-01"}, "还没有到"),
        ({"session": 9}, "现有：第5届第1次会议"),
        ({"congress": "000000"}, "没有代码为"),
    ],
)
def test_what_cannot_be_asked_is_said_in_a_sentence(cast: Cast, wrong: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Stop, match=sentence):
        figures.run(asked(**wrong))
