"""The administrators' pages: who may open which, and what each does 三员分立."""

from __future__ import annotations

import base64
import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.utils import timezone

from openrenda.documents.tables import Sheet as BookSheet
from openrenda.documents.tables import read_table, write_workbook
from openrenda.people import seats
from openrenda.people.imports import SHEETS
from openrenda.people.models import Account, AccountEvent, Congress, Organ, Person, Seat, SeatGrant
from openrenda.people.testing import sit_down
from openrenda.people.tests import cast
from openrenda.people.views import administration
from openrenda.tenancy import congress_scope

pytestmark = [pytest.mark.usefixtures("congress"), pytest.mark.urls("openrenda.people.tests.urls")]

THREE = ("system_admin", "security_admin", "audit_admin")
PAGES = {
    **{f"/administration/registers/{key}/": {"system_admin"} for key in SHEETS},
    **{f"/administration/registers/{key}/row/": {"system_admin"} for key in SHEETS},
    **{f"/administration/registers/{key}/import/": {"system_admin"} for key in SHEETS},
    "/administration/registers/organs/export/": {"system_admin"},
    "/administration/registers/organs/template/": {"system_admin"},
    "/administration/merge/": {"system_admin"},
    "/administration/grants/": {"system_admin", "security_admin"},
    "/administration/accounts/": {"system_admin", "security_admin"},
    "/administration/log/": {"audit_admin"},
}


@pytest.fixture
def three() -> dict[str, Client]:
    accounts = {key: cast.an_account(key) for key in THREE}
    return {seat.key: sit_down(Client(), seat) for seat in seats.found_administrators(accounts)}


def test_each_page_opens_for_its_administrator_and_does_not_exist_for_others(three: dict[str, Client]) -> None:
    clients = three | {"deputy": sit_down(Client(), cast.a_seat("deputy", holder=cast.a_mandate().pk))}
    seen = {(path, key): client.get(path).status_code for path in PAGES for key, client in clients.items()}
    expected = {(path, key): 200 if key in PAGES[path] else 404 for path in PAGES for key in clients}
    assert seen == expected


def test_every_address_of_administration_is_guarded() -> None:
    patterns = get_resolver("openrenda.people.urls").url_patterns
    unguarded = [
        pattern.name for pattern in patterns
        if str(pattern.pattern).startswith("administration/") and not getattr(pattern.callback, "seat_keys", None)
    ]  # fmt: skip
    assert unguarded == []


def test_a_stranger_signs_in_first_and_comes_back(client: Client) -> None:
    address = "/administration/accounts/"
    assert client.get(address)["Location"] == "/sign-in/?next=%2Fadministration%2Faccounts%2F"


def test_each_administrator_starts_at_a_page_of_hers(three: dict[str, Client]) -> None:
    for client in three.values():
        assert client.get(client.get("/administration/")["Location"]).status_code == 200


def typed_organ(**changes: str) -> dict[str, str]:
    return {"code": "J01", "name": "教育局", "kind": "政府部门", "since": "2022年1月10日", "contact": "电话"} | changes


def test_a_row_is_added_changed_and_cleared_in_a_form(three: dict[str, Client]) -> None:
    admin, address = three["system_admin"], "/administration/registers/organs/row/"
    assert admin.post(address, typed_organ()).status_code == 302
    change = admin.get("/administration/registers/organs/").content.decode()
    assert "?code=J01" in change
    code = re.search(r'<input[^>]*name="code"[^>]*>', admin.get(f"{address}?code=J01").content.decode())
    assert code
    assert " disabled" in code[0]
    assert admin.post(f"{address}?code=J01", typed_organ(name="教育体育局", contact="")).status_code == 302
    organ = Organ.objects.get()
    assert (organ.name, organ.contact) == ("教育体育局", "")
    assert AccountEvent.objects.filter(kind="imported").count() == 2


