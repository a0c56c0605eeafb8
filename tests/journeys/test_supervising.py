"""An overdue suggestion is spoken of on a reception day, put on the key list by a decision, closed, found otherwise and reopened."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from openrenda.docket.models import Matter, RunningClock
from openrenda.web.tests.stage import Way, address

from .conftest import Town

pytestmark = pytest.mark.browser
TITLE = "关于改善学府路早高峰通行的建议"


def test_from_a_reception_day_to_the_key_list_and_back_to_handling(town: Town) -> None:
    today = timezone.localdate().isoformat()
    way = Way(town.cast).handling()
    _overdue(way.matter)
    leader = town.cast["leader"].name
    office = town.seated("office")
    # The year of reception days, and the next day with a leader and the suggestion
    office.follow("接待日安排", within="nav").sees("没有确定接待领导的月份").go("/new/reception-day/arrange/")
    office.fill({"日期": today, "地点": "代表之家"}).choose("接待领导", leader).press("安排主任接待日").sees("已安排")
    day = Matter.objects.get(procedure="reception-day")
    deputy = town.seated("chen", phone=True).follow("主任接待日安排和预约").sees("代表之家").go(address(day))
    deputy.step("预约").fill({"想反映什么": "答复已经逾期。"}).press("预约").sees("预约名单", "答复已经逾期。")
    office.go(address(day)).step("选定现场督办建议").tick(str(way.matter)).press("选定现场督办建议").sees("请写明理由")
    office.fill({"件数不在惯例之内的理由": "本月只有一件逾期"}).press("选定现场督办建议").sees("现场督办建议 1 件")
    office.step("登记接待情况").tick("陈一鸣").press("登记接待情况").sees("已接待")
    office.step("登记现场督办结果").answer("现场结果", "承诺限期解决").fill(
        {"说明": "月底前施划停靠区。", "承诺完成日期": today}
    )
    office.choose("承诺单位", "区交通运输局").press("登记现场督办结果").sees("承诺限期解决", "月底前施划停靠区。")
    office.press("登记完毕").sees("已结束")
    deputy.go(address(way.matter)).sees("督办格局", "接待日现场督办", leader, "督")
    # The key list, by a numbered decision of the council of chairpersons
    office.go("/new/chairpersons-meeting/call/").fill({"日期": today, "地点": "会议室"}).press("召集主任会议")
    office.step("列入议题").choose("类别", "重点督办建议名单").fill({"议题": "年度重点督办建议"}).press("列入议题")
    office.step("登记出席情况").press("登记出席情况").sees("已举行")
    office.step("登记决定").fill({"决定内容": "同意列入。", "要求完成日期": today}).choose("责任单位", "代表工作委员会")
    office.tick(str(way.matter)).press("登记决定").sees("决定第1号", "列入重点督办")
    # Answered and closed, then found otherwise on site
    _closed(way)
    inspector = town.seated("office").go("/new/special-inspection/plan/").fill({"日期": today, "地点": "学府路"})
    inspector.tick("青石街道").press("安排专项督查").sees("青石街道")
    inspector.step("选定核查建议").tick(str(way.matter)).press("选定核查建议").step("登记督查组到场").press(
        "登记督查组到场"
    )
    inspector.step("登记核查结果").answer("核查结果", "现场不属实").fill({"现场情况": "标线没有施划。"}).press(
        "登记核查结果"
    )
    inspector.sees("核查前：已办结", "现场不属实", "已重新办理")
    town.seated("roads_clerk").sees("重新办理").go(address(way.matter)).sees(
        "重新办理", "标线没有施划。", "已设置临时停靠区"
    )


def _overdue(matter: Matter) -> None:
    """Its reply is three days late."""
    late = timezone.localdate() - timedelta(days=3)
    RunningClock.objects.filter(matter=matter, key="reply").update(started_on=late, due_on=late)
    Matter.objects.filter(pk=matter.pk).update(due_on=late)


def _closed(way: Way) -> None:
    """Contacted, answered and judged."""
    way.take(
        "roads_clerk",
        "contact",
        {"way": "visit", "people": "代表、副局长", "summary": "同意方案。", "held_on": timezone.localdate()},
    )
    way.take("roads_clerk", "draft_reply", {"result_class": "A", "done": "已设置临时停靠区。", "disclosure": "public"})
    way.take("roads_head", "sign_reply")
    way.take("chen", "judge", {"attitude": "satisfied", "result": "satisfied"})
