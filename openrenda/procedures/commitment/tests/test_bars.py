"""What the law forbids: the organ's own closing, a day moved without consent, a deputy's word in place of another's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from openrenda import docket
from openrenda.docket.engine import open_matter
from openrenda.docket.models import Act, Matter, OutboxEntry, RunningClock
from openrenda.docket.refusals import Incomplete, NotFresh, NotVisible, Refused
from openrenda.people.models import Mandate, Term
from openrenda.rulebook.models import LocalValue
from openrenda.web import filing
from tests.cast import Cast
from tests.mechanisms.conftest import Wall
from tests.promises import DENIED, INSPECTED, REPORT, SATISFIED, Promised, a_reply, in_days, leaves


def test_a_day_in_the_past_is_refused_with_a_sentence(cast: Cast) -> None:
    told = Promised(cast)
    way = type(told.way)(cast).contacted()
    with pytest.raises(Incomplete) as refused:
        way.take("roads_clerk", "draft_reply", a_reply(("装好护栏", -1)))
    assert "不能早于今天" in str(refused.value.form.errors["promise_1_by"])


def test_a_draft_whose_day_has_passed_goes_back(cast: Cast, wall: Wall) -> None:
    """The head signs late: the reply would promise a day that is over."""
    way = Promised(cast).way
    other = type(way)(cast).contacted()
    other.take("roads_clerk", "draft_reply", a_reply(("装好护栏", 3)))
    wall.pass_days(5)
    with pytest.raises(Refused, match="退回重拟"):
        other.take("roads_head", "sign_reply")


@pytest.mark.parametrize(
    "who", ["roads_clerk", "roads_office", "roads_head", "roads_chief", "office", "government", "street"]
)
def test_nobody_but_a_deputy_who_signed_settles_it(cast: Cast, who: str) -> None:
    """B10(2): neither the organ nor any office; and a deputy who did not sign is not asked either."""
    told = Promised(cast).reported()
    for step, data in (("confirm", SATISFIED), ("deny", DENIED)):
        with pytest.raises(Refused):
            told.take(who, step, data)
    with pytest.raises(Refused):
        told.take("zhou", "confirm", SATISFIED)
    assert told.state == "reported"
    assert told.matter.closed_on is None


def test_without_proof_nothing_is_reported(cast: Cast, settings: Any, tmp_path: Any) -> None:
    """B10(2): a photo, a document or a signed word; a file of another matter is no proof."""
    settings.FILES_ROOT = tmp_path
    told = Promised(cast, ("一", 10), ("二", 10))
    with pytest.raises(Incomplete) as refused:
        told.take("roads_clerk", "report", {"result": "已办。", "kept_on": in_days(0)})
    assert "照片或者文件" in str(refused.value.form.errors["proof"])
    other = filing.keep(
        SimpleUploadedFile("现场.txt", b"x"), cast["roads_clerk"], role="attachment", matter=told.all()[1]
    )
    with pytest.raises(Incomplete):
        told.take("roads_clerk", "report", {"result": "已办。", "kept_on": in_days(0), "proof": [str(other.pk)]})
    own = filing.keep(
        SimpleUploadedFile("现场.txt", "护栏".encode()), cast["roads_clerk"], role="attachment", matter=told.matter
    )
    made = told.take("roads_clerk", "report", {"result": "已办。", "kept_on": in_days(0), "proof": [str(own.pk)]})
    assert made.data["proof"] == [str(own.pk)]


def test_it_is_not_kept_tomorrow(cast: Cast) -> None:
    with pytest.raises(Incomplete):
        Promised(cast).take("roads_clerk", "report", {**REPORT, "kept_on": in_days(1)})


def test_the_word_asks_for_the_password_again(cast: Cast) -> None:
    from dataclasses import replace

    told = Promised(cast).reported()
    with pytest.raises(NotFresh):
        docket.act(told.matter, "confirm", by=replace(cast["chen"], fresh=False), data=SATISFIED)


def test_a_later_day_needs_a_reason_the_deputy_and_consent(cast: Cast, wall: Wall) -> None:
    told = Promised(cast)
    with pytest.raises(Incomplete):
        told.take("roads_office", "ask_postponement", {"due_on": in_days(90)})
    with pytest.raises(Incomplete):
        told.take("roads_office", "ask_postponement", {"due_on": in_days(30), "reason": "提前"})
    with pytest.raises(Refused):
        told.take("roads_clerk", "ask_postponement", {"due_on": in_days(90), "reason": "雨季"})
    told.take("roads_office", "ask_postponement", {"due_on": in_days(90), "reason": "雨季"})
    first = told.record.due_on
    with pytest.raises(Refused, match="听取代表"):
        told.take("office", "grant", {"due_on": in_days(90)})
    wall.pass_days(10)
    told.take("office", "grant", {"due_on": in_days(90)})
    assert told.record.due_on > first == told.record.first_due_on
    assert Act.objects.get(matter=told.pk, step="grant").data["old_due_on"] == first.isoformat()


def test_where_the_deputy_consents_the_office_does_not(cast: Cast) -> None:
    LocalValue.objects.create(
        rule="option.promise_postponed_by",
        value="deputy",
        since=timezone.localdate(),
        basis="主任会议纪要",
        set_by="管理员",
    )
    from openrenda import rulebook

    rulebook.forget()
    told = Promised(cast)
    told.take("roads_office", "ask_postponement", {"due_on": in_days(90), "reason": "雨季"})
    with pytest.raises(Refused):
        told.take("office", "grant", {"due_on": in_days(90)})
    told.take("chen", "grant_as_deputy", {"due_on": in_days(80)})
    assert told.record.due_on.isoformat() == in_days(80)


def test_a_deputy_who_left_is_followed_by_the_next_who_signed(cast: Cast) -> None:
    """The lead deputy left before the organ reported: the co-signer is asked, and the lead is not any more."""
    told = Promised(cast, cosigners=("lin", "zhou"))
    leaves(cast, "chen")
    told.reported()
    with pytest.raises(Refused):
        told.take("chen", "confirm", SATISFIED)
    told.take("lin", "confirm", SATISFIED)
    assert told.state == "confirmed"


def test_a_deputy_who_leaves_while_she_is_asked(cast: Cast) -> None:
    told = Promised(cast, cosigners=("lin",)).reported()
    with pytest.raises(Refused, match="在任"):
        told.take("office", "pass_word")
    leaves(cast, "chen")
    told.take("office", "pass_word")
    told.take("lin", "deny", DENIED)
    assert told.state == "not_kept"


def test_nobody_left_the_office_inspects_and_the_ledger_says_so(cast: Cast, wall: Wall) -> None:
    told = Promised(cast, cosigners=("lin",)).reported()
    with pytest.raises(Refused, match="仍在任"):
        told.take("office", "pass_to_office")
    leaves(cast, "chen", "lin")
    wall.pass_days(60)
    docket.run_clocks(cast.congress.pk)
    wall.pass_days(10)
    docket.run_clocks(cast.congress.pk)
    assert told.state == "inspected"
    with pytest.raises(Incomplete):
        told.take("office", "inspect_kept", {})
    told.take("office", "inspect_kept", {**INSPECTED, "held_on": in_days(0)})
    assert told.record.inspected
    assert told.state == "confirmed"
    assert told.record.grade == ""


def test_a_deputy_elected_anew_speaks_for_what_she_signed(cast: Cast) -> None:
    """The term ends and the promise goes on: the same person under her new mandate."""
    told = Promised(cast)
    leaves(cast, "chen")
    old = cast.mandates["chen"]
    today = timezone.localdate()
    term = Term.objects.create(number=6, since=today - timedelta(days=1))
    again = Mandate.objects.create(person=old.person, term=term, since=today, card_number="new")
    told.reported()
    assert [party.holder for party in told.matter.parties.filter(role="speaker", until=None)] == [again.pk]


def test_silence_passes_the_word_on_and_never_confirms(cast: Cast, wall: Wall) -> None:
    """重庆29: reminded, then the next one; who was silent may still speak; nobody's silence settles it."""
    told = Promised(cast, cosigners=("lin",)).reported()
    for _round in range(3):
        wall.pass_days(40)
        docket.run_clocks(cast.congress.pk)
        docket.run_clocks(cast.congress.pk)
    assert told.state == "reported"
    assert told.matter.closed_on is None
    assert OutboxEntry.objects.filter(matter=told.pk, kind="reminder", detail__clock="judge").exists()
    told.take("chen", "confirm", SATISFIED)
    assert told.state == "confirmed"


