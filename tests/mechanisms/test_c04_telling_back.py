"""C04 群众诉求分级分类交办, A15 码上办: what came of a suggestion is told to the resident from whose words it was raised, and to those who joined."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from openrenda import docket, tickets
from openrenda.docket import spreading
from openrenda.docket.actor import Actor
from openrenda.docket.language import SPREADS
from openrenda.docket.models import Act, Matter, OutboxEntry
from openrenda.docket.refusals import Refused
from openrenda.docket.spreading import spread
from openrenda.docket.verify import verify_congress
from openrenda.procedures.telling_back import AT_ONCE
from openrenda.web.tests.stage import Way, address, text
from openrenda.worker.rounds import deliver_outboxes
from tests.cast import CONTACT, REPLY, Cast

from .opining import RATING, resident, said, topic
from .stage import chain, page, replied, take

WITH_PHONE = {**REPLY, "done": "已设置临时停靠区，居民王某的电话是13812345678。"}
SECOND = {**REPLY, "done": "又加了一处信号灯。"}
SIGNING = 60
NOT_SATISFIED = {"attitude": "satisfied", "result": "dissatisfied", "reasons": "仍然拥堵"}
SATISFIED = {"attitude": "satisfied", "result": "satisfied"}


def today() -> str:
    return timezone.localdate().isoformat()


def raised(cast: Cast, by: Actor | None = None) -> tuple[Matter, Way]:
    """An opinion, and the suggestion that its deputy made of it and submitted."""
    opinion = said(cast, by, deputy=cast.mandates["chen"].pk)
    take(cast, opinion, "chen", "raise_suggestion")
    way = Way.__new__(Way)
    way.cast, way.pk = cast, Matter.objects.get(procedure="suggestion").pk
    title = "关于修好路灯的建议"
    way.take(
        "chen", "revise", {"title": title, "background": "路灯坏了", "proposals": "请修。", "consent_public": "on"}
    )
    return opinion, way


def joined(cast: Cast, way: Way, by: Actor | None = None) -> Matter:
    """Somebody else says that she means the same public suggestion."""
    data = {"text": "我也是。", "channel": "portal", "matter": way.pk}
    return docket.open_matter("opinion", "join", by=by or resident(cast), data=data).matter


def now(matter: Matter) -> Matter:
    return Matter.objects.get(pk=matter.pk)


def her_page(cast: Cast, client: Client, opinion: Matter) -> str:
    """What the resident reads under her personal link."""
    return text(client.get(f"/c/{cast.congress.division_code}/opinions/mine/{tickets.link_of(opinion.pk)}/"))


def second_reply(way: Way, reply: dict[str, Any]) -> None:
    """The deputy is not satisfied, and the organ answers again."""
    way.take("chen", "reject", NOT_SATISFIED)
    way.take("roads_clerk", "contact", {**CONTACT, "held_on": today()})
    way.take("roads_clerk", "draft_second_reply", reply)
    way.take("roads_chief", "sign_second_reply")


def test_c04_5_the_answer_to_the_suggestion_reaches_the_resident_by_itself(cast: Cast, client: Client) -> None:
    """Must (3), (4) and (5): no further act; she reads it by her link, is asked to rate it, and the way leads there and back."""
    by = resident(cast)
    opinion, way = raised(cast, by)
    assert "代表建议办理中" in her_page(cast, client, opinion)
    replied(way.handling(), today())
    assert now(opinion).state == "answered"
    shown = her_page(cast, client, opinion)
    for words in ("已答复", REPLY["done"], "区交通运输局", "已经解决", "建议有了答复", "问题解决了吗"):
        assert words in shown, words
    assert ("产生", address(way.matter)) in chain(cast, opinion, "chen")
    assert ("来自", address(opinion)) in chain(cast, way.matter, "chen")
    docket.act(now(opinion), "rate", by=by, data=RATING)
    assert now(opinion).state == "closed"
    assert verify_congress(cast.congress) == []


def test_c04_3_the_deputy_sees_the_same_state_as_the_resident(cast: Cast) -> None:
    """Must (3)."""
    opinion, way = raised(cast)
    replied(way.handling(), today())
    assert page(cast, opinion, "chen")["situation"].state.key == "answered"
    told = Act.objects.get(matter=opinion, step="learn_outcome")
    assert (told.seat, told.data["answered_by"]) == ("the_kin", "区交通运输局")


def test_c04_5_whoever_joined_is_told_like_the_one_from_whom_it_came(cast: Cast, client: Client) -> None:
    """Joined after the reply, she is told when it is over; with a second reply, of that."""
    way = Way(cast).replied()
    way.take("office", "publish", {"public_text": ""})
    first = joined(cast, way)
    second_reply(way, SECOND)
    assert now(first).state == "answered"
    assert SECOND["done"] in her_page(cast, client, first)
    later = joined(cast, way)
    assert now(later).state == "raised"
    way.take("chen", "judge_second", SATISFIED)
    assert now(later).state == "answered"
    assert [made.step for made in now(first).acts.order_by("seq")] == ["join", "learn_outcome"]


def test_c04_5_a_second_reply_is_told_too_and_asks_for_her_word_again(cast: Cast, client: Client) -> None:
    opinion, way = raised(cast)
    replied(way.handling(), today())
    second_reply(way, SECOND)
    shown = her_page(cast, client, opinion)
    assert SECOND["done"] in shown
    assert "问题解决了吗" in shown
    assert Act.objects.filter(matter=opinion, step="learn_outcome").count() == 2


def test_c04_5_what_the_resident_closed_stays_closed_and_stops_no_reply(cast: Cast) -> None:
    by = resident(cast)
    opinion, way = raised(cast, by)
    replied(way.handling(), today())
    docket.act(now(opinion), "rate", by=by, data=RATING)
    second_reply(way, SECOND)
    assert (now(opinion).state, way.matter.state) == ("closed", "replied_again")


@pytest.mark.parametrize("disclosure", ["on_request", "no"])
def test_c04_5_a_reply_that_is_not_open_is_not_told_in_full(cast: Cast, client: Client, disclosure: str) -> None:
    opinion, way = raised(cast)
    way.contacted().take("roads_clerk", "draft_reply", {**REPLY, "disclosure": disclosure})
    way.take("roads_head", "sign_reply")
    shown = her_page(cast, client, opinion)
    assert REPLY["done"] not in shown
    assert "答复没有公开，想了解的请问受理代表或者联络站。" in shown


def test_c04_5_what_tells_of_other_persons_is_hidden(cast: Cast) -> None:
    """个人信息保护法第二十五条: it goes to somebody who is no party of the reply, and into the ledger."""
    opinion, way = raised(cast)
    way.contacted().take("roads_clerk", "draft_reply", WITH_PHONE)
    way.take("roads_head", "sign_reply")
    told = Act.objects.get(matter=opinion, step="learn_outcome").data["answer"]
    assert "已设置临时停靠区" in told
    assert "13812345678" not in told


def test_c04_5_a_promise_is_told_with_its_day(cast: Cast) -> None:
    opinion, way = raised(cast)
    promised = {
        **REPLY,
        "result_class": "B",
        "promise_1": "装路灯",
        "promise_1_who": "设施科",
        "promise_1_by": "2099-12-31",
    }
    way.contacted().take("roads_clerk", "draft_reply", promised)
    way.take("roads_head", "sign_reply")
    record = now(opinion).opinion.get()
    assert (record.result, record.due_by.isoformat()) == ("promised", "2099-12-31")


@pytest.mark.parametrize(
    ("who", "step", "before"), [("chen", "withdraw", "handling"), ("office", "to_reference", "received")]
)
def test_c04_5_a_suggestion_that_goes_no_further_gives_the_opinion_back(
    cast: Cast, client: Client, who: str, step: str, before: str
) -> None:
    """Whoever keeps it goes on with it, within a new time, and it may be raised once more."""
    opinion, way = raised(cast)
    getattr(way, before)().take(who, step, {"reason": "与另一件重复"})
    back = now(opinion)
    assert back.state == "received"
    assert back.due_on is not None
    shown = her_page(cast, client, opinion)
    assert "建议没有继续，由站点接着办理" in shown
    assert "代表已经写成建议" not in shown
    take(cast, opinion, "chen", "raise_suggestion")
    with pytest.raises(Refused):
        take(cast, opinion, "chen", "raise_suggestion")


def test_c04_5_settled_before_it_was_raised_is_told_in_the_deputys_words(cast: Cast, client: Client) -> None:
    opinion, way = raised(cast)
    way.take("chen", "settle", {"outcome": "管护单位当场换了灯泡。"})
    assert now(opinion).state == "answered"
    assert "管护单位当场换了灯泡。" in her_page(cast, client, opinion)


def test_c04_5_parts_handled_separately_are_told_together_when_the_last_is_closed(cast: Cast) -> None:
    opinion, way = raised(cast)
    way.received().take(
        "office", "assign_separately", {"organs": [cast.organs[code].pk for code in ("roads", "parks")]}
    )
    for code in ("roads", "parks"):
        part = Matter.objects.get(parent=way.pk, lead=cast.organs[code].pk)
        for who, step, data in (
            (f"{code}_clerk", "sign_for", None), (f"{code}_clerk", "contact", {**CONTACT, "held_on": today()}),
            (f"{code}_clerk", "draft_reply", {**REPLY, "done": f"{code}已办。"}), (f"{code}_head", "sign_reply", None),
            ("chen", "judge", SATISFIED),
        ):  # fmt: skip
            take(cast, part, who, step, data)
    record = now(opinion).opinion.get()
    assert now(opinion).state == "answered"
    assert set(record.answered_by.split("、")) == {"区交通运输局", "区园林局"}
    assert "roads已办。" in record.answer
    assert "parks已办。" in record.answer


def test_c04_5_what_is_over_meanwhile_is_said_for_itself_and_not_joined(cast: Cast, client: Client) -> None:
    """Nobody waits for an answer that was given long ago."""
    way = Way(cast).judged()
    way.take("office", "publish", {"public_text": ""})
    for number, given in enumerate((str(way.pk), str(UUID(int=0)), "不是编号")):
        typed = {"text": f"学府路早高峰还是堵，第{number}次说。", "join": given, "key": f"0000000000000000-{number}"}
        client.post(f"/c/{cast.congress.division_code}/opinions/", typed)
    opinions = Matter.objects.filter(procedure="opinion")
    assert [row.acts.get(seq=1).step for row in opinions] == ["say_slowly"] * 3


def many_joined(cast: Cast, count: int) -> tuple[Way, list[Matter]]:
    """A public suggestion whose organ is about to answer again, which so many residents joined after its first reply."""
    way = Way(cast).replied()
    way.take("office", "publish", {"public_text": ""})
    rows = [joined(cast, way) for _number in range(count)]
    way.take("chen", "reject", NOT_SATISFIED)
    way.take("roads_clerk", "contact", {**CONTACT, "held_on": today()})
    way.take("roads_clerk", "draft_second_reply", SECOND)
    return way, rows


def states(rows: list[Matter]) -> list[str]:
    return [now(row).state for row in rows]


def answers_told(rows: list[Matter]) -> int:
    return Act.objects.filter(matter__in=rows, step="learn_outcome").count()


def test_c04_5_a_reply_to_what_many_joined_is_signed_as_fast_as_any(cast: Cast) -> None:
    """The step asks the same number of questions however many joined; the worker tells them afterwards, a batch at a time."""
    asked = []
    for most in (AT_ONCE + 1, 4 * AT_ONCE):
        way, rows = many_joined(cast, most)
        with CaptureQueriesContext(connection) as questions:
            way.take("roads_chief", "sign_second_reply")
        asked.append(len(questions))
        assert states(rows) == ["raised"] * most
        assert spread(cast.congress.pk) == most
        assert states(rows) == ["answered"] * most
        assert spread(cast.congress.pk) == 0
        assert answers_told(rows) == most
    assert asked[1] <= asked[0] < SIGNING
    assert not OutboxEntry.objects.filter(kind=SPREADS, sent_at=None).exists()
    assert verify_congress(cast.congress) == []


def test_c04_5_nobody_is_lost_and_nobody_told_twice_when_the_worker_stops(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In batches; one that was withdrawn meanwhile is left alone; killed in the middle of a batch the next round goes on."""
    by = resident(cast)
    way, rows = many_joined(cast, 7)
    withdrawn = joined(cast, way, by)
    way.take("roads_chief", "sign_second_reply")
    docket.act(withdrawn, "withdraw", by=by)
    monkeypatch.setattr(spreading, "BATCH", 3)
    assert spread(cast.congress.pk) == 3
    with monkeypatch.context() as broken:
        broken.setattr(spreading.Writing, "flush", _killed)
        with pytest.raises(KeyboardInterrupt):
            spread(cast.congress.pk)
    assert (answers_told(rows), states(rows).count("answered")) == (3, 3)
    assert [spread(cast.congress.pk) for _round in range(4)] == [3, 1, 0, 0]
    assert (answers_told(rows), states(rows)) == (7, ["answered"] * 7)
    assert now(withdrawn).state == "withdrawn"


