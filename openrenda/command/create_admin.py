"""Set up a congress's three separated administrators, and the congress itself when it is new."""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import TYPE_CHECKING, Any

from openrenda.command import Stop
from openrenda.command.congress import CODE_HELP

if TYPE_CHECKING:
    from openrenda.people.models import Account, Congress

NAME = "create-admin"
HELP = "设立人大的系统、安全、审计三名管理员 · set up a congress's three administrators"
NEEDS_DJANGO = True

FLAGS = {"system_admin": "--system", "security_admin": "--security", "audit_admin": "--audit"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """The congress and the three people; what is not given is asked for."""
    parser.add_argument("--congress", metavar="CODE", help=CODE_HELP)
    parser.add_argument("--name", help="新设人大的名称 · name of a new congress")
    parser.add_argument("--short-name", help="新设人大的简称 · short name of a new congress")
    parser.add_argument("--level", help="层级 · level: nation, province, city, county, township")
    parser.add_argument("--parent", metavar="CODE", help="上级人大代码 · code of the congress above")
    for key, flag in FLAGS.items():
        parser.add_argument(flag, dest=key, metavar="LOGIN=NAME", help="登录名=姓名 · login=name")
    parser.add_argument(
        "--passwords-from-stdin",
        action="store_true",
        help="从标准输入按系统、安全、审计的次序各读一行密码 · read three passwords, one a line",
    )


def run(options: argparse.Namespace) -> int:
    """Make them all or none."""
    from django.db import transaction
    from django.utils.translation import gettext as _

    from openrenda.people.offices import label_of
    from openrenda.people.refusals import Refused
    from openrenda.people.seats import found_administrators
    from openrenda.tenancy import congress_scope

    try:
        with transaction.atomic():
            congress = congress_from(options)
            accounts = {key: account_from(options, key, str(label_of(key))) for key in FLAGS}
            with congress_scope(congress):
                found_administrators(accounts)
    except Refused as refusal:
        raise Stop(str(refusal)) from refusal
    print(_("已为%(name)s设立三名管理员。首次登录须修改密码，并登记动态口令。") % {"name": congress.name})
    return 0


def answer(given: str | None, question: str) -> str:
    """What was given on the command line, or what the person types."""
    if given:
        return given.strip()
    if not sys.stdin.isatty():
        raise Stop(f"缺少 missing: {question}")
    return input(f"{question}: ").strip()


def congress_from(options: argparse.Namespace) -> Congress:
    """The congress of the code, made when it does not exist yet."""
    from django.utils.translation import gettext as _

    from openrenda.people.models import Congress
    from openrenda.people.models.congress import LEVEL_LABELS

    code = answer(options.congress, str(_("行政区划代码")))
    congress = Congress.objects.filter(division_code=code).first()
    if congress:
        return congress
    if not code.isdecimal() or len(code) not in (6, 9, 12):
        raise Stop(_("行政区划代码应为 6、9 或 12 位数字，“%(code)s”不是，没有设立。") % {"code": code})
    name = answer(options.name, str(_("人大名称（新设）")))
    level = answer(options.level, str(_("层级 nation/province/city/county/township")))
    if level not in LEVEL_LABELS:
        raise Stop(_("没有“%(level)s”这个层级，没有设立。") % {"level": level})
    return Congress.objects.create(
        division_code=code,
        name=name,
        short_name=answer(options.short_name, str(_("简称"))),
        level=level,
        parent=parent_of(options.parent),
    )


def parent_of(code: str | None) -> Congress | None:
    """The congress above, when one is named."""
    from openrenda.command.congress import congress_of

    return congress_of(code) if code else None


def account_from(options: argparse.Namespace, key: str, label: str) -> Account:
    """The account of one administrator: an existing login, or a new one with its first password."""
    from django.utils.translation import gettext as _

    from openrenda.people.models import Account

    text = answer(getattr(options, key), f"{label} {_('登录名=姓名')}")
    login, _separator, name = (part.strip() for part in text.partition("="))
    try:
        return Account.objects.get_by_natural_key(login)
    except Account.DoesNotExist:
        pass
    if not login or not name:
        raise Stop(_("“%(text)s”应写作 登录名=姓名，没有设立。") % {"text": text})
    return Account.objects.create_account(login, name, password_for(options, label, login, name))


def password_for(options: argparse.Namespace, label: str, login: str, name: str) -> str:
    """A first password that the rules accept.

    :raises Stop: saying which rule it breaks.
    """
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.utils.translation import gettext as _

    from openrenda.people.models import Account

    if options.passwords_from_stdin:
        password = sys.stdin.readline().rstrip("\n")
    elif sys.stdin.isatty():
        password = getpass.getpass(str(_("%(label)s %(login)s 的初始密码：") % {"label": label, "login": login}))
    else:
        raise Stop(_("没有终端可以输入密码，请用 --passwords-from-stdin。没有设立。"))
    person: Any = Account(login=login, name=name)
    try:
        validate_password(password, person)
    except ValidationError as problem:
        raise Stop(_("密码不合要求，没有设立：%(why)s") % {"why": " ".join(problem.messages)}) from problem
    return password
