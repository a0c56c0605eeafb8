"""The works that are measured: what is asked, by whom, and what ours ÷ bare has to reach."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count, cycle, islice
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.apps import apps
from django.utils import timezone

from openrenda.docket.models import Matter, Party
from openrenda.people.models import Seat
from openrenda.tenancy import congress_scope
from openrenda.web.portal import proofs
from tests.cast import CONTACT, draft

from .data import LONG_LIFE, ORGANS, Ground
from .figures import addresses
from .load import CLIENTS
from .people import FORM_SECRET, sign_in
from .texts import drafts

SIGNED_FOR = 6
HEARD = "小区门口的路灯坏了半个月，晚上老人出门看不见路，请有关部门尽快修理。"
NEED = "新车间投产，需要协调周边道路的货车通行时段，并请有关部门说明办理渠道。"
LONG_MATTERS = 100
API = "openrenda.api"
PER_SECOND, SOON = "per_second", "p95"
# Words of the dictionary, from rare to common, one and two at a time: what both sides look up in the same index.
SOUGHT = ("路灯", "电梯", "油烟", "停车位", "社区食堂", "充电", "河道", "幼儿园", "积水", "居民", "斑马线", "法律援助", "健身器材",
          "路灯 居民", "电梯 老人", "积水 管网", "充电 火灾", "斑马线 代表", "公交 家长", "油烟 商户")  # fmt: skip


@dataclass
class Scene:
    """The ground with everybody signed in."""

    ground: Ground
    office: str
    deputies: list[str]
    enterprise: str
    clerks: dict[UUID, str]
    station_clerks: list[str]
    token: str = ""
    long_matters: list[UUID] = field(default_factory=list)


def scene(ground: Ground) -> Scene:
    """Sign everybody in and find the matters with many acts."""
    cast = ground.cast
    with congress_scope(cast.congress):
        long_matters = list(Matter.objects.filter(version=LONG_LIFE).values_list("pk", flat=True)[:LONG_MATTERS])
        return Scene(
            ground,
            sign_in(cast.seats["office"]),
            [sign_in(cast.seats[who]) for who in cast.mandates],
            sign_in(ground.enterprise),
            {seat.holder: sign_in(seat) for seat in ground.clerks},
            [sign_in(seat) for seat in ground.station_clerks],
            token_of(cast.seats["office"]),
            long_matters,
        )


def token_of(seat: Seat) -> str:
    """A token of another system for the seat; nothing where the API is not installed."""
    if not apps.is_installed(API):
        return ""
    from openrenda.api.tokens import make

    return make(seat, "测速", ["read"])[0]


@dataclass(frozen=True)
class Work:
    """One work. ``requests(scene, number)`` gives that many requests; reading ones may be sent again and again.

    ``by`` is what the ratio compares; ``same_rows`` says that the bare handler shows the very rows of the product's page,
    which it cannot where rows are weighed; ``of_suggestions`` that it needs them. ``opened_before`` says that a page's first opening in a
    process is told apart from those after it.
    """

    key: str
    label: str
    target: float
    status: int
    requests: Callable[[Scene, int], list[bytes]]
    by: str = PER_SECOND
    same_rows: bool = True
    opened_before: bool = False
    of_suggestions: bool = True

    @property
    def clients(self) -> int:
        """Four, as many as keep both processes busy; one where it counts how soon the answer comes, not how many come."""
        return 1 if self.by == SOON else CLIENTS

    @property
    def reads(self) -> bool:
        """Whether it changes nothing."""
        return self.status == 200


def get(path: str, cookies: str) -> bytes:
    """A page asked for by a browser."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Language: zh-CN\r\nCookie: {cookies}\r\n\r\n".encode()


def call(path: str, token: str) -> bytes:
    """A question of another system."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n\r\n".encode()


def post(path: str, cookies: str, **fields: object) -> bytes:
    """A form sent by a browser."""
    body = urlencode({"csrfmiddlewaretoken": FORM_SECRET, **fields})
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Language: zh-CN\r\nCookie: {cookies}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return f"{head}{body}".encode()


def opening(scene: Scene, number: int) -> list[bytes]:
    """Drafts of suggestions, by four deputies."""
    who = islice(cycle(scene.deputies), number)
    return [post("/new/suggestion/propose/", cookies, **draft(), draft=str(uuid4())) for cookies in who]


def ordering(scene: Scene, number: int) -> list[bytes]:
    """Orders of an enterprise."""
    fields = {"title": "请协调货车通行时段", "site": "测速路1号", "need": NEED}
    return [post("/new/enterprise-order/place/", scene.enterprise, **fields, draft=str(uuid4())) for _ in range(number)]


def stepping(scene: Scene, number: int) -> list[bytes]:
    """First contacts on matters that were signed for, each by a clerk of its organ, on the version it has now."""
    day = (timezone.localdate() - timedelta(days=1)).isoformat()
    with congress_scope(scene.ground.cast.congress):
        waiting = Matter.objects.filter(procedure="suggestion", state="handling", version=SIGNED_FOR)
        handlers = Party.objects.filter(matter__in=waiting, role="handler", until=None).order_by("pk")
        found = list(handlers.values_list("matter_id", "holder", "matter__version")[:number])
    return [
        post(f"/matters/{matter}/contact/", scene.clerks[organ], **CONTACT, held_on=day, seen=version, key=uuid4().hex)
        for matter, organ, version in found
    ]


def list_requests(scene: Scene, number: int) -> list[bytes]:
    """The closed ones of a year, and those of an organ, newest or nearest due day first."""
    year = timezone.localdate().year - 1
    organs = islice(cycle(scene.clerks), number)
    return [
        get(f"/lists/suggestion/?state=closed&year={year}&sort={('newest', 'oldest')[place % 4 // 2]}", scene.office)
        if place % 2
        else get(f"/lists/suggestion/?organ={organ}&sort={('newest', 'due')[place % 4 // 2]}", scene.office)
        for place, organ in enumerate(organs)
    ]


def station_requests(scene: Scene, number: int) -> list[bytes]:
    """What waits for a station's clerk by its day, what is open, what she has ever had, and what is over, newest first."""
    asked = ("?view=mine&sort=due", "?view=open", "", "?view=closed")
    clerks = islice(cycle(scene.station_clerks), number)
    return [get(f"/lists/opinion/{asked[place // CLIENTS % 4]}", cookies) for place, cookies in enumerate(clerks)]


