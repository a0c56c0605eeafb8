"""What of a suggestion the public may read: published ones only, personal data hidden, names of deputies open (SEC-04).

Published means: the day of publication has come, no secrecy was asked for, and it was not withheld. The clerk's own public
wording stands as it is but for the names she chose to hide; everything else is redacted each time it is shown. Where nobody has gone
through the names, those that the words around them call residents' are hidden.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from openrenda.docket.models import File, Party
from openrenda.documents.redaction import redact, without_names
from openrenda.documents.residents import private
from openrenda.procedures.commitment.records import Commitment
from openrenda.procedures.suggestion.records import Judgement, Reply, Suggestion
from openrenda.rulebook import Book

from .codes import code_of

PROCEDURE = "suggestion"
DISCLOSURES = {"on_request": lazy("依申请公开"), "no": lazy("不公开")}
SECOND_HANDLING = ("rehandling", "drafted_again")
STATES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "answered": (lazy("已答复，待评价"), ("replied", "replied_again")),
    "again": (lazy("重新办理"), SECOND_HANDLING),
    "meeting": (lazy("双方会商"), ("meeting",)),
    "closed": (lazy("办结"), ("closed",)),
}
PARTS_OF_TEXT = (("background", lazy("情况")), ("analysis", lazy("分析")), ("proposals", lazy("具体建议")))
PARTS_OF_REPLY = (
    ("full_text", lazy("答复全文")),
    ("done", lazy("已经办理")),
    ("planned", lazy("正在办理和将要办理")),
    ("cannot", lazy("不能办理及其原因")),
    ("assisting_opinions", lazy("协办单位意见")),
)


def published(day: date | None = None) -> QuerySet[Suggestion]:
    """The published suggestions of the congress in context, newest first."""
    rows: QuerySet[Suggestion] = Suggestion.objects.filter(
        matter__procedure=PROCEDURE,
        matter__public_since__lte=day or timezone.localdate(),
        matter__confidential=False,
        withheld="",
    )
    return rows.select_related("matter__parent", "category").order_by("-matter__public_since", "-matter_id")


def published_one(matter_id: UUID) -> Suggestion | None:
    """One published suggestion."""
    return published().filter(matter_id=matter_id).first()


def hidden(text: str, record: Suggestion | None = None) -> str:
    """The text with personal data hidden, and the names that the office chose, or that are plainly residents'."""
    return redact(text, names_to_hide(text, record)).text


def names_to_hide(text: str, record: Suggestion | None = None) -> list[str]:
    """The names that the office chose to hide; where it has not gone through them, those of residents but the lead deputy."""
    if record is not None and record.hidden_names is not None:
        return list(record.hidden_names)
    sponsor = record.sponsor_name if record is not None else ""
    return [name for name in private(text) if name != sponsor]


def title(record: Suggestion) -> str:
    """The title as everyone may read it."""
    return hidden(record.matter.title, record)


def number(record: Suggestion) -> str:
    """The official number; the part of a suggestion handled separately goes by the number of the whole."""
    return record.official_number


def state_words(state: str) -> str:
    """Where the suggestion stands, in the four words of the public list."""
    return next((str(label) for label, states in STATES.values() if state in states), _("已答复"))


def text(record: Suggestion) -> list[tuple[str, str]]:
    """What was proposed, as headed paragraphs."""
    if record.public_text:
        return [(_("建议内容"), without_names(record.public_text, record.hidden_names or ()))]
    parts = ((str(label), hidden(getattr(record, name), record)) for name, label in PARTS_OF_TEXT)
    return [(label, words) for label, words in parts if words]


def whole_text(record: Suggestion) -> str:
    """Title and text as everyone may read them, in one piece."""
    return "\n".join([title(record), *(words for _label, words in text(record))])


def row(record: Suggestion) -> dict[str, Any]:
    """A line of a public list."""
    return {
        "record": record,
        "title": title(record),
        "number": number(record),
        "state": state_words(record.matter.state),
        "signers": signers(record),
    }


def signers(record: Suggestion) -> str:
    """The lead deputy, and how many signed with her."""
    if not record.cosigners:
        return record.sponsor_name
    return _("%(name)s等%(count)d人") % {"name": record.sponsor_name, "count": record.cosigners + 1}


def cosigners(record: Suggestion) -> list[str]:
    """The names of those who signed too, in the order of signing. One query."""
    rows = Party.objects.filter(matter_id=record.matter_id, role="cosigner", until=None)
    return list(rows.order_by("position", "since").values_list("name", flat=True))


