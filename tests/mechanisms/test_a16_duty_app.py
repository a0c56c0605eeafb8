"""A16 代表履职App与网上代表之家: the same acts on a phone, the duty file at once, and two zones that do not mix."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from openrenda import docket, web
from openrenda.docket import registry
from openrenda.docket.models import Matter
from openrenda.docket.offices import sits
from openrenda.web.tests.stage import seat, text
from tests.cast import Cast, draft

from .conftest import Wall
from .opining import answered, entered, said, station

CSS = Path(web.__file__).parent / "static" / "css"
NARROW = re.compile(r"@media \(max-width:[^{]*\{((?:[^{}]*\{[^{}]*\})*)\s*\}")
HIDING = re.compile(r"([^{}]+)\{[^{}]*display:\s*none")
# What a narrow screen leaves out says nothing that is not said elsewhere on the page: labels beside icons, and the wide tables' heads;
# filters fold behind a switch that stands in their place.
MAY_HIDE = re.compile(
    r"::before|:empty|span|thead|\.wide-only|\.rail|\.crumbs|\.bar-|\.tool|\.brand|\.menu|\.map|\.filter-bar", re.I
)
PHONE = "Mozilla/5.0 (Linux; Android 7.0) AppleWebKit/537.36 Chrome/69.0 Mobile Safari/537.36 MicroMessenger/7.0"


def test_a16_1_every_act_of_a_deputy_is_the_same_page_on_a_phone(cast: Cast) -> None:
    """Must (1): a telephone is asked nothing else and offered nothing less: the same form, the same buttons, for every opening step."""
    client = seat(cast, "chen")
    openings = [(table.key, step.key) for table in registry.procedures() for step in table.opening_steps
                if any(sits(office, cast["chen"]) and not office.relation for office in step.offices)]  # fmt: skip
    assert ("suggestion", "propose") in openings
    for procedure, step in openings:
        address = f"/new/{procedure}/{step}/"
        desk, phone = (client.get(address, headers=headers) for headers in ({}, {"user-agent": PHONE}))
        assert desk.status_code == phone.status_code, address
        names = [re.findall(r'name="(\w+)"', text(page)) for page in (desk, phone)]
        assert names[0] == names[1], address
    for name in ("matter", "opinion"):
        matter = said(cast) if name == "opinion" else entered(cast, "chen")
        buttons = [re.findall(rf"/matters/{matter.pk}/(\w+)/", text(client.get(f"/matters/{matter.pk}/", headers=headers)))
                   for headers in ({}, {"user-agent": PHONE})]  # fmt: skip
        assert buttons[0] == buttons[1]


def test_a16_1_no_rule_for_narrow_screens_hides_a_form_or_a_button() -> None:
    """Must (1): what stands on the desk stands on the phone; only what repeats is left out."""
    found = [rule.strip() for path in CSS.glob("*.css") for block in NARROW.findall(path.read_text(encoding="utf-8"))
             for rule in HIDING.findall(block)]  # fmt: skip
    assert [rule for rule in found if not MAY_HIDE.search(rule)] == []
    assert not any(re.search(r"\b(form|button|input|textarea|\.button)\b", rule) for rule in found)


def test_a16_2_an_act_stands_in_her_duty_file_at_once(cast: Cast) -> None:
    """Must (2): a suggestion raised, an opinion heard: nobody reports it."""
    client = seat(cast, "chen")
    docket.open_matter("suggestion", "propose", by=cast["chen"], data=draft(title="关于学府路的建议"))
    entered(cast, "chen")
    page = text(client.get("/duty/"))
    assert "关于学府路的建议" in page
    assert Matter.objects.get(procedure="opinion").title in page


@pytest.mark.parametrize(
    "address", ["/duty/", "/lists/opinion/", "/lists/suggestion/", "/search/?q=路灯", "/gatherings/"]
)
def test_a16_3_the_deputies_zone_opens_to_nobody_without_sign_in(cast: Cast, client: Client, address: str) -> None:
    """Must (3), by sign-in."""
    answer = client.get(address)
    assert answer.status_code == 302
    assert "sign-in" in answer.headers["Location"]


def test_a16_3_the_public_zone_shows_what_is_public_and_keeps_its_own_session(
    cast: Cast, client: Client, wall: Wall
) -> None:
    """Must (3), by data: a deputy who is signed in sees no more on the portal than anybody, and a resident's link opens no deputy's page."""
    station(cast)
    matter = answered(cast, said(cast, place="东街3号"))
    portal = f"/c/{cast.congress.division_code}/"
    for path in ("opinions/board/", "suggestions/", ""):
        pages = [re.sub(r"<(header|nav|script)\b.*?</\1>", "", text(browser.get(portal + path)), flags=re.S)
                 for browser in (client, seat(cast, "chen"))]  # fmt: skip
        assert all("东街3号" not in page and matter.title not in page for page in pages)
    assert client.get(f"/matters/{matter.pk}/").status_code == 302
