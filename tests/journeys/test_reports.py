"""A report: drafted, checked, issued; a number clicked down to its list; then and now after a record changed; what the public reads."""

from __future__ import annotations

import pytest

from openrenda.docket.models import Matter
from openrenda.web.tests.stage import Way
from tests.desk import checker_of

from .conftest import Town

pytestmark = pytest.mark.browser
TITLE = "试验区人大常委会工作报告"
TEXT = "## 代表建议\n\n接收代表建议{{ figure suggestion.received }}，满意率{{ figure suggestion.satisfaction }}，联动周边X个社区。"


def test_a_report_is_issued_and_its_numbers_are_proved(town: Town) -> None:
    way = Way(town.cast).replied()
    way.take("chen", "judge", {"attitude": "satisfied", "result": "satisfied"})
    checker_of(town.cast)
    office = town.seated("office").follow("报告", within="nav").sees("还没有报告").follow("起草报告")
    office.fill({"标题": TITLE}).press("起草报告").sees("起草").step("写正文")
    office.fill({"正文": TEXT}).press("写正文").follow("看带数字的全文和核对结果").sees(
        "1件", "100.00%", "“X”还没有填写"
    )
    office.follow("办理这份报告").step("写正文").fill({"正文": TEXT.replace("X个", "")}).press("写正文")
    office.press("送核对").sees("核对")
    checker = town.seated("checker").follow(TITLE).follow("看带数字的全文和核对结果").sees("没有发现问题")
    checker.follow("1件").sees("共 1 件", way.matter.title)
    checker.go(f"/reports/{_report(town)}/").follow("办理这份报告").press("核对无误").sees("待签发")
    leader = town.seated("leader").follow(TITLE).step("签发").tick("在公开网页发布").press_and_confirm("签发")
    leader.sees("已签发").follow("看签发的报告").sees("签发时和现在")
    second = Way(town.cast, title="关于第二件事的建议").replied()
    second.take("chen", "judge", {"attitude": "satisfied", "result": "basically"})
    leader.go(f"/reports/{_report(town)}/").sees("签发后记录有变化").follow("1件").sees("签发时", "1件", "现在", "2件")
    leader.sees(way.matter.number)
    public = town.browser(phone=True).go(f"/c/{town.cast.congress.division_code}/reports/").follow(TITLE)
    public.sees("1件", "100.00%").follow("1件").sees("签发时的清单", way.matter.number)
    town.seated("leader").follow("统计", within="nav").follow("驾驶舱").sees("走势").follow("大屏").sees("退出大屏")


def _report(town: Town) -> str:
    return str(Matter.objects.get(procedure="report").pk)
