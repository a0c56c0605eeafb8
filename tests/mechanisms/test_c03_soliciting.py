"""C03 监督议题征集: proposals of five kinds of source, grouped, and what became of each. The annual plan is another matter."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from openrenda import docket, tickets
from openrenda.docket.models import Matter
from openrenda.docket.refusals import Incomplete
from openrenda.figures import in_year
from openrenda.figures.registry import figure
from openrenda.figures.splitting import split
from openrenda.procedures.consultation_opinion.records import ConsultationOpinion
from openrenda.web.portal import codes
from openrenda.web.tests.stage import address, hidden, seat, text
from tests.cast import Cast

from .residents import send, this_year
from .stage import take
from .test_c02_consultation import at

# 215 proposals (dazu-2022-009), a twentieth part of them typed here one by one would say the same; the classes add up whatever their number.
MADE = {"deputies": 4, "public": 6, "departments": 3, "organisations": 2, "society": 5}
LABELS = {
    "deputies": "代表",
    "public": "群众",
    "departments": "部门",
    "organisations": "人民团体",
    "society": "社会有关方面",
}


def called(cast: Cast) -> Matter:
    """A call for topics."""
    today = timezone.localdate()
    data = {
        "title": "下一年度监督议题征集", "text": "请提出议题。", "opens_on": today.isoformat(),
        "closes_on": (today + timedelta(days=20)).isoformat(), "channels": ["portal", "meeting", "letter"],
    }  # fmt: skip
    return docket.open_matter("consultation", "call", by=cast["office"], data=data).matter


def proposed(cast: Cast, call: Matter, source: str, words: str = "餐饮油烟扰民怎样长效治理？", **more: str) -> Matter:
    """One proposal, entered with its source."""
    data = {
        "consultation": call.pk,
        "text": words,
        "channel": "meeting",
        "source": source,
        "heard_on": timezone.localdate().isoformat(),
    }
    return docket.open_matter("consultation-opinion", "enter", by=cast["office"], data={**data, **more}).matter


def test_c03_1_each_proposal_keeps_its_class_and_the_counts_add_up(cast: Cast, client: Client) -> None:
    """Must (1): in the record, on the public page and in the figure."""
    call = called(cast)
    for source, count in MADE.items():
        for number in range(count):
            proposed(
                cast,
                call,
                source,
                f"{LABELS[source]}提出的第{number}件。",
                body="区总工会" if source == "organisations" else "",
            )
    total = sum(MADE.values())
    assert ConsultationOpinion.objects.count() == total
    assert dict(call.public_consultation.get().numbers.sources) == MADE
    page = text(client.get(at(call)))
    assert f"共收到{total}件意见" in page
    for source, count in MADE.items():
        assert f"<dt>{LABELS[source]}</dt><dd>{count}</dd>" in page
    assert this_year("topic_proposals").part == total
    today = timezone.localdate()
    divided = split(figure("topic_proposals"), in_year(today.year, today), "source")
    assert {piece.key: piece.reading.part for piece in divided} == MADE
    assert this_year("topic_calls").part == 1


def test_c03_1_the_class_of_whoever_sends_it_herself_is_known(cast: Cast, client: Client) -> None:
    """Must (1): nobody is asked what the system knows; what is entered must have one."""
    call = called(cast)
    send(client, at(call, "say"), "希望监督校门口的交通。")
    for who in ("chen", "roads_clerk"):
        docket.open_matter(
            "consultation-opinion", "send", by=cast[who], data={"consultation": call.pk, "text": f"{who}的议题。"}
        )
    assert sorted(ConsultationOpinion.objects.values_list("source", flat=True)) == ["departments", "deputies", "public"]
    with pytest.raises(Incomplete):
        proposed(cast, call, "")


def test_c03_2_each_proposal_shows_what_became_of_it_and_is_grouped(cast: Cast, client: Client) -> None:
    """Must (2), second half: grouped several at once, each with its end, for whoever gave it and for everybody."""
    call = called(cast)
    rows = [proposed(cast, call, source) for source in ("deputies", "public", "society")]
    office = seat(cast, "office")
    chosen = {"row": [str(row.pk) for row in rows]}
    key = hidden(office.post("/lists/consultation-opinion/batch/sort/", chosen))["key"]
    office.post("/lists/consultation-opinion/batch/sort/", {"theme": "生态环保", "take": "1", "key": key, **chosen})
    take(cast, rows[0], "office", "decide", {"outcome": "adopted", "answer": "列入明年的监督议题建议。"})
    take(cast, rows[1], "office", "decide", {"outcome": "not_adopted", "answer": "今年已安排执法检查。"})
    assert dict(call.public_consultation.get().numbers.themes) == {"生态环保": 3}
    page = text(client.get(at(call)))
    assert "<dt>生态环保</dt><dd>3</dd>" in page
    assert "列入明年" not in page
    shown = text(office.get(address(rows[0])))
    assert "生态环保" in shown
    assert "列入明年的监督议题建议。" in shown
    found = text(client.get(f"/c/990701/consultations/number/{tickets.number_of(rows[1].pk)}/"))
    assert "今年已安排执法检查。" in found
    assert codes.code_of(call.pk) in found
