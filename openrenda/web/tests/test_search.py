"""The search page: one box over suggestions and replies, as far as the reader may see."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

import pytest
from django.utils import timezone

from openrenda.command import reindex as command
from openrenda.docket.models import Matter
from openrenda.procedures.apps import documents
from openrenda.procedures.suggestion.records import Suggestion
from openrenda.search import reindex
from openrenda.search.models import SearchDocument
from openrenda.tenancy import congress_scope
from openrenda.web.tests.stage import Way, seat, text
from tests.cast import REPLY, Cast, assemble

WHERE = "/search/"
SENT = "我局已在校门南侧安装减速垄四道，并增派协管员。"


@pytest.fixture
def replied(cast: Cast) -> Way:
    way = Way(cast).contacted()
    way.take("roads_clerk", "draft_reply", {**REPLY, "done": SENT})
    way.take("roads_head", "sign_reply")
    return way


def found(cast: Cast, who: str, **asked: Any) -> str:
    answer = seat(cast, who).get(WHERE, asked)
    assert answer.status_code == 200
    return text(answer)


def test_a_suggestion_is_found_by_its_reply_with_the_passage(cast: Cast, replied: Way) -> None:
    page = found(cast, "office", q="减速垄")
    assert f"/matters/{replied.pk}/" in page
    assert "<mark>减速垄</mark>" in page
    assert "答复" in page
    assert "区交通运输局" in page


def test_a_drafted_reply_is_not_found(cast: Cast) -> None:
    way = Way(cast).contacted()
    way.take("roads_clerk", "draft_reply", {**REPLY, "done": SENT})
    assert f"/matters/{way.pk}/" not in found(cast, "roads_clerk", q="减速垄")


def test_who_sees_what(cast: Cast, replied: Way) -> None:
    hidden_away = Way(cast, title="关于改善学府路西段的建议")
    submitted = Way(cast, title="关于改善学府路东段的建议").submitted()
    for who, sees in (("office", True), ("chen", True), ("lin", True), ("roads_clerk", True), ("leader", True)):
        page = found(cast, who, q="学府路")
        assert (f"/matters/{replied.pk}/" in page) is sees, who
        assert (f"/matters/{hidden_away.pk}/" in page) is False, who
        assert (f"/matters/{submitted.pk}/" in page) is (who in ("chen", "office")), who
    assert seat(cast, "registrar").get(WHERE).status_code == 404


def test_filters_narrow(cast: Cast, replied: Way) -> None:
    line = f"/matters/{replied.pk}/"
    year = replied.matter.opened_on.year
    roads, street = cast.organs["roads"].pk, cast.organs["street"].pk
    for asked, there in (
        ({"kind": "reply"}, True),
        ({"kind": "suggestion"}, False),
        ({"year": year}, True),
        ({"year": year - 1}, False),
        ({"state": "suggestion:replied"}, True),
        ({"state": "suggestion:closed"}, False),
        ({"organ": roads}, True),
        ({"organ": street}, False),
        ({"organ": "nonsense", "year": "²⁰²⁶", "state": "x", "kind": "'", "procedure": "bill"}, True),
    ):
        assert (line in found(cast, "office", q="减速垄", **asked)) is there, asked


def test_a_number_finds_its_matter_first(cast: Cast, replied: Way) -> None:
    number = replied.matter.number
    assert number
    page = found(cast, "office", q=number)
    assert f"/matters/{replied.pk}/" in page


@pytest.mark.parametrize(
    "words", ["", "  ", "\x00", "' OR 1=1 --", "<script>alert(1)</script>", "“", "学" * 5000, "𠮷䶮🙂"]
)
def test_any_words_give_a_page(cast: Cast, replied: Way, words: str) -> None:
    assert "<script>alert" not in found(cast, "office", q=words)


def test_nothing_of_another_congress(cast: Cast, replied: Way) -> None:
    other = assemble("990602", name="邻区")
    with congress_scope(other.congress):
        page = found(other, "office", q="减速垄")
    assert str(replied.pk) not in page


def test_leaders_read_the_public_wording_only(cast: Cast, replied: Way) -> None:
    Suggestion.objects.filter(matter=replied.pk).update(public_text="核对后的公开文本")
    page = found(cast, "leader", q="家长接送")
    assert f"/matters/{replied.pk}/" in page
    assert "<mark>" not in page
    assert "<mark>" in found(cast, "office", q="家长接送")


@pytest.mark.parametrize("who", ["office", "chen", "roads_clerk", "leader"])
def test_queries(cast: Cast, replied: Way, who: str, django_assert_max_num_queries: Any) -> None:
    client = seat(cast, who)
    client.get(WHERE, {"q": "学府路"})
    with django_assert_max_num_queries(10):
        client.get(WHERE, {"q": "学府路", "year": timezone.localdate().year, "kind": "suggestion"})
    with django_assert_max_num_queries(10):
        client.get(WHERE, {"q": replied.matter.number})


def test_twenty_and_more_on_demand(cast: Cast, replied: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        Way(cast, title=f"关于学府路第{number}处的建议").received()
    monkeypatch.setattr("openrenda.web.finding.FIRST_FOUND", 2)
    monkeypatch.setattr("openrenda.web.finding.MOST_FOUND", 3)
    page = found(cast, "office", q="学府路")
    assert page.count('class="row-link"') == 2
    assert "多列一些" in page
    page = found(cast, "office", q="学府路", more="1")
    assert page.count('class="row-link"') == 3
    assert "多列一些" not in page


def test_the_index_is_built_anew_with_the_replies(cast: Cast, replied: Way) -> None:
    Way(cast, title="还没有提交的草稿")
    before = {
        (row.subject, row.kind): (row.title, row.text, row.terms, row.public) for row in SearchDocument.objects.all()
    }
    assert {kind for _subject, kind in before} == {"suggestion", "reply"}
    SearchDocument.objects.all().delete()
    list(reindex(cast.congress, documents(cast.congress.pk), batch=1))
    after = {
        (row.subject, row.kind): (row.title, row.text, row.terms, row.public) for row in SearchDocument.objects.all()
    }
    assert after == before


def test_what_is_public_in_the_index_is_what_the_portal_shows(cast: Cast, replied: Way) -> None:
    def public() -> dict[str, bool]:
        return dict(SearchDocument.objects.filter(subject=replied.pk).values_list("kind", "public"))

    replied.take("office", "publish", {"public_text": ""})
    assert public() == {"suggestion": True, "reply": True}
    replied.take("office", "withhold", {"reason": "涉及商业秘密"})
    assert public() == {"suggestion": False, "reply": False}
    closed = Way(cast, title="关于城南路的建议").contacted()
    closed.take("roads_clerk", "draft_reply", {**REPLY, "done": SENT, "disclosure": "no"})
    closed.take("roads_head", "sign_reply")
    closed.take("office", "publish", {"public_text": ""})
    kinds = dict(SearchDocument.objects.filter(subject=closed.pk).values_list("kind", "public"))
    assert kinds == {"suggestion": True, "reply": False}
    assert Matter.objects.filter(pk=closed.pk, public_since__isnull=False).exists()


def test_the_command_builds_every_congress_anew(cast: Cast, replied: Way, capsys: pytest.CaptureFixture[str]) -> None:
    SearchDocument.objects.filter(kind="reply").delete()
    assert command.run(Namespace(congress=cast.congress.division_code, words_only=False)) == 0
    assert SearchDocument.objects.filter(kind="reply", subject=replied.pk).count() == 1
    assert "2" in capsys.readouterr().out
    assert command.run(Namespace(congress=None, words_only=True)) == 0
