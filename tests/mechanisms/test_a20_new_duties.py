"""A20 四项履职新机制."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openrenda import docket
from openrenda.activities.duty_file import acts_of
from openrenda.docket.models import Act, Matter, RunningClock
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.docket.situation import Situation
from openrenda.docket.verify import verify_congress
from openrenda.figures.language import Period, in_year
from openrenda.figures.reading import evidence, read
from openrenda.figures.registry import figure
from openrenda.people.mandates import end_mandate
from openrenda.people.testing import sit_down
from openrenda.procedures.named_people import SealedNames, forget_names_of
from openrenda.procedures.report_in import without_report_in
from openrenda.web import filing
from tests.cast import BEGAN, Cast
from tests.desk import Desk
from tests.matrix.examples.papers import attached

from .conftest import Wall
from .gatherings import count, opinion, recorded
from .new_duties import (
    PARTIES,
    PETITIONER,
    agreed,
    answered,
    community,
    defused,
    dispute,
    paper,
    petition,
    reported,
    submitted,
    worth_supervising,
)
from .stage import page, take
from .supervising import today


@pytest.fixture(autouse=True)
def _day(wall: Wall) -> None:
    """A Monday."""


def state(matter: Matter) -> str:
    """The state it is in now."""
    return Matter.objects.get(pk=matter.pk).state


def test_a20_1_a_report_in_has_community_date_and_the_communitys_confirmation(cast: Cast, wall: Wall) -> None:
    """Must (1): the community's clerks confirm it, within time, or give it back."""
    made = reported(cast)
    record = made.report_in.get()
    assert (record.community, record.reported_on, record.confirmed_on) == (community(cast), date(2026, 3, 2), None)
    assert RunningClock.objects.get(matter=made).due_on == date(2026, 3, 9)
    with pytest.raises(Refused, match="确认报到"):
        take(cast, made, "chen", "confirm")
    take(cast, made, "station", "give_back", {"reason": "请写明楼栋。"})
    take(cast, made, "chen", "again", {"community": community(cast).pk, "reported_on": today()})
    take(cast, made, "street", "confirm")
    record.refresh_from_db()
    assert (state(made), record.confirmed_on) == ("confirmed", date(2026, 3, 2))
    assert count("report_ins") == 1


def test_a20_1_a_mediation_is_agreed_or_not_agreed(cast: Cast) -> None:
    """Must (1): case, parties, date, agreed or not."""
    for step, end in (("agree", "agreed"), ("fail", "not_agreed")):
        made = dispute(cast)
        take(cast, made, "chen", "sit", {"held_on": today(), "place": "社区调解室", "text": "双方陈述。"})
        take(cast, made, "roads_clerk", step, {"held_on": today(), "outcome": "按此办理。"})
        record = made.mediation.get()
        assert (state(made), record.held_on, record.place, record.has_names) == (
            end,
            date(2026, 3, 2),
            "社区调解室",
            True,
        )


def test_a20_1_a_petition_has_mandate_office_deadline_and_answer(cast: Cast) -> None:
    """Must (1): the deadline that was named is the one that runs; the office may give it back."""
    made = submitted(cast, petition(cast))
    assert RunningClock.objects.get(matter=made, key="answer").due_on == date(2026, 4, 1)
    take(cast, made, "roads_clerk", "give_back", {"reason": "不属于本单位职责。"})
    assert made.petition_agency.get().organ is None
    made = answered(cast, submitted(cast, made))
    record = made.petition_agency.get()
    assert (record.mandate_on, record.mandate_scope) == (date(2026, 3, 2), "递交材料、代收答复")
    assert (record.organ, record.answer, made.state) == (cast.organs["roads"], "已补发。", "answered")


