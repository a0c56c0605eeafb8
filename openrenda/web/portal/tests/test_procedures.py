"""The public tables of the procedures: every step and every limit, with article and days, as the congress has them."""

from __future__ import annotations

import pytest
from django.test import Client

from openrenda.docket import registry
from openrenda.docket.language import BUILT_IN_STEPS
from openrenda.rulebook import book_for, set_local_value
from openrenda.web.portal import tables
from tests.cast import Cast, assemble

from .stage import CODE, OTHER


@pytest.mark.parametrize("key", ["suggestion", "bill", "enterprise-order", "assistance", "internal-task"])
def test_every_step_and_every_limit_stands_there(cast: Cast, client: Client, key: str) -> None:
    """What is printed is what runs: no step of the table is missing and none is invented."""
    table, book = registry.procedure(key), book_for(cast.congress)
    page = client.get(f"/c/{CODE}/procedures/{key}/").content.decode()
    expected = [step for step in table.steps if tables.shown(step, book) and step.key not in BUILT_IN_STEPS]
    listed = [row for stage in tables.stages(table, book) for row in stage["steps"]]
    assert sorted(row.key for row in listed) == sorted(step.key for step in expected)
    for row in listed:
        assert row.label in page
        assert row.article in page
    for clock in tables.clocks(table, book):
        assert clock.starts
        assert f"{clock.label}：{clock.amount}" in page
    assert f'src="/procedures/{key}.svg"' in page
    drawn = client.get(f"/procedures/{key}.svg")
    assert drawn["Content-Type"] == "image/svg+xml"
    assert all(state.label in drawn.content.decode() for state in table.states)


def test_days_are_those_of_the_congress(cast: Cast, client: Client) -> None:
    """代表法第五十一条: three months, six when extended; what a place may set for itself is shown as it set it."""
    url = f"/c/{CODE}/procedures/suggestion/"
    page = client.get(url).content.decode()
    assert "答复期限：3个月" in page
    assert "6个月" in page
    assert "<h3>提交街道阅看</h3>" in page
    set_local_value(cast.congress, "option.street_review", False, basis="主任会议决定", set_by="管理员")
    assert "<h3>提交街道阅看</h3>" not in client.get(url).content.decode()


def test_without_a_congress_there_is_a_choice(cast: Cast, client: Client) -> None:
    assert client.get("/procedures/bill/")["Location"] == f"/c/{CODE}/procedures/bill/"
    assemble(OTHER, name="邻区")
    page = client.get("/procedures/bill/").content.decode()
    assert f"/c/{OTHER}/procedures/bill/" in page
    assert client.get(f"/c/{CODE}/procedures/nothing/").status_code == 404
