"""A09 企业点单、代表服务."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from openrenda import docket
from openrenda.docket.models import Matter, OutboxEntry
from openrenda.docket.refusals import Incomplete, NotVisible, Refused
from openrenda.docket.situation import Situation
from openrenda.people.models import Group, GroupMembership
from openrenda.procedures.enterprise_order import PROCEDURE, Enterprise, MatchForm
from openrenda.web.tests.stage import address, seat, text
from tests.cast import BEGAN, SUBMIT, Cast, _sit

from .stage import chain, take

ORDER = {"title": "申请临时用电怎么办", "site": "青石街1号", "need": "旺季城市交通管制，货车进不来。"}
DONE = {"result": "已联系供电所，三天内接好。"}


def order(cast: Cast, **more: object) -> Matter:
    """The enterprise's order."""
    data = {**ORDER, "topic": cast.category.pk, "wished_on": "2031-05-06", **more}
    return docket.open_matter("enterprise-order", "place", by=cast["enterprise"], data=data).matter


def accepted(cast: Cast) -> Matter:
    """An order that Chen has accepted."""
    matter = order(cast)
    take(cast, matter, "office", "match", {"deputies": [cast.mandates["chen"].pk, cast.mandates["lin"].pk]})
    take(cast, matter, "chen", "accept")
    return matter


def test_a09_1_an_order_carries_enterprise_site_topic_wished_time_and_state(cast: Cast) -> None:
    """Must (1)."""
    matter = order(cast)
    record = matter.enterprise_order.get()
    assert (record.enterprise.name, record.site, record.topic) == ("青石面粉厂", "青石街1号", cast.category)
    assert (record.wished_on.isoformat(), matter.state) == ("2031-05-06", "placed")
    states = {state.key for state in PROCEDURE.states}
    assert {"placed", "accepted", "serving", "served", "confirmed", "declined"} <= states
    page = text(seat(cast, "enterprise").get(address(matter)))
    assert all(words in page for words in ("青石面粉厂", "青石街1号", "城市交通", "2031年5月6日", "已点单"))


def test_a09_1_an_order_is_declined_with_a_reason_only(cast: Cast) -> None:
    """Must (1)."""
    matter = order(cast)
    with pytest.raises(Incomplete):
        take(cast, matter, "office", "decline", {})
    take(cast, matter, "office", "decline", {"reason": "不属于代表服务范围"})
    assert "不属于代表服务范围" in text(seat(cast, "enterprise").get(address(matter)))


def test_a09_2_matching_puts_the_fitting_group_first_and_says_why(cast: Cast) -> None:
    """Must (2)."""
    group = Group.objects.create(kind="professional", name="城市交通专业代表小组", since=BEGAN)
    GroupMembership.objects.create(group=group, mandate=cast.mandates["zhou"], since=BEGAN)
    form = MatchForm(situation=Situation(order(cast), cast["office"]))
    first, *others = [label for _key, label in form.fields["deputies"].choices]
    assert first.startswith("周䶮（城市交通专业代表小组：")
    assert "交通" in first
    assert not any("小组" in label for label in others)


def test_a09_3_only_the_enterprise_that_ordered_confirms(cast: Cast) -> None:
    """Must (3)."""
    other = Enterprise.objects.create(name="邻街面粉厂", street=cast.organs["street"])
    _sit(cast, "neighbour", "enterprise", "enterprise", other.pk, "邻街面粉厂经办人")
    matter = accepted(cast)
    take(cast, matter, "chen", "begin")
    take(cast, matter, "chen", "serve", {**DONE, "served_on": timezone.localdate().isoformat()})
    with pytest.raises(NotVisible):
        take(cast, matter, "neighbour", "confirm", {})
    for who in ("chen", "office", "street"):
        with pytest.raises(Refused, match="点单企业"):
            take(cast, matter, who, "confirm", {})
    take(cast, matter, "enterprise", "confirm", {"word": "满意"})
    assert Matter.objects.get(pk=matter.pk).state == "confirmed"


def test_a09_4_an_order_nobody_accepts_in_time_goes_to_the_street(cast: Cast) -> None:
    """Must (4): the days are the rulebook's."""
    matter = order(cast)
    due = matter.due_on
    docket.run_clocks(cast.congress.pk, due)
    assert Matter.objects.get(pk=matter.pk).state == "placed"
    docket.run_clocks(cast.congress.pk, due + timedelta(days=1))
    assert Matter.objects.get(pk=matter.pk).state == "raised"
    assert "street_reviewer" in OutboxEntry.objects.get(act__step="raise").offices
    assert docket.inbox(cast["street"]).filter(pk=matter.pk).exists()


def test_a09_5_what_needs_the_government_becomes_a_matter_linked_both_ways(cast: Cast) -> None:
    """Must (5): today a suggestion of the deputy who serves, on both pages for everybody who may open the other one."""
    matter = accepted(cast)
    take(cast, matter, "chen", "raise_suggestion")
    raised = Matter.objects.get(procedure="suggestion")
    assert ("产生", address(raised)) in chain(cast, matter, "chen")
    assert ("来自", address(matter)) in chain(cast, raised, "chen")
    assert address(raised) in text(seat(cast, "chen").get(address(matter)))
    assert address(matter) in text(seat(cast, "chen").get(address(raised)))
    # A draft is its deputy's alone; once it is submitted the office follows the same link.
    assert not chain(cast, matter, "office")
    take(cast, raised, "chen", "revise", {"title": raised.title, "background": "情况", "proposals": "请协调供电。"})
    take(cast, raised, "chen", "submit_to_street", SUBMIT)
    assert ("产生", address(raised)) in chain(cast, matter, "office")
    assert ("来自", address(matter)) in chain(cast, raised, "office")
    with pytest.raises(Refused, match="已由本单转为建议"):
        take(cast, matter, "chen", "raise_suggestion")
