"""Papers of the network: the yearly self-check, and posters and cards with codes."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openrenda.documents.official import OfficialDocument, Table, Text, to_docx, to_pdf
from openrenda.documents.posters import SIZES, Poster, posters_to_pdf
from openrenda.languages import chinese
from openrenda.people import coverage
from openrenda.people.models import Code, Congress
from openrenda.people.models.station import KIND_LABELS
from openrenda.people.rosters import term_on
from openrenda.spelling import in_groups, tidy

from ..access import Request
from ..letters import printed, sent
from .checks import checks, listed, share, verdict
from .codes import address_of, name_of, of_kind
from .guard import for_keepers, for_readers

MOST_POSTERS = 300


@for_readers
@require_safe
@printed
def self_check(request: Request, kind: str) -> HttpResponse:
    """The check of a year as an official paper: every count, and by name whoever is missing."""
    with chinese():
        made = _check_paper(request.congress)
    return sent(to_pdf(made) if kind == "pdf" else to_docx(made), made.title, kind)


def _check_paper(congress: Congress) -> OfficialDocument:
    today = timezone.localdate()
    asked = [(check, check.ask()) for check in checks()]
    kinds = tuple((str(KIND_LABELS[key]), str(number)) for key, number in coverage.by_kind(today).items())
    rows = tuple((check.label, share(found), verdict(found, check.lacking)) for check, found in asked)
    missing: list[Text | Table] = [
        block
        for check, found in asked
        if found.lacking
        for block in (Text(check.lacking, 2), Text(_("%(names)s。") % {"names": listed(found.lacking)}))
    ]
    blocks: tuple[Text | Table, ...] = (
        Text(_("站点数量"), 1), Table((_("类别"), _("开放站点数")), kinds, (3, 1)),
        Text(_("今年新启用 %(count)s 个。") % {"count": coverage.opened_in(today.year).count()}),
        Text(_("逐项核对"), 1), Table((_("项目"), _("覆盖"), _("核对结果")), rows, (3, 3, 5)),
        Text(_("缺项名单"), 1), *(missing or [Text(_("没有缺项。"))]),
    )  # fmt: skip
    title = _("%(year)s年代表家站室点网络自查表") % {"year": today.year}
    return OfficialDocument(
        title=title, issuer=congress.name, blocks=blocks, dated=today, layout="feature", sealed=False
    )


@for_keepers
@require_safe
@printed
def posters(request: Request) -> HttpResponse:
    """Posters or cards of one code or of all codes of a kind that are in use; at most 300 at once."""
    size = request.GET.get("size", "a4")
    if size not in SIZES:
        raise ValueError(_("没有这种尺寸，请选择 A4、A6 或者名片。"))
    rows = of_kind(request.GET.get("kind", "")).filter(revoked_at__isnull=True)
    if one := tidy(request.GET.get("code", ""))[:12]:
        rows = rows.filter(token=one)
    chosen = list(rows.order_by("issued_at", "pk")[:MOST_POSTERS])
    if not chosen:
        raise ValueError(_("没有在用的二维码可以打印，请先发码。"))
    with chinese():
        made = [_poster(code, request.congress) for code in chosen]
        title = _("二维码%(size)s") % {"size": size.upper()}
    return sent(posters_to_pdf(made, size, title=title), title, "pdf")


def _poster(code: Code, congress: Congress) -> Poster:
    return Poster(
        head=congress.name, title=name_of(code), lines=_lines(code), call=_("扫码反映意见、查看接待时间"),
        address=address_of(code, congress.division_code), letters=in_groups(code.token),
    )  # fmt: skip


def _lines(code: Code) -> tuple[str, ...]:
    """Public facts alone: a deputy's paper never bears her telephone."""
    if code.station is not None:
        return code.station.address, code.station.opening_hours, code.station.telephone
    if code.grid is not None:
        return (code.grid.street.name,)
    if code.mandate is not None and code.mandate.level:
        return code.mandate.of_congress, code.mandate.person.post
    if code.mandate is not None:
        term = term_on()
        return (_("%(term)s人大代表") % {"term": term} if term else _("人大代表"), code.mandate.person.post)
    return ()
