"""A10 代表听你说意见栏."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from openrenda import docket
from openrenda.docket.models import File, Matter
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.docket.situation import Situation
from openrenda.procedures.opinion.findable import documents
from openrenda.search import reindex
from openrenda.search.models import SearchDocument
from openrenda.web.portal import board
from openrenda.web.tests.stage import address, seat
from tests.cast import Cast

from .opining import ANSWER, answered, entered, now, resident, said, station
from .stage import take

BOARD = "/c/990701/opinions/board/"


def note(cast: Cast) -> Matter:
    """A note from the board of a station."""
    return entered(cast, channel="paper_board", station=station(cast).pk, heard_on="2026-02-27", name="李爹爹",
                   text="巷口的井盖响了半年，晚上睡不着。")  # fmt: skip


def test_a10_1_a_paper_note_has_site_date_and_photo_and_is_an_opinion_like_any_other(cast: Cast) -> None:
    """Must (1)."""
    import io

    from PIL import Image

    matter = note(cast)
    record = matter.opinion.get()
    assert (record.channel, record.station.number, record.heard_on.isoformat()) == ("paper_board", "01", "2026-02-27")
    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, format="PNG")
    seat(cast, "station").post(
        f"/matters/{matter.pk}/files/", {"files": SimpleUploadedFile("note.png", picture.getvalue())}
    )
    assert File.objects.get(matter=matter).media_type == "image/png"
    answered(cast, matter)
    assert now(matter).state == "answered"


def hall(cast: Cast) -> Matter:
    """A hall arranged for today at a station."""
    data = {"station": station(cast).pk, "held_on": timezone.localdate().isoformat(), "topic": "夜市几点收摊"}
    return docket.open_matter("council-hall", "arrange", by=cast["station"], data=data).matter


MINUTES = {"others": "商户六家、居民十一人", "minutes": "商户同意十一点前收摊。"}


def test_a10_2_a_hall_has_topic_participants_minutes_and_decisions_with_an_owner(cast: Cast) -> None:
    """Must (2): a decision is a task of its owner, whose result comes back."""
    matter = hall(cast)
    with pytest.raises(Incomplete):
        take(cast, matter, "station", "hold", {"minutes": "没有写谁来了"})
    take(cast, matter, "station", "hold", {**MINUTES, "deputies": [cast.mandates["chen"].pk]})
    with pytest.raises(Incomplete):
        take(cast, matter, "station", "decide", {"title": "装隔音挡板", "due_on": "2031-01-01"})
    day = (timezone.localdate() + timedelta(days=30)).isoformat()
    take(cast, matter, "station", "decide", {"title": "装隔音挡板", "organ": cast.organs["roads"].pk, "due_on": day})
    task = Matter.objects.get(procedure="task")
    take(cast, task, "roads_clerk", "report", {"result": "已装好"})
    take(cast, task, "office", "accept")
    page = seat(cast, "office").get(address(matter)).content.decode()
    wanted = ("夜市几点收摊", "商户六家", "陈一鸣", "商户同意十一点前收摊。", "装隔音挡板", "区交通运输局", "已装好")
    assert [words for words in wanted if words not in page] == []


def test_a10_4_the_next_hall_always_has_its_day(cast: Cast) -> None:
    """Must (4): neither concluded nor cancelled without one, and not on a day that is over."""
    matter = hall(cast)
    take(cast, matter, "station", "hold", MINUTES)
    with pytest.raises(Incomplete):
        take(cast, matter, "station", "close", {})
    with pytest.raises(Incomplete):
        take(cast, matter, "station", "close", {"next_on": timezone.localdate().isoformat()})
    day = timezone.localdate() + timedelta(days=14)
    take(cast, matter, "station", "close", {"next_on": day.isoformat(), "next_topic": "停车"})
    following = Matter.objects.get(procedure="council-hall", state="arranged")
    assert (following.activity.get().held_on, following.activity.get().note) == (day, "停车")
    assert docket.inbox(cast["station"]).filter(pk=following.pk).exists()
    later = (day + timedelta(days=7)).isoformat()
    with pytest.raises(Incomplete):
        take(cast, following, "station", "cancel", {"reason": "下雨"})
    take(cast, following, "station", "cancel", {"reason": "下雨", "next_on": later})
    assert Matter.objects.filter(procedure="council-hall", state="arranged").count() == 1


def test_a10_3_the_board_shows_the_state_in_public_without_the_writers_name(cast: Cast, client: Client) -> None:
    """Must (3): nothing before it is published, and then the state of the day."""
    matter = note(cast)
    assert "井盖" not in client.get(BOARD).content.decode()
    take(cast, matter, "street", "sort", {"nature": "trouble", "level": "district"})
    take(cast, matter, "office", "publish", {"public_text": "巷口的井盖响了半年。"})
    page = client.get(BOARD).content.decode()
    assert "巷口的井盖响了半年。" in page
    assert "已分级分类" in page
    assert "李爹爹" not in page
    take(cast, matter, "office", "hand", {"organ": cast.organs["roads"].pk})
    take(cast, matter, "roads_clerk", "reply", ANSWER)
    take(cast, matter, "office", "release")
    page = Client(headers={"cache-control": "no-cache"}).get(f"{BOARD}?station=01").content.decode()
    assert "已答复" in page
    assert ANSWER["answer"] in page
    assert "李爹爹" not in page
    assert seat(cast, "office").get(address(matter)).status_code == 200


def published(cast: Cast, shown: str, **more: Any) -> Matter:
    """A note that everybody may read, in these words."""
    matter = entered(cast, station=station(cast, more.pop("station", "01")).pk, name="李爹爹", **more)
    take(cast, matter, "street", "sort", {"nature": "trouble", "level": "district"})
    take(cast, matter, "office", "publish", {"public_text": shown})
    return matter


def found(client: Client, **asked: str) -> str:
    """What the board answers to words."""
    return client.get(BOARD, asked).content.decode()


def test_a10_3_the_board_is_searched_in_the_words_that_were_gone_through_and_in_no_others(
    cast: Cast, client: Client
) -> None:
    """Must (3): by words and by state; her own words and her name find nothing."""
    published(cast, "巷口的井盖响了半年。", text="李爹爹家住幸福路8号门口的窨井盖坏了。")
    answered_one = published(cast, "楼道里的路灯不亮。", station="02")
    take(cast, answered_one, "office", "hand", {"organ": cast.organs["roads"].pk})
    take(
        cast,
        answered_one,
        "roads_clerk",
        "reply",
        {"answer": "已请王建国换好灯泡，电话13812345678。", "result": "solved"},
    )
    take(cast, answered_one, "office", "release")
    assert "巷口的<mark>井盖</mark>响了半年。" in found(client, q="井盖")
    assert "路灯" not in found(client, q="井盖")
    for hidden in ("窨井盖", "幸福路", "李爹爹"):
        assert "没有找到" in found(client, q=hidden)
    page = found(client, q="灯泡")
    assert "楼道里的路灯不亮。" in page
    assert "13812345678" not in page
    assert "没有找到" in found(client, q="路灯", state="open")
    assert "楼道里的" in found(client, q="路灯", state="answered")
    assert "井盖" in found(client, state="open")
    assert "路灯" not in found(client, state="open")
    assert "巷口" in client.get("/c/990701/suggestions/", {"q": "井盖"}).content.decode()


@pytest.mark.parametrize(
    ("who", "step", "data"),
    [("office", "unpublish", {"reason": "能认出人"}), ("resident", "withdraw", {})],
)
def test_a10_3_what_is_taken_off_or_withdrawn_is_found_no_more_at_once(
    cast: Cast, client: Client, who: str, step: str, data: dict[str, str]
) -> None:
    """Must (3): neither on the board nor by the portal's search, nor in the index itself."""
    resident_herself = resident(cast)
    matter = said(cast, by=resident_herself)
    take(cast, matter, "street", "sort", {"nature": "trouble", "level": "district"})
    take(cast, matter, "office", "publish", {"public_text": "巷口的井盖响了半年。"})
    assert "巷口" in found(client, q="井盖")
    assert SearchDocument.objects.filter(public=True).count() == 1
    by = resident_herself if who == "resident" else cast[who]
    docket.act(now(matter), step, by=by, data=data)
    assert "巷口" not in found(client, q="井盖")
    assert "巷口" not in found(client)
    assert not SearchDocument.objects.filter(public=True).exists()
    assert SearchDocument.objects.filter(subject=matter.pk).exists(), "those who may see it still find it"


