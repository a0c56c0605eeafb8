"""The rail of staff and the bar of deputies: what this seat can open, from the declarations alone."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from openrenda.docket import registry
from openrenda.docket.actor import Actor
from openrenda.docket.language import Procedure
from openrenda.docket.offices import of_seat
from openrenda.docket.reading import known_to
from openrenda.languages import language
from openrenda.people.offices import GUEST_DEPUTY, PARTY_GROUP_OFFICE, SEPARATED
from openrenda.procedures.apps import findable

from . import agents
from .figures.audience import READERS
from .labels import label_of

if TYPE_CHECKING:
    from .access import Request

MAIN_PROCEDURE = "suggestion"
REPORT_READERS = ("deputy_office", "leader", "audit_admin")
HAND_OVER_SEATS = ("deputy_office", "government_office")
RECEPTION_SEATS = ("deputy_office", "leader")
HALL_SEATS = ("deputy_office", "leader")
CALENDAR_SEATS = (*HALL_SEATS, PARTY_GROUP_OFFICE)
GATHERING_SEATS = ("street_reviewer", "station_clerk", "deputy", "leader")
PERSONNEL_SEATS = ("leader", "audit_admin")
# What people open every day stands in the rail; where a seat has only a few procedures, all of them do.
OFTEN = (MAIN_PROCEDURE, "commitment", "rectification", "supervision")
# Whoever receives people opens the notebook every day; others find it on the list of opinions.
NOTEBOOK_SEATS = ("station_clerk", "street_reviewer")
FEW_PROCEDURES = 3
ICONS = {"commitment": "promise"}
LEDGER_SEATS = ("deputy_office", "government_office", "street_reviewer", "leader", "audit_admin")


def of(request: Request) -> list[dict[str, Any]]:
    """The items of the main navigation, the present page marked."""
    items = [dict(item) for item in _items(request.actor.seat, language())]
    best = max(
        (item for item in items if request.path.startswith(item["url"].partition("?")[0])),
        key=lambda i: len(i["url"]),
        default={},
    )
    for item in items:
        item["current"] = item is best and (item["url"] != "/" or request.path == "/")
    return items


@lru_cache(maxsize=128)
def _items(seat: str, _language: str) -> list[dict[str, Any]]:
    """The items of a kind of seat; they are the same for everybody in one, whatever the congress."""
    from .access import DEPUTY_SEATS

    if seat == GUEST_DEPUTY:
        return guest_items()
    return deputy_items() if seat in DEPUTY_SEATS else staff_items(seat)


def deputy_items() -> list[dict[str, Any]]:
    """首页 建议 消息 我的."""
    return [
        item(_("首页"), "/", "home"),
        item(_("建议"), reverse("web:list", args=[MAIN_PROCEDURE]) + "?view=own", "suggestion"),
        item(_("消息"), notices(), "message"),
        item(_("我的"), reverse("people:account"), "person"),
    ]


def guest_items() -> list[dict[str, Any]]:
    """首页 意见 活动 消息 我的: a deputy of another level has no suggestions here."""
    return [
        item(_("首页"), "/", "home"),
        item(_("意见"), reverse("web:list", args=["opinion"]) + "?view=own", "suggestion"),
        item(_("活动"), reverse("web:list", args=["gathering"]), "calendar"),
        item(_("消息"), notices(), "message"),
        item(_("我的"), reverse("people:account"), "person"),
    ]


def staff_items(seat: str) -> list[dict[str, Any]]:
    """By work: what waits, what is looked up every day, the numbers. What is opened rarely lies behind 全部事项."""
    return [*_my_work(seat), *_matters(seat), *_numbers(seat)]


def _my_work(seat: str) -> list[dict[str, Any]]:
    mine = _("我的事")
    items = [item(_("等我办"), "/", "inbox", mine), item(_("超期和临期"), reverse("web:late"), "late", mine)]
    if any(looks_into(seat, table) for table in main_first() if table.key in findable()):
        items.append(item(_("检索"), reverse("web:search"), "search", mine))
    if seat == "enterprise":
        items.append(item(_("值班代表"), reverse("duties:on-duty"), "person", mine))
    if seat in NOTEBOOK_SEATS:
        items.append(item(_("接待登记"), reverse("web:enter-opinions"), "reception", mine))
    if seat in HAND_OVER_SEATS:
        items.append(item(_("集中交办"), reverse("web:hand-over"), "done", mine))
    if agents.may_enter_for_others(seat):
        items.append(item(_("代为录入"), reverse("web:agent"), "write", mine))
    if seat == "deputy_office":
        items.append(item(_("意见与投诉"), reverse("portal:feedback-answers"), "message", mine))
    if seat in SEPARATED:
        items.append(item(_("系统管理"), reverse("people:administration"), "settings", mine))
    return items


def _matters(seat: str) -> list[dict[str, Any]]:
    matters = _("事项")
    tables = [table for table in main_first() if looks_into(seat, table)]
    few = len(tables) <= FEW_PROCEDURES
    items = [
        item(label_of(table), reverse("web:list", args=[table.key]), ICONS.get(table.key, "suggestion"), matters)
        for table in tables
        if few or table.key in OFTEN
    ]
    if seat in LEDGER_SEATS:
        items.append(item(_("承诺核对"), reverse("web:ledgers"), "done", matters))
    if seat in RECEPTION_SEATS:
        items.append(item(_("接待日安排"), reverse("web:reception-days"), "reception", matters))
    if seat in CALENDAR_SEATS:
        items.append(item(_("会议安排"), reverse("hall:calendar"), "calendar", matters))
    if seat in GATHERING_SEATS:
        items.append(item(_("活动安排"), reverse("web:gatherings"), "calendar", matters))
    if seat in PERSONNEL_SEATS:
        items.append(item(_("任职登记"), reverse("posts:register"), "person", matters))
    return items if few else [*items, item(_("全部事项"), reverse("web:kinds"), "list", matters)]


def _numbers(seat: str) -> list[dict[str, Any]]:
    numbers, items = _("统计和报告"), []
    if seat in READERS:
        items.append(item(_("统计"), reverse("figures:index"), "figures", numbers))
        items.append(item(_("承办单位考核"), reverse("assessment"), "figures", numbers))
    if seat in REPORT_READERS:
        items.append(item(_("报告"), reverse("reports:index"), "book", numbers))
    return items


def main_first() -> list[Procedure]:
    """The procedures, with the one that most people come for in front."""
    return sorted(registry.procedures(), key=lambda table: table.key != MAIN_PROCEDURE)


def looks_into(seat: str, table: Procedure) -> bool:
    """Whether the seat may see matters of the procedure in some state."""
    return any(of_seat(office, seat) for state in table.states for office in table.seen_in(state))


def opens_list(actor: Actor, table: Procedure) -> bool:
    """Whether the list of a procedure is hers to open: an internal one's is for those alone who may begin or see one of its matters."""
    return looks_into(actor.seat, table) and known_to(actor, table)


def notices() -> str:
    """The page of notices once the channels bring it; the account's page until then."""
    try:
        return reverse("channels:notices")
    except NoReverseMatch:
        return "/notices/"


def item(label: str, url: str, icon: str, group: str = "") -> dict[str, Any]:
    """One item of the navigation."""
    return {"label": label, "url": url, "icon": icon, "group": group}
