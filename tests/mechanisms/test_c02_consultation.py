"""C02 公开征求意见及采纳反馈: announced, said by every way, answered one by one or several at once, told with a number, counted for everybody."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from openrenda import docket, tickets
from openrenda.docket.models import Act, Matter
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.docket.verify import verify_congress
from openrenda.figures.registry import figure
from openrenda.procedures.consultation_opinion.records import ConsultationOpinion
from openrenda.procedures.residents import OpinionContact, forget_contacts
from openrenda.web.portal import codes
from openrenda.web.portal.views import consultations as consultations_page
from openrenda.web.tests.stage import address, hidden, seat, text
from tests.cast import Cast

from .conftest import Wall
from .residents import send, this_year
from .stage import take

SAID = "停车场晚上也应当开放。附近居民下班以后没有地方停车。"
NAME, PHONE = "王桂兰", "13800138000"
HERE = "/c/990701/consultations/"


def announced(cast: Cast, days: int = 10, step: str = "announce", **more: Any) -> Matter:
    """A call that is open for some days."""
    today = timezone.localdate()
    data = {
        "title": "《停车场管理办法（草案）》公开征求意见", "text": "草案全文。", "opens_on": today.isoformat(),
        "closes_on": (today + timedelta(days=days)).isoformat(), "channels": ["portal", "phone", "called"], "reach": "电话 0000-12345",
    }  # fmt: skip
    return docket.open_matter("consultation", step, by=cast["office"], data={**data, **more}).matter


def at(call: Matter, *rest: str) -> str:
    """The public address of a call."""
    return HERE + "/".join((codes.code_of(call.pk), *rest)) + "/"


def opinions() -> list[Matter]:
    """All opinions, oldest first."""
    return list(Matter.objects.filter(procedure="consultation-opinion").order_by("id"))


def heard(cast: Cast, call: Matter, who: str = "station", **more: Any) -> Matter:
    """A clerk enters what was said on the telephone."""
    data = {
        "consultation": call.pk,
        "text": SAID,
        "channel": "phone",
        "source": "public",
        "heard_on": timezone.localdate().isoformat(),
    }
    return docket.open_matter("consultation-opinion", "enter", by=cast[who], data={**data, **more}).matter


def test_c02_1_a_consultation_has_subject_dates_and_channels_and_late_entries_are_kept_and_marked(
    cast: Cast, client: Client, wall: Wall
) -> None:
    """Must (1)."""
    call = announced(cast)
    page = text(client.get(at(call)))
    for words in (call.title, "草案全文", "网上代表之家、来电、来访", "电话 0000-12345", "正在征求意见"):
        assert words in page
    assert send(client, at(call, "say"), SAID).status_code == 302
    wall.pass_days(12)
    docket.run_clocks(cast.congress.pk)
    assert Matter.objects.get(pk=call.pk).state == "sorting"
    assert "征求期已经过了" in text(client.get(at(call, "say")))
    send(client, at(call, "say"), "我也赞成，只是晚了。", key="fedcba9876543210")
    assert [row.consultation_opinion.get().late for row in opinions()] == [False, True]
    assert "其中1件在截止日期以后提出" in text(client.get(at(call)))


def test_c02_1_it_opens_on_its_day_and_before_that_nobody_sees_it(cast: Cast, client: Client, wall: Wall) -> None:
    """Must (1)."""
    opens = (timezone.localdate() + timedelta(days=3)).isoformat()
    call = announced(cast, opens_on=opens)
    assert client.get(at(call)).status_code == 404
    with pytest.raises(Incomplete):
        heard(cast, call)
    wall.pass_days(3)
    assert client.get(at(call)).status_code == 200


def test_c02_1_keeping_it_open_longer_moves_the_day_and_takes_the_mark_back(cast: Cast, wall: Wall) -> None:
    """Must (1): what came in time by the new day is not late."""
    call = announced(cast, days=5)
    longer = {
        "text": "草案全文。",
        "channels": ["portal"],
        "reason": "应群众要求延期",
        "closes_on": (timezone.localdate() + timedelta(days=20)).isoformat(),
    }
    take(cast, call, "office", "change", longer)
    wall.pass_days(8)
    docket.run_clocks(cast.congress.pk)
    assert Matter.objects.get(pk=call.pk).state == "announced"
    assert not heard(cast, call).consultation_opinion.get().late
    wall.pass_days(14)
    docket.run_clocks(cast.congress.pk)
    row = heard(cast, call)
    assert row.consultation_opinion.get().late
    longer["closes_on"] = (timezone.localdate() + timedelta(days=9)).isoformat()
    take(cast, call, "office", "change", longer)
    assert Matter.objects.get(pk=call.pk).state == "announced"
    assert not row.consultation_opinion.get().late


def test_c02_2_none_is_left_open_when_it_closes(cast: Cast, wall: Wall) -> None:
    """Must (2): adopted, partly, not adopted with the reason, passed on; until then it cannot close."""
    call = announced(cast, days=1)
    rows = [heard(cast, call) for _ in range(4)]
    wall.pass_days(3)
    docket.run_clocks(cast.congress.pk)
    for row, outcome in zip(rows, ("adopted", "partly", "not_adopted", "passed_on"), strict=True):
        with pytest.raises(Refused) as refused:
            take(cast, call, "office", "close", {"summary": "感谢参与。"})
        assert "没有答复" in refused.value.reasons[0]
        organ = {"organ": cast.organs["roads"].pk} if outcome == "passed_on" else {}
        take(cast, row, "office", "decide", {"outcome": outcome, "answer": "经研究，答复如下。", **organ})
    take(cast, call, "office", "close", {"summary": "采纳一件。"})
    assert {row.state for row in opinions()} == {"answered"}
    with pytest.raises(Incomplete):
        heard(cast, call)


def test_c02_2_not_adopted_needs_a_reason_and_passed_on_needs_an_organ(cast: Cast) -> None:
    """Must (2)."""
    row = heard(cast, announced(cast))
    for data in ({"outcome": "not_adopted", "answer": ""}, {"outcome": "passed_on", "answer": "转办。"}):
        with pytest.raises(Incomplete):
            take(cast, row, "office", "decide", data)
    take(cast, row, "office", "decide", {"outcome": "passed_on", "answer": "转办。", "organ": cast.organs["roads"].pk})
    assert SAID in text(seat(cast, "roads_clerk").get(address(row)))
    assert seat(cast, "parks_clerk").get(address(row)).status_code == 404


def test_c02_2_several_alike_are_answered_at_once(cast: Cast) -> None:
    """Must (2): one answer, one act each; the same words are known again."""
    call = announced(cast)
    rows = [heard(cast, call) for _ in range(3)]
    assert [row.consultation_opinion.get().same_as_id is None for row in rows] == [True, False, False]
    office = seat(cast, "office")
    listed = text(office.get(f"/lists/consultation-opinion/?consultation={call.pk}"))
    assert listed.count(SAID[:9]) >= 3
    chosen = {"row": [str(row.pk) for row in rows]}
    page = office.post("/lists/consultation-opinion/batch/decide/", chosen)
    key = hidden(page)["key"]
    answer = {"outcome": "adopted", "answer": "三件意见合并采纳。", "take": "1", "key": key, **chosen}
    office.post("/lists/consultation-opinion/batch/decide/", answer)
    assert {row.consultation_opinion.get().answer for row in opinions()} == {"三件意见合并采纳。"}
    assert Act.objects.filter(step="decide").count() == 3


def test_c02_3_the_person_sees_the_answer_with_a_query_number_and_no_account(cast: Cast, client: Client) -> None:
    """Must (3): by the number the answer, by the link her own words too; sent twice it is one."""
    call = announced(cast)
    first = send(client, at(call, "say"), SAID, name=NAME, phone=PHONE)
    again = send(client, at(call, "say"), SAID, name=NAME, phone=PHONE)
    assert first.headers["Location"] == again.headers["Location"]
    row = opinions()[0]
    assert SAID in text(client.get(first.headers["Location"]))
    take(cast, row, "office", "decide", {"outcome": "not_adopted", "answer": "夜间没有管理人员，暂时不能开放。"})
    number = tickets.in_groups(tickets.number_of(row.pk)).lower()
    found = text(client.get("/c/990701/opinions/query/", {"number": number}, follow=True))
    assert "夜间没有管理人员" in found
    assert SAID[:9] not in found
    assert NAME not in text(client.get(first.headers["Location"]))


def test_c02_3_name_and_telephone_are_not_in_the_ledger_nor_are_the_words_and_both_can_go(
    cast: Cast, client: Client
) -> None:
    """Must (3), decision 0010."""
    call = announced(cast)
    mine = send(client, at(call, "say"), SAID, name=NAME, phone=PHONE).headers["Location"].partition("?")[0]
    row = opinions()[0]
    assert OpinionContact.objects.get(matter=row).phone == PHONE
    ledger = json.dumps([act.data for act in Act.objects.all()], ensure_ascii=False)
    assert not any(words in ledger for words in (PHONE, NAME, SAID))
    assert PHONE not in text(seat(cast, "office").get(address(row)))
    assert seat(cast, "chen").get(address(row)).status_code == 404
    client.post(f"{mine}erase_contact/")
    assert not OpinionContact.objects.exists()
    client.post(f"{mine}withdraw/")
    assert opinions()[0].state == "withdrawn"
    assert verify_congress(cast.congress) == []


def test_c02_3_what_comes_without_the_scripts_proof_is_looked_at_first_and_a_flood_is_told(
    cast: Cast, client: Client
) -> None:
    """Must (3): nobody is turned away for an old telephone."""
    call = announced(cast)
    assert client.post(at(call, "say"), {"text": SAID}).status_code == 302
    assert opinions()[0].state == "screened"
    assert "共收到0件意见" in text(client.get(at(call)))
    take(cast, opinions()[0], "office", "let_through")
    assert "共收到1件意见" in text(client.get(at(call)))
    answers = {send(client, at(call, "say"), SAID, key=f"{number:016d}").status_code for number in range(25)}
    assert answers == {302, 429}
    filled = client.post(at(call, "say"), {"text": SAID, "website": "x"})
    assert filled.status_code == 422


def test_c02_4_a_public_page_shows_numbers_by_outcome_without_personal_data(cast: Cast, client: Client) -> None:
    """Must (4): numbers, and nobody's words or name."""
    call = announced(cast)
    send(client, at(call, "say"), SAID, name=NAME, phone=PHONE)
    rows = [*opinions(), *(heard(cast, call, name=NAME, phone=PHONE) for _ in range(2))]
    take(cast, rows[0], "office", "decide", {"outcome": "adopted", "answer": "已写入第八条。"})
    take(cast, rows[1], "office", "decide", {"outcome": "not_adopted", "answer": "与上位法不一致。"})
    page = text(client.get(at(call)))
    assert "共收到3件意见" in page
    for label, count in (("采纳", 1), ("部分采纳", 0), ("不采纳，说明理由", 1), ("等待答复", 1), ("来电", 2)):
        assert f"<dt>{label}</dt><dd>{count}</dd>" in page
    assert not any(words in page for words in (SAID[:9], NAME, PHONE, "已写入第八条"))


