"""Received suggestions find their organs: merged, sorted and handed over many at once, by the office and by the government."""

from __future__ import annotations

import io
import zipfile

import pytest
from playwright.sync_api import expect

from openrenda.docket.models import Matter
from openrenda.web.tests.stage import Way

from .conftest import Town

pytestmark = pytest.mark.browser
LAMPS, LAMPS_AGAIN = "关于增设学府路路灯的建议", "关于学府路夜间照明的建议"
BUSES, TREES = "关于延长公交运营时间的建议", "关于补种行道树的建议"


def test_merge_sort_and_hand_over_many(town: Town) -> None:
    for title in (LAMPS, LAMPS_AGAIN, BUSES, TREES):
        Way(town.cast, title=title).received()
    office = town.seated("office").sees("等我办", LAMPS)
    office.follow(LAMPS_AGAIN).step("并案")
    main = office.page.locator("main").get_by_label("并入哪一件（主件）").locator("option", has_text=LAMPS)
    office.page.locator("main").get_by_label("并入哪一件（主件）").select_option(main.get_attribute("value"))
    office.press("并案").sees("并案办理")
    _sorts_with_ticks(town)
    _hands_over(town)
    assert Matter.objects.get(title=LAMPS_AGAIN).state == "merged"
    roads = town.seated("roads_office").sees(LAMPS).go("/lists/suggestion/")
    for box in roads.page.locator("tbody input[name=row]").all():
        box.check()
    roads.press("签收").sees(LAMPS, BUSES).press("签收").sees("办成 2 件，没办成 0 件")


def _sorts_with_ticks(town: Town) -> None:
    office = town.seated("office").go("/lists/suggestion/")
    for title in (LAMPS, BUSES):
        office.page.get_by_role("row").filter(has_text=title).get_by_role("checkbox").check()
    office.sees("已选 2 项").press("归类").sees("一次最多")
    office.choose("类别", "城市交通").press("归类").sees("办成 2 件，没办成 0 件")
    workbook = office.go("/lists/suggestion/").download("导出")
    assert zipfile.is_zipfile(io.BytesIO(workbook))
    office.follow("打印全部").sees(LAMPS, "共 4 件")


def _hands_over(town: Town) -> None:
    """Row by row the office chooses; what it leaves open stays. Then the list and the letter."""
    office = town.seated("office").follow("集中交办", within="nav").sees("先不交办")
    for title in (LAMPS, BUSES):
        row = office.page.get_by_role("group", name=title)
        row.get_by_role("combobox").select_option(label="区交通运输局")
        expect(row.get_by_role("radio", name="其他单位")).to_be_checked()
    office.press("交办").sees("办成 2 件，没办成 0 件")
    letter = zipfile.ZipFile(io.BytesIO(office.download("今天的交办通知（Word）")))
    assert LAMPS in letter.read("word/document.xml").decode()
    office.follow("打印今天的交办清单").sees("区交通运输局", LAMPS, BUSES).misses(TREES)


def test_the_government_hands_over(town: Town) -> None:
    """Referred to the government, handed over by its office with a second organ assisting; the leader and the auditor look on."""
    Way(town.cast, title=BUSES).received()
    town.seated("office").follow(BUSES).step("转政府交办").press("转政府交办").sees("转政府交办")
    government = town.seated("government").sees(BUSES).follow(BUSES).step("交办")
    government.choose("主办单位", "区交通运输局").press("交办").sees("已交办", "区交通运输局")
    government.follow("超期和临期", within="nav").sees("超期和临期")
    leader = town.seated("leader").follow("代表建议、批评和意见", within="nav").sees(BUSES)
    leader.follow(BUSES).sees("区交通运输局", "现在没有要您办的步骤")
    leader.go("/figures/").follow("接收").sees("统计期内接收")
    auditor = town.seated("auditor").follow("代表建议、批评和意见", within="nav")
    auditor.follow(BUSES).sees("办理记录")
