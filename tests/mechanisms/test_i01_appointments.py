"""I01 人事任免: acts of a proposal, the register of office holders, and what the law asks before, in and after the vote."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from openrenda import docket
from openrenda.docket.actor import the_kin
from openrenda.docket.models import Act, Matter
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.figures import evidence, in_year, read
from openrenda.figures.registry import figure
from openrenda.people.models import MandateSuspension, Person, Post, Tenure
from openrenda.people.posts import tenures_on
from openrenda.procedures.appointing import AppointmentAct, AppointmentObjection
from tests.cast import BEGAN, Cast

from . import appointing
from .appointing import add, announce, appointed, committee, day, draft, hold, on_agenda, submit, to_the_vote, vote
from .conftest import Wall
from .evaluating import set_option
from .stage import take

PERSONNEL = "office"


@pytest.fixture(autouse=True)
def _people(cast: Cast, wall: Wall) -> None:
    committee(cast)
    appointing.people(cast)


def holders(post: str, on: date | None = None) -> list[str]:
    """Who holds a post on a day."""
    rows = tenures_on(on or timezone.localdate()).filter(post__code=post)
    return [row.person.name for row in rows]


def record(act: Matter) -> AppointmentAct:
    """The typed record of an act."""
    return AppointmentAct.objects.get(matter=act)


def test_1_each_act_has_person_post_kind_organ_session_and_votes(cast: Cast) -> None:
    """Must (1)."""
    act = appointed(cast)
    row = record(act)
    assert (row.person_name, row.post_title, row.kind, row.organ_name) == (
        "林知",
        "区人民法院审判员",
        "appoint",
        "区人民法院",
    )
    assert row.sitting == "区五届人大常委会第十二次会议"
    assert (row.approve, row.against, row.abstain, row.present, row.base) == (5, 1, 0, 6, 7)
    assert act.title == "任命林知为区人民法院审判员"
    assert row.sentence == "应到7，实到6，赞成5"


def test_2_one_proposal_holds_several_acts_and_each_counts_once(cast: Cast) -> None:
    """Must (2): person-times of what passed; who was rejected or withdrawn is none; two acts on one person are two."""
    proposal = draft(cast)
    acts = [add(cast, proposal, "appoint", "judge", name) for name in ("林知", "周行", "吴往")]
    acts += [add(cast, proposal, "remove", "vice_president", "许安"), add(cast, proposal, "appoint", "judge", "许安")]
    take(cast, acts[2], "court_office", "withdraw", {"reason": "本人原因。"})
    to_the_vote(cast, proposal)
    for act in (acts[0], acts[3], acts[4]):
        vote(act)
    vote(acts[1], approve=3, against=3)
    announce(cast, proposal)
    period = in_year(timezone.localdate().year, timezone.localdate())
    assert [read(figure(key), period).part for key in ("appointments_and_removals", "appointments", "removals")] == [
        3,
        2,
        1,
    ]
    listed = set(evidence(figure("appointments_and_removals"), period, "part").values_list("person_name", flat=True))
    assert listed == {"林知", "许安"}
    assert read(figure("appointments_rejected"), period).part == 1


def test_3_a_post_has_no_second_holder_unless_it_allows_it(cast: Cast) -> None:
    """Must (3), the holders: neither by a vote, nor behind the back of the procedure; who leaves in the same proposal makes room."""
    proposal = draft(cast, "government")
    act = add(cast, proposal, "appoint", "bureau", "杜若", "government")
    submit(cast, proposal, "government")
    on_agenda(cast, proposal)
    with pytest.raises(Refused, match="只能由1人担任"):
        take(cast, proposal, "office", "put_to_vote")
    with pytest.raises(IntegrityError), transaction.atomic():
        hold("bureau", "外人")
    take(cast, proposal, "office", "hold_back", {"reason": "补正。"})
    take(cast, act, "government", "withdraw", {"reason": "重新提请。"})
    both = draft(cast, "government")
    new = add(cast, both, "appoint", "bureau", "杜若", "government")
    old = add(cast, both, "remove", "bureau", "高远", "government")
    to_the_vote(cast, both, "government")
    assert both.appointment_proposal.get().on_the_ballot()["matters"] == [old, new]
    vote(new)
    assert holders("bureau") == ["高远"]
    vote(old)
    assert holders("bureau") == ["杜若"]


def test_3_a_second_holder_where_the_post_allows_it(cast: Cast) -> None:
    """Must (3): a post of two places has two holders and no third."""
    appointed(cast, "vice_president", "林知")
    assert set(holders("vice_president")) == {"许安", "林知"}
    proposal = draft(cast)
    add(cast, proposal, "appoint", "vice_president", "周行")
    submit(cast, proposal)
    on_agenda(cast, proposal)
    with pytest.raises(Refused, match="只能由2人担任"):
        take(cast, proposal, "office", "put_to_vote")


def test_3_removal_needs_a_tenure_in_force(cast: Cast) -> None:
    """Must (3), the removal: nobody leaves a post that she does not hold."""
    proposal = draft(cast)
    with pytest.raises(Incomplete) as refused:
        add(cast, proposal, "remove", "judge", "许安")
    assert "没有担任" in str(refused.value.form.errors)


def test_3_what_passed_but_finds_no_room_is_written_by_hand_later(cast: Cast) -> None:
    """Must (3): where the removal failed in the vote, the successor waits; the register never shows two."""
    proposal = draft(cast, "government")
    new = add(cast, proposal, "appoint", "bureau", "杜若", "government")
    old = add(cast, proposal, "remove", "bureau", "高远", "government")
    to_the_vote(cast, proposal, "government")
    vote(old, approve=2, against=4)
    vote(new)
    announce(cast, proposal)
    assert holders("bureau") == ["高远"]
    with pytest.raises(Refused, match="没有空缺"):
        take(cast, new, "office", "register")
    with pytest.raises(Refused, match="任职登记"):
        take(cast, new, "office", "complete")
    Tenure.objects.filter(person__name="高远").update(until=timezone.localdate(), ended_as="died", end_basis="讣告")
    take(cast, new, "office", "register")
    assert "杜若" in holders("bureau")


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ({"approve": 6, "against": 2, "present": 7, "base": 7}, "票数不符"),
        ({"approve": 5, "against": 0, "present": 9, "base": 7}, "票数不符"),
        ({"approve": 4, "against": 0, "present": 4, "base": 8, "passed": True}, "须超过半数方为通过"),
        ({"approve": 0, "against": 0, "present": 0, "base": 0, "passed": True}, "须超过半数方为通过"),
    ],
)
def test_4_the_tally_is_checked_against_members_present(cast: Cast, numbers: dict[str, int], sentence: str) -> None:
    """Must (4): not more votes than people present, not more present than members; half of all is not a majority (trap 4)."""
    proposal = draft(cast)
    act = add(cast, proposal, "appoint", "judge", "林知")
    to_the_vote(cast, proposal)
    with pytest.raises(Refused, match=sentence):
        vote(act, **numbers)  # type: ignore[arg-type]
    assert record(act).passed is None


def test_4_most_of_those_present_are_not_enough(cast: Cast) -> None:
    """Trap 4: three of four present agreed, but seven are members; the abstention works like a no (地方组织法第五十一条)."""
    act = appointed(cast, approve=3, against=0, abstain=1, present=4)
    assert record(act).passed is False
    assert holders("judge") == []


def test_5_the_register_on_any_past_date_can_be_rebuilt(cast: Cast, wall: Wall) -> None:
    """Must (5): it takes effect with the vote; the days before show who held it then."""
    before = timezone.localdate()
    wall.pass_days(30)
    proposal = draft(cast, "government")
    new = add(cast, proposal, "appoint", "bureau", "杜若", "government")
    old = add(cast, proposal, "remove", "bureau", "高远", "government")
    to_the_vote(cast, proposal, "government")
    vote(old)
    vote(new)
    voted = timezone.localdate()
    wall.pass_days(30)
    assert holders("bureau") == ["杜若"]
    assert holders("bureau", voted) == ["杜若"]
    assert holders("bureau", voted - timedelta(days=1)) == ["高远"]
    assert holders("bureau", before) == ["高远"]
    assert holders("bureau", BEGAN - timedelta(days=1)) == []
    row = Tenure.objects.get(person__name="杜若")
    assert (row.matter_id, row.since) == (new.pk, voted)
    assert Tenure.objects.get(person__name="高远").ended_by_id == old.pk


# ORG-21, ORG-18: who names whom


def test_org21_only_the_nominator_of_the_law_proposes_a_post(cast: Cast) -> None:
    proposal = draft(cast, "government")
    with pytest.raises(Incomplete) as refused:
        add(cast, proposal, "appoint", "judge", "林知", "government")
    assert "人民法院院长提请" in str(refused.value.form.errors)
    with pytest.raises(Incomplete):
        draft(cast, "court_office", source="council")


def test_org21_an_elected_head_is_not_appointed_and_is_acted_for_by_a_deputy_of_the_organ(cast: Cast) -> None:
    """决定代理: proposed by the council of chairpersons, from the deputies of that organ; a judge is none."""
    Tenure.objects.filter(person__name="郑明").update(until=BEGAN, ended_as="died", end_basis="讣告")
    hold("judge", "林知")
    proposal = draft(cast, "office", source="council")
    for kind, name, words in (("appoint", "许安", "由人民代表大会选举"), ("acting", "林知", "须是本机关的现任副职")):
        with pytest.raises(Incomplete) as refused:
            add(cast, proposal, kind, "president", name, "office")
        assert words in str(refused.value.form.errors)
    act = add(cast, proposal, "acting", "president", "许安", "office")
    submit(cast, proposal, "office")
    take(cast, proposal, "office", "put_on", {"sitting": "第十二次会议", "meeting_on": day()})
    take(cast, proposal, "office", "put_to_vote")
    vote(act)
    assert Tenure.objects.get(post__code="president", until=None).capacity == "acting"


def test_org11_a_resignation_is_accepted_and_filed_with_the_congress(cast: Cast) -> None:
    """Between sessions the committee decides and files it with the congress (地方组织法第三十二条)."""
    proposal = draft(cast, "office", source="council")
    act = add(cast, proposal, "resignation", "president", "郑明", "office")
    submit(cast, proposal, "office")
    take(cast, proposal, "office", "put_on", {"sitting": "第十二次会议", "meeting_on": day()})
    take(cast, proposal, "office", "put_to_vote")
    vote(act)
    announce(cast, proposal)
    assert Tenure.objects.get(person__name="郑明").ended_as == "resigned"
    with pytest.raises(Refused, match="报备案"):
        take(cast, act, "office", "complete")
    take(cast, act, "office", "file", {"day": day(), "number": ""})
    take(cast, act, "office", "complete")
    assert Matter.objects.get(pk=proposal.pk).state == "closed"


# SUP-29, ORG-09 and trap 6


def members(cast: Cast, count: int) -> list[object]:
    """The first members of the committee."""
    return [mandate.pk for mandate in list(cast.mandates.values())[:count]]


def test_trap6_a_dismissal_is_always_by_secret_ballot(cast: Cast) -> None:
    """监督法第六十二条: on paper and secret, whatever the post or the council says; an ordinary appointment may use devices."""
    proposal = draft(cast, "office", source="council")
    dismissal = add(cast, proposal, "dismissal", "vice_president", "许安", "office")
    assert record(dismissal).way == "paper"
    ordinary = draft(cast)
    assert record(add(cast, ordinary, "appoint", "judge", "林知")).way == "secret"


def test_sup29_a_fifth_of_the_members_counted_from_the_register(cast: Cast) -> None:
    """One of seven is less than a fifth, two are more (监督法第六十一条); deputies who are no members may not sign."""
    outsider = Person.objects.create(name="非委员", birth_year=1970)
    mandate = type(next(iter(cast.mandates.values()))).objects.create(
        person=outsider, term=next(iter(cast.mandates.values())).term, since=BEGAN
    )
    with pytest.raises(Incomplete) as refused:
        draft(cast, "office", source="members", movers=[mandate.pk])
    assert "不是现任的常委会组成人员" in str(refused.value.form.errors)
    for count, enough in ((1, False), (2, True)):
        proposal = draft(cast, "office", source="members", movers=members(cast, count))
        add(cast, proposal, "dismissal", "vice_president", "许安", "office")
        if enough:
            submit(cast, proposal, "office")
        else:
            with pytest.raises(Refused, match="不到全体7人的1/5"):
                submit(cast, proposal, "office")


def test_sup29_a_suspended_member_may_not_sign_but_is_one_of_all_members(cast: Cast) -> None:
    """Trap 14: 暂停执行职务 is not 终止."""
    suspended = cast.mandates["chen"]
    MandateSuspension.objects.create(mandate=suspended, since=BEGAN, basis="依法暂停")
    with pytest.raises(Incomplete):
        draft(cast, "office", source="members", movers=[suspended.pk])
    proposal = draft(cast, "office", source="members", movers=[cast.mandates["lin"].pk])
    assert proposal.appointment_proposal.get().base == 7


def test_sup29_the_person_may_defend_before_the_vote(cast: Cast) -> None:
    proposal = draft(cast, "office", source="council")
    act = add(cast, proposal, "dismissal", "vice_president", "许安", "office")
    submit(cast, proposal, "office")
    take(cast, proposal, "office", "put_on", {"sitting": "第十二次会议", "meeting_on": day()})
    with pytest.raises(Refused, match="申辩情况"):
        take(cast, proposal, "office", "put_to_vote")
    with pytest.raises(Incomplete):
        take(cast, act, "office", "defend", {"day": day(), "how": "written"})
    take(cast, act, "office", "defend", {"day": day(), "how": "written", "text": "本人说明如下。"})
    take(cast, proposal, "office", "put_to_vote")
    vote(act)
    assert Tenure.objects.get(person__name="许安").ended_as == "dismissed"


def test_org09_a_recall_is_moved_by_a_tenth_of_the_deputies_and_of_elected_officers_only(cast: Cast) -> None:
    """地方组织法第三十一条; a dismissal does not reach who was elected."""
    proposal = draft(cast, "office", source="deputies", movers=members(cast, 1))
    with pytest.raises(Incomplete):
        add(cast, proposal, "recall", "vice_president", "许安", "office")
    add(cast, proposal, "recall", "president", "郑明", "office")
    submit(cast, proposal, "office")
    assert proposal.appointment_proposal.get().base == 7
    council = draft(cast, "office", source="council")
    with pytest.raises(Incomplete) as refused:
        add(cast, council, "dismissal", "president", "郑明", "office")
    assert "人民代表大会选举和罢免" in str(refused.value.form.errors)


# APP: before, in and after the vote


def test_app01_papers_are_due_days_before_the_meeting_and_late_ones_say_why(cast: Cast, wall: Wall) -> None:
    """Counted back from the meeting; the clock says so from the draft on."""
    proposal = draft(cast)
    due = Matter.objects.get(pk=proposal.pk).due_on
    assert due is not None
    assert date.fromisoformat(day(20)) - due >= timedelta(days=10)
    add(cast, proposal, "appoint", "judge", "林知")
    wall.pass_days(15)
    appointing.attached(proposal)
    with pytest.raises(Incomplete) as refused:
        take(cast, proposal, "court_office", "submit", {})
    assert "10日前提出" in str(refused.value.form.errors)
    take(cast, proposal, "court_office", "submit", {"late_reason": "会议提前召开。"})


def test_app02_nothing_is_submitted_without_the_signed_paper(cast: Cast) -> None:
    proposal = draft(cast)
    with pytest.raises(Refused, match="还没有列入任免事项"):
        take(cast, proposal, "court_office", "submit", {})
    add(cast, proposal, "appoint", "judge", "林知")
    with pytest.raises(Refused, match="提名人签署的文件"):
        take(cast, proposal, "court_office", "submit", {})


def test_app03_who_did_not_pass_the_examination_is_not_put_to_the_vote(cast: Cast) -> None:
    Post.objects.filter(code="judge").update(examined=True)
    proposal = draft(cast)
    act = add(cast, proposal, "appoint", "judge", "林知")
    submit(cast, proposal)
    on_agenda(cast, proposal)
    with pytest.raises(Refused, match="任前法律知识考试"):
        take(cast, proposal, "office", "put_to_vote")
    appointing.passed_exam("林知")
    take(cast, proposal, "office", "put_to_vote")
    assert Matter.objects.get(pk=act.pk).state == "awaiting"


def test_app05_a_report_about_a_nominee_is_sealed_and_blocks_until_it_is_cleared(cast: Cast) -> None:
    proposal = draft(cast)
    act = add(cast, proposal, "appoint", "judge", "林知")
    submit(cast, proposal)
    on_agenda(cast, proposal)
    take(cast, act, "office", "object", {"day": day(), "channel": "letter", "text": "群众反映其经商办企业"})
    with pytest.raises(Refused, match="还没有查清"):
        take(cast, proposal, "office", "put_to_vote")
    assert "经商办企业" not in str(list(Act.objects.values_list("data", flat=True)))
    row = AppointmentObjection.objects.get()
    take(cast, act, "court_office", "settle", {"objection": row.pk, "cleared": "no", "found": "属实"})
    with pytest.raises(Refused, match="还没有查清"):
        take(cast, proposal, "office", "put_to_vote")
    take(cast, act, "office", "object", {"day": day(), "channel": "letter", "text": "又一件"})
    AppointmentObjection.objects.filter(pk=row.pk).update(cleared=True)
    second = AppointmentObjection.objects.get(settled_on=None)
    take(cast, act, "court_office", "settle", {"objection": second.pk, "cleared": "yes", "found": "查无实据"})
    take(cast, proposal, "office", "put_to_vote")


def test_app05_the_words_are_read_by_an_act_with_a_reason_and_for_that_day(cast: Cast, wall: Wall) -> None:
    proposal = draft(cast)
    act = add(cast, proposal, "appoint", "judge", "林知")
    take(cast, act, "office", "object", {"day": day(), "channel": "letter", "text": "反映内容"})

    def shown(who: str) -> bool:
        acts = list(Act.objects.filter(matter=act))
        return record(act).reports_for(cast[who], acts, timezone.localdate())[0].shown

    assert shown("office")
    assert not shown("leader")
    take(cast, act, "leader", "open_reports", {"reason": "主任会议研究"})
    assert shown("leader")
    wall.pass_days(1)
    assert not shown("leader")


def rejected_for(cast: Cast, name: str, times: int) -> None:
    """Somebody is rejected for the post of a judge so often."""
    for _ in range(times):
        act = appointed(cast, name=name, approve=3, against=3)
        take(cast, act, "office", "end_refused", {"told": "已告知区人民法院。"})


def test_app07_rejected_twice_not_for_the_same_post_in_this_term(cast: Cast) -> None:
    rejected_for(cast, "林知", 2)
    proposal = draft(cast)
    with pytest.raises(Incomplete) as refused:
        add(cast, proposal, "appoint", "judge", "林知")
    assert "两次提名未获通过" in str(refused.value.form.errors)
    add(cast, proposal, "appoint", "vice_president", "林知")


def test_app07_in_a_row_or_not_is_the_congress_s_rule(cast: Cast, wall: Wall) -> None:
    """重庆 counts two rejections in a row, 浙江 any two."""
    rejected_for(cast, "林知", 1)
    wall.pass_days(60)
    act = appointed(cast, name="林知")
    Tenure.objects.filter(matter=act).update(until=timezone.localdate(), ended_as="resigned", end_basis="x")
    wall.pass_days(60)
    rejected_for(cast, "林知", 1)
    with pytest.raises(Incomplete):
        add(cast, draft(cast), "appoint", "judge", "林知")
    set_option(cast, "option.rejections_in_a_row", True)
    add(cast, draft(cast), "appoint", "judge", "林知")


def test_app08_nothing_is_announced_before_all_of_it_was_voted(cast: Cast) -> None:
    proposal = draft(cast)
    acts = [add(cast, proposal, "appoint", "judge", name) for name in ("林知", "周行")]
    to_the_vote(cast, proposal)
    vote(acts[0])
    with pytest.raises(Refused, match="表决通过前不得公布"):
        announce(cast, proposal)
    with pytest.raises(Refused, match="还没有公告"):
        take(cast, acts[0], "office", "complete")
    vote(acts[1])
    announce(cast, proposal)
    assert {record(act).announced_on for act in acts} == {timezone.localdate()}


def test_app11_after_the_announcement_a_letter_and_the_oath_within_fifteen_working_days(cast: Cast) -> None:
    act = appointed(cast)
    oath = act.clocks.get(key="oath")
    assert (oath.rule, oath.due_on > timezone.localdate() + timedelta(days=15)) == ("APP-11", True)
    with pytest.raises(Refused, match="任命书、宪法宣誓"):
        take(cast, act, "office", "complete")
    take(cast, act, "office", "certify", {"number": "〔2026〕1号", "signed_by": "程岳"})
    take(cast, act, "office", "swear", {"day": day(), "place": "区人大常委会会议厅", "how": "single"})
    take(cast, act, "office", "complete")
    assert Matter.objects.get(pk=act.parent_id).state == "closed"


def test_a_vote_that_was_not_taken_puts_the_acts_back(cast: Cast) -> None:
    proposal = draft(cast)
    act = add(cast, proposal, "appoint", "judge", "林知")
    to_the_vote(cast, proposal)
    take(cast, proposal, "office", "take_back", {"reason": "到会人数不足。"})
    assert Matter.objects.get(pk=act.pk).state == "listed"
    take(cast, proposal, "office", "put_to_vote")
    vote(act)
    with pytest.raises(Refused, match="不能撤回"):
        take(cast, proposal, "office", "take_back", {"reason": "反悔。"})


def test_nobody_but_a_vote_says_how_it_was_voted(cast: Cast) -> None:
    proposal = draft(cast)
    act = add(cast, proposal, "appoint", "judge", "林知")
    to_the_vote(cast, proposal)
    for who in ("office", "court_office", "leader"):
        with pytest.raises(Refused):
            docket.act(act, "voted", by=cast[who], data={})
    assert the_kin(act.congress_id).account is None


def test_hongshan_2023_011_83_person_times(cast: Cast) -> None:
    """The figure of 洪山 2023: 83 person-times, appointments and removals pooled; people who count twice, and what did not pass, in it or not."""
    proposal = draft(cast)
    judge = Post.objects.get(code="judge")
    people = [Person.objects.create(name=f"人员{number}", birth_year=1970) for number in range(60)]
    wanted = [(person, "appoint", True) for person in people[:50]] + [
        (person, "remove", True) for person in people[27:60]
    ]
    wanted += [(person, "appoint", False) for person in people[50:55]]
    day_of_vote = date(2023, 11, 30)
    for person, kind, passed in wanted:
        matter = Matter(
            congress_id=cast.congress.pk, procedure="appointment-act", state="voted", title=kind, version=1, parent=proposal,
            opened_on=day_of_vote, state_since=day_of_vote,
        )  # fmt: skip
        Matter.objects.bulk_create([matter])
        AppointmentAct.objects.create(
            matter=matter, person=person, person_name=person.name, post=judge, post_title=judge.title, organ_name="区人民法院",
            kind=kind, reason="工作需要。", way="secret", passed=passed, voted_on=day_of_vote,
        )  # fmt: skip
    year = in_year(2023, date(2023, 12, 31))
    counted = [
        read(figure(key), year).part
        for key in ("appointments_and_removals", "appointments", "removals", "appointments_rejected")
    ]
    assert counted == [83, 50, 33, 5]
    rows = evidence(figure("appointments_and_removals"), year, "part")
    assert rows.count() == 83
    assert rows.values("person").distinct().count() == 60
