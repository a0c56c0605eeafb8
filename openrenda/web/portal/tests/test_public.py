"""What the public sees, and what it never sees (SUG-15, SEC-04)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from openrenda.docket.models import Matter
from openrenda.tenancy import congress_scope
from openrenda.web.portal import codes, showing
from tests.cast import Cast, assemble

from .stage import CODE, OTHER, PROMISE, address, handled, not_satisfied, published, raised, replied, take

PHONE = "13812345678"
LIST = f"/c/{CODE}/suggestions/"


def body(client: Client, url: str, **query: Any) -> str:
    """The page's text."""
    answer = client.get(url, query)
    assert answer.status_code == 200, (url, answer.status_code)
    return answer.content.decode()


def test_a_published_suggestion_is_listed_and_shown(cast: Cast, client: Client) -> None:
    matter = published(cast)
    listed = body(client, LIST)
    assert matter.title in listed
    assert address(matter) in listed
    assert str(matter.pk) not in listed
    page = body(client, address(matter))
    for words in (matter.title, matter.number, "陈一鸣", "学府路小学门前", "设临时停靠区", "已设置临时停靠区", "A"):
        assert words in page, words


@pytest.mark.parametrize("how_far", [raised, lambda cast: handled(cast, raised(cast)), replied])
def test_drafts_and_what_is_not_yet_open_do_not_exist(cast: Cast, client: Client, how_far: Any) -> None:
    matter = how_far(cast)
    assert client.get(address(matter)).status_code == 404
    assert matter.title not in body(client, LIST)
    assert matter.title not in body(client, f"/c/{CODE}/")
    assert matter.title not in body(client, LIST, q="学府路").partition("</form>")[2]


