"""B15(1) and (4): the figures of the report on handling, and the assessment of organs from stored criteria."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from openrenda import docket
from openrenda.docket.models import Matter
from openrenda.docket.refusals import Incomplete, NotVisible, Refused
from openrenda.figures import Period, evidence, in_year, read
from openrenda.figures.registry import figure, figure_set
from openrenda.procedures.assessment_criteria.records import in_force
from openrenda.procedures.assessment_criteria.scoring import score, scores
from openrenda.web.tests.stage import Way, address, seat, text
from tests.cast import Cast

from .conftest import Wall
from .evaluating import answered, day, set_option
from .stage import replied, take

CRITERIA: dict[str, Any] = {
    "title": "承办单位考核办法", "basis": "第十二次主任会议通过",
    "criterion_1": "in_time_rate", "criterion_1_way": "share", "criterion_1_weight": 50,
    "criterion_2": "solved_rate", "criterion_2_way": "share", "criterion_2_weight": 30,
    "criterion_3": "open_promises", "criterion_3_way": "each", "criterion_3_weight": 20, "criterion_3_points": 5,
}  # fmt: skip


def drafted(cast: Cast, **changes: Any) -> Matter:
    """A version in draft."""
    return docket.open_matter("assessment-criteria", "draft", by=cast["office"], data={**CRITERIA, **changes}).matter


def adopted(cast: Cast, holds_from: str, **changes: Any) -> Matter:
    """A version that holds from a day on."""
    matter = drafted(cast, **changes)
    take(cast, matter, "leader", "adopt", {"decision": "主任会议通过", "holds_from": holds_from})
    return matter


def this_year() -> Period:
    """The year, as known today."""
    return in_year(timezone.localdate().year, timezone.localdate())


def two_answered(cast: Cast, wall: Wall) -> None:
    """One answered in time and solved, one answered late and not."""
    answered(cast)
    late = Way(cast, title="关于另一件事的建议").handling()
    wall.pass_days(150)
    late.take("roads_clerk", "contact", {"way": "visit", "people": "代表", "summary": "到现场。", "held_on": day()})
    late.take("roads_clerk", "draft_reply", {
        "result_class": "B", "done": "已办一半。", "planned": "其余明年办。", "disclosure": "public",
        "promise_1": "增设标志", "promise_1_who": "科长", "promise_1_by": day(60),
    })  # fmt: skip
    late.take("roads_head", "sign_reply")


def test_1_the_report_s_figures_come_from_the_records_as_of_a_day(cast: Cast, wall: Wall) -> None:
    """Must (1): every number opens its list, and yesterday's report says again what it said."""
    way = Way(cast).handling()
    before = timezone.localdate()
    wall.pass_days(3)
    replied(way, day())
    page = text(seat(cast, "government").get("/figures/sets/handling-report/"))
    assert "100.00%" in page
    assert "/figures/answer_rate/part/" in page
    then = text(seat(cast, "government").get(f"/figures/sets/handling-report/?as_of={before.isoformat()}"))
    assert "0.00%" in then
    assert f"as_of={before.isoformat()}" in then
    now = this_year()
    for key in figure_set("handling-report").figures:
        one = figure(key)
        assert read(one, now).part == evidence(one, now, "part").count()


def test_4_scores_come_from_stored_criteria_and_are_computed_anew(cast: Cast, wall: Wall) -> None:
    """Must (4): by hand from the same figures, by the page, and on another day as of that day."""
    holds_from = day()
    two_answered(cast, wall)
    matter = adopted(cast, holds_from)
    criteria = in_force(timezone.localdate())
    assert criteria is not None
    assert criteria.matter_id == matter.pk
    found = score(criteria.criteria(), cast.organs["roads"].pk, this_year())
    # 50 × 1/2, 30 × 1/2, 20 − 5 × 1
    assert [row.points for row in found.rows] == [Decimal("25.00"), Decimal("15.00"), Decimal("15")]
    assert found.total == Decimal("55.00")
    as_of = this_year()
    page = text(seat(cast, "office").get(f"/assessment/{cast.organs['roads'].pk}/"))
    assert all(words in page for words in ("55.00", "25.00", "按期办复率", "第 1 版", "按件数扣分，每项扣5分"))
    assert "/figures/in_time_rate/part/" in page
    wall.pass_days(20)
    answered(cast)
    assert score(criteria.criteria(), cast.organs["roads"].pk, as_of).as_json() == found.as_json()
    assert score(criteria.criteria(), cast.organs["roads"].pk, this_year()).total != found.total


