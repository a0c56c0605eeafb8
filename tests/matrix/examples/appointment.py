"""A court that nominates, a committee that votes, and one proposal by hand to the announcement: no vote of theirs is held in a walk."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from django.utils import timezone

from openrenda import docket
from openrenda.docket.actor import the_kin
from openrenda.docket.models import File, Matter
from openrenda.docket.situation import Situation
from openrenda.people.models import Group, GroupMembership, Organ, Person, Post, Tenure
from tests.cast import BEGAN, Cast, _sit

from . import Answers
from .papers import attached


def people(cast: Cast) -> None:
    """A court, its office and posts, a committee of four; proposals that were voted, with an act that passed and one that did not."""
    group = Group.objects.create(kind="standing_committee", name="区人大常委会", since=BEGAN)
    for mandate in cast.mandates.values():
        GroupMembership.objects.create(group=group, mandate=mandate, since=BEGAN)
    court = Organ.objects.create(code="court", name="区人民法院", kind="court", since=BEGAN)
    cast.organs["court"] = court
    _sit(cast, "court_office", "organ_office", "organ", court.pk, "区人民法院政治部")
    for code, kind, examined in (
        ("judge", "court_judge", False),
        ("vice", "court_deputy", True),
        ("president", "court_head", False),
    ):
        Post.objects.create(
            code=code, title=f"区人民法院{code}", organ=court, kind=kind, examined=examined, since=BEGAN
        )
    roads = cast.organs["roads"]
    Post.objects.create(
        code="bureau", title="区交通运输局局长", organ=roads, kind="government_member", holders=1, since=BEGAN
    )
    for number in range(12):
        hold("judge", f"法官{number}")
    for approve in (4, 1):
        made = nominated(cast, "court_office", "judge", f"赞成{approve}")
        for step, data in (("take_back", {"reason": "到会人数不足。"}), ("put_to_vote", {})):
            docket.act(Matter.objects.get(pk=made.pk), step, by=cast["office"], data=data)
        vote(cast, made, approve)
    without_room(cast)


def hold(post: str, name: str) -> Tenure:
    """Somebody in a post since the first session."""
    person = Person.objects.create(name=name, birth_year=1980)
    return Tenure.objects.create(post=Post.objects.get(code=post), person=person, since=BEGAN, basis="常委会第一次会议")


def nominated(cast: Cast, who: str, post: str, name: str) -> Matter:
    """A proposal of one act, put to the vote."""
    organ = next(iter(cast[who].holders))
    today = timezone.localdate().isoformat()
    data = {"title": f"任命{name}的议案", "source": "organ", "organ": organ, "meeting_on": today}
    made = docket.open_matter("appointment", "draft", by=cast[who], data=data).matter
    attached(made, "提请报告.pdf")
    act = {
        "kind": "appoint",
        "post": Post.objects.get(code=post).pk,
        "name": name,
        "birth_year": 1980,
        "reason": "工作需要。",
    }
    for step, by, data in (
        ("add", who, act), ("submit", who, {"late_reason": "会议提前。"}), ("review", "office", {"opinion": "符合条件。"}),
        ("put_on", "office", {"sitting": "第二次会议", "meeting_on": today}), ("put_to_vote", "office", {}),
    ):  # fmt: skip
        docket.act(Matter.objects.get(pk=made.pk), step, by=cast[by], data=data)
    return Matter.objects.get(pk=made.pk)


def vote(cast: Cast, made: Matter, approve: int) -> None:
    """The verdict of four members, announced."""
    verdict = {"approve": approve, "against": 4 - approve, "abstain": 0, "base": 4, "present": 4, "passed": approve * 2 > 4,
               "sentence": "应到4，实到4"}  # fmt: skip
    docket.act(Matter.objects.get(parent=made), "voted", by=the_kin(cast.congress.pk), data=verdict)
    docket.act(Matter.objects.get(pk=made.pk), "announce", by=cast["office"], data={"informed": "提请机关"})


def without_room(cast: Cast) -> None:
    """What passed while somebody else was in the post: it is written into the register by hand, and filed."""
    made = nominated(cast, "government", "bureau", "后任")
    other = hold("bureau", "原任")
    vote(cast, made, 4)
    Tenure.objects.filter(pk=other.pk).update(until=timezone.localdate(), ended_as="died", end_basis="讣告")


def drafted(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Of the organ that drafts it, or of the council."""
    soon = (situation.today + timedelta(days=pick.randint(0, 20))).isoformat()
    if situation.actor.seat == "deputy_office":
        return {"source": "council", "organ": None, "movers": [], "meeting_on": soon}
    return {"source": "organ", "meeting_on": soon}


def added(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any] | None:
    """A judge is to be appointed or removed by the court; the council proposes to dismiss one, who may defend himself."""
    record = situation.record
    if record.organ is not None and record.organ.code != "court":
        return None
    # Without its paper nothing is submitted.
    if not File.objects.filter(matter=situation.matter.pk).exists():
        attached(situation.matter, "提请报告.pdf")
    if record.organ is not None and pick.random() < 0.5:
        post = Post.objects.get(code=pick.choice(["judge", "vice"]))
        return {"kind": "appoint", "post": post.pk, "name": f"新人{pick.randint(1, 10**9)}", "birth_year": 1985}
    listed = Matter.objects.filter(parent=situation.matter).values_list("appointment_act__person", flat=True)
    held = Tenure.objects.filter(post__code="judge", until=None, person__name__startswith="法官")
    row = held.exclude(person__in=list(listed)).select_related("person").first()
    kind = "remove" if record.organ else "dismissal"
    return {"kind": kind, "post": row.post_id, "name": row.person.name, "birth_year": 1980} if row else None


def submitted(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Late ones say why."""
    return {"late_reason": "会议提前。"}


def put_on(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """For a meeting today."""
    return {"meeting_on": situation.today.isoformat()}


EXAMPLES: dict[str, Answers] = {"draft": drafted, "add": added, "submit": submitted, "put_on": put_on}
