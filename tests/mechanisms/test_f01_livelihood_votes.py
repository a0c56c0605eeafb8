"""F01 民生实事项目票决制: one file a project, nothing voted that was not collected, roles apart, levels never mixed."""

from __future__ import annotations

import pytest
from django.utils import timezone

from openrenda import docket
from openrenda.docket import registry
from openrenda.docket.actor import the_kin
from openrenda.docket.language import THE_KIN
from openrenda.docket.models import Act, Link, Matter
from openrenda.docket.refusals import Incomplete, Refusal, Refused
from openrenda.docket.situation import Situation
from openrenda.docket.verify import verify_congress
from openrenda.figures import in_year
from openrenda.figures.registry import figure
from openrenda.figures.splitting import split
from openrenda.people.models import Congress
from openrenda.procedures.livelihood_project import PROCEDURE
from tests.cast import Cast

from .conftest import Wall
from .livelihood import adopted, announced, called, candidates, filled, on_ballot, proposed, record, under_way, vote
from .residents import this_year
from .stage import take


def test_f01_1_one_file_from_proposal_to_acceptance_with_actors_and_documents(cast: Cast, wall: Wall) -> None:
    """Must (1): every step has its actor, and the proposal it came from is one link away."""
    project = under_way(cast, wall)[0]
    for row in record(project).milestones:
        take(cast, project, "roads_clerk", "reach", {"milestone": row.pk, "done_on": timezone.localdate().isoformat()})
    take(cast, project, "roads_clerk", "finish", {"done_on": timezone.localdate().isoformat(), "text": "全部完成。"})
    data = {"held_on": timezone.localdate().isoformat(), "people": "代表三人、居民二人", "conclusion": "合格。"}
    take(cast, project, "office", "accept", data)
    steps = list(Act.objects.filter(matter=project).order_by("seq").values_list("step", flat=True))
    assert steps[:6] == ["draft", "fill", "list", "put_on_ballot", "voted", "begin"]
    assert steps[-2:] == ["finish", "accept"]
    assert all(act.actor_name for act in Act.objects.filter(matter=project))
    origin = Link.objects.get(matter=project, kind="came_from").origin
    assert origin.procedure == "livelihood-proposal"
    assert record(project).round.procedure == "livelihood-round"
    assert verify_congress(cast.congress) == []


def test_f01_2_no_project_is_voted_without_being_collected_and_put_on_the_ballot(cast: Cast, wall: Wall) -> None:
    """Must (2): a file begins with a proposal alone, and a vote meets it on the ballot alone."""
    assert [step.offices for step in PROCEDURE.opening_steps] == [(THE_KIN,)]
    round_ = called(cast)
    project = adopted(cast, proposed(cast, round_))
    with pytest.raises(Refusal):
        announced(cast, project, chosen=True, votes=200)
    filled(cast, project)
    with pytest.raises(Refusal):
        docket.act(
            Matter.objects.get(pk=project.pk), "begin", by=the_kin(cast.congress.pk), data={"deadline": "2099-01-01"}
        )
    others = candidates(cast, round_, 2)
    on_ballot(cast, wall, round_, [project, *others])
    assert {row.state for row in Matter.objects.filter(procedure="livelihood-project")} == {"on_ballot"}
    vote(cast, round_, [project, *others], 2)
    assert [record(row).matter.state for row in (project, *others)] == ["under_way", "under_way", "not_chosen"]


def test_f01_2_liv_05_the_standing_committee_deliberates_before_the_vote(cast: Cast, wall: Wall) -> None:
    """LIV-05: from the list no way leads to the ballot but by the deliberation; what is sent back is a candidate again."""
    into_ballot = [step for step in PROCEDURE.steps if step.target and step.target.key == "on_ballot"]
    assert [step.after.steps for step in into_ballot if step.after] == [("deliberate",)]
    round_ = called(cast)
    projects = candidates(cast, round_, 3)
    wall.pass_days(40)
    docket.run_clocks(cast.congress.pk)
    take(cast, round_, "government", "submit_list", {"projects": [row.pk for row in projects]})
    with pytest.raises(Refusal):
        announced(cast, projects[0], chosen=True)
    take(cast, round_, "office", "send_back", {"reason": "补充论证"})
    assert {record(row).matter.state for row in projects} == {"candidate"}


