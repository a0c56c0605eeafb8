"""A resident and a deputy write to each other (A14): beginning, coming back, going on."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from openrenda import tickets
from openrenda.people.models import Congress
from openrenda.rulebook import book_for

from .. import access, codes, express, receiving
from ..receiving import personal


@personal
@require_http_methods(["GET", "POST"])
@access.of_congress
def write(request: HttpRequest, congress: Congress) -> HttpResponse:
    """The first message."""
    code = (request.POST if request.method == "POST" else request.GET).get("deputy", "")[:40]
    chosen = express.able(codes.id_of(code))
    rule = book_for(congress)["A14.answer"]
    intake = receiving.Intake(
        procedure=express.KEY, template="express_write", form=express.ExpressForm, opens=express.write,
        address=lambda matter: reverse("portal:express-mine", args=[congress.division_code, tickets.link_of(matter)]) + "?sent=1",
        context={
            "chosen": chosen, "code": code if chosen else "", "draft": f"{congress.division_code}:express", "promised": rule.amount,
            "year": express.last_year(),
        },
    )  # fmt: skip
    return intake.receive(request, congress)


def _page(
    request: HttpRequest, congress: Congress, own: receiving.Own, *, link: str = "", form: Any = None, status: int = 200
) -> HttpResponse:
    shown = express.page(congress, own)
    steps = own.live if link else []
    forms = {step: own.form_of(step) for step in steps if step in express.WRITING}
    if form is not None:
        forms[form[0]] = form[1]
    context = {
        **shown, "forms": forms, "form": form[1] if form else None, "number": own.number, "sent": request.GET.get("sent") == "1",
        "draft": f"{congress.division_code}:express",
        "actions": {step: reverse("portal:express-mine-step", args=[congress.division_code, link, step]) for step in steps},
    }  # fmt: skip
    return access.page(request, "express_one", congress, context, status=status)


by_number, mine, step_of_mine = receiving.returning(express.own, "portal:express-mine", _page)
