"""A14 掌上直通车: a resident and one deputy write to each other, at any hour, and nobody else reads it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from openrenda import docket, tickets
from openrenda.channels.delivery import deliver
from openrenda.channels.models import Notice
from openrenda.docket.models import Act, Matter
from openrenda.docket.verify import verify_congress
from openrenda.people.stations import seat_deputy
from openrenda.procedures.opinion.records import Opinion
from openrenda.procedures.palm_express.keeping import forget_conversations
from openrenda.procedures.palm_express.records import Conversation, DirectMessage
from openrenda.web.portal import codes
from openrenda.web.tests.stage import address, seat, text
from tests.cast import Cast
from tests.matrix import examples
from tests.matrix.census import WHO

from .conftest import Wall
from .networking import a_station, street_of
from .residents import send, this_year
from .stage import take

HERE = "/c/990701/express/"
SAID = "我家孩子上学的路口没有红绿灯，想单独跟代表说说。"
ANSWER = "明天下午我到路口看看，再给您回话。"
TITLE = "群众留言（3月2日09:00）"


def written(cast: Cast, client: Client, who: str = "chen", words: str = SAID, key: str = "0123456789abcdef") -> Matter:
    """A resident writes to a deputy."""
    made = send(client, HERE, words, key=key, deputy=codes.code_of(cast.mandates[who].pk))
    assert made.status_code == 302, text(made)
    return Matter.objects.filter(procedure="palm-express").order_by("-id")[0]


def mine(matter: Matter, step: str = "") -> str:
    """The resident's own address."""
    return f"{HERE}mine/{tickets.link_of(matter.pk)}/" + (f"{step}/" if step else "")


def now(matter: Matter) -> Matter:
    """As it is now."""
    return Matter.objects.get(pk=matter.pk)


def test_a14_1_a_message_at_any_hour_is_stored_and_receipted_at_once_and_the_deputy_is_alerted(
    cast: Cast, client: Client, wall: Wall
) -> None:
    """Must (1): at three in the night of a Sunday; sent twice it is one."""
    wall.clock.move_to(timezone.make_aware(datetime(2026, 3, 8, 3, 7)))  # noqa: DTZ001
    matter = written(cast, client)
    assert written(cast, client) == matter
    receipt = text(client.get(f"{mine(matter)}?sent=1"))
    for words in ("送到了", tickets.in_groups(tickets.number_of(matter.pk)), "2026-03-08 03:07", SAID, "最迟答复"):
        assert words in receipt
    deliver(cast.congress)
    told = Notice.objects.get(account=cast["chen"].account)
    assert told.matter_id == matter.pk
    assert matter in docket.inbox(cast["chen"])


def test_a14_1_whoever_does_not_know_a_deputy_is_given_one_of_her_street(cast: Cast, client: Client) -> None:
    """Must (1), “picks or is given a deputy”: whoever has the fewest waiting."""
    street = str(street_of(cast).pk)
    for number in range(2):
        assert send(client, HERE, SAID, key=f"{number:016d}", street=street).status_code == 302
    assert len(set(Conversation.objects.values_list("deputy", flat=True))) == 2
    assert "请选您住的街道" in text(send(client, HERE, SAID, key="f" * 16))


def test_a14_2_only_the_resident_the_deputy_and_the_auditor_see_it(cast: Cast, client: Client) -> None:
    """Must (2): every other seat gets 404, and no list, page, search or figure of theirs has a word of it."""
    examples.add_people("party-group-meeting", cast)
    matter = written(cast, client)
    take(cast, matter, "chen", "answer", {"text": ANSWER})
    for kind, who in WHO.items():
        allowed = kind in ("deputy", "audit_admin")
        page = seat(cast, who).get(address(matter))
        assert page.status_code == (200 if allowed else 404), who
        assert (SAID in text(page)) == allowed
        assert (now(matter) in docket.visible(cast[who])) == allowed
    assert seat(cast, "lin").get(address(matter)).status_code == 404
    for path in ("/lists/palm-express/", "/", "/lists/", "/figures/conversations/"):
        page = text(seat(cast, "office").get(path))
        assert SAID[:6] not in page
        assert matter.title not in page


