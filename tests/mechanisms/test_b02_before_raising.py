"""B02 提出前调研论证与沟通协调."""

from __future__ import annotations

import pytest
from django.utils import timezone

from openrenda import docket
from openrenda.docket.refusals import NotVisible
from openrenda.figures import in_year, read
from openrenda.figures.registry import figure
from openrenda.web.tests.stage import Way, address, seat, text
from tests.cast import REVIEW, SUBMIT, Cast, draft

from .stage import take


def test_1_research_and_consultations_go_with_the_filed_suggestion(cast: Cast) -> None:
    """Must (1): unit, date and answer."""
    way = Way(cast, origin="走访三所学校，访谈家长二十人。")
    way.take("chen", "consult", {"organ": cast.organs["roads"].pk, "question": "能否设临时停靠区？"})
    way.take("roads_clerk", "answer_consultation", {"answer": "东侧可以设。"})
    way.take("chen", "submit_to_street", SUBMIT)
    take(cast, way.matter, "street", "street_pass", REVIEW)
    take(cast, way.matter, "office", "district_pass", REVIEW)
    take(cast, way.matter, "office", "assign", {"organ": cast.organs["parks"].pk})
    today = timezone.localdate()
    day = f"{today.year}年{today.month}月{today.day}日"
    for who in ("chen", "office", "parks_clerk"):
        page = text(seat(cast, who).get(address(way.matter)))
        words = ("走访三所学校", f"{day}征询区交通运输局", "能否设临时停靠区", "东侧可以设", f"{day}回复")
        assert all(piece in page for piece in words), who


def test_2_earlier_suggestions_on_the_subject_are_shown_before_filing(cast: Cast) -> None:
    """Must (2): also to go on with a draft already begun."""
    Way(cast).judged()
    way = Way(cast, title="关于学府路早高峰拥堵的建议")
    client = seat(cast, "chen")
    assert "similar" in text(client.get(address(way.matter, "revise")))
    found = client.post("/similar/suggestion/revise/", {**draft(title=way.matter.title), "matter": way.pk})
    assert "关于改善学府路早高峰通行的建议" in text(found)


def test_3_a_draft_settled_by_consultation_is_closed_so_and_counted_apart(cast: Cast) -> None:
    """Must (3)."""
    way = Way(cast)
    way.take("chen", "settle", {"outcome": "交通局已经安排"})
    assert (way.matter.state_now.label, bool(way.matter.closed_on)) == ("提出前已解决", True)
    today = timezone.localdate()
    period = in_year(today.year, today)
    assert [read(figure(key), period).part for key in ("settled_before", "received")] == [1, 0]


def test_4_a_draft_is_private_until_it_is_shared(cast: Cast) -> None:
    """Must (4): nobody but its deputy; then whom she asks, and nobody else."""
    way = Way(cast)
    everybody = [who for who in cast.seats if who not in ("chen", "auditor")]
    for who in everybody:
        assert not docket.visible(cast[who]).filter(pk=way.pk).exists(), who
        with pytest.raises(NotVisible):
            way.take(who, "revise", draft())
    way.take("chen", "invite", {"deputies": [cast.mandates["lin"].pk]})
    sees = {who for who in everybody if docket.visible(cast[who]).filter(pk=way.pk).exists()}
    assert sees == {"lin"}
