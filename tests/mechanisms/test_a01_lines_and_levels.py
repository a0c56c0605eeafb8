"""A01 代表直通车: campaign lines above an activity, the four directs from the same records, deputies of every level."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from openrenda.docket import registry
from openrenda.figures import in_year, split_all
from openrenda.figures.registry import figure, figure_set
from openrenda.web.lists.catalogue import filters_of
from openrenda.web.lists.levels import roles_of_deputies
from openrenda.web.tests.stage import Way, seat, text
from tests.cast import Cast

from .conftest import Wall
from .gatherings import campaign, count, entering, opinion, recorded
from .opining import handed, said

PROVINCE, CITY = "聚力支点建设·代表行动", "聚焦支点·代表三进"


@pytest.fixture(autouse=True)
def _day(wall: Wall) -> None:
    """A Monday of 2026."""


def test_a01_2_an_activity_is_tagged_with_the_lines_above_it_and_counted_per_line(cast: Cast) -> None:
    """Must (2)."""
    plan = campaign(cast)
    recorded(cast, kind="three_entries", **entering(cast, plan, lines=f"{PROVINCE}\n{CITY}"))
    recorded(cast, kind="three_entries", **entering(cast, plan, lines=CITY, destination="enterprise"))
    recorded(cast)
    assert (count("line_gatherings"), count("gatherings")) == (3, 3)
    today = timezone.localdate()
    found = split_all([figure("line_gatherings")], in_year(today.year, today), "line")["line_gatherings"]
    assert {part.label: part.reading.part for part in found} == {PROVINCE: 1, CITY: 2}


def test_a01_3_the_four_directs_are_counted_from_the_same_records(cast: Cast) -> None:
    """Must (3): with no second entry, and each number opens its list."""
    plan = campaign(cast)
    held = recorded(cast, kind="three_entries", **entering(cast, plan, destination="enterprise"))
    opinion(cast, held, "handed")
    handed(cast, said(cast))
    page = text(seat(cast, "office").get("/figures/sets/deputies-express/"))
    at = [page.index(f">{name}</h2>") for name in ("直及企业", "直面问题", "直通政府", "直抵民心")]
    assert at == sorted(at)
    for key, number in (("enterprise_entries", 1), ("opinions", 1), ("gathering_opinions", 1), ("opinions_handed", 1),
                        ("gathering_opinions_handed", 1)):  # fmt: skip
        assert count(key) == number, key
        assert f"/figures/{key}/part/" in page
    assert set(figure_set("deputies-express").figures) == {
        key for _label, keys in figure_set("deputies-express").parts for key in keys
    }


def test_a01_4_deputies_of_every_level_take_part_and_lists_are_narrowed_by_level(cast: Cast) -> None:
    """Must (4): those of this congress by the register, those of other levels by kind and name."""
    own = recorded(cast, title="本级代表的活动")
    city = recorded(cast, title="市代表也参加的活动", company="市代表 周岚 1\n全国代表 何川 1")
    client = seat(cast, "office")
    for level, there in (("county", {own, city}), ("city", {city}), ("nation", {city}), ("township", set())):
        page = text(client.get("/lists/gathering/", {"level": level}))
        assert {matter for matter in (own, city) if str(matter.pk) in page} == there, level


def test_a01_4_any_list_is_narrowed_by_the_level_of_its_deputies(cast: Cast) -> None:
    """Must (4): wherever deputies have to do with the matters, whichever procedure it is."""
    client = seat(cast, "office")
    of_deputies = [table for table in registry.procedures() if roles_of_deputies(table)]
    assert {"suggestion", "bill", "opinion", "problem", "reception-day", "commitment", "gathering"} <= {
        t.key for t in of_deputies
    }
    for table in of_deputies:
        names = {item.key for item in filters_of(table) if item.asks}
        assert names & {"level", "deputy_level"}, table.key
    raised, hers, nobodys = Way(cast).received().matter, said(cast, deputy=cast.mandates["chen"].pk), said(cast)
    for kind, everybody in (("suggestion", {raised}), ("opinion", {hers})):
        for level, there in (("county", everybody), ("city", set()), ("township", set())):
            page = text(client.get(f"/lists/{kind}/", {"deputy_level": level}))
            assert {matter for matter in (raised, hers, nobodys) if str(matter.pk) in page} == there, (kind, level)
        assert "代表的层级" in text(client.get(f"/lists/{kind}/"))


def test_a01_4_narrowing_by_level_costs_no_further_question(cast: Cast) -> None:
    client = seat(cast, "office")
    for _number in range(3):
        said(cast, deputy=cast.mandates["chen"].pk)
    costs = []
    for address in ("/lists/opinion/?year=2026", "/lists/opinion/?year=2026&deputy_level=county"):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        costs.append(len(asked))
    assert costs[0] == costs[1]
