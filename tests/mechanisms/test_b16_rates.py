"""B16 办结答复与解决率."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from openrenda.figures import Period, evidence, in_session_of, in_year, read
from openrenda.figures.registry import figure
from openrenda.figures.rounding import percent
from openrenda.people.models import Session, Term
from openrenda.rulebook import resolution
from openrenda.web.tests.stage import Way, seat, text
from tests.cast import CONTACT, REPLY, Cast

from .conftest import Wall
from .stage import replied


def handled(cast: Cast, letter: str) -> Way:
    """Answered with a class, and judged."""
    way = Way(cast).handling()
    way.take("roads_clerk", "contact", {**CONTACT, "held_on": timezone.localdate().isoformat()})
    way.take("roads_clerk", "draft_reply", {**REPLY, "result_class": letter, "cannot": "条件不足"})
    way.take("roads_head", "sign_reply")
    return way


def this_year() -> Period:
    """The year, as known today."""
    return in_year(timezone.localdate().year, timezone.localdate())


def test_1_closed_answered_and_solved_are_three_marks(cast: Cast) -> None:
    """Must (1): every one closed and answered beside a lower solved rate."""
    ways = [handled(cast, letter) for letter in ("A", "A", "C")]
    for way in ways:
        way.take("chen", "judge", {"attitude": "satisfied", "result": "satisfied"})
    assert {way.matter.state for way in ways} == {"closed"}
    assert [read(figure(key), this_year()).rate for key in ("answer_rate", "solved_rate")] == ["100.00%", "66.67%"]


@pytest.mark.parametrize(
    ("rule", "name", "printed"), [("truncate", "截断", "84.07%"), ("half_up", "四舍五入", "84.08%")]
)
def test_2_the_rounding_rule_is_a_setting_that_the_page_names(cast: Cast, rule: str, name: str, printed: str) -> None:
    """Must (2): 132 of 157."""
    resolution.set_local_value(cast.congress, "option.rate_rounding", rule, basis="主任会议决定", set_by="office")
    resolution.forget()
    handled(cast, "A")
    assert read(figure("solved_rate"), this_year()).rounding == name
    assert percent(132, 157, rule=rule) == printed
    assert name in text(seat(cast, "office").get("/figures/solved_rate/"))


def test_3_a_period_may_start_at_a_session(cast: Cast, wall: Wall) -> None:
    """Must (3): since the first session of the term, over New Year."""
    term = Term.objects.get()
    session = Session.objects.create(term=term, number=2, since=timezone.localdate(), until=date(2026, 3, 6))
    Way(cast).received()
    wall.pass_days(400)
    Way(cast, title="关于次年一件事的建议").received()
    since = Period(session.since, timezone.localdate(), timezone.localdate())
    assert read(figure("received"), since).part == 2
    assert read(figure("received"), this_year()).part == 1
    assert read(figure("received"), in_session_of(session, timezone.localdate())).part == 2


def test_4_and_5_a_published_rate_keeps_its_list_whatever_happens_later(cast: Cast, wall: Wall) -> None:
    """Must (4), (5): handling it again changes today's rate; as of the day of publication rate and list stay."""
    way = replied(Way(cast).handling(), timezone.localdate().isoformat())
    published = this_year()
    before = read(figure("solved_rate"), published)
    listed = set(evidence(figure("solved_rate"), published, "part").values_list("matter", flat=True))
    wall.pass_days(5)
    way.take("chen", "reject", {"attitude": "satisfied", "reasons": "仍然拥堵"})
    way.take("roads_clerk", "contact", {**CONTACT, "held_on": timezone.localdate().isoformat()})
    way.take("roads_clerk", "draft_second_reply", {**REPLY, "result_class": "C", "cannot": "条件不足"})
    way.take("roads_chief", "sign_second_reply")
    assert (before.rate, read(figure("solved_rate"), this_year()).rate) == ("100.00%", "0.00%")
    again = read(figure("solved_rate"), published)
    assert (again.part, again.whole, again.rate) == (before.part, before.whole, before.rate)
    assert (
        set(evidence(figure("solved_rate"), published, "part").values_list("matter", flat=True)) == listed == {way.pk}
    )
