"""What a resident says becomes a suggestion of her deputy: taken up in one act, vetted, handed over, answered and judged; she reads the answer
under her link without anybody telling her, and the line from the first word to the last shows every hand it went through."""

from __future__ import annotations

import pytest
from django.utils import timezone

from openrenda import docket
from openrenda.docket.models import Act, Matter
from openrenda.docket.verify import verify_congress
from openrenda.people import codes as paper_codes
from openrenda.web.tests.stage import address
from tests.cast import CONTACT, REPLY, REVIEW

from .conftest import Town
from .visitor import Visitor

pytestmark = pytest.mark.browser
SAID = "学府路小学门口没有斑马线。孩子过街要绕一大圈。"
TITLE, PROPOSALS = "关于在学府路小学门口增设人行横道的建议", "一、在校门东侧施划人行横道。二、增设信号灯。"
OUTCOME = "人行横道已经施划，信号灯已经安装。"
LINE = (
    "公众：提出意见", "转为建议", "由其他事项另立", "修改", "提交街道阅看", "：阅看通过，", "阅看通过并接收", "：交办", "签收", "登记联系",
    "拟写答复", "：签发答复", "建议有了答复", "公众：评价", "满意或基本满意",
)  # fmt: skip


def test_from_her_word_to_what_came_of_it(town: Town) -> None:
    resident = _says_it_to_her_deputy(town)
    _takes_it_up(town)
    resident.page.reload()
    resident.sees("代表建议办理中", "代表已经写成建议", "代表已转为建议")
    _goes_its_way(town)
    _reads_the_answer(town, resident)
    _is_judged(town)
    _the_whole_line(town)
    assert verify_congress(town.cast.congress) == []


def _says_it_to_her_deputy(town: Town) -> Visitor:
    """From the code on the deputy's card; the page she is led to is hers."""
    token = paper_codes.issue(town.cast.mandates["chen"]).token
    resident = town.browser(phone=True).go(f"/q/990601/{token}/").sees("陈一鸣").follow("向这位代表反映一件事")
    resident.sees("人大代表陈一鸣").fill({"您想反映什么": SAID, "在什么地方": "学府路小学"}).press("提交").sees(
        "收到了", SAID
    )
    return resident


def _takes_it_up(town: Town) -> None:
    """One press makes it a draft that holds her words already; the deputy adds what is to be done and submits it."""
    deputy = town.seated("chen", phone=True)
    opinion = Matter.objects.get(procedure="opinion")
    before = Act.objects.filter(matter=opinion).count()
    deputy.go(address(opinion)).sees(SAID).press("转为建议").sees("代表建议办理中")
    assert Act.objects.filter(matter=opinion).count() == before + 1
    deputy.follow("学府路小学门口没有斑马线", within=".matter-chain").sees("拟稿", SAID)
    deputy.step("修改").fill({"标题": TITLE, "具体建议": PROPOSALS}).press("修改").sees(PROPOSALS)
    deputy.step("提交街道阅看").tick_all().press("提交街道阅看").sees("街道阅看")


def _goes_its_way(town: Town) -> None:
    """Reviewed, handed over and answered, as test_handling shows it page by page."""
    cast, pk = town.cast, Matter.objects.get(procedure="suggestion").pk
    for who, step, data in (
        ("street", "street_pass", REVIEW), ("office", "district_pass", REVIEW),
        ("office", "assign", {"organ": cast.organs["roads"].pk}), ("roads_clerk", "sign_for", None),
        ("roads_clerk", "contact", {**CONTACT, "held_on": timezone.localdate().isoformat()}),
        ("roads_clerk", "draft_reply", {**REPLY, "done": OUTCOME}), ("roads_head", "sign_reply", None),
    ):  # fmt: skip
        docket.act(Matter.objects.get(pk=pk), step, by=cast[who], data=data)


def _reads_the_answer(town: Town, resident: Visitor) -> None:
    """The signature on the reply was enough: it stands on her page, with the question whether it is solved. The deputy sees her word."""
    resident.page.reload()
    resident.arrived().sees("已答复", OUTCOME, "区交通运输局", "已经解决", SAID, "建议有了答复")
    resident.answer("问题解决了吗", "部分解决").answer("对办理态度满意吗", "满意").press("提交评价").sees(
        "已办结", "部分解决"
    )
    deputy = town.seated("chen", phone=True).go(address(Matter.objects.get(procedure="opinion")))
    deputy.sees("已办结", "部分解决", OUTCOME).follow(TITLE, within=".matter-chain").sees("已答复", OUTCOME)


def _is_judged(town: Town) -> None:
    """The deputy judges the reply for herself."""
    raised = Matter.objects.get(procedure="suggestion")
    docket.act(raised, "judge", by=town.cast["chen"], data={"attitude": "satisfied", "result": "satisfied"})


def _the_whole_line(town: Town) -> None:
    """For the office, in the order of time, whichever of the two matters it starts from."""
    office = town.seated("office")
    for procedure in ("opinion", "suggestion"):
        office.go(address(Matter.objects.get(procedure=procedure))).follow("从头到尾按时间看")
        office.sees("追溯号", Matter.objects.get(procedure="opinion").number)
        told = office.page.locator("main tbody").inner_text()
        places = [told.find(words) for words in LINE]
        assert -1 not in places, dict(zip(LINE, places, strict=True))
        assert places == sorted(places), told
