"""What the tests of livelihood projects share: a round from its call to the published list, with the result of a vote handed over as a vote hands it over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from openrenda import docket
from openrenda.docket.actor import the_kin
from openrenda.docket.models import Matter
from openrenda.procedures.livelihood_project.records import LivelihoodProject
from openrenda.tenancy import uuid7
from tests.cast import Cast

from .conftest import Wall
from .stage import take

CALLED = "请大家提出下一年度民生实事建议项目。"
TEXT = "学府路口增设过街天桥。附近三千名学生每天横穿马路。"
LATER = date(2099, 12, 31)


def called(cast: Cast, who: str = "government", days: int = 35, **more: Any) -> Matter:
    """A call that is open for some days."""
    today = timezone.localdate()
    data = {
        "year": today.year + 1, "tier": "project", "body": cast.congress.pk, "text": CALLED, "places": 2,
        "opens_on": today.isoformat(), "closes_on": (today + timedelta(days=days)).isoformat(),
    }  # fmt: skip
    return docket.open_matter("livelihood-round", "call", by=cast[who], data={**data, **more}).matter


def proposed(cast: Cast, round_: Matter, who: str = "station", step: str = "enter", **more: Any) -> Matter:
    """A proposal, entered at a station."""
    data: dict[str, Any] = {
        "round": round_.pk,
        "text": TEXT,
        "place": "学府路",
        "said_on": timezone.localdate().isoformat(),
    }
    return docket.open_matter("livelihood-proposal", step, by=cast[who], data={**data, **more}).matter


def adopted(
    cast: Cast, proposal: Matter, title: str = "学府路过街天桥", who: str = "government", **more: Any
) -> Matter:
    """The candidate that comes of a proposal."""
    known = set(Matter.objects.filter(procedure="livelihood-project").values_list("pk", flat=True))
    take(cast, proposal, who, "adopt", {"fits": ["fiscal", "many"], "title": title, **more})
    return Matter.objects.filter(procedure="livelihood-project").exclude(pk__in=known).get()


def contents(cast: Cast, **more: Any) -> dict[str, Any]:
    """A whole file."""
    data = {
        "title": "学府路过街天桥", "content": "新建人行天桥一座。", "organ": cast.organs["roads"].pk, "yuan": "25000000.50", "place": "学府路",
        "latitude": "30.500000", "longitude": "114.400000", "served": 3000, "served_words": "师生和周边居民",
        "deadline": LATER.isoformat(), "milestones": "2026-06-30 完成招标\n2099-10-31 主体完工",
    }  # fmt: skip
    return {**data, **more}


def filled(cast: Cast, project: Matter, who: str = "government", **more: Any) -> Matter:
    """A candidate with a whole file."""
    take(cast, project, who, "fill", contents(cast, **more))
    return project


def candidates(cast: Cast, round_: Matter, number: int, **more: Any) -> list[Matter]:
    """So many whole candidates, each from a proposal of its own."""
    found = []
    for each in range(number):
        title = f"项目{each + 1}"
        proposal = proposed(cast, round_, text=f"{title}：{TEXT}")
        found.append(filled(cast, adopted(cast, proposal, title), title=title, **more))
    return found


def on_ballot(cast: Cast, wall: Wall, round_: Matter, projects: list[Matter]) -> None:
    """The collection ends, the list goes to the standing committee, and from there to the session."""
    wall.pass_days(40)
    docket.run_clocks(cast.congress.pk)
    take(cast, round_, "government", "submit_list", {"projects": [row.pk for row in projects]})
    data = {
        "held_on": timezone.localdate().isoformat(),
        "meeting": "第五届人大常委会第十二次会议",
        "opinion": "同意提请大会票决。",
    }
    take(cast, round_, "office", "deliberate", data)


def announced(cast: Cast, matter: Matter, **verdict: Any) -> None:
    """The vote announced its result on the matter."""
    docket.act(
        Matter.objects.get(pk=matter.pk), "voted", by=the_kin(cast.congress.pk), data={"vote": str(uuid7()), **verdict}
    )


def vote(cast: Cast, round_: Matter, projects: list[Matter], chosen: int) -> None:
    """The first ones are chosen, each with a mark more than the next; then the list is published."""
    for place, project in enumerate(projects):
        announced(cast, project, chosen=place < chosen, votes=200 - place, base=300, present=280)
    announced(cast, round_, passed=True, sentence=f"应选{chosen}项，选出{chosen}项。", base=300, present=280)
    take(cast, round_, "office", "publish", {})


def under_way(cast: Cast, wall: Wall, number: int = 1, **more: Any) -> list[Matter]:
    """Projects that were voted in and are carried out."""
    round_ = called(cast, places=number)
    projects = candidates(cast, round_, number + number // 5 + 1, **more)
    on_ballot(cast, wall, round_, projects)
    vote(cast, round_, projects, number)
    return projects[:number]


def record(project: Matter) -> LivelihoodProject:
    """The file as it is now."""
    return LivelihoodProject.objects.select_related("matter", "organ").get(matter=project.pk)
