"""A12 移动联络点与沙湖夜话: mobile points, talks at residents' hours, entries without a network, and the channel of each matter."""

from __future__ import annotations

import datetime
from datetime import time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from openrenda import docket
from openrenda.docket.models import Act, Matter
from openrenda.docket.refusals import Refused
from openrenda.people import coverage, reception
from openrenda.procedures.opinion import words
from openrenda.procedures.opinion.records import Opinion
from openrenda.web.tests.stage import address, hidden, seat, text
from tests.cast import Cast

from .conftest import Wall
from .networking import a_station, hours, street_of
from .residents import this_year

HERE = "/c/990701/stations/sittings/"
NOTEBOOK = "/lists/opinion/enter/"
TUESDAY = datetime.date(2026, 3, 3)


@pytest.fixture(autouse=True)
def _day(wall: Wall) -> None:
    """A Monday at nine."""


def recorded(cast: Cast, kind: str, **more: Any) -> Matter:
    """A gathering at a station that was held."""
    station = a_station(street_of(cast), more.pop("number", "Z01"))
    data = {
        "kind": kind, "title": "加装电梯谈一谈", "held_on": timezone.localdate().isoformat(), "starts_at": "19:30", "place": "小区凉亭",
        "station": station.pk, "deputies": [cast.mandates["chen"].pk], "company": "居民 附近居民 12",
    }  # fmt: skip
    return docket.open_matter("gathering", "record", by=cast["street"], data={**data, **more}).matter


def test_a12_1_a_mobile_point_is_a_dated_session_of_a_home_station_and_no_fixed_site(cast: Cast) -> None:
    """Must (1): it is held in a courtyard, belongs to its station, and the stations counted stay as they are."""
    before = coverage.by_kind(timezone.localdate())
    matter = recorded(cast, "mobile_point")
    record = matter.activity.get()
    assert (record.held_on, record.place, record.station.number) == (timezone.localdate(), "小区凉亭", "Z01")
    assert sum(coverage.by_kind(timezone.localdate()).values()) == sum(before.values()) + 1
    assert this_year("mobile_points").part == 1


def test_a12_2_sessions_after_working_hours_are_scheduled_searched_and_counted_apart(
    cast: Cast, client: Client
) -> None:
    """Must (2): residents find them by themselves; a day session is not among them."""
    station = a_station(street_of(cast))
    hours(station, day=TUESDAY)
    hours(
        station,
        day=TUESDAY,
        begins=time(19, 30),
        ends=time(21, 0),
        manner="night",
        place="沙湖社区凉亭",
        topic="加装电梯夜话",
    )
    hours(station, day=TUESDAY, begins=time(15, 0), ends=time(16, 0), manner="mobile", place="文化广场")
    assert [day.after_work for day in reception.coming(station)] == [False, False, True]
    page = text(client.get(HERE))
    assert page.count("2026年3月3日") == 3
    night = text(client.get(HERE, {"when": "night"}))
    assert "沙湖社区凉亭" in night
    assert "文化广场" not in night
    mobile = text(client.get(HERE, {"when": "mobile", "street": str(street_of(cast).pk)}))
    assert "文化广场" in mobile
    assert "沙湖社区凉亭" not in mobile


def test_a12_2_a_night_talk_begins_after_working_hours_and_counts_apart(cast: Cast) -> None:
    """Must (2): at three on a working day it is another kind; on a Sunday any hour will do."""
    for hour in ("15:00", "晚上"):
        with pytest.raises(Refused) as refused:
            recorded(cast, "night_talk", starts_at=hour, number=f"X{len(hour)}")
        assert "夜谈" in refused.value.reasons[0]
    recorded(cast, "night_talk", number="N2")
    sunday = timezone.localdate() - timedelta(days=1)
    recorded(cast, "night_talk", starts_at="15:00", held_on=sunday.isoformat(), number="N3")
    recorded(cast, "courtyard", area_name="第一选区", number="N4", starts_at="")
    assert this_year("night_talks").part == 2
    assert this_year("gatherings").part == 3
    listed = text(seat(cast, "street").get("/lists/gathering/?kind=night_talk"))
    assert "夜谈" in listed
    assert "院坝会（" not in listed


