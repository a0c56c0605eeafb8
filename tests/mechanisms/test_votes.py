"""D05, F03, I01, J01, J03: what the mechanisms ask of the votes themselves. Ways and kinds are tried one by one in the ballots room."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from openrenda.activities.vote.records import Vote
from openrenda.ballots.casting import cast_secret
from openrenda.ballots.counting import Paper
from openrenda.ballots.device import Device
from openrenda.ballots.models import CastBallot, NamedMark, RollEntry
from openrenda.ballots.refusals import NotAccepted
from openrenda.ballots.taking import take as take_ballot
from openrenda.docket.models import Act, Matter
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.figures import evidence, in_year, read
from openrenda.figures.registry import figure
from openrenda.web.hall.voting.tests.stage import ballot_of, committee, opened, prepared, take
from tests.cast import Cast

WHO = ("chen", "lin", "ouyang", "zhou")


@pytest.fixture(autouse=True)
def _members(cast: Cast) -> None:
    committee(cast)


def secretly(cast: Cast, matter: Matter, **papers: tuple[str, ...]) -> None:
    """Everybody named casts these marks."""
    ballot = ballot_of(matter)
    for who, marks in papers.items():
        device = Device.fresh(ballot.public_key)
        device.take(take_ballot(ballot, cast.mandates[who].pk, device.blinded))
        cast_secret(ballot, device.mark(str(ballot.pk), Paper(marks).text))


REPORTS = {
    "kind": "grades",
    "way": "secret",
    "options": "政府禁毒工作报告\n法院禁毒工作报告\n检察院禁毒工作报告",
    "title": "禁毒工作报告满意度测评",
}


def test_d05_1_and_2_three_reports_in_one_sitting_each_by_the_line_stored_with_the_vote(cast: Cast) -> None:
    """D05 Must (1), (2)."""
    matter = opened(cast, **REPORTS)
    terms = ballot_of(matter).terms
    assert [grade.label for grade in terms.grades] == ["满意", "基本满意", "不满意"]
    assert {rule.id for rule in terms.rungs} == {"D05.satisfied", "D05.basically"}
    secretly(cast, matter, chen=("satisfied", "basically", "dissatisfied"), lin=("satisfied", "basically", "dissatisfied"),
             ouyang=("satisfied", "satisfied", "dissatisfied"))  # fmt: skip
    told = take(cast, matter, "close").data["verdict"]
    assert [one["result"] for one in told["outcomes"]] == ["satisfied", "basically", "dissatisfied"]


def test_d05_3_and_f03_4_no_record_links_a_member_to_a_grade(cast: Cast) -> None:
    """D05 Must (3), F03 Must (4): the roll and the box have no value in common; the ledger knows neither. The dump test is in the ballots room."""
    matter = opened(cast, **REPORTS)
    before = Act.objects.count()
    secretly(cast, matter, chen=("satisfied",) * 3, lin=("basically",) * 3)
    assert Act.objects.count() == before
    take(cast, matter, "close")
    assert not NamedMark.objects.exists()
    roll = {value for entry in RollEntry.objects.values_list("request", "answer", "voter") for value in map(str, entry)}
    assert not roll & {value for paper in CastBallot.objects.values_list("key", "signature", "seal") for value in paper}


def test_d05_4_a_tally_that_does_not_fit_the_papers_is_refused(cast: Cast) -> None:
    """D05 Must (4), F03 Must (3), I01 Must (4)."""
    matter = opened(cast, way="paper", kind="appointments", options="张三")
    sheet = {"issued": 4, "returned": 4, "void": 0, "mark_0_approve": 3, "mark_0_against": 0, "mark_0_abstain": 0}
    with pytest.raises(Incomplete) as told:
        take(cast, matter, "teller_one", sheet)
    assert "合计3票，和有效票4张不相等" in str(told.value.form.errors)
    with pytest.raises(Incomplete) as told:
        take(cast, matter, "teller_one", {**sheet, "issued": 5, "mark_0_approve": 4})
    assert "多于实到4人" in str(told.value.form.errors)


PROJECTS = {
    "kind": "choice",
    "way": "secret",
    "body": "congress",
    "options": "\n".join("甲乙丙丁"),
    "places": 2,
    "title": "民生实事项目票决",
}


def test_f03_1_only_deputies_present_vote_and_each_once(cast: Cast) -> None:
    """F03 Must (1)."""
    matter = opened(cast, "chen", "lin", "ouyang", **PROJECTS)
    secretly(cast, matter, chen=("chosen", "", "", ""))
    for who in ("chen", "zhou"):
        with pytest.raises(NotAccepted):
            secretly(cast, matter, **{who: ("chosen", "", "", "")})
    assert take(cast, matter, "close").data["tally"]["returned"] == 1


def test_f03_2_votes_per_project_with_the_stored_rule_and_ties_settled_by_it(cast: Cast) -> None:
    """F03 Must (2): more than half of all deputies first, then the most votes."""
    matter = opened(cast, **PROJECTS)
    papers: dict[str, Any] = dict(zip(WHO, (("chosen", "chosen", "", ""), ("chosen", "chosen", "", ""), ("chosen", "", "chosen", ""),
                                            ("", "chosen", "", "chosen")), strict=True))  # fmt: skip
    secretly(cast, matter, **papers)
    told = take(cast, matter, "close").data
    assert [one["result"] for one in told["verdict"]["outcomes"]] == [
        "elected",
        "elected",
        "not_elected",
        "not_elected",
    ]
    assert told["tally"]["marks"][0]["chosen"] == 3
    assert "全体代表过半数、得票多的在前，选定 2" in told["sentence"]


def test_i01_4_the_tally_is_checked_against_those_present(cast: Cast) -> None:
    """I01 Must (4): no more ballots than people there; whoever did not vote is said."""
    matter = opened(cast, "chen", "lin", "ouyang", kind="appointments", options="张三", way="secret")
    secretly(cast, matter, chen=("approve",))
    told = take(cast, matter, "close").data
    assert told["tally"]["issued"] == 1
    assert "实到 3，赞成 1，反对 0，弃权 0，未表决 2" in told["sentence"]


def test_j01_2_a_vote_cannot_be_opened_without_the_quorum_shown(cast: Cast) -> None:
    """J01 Must (2)."""
    matter = prepared(cast)
    with pytest.raises(Refused) as told:
        take(cast, matter, "open", {"present": [cast.mandates["chen"].pk, cast.mandates["lin"].pk]})
    assert "应到 4 人，在场 2 人" in str(told.value)
    opening = take(cast, matter, "open", {"present": [cast.mandates[who].pk for who in WHO]})
    assert (opening.data["base"], opening.data["present_count"], opening.data["quorum"]) == (4, 4, "ORG-14.quorum")


def test_j03_2_the_vote_is_kept_as_it_was_announced(cast: Cast) -> None:
    """J03 Must (2): the result and the digest of the box stand in the ledger, and no step leads away from the announcement."""
    matter = opened(cast, way="secret")
    secretly(cast, matter, **dict.fromkeys(WHO, ("approve",)))
    closed = take(cast, matter, "close")
    announced = take(cast, matter, "announce")
    assert announced.data == closed.data
    assert announced.data["digest"] == ballot_of(matter).digest
    for step in ("close", "void", "change", "withdraw_option"):
        with pytest.raises(Refused):
            take(cast, matter, step, {})


def test_votes_are_counted_and_each_number_opens_its_list(cast: Cast) -> None:
    """A void vote and a straw poll are in none of the figures."""
    today = timezone.localdate()
    this_year = in_year(today.year, today)
    for changes in ({}, {"straw": "on"}, {"way": "secret"}):
        matter = opened(cast, **changes)
        if not changes.get("way"):
            for who in WHO:
                NamedMark.objects.create(
                    ballot=ballot_of(matter), voter=cast.mandates[who].pk, name=who, paper=Paper(("approve",)).text
                )
        take(cast, matter, "close")
        take(cast, matter, "announce")
    void = opened(cast)
    take(cast, void, "void", {"decided_by": "主任", "reason": "设备故障", "repeat": "no"})
    for key, number in (("votes", 2), ("votes_secret", 1), ("votes_passed", 1)):
        one = figure(key)
        assert read(one, this_year).part == number
        assert evidence(one, this_year, "part").count() == number
    assert Vote.objects.filter(straw=True).exists()
