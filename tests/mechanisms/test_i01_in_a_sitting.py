"""From the agenda to the register: a sitting puts a proposal to the vote, and what was announced is written where it belongs (I01, J01, F03)."""

from __future__ import annotations

import pytest

from openrenda.activities.record import Item
from openrenda.activities.sitting.holding import PutToVote
from openrenda.activities.vote.records import Vote, latest_ballot
from openrenda.ballots.casting import cast_secret
from openrenda.ballots.counting import Paper
from openrenda.ballots.device import Device
from openrenda.ballots.taking import take as take_ballot
from openrenda.docket.models import Matter
from openrenda.docket.refusals import Incomplete
from openrenda.docket.situation import Situation
from openrenda.people.models import Post
from openrenda.procedures.appointing import AppointmentAct
from openrenda.web.tests.stage import seat, text
from tests import sittings
from tests.cast import Cast
from tests.sittings import take

from . import appointing
from .appointing import add, draft, hold, on_agenda, submit
from .conftest import Wall
from .evaluating import set_option

BENCH = ("chen", "lin", "ouyang")


@pytest.fixture(autouse=True)
def _people(cast: Cast, wall: Wall) -> None:
    sittings.committee(cast, (*BENCH, "zhou"))
    appointing.people(cast)


def proposal_before(cast: Cast, *acts: tuple[str, str, str]) -> tuple[Matter, Matter]:
    """A sitting that is open, with a proposal on its agenda."""
    proposal = draft(cast)
    for kind, post, name in acts:
        add(cast, proposal, kind, post, name)
    submit(cast, proposal)
    on_agenda(cast, proposal)
    sitting = sittings.called(cast, "听取报告")
    take(cast, sitting, "office", "add_item", {"kind": "appointment", "title": "人事任免", "subject": str(proposal.pk)})
    take(cast, sitting, "office", "begin_sign_in")
    sittings.arrive(cast, sitting, *BENCH)
    take(cast, sitting, "office", "open")
    return sitting, proposal


def put(cast: Cast, sitting: Matter, **more: str) -> Matter:
    """The item is put to the vote; the vote's matter."""
    item = Item.objects.get(matter=sitting, kind="appointment")
    given = {"item": str(item.pk), "title": item.title, "kind": "appointments", "way": "secret", **more}
    take(cast, sitting, "office", "put_to_vote", given)
    return Vote.objects.get(sitting=sitting).matter


def vote(cast: Cast, matter: Matter, *papers: tuple[str, ...]) -> None:
    """As many vote as there are papers; then it is closed and announced."""
    take(cast, matter, "office", "open")
    ballot = latest_ballot(matter.pk)
    assert ballot is not None
    for who, marks in zip(BENCH, papers, strict=False):
        device = Device.fresh(ballot.public_key)
        device.take(take_ballot(ballot, cast.mandates[who].pk, device.blinded))
        cast_secret(ballot, device.mark(str(ballot.pk), Paper(marks).text))
    take(cast, matter, "office", "close")
    take(cast, matter, "office", "announce")


def test_a_proposal_makes_its_own_paper_and_a_vote_that_fails_by_one_on_all_members_is_written_into_its_act(
    cast: Cast,
) -> None:
    """I01 (1)(4), trap 4 (地方组织法第五十一条第三款): two of three present agree, which is half of four members and not more."""
    sitting, proposal = proposal_before(cast, ("appoint", "judge", "林知"))
    act = AppointmentAct.objects.get(matter__parent=proposal)
    matter = put(cast, sitting)
    assert Vote.objects.get(matter=matter).options == [
        {"label": "任命林知为区人民法院审判员", "subject": str(act.matter_id)}
    ]
    assert Matter.objects.get(pk=proposal.pk).state == "awaiting"
    vote(cast, matter, ("approve",), ("approve",), ("against",))
    act.refresh_from_db()
    assert (act.passed, act.approve, act.against, act.present, act.base) == (False, 2, 1, 3, 4)
    assert "应到 4，实到 3，赞成 2" in act.sentence