def test_a12_2_a_night_talk_yields_what_was_heard(cast: Cast) -> None:
    """Must (2): it is concluded with what residents said."""
    matter = recorded(cast, "night_talk")
    with pytest.raises(Refused):
        docket.act(matter, "close", by=cast["street"])
    docket.act(
        Matter.objects.get(pk=matter.pk),
        "opinion",
        by=cast["street"],
        data={"title": "加装电梯", "text": "一楼担心采光。", "outcome": "answered", "answer": "请设计单位上门测算。"},
    )
    docket.act(Matter.objects.get(pk=matter.pk), "close", by=cast["street"])
    assert Matter.objects.get(pk=matter.pk).state == "closed"


def page_of(cast: Cast, client: Client, rows: list[str], key: str, **more: Any) -> Any:
    """A page of the notebook, as its script sends it."""
    data: dict[str, Any] = {
        "key": key,
        "heard_on": timezone.localdate().isoformat(),
        "channel": "night_talk",
        "street": str(street_of(cast).pk),
        **more,
    }
    data |= {f"{number}-text": words for number, words in enumerate(rows)}
    return client.post(NOTEBOOK, data, headers={"X-Sent-By": "script"})


def test_a12_3_a_page_written_without_a_network_is_sent_later_and_gives_no_second_entry(cast: Cast) -> None:
    """Must (3): the answer was lost and the page sent again, by the script and then by the form; still once each. The browser's side of it
    is the journey ``test_without_a_network``."""
    clerk = seat(cast, "station")
    key = hidden(clerk.get(NOTEBOOK))["key"]
    rows = ["楼道灯不亮。", "想装电梯。"]
    first, again = (page_of(cast, clerk, rows, key) for _ in range(2))
    assert first.json() == again.json()
    assert [slip["title"] for slip in first.json()["slips"]] == ["楼道灯不亮", "想装电梯"]
    by_form = clerk.post(
        NOTEBOOK,
        {
            "key": key,
            "heard_on": timezone.localdate().isoformat(),
            "channel": "night_talk",
            "street": str(street_of(cast).pk),
            "0-text": rows[0],
            "1-text": rows[1],
        },
    )
    assert first.json()["slips"][0]["number"] in text(by_form)
    assert Opinion.objects.count() == Act.objects.filter(step="enter").count() == 2


def test_a12_3_what_is_wrong_is_said_and_nothing_of_the_page_is_kept(cast: Cast) -> None:
    """Must (3): by row."""
    clerk = seat(cast, "station")
    answer = page_of(cast, clerk, ["灯不亮。", ""], "k" * 20, **{"1-phone": "abc"})
    assert answer.status_code == 422
    assert any(words.startswith("第2位") for words in answer.json()["errors"])
    assert not Opinion.objects.exists()


def test_a12_3_names_and_telephones_are_not_kept_in_the_browser(cast: Cast) -> None:
    """Must (3): the script leaves them out of what it stores."""
    page = text(seat(cast, "station").get(NOTEBOOK))
    assert "姓名和电话没有存在本机" in page
    assert "staff/notebook.js" in page


def test_a12_4_each_matter_keeps_the_channel_it_came_by(cast: Cast) -> None:
    """Must (4): fixed, mobile, day visit, night talk, online; on its page, in the list and in the figures."""
    clerk = seat(cast, "station")
    channels = ("walk_in", "mobile_point", "visit", "night_talk")
    for number, channel in enumerate(channels):
        assert page_of(cast, clerk, [f"第{number}件事要办。"], f"{number:020d}", channel=channel).status_code == 200
    assert sorted(Opinion.objects.values_list("channel", flat=True)) == sorted(channels)
    for row in Opinion.objects.select_related("matter"):
        assert str(words.CHANNELS[row.channel]) in text(clerk.get(address(row.matter)))
    listed = text(seat(cast, "office").get("/lists/opinion/?channel=night_talk"))
    assert "第3件事要办" in listed
    assert "第1件事要办" not in listed
    assert this_year("opinions").part == 4
