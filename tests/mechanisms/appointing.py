"""What the mechanisms of personnel share: a standing committee, courts and posts, a proposal on its way, and a vote's verdict."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from openrenda import docket
from openrenda.docket.actor import the_kin
from openrenda.docket.models import Matter
from openrenda.people.models import (
    ExamQuestion,
    Group,
    GroupMembership,
    Mandate,
    Organ,
    Person,
    Post,
    Qualification,
    Tenure,
    Term,
)
from tests.cast import BEGAN, Cast, _sit
from tests.matrix.examples.papers import attached

from .stage import take

MEMBERS = 7
POSTS: dict[str, tuple[str, str, str, int | None]] = {
    "judge": ("区人民法院审判员", "court", "court_judge", None),
    "vice_president": ("区人民法院副院长", "court", "court_deputy", 2),
    "president": ("区人民法院院长", "court", "court_head", 1),
    "mayor": ("副区长", "cabinet", "government_deputy", 3),
    "bureau": ("区交通运输局局长", "roads", "government_member", 1),
}


def committee(cast: Cast, members: int = MEMBERS) -> list[Mandate]:
    """A standing committee of so many: the cast's deputies and others."""
    group = Group.objects.create(kind="standing_committee", name="区人大常委会", since=BEGAN)
    term = Term.objects.get()
    mandates = list(cast.mandates.values())[:members]
    for number in range(members - len(mandates)):
        person = Person.objects.create(name=f"委员{number}", birth_year=1970)
        mandates.append(Mandate.objects.create(person=person, term=term, since=BEGAN))
    for mandate in mandates:
        GroupMembership.objects.create(group=group, mandate=mandate, since=BEGAN)
    return mandates


def people(cast: Cast) -> None:
    """A court with its office, a government's office, the posts, and who holds some of them since the first session."""
    court = Organ.objects.create(code="court", name="区人民法院", kind="court", since=BEGAN)
    cast.organs["court"] = court
    _sit(cast, "court_office", "organ_office", "organ", court.pk, "区人民法院政治部")
    for code, (title, organ, kind, holders) in POSTS.items():
        Post.objects.create(code=code, title=title, organ=cast.organs[organ], kind=kind, holders=holders, since=BEGAN)
    hold("president", "郑明", begun_as="elected")
    hold("vice_president", "许安")
    hold("bureau", "高远")


def hold(post: str, name: str, **more: Any) -> Tenure:
    """Somebody in a post, by a decision of the time before."""
    person, _ = Person.objects.get_or_create(name=name, birth_year=1970)
    return Tenure.objects.create(
        post=Post.objects.get(code=post), person=person, since=BEGAN, basis="区五届人大常委会第一次会议", **more
    )


def day(ahead: int = 0) -> str:
    """A day."""
    return (timezone.localdate() + timedelta(days=ahead)).isoformat()


def draft(cast: Cast, who: str = "court_office", **more: Any) -> Matter:
    """A proposal of an organ, for a meeting in twenty days."""
    source = {"source": "organ", "organ": next(iter(cast[who].holders))} if "source" not in more else {}
    data = {"title": "关于提请任免职务的议案", "meeting_on": day(20), **source, **more}
    return docket.open_matter("appointment", "draft", by=cast[who], data=data).matter


def add(
    cast: Cast, proposal: Matter, kind: str, post: str, name: str, who: str = "court_office", year: int = 1970
) -> Matter:
    """One act of it; the matter it became."""
    data = {
        "kind": kind,
        "post": Post.objects.get(code=post).pk,
        "name": name,
        "birth_year": year,
        "reason": "工作需要。",
    }
    before = list(Matter.objects.filter(parent=proposal).values_list("pk", flat=True))
    take(cast, proposal, who, "add", data)
    return Matter.objects.filter(parent=proposal).exclude(pk__in=before).get()


def submit(cast: Cast, proposal: Matter, who: str = "court_office") -> None:
    """With its papers."""
    attached(proposal, "提请报告.pdf")
    take(cast, proposal, who, "submit", {"late_reason": "会议提前。"})


def on_agenda(cast: Cast, proposal: Matter, **more: Any) -> None:
    """Reviewed, and put on by the council."""
    take(cast, proposal, "office", "review", {"opinion": "符合任职条件。"})
    take(cast, proposal, "office", "put_on", {"sitting": "区五届人大常委会第十二次会议", "meeting_on": day(), **more})


def to_the_vote(cast: Cast, proposal: Matter, who: str = "court_office") -> None:
    """From the draft to the hall."""
    submit(cast, proposal, who)
    on_agenda(cast, proposal)
    take(cast, proposal, "office", "put_to_vote")


def vote(
    act: Matter,
    approve: int = 5,
    against: int = 1,
    abstain: int = 0,
    *,
    base: int = MEMBERS,
    present: int = 6,
    passed: Any = None,
) -> Any:
    """The verdict as a vote announces it."""
    passed = approve * 2 > base if passed is None else passed
    data = {"passed": passed, "approve": approve, "against": against, "abstain": abstain, "base": base, "present": present,
            "sentence": f"应到{base}，实到{present}，赞成{approve}"}  # fmt: skip
    return docket.act(Matter.objects.get(pk=act.pk), "voted", by=the_kin(act.congress_id), data=data)


def announce(cast: Cast, proposal: Matter) -> None:
    """What the vote decided, made public."""
    take(cast, proposal, "office", "announce", {"announcement": "第8号公告", "informed": "区人民法院"})


def appointed(cast: Cast, post: str = "judge", name: str = "林知", **tally: Any) -> Matter:
    """One act voted and announced."""
    proposal = draft(cast)
    act = add(cast, proposal, "appoint", post, name)
    to_the_vote(cast, proposal)
    vote(act, **tally)
    announce(cast, proposal)
    return Matter.objects.get(pk=act.pk)


def passed_exam(name: str) -> None:
    """Somebody passed in this term."""
    person = Person.objects.get(name=name)
    matter = Matter.objects.latest("id")
    Qualification.objects.create(
        person=person, term=Term.objects.get(), matter=matter, day=date(2026, 2, 2), score=90, passed=True
    )


def bank(count: int = 30, use: str = "exam") -> None:
    """Questions whose right answer is A."""
    for number in range(count):
        ExamQuestion.objects.create(
            code=f"{use}{number}", kind="single", use=use, text=f"第{number}题？", choices=["对", "不对"], key="A"
        )
