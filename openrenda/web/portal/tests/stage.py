"""The stage of the portal's tests: two congresses, and suggestions brought to the public by the steps that lead there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from openrenda import docket
from openrenda.docket.models import Matter
from openrenda.web.portal import codes
from tests.cast import CONTACT, REPLY, REVIEW, SUBMIT, Cast, draft

CODE = "990101"
OTHER = "990102"


def take(cast: Cast, matter: Matter, who: str, step: str, data: dict[str, Any] | None = None) -> Matter:
    """Somebody takes a step; the matter as it is afterwards."""
    docket.act(Matter.objects.get(pk=matter.pk), step, by=cast[who], data=data)
    return Matter.objects.get(pk=matter.pk)


def raised(cast: Cast, **changes: Any) -> Matter:
    """A draft."""
    return docket.open_matter("suggestion", "propose", by=cast["chen"], data=draft(**changes)).matter


def handled(cast: Cast, matter: Matter) -> Matter:
    """From draft to handling."""
    take(cast, matter, "chen", "submit_to_street", SUBMIT)
    take(cast, matter, "street", "street_pass", REVIEW)
    take(cast, matter, "office", "district_pass", REVIEW)
    take(cast, matter, "office", "assign", {"organ": cast.organs["roads"].pk})
    return take(cast, matter, "roads_clerk", "sign_for")


def replied(cast: Cast, reply: dict[str, Any] | None = None, **changes: Any) -> Matter:
    """Answered; to be published in some days."""
    matter = handled(cast, raised(cast, **changes))
    take(cast, matter, "roads_clerk", "contact", {**CONTACT, "held_on": timezone.localdate().isoformat()})
    take(cast, matter, "roads_clerk", "draft_reply", {**REPLY, **(reply or {})})
    return take(cast, matter, "roads_head", "sign_reply")


def published(cast: Cast, reply: dict[str, Any] | None = None, **changes: Any) -> Matter:
    """Answered and published today by the deputies' office."""
    return take(cast, replied(cast, reply, **changes), "office", "publish", {"public_text": ""})


def not_satisfied(cast: Cast, matter: Matter, reply: dict[str, Any] | None = None) -> Matter:
    """The deputy is not satisfied; the organ answers again."""
    no = {"attitude": "satisfied", "result": "dissatisfied", "reasons": "仍然拥堵"}
    take(cast, matter, "chen", "reject", no)
    take(cast, matter, "roads_clerk", "contact", {**CONTACT, "held_on": timezone.localdate().isoformat()})
    take(cast, matter, "roads_clerk", "draft_second_reply", {**REPLY, **(reply or {})})
    return take(cast, matter, "roads_chief", "sign_second_reply")


PROMISE = {
    "result_class": "B", "planned": "暑期施工。", "promise_1": "完成划线", "promise_1_who": "养护科",
    "promise_1_by": (timezone.localdate() + timedelta(days=60)).isoformat(),
}  # fmt: skip


def address(matter: Matter, code: str = CODE) -> str:
    """The permanent address."""
    return f"/c/{code}/suggestions/{codes.code_of(matter.pk)}/"
