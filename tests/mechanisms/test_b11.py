"""B11 三级评价."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from openrenda import docket
from openrenda.api import rows
from openrenda.docket.models import Matter
from openrenda.docket.refusals import Refusal, Refused
from openrenda.docket.situation import Situation
from openrenda.figures import in_year, read
from openrenda.figures.registry import figure
from openrenda.web.tests.stage import address, seat, text
from tests.cast import Cast
from tests.properties import few_examples

from .conftest import Wall
from .evaluating import answered, children, set_option
from .stage import take

WORDS = {"street": "街道认为已经到位", "office": "区级认为基本到位", "chen": "代表认为没有到位"}
GRADES = {"street": "satisfied", "office": "basically", "chen": "dissatisfied"}
LEVELS = ({"key": "s", "label": "街道评价", "by": "street"}, {"key": "o", "label": "区级评价", "by": "office"},
          {"key": "l", "label": "领导评价", "by": "leader"}, {"key": "d", "label": "代表评价", "by": "sponsor"})  # fmt: skip
WHO = {"street": "street", "office": "office", "leader": "leader", "sponsor": "chen"}


def opened(cast: Cast) -> Matter:
    """An evaluation of an answered suggestion."""
    return docket.open_matter(
        "three-level-evaluation", "open", by=cast["office"], data={"subject": answered(cast).pk}
    ).matter


def evaluate(cast: Cast, matter: Matter, who: str, grade: str = "", words: str = "") -> None:
    """The level whose turn it is."""
    now = Matter.objects.get(pk=matter.pk)
    last = any(party.role.startswith("last") for party in Situation(now, cast[who]).parties)
    data = {"grade": grade or GRADES[who], "opinion": words or WORDS[who]}
    take(cast, matter, who, "evaluate_last" if last else "evaluate", data)


def seen(cast: Cast, matter: Matter, who: str) -> str:
    """Everything somebody gets of it: the page, and what the interface for machines says."""
    situation = Situation(Matter.objects.get(pk=matter.pk), cast[who])
    return text(seat(cast, who).get(address(matter))) + json.dumps(
        [rows.item(situation, offers=True), rows.acts(situation)], default=str, ensure_ascii=False
    )


def test_1_levels_are_settings_and_each_records_grade_evaluator_and_day(cast: Cast, wall: Wall) -> None:
    """Must (1): three by default, under their names."""
    matter = opened(cast)
    for who in ("street", "office", "chen"):
        evaluate(cast, matter, who)
    sheets = [
        (row.label, row.grade, row.evaluator, row.evaluated_on) for row in matter.level_sheets.order_by("position")
    ]
    today = timezone.localdate()
    assert sheets == [
        ("街道评价", "satisfied", cast["street"].name, today), ("区级评价", "basically", cast["office"].name, today),
        ("代表评价", "dissatisfied", "陈一鸣", today),
    ]  # fmt: skip


def test_1_two_levels_under_other_names(cast: Cast, wall: Wall) -> None:
    """Must (1): number and names are the congress's; a running evaluation keeps its own."""
    before = opened(cast)
    set_option(cast, "option.three_level_levels", [LEVELS[2], LEVELS[3]])
    matter = opened(cast)
    assert [level["label"] for level in before.three_level.get().levels] == ["街道评价", "区级评价", "代表评价"]
    evaluate(cast, matter, "leader", "satisfied", "领导意见")
    evaluate(cast, matter, "chen")
    assert Matter.objects.get(pk=matter.pk).state == "evaluated"
    assert "领导评价" in seen(cast, matter, "office")


def test_2_in_order_and_unseen_until_the_end(cast: Cast, wall: Wall) -> None:
    """Must (2): nobody before her turn; no page, no act and no record tells a later level of an earlier one."""
    matter = opened(cast)
    for who in ("office", "chen"):
        with pytest.raises(Refusal):
            evaluate(cast, matter, who)
    evaluate(cast, matter, "street")
    assert WORDS["street"] in seen(cast, matter, "street")
    for who in ("office", "auditor"):
        assert WORDS["street"] not in seen(cast, matter, who)
        assert "satisfied" not in seen(cast, matter, who).replace("dissatisfied", "").replace('value="satisfied', "")
    evaluate(cast, matter, "office")
    page = seen(cast, matter, "chen")
    assert WORDS["street"] not in page
    assert WORDS["office"] not in page
    assert seat(cast, "roads_head").get(address(matter)).status_code == 404
    evaluate(cast, matter, "chen")
    for who in ("street", "office", "chen", "roads_head", "leader"):
        assert all(words in seen(cast, matter, who) for words in WORDS.values()), who