def test_a10_3_only_what_is_public_is_offered_to_be_taken_off(cast: Cast) -> None:
    """Must (3): no dead button stands on every opinion that nobody published; who comes by its address reads why."""
    matter = said(cast)
    assert offered(cast, matter) == {}
    with pytest.raises(Refused, match="没有公开，不用收回"):
        take(cast, matter, "office", "unpublish", {"reason": "能认出人"})
    take(cast, matter, "street", "sort", {"nature": "trouble", "level": "district"})
    take(cast, matter, "office", "publish", {"public_text": "巷口的井盖响了半年。"})
    assert offered(cast, matter) == {"unpublish": ()}


def offered(cast: Cast, matter: Matter) -> dict[str, tuple[str, ...]]:
    """The ways to take it off the board that its page offers to the deputies' office, with what stands against them."""
    found = docket.offers(Situation(now(matter), cast["office"]))
    return {one.step.key: one.reasons for one in found if one.step.key == "unpublish"}


def test_a10_3_an_answer_taken_back_by_reopening_is_found_no_more(cast: Cast, client: Client) -> None:
    matter = answered(cast, note(cast))
    take(cast, matter, "office", "publish", {"public_text": "巷口的井盖响了半年。"})
    assert "井盖" in found(client, q="路灯")
    take(cast, matter, "office", "reopen", {"word": "又响了"})
    assert "没有找到" in found(client, q="路灯")
    assert "井盖" in found(client, q="井盖")


def test_a10_3_a_rebuilt_index_knows_the_same(cast: Cast, client: Client) -> None:
    published(cast, "巷口的井盖响了半年。")
    before = set(SearchDocument.objects.values_list("subject", "kind", "public", "text"))
    list(reindex(cast.congress, documents(cast.congress.pk)))
    assert set(SearchDocument.objects.values_list("subject", "kind", "public", "text")) == before


def test_a10_3_the_board_is_paged_and_keeps_what_was_chosen(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board, "ROWS", 2)
    for number in range(5):
        published(cast, f"第{number}件事。", station=f"1{number}")
    seen, address = [], BOARD + "?state=open"
    while address:
        page = client.get(address).content.decode()
        seen += re.findall("第(.)件事", page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = BOARD + unescape(following[1]) if following else ""
        assert "state=open" in address or not address
    assert sorted(seen) == list("01234")