def files(record: Suggestion) -> list[File]:
    """The attached documents marked as open. One query."""
    return list(File.objects.filter(matter_id=record.matter_id, public=True).order_by("uploaded_at", "id"))


def replies(record: Suggestion, book: Book) -> list[dict[str, Any]]:
    """Every reply that went out, with its promises and the judgements of it. Three queries."""
    sent = Reply.objects.filter(matter_id=record.matter_id).exclude(Q(signed_on=None) & Q(full_text=""))
    promised = list(
        Commitment.objects.filter(suggestion=record.matter_id).select_related("matter").order_by("first_due_on", "id")
    )
    judged = list(Judgement.objects.filter(matter_id=record.matter_id).order_by("-lead", "judged_on", "id"))
    grades = {str(grade["key"]): _(str(grade["label"])) for grade in book.option("option.satisfaction")}  # type: ignore[union-attr, index]
    return [
        {
            **reply(row, record),
            "promises": [promise(one, record) for one in promised if one.round == row.round] if row.is_open else [],
            "judgements": [judgement(one, grades) for one in judged if one.round == row.round],
        }
        for row in sent.order_by("round", "id")
    ]


def reply(row: Reply, record: Suggestion) -> dict[str, Any]:
    """A reply as everyone may read it: who, when, which class; its text when it is marked as open."""
    parts = ((str(label), hidden(getattr(row, name), record)) for name, label in PARTS_OF_REPLY)
    return {
        "row": row,
        "heading": _("答复") if row.round == 1 else _("再次答复"),
        "parts": [(label, words) for label, words in parts if words] if row.is_open else [],
        "closed": "" if row.is_open else str(DISCLOSURES.get(row.disclosure, row.disclosure)),
        "phone": office_phone(row.contact_phone),
    }


def office_phone(phone: str) -> str:
    """The organ's telephone; a mobile number belongs to a person and is left out."""
    kinds = {span.kind for span in redact(phone).spans}
    return phone if phone and kinds <= {"landline"} else ""


def promise(row: Commitment, record: Suggestion) -> dict[str, Any]:
    """A promise with its days: made, due, kept."""
    late = row.reported_on is None and row.due_on < timezone.localdate()
    return {"row": row, "what": hidden(row.what, record), "late": late, "code": code_of(row.matter_id)}


def judgement(row: Judgement, grades: dict[str, str]) -> dict[str, Any]:
    """A deputy's judgement. Her reasons go to the organ, not to the public."""
    return {
        "row": row,
        "attitude": grades.get(row.attitude, row.attitude),
        "result": grades.get(row.result, row.result),
    }


def stages(record: Suggestion, sent: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The stage bar of the public: proposed, handed over, contacted, answered, judged; a second round when there was one."""
    second = next((one["row"].signed_on for one in sent if one["row"].round == 2), None)
    found = [
        (_("提出"), record.matter.opened_on, ""),
        (_("交办"), record.assigned_on, ""),
        (_("联系代表"), record.contacted_on, "" if record.contacted_on else _("没有记录")),
        (_("答复"), record.replied_on, ""),
    ]
    if second or record.matter.state in SECOND_HANDLING:
        found.append((_("再次答复"), second, "" if second else _("重新办理中")))
    found.append((_("评价"), record.judged_on, _("逾期未评价") if record.silent else ""))
    return [
        {"label": label, "date": day, "note": note, "status": _status(record, found, place)}
        for place, (label, day, note) in enumerate(found)
    ]


def _status(record: Suggestion, found: list[tuple[str, Any, str]], place: int) -> str:
    if found[place][1] or record.matter.state_now.final or any(day for _label, day, _note in found[place + 1 :]):
        return "done"
    first_open = next(at for at, (_label, day, _note) in enumerate(found) if not day and not _later(found, at))
    return "current" if place == first_open else "future"


def _later(found: list[tuple[str, Any, str]], place: int) -> bool:
    return any(day for _label, day, _note in found[place + 1 :])


def withheld_words(rows: list[tuple[bool, str, int]]) -> list[tuple[str, int]]:
    """How many are not published, by the reason that was given; (secret, reason, count) in, (words, count) out."""
    counts: dict[str, int] = {}
    for secret, reason, count in rows:
        words = _("代表要求保密") if secret else hidden(reason) or _("不予公开")
        counts[words] = counts.get(words, 0) + count
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