def test_a20_1_a_supervision_matter_is_taken_up_in_a_form_or_declined_with_a_reason(cast: Cast) -> None:
    """Must (1): D02, D03 or E; the deputy may be asked for more, and is told the outcome."""
    made = worth_supervising(cast)
    take(cast, made, "office", "ask", {"reason": "请写明学校。"})
    take(cast, made, "chen", "add_evidence", {"evidence": "青石小学、白石小学。"})
    assert "青石小学" in made.supervision_matter.get().evidence
    take(cast, made, "office", "take_up", {"form": "law_inspection", "plan": "2026年监督计划第5项"})
    take(cast, made, "leader", "conclude", {"outcome": "检查发现问题三个，已整改。", "ended_on": today()})
    other = worth_supervising(cast, "lin")
    with pytest.raises(Incomplete):
        take(cast, other, "office", "decline")
    take(cast, other, "office", "decline", {"reason": "已列入部门专项整治。"})
    assert (state(made), state(other)) == ("concluded", "declined")
    assert (count("supervision_matters"), count("supervision_matters_taken")) == (2, 1)


@pytest.mark.parametrize(("make", "name"), [(dispute, "甲大有"), (petition, PETITIONER)])
def test_a20_2_names_are_read_by_the_deputy_the_handling_office_and_the_auditor_alone(
    cast: Cast, client: Client, make: Any, name: str
) -> None:
    """Must (2): they are in no act, the others see that there are names, and opening them is an act with a reason."""
    made = make(cast)
    if make is petition:
        submitted(cast, made)
    assert name not in json.dumps(list(Act.objects.values_list("data", flat=True)), ensure_ascii=False)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT names FROM {SealedNames._meta.db_table}")
        assert name not in cursor.fetchone()[0]

    def shown(who: str) -> bool:
        sit_down(client, cast.seats[who])
        answer = client.get(reverse("web:matter", args=[made.pk]))
        return answer.status_code == 200 and name in answer.content.decode()

    assert [shown(who) for who in ("chen", "lin", "office", "leader", "roads_clerk", "parks_clerk", "auditor")] == [
        True, False, False, False, False, False, False,
    ]  # fmt: skip
    for who in ("office", "leader"):
        with pytest.raises(Refused, match="查看姓名由"):
            take(cast, made, who, "open_names", {"reason": "想看"})
    for who in ("roads_clerk", "auditor"):
        take(cast, made, who, "open_names", {"reason": "通知当事人"})
        assert shown(who)
    assert not shown("office")
    assert Act.objects.filter(matter=made, step="open_names").count() == 2
    assert verify_congress(cast.congress) == []


def test_a20_2_what_was_opened_is_shut_the_next_day_and_goes_on_demand(cast: Cast, wall: Wall) -> None:
    """Must (2), decision 0010: the ledger never held them, so they can be removed."""
    made = defused(cast)
    take(cast, made, "roads_clerk", "open_names", {"reason": "通知当事人"})
    situation = Situation(made, cast["roads_clerk"])
    record = made.mediation.get()
    assert record.names_for(cast["roads_clerk"], situation.acts, situation.today) == PARTIES
    wall.pass_days(1)
    assert record.names_for(cast["roads_clerk"], situation.acts, timezone.localdate()) == ""
    take(cast, made, "office", "forget_names", {"reason": "本人要求删除。"})
    assert not SealedNames.objects.exists()
    with pytest.raises(Refused, match="没有保存姓名"):
        take(cast, made, "roads_clerk", "open_names", {"reason": "再看"})
    assert verify_congress(cast.congress) == []


def test_a20_2_names_go_by_themselves_a_time_after_the_matter_is_over(cast: Cast, wall: Wall) -> None:
    """Must (2), 个人信息保护法第十九条: by an act that says so; what still goes on keeps them."""
    over, going = defused(cast), dispute(cast)
    today = timezone.localdate()
    assert forget_names_of(cast.congress.pk, today) == 0
    wall.pass_days(1)
    assert [forget_names_of(cast.congress.pk, timezone.localdate()) for _time in range(2)] == [1, 0]
    assert [row.matter_id for row in SealedNames.objects.all()] == [going.pk]
    assert over.acts.filter(step="forget_names").get().account is None
    assert verify_congress(cast.congress) == []


