"""D12 监督活动综合统计: a pooled counter is a named, versioned definition with its list."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from openrenda import docket
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.figures import evidence, in_year, read
from openrenda.figures.counters import counters, difference, shared
from openrenda.figures.models import CounterVersion
from openrenda.web.tests.stage import Way, seat, text
from tests.cast import Cast
from tests.desk import Desk

from .conftest import Wall

RAISED = "step:suggestion:district_pass"
HANDED = "step:suggestion:assign"
ANSWERED = "figure:suggestion.answered"


def define(cast: Cast, key: str, *kinds: str, **changes: Any) -> Any:
    """The deputies' office lays down what is pooled."""
    data = {
        "title": f"合并统计{key}",
        "key": key,
        "unit": "件",
        "kinds": list(kinds),
        "since": timezone.localdate().isoformat(),
        **changes,
    }
    return docket.open_matter("counter", "define", by=cast["office"], data=data).matter


def named(key: str) -> Any:
    """The counter in force as a figure."""
    return next(one for counter, _version, one in counters() if counter.key == key)


def this_year() -> Any:
    """The year, as known today."""
    return in_year(timezone.localdate().year, timezone.localdate())


def test_1_a_counter_is_a_named_versioned_definition_over_kinds_roles_and_dates(cast: Cast) -> None:
    """Must (1)."""
    matter = define(cast, "supervision", RAISED, reason="主任会议决定")
    docket.act(
        matter,
        "amend",
        by=cast["office"],
        data={"kinds": [RAISED, HANDED], "role": "sponsor", "since": "2026-01-01", "reason": "加上交办"},
    )
    versions = CounterVersion.objects.order_by("version")
    assert [(row.version, row.kinds, row.role) for row in versions] == [
        (1, [RAISED], ""),
        (2, [RAISED, HANDED], "sponsor"),
    ]
    assert named("supervision").definition == 2
    assert "交办" in named("supervision").formula
    with pytest.raises(Refused, match="相同"):
        docket.act(
            matter,
            "amend",
            by=cast["office"],
            data={"kinds": [HANDED, RAISED], "role": "sponsor", "since": "2026-01-01"},
        )


def test_1_two_counters_cannot_share_a_key(cast: Cast) -> None:
    define(cast, "supervision", RAISED)
    with pytest.raises(Incomplete, match="已经有"):
        define(cast, "supervision", HANDED)
    with pytest.raises(Incomplete, match="小写字母"):
        define(cast, "Чужой", HANDED)


def test_1_the_role_narrows_what_is_counted(cast: Cast) -> None:
    Way(cast).handling()
    define(cast, "all", RAISED)
    define(cast, "led", RAISED, role="handler")
    Way(cast, title="关于没有交办的事的建议").received()
    assert (read(named("all"), this_year()).part, read(named("led"), this_year()).part) == (2, 1)


def test_2_the_list_behind_it_has_exactly_that_many_records(cast: Cast) -> None:
    """Must (2): what meets three kinds is one record."""
    ways = [
        Way(cast).judged(),
        Way(cast, title="关于第二件事的建议").handling(),
        Way(cast, title="关于第三件事的建议").received(),
    ]
    define(cast, "supervision", RAISED, HANDED, ANSWERED)
    one = named("supervision")
    listed = list(evidence(one, this_year(), "part").values_list("matter", flat=True))
    assert read(one, this_year()).part == len(listed) == len(set(listed)) == len(ways)
    page = text(seat(cast, "office").get("/figures/counter-supervision/part/"))
    assert "共 3 件" in page


def test_2_a_kind_counts_on_the_day_it_took_effect(cast: Cast, wall: Wall) -> None:
    define(cast, "supervision", HANDED)
    way = Way(cast).received()
    year = timezone.localdate().year
    wall.pass_days(400)
    way.take("office", "assign", {"organ": cast.organs["roads"].pk})
    today = timezone.localdate()
    assert [read(named("supervision"), in_year(each, today)).part for each in (year, today.year)] == [0, 1]


def test_3_a_page_that_adds_two_counters_with_shared_records_warns(cast: Cast) -> None:
    """Must (3)."""
    Way(cast).handling()
    Way(cast, title="关于第二件事的建议").received()
    define(cast, "raised", RAISED)
    define(cast, "handed", HANDED)
    assert len(shared(named("raised"), named("handed"), this_year())) == 1
    page = text(seat(cast, "office").get("/reports/counters/raised/?with=handed"))
    assert "2 + 1 = 3" in page
    assert "相加会重复计算" in page
    words = "共{{ typed 3 件 as=总 source=a }}：{{ figure counter.raised }}、{{ figure counter.handed }}{{ sum 总 counter.raised counter.handed }}"
    assert ("warns", "shared") in Desk(cast, words).found()


