"""A21 专题调研月."""

from __future__ import annotations

from typing import Any

import pytest

from openrenda.docket.models import Link, Matter
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.web.tests.stage import Way, address
from tests.cast import Cast

from .conftest import Wall
from .gatherings import count, recorded
from .stage import chain, take


@pytest.fixture(autouse=True)
def _day(wall: Wall) -> None:
    """A Monday."""


def exercise(cast: Cast, carried_by: str = "deputies", reports: int = 1) -> tuple[Matter, list[Matter]]:
    """An exercise with its reports."""
    made = recorded(cast, kind="research", carried_by=carried_by, title="产业转型")
    for number in range(reports):
        told: dict[str, Any] = {
            "title": f"调研报告{number}",
            "text": "建议完善配套。",
            "author": cast.mandates["chen"].pk,
        }
        take(cast, made, "office", "report", told)
    return made, list(Matter.objects.filter(procedure="research-report", parent=made).order_by("id"))


def test_a21_1_an_exercise_yields_several_reports_each_naming_it(cast: Cast) -> None:
    """Must (1)."""
    made, reports = exercise(cast, reports=2)
    assert count("research_reports") == 2
    assert all(("来自", address(made)) in chain(cast, report, "office") for report in reports)
    bare, _none = exercise(cast, reports=0)
    with pytest.raises(Refused, match="还没有登记调研报告"):
        take(cast, bare, "office", "close")
    with pytest.raises(Refused, match="只有专题调研"):
        take(cast, recorded(cast), "office", "report", {"title": "报告", "text": "内容"})


def test_a21_2_deputies_and_committee_are_never_mixed(cast: Cast) -> None:
    """Must (2): who carried it out is asked, and counted apart."""
    with pytest.raises(Incomplete):
        recorded(cast, kind="research")
    exercise(cast)
    exercise(cast)
    exercise(cast, "committee")
    assert (count("deputies_research"), count("committee_research")) == (2, 1)


def test_a21_3_a_report_is_cited_and_shows_where(cast: Cast) -> None:
    """Must (3): by a suggestion that exists, and by one that its author raises from it."""
    _made, (report,) = exercise(cast)
    used = Way(cast, category=cast.category.pk).handling().matter  # type: ignore[union-attr]
    take(cast, report, "office", "cite", {"used_in": [used.pk]})
    assert ("引用本报告的", address(used)) in chain(cast, report, "office")
    assert ("引用的报告", address(report)) in chain(cast, used, "office")
    take(cast, report, "chen", "raise_suggestion")
    assert Link.objects.filter(origin=report, kind="cites").count() == 2


def test_a21_4_high_quality_is_said_by_somebody_on_a_day(cast: Cast) -> None:
    """Must (4): not by default."""
    _made, (report,) = exercise(cast)
    assert count("research_reports_high") == 0
    with pytest.raises(Incomplete):
        take(cast, report, "leader", "grade", {"reason": "数据扎实。"})
    take(cast, report, "leader", "grade", {"graded_on": "2026-03-02", "reason": "数据扎实。"})
    row = report.research_report.get()
    assert (row.graded_by, str(row.graded_on)) == (cast["leader"].name, "2026-03-02")
    assert count("research_reports_high") == 1
