"""Which congress a command works for."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING

from openrenda.command import Stop

if TYPE_CHECKING:
    from openrenda.people.models import Congress

CODE_HELP = "人大的行政区划代码 · the congress's division code"


def congress_argument(parser: argparse.ArgumentParser, *, required: bool) -> None:
    """Add ``--congress CODE``."""
    parser.add_argument("--congress", metavar="CODE", required=required, help=CODE_HELP)


def congress_of(code: str) -> Congress:
    """The congress of a division code.

    :raises Stop: when there is none, naming those there are.
    """
    from django.utils.translation import gettext as _

    from openrenda.people.models import Congress

    congress = Congress.objects.filter(division_code=code).first()
    if congress is None:
        known = "、".join(f"{each.division_code} {each.short_name}" for each in Congress.objects.all()[:20])
        raise Stop(_("没有代码为 %(code)s 的人大。现有：%(known)s") % {"code": code, "known": known or _("无")})
    return congress


def congresses_of(code: str | None) -> Iterable[Congress]:
    """One congress when a code is given, all of them otherwise."""
    from openrenda.people.models import Congress

    return [congress_of(code)] if code else Congress.objects.all()
