"""Supervision in the invented district: who follows which field, areas, led and key suggestions, inspections, what was sent upward."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from openrenda.activities.record import Item
from openrenda.docket.models import Matter, Party
from openrenda.people.models import Category, Organ

from . import (
    appointing,
    balloting,
    broadcasting,
    conferring,
    consulting,
    contacting,
    coordinating,
    gatherings,
    joined,
    livelihood,
    opinions,
    past_messages,
    rating,
    sittings,
    visiting,
    writing,
)
from .cast import Cast
from .keeping import Keeping
from .registers import House
from .storytime import StoryTime

LED, AT_STREET, SENT = 24, 5, 14
OPEN = ("received", "referred", "assigned", "handling", "replied", "rehandling", "drafted", "extension_asked")
COMMITTEES = ("urban_committee", "social_committee", "education_committee", "finance_committee", "justice_committee")
AREAS = (("东片区", "", ""), ("西片区", "", "副区长马骁（虚构）"), ("山区片", "区委常委郑宁（虚构）", ""))
SEEN = "现场察看，已经动工，信息公示牌齐全；与居民交谈，基本认可。"


def supervise(house: House, cast: Cast, silent_until: date, *, few: bool = False) -> None:
    """A year of supervision, told after the suggestions' own lives and before the reader comes."""
    story = StoryTime()
    with story.running():
        keeping = Keeping(house, cast, story)
        _committees(keeping)
        _areas(keeping)
        gatherings.meetings(keeping)
        _key_suggestions(keeping)
        gatherings.reception_days(keeping)
        _led(keeping)
        _inspections(keeping)
        joined.tell(keeping)
        _sent_upward(keeping)
        opinions.tell(keeping, few=few)
        if not few:
            past_messages.tell(keeping)
        visiting.visit(keeping, few=few)
        contacting.tell(keeping, few=few)
        sittings.sit(keeping)
        coordinating.tell(keeping)
        appointing.tell(keeping)
        conferring.tell(keeping)
        rating.tell(keeping)
        consulting.consult(keeping)
        livelihood.tell(keeping, few=few)
        writing.write(keeping)
        broadcasting.broadcast(keeping)
        balloting.vote(keeping)
        story.set(story.latest)
        keeping.told_long_ago(silent_until)


def _committees(keeping: Keeping) -> None:
    day = keeping.worked(keeping.cast.begins - timedelta(days=20))
    fields = Category.objects.filter(parent=None).order_by("position")
    # The last field is followed by nobody yet.
    for number, field in enumerate(list(fields)[:-1]):
        committee = keeping.house.ref("organ", COMMITTEES[number % len(COMMITTEES)])
        keeping.open("counterpart", "settle", day, {"category": field.pk, "committee": committee})


def _areas(keeping: Keeping) -> None:
    day = keeping.worked(keeping.cast.today - timedelta(days=380))
    # The last street lies in no area.
    streets = list(Organ.objects.filter(kind__in=("street", "town")).order_by("position"))[:-1]
    for number, (title, leader, government) in enumerate(AREAS):
        named = {"leader_name": leader} if leader else {"leading": keeping.leaders[number + 1].pk}
        drawn = [street.pk for street in streets[number :: len(AREAS)]]
        keeping.open(
            "area", "set_up", day, {"title": title, "streets": drawn, "government_person": government, **named}
        )


def _key_suggestions(keeping: Keeping) -> None:
    """Of six one waits for its plan too long, one has similar ones attached, one is closed."""
    made = list(Matter.objects.filter(procedure="supervision", supervision__form="key").order_by("id"))
    for number, matter in enumerate(made[1:], 1):
        record, day = matter.supervision.get(), keeping.worked(matter.opened_on + timedelta(days=12))
        leader = keeping.leaders[number % len(keeping.leaders)]
        due = matter.opened_on + timedelta(days=150 if number == 2 else 330)
        field = record.subject.suggestion.get().category
        unit = Party.objects.filter(matter=record.subject, role="handler").first()
        keeping.take(matter, "plan", day, {
            "leading": leader.pk, "committee": keeping.house.ref("organ", COMMITTEES[number % len(COMMITTEES)]),
            "unit": unit.holder if unit else keeping.house.ref("organ", "government"),
            "plan": "每月调度一次，每季现场督办一次，年底向主任会议报告。", "due_on": due.isoformat(),
            "problem_class": "同类问题一并解决", "field_of_work": field.name if field else "城市治理",
        })  # fmt: skip
        _followed(keeping, matter, keeping.worked(matter.opened_on + timedelta(days=60)))
        if number == 1:
            _with_similar(keeping, matter)


def _with_similar(keeping: Keeping, matter: Matter) -> None:
    subject = matter.supervision.get().subject_id
    similar = [row for row in keeping.suggestions(matter.opened_on) if row.pk != subject][-2:]
    day = keeping.worked(matter.opened_on + timedelta(days=70))
    keeping.take(matter, "attach", day, {"suggestions": [row.pk for row in similar]})
    for row in similar:
        told = {"attached": str(row.pk), "decision": "所提地点已同步整治，同意单独了结。"}
        keeping.take(matter, "decide_attached", keeping.worked(day + timedelta(days=60)), told)
    keeping.take(matter, "close_for", keeping.worked(day + timedelta(days=80)), {
        "closing": "建议所提事项全部办结。", "problem_answer": "全区同类点位三十七处同步整治。", "field_answer": "部门出台长效管理办法。",
    })  # fmt: skip


def _followed(keeping: Keeping, matter: Matter, day: date, *, deputies: int = 2) -> None:
    if day > keeping.cast.today:
        return
    ids = [keeping.house.ref("mandate", row.key) for row in keeping.chance.sample(keeping.cast.sitting(day), deputies)]
    keeping.take(matter, "follow", day, {"held_on": day.isoformat(), "way": "site", "finding": SEEN, "deputies": ids})


