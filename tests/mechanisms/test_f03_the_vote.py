"""F03 民生项目票决, on the side of the project: the marks it got and the base, the list that is published, and the registers by congress, level and year.

Who may vote, ties and secrecy are the vote's own and tested there.
"""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from openrenda.docket import registry
from openrenda.docket.language import LINKED
from openrenda.docket.models import Matter
from openrenda.docket.refusals import Refusal, Refused
from openrenda.figures import in_year
from openrenda.figures.registry import figure
from openrenda.figures.splitting import split
from openrenda.procedures.livelihood_project.records import LivelihoodProject
from openrenda.web.tests.stage import seat, text
from tests.cast import Cast

from .conftest import Wall
from .livelihood import announced, called, candidates, on_ballot, record, vote
from .residents import this_year
from .stage import take


@pytest.fixture
def voted(cast: Cast, wall: Wall) -> tuple[Matter, list[Matter]]:
    """Twelve candidates for ten places, on the ballot."""
    round_ = called(cast, places=10)
    projects = candidates(cast, round_, 12)
    on_ballot(cast, wall, round_, projects)
    return round_, projects


@pytest.mark.parametrize("procedure", ["livelihood-project", "livelihood-round"])
def test_f03_a_vote_finds_the_step_by_which_it_hands_its_result_over(procedure: str) -> None:
    """The contract: a step ``voted`` that follows a linked matter's ``announce``."""
    step = registry.procedure(procedure).step("voted")
    assert step.after is not None
    assert (step.after.whom, step.after.steps) == (LINKED, ("announce",))


def test_f03_2_the_tally_gives_votes_per_project_and_the_base(cast: Cast, voted: tuple[Matter, list[Matter]]) -> None:
    """Must (2): votes, base, present, and the sentence of the rule under which it was chosen."""
    round_, projects = voted
    announced(cast, projects[0], chosen=True, votes=211, base=300, present=280, sentence="得票过全体代表半数，入选。")
    row = record(projects[0])
    assert (row.votes, row.base, row.present, row.chosen) == (211, 300, 280, True)
    assert row.vote_sentence == "得票过全体代表半数，入选。"
    assert row.vote is not None
    with pytest.raises(Refused, match="11项待票决"):
        take(cast, round_, "office", "publish", {})


def test_f03_2_a_vote_repeated_after_a_tie_or_declared_void_takes_the_place_of_the_first(
    cast: Cast, voted: tuple[Matter, list[Matter]]
) -> None:
    """Must (2): until the list is published; then the result stands."""
    round_, projects = voted
    announced(cast, projects[11], chosen=False, votes=150)
    announced(cast, projects[11], chosen=True, votes=160)
    assert (record(projects[11]).chosen, record(projects[11]).votes) == (True, 160)
    for project in projects[:11]:
        announced(cast, project, chosen=project in projects[:9], votes=170)
    take(cast, round_, "office", "publish", {})
    with pytest.raises(Refusal):
        announced(cast, projects[0], chosen=False)


def test_f03_2_a_verdict_of_approval_serves_too(cast: Cast, voted: tuple[Matter, list[Matter]]) -> None:
    """A project voted on by yes and no hands over approve and against (LIV-08)."""
    _round, projects = voted
    announced(cast, projects[0], passed=True, approve=200, against=50, abstain=30, base=300)
    announced(cast, projects[1], passed=False, approve=150, against=100, abstain=30, base=300)
    assert [(record(row).chosen, record(row).votes, record(row).against) for row in projects[:2]] == [
        (True, 200, 50), (False, 150, 100),
    ]  # fmt: skip


def test_f03_4_nothing_of_a_voter_is_kept_with_the_project(cast: Cast, voted: tuple[Matter, list[Matter]]) -> None:
    """Must (4): the record and the acts know counts alone."""
    round_, projects = voted
    vote(cast, round_, projects, 10)
    act = projects[0].acts.get(step="voted")
    assert set(act.data) <= {
        "chosen",
        "passed",
        "votes",
        "approve",
        "against",
        "abstain",
        "base",
        "present",
        "sentence",
        "vote",
    }
    assert act.account is None


