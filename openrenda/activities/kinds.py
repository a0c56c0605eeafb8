"""The kinds of gathering as data: what each requires, who must be there, and what it must yield. The bars read this; nothing else does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import gettext_noop as declared

from openrenda.people.models.grid import ROLE_LABELS

ANSWERED, HANDED, UNSOLVABLE = "answered", "handed", "unsolvable"
OUTCOMES = (
    (ANSWERED, declared("当场答复")),
    (HANDED, declared("交有关单位办理")),
    (UNSOLVABLE, declared("暂时不能解决")),
)
DEPUTIES, COMMITTEE = "deputies", "committee"
CARRIERS = ((DEPUTIES, declared("代表")), (COMMITTEE, declared("常委会、专工委")))
DESTINATIONS = (
    ("enterprise", declared("企业（楼宇）")),
    ("community", declared("社区")),
    ("park", declared("特色街区（园区）")),
)
FOUR_LEVELS, COMMITTEE_AND_GROUP, STREET_AND_STREET = "four_levels", "committee_and_group", "street_and_street"
LINKAGES = (
    (FOUR_LEVELS, declared("四级代表联动")),
    (COMMITTEE_AND_GROUP, declared("专工委与专业小组联动")),
    (STREET_AND_STREET, declared("街街联动")),
)
# Who else comes, beside deputies, leading members, organs and groups of the register.
COMMUNITY, RESIDENT, ENTERPRISE, EXPERT, OTHER = "community", "resident", "enterprise", "expert", "other"
COMPANY = (
    (COMMUNITY, declared("社区")),
    (RESIDENT, declared("居民")),
    (ENTERPRISE, declared("企业")),
    (EXPERT, declared("专家")),
    ("deputy_nation", declared("全国代表")),
    ("deputy_province", declared("省代表")),
    ("deputy_city", declared("市代表")),
    ("deputy_county", declared("区县代表")),
    ("deputy_township", declared("乡镇代表")),
    (OTHER, declared("其他")),
)
LEVELS = ("nation", "province", "city", "county", "township")
LEVEL_LABELS = {key.removeprefix("deputy_"): label for key, label in COMPANY if key.startswith("deputy_")}
# Parties that a kind may ask for: deputies of this congress, organs of the government, and the rest by COMPANY.
DEPUTY, GOVERNMENT = "deputy", "government"
PARTY_LABELS = {DEPUTY: declared("代表"), GOVERNMENT: declared("政府部门"), **dict(COMPANY)}
ANY_OFFICE = ("deputy_office", "street_reviewer", "station_clerk", "deputy")
WITH_COMMITTEES = (*ANY_OFFICE, "leader")
STAFF = ("deputy_office", "street_reviewer", "station_clerk")


@dataclass(frozen=True)
class Kind:
    """One kind of gathering.

    ``needs`` are fields that must be filled in, ``asks`` further ones that may be; ``campaign`` the procedure whose issued plan it belongs to; ``parties`` who must be
    there, and ``others`` how many further kinds of party; ``yields`` what must come of it before it is concluded. ``after_work``: it
    begins after working hours (A12).
    """

    key: str
    label: str
    organisers: tuple[str, ...] = ANY_OFFICE
    needs: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    campaign: str = ""
    at_a_hub: bool = False
    by_invitation: bool = False
    parties: tuple[str, ...] = (DEPUTY,)
    others: int = 0
    outcomes: tuple[str, ...] = (ANSWERED, HANDED, UNSOLVABLE)
    yields: str = ""
    half_monthly: bool = False
    after_work: bool = False

    def has(self, field: str) -> bool:
        """Whether the kind has to do with that field."""
        return field not in OF_SOME_KINDS or field in self.needs or field in self.asks


# What only some kinds ask; whatever else the form has is asked of each.
OF_SOME_KINDS = ("station", "street", "campaign", "destination", "area_name", "carried_by", "committee", "grid", "grid_role",
                 "linkages", "resources", "lines")  # fmt: skip
TOGETHER, IN_A_GRID = ("linkages", "resources", "lines"), ("grid", "grid_role")
WHERE = ("station", "street")
THREE_ENTRIES, ACTIVITY_DAY, TALK = "three_entries", "activity_day", "talk"
CONTACT_GROUP, COURTYARD, VOTER_VISIT, RESEARCH = "contact_group", "courtyard", "voter_visit", "research"
NIGHT_TALK, MOBILE_POINT = "night_talk", "mobile_point"
RECEIVING = "receiving"
ITEM, HEARD, REPORT = "item", "heard", "report"
KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind(THREE_ENTRIES, declared("代表“三进”活动"), needs=("destination", "street", "campaign"), asks=("station", *IN_A_GRID, *TOGETHER), campaign="campaign"),
        Kind(ACTIVITY_DAY, declared("代表统一活动日"), organisers=STAFF, needs=("street", "campaign"), asks=TOGETHER, campaign="activity-day"),
        Kind(
            TALK, declared("代表半月谈"), organisers=STAFF, needs=("station",), asks=TOGETHER, at_a_hub=True, by_invitation=True,
            parties=(DEPUTY, COMMUNITY, GOVERNMENT), others=1, outcomes=(HANDED, UNSOLVABLE), yields=ITEM, half_monthly=True,
        ),
        Kind(CONTACT_GROUP, declared("代表小组活动"), organisers=WITH_COMMITTEES, asks=("street", "committee", *TOGETHER)),
        Kind(COURTYARD, declared("院坝会"), needs=("area_name",), asks=(*WHERE, *IN_A_GRID), yields=HEARD),
        Kind(VOTER_VISIT, declared("走访选民"), needs=("area_name",), asks=(*WHERE, *IN_A_GRID), yields=HEARD),
        Kind(RECEIVING, declared("接待群众"), asks=(*WHERE, *IN_A_GRID), parties=(DEPUTY, RESIDENT)),
        Kind(NIGHT_TALK, declared("夜谈（夜话）"), needs=("station", "starts_at"), asks=IN_A_GRID, yields=HEARD, after_work=True),
        Kind(MOBILE_POINT, declared("流动联络点"), needs=("station",), yields=HEARD),
        Kind(RESEARCH, declared("专题调研"), organisers=WITH_COMMITTEES, needs=("carried_by",), asks=("street", "committee", *TOGETHER), parties=(), yields=REPORT),
    )
}  # fmt: skip


def offered(rows: Iterable[tuple[str, str]]) -> list[tuple[str, Any]]:
    """Keys with their words in the reader's language, as a form offers them."""
    return [(key, lazy(label)) for key, label in rows]


def choices() -> list[tuple[str, Any]]:
    """The kinds as a form offers them."""
    return offered((kind.key, kind.label) for kind in KINDS.values())


def words(field: str, value: str) -> str:
    """A stored key in the reader's language."""
    return gettext(str(_WORDS[field].get(value, value)))


_WORDS: dict[str, dict[str, Any]] = {
    "kind": {kind.key: kind.label for kind in KINDS.values()},
    "destination": dict(DESTINATIONS),
    "carried_by": dict(CARRIERS),
    "grid_role": ROLE_LABELS,
    "linkage": dict(LINKAGES),
    "outcome": dict(OUTCOMES),
    "party": PARTY_LABELS,
}