def _led(keeping: Keeping) -> None:
    """What was led from the start was looked at and mostly closed after its suggestion; what is open now is given away this week."""
    for number, made in enumerate(
        Matter.objects.filter(procedure="supervision", supervision__form="led").order_by("id")
    ):
        closed_on = made.supervision.get().subject.closed_on
        if number % 3 == 0:
            _followed(keeping, made, keeping.worked(made.opened_on + timedelta(days=40)))
        # A few stay open though the suggestion is closed.
        if closed_on and number % 10 != 9:
            leader = keeping.actors[made.parties.get(role="leading").holder]
            day = max(closed_on, made.opened_on + timedelta(days=41))
            if day < keeping.cast.today:
                keeping.take(made, "close", day, {"closing": "现场已经办结，代表认可。"}, by=leader)
    _given_away(keeping)


def _given_away(keeping: Keeping) -> None:
    day = keeping.worked(keeping.cast.today - timedelta(days=3))
    waiting = [row for row in keeping.suggestions(day, state__in=OPEN) if keeping.quiet_since(row, day)]
    at_street = waiting[:AT_STREET]
    waiting = [row for row in waiting if not row.supervisions.exists()]
    for number, row in enumerate(waiting[:LED]):
        government = "副区长马骁（虚构）" if number % 5 == 0 else ""
        leader = keeping.leaders[number % len(keeping.leaders)].pk
        keeping.take(row, "supervise", day, {"leading": leader, "government_person": government})
    keys = {organ.pk: key for (kind, key), organ in keeping.house.rows.items() if kind == "organ"}
    for row in at_street:
        street = Party.objects.filter(matter=row, role="street").first()
        if street:
            told = {"street_leader": "街道人大工委主任"}
            keeping.take(row, "supervise", day, told, by=keeping.staff(keys[street.holder], "street_reviewer"))


def _inspections(keeping: Keeping) -> None:
    """One is over and found one suggestion not as reported; one is being written down; one lies ahead."""
    areas = list(Matter.objects.filter(procedure="area").order_by("id"))
    _inspected(keeping, areas[0], keeping.worked(keeping.cast.today - timedelta(days=40)), over=True)
    _inspected(keeping, areas[1], keeping.worked(keeping.cast.today - timedelta(days=1)), over=False)
    ahead = (keeping.cast.today + timedelta(days=15)).isoformat()
    data = {"held_on": ahead, "place": areas[2].title, "area": areas[2].pk, "leading": keeping.leaders[0].pk}
    keeping.open("special-inspection", "plan", keeping.worked(keeping.cast.today - timedelta(days=2)), data)


def _inspected(keeping: Keeping, area: Matter, day: date, *, over: bool) -> None:
    data: dict[str, Any] = {
        "held_on": day.isoformat(),
        "place": area.title,
        "area": area.pk,
        "leading": keeping.leaders[1].pk,
    }
    made = keeping.open("special-inspection", "plan", keeping.worked(day - timedelta(days=10)), data)
    closed = keeping.suggestions(day, state="closed", suggestion__street__area_streets__matter=area)
    # A suggestion divided among organs is looked at part by part, elsewhere.
    chosen = [
        row
        for row in closed
        if keeping.quiet_since(row, day) and Party.objects.filter(matter=row, role="handler").exists()
    ][-5:]
    if not chosen:
        return
    keeping.take(made, "pick", keeping.worked(day - timedelta(days=5)), {"suggestions": [row.pk for row in chosen]})
    keeping.take(made, "begin", day, {"members": [keeping.leaders[1].pk]})
    items = list(Item.objects.filter(matter=made).order_by("position"))
    for number, item in enumerate(items if over else items[:2]):
        found = {"outcome": "not_confirmed", "text": "答复说已经办结，现场设施损坏，没有恢复。"} if number == 1 else {
            "outcome": "confirmed", "text": SEEN}  # fmt: skip
        keeping.take(made, "mark", day, {"item": str(item.pk), **found})
    if over:
        keeping.take(made, "close", keeping.worked(day + timedelta(days=3)))


def _sent_upward(keeping: Keeping) -> None:
    """To two levels; most are answered, one is waited for too long, one was given up."""
    mandates = keeping.cast.sitting(keeping.cast.today)
    for number in range(SENT):
        day = keeping.worked(keeping.cast.today - timedelta(days=20 * (SENT - number)))
        source = {"report": "关于跨区公共服务衔接的调研报告"} if number % 3 == 2 else {
            "deputy": keeping.house.ref("mandate", mandates[number * 7 % len(mandates)].key)}  # fmt: skip
        made = keeping.open("upward", "send", day, {
            "title": f"关于协调跨区事项的建议（{number + 1}）", "text": "事项涉及上级职权，请协调解决。", "sent_on": day.isoformat(),
            "level": "province" if number % 4 == 0 else "city", "receiver": "上级“两代表一委员”工作机构", **source,
        })  # fmt: skip
        if number == 3:
            keeping.take(
                made, "give_up", keeping.worked(day + timedelta(days=100)), {"reason": "事项已由上级另行部署。"}
            )
        elif number < SENT - 4 and number != 1:
            answered = keeping.worked(day + timedelta(days=50))
            keeping.take(
                made,
                "receive",
                keeping.worked(day + timedelta(days=5)),
                {"received_on": keeping.worked(day + timedelta(days=4)).isoformat()},
            )
            keeping.take(
                made,
                "answer",
                answered,
                {"answered_on": answered.isoformat(), "answer": "已转有关部门研究，列入协调事项。"},
            )


__all__ = ["supervise"]