def test_4_what_cannot_be_measured_is_left_out(cast: Cast, wall: Wall) -> None:
    """An organ with nothing answered is not given nought for what nobody could measure."""
    holds_from = day()
    adopted(cast, holds_from)
    criteria = in_force(timezone.localdate())
    assert criteria is not None
    found = score(criteria.criteria(), cast.organs["parks"].pk, this_year())
    assert [row.points for row in found.rows] == [None, None, Decimal(20)]
    assert found.total == Decimal("100.00")


def test_4_a_version_that_holds_does_not_change(cast: Cast, wall: Wall) -> None:
    """Must (4): another version holds from its own day; what was scored under the first is scored under the first."""
    first_day = timezone.localdate()
    first = adopted(cast, day())
    with pytest.raises(Refused):
        take(cast, first, "office", "revise", CRITERIA)
    wall.pass_days(30)
    second = adopted(cast, day(), criterion_1_weight=40, criterion_2_weight=40)
    held = [in_force(when) for when in (first_day, timezone.localdate())]
    assert [row.matter_id if row else None for row in held] == [first.pk, second.pk]
    assert [row.weight for row in held[0].criteria()] == [50, 30, 20]  # type: ignore[union-attr]
    with pytest.raises(Refused, match="请另选日期"):
        adopted(cast, day())


def test_4_a_draft_is_rewritten_and_says_what_is_wrong(cast: Cast, wall: Wall) -> None:
    """Weights make a hundred, rates and counts are scored each in their way, and nobody adopts what she drafted."""
    for wrong, words in (
        ({"criterion_1_weight": 60}, "现为110"), ({"criterion_2": "in_time_rate"}, "只能用一次"),
        ({"criterion_3_way": "share"}, "不是比率"), ({"criterion_3_points": ""}, "每项扣几分"),
    ):  # fmt: skip
        with pytest.raises(Incomplete) as refused:
            drafted(cast, **wrong)
        assert words in str(refused.value.form.errors)
    matter = drafted(cast)
    take(cast, matter, "office", "revise", {**CRITERIA, "criterion_1_weight": 60, "criterion_3_weight": 10})
    assert [row.weight for row in matter.assessment_criteria.get().criteria()] == [60, 30, 10]
    with pytest.raises(NotVisible):
        take(cast, matter, "roads_head", "adopt", {"decision": "同意", "holds_from": day()})
    assert "60 分" in text(seat(cast, "leader").get(address(matter)))


def test_4_organs_stand_side_by_side_only_where_the_congress_decided_so(cast: Cast, wall: Wall) -> None:
    """No league table: without the option no scores together; with it in the order of the register."""
    holds_from = day()
    two_answered(cast, wall)
    adopted(cast, holds_from)
    roads = f"/assessment/{cast.organs['roads'].pk}/"
    page = text(seat(cast, "office").get("/assessment/"))
    assert roads in page
    assert "55.00" not in page
    assert "没有决定并列" in page
    set_option(cast, "option.assessment_comparison", True)
    assert "55.00" in text(seat(cast, "office").get("/assessment/"))
    criteria = in_force(timezone.localdate())
    assert criteria is not None
    beside = {key: found.total for key, _name, found in scores(criteria.criteria(), this_year())}
    assert beside == {str(cast.organs["roads"].pk): Decimal("55.00")}
    # An organ reads its own only.
    own = seat(cast, "roads_head")
    assert "区交通运输局" in text(own.get("/assessment/"))
    assert "55.00" in text(own.get(roads))
    assert seat(cast, "parks_head").get(roads).status_code == 404


def test_4_pages_cost_few_questions(cast: Cast, wall: Wall, django_assert_max_num_queries: Any) -> None:
    """The organs, one organ, and a set of figures, in fifteen questions each."""
    holds_from = day()
    two_answered(cast, wall)
    adopted(cast, holds_from)
    client = seat(cast, "office")
    for url in ("/assessment/", f"/assessment/{cast.organs['roads'].pk}/", "/figures/sets/handling-report/",
                "/figures/sets/dimensions/", "/figures/sets/appraisals/"):  # fmt: skip
        client.get(url)
        with django_assert_max_num_queries(15):
            assert client.get(url).status_code == 200


def test_4_a_congress_may_do_without(cast: Cast, wall: Wall) -> None:
    """The option switched off; and where nothing was adopted the page says what to do."""
    assert "由代表工作机构拟定考核办法" in text(seat(cast, "office").get("/assessment/"))
    set_option(cast, "option.unit_assessment", False)
    with pytest.raises(Refused, match="未启用"):
        drafted(cast)
