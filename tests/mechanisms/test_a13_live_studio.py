"""A13 代表之声直播间: a broadcast with its questions; each is answered live, answered later or handed over; nobody's name is published."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from openrenda import docket, tickets
from openrenda.activities.broadcast_question import Asked, BroadcastQuestion
from openrenda.activities.record import PRESENT, Participant
from openrenda.docket.models import Act, Matter
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.procedures.opinion.records import Opinion
from openrenda.web.portal import codes
from openrenda.web.tests.stage import address, seat, text
from tests.cast import Cast, _sit

from .conftest import Wall
from .networking import a_station, a_street, street_of
from .residents import send, this_year
from .stage import chain, take

HERE = "/c/990701/broadcasts/"
ASKED = "我住三栋502的老李，社区食堂晚上能不能开？"
PUBLIC = "社区食堂晚上能不能开？"


def arranged(cast: Cast, days: int = 3, who: str = "street", **more: Any) -> Matter:
    """A broadcast of the street's studio."""
    day = timezone.localdate() + timedelta(days=days)
    data = {
        "street": cast.organs["street"].pk, "held_on": day.isoformat(), "starts_at": "19:30", "place": "青石街道直播间",
        "topic": "文化、养老和医疗", "deputies": [cast.mandates["chen"].pk, cast.mandates["lin"].pk], "watch_at": "https://example.org/live",
    }  # fmt: skip
    return docket.open_matter("broadcast", "arrange", by=cast[who], data={**data, **more}).matter


def held(cast: Cast, matter: Matter, wall: Wall) -> Matter:
    """On its day."""
    wall.pass_days(3)
    take(cast, matter, "street", "hold", {"deputies": [cast.mandates["chen"].pk], "record": "直播一小时，答复若干。"})
    return matter


def at(matter: Matter, *rest: str) -> str:
    """The public address of a broadcast."""
    return HERE + "/".join((codes.code_of(matter.pk), *rest)) + "/"


def asked(client: Client, matter: Matter, words: str = ASKED, key: str = "0123456789abcdef") -> Matter:
    """A resident asks beforehand."""
    made = send(client, at(matter, "ask"), words, key=key)
    assert made.status_code == 302
    link = made.headers["Location"].split("/")[-2]
    return BroadcastQuestion.objects.get(link_digest=tickets.digest(link)).matter


def answer(cast: Cast, **more: Any) -> dict[str, Any]:
    """What a deputy answered."""
    return {"deputy": cast.mandates["chen"].pk, "answer": "下月起开到晚上七点。", "public_text": PUBLIC, **more}


def test_a13_1_a_broadcast_has_date_street_deputies_topic_and_its_question_list(
    cast: Cast, client: Client, wall: Wall
) -> None:
    """Must (1): on the portal and on the page of the street; presence enters the duty files."""
    matter = arranged(cast)
    asked(client, matter)
    page = text(client.get(at(matter)))
    for words in ("文化、养老和医疗", "青石街道", "陈一鸣、林翀", "19:30", "https://example.org/live", "先提一个问题"):
        assert words in page
    assert ASKED[:6] in text(seat(cast, "street").get(address(matter)))
    held(cast, matter, wall)
    assert [row.name for row in Participant.objects.filter(attendance=PRESENT)] == ["陈一鸣"]
    assert client.get(at(matter, "ask")).status_code == 302
    take(
        cast,
        matter,
        "street",
        "amend",
        {"deputies": [cast.mandates["lin"].pk], "record": "林翀代表到场，前面登记有误。"},
    )
    assert [row.name for row in Participant.objects.filter(attendance=PRESENT)] == ["林翀"]
    assert "前面登记有误" in text(seat(cast, "street").get(address(matter)))
    assert matter.title in text(seat(cast, "office").get("/lists/broadcast/"))


def test_a13_1_deputies_may_change_before_it_is_held(cast: Cast, client: Client) -> None:
    """Must (1): whoever is named no longer is not shown."""
    matter = arranged(cast)
    day = (timezone.localdate() + timedelta(days=5)).isoformat()
    data = {
        "street": cast.organs["street"].pk,
        "held_on": day,
        "place": "青石街道直播间",
        "topic": "养老",
        "deputies": [cast.mandates["zhou"].pk],
    }
    take(cast, matter, "street", "change", data)
    page = text(client.get(at(matter)))
    assert "周䶮" in page
    assert "陈一鸣" not in page
    take(cast, matter, "street", "cancel", {"reason": "设备检修"})
    assert "已取消" in text(client.get(at(matter)))


def test_a13_2_each_question_ends_and_none_is_left_without_a_state(cast: Cast, client: Client, wall: Wall) -> None:
    """Must (2): answered live, answered later or handed over; until then the broadcast is not concluded."""
    matter = arranged(cast)
    rows = [asked(client, matter, f"{ASKED}{number}", key=f"{number:016d}") for number in range(3)]
    with pytest.raises(Refused):
        take(cast, rows[0], "street", "answer_live", answer(cast))
    held(cast, matter, wall)
    entered = {"broadcast": matter.pk, "text": "现场有人问：几点开始？"}
    rows.append(docket.open_matter("broadcast-question", "enter", by=cast["street"], data=entered).matter)
    steps = [
        ("street", "answer_live", answer(cast)),
        ("chen", "answer_later", answer(cast)),
        ("street", "hand", {"public_text": PUBLIC}),
    ]
    for row, (who, step, data) in zip(rows, [*steps, ("office", "answer_live", answer(cast))], strict=True):
        with pytest.raises(Refused) as refused:
            take(cast, matter, "street", "close")
        assert "没有答复也没有交办" in refused.value.reasons[0]
        take(cast, row, who, step, data)
    take(cast, matter, "street", "close")
    assert [Matter.objects.get(pk=row.pk).state for row in rows] == ["live", "later", "handed", "live"]
    with pytest.raises(Incomplete):
        docket.open_matter("broadcast-question", "enter", by=cast["street"], data=entered)


