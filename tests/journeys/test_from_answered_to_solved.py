"""From answered to solved: two promises in a reply, the ledger and its yearly word, one kept, the other raised on a reception day; the
key list, a report with its evidence, and what the report says when an inspection reopens what it counted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from openrenda import docket, rulebook
from openrenda.docket.models import Matter
from openrenda.docket.verify import verify_congress
from openrenda.web.tests.stage import Way, address
from tests.desk import checker_of

from .conftest import Town
from .visitor import Visitor

pytestmark = pytest.mark.browser
TITLE = "关于整治学府路积水的建议"
KEPT, FORGOTTEN = "更换学府路雨水管", "公布内涝点清单"
REPORT = "试验区人大常委会工作报告"
TEXT = "## 代表建议\n\n办结代表建议{{ figure suggestion.closed }}，满意率{{ figure suggestion.satisfaction }}，确认落实承诺{{ figure commitment.confirmed_promises }}，联动周边X个社区。"
# Long enough for a yearly round to have begun, and within what may still be chosen for a reception day.
DAYS_AGO = 300


def test_from_two_promises_to_what_a_report_said_then_and_says_now(town: Town) -> None:
    then = timezone.localdate() - timedelta(days=DAYS_AGO)
    rulebook.set_local_value(
        town.cast.congress, "option.promise_round", True, basis="主任会议纪要", set_by="管理员", since=then
    )
    with time_machine.travel(f"{then}T02:00:00Z", tick=True):
        way = _promised(town, then)
    docket.run_clocks(town.cast.congress.pk)
    _the_yearly_word(town)
    _kept_with_proof(town)
    _confirmed_by_the_deputy(town)
    office = _the_other_is_overdue(town)
    _raised_on_a_reception_day(town, office)
    _on_the_key_list(office, way)
    _reported(town, office, then)
    _found_otherwise(town, office, way)
    _then_and_now(town, way)
    assert verify_congress(town.cast.congress) == []


def _promised(town: Town, then: date) -> Way:
    """The clerk writes both promises; a day gone by is not taken. The head signs, the deputy is satisfied with the reply."""
    way = Way(town.cast, title=TITLE).contacted()
    clerk = town.seated("roads_clerk").follow(TITLE).step("拟写答复")
    clerk.answer("办理结果分类", "B类：正在解决或者已经列入计划逐步解决").fill({"已经办了什么": "已完成勘察。"})
    for row, (what, days) in enumerate(((KEPT, -1), (FORGOTTEN, 20)), 1):
        for details in clerk.page.locator("main details:not([open]) summary").all()[:1] if row > 1 else ():
            details.click()
        for name, value in ((f"promise_{row}", what), (f"promise_{row}_who", "设施科"),
                            (f"promise_{row}_by", (then + timedelta(days=days)).isoformat())):  # fmt: skip
            clerk.page.locator(f"[name={name}]").fill(value)
    clerk.press("拟写答复").sees("完成期限不能早于今天，请写一个还没有到的日期")
    clerk.page.locator("[name=promise_1_by]").fill((then + timedelta(days=500)).isoformat())
    clerk.press("拟写答复").sees("待签发")
    town.seated("roads_head").follow(TITLE).step("签发答复").press_and_confirm("签发答复").sees(KEPT, FORGOTTEN)
    assert Matter.objects.filter(parent=way.pk, procedure="commitment").count() == 2
    way.take("chen", "judge", {"attitude": "satisfied", "result": "satisfied"})
    return way


def _the_yearly_word(town: Town) -> None:
    """The organ tells the deputy how far it is; she answers with a receipt."""
    clerk = town.seated("roads_clerk").sees(KEPT).follow(KEPT).step("年度通报")
    clerk.fill({"进展情况": "管材已进场。"}).press("年度通报").sees("管材已进场")
    deputy = town.seated("chen", phone=True).sees("填写回执").follow(KEPT).step("填写回执")
    deputy.answer("对落实情况的评价", "基本满意").press("填写回执").sees("基本满意")


def _kept_with_proof(town: Town) -> None:
    """Without proof the report is not taken; a document is attached, ticked, and reported. The organ cannot settle it."""
    clerk = town.seated("roads_clerk").follow(KEPT).step("报告落实")
    today = timezone.localdate().isoformat()
    clerk.fill({"落实情况": "雨水管已全部更换。", "落实日期": today}).press_and_confirm("报告落实")
    clerk.sees("请附上落实的证据")
    assert clerk.typed("落实情况") == "雨水管已全部更换。"
    clerk = town.seated("roads_clerk").follow(KEPT)
    clerk.page.locator("main input[type=file]").set_input_files(
        [{"name": "验收单.txt", "mimeType": "text/plain", "buffer": "已验收".encode()}]
    )
    clerk.press("上传").sees("验收单.txt").step("报告落实").sees("验收单.txt")
    clerk.fill({"落实情况": "雨水管已全部更换。", "落实日期": today}).press_and_confirm("报告落实")
    clerk.sees("已报落实，待代表评价").misses("没有落实，继续办理")


def _confirmed_by_the_deputy(town: Town) -> None:
    deputy = town.seated("chen", phone=True).sees(KEPT).follow(KEPT).sees("验收单.txt").step("已经落实")
    deputy.answer("对落实情况的评价", "满意").press("已经落实").sees("确认落实")


def _the_other_is_overdue(town: Town) -> Visitor:
    """By organ and age, with the list behind the number; the workbook holds it too."""
    office = town.seated("office").follow("承诺核对", within="body").sees("区交通运输局")
    office.page.set_viewport_size({"width": 1440, "height": 900})
    office.go("/lists/commitment/?age=any").sees(FORGOTTEN).misses(KEPT)
    assert office.download("导出").startswith(b"PK")
    return office.follow(FORGOTTEN).sees("逾期", "区级台账", "落实中")


def _raised_on_a_reception_day(town: Town, office: Visitor) -> None:
    """A deputy books; the overdue promise is searched for and put on the list, and leaves the day with a word on it."""
    today, leader = timezone.localdate().isoformat(), town.cast["leader"].name
    office.follow("接待日安排", within="nav").sees("没有确定接待领导的月份").go("/new/reception-day/arrange/")
    office.fill({"日期": today, "地点": "代表之家"}).choose("接待领导", leader).press("安排主任接待日").sees("已安排")
    day = Matter.objects.get(procedure="reception-day")
    deputy = town.seated("chen", phone=True).follow("主任接待日安排和预约").sees("代表之家").go(address(day))
    deputy.step("预约").fill({"想反映什么": "清单还没有公布。"}).press("预约").sees("预约名单", "清单还没有公布。")
    promise = Matter.objects.get(procedure="commitment", title=FORGOTTEN)
    office.go(address(day)).step("选定现场督办事项").tick(str(promise))
    search = office.page.locator("[name=promises-search]")
    search.fill("没有这样的承诺")
    office.press("查找", within="fieldset:has([name=promises-search])").sees(str(promise)).misses("请写明理由")
    office.press("选定现场督办事项").sees("请写明理由")
    office.fill({"件数不在惯例之内的理由": "本月只有一项逾期"}).press("选定现场督办事项").sees("现场督办逾期承诺 1 项")
    office.step("登记接待情况").tick("陈一鸣").press("登记接待情况").sees("已接待")
    office.step("登记现场督办结果").answer("现场结果", "承诺限期解决")
    office.fill({"说明": "月底前公布清单。", "承诺完成日期": today}).choose("承诺单位", "区交通运输局")
    office.press("登记现场督办结果").sees("承诺限期解决", "月底前公布清单。").press("登记完毕").sees("已结束")
    deputy.go(address(promise)).sees("来龙去脉", "主任接待日", "逾期")


def _on_the_key_list(office: Visitor, way: Way) -> None:
    """By a numbered decision of the council of chairpersons."""
    today = timezone.localdate().isoformat()
    office.go("/new/chairpersons-meeting/call/").fill({"日期": today, "地点": "会议室"}).press("召集主任会议")
    office.step("列入议题").choose("类别", "重点督办建议名单").fill({"议题": "年度重点督办建议"}).press("列入议题")
    office.step("登记出席情况").press("登记出席情况").sees("已举行")
    office.step("登记决定").fill({"决定内容": "同意列入。", "要求完成日期": today}).choose("责任单位", "代表工作委员会")
    office.tick(str(way.matter)).press("登记决定").sees("决定第1号", "列入重点督办")


def _reported(town: Town, office: Visitor, then: date) -> None:
    """Drafted, checked by another, issued by a third; a number is clicked down to its list."""
    checker_of(town.cast)
    office.follow("报告", within="nav").sees("还没有报告").follow("起草报告")
    days = {"统计起始日": then.isoformat(), "统计截止日": timezone.localdate().isoformat()}
    office.fill({"标题": REPORT, **days}).press("起草报告").sees("起草").step("写正文")
    office.fill({"正文": TEXT}).press("写正文").follow("看带数字的全文和核对结果")
    office.sees("1件", "1项", "100.00%", "“X”还没有填写")
    office.follow("办理这份报告").step("写正文").fill({"正文": TEXT.replace("X个", "")}).press("写正文")
    office.press("送核对").sees("核对")
    checker = town.seated("checker").follow(REPORT).follow("看带数字的全文和核对结果").sees("没有发现问题")
    checker.follow("1件").sees("共 1 件", TITLE)
    checker.go(_report()).follow("办理这份报告").press("核对无误").sees("待签发")
    leader = town.seated("leader").follow(REPORT).step("签发").tick("在公开网页发布").press_and_confirm("签发")
    leader.sees("已签发").follow("看签发的报告").sees("签发时和现在").misses("签发后记录有变化")


def _found_otherwise(town: Town, office: Visitor, way: Way) -> None:
    """An inspection on site: the suggestion goes back to its organ, and what was answered stays."""
    today = timezone.localdate().isoformat()
    office.go("/new/special-inspection/plan/").fill({"日期": today, "地点": "学府路"}).tick("青石街道")
    office.press("安排专项督查").sees("青石街道").step("选定核查建议").tick(f"{way.matter}（重点督办）")
    office.press("选定核查建议").step("登记督查组到场").press("登记督查组到场")
    office.step("登记核查结果").answer("核查结果", "现场不属实").fill({"现场情况": "雨后仍有积水。"})
    office.press("登记核查结果").sees("核查前：已办结", "现场不属实", "已重新办理")
    clerk = town.seated("roads_clerk").sees("重新办理").go(address(way.matter))
    clerk.sees("重新办理", "雨后仍有积水。", "已完成勘察。", "督办格局")


def _then_and_now(town: Town, way: Way) -> None:
    """The report stands as it was issued; beside it stands what the records say today. The public reads both."""
    leader = town.seated("leader").go(_report()).sees("签发后记录有变化").follow("1件")
    leader.sees("签发时", "1件", "现在", "0件", way.matter.number)
    public = town.browser(phone=True).go(f"/c/{town.cast.congress.division_code}/reports/").follow(REPORT)
    public.sees("1件", "100.00%").follow("1件").sees("签发时的清单", way.matter.number)
    leader.follow("统计", within="nav").follow("驾驶舱").sees("走势").follow("大屏").sees("退出大屏")


def _report() -> str:
    return f"/reports/{Matter.objects.get(procedure='report').pk}/"
