"""The sheet of offices: accounts and the seats they are to sit in. Seats become requests 三员分立."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from openrenda.documents.cells import Cell
from openrenda.languages import in_chinese
from openrenda.people.imports import cells
from openrenda.people.imports.sheet import Action, Column, Register, Sheet, Values, given, today, upsert
from openrenda.people.models import Account, Grid, Group, Mandate, Membership, Organ, Seat, SeatGrant, Station
from openrenda.people.offices import GUEST_DEPUTY, SEAT_KINDS, SEPARATED, label_of
from openrenda.people.refusals import Refused
from openrenda.people.seats import PENDING, Place, open_seat, request_seat
from openrenda.tenancy import current_congress_id

_LABELS = {key: kind.label for key, kind in SEAT_KINDS.items() if key not in (*SEPARATED, "enterprise")}


def _write_seat(values: Values, register: Register) -> Action:
    kind = SEAT_KINDS[values["key"]]
    holder_kind = next((name for name in kind.holder_kinds if values.get(name)), kind.holder_kinds[-1])
    holder, mandate = _holder(kind.key, holder_kind, values, register)
    account, action = _account(values)
    held = Seat.objects.on(values.get("since") or today()).filter(account=account, key=kind.key, holder=holder).first()
    if held is not None:
        return _change_held(held, values, action)
    place = Place(
        account=account, key=kind.key, holder=holder, holder_kind=holder_kind, title=values.get("title", ""),
        person=mandate.person if mandate else None, since=values.get("since"), until=values.get("until"),
    )  # fmt: skip
    if register.direct:
        open_seat(place, by=register.by)
    elif not _asked_already(place):
        _ask(place, register)
    else:
        return action
    return "added"


def _asked_already(place: Place) -> bool:
    columns = place.columns()
    waiting = SeatGrant.objects.filter(decision=PENDING, wish="grant", account=place.account, key=place.key)
    return bool(waiting.filter(holder=columns["holder"]).exists())


def _ask(place: Place, register: Register) -> None:
    if register.by is None:
        raise Refused(_("席位须由系统管理员申请，没有导入。"))
    request_seat(place, by=register.by)


def _change_held(seat: Seat, values: Values, action: Action) -> Action:
    """A held seat keeps its dates: its end is asked for on the page of seats, so that two people agree to it."""
    if values.get("until") and values["until"] != seat.until:
        raise Refused(_("这个席位已经授予，收回或者改期请在席位页面申请，由安全管理员审批。"))
    changed = upsert(Seat, seat, given(values, "title"))[1]
    return action if changed == "same" else changed


def _account(values: Values) -> tuple[Account, Action]:
    """The account of that login name; it belongs to one person, so the names must agree."""
    login = values["login"]
    columns = given(values, "email", "phone")
    account = Account.objects.filter(login=login).first()
    if account is None:
        return Account.objects.create_account(login, values["name"], **columns), "added"
    if account.name != values["name"]:
        raise Refused(_("登录名“%(login)s”已属于另一个人，请换一个登录名，或者核对姓名。") % {"login": login})
    if not Membership.objects.filter(account=account, congress_id=current_congress_id()).exists():
        return account, "same"  # contact details of an account are changed only where it already works
    return upsert(Account, account, columns)


def _holder(key: str, kind: str, values: Values, register: Register) -> tuple[UUID | None, Mandate | None]:
    if kind == "congress":
        return current_congress_id(), None
    if kind == "organ":
        organ = register.organ(values.get("organ"))
        if organ is None:
            raise Refused(_("请填写“机构代码”：这个席位属于哪个机构。"))
        return organ.pk, None
    if kind == "group":
        group = register.group("delegation", values.get("group"))
        if group is None:
            raise Refused(_("请填写“代表团”：这个席位属于哪个代表团。"))
        return group.pk, None
    if kind == "station":
        station = register.station(values.get("station"))
        if station is None:
            raise Refused(_("请填写“机构代码”或者“站点编号”：工作人员属于哪个街道、哪个站点。"))
        return station.pk, None
    if kind == "grid":
        grid = register.grid(values.get("grid"))
        if grid is None:
            raise Refused(_("请填写“网格编号”：治理员负责哪个网格。"))
        return grid.pk, None
    person = register.person(values["name"], values.get("birth_year"))
    deputies = Mandate.guests if key == GUEST_DEPUTY else Mandate.objects
    mandate = deputies.on(values.get("since")).filter(person=person).select_related("person").first()
    if mandate is None:
        raise Refused(_("“%(name)s”现在不是代表，请先导入代表任职或者其他层级代表。") % {"name": person.name})
    return mandate.pk, mandate


def _seat_rows() -> Iterable[Sequence[Cell]]:
    seats = Seat.objects.filter(key__in=_LABELS).select_related("account", "person").order_by("key", "since", "id")
    organs: dict[UUID, Any] = dict(Organ.objects.values_list("pk", "code"))
    groups: dict[UUID, Any] = dict(Group.objects.values_list("pk", "name"))
    stations: dict[UUID, Any] = dict(Station.objects.values_list("pk", "number"))
    grids: dict[UUID, Any] = dict(Grid.objects.values_list("pk", "number"))
    for seat in seats:
        yield [
            seat.account.login, seat.account.name, in_chinese(label_of(seat.key)), organs.get(seat.holder),
            groups.get(seat.holder), seat.person.birth_year if seat.person else None, seat.title,
            seat.account.email, None, seat.since, seat.until, stations.get(seat.holder), grids.get(seat.holder),
        ]  # fmt: skip


SEATS = Sheet(
    key="seats",
    title="账号与席位",
    columns=(
        Column(
            "登录名",
            "login",
            cells.login,
            required=True,
            note="全系统不重复；一个人在几个人大有席位时用同一个登录名",
        ),
        Column("姓名", "name", cells.name, required=True),
        Column("席位", "key", cells.choice(_LABELS), required=True, choices=tuple(map(in_chinese, _LABELS.values()))),
        Column("机构代码", "organ", cells.code(30), note="机构的席位填写"),
        Column("代表团", "group", cells.text(50), note="代表团团长填写"),
        Column("出生年份", "birth_year", cells.birth_year, kind="integer", note="代表同名同姓时填写"),
        Column("职务名称", "title", cells.text(50), note="例如“教育局副局长”"),
        Column("电子邮箱", "email", cells.email),
        Column("手机号码", "phone", cells.phone, note="加密保存，导出时不带出"),
        Column("起始日期", "since", cells.date, kind="date", note="不填为今天"),
        Column("截止日期", "until", cells.date, kind="date"),
        Column("站点编号", "station", cells.code(30), note="只管一个站点的联络站工作人员填写，管整个街道的填机构代码"),
        Column("网格编号", "grid", cells.code(30), note="网格长、区块治理员填写"),
    ),
    identity=("login", "key", "organ", "group", "station", "grid"),
    write=_write_seat,
    rows=_seat_rows,
    examples=[
        [
            "lifang",
            "李芳",
            "承办单位办公室",
            "J01",
            None,
            None,
            "办公室主任",
            "lifang@example.org",
            None,
            "2026-03-01",
            None,
            None,
            None,
        ]
    ],
    notes=["导入后，席位由安全管理员审批才生效；首次登录密码在账号页面发放。"],
)