def test_a14_2_the_words_are_neither_in_the_ledger_nor_in_the_clear_in_the_database(cast: Cast, client: Client) -> None:
    """Must (2), decision 0010; who has the number alone reads no words either."""
    matter = written(cast, client)
    take(cast, matter, "chen", "answer", {"text": ANSWER})
    ledger = json.dumps([act.data for act in Act.objects.all()], ensure_ascii=False)
    assert not any(words in ledger for words in (SAID[:6], ANSWER[:6]))
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM procedures_directmessage")
        assert not any(SAID[:6] in row[0] or ANSWER[:6] in row[0] for row in cursor.fetchall())
    number = tickets.in_groups(tickets.number_of(matter.pk))
    found = text(client.get("/c/990701/opinions/query/", {"number": number}, follow=True))
    assert "代表已答复" in found
    assert SAID[:6] not in found
    assert ANSWER[:6] not in found


def test_a14_2_she_erases_what_was_written_and_the_ledger_still_verifies(cast: Cast, client: Client) -> None:
    """Must (2): 个人信息保护法第四十七条."""
    matter = written(cast, client)
    client.post(mine(matter, "erase"))
    assert not DirectMessage.objects.exists()
    assert "内容已经删除" in text(client.get(mine(matter)))
    assert now(matter).state == "closed"
    assert verify_congress(cast.congress) == []


def test_a14_3_the_deputy_turns_it_into_a_matter_with_one_act_that_keeps_the_text(cast: Cast, client: Client) -> None:
    """Must (3): the same words, led back to, and the resident follows it from her own page."""
    station = a_station(street_of(cast))
    seat_deputy(station, cast.mandates["chen"], since=timezone.localdate())
    matter = written(cast, client)
    message = DirectMessage.objects.get()
    before = Act.objects.filter(matter=matter).count()
    take(cast, matter, "chen", "hand", {"message": message.pk, "text": "已请站点去办。"})
    assert Act.objects.filter(matter=matter).count() == before + 1
    opinion = Opinion.objects.get()
    assert (opinion.text, opinion.channel, opinion.channel_words) == (SAID, "express", "掌上直通车")
    assert (opinion.deputy_id, opinion.station_id) == (cast.mandates["chen"].pk, station.pk)
    assert opinion.matter.origins.get().origin_id == matter.pk
    shown = text(client.get(mine(matter)))
    assert "已请站点去办。" in shown
    assert f"/opinions/mine/{tickets.link_of(opinion.matter_id)}/" in shown
    followed = text(client.get(f"/c/990701/opinions/mine/{tickets.link_of(opinion.matter_id)}/"))
    assert SAID in followed
    assert text(seat(cast, "street").get(address(opinion.matter))).count(SAID) >= 1
    assert seat(cast, "street").get(address(matter)).status_code == 404


def test_a14_4_the_waiting_time_to_the_first_answer_is_measured_and_shown(
    cast: Cast, client: Client, wall: Wall
) -> None:
    """Must (4): to the resident, to the deputy, and as a mean that names nobody."""
    matter = written(cast, client)
    assert "还没有答复" in text(seat(cast, "chen").get(address(matter)))
    wall.clock.shift(timedelta(hours=5, minutes=20))
    take(cast, matter, "chen", "answer", {"text": ANSWER})
    wall.clock.shift(timedelta(hours=2))
    take(cast, matter, "chen", "say_more", {"text": "已经约好交管所。"})
    assert Conversation.objects.get().waited_minutes == 320
    assert "5小时" in text(client.get(mine(matter)))
    assert "5小时" in text(seat(cast, "chen").get(address(matter)))
    assert "首次答复平均等待5小时" in text(client.get(HERE))
    mean = this_year("conversations_waited")
    assert (mean.part, mean.total) == (1, 320)
    assert this_year("conversations").part == this_year("conversations_answered").part == 1
    assert this_year("conversations_in_time").rate == "100.00%"


