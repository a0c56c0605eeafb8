"""One suggestion from draft to meeting, told by the people who take its steps."""

from __future__ import annotations

import pytest
from django.utils import timezone

from openrenda import docket
from openrenda.docket.models import Act, Matter, OutboxEntry, RunningClock
from openrenda.docket.refusals import Incomplete, NotVisible, Overtaken, Refused
from openrenda.docket.situation import Situation
from openrenda.docket.verify import verify_congress
from openrenda.tenancy import congress_scope
from tests.cast import CONTACT, REPLY, REVIEW, SUBMIT, Cast, assemble, draft


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast, with its congress in context."""
    people = assemble()
    with congress_scope(people.congress):
        yield people


class Story:
    """Takes steps on one matter and remembers it."""

    def __init__(self, cast: Cast, **changes: str) -> None:
        self.cast = cast
        self.matter = docket.open_matter("suggestion", "propose", by=cast["chen"], data=draft(**changes)).matter

    def take(self, who: str, step: str, data: dict | None = None) -> Act:
        """Somebody takes a step."""
        self.matter = Matter.objects.get(pk=self.matter.pk)
        return docket.act(self.matter, step, by=self.cast[who], data=data)

    @property
    def state(self) -> str:
        return Matter.objects.get(pk=self.matter.pk).state

    def until_handling(self) -> Story:
        self.take("chen", "submit_to_street", SUBMIT)
        self.take("street", "street_pass", REVIEW)
        self.take("office", "district_pass", REVIEW)
        self.take("office", "assign", {"organ": self.cast.organs["roads"].pk})
        self.take("roads_clerk", "sign_for")
        return self

    def until_replied(self) -> Story:
        self.until_handling()
        self.take("roads_clerk", "contact", {**CONTACT, "held_on": timezone.localdate().isoformat()})
        self.take("roads_clerk", "draft_reply", REPLY)
        self.take("roads_head", "sign_reply")
        return self


def test_from_draft_to_satisfied(cast: Cast) -> None:
    """提、交、办、评: the whole chain, with its number, clocks, notices and a ledger that verifies."""
    story = Story(cast)
    story.take("chen", "invite", {"deputies": [cast.mandates["lin"].pk]})
    with pytest.raises(Refused, match="尚未确认联名"):
        story.take("chen", "submit_to_street", SUBMIT)
    story.take("lin", "cosign", {"own_will": "on"})
    story.until_replied()
    matter = Matter.objects.get(pk=story.matter.pk)
    assert matter.number.endswith("1号")
    assert RunningClock.objects.get(key="reply").stopped_on is not None
    story.take("lin", "cosigner_judge", {"attitude": "satisfied", "result": "dissatisfied", "reasons": "还不够"})
    story.take("chen", "judge", {"attitude": "satisfied", "result": "satisfied"})
    assert story.state == "closed"
    assert OutboxEntry.objects.filter(act__step="assign").exists()
    assert verify_congress(cast.congress) == []


def joint(cast: Cast) -> Story:
    """A suggestion that Lin signed with Chen, and the reply to it."""
    story = Story(cast)
    story.take("chen", "invite", {"deputies": [cast.mandates["lin"].pk]})
    story.take("lin", "cosign", {"own_will": "on"})
    return story.until_replied()


def test_a_cosigner_may_still_judge_after_the_lead_deputy(cast: Cast) -> None:
    """SUG-12: the lead deputy's judgement counts, the others' are shown; nobody waits for them, nobody shuts them out."""
    story = joint(cast)
    assert not docket.inbox(cast["lin"]).exists()
    story.take("chen", "judge", {"attitude": "satisfied", "result": "satisfied"})
    assert (story.state, list(docket.invited(cast["lin"]))) == ("closed", [story.matter])
    story.take("lin", "cosigner_judge", {"attitude": "satisfied", "result": "dissatisfied", "reasons": "还不够"})
    assert not docket.invited(cast["lin"]).exists()
    assert (story.state, story.matter.suggestion.get().result) == ("closed", "satisfied")
    with pytest.raises(Refused, match="待评价的联名代表"):
        story.take("lin", "cosigner_judge", {"attitude": "satisfied", "result": "satisfied"})


def test_a_cosigner_judges_the_last_reply(cast: Cast) -> None:
    """Also while the suggestion is handled again; then the second reply asks anew (SUG-12, SUG-13)."""
    story = joint(cast)
    story.take("chen", "reject", {"attitude": "satisfied", "reasons": "仍然拥堵"})
    story.take("lin", "cosigner_judge", {"attitude": "satisfied", "result": "basically"})
    story.take("roads_clerk", "contact", {**CONTACT, "held_on": timezone.localdate().isoformat()})
    story.take("roads_clerk", "draft_second_reply", REPLY)
    story.take("roads_chief", "sign_second_reply")
    story.take("lin", "cosigner_judge", {"attitude": "satisfied", "result": "satisfied"})
    hers = story.matter.judgements.filter(lead=False).order_by("round")
    assert list(hers.values_list("round", "result")) == [(1, "basically"), (2, "satisfied")]


def test_not_satisfied_asks_for_attitude_and_reasons_only(cast: Cast) -> None:
    """A question with one possible answer is not asked; the answer is recorded all the same."""
    story = Story(cast).until_replied()
    made = story.take("chen", "reject", {"attitude": "basically", "reasons": "仍然拥堵"})
    assert made.data["result"] == "dissatisfied"
    assert story.matter.suggestion.get().result == "dissatisfied"
    with pytest.raises(Incomplete):
        joint(cast).take("chen", "reject", {"attitude": "basically", "result": "satisfied", "reasons": "仍然拥堵"})


def test_not_satisfied_twice_ends_in_a_meeting(cast: Cast) -> None:
    """重新办理 by a higher signer; then the deputies' office records a meeting (SUG-13)."""
    story = Story(cast).until_replied()
    story.take("chen", "reject", {"attitude": "dissatisfied", "result": "dissatisfied", "reasons": "仍然拥堵"})
    with pytest.raises(Refused, match="沟通"):
        story.take("roads_clerk", "draft_second_reply", REPLY)
    story.take("roads_clerk", "contact", {**CONTACT, "held_on": timezone.localdate().isoformat()})
    story.take("roads_clerk", "draft_second_reply", REPLY)
    with pytest.raises(Refused, match="主要负责人"):
        story.take("roads_head", "sign_second_reply")
    story.take("roads_chief", "sign_second_reply")
    story.take("chen", "reject_second", {"attitude": "satisfied", "result": "dissatisfied", "reasons": "未落实"})
    meeting = {"held_on": timezone.localdate().isoformat(), "people": "双方", "conclusion": "列入明年计划"}
    story.take("office", "record_meeting", meeting)
    assert story.state == "closed"
    assert Matter.objects.get().replies.count() == 2


