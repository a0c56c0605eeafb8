"""Taking in what somebody without an account sends, and what she does later with her number or her link: one way for every kind.

Sent once however often it is sent (the page's key), looked at for floods (``saying.too_many``, ``proofs``), answered with an address of her own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from openrenda import docket, tickets
from openrenda.docket.actor import Actor, the_public
from openrenda.docket.models import Act, Matter
from openrenda.docket.refusals import Incomplete, Refusal, Refused
from openrenda.docket.situation import Situation
from openrenda.people.models import Congress

from . import access, codes, proofs, saying

TOO_MANY_REQUESTS, UNPROCESSABLE, CONFLICT = 429, 422, 409
RESIDENT = "resident"
# Who says something may show it, say it aloud and say where; nothing else is asked of the browser.
PERMISSIONS = "camera=(self), geolocation=(self), microphone=(self), payment=(), usb=()"


def personal(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page for one reader: kept nowhere on the way, found by no search engine."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Permissions-Policy"] = PERMISSIONS
        return response

    return never_cache(shown)


def by_script(request: HttpRequest) -> bool:
    """Whether the page's own script asks, which shows the answer in the page."""
    return request.headers.get("X-Sent-By") == "script"


def sent_on(request: HttpRequest, address: str) -> HttpResponse:
    """To the page of what was just sent."""
    return JsonResponse({"next": address}) if by_script(request) else HttpResponseRedirect(address)


def too_many_words() -> str:
    """What is said to whoever sends too much."""
    return _("这个网络一小时内提得太多了，这一条还没有送出。您写的内容还在本页，请过一会儿再提交。")


def key_of(request: HttpRequest) -> str:
    """The key that the page came with; a new one for a new page."""
    given = request.POST.get("key", "")
    return given if saying.GIVEN_KEY.fullmatch(given) else saying.uuid4().hex


# Sending


@dataclass(frozen=True)
class Intake:
    """One kind of thing that residents send: its procedure, page and form, what opens it, and where it is found afterwards.

    ``alike`` names what is public already and may be what she means: she is asked before hers is opened.
    """

    procedure: str
    template: str
    form: type[saying.WordsForm]
    opens: Callable[[Any, saying.Sent], Act]
    address: Callable[[UUID], str]
    context: dict[str, Any]
    takes_files: bool = False
    alike: Callable[[Any], list[dict[str, Any]]] = lambda _form: []

    def receive(self, request: HttpRequest, congress: Congress) -> HttpResponse:
        """The form; or what was sent, once."""
        sent = saying.Sent(request, congress)
        if request.method == "GET":
            return self._page(request, sent, self.form())
        known = sent.known
        if known is not None and known.procedure == self.procedure:
            return sent_on(request, self.address(known.matter_id))
        form = self.form(request.POST, request.FILES)
        if self.takes_files:
            sent.take_files(request)
        if not form.is_valid() or sent.problems:
            for problem in sent.problems:
                form.add_error(None, problem)
            return self._page(request, sent, form, UNPROCESSABLE)
        if saying.too_many(request):
            form.add_error(None, too_many_words())
            return self._page(request, sent, form, TOO_MANY_REQUESTS)
        alike = self.alike(form)
        if alike:
            return self._page(request, sent, form, CONFLICT if by_script(request) else 200, alike)
        return self._open(request, sent, form)

    def _open(self, request: HttpRequest, sent: saying.Sent, form: Any) -> HttpResponse:
        try:
            made = self.opens(form, sent)
        except Incomplete as refused:
            for words in refused.form.errors.values():
                form.add_error(None, words)
        except Refused as refused:
            for reason in refused.reasons:
                form.add_error(None, reason)
        else:
            return sent_on(request, self.address(made.matter_id))
        return self._page(request, sent, form, UNPROCESSABLE)

    def _page(
        self, request: HttpRequest, sent: saying.Sent, form: Any, status: int = 200, alike: Iterable[Any] = ()
    ) -> HttpResponse:
        if by_script(request):
            errors = [str(words) for rows in form.errors.values() for words in rows]
            return JsonResponse({"errors": errors, "alike": list(alike)}, status=status)
        context = {
            **self.context, "form": form, "sent": sent, "alike": alike, "challenge": proofs.challenge(), "key": key_of(request),
        }  # fmt: skip
        return access.page(request, self.template, sent.congress, context, status=status)


# Coming back


