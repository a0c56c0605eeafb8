"""A resident and a deputy write to each other (A14): beginning, coming back, going on."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openrenda import tickets
from openrenda.people.models import Congress
from openrenda.rulebook import book_for

from .. import access, codes, express, receiving
from ..receiving import or_404, personal


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


@personal
@require_GET
@access.of_congress
def by_number(request: HttpRequest, congress: Congress, number: str) -> HttpResponse:
    """State and waiting time, for whoever has the number."""
    return _page(request, congress, or_404(express.own(number=number)))


@personal
@require_GET
@access.of_congress
def mine(request: HttpRequest, congress: Congress, link: str) -> HttpResponse:
    """The conversation, and going on with it."""
    return _page(request, congress, or_404(express.own(link=link)), link=link)


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


@personal
@require_POST
@access.of_congress
def step_of_mine(request: HttpRequest, congress: Congress, link: str, step: str) -> HttpResponse:
    """Another message, or the end of it, by her link."""
    own = or_404(express.own(link=link))
    back = reverse("portal:express-mine", args=[congress.division_code, link])
    return receiving.take(
        request,
        own,
        step,
        back,
        lambda form, status: _page(request, congress, own, link=link, form=form, status=status),
    )