def test_confirmed_and_then_not_kept_after_all(cast: Cast, wall: Wall) -> None:
    """Both facts stay, and the lamp shows the day that was promised first."""
    told = Promised(cast, ("装好护栏", 10)).confirmed()
    confirmed_on = told.record.confirmed_on
    wall.pass_days(100)
    told.take("chen", "reopen", {"reason": "护栏倒了一半，当时没有装牢。"})
    record = told.record
    assert (told.state, record.confirmed_on, record.reopened) == ("not_kept", None, 1)
    assert Act.objects.get(matter=told.pk, step="reopen").data["confirmed_on"] == confirmed_on.isoformat()
    assert told.matter.due_on == record.due_on < timezone.localdate()
    told.confirmed()
    assert Act.objects.filter(matter=told.pk, step="confirm").count() == 2


def test_a_secret_suggestion_has_secret_promises(cast: Cast) -> None:
    told = Promised(cast, keep_secret="on")
    assert told.matter.confidential
    assert not docket.visible(cast["zhou"]).filter(pk=told.pk).exists()
    assert docket.visible(cast["roads_clerk"]).filter(pk=told.pk).exists()
    with pytest.raises(NotVisible):
        told.take("leader", "reopen", {"reason": "x"})


def test_nobody_opens_a_promise_by_hand(cast: Cast) -> None:
    with pytest.raises(Refused):
        open_matter(
            "commitment",
            "promise",
            by=cast["roads_clerk"],
            data={"what": "x", "who": "y", "due_on": in_days(1), "round": 1},
        )
    assert not Matter.objects.filter(procedure="commitment").exists()


def test_another_organ_sees_nothing(cast: Cast) -> None:
    told = Promised(cast)
    with pytest.raises(NotVisible):
        told.take("parks_clerk", "progress", {"progress": "x"})
    assert not RunningClock.objects.filter(matter=told.pk, key="yearly").exists(), "the round is an option"
