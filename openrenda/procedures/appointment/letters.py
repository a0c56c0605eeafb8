"""The announcement of what was decided 人事任免公告 (APP-09): only what passed, and only once it is public (APP-08)."""

from __future__ import annotations

from openrenda.docket.models import Matter
from openrenda.documents.official import OfficialDocument, Text, long_date

from ..appointing import AppointmentAct, AppointmentProposal, committee_of


def announcement_document(matter: Matter) -> OfficialDocument:
    """The announcement of a proposal's acts. Two queries.

    :raises ValueError: when nothing was announced yet.
    """
    record = AppointmentProposal.objects.select_related("congress").get(matter=matter)
    rows = AppointmentAct.objects.filter(matter__parent=matter, passed=True, announced_on__isnull=False)
    acts = list(rows.select_related("matter").order_by("kind", "matter__opened_on", "id"))
    if record.announced_on is None or not acts:
        raise ValueError("还没有可以公告的任免事项：表决通过并公告以后才能打印。")
    committee = committee_of(record.congress)
    day = long_date(acts[0].voted_on or record.announced_on)
    blocks = [
        Text(f"{committee}于{day}在{acts[0].sitting}上通过下列人事任免事项，现予公告："),
        *(Text(f"{act.matter.title}。") for act in acts),
    ]
    if record.announcement:
        blocks.insert(0, Text(record.announcement))
    return OfficialDocument(
        title=f"{committee}公告", issuer=committee, blocks=tuple(blocks), signed_by=committee, dated=record.announced_on, layout="letter",
    )  # fmt: skip
