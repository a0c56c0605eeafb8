"""B14 代表建议集中评议."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from openrenda import docket
from openrenda.docket.models import Matter
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.figures import in_year, read
from openrenda.figures.registry import figure
from openrenda.web.tests.stage import Way, address, seat, text
from tests.cast import Cast

from .conftest import Wall
from .evaluating import answered, children, day, rectified, set_option
from .stage import chain, take


def convened(cast: Cast, title: str = "2026年集中评议") -> Matter:
    """A meeting with three deputies present."""
    data = {"title": title, "held_on": day(), "place": "区人大常委会会议室"}
    matter = docket.open_matter("appraisal", "convene", by=cast["office"], data=data).matter
    take(cast, matter, "office", "present", {"deputies": [cast.mandates[who].pk for who in ("chen", "lin", "zhou")]})
    return matter


def appraise(cast: Cast, matter: Matter, way: Way, result: str = "satisfied", **more: object) -> None:
    """The result of one item."""
    take(cast, matter, "office", "appraise", {"subject": way.pk, "result": result, **more})


def test_1_a_meeting_lists_items_deputies_present_and_results(cast: Cast, wall: Wall) -> None:
    """Must (1): per item and per department."""
    data = {"title": "集中评议", "held_on": day()}
    matter = docket.open_matter("appraisal", "convene", by=cast["office"], data=data).matter
    way = answered(cast)
    with pytest.raises(Refused, match="到会代表"):
        appraise(cast, matter, way)
    with pytest.raises(Refused, match="评议结果"):
        take(cast, matter, "office", "close")
    take(cast, matter, "office", "present", {"deputies": [cast.mandates[who].pk for who in ("chen", "lin")]})
    appraise(cast, matter, way, "basically")
    with pytest.raises(Incomplete) as refused:
        appraise(cast, matter, way)
    assert "已经登记过结果" in str(refused.value.form.errors["subject"])
    take(cast, matter, "office", "close")
    page = text(seat(cast, "lin").get(address(matter)))
    assert all(words in page for words in ("陈一鸣", "林翀", "区交通运输局", "基本满意", way.matter.title))
    assert "周䶮" not in page


def test_1_what_is_to_be_kept_from_others_is_not_appraised(cast: Cast, wall: Wall) -> None:
    """Every deputy reads an appraisal, so a confidential suggestion has no place in it."""
    matter = convened(cast)
    with pytest.raises(Incomplete) as refused:
        appraise(cast, matter, answered(cast, keep_secret="on"))
    assert "保密" in str(refused.value.form.errors["subject"])


def test_2_a_problem_is_a_task_for_the_department_with_a_day(cast: Cast, wall: Wall) -> None:
    """Must (2)."""
    matter = convened(cast)
    with pytest.raises(Incomplete) as refused:
        appraise(cast, matter, answered(cast), "dissatisfied")
    assert "写明问题" in str(refused.value.form.errors["problem"])
    appraise(cast, matter, answered(cast), "dissatisfied", problem="东门没有停靠区。", due_on=day(45))
    appraise(cast, matter, answered(cast), "satisfied")
    (task,) = children(matter)
    assert (task.due_on.isoformat(), task.rectification.get().organ) == (day(45), cast.organs["roads"])
    assert docket.inbox(cast["roads_clerk"]).filter(pk=task.pk).exists()


def test_3_the_next_appraisal_opens_with_the_state_of_the_former_tasks(cast: Cast, wall: Wall) -> None:
    """Must (3): as it was on that day, whatever becomes of them later."""
    first = convened(cast, "第一次评议")
    for problem in ("东门没有停靠区。", "信号灯配时没有调整。"):
        appraise(cast, first, answered(cast), "dissatisfied", problem=problem)
    take(cast, first, "office", "close")
    done, waiting = children(first)
    rectified(cast, done)
    wall.pass_days(100)
    second = convened(cast, "第二次评议")
    former = second.appraisal.get().former
    assert [(task["matter"], task["organ"], task["label"]) for task in former] == [
        (str(done.pk), "区交通运输局", "整改完成"), (str(waiting.pk), "区交通运输局", "待整改"),
    ]  # fmt: skip
    assert ("上一次", address(first)) in chain(cast, second, "office")
    rectified(cast, waiting)
    page = text(seat(cast, "office").get(address(second)))
    assert "待整改" in page
    assert address(waiting) in page


def test_4_a_department_is_compared_with_itself_over_the_years(cast: Cast, wall: Wall) -> None:
    """Must (4): a row a department, a column a year, every number with its list; in the order of the register, not of the rates."""
    for result, problem in (("dissatisfied", "没有停靠区"), ("satisfied", "")):
        matter = convened(cast, f"评议{result}")
        appraise(cast, matter, answered(cast), result, problem=problem)
        take(cast, matter, "office", "close")
        wall.pass_days(366)
    this_year = timezone.localdate().year - 1
    rates = [
        read(figure("appraisal_satisfaction"), in_year(year, date(year, 12, 31))).rate
        for year in (this_year - 1, this_year)
    ]
    assert rates == ["0.00%", "100.00%"]
    page = text(seat(cast, "office").get("/figures/sets/appraisals/"))
    assert all(words in page for words in ("区交通运输局", f"{this_year - 1}年", f"{this_year}年", "100.00%", "0.00%"))
    assert seat(cast, "roads_head").get("/figures/sets/appraisals/").status_code == 200
    assert "区园林局" not in text(seat(cast, "roads_head").get("/figures/sets/appraisals/"))


def test_a_congress_may_do_without(cast: Cast, wall: Wall) -> None:
    """The option switched off."""
    set_option(cast, "option.appraisal", False)
    with pytest.raises(Refused, match="未启用"):
        convened(cast)
