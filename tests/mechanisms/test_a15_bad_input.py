"""A15 码上办, what goes wrong: floods, files that are something else, codes that are none, places far away, words that are programs."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from PIL import Image

from openrenda.docket.models import File, Matter
from openrenda.people import codes as paper_codes
from openrenda.procedures.opinion.records import Opinion
from openrenda.web.portal import saying
from openrenda.web.tests.stage import address, seat, text
from tests.cast import Cast

from .opining import TEXT, station
from .test_a15_do_it_by_code import HERE, send

SCRIPT = "<script>alert(1)</script>"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 600
MEGABYTE = 1024 * 1024


def test_the_same_message_two_hundred_times_is_marked_and_then_asked_to_wait(cast: Cast, client: Client) -> None:
    """Nothing is dropped silently: what came in is marked as a possible repetition, the rest keeps its words and is told when to come back."""
    answers = [send(client, key=f"{number:032x}") for number in range(200)]
    taken = [answer for answer in answers if answer.status_code == 302]
    assert len(taken) == saying.PER_NETWORK_AN_HOUR
    assert {answer.status_code for answer in answers[len(taken) :]} == {429}
    assert TEXT in text(answers[-1])
    assert Opinion.objects.count() == len(taken)
    assert Opinion.objects.filter(same_as=None).count() == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("灯.txt", b"\x89PNG\r\n\x1a\n" + b"\x00" * 400, ""),
        ("灯.jpg", HEIC, "JPG"),
        ("灯.jpg", b"", "空"),
        ("灯.jpg", b"MZ\x90\x00" + b"\x00" * 400, ""),
        ("灯.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 400, ""),
    ],
)  # fmt: skip
def test_what_is_no_picture_is_said_and_the_words_are_kept(
    cast: Cast, client: Client, name: str, content: bytes, said: str
) -> None:
    """Known by content and not by name; the sentence names the file and says what to send."""
    answer = send(client, photos=SimpleUploadedFile(name, content))
    page = text(answer)
    assert answer.status_code == 422
    assert name in page
    assert said in page
    assert TEXT in page
    assert not Matter.objects.filter(procedure="opinion").exists()


def test_a_photograph_named_as_a_text_is_known_by_its_content(cast: Cast, client: Client) -> None:
    """A picture of several megabytes under the name of a text is a picture all the same, and drawn anew."""
    made = io.BytesIO()
    Image.effect_noise((2400, 1600), 90).convert("RGB").save(made, "PNG")
    assert made.tell() > 4 * MEGABYTE
    assert send(client, photos=SimpleUploadedFile("灯.txt", made.getvalue())).status_code == 302
    row = File.objects.get(role=saying.PICTURE_ROLE)
    assert row.media_type.startswith("image/")


def test_a_voice_of_nothing_is_no_voice(cast: Cast, client: Client) -> None:
    """Without words and without sound nothing was said."""
    answer = send(client, text="", voice=SimpleUploadedFile("voice.webm", b""))
    assert answer.status_code == 422
    assert not Opinion.objects.exists()


@pytest.mark.parametrize("token", ["zzzzzzzz", "' OR 1=1", "../../etc", "0" * 400, "\x00"])
def test_a_forged_code_leads_to_the_question_and_to_nobody_else(cast: Cast, client: Client, token: str) -> None:
    """What was said is taken by the deputies' office; the page says that the code is none."""
    assert client.get(HERE, {"code": token}).status_code == 200
    assert send(client, code=token).status_code == 302
    record = Opinion.objects.get()
    assert (record.station, record.deputy, record.channel) == (None, None, "portal")


def test_the_code_of_a_closed_station_goes_to_its_successor(cast: Cast, client: Client) -> None:
    """A station that was merged."""
    old, new = station(cast), station(cast, "02")
    code = paper_codes.issue(old)
    from openrenda.people import stations

    stations.close_station(old, old.since, reason="撤并", by=cast["office"], successor=new)
    assert send(client, code=code.token).status_code == 302
    assert Opinion.objects.get().station == new


@pytest.mark.parametrize(
    ("latitude", "longitude", "status"),
    [("48.85", "2.35", 302), ("999", "1", 422), ("北", "东", 422), ("30.1", "", 302)],
)
def test_a_place_far_away_is_kept_as_said_and_nonsense_is_refused(
    cast: Cast, client: Client, latitude: str, longitude: str, status: int
) -> None:
    """She may be travelling: whoever sorts sees the place; a number that is no place is said to be none."""
    assert send(client, latitude=latitude, longitude=longitude).status_code == status


def test_words_that_are_programs_are_shown_as_words(cast: Cast, client: Client) -> None:
    """In every field, to everybody who reads it."""
    assert send(client, text=f"{SCRIPT}路灯不亮", place=SCRIPT, name=SCRIPT).status_code == 302
    matter = Matter.objects.get(procedure="opinion")
    for who in ("office", "auditor"):
        page = text(seat(cast, who).get(address(matter)))
        assert SCRIPT not in page
        assert "&lt;script&gt;" in page


def test_words_in_another_encoding_are_not_lost_in_an_error(cast: Cast, client: Client) -> None:
    """GBK where UTF-8 is meant: the form answers, and nobody gets a fault page."""
    body = b"text=" + "路灯不亮".encode("gbk").hex("%").encode().replace(b"%", b"%")
    body = b"text=%" + body.removeprefix(b"text=") + b"&key=" + b"a" * 32 + b"&sure=1"
    answer = client.post(HERE, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in (302, 400, 422)


def test_a_database_that_is_gone_is_said_and_the_page_may_send_again(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """503 with when to come back: the page's script keeps the words and sends them once more, the same key making it one opinion."""

    def gone(*_arguments: object, **_named: object) -> None:
        raise OperationalError("the connection was closed")

    with monkeypatch.context() as without:
        without.setattr(saying, "open_opinion", gone)
        without.setattr(client, "raise_request_exception", False)
        answer = send(client)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"]
    assert send(client).status_code == 302
    assert send(client).status_code == 302
    assert Opinion.objects.count() == 1
