"""What people meet when something goes wrong in the middle: Back and again, two at once, a full disk, a database that waits."""

from __future__ import annotations

import errno
import io
import re
import sqlite3
from collections.abc import Iterator
from typing import Any

import docx
import openpyxl
import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError, connection
from django.test import Client, RequestFactory
from django.utils import timezone
from pypdf import PdfReader

from openrenda.docket.models import Act, Autosave, File, Matter
from openrenda.tenancy import congress_scope
from openrenda.web.tests.stage import Way, address, hidden, seat, second_clerk, text
from openrenda.web.views import errors
from tests.cast import CONTACT, REPLY, REVIEW, SUBMIT, Cast, assemble, draft

NEW = "/new/suggestion/propose/"
WAITED, SHORT = "系统暂时办不了", 100
MEANS = re.compile(r"<[0-9a-f]{4}> <([0-9a-f]{4,8})>")
RARE = "关于𠮷祥里𨭎矿🚸过街设施的建议（䶮）"


# Back, and again


def test_back_after_a_step_keeps_the_new_words_and_says_they_were_not_taken(cast: Cast) -> None:
    way, client = Way(cast), seat(cast, "chen")
    url = address(way.matter, "revise")
    form = hidden(client.get(url))
    client.post(url, {**form, **draft(title="第一次写的")})
    page = text(client.post(url, {**form, **draft(title="返回后改的")}, follow=True))
    assert "先前已经记录，这次改动的文字没有算进去" in page
    assert way.matter.title == "第一次写的"
    assert 'value="返回后改的"' in text(client.get(url))
    again = text(client.post(url, {**form, **draft(title="第一次写的")}, follow=True))
    assert "没有算进去" not in again, "the same words twice are no second thought"


def test_back_after_sending_off_swallows_no_second_text(cast: Cast) -> None:
    client = seat(cast, "chen")
    url = client.get(NEW)["Location"]
    form = hidden(client.get(url))
    sent = client.post(url, {**form, **draft(title="第一件")})["Location"].partition("?")[0]
    answer = client.get(url)
    assert answer["Location"] == sent
    assert "这份内容已经提交" in text(client.get(sent))
    page = text(client.post(url, {**form, **draft(title="第二件")}, follow=True))
    assert "已另存为草稿" in page
    assert list(Matter.objects.values_list("title", flat=True)) == ["第一件"]
    assert "第二件" in text(client.get("/new/"))


@pytest.mark.parametrize("mark", [{}, {"draft": "不是标识"}])
def test_a_form_sent_without_its_mark_is_taken_all_the_same(cast: Cast, mark: dict[str, str]) -> None:
    client = seat(cast, "chen")
    assert client.post(NEW, {**mark, **draft(title="没有标识")}).status_code == 302
    assert Matter.objects.get().title == "没有标识"
    refused = client.post(NEW, {**mark, **draft(title="长" * 5000, background="写了很久")})
    assert refused.status_code == 422
    assert "写了很久" in text(refused)
    assert "长" * 5000 in text(refused)


# Two at once


def test_two_clerks_reply_at_once_and_the_second_sees_what_changed(cast: Cast) -> None:
    way = Way(cast).contacted()
    one, other = seat(cast, "roads_clerk"), second_clerk(cast)
    url = address(way.matter, "draft_reply")
    forms = [hidden(client.get(url)) for client in (one, other)]
    assert one.post(url, {**forms[0], **REPLY, "done": "甲写的答复"}).status_code == 302
    answer = other.post(url, {**forms[1], **REPLY, "done": "乙写的答复"})
    assert answer.status_code == 409
    for words in ("有人先办了一步", "拟写答复", cast["roads_clerk"].name, "乙写的答复"):
        assert words in text(answer)
    assert Act.objects.filter(step="draft_reply").count() == 1
    assert Autosave.objects.get().data["done"] == ["乙写的答复"]


# The disk


