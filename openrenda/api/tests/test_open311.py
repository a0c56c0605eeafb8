"""Open311 GeoReport v2, in both spellings: what a system hands in, what everybody reads, and what nobody else gets to see."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from openrenda.docket.models import Act, File, Matter
from openrenda.people.models import Category
from openrenda.procedures.opinion.records import Opinion, OpinionContact
from openrenda.tenancy import congress_scope
from openrenda.web.portal.codes import code_of
from tests.cast import Cast, assemble
from tests.mechanisms.stage import take

from .conftest import System, system_of

AT = "/open311/v2"
WORDS = "学府路小学门口的斑马线磨没了。孩子过马路不安全。"


@pytest.fixture
def service(cast: Cast) -> Category:
    with congress_scope(cast.congress):
        group = Category.objects.create(code="8", name="城市管理")
        return Category.objects.create(code="801", name="道路交通", parent=group)


@pytest.fixture
def system(cast: Cast) -> System:
    return system_of(cast, "office")


def hand_in(cast: Cast, system: System | None, spelling: str = "json", **fields: Any) -> Any:
    sent = {
        "jurisdiction_id": cast.congress.division_code, "service_code": "801", "description": WORDS,
        "address_string": "学府路12号", "lat": "30.1234567", "long": "120.7654321", **fields,
    }  # fmt: skip
    key = {"api_key": system.token} if system else {}
    return Client().post(f"{AT}/requests.{spelling}", {**sent, **key})


def read(cast: Cast, path: str, system: System | None = None, **query: str) -> Any:
    key = {"api_key": system.token} if system else {}
    return Client().get(f"{AT}/{path}", {"jurisdiction_id": cast.congress.division_code, **query, **key})


def published(cast: Cast, system: System) -> str:
    """A request that was handed in, sorted by the office and published without the name."""
    pk = hand_in(cast, system, last_name="王", first_name="小明").json()[0]["service_request_id"]
    with congress_scope(cast.congress):
        matter = Matter.objects.get(procedure="opinion")
        assert code_of(matter.pk) == pk
        take(cast, matter, "office", "publish", {"public_text": "学府路小学门口斑马线磨损。"})
    return str(pk)


def test_services_in_both_spellings(cast: Cast, service: Category) -> None:
    rows = read(cast, "services.json").json()
    assert [row["service_code"] for row in rows] == ["01", "8", "801", "other"]
    assert rows[2] | {"service_name": "道路交通", "group": "城市管理", "metadata": False, "type": "realtime"} == rows[2]
    answer = read(cast, "services.xml")
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    assert answer.content.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    root = ElementTree.fromstring(answer.content)
    assert root.tag == "services"
    assert [one.findtext("service_name") for one in root.findall("service")] == [
        "城市交通",
        "城市管理",
        "道路交通",
        "其他",
    ]
    assert root.findtext("service/metadata") == "false"
    assert read(cast, "services/801.json").json() == {"service_code": "801", "attributes": []}
    assert read(cast, "services/404.json").status_code == 404


def test_a_request_becomes_an_opinion_with_number_class_and_place(
    cast: Cast, service: Category, system: System
) -> None:
    answer = hand_in(
        cast, system, last_name="王", first_name="小明", phone="13800000000", media_url="https://example.org/a.jpg"
    )
    assert answer.status_code == 201
    (told,) = answer.json()
    with congress_scope(cast.congress):
        record = Opinion.objects.select_related("matter").get()
        assert code_of(record.matter_id) == told["service_request_id"]
        assert (record.channel, record.category_id, record.place) == ("other_system", service.pk, "学府路12号")
        assert (str(record.latitude), str(record.longitude)) == ("30.123457", "120.765432")
        assert record.text.startswith(WORDS)
        assert "https://example.org/a.jpg" in record.text
        contact = OpinionContact.objects.get()
        assert (contact.name, contact.phone) == ("王小明", "13800000000")
        act = Act.objects.get()
        assert "13800000000" not in str(act.data)
        assert "office的系统" in act.office_name
        number = told["service_notice"].split("查询号 ")[1].split(" 告诉")[0]
    found = read(cast, f"tokens/{number}.json").json()
    assert found == [{"service_request_id": told["service_request_id"], "token": number}]
    page = Client().get(f"/c/{cast.congress.division_code}/opinions/query/", {"number": number}, follow=True)
    assert "已收到" in page.content.decode()


def test_sent_twice_is_taken_once(cast: Cast, service: Category, system: System) -> None:
    first, second = hand_in(cast, system).json(), hand_in(cast, system).json()
    assert first == second
    with congress_scope(cast.congress):
        assert Opinion.objects.count() == 1
    hand_in(cast, system, description="另一件事：路灯也坏了。")
    with congress_scope(cast.congress):
        assert Opinion.objects.count() == 2


def test_a_picture_is_drawn_anew_and_anything_else_refused(cast: Cast, service: Category, system: System) -> None:
    bare = BytesIO()
    Image.new("RGB", (40, 30), "red").save(bare, "JPEG")
    answer = hand_in(cast, system, media=SimpleUploadedFile("a.jpg", bare.getvalue()))
    assert answer.status_code == 201
    with congress_scope(cast.congress):
        assert File.objects.get().role == "photo"
    refused = hand_in(
        cast, system, description="又一件。", media=SimpleUploadedFile("a.jpg", b"MZ\x90\x00" + b"x" * 900)
    )
    assert refused.status_code == 400
    assert refused.json()[0]["description"].startswith("a.jpg：")
    with congress_scope(cast.congress):
        assert Opinion.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"service_code": "999"}, 404, "service_code"),
        ({"service_code": ""}, 400, "service_code"),
        ({"description": "  "}, 400, "description"),
        ({"lat": "", "long": "", "address_string": ""}, 400, "address_string"),
        ({"lat": "30.1", "long": ""}, 400, "lat"),
        ({"lat": "999", "long": "1"}, 400, "lat"),
        ({"phone": "打给我"}, 400, "phone"),
        ({"description": "长" * 3001}, 400, "description"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_opened(
    cast: Cast, service: Category, system: System, fields: dict[str, str], status: int, said: str
) -> None:
    for spelling in ("json", "xml"):
        answer = hand_in(cast, system, spelling, **fields)
        assert answer.status_code == status
        assert said in answer.content.decode()
    assert answer.content.startswith(b"<?xml")
    assert ElementTree.fromstring(answer.content).findtext("error/code") == str(status)
    with congress_scope(cast.congress):
        assert not Opinion.objects.exists()


def test_without_a_key_nothing_is_handed_in(cast: Cast, service: Category) -> None:
    assert hand_in(cast, None).status_code == 403
    assert hand_in(cast, system_of(cast, "office", "read")).status_code == 403
    assert hand_in(cast, System("openrenda_00_forged")).status_code == 403
    assert hand_in(cast, system_of(cast, "roads_clerk")).status_code == 403


def test_everybody_reads_what_is_published_and_no_name(cast: Cast, service: Category, system: System) -> None:
    pk = published(cast, system)
    hand_in(cast, system, description="还没有公开的一件。")
    (row,) = read(cast, "requests.json").json()
    assert (row["service_request_id"], row["status"], row["service_code"]) == (pk, "open", "801")
    assert row["description"] == "学府路小学门口斑马线磨损。"
    assert (row["address"], row["lat"], row["long"]) == (None, None, None)
    assert row["requested_datetime"].endswith("+08:00")
    answer = read(cast, f"requests/{pk}.xml")
    root = ElementTree.fromstring(answer.content)
    assert (root.tag, root.findtext("request/status")) == ("service_requests", "open")
    for private in ("王小明", "学府路12号", "孩子过马路"):
        assert private not in answer.content.decode()


def test_a_system_reads_what_it_handed_in_and_no_other_system_does(
    cast: Cast, service: Category, system: System
) -> None:
    pk = hand_in(cast, system).json()[0]["service_request_id"]
    assert read(cast, f"requests/{pk}.json").status_code == 404
    assert read(cast, f"requests/{pk}.json", system_of(cast, "street")).status_code == 404
    (row,) = read(cast, f"requests/{pk}.json", system).json()
    assert (row["description"], row["address"], row["lat"]) == (WORDS, "学府路12号", 30.123457)


def test_filters(cast: Cast, service: Category, system: System) -> None:
    pk = published(cast, system)
    tomorrow = (timezone.now() + timedelta(days=1)).isoformat()
    assert len(read(cast, "requests.json", service_code="801,8").json()) == 1
    assert read(cast, "requests.json", service_code="8").json() == []
    assert len(read(cast, "requests.json", status="open").json()) == 1
    assert read(cast, "requests.json", status="closed").json() == []
    assert read(cast, "requests.json", start_date=tomorrow, end_date=tomorrow).json() == []
    assert len(read(cast, "requests.json", service_request_id=f"{pk},nonsense").json()) == 1
    for wrong in ({"status": "maybe"}, {"start_date": "gestern"}, {"end_date": "2026-13-45T00:00:00Z"}):
        assert read(cast, "requests.json", **wrong).status_code == 400


def test_the_jurisdiction_is_named_and_a_key_of_another_congress_is_refused(
    cast: Cast, service: Category, system: System
) -> None:
    other = assemble("990202", name="别区")
    assert Client().get(f"{AT}/services.json").status_code == 400
    assert Client().get(f"{AT}/services.json", {"jurisdiction_id": "000000"}).status_code == 404
    assert [row["service_code"] for row in read(other, "services.json").json()] == ["01", "other"]
    assert read(other, "requests.json", system).status_code == 403
    pk = published(cast, system)
    assert read(other, f"requests/{pk}.json").status_code == 404


def test_queries_do_not_grow(cast: Cast, service: Category, system: System, django_assert_max_num_queries: Any) -> None:
    for number in range(4):
        hand_in(cast, system, description=f"第{number}件：路灯坏了。")
    with congress_scope(cast.congress):
        Opinion.objects.update(public_text="路灯坏了。")
        Matter.objects.update(public_since=timezone.localdate())
    with django_assert_max_num_queries(5):
        assert len(read(cast, "requests.json").json()) == 4


def test_discovery(cast: Cast) -> None:
    answer = Client().get("/open311/discovery.json").json()
    assert answer["endpoints"][0]["url"].endswith("/open311/v2")
    root = ElementTree.fromstring(Client().get("/open311/discovery.xml").content)
    assert [one.text for one in root.findall("endpoints/endpoint/formats/format")] == ["text/xml", "application/json"]
