"""F02 民生项目征集: proposals with source and place, merged with all proposers, screened out with a reason, candidates whole and more than places."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from openrenda import docket, tickets
from openrenda.docket.models import Act, Link, Matter
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.docket.situation import Situation
from openrenda.people.models import Station
from openrenda.procedures.livelihood_proposal.forms import Merge
from openrenda.procedures.livelihood_proposal.records import LivelihoodProposal
from openrenda.rulebook import resolution
from openrenda.web.tests.stage import address, seat, text
from tests.cast import BEGAN, Cast

from .conftest import Wall
from .livelihood import TEXT, adopted, called, candidates, contents, filled, proposed, record
from .residents import send, this_year
from .stage import take

NAME, PHONE = "王桂兰", "13800138000"
HERE = "/c/990701/livelihood/"


def proposals() -> list[LivelihoodProposal]:
    """All, oldest first."""
    return list(LivelihoodProposal.objects.select_related("matter").order_by("matter_id"))


def round_at(round_: Matter, *rest: str) -> str:
    """The public address of a round."""
    from openrenda.web.portal import codes

    return f"{HERE}rounds/" + "/".join((codes.code_of(round_.pk), *rest)) + "/"


def test_f02_1_each_proposal_has_source_and_place(cast: Cast, client: Client) -> None:
    """Must (1): from residents on the portal and at a station, from deputies, from organs."""
    round_ = called(cast)
    assert send(client, round_at(round_, "propose"), TEXT, place="学府路").status_code == 302
    proposed(cast, round_)
    for who in ("chen", "roads_office"):
        proposed(cast, round_, who, "suggest")
    assert [(row.source, row.place) for row in proposals()] == [
        ("residents", "学府路"), ("residents", "学府路"), ("deputies", "学府路"), ("organs", "学府路"),
    ]  # fmt: skip
    assert [row.body for row in proposals()][2:] == ["陈一鸣", "区交通运输局"]
    with pytest.raises(Incomplete):
        proposed(cast, round_, place="")
    no_place = send(client, round_at(round_, "propose"), TEXT, key="fedcba9876543210")
    assert no_place.status_code == 422


def test_f02_1_from_an_opinion_in_one_act(cast: Cast, client: Client) -> None:
    """Must (1): the opinion's words and resident come along; she reads what came of it with the number she has."""
    round_ = called(cast)
    send(client, "/c/990701/opinions/", TEXT, place="学府路")
    opinion = Matter.objects.get(procedure="opinion")
    take(cast, opinion, "office", "to_livelihood", {"round": round_.pk, "place": "学府路"})
    row = proposals()[0]
    assert (row.source, row.text, row.place) == ("opinions", TEXT, "学府路")
    assert Link.objects.get(matter=row.matter, kind="came_from").origin == opinion
    with pytest.raises(Refused, match="已作为这一轮"):
        take(cast, opinion, "office", "to_livelihood", {"round": round_.pk, "place": "学府路"})
    take(cast, row.matter, "government", "screen_out", {"reasons": ["not_within_year"], "answer": "明年研究。"})
    page = text(client.get(f"/c/990701/opinions/mine/{tickets.link_of(opinion.pk)}/"))
    assert "未列入" in page
    assert "明年研究。" in page