def test_c02_4_a_public_page_asks_few_questions(cast: Cast, client: Client, django_assert_max_num_queries: Any) -> None:
    """Must (4): at most eight queries however many opinions there are."""
    call = announced(cast)
    for _ in range(6):
        heard(cast, call)
    for page in (at(call), HERE):
        with django_assert_max_num_queries(8):
            assert client.get(page).status_code == 200


def test_c02_5_calls_and_visits_stand_in_the_same_list_with_their_channel(cast: Cast, client: Client) -> None:
    """Must (5): the deputies' office sees all, whoever entered one sees hers; a deputy and a department send theirs from their seats."""
    call = announced(cast)
    send(client, at(call, "say"), SAID)
    heard(cast, call, "street", channel="called")
    heard(cast, call, "station", channel="phone")
    for who in ("chen", "roads_clerk"):
        docket.open_matter(
            "consultation-opinion", "send", by=cast[who], data={"consultation": call.pk, "text": f"{who}的意见"}
        )
    listed = text(seat(cast, "office").get("/lists/consultation-opinion/"))
    for channel in ("网上代表之家", "来访", "来电", "登录平台提交"):
        assert channel in listed
    sources = list(ConsultationOpinion.objects.order_by("id").values_list("channel", "source"))
    assert sources == [
        ("portal", "public"),
        ("called", "public"),
        ("phone", "public"),
        ("seated", "deputies"),
        ("seated", "departments"),
    ]
    assert docket.visible(cast["street"]).filter(procedure="consultation-opinion").count() == 2
    assert docket.visible(cast["chen"]).filter(procedure="consultation-opinion").count() == 1


