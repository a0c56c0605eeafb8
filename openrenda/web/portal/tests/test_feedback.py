"""Words about the application: written by anyone, kept from programs, answered, and read with the number."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from openrenda.people.testing import sit_down
from openrenda.tenancy import congress_scope
from openrenda.web.portal import codes, opinions
from openrenda.web.portal.models import Feedback
from tests.cast import Cast, assemble

from .stage import CODE, OTHER

FORM = f"/c/{CODE}/feedback/"
SENT = {"kind": "burden", "text": "同一件事要填两次。", "page": "/matters/"}


def send(client: Client, **changes: str) -> Feedback:
    """Write something; the row that was kept."""
    answer = client.post(FORM, {**SENT, **changes})
    assert answer.status_code == 302
    return Feedback.objects.get(number=answer["Location"].split("/")[-2])


def sit(client: Client, cast: Cast, who: str) -> None:
    """Sign somebody in and sit her down."""
    sit_down(client, cast.seats[who])


def test_every_public_page_has_the_button(cast: Cast, client: Client) -> None:
    page = client.get(f"/c/{CODE}/suggestions/").content.decode()
    assert f"{FORM}?page=%2Fc%2F{CODE}%2Fsuggestions%2F" in page
    assert 'name="page" value="/x/"' in client.get(f"{FORM}?page=/x/").content.decode()
    assert "/feedback/?page=%2Fprivacy%2F" in client.get("/privacy/").content.decode()
    assert client.get("/feedback/?page=/privacy/")["Location"] == f"{FORM}?page=%2Fprivacy%2F"


def test_sent_answered_and_read_with_the_number(cast: Cast, client: Client) -> None:
    row = send(client)
    mine = f"{FORM}{row.number}/"
    page = client.get(f"{mine}?sent=1").content.decode()
    assert codes.in_groups(row.number) in page
    assert "还没有答复" in page
    assert SENT["text"] in page
    staff = Client()
    sit(staff, cast, "office")
    assert SENT["text"] in staff.get("/feedback/answers/").content.decode()
    staff.post(f"/feedback/answers/{row.pk}/", {"answer": "已经改为只填一次。"})
    assert "已经改为只填一次。" in client.get(mine).content.decode()
    found = client.get(f"{FORM}query/", {"number": codes.in_groups(row.number).lower()})
    assert found["Location"] == mine


def test_an_answer_is_not_written_over(cast: Cast, client: Client) -> None:
    row = send(client)
    sit(client, cast, "office")
    client.post(f"/feedback/answers/{row.pk}/", {"answer": "第一次"})
    page = client.post(f"/feedback/answers/{row.pk}/", {"answer": "第二次"}, follow=True).content.decode()
    assert "已经有人答复过了" in page
    assert Feedback.objects.get().answer == "第一次"
    empty = client.post(f"/feedback/answers/{row.pk}/", {"answer": ""})
    assert empty.status_code == 422


@pytest.mark.parametrize("who", ["chen", "roads_office", "leader", "auditor"])
def test_only_those_who_answer_see_the_list(cast: Cast, client: Client, who: str) -> None:
    row = send(client)
    assert client.get("/feedback/answers/").status_code == 302
    sit(client, cast, who)
    assert client.get("/feedback/answers/").status_code == 404
    assert client.post(f"/feedback/answers/{row.pk}/", {"answer": "x"}).status_code == 404
    assert Feedback.objects.get().answer == ""


def test_another_congress_reads_and_answers_nothing_of_it(cast: Cast, client: Client) -> None:
    row = send(client)
    other = assemble(OTHER, name="邻区")
    assert client.get(f"/c/{OTHER}/feedback/{row.number}/").status_code == 404
    with congress_scope(other.congress):
        sit(client, other, "office")
    assert SENT["text"] not in client.get("/feedback/answers/").content.decode()
    assert client.post(f"/feedback/answers/{row.pk}/", {"answer": "x"}).status_code == 404


def test_programs_are_refused_and_told(cast: Cast, client: Client) -> None:
    answer = client.post(FORM, {**SENT, "website": "https://spam.example"})
    assert answer.status_code == 422
    assert "留空" in answer.content.decode()
    assert not Feedback.objects.exists()


def test_too_many_an_hour_are_refused_and_the_words_are_kept(cast: Cast, client: Client) -> None:
    for _ in range(opinions.PER_VISITOR_AN_HOUR):
        send(client)
    answer = client.post(FORM, SENT)
    assert answer.status_code == 429
    page = answer.content.decode()
    assert SENT["text"] in page
    assert "一小时" in page
    assert client.post(FORM, SENT, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_all_together_have_a_limit_too(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opinions, "PER_CONGRESS_AN_HOUR", 1)
    send(client)
    assert client.post(FORM, SENT, REMOTE_ADDR="192.0.2.8").status_code == 429


def test_nothing_about_the_writer_is_kept(cast: Cast, client: Client) -> None:
    """SEC-03: no name, no address, no account."""
    row = send(client)
    assert {field.name for field in Feedback._meta.fields} == {
        "id", "congress", "number", "kind", "text", "page", "received_at", "answer", "answered_at", "answered_by", "account",
    }  # fmt: skip
    assert row.account is None
    assert "127.0.0.1" not in str(vars(row))


@pytest.mark.parametrize("changes", [{"kind": "x"}, {"text": ""}, {"text": "长" * 3001}, {"page": "长" * 301}])
def test_bad_input_is_refused_and_nothing_is_lost(cast: Cast, client: Client, changes: dict[str, str]) -> None:
    answer = client.post(FORM, {**SENT, **changes})
    assert answer.status_code == 422
    assert not Feedback.objects.exists()


def test_the_named_page_is_one_of_ours(cast: Cast, client: Client) -> None:
    assert send(client, page="//evil.example/").page == ""
    assert send(client, page="https://evil.example/").page == ""
    assert send(client, text="😀𠮷䶮 <b>粗</b>").text == "😀𠮷䶮 <b>粗</b>"


def test_a_wrong_number_is_told_without_a_hint(cast: Cast, client: Client) -> None:
    answer = client.get(f"{FORM}query/", {"number": "不对"})
    assert answer.status_code == 404
    assert "没有查到" in answer.content.decode()
    assert client.get(f"{FORM}000000000000/").status_code == 404
    assert not re.search(r"<mark>", answer.content.decode())
