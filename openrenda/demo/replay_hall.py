"""What a replay tells of the hall: chairpersons' meetings, sittings with what is decided and who sits in, appointments, livelihood projects.

A sitting is told whole: what it votes on is told among its own steps. Its agenda was fixed by a chairpersons' meeting that is told before it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from openrenda.activities.hall import Attendance, Paper
from openrenda.activities.hall import Sitting as SittingRow
from openrenda.activities.record import Item
from openrenda.activities.sitting.calling import least_invited
from openrenda.activities.vote.records import latest_ballot
from openrenda.ballots.counting.terms import CHOICE, CHOSEN, THREE_WAYS
from openrenda.docket.models import Matter
from openrenda.people.models import Person, Tenure
from openrenda.procedures.livelihood_project.records import LivelihoodProject

from .replay_lives import CLOCK, GOVERNMENT, LEADER, OFFICE, Asking, Course, Taken, in_days, open_item

MOTION, OTHER = "bill", "other"
RESOLVED, DECIDED = "resolution", "decision"
TEXT = "内容为虚构。"
# Days counted from the day on which it sits.
CALLED, DRAFTED, SUBMITTED, REVIEWED, LISTED, ITEMS, PAPERS, FIXED, TOLD = -30, -25, -20, -18, -14, -12, -11, -9, -8
SENT, PUBLISHED, SWORN, COMPLETED, MINUTES, APPROVED, FILED = -6, 4, 5, 8, 2, 4, 6
PACE_OF_MEETINGS, PACE_OF_SITTINGS = (10, 28), (45, 30)


# What the steps find


def decided_agenda(asking: Asking) -> str:
    """The agenda that a chairpersons' meeting fixed last."""
    found = Item.objects.filter(matter__procedure="chairpersons-meeting", kind="agenda", outcome="decided")
    return str(found.latest("id").pk)


def waiting_paper(asking: Asking) -> str:
    """The first paper of the sitting that did not come yet."""
    return str(Paper.objects.filter(matter=asking.matter, received_on=None).earliest("id").pk)


def invited(count: int) -> Callable[[Asking], list[str]]:
    """So many deputies who were invited least."""

    def found(asking: Asking) -> list[str]:
        rows = least_invited(asking.day, SittingRow.objects.get(matter=asking.matter))
        return [str(row.pk) for row in rows[:count]]

    return found


def came(asking: Asking) -> int:
    """How many of the sitting in which a text was proposed are in the hall."""
    assert asking.matter is not None
    sitting = asking.matter.resolution.get().item.matter_id
    return Attendance.objects.filter(sitting=sitting, right="votes", came=True).count()


def proposal(asking: Asking) -> str:
    """The proposal that was put on the agenda last."""
    return str(Matter.objects.filter(procedure="appointment", state="on_agenda").latest("id").pk)


def leaving(asking: Asking) -> str:
    """Who has held a post longest and is not to leave it in the same proposal."""
    rows = Tenure.objects.filter(until=None).exclude(person__in=_listed(asking))
    return rows.select_related("person").order_by("since", "id")[0].person.name


def coming(asking: Asking) -> str:
    """Somebody new."""
    return f"人选{Person.objects.count():03}"


def _listed(asking: Asking) -> Any:
    assert asking.matter is not None
    return Matter.objects.filter(parent=asking.matter).values("appointment_act__person")


def complete_candidates(asking: Asking) -> list[str]:
    """All candidates of the round, whose files are complete."""
    rows = LivelihoodProject.objects.filter(round=asking.matter, filled=True).order_by("id")
    return [str(row) for row in rows.values_list("matter", flat=True)]


def milestone(asking: Asking) -> str:
    """One day by which the project is to be finished."""
    return f"{asking.scene.began + timedelta(days=270)} 全部完成"


def count_sheet(asking: Asking) -> dict[str, int]:
    """What both tellers counted: everybody votes for each name; of projects the first ones by all but one, the others by one."""
    assert asking.matter is not None
    ballot = latest_ballot(asking.matter.pk)
    assert ballot is not None
    terms, sheet = ballot.terms, {}
    for row in range(len(terms.rows)):
        if terms.kind == CHOICE:
            sheet[f"mark_{row}_{CHOSEN}"] = terms.present - 1 if row < terms.places else 1
        else:
            sheet |= {f"mark_{row}_{mark}": terms.present if mark == THREE_WAYS[0] else 0 for mark in THREE_WAYS}
    return {"issued": terms.present, "returned": terms.present, "void": 0, **sheet}


# Meetings and sittings

MEETING_DAY = {"held_on": "{began}", "place": "会议室（虚构）", "leading": "{leader}"}


