"""Replays print exactly the published figures, on records that are real and say that they are synthetic."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some

from openrenda.activities.hall import Resolution, Sitting
from openrenda.activities.record import Activity, Item
from openrenda.demo import replay, replay_score
from openrenda.demo.solving import NoSolution, Share, Sum, solve
from openrenda.docket.models import Act
from openrenda.docket.verify import verify_congress
from openrenda.figures.models import FrozenFigure, FrozenItem
from openrenda.figures.rounding import percent
from openrenda.people.models import Congress
from openrenda.people.refusals import Refused
from openrenda.procedures.appointing import AppointmentAct
from openrenda.procedures.commitment.records import Commitment
from openrenda.procedures.dimension_evaluation import DimensionSheet
from openrenda.procedures.livelihood_project.records import LivelihoodProject, Payment
from openrenda.procedures.three_level_evaluation.records import LevelSheet
from openrenda.tenancy import congress_scope


def score(name: str) -> replay_score.Score:
    """A shipped replay."""
    return replay_score.read_score(replay_score.FOLDER / f"{name}.toml")


def behind(played: replay.Played, key: str) -> list[FrozenItem]:
    """The list that a printed number opens."""
    frozen = FrozenFigure.objects.get(matter=played.report, key=key)
    return list(FrozenItem.objects.filter(figure=frozen, in_part=True))


@pytest.mark.django_db
@pytest.mark.slow
def test_dazu_2022_330_of_330(client: Client) -> None:
    """330件建议全部办结并答复代表, since the first session of the third congress."""
    played = replay.play(score("dazu-2022"))
    assert played.printed[:4] == ["330件", "330件", "330件", "100.00%"]
    # Visits, courtyards, people received, opinions, problems, the public's opinions, topics, deputies in contact, and who sat in.
    assert played.printed[4:] == [
        "360余次",
        "60次",
        "500余人次",
        "152件",
        "210件",
        "500余件",
        "215件",
        "191名",
        "41人次",
    ]
    assert sum(count for name, count in played.numbers.items() if name.startswith("suggestion.")) == 330
    assert (played.numbers["opinion"], played.numbers["problem"]) == (152, 210)
    assert played.numbers["suggestion.open"] == 0
    with congress_scope(played.congress):
        assert len({item.evidence for item in behind(played, "attendance.sat_in_deputies")}) == 41
    page = client.get(f"/c/{played.congress.division_code}/").content.decode()
    assert "replay of published figures, records synthetic" in page


@pytest.mark.django_db
@pytest.mark.slow
def test_wuhai_2024_84_07_percent_of_157(client: Client) -> None:
    """132 of 157, truncated; the list behind it has 132 records."""
    played = replay.play(score("wuhai-2024"))
    assert played.printed[:5] == ["6项", "157件", "84.07%", "157件", "132件"]
    assert played.printed[5:] == ["120次", "500余人次", "150余件", "100余件", "8次", "16件", "54项"]
    solved = {"suggestion.solved": 132, "suggestion.unsolved": 25, "suggestion.open": 0}
    assert played.numbers | solved == played.numbers
    with congress_scope(played.congress):
        rate = FrozenFigure.objects.get(matter=played.report, position=3)
        assert (rate.part, rate.whole, rate.rounding) == (132, 157, "截断")
        assert FrozenItem.objects.filter(figure=rate, in_part=True).count() == 132
        assert Act.objects.filter(procedure="suggestion", step="judge").count() == 157
        assert len(behind(played, "resolution.resolutions")) == 6
        assert len(behind(played, "livelihood-project.livelihood_chosen")) == 54
        # Which congress voted was not published; more candidates than places stood on the ballot.
        assert set(LivelihoodProject.objects.values_list("body", flat=True)) == {played.congress.name}
        assert LivelihoodProject.objects.filter(base=20, voted_on__isnull=False).count() == 65


@pytest.mark.django_db
@pytest.mark.slow
def test_hongshan_2023_659_times_and_571_of_780() -> None:
    """659场次、3372人次、780条、办结571条: person-times are no persons, and what was closed is part of what was raised."""
    played = replay.play(score("hongshan-2023"))
    assert played.printed == ["9次", "12次", "15项", "83人次", "659次", "3372人次", "780项", "571项"]
    with congress_scope(played.congress):
        assert Activity.objects.filter(kind="three_entries").count() == 659
        closed = FrozenFigure.objects.get(matter=played.report, position=8)
        assert (closed.part, closed.whole) == (571, 780)
        assert FrozenItem.objects.filter(figure=closed, in_part=True).count() == 571
        _the_hall_of_hongshan(played)


def _the_hall_of_hongshan(played: replay.Played) -> None:
    """9 sittings, each with a quorum and an ordinal; 12 chairpersons' meetings; 15 passed and published; 83 acts, each voted and in the register."""
    wanted = {
        "sitting.committee_sittings": 9, "chairpersons-meeting.chairpersons_meetings": 12, "resolution.resolutions": 15,
        "appointment-act.appointments_and_removals": 83,
    }  # fmt: skip
    assert {key: len(behind(played, key)) for key in wanted} == wanted
    sat = Sitting.objects.filter(matter__state="filed", body="standing_committee")
    assert sorted(sat.values_list("ordinal", flat=True)) == list(range(1, 10))
    days = Activity.objects.filter(matter__procedure="sitting").order_by("matter__sitting__ordinal")
    assert list(days.values_list("held_on", flat=True)) == sorted(days.values_list("held_on", flat=True))
    assert Resolution.objects.filter(passed=True, matter__state="published").count() == 15
    acts = AppointmentAct.objects.filter(passed=True, matter__state="done", vote__isnull=False)
    assert acts.count() == 83
    assert all(act.registered() for act in acts)
    # How many were appointed and how many removed was not published, and the report does not print it.
    assert not FrozenFigure.objects.filter(
        key__in=("appointment-act.appointments", "resolution.decisions_only")
    ).exists()
    assert verify_congress(played.congress.pk) == []


