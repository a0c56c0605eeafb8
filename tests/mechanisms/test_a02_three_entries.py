"""A02 代表“三进”活动."""

from __future__ import annotations

from datetime import date

import pytest

from openrenda import docket
from openrenda.docket.models import Matter
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.figures import in_year, read
from openrenda.figures.language import PART
from openrenda.figures.reading import evidence
from openrenda.figures.registry import figure
from openrenda.web.tests.stage import address, seat, text
from tests.cast import Cast

from . import gatherings
from .conftest import Wall
from .gatherings import campaign, count, entering, opinion, recorded
from .stage import take


@pytest.fixture(autouse=True)
def _day(wall: Wall) -> None:
    """A Monday."""


def test_a02_1_an_event_needs_its_facts_and_attendance_is_person_times(cast: Cast) -> None:
    """Must (1): without destination, street or deputies there is no event; two events with the same deputy are two person-times."""
    plan = campaign(cast)
    for missing in ("destination", "street", "campaign"):
        with pytest.raises(Incomplete) as refused:
            recorded(cast, kind="three_entries", **{**entering(cast, plan), missing: ""})
        assert missing in refused.value.form.errors
    with pytest.raises(Refused, match="还缺：代表"):
        recorded(cast, kind="three_entries", deputies=(), **entering(cast, plan))
    recorded(cast, kind="three_entries", deputies=("chen", "lin"), **entering(cast, plan))
    recorded(cast, kind="three_entries", deputies=("chen",), **entering(cast, plan, destination="park"))
    assert (count("gatherings"), count("gathering_person_times")) == (2, 3)


def test_a02_2_an_opinion_belongs_to_one_event_and_the_rate_is_computed(cast: Cast) -> None:
    """Must (2): closed never exceeds raised; what is handed over is closed when its result came back."""
    event = recorded(cast, kind="three_entries", **entering(cast, campaign(cast)))
    opinion(cast, event)
    opinion(cast, event, "unsolvable")
    handed = opinion(cast, event, "handed")
    year = in_year(2026, date(2026, 12, 31))
    rate = read(figure("gathering_opinions_closed"), year)
    assert (rate.part, rate.whole) == (1, 3)
    task = Matter.objects.get(procedure="task", parent=event)
    take(cast, task, "roads_clerk", "report", {"result": "已换灯。"})
    take(cast, task, "office", "accept")
    handed.refresh_from_db()
    assert handed.result == "已换灯。"
    rate = read(figure("gathering_opinions_closed"), year)
    assert (rate.part, rate.whole) == (2, 3)


def test_a02_3_a_part_year_tally_says_until_when(cast: Cast) -> None:
    """Must (3): the figure's page names the day up to which was counted."""
    recorded(cast)
    page = text(seat(cast, "office").get("/figures/gatherings/?year=2026"))
    assert "2026年3月2日" in page


def test_a02_4_no_event_under_a_campaign_without_an_issued_plan(cast: Cast) -> None:
    """Must (4): neither planned nor recorded; a plan of another kind is no plan either."""
    plan = campaign(cast, issued=False)
    for step in ("plan", "record"):
        told = gatherings.bare(cast, "three_entries", deputies=[cast.mandates["chen"].pk], **entering(cast, plan))
        with pytest.raises(Refused, match="还没有印发"):
            docket.open_matter("gathering", step, by=cast["office"], data=told)
    take(cast, plan, "office", "issue", {"issued_on": "2026-03-02"})
    assert recorded(cast, kind="three_entries", **entering(cast, plan)).state == "held"
    with pytest.raises(Refused, match="不是这一种活动的方案"):
        recorded(cast, kind="contact_group", campaign=plan.pk)


def test_a02_5_the_tally_opens_exactly_that_many_records(cast: Cast) -> None:
    """Must (5)."""
    plan = campaign(cast)
    for _number in range(3):
        event = recorded(cast, kind="three_entries", deputies=("chen", "lin"), **entering(cast, plan))
        opinion(cast, event)
    year = in_year(2026, date(2026, 3, 2))
    for key, number in (("gatherings", 3), ("gathering_person_times", 6), ("gathering_opinions", 3)):
        assert read(figure(key), year).part == evidence(figure(key), year, PART).count() == number


def test_a02_6_opinions_are_no_suggestions(cast: Cast) -> None:
    """Must (6): however many opinions were raised, no formal suggestion came of them."""
    event = recorded(cast, kind="three_entries", **entering(cast, campaign(cast)))
    opinion(cast, event)
    opinion(cast, event, "handed")
    assert not Matter.objects.filter(procedure="suggestion").exists()
    assert read(figure("received"), in_year(2026, date(2026, 12, 31))).part == 0
    page = text(seat(cast, "office").get(address(event)))
    assert "意见和问题 2 件" in page
