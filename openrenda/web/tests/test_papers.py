"""Files, sealed fields, entering for a deputy, and what people read when something went wrong."""

from __future__ import annotations

import errno
import io
import re
import uuid
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.utils import timezone

from openrenda.docket.models import Act, File, Matter
from openrenda.tenancy import congress_scope
from openrenda.web import filing
from openrenda.web.tests.stage import Way, address, hidden, seat, text
from openrenda.web.views import errors
from tests.cast import SUBMIT, Cast, assemble, draft


def picture(name: str = "现场.png") -> SimpleUploadedFile:
    """A small real picture."""
    from PIL import Image

    content = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue())


def zip_bomb() -> bytes:
    """A Word file of some kilobytes that would unpack to sixty megabytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w:document/>")
        archive.writestr("word/media/a.bin", bytes(60 * 1024 * 1024))
    return content.getvalue()


# Files


def test_a_file_is_kept_outside_the_web_root_and_sent_as_a_download(cast: Cast) -> None:
    way = Way(cast).handling()
    client = seat(cast, "roads_clerk")
    page = text(client.post(f"{address(way.matter)}files/", {"files": picture("../../现场<1>.png")}, follow=True))
    row = File.objects.get()
    assert row.name in page.replace("&lt;", "<").replace("&gt;", ">")
    assert row.path == f"{cast.congress.pk}/{row.sha256[:2]}/{row.sha256}"
    assert (Path(settings.FILES_ROOT) / row.path).is_file()
    answer = client.get(f"/files/{row.pk}/")
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


def test_a_file_does_not_exist_for_who_may_not_see_its_matter(cast: Cast) -> None:
    way = Way(cast)
    seat(cast, "chen").post(f"{address(way.matter)}files/", {"files": picture()})
    url = f"/files/{File.objects.get().pk}/"
    assert seat(cast, "chen").get(url).status_code == 200
    assert seat(cast, "office").get(url).status_code == 404
    other = assemble("990102", name="邻区")
    with congress_scope(other.congress):
        assert seat(other, "chen").get(url).status_code == 404


def test_an_open_file_of_an_open_matter_is_everybody_s(cast: Cast) -> None:
    way = Way(cast).replied()
    seat(cast, "chen").post(f"{address(way.matter)}files/", {"files": picture()})
    row, day = File.objects.get(), timezone.localdate()
    url = f"/c/{cast.congress.division_code}/files/{row.pk}/"
    for public, since, secret, status in (
        (True, day, False, 200), (False, day, False, 404), (True, None, False, 404), (True, day, True, 404),
        (True, day + timedelta(days=1), False, 404),
    ):  # fmt: skip
        File.objects.filter(pk=row.pk).update(public=public)
        Matter.objects.filter(pk=way.pk).update(public_since=since, confidential=secret)
        assert Client().get(url).status_code == status


def test_who_has_no_part_in_a_matter_attaches_nothing(cast: Cast) -> None:
    way = Way(cast).received()
    for who, status in (("leader", 403), ("parks_clerk", 404), ("office", 302)):
        answer = seat(cast, who).post(f"{address(way.matter)}files/", {"files": picture()})
        assert answer.status_code == status, who
    assert File.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("图.png", b"MZ\x90\x00" + b"0" * 100, "可执行程序，为安全起见没有接收。请上传"),
        ("稿.docx", zip_bomb(), "压缩比例异常，可能是有害文件，为安全起见没有接收。请用"),
        ("空.txt", b"", "空"),
        ("页.txt", b"<html><script>", "网页"),
    ],
)
def test_what_is_not_what_it_says_is_refused_with_a_sentence(cast: Cast, name: str, content: bytes, words: str) -> None:
    way = Way(cast)
    client = seat(cast, "chen")
    url = f"{address(way.matter)}files/"
    page = text(client.post(url, {"files": SimpleUploadedFile(name, content)}, follow=True))
    assert words in page
    assert not File.objects.exists()


def test_a_full_disk_is_told_and_leaves_nothing_behind(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(filing.os, "replace", full)
    way = Way(cast)
    page = text(seat(cast, "chen").post(f"{address(way.matter)}files/", {"files": picture("满.png")}, follow=True))
    assert "磁盘已满" in page
    assert not File.objects.exists()
    assert not list(Path(settings.FILES_ROOT).rglob("tmp*"))


def test_the_same_content_twice_is_kept_once(cast: Cast) -> None:
    way = Way(cast)
    for _time in range(2):
        seat(cast, "chen").post(f"{address(way.matter)}files/", {"files": picture()})
    assert File.objects.count() == 1


def test_too_large_a_request_is_refused_before_it_is_read(cast: Cast) -> None:
    way = Way(cast)
    answer = seat(cast, "chen").post(
        f"{address(way.matter)}files/", {"files": picture()}, CONTENT_LENGTH=str(200 * 1024 * 1024)
    )
    assert answer.status_code == 413
    assert "上限" in text(answer)


# Sealed fields


def test_a_sealed_field_is_opened_with_a_reason_that_stays(cast: Cast) -> None:
    """SUG-22: the phone number is sealed; opening it is an act."""
    way = Way(cast, contact_phone="13912345678").handling()
    client = seat(cast, "roads_clerk")
    assert "13912345678" not in text(client.get(address(way.matter)))
    url = f"{address(way.matter)}sealed/contact_phone/"
    assert client.post(url, {"reason": ""}).status_code == 422
    assert not Act.objects.filter(step="open_sealed").exists()
    answer = client.post(url, {"reason": "约定面商时间"})
    assert "13912345678" in text(answer)
    assert "no-store" in answer["Cache-Control"]
    assert Act.objects.get(step="open_sealed").data["reason"] == "约定面商时间"
    assert "13912345678" not in text(client.get(address(way.matter)))


@pytest.mark.parametrize("who", ["leader", "lin"])
def test_a_sealed_field_does_not_exist_for_others(cast: Cast, who: str) -> None:
    way = Way(cast, contact_phone="13912345678").handling()
    url = f"{address(way.matter)}sealed/contact_phone/"
    assert seat(cast, who).get(url).status_code == 404
    assert seat(cast, who).post(url, {"reason": "想看"}).status_code == 404


# Entering for a deputy


def begun(cast: Cast, who: str = "office") -> Client:
    """A client that enters for deputy Lin."""
    client = seat(cast, who)
    client.post("/agent/", {"deputy": cast.mandates["lin"].pk, "proof": picture("委托书.png")})
    return client


def test_an_agent_enters_for_a_deputy_and_both_are_named(cast: Cast) -> None:
    client = begun(cast)
    url = client.get("/new/suggestion/propose/")["Location"]
    page = client.get(url)
    assert "正在代林翀代表录入" in text(page)
    made = client.post(url, {**hidden(page), **draft(title="关于井盖的建议")})
    act = Act.objects.get(step="propose")
    assert (act.agent_for, act.seat) == ("林翀", "deputy")
    assert act.actor_name == cast["office"].name
    assert File.objects.get(pk=act.proof).role == "agent_proof"
    shown = text(client.get(made["Location"]))
    assert f"由{cast['office'].name}代录" in shown
    assert seat(cast, "lin").get(f"/files/{act.proof}/").status_code == 200
    assert seat(cast, "leader").get(f"/files/{act.proof}/").status_code == 404


def test_when_it_is_ended_the_deputy_s_drafts_are_out_of_sight(cast: Cast) -> None:
    client = begun(cast)
    url = client.get("/new/suggestion/propose/")["Location"]
    made = client.post(url, {**hidden(client.get(url)), **draft()})["Location"]
    client.post("/agent/end/")
    assert client.get(made).status_code == 404


def test_only_steps_that_allow_it_are_entered_for_others(cast: Cast) -> None:
    way = Way(cast)
    way.take("chen", "invite", {"deputies": [cast.mandates["lin"].pk]})
    client = begun(cast)
    form = hidden(client.get(address(way.matter, "cosign")))
    assert client.post(address(way.matter, "cosign"), {**form, "own_will": "on"}).status_code == 302
    assert Act.objects.get(step="cosign").agent_for == "林翀"


@pytest.mark.parametrize("who", ["chen", "roads_clerk", "leader", "street"])
def test_other_seats_enter_for_nobody(cast: Cast, who: str) -> None:
    client = seat(cast, who)
    assert client.get("/agent/").status_code == 403
    assert client.post("/agent/", {"deputy": cast.mandates["lin"].pk, "proof": picture()}).status_code == 403
    assert "正在代" not in text(client.get("/new/"))


def test_no_proof_no_entering(cast: Cast) -> None:
    client = seat(cast, "office")
    assert client.post("/agent/", {"deputy": cast.mandates["lin"].pk}).status_code == 422
    assert client.post("/agent/", {"deputy": uuid.uuid4(), "proof": picture()}).status_code == 422
    bad = SimpleUploadedFile("证.pdf", b"MZ")
    assert "可执行程序" in text(client.post("/agent/", {"deputy": cast.mandates["lin"].pk, "proof": bad}))


# When something went wrong


def test_a_missing_page_says_what_to_do(cast: Cast) -> None:
    answer = seat(cast, "chen").get("/no/such/page/")
    assert answer.status_code == 404
    assert "可以怎么办" in text(answer)


def test_a_lost_database_is_told_as_such() -> None:
    request = RequestFactory().get("/")
    try:
        raise OperationalError("gone")
    except OperationalError:
        answer = errors.server_error(request)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert errors.server_error(request).status_code == 500


def test_large_text_and_language_have_a_page(cast: Cast) -> None:
    client = seat(cast, "chen")
    assert "大字" in text(client.get("/preferences/"))
    client.post("/preferences/", {"text": "large"})
    assert 'class="face-deputy large-text"' in text(client.get("/"))
    client.post("/preferences/", {"language": "en"})
    assert re.search(r'<html lang="en"', text(client.get("/")))


def test_every_page_keeps_to_one_title_and_one_main(cast: Cast) -> None:
    way = Way(cast).handling()
    urls = {
        "office": ["/", "/late/", "/late/?within=30", "/agent/", "/new/", "/lists/suggestion/", "/lists/suggestion/hand-over/"],
        "roads_clerk": [address(way.matter), address(way.matter, "contact"), "/lists/assistance/", "/lists/internal-task/"],
        "chen": ["/", "/new/", "/lists/suggestion/", "/preferences/", address(way.matter)],
    }  # fmt: skip
    for who, pages in urls.items():
        client = seat(cast, who)
        for url in pages:
            page = text(client.get(url))
            assert (page.count("<h1"), page.count("<main ")) == (1, 1), url


def test_children_and_parts_are_in_the_chain(cast: Cast) -> None:
    """SUG-06: where it came from and what came of it, both ways, for who may see it."""
    way = Way(cast).received()
    organs = {"organ": cast.organs["roads"].pk, "assisting": [cast.organs["parks"].pk]}
    way.take("office", "assign", organs)
    page = text(seat(cast, "roads_clerk").get(address(way.matter)))
    child = re.search(r'<a href="(/matters/[0-9a-f-]+/)">' + way.matter.title, page)
    assert child
    assert way.matter.title in text(seat(cast, "parks_clerk").get(child[1]))
    assert child[1] not in text(seat(cast, "chen").get(address(way.matter)))


def test_plain_steps_are_taken_from_the_matter_page(cast: Cast) -> None:
    way = Way(cast).received()
    way.take("office", "assign", {"organ": cast.organs["roads"].pk})
    client = seat(cast, "roads_clerk")
    page = client.get(address(way.matter))
    assert f'action="{address(way.matter, "sign_for")}"' in text(page)
    assert client.post(address(way.matter, "sign_for"), hidden(page)).status_code == 302
    assert way.matter.state == "handling"


def test_submitting_again_after_a_return_keeps_every_comment(cast: Cast) -> None:
    """B03: returned drafts keep every comment."""
    way = Way(cast).submitted()
    answers = dict.fromkeys(("compliant", "single", "political_gate", "legal_gate", "quality_gate"), "yes")
    way.take("street", "street_return", {**answers, "feasible": "no", "comment": "请写明具体路段"})
    way.take("chen", "resubmit_to_street", SUBMIT)
    assert "请写明具体路段" in text(seat(cast, "chen").get(address(way.matter)))
