"""B06 督办格局与主任会议成员领衔督办."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from openrenda import docket
from openrenda.docket.models import Matter
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.figures import evidence, in_year, read
from openrenda.figures.registry import figure
from openrenda.people.models import Organ
from openrenda.rulebook import resolution
from openrenda.web.tests.stage import Way, address, seat, text
from tests.cast import BEGAN, Cast

from . import supervising
from .stage import page, take
from .supervising import FOLLOW, in_session, key_list, led, reception, today


@pytest.fixture(autouse=True)
def _people(cast: Cast) -> None:
    supervising.people(cast)


def holders(cast: Cast, way: Way, who: str = "office") -> dict[str, list[str]]:
    """The five parts as a page shows them."""
    parts: list[dict[str, Any]] = page(cast, way.matter, who)["supervised"]
    return {part["label"]: [holder["name"] for holder in part["holders"]] for part in parts}


def counterpart(cast: Cast) -> Matter:
    """The committee for urban construction follows city traffic."""
    data = {"category": cast.category.pk, "committee": cast.organs["urban"].pk}
    return docket.open_matter("counterpart", "settle", by=cast["office"], data=data).matter


def test_1_every_session_suggestion_shows_the_five_parts_and_who_holds_each(cast: Cast) -> None:
    """Must (1): nobody at first; then leader, reception day, key list, committee and deputies."""
    way = in_session(cast)
    assert set(holders(cast, way)) == {"主任会议成员领衔", "接待日现场督办", "重点督办建议", "专工委对口", "代表参与"}
    assert not any(holders(cast, way).values())
    assert "督" not in [stage["label"] for stage in page(cast, way.matter, "office")["stages"]]
    counterpart(cast)
    supervision = led(cast, way)
    take(cast, supervision, "office", "follow", {**FOLLOW, "held_on": today(), "deputies": [cast.mandates["lin"].pk]})
    day = reception(cast, way.matter, leader="vice")
    take(cast, day, "office", "hold", {})
    _meeting, [key] = key_list(cast, way.matter)
    take(cast, key, "office", "plan", supervising.plan(cast, leading=cast.seats["vice"].pk))
    shown = holders(cast, way)
    assert shown["主任会议成员领衔"] == [cast["leader"].name]
    assert shown["接待日现场督办"] == shown["重点督办建议"] == ["副主任顾言"]
    assert (shown["专工委对口"], shown["代表参与"]) == (["城建环保工作委员会"], ["林翀"])
    assert "督办格局" in text(seat(cast, "chen").get(address(way.matter)))


def test_1_the_stage_bar_shows_supervision_where_it_hangs_on_the_suggestion(cast: Cast) -> None:
    """B01 Must (1): 提、交、办、督、评 in order, 督 current while somebody supervises and done afterwards."""
    way = in_session(cast)
    supervision = led(cast, way)
    bar = page(cast, way.matter, "chen")["stages"]
    assert [stage["label"] for stage in bar] == ["提", "交", "办", "督", "评"]
    assert (bar[3]["status"], bar[3]["date"]) == ("current", timezone.localdate())
    take(cast, supervision, "leader", "close", {"closing": "已设停靠区。"})
    assert page(cast, way.matter, "chen")["stages"][3]["status"] == "done"


def test_2_a_leading_member_sees_his_own_list_with_state_and_deadline(cast: Cast) -> None:
    """Must (2)."""
    mine, other = in_session(cast), in_session(cast, title="关于修补青石路的建议")
    led(cast, mine, due_on=supervising.after(30))
    led(cast, other, who="vice")
    own = text(seat(cast, "leader").get("/lists/supervision/?view=own"))
    assert mine.matter.title in own
    assert other.matter.title not in own
    assert "办理中" in own
    assert docket.inbox(cast["leader"]).filter(procedure="supervision").count() == 1
    home = text(seat(cast, "leader").get("/"))
    assert "结束督办" in home
    assert "还有 30 天" in home


def test_3_the_committee_follows_from_the_field_and_can_be_corrected(cast: Cast) -> None:
    """Must (3): the field's own committee, or that of the field above; a correction stands and the old one stays in the acts."""
    rule = counterpart(cast)
    below = supervising.category_below(cast)
    way = in_session(cast)
    way.take("office", "categorise", {"category": below.pk})
    assert holders(cast, way)["专工委对口"] == ["城建环保工作委员会"]
    supervision = led(cast, way)
    assert supervision.parties.filter(role="committee", holder=cast.organs["urban"].pk).exists()
    law = Organ.objects.create(code="law", name="法制工作委员会", kind="congress_committee", since=BEGAN)
    take(cast, supervision, "office", "correct", {"leading": cast.seats["leader"].pk, "committee": law.pk})
    assert holders(cast, way)["专工委对口"] == ["法制工作委员会"]
    with pytest.raises(Incomplete):
        counterpart(cast)
    take(cast, rule, "office", "change", {"committee": law.pk})
    assert holders(cast, in_session(cast, title="关于增设公交站的建议"))["专工委对口"] == ["法制工作委员会"]


def test_4_what_nobody_leads_is_listed(cast: Cast) -> None:
    """Must (4): as a figure with its list, and as a list from which many are given to a leader at once."""
    mine, other = in_session(cast), in_session(cast, title="关于修补青石路的建议")
    led(cast, mine)
    period = in_year(timezone.localdate().year, timezone.localdate())
    assert read(figure("not_supervised"), period).part == 1
    assert [row.matter for row in evidence(figure("not_supervised"), period, "part")] == [other.matter]
    listed = text(seat(cast, "office").get("/lists/suggestion/?led=no"))
    assert other.matter.title in listed
    assert mine.matter.title not in listed
    assert mine.matter.title in text(seat(cast, "office").get("/lists/suggestion/?led=yes"))


def test_4_a_suggestion_is_led_once_a_level(cast: Cast) -> None:
    """Must (4): whoever is led already is not given away again; the leader is changed instead."""
    way = in_session(cast)
    supervision = led(cast, way)
    with pytest.raises(Refused, match="已经有人领衔督办"):
        led(cast, way, who="vice")
    take(cast, supervision, "office", "correct", {"leading": cast.seats["vice"].pk})
    assert docket.inbox(cast["vice"]).filter(pk=supervision.pk).exists()
    assert not docket.inbox(cast["leader"]).filter(pk=supervision.pk).exists()


def test_5_deputies_who_took_part_are_recorded_and_it_is_in_their_file(cast: Cast) -> None:
    """Must (5): nobody types it a second time."""
    supervision = led(cast, in_session(cast))
    lin = cast.mandates["lin"].pk
    for _again in range(2):
        take(cast, supervision, "office", "follow", {**FOLLOW, "held_on": today(), "deputies": [lin]})
    assert supervision.took_part.get().name == "林翀"
    file = text(seat(cast, "lin").get("/duty/"))
    assert "参加督办" in file
    assert address(supervision) in file
    assert "参加督办" not in text(seat(cast, "zhou").get("/duty/"))


def test_it_is_the_congress_s_option_and_holds_nothing_up(cast: Cast) -> None:
    """Off: no step, no panel, and the chain goes on."""
    resolution.set_local_value(cast.congress, "option.led_supervision", False, basis="主任会议决定", set_by="office")
    resolution.forget()
    way = in_session(cast)
    with pytest.raises(Refused, match="未启用"):
        led(cast, way)
    assert page(cast, way.matter, "office")["supervised"] == []
    way.take("roads_clerk", "contact", {"way": "visit", "people": "代表", "summary": "同意", "held_on": today()})