def test_the_day_of_publication_opens_it_by_itself(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """SUG-15: open by default when the day comes, without anybody's act."""
    matter = replied(cast)
    assert matter.public_since > timezone.localdate()
    monkeypatch.setattr(showing.timezone, "localdate", lambda: matter.public_since)
    assert matter.title in body(client, LIST)
    assert client.get(address(matter)).status_code == 200


def test_secret_suggestions_never_appear(cast: Cast, client: Client) -> None:
    matter = replied(cast, keep_secret="on", title="关于保密事项的建议")
    Matter.objects.filter(pk=matter.pk).update(public_since=timezone.localdate() - timedelta(days=1))
    assert client.get(address(matter)).status_code == 404
    for url in (LIST, f"/c/{CODE}/", f"/c/{CODE}/figures/answered/"):
        assert "保密事项" not in body(client, url)
    assert "代表要求保密 1" in body(client, LIST)


def test_withheld_ones_are_counted_with_their_reason_and_not_named(cast: Cast, client: Client) -> None:
    matter = published(cast, title="关于某企业的建议")
    take(cast, matter, "office", "withhold", {"reason": "涉及商业秘密"})
    assert client.get(address(matter)).status_code == 404
    page = body(client, LIST)
    assert "某企业" not in page
    assert "涉及商业秘密 1" in page


def test_another_congress_has_no_such_suggestion(cast: Cast, client: Client) -> None:
    matter = published(cast)
    other = assemble(OTHER, name="邻区")
    assert client.get(address(matter, OTHER)).status_code == 404
    assert matter.title not in body(client, f"/c/{OTHER}/suggestions/")
    assert client.get("/c/000000/").status_code == 404
    with congress_scope(other.congress):
        theirs = published(other, title="关于邻区河道的建议")
    assert "邻区河道" not in body(client, LIST)
    assert client.get(address(theirs)).status_code == 404


def test_personal_data_are_hidden_everywhere(cast: Cast, client: Client) -> None:
    """SEC-04: telephones, identity numbers and addresses never reach the public."""
    matter = published(
        cast,
        {"done": f"已联系居民（{PHONE}）。", "contact_phone": "13900001111"},
        title=f"关于学府路的建议（联系{PHONE}）",
        background=f"居民王某，电话{PHONE}，身份证11010519491231002X。",
        contact_phone="13700000000",
    )
    for page in (body(client, LIST), body(client, address(matter)), body(client, LIST, q="学府路")):
        for secret in (PHONE, "11010519491231002X", "13900001111", "13700000000"):
            assert secret not in page


def test_the_office_s_own_telephone_is_shown(cast: Cast, client: Client) -> None:
    assert "027-87654321" in body(client, address(published(cast, {"contact_phone": "027-87654321"})))


def test_hidden_words_cannot_be_searched_for(cast: Cast, client: Client) -> None:
    matter = published(cast, background=f"电话{PHONE}")
    assert address(matter) not in body(client, LIST, q=PHONE)


def test_the_clerk_s_wording_stands_instead_of_the_draft(cast: Cast, client: Client) -> None:
    matter = replied(cast)
    take(cast, matter, "office", "publish", {"public_text": "核对后的公开文本。"})
    page = body(client, address(matter))
    assert "核对后的公开文本。" in page
    assert "家长接送车辆" not in page


@pytest.mark.parametrize(("mark", "words"), [("on_request", "依申请公开"), ("no", "不公开")])
def test_a_reply_not_marked_as_open_is_not_shown(cast: Cast, client: Client, mark: str, words: str) -> None:
    matter = published(cast, {**PROMISE, "disclosure": mark})
    page = body(client, address(matter))
    assert words in page
    assert "已设置临时停靠区" not in page
    assert "完成划线" not in page


def test_both_replies_with_promises_and_judgements(cast: Cast, client: Client) -> None:
    """SUG-13: the first reply stays beside the second; the deputy's reasons stay inside."""
    matter = published(cast, PROMISE)
    not_satisfied(cast, matter, {"done": "第二次已增设信号灯。"})
    take(cast, matter, "chen", "judge_second", {"attitude": "satisfied", "result": "basically"})
    page = body(client, address(matter))
    for words in ("暑期施工。", "第二次已增设信号灯。", "完成划线", "养护科", "不满意", "基本满意", "再次答复"):
        assert words in page, words
    assert "仍然拥堵" not in page


def test_a_drafted_second_reply_is_not_out_yet(cast: Cast, client: Client) -> None:
    matter = published(cast)
    no = {"attitude": "satisfied", "result": "dissatisfied", "reasons": "不行"}
    take(cast, matter, "chen", "reject", no)
    contact = {"way": "visit", "people": "双方", "summary": "现场", "held_on": timezone.localdate().isoformat()}
    take(cast, matter, "roads_clerk", "contact", contact)
    reply = {"result_class": "A", "done": "还在起草的话", "disclosure": "public"}
    take(cast, matter, "roads_clerk", "draft_second_reply", reply)
    page = body(client, address(matter))
    assert "还在起草的话" not in page
    assert "重新办理中" in page


def test_the_address_is_permanent_and_has_one_spelling(cast: Cast, client: Client) -> None:
    matter = published(cast)
    code = codes.code_of(matter.pk)
    answer = client.get(f"/c/{CODE}/suggestions/{code.upper()}/")
    assert answer.status_code == 302
    assert answer["Location"] == address(matter)
    not_satisfied(cast, matter)
    assert client.get(address(matter)).status_code == 200
    for nonsense in ("x", "0" * 26, "z" * 26, "suggestion"):
        assert client.get(f"/c/{CODE}/suggestions/{nonsense}/").status_code == 404


@pytest.mark.parametrize(
    "words",
    [
        "' OR 1=1 --",
        '") MATCH',
        "NEAR(a b)",
        "%",
        "_",
        "\x00",
        "*",
        "“",
        "<script>alert(1)</script>",
        "学" * 5000,
        "𠮷䶮🙂",
    ],
)
def test_any_words_may_be_searched_for(cast: Cast, client: Client, words: str) -> None:
    published(cast)
    page = body(client, LIST, q=words)
    assert "<script>alert" not in page
    body(client, f"/c/{CODE}/deputies/", q=words)


@pytest.mark.parametrize("name", ["year", "category", "organ", "class", "state", "after", "before"])
@pytest.mark.parametrize(
    "value", ["", "x", "9999", "-1", "20269999.zz", "20260101." + "0" * 26, "' --", "\x00", "²⁰²⁶"]
)
def test_any_filter_gives_a_page(cast: Cast, client: Client, name: str, value: str) -> None:
    body(client, LIST, **{name: value})


def test_search_marks_what_was_found(cast: Cast, client: Client) -> None:
    matter = published(cast)
    page = body(client, LIST, q="学府路")
    assert "<mark>学府路</mark>" in page
    assert address(matter) in page
    assert address(matter) not in body(client, LIST, q="游泳池")


def test_a_reply_is_searched_for_as_the_public_reads_it(cast: Cast, client: Client) -> None:
    shown = published(cast, {"done": f"已安装减速垄四道，经办人电话{PHONE}。"})
    page = body(client, LIST, q="减速垄")
    assert address(shown) in page
    assert "<mark>减速垄</mark>" in page
    assert PHONE not in page
    assert address(shown) not in body(client, LIST, q=PHONE)


def test_a_closed_reply_is_not_searched_for(cast: Cast, client: Client) -> None:
    closed = published(cast, {"done": "已安装减速垄四道。", "disclosure": "no"})
    assert address(closed) not in body(client, LIST, q="减速垄")
    assert address(closed) in body(client, LIST, q="学府路")


def test_filters_narrow(cast: Cast, client: Client) -> None:
    matter = published(cast, category=cast.category.pk)
    year = str(matter.opened_on.year)
    organ = str(cast.organs["roads"].pk)
    for query in (
        {"year": year},
        {"organ": organ},
        {"class": "A"},
        {"state": "answered"},
        {"category": cast.category.pk},
    ):
        assert address(matter) in body(client, LIST, **query), query
    parks = str(cast.organs["parks"].pk)
    for query in (
        {"year": "1999"},
        {"organ": parks},
        {"class": "C"},
        {"state": "closed"},
        {"q": "学府路", "class": "C"},
    ):
        assert address(matter) not in body(client, LIST, **query), query


def test_empty_pages_say_what_will_come(cast: Cast, client: Client) -> None:
    assert "还没有公开的建议" in body(client, f"/c/{CODE}/")
    assert "还没有公开的建议" in body(client, LIST)
    assert "没有找到" in body(client, LIST, q="学府路")


def test_figures_lead_to_lists_that_add_up(cast: Cast, client: Client) -> None:
    """Every number opens its list; what is not published is counted by why it is not."""
    published(cast)
    replied(cast, title="关于第二件事的建议")
    replied(cast, keep_secret="on", title="关于第三件事的建议")
    front = body(client, f"/c/{CODE}/")
    assert f"/c/{CODE}/figures/answered/" in front
    page = body(client, f"/c/{CODE}/figures/answered/")
    assert "其中已公开1件" in page
    assert "代表要求保密 1" in page
    assert "未到公开日期 1" in page
    assert "第二件事" not in page
    assert "第三件事" not in page
    assert client.get(f"/c/{CODE}/figures/satisfaction/").status_code == 404