def test_c02_5_whoever_enters_a_call_gets_the_number_for_the_person(cast: Cast, client: Client) -> None:
    """Must (5): the slip is shown on that day to whoever entered it."""
    row = heard(cast, announced(cast))
    number = tickets.in_groups(tickets.number_of(row.pk))
    assert number in text(seat(cast, "station").get(address(row)))
    assert number not in text(seat(cast, "office").get(address(row)))
    assert client.get(f"{HERE}number/{number}/").status_code == 200


def test_c02_figures_count_by_channel_and_outcome_with_their_evidence(cast: Cast, client: Client) -> None:
    """The figures behind “more than 500 opinions” (大足 2022)."""
    call = announced(cast)
    send(client, at(call, "say"), SAID)
    gone = heard(cast, call)
    rows = [opinions()[0], heard(cast, call), heard(cast, call)]
    take(cast, rows[0], "office", "decide", {"outcome": "partly", "answer": "部分采纳。"})
    take(cast, rows[1], "office", "decide", {"outcome": "adopted", "answer": "采纳。"})
    take(
        cast,
        rows[1],
        "office",
        "amend",
        {"outcome": "not_adopted", "answer": "重新研究后不采纳。", "reason": "与上位法不一致"},
    )
    link = tickets.link_of(gone.pk)
    client.post(f"{HERE}mine/{link}/withdraw/")
    assert this_year("consultations").part == 1
    assert this_year("consultation_opinions").part == 3
    assert this_year("consultation_not_adopted").part == 1
    rate = this_year("consultation_adopted")
    assert (rate.part, rate.whole, rate.excluded) == (1, 2, 1)
    assert figure("consultation_opinions").population.splits[0].key == "channel"


def test_c02_3_a_contact_is_forgotten_a_time_after_the_answer(cast: Cast, client: Client, wall: Wall) -> None:
    """Must (3): 个人信息保护法第十九条."""
    send(client, at(announced(cast), "say"), SAID, name=NAME, phone=PHONE)
    take(cast, opinions()[0], "office", "decide", {"outcome": "adopted", "answer": "采纳。"})
    wall.pass_days(10)
    assert forget_contacts(cast.congress.pk, timezone.localdate()) == 1
    assert not OpinionContact.objects.exists()
    assert forget_contacts(cast.congress.pk, timezone.localdate()) == 0


def test_c02_old_consultations_stay_within_reach_a_page_at_a_time(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consultations_page, "SHOWN", 2)
    for _number in range(5):
        announced(cast)
    seen, place = [], HERE
    while place:
        page = client.get(place).content.decode()
        seen += re.findall(r'class="row-link" href="([^"]+)"', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        place = f"{HERE}{following[1]}" if following else ""
    assert len(seen) == len(set(seen)) == 5
