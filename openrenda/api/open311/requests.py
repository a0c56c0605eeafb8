"""Service requests: handing in what somebody said, and reading what is public of it.

Everybody reads what a station has published, without a name. A system reads besides what it handed in itself, under the id it was given.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, Max, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openrenda import docket, tickets
from openrenda.docket.actor import Actor
from openrenda.docket.models import Act
from openrenda.documents.intake import PICTURES, BadFile, inspect
from openrenda.documents.pictures import redrawn
from openrenda.forms import Form
from openrenda.people.models import Category
from openrenda.procedures.opinion import words
from openrenda.procedures.opinion.findable import hidden
from openrenda.procedures.opinion.records import Opinion
from openrenda.procedures.residents import LONGEST_TEXT, telephone
from openrenda.web import filing
from openrenda.web.portal import saying
from openrenda.web.portal.codes import code_of, id_of

from . import services
from .formats import moment

MOST_LISTED = 1000
MOST_DAYS = 90
OPEN, CLOSED = "open", "closed"
PHOTO = "photo"


class RequestForm(Form):
    """What the specification lets a system send. Only the service and the words must be there, and a place of some kind."""

    service_code = forms.CharField(max_length=20, error_messages={"required": gettext_lazy("请给出 service_code。")})
    description = forms.CharField(max_length=LONGEST_TEXT, required=False)
    lat = forms.DecimalField(min_value=-90, max_value=90, required=False)
    long = forms.DecimalField(min_value=-180, max_value=180, required=False)
    address_string = forms.CharField(max_length=200, required=False)
    address_id = forms.CharField(max_length=60, required=False)
    first_name = forms.CharField(max_length=25, required=False)
    last_name = forms.CharField(max_length=24, required=False)
    phone = forms.CharField(max_length=20, required=False, validators=[telephone])
    media_url = forms.URLField(max_length=500, required=False, assume_scheme="https")

    def clean_service_code(self) -> Category | None:
        """The service by its code; None for what belongs to no other."""
        if self.cleaned_data["service_code"] == services.OTHER:
            return None
        found = services.in_use().filter(code=self.cleaned_data["service_code"]).first()
        if found is None:
            raise ValidationError(_("没有这个 service_code。"), code="unknown")
        return found

    def clean_description(self) -> str:
        """The words themselves; a service without words tells a deputy nothing."""
        text: str = self.cleaned_data["description"].strip()
        if not text:
            raise ValidationError(_("请在 description 中写明要反映的内容。"))
        return text

    def clean(self) -> dict[str, Any]:
        """The specification asks for a place: a point, an address, or the address's id."""
        cleaned: dict[str, Any] = super().clean() or {}
        point = [cleaned.get(name) is not None for name in ("lat", "long")]
        if not self.errors and not (all(point) or cleaned.get("address_string") or cleaned.get("address_id")):
            raise ValidationError(_("请给出 lat 和 long，或者 address_string，或者 address_id。"))
        if any(point) and not all(point):
            raise ValidationError(_("lat 和 long 须同时给出。"))
        return cleaned


class NotTaken(ValueError):
    """A file that is not taken; the message is a sentence."""


def hand_in(request: HttpRequest, form: RequestForm, by: Actor) -> Act:
    """Open the opinion with its pictures; the same request sent again on the same day gives the same one.

    :raises NotTaken: for a file that is no picture.
    """
    pictures = [_picture(file) for file in request.FILES.getlist("media")[: saying.MOST_PICTURES]]
    made = docket.open_matter("opinion", "enter", by=by, data=_given(form.cleaned_data), key=_key(request, by))
    for picture in pictures:
        filing.keep(picture, by, role=PHOTO, matter=made.matter, kinds=PICTURES)
    return made


def _given(data: dict[str, Any]) -> dict[str, Any]:
    text = data["description"]
    if data["media_url"]:
        text = _("%(text)s\n（附件地址：%(address)s）") % {"text": text, "address": data["media_url"]}
    place = data["address_string"] or data["address_id"]
    point = {"latitude": _degrees(data["lat"]), "longitude": _degrees(data["long"])}
    return {
        "text": text[:LONGEST_TEXT], "place": place, "name": f"{data['last_name']}{data['first_name']}", "phone": data["phone"],
        "channel": words.OTHER_SYSTEM, "category": data["service_code"].pk if data["service_code"] else "", "heard_on": timezone.localdate().isoformat(), **point,
    }  # fmt: skip


def _degrees(value: Any) -> str | None:
    """Six places: a tenth of a metre."""
    return None if value is None else str(round(value, 6))


def _picture(file: Any) -> Any:
    try:
        found = inspect(file, file.name or "", kinds=PICTURES, limit_bytes=saying.PICTURE_BYTES)
        return saying.ContentFile(redrawn(file, found.kind), name=found.name)
    except BadFile as refusal:
        raise NotTaken(f"{filing.short_name(file.name)}：{refusal.sentence}") from refusal


def _key(request: HttpRequest, by: Actor) -> str:
    """What the system calls its request, or else everything it sent and the day."""
    named = request.headers.get("Idempotency-Key", "")[:200]
    sent = (
        named
        or f"{timezone.localdate()}{sorted((name, value) for name, value in request.POST.items() if name != 'api_key')}"
    )
    return f"open311:{by.account.hex if by.account else ''}:{hashlib.sha256(sent.encode()).hexdigest()[:40]}"


def receipt(made: Act) -> dict[str, Any]:
    """What the system is told: the id under which it may ask, and in words the number for whoever spoke."""
    number = tickets.in_groups(tickets.number_of(made.matter.pk))
    return {
        "service_request_id": code_of(made.matter.pk),
        "service_notice": _("已收到。请把查询号 %(number)s 告诉反映人，凭查询号可以看进展和答复、作评价。")
        % {"number": number},
        "account_id": "",
    }