def test_a14_4_both_go_on_writing(cast: Cast, client: Client, wall: Wall) -> None:
    """Must (4), a conversation: the resident through her link, the deputy from her seat; each further question has its own time."""
    matter = written(cast, client)
    wall.clock.shift(60)
    client.post(mine(matter, "add"), {"text": "就在学府路。"})
    wall.clock.shift(60)
    take(cast, matter, "chen", "answer", {"text": ANSWER})
    wall.clock.shift(60)
    client.post(mine(matter, "write_again"), {"text": "看了以后怎么样？"})
    assert now(matter).state == "waiting"
    wall.clock.shift(60)
    take(cast, matter, "chen", "answer", {"text": "下周装信号灯。"})
    client.post(mine(matter, "close"))
    assert now(matter).state == "closed"
    assert client.post(mine(matter, "write_again"), {"text": ""}).status_code == 422
    wall.clock.shift(60)
    client.post(mine(matter, "write_again"), {"text": "装好了，谢谢。"})
    shown = text(client.get(mine(matter)))
    for words in (SAID, "就在学府路。", ANSWER, "看了以后怎么样？", "下周装信号灯。", "装好了，谢谢。"):
        assert words in shown
    assert [row.by for row in DirectMessage.objects.order_by("id")] == [
        "resident",
        "resident",
        "deputy",
        "resident",
        "deputy",
        "resident",
    ]


def test_a14_5_unanswered_past_the_limit_goes_to_the_street_station(cast: Cast, client: Client, wall: Wall) -> None:
    """Must (5): by the clock, in the resident's words; the conversation itself stays closed to the station, and the deputy may still answer."""
    station = a_station(street_of(cast))
    seat_deputy(station, cast.mandates["chen"], since=timezone.localdate())
    matter = written(cast, client)
    wall.clock.shift(60)
    client.post(mine(matter, "add"), {"text": "请尽快。"})
    wall.pass_days(2)
    docket.run_clocks(cast.congress.pk)
    assert now(matter).state == "waiting"
    wall.pass_days(5)
    docket.run_clocks(cast.congress.pk)
    docket.run_clocks(cast.congress.pk)
    assert now(matter).state == "passed"
    opinion = Opinion.objects.get()
    assert opinion.text == f"{SAID}\n请尽快。"
    assert opinion.matter.parties.filter(role="keeper", holder=station.pk).exists()
    assert opinion.matter in docket.inbox(cast["station"])
    assert now(matter) not in docket.visible(cast["station"])
    assert "已转站点" in text(client.get(mine(matter)))
    assert this_year("conversations_passed_on").part == 1
    take(cast, matter, "chen", "answer", {"text": ANSWER})
    assert this_year("conversations_in_time").part == 0


def test_a14_5_the_resident_is_told_before_she_writes_and_the_promised_time_comes_from_the_rules(
    cast: Cast, client: Client
) -> None:
    """Must (5): the limit stands in the rulebook and on the page."""
    page = text(client.get(f"{HERE}?deputy={codes.code_of(cast.mandates['chen'].pk)}"))
    assert "3个工作日内答复您" in page.replace(" ", "")
    assert "站点和街道会看到原话" in page
    assert "给陈一鸣代表留言" in page


def test_a14_5_it_closes_by_itself_when_nothing_is_written_for_long(cast: Cast, client: Client, wall: Wall) -> None:
    """Must (5): nothing waits for ever."""
    matter = written(cast, client)
    take(cast, matter, "chen", "answer", {"text": ANSWER})
    wall.pass_days(32)
    docket.run_clocks(cast.congress.pk)
    assert now(matter).state == "closed"


@pytest.mark.parametrize("step", ["answer", "hand", "say_more", "pass_on"])
def test_a14_nobody_answers_for_the_deputy(cast: Cast, client: Client, step: str) -> None:
    """What is the deputy's or the clock's cannot be taken with the link."""
    matter = written(cast, client)
    assert client.post(mine(matter, step), {"text": "冒充"}).status_code == 404


def test_a14_2_the_words_go_a_time_after_it_is_over(cast: Cast, client: Client, wall: Wall) -> None:
    """Must (2): 个人信息保护法第十九条."""
    matter = written(cast, client)
    take(cast, matter, "chen", "answer", {"text": ANSWER})
    client.post(mine(matter, "close"))
    wall.pass_days(400)
    assert forget_conversations(cast.congress.pk, timezone.localdate()) == 1
    assert not DirectMessage.objects.exists()
    assert forget_conversations(cast.congress.pk, timezone.localdate()) == 0
