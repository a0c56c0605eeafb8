"""J08 人民代表大会会议: sessions, plenary meetings, delegations, and the quorum of two thirds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from openrenda import docket
from openrenda.activities.quorum import quorum
from openrenda.docket.models import Matter
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.figures import read
from openrenda.figures.language import in_session_of
from openrenda.figures.registry import figure
from openrenda.people.models import Group, GroupMembership, MandateSuspension, Session, Term
from openrenda.procedures.suggestion.records import Suggestion
from openrenda.web.tests.stage import Way
from tests import sittings
from tests.cast import BEGAN, Cast
from tests.sittings import take

from .conftest import Wall


@pytest.fixture(autouse=True)
def _day(wall: Wall) -> None:
    """A Monday in March 2026."""


def session(days: int = 3) -> Session:
    """The congress is in session from today."""
    day = timezone.localdate()
    return Session.objects.create(term=Term.objects.get(), number=6, since=day, until=day + timedelta(days=days))


def plenary(cast: Cast, **data: str) -> Matter:
    """A plenary meeting that was called."""
    given = {"body": "congress", "held_on": sittings.today(), "place": "大礼堂", **data}
    sitting = docket.open_matter("sitting", "plan", by=cast["office"], data=given).matter
    sittings.item(cast, sitting, "听取政府工作报告")
    take(cast, sitting, "office", "fix_agenda", {"words": "预备会议通过"})
    take(cast, sitting, "office", "notify", {"short_notice": "会期内"})
    return Matter.objects.get(pk=sitting.pk)


def test_1_each_session_is_term_and_ordinal_and_unique(cast: Cast) -> None:
    """Must (1): 第五届第六次会议 once; its plenary meetings are numbered within it."""
    row = session()
    assert str(row) == "第5届第6次会议"
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.create(term=row.term, number=6, since=row.since, until=row.until)
    first, second = plenary(cast), plenary(cast)
    assert first.number == "第五届人大第六次会议第一次全体会议"
    assert second.number == "第五届人大第六次会议第二次全体会议"


def test_1_outside_a_session_no_plenary_meeting_is_planned(cast: Cast) -> None:
    """Must (1): it belongs to one."""
    with pytest.raises(Incomplete, match="不在大会会期内"):
        plenary(cast)


def test_2_motions_and_suggestions_belong_to_a_session_or_to_the_time_between(cast: Cast) -> None:
    """Must (2): what was raised in session carries it, what was raised afterwards does not."""
    row = session()
    during = Way(cast).received().matter
    assert Suggestion.objects.get(matter=during).session_id == row.pk


def test_3_counters_may_start_at_a_session(cast: Cast) -> None:
    """Must (3), dazu-2022-001: suggestions since a session."""
    row = session()
    Way(cast).received()
    period = in_session_of(row, timezone.localdate())
    assert read(figure("received"), period).part == 1


def test_4_delegations_are_supported(cast: Cast) -> None:
    """Must (4), 代表法第十四条 (REP-14): a delegation meets with its own members, by mandate or by membership."""
    session()
    group = Group.objects.create(kind="delegation", name="青石代表团", since=BEGAN)
    GroupMembership.objects.create(group=group, mandate=cast.mandates["chen"], since=BEGAN)
    cast.mandates["lin"].delegation = group
    cast.mandates["lin"].save()
    sitting = plenary(cast, body="delegation", group=str(group.pk))
    assert sitting.number == "第五届人大第六次会议青石代表团第一次会议"
    assert quorum(sitting).base == 2
    wrong = Group.objects.create(kind="special_committee", name="财经委", since=BEGAN)
    with pytest.raises(Incomplete, match="与会议种类不符"):
        plenary(cast, body="delegation", group=str(wrong.pk))


def test_two_thirds_of_all_deputies_and_exactly_two_thirds_is_enough(cast: Cast) -> None:
    """地方组织法第十四条 (ORG-02): at least two thirds; a suspended deputy still counts in the base and is not told (trap 14)."""
    session()
    for number in range(2):
        sittings.deputy(cast, f"d{number}", f"代表{number}")
    MandateSuspension.objects.create(mandate=cast.mandates["d0"], since=BEGAN, basis="文件")
    sitting = plenary(cast)
    take(cast, sitting, "office", "begin_sign_in")
    sittings.arrive(cast, sitting, "chen", "lin", "ouyang")
    assert (quorum(sitting).base, quorum(sitting).present, quorum(sitting).met) == (6, 3, False)
    with pytest.raises(Refused, match="须达到 2/3"):
        take(cast, sitting, "office", "open")
    sittings.arrive(cast, sitting, "zhou")
    assert quorum(sitting).met
    take(cast, sitting, "office", "open")
    assert not sitting.attendances.filter(name="代表0").exists()
