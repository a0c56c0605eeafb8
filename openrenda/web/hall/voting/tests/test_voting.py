"""Votes from preparing to announcing, through the pages as people and their devices use them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from openrenda import docket
from openrenda.activities.vote.records import Vote
from openrenda.ballots.closing import close
from openrenda.ballots.counting import Paper
from openrenda.ballots.models import BoxPart, CastBallot, NamedMark, RollEntry
from openrenda.docket.models import Act, Matter
from openrenda.docket.refusals import Incomplete, Refusal, Refused
from openrenda.people.models import Mandate, MandateSuspension
from openrenda.rulebook import set_local_value
from openrenda.tenancy import congress_scope
from openrenda.web.tests.stage import text
from tests.cast import Cast, assemble

from .stage import WHO, address, ballot_of, cast_by_web, committee, opened, prepared, seat, send, take, take_by_web

YES, NO, ABSTAIN = (Paper((mark,)).text for mark in ("approve", "against", "abstain"))
SURE = {"row_0": "approve", "sure": "yes"}


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    people = assemble("990602")
    with congress_scope(people.congress):
        committee(people)
        yield people


def hand_in(cast: Cast, matter: Matter, who: str, mark: str = "approve", **more: str) -> Any:
    """A vote by name from the page."""
    data = {"row_0": mark, "sure": "yes", "ballot": str(ballot_of(matter).pk), **more}
    return seat(cast, who).post(address("paper", matter), data, follow=True)


# By name, without JavaScript


def test_a_vote_by_name_from_preparing_to_announcing(cast: Cast) -> None:
    matter = opened(cast)
    page = seat(cast, "chen").get(address("paper", matter))
    assert "我赞成" in text(page)
    once_more = seat(cast, "chen").post(
        address("paper", matter), {"row_0": "approve", "ballot": str(ballot_of(matter).pk)}
    )
    assert "投出以后不能更改" in text(once_more)
    assert not NamedMark.objects.exists()
    for who, mark in zip(WHO, ("approve", "approve", "approve", "abstain"), strict=True):
        assert "您的表决已经记录" in text(hand_in(cast, matter, who, mark))
    told = take(cast, matter, "close")
    assert (
        told.data["sentence"]
        == "应到 4，实到 4，赞成 3，反对 0，弃权 1：全体组成人员过半数，通过（《地方组织法》第五十一条第三款）"
    )
    take(cast, matter, "announce")
    record = Vote.objects.get(matter=matter)
    assert (record.passed, record.base, record.present) == (True, 4, 4)
    for page in (
        seat(cast, "chen").get(address("paper", matter)),
        seat(cast, "chen").get(reverse("web:matter", args=[matter.pk])),
    ):
        assert told.data["sentence"] in text(page)


def test_the_same_marks_sent_twice_count_once_and_others_are_refused(cast: Cast) -> None:
    matter = opened(cast)
    hand_in(cast, matter, "chen")
    hand_in(cast, matter, "chen")
    assert "先投的有效" in text(hand_in(cast, matter, "chen", "against"))
    assert NamedMark.objects.count() == 1


def test_a_row_left_out_is_told_and_nothing_is_lost(cast: Cast) -> None:
    matter = opened(cast, kind="appointments", options="张三\n李四")
    answer = seat(cast, "chen").post(
        address("paper", matter), {"row_0": "approve", "ballot": str(ballot_of(matter).pk)}
    )
    assert answer.status_code == 422
    assert "这一项还没有选" in text(answer)
    assert 'value="approve"' in answer.content.decode()
    assert "checked" in answer.content.decode()


def test_a_page_of_a_trial_does_not_vote_in_the_real_vote(cast: Cast) -> None:
    """The ballot is named by the page: what was filled in before does not slip into another."""
    matter = prepared(cast)
    there = {"present": [cast.mandates[who].pk for who in WHO]}
    take(cast, matter, "trial_open", there)
    trial = ballot_of(matter)
    assert "试投票" in text(seat(cast, "chen").get(address("paper", matter)))
    hand_in(cast, matter, "chen")
    take(cast, matter, "trial_close")
    assert not NamedMark.objects.exists()
    take(cast, matter, "open", there)
    hand_in(cast, matter, "chen", ballot=str(trial.pk))
    assert not NamedMark.objects.exists()


# Secret


def test_a_secret_vote_fails_by_one_on_the_base_of_all_though_most_present_agreed(cast: Cast) -> None:
    """地方组织法第五十一条: two of three present agree, but the committee has four members."""
    matter = opened(cast, "chen", "lin", "ouyang", kind="appointments", options="张三", way="secret")
    for who, paper in (("chen", YES), ("lin", YES), ("ouyang", NO)):
        answer = cast_by_web(matter, take_by_web(cast, matter, who), paper)
        assert answer.status_code == 200
    told = take(cast, matter, "close").data
    assert (
        told["sentence"]
        == "应到 4，实到 3，赞成 2，反对 1，弃权 0：没有超过全体组成人员的半数，未通过（《地方组织法》第五十一条第三款）"
    )
    assert not Vote.objects.get(matter=matter).passed


def test_casting_knows_nobody(cast: Cast) -> None:
    """No session is opened, no cookie read or set, no act written; a cookie that comes along changes nothing."""
    matter = opened(cast, way="secret")
    device = take_by_web(cast, matter, "chen")
    acts = Act.objects.count()
    answer = cast_by_web(matter, device, YES, seat(cast, "lin"))
    assert answer.status_code == 200
    assert not answer.cookies
    assert "Set-Cookie" not in answer.headers
    assert Act.objects.count() == acts
    assert Matter.objects.get(pk=matter.pk).version == matter.version
    assert RollEntry.objects.filter(taken=True).count() == 1


def test_casting_costs_few_questions_and_none_of_them_about_people(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    matter = opened(cast, way="secret")
    entry = take_by_web(cast, matter, "chen").mark(str(ballot_of(matter).pk), YES)
    with django_assert_max_num_queries(7) as asked:
        send(matter, entry)
    tables = [query["sql"] for query in asked.captured_queries if "people_" in query["sql"] or "roll" in query["sql"]]
    assert tables == []


def test_what_is_no_ballot_is_refused_with_a_sentence(cast: Cast) -> None:
    matter = opened(cast, way="secret")
    where = reverse("voting:cast", args=[matter.congress_id, ballot_of(matter).pk])
    for body in (
        "",
        "null",
        "[]",
        '{"key": 1}',
        "{",
        "x" * 70_000,
        json.dumps(dict.fromkeys(("key", "signature", "seal", "paper"), "")),
    ):
        answer = Client().post(where, body, content_type="text/plain")
        assert answer.status_code == 422
        assert answer.json()["code"] == "not_a_ballot"
    assert Client().get(where).status_code == 405
    assert (
        "not a valid ballot" in Client().post(f"{where}?language=en", "", content_type="text/plain").json()["sentence"]
    )
    nowhere = reverse("voting:cast", args=[matter.congress_id, matter.pk])
    assert Client().post(nowhere, "{}", content_type="text/plain").status_code == 410


def test_a_link_that_was_shared_lets_nobody_vote(cast: Cast) -> None:
    """A voter's page is her seat's: for others it is another page, or none."""
    matter = opened(cast, "chen", "lin", "ouyang", way="secret")
    assert seat(cast, "zhou").get(address("paper", matter)).status_code == 404
    assert seat(cast, "roads_clerk").get(address("paper", matter)).status_code == 404
    assert Client().get(address("paper", matter)).status_code == 302
    assert "不在这次表决的投票人名单中" in text(seat(cast, "office").get(address("paper", matter)))
    for who in ("office", "zhou"):
        answer = seat(cast, who).post(address("take", matter), "{}", content_type="application/json")
        assert answer.status_code == 404


def test_the_box_is_published_with_every_tracker_and_to_everybody_once_announced(cast: Cast) -> None:
    matter = opened(cast, way="secret")
    device = take_by_web(cast, matter, "chen")
    tracker = cast_by_web(matter, device, YES).json()["tracker"]
    everybody = reverse("voting:public-box", args=["990602", matter.pk])
    assert seat(cast, "chen").get(address("box", matter)).status_code == 404
    take(cast, matter, "close")
    assert tracker in text(seat(cast, "chen").get(address("box", matter)))
    assert Client().get(everybody).status_code == 404
    take(cast, matter, "announce")
    assert tracker in text(Client().get(everybody))
    data = Client().get(reverse("voting:public-box-file", args=["990602", matter.pk])).json()
    assert [row["tracker"] for row in data["ballots"]] == [tracker]
    assert data["tally"]["issued"] == 1


def test_while_it_is_open_screens_say_how_many_and_nothing_else(cast: Cast) -> None:
    matter = opened(cast, way="secret")
    cast_by_web(matter, take_by_web(cast, matter, "chen"), YES)
    state = seat(cast, "lin").get(address("state", matter)).json()
    assert (state["state"], state["taken"], state["cast"], state["on_roll"]) == ("open", 1, 1, 4)
    assert set(state) == {"ballot", "trial", "way", "on_roll", "state", "taken", "cast", "version"}
    page = text(seat(cast, "office").get(address("screen", matter)))
    assert "陈一鸣" not in page


def test_a_fourth_ballot_does_not_come_from_closing_twice(cast: Cast) -> None:
    """The server died between the count and its act: the clerk closes again and finds the same count."""
    matter = opened(cast, way="secret")
    cast_by_web(matter, take_by_web(cast, matter, "chen"), YES)
    close(ballot_of(matter))
    told = take(cast, matter, "close").data
    assert told["tally"]["returned"] == 1
    assert told["digest"] == ballot_of(matter).digest
    assert CastBallot.objects.count() == 1


# Opening


def test_no_vote_opens_below_the_quorum(cast: Cast) -> None:
    """地方组织法第五十一条第二款: two of four are half, not more than half (J01 (2))."""
    matter = prepared(cast)
    with pytest.raises(Refused) as told:
        take(cast, matter, "open", {"present": [cast.mandates[who].pk for who in ("chen", "lin")]})
    assert "应到 4 人，在场 2 人，须超过 1/2" in str(told.value)
    assert Matter.objects.get(pk=matter.pk).state == "prepared"
    take(cast, matter, "open", {"present": [cast.mandates[who].pk for who in ("chen", "lin", "zhou")]})


def test_trap_14_a_suspended_deputy_counts_in_the_base_and_does_not_vote(cast: Cast) -> None:
    """代表法第六十一条: the mandate goes on."""
    MandateSuspension.objects.create(mandate=cast.mandates["zhou"], since=date(2024, 1, 1), basis="常委会公告")
    matter = prepared(cast)
    with pytest.raises(Incomplete):
        take(cast, matter, "open", {"present": [cast.mandates["zhou"].pk]})
    take(cast, matter, "open", {"present": [cast.mandates[who].pk for who in ("chen", "lin", "ouyang")]})
    assert Vote.objects.get(matter=matter).base == 4


def test_the_roll_and_the_base_stay_when_somebody_leaves_office(cast: Cast) -> None:
    """CAL-02: frozen at the opening."""
    matter = opened(cast)
    Mandate.objects.filter(pk=cast.mandates["zhou"].pk).update(
        until=date(2026, 1, 1), end_reason="resigned", end_basis="公告"
    )
    for who in ("chen", "lin"):
        hand_in(cast, matter, who)
    assert not take(cast, matter, "close").data["verdict"]["passed"]


@pytest.mark.parametrize(("changes", "field"), [
    ({"kind": "election", "options": "张三", "places": 1}, "way"), ({"removal": "on"}, "way"), ({"kind": "appointments"}, "options"),
    ({"kind": "choice", "way": "secret", "options": "甲\n乙", "places": 2}, "places"), ({"kind": "choice", "way": "secret", "options": "甲\n乙"}, "places"),
    ({"kind": "appointments", "options": "张三\n张三"}, "options"),
])  # fmt: skip
def test_what_cannot_be_put_to_the_vote_is_told_at_its_field(cast: Cast, changes: dict[str, Any], field: str) -> None:
    """Trap 6: a removal is always decided by secret ballot (监督法第六十二条); so is an election (地方组织法第二十八条)."""
    with pytest.raises(Incomplete) as told:
        prepared(cast, **changes)
    assert field in told.value.form.errors


def test_trap_6_a_removal_is_secret_and_an_ordinary_appointment_need_not_be(cast: Cast) -> None:
    prepared(cast, kind="appointments", options="张三", removal="on", way="secret")
    prepared(cast, kind="appointments", options="张三", way="named")


# By hand, and both


def test_hands_are_counted_by_two_people_who_do_not_see_each_others_sheet(cast: Cast) -> None:
    matter = opened(cast, way="hands")
    sheet = {"mark_0_approve": 3, "mark_0_against": 1, "mark_0_abstain": 0}
    take(cast, matter, "teller_one", sheet)
    with pytest.raises(Refused):
        take(cast, matter, "teller_two", sheet)
    with pytest.raises(Refused) as told:
        take(cast, matter, "close")
    assert "还缺第2位计票人" in str(told.value)
    page = text(seat(cast, "leader").get(reverse("web:matter", args=[matter.pk])))
    assert "mark_0_approve" not in page
    take(cast, matter, "teller_two", {**sheet, "mark_0_approve": 2}, "leader")
    with pytest.raises(Refused) as told:
        take(cast, matter, "close")
    assert "赞成，一份是3，一份是2" in str(told.value)
    take(cast, matter, "teller_two", sheet, "leader")
    assert take(cast, matter, "close").data["verdict"]["passed"]


def test_a_paper_vote_with_more_papers_back_than_given_out_is_void(cast: Cast) -> None:
    matter = opened(cast, way="paper")
    sheet = {"issued": 3, "returned": 4, "void": 0, "mark_0_approve": 4, "mark_0_against": 0, "mark_0_abstain": 0}
    take(cast, matter, "teller_one", sheet)
    take(cast, matter, "teller_two", sheet, "leader")
    assert "本次表决无效" in take(cast, matter, "close").data["sentence"]
    with pytest.raises(Incomplete):
        take(cast, opened(cast, way="paper"), "teller_one", {**sheet, "returned": 3})


def test_whoever_votes_on_paper_has_no_electronic_ballot(cast: Cast) -> None:
    matter = opened(cast, way="hybrid")
    entry = RollEntry.objects.get(ballot=ballot_of(matter), voter=cast.mandates["zhou"].pk)
    take(cast, matter, "give_paper", {"voters": [str(entry.pk)]})
    assert "您登记使用纸质票" in text(seat(cast, "zhou").get(address("paper", matter)))
    for who in ("chen", "lin"):
        cast_by_web(matter, take_by_web(cast, matter, who), YES)
    sheet = {"issued": 1, "returned": 1, "void": 0, "mark_0_approve": 1, "mark_0_against": 0, "mark_0_abstain": 0}
    take(cast, matter, "teller_one", sheet)
    take(cast, matter, "teller_two", sheet, "leader")
    told = take(cast, matter, "close").data
    assert told["tally"]["marks"] == [{"approve": 3}]
    assert told["verdict"]["passed"]


# What follows


def choose_two(cast: Cast, *papers: tuple[str, str, str]) -> Matter:
    """Two of three are chosen by secret ballot, and it is announced."""
    matter = opened(cast, kind="choice", way="secret", options="甲\n乙\n丙", places=2)
    for who, marks in zip(WHO, papers, strict=True):
        cast_by_web(matter, take_by_web(cast, matter, who), Paper(marks).text)
    take(cast, matter, "close")
    take(cast, matter, "announce")
    return matter


def test_a_tie_at_the_last_place_opens_another_vote_among_the_tied(cast: Cast) -> None:
    """LIV-10 (c) where the most votes decide; where more than half of all is asked, half is nothing and nobody is tied."""
    papers = (("chosen", "chosen", ""), ("chosen", "", "chosen"), ("chosen", "chosen", ""), ("chosen", "", "chosen"))
    choose_two(cast, *papers)
    assert not Matter.objects.filter(procedure="vote", state="prepared").exists()
    set_local_value(cast.congress, "option.choice_rule", "plurality", basis="票决办法", set_by="办公室")
    choose_two(cast, *papers)
    again = Vote.objects.get(matter__state="prepared")
    assert (again.labels, again.places) == (["乙", "丙"], 1)
    assert {link.kind for link in again.matter.origins.all()} == {"again_on"}


def test_a_void_vote_is_taken_again_by_the_chairs_decision(cast: Cast) -> None:
    matter = opened(cast, way="secret")
    cast_by_web(matter, take_by_web(cast, matter, "chen"), YES)
    take(cast, matter, "void", {"decided_by": "主任", "reason": "设备故障", "repeat": "yes"})
    assert not BoxPart.objects.exists()
    assert not CastBallot.objects.exists()
    again = Matter.objects.get(procedure="vote", state="prepared")
    assert Vote.objects.get(matter=again).way == "secret"
    assert {link.kind for link in again.origins.all()} == {"repeats"}


def test_a_candidate_who_withdraws_is_off_the_paper_before_and_not_counted_after(cast: Cast) -> None:
    matter = prepared(cast, kind="choice", way="secret", options="甲\n乙\n丙\n丁", places=1)
    take(cast, matter, "withdraw_option", {"option": "丁", "reason": "退出"})
    assert Vote.objects.get(matter=matter).labels == ["甲", "乙", "丙"]
    take(cast, matter, "open", {"present": [cast.mandates[who].pk for who in WHO]})
    for who in WHO:
        cast_by_web(matter, take_by_web(cast, matter, who), Paper(("chosen", "", "")).text)
    take(cast, matter, "withdraw_option", {"option": "甲", "reason": "退出"})
    told = take(cast, matter, "close").data
    assert [one["result"] for one in told["verdict"]["outcomes"]] == ["withdrawn", "not_elected", "not_elected"]


def test_two_clerks_open_the_same_vote_once(cast: Cast) -> None:
    matter = prepared(cast)
    there = {"present": [cast.mandates[who].pk for who in WHO]}
    take(cast, matter, "open", there)
    with pytest.raises(Refusal):
        docket.act(matter, "open", by=cast["leader"], data=there)
    assert matter.ballots.count() == 1
