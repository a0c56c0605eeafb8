"""Give a system a token that sits in a seat, or take one back."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING

from openrenda.command import Stop
from openrenda.command.congress import congress_argument, congress_of

if TYPE_CHECKING:
    from openrenda.people.models import Seat

NAME = "create-token"
HELP = "发放或收回接口令牌 · give a system a token, or take one back"
NEEDS_DJANGO = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """Whose seat, for which system, for what and until when."""
    congress_argument(parser, required=True)
    parser.add_argument("--login", help="席位所属账号的登录名 · the account in whose seat the token sits")
    parser.add_argument(
        "--seat", metavar="KEY", help="席位的英文名，账号有几个席位时填写 · which seat, when there are several"
    )
    parser.add_argument("--name", required=True, help="使用令牌的系统名称 · the system's name")
    parser.add_argument("--scopes", default="read", help="read 或 read,act · what it may do")
    parser.add_argument("--until", type=date.fromisoformat, metavar="DAY", help="有效期至，最长一年 · the last day")
    parser.add_argument("--revoke", action="store_true", help="收回这个名称的令牌 · take back the tokens of that name")


def run(options: argparse.Namespace) -> int:
    """Print the token once; nothing keeps its text."""
    from django.utils.translation import gettext as _

    from openrenda.api.tokens import TokenRefused, make
    from openrenda.tenancy import congress_scope

    with congress_scope(congress_of(options.congress)):
        if options.revoke:
            return take_back(options.name)
        seat = seat_of(options)
        try:
            text, row = make(seat, options.name, options.scopes.split(","), options.until)
        except TokenRefused as refused:
            raise Stop(str(refused)) from refused
        print(_("令牌只显示这一次，有效期至 %(until)s：") % {"until": row.until})
        print(text)
    return 0


def seat_of(options: argparse.Namespace) -> Seat:
    """The seat that the options name.

    :raises Stop: when there is none, or more than one.
    """
    from django.utils.translation import gettext as _

    from openrenda.people.models import Seat

    if not options.login:
        raise Stop("缺少 --login · --login is missing")
    found = Seat.objects.able_on().filter(account__login=options.login)
    seats = list(found.filter(key=options.seat) if options.seat else found)
    if len(seats) != 1:
        keys = "、".join(seat.key for seat in seats) or _("无")
        raise Stop(
            _("“%(login)s”当前的席位：%(keys)s。请用 --seat 指明一个。") % {"login": options.login, "keys": keys}
        )
    return seats[0]


def take_back(name: str) -> int:
    """Revoke every token of that name; 1 when there is none."""
    from django.utils.translation import gettext as _

    from openrenda.api.models import ApiToken
    from openrenda.api.tokens import revoke

    rows = list(ApiToken.objects.filter(name=name, revoked_on=None))
    for row in rows:
        revoke(row)
    print(_("已收回 %(count)d 个令牌。") % {"count": len(rows)})
    return 0 if rows else 1