def test_4_last_year_is_recomputed_under_this_year_s_definition(cast: Cast, wall: Wall) -> None:
    """Must (4): 一项口径改了，去年的数按新口径重算，差额和清单都在。"""
    matter = define(cast, "supervision", HANDED)
    Way(cast).handling()
    only_raised = Way(cast, title="关于第二件事的建议").received()
    last = this_year()
    wall.pass_days(365)
    docket.act(
        matter, "amend", by=cast["office"], data={"kinds": [RAISED, HANDED], "since": timezone.localdate().isoformat()}
    )
    old, new = (one for _counter, _version, one in counters(every_version=True))
    assert (read(old, last).part, read(new, last).part) == (1, 2)
    assert difference(old, new, last) == ([only_raised.pk], [])
    assert "现行口径多计1件，少计0件" in text(seat(cast, "office").get("/reports/counters/supervision/"))


def test_5_every_number_of_a_draft_is_checked_against_its_counter_by_a_click(cast: Cast) -> None:
    """Must (5)."""
    Way(cast).handling()
    define(cast, "supervision", RAISED, HANDED)
    desk = Desk(cast, "开展工作{{ figure counter.supervision }}，接收建议{{ figure received }}。")
    client = seat(cast, "office")
    page = text(client.get(f"/reports/{desk.pk}/"))
    addresses = [
        piece.split('"')[0].replace("&amp;", "&") for piece in page.split('class="evidence number" href="')[1:]
    ]
    assert len(addresses) == 2
    for url in addresses:
        assert "共 1 件" in text(client.get(url))


def test_a_pooled_number_without_a_stored_definition_blocks(cast: Cast) -> None:
    """T15: 调研、视察、执法检查等121次."""
    desk = Desk(cast, "开展调研、视察、执法检查等活动121次。")
    assert ("blocks", "T15") in desk.found()
    desk.write(
        '开展调研、视察、执法检查等活动{{ typed 121 次 source=台账 definition="调研、视察、执法检查各计一次" }}。'
    )
    assert ("blocks", "T15") not in desk.found()
    define(cast, "supervision", RAISED)
    desk.write("开展调研、视察、执法检查等活动{{ figure counter.supervision }}。")
    assert desk.found() == []


def test_a_report_issued_under_an_old_definition_says_so(cast: Cast) -> None:
    matter = define(cast, "supervision", HANDED)
    Way(cast).handling()
    desk = Desk(cast, "开展工作{{ figure counter.supervision }}。").issued()
    docket.act(matter, "amend", by=cast["office"], data={"kinds": [RAISED], "since": timezone.localdate().isoformat()})
    page = text(seat(cast, "office").get(f"/reports/{desk.pk}/"))
    assert "口径已从第1版改为第2版" in page


def test_a_retired_counter_is_no_longer_offered_and_its_reports_stay(cast: Cast) -> None:
    matter = define(cast, "supervision", HANDED)
    desk = Desk(cast, "开展工作{{ figure counter.supervision }}。").issued()
    docket.act(matter, "retire", by=cast["office"], data={"reason": "不用了"})
    assert counters() == []
    assert "现在已经不用了" in text(seat(cast, "office").get(f"/reports/{desk.pk}/"))
    assert "没有统计项" in Desk(cast, "{{ figure counter.supervision }}").words()


def test_the_pages_of_counters_and_who_may_read_them(cast: Cast, django_assert_max_num_queries: Any) -> None:
    define(cast, "raised", RAISED)
    define(cast, "handed", HANDED)
    client = seat(cast, "office")
    for url, most in (("/reports/counters/", 12), ("/reports/counters/raised/", 15), ("/figures/counter-raised/", 14)):
        client.get(url)
        with django_assert_max_num_queries(most):
            assert client.get(url).status_code == 200
    for who in ("chen", "roads_head"):
        assert seat(cast, who).get("/reports/counters/").status_code == 404
    assert client.get("/reports/counters/none/").status_code == 404
    later = timezone.localdate() + timedelta(days=1)
    assert client.get(f"/reports/counters/?as_of={later}").status_code == 200