def _meeting(kind: str, title: str) -> Course:
    """A chairpersons' meeting with one item, which is decided and reported on."""
    decision = {"item": open_item, "text": "同意（虚构）。", "organ": "{organ}", "due_on": in_days(10)}
    return Course("chairpersons-meeting", (
        Taken("call", -3, MEETING_DAY), Taken("add_item", -3, {"kind": kind, "title": title}),
        Taken("attend", 0, {"members": ["{leader}"]}), Taken("decide", 0, decision), Taken("close", 1),
        Taken("report", 5, {"result": "已经办理（虚构）。"}, on="task"), Taken("accept", 6, on="task"),
    ), by=OFFICE, pace=PACE_OF_MEETINGS)  # fmt: skip


SIGNED_IN = (
    Taken("begin_sign_in", 0), Taken("sign_in", 0, on="attendance", by=OFFICE), Taken("open", 0),
)  # fmt: skip
RECORDED = (
    Taken("close", 0), Taken("draft_minutes", MINUTES, {"minutes": f"会议记录。{TEXT}"}), Taken("approve_minutes", APPROVED),
    Taken("archive", FILED),
)  # fmt: skip
PASSED = Taken("result", 0, {"item": open_item, "outcome": "passed"})
BALLOT = Course("vote", (
    Taken("open", 0), Taken("teller_one", 0, count_sheet, by=OFFICE), Taken("teller_two", 0, count_sheet, by=LEADER),
    Taken("close", 0), Taken("announce", 0),
))  # fmt: skip


def _put_to_vote(kind: str, title: str) -> tuple[Taken | Course, ...]:
    """The open item is voted on by papers, which two count; its matter hears the result."""
    put = {"item": open_item, "title": title, "kind": kind, "way": "paper"}
    return (
        Taken("put_to_vote", 0, put), BALLOT, PASSED,
    )  # fmt: skip


def _passed(kind: str) -> tuple[Taken | Course, ...]:
    """A resolution or decision on the open item."""
    words = {
        "kind": kind,
        "title": f"常务委员会{'决议' if kind == RESOLVED else '决定'}（虚构）",
        "text": TEXT,
        "item": open_item,
    }
    return (
        Course("resolution", (
            Taken("propose", 0, words), Taken("tally", 0, {"approve": came, "against": 0, "abstain": 0}), Taken("adopt", 0),
        ), by=OFFICE),
        PASSED,
    )  # fmt: skip


def _nominated(appointed: int, removed: int) -> Course:
    """A court's proposal of so many acts, until it is on the agenda."""
    listed: dict[str, Any] = {"post": "{post}", "reason": "工作需要（虚构）。"}
    leave = Taken("add", DRAFTED, {**listed, "kind": "remove", "name": leaving})
    come = Taken("add", DRAFTED, {**listed, "kind": "appoint", "name": coming, "birth_year": 1980})
    draft = {
        "title": "关于提请任免审判人员职务的议案（虚构）",
        "source": "organ",
        "organ": "{court}",
        "meeting_on": "{began}",
    }
    return Course("appointment", (
        Taken("draft", DRAFTED, draft), *(leave,) * removed, *(come,) * appointed, Taken("submit", SUBMITTED, paper="提请报告（虚构）"),
        Taken("review", REVIEWED, {"opinion": "符合任职条件（虚构）。"}),
        Taken("put_on", LISTED, {"sitting": "常委会会议（虚构）", "meeting_on": "{began}"}),
    ), by=OFFICE)  # fmt: skip


NEW = {"appointment_act__kind": "appoint"}
APPOINTED = Course("appointment", (
    Taken("announce", 0, {"informed": "人民法院（虚构）"}),
    Taken("certify", 1, {"signed_by": "主任（虚构）"}, on="appointment-act", where=NEW),
    Taken("swear", SWORN, {"day": "{today}", "place": "会议厅（虚构）", "how": "group"}, on="appointment-act", where=NEW),
    Taken("complete", COMPLETED, on="appointment-act"),
))  # fmt: skip


def _papers(count: int) -> list[Taken]:
    """So many papers come in, each for one that is waited for."""
    came_in = {"file": "{paper}", "paper": waiting_paper}
    return [Taken("register_paper", PAPERS, came_in, f"会议材料{number}（虚构）") for number in range(1, count + 1)]


