"""The page of deputies' contact, and the list behind each of its numbers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from openrenda.forms import Form
from openrenda.people import reception
from openrenda.people.guards import for_seats
from openrenda.people.models.station import POINT
from openrenda.procedures.fields import Day
from openrenda.rulebook import RulebookError, own_values_of, set_local_value

from ..access import Request
from ..stations.checks import share
from ..stations.shown_checks import DUTY_READERS, behind, card
from . import contacts
from .checks import checks, found

READERS = ("deputy_office", "leader", "audit_admin")
YEARS_BACK = 3
ORDER = ("enterprise-order", "place")


@for_seats(*READERS)
@require_safe
def overview(request: Request) -> HttpResponse:
    """All checks; two or three queries each."""
    return render(request, "duties/checks.html", {"checks": [card(check, "duties:lacking") for check in checks()]})


@for_seats(*READERS)
@require_safe
def lacking(request: Request, key: str) -> HttpResponse:
    """The list behind one check, in the order of strokes."""
    check = found(key)
    if check is None:
        raise Http404
    return render(request, "duties/lacking.html", behind(check, request.actor.seat))


class Measures(Form):
    """How many contacts, from which day on, and by which document."""

    times = forms.IntegerField(label=gettext_lazy("每一期间的次数"), min_value=1, max_value=365)
    since = Day(label=gettext_lazy("自何日起"))
    basis = forms.CharField(label=gettext_lazy("依据（办法的名称和文号）"), max_length=200)

    def clean_since(self) -> Any:
        """Periods that have begun keep what they began with, so an earlier day would say what does not hold."""
        day = self.cleaned_data["since"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("自今天或者以后的某日起；已经开始的期间仍按原来的次数。"))
        return day


@for_seats(*READERS)
@require_http_methods(["GET", "POST"])
def measures(request: Request) -> HttpResponse:
    """What the Measures require in each period of the year, who fell short, and a new number from a day on (A23)."""
    keeper = request.actor.seat == "deputy_office"
    form = Measures(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not keeper:
            raise Http404
        if form.is_valid() and _set(request, form):
            return HttpResponseRedirect(reverse("duties:measures"))
    today = timezone.localdate()
    year = _year(request.GET.get("year", ""), today.year)
    context = {
        "form": form if keeper else None,
        "year": year,
        "years": [
            {"label": str(number), "url": f"?year={number}", "current": number == year, "count": None}
            for number in range(today.year - YEARS_BACK, today.year + 1)
        ],
        "periods": _periods(year, today, duty=request.actor.seat in DUTY_READERS),
        "values": own_values_of(request.congress, contacts.RULE),
        "kinds": contacts.counting(),
    }
    return render(request, "duties/measures.html", context, status=422 if form.errors else 200)


def _year(asked: str, this_year: int) -> int:
    near = asked.isascii() and asked.isdecimal() and this_year - YEARS_BACK <= int(asked[:5]) <= this_year
    return int(asked) if near else this_year


def _set(request: Request, form: Measures) -> bool:
    told = form.cleaned_data
    try:
        set_local_value(
            request.congress,
            contacts.RULE,
            told["times"],
            basis=told["basis"],
            set_by=request.actor.name,
            since=told["since"],
        )
    except RulebookError as problem:
        form.add_error(None, str(problem))
        return False
    messages.success(request, _("已登记。已经开始的期间仍按原来的次数计算。"))
    return True


def _periods(year: int, today: Any, *, duty: bool) -> list[dict[str, Any]]:
    """Each period that has begun: what it required, and who fell short of it by name."""
    found = []
    for span in contacts.spans(year):
        if span.since > today:
            continue
        covered = contacts.met(span)
        over = span.until < today
        label = _("没有达到次数的代表") if over else _("还没有达到次数的代表（期间未结束）")
        found.append(
            {
                "span": span,
                "over": over,
                "share": share(covered),
                "label": label,
                "lacking": [
                    {"name": row.person.name, "url": reverse("duty-of", args=[row.pk]) if duty else ""}
                    for row in covered.lacking
                ],
            }
        )
    return found


@for_seats("enterprise", "deputy_office", "street_reviewer", "leader")
@require_safe
def on_duty(request: Request) -> HttpResponse:
    """Who sits at a liaison point now, so that an enterprise reaches her (A07 (3)); then the next hours of today."""
    now = timezone.localtime()
    sitting = reception.sitting_now(now, POINT)
    today = [one for one in reception.sittings(now.date(), now.date()) if one.hours.station.kind == POINT]
    later = [one for one in today if one.deputies and one.hours.begins > now.time()]
    may_order = request.actor.seat == "enterprise"
    context = {"sitting": sitting, "later": later, "order_url": reverse("web:new", args=ORDER) if may_order else ""}
    return render(request, "duties/on_duty.html", context)


app_name = "duties"
urlpatterns = [
    path("deputies/contact/", overview, name="overview"),
    path("points/on-duty/", on_duty, name="on-duty"),
    path("deputies/contact/measures/", measures, name="measures"),
    path("deputies/contact/<slug:key>/", lacking, name="lacking"),
]