# Reading


class ListForm(Form):
    """Which requests are asked for."""

    service_request_id = forms.CharField(max_length=3000, required=False)
    service_code = forms.CharField(max_length=500, required=False)
    start_date = forms.CharField(max_length=40, required=False)
    end_date = forms.CharField(max_length=40, required=False)
    status = forms.CharField(max_length=20, required=False)

    def clean_start_date(self) -> datetime | None:
        """A moment in ISO 8601 with its offset."""
        return self._moment("start_date")

    def clean_end_date(self) -> datetime | None:
        """A moment in ISO 8601 with its offset."""
        return self._moment("end_date")

    def clean_status(self) -> str:
        """Open or closed."""
        asked: str = self.cleaned_data["status"]
        if set(asked.split(",")) - {"", OPEN, CLOSED}:
            raise ValidationError(_("status 只能是 open 或 closed。"))
        return asked

    def _moment(self, name: str) -> datetime | None:
        text: str = self.cleaned_data[name].replace(" ", "+")
        if not text:
            return None
        try:
            found = parse_datetime(text)
        except ValueError:
            found = None
        if found is None:
            raise ValidationError(_("%(name)s 须写成 2026-01-01T00:00:00+08:00 的样子。") % {"name": name})
        return found if timezone.is_aware(found) else timezone.make_aware(found)


def readable(by: Actor | None) -> QuerySet[Opinion]:
    """What is published, and what this system handed in itself."""
    open_to = Q(matter__public_since__lte=timezone.localdate(), matter__confidential=False)
    if by is not None and by.account is not None:
        open_to |= Q(entered_by=by.account, channel=words.OTHER_SYSTEM)
    return Opinion.objects.filter(open_to).select_related("matter", "category", "organ", "station")


def chosen(form: ListForm, by: Actor | None) -> list[dict[str, Any]]:
    """At most a thousand requests, newest first; without a date those of the last ninety days, and never more days at once."""
    asked = form.cleaned_data
    rows = readable(by)
    if asked["service_request_id"]:
        named = (id_of(part.strip()) for part in asked["service_request_id"].split(","))
        # Ids that are named override everything else that is asked.
        rows = rows.filter(matter__in=[pk for pk in named if pk])
    else:
        rows = _narrowed(rows, asked)
    found = list(rows.order_by("-matter__opened_on", "-matter_id")[:MOST_LISTED])
    return _told(found, by)


def _narrowed(rows: QuerySet[Opinion], asked: dict[str, Any]) -> QuerySet[Opinion]:
    until = asked["end_date"] or timezone.now()
    since = max(asked["start_date"] or until - timedelta(days=MOST_DAYS), until - timedelta(days=MOST_DAYS))
    rows = rows.filter(matter__opened_on__range=(timezone.localdate(since), timezone.localdate(until)))
    # Day by day out of the index, then to the moment.
    rows = rows.filter(matter__acts__seq=1, matter__acts__took_effect__range=(since, until))
    if asked["service_code"]:
        codes = [code.strip() for code in asked["service_code"].split(",")]
        rows = rows.filter(
            Q(category__code__in=codes) | Q(category=None) if services.OTHER in codes else Q(category__code__in=codes)
        )
    if asked["status"] in (OPEN, CLOSED):
        rows = rows.filter(matter__closed_on__isnull=asked["status"] == OPEN)
    return rows


def one(request_id: str, by: Actor | None) -> list[dict[str, Any]]:
    """The request with that id, as a list of one; empty when there is none that may be read."""
    pk = id_of(request_id)
    return _told(list(readable(by).filter(matter=pk)) if pk else [], by)


def id_for_ticket(ticket: str) -> str | None:
    """The id of the request whose query number it is."""
    found = Opinion.objects.filter(number_digest=tickets.digest(ticket)).values_list("matter_id", flat=True).first()
    return code_of(found) if found else None


def _told(rows: list[Opinion], by: Actor | None) -> list[dict[str, Any]]:
    """Each as the specification writes it. One query, for the moments."""
    acts = Act.objects.filter(matter__in=[row.matter_id for row in rows])
    # Of a closed one the moment at which it was closed, whatever was noted afterwards.
    telling = acts.filter(Q(matter__closed_on=None) | ~Q(from_state=F("to_state")))
    moments = dict(telling.values_list("matter_id").annotate(Max("took_effect")).order_by())
    first = dict(acts.filter(seq=1).values_list("matter_id", "took_effect"))
    return [_request(row, first.get(row.matter_id), moments.get(row.matter_id), by) for row in rows]


def _request(row: Opinion, opened: datetime | None, changed: datetime | None, by: Actor | None) -> dict[str, Any]:
    own = by is not None and by.account == row.entered_by and row.matter.public_since is None
    return {
        "service_request_id": code_of(row.matter_id),
        "status": CLOSED if row.matter.closed_on else OPEN,
        "status_notes": _notes(row),
        **services.of_opinion(row.category),
        "description": row.text if own else row.public_text,
        "agency_responsible": row.organ.name if row.organ else row.station.name if row.station else "",
        "service_notice": "",
        "requested_datetime": moment(opened),
        "updated_datetime": moment(changed),
        "expected_datetime": moment(row.due_by),
        "address": row.place if own else "",
        "address_id": "",
        "zipcode": "",
        "lat": row.latitude if own else None,
        "long": row.longitude if own else None,
        "media_url": "",
    }


def _notes(row: Opinion) -> str:
    """The state in words, and the answer once it was given."""
    state = row.matter.state_now.words
    return f"{state}：{hidden(row.answer)}" if row.answered_on and row.answer else state