def test_a13_3_a_question_handed_over_links_to_its_matter(cast: Cast, client: Client) -> None:
    """Must (3): both ways, in the resident's words; she follows it from her own page."""
    matter = arranged(cast)
    row = asked(client, matter)
    take(cast, row, "street", "hand", {"public_text": PUBLIC})
    opinion = Opinion.objects.get()
    assert (opinion.text, opinion.channel, opinion.channel_words) == (ASKED, "live_studio", "直播间")
    assert opinion.street_id == cast.organs["street"].pk
    assert opinion.matter.origins.get().origin_id == row.pk
    assert address(opinion.matter) in {url for _words, url in chain(cast, row, "street")}
    assert address(row) in {url for _words, url in chain(cast, opinion.matter, "street")}
    mine = text(client.get(f"{HERE}mine/{tickets.link_of(row.pk)}/"))
    assert f"/opinions/mine/{tickets.link_of(opinion.matter_id)}/" in mine
    assert opinion.matter in docket.inbox(cast["street"])


def test_a13_4_viewers_names_are_not_asked_for_not_kept_and_not_published(
    cast: Cast, client: Client, wall: Wall
) -> None:
    """Must (4): the form has no name; everybody reads only the wording that was gone through."""
    matter = arranged(cast)
    row = asked(client, matter)
    assert not {"name", "phone"} & set(Asked.base_fields)
    page = text(client.get(at(matter, "ask")))
    assert 'name="name"' not in page
    assert 'name="phone"' not in page
    assert ASKED not in json.dumps([act.data for act in Act.objects.all()], ensure_ascii=False)
    held(cast, matter, wall)
    take(cast, row, "street", "answer_live", answer(cast))
    page = text(client.get(at(matter)))
    assert PUBLIC in page
    assert "下月起开到晚上七点。" in page
    assert "老李" not in page
    assert "502" not in page
    found = text(client.get("/c/990701/opinions/query/", {"number": tickets.number_of(row.pk)}, follow=True))
    assert "下月起开到晚上七点。" in found
    assert "老李" not in found


def test_a13_4_what_is_not_answered_yet_is_shown_to_nobody(cast: Cast, client: Client) -> None:
    """Must (4): nor to a deputy who does not take part."""
    row = asked(client, arranged(cast))
    assert ASKED[:6] not in text(client.get(at(row.broadcast_question.get().broadcast)))
    assert seat(cast, "zhou").get(address(row)).status_code == 404
    assert seat(cast, "chen").get(address(row)).status_code == 200
    assert seat(cast, "roads_clerk").get(address(row)).status_code == 404


def test_a13_the_public_pages_ask_few_questions(
    cast: Cast, client: Client, django_assert_max_num_queries: Any, wall: Wall
) -> None:
    """At most eight queries however many questions there are."""
    matter = arranged(cast)
    rows = [asked(client, matter, f"{ASKED}{number}", key=f"{number:016d}") for number in range(5)]
    held(cast, matter, wall)
    for row in rows:
        take(cast, row, "street", "answer_later", answer(cast))
    for page in (at(matter), HERE):
        with django_assert_max_num_queries(8):
            assert client.get(page).status_code == 200


def test_a13_figures(cast: Cast, client: Client, wall: Wall) -> None:
    """Broadcasts, and questions by their end."""
    matter = arranged(cast)
    rows = [asked(client, matter, f"{ASKED}{number}", key=f"{number:016d}") for number in range(4)]
    client.post(f"{HERE}mine/{tickets.link_of(rows[3].pk)}/withdraw/")
    held(cast, matter, wall)
    for row, step in zip(rows[:2], ("answer_live", "answer_later"), strict=True):
        take(cast, row, "street", step, answer(cast))
    take(cast, rows[2], "street", "hand", {"public_text": PUBLIC})
    counts = {
        key: this_year(key).part
        for key in ("broadcasts", "broadcast_questions", "broadcast_live", "broadcast_later", "broadcast_handed")
    }
    assert counts == {
        "broadcasts": 1,
        "broadcast_questions": 3,
        "broadcast_live": 1,
        "broadcast_later": 1,
        "broadcast_handed": 1,
    }
    assert BroadcastQuestion.objects.filter(beforehand=True).count() == 4


def test_a13_1_the_clerk_of_a_station_arranges_one_in_the_studio_of_her_street(cast: Cast) -> None:
    """Must (1): and keeps it; another street's studio is not offered to her."""
    station = a_station(street_of(cast))
    _sit(cast, "clerk", "station_clerk", "station", station.pk, "第一联络站工作人员")
    matter = arranged(cast, 0, "clerk")
    take(cast, matter, "clerk", "hold", {"deputies": [cast.mandates["chen"].pk], "record": "直播一小时。"})
    with pytest.raises(Incomplete):
        arranged(cast, 0, "clerk", street=a_street(2).pk)