def test_f02_1_similar_ones_are_merged_and_all_proposers_kept(cast: Cast, client: Client) -> None:
    """Must (1): the most similar stand in front; three deep, everybody is there and reads the one result."""
    round_ = called(cast)
    other = proposed(cast, round_, text="建设社区食堂，老人就餐方便。", place="青石社区")
    mine = send(client, round_at(round_, "propose"), "学府路要建过街天桥，学生过马路危险。", place="学府路")
    first = proposed(cast, round_)
    second, third = (proposed(cast, round_, text=f"{TEXT}{each}") for each in ("请尽快。", "谢谢。"))
    form = Merge(situation=Situation(Matter.objects.get(pk=third.pk), cast["government"]))
    offered = [key for key, _words in form.fields["into"].widget.choices if key]
    assert offered[0] in {str(first.pk), str(second.pk)}
    assert offered[-1] == str(other.pk)
    resident = proposals()[1].matter
    take(cast, third, "government", "merge", {"into": second.pk})
    take(cast, second, "government", "merge", {"into": first.pk})
    take(cast, resident, "government", "merge", {"into": first.pk})
    kept = LivelihoodProposal.objects.get(matter=first.pk).proposers
    assert {row.matter_id for row in kept} == {first.pk, second.pk, third.pk, resident.pk}
    project = adopted(cast, first)
    page = text(client.get(mine.headers["Location"]))
    assert "已列入候选项目" in page
    assert Link.objects.filter(matter=project, origin=first).exists()
    assert this_year("livelihood_proposals_merged").part == 3
    assert this_year("livelihood_proposals").part == 5


def test_f02_1_nothing_is_merged_into_what_is_merged_or_of_another_round(cast: Cast) -> None:
    """Must (1): no circle and no mixing of years."""
    first, second = called(cast), called(cast, tier="small", places="")
    rows = [proposed(cast, first), proposed(cast, first), proposed(cast, second)]
    take(cast, rows[0], "government", "merge", {"into": rows[1].pk})
    for into in (rows[0], rows[2], rows[1]):
        with pytest.raises(Incomplete):
            take(cast, rows[1], "government", "merge", {"into": into.pk})


def test_f02_2_each_screened_out_proposal_has_a_reason_its_proposer_can_see(cast: Cast, client: Client) -> None:
    """Must (2): the negative list of the rulebook, words of its own, by number and by link, and from a deputy's seat."""
    round_ = called(cast)
    mine = send(client, round_at(round_, "propose"), TEXT, place="学府路", name=NAME, phone=PHONE).headers["Location"]
    deputys = proposed(cast, round_, "chen", "suggest")
    row = proposals()[0].matter
    with pytest.raises(Incomplete):
        take(cast, row, "government", "screen_out", {"answer": "不行。"})
    with pytest.raises(Incomplete):
        take(cast, row, "government", "screen_out", {"reasons": ["debt"]})
    for one in (row, deputys):
        take(cast, one, "government", "screen_out", {"reasons": ["debt", "few"], "answer": "所需资金没有来源。"})
    number = tickets.in_groups(tickets.number_of(row.pk))
    for page in (mine, f"{HERE}number/{number}/"):
        shown = text(client.get(page))
        for words in ("增加政府隐性债务", "受益面过窄", "所需资金没有来源。"):
            assert words in shown
    assert "所需资金没有来源。" in text(seat(cast, "chen").get(address(deputys)))
    assert (
        client.get("/c/990701/opinions/query/", {"number": number})
        .headers["Location"]
        .endswith(f"/livelihood/number/{tickets.tidy(number)}/")
    )
    assert this_year("livelihood_proposals_screened_out").part == 2


def test_f02_2_nobody_is_left_without_an_answer_when_the_list_is_drawn_up(cast: Cast, wall: Wall) -> None:
    """Must (2)."""
    round_ = called(cast)
    projects = candidates(cast, round_, 3)
    left = proposed(cast, round_, text="另一件事。")
    wall.pass_days(40)
    docket.run_clocks(cast.congress.pk)
    with pytest.raises(Refused, match="还有1件"):
        take(cast, round_, "government", "submit_list", {"projects": [row.pk for row in projects]})
    take(cast, left, "government", "screen_out", {"reasons": ["routine"], "answer": "属于日常工作。"})
    take(cast, round_, "government", "submit_list", {"projects": [row.pk for row in projects]})


def test_f02_2_the_lists_are_the_congresss_own(cast: Cast) -> None:
    """Must (2), LIV-06: a congress that sets its own negative list screens by it."""
    own = [{"key": "market", "label": "应当由市场解决"}]
    resolution.set_local_value(
        cast.congress, "option.livelihood_negative", own, basis="本级办法", set_by="test", since=BEGAN
    )
    resolution.forget()
    row = proposed(cast, called(cast))
    with pytest.raises(Incomplete):
        take(cast, row, "government", "screen_out", {"reasons": ["debt"], "answer": "不列入。"})
    take(cast, row, "government", "screen_out", {"reasons": ["market"], "answer": "不列入。"})