def _sitting(resolutions: int = 0, appointed: int = 0, removed: int = 0, guests: int = 0) -> Course:
    """A sitting of the standing committee: so many texts passed, so many appointed and removed, so many deputies sitting in."""
    plan = {"body": "standing_committee", "held_on": "{began}", "place": "会议厅（虚构）", "leading": "{leader}"}
    bill = {"kind": MOTION, "title": "审议决议、决定草案（虚构）", "mover": "council"}
    before: list[Taken | Course] = [Taken("plan", CALLED, plan), *(Taken("add_item", ITEMS, bill),) * resolutions]
    during: list[Taken | Course] = [
        part for place in range(resolutions) for part in _passed((DECIDED, RESOLVED)[place % 2])
    ]
    after: list[Taken | Course] = [Taken("publish", PUBLISHED, PUBLISHED_IN, on="resolution")] if resolutions else []
    if appointed or removed:
        acts = {"kind": "appointment", "title": "人事任免案（虚构）", "subject": proposal}
        before += [_nominated(appointed, removed), Taken("add_item", ITEMS, acts)]
        during += _put_to_vote("appointments", "人事任免案（虚构）")
        after.append(APPOINTED)
    if not during:
        before.append(Taken("add_item", ITEMS, {"kind": OTHER, "title": "审议有关议题（虚构）"}))
        during.append(Taken("result", 0, {"item": open_item, "outcome": "done"}))
    sent = [*_papers(2 * resolutions), Taken("fix_agenda", FIXED, {"meeting": decided_agenda}), Taken("notify", TOLD)]
    sent += [Taken("invite", TOLD, {"deputies": invited(guests)})] if guests else []
    sent += [Taken("send_papers", SENT)] if resolutions else []
    return Course(
        "sitting", (*before, *sent, *SIGNED_IN, *during, *RECORDED, *after), ("meeting.agenda",), by=OFFICE, pace=PACE_OF_SITTINGS
    )  # fmt: skip


PUBLISHED_IN = {
    "published_on": "{today}", "published_in": "常委会公报（虚构）", "follow_up": "no", "reason": "按公布的数字复原，不跟踪。",
}  # fmt: skip


# Livelihood projects

CALL = {
    "tier": "project", "body": "{congress}", "text": f"征集民生实事项目。{TEXT}", "opens_on": "{today}", "closes_on": in_days(40),
    "year": lambda asking: asking.scene.began.year,
}  # fmt: skip
PROPOSED = Course("livelihood-proposal", (
    Taken("enter", -85, {"round": "{subject}", "text": f"建议项目{{number}}。{TEXT}", "place": "社区（虚构）", "said_on": "{today}"}),
    Taken("adopt", -80, {"fits": ["fiscal", "many"], "title": "民生实事项目{number}（虚构）"}),
    Taken("fill", -70, {
        "title": "民生实事项目{number}（虚构）", "content": TEXT, "organ": "{organ}", "yuan": "25000000.00", "place": "社区（虚构）",
        "served": 1000, "deadline": lambda asking: (asking.scene.began + timedelta(days=300)).isoformat(), "milestones": milestone,
    }, on="livelihood-project"),
), by=OFFICE)  # fmt: skip
PLENARY = Course("sitting", (
    Taken("plan", -20, {"body": "congress", "held_on": "{began}", "place": "会议厅（虚构）", "leading": "{leader}"}),
    Taken("add_item", -20, {"kind": OTHER, "title": "票决民生实事项目", "subject": "{subject}"}),
    Taken("fix_agenda", -19, {"words": "预备会议（虚构）"}), Taken("notify", -10), *SIGNED_IN,
    *_put_to_vote("choice", "票决民生实事项目"), *RECORDED,
), by=OFFICE)  # fmt: skip


def _voted(projects: int, *payments: str) -> Course:
    """A round from the call to the list: more candidates than places by a fifth, voted on in a plenary meeting; then money is paid for each."""
    more = -(-projects // 5)
    return Course("livelihood-round", (
        Taken("call", -90, {**CALL, "places": projects}), replace(PROPOSED, many=projects + more), Taken("end", -49, by=CLOCK),
        Taken("submit_list", -35, {"projects": complete_candidates}),
        Taken("deliberate", -28, {"held_on": "{today}", "meeting": "常委会会议（虚构）", "opinion": "同意提请票决（虚构）。"}),
        PLENARY, Taken("publish", 3),
        *(Taken("pay", 40 * place, {"yuan": yuan, "paid_on": "{today}", "source": "own"}, on="livelihood-project")
          for place, yuan in enumerate(payments, 1)),
    ), by=GOVERNMENT)  # fmt: skip


COURSES: dict[str, Course] = {
    "meeting.agenda": _meeting("agenda", "常委会会议议程草案（虚构）"),
    "meeting.plan": _meeting("plan", "工作计划（虚构）"),
    "sitting.two_resolutions": _sitting(2),
    "sitting.seven_acts": _sitting(0, 5, 2),
    "sitting.three_resolutions_eleven_acts": _sitting(3, 7, 4),
    "sitting.five_sat_in": _sitting(guests=5),
    "sitting.six_sat_in": _sitting(guests=6),
    "livelihood.ten": _voted(10, "12345678.91", "12654321.09"),
    "livelihood.fifty_four": _voted(54),
}
