"""The checks of the network: each with its sentence, how it is counted, and how those who lack something are listed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from openrenda.people import coverage
from openrenda.people.coverage import Covered
from openrenda.people.models import Community, Grid, Mandate, Organ, Station


@dataclass(frozen=True)
class Check:
    """One check: what those who pass it have, and what to call those who do not."""

    key: str
    label: str
    lacking: str
    ask: Callable[[], Covered]


def checks() -> tuple[Check, ...]:
    """Every check, in the order in which the office goes through them."""
    return (
        Check("deputies", _("进站代表"), _("没有编入任何开放站点的代表"), coverage.deputies_in_stations),
        Check("streets", _("有站点的街道、乡镇"), _("没有开放站点的街道、乡镇"), coverage.streets_covered),
        Check("communities", _("有站点的社区、村"), _("没有开放站点的社区、村"), coverage.communities_covered),
        Check("groups", _("有代表小组的街道"), _("有站点而没有代表小组的街道"), coverage.streets_grouped),
        Check("staffed", _("有代表的站点"), _("没有代表的站点"), coverage.stations_staffed),
        Check("hubs", _("联系了社区的中心站"), _("没有联系社区的中心站"), coverage.hubs_linked),
        Check("highlights", _("有亮点的站点"), _("没有写明亮点的站点"), coverage.highlights),
        Check("specialities", _("有特色的街道"), _("有站点而没有特色的街道"), coverage.specialities),
        Check("governors", _("有网格长的网格"), _("网格长空缺的网格"), coverage.grids_governed),
        Check("grid-deputies", _("有代表的网格"), _("没有代表的网格"), coverage.grids_with_deputy),
    )


def found(key: str) -> Check | None:
    """The check of that key."""
    return next((check for check in checks() if check.key == key), None)


def words_of(row: Any) -> tuple[str, str]:
    """The name of whoever lacks something, and where it belongs."""
    if isinstance(row, Mandate):
        return row.person.name, row.delegation.name if row.delegation else ""
    if isinstance(row, Station):
        return f"{row.number} {row.name}", row.street.name
    if isinstance(row, Grid):
        return f"{row.number} {row.name}", row.street.name
    if isinstance(row, Community):
        return row.name, row.street.name
    assert isinstance(row, Organ)
    return row.name, row.code


def percent(covered: Covered) -> str:
    """The share in per cent; nothing has none."""
    return "0" if covered.percent is None else f"{covered.percent}%"


def fraction(covered: Covered) -> str:
    """48／50."""
    return _("%(part)s／%(whole)s") % {"part": covered.part, "whole": covered.whole} if covered.whole else ""


def share(covered: Covered) -> str:
    """48／50（96%）; nothing has no share."""
    if covered.percent is None:
        return "0"
    return _("%(part)s／%(whole)s（%(percent)s%%）") % {
        "part": covered.part, "whole": covered.whole, "percent": covered.percent,
    }  # fmt: skip


def verdict(covered: Covered, lacking: str) -> str:
    """What the number says in words."""
    if not covered.whole:
        return _("还没有登记，无从核对。")
    if not covered.lacking:
        return _("全部覆盖，没有缺项。")
    return _("%(lacking)s：%(count)s 个") % {"lacking": lacking, "count": len(covered.lacking)}


def listed(rows: Sequence[Any]) -> str:
    """All names in one line, for the printed check."""
    return _("、").join(words_of(row)[0] for row in rows)
