"""The interface is held to GeoReport v2 field by field: the tables below are the specification's response tables, in its order.

https://wiki.open311.org/GeoReport_v2. The specification publishes no schema of its own. ``None`` stands for what "may not be returned" or may be
empty. JSON is the XML mapped by the Spark convention, so each answer is also compared with its other spelling.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from openrenda import docket, tickets
from openrenda.docket.models import Act, Matter
from openrenda.people.models import Category
from openrenda.tenancy import congress_scope
from tests.cast import Cast
from tests.mechanisms.opining import ANSWER, RATING, resident, said
from tests.mechanisms.stage import take

from .conftest import System
from .test_open311 import hand_in, published, read, service, system

__all__ = ["service", "system"]

Judge = Callable[[Any], bool]
W3_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
LONGEST_DESCRIPTION = 4000
HTTP_CREATED = 201


def words(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def moment(value: Any) -> bool:
    return isinstance(value, str) and bool(W3_MOMENT.fullmatch(value)) and parse_datetime(value) is not None


def one_of(*allowed: Any) -> Judge:
    return lambda value: value in allowed


def degrees(most: int) -> Judge:
    return lambda value: isinstance(value, float) and -most <= value <= most


def address(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(("http://", "https://"))


def description(value: Any) -> bool:
    return words(value) and len(value) <= LONGEST_DESCRIPTION and "<" not in value


# A field that must say something, and (empty) one that need not.
Fields = Mapping[str, tuple[Judge, bool]]
SERVICE: Fields = {
    "service_code": (words, False), "service_name": (words, False), "description": (description, True),
    "metadata": (one_of(True, False), False), "type": (one_of("realtime", "batch", "blackbox"), False),
    "keywords": (words, True), "group": (words, True),
}  # fmt: skip
DEFINITION: Fields = {"service_code": (words, False), "attributes": (lambda value: isinstance(value, list), False)}
RECEIPT: Fields = {"service_request_id": (words, False), "service_notice": (words, True), "account_id": (words, True)}
TOKEN: Fields = {"service_request_id": (words, False), "token": (words, False)}
REQUEST: Fields = {
    "service_request_id": (words, False), "status": (one_of("open", "closed"), False), "status_notes": (words, True),
    "service_name": (words, False), "service_code": (words, False), "description": (description, True),
    "agency_responsible": (words, True), "service_notice": (words, True), "requested_datetime": (moment, False),
    "updated_datetime": (moment, False), "expected_datetime": (moment, True), "address": (words, True),
    "address_id": (words, True), "zipcode": (words, True), "lat": (degrees(90), True), "long": (degrees(180), True),
    "media_url": (address, True),
}  # fmt: skip
ERROR: Fields = {"code": (lambda value: isinstance(value, int), False), "description": (words, False)}


def judge(row: Mapping[str, Any], fields: Fields) -> None:
    """Every field of the table and no other, each as the specification has it."""
    assert set(row) == set(fields)
    for name, (fits, may_be_empty) in fields.items():
        assert (row[name] is None and may_be_empty) or fits(row[name]), (name, row[name])


def spark(element: ElementTree.Element) -> Any:
    """The Spark convention: the root falls away, a plural holds its singulars, what is empty is null, everything else is text."""
    children = list(element)
    if children and all(
        child.tag == element.tag.removesuffix("s") or element.tag == "service_requests" for child in children
    ):
        return [spark(child) for child in children]
    if children:
        return {child.tag: spark(child) for child in children}
    return element.text or ([] if element.tag in ("attributes", "services", "service_requests") else None)


def as_text(value: Any) -> Any:
    """JSON as the XML would say it."""
    if isinstance(value, list):
        return [as_text(one) for one in value]
    if isinstance(value, dict):
        return {name: as_text(one) for name, one in value.items()}
    if value is None:
        return None
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def both(in_json: Any, in_xml: Any, root: str, status: int = 200) -> Any:
    """The JSON of an answer whose XML says the same, with the headers and the root that the specification prints."""
    assert (in_json.status_code, in_xml.status_code) == (status, status)
    assert in_json["Content-Type"] == "application/json; charset=utf-8"
    assert in_xml["Content-Type"] == "text/xml; charset=utf-8"
    assert re.match(rb"<\?xml version=.1\.0. encoding=.utf-8.\?>", in_xml.content)
    tree = ElementTree.fromstring(in_xml.content)
    assert tree.tag == root
    assert spark(tree) == as_text(in_json.json())
    return in_json.json()


def asked(cast: Cast, path: str, root: str, system: System | None = None, *, answered: int = 200, **query: str) -> Any:
    """What both spellings answer."""
    answers = [read(cast, f"{path}.{spelling}", system, **query) for spelling in ("json", "xml")]
    return both(*answers, root, answered)


def test_get_service_list(cast: Cast, service: Category) -> None:
    rows = asked(cast, "services", "services")
    assert len(rows) == 4
    for row in rows:
        judge(row, SERVICE)


def test_get_service_definition(cast: Cast, service: Category) -> None:
    """Of every service of the list."""
    for row in asked(cast, "services", "services"):
        judge(asked(cast, f"services/{row['service_code']}", "service_definition"), DEFINITION)


def test_post_service_request(cast: Cast, service: Category, system: System) -> None:
    """An id and no token, because services are ``realtime``; the same sent again in the other spelling says the same."""
    answers = [hand_in(cast, system, spelling) for spelling in ("json", "xml")]
    (row,) = both(*answers, "service_requests", HTTP_CREATED)
    judge(row, RECEIPT)


def test_post_of_a_service_that_is_no_field_of_concern(cast: Cast, service: Category, system: System) -> None:
    pk = hand_in(cast, system, service_code="other").json()[0]["service_request_id"]
    (row,) = asked(cast, f"requests/{pk}", "service_requests", system)
    assert (row["service_code"], row["service_name"]) == ("other", "其他")


def test_get_service_request_id_from_a_token(cast: Cast, service: Category, system: System) -> None:
    published(cast, system)
    with congress_scope(cast.congress):
        number = tickets.number_of(Matter.objects.get(procedure="opinion").pk)
    (row,) = asked(cast, f"tokens/{number}", "service_requests")
    judge(row, TOKEN)


def test_get_service_requests_public_and_own(cast: Cast, service: Category, system: System) -> None:
    pk = published(cast, system)
    own = hand_in(cast, system, description="还有一件。", media_url="https://example.org/a.jpg")
    rows = asked(cast, "requests", "service_requests", system)
    assert len(rows) == 2
    for row in rows:
        judge(row, REQUEST)
    (row,) = asked(cast, f"requests/{pk}", "service_requests")
    judge(row, REQUEST)
    assert own.status_code == HTTP_CREATED


def test_every_request_has_a_service_of_the_list(cast: Cast, service: Category) -> None:
    """What a resident says on the portal names no field of concern."""
    with congress_scope(cast.congress):
        matter = said(cast)
        take(cast, matter, "street", "sort", {"nature": "trouble", "level": "station"})
        take(cast, matter, "street", "publish", {"public_text": "路灯坏了。"})
    (row,) = asked(cast, "requests", "service_requests")
    judge(row, REQUEST)
    assert row["service_code"] in {one["service_code"] for one in asked(cast, "services", "services")}
    assert asked(cast, "requests", "service_requests", service_code="801") == []
    assert len(asked(cast, "requests", "service_requests", service_code="801,other")) == 1


def test_ids_override_all_other_arguments(cast: Cast, service: Category, system: System) -> None:
    pk = published(cast, system)
    query = {"service_request_id": pk, "status": "closed", "service_code": "8", "start_date": "2001-01-01T00:00:00Z"}
    assert len(asked(cast, "requests", "service_requests", **query)) == 1


def test_dates_are_meant_to_the_moment(cast: Cast, service: Category, system: System) -> None:
    """``requested_datetime`` lies between them, whatever day that is."""
    published(cast, system)
    requested = parse_datetime(asked(cast, "requests", "service_requests")[0]["requested_datetime"])
    assert requested is not None
    after, before = (requested + timedelta(seconds=step) for step in (2, -2))
    assert asked(cast, "requests", "service_requests", start_date=after.isoformat()) == []
    assert asked(cast, "requests", "service_requests", end_date=before.isoformat()) == []
    between = {"start_date": before.isoformat(), "end_date": after.isoformat()}
    assert len(asked(cast, "requests", "service_requests", **between)) == 1


def test_a_closed_request_was_updated_when_it_was_closed(cast: Cast, service: Category) -> None:
    """Whatever is noted afterwards."""
    with congress_scope(cast.congress):
        speaker = resident(cast)
        matter = said(cast, by=speaker)
        take(cast, matter, "street", "sort", {"nature": "trouble", "level": "station"})
        take(cast, matter, "street", "answer", ANSWER)
        closing = docket.act(Matter.objects.get(pk=matter.pk), "rate", by=speaker, data=RATING)
        take(cast, matter, "street", "publish", {"public_text": "路灯坏了。"})
        assert Act.objects.order_by("seq").last() != closing
    (row,) = asked(cast, "requests", "service_requests")
    judge(row, REQUEST)
    closed = timezone.localtime(closing.took_effect).isoformat(timespec="seconds")
    assert (row["status"], row["updated_datetime"]) == ("closed", closed)


def test_an_answer_with_personal_data_is_told_without_it(cast: Cast, service: Category) -> None:
    with congress_scope(cast.congress):
        matter = said(cast)
        take(cast, matter, "street", "sort", {"nature": "trouble", "level": "station"})
        take(cast, matter, "street", "answer", {"answer": "已联系您的手机13812345678。", "result": "solved"})
        take(cast, matter, "street", "publish", {"public_text": "路灯坏了。"})
    (row,) = asked(cast, "requests", "service_requests")
    assert "13812345678" not in row["status_notes"]


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("services/999", {}, 404),
        ("requests/0000", {}, 404),
        ("tokens/0000", {}, 404),
        ("requests", {"status": "maybe"}, 400),
        ("requests", {"jurisdiction_id": "000000"}, 404),
        ("services", {"jurisdiction_id": ""}, 200),
    ],
)
def test_errors_name_their_status(cast: Cast, service: Category, path: str, query: dict[str, str], status: int) -> None:
    rows = asked(cast, path, "errors" if status != 200 else "services", answered=status, **query)
    for row in rows if status != 200 else []:
        judge(row, ERROR)
        assert row["code"] == status


def test_a_missing_key_is_refused(cast: Cast, service: Category) -> None:
    answers = [hand_in(cast, None, spelling) for spelling in ("json", "xml")]
    for row in both(*answers, "errors", 403):
        judge(row, ERROR)


def test_discovery_names_both_spellings(cast: Cast) -> None:
    found = Client().get("/open311/discovery.json").json()
    assert [row["formats"] for row in found["endpoints"]] == [["text/xml", "application/json"]]
