"""A22 双联系."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openrenda import docket
from openrenda.docket.models import Act, Matter
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.figures.language import Period
from openrenda.figures.reading import read
from openrenda.figures.registry import figure
from openrenda.people.mandates import end_mandate
from openrenda.people.models import District, GroupMembership, Mandate, Person, Term
from openrenda.people.testing import sit_down
from openrenda.procedures.contact_table import reassign_left
from openrenda.procedures.contacting import ContactPair, pairs_in_force, without_member
from openrenda.procedures.member_contact import ContactedDeputy
from openrenda.web.duties import checks
from openrenda.worker.rounds import turn_clocks
from tests.cast import BEGAN, Cast
from tests.matrix.examples.contact_table import committee

from .conftest import Wall
from .gatherings import count
from .stage import chain, take
from .supervising import today

ADOPTED = {"paper": "试人常〔2026〕5号"}


@pytest.fixture(autouse=True)
def _day(wall: Wall) -> None:
    """A Monday."""


def deputies_up_to(whole: int) -> None:
    """So many deputies in all."""
    term, district = Term.objects.get(), District.objects.get()
    for number in range(whole - Mandate.objects.count()):
        person = Person.objects.create(name=f"联系代表{number}", birth_year=1980)
        Mandate.objects.create(person=person, term=term, district=district, since=BEGAN, card_number=f"k{number}")


def drawn(cast: Cast, **more: Any) -> Matter:
    """A table, proposed by the system unless lines are given."""
    committee(cast)
    data = {"title": "联系代表分工表", **more}
    return docket.open_matter("contact-table", "draw", by=cast["office"], data=data).matter


def in_force(cast: Cast, **more: Any) -> Matter:
    """The same, issued today."""
    matter = drawn(cast, **more)
    take(cast, matter, "leader", "adopt", {**ADOPTED, "adopted_on": today()})
    return Matter.objects.get(pk=matter.pk)


def contact(cast: Cast, who: str = "chen", deputies: tuple[str, ...] = ("zhou",), **more: Any) -> Matter:
    """A member contacted deputies."""
    data = {
        "deputies": [cast.mandates[name].pk for name in deputies], "held_on": today(), "way": "visit", "place": "村委会",
        "heard": "村道路灯不亮，夜里不好走。", "done": "请交通局核实。", **more,
    }  # fmt: skip
    return docket.open_matter("member-contact", "record", by=cast[who], data=data).matter


def leaves_committee(cast: Cast, who: str) -> None:
    """Her last day on the committee was yesterday."""
    GroupMembership.objects.filter(group__kind="standing_committee", mandate=cast.mandates[who]).update(
        until=date(2026, 3, 1)
    )


def test_a22_1_every_deputy_has_one_member_and_191_come_out_without_gaps_or_doubles(cast: Cast) -> None:
    """Must (1): 大足 2022, 191 deputies; the proposal shares them out evenly and gives nobody herself."""
    deputies_up_to(191)
    in_force(cast)
    assert (count("contacted_deputies"), without_member().count()) == (191, 0)
    pairs = list(pairs_in_force())
    assert len({pair.deputy_id for pair in pairs}) == len(pairs) == 191
    assert not [pair for pair in pairs if pair.member_id == pair.deputy_id]
    load = Counter(pair.member_id for pair in pairs)
    assert max(load.values()) - min(load.values()) <= 1
    assert (checks.assigned().part, checks.assigned().percent) == (191, 100)


def test_a22_1_a_table_can_be_brought_in_and_a_gap_is_not_issued(cast: Cast) -> None:
    """Must (1): pasted from a spreadsheet; a deputy twice, a stranger and a missing deputy are named."""
    for lines, problem in (
        ("陈一鸣\t林翀\n欧阳玥\t林翀", "林翀已经分给另一位"), ("陈一鸣 王五", "名册中没有"), ("周䶮 林翀", "名册中没有"),
        ("陈一鸣 陈一鸣", "不能由本人联系本人"), ("陈一鸣", "应当是两个姓名"),
    ):  # fmt: skip
        with pytest.raises(Incomplete) as refused:
            drawn(cast, lines=lines)
        assert problem in str(refused.value.form.errors["lines"])
    made = drawn(cast, lines="陈一鸣\t林翀\n林翀，陈一鸣\n陈一鸣 欧阳玥")
    with pytest.raises(Refused, match="还有1名代表没有分到联系人：周䶮"):
        take(cast, made, "leader", "adopt", {**ADOPTED, "adopted_on": today()})
    take(cast, made, "office", "redraw", {"lines": "陈一鸣 林翀\n林翀 陈一鸣\n陈一鸣 欧阳玥\n欧阳玥 zhou"})
    take(cast, made, "leader", "adopt", {**ADOPTED, "adopted_on": today()})
    found = {(row.member_name, row.deputy_name) for row in pairs_in_force()}
    assert found == {("陈一鸣", "林翀"), ("林翀", "陈一鸣"), ("陈一鸣", "欧阳玥"), ("欧阳玥", "周䶮")}
    with pytest.raises(Refused, match="已有一份分工表"):
        drawn(cast)


def test_a22_1_of_two_of_one_name_the_card_number_tells_which(cast: Cast) -> None:
    """Must (1): namesakes are not guessed at."""
    deputies_up_to(5)
    Person.objects.filter(name="联系代表0").update(name="周䶮")
    with pytest.raises(Incomplete) as refused:
        drawn(cast, lines="陈一鸣 周䶮")
    assert "请写代表证号" in str(refused.value.form.errors["lines"])
    made = drawn(cast, lines="陈一鸣 zhou\n林翀 k0")
    assert made.contact_pairs.count() == 2


def test_a22_2_a_contact_has_date_form_what_was_heard_and_what_was_done(cast: Cast) -> None:
    """Must (2): by a member; others use the records of their own activities."""
    in_force(cast)
    for missing in ("heard", "done", "held_on", "way"):
        with pytest.raises(Incomplete):
            contact(cast, **{missing: ""})
    with pytest.raises(Refused, match="常委会组成人员联系代表的情况"):
        contact(cast, "zhou", ("lin",))
    with pytest.raises(Refused, match="本人联系本人"):
        contact(cast, "chen", ("chen",))
    made = contact(cast, deputies=("zhou", "ouyang"), way="meeting")
    record = made.member_contact.get()
    assert (record.member_name, record.held_on, record.way) == ("陈一鸣", date(2026, 3, 2), "meeting")
    assert ("村道路灯" in record.heard, record.done) == (True, "请交通局核实。")
    for_her = contact(cast, "office", member=cast.mandates["lin"].pk)
    assert for_her.member_contact.get().member_name == "林翀"
    assert (count("member_contacts"), count("deputies_reached")) == (2, 3)


def test_a22_3_whoever_had_no_contact_in_the_set_period_is_listed_and_not_ranked(
    cast: Cast, client: Client, wall: Wall
) -> None:
    """Must (3): six months back from today; the list stands in the order of strokes."""
    in_force(cast)
    contact(cast)
    assert [row.person.name for row in checks.reached().lacking] == ["陈一鸣", "林翀", "欧阳玥"]
    assert [row.person.name for row in checks.reaching().lacking] == ["林翀", "欧阳玥"]
    wall.pass_days(184)
    assert len(checks.reached().lacking) == 3
    wall.pass_days(2)
    assert len(checks.reached().lacking) == 4
    sit_down(client, cast.seats["office"])
    shown = client.get(reverse("duties:lacking", args=["reached"])).content.decode()
    assert "周䶮" in shown
    assert "排名" not in shown


def test_a22_4_what_was_heard_becomes_an_opinion_with_its_source(cast: Cast) -> None:
    """Must (4): C04 sorts it like any other, and it leads back to the contact."""
    in_force(cast)
    made = contact(cast)
    take(cast, made, "chen", "pass_opinion", {"text": "村道路灯不亮。", "place": "白石村"})
    opinion = Matter.objects.get(procedure="opinion")
    record = opinion.opinion.get()
    assert (record.channel, record.deputy, record.text) == ("member_contact", cast.mandates["zhou"], "村道路灯不亮。")
    assert ("来自", reverse("web:matter", args=[made.pk])) in chain(cast, opinion, "office")
    take(cast, opinion, "office", "sort", {"nature": "trouble", "level": "district"})


def test_a22_4_or_a_suggestion_of_the_deputys_with_its_source(cast: Cast) -> None:
    """Must (4): it is hers to complete and to raise."""
    in_force(cast)
    made = contact(cast)
    deputy = str(cast.mandates["zhou"].pk)
    take(
        cast,
        made,
        "office",
        "raise_suggestion",
        {"deputy": deputy, "title": "关于村道照明的建议", "background": "路灯不亮。"},
    )
    suggestion = Matter.objects.get(procedure="suggestion")
    assert suggestion.parties.get(role="sponsor").holder == cast.mandates["zhou"].pk
    assert ("来自", reverse("web:matter", args=[made.pk])) in chain(cast, suggestion, "zhou")


def test_a22_5_when_a_member_leaves_her_deputies_are_reassigned_and_nobody_is_left_without(
    cast: Cast, wall: Wall
) -> None:
    """Must (5): by the office at once, or by the next night of itself; the past keeps who it was."""
    deputies_up_to(20)
    made = in_force(cast)
    with pytest.raises(Refused, match="不需要改派"):
        take(cast, made, "office", "reassign")
    wall.pass_days(10)
    had = set(pairs_in_force().filter(member=cast.mandates["ouyang"]).values_list("deputy", flat=True))
    leaves_committee(cast, "ouyang")
    assert set(without_member().values_list("pk", flat=True)) == had
    turn_clocks()
    assert (without_member().count(), pairs_in_force().count()) == (0, 20)
    assert not pairs_in_force().filter(member=cast.mandates["ouyang"]).exists()
    assert Act.objects.get(step="reassign").account is None
    assert reassign_left(cast.congress.pk, timezone.localdate()) == 0
    assert ContactPair.objects.filter(member=cast.mandates["ouyang"], until=date(2026, 3, 11)).count() == len(had)
    assert read(figure("contacted_deputies"), Period(date(2026, 1, 1), date(2026, 12, 31), date(2026, 3, 5))).part == 20


def test_a22_5_a_mandate_that_ends_is_let_go_and_a_newcomer_gets_somebody(cast: Cast) -> None:
    """Must (5): whoever is no deputy any more needs nobody; a by-election is noticed."""
    made = in_force(cast)
    end_mandate(cast.mandates["lin"], until=BEGAN, reason="resigned", basis="公告〔2026〕2号")
    deputies_up_to(5)
    take(cast, made, "office", "reassign")
    assert {row.deputy_name for row in pairs_in_force()} == {"陈一鸣", "欧阳玥", "周䶮", "联系代表0"}
    assert without_member().count() == 0


def test_a22_5_one_deputy_can_be_given_another_member(cast: Cast) -> None:
    """Must (5): by an act with a reason; still one at a time."""
    made = in_force(cast)
    told = {"deputy": cast.mandates["zhou"].pk, "member": cast.mandates["lin"].pk, "reason": "便于联系"}
    take(cast, made, "office", "change", told)
    take(cast, made, "office", "change", {**told, "member": cast.mandates["ouyang"].pk})
    assert pairs_in_force().get(deputy=cast.mandates["zhou"]).member == cast.mandates["ouyang"]
    assert count("contacted_deputies") == 4
    with pytest.raises(Incomplete):
        take(cast, made, "office", "change", {**told, "member": cast.mandates["zhou"].pk})


def test_the_contact_is_in_the_members_and_the_deputys_file(cast: Cast) -> None:
    """One entry: nothing is typed twice."""
    in_force(cast)
    contact(cast)
    assert ContactedDeputy.objects.get().mandate == cast.mandates["zhou"]


def test_a22_2_the_log_is_offered_to_members_and_staff_alone(cast: Cast) -> None:
    """Must (2): a deputy who is no member is not shown a button that only refuses; by its address she reads why."""
    committee(cast)
    mine = {who: ("member-contact" in dict(docket.openings(cast[who]))) for who in ("chen", "zhou", "office", "leader")}
    assert mine == {"chen": True, "zhou": False, "office": True, "leader": True}
    client = sit_down(Client(), cast.seats["zhou"])
    assert "登记联系代表" not in client.get(reverse("web:openings")).content.decode()
    refused = client.get(reverse("web:new", args=["member-contact", "record"]), follow=True)
    assert refused.status_code == 403
    assert "请用“登记已经举行的活动”" in refused.content.decode()
