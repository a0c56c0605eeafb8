"""B03 两级阅看制度."""

from __future__ import annotations

import pytest

from openrenda.docket.models import Matter
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.procedures.suggestion import PROCEDURE
from openrenda.procedures.suggestion.records import Review
from openrenda.web.tests.stage import Way, address, seat, text
from tests.cast import REVIEW, SUBMIT, Cast

from .conftest import Wall
from .stage import chain, page

CRITERIA = ("compliant", "single", "feasible")


def test_1_handed_over_only_after_both_levels_street_first(cast: Cast) -> None:
    """Must (1)."""
    way = Way(cast)
    with pytest.raises(Refused, match="须先经街道阅看"):
        way.take("chen", "submit", SUBMIT)
    way.submitted()
    for step, data in (("district_pass", REVIEW), ("assign", {"organ": cast.organs["roads"].pk})):
        with pytest.raises(Refused, match="街道阅看"):
            way.take("office", step, data)
    way.take("street", "street_pass", REVIEW)
    with pytest.raises(Refused, match="区级阅看"):
        way.take("office", "assign", {"organ": cast.organs["roads"].pk})
    way.take("office", "district_pass", REVIEW)
    way.take("office", "assign", {"organ": cast.organs["roads"].pk})
    assert list(Review.objects.order_by("pk").values_list("level", "passed")) == [("street", True), ("district", True)]


@pytest.mark.parametrize("criterion", CRITERIA)
def test_2_each_level_ticks_each_criterion_and_a_no_needs_words_and_goes_back(cast: Cast, criterion: str) -> None:
    """Must (2)."""
    way = Way(cast).submitted()
    no = {**REVIEW, criterion: "no"}
    with pytest.raises(Incomplete):
        way.take("street", "street_pass", {name: value for name, value in REVIEW.items() if name != criterion})
    with pytest.raises(Incomplete):
        way.take("street", "street_pass", no)
    with pytest.raises(Incomplete):
        way.take("street", "street_return", no)
    way.take("street", "street_return", {**no, "comment": "请写明路段"})
    assert way.matter.state == "returned"
    assert "请写明路段" in text(seat(cast, "chen").get(address(way.matter)))
    way.take("chen", "resubmit_to_street", SUBMIT)
    way.take("street", "street_pass", REVIEW)
    with pytest.raises(Incomplete):
        way.take("office", "district_return", no)
    way.take("office", "district_return", {**no, "comment": "请补充数据"})
    assert list(Review.objects.order_by("pk").values_list(criterion, flat=True)) == [False, True, False]


def test_3_a_draft_with_two_matters_becomes_two_with_a_link(cast: Cast) -> None:
    """Must (3)."""
    way = Way(cast)
    way.take("chen", "split", {"title": "关于西门路灯的建议", "background": "西门没有路灯。", "proposals": "请加装。"})
    other = Matter.objects.get(title="关于西门路灯的建议")
    assert (way.matter.state, other.state, other.parties.get(role="sponsor").name) == ("draft", "draft", "陈一鸣")
    assert ("拆出", address(other)) in chain(cast, way.matter, "chen")
    assert ("拆自", address(way.matter)) in chain(cast, other, "chen")
    for one in (way.matter, other):
        Way.take(_as_way(way, one), "chen", "submit_to_street", SUBMIT)


def _as_way(way: Way, matter: Matter) -> Way:
    other = object.__new__(Way)
    other.cast, other.pk = way.cast, matter.pk
    return other


def test_4_reviewers_propose_and_the_deputy_may_file_as_it_is(cast: Cast) -> None:
    """Must (4): the text stays; filing as it is is recorded with its reason."""
    words = {"title", "background", "analysis", "proposals"}
    for step in PROCEDURE.steps:
        if {"street_reviewer", "deputy_office"} & {office.key for office in step.offices} - {"sponsor"}:
            assert not words & set(step.records.base_fields if step.records else ()), step.key
    way = Way(cast).submitted()
    before = way.matter.suggestion.get().text
    returned = {**REVIEW, "feasible": "no", "comment": "不可行", "proposed_text": "改成只设标志。"}
    way.take("street", "street_return", returned)
    assert way.matter.suggestion.get().text == before
    assert "改成只设标志。" in text(seat(cast, "chen").get(address(way.matter)))
    with pytest.raises(Incomplete):
        way.take("chen", "file_as_is", {})
    made = way.take("chen", "file_as_is", {"reason": "已与居民商定"})
    assert (way.matter.state, made.data["reason"]) == ("received", "已与居民商定")
    assert way.matter.suggestion.get().text == before


def test_5_the_time_at_each_level_is_shown(cast: Cast, wall: Wall) -> None:
    """Must (5)."""
    way = Way(cast).submitted()
    wall.pass_days(3)
    way.take("street", "street_pass", REVIEW)
    wall.pass_days(5)
    way.take("office", "district_pass", REVIEW)
    spent = {clock["label"]: clock["explanation"] for clock in page(cast, way.matter, "chen")["stopped_clocks"]}
    assert any("用时 3 天" in sentence for sentence in spent["街道阅看期限"])
    assert any("用时 5 天" in sentence for sentence in spent["区级阅看期限"])