def test_a_disk_that_fills_during_an_upload_is_told(cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    way = Way(cast)
    client = seat(cast, "chen")
    client.raise_request_exception = False
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryFileUploadHandler.receive_data_chunk", full)
    answer = client.post(f"{address(way.matter)}files/", {"files": SimpleUploadedFile("长.txt", b"x" * 4000)})
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "磁盘满了" in text(answer)
    assert not File.objects.exists()


@pytest.fixture
def open_cast(transactional_db: None) -> Iterator[Cast]:
    """The cast in rows that other connections see."""
    people = assemble()
    with congress_scope(people.congress):
        yield people


def on_sqlite() -> bool:
    return connection.vendor == "sqlite"


def pragma(words: str) -> Any:
    """Ask SQLite's connection for something, or tell it."""
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {words}").fetchone()[0]


@pytest.mark.skipif("not on_sqlite()", reason="PostgreSQL's full disk is told by its code, tested below")
def test_a_disk_too_full_for_the_database_is_told_and_nothing_is_half_written(open_cast: Cast) -> None:
    client = seat(open_cast, "chen")
    client.raise_request_exception = False
    limit, pages = pragma("max_page_count"), pragma("page_count")
    form = draft(background="写" * 20_000, analysis="写" * 20_000, proposals="写" * 20_000, draft="0" * 32)
    try:
        pragma(f"max_page_count={pages}")
        answer = client.post(NEW, form)
    finally:
        pragma(f"max_page_count={limit}")
    assert answer.status_code == 503
    assert "磁盘满了" in text(answer)
    assert not Matter.objects.exists()
    assert not Act.objects.exists()
    assert client.post(NEW, form).status_code == 302, "with room again the same form goes through"


# A database that cannot be reached


@pytest.mark.skipif("not on_sqlite()", reason="PostgreSQL lets several write at once")
@pytest.mark.parametrize("leaving", ["step", "session"])
def test_a_database_locked_too_long_is_told_and_the_form_goes_through_later(open_cast: Cast, leaving: str) -> None:
    way, client = Way(open_cast), seat(open_cast, "chen")
    client.raise_request_exception = False
    url = address(way.matter, "submit_to_street")
    form = {**hidden(client.get(url)), **SUBMIT}
    if leaving == "session":
        session = client.session
        session["people.seen_at"] = 1
        session.save()
    before = pragma("busy_timeout")
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    try:
        pragma(f"busy_timeout={SHORT}")
        other.execute("BEGIN IMMEDIATE")
        answer = client.get(url) if leaving == "session" else client.post(url, form)
    finally:
        other.close()
        pragma(f"busy_timeout={before}")
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert WAITED in text(answer)
    assert client.post(url, form).status_code == 302
    assert Act.objects.filter(step="submit_to_street").count() == 1


def caused(problem: Exception, cause: Exception | None) -> Exception:
    """An exception that came from another."""
    problem.__cause__ = cause
    return problem


@pytest.mark.parametrize(
    ("problem", "status", "words"),
    [
        (OperationalError("server closed the connection unexpectedly"), 503, "连不上数据库"),
        (InterfaceError("connection already closed"), 503, "连不上数据库"),
        (caused(OperationalError("could not extend file"), psycopg.errors.DiskFull()), 503, "磁盘满了"),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), 503, "磁盘满了"),
        (caused(ValueError("in a template"), OperationalError("gone")), 503, "连不上数据库"),
        (OSError(errno.EACCES, "Permission denied"), 500, "系统出了故障"),
        (ValueError("ours"), 500, "系统出了故障"),
    ],
)
def test_each_fault_has_its_page(problem: Exception, status: int, words: str) -> None:
    request = RequestFactory().get("/")
    try:
        raise problem
    except Exception:
        answer = errors.server_error(request)
    assert answer.status_code == status
    assert words in text(answer)
    assert "什么还在" in text(answer)


def test_more_text_than_any_form_holds_is_refused_on_a_stale_page_too(cast: Cast) -> None:
    way = Way(cast)
    answer = seat(cast, "chen").post(address(way.matter, "revise"), draft(background="字" * 450_000))
    assert answer.status_code == 409
    assert not Autosave.objects.exists()


# Rare characters, all the way


def test_rare_characters_come_through_from_the_draft_to_letter_and_export(cast: Cast) -> None:
    """𠮷 lies outside the first plane of Unicode, 䶮 in an extension few fonts hold, 🚸 is no character of any font here."""
    client = seat(cast, "chen")
    url = client.get(NEW)["Location"]
    typed = draft(title=RARE, background="学生在𠮷祥里过街，周䶮老师值守。", analysis="标线𬭎糊。")
    client.post(url, {**hidden(client.get(url)), **typed})
    way = Way.__new__(Way)
    way.cast, way.pk = cast, Matter.objects.get().pk
    way.submitted()
    way.take("street", "street_pass", {**REVIEW, "comment": "𠮷祥里情况属实👍"})
    way.take("office", "district_pass", REVIEW)
    way.take("office", "assign", {"organ": cast.organs["roads"].pk})
    way.take("roads_clerk", "sign_for")
    way.take("roads_clerk", "contact", {**CONTACT, "held_on": timezone.localdate().isoformat(), "people": "周䶮"})
    way.take("roads_clerk", "draft_reply", {**REPLY, "done": "𠮷祥里已设🚸标志，周䶮老师已确认。"})
    way.take("roads_head", "sign_reply")
    office = seat(cast, "office")
    for page in (address(way.matter), "/lists/suggestion/", "/lists/suggestion/?q=𠮷祥里", "/lists/suggestion/?q=䶮"):
        assert RARE in text(office.get(page)).replace("<mark>", "").replace("</mark>", ""), page
    assert "𠮷祥里情况属实👍" in text(office.get(address(way.matter)))
    assert RARE not in text(office.get("/lists/suggestion/?q=𪚥𠮶"))
    assert RARE in exported(office)
    letter = in_word(office.get(f"{address(way.matter)}letters/1.docx").content)
    assert "𠮷祥里已设🚸标志，周䶮老师已确认。" in letter
    assert set("𠮷䶮🚸") <= in_pdf(office.get(f"{address(way.matter)}letters/1.pdf").content)


def exported(client: Client) -> str:
    """All words of the Excel export."""
    book = openpyxl.load_workbook(io.BytesIO(client.get("/lists/suggestion/export/").content))
    return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)


def in_word(content: bytes) -> str:
    """All words of a Word letter's body."""
    return "".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


def in_pdf(content: bytes) -> set[str]:
    """The characters that a printed letter's fonts stand for."""
    found = set()
    for page in PdfReader(io.BytesIO(content)).pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            table = font.get_object()["/ToUnicode"].get_object().get_data().decode()
            found |= {bytes.fromhex(code).decode("utf-16-be") for code in MEANS.findall(table)}
    return found
