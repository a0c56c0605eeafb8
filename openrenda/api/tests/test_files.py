"""Documents through the API: the same checks of content as on the pages."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from openrenda.docket.models import File, Matter
from openrenda.tenancy import congress_scope
from tests.cast import Cast, assemble

from .conftest import System, system_of
from .test_api import opened, received


def picture(name: str = "现场.png") -> SimpleUploadedFile:
    """A small real picture."""
    content = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue())


def sent(system: System, matter: Matter, file: Any, **headers: str) -> Any:
    """The answer to a document sent as a multipart form."""
    where = f"/api/v1/matters/{matter.pk}/files"
    return system.client.post(where, {"file": file} if file else {}, headers={**system.headers(), **headers})


def kept(cast: Cast) -> int:
    """How many documents there are."""
    with congress_scope(cast.congress):
        return File.objects.count()


def test_a_document_is_attached_listed_and_read_back(cast: Cast) -> None:
    """Twice the same is kept once, so a repetition needs no key."""
    matter, chen = opened(cast), system_of(cast, "chen")
    first, second = (sent(chen, matter, picture("../../现场.exe")) for _time in range(2))
    assert (first.status_code, first.json()["id"]) == (201, second.json()["id"])
    assert (first.json()["name"], first.json()["media_type"]) == ("现场.png", "image/png")
    (listed,) = chen.get(f"/matters/{matter.pk}/files").json()["files"]
    assert listed == first.json()
    content = b"".join(chen.get(f"/files/{listed['id']}").streaming_content)
    assert content == picture().read()
    assert kept(cast) == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("照片.png", b"MZ\x90\x00" + b"0" * 100, "可执行程序"),
        ("说明.pdf", b"\x7fELF" + b"0" * 100, "可执行程序"),
        ("说明.txt", b"<html><script>", "网页"),
        ("空.txt", b"", "空"),
    ],
)
def test_a_renamed_program_and_its_like_are_refused_with_a_sentence(
    cast: Cast, name: str, content: bytes, words: str
) -> None:
    answer = sent(system_of(cast, "chen"), opened(cast), SimpleUploadedFile(name, content))
    assert answer.status_code == 422
    assert words in answer.json()["detail"]
    assert answer.json()["fields"] == {"file": [answer.json()["detail"]]}
    assert kept(cast) == 0


def test_who_may_not_attach_on_the_page_may_not_here(cast: Cast) -> None:
    matter, draft = received(cast), opened(cast, title="另一件")
    stranger = system_of(assemble("990202", name="别区"), "office")
    for system, target, status in (
        (system_of(cast, "leader"), matter, 403),
        (system_of(cast, "chen", "read"), matter, 403),
        (system_of(cast, "office"), draft, 404),
        (stranger, matter, 404),
    ):
        assert sent(system, target, picture()).status_code == status
    assert kept(cast) == 0
    missing = sent(system_of(cast, "chen"), matter, None)
    assert (missing.status_code, list(missing.json()["fields"])) == (422, ["file"])


def test_too_large_a_request_is_refused_before_it_is_read(cast: Cast) -> None:
    answer = system_of(cast, "chen").client.post(
        f"/api/v1/matters/{opened(cast).pk}/files", {"file": picture()}, CONTENT_LENGTH=str(200 * 1024 * 1024),
        headers=system_of(cast, "chen").headers(),
    )  # fmt: skip
    assert answer.status_code == 413
    assert kept(cast) == 0
