"""Files of projects: some of small tiers that are carried out already, a round that was voted on, and what cannot be any valid answer."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from django.utils import timezone

from openrenda import docket
from openrenda.docket.actor import the_clock, the_kin
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from tests.cast import Cast

from . import Answers

SETTLED = 8
TEXT = "学府路口增设过街天桥，学生过马路安全。"


def whole(cast: Cast) -> dict[str, Any]:
    """Everything that a candidate needs."""
    deadline = timezone.localdate() + timedelta(days=300)
    return {
        "title": "过街天桥", "content": "新建天桥一座。", "organ": cast.organs["roads"].pk, "yuan": "1000.50", "place": "学府路", "latitude": None,
        "longitude": None, "served": 300, "deadline": deadline.isoformat(), "milestones": f"{deadline} 完工",
    }  # fmt: skip


def adopt(cast: Cast, who: str, round_: Matter) -> Matter:
    """A proposal made a candidate."""
    given = {"round": round_.pk, "text": TEXT, "place": "学府路"}
    proposal = docket.open_matter("livelihood-proposal", "suggest", by=cast["chen"], data=given).matter
    docket.act(proposal, "adopt", by=cast[who], data={"fits": ["fiscal"], "title": "过街天桥"})
    return Matter.objects.filter(procedure="livelihood-project", livelihood_project__round=round_.pk).order_by("-id")[0]


def filled(cast: Cast, who: str, project: Matter) -> Matter:
    """A whole candidate."""
    docket.act(project, "fill", by=cast[who], data=whole(cast))
    return project


def called(cast: Cast, tier: str) -> Matter:
    """A round of the government that collects."""
    today = timezone.localdate()
    data = {
        "year": today.year, "tier": tier, "body": str(cast.congress.pk), "text": "征集", "places": 2, "opens_on": today.isoformat(),
        "closes_on": (today + timedelta(days=35)).isoformat(),
    }  # fmt: skip
    return docket.open_matter("livelihood-round", "call", by=cast["government"], data=data).matter


def people(cast: Cast) -> None:
    """A small round with projects under way and one candidate, one whose list is deliberated, one that was voted on."""
    small = called(cast, "small")
    rows = [filled(cast, "government", adopt(cast, "government", small)) for _ in range(SETTLED)]
    docket.act(small, "settle", by=cast["government"], data={"projects": [row.pk for row in rows], "basis": "议事会"})
    filled(cast, "government", adopt(cast, "government", small))
    _granted(cast, rows[0], "adjust", content="新建天桥一座，加装电梯。")
    _granted(cast, rows[1], "carry_over", deadline=(timezone.localdate() + timedelta(days=400)).isoformat())
    _listed(cast)
    _voted(cast)


def _granted(cast: Cast, project: Matter, wish: str, **what: str) -> None:
    """One whose change was agreed to."""
    ask = {"wish": wish, "reason": "管线迁改", **what}
    docket.act(Matter.objects.get(pk=project.pk), "ask_change", by=cast["roads_clerk"], data=ask)
    said = {"held_on": timezone.localdate().isoformat(), "meeting": "常委会会议", "opinion": "同意"}
    docket.act(Matter.objects.get(pk=project.pk), wish, by=cast["office"], data=said)


def _listed(cast: Cast) -> tuple[Matter, list[Matter]]:
    """A round whose list lies before the standing committee."""
    round_ = called(cast, "project")
    listed = [filled(cast, "government", adopt(cast, "government", round_)) for _ in range(3)]
    docket.act(round_, "end", by=the_clock(cast.congress.pk))
    docket.act(round_, "submit_list", by=cast["government"], data={"projects": [row.pk for row in listed]})
    return round_, listed


def _voted(cast: Cast) -> None:
    """A round that was voted on, as a vote hands its result over: two chosen, one not; the list is still to be published."""
    round_, listed = _listed(cast)
    data = {"held_on": timezone.localdate().isoformat(), "meeting": "常委会会议", "opinion": "同意"}
    docket.act(round_, "deliberate", by=cast["office"], data=data)
    kin = the_kin(cast.congress.pk)
    for place, row in enumerate(listed):
        docket.act(Matter.objects.get(pk=row.pk), "voted", by=kin, data={"chosen": place < 2, "votes": 20 - place})
    docket.act(round_, "voted", by=kin, data={"passed": True, "sentence": "选出2项。"})


def a_file(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Whole."""
    return whole(cast)


def reported(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Shown by a signature."""
    return {"percent": 50, "signed_word": "监理单位签字", "proof": []}


def looked(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """A deputy came."""
    return {"deputies": [cast.mandates["chen"].pk], "photos": [], "kind": "deputies"}


def counted(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Whoever has not been counted."""
    return {"who": pick.choice(["deputies", "residents"]), "satisfied": 5, "basically": 1, "dissatisfied": 0}


def asked(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """To adjust, to stop, or to carry over: what nobody was granted yet comes first."""
    later = situation.record.deadline.replace(year=situation.record.deadline.year + 1)
    later = max(later, situation.today + timedelta(days=30))
    taken = set(Act.objects.filter(procedure="livelihood-project").values_list("step", flat=True))
    wishes = ["adjust", "stop", "carry_over"]
    wish = pick.choice([one for one in wishes if one not in taken] or wishes)
    return {"wish": wish, "deadline": later.isoformat(), "milestones": f"{later} 完工", "yuan": None, "content": ""}


def supervised(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Two deputies."""
    return {"deputies": [cast.mandates["chen"].pk, cast.mandates["lin"].pk]}


EXAMPLES: dict[str, Answers] = {
    "fill": a_file, "report": reported, "look": looked, "count": counted, "ask_change": asked, "supervise": supervised,
    "reach": lambda situation, pick, cast: {"proof": []}, "finish": lambda situation, pick, cast: {"proof": []},
    "pay": lambda situation, pick, cast: {"yuan": "12.34", "source": "own"},
}  # fmt: skip
