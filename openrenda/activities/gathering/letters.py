"""The invitation letter of a gathering 邀请函 (A11), made from the record: number, whom, when and where."""

from __future__ import annotations

from openrenda.docket.models import Matter
from openrenda.documents.official import OfficialDocument, Table, Text, long_date
from openrenda.documents.official.model import Block

from ..kinds import KINDS, PARTY_LABELS
from ..record import Activity
from .records import Invitation

CLOSING = "请于活动前回复能否参加。"


def invitation_document(matter: Matter) -> OfficialDocument:
    """The letter as it went out, to everybody who was invited. Two queries.

    :raises ValueError: when nobody was invited.
    """
    record = Activity.objects.select_related("station", "street").get(matter=matter)
    invited = list(Invitation.objects.filter(matter=matter).order_by("position"))
    if not invited:
        raise ValueError("还没有登记邀请对象，不能生成邀请函。")
    kind = KINDS[record.kind].label
    sender = record.station.name if record.station else _organiser(matter)
    when = long_date(record.held_on) + (f"{record.starts_at}" if record.starts_at else "")
    blocks: list[Block] = [Text(f"定于{when}在{record.place}举行{kind}，诚邀参加。")]
    if record.note:
        blocks += [Text("活动内容", 1), *(Text(line) for line in record.note.splitlines() if line)]
    blocks += [Text("邀请名单", 1), Table(("类别", "邀请对象"), tuple((PARTY_LABELS[row.kind], row.name) for row in invited), (1, 3)),
               Text(CLOSING)]  # fmt: skip
    return OfficialDocument(
        title=f"关于邀请参加{kind}的函", issuer=sender, number=matter.number, addressees="、".join(row.name for row in invited),
        blocks=tuple(blocks), signed_by=sender, dated=invited[0].sent_on, layout="letter",
    )  # fmt: skip


def _organiser(matter: Matter) -> str:
    party = matter.parties.filter(role="organiser").order_by("position").first()
    return party.name if party else ""
