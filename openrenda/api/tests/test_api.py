"""The API does what the pages do, for a system that sits in a seat."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from openrenda import docket
from openrenda.api.models import ApiToken
from openrenda.api.tokens import TokenRefused, make, revoke
from openrenda.docket.models import Act, Matter
from openrenda.people.models import Seat
from openrenda.tenancy import congress_scope
from tests.cast import REVIEW, SUBMIT, Cast, assemble, draft

from .conftest import System, system_of

PHONE = "13900001111"


def opened(cast: Cast, **changes: Any) -> Matter:
    with congress_scope(cast.congress):
        return docket.open_matter("suggestion", "propose", by=cast["chen"], data=draft(**changes)).matter


def received(cast: Cast, **changes: Any) -> Matter:
    matter = opened(cast, **changes)
    with congress_scope(cast.congress):
        docket.act(matter, "submit_to_street", by=cast["chen"], data=SUBMIT)
        docket.act(matter, "street_pass", by=cast["street"], data=REVIEW)
        docket.act(matter, "district_pass", by=cast["office"], data=REVIEW)
    return matter


def test_without_a_good_token_nothing_is_told(cast: Cast) -> None:
    good = system_of(cast, "office")
    for headers in ({}, {"Authorization": "Bearer "}, {"Authorization": "Bearer openrenda_xx_yy"},
                    {"Authorization": f"Bearer {good.token}x"}, {"Authorization": f"Basic {good.token}"}):  # fmt: skip
        answer = Client().get("/api/v1/matters", headers=headers)
        assert (answer.status_code, answer.json()["detail"]) == (401, "没有令牌，或者令牌已经失效。")


def test_a_token_ends_with_its_day_its_seat_and_when_it_is_taken_back(cast: Cast) -> None:
    office, leader, auditor = (system_of(cast, who) for who in ("office", "leader", "auditor"))
    with congress_scope(cast.congress):
        rows = {row.seat_id: row for row in ApiToken.objects.all()}
        revoke(rows[cast.seats["office"].pk])
        ApiToken.objects.filter(seat=cast.seats["leader"]).update(
            until=timezone.localdate() - datetime.timedelta(days=1)
        )
        Seat.objects.filter(pk=cast.seats["auditor"].pk).update(until=timezone.localdate() - datetime.timedelta(days=1))
    assert [system.get("/matters").status_code for system in (office, leader, auditor)] == [401, 401, 401]


def test_only_a_digest_of_the_token_is_kept(cast: Cast) -> None:
    secret = system_of(cast, "office").token.split("_", 2)[2]
    with congress_scope(cast.congress):
        row = ApiToken.objects.get()
        assert secret not in str(vars(row))
        with pytest.raises(TokenRefused, match="一年以内"):
            make(cast.seats["office"], "甲", ["read"], timezone.localdate() + datetime.timedelta(days=800))
        with pytest.raises(TokenRefused, match="权限"):
            make(cast.seats["office"], "甲", ["write"])


def test_a_token_that_may_read_may_not_act(cast: Cast) -> None:
    answer = system_of(cast, "chen", "read").post("/matters", {"procedure": "suggestion", "step": "propose"})
    assert answer.status_code == 403
    with congress_scope(cast.congress):
        assert not Matter.objects.exists()


def test_a_suggestion_is_raised_read_and_handed_over(cast: Cast) -> None:
    chen, street, office = (system_of(cast, who) for who in ("chen", "street", "office"))
    made = chen.post("/matters", {"procedure": "suggestion", "step": "propose", "data": draft(contact_phone=PHONE)})
    assert made.status_code == 201
    matter = made.json()["matter"]
    where = f"/matters/{matter['id']}"
    assert street.get(where).status_code == 404, "a draft is the deputy's own"
    steps = [(chen, "submit_to_street", SUBMIT), (street, "street_pass", REVIEW), (office, "district_pass", REVIEW)]
    for version, (system, step, data) in enumerate(steps, 1):
        answer = system.post(f"{where}/acts", {"step": step, "data": data, "seen": version})
        assert answer.status_code == 201, answer.json()
    item = office.get(where).json()
    assert (item["state"], item["version"], item["record"]["sponsor_name"]) == ("received", 4, "陈一鸣")
    assert [clock["key"] for clock in item["clocks"] if clock["stopped_on"] is None] != []
    assert "assign" in {offer["step"] for offer in item["offers"] if offer["live"]}
    fields = {row["name"]: row for row in office.get(f"{where}/steps/assign").json()["fields"]}
    assert {"value": str(cast.organs["roads"].pk), "label": "区交通运输局"} in fields["organ"]["choices"]
    acts = office.get(f"{where}/acts").json()
    assert [row["step"] for row in acts["acts"]] == ["propose", "submit_to_street", "street_pass", "district_pass"]
    assert acts["head"] == acts["acts"][-1]["hash"]
    assert "（chen的系统）" in acts["acts"][0]["office_name"]
    assert office.get("/inbox").json()["matters"][0]["id"] == matter["id"]


def test_sealed_values_are_never_shown(cast: Cast) -> None:
    matter = received(cast, contact_phone=PHONE)
    office = system_of(cast, "office")
    for path in ("", "/acts"):
        assert PHONE not in office.get(f"/matters/{matter.pk}{path}").content.decode()
    chen = system_of(cast, "chen")
    assert chen.get(f"/matters/{matter.pk}/acts").json()["acts"][0]["data"]["contact_phone"] == {"sealed": True}


def test_what_the_form_refuses_is_said_by_field(cast: Cast) -> None:
    chen = system_of(cast, "chen")
    refused = chen.post("/matters", {"procedure": "suggestion", "step": "propose", "data": {"title": ""}})
    assert refused.status_code == 422
    assert "title" in refused.json()["fields"]
    for data in ({"titel": "x"}, {"title": {"a": 1}}, {"title": ["x"]}):
        answer = chen.post("/matters", {"procedure": "suggestion", "step": "propose", "data": data})
        assert (answer.status_code, list(answer.json()["fields"])) == (422, list(data))
    assert chen.post("/matters", {"procedure": "nothing", "step": "propose"}).status_code == 422


def test_a_bar_answers_with_its_reasons_and_its_article(cast: Cast) -> None:
    matter = opened(cast, proposals="")
    answer = system_of(cast, "chen").post(
        f"/matters/{matter.pk}/acts", {"step": "submit_to_street", "data": SUBMIT, "seen": 1}
    )
    assert answer.status_code == 422
    assert "《" in answer.json()["reasons"][0]


def test_a_stale_version_is_answered_with_the_new_one(cast: Cast) -> None:
    matter = received(cast)
    answer = system_of(cast, "office").post(
        f"/matters/{matter.pk}/acts", {"step": "to_reference", "data": {"reason": "信访"}, "seen": 1}
    )
    assert (answer.status_code, answer.json()["version"], answer.json()["state"]) == (409, 4, "received")


def test_a_repeated_request_does_its_work_once(cast: Cast) -> None:
    chen = system_of(cast, "chen")
    body = {"procedure": "suggestion", "step": "propose", "data": draft()}
    first, second = (chen.post("/matters", body, key="the-same-key") for _ in range(2))
    assert first.json()["act"] == second.json()["act"]
    where = f"/matters/{first.json()['matter']['id']}/acts"
    step = {"step": "submit_to_street", "data": SUBMIT, "seen": 1}
    assert len({chen.post(where, step, key="another-key").json()["act"]["id"] for _ in range(2)}) == 1
    with congress_scope(cast.congress):
        assert Act.objects.count() == 2
    lin = system_of(cast, "lin").post("/matters", body, key="the-same-key")
    assert lin.json()["act"]["id"] != first.json()["act"]["id"], "keys of two people do not meet"


def test_nobody_can_judge_through_a_token(cast: Cast) -> None:
    """重庆市代表建议工作条例第二十九条: the deputy judges herself."""
    from openrenda.procedures.suggestion.tests.test_story import Story

    with congress_scope(cast.congress):
        matter = Story(cast).until_replied().matter
        version = Matter.objects.get(pk=matter.pk).version
    body = {"step": "judge", "data": {"attitude": "satisfied", "result": "satisfied"}, "seen": version}
    answer = system_of(cast, "chen").post(f"/matters/{matter.pk}/acts", body)
    assert (answer.status_code, answer.json()["detail"][:6]) == (403, "这一步须由本")


def test_the_clock_and_the_import_are_nobodys_steps(cast: Cast) -> None:
    matter = received(cast)
    office = system_of(cast, "office")
    for step in ("fall_silent", "hand_over", "open_sealed"):
        assert office.post(f"/matters/{matter.pk}/acts", {"step": step, "seen": 4}).status_code == 422
    opening = {"procedure": "suggestion", "step": "import_closed", "data": {"title": "x"}}
    assert office.post("/matters", opening).status_code == 422


def test_one_congress_never_sees_another(cast: Cast) -> None:
    matter = received(cast)
    stranger = system_of(assemble("990202", name="别区"), "office")
    assert stranger.get("/matters").json()["matters"] == []
    for path in ("", "/acts", "/files", "/steps/assign"):
        assert stranger.get(f"/matters/{matter.pk}{path}").status_code == 404
    assert stranger.post(f"/matters/{matter.pk}/acts", {"step": "to_reference", "seen": 4}).status_code == 404


def test_lists_page_by_key_and_filter(cast: Cast) -> None:
    made = [received(cast, title=f"第{number}件") for number in range(5)]
    office = system_of(cast, "office")
    found, cursor = [], None
    while True:
        page = office.get("/matters", procedure="suggestion", limit=2, **({"cursor": cursor} if cursor else {})).json()
        found += [row["id"] for row in page["matters"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert sorted(found) == sorted(str(matter.pk) for matter in made)
    assert office.get("/matters", state="closed").json()["matters"] == []
    tomorrow = (timezone.now() + datetime.timedelta(days=1)).isoformat()
    assert office.get("/matters", updated_since=tomorrow).json()["matters"] == []
    assert office.get("/matters", cursor="none-of-ours").status_code == 422


@pytest.mark.parametrize(
    ("path", "most"), [("/matters", 3), ("/inbox", 3), ("/matters/{0}?offers=false", 6), ("/matters/{0}", 9)]
)
def test_reading_costs_few_queries_whatever_there_is(cast: Cast, path: str, most: int) -> None:
    matter = [received(cast) for _ in range(3)][-1]
    office = system_of(cast, "office")
    office.get(path.format(matter.pk))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert office.get(path.format(matter.pk)).status_code == 200
    assert len(queries) <= most, [query["sql"][:120] for query in queries]


def test_taking_a_step_stays_within_its_budget(cast: Cast) -> None:
    matter = received(cast)
    office = system_of(cast, "office")
    office.get("/procedures")
    body = {"step": "assign", "data": {"organ": str(cast.organs["roads"].pk)}, "seen": 4}
    with CaptureQueriesContext(connection) as queries:
        assert office.post(f"/matters/{matter.pk}/acts", body).status_code == 201
    assert len(queries) <= 24, [query["sql"][:120] for query in queries]


def test_the_declarations_are_the_description(cast: Cast) -> None:
    office = system_of(cast, "office")
    keys = [row["key"] for row in office.get("/procedures").json()]
    table = office.get("/procedures/suggestion").json()
    assert "suggestion" in keys
    assign = next(step for step in table["steps"] if step["key"] == "assign")
    assert assign["from"] == ["received"]
    assert {field["name"]: field["kind"] for field in assign["fields"]} == {
        "organ": "id",
        "assisting": "ids",
        "note": "text",
    }
    assert office.get("/procedures/nothing").status_code == 404
    assert system_of(cast, "chen").get("/procedures/suggestion/opening/propose").status_code == 200


def test_figures_are_for_those_who_count(cast: Cast) -> None:
    received(cast)
    year = timezone.localdate().year
    figures = {
        row["key"]: row["part"] for row in system_of(cast, "office").get("/figures", year=year).json()["figures"]
    }
    assert figures["received"] == 1
    organ = system_of(cast, "roads_office").get("/figures", year=year).json()["figures"]
    assert {row["key"]: row["part"] for row in organ}["received"] == 0
    assert system_of(cast, "chen").get("/figures", year=year).status_code == 403


def test_a_system_without_a_body_or_with_a_broken_one_is_told_so(cast: Cast) -> None:
    office: System = system_of(cast, "office")
    headers = {**office.headers(), "Idempotency-Key": "request-1"}
    answer = office.client.post("/api/v1/matters", "{", content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()["detail"]) == (400, "请求的内容不是 JSON，没有办理。")
