"""What the four new duty mechanisms need: a community, a dispute and a petition, each as far as a test wants it."""

from __future__ import annotations

from typing import Any

from openrenda import docket
from openrenda.docket.models import Matter
from openrenda.people.models import Community
from tests.cast import Cast
from tests.matrix.examples.papers import attached

from .networking import communities, street_of
from .stage import take
from .supervising import after, today

PARTIES = "甲大有、乙小满"
PETITIONER = "丙安然"


def community(cast: Cast) -> Community:
    """The first community of the cast's street."""
    return Community.objects.first() or communities(street_of(cast), 1)[0]


def reported(cast: Cast, who: str = "chen") -> Matter:
    """A deputy reports to her community."""
    data = {"community": community(cast).pk, "reported_on": today(), "offers": "法律咨询"}
    return docket.open_matter("report-in", "report", by=cast[who], data=data).matter


def dispute(cast: Cast, who: str = "chen", **more: Any) -> Matter:
    """A dispute in which a deputy mediates, with the roads department in the place of the court."""
    data = {
        "title": "楼上漏水赔偿", "dispute": "neighbours", "names": PARTIES, "text": "两户就赔偿没有谈拢。",
        "organ": cast.organs["roads"].pk, "taken_on": today(), **more,
    }  # fmt: skip
    return docket.open_matter("mediation", "take", by=cast[who], data=data).matter


def agreed(cast: Cast, matter: Matter, who: str = "chen") -> Matter:
    """The parties have agreed."""
    take(cast, matter, who, "agree", {"held_on": today(), "outcome": "一周内修好，赔偿三千元。"})
    return Matter.objects.get(pk=matter.pk)


def paper(matter: Matter) -> dict[str, Any]:
    """A document attached to the matter, and what is said of it."""
    return {"document": attached(matter).pk, "document_name": "调解协议书〔2026〕1号", "document_on": today()}


def defused(cast: Cast, who: str = "chen") -> Matter:
    """A dispute with its outcome document."""
    matter = agreed(cast, dispute(cast, who), who)
    take(cast, matter, who, "document", paper(matter))
    return Matter.objects.get(pk=matter.pk)


def petition(cast: Cast, who: str = "chen") -> Matter:
    """A petition under the petitioner's mandate."""
    data = {
        "title": "安置补助", "names": PETITIONER, "text": "请求补发安置补助。", "mandate_on": today(), "mandate_scope": "递交材料、代收答复",
    }  # fmt: skip
    return docket.open_matter("petition-agency", "take", by=cast[who], data=data).matter


def submitted(cast: Cast, matter: Matter, who: str = "chen") -> Matter:
    """With the roads department, which has thirty days."""
    data = {"organ": cast.organs["roads"].pk, "submitted_on": today(), "due_on": after(30)}
    take(cast, matter, who, "submit", data)
    return Matter.objects.get(pk=matter.pk)


def answered(cast: Cast, matter: Matter) -> Matter:
    """The department has answered."""
    take(cast, matter, "roads_clerk", "answer", {"answer": "已补发。", "answered_on": today()})
    return Matter.objects.get(pk=matter.pk)


def worth_supervising(cast: Cast, who: str = "chen") -> Matter:
    """A matter that a deputy thinks wants supervision."""
    data = {
        "title": "校园周边食品摊点监管", "text": "三所小学门口无证摊点多。", "evidence": "三次走访记录和照片。", "organ": cast.organs["roads"].pk,
    }  # fmt: skip
    return docket.open_matter("supervision-matter", "report", by=cast[who], data=data).matter