def test_a20_2_no_name_stands_in_what_others_read(cast: Cast) -> None:
    """Must (2): neither in the title and text, nor in what is written later, nor in a document of theirs."""
    with pytest.raises(Incomplete) as refused:
        dispute(cast, title="甲大有漏水赔偿")
    assert "姓名" in str(refused.value.form.errors["title"])
    made = dispute(cast)
    with pytest.raises(Incomplete):
        take(cast, made, "roads_clerk", "sit", {"held_on": today(), "place": "调解室", "text": "乙小满没有到场。"})
    document = attached(made, f"{PARTIES}协议.pdf")
    may = {who: filing.may_open(document, cast[who]) for who in ("chen", "roads_clerk", "auditor", "office", "leader")}
    assert may == {"chen": True, "roads_clerk": True, "auditor": True, "office": False, "leader": False}
    assert len(page(cast, made, "roads_clerk")["files"]) == 1
    assert page(cast, made, "office")["files"] == []


def test_a20_3_a_deputy_without_a_report_in_in_the_term_is_listed(cast: Cast, client: Client) -> None:
    """Must (3): until she reports; who has left is not asked for."""
    assert without_report_in().count() == 4
    reported(cast)
    end_mandate(cast.mandates["zhou"], until=BEGAN, reason="resigned", basis="公告〔2022〕2号")
    assert {row.person.name for row in without_report_in()} == {"林翀", "欧阳玥"}
    sit_down(client, cast.seats["office"])
    shown = client.get(reverse("duties:lacking", args=["report-in"])).content.decode()
    assert "林翀" in shown
    assert "陈一鸣" not in shown
    sit_down(client, cast.seats["roads_clerk"])
    assert client.get(reverse("duties:overview")).status_code == 404


def test_a20_3_a_report_that_was_given_back_is_none_yet(cast: Cast) -> None:
    """Must (3)."""
    made = reported(cast)
    take(cast, made, "station", "give_back", {"reason": "不住在本社区。"})
    assert without_report_in().count() == 4


def test_a20_4_events_people_and_matters_are_counters_of_the_same_records(cast: Cast) -> None:
    """Must (4): one entry of a reception counts as an event, as so many people, and as the matters settled there."""
    first = recorded(cast, "chen", "receiving", company="居民 青石社区居民 5")
    recorded(cast, "lin", "receiving", ("lin",), company="居民 白石社区居民 4\n社区 白石社区 1")
    recorded(cast, kind="contact_group")
    opinion(cast, first, who="chen")
    opinion(cast, first, "handed", who="chen")
    assert (count("receptions"), count("residents_received"), count("reception_matters_settled")) == (2, 9, 1)
    rows = evidence(figure("residents_received"), in_year(2026, timezone.localdate()), "part")
    assert sum(row.people for row in rows) == 9
    with pytest.raises(Refused, match="还缺：居民"):
        recorded(cast, "chen", "receiving")


def test_a20_4_of_receptions_entered_twice_the_people_count_once(cast: Cast) -> None:
    """Must (4): two deputies entered the same reception."""
    first = recorded(cast, "chen", "receiving", ("chen", "lin"), company="居民 青石社区居民 5")
    second = recorded(cast, "lin", "receiving", ("lin",), company="居民 青石社区居民 5")
    assert count("residents_received") == 10
    take(cast, first, "chen", "merge", {"other": str(second.pk), "repeated": []})
    assert (count("receptions"), count("residents_received")) == (1, 5)


