"""Every page for every role: what it shows, to whom it does not exist, and what it costs."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from openrenda.docket.models import Act, Matter, RunningClock
from openrenda.tenancy import congress_scope
from openrenda.web import waiting
from openrenda.web.tests.stage import Way, address, hidden, seat, text
from tests.cast import SUBMIT, Cast, assemble

MATTER_PAGE_QUERIES = 15
STEP_POST_QUERIES = 15
LIST_QUERIES = 6
HOME_QUERIES = 12
STAFF = (
    "office",
    "government",
    "street",
    "roads_office",
    "roads_clerk",
    "roads_head",
    "roads_chief",
    "leader",
    "auditor",
)


def counted(work: Callable[[], object], most: int) -> None:
    """Fails, with the statements, when the work asks the database more often than allowed."""
    with CaptureQueriesContext(connection) as asked:
        work()
    statements = [query["sql"][:160] for query in asked.captured_queries if "SAVEPOINT" not in query["sql"]]
    assert len(statements) <= most, "\n".join([f"{len(statements)} queries", *statements])


def warmed(client: Client, url: str) -> None:
    """The rulebook and the words of the forms are read once a process."""
    assert client.get(url).status_code == 200


# Home


@pytest.mark.parametrize("who", ["chen", *STAFF])
def test_home_opens_for_every_seat(cast: Cast, who: str) -> None:
    Way(cast).handling()
    answer = seat(cast, who).get("/")
    assert answer.status_code == 200
    assert text(answer).count("<h1") == 1


def test_home_says_what_waits_and_for_what(cast: Cast) -> None:
    Way(cast, title="关于路灯的建议").received()
    page = text(seat(cast, "office").get("/"))
    assert "关于路灯的建议" in page
    assert "交办" in page
    assert "关于路灯的建议" not in text(seat(cast, "parks_clerk").get("/"))


def test_a_deputy_s_home_has_three_cards(cast: Cast) -> None:
    Way(cast).replied()
    page = text(seat(cast, "chen").get("/"))
    for words in ("等我办", "新进展", "日程", "签发答复"):
        assert words in page


def test_home_costs_few_queries(cast: Cast) -> None:
    for _number in range(3):
        Way(cast).handling()
    for who in ("chen", "office", "roads_clerk"):
        client = seat(cast, who)
        warmed(client, "/")
        counted(lambda client=client: client.get("/"), HOME_QUERIES)


def test_nobody_is_sent_to_sign_in_and_back(db: None) -> None:
    answer = Client().get("/lists/suggestion/?state=draft")
    assert answer["Location"].startswith("/sign-in/?next=%2Flists%2Fsuggestion%2F")


# Matter page


@pytest.mark.parametrize("who", ["chen", *STAFF])
def test_the_matter_page_shows_its_regions(cast: Cast, who: str) -> None:
    way = Way(cast).judged()
    page = text(seat(cast, who).get(address(way.matter)))
    for words in (
        way.matter.title,
        way.matter.number,
        "您可以办",
        "期限",
        "来龙去脉",
        "代表和单位",
        "文件",
        "办理记录",
    ):
        assert words in page


def test_a_dead_button_says_why_and_under_which_article(cast: Cast) -> None:
    """代表法第五十一条第二款: contact before the reply."""
    way = Way(cast).handling()
    page = text(seat(cast, "roads_clerk").get(address(way.matter)))
    assert re.search(r'aria-disabled="true"[^>]*>拟写答复', page)
    assert "答复前应当与代表联系沟通" in page
    assert "第五十一条" in page


def test_a_draft_does_not_exist_for_others(cast: Cast) -> None:
    way = Way(cast)
    assert seat(cast, "chen").get(address(way.matter)).status_code == 200
    for who in ("lin", "office", "roads_clerk", "leader", "registrar"):
        assert seat(cast, who).get(address(way.matter)).status_code == 404
        assert seat(cast, who).get(address(way.matter, "revise")).status_code == 404
        assert seat(cast, who).post(address(way.matter, "revise"), {"seen": 1}).status_code == 404


def test_another_congress_s_matter_does_not_exist(cast: Cast) -> None:
    matter = Way(cast).received().matter
    other = assemble("990102", name="邻区")
    with congress_scope(other.congress):
        for who in ("chen", "office", "leader"):
            client = seat(other, who)
            for url in (address(matter), address(matter, "assign")):
                assert client.get(url).status_code == 404
            assert matter.title not in text(client.get("/lists/suggestion/"))


def test_an_unsigned_reply_is_read_inside_the_organ_only(cast: Cast) -> None:
    way = Way(cast).drafted()
    words = "已设置临时停靠区并调整配时"
    for who, reads in (
        ("roads_clerk", True),
        ("roads_head", True),
        ("chen", False),
        ("office", False),
        ("leader", False),
    ):
        assert (words in text(seat(cast, who).get(address(way.matter)))) is reads, who
    way.take("roads_head", "sign_reply")
    assert words in text(seat(cast, "chen").get(address(way.matter)))


def test_a_cosigner_finds_what_she_may_still_judge_on_her_home_page(cast: Cast) -> None:
    """SUG-12: asked without a day, before and after the lead deputy has judged, and no longer once she judged herself."""
    way = Way(cast)
    way.take("chen", "invite", {"deputies": [cast.mandates["lin"].pk]})
    way.take("lin", "cosign", {"own_will": "on"})
    way.judged()
    RunningClock.objects.update(due_on=timezone.localdate() - timedelta(days=3))
    Matter.objects.update(due_on=timezone.localdate() - timedelta(days=3))
    client = seat(cast, "lin")
    home = text(client.get("/"))
    assert "还可以办：联名代表评价" in home
    assert "超期" not in home.split("还可以办")[1].split("</section>")[0]
    assert way.matter.title in text(client.get("/lists/suggestion/?view=invited"))
    assert "view=invited" not in text(seat(cast, "office").get("/lists/suggestion/"))
    form = client.get(address(way.matter, "cosigner_judge"))
    client.post(address(way.matter, "cosigner_judge"), {**hidden(form), "attitude": "satisfied", "result": "basically"})
    assert "还可以办" not in text(client.get("/"))
    assert way.matter.judgements.filter(lead=False).count() == 1


def test_the_matter_page_costs_the_same_whatever_its_history(cast: Cast) -> None:
    way = Way(cast)
    for number in range(12):
        way.take("chen", "revise", {"title": f"关于第{number}稿的建议", "background": "情况", "proposals": "建议"})
    way.judged()
    for who in ("chen", "office", "roads_clerk"):
        client = seat(cast, who)
        warmed(client, address(way.matter))
        counted(lambda client=client: client.get(address(way.matter)), MATTER_PAGE_QUERIES)


# Taking a step


def test_a_step_is_taken_from_its_page(cast: Cast) -> None:
    way = Way(cast)
    client = seat(cast, "chen")
    form = client.get(address(way.matter, "submit_to_street"))
    answer = client.post(address(way.matter, "submit_to_street"), {**hidden(form), **SUBMIT})
    assert answer.status_code == 302
    assert way.matter.state == "street_review"
    assert "街道阅看" in text(client.get(answer["Location"]))


@pytest.mark.parametrize(
    ("who", "step", "data"),
    [
        ("roads_clerk", "contact", {"way": "visit", "held_on": "2024-03-01", "people": "双方", "summary": "看了现场"}),
        ("roads_office", "request_extension", {"reason": "需要协调管线单位"}),
        ("roads_office", "decline", {"reason": "不属于本单位职责"}),
    ],
)
def test_taking_a_step_costs_few_queries(cast: Cast, who: str, step: str, data: dict[str, str]) -> None:
    """Opening and closing the transaction are no questions to the database."""
    url = address(Way(cast).handling().matter, step)
    client = seat(cast, who)
    typed = {**hidden(client.get(url)), **data}
    counted(lambda: client.post(url, typed), STEP_POST_QUERIES)
    assert Act.objects.filter(step=step).count() == 1


@pytest.mark.parametrize(
    ("count", "full", "words"), [(3, False, "3"), (3, True, "3+"), (999, False, "999"), (1000, True, "999+")]
)
def test_counts_stop_at_a_thousand(count: int, full: bool, words: str) -> None:
    """An inbox is read up to a thousand rows and never counted."""
    assert waiting.capped(count, full) == words