def test_f01_2_small_tiers_skip_the_vote_and_big_ones_cannot(cast: Cast, wall: Wall) -> None:
    """Must (2): which tiers are voted on is data."""
    big, small = called(cast), called(cast, who="street", tier="wish", places="")
    rows = candidates(cast, big, 3)
    with pytest.raises(Refused, match="须经代表票决"):
        take(cast, big, "government", "settle", {"projects": [rows[0].pk], "basis": "会议"})
    wish = filled(cast, adopted(cast, proposed(cast, small), "修亭子", who="street"), who="street", yuan="3000")
    take(cast, small, "street", "settle", {"projects": [wish.pk], "basis": "居民议事会2026年3月2日"})
    assert (record(wish).matter.state, record(wish).chosen, record(wish).settled_by) == (
        "under_way",
        None,
        "居民议事会2026年3月2日",
    )
    wall.pass_days(40)
    docket.run_clocks(cast.congress.pk)
    offers = {
        offer.step.key: offer.reasons
        for offer in docket.offers(Situation(Matter.objects.get(pk=small.pk), cast["street"]))
    }
    assert "不经代表票决" in offers["submit_list"][0]
    take(cast, small, "street", "conclude", {"summary": "完成"})
    assert Matter.objects.get(pk=small.pk).state == "decided"
    assert this_year("livelihood_on_ballot").part == 0


def test_f01_2_a_street_calls_for_small_tiers_alone(cast: Cast) -> None:
    """Must (2), (3): what the congress votes on is called for by the government."""
    with pytest.raises(Incomplete):
        called(cast, who="street")


def test_f01_3_roles_are_apart(cast: Cast) -> None:
    """Must (3): the government proposes and carries out, deputies vote, the congress supervises; no office does two of them."""
    government, congress = {"organiser", "responsible"}, {"deputy_office"}
    table = {step.key: {office.key for office in step.offices} for step in PROCEDURE.steps}
    for key in ("fill", "drop", "report", "reach", "pay", "ask_change", "finish"):
        assert table[key] <= government, key
    for key in (
        "supervise",
        "middle_check",
        "adjust",
        "carry_over",
        "stop",
        "refuse_change",
        "accept",
        "send_back",
        "count",
        "close",
    ):
        assert table[key] == congress, key
    for key in ("voted", "begin", "fall_out"):
        assert table[key] == {"the_kin"}, key
    round_steps = {
        step.key: {office.key for office in step.offices} for step in registry.procedure("livelihood-round").steps
    }
    assert round_steps["submit_list"] == {"organiser"}
    assert round_steps["deliberate"] == round_steps["publish"] == congress
    round_ = called(cast)
    with pytest.raises(Refused):
        take(cast, adopted(cast, proposed(cast, round_)), "office", "fill", {})


def test_f01_4_several_levels_in_one_system_and_totals_never_mix(cast: Cast, wall: Wall) -> None:
    """Must (4): a town's projects are kept beside the district's and counted apart."""
    town = Congress.objects.create(
        division_code="990701100",
        name="青石镇人民代表大会",
        short_name="青石镇人大",
        level="township",
        parent=cast.congress,
    )
    under_way(cast, wall, 2)
    round_ = called(cast, places=1, body=town.pk)
    projects = candidates(cast, round_, 2)
    on_ballot(cast, wall, round_, projects)
    vote(cast, round_, projects, 1)
    assert (this_year("livelihood_chosen").part, this_year("livelihood_chosen_below").part) == (2, 1)
    today = timezone.localdate()
    rows = split(figure("livelihood_chosen_below"), in_year(today.year, today), "vote")
    assert [(row.label, row.reading.part) for row in rows if row.reading.part] == [
        ("青石镇人民代表大会（乡镇级）2027", 1)
    ]
    # Both were a first vote of their congress.
    assert (this_year("livelihood_votes").part, this_year("livelihood_first_votes").part) == (2, 2)


def test_f01_dazu_2022_first_vote_of_the_congress(cast: Cast, wall: Wall) -> None:
    """dazu-2022-011: 首次民生实事项目票决 is one; the next year's vote is no first one."""
    under_way(cast, wall)
    assert this_year("livelihood_first_votes").part == 1
    wall.pass_days(300)
    under_way(cast, wall)
    assert (this_year("livelihood_votes").part, this_year("livelihood_first_votes").part) == (1, 0)
