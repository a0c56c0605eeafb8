"""A10 代表听你说意见栏."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from openrenda.docket.models import File, Matter
from openrenda.web.tests.stage import address, seat
from tests.cast import Cast

from .opining import ANSWER, answered, entered, now, station
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