@pytest.mark.django_db
@pytest.mark.slow
def test_shaoshan_2022_ten_projects_and_250_million_to_the_fen(client: Client) -> None:
    """票决民生实事10件，累计投入资金2.5亿元 (F03 (5), F04 (2)): printed as published, and the rows add up to the fen."""
    played = replay.play(score("shaoshan-2022"))
    assert played.printed == ["10", "2.5亿元"]
    with congress_scope(played.congress):
        assert len(behind(played, "livelihood-project.livelihood_chosen")) == 10
        assert len(behind(played, "livelihood-project.livelihood_paid")) == 20
        paid = Payment.objects.values_list("fen", flat=True)
        assert sum(paid) == 25_000_000_000
        assert all(fen % 100 for fen in paid)
        assert set(Payment.objects.values_list("matter__livelihood_project__chosen", flat=True)) == {True}
        vote = Act.objects.get(procedure="vote", step="announce")
        assert (vote.data["tally"]["issued"], vote.data["verdict"]["unfilled"]) == (20, 0)
        assert verify_congress(played.congress.pk) == []
    home = f"/c/{played.congress.division_code}/reports/"
    page = client.get(home).content.decode()
    issued = client.get(home + page.split(f'href="{home}')[1].split('"')[0]).content.decode()
    assert "records synthetic" in issued
    assert "2.5亿元" in issued


@pytest.mark.django_db
@pytest.mark.slow
def test_xiangtan_2022_7325_received_and_127_of_512() -> None:
    """接待选民7325人次；解决512件，其中民生127件 (A17 (2), (4), (5))."""
    played = replay.play(score("xiangtan-2022"))
    assert played.printed == ["7325人次", "512件", "512件", "127件"]


@pytest.mark.django_db
@pytest.mark.slow
def test_wuchang_2025_what_exists_now(client: Client) -> None:
    """The rules as printed, each typed with its source; a month on site, two ledgers, three levels, two rounds, 三进 and talks as records."""
    played = replay.play(score("wuchang-2025"))
    assert played.printed[:5] == ["5项", "100.00%", "1次", "15件", "100.00%"]
    assert played.printed[5:] == ["345次", "2000余人次", "528项", "430项", "18次"]
    assert played.numbers["reception.month"] == 1
    assert played.numbers["suggestion.evaluated"] >= 1
    assert played.numbers["suggestion.promised"] + played.numbers["suggestion.promised_to_street"] == 5
    with congress_scope(played.congress):
        typed = FrozenFigure.objects.filter(matter=played.report, kind="typed").order_by("position")
        assert [row.printed for row in typed] == ["2级", "3级", "1位", "10条", "15条", "3个维度", "2次"]
        assert all(row.source for row in typed)
        assert set(Commitment.objects.values_list("level", flat=True)) == {"district", "street"}
        assert set(DimensionSheet.objects.values_list("round", flat=True)) == {1, 2}
        assert set(LevelSheet.objects.values_list("level", flat=True)) == {"street", "district", "deputy"}
        assert Activity.objects.get(matter__procedure="reception-day").leader_name
        assert Item.objects.filter(matter__procedure="reception-day").exclude(outcome="").count() == 15
        assert verify_congress(played.congress.pk) == []
    for path in ("", "reports/", "suggestions/"):
        assert "records synthetic" in client.get(f"/c/{played.congress.division_code}/{path}").content.decode()


@pytest.mark.django_db
def test_figures_that_contradict_one_another_leave_nothing(tmp_path: Path) -> None:
    words = (
        (replay_score.FOLDER / "wuchang-2025.toml")
        .read_text(encoding="utf-8")
        .replace("exactly = 1\n", "exactly = 2\n")
    )
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(words, encoding="utf-8")
    with pytest.raises(Refused, match="凑不到一起"):
        replay.play(replay_score.read_score(wrong))
    assert not Congress.objects.exists()


def test_an_unknown_course_is_named(tmp_path: Path) -> None:
    words = (
        (replay_score.FOLDER / "wuchang-2025.toml")
        .read_text(encoding="utf-8")
        .replace("suggestion.promised", "suggestion.lost")
    )
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(words, encoding="utf-8")
    with pytest.raises(Refused, match=r"suggestion\.lost"):
        replay_score.read_score(wrong)


def test_what_cannot_be_is_said() -> None:
    with pytest.raises(NoSolution, match="total"):
        solve(["a", "b"], [Sum("total", {"a": 1, "b": 1}, 10, 10), Sum("part", {"a": 1}, 11, 20)])


@given(some.integers(1, 400), some.data(), some.sampled_from(["half_up", "truncate"]))
def test_a_printed_rate_is_always_found_again(whole: int, data: Any, rule: str) -> None:
    part = data.draw(some.integers(0, whole))
    printed = percent(part, whole, rule=rule)
    assert printed is not None
    both = {"in": 1, "out": 1}
    numbers = solve(["in", "out"], [Sum("whole", both, whole, whole), Share("rate", {"in": 1}, both, printed, rule, 2)])
    assert sum(numbers.values()) == whole
    assert percent(numbers["in"], whole, rule=rule) == printed
