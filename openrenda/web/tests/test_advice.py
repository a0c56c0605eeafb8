"""Advice on a reply before it goes out: for the clerk who drafts it and the head who signs it (SUG-10)."""

from __future__ import annotations

import re
from typing import Any

import pytest

from openrenda.docket.models import Act, Matter, Party
from openrenda.procedures.suggestion.records import Reply
from openrenda.web.tests.stage import Way, address, hidden, seat, text
from tests.cast import REPLY, Cast

SENT = (
    "我局已在学府路南侧设置临时停靠区三十米，划定家长等候线，并安排两名协管员在早高峰值守。"
    "与交警部门会商后调整了两处路口的信号配时，早高峰平均通行时间由九分钟降到六分钟。"
)
EMPTY = "您提出的建议很好。我局高度重视，将进一步加强领导、压实责任、完善机制。"
PLANNED = "下一步我局将尽快推进学府路人行天桥前期论证。"
PIECE = {"HX-Request": "true"}


def advice(way: Way, step: str = "draft_reply") -> str:
    return f"{address(way.matter, step)}advice/"


@pytest.fixture
def sent(cast: Cast) -> Way:
    """A reply of the same organ that went out."""
    way = Way(cast, title="关于改善城南路通行的建议").contacted()
    way.take("roads_clerk", "draft_reply", {**REPLY, "done": SENT})
    way.take("roads_head", "sign_reply")
    return way


def test_a_copied_reply_is_shown_beside_the_other_one(cast: Cast, sent: Way) -> None:
    way = Way(cast).contacted()
    page = text(seat(cast, "roads_clerk").post(advice(way), {**REPLY, "done": SENT}, headers=PIECE))
    assert "几乎一样" in page
    assert "关于改善城南路通行的建议" in page
    assert f"/matters/{sent.pk}/" in page
    assert page.count("<mark>") >= 4
    assert "<form" not in page


def test_without_a_script_the_page_comes_back_with_what_was_typed(cast: Cast, sent: Way) -> None:
    way = Way(cast).contacted()
    client = seat(cast, "roads_clerk")
    form = hidden(client.get(address(way.matter, "draft_reply")))
    answer = client.post(
        advice(way), {**form, **REPLY, "done": SENT, "promise_1": "论证天桥", "contact_phone": "12345"}
    )
    page = text(answer)
    assert answer.status_code == 200
    assert SENT in page
    assert 'value="论证天桥"' in page
    assert 'value="12345"' in page
    assert "几乎一样" in page
    assert "error-summary" not in page
    assert f'action="{address(way.matter, "draft_reply")}"' in page
    assert hidden(answer)["key"] == form["key"]


def test_advice_stops_nothing_and_is_kept_nowhere(cast: Cast, sent: Way) -> None:
    way = Way(cast).contacted()
    client = seat(cast, "roads_clerk")
    before = Act.objects.count()
    client.post(advice(way), {**REPLY, "done": SENT}, headers=PIECE)
    assert Act.objects.count() == before
    assert not Reply.objects.filter(matter=way.pk).exists()
    form = hidden(client.get(address(way.matter, "draft_reply")))
    answer = client.post(address(way.matter, "draft_reply"), {**form, **REPLY, "done": SENT})
    assert answer.status_code == 302
    act = Act.objects.get(matter=way.pk, step="draft_reply")
    assert set(act.data) == {"result_class", "done", "disclosure", "class_label", "promises"}


def test_the_head_sees_it_again_before_signing(cast: Cast, sent: Way) -> None:
    way = Way(cast).contacted()
    way.take("roads_clerk", "draft_reply", {**REPLY, "done": EMPTY, "planned": PLANNED})
    page = text(seat(cast, "roads_head").get(address(way.matter, "sign_reply")))
    assert "这句话没有说出具体的事" in page
    assert "什么时候办成" in page
    assert "“尽快”" in page
    assert "先看看提示" not in page
    way.take("roads_head", "sign_reply")
    assert way.matter.state == "replied"


@pytest.mark.parametrize(("who", "step"), [("roads_clerk", "draft_reply"), ("roads_head", "sign_reply")])
def test_queries(cast: Cast, sent: Way, who: str, step: str, django_assert_max_num_queries: Any) -> None:
    way = Way(cast).contacted() if step == "draft_reply" else Way(cast).drafted()
    client = seat(cast, who)
    client.get(address(way.matter, step))
    with django_assert_max_num_queries(15):
        client.get(address(way.matter, step))
    with django_assert_max_num_queries(15):
        client.post(advice(way, step), {**REPLY, "done": SENT}, headers=PIECE)


def test_only_who_may_take_the_step_is_advised(cast: Cast, sent: Way) -> None:
    way = Way(cast).contacted()
    for who in ("chen", "office", "leader"):
        assert seat(cast, who).post(advice(way), {"done": SENT}, headers=PIECE).status_code == 404, who
    client = seat(cast, "roads_clerk")
    assert client.post(advice(way, "contact"), {}, headers=PIECE).status_code == 404
    assert client.get(advice(way)).status_code == 405


def test_a_reply_the_reader_may_not_see_is_never_shown(cast: Cast, sent: Way) -> None:
    """The organ's own are its own; another organ's reply is shown only to whom its matter is open."""
    Reply.objects.filter(matter=sent.pk).update(organ_id=None)
    page = text(seat(cast, "roads_clerk").get(address(sent.matter)))
    assert "关于改善城南路通行的建议" in page
    Party.objects.filter(matter=sent.pk, role="handler").delete()
    Matter.objects.filter(pk=sent.pk).update(lead=None)
    way = Way(cast).contacted()
    page = text(seat(cast, "roads_clerk").post(advice(way), {**REPLY, "done": SENT}, headers=PIECE))
    assert "城南路" not in page


def test_nothing_written_nothing_said(cast: Cast) -> None:
    way = Way(cast).contacted()
    page = text(seat(cast, "roads_clerk").post(advice(way), {"done": ""}, headers=PIECE))
    assert not re.sub(r"\s", "", page)