def test_2_a_rule_may_let_later_levels_see_earlier_ones(cast: Cast, wall: Wall) -> None:
    """Must (2): the other way round, when the congress says so."""
    set_option(cast, "option.three_level_earlier_seen", True)
    matter = opened(cast)
    evaluate(cast, matter, "street")
    assert WORDS["street"] in seen(cast, matter, "office")
    assert WORDS["street"] not in seen(cast, matter, "auditor")


def test_3_it_is_not_evaluated_until_all_levels_are_in(cast: Cast, wall: Wall) -> None:
    """Must (3)."""
    matter = opened(cast)
    rate = lambda: read(figure("three_level_rate"), in_year(2026, timezone.localdate()))  # noqa: E731
    for who in ("street", "office"):
        evaluate(cast, matter, who)
        assert (Matter.objects.get(pk=matter.pk).state, rate().part, rate().whole) == ("evaluation", 0, 1)
        assert matter.three_level.get().result == ""
    evaluate(cast, matter, "chen")
    assert (Matter.objects.get(pk=matter.pk).state, rate().part) == ("evaluated", 1)


def test_4_disagreement_is_shown_and_the_rule_on_file_decides(cast: Cast, wall: Wall) -> None:
    """Must (4): the deciding level is the one that was on file when the evaluation was opened."""
    matter = opened(cast)
    set_option(cast, "option.three_level_decides", "street")
    for who in ("street", "office", "chen"):
        evaluate(cast, matter, who)
    record = matter.three_level.get()
    assert (record.result, record.disagreement, record.deciding_label) == ("dissatisfied", True, "代表评价")
    page = seen(cast, matter, "roads_head")
    assert "各级评价不一致" in page
    assert "以哪一级为准" in page
    assert [task.rectification.get().problem for task in children(matter)] == [WORDS["chen"]]
    again = opened(cast)
    for who in ("street", "office", "chen"):
        evaluate(cast, again, who)
    assert again.three_level.get().result == "satisfied"
    assert children(again) == []
    assert read(figure("three_level_disagreement"), in_year(2026, timezone.localdate())).part == 2


@few_examples()
@given(
    levels=st.lists(st.sampled_from(LEVELS), min_size=1, max_size=4, unique_by=lambda level: level["key"]),
    seen_earlier=st.booleans(), grades=st.lists(st.sampled_from(["satisfied", "basically", "dissatisfied"]), min_size=4, max_size=4),
    pick=st.integers(0, 3),
)  # fmt: skip
def test_2_and_4_whatever_the_levels_are(
    cast: Cast, wall: Wall, levels: list[Any], seen_earlier: bool, grades: list[str], pick: int
) -> None:
    """Any levels in any order: only the next one may evaluate, and the one on file decides."""
    decides = levels[pick % len(levels)]["key"]
    set_option(cast, "option.three_level_levels", levels)
    set_option(cast, "option.three_level_earlier_seen", seen_earlier)
    set_option(cast, "option.three_level_decides", decides)
    matter = opened(cast)
    given_grades = dict(zip([level["key"] for level in levels], grades, strict=False))
    for place, level in enumerate(levels):
        assert Matter.objects.get(pk=matter.pk).state == "evaluation"
        for later in levels[place + 1 :]:
            with pytest.raises(Refusal):
                evaluate(cast, matter, WHO[later["by"]], "satisfied", "抢先")
        shown = seen(cast, matter, WHO[level["by"]])
        assert [f"意见{other}" in shown for other in range(place)] == [seen_earlier] * place
        evaluate(cast, matter, WHO[level["by"]], given_grades[level["key"]], f"意见{place}")
    record = matter.three_level.get()
    assert (record.result, record.disagreement) == (given_grades[decides], len(set(given_grades.values())) > 1)


def test_a_congress_may_do_without(cast: Cast, wall: Wall) -> None:
    """The option switched off."""
    set_option(cast, "option.three_level_evaluation", False)
    with pytest.raises(Refused, match="未启用"):
        opened(cast)