def test_a_bad_row_is_refused_in_the_form_and_keeps_what_was_typed(three: dict[str, Client]) -> None:
    address = "/administration/registers/organs/row/"
    answer = three["system_admin"].post(address, typed_organ(since="昨天", supervisor="Z99"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "“昨天”不是能识别的日期" in page
    assert "教育局" in page
    assert not Organ.objects.exists()


def a_workbook(*rows: list[Any]) -> SimpleUploadedFile:
    headers = ["代码", "名称", "类别", "设立日期"]
    return SimpleUploadedFile("机构.xlsx", write_workbook([BookSheet("机构", headers, rows)]))


def hidden_value(answer: HttpResponse, name: str) -> str:
    found = re.search(f'<input type="hidden" name="{name}" value="([^"]*)"', answer.content.decode())
    assert found
    return unescape(found[1])


GOOD_ROW = ["J01", "教育局", "政府部门", "2026.3.5"]


def test_a_file_is_previewed_then_brought_in(three: dict[str, Client]) -> None:
    admin, address = three["system_admin"], "/administration/registers/organs/import/"
    preview = admin.post(address, {"file": a_workbook(GOOD_ROW)})
    assert preview.status_code == 200
    assert not Organ.objects.exists()
    hidden = {name: hidden_value(preview, name) for name in ("content", "name")}
    assert admin.post(address, hidden)["Location"] == "/administration/registers/organs/"
    assert Organ.objects.get().name == "教育局"


def test_a_bad_file_shows_each_bad_row_and_offers_no_import(three: dict[str, Client]) -> None:
    admin, address = three["system_admin"], "/administration/registers/organs/import/"
    answer = admin.post(address, {"file": a_workbook(GOOD_ROW, ["J02", "", "火星部门", "2026.3.5"])})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“名称”没有填" in page
    assert "火星部门" in page
    assert "确认导入" not in page
    content = base64.b64encode(a_workbook(GOOD_ROW, GOOD_ROW).read()).decode()
    assert admin.post(address, {"content": content, "name": "机构.xlsx"}).status_code == 422
    assert not Organ.objects.exists()


def test_a_file_too_large_or_no_table_is_refused(three: dict[str, Client]) -> None:
    admin, address = three["system_admin"], "/administration/registers/organs/import/"
    large = admin.post(address, {"file": SimpleUploadedFile("大.csv", b"x" * (3 * 1024 * 1024 + 1))})
    assert "文件超过 3 MB" in large.content.decode()
    assert admin.post(address, {"file": SimpleUploadedFile("程序.xlsx", b"MZ\x90\x00" * 9)}).status_code == 422


def test_an_export_is_a_workbook_of_the_register(three: dict[str, Client]) -> None:
    Person.objects.create(name="𠮷田", phone="13800000000")
    content = three["system_admin"].get("/administration/registers/people/export/").content
    table = read_table(content, "人员.xlsx")
    assert [row.cells["姓名"] for row in table.rows] == ["𠮷田"]
    assert b"13800000000" not in content
    assert table.rows[0].cells.get("手机号码") is None


def test_a_seat_is_asked_for_on_one_page_and_agreed_to_on_another(three: dict[str, Client]) -> None:
    cast.found_organ("J01", "教育局", "department", since=cast.SINCE)
    row = {"login": "lifang", "name": "李芳", "key": "承办单位办公室", "organ": "J01"}
    assert three["system_admin"].post("/administration/registers/seats/row/", row).status_code == 302
    grant = SeatGrant.objects.get()
    page = three["security_admin"].get("/administration/grants/").content.decode()
    assert "教育局承办单位办公室" in page
    assert three["system_admin"].post(f"/administration/grants/{grant.pk}/", {"action": "agree"}).status_code == 404
    three["security_admin"].post(f"/administration/grants/{grant.pk}/", {"action": "agree"})
    seat = Seat.objects.get(key="organ_office")
    three["system_admin"].post(f"/administration/seats/{seat.pk}/revoke/", {"reason": "调离"})
    assert SeatGrant.objects.get(decision="pending").wish == "revoke"
    assert "收回：李芳" in three["security_admin"].get("/administration/grants/").content.decode()


def test_a_first_password_is_shown_once_and_works(three: dict[str, Client], client: Client) -> None:
    account = cast.a_seat("organ_clerk", cast.an_account("王芳"), holder=cast.an_organ().pk).account
    page = three["system_admin"].post(f"/administration/accounts/{account.pk}/password/").content.decode()
    [password] = re.findall(r"<code>(.+?)</code>", page)
    answer = client.post("/sign-in/", {"login": account.login, "password": password})
    assert answer["Location"] == "/account/password/"


def test_the_security_administrator_disables_and_restores_an_account(three: dict[str, Client]) -> None:
    account = cast.a_seat("organ_clerk", holder=cast.an_organ().pk).account
    for action, active in [("disable", False), ("enable", True)]:
        three["security_admin"].post(f"/administration/accounts/{account.pk}/{action}/")
        assert Account.objects.get(pk=account.pk).is_active is active
    assert three["system_admin"].post(f"/administration/accounts/{account.pk}/disable/").status_code == 404
    assert three["security_admin"].post(f"/administration/accounts/{account.pk}/promote/").status_code == 404


def test_an_account_of_another_congress_is_not_to_be_found(three: dict[str, Client], congress: Congress) -> None:
    with congress_scope(cast.a_congress()):
        elsewhere = cast.a_seat("organ_clerk", holder=cast.an_organ().pk).account
    assert three["security_admin"].post(f"/administration/accounts/{elsewhere.pk}/disable/").status_code == 404
    assert elsewhere.login not in three["security_admin"].get("/administration/accounts/").content.decode()


def test_organs_are_merged_on_a_page(three: dict[str, Client]) -> None:
    sport, culture = cast.an_organ("体育局"), cast.an_organ("文化和旅游局")
    typed = {"organ": sport.pk, "into": culture.pk, "on": timezone.localdate(), "basis": "机构改革方案"}
    assert three["system_admin"].post("/administration/merge/", typed | {"basis": ""}).status_code == 422
    assert three["system_admin"].post("/administration/merge/", typed | {"into": sport.pk}).status_code == 422
    assert three["system_admin"].post("/administration/merge/", typed).status_code == 302
    assert Organ.objects.get(pk=sport.pk).until is not None


def shown_events(answer: HttpResponse) -> int:
    return answer.content.decode().partition("<tbody>")[2].count("<tr>")


def test_the_log_is_read_a_page_at_a_time(three: dict[str, Client]) -> None:
    account = cast.an_account("王芳")
    AccountEvent.objects.bulk_create(AccountEvent(kind="signed_in", account=account, detail=str(n)) for n in range(120))
    first = three["audit_admin"].get("/administration/log/")
    assert shown_events(first) == 100
    onward = re.search(r'rel="next" href="([^"]+)"', first.content.decode())
    assert onward
    second = three["audit_admin"].get("/administration/log/" + unescape(onward[1]))
    assert shown_events(second) == AccountEvent.objects.count() - 100
    assert three["audit_admin"].get("/administration/log/?before=x").status_code == 404


@pytest.mark.parametrize("path", ["/administration/accounts/", "/administration/grants/"])
def test_a_list_costs_the_same_whatever_its_length(three: dict[str, Client], path: str) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert three["security_admin"].get(path).status_code == 200
        return len(queries)

    cost()  # the congress's rules are read once in a while
    organ, before = cast.an_organ(), cost()
    by = Account.objects.get(name="system_admin")
    for _number in range(8):
        cast.a_seat("organ_clerk", holder=organ.pk)
        seats.request_seat(seats.Place(account=cast.an_account(), key="organ_head", holder=organ.pk), by=by)
    assert cost() == before <= 5


def test_held_seats_are_found_by_words_and_read_a_page_at_a_time(
    three: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(administration, "SEAT_PAGE_ROWS", 2)
    logins, address = [], "/administration/grants/"
    while address:
        page = three["security_admin"].get(address).content.decode()
        found = re.findall(r"<p>[^<]*（([a-z0-9-]+)）· ", page)
        assert len(found) <= 2
        logins += found
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = f"/administration/grants/{following[1]}" if following else ""
    assert len(logins) == Seat.objects.on().count()
    assert len(three["security_admin"].get("/administration/grants/?after=nonsense").content) > 0
    one = three["security_admin"].get("/administration/grants/", {"q": logins[0]}).content.decode()
    assert logins[0] in one
    assert "没有找到" in three["security_admin"].get("/administration/grants/", {"q": "没有这个人"}).content.decode()
