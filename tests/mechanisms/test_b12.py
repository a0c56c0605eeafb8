"""B12 三维度两次评价."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from openrenda import docket
from openrenda.docket.models import Matter
from openrenda.docket.refusals import Incomplete, NotVisible, Refused
from openrenda.figures import evidence, in_year, read, split
from openrenda.figures.registry import figure
from openrenda.people.models import Organ
from openrenda.web.tests.stage import address, seat, text
from tests.cast import BEGAN, Cast, _sit

from .conftest import Wall
from .evaluating import answered, children, rectified, set_option
from .stage import take

FIRST: dict[str, Any] = {"compliance": 80, "document": 90, "effect": 50, "comment": "路口仍然拥堵。"}
SECOND: dict[str, Any] = {"compliance": 85, "document": 90, "effect": 75}


def opened(cast: Cast, evaluator: str = "street") -> Matter:
    """An evaluation by the subdistrict."""
    data = {"subject": answered(cast).pk, "evaluator": cast.organs[evaluator].pk}
    return docket.open_matter("dimension-evaluation", "open", by=cast["office"], data=data).matter


def test_1_three_dimensions_are_scored_separately(cast: Cast, wall: Wall) -> None:
    """Must (1)."""
    matter = opened(cast)
    for name in ("compliance", "document", "effect"):
        with pytest.raises(Incomplete) as refused:
            take(cast, matter, "street", "score_first", {key: value for key, value in FIRST.items() if key != name})
        assert name in refused.value.form.errors
    with pytest.raises(Incomplete):
        take(cast, matter, "street", "score_first", {**FIRST, "effect": 101})
    take(cast, matter, "street", "score_first", FIRST)
    sheet = matter.dimension_sheets.get()
    assert (sheet.compliance, sheet.document, sheet.effect) == (80, 90, 50)


def test_2_exactly_two_rounds_and_the_second_shows_the_change(cast: Cast, wall: Wall) -> None:
    """Must (2)."""
    matter = opened(cast)
    with pytest.raises(Refused):
        take(cast, matter, "street", "score_second", SECOND)
    take(cast, matter, "street", "score_first", FIRST)
    with pytest.raises(Refused):
        take(cast, matter, "street", "score_first", FIRST)
    take(cast, matter, "street", "score_second", SECOND)
    for step in ("score_first", "score_second"):
        with pytest.raises(Refused):
            take(cast, matter, "street", step, SECOND)
    assert matter.dimension_sheets.count() == 2
    page = text(seat(cast, "roads_head").get(address(matter)))
    assert all(words in page for words in ("比第一次高 5 分", "与第一次相同", "比第一次高 25 分"))


def test_3_a_failing_dimension_is_a_row_with_a_deadline(cast: Cast, wall: Wall) -> None:
    """Must (3): one a dimension, with the reason that was written; the evaluating body may check it."""
    matter = opened(cast)
    with pytest.raises(Incomplete) as refused:
        take(cast, matter, "street", "score_first", {**FIRST, "comment": ""})
    assert "低于60分" in str(refused.value.form.errors["comment"])
    take(cast, matter, "street", "score_first", {**FIRST, "document": 59})
    tasks = sorted(children(matter), key=lambda task: task.rectification.get().problem, reverse=True)
    assert [task.rectification.get().problem[:4] for task in tasks] == ["文书评价", "效果评价"]
    assert all(task.due_on and "路口仍然拥堵" in task.rectification.get().problem for task in tasks)
    take(cast, tasks[0], "roads_clerk", "report", {"done": "已补正。", "proof": "补正函"})
    take(cast, tasks[0], "street", "accept", {"checked": "属实"})
    rectified(cast, tasks[1])


def test_3_the_pass_mark_is_the_congress_s(cast: Cast, wall: Wall) -> None:
    """Must (3): with a lower mark nothing fails."""
    set_option(cast, "option.dimension_pass", 50)
    matter = opened(cast)
    take(cast, matter, "street", "score_first", FIRST)
    assert children(matter) == []


def test_4_unit_tables_give_averages_a_dimension_and_round(cast: Cast, wall: Wall) -> None:
    """Must (4): each mean opens its sheets; organs stand in the order of their register."""
    for first in (FIRST, {**FIRST, "effect": 61}):
        matter = opened(cast)
        take(cast, matter, "street", "score_first", first)
        take(cast, matter, "street", "score_second", SECOND)
    now = in_year(2026, timezone.localdate())
    means = {key: read(figure(key), now).value for key in ("compliance_first", "effect_first", "effect_second")}
    assert means == {"compliance_first": "80.00", "effect_first": "55.50", "effect_second": "75.00"}
    assert [(row.label, row.reading.mean) for row in split(figure("effect_first"), now, "organ")] == [
        ("区交通运输局", "55.50")
    ]
    assert sorted(row.effect for row in evidence(figure("effect_first"), now, "part")) == [50, 61]
    page = text(seat(cast, "office").get("/figures/sets/dimensions/"))
    assert all(words in page for words in ("区交通运输局", "55.50", "75.00", "合规均分（首次）"))
    assert "55.50" in text(seat(cast, "roads_head").get("/figures/effect_first/"))
    assert read(figure("dimension_twice_rate"), now).rate == "100.00%"


def test_5_nobody_evaluates_what_her_own_body_handled(cast: Cast, wall: Wall) -> None:
    """Must (5): not when it is opened, and not after the handling passed to the evaluating body since."""
    subject = answered(cast)
    street = Organ.objects.create(code="s2", name="红石街道", kind="street", since=BEGAN)
    _sit(cast, "street2", "street_reviewer", "organ", street.pk, "红石街道人大工委")
    docket.act(subject.matter, "hand_over", by=cast["registrar"], data={
        "leaver": cast.organs["roads"].pk, "successor": street.pk, "name": street.name, "reason": "机构改革",
    })  # fmt: skip
    data = {"subject": subject.pk, "evaluator": street.pk}
    with pytest.raises(Incomplete) as refused:
        docket.open_matter("dimension-evaluation", "open", by=cast["office"], data=data)
    assert "不能是承办这件建议的单位" in str(refused.value.form.errors)
    matter = opened(cast)
    with pytest.raises(NotVisible):
        take(cast, matter, "street2", "score_first", FIRST)
    docket.act(matter, "hand_over", by=cast["registrar"], data={
        "leaver": cast.organs["roads"].pk, "successor": cast.organs["street"].pk, "name": "青石街道", "reason": "职能划转",
    })  # fmt: skip
    with pytest.raises(Refused, match="本单位承办"):
        take(cast, matter, "street", "score_first", FIRST)
