"""The certificate of appointment 任命书 (APP-09.letter), made from what was voted; the chairperson signs it by name."""

from __future__ import annotations

from openrenda.docket.models import Matter
from openrenda.documents.official import OfficialDocument, Text, long_date

from ..appointing import ACTING, AppointmentAct, committee_of


def certificate_document(matter: Matter) -> OfficialDocument:
    """The certificate of one act. One query.

    :raises ValueError: when there is none to print.
    """
    record = AppointmentAct.objects.select_related("congress").get(matter=matter)
    if not record.passed or record.letter_on is None or record.voted_on is None:
        raise ValueError("还没有登记任命书，不能打印。")
    committee = committee_of(record.congress)
    act = (
        f"决定{record.person_name}同志代理{record.post_title}职务"
        if record.kind == ACTING
        else (f"任命{record.person_name}同志为{record.post_title}")
    )
    text = f"{committee}于{long_date(record.voted_on)}在{record.sitting}上，经全体组成人员的过半数通过，{act}。"
    blocks = [Text(text), Text("特发此任命书。")]
    if record.letter_number:
        blocks.append(Text(f"编号：{record.letter_number}"))
    return OfficialDocument(
        title="任命书", issuer=committee, addressees=f"{record.person_name}同志", blocks=tuple(blocks),
        signed_by=f"主任　{record.signed_by}", dated=record.letter_on, layout="letter",
    )  # fmt: skip
