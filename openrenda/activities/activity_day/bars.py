"""Why not: each bar of an activity day returns a sentence, or nothing."""

from __future__ import annotations

from django.utils.translation import gettext

from openrenda.docket.models import Matter
from openrenda.docket.situation import Situation

from .records import StreetDay


def begun_already(situation: Situation) -> str | None:
    """One series at a time."""
    if Matter.objects.filter(procedure="activity-day", closed_on=None).exists():
        return gettext("统一活动日已经设立，每月自动开设。")
    return None


def read_already(situation: Situation) -> str | None:
    """Once is enough; a seat that stands for no street of the day has nothing to read."""
    rows = own(situation)
    if not rows:
        return gettext("这个活动日没有您所在的街道、乡镇。")
    return gettext("已经登记阅看。") if all(row.read_on for row in rows) else None


def wrong_number(situation: Situation) -> str | None:
    """One or two entry points a street."""
    if situation.step is None or situation.step.key != "choose_points":
        return None if own(situation) else gettext("这个活动日没有您所在的街道、乡镇。")
    least, most = (int(number) for number in situation.book.option("option.entry_points"))  # type: ignore[union-attr]
    count = len(points_of(situation))
    if not own(situation):
        return gettext("这个活动日没有您所在的街道、乡镇。")
    if not least <= count <= most:
        return gettext("小切口选%(least)d至%(most)d个，现在是%(count)d个。") % {
            "least": least,
            "most": most,
            "count": count,
        }
    return None


def own(situation: Situation) -> list[StreetDay]:
    """The streets for which the seat stands."""
    return [row for row in situation.rows(StreetDay) if row.street_id in situation.actor.holders]


def points_of(situation: Situation) -> list[str]:
    """The entry points that were typed."""
    return [line.strip() for line in situation.data.get("entry_points", "").splitlines() if line.strip()]