def test_each_act_has_its_own_result_and_the_register_follows(cast: Cast) -> None:
    """I01 (2)(5): who leaves stands before who comes; one passes, the other does not."""
    sitting, proposal = proposal_before(cast, ("appoint", "judge", "林知"), ("remove", "vice_president", "许安"))
    matter = put(cast, sitting)
    assert [option["label"] for option in Vote.objects.get(matter=matter).options] == [
        "免去许安的区人民法院副院长职务",
        "任命林知为区人民法院审判员",
    ]
    vote(cast, matter, ("approve", "approve"), ("approve", "against"), ("approve", "abstain"))
    passed = dict(AppointmentAct.objects.filter(matter__parent=proposal).values_list("person_name", "passed"))
    assert passed == {"许安": True, "林知": False}


def test_a_dismissal_is_never_put_to_an_open_vote(cast: Cast) -> None:
    """Trap 6 (监督法第六十二条): whatever the clerk chooses or leaves out."""
    hold("judge", "罗成")
    sitting, _proposal = proposal_before(cast, ("dismissal", "judge", "罗成"))
    with pytest.raises(Incomplete, match="无记名"):
        put(cast, sitting, way="named")
    assert not Vote.objects.exists()


@pytest.mark.parametrize(
    ("on_paper", "way", "words"),
    [(False, "named", "采用无记名表决"), (False, "hands", "采用无记名表决"), (True, "secret", "须用纸质票")],
)
def test_app06_an_appointment_is_voted_in_secret_and_on_paper_where_the_post_asks_for_it(
    cast: Cast, on_paper: bool, way: str, words: str
) -> None:
    """APP-06: the way that the act says is the way of the vote, whatever is chosen."""
    Post.objects.filter(code="judge").update(on_paper=on_paper)
    sitting, _proposal = proposal_before(cast, ("appoint", "judge", "林知"))
    with pytest.raises(Incomplete, match=words):
        put(cast, sitting, way=way)
    assert not Vote.objects.exists()
    put(cast, sitting, way="paper")
    assert Vote.objects.get().way == "paper"


def test_app06_where_no_rule_asks_for_secrecy_the_meeting_decides_but_a_dismissal_stays_secret(cast: Cast) -> None:
    """A place without such a rule of its own may vote by hands; who is to be dismissed is voted in secret everywhere (SUP-29)."""
    set_option(cast, "option.appointments_secret", False)
    hold("judge", "罗成")
    sitting, _proposal = proposal_before(cast, ("appoint", "judge", "林知"))
    put(cast, sitting, way="hands")
    assert AppointmentAct.objects.get().way_words == "由会议决定"
    other, _dismissal = proposal_before(cast, ("dismissal", "judge", "罗成"))
    with pytest.raises(Incomplete, match="无记名"):
        put(cast, other, way="hands")


def test_the_act_knows_the_sitting_by_its_own_number_and_the_form_shows_names_alone(cast: Cast) -> None:
    """I01 (1): where it was voted is not typed; and what is proposed to the clerk has no ids in it."""
    sitting, proposal = proposal_before(cast, ("appoint", "judge", "林知"))
    item = Item.objects.get(matter=sitting, kind="appointment")
    take(cast, sitting, "office", "take_up", {"item": str(item.pk)})
    form = PutToVote(situation=Situation(Matter.objects.get(pk=sitting.pk), cast["office"]))
    assert (form.initial["options"], form.initial["way"]) == ("任命林知为区人民法院审判员", "secret")
    vote(cast, put(cast, sitting), ("approve",), ("approve",), ("approve",))
    act = AppointmentAct.objects.get(matter__parent=proposal)
    assert (act.passed, act.sitting) == (True, sitting.number)


def test_a_proposal_that_is_not_on_the_agenda_yet_is_not_voted_on(cast: Cast) -> None:
    """I01 (1): a vote whose result would reach nobody is refused, with what to do."""
    sitting, proposal = proposal_before(cast, ("appoint", "judge", "林知"))
    take(cast, proposal, "office", "hold_back", {"reason": "补正材料。"})
    with pytest.raises(Incomplete, match="还没有到付表决的时候"):
        put(cast, sitting)


def test_the_record_names_what_stood_on_the_paper_and_no_internal_id(cast: Cast) -> None:
    """I01 (1): staff read the names; the ids by which results find their matters are not shown."""
    sitting, proposal = proposal_before(cast, ("appoint", "judge", "林知"))
    matter = put(cast, sitting)
    act = AppointmentAct.objects.get(matter__parent=proposal)
    for one in (matter, sitting):
        page = text(seat(cast, "office").get(f"/matters/{one.pk}/"))
        assert "任命林知为区人民法院审判员" in page
        assert f"|{act.matter_id}" not in page