def test_f03_5_the_register_prints_ten_by_congress_level_and_year(
    cast: Cast, voted: tuple[Matter, list[Matter]]
) -> None:
    """Must (5), xiangtan-2022-022: 10 projects chosen of 12, with their evidence."""
    round_, projects = voted
    vote(cast, round_, projects, 10)
    assert (this_year("livelihood_chosen").part, this_year("livelihood_on_ballot").part) == (10, 12)
    today = timezone.localdate()
    rows = split(figure("livelihood_chosen"), in_year(today.year, today), "vote")
    assert [(row.label, row.reading.part) for row in rows] == [(f"{cast.congress.name}（县级）2027", 10)]


def test_f03_5_the_register_is_a_page_with_congress_level_and_year_beside_each_number(
    cast: Cast, voted: tuple[Matter, list[Matter]]
) -> None:
    """Must (5): what is read and printed names all three, and beside them the years before; every number opens its list."""
    round_, projects = voted
    vote(cast, round_, projects, 10)
    office, year = seat(cast, "office"), timezone.localdate().year
    page = text(office.get(f"/figures/livelihood_chosen/?year={year}"))
    row = page.partition(f"{cast.congress.name}（县级）{year + 1}")[2].partition("</tr>")[0]
    assert ">10<" in row
    listed = text(office.get(f"/figures/livelihood_chosen/part/?year={year}"))
    assert all(project.title in listed for project in projects[:10])
    assert projects[10].title not in listed


def test_f03_5_the_list_is_a_page_for_all_a_document_and_a_sheet(
    cast: Cast, client: Client, voted: tuple[Matter, list[Matter]]
) -> None:
    """Step (5): 项目清单 as Word and Excel for those who see the round, as a page for all."""
    from openrenda.web.portal import codes

    round_, projects = voted
    vote(cast, round_, projects, 10)
    page = client.get(f"/c/990701/livelihood/rounds/{codes.code_of(round_.pk)}/").content.decode()
    assert page.count("票决入选") == 10
    assert "项目12" in page
    office = seat(cast, "office")
    for name, start in (("list.docx", b"PK"), ("list.xlsx", b"PK")):
        answer = office.get(f"/matters/{round_.pk}/livelihood-{name}")
        assert answer.status_code == 200
        assert answer.content.startswith(start)
    assert seat(cast, "enterprise").get(f"/matters/{round_.pk}/livelihood-list.docx").status_code == 404


def test_f03_5_fifty_four_projects_by_congress_level_and_year_never_in_one_sum(cast: Cast) -> None:
    """Must (5), wuhai-2024-036: 54 projects of a city and three districts; the register tells them apart, and no figure adds city and districts."""
    districts = ["海勃湾区", "海南区", "乌达区"]
    votes = [
        (cast.congress.name, cast.congress.level, 12),
        *((f"{name}人民代表大会", "township", 14) for name in districts),
    ]
    round_ = called(cast)
    day = timezone.localdate()
    made = [
        (Matter(congress_id=cast.congress.pk, procedure="livelihood-project", state="under_way", title=f"{body}{number}", opened_on=day,
                state_since=day), body, level)
        for body, level, count in votes for number in range(count)
    ]  # fmt: skip
    Matter.objects.bulk_create([matter for matter, _body, _level in made])
    LivelihoodProject.objects.bulk_create([
        LivelihoodProject(congress_id=cast.congress.pk, matter=matter, round=round_, year=day.year, tier="project", level=level, body=body,
                          place="全市", chosen=True, voted_on=day)
        for matter, body, level in made
    ])  # fmt: skip
    period = in_year(day.year, day)
    rows = [
        row for key in ("livelihood_chosen", "livelihood_chosen_below") for row in split(figure(key), period, "vote")
    ]
    printed = [(row.label, row.reading.part) for row in rows if row.reading.part]
    assert sum(count for _label, count in printed) == 54
    assert sorted(count for _label, count in printed) == [12, 14, 14, 14]
    assert all(str(day.year) in label for label, _count in printed)
    assert (this_year("livelihood_chosen").part, this_year("livelihood_chosen_below").part) == (12, 42)
