"""A sitting's page: the whole of it for those who keep it, one's own place and the papers for everybody else; what is now is asked every few seconds."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openrenda import docket
from openrenda.activities.hall import ATTENDANCE, DRAFT, OBSERVES, SPEECH, Attendance, HallSeat, Speech
from openrenda.activities.sitting.papers import may_read
from openrenda.activities.sitting.seats import words_of
from openrenda.docket.actor import Actor
from openrenda.docket.models import Matter
from openrenda.docket.reading import visible_to
from openrenda.docket.refusals import Incomplete, NotVisible, Overtaken, Refused
from openrenda.docket.situation import Situation

from .. import stepping
from ..access import Request, acting, matter_of, seated
from ..labels import label_of
from .showing import Hall, entered, keeps

# Steps that are one tap on this page; every other one has its own page.
TAPPED = {
    "sitting": ("begin_sign_in", "begin_day", "open", "suspend", "resume"),
    ATTENDANCE: ("sign_in", "leave_hall", "return"),
    SPEECH: ("give_floor", "end_speech", "withdraw"),
}
SHOWN_STEPS = (
    "invite",
    "take_up",
    "put_to_vote",
    "result",
    "extend",
    "close",
    "chase",
    "send_papers",
    "draft_minutes",
    "opinions",
)
# Steps of the seat map, which has a page and its forms for itself.
SEATING = ("plan_seats", "copy_seats", "seat_all", "seat")
LONGEST_TYPED = 2000


@seated
@require_safe
def sitting(request: Request, matter_id: UUID) -> HttpResponse:
    """The page."""
    hall, mine = entered(request, matter_id)
    actor = acting(request)
    sent = hall.sitting.papers_on is not None
    # What is still to come, and what only went round for comment, concerns those who keep the sitting.
    papers = [row for row in hall.papers if keeps(actor) or (row.file_id and row.kind != DRAFT)]
    rows = [paper_row(row, hall, sent, actor) for row in papers]
    context = {
        **now(hall, mine, actor),
        "agenda": [
            {"label": label, "item": item, "papers": [row for row in rows if row["paper"].item_id == item.pk]}
            for label, item in hall.agenda
        ],
        "other_papers": [row for row in rows if row["paper"].item_id is None],
        "own_seat": own_seat(hall, mine),
        "mine_offers": place_offers(mine, actor),
        "speeches_mine": [row for row in hall.speeches if mine and row.attendance_id == mine.matter_id],
        "offers": sitting_offers(hall, actor),
        "audits": actor.seat == "audit_admin",
    }
    return render(request, "hall/sitting.html", context)


@seated
@require_safe
def live(request: Request, matter_id: UUID) -> HttpResponse:
    """What is now, for the page that asks; when its buttons would be others, the page is asked for anew."""
    hall, mine = entered(request, matter_id)
    answer = render(request, "hall/live.html", now(hall, mine, acting(request)))
    if request.GET.get("mark") != mark_of(hall, mine):
        answer.headers["HX-Refresh"] = "true"
    return answer


def now(hall: Hall, mine: Attendance | None, actor: Actor) -> dict[str, Any]:
    """What changes while people sit."""
    return {
        "hall": hall,
        "mine": mine,
        "keeps": keeps(actor),
        "state": label_of(hall.matter.state_now),
        "mark": mark_of(hall, mine),
        "new_key": stepping.new_key,
        "waiting": [{"row": row, "offers": tapped(row.matter, actor)} for row in hall.waiting],
        "floor": hall.floor,
        "floor_offers": tapped(hall.floor.speech.matter, actor) if hall.floor else [],
    }


def mark_of(hall: Hall, mine: Attendance | None) -> str:
    """What decides which buttons there are."""
    own = [row.matter.state for row in hall.speeches if mine and row.attendance_id == mine.matter_id]
    day = str(hall.sitting.signs_on) if hall.takes_sign_ins else ""
    return "-".join((hall.matter.state, day, mine.matter.state if mine else "", *own))


def own_seat(hall: Hall, mine: Attendance | None) -> str:
    """Where she sits, in words; one query where the hall has a plan."""
    row = HallSeat.objects.filter(attendance=mine).first() if mine and hall.sitting.seat_rows else None
    return words_of(row.spot) if row else ""


def paper_row(paper: Any, hall: Hall, sent: bool, actor: Actor) -> dict[str, Any]:
    """A paper, and why it cannot be read."""
    return {"paper": paper, "refusal": may_read(paper, hall.matter, sent, actor)}


def place_offers(mine: Attendance | None, actor: Actor) -> list[dict[str, Any]]:
    """What she may do about her own place."""
    if mine is None:
        return []
    return [offer_row(offer, mine.matter) for offer in docket.offers(Situation(mine.matter, actor))]


def tapped(matter: Matter, actor: Actor) -> list[dict[str, Any]]:
    """The one-tap steps that may be taken now."""
    found = docket.offers(Situation(matter, actor))
    return [offer_row(offer, matter) for offer in found if offer.live and offer.step.key in TAPPED[matter.procedure]]


def sitting_offers(hall: Hall, actor: Actor) -> list[dict[str, Any]]:
    """The steps that lead the sitting on."""
    return sitting_steps(hall, actor, (*TAPPED["sitting"], *SHOWN_STEPS))


def sitting_steps(hall: Hall, actor: Actor, shown: tuple[str, ...]) -> list[dict[str, Any]]:
    """Those of the steps that are offered to her."""
    found = docket.offers(Situation(hall.matter, actor))
    return [offer_row(offer, hall.matter) for offer in found if offer.step.key in shown]


def offer_row(offer: Any, matter: Matter) -> dict[str, Any]:
    """A step as its button shows it."""
    key = offer.step.key
    return {
        "key": key, "label": label_of(offer.step), "reasons": list(offer.reasons), "article": offer.article, "matter": matter.pk,
        "seen": matter.version, "tapped": key in TAPPED.get(matter.procedure, ()), "url": reverse("web:step", args=[matter.pk, key]),
    }  # fmt: skip


@seated
@require_POST
def take(request: Request, matter_id: UUID, step_key: str) -> HttpResponse:
    """A one-tap step on the sitting, on somebody's place in it, or on a speech, or one of the seat map's; then back to the page."""
    matter = matter_of(matter_id)
    if step_key not in TAPPED.get(matter.procedure, ()) and not (matter.procedure == "sitting" and step_key in SEATING):
        raise Http404
    actor = acting(request)
    if not visible_to(Situation(matter, actor)):
        raise Http404
    try:
        docket.act(matter, step_key, by=actor, data=request.POST, seen=stepping.seen_version(request),
                   key=stepping.act_key(actor, pressed(request, matter)))  # fmt: skip
    except NotVisible:
        raise Http404 from None
    except (Refused, Incomplete, Overtaken) as refused:
        for sentence in sentences(refused):
            messages.error(request, sentence)
        done = False
    else:
        messages.success(request, _("%(step)s已记录。") % {"step": label_of(matter.table.step(step_key))})
        done = True
    hall_id = matter.parent_id if matter.procedure != "sitting" else matter.pk
    return to_seats(request, hall_id, done) if "map" in request.GET else back(hall_id)


def pressed(request: Request, matter: Matter) -> str:
    """The mark of a press. All seats of a map are in one form: its mark and whose seat it is."""
    mark = stepping.key_of(request)
    return uuid5(UUID(mark), str(matter.pk)).hex if "map" in request.GET else mark


def to_seats(request: Request, matter_id: Any, done: bool) -> HttpResponseRedirect:
    """Back to the seat map: to the seat that was pressed, or to the top, where it says why nothing was done; rows that were typed are in their field."""
    seat = re.fullmatch(r"\d{1,2}-\d{1,2}", request.GET["map"])
    typed = urlencode({"rows": request.POST["rows"][:LONGEST_TYPED]}) if "rows" in request.POST and not done else ""
    end = f"#seat-{seat[0]}" if seat and done else f"?{typed}" if typed else ""
    return HttpResponseRedirect(reverse("hall:seats", args=[matter_id]) + end)


@seated
@require_POST
def ask_floor(request: Request, matter_id: UUID) -> HttpResponse:
    """Ask for the floor on what is dealt with now."""
    hall, mine = entered(request, matter_id)
    actor = acting(request)
    if mine is None or mine.right == OBSERVES:
        raise Http404
    data = {"who": str(mine.matter_id), "item": str(hall.sitting.current_id or "")}
    if Speech.objects.filter(attendance=mine.matter_id, matter__state="asked").exists():
        messages.info(request, _("您已经在等候发言的名单上。"))
        return back(matter_id)
    try:
        docket.open_matter(
            SPEECH, "ask_floor", by=actor, data=data, key=stepping.act_key(actor, stepping.key_of(request))
        )
    except (Refused, Incomplete) as refused:
        for sentence in sentences(refused):
            messages.error(request, sentence)
    else:
        messages.success(request, _("已列入等候发言的名单。"))
    return back(matter_id)


@seated
@require_POST
def sign_in(request: Request, matter_id: UUID) -> HttpResponse:
    """A clerk signs in several at once; each is an act on that person's own matter, and one refusal stops none of the others."""
    hall, _mine = entered(request, matter_id)
    actor = acting(request)
    if not keeps(actor):
        raise Http404
    mark, done = stepping.key_of(request), 0
    chosen = set(request.POST.getlist("row"))
    for place in hall.places:
        if str(place.matter_id) not in chosen:
            continue
        try:
            docket.act(
                place.matter,
                "sign_in",
                by=actor,
                data={},
                key=stepping.act_key(actor, uuid5(UUID(mark), str(place.pk)).hex),
            )
        except (Refused, Incomplete, Overtaken) as refused:
            messages.error(request, _("%(name)s：%(why)s") % {"name": place.name, "why": " ".join(sentences(refused))})
        else:
            done += 1
    if done:
        messages.success(request, _("已为%(count)d人签到。") % {"count": done})
    elif not chosen:
        messages.error(request, _("没有选人。请先勾选到会的人员。"))
    return back(matter_id)


def sentences(refused: Exception) -> list[str]:
    """Why it was not done, in words."""
    if isinstance(refused, Incomplete):
        return [str(text) for errors in refused.form.errors.values() for text in errors]
    if isinstance(refused, Refused):
        return list(refused.reasons)
    return [_("别人刚刚在这件事项上办了一步，请看过现在的情况再办。")]


def back(matter_id: Any) -> HttpResponseRedirect:
    """To the page of the sitting."""
    return HttpResponseRedirect(reverse("hall:sitting", args=[matter_id]))