def _killed(_writing: object) -> None:
    raise KeyboardInterrupt


def test_c04_5_one_that_moves_in_the_same_instant_holds_up_no_other(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = resident(cast)
    way, rows = many_joined(cast, 6)
    mine = joined(cast, way, by)
    way.take("roads_chief", "sign_second_reply")
    real = spreading._together

    def overtaken(batch: list[Matter], entry: OutboxEntry) -> int:
        docket.act(now(mine), "withdraw", by=by)
        return real(batch, entry)

    monkeypatch.setattr(spreading, "_together", overtaken)
    assert spread(cast.congress.pk) == 6
    assert states([*rows, mine]) == ["answered"] * 6 + ["withdrawn"]


def test_c04_5_the_worker_spreads_and_no_channel_tells_of_it(cast: Cast) -> None:
    """The entry from which others follow is nobody's notice."""
    way, rows = many_joined(cast, AT_ONCE + 1)
    way.take("roads_chief", "sign_second_reply")
    deliver_outboxes()
    assert states(rows) == ["answered"] * len(rows)
    entry = OutboxEntry.objects.get(kind=SPREADS)
    assert not entry.notices.exists()


def test_c04_5_many_are_told_that_it_went_no_further(cast: Cast) -> None:
    """A topic that took up many opinions gives them all back."""
    day = topic(cast)
    rows = [said(cast, text=f"第{number}件") for number in range(AT_ONCE + 2)]
    for row in rows:
        take(cast, row, "office", "make_topic", {"topic": day.pk})
    take(cast, day, "office", "cancel", {"reason": "改期"})
    assert states(rows) == ["followed"] * len(rows)
    assert spread(cast.congress.pk) == len(rows)
    assert states(rows) == ["received"] * len(rows)
