"""The page on which the office brings past suggestions in: preview first, then the same bytes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from openrenda.docket.models import Matter
from openrenda.people.testing import sit_down
from openrenda.tenancy import congress_scope
from tests.cast import Cast, assemble

PLACE = "/administration/import/suggestions/"
GOOD = '{"title": "关于路灯的建议", "year": 2022, "number": "1"}'


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


def send(client: Client, text: str, **chosen: str) -> Any:
    return client.post(PLACE, {"file": SimpleUploadedFile("past.jsonl", text.encode()), **chosen})


def confirmed(client: Client, page: Any) -> Any:
    hidden = dict(
        re.findall(r'<input type="hidden" name="(content|name|resume)" value="([^"]*)">', page.content.decode())
    )
    return client.post(PLACE, hidden)


def titles(cast: Cast) -> list[str]:
    with congress_scope(cast.congress):
        return list(Matter.objects.values_list("title", flat=True))


def test_a_file_is_previewed_and_then_kept(cast: Cast) -> None:
    client = sit_down(Client(), cast.seats["office"])
    page = send(client, GOOD)
    assert "尚未保存" in page.content.decode()
    assert titles(cast) == []
    assert confirmed(client, page).status_code == 302
    assert titles(cast) == ["关于路灯的建议"]


def test_a_bad_row_is_shown_and_keeps_the_file_out(cast: Cast) -> None:
    client = sit_down(Client(), cast.seats["office"])
    page = send(client, GOOD + '\n{"year": 2022}')
    assert page.status_code == 422
    assert "“标题”没有填" in page.content.decode()
    assert "确认导入" not in page.content.decode()
    page = send(client, GOOD + '\n{"year": 2022}', resume="on")
    confirmed(client, page)
    assert titles(cast) == ["关于路灯的建议"]
    assert "已导入过 1" in send(client, GOOD, resume="on").content.decode()


def test_templates_are_there_to_download(cast: Cast) -> None:
    client = sit_down(Client(), cast.seats["office"])
    for kind in ("suggestions", "suggestion-steps"):
        assert client.get(f"/administration/import/{kind}/template/").content[:2] == b"PK"
    assert client.get("/administration/import/nothing/template/").status_code == 404