@dataclass(frozen=True)
class Own:
    """Something in front of whoever has its number or its link; ``own`` says that it is the link."""

    record: Any
    actor: Actor
    own: bool
    by_number: tuple[str, ...] = ()
    by_link: tuple[str, ...] = ()

    @property
    def matter(self) -> Matter:
        """The matter."""
        matter: Matter = self.record.matter
        return matter

    @property
    def steps(self) -> tuple[str, ...]:
        """What she may do here: who has the number alone may do less."""
        return self.by_link if self.own else self.by_number

    @property
    def live(self) -> list[str]:
        """Those that may be taken now, in the order of the table."""
        return [step.key for step in self.matter.table.steps_from(self.matter.state) if step.key in self.steps]

    @property
    def number(self) -> str:
        """The number that goes with it, in groups; nothing once the installation's key is another than when it was handed out."""
        number = tickets.number_of(self.matter.pk)
        return codes.in_groups(number) if tickets.digest(number) == self.record.number_digest else ""

    def form_of(self, step: str) -> Any:
        """The form of a step, to be shown."""
        records = self.matter.table.step(step).records
        return records(situation=Situation(self.matter, self.actor), auto_id=f"id_{step}_%s") if records else None


def found(rows: Any, *, number: str = "", link: str = "") -> tuple[Any, Actor] | None:
    """The record with that number or link, and the resident as the engine knows her."""
    given = {"link_digest": tickets.digest(link)} if link else {"number_digest": tickets.digest(number)}
    record = rows.filter(**given).first()
    holder = record and record.matter.parties.filter(role=RESIDENT).values_list("holder", flat=True).first()
    return (record, the_public(record.congress_id, holder)) if record and holder else None


def or_404(own: Own | None) -> Own:
    """What was found.

    :raises Http404: when there is none.
    """
    if own is None:
        raise Http404
    return own


def take(
    request: HttpRequest, own: Own, step: str, back: str, show: Callable[[tuple[str, Any], int], HttpResponse]
) -> HttpResponse:
    """A step that she takes herself; back to her page, or to the form with what is wrong."""
    if step not in own.steps:
        raise Http404
    try:
        docket.act(own.matter, step, by=own.actor, data=request.POST)
    except Incomplete as incomplete:
        incomplete.form.auto_id = f"id_{step}_%s"
        return show((step, incomplete.form), UNPROCESSABLE)
    except Refused as refused:
        for reason in refused.reasons:
            messages.warning(request, reason)
    except Refusal:
        messages.warning(request, _("这一件刚刚有了变化，请看过最新情况再提交。"))
    else:
        messages.success(request, _("收到了，谢谢您。"))
    return HttpResponseRedirect(back)


class Returning(NamedTuple):
    """The three addresses under which one comes back: with the number, with the link, and to do something with the link."""

    by_number: Callable[..., HttpResponseBase]
    mine: Callable[..., HttpResponseBase]
    step_of_mine: Callable[..., HttpResponseBase]


def returning(finds: Callable[..., Own | None], address: str, page: Callable[..., HttpResponse]) -> Returning:
    """The views of one kind of thing: ``finds`` by number or link, ``page`` shows, ``address`` names the page by link."""

    @personal
    @require_GET
    @access.of_congress
    def by_number(request: HttpRequest, congress: Congress, number: str) -> HttpResponse:
        """The state and the answer, for whoever has the number."""
        return page(request, congress, or_404(finds(number=number)))

    @personal
    @require_GET
    @access.of_congress
    def mine(request: HttpRequest, congress: Congress, link: str) -> HttpResponse:
        """The same with her own words, and what she may do with them."""
        return page(request, congress, or_404(finds(link=link)), link=link)

    @personal
    @require_POST
    @access.of_congress
    def step_of_mine(request: HttpRequest, congress: Congress, link: str, step: str) -> HttpResponse:
        """A step that she takes by her link."""
        own = or_404(finds(link=link))
        back = reverse(address, args=[congress.division_code, link])
        return take(
            request, own, step, back, lambda form, status: page(request, congress, own, link=link, form=form, status=status)
        )  # fmt: skip

    return Returning(by_number, mine, step_of_mine)


def told(acts: Iterable[Act], words: dict[str, str]) -> list[dict[str, Any]]:
    """What happened, newest first, each with its day: of the steps for which there are words."""
    newest_first = sorted(acts, key=lambda made: made.seq, reverse=True)
    return [{"day": made.took_effect, "words": _(words[made.step])} for made in newest_first if made.step in words]
