"""A18 走访选民与代表联系组活动."""

from __future__ import annotations

from datetime import date

import pytest

from openrenda import docket
from openrenda.activities.duty_file import presence_of
from openrenda.activities.record import Activity, Item, Participant
from openrenda.docket.models import Matter
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.docket.situation import Situation
from openrenda.figures.counters import counters
from openrenda.figures.language import Period
from openrenda.figures.reading import read
from openrenda.figures.rounding import more_than
from openrenda.web.tests.stage import address
from tests.cast import Cast

from .conftest import Wall
from .gatherings import count, opinion, recorded
from .stage import chain, take


@pytest.fixture(autouse=True)
def _day(wall: Wall) -> None:
    """A Monday."""


def visit(cast: Cast, who: str, deputies: tuple[str, ...], **more: object) -> Matter:
    """A visit that a deputy entered herself."""
    return recorded(cast, who, "voter_visit", deputies, area_name="第一选区东片", **more)


def test_a18_1_a_visit_has_deputy_area_day_and_what_was_heard(cast: Cast) -> None:
    """Must (1)."""
    with pytest.raises(Incomplete):
        recorded(cast, "chen", "voter_visit")
    with pytest.raises(Refused, match="还缺：代表"):
        visit(cast, "chen", ())
    seen = visit(cast, "chen", ("chen",))
    with pytest.raises(Refused, match="听到了什么"):
        take(cast, seen, "chen", "close")
    opinion(cast, seen, who="chen")
    take(cast, seen, "chen", "close")
    row = Activity.objects.get(matter=seen)
    assert (row.area_name, row.held_on) == ("第一选区东片", date(2026, 3, 2))


def test_a18_2_several_kinds_are_pooled_into_one_counter_with_its_definition(cast: Cast) -> None:
    """Must (2): the counter keeps its definition, and counts what it says."""
    docket.open_matter("counter", "define", by=cast["office"], data={
        "title": "联系群众活动", "key": "contacts", "unit": "次", "since": "2026-01-01",
        "kinds": ["figure:gathering.gatherings", "step:reception-day:hold"],
    })  # fmt: skip
    visit(cast, "chen", ("chen",))
    recorded(cast, kind="contact_group")
    ((_counter, version, pooled),) = counters()
    assert version.kinds == ["figure:gathering.gatherings", "step:reception-day:hold"]
    assert read(pooled, Period(date(2026, 1, 1), date(2026, 12, 31), date(2026, 12, 31))).part == 2
    assert "代表活动次数" in pooled.formula_words


def test_a18_3_somewhat_more_than_360_needs_361_records(cast: Cast) -> None:
    """Must (3): of a counter that counted one record, nothing more than that is printed."""
    visit(cast, "chen", ("chen",))
    assert count("gatherings") == 1
    with pytest.raises(ValueError, match="不能写作"):
        more_than(count("gatherings"), 360)
    with pytest.raises(ValueError, match="不能写作"):
        more_than(360, 360)
    assert more_than(361, 360) == "360余"


def test_a18_4_the_same_gathering_entered_by_two_deputies_is_merged_and_counts_once(cast: Cast) -> None:
    """Must (4): recognised by day, place and deputies; one act, both records stay."""
    first = visit(cast, "chen", ("chen", "lin"))
    second = visit(cast, "lin", ("lin", "zhou"))
    elsewhere = visit(cast, "zhou", ("zhou",), place="别处")
    told, repeated = opinion(cast, second, who="lin", title="新的"), opinion(cast, second, who="lin", title="说过的")
    opinion(cast, first, who="chen", title="说过的")
    offer = next(
        row
        for row in docket.offers(Situation(Matter.objects.get(pk=elsewhere.pk), cast["zhou"]))
        if row.step.key == "merge"
    )
    assert "没有发现" in "".join(offer.reasons)
    assert (count("gatherings"), count("gathering_person_times"), count("gathering_opinions")) == (3, 5, 3)
    take(cast, first, "chen", "merge", {"other": str(second.pk), "repeated": [str(repeated.pk)]})
    assert (count("gatherings"), count("gathering_person_times"), count("gathering_opinions")) == (2, 4, 2)
    assert Matter.objects.get(pk=second.pk).state == "merged"
    assert set(Participant.objects.filter(matter=first).values_list("name", flat=True)) == {"陈一鸣", "林翀", "周䶮"}
    assert Item.objects.filter(matter=second).count() == 2
    assert not Item.objects.get(pk=told.pk).repeats
    assert ("并入", address(first)) in chain(cast, second, "lin")
    assert len(presence_of(cast.mandates["lin"], 2026)) == 1
