"""B17 两代表一委员建议报送."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from openrenda import docket
from openrenda.docket.models import Matter, OutboxEntry
from openrenda.docket.refusals import Incomplete
from openrenda.figures import in_year, read, split
from openrenda.figures.registry import figure
from openrenda.web.tests.stage import Way, address, seat, text
from tests.cast import Cast

from .stage import take
from .supervising import today


def year() -> Any:
    """This year."""
    now = timezone.localdate()
    return in_year(now.year, date(now.year, 12, 31))


def sent(cast: Cast, level: str = "city", **more: Any) -> Matter:
    """Chen's suggestion, sent to the city's body."""
    data = {"title": "关于理顺跨区公交线路的建议", "text": "请市级协调。", "level": level, "receiver": "市两代表一委员工作室",
            "sent_on": today(), "deputy": cast.mandates["chen"].pk, **more}  # fmt: skip
    return docket.open_matter("upward", "send", by=cast["office"], data=data).matter


def test_1_each_names_source_level_date_and_receiver(cast: Cast) -> None:
    """Must (1)."""
    for left_out in ("level", "receiver", "sent_on", "deputy"):
        with pytest.raises(Incomplete):
            sent(cast, **{left_out: ""})
    record = sent(cast, deputy="", report="关于公共交通的调研报告").sent_upward.get()
    assert (record.report, record.level, record.receiver) == ("关于公共交通的调研报告", "city", "市两代表一委员工作室")
    listed = text(seat(cast, "office").get("/lists/upward/"))
    assert "市级" in listed
    assert "市两代表一委员工作室" in listed


def test_2_it_is_counted_apart_from_the_congress_s_suggestions(cast: Cast) -> None:
    """Must (2): 34 is not part of 157."""
    Way(cast).received()
    sent(cast)
    assert (read(figure("received"), year()).part, read(figure("sent_upward"), year()).part) == (1, 1)
    assert (
        not docket.visible(cast["office"]).filter(procedure="suggestion", title="关于理顺跨区公交线路的建议").exists()
    )


def test_3_the_answer_from_above_is_recorded_and_shown_to_the_deputy(cast: Cast) -> None:
    """Must (3): she is told, and sees it; another deputy does not."""
    matter = sent(cast)
    take(cast, matter, "office", "receive", {"received_on": today()})
    take(cast, matter, "office", "answer", {"answered_on": today(), "answer": "已列入市级线网优化计划。"})
    assert "source_deputy" in OutboxEntry.objects.get(act__procedure="upward", act__step="answer").offices
    assert "已列入市级线网优化计划。" in text(seat(cast, "chen").get(address(matter)))
    assert seat(cast, "lin").get(address(matter)).status_code == 404
    assert read(figure("sent_upward_answered"), year()).part == 1


def test_4_totals_by_level_add_up(cast: Cast) -> None:
    """Must (4)."""
    for level in ("city", "city", "province"):
        sent(cast, level)
    slices = split(figure("sent_upward"), year(), "level")
    assert [(row.label, row.reading.part) for row in slices] == [("省级", 1), ("市级", 2)]
    assert sum(row.reading.part for row in slices) == read(figure("sent_upward"), year()).part