def test_a_reply_before_any_contact_is_refused_under_article_51(cast: Cast) -> None:
    """代表法第五十一条第二款: contact first."""
    story = Story(cast).until_handling()
    with pytest.raises(Refused, match="第五十一条"):
        story.take("roads_clerk", "draft_reply", REPLY)


def test_strangers_see_nothing_and_the_stale_page_is_told(cast: Cast) -> None:
    story = Story(cast)
    with pytest.raises(NotVisible):
        story.take("office", "district_pass", REVIEW)
    assert not docket.visible(cast["lin"]).exists()
    version = Matter.objects.get().version
    story.take("chen", "revise", draft(title="关于学府路的建议"))
    with pytest.raises(Overtaken):
        docket.act(Matter.objects.get(), "revise", by=cast["chen"], data=draft(), seen=version)


def test_merged_suggestions_are_answered_with_the_main_one(cast: Cast) -> None:
    """SUG-18: merged for handling, yet each deputy is answered and judges."""
    main, other = Story(cast), Story(cast, title="关于学府路小学门前拥堵的建议")
    for story in (main, other):
        story.take("chen", "submit_to_street", SUBMIT)
        story.take("street", "street_pass", REVIEW)
        story.take("office", "district_pass", REVIEW)
    other.take("office", "merge", {"main": main.matter.pk})
    main.take("office", "assign", {"organ": cast.organs["roads"].pk, "assisting": [cast.organs["parks"].pk]})
    main.take("roads_clerk", "sign_for")
    main.take("roads_clerk", "contact", {**CONTACT, "held_on": timezone.localdate().isoformat()})
    with pytest.raises(Refused, match="协办"):
        main.take("roads_clerk", "draft_reply", REPLY)
    child = Matter.objects.get(procedure="assistance")
    docket.act(child, "give", by=cast["parks_clerk"], data={"opinion": "可以配合移栽。"})
    main.take("roads_clerk", "draft_reply", REPLY)
    main.take("roads_head", "sign_reply")
    assert other.state == "replied"
    assert Matter.objects.get(procedure="assistance").state == "done"
    other.take("chen", "judge", {"attitude": "satisfied", "result": "basically"})
    assert verify_congress(cast.congress) == []


def test_parts_handled_separately_close_the_whole(cast: Cast) -> None:
    """SUG-06: each organ replies; the suggestion closes with its last part."""
    story = Story(cast)
    story.take("chen", "submit_to_street", SUBMIT)
    story.take("street", "street_pass", REVIEW)
    story.take("office", "district_pass", REVIEW)
    story.take("office", "assign_separately", {"organs": [cast.organs["roads"].pk, cast.organs["parks"].pk]})
    parts = Matter.objects.filter(parent_id=story.matter.pk).select_related("parent").order_by("pk")
    assert [part.number for part in parts] == [f"{story.matter.number}之1", f"{story.matter.number}之2"]
    assert {part.suggestion.get().official_number for part in parts} == {story.matter.number}
    for part in parts:
        who = part.parties.get(role="handler").name[:4]
        prefix = "roads" if "交通" in who else "parks"
        for actor, step, data in (
            (f"{prefix}_clerk", "sign_for", None),
            (f"{prefix}_clerk", "contact", {**CONTACT, "held_on": timezone.localdate().isoformat()}),
            (f"{prefix}_clerk", "draft_reply", REPLY),
            (f"{prefix}_head", "sign_reply", None),
            ("chen", "judge", {"attitude": "satisfied", "result": "satisfied"}),
        ):
            docket.act(Matter.objects.get(pk=part.pk), step, by=cast[actor], data=data)
    assert story.state == "closed"
    assert verify_congress(cast.congress) == []


def test_offers_name_the_article_on_a_dead_button(cast: Cast) -> None:
    story = Story(cast).until_handling()
    offers = {
        o.step.key: o for o in docket.offers(Situation(Matter.objects.get(pk=story.matter.pk), cast["roads_clerk"]))
    }
    assert offers["contact"].live
    assert not offers["draft_reply"].live
    assert "第五十一条" in offers["draft_reply"].reasons[0]
    assert list(docket.inbox(cast["roads_clerk"])) == [Matter.objects.get(pk=story.matter.pk)]
