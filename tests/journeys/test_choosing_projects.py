"""A congress in session chooses ten of twelve livelihood projects, each deputy in secret on her own phone; anybody recounts the box, and the list follows."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from openrenda import docket
from openrenda.docket.actor import the_clock
from openrenda.docket.models import Matter
from openrenda.docket.verify import verify_congress
from openrenda.people.models import Session, Term
from openrenda.procedures.livelihood_project.records import LivelihoodProject
from openrenda.web.portal import codes
from openrenda.web.tests.stage import address
from tests import sittings
from tests.mechanisms import livelihood

from .conftest import Town
from .test_voting import RECOUNT
from .visitor import Visitor

pytestmark = pytest.mark.browser
DEPUTIES = ("chen", "lin", "ouyang", "zhou")
CANDIDATES, PLACES = 12, 10
ITEM = "票决民生实事项目"


def test_a_session_chooses_ten_of_twelve_and_anybody_recounts_the_box(town: Town, tmp_path: Path) -> None:
    round_, titles = _a_list_waits(town)
    office = town.seated("office")
    sitting = _sits(town, office, round_)
    vote = _is_put_to_the_vote(office, sitting)
    chosen = _choices(titles)
    trackers = {who: _chooses(town.seated(who, phone=True), chosen[who]) for who in DEPUTIES}
    office.step("结束并计票").press_and_confirm("结束并计票").sees(f"名额 {PLACES}", f"选定 {PLACES}")
    office.press("宣布结果").sees("已宣布结果")
    _is_recounted(town, vote, trackers, tmp_path)
    _is_published(town, office, round_, titles)
    assert verify_congress(town.cast.congress) == []


def _a_list_waits(town: Town) -> tuple[Matter, list[str]]:
    """Twelve candidates for ten places, deliberated by the standing committee."""
    cast = town.cast
    round_ = livelihood.called(cast, places=PLACES)
    projects = livelihood.candidates(cast, round_, CANDIDATES)
    docket.act(Matter.objects.get(pk=round_.pk), "end", by=the_clock(cast.congress.pk))
    sittings.take(cast, round_, "government", "submit_list", {"projects": [row.pk for row in projects]})
    data = {"held_on": sittings.today(), "meeting": "第十二次会议", "opinion": "同意提请大会票决。"}
    sittings.take(cast, round_, "office", "deliberate", data)
    return round_, [row.title for row in Matter.objects.filter(pk__in=[row.pk for row in projects]).order_by("id")]


def _sits(town: Town, office: Visitor, round_: Matter) -> Matter:
    """A plenary meeting within the session, with the round on its agenda; all four deputies sign in."""
    today = timezone.localdate()
    Session.objects.create(term=Term.objects.get(), number=5, since=today, until=today + timedelta(days=3))
    office.go("/new/sitting/plan/").choose("会议种类", "大会全体会议")
    office.fill({"日期": today.isoformat(), "地点": "人民会堂"}).press("安排会议")
    sitting = Matter.objects.get(procedure="sitting")
    office.go(address(sitting)).step("列入议程").choose("类别", "其他议题").fill({"议题": ITEM})
    office.choose("付表决的事项", str(Matter.objects.get(pk=round_.pk))).press("列入议程").sees(ITEM)
    office.step("登记议程的确定").fill({"确定议程的会议": "预备会议"}).press("登记议程的确定").sees("预备会议")
    office.step("发出会议通知").fill({"临时召集的理由": "会期已经确定。"}).press("发出会议通知").sees("已通知")
    office.go(_hall(sitting)).press("开始签到")
    office.tick(*(f"{town.cast[who].name}到会" for who in DEPUTIES)).press("为勾选的人员签到").sees("已为4人签到")
    office.press("开会").sees("开会中")
    return sitting


def _hall(sitting: Matter) -> str:
    return reverse("hall:sitting", args=[sitting.pk])


def _is_put_to_the_vote(office: Visitor, sitting: Matter) -> Matter:
    """Kind, projects and places are the round's own; only the way is asked."""
    office.go(_hall(sitting)).follow("进入议题").press("进入议题")
    office.go(_hall(sitting)).follow("交付表决").choose("表决方式", "无记名电子表决").press("交付表决")
    office.go(_hall(sitting)).follow(ITEM, within="#hall-live").sees("差额票决项目").step("开始表决")
    office.press_and_confirm("开始表决")
    return Matter.objects.get(procedure="vote")


def _choices(titles: list[str]) -> dict[str, list[str]]:
    """Three choose the first ten, one the last ten: the eleventh and twelfth get one vote of four."""
    return {who: titles[-PLACES:] if who == "zhou" else titles[:PLACES] for who in DEPUTIES}


def _chooses(phone: Visitor, titles: list[str]) -> str:
    """Eleven are refused by the device, ten are taken; the tracker."""
    page = phone.go("/").sees("正在表决").follow("去投票").page
    page.get_by_role("button", name="领票").click()
    page.locator("[data-booth-paper]").wait_for(state="visible")
    boxes = page.locator("[data-booth-paper]").get_by_role("checkbox")
    for box in boxes.all()[: PLACES + 1]:
        box.check()
    page.get_by_role("button", name="看一遍再投").click()
    phone.sees(f"最多选 {PLACES} 个，现在选了 {PLACES + 1} 个")
    for box in boxes.all():
        box.uncheck()
    phone.tick(*titles)
    page.get_by_role("button", name="看一遍再投").click()
    phone.sees("投出以后不能更改")
    page.get_by_role("button", name="投出", exact=True).click()
    page.locator("[data-booth-done]").wait_for(state="visible")
    phone.arrived()
    return str(page.locator("[data-booth-tracker]").inner_text())


def _is_recounted(town: Town, vote: Matter, trackers: dict[str, str], folder: Path) -> None:
    """Somebody without a seat takes the published box and recounts it with the script that knows nothing of the house."""
    anybody = town.browser().go(reverse("voting:public-box", args=["990601", vote.pk])).sees(*trackers.values())
    file = folder / "box.json"
    file.write_bytes(anybody.download("box.json"))
    command = [sys.executable, "-I", str(RECOUNT), str(file), trackers["zhou"]]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    spoilt = folder / "spoilt.json"
    spoilt.write_text(file.read_text(encoding="utf-8").replace('"places": 10', '"places": 9'), encoding="utf-8")
    assert subprocess.run([*command[:3], str(spoilt)], capture_output=True, check=False).returncode != 0


def _is_published(town: Town, office: Visitor, round_: Matter, titles: list[str]) -> None:
    """The projects know their votes by themselves; the list goes out, and two are not in it."""
    rows = dict(LivelihoodProject.objects.filter(round=round_).values_list("matter__title", "votes"))
    assert [rows[title] for title in titles] == [3, 3, *[4] * 8, 1, 1]
    office.go(address(round_)).step("公布项目清单，交政府实施").press_and_confirm("公布项目清单，交政府实施")
    office.sees("已确定并公布")
    states = dict(Matter.objects.filter(livelihood_project__round=round_).values_list("title", "state"))
    assert [states[title] for title in titles] == [*["under_way"] * PLACES, *["not_chosen"] * 2]
    page = town.browser(phone=True).go(f"/c/990601/livelihood/rounds/{codes.code_of(round_.pk)}/")
    page.sees("候选12项，应选10项", titles[0], "4 票")