def inbox_requests(scene: Scene, number: int) -> list[bytes]:
    """The home page of the deputies' office."""
    return [get("/", scene.office)] * number


def matter_requests(scene: Scene, number: int) -> list[bytes]:
    """Pages of matters with twenty acts, as the deputies' office sees them."""
    return [get(f"/matters/{matter}/", scene.office) for matter in islice(cycle(scene.long_matters), number)]


def api_list_requests(scene: Scene, number: int) -> list[bytes]:
    """Fifty closed suggestions as JSON."""
    return [call("/api/v1/matters?procedure=suggestion&state=closed&limit=50", scene.token)] * number


def api_item_requests(scene: Scene, number: int) -> list[bytes]:
    """One suggestion as JSON, with people, time limits and offers."""
    return [call(f"/api/v1/matters/{matter}", scene.token) for matter in islice(cycle(scene.long_matters), number)]


def search_requests(scene: Scene, number: int) -> list[bytes]:
    """Searches of the deputies' office, twenty lines with the words marked."""
    words = islice(cycle(SOUGHT), number)
    return [get(f"/search/?{urlencode({'q': sought})}", scene.office) for sought in words]


def similar_requests(scene: Scene, number: int) -> list[bytes]:
    """What a deputy's page asks while she writes."""
    pairs = islice(cycle(drafts(60)), number)
    return [
        post("/similar/suggestion/propose/", scene.deputies[0], title=title, proposals=text, matter="")
        for title, text in pairs
    ]


def figure_requests(scene: Scene, number: int) -> list[bytes]:
    """The list behind each figure's number, of last year, as the deputies' office reads it."""
    return [get(address, scene.office) for address in islice(cycle(addresses()), number)]


def saying(scene: Scene, number: int) -> list[bytes]:
    """What residents say at a station's page, each from a network of her own, with the little work that a page does."""
    congress = scene.ground.cast.congress
    path = f"/c/{congress.division_code}/opinions/"
    with congress_scope(congress):
        return [_said(path, place) for place in range(number)]


def _said(path: str, place: int) -> bytes:
    asked, key = proofs.challenge(), uuid4().hex
    proof = next(str(tried) for tried in count() if _begins_with_zeros(f"{asked}:{tried}"))
    fields = {"text": f"{HEARD}（{key}）", "key": key, "sure": "1", "station": "01", "challenge": asked, "proof": proof}
    network = f"X-Forwarded-For: 10.{place // 250 % 250}.{place % 250}.{int(key[:2], 16)}"
    return post(path, f"csrftoken={FORM_SECRET}", **fields).replace(b"Cookie:", f"{network}\r\nCookie:".encode(), 1)


def _begins_with_zeros(words: str) -> bool:
    return int.from_bytes(hashlib.sha256(words.encode()).digest()[:4]) >> (32 - proofs.ZERO_BITS) == 0


BY_HAND = (
    Work("open", "open a matter (matter, record, act, party)", 0.40, 302, opening),
    Work("order", "open a matter with clock and outbox", 0.40, 302, ordering),
    Work("step", "take a step", 0.40, 302, stepping),
    Work("say", "a resident's opinion, with receipt", 0.40, 302, saying),
    Work("list", "staff list, 50 rows, filtered and sorted", 0.35, 200, list_requests),
    Work("station", "station clerk's work list, 50 rows", 0.35, 200, station_requests, of_suggestions=False),
    Work("inbox", "inbox, page and counts", 0.35, 200, inbox_requests),
    Work("matter", "matter page with 20 acts", 0.30, 200, matter_requests),
    Work("search", "search, 20 lines with highlights", 0.20, 200, search_requests, SOON, same_rows=False),
    Work("similar", "similar matters of a draft", 0.0, 200, similar_requests, SOON, same_rows=False),
    Work("figure", "a figure's evidence page", 0.50, 200, figure_requests, SOON, opened_before=True),
)
BY_MACHINE = (
    Work("api-list", "API list, 50 rows", 0.50, 200, api_list_requests),
    Work("api-item", "API item", 0.50, 200, api_item_requests),
)
WORKS = (*BY_HAND, *BY_MACHINE) if apps.is_installed(API) else BY_HAND
DIFFERENT_REQUESTS = ORGANS * 4
