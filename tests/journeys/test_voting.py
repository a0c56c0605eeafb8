"""A sitting votes from its own phones: one vote by name without a script, one secret vote that fails by one, its box found and recounted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from openrenda.ballots.models import Ballot, CastBallot, RollEntry
from openrenda.docket.models import Matter
from openrenda.web.hall.voting.tests.stage import address, ballot_of, committee, prepared, take

from .conftest import Town
from .visitor import Visitor

pytestmark = pytest.mark.browser
WHO = ("chen", "lin", "ouyang")
RECOUNT = Path(__file__).resolve().parents[2] / "bin" / "recount"


def members(town: Town, *who: str) -> dict[str, Any]:
    """Those who are there."""
    return {"present": [town.cast.mandates[name].pk for name in who]}


def vote_secretly(visitor: Visitor, choice: str) -> str:
    """Take a ballot, fill it in, look at it once more, cast it; the tracker."""
    page = visitor.page
    page.get_by_role("button", name="领票").click()
    page.locator("[data-booth-paper]").wait_for(state="visible")
    page.get_by_label(choice, exact=True).check()
    page.get_by_role("button", name="看一遍再投").click()
    visitor.sees("投出以后不能更改", choice)
    page.get_by_role("button", name="投出", exact=True).click()
    page.locator("[data-booth-done]").wait_for(state="visible")
    visitor.arrived()
    return str(page.locator("[data-booth-tracker]").inner_text())


def test_a_secret_vote_on_three_phones_fails_by_one_and_everybody_finds_her_ballot(town: Town, tmp_path: Path) -> None:
    committee(town.cast)
    matter = prepared(town.cast, kind="appointments", options="张三", way="secret", title="人事任免案")
    phones = {who: town.seated(who, phone=True) for who in WHO}
    screen = town.seated("office").go(f"/matters/{matter.pk}/").step("开始表决")
    names = [town.cast.mandates[who].person.name for who in WHO]
    screen.tick(*names).press_and_confirm("开始表决").follow("会场大屏和进度").sees("已投票 0 / 3")
    trackers = {}
    for who, choice in zip(WHO, ("我赞成", "我赞成", "我反对"), strict=True):
        phone = phones[who].go("/").sees("正在表决").follow("去投票")
        trackers[who] = vote_secretly(phone, choice)
    screen.sees("已投票 3 / 3")
    assert RollEntry.objects.filter(taken=True).count() == 3
    assert not CastBallot.objects.exists()
    take(town.cast, matter, "close")
    for looking in (screen, *phones.values()):
        looking.sees("应到 4，实到 3，赞成 2，反对 1，弃权 0：没有超过全体组成人员的半数，未通过")
    take(town.cast, matter, "announce")
    for who, tracker in trackers.items():
        phones[who].go(address("box", matter)).sees(tracker)
    with phones["chen"].page.expect_download() as download:
        phones["chen"].page.get_by_role("link", name="box.json").click()
    file = tmp_path / "box.json"
    download.value.save_as(file)
    done = subprocess.run(
        [sys.executable, "-I", str(RECOUNT), str(file), trackers["chen"]], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert '"approve"' in done.stdout
    assert Ballot.objects.get().private_key == ""


def test_a_phone_that_reloads_and_loses_the_network_loses_nothing(town: Town) -> None:
    committee(town.cast)
    matter = prepared(town.cast, way="secret")
    take(town.cast, matter, "open", members(town, *WHO))
    phone = town.seated("chen", phone=True).go(address("paper", matter))
    page = phone.page
    page.get_by_role("button", name="领票").click()
    page.locator("[data-booth-paper]").wait_for(state="visible")
    phone.go(address("paper", matter)).sees("看一遍再投")
    page.get_by_label("我弃权", exact=True).check()
    page.get_by_role("button", name="看一遍再投").click()
    page.route("**/booth/**", lambda route: route.abort())
    page.get_by_role("button", name="投出", exact=True).click()
    phone.sees("您的票在本机，不会丢失")
    page.unroute("**/booth/**")
    phone.go(address("paper", matter)).sees("票已投入票箱")
    assert take(town.cast, matter, "close").data["tally"]["marks"] == [{"abstain": 1}]


def test_another_device_of_the_same_voter_gets_no_second_ballot(town: Town) -> None:
    committee(town.cast)
    matter = prepared(town.cast, way="secret")
    take(town.cast, matter, "open", members(town, *WHO))
    first, second = (town.seated("chen", phone=True).go(address("paper", matter)) for _device in range(2))
    vote_secretly(first, "我赞成")
    second.page.get_by_role("button", name="领票").click()
    second.sees("您已经在另一台设备或者另一个浏览器上领过票")


def test_a_vote_by_name_needs_no_script(town: Town) -> None:
    committee(town.cast)
    matter = prepared(town.cast)
    take(town.cast, matter, "open", members(town, *WHO))
    for who in WHO:
        visitor = town.browser(phone=True, java_script_enabled=False)
        cookies = town.seated(who).page.context.cookies()
        visitor.page.context.add_cookies(cookies)
        visitor.page.goto(town.site + address("paper", matter))
        visitor.page.get_by_label("我赞成", exact=True).check()
        visitor.page.get_by_role("button", name="看一遍再投").click()
        visitor.page.get_by_role("button", name="投出").click()
        visitor.sees("您的表决已经记录")
    assert take(town.cast, matter, "close").data["verdict"]["passed"] is True
    assert Matter.objects.get(pk=matter.pk).state == "counted"
    assert ballot_of(matter).named_marks.count() == 3