def test_a20_4_a_headline_and_a_body_with_two_values_are_flagged_before_publication(cast: Cast) -> None:
    """Must (4), T1: 乌海 2024 printed 80余 in its headline and 100余 in its body for one counter."""
    for who in ("chen", "lin"):
        defused(cast, who)
    headline = "# 化解矛盾纠纷、信访事项{{ typed 80余 件 as=化解矛盾纠纷、信访事项 source=标题 }}\n\n"
    desk = Desk(cast, headline + "全年化解{{ figure defused }}矛盾纠纷、信访事项。")
    assert ("blocks", "T1") in desk.found()
    assert "写了两个数" in desk.words()
    desk.write("# 化解矛盾纠纷、信访事项{{ figure defused }}\n\n全年化解{{ figure defused }}矛盾纠纷、信访事项。")
    assert "T1" not in [kind for _grade, kind in desk.found()]


def test_a20_5_a_mediated_dispute_that_goes_to_court_is_open_again(cast: Cast, wall: Wall) -> None:
    """Must (5): its record reopens, and from that day it counts as defused no longer; the past keeps its number."""
    made = defused(cast)
    assert (count("mediations_defused"), count("defused"), made.closed_on) == (1, 1, date(2026, 3, 2))
    wall.pass_days(20)
    take(cast, made, "roads_clerk", "to_court", {"court": "区人民法院（2026）民初1号", "court_on": today()})
    assert (state(made), Matter.objects.get(pk=made.pk).closed_on) == ("in_court", None)
    assert (count("mediations_defused"), count("defused"), count("mediations_to_court")) == (0, 0, 1)
    then = Period(date(2026, 1, 1), date(2026, 12, 31), date(2026, 3, 10))
    assert read(figure("defused"), then).part == 1
    take(cast, made, "chen", "resume", {"reason": "法院委托再次调解。"})
    agreed(cast, made)
    take(cast, made, "chen", "document", paper(made))
    assert (count("mediations_defused"), count("defused")) == (1, 1)


def test_a20_5_what_was_judged_is_closed_and_not_defused(cast: Cast) -> None:
    """Must (5)."""
    made = agreed(cast, dispute(cast))
    take(cast, made, "chen", "to_court", {"court": "区人民法院（2026）民初2号", "court_on": today()})
    take(cast, made, "chen", "judge", {"held_on": today(), "outcome": "法院判决。"})
    assert (state(made), count("mediations_defused")) == ("judged", 0)


def test_a20_6_nothing_is_defused_without_an_outcome_document(cast: Cast) -> None:
    """Must (6): agreed is not defused; nor is a petition that was answered."""
    first = agreed(cast, dispute(cast))
    second = answered(cast, submitted(cast, petition(cast)))
    assert (count("defused"), count("petitions_answered")) == (0, 1)
    for made in (first, second):
        with pytest.raises((Refused, Incomplete)):
            take(cast, made, "chen", "document", {"document_name": "口头说好了", "document_on": today()})
        offer = next(row for row in docket.offers(Situation(made, cast["chen"])) if row.step.key == "document")
        assert "没有结果文书，不能计为化解" in "".join(offer.reasons)
        take(cast, made, "chen", "document", paper(made))
    assert (count("defused"), count("petitions_defused")) == (2, 1)
    take(cast, second, "chen", "ask_again", {"reason": "补助没有到账。"})
    assert (count("defused"), count("petitions_defused")) == (1, 0)


def test_a20_6_another_matters_document_is_none(cast: Cast) -> None:
    """Must (6): what is attached elsewhere proves nothing here."""
    made, other = agreed(cast, dispute(cast)), agreed(cast, dispute(cast, "lin"), "lin")
    attached(made)
    with pytest.raises(Incomplete):
        take(cast, made, "chen", "document", paper(other))


def test_each_act_enters_the_duty_file_by_itself(cast: Cast) -> None:
    """One entry fills the file: nothing is typed twice (M04)."""
    reported(cast)
    defused(cast)
    petition(cast)
    worth_supervising(cast)
    kinds = {made.procedure for made in acts_of(cast.mandates["chen"], 2026)}
    assert kinds == {"report-in", "mediation", "petition-agency", "supervision-matter"}