def test_f02_2_name_and_telephone_are_sealed_and_the_words_are_not_in_the_ledger(cast: Cast, client: Client) -> None:
    """Must (2), decision 0010."""
    round_ = called(cast)
    mine = send(client, round_at(round_, "propose"), TEXT, place="学府路", name=NAME, phone=PHONE).headers["Location"]
    ledger = str([act.data for act in Act.objects.filter(procedure="livelihood-proposal")])
    assert not any(words in ledger for words in (NAME, PHONE, TEXT))
    assert PHONE not in text(seat(cast, "government").get(address(proposals()[0].matter)))
    link = mine.partition("?")[0]
    client.post(f"{link}erase_contact/")
    client.post(f"{link}withdraw/")
    assert proposals()[0].matter.state == "withdrawn"
    assert this_year("livelihood_proposals").part == 0


def test_f02_2_what_comes_without_the_scripts_proof_is_looked_at_first(cast: Cast, client: Client) -> None:
    """Must (2): nobody is turned away for an old telephone; a flood is told."""
    round_ = called(cast)
    there = round_at(round_, "propose")
    assert client.post(there, {"text": TEXT, "place": "学府路"}).status_code == 302
    assert proposals()[0].matter.state == "screened"
    take(cast, proposals()[0].matter, "government", "let_through")
    codes_ = {send(client, there, TEXT, key=f"{number:016d}", place="学府路").status_code for number in range(25)}
    assert codes_ == {302, 429}


@pytest.mark.parametrize("missing", ["content", "organ", "yuan", "place", "served", "deadline", "milestones"])
def test_f02_3_each_candidate_has_content_unit_money_place_deadline_and_people_served(cast: Cast, missing: str) -> None:
    """Must (3): a file that lacks one of them is not taken, and a file that was not filled stands on no list."""
    project = adopted(cast, proposed(cast, called(cast)))
    with pytest.raises(Incomplete) as refused:
        filled(cast, project, **{missing: ""})
    assert missing in refused.value.form.errors
    assert not record(project).filled


def test_f02_3_an_unfilled_candidate_stands_on_no_list(cast: Cast, wall: Wall) -> None:
    """Must (3)."""
    round_ = called(cast)
    projects = [*candidates(cast, round_, 2), adopted(cast, proposed(cast, round_), "空白项目")]
    wall.pass_days(40)
    docket.run_clocks(cast.congress.pk)
    with pytest.raises(Incomplete):
        take(cast, round_, "government", "submit_list", {"projects": [row.pk for row in projects]})


@pytest.mark.parametrize(
    ("typed", "fen"), [("25,000,000.50", 2_500_000_050), ("0.01", 1), ("9999999999999.99", 999_999_999_999_999)]
)
def test_f02_3_money_is_kept_to_the_fen(cast: Cast, typed: str, fen: int) -> None:
    """Must (3): commas are read, nothing is rounded; less than a fen is refused."""
    project = filled(cast, adopted(cast, proposed(cast, called(cast))), yuan=typed)
    assert record(project).fen == fen
    assert record(project).money_words == f"{Decimal(fen) / 100:,.2f}元"
    for bad in ("0.001", "0", "-5", "很多", "1e3000"):
        with pytest.raises(Incomplete):
            filled(cast, project, yuan=bad)


@pytest.mark.parametrize("line", ["完成招标", "2026-02-30 完成招标", "2026-13-01 完成", "2026-06-30", "明年 完工"])
def test_f02_3_a_milestone_that_cannot_be_read_is_named(cast: Cast, line: str) -> None:
    """Must (3): the sentence names the line and says how to write it."""
    project = adopted(cast, proposed(cast, called(cast)))
    with pytest.raises(Incomplete) as refused:
        filled(cast, project, milestones=f"2026-05-01 开工\n{line}")
    assert "第2行" in str(refused.value.form.errors["milestones"])
    take(cast, project, "government", "fill", contents(cast, milestones="2026年5月1日 开工\n2026/6/30：完成招标"))
    assert [row.name for row in record(project).milestones] == ["开工", "完成招标"]


@pytest.mark.parametrize(
    ("places", "candidates_", "enough"),
    [(2, 2, False), (2, 3, True), (5, 5, False), (5, 6, True), (6, 7, False), (6, 8, True)],
)
def test_f02_4_more_candidates_than_places_when_the_measures_ask_for_it(
    cast: Cast, wall: Wall, places: int, candidates_: int, enough: bool
) -> None:
    """Must (4), LIV-07: a fifth more, one more at least."""
    round_ = called(cast, places=places)
    projects = candidates(cast, round_, candidates_)
    wall.pass_days(40)
    docket.run_clocks(cast.congress.pk)
    if enough:
        take(cast, round_, "government", "submit_list", {"projects": [row.pk for row in projects]})
        return
    with pytest.raises(Incomplete) as refused:
        take(cast, round_, "government", "submit_list", {"projects": [row.pk for row in projects]})
    assert "差额" in str(refused.value.form.errors)


def test_f02_4_a_congress_without_a_differential_vote_needs_as_many_as_places(cast: Cast, wall: Wall) -> None:
    """Must (4): only when its measures ask for more; never fewer."""
    resolution.set_local_value(
        cast.congress, "option.livelihood_differential", False, basis="本级办法", set_by="test", since=BEGAN
    )
    resolution.forget()
    round_ = called(cast)
    projects = candidates(cast, round_, 2)
    wall.pass_days(40)
    docket.run_clocks(cast.congress.pk)
    with pytest.raises(Incomplete) as refused:
        take(cast, round_, "government", "submit_list", {"projects": [projects[0].pk]})
    assert "不够票决" in str(refused.value.form.errors)
    take(cast, round_, "government", "submit_list", {"projects": [row.pk for row in projects]})


def test_f02_liv_04_collected_for_thirty_days_or_a_reason(cast: Cast, wall: Wall) -> None:
    """LIV-04: 30 days are enough, 29 want a reason; after the last day nothing is taken any more."""
    with pytest.raises(Incomplete) as refused:
        called(cast, days=29)
    assert "LIV-04" not in str(refused.value.form.errors)
    assert "一般不少于30天" in str(refused.value.form.errors["short_reason"])
    called(cast, days=29, short_reason="大会提前召开")
    round_ = called(cast, days=30, tier="small", places="")
    wall.pass_days(31)
    docket.run_clocks(cast.congress.pk)
    with pytest.raises(Incomplete):
        proposed(cast, round_)


def test_f02_opens_on_its_day_and_is_public_from_then(cast: Cast, client: Client, wall: Wall) -> None:
    """LIV-04."""
    opens = timezone.localdate() + timedelta(days=3)
    round_ = called(cast, opens_on=opens.isoformat(), closes_on=(opens + timedelta(days=31)).isoformat())
    assert client.get(round_at(round_)).status_code == 404
    with pytest.raises(Incomplete):
        proposed(cast, round_)
    wall.pass_days(3)
    assert client.get(round_at(round_)).status_code == 200


def test_f02_a_station_sees_what_it_entered_and_nobody_elses(cast: Cast) -> None:
    """Proposals are the organiser's, their giver's and the congress's."""
    round_ = called(cast)
    Station.objects.create(number="Z09", name="站", kind="station", street=cast.organs["street"], since=BEGAN)
    mine = proposed(cast, round_)
    other = proposed(cast, round_, "chen", "suggest")
    assert docket.visible(cast["station"]).filter(pk__in=(mine.pk, other.pk)).count() == 1
    assert docket.visible(cast["government"]).filter(pk__in=(mine.pk, other.pk)).count() == 2
    assert docket.visible(cast["lin"]).filter(pk__in=(mine.pk, other.pk)).count() == 0
