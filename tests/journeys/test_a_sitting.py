"""A sitting of the standing committee from its notice to the approved minutes: four members, three of them there, each at a phone of her own.

It opens only with a quorum; a decision is voted by name, an appointment in secret fails by one on the base of all members though most of those present
agreed, a report is graded; a member leaves and the quorum with her, and both come back.
"""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from openrenda.activities.hall import Sitting
from openrenda.docket.models import Matter
from openrenda.docket.verify import verify_congress
from openrenda.procedures.appointing import AppointmentAct
from openrenda.web.tests.stage import address
from tests import sittings
from tests.mechanisms import appointing

from .conftest import Town
from .test_voting import vote_secretly
from .visitor import Visitor, labelled

pytestmark = pytest.mark.browser
MEMBERS, THERE = ("chen", "lin", "ouyang", "zhou"), ("chen", "lin", "ouyang")
DECISION, APPOINTMENT, REPORT = "关于加强养犬管理的决定（草案）", "人事任免案", "关于道路养护情况的报告满意度测评"
NOT_ENOUGH = "应到 4 人，在场 2 人，须超过 1/2，不足法定人数"


def test_a_sitting_from_its_notice_to_the_approved_minutes(town: Town) -> None:
    sittings.committee(town.cast, MEMBERS)
    proposal = _an_appointment_waits(town)
    office = town.seated("office")
    sitting = _is_called(town, office, proposal)
    _leave_is_asked_and_granted(town, office)
    wall, phones = _opens_with_a_quorum(town, office, sitting)
    _votes_by_name(office, wall, phones, sitting)
    _loses_its_quorum_and_has_it_again(office, wall, phones, sitting)
    _refuses_an_appointment_by_one(office, wall, phones, sitting)
    _grades_a_report(office, wall, phones, sitting)
    _is_written_down_and_approved(town, office, sitting)
    assert verify_congress(town.cast.congress) == []


def test_notes_beside_a_paper_stay_on_the_device(town: Town) -> None:
    """They are there again after the page was left, on her own device and nowhere else."""
    sitting = sittings.called(town.cast, "听取报告")
    paper = {"paper": "", "title": "报告全文", "file": str(sittings.uploaded(sitting).pk)}
    sittings.take(town.cast, sitting, "office", "register_paper", paper)
    sittings.take(town.cast, sitting, "office", "send_papers")
    reader = town.seated("chen", phone=True).go(_hall(sitting)).follow("报告全文").sees("材料全文。")
    reader.page.get_by_label("我的笔记").fill("第三条要问清楚。")
    reader.sees("已记在这台设备上").go(_hall(sitting)).follow("报告全文")
    expect(reader.page.get_by_label("我的笔记")).to_have_value("第三条要问清楚。")
    other = town.seated("chen", phone=True).go(_hall(sitting)).follow("报告全文")
    expect(other.page.get_by_label("我的笔记")).to_have_value("")


def _an_appointment_waits(town: Town) -> Matter:
    """A court proposes a judge; the council of chairpersons put it on this sitting."""
    appointing.people(town.cast)
    proposal = appointing.draft(town.cast)
    appointing.add(town.cast, proposal, "appoint", "judge", "林知")
    appointing.submit(town.cast, proposal)
    appointing.on_agenda(town.cast, proposal)
    return proposal


def _hall(sitting: Matter) -> str:
    return reverse("hall:sitting", args=[sitting.pk])


def _is_called(town: Town, office: Visitor, proposal: Matter) -> Matter:
    """Planned, three items, the agenda as the council fixed it, and a notice that says why it is late."""
    office.go("/new/sitting/plan/").choose("会议种类", "常委会会议")
    office.fill({"日期": timezone.localdate().isoformat(), "时间": "9:00", "地点": "常委会会议厅"}).press("安排会议")
    sitting = Matter.objects.get(procedure="sitting")
    for kind, title, more in (
        ("审议议案、决议决定草案", DECISION, {"提出方": "主任会议"}),
        ("人事任免", APPOINTMENT, {"付表决的事项": str(Matter.objects.get(pk=proposal.pk))}),
        ("满意度测评", REPORT, {}),
    ):  # fmt: skip
        office.go(address(sitting)).step("列入议程").choose("类别", kind).fill({"议题": title})
        for label, choice in more.items():
            office.choose(label, choice)
        office.press("列入议程").sees(title)
    sittings.council_decided(town.cast)
    office.go(address(sitting)).step("登记议程的确定")
    office.choose(
        "确定议程的主任会议决定", f"{Matter.objects.get(procedure='chairpersons-meeting').number} 常委会会议议程草案"
    )
    office.press("登记议程的确定").sees("议程确定")
    office.step("发出会议通知").press("发出会议通知").sees("临时召集的，请写明理由")
    office.fill({"临时召集的理由": "有急需任命的人员。"}).press("发出会议通知").sees("已通知", "第一次会议")
    return sitting


def _leave_is_asked_and_granted(town: Town, office: Visitor) -> None:
    """By the member on her phone, by the leader."""
    zhou = town.seated("zhou", phone=True)
    place = sittings.place(Matter.objects.get(procedure="sitting"), town.cast["zhou"].name)
    zhou.go(address(place)).step("请假").fill({"理由": "在外地参加培训。"}).press("请假").sees("已请假，待批准")
    town.seated("leader").go(address(place)).sees("在外地参加培训。").press("准假").sees("准假")
    zhou.go(address(place)).sees("准假")


def _opens_with_a_quorum(town: Town, office: Visitor, sitting: Matter) -> tuple[Visitor, dict[str, Visitor]]:
    """One signs in with the code from the wall, one is signed in by the clerk; two of four are too few."""
    office.go(_hall(sitting)).press("开始签到")
    wall = town.browser()
    wall.go(reverse("hall:wall", args=["990601", Sitting.objects.get(matter=sitting).wall]))
    code = sittings.code(sitting)
    wall.sees(f"签到码 {code}")
    phones = {who: town.seated(who, phone=True) for who in THERE}
    chen = phones["chen"].go(_hall(sitting)).fill({"当日签到码": "000000" if code != "000000" else "111111"})
    chen.press("签到").sees("签到码不对").fill({"当日签到码": code}).press("签到").sees("在场")
    office.go(_hall(sitting)).tick(f"{town.cast['lin'].name}到会").press("为勾选的人员签到").sees("已为1人签到")
    office.sees(NOT_ENOUGH)
    wall.sees(NOT_ENOUGH)
    expect(office.page.get_by_role("button", name="开会", exact=True)).to_be_disabled()
    phones["ouyang"].go(_hall(sitting)).fill({"当日签到码": code}).press("签到").sees("在场")
    office.go(_hall(sitting)).sees("应到 4 人，在场 3 人，符合法定人数").press("开会").sees("开会中")
    return wall, phones


def _put(office: Visitor, sitting: Matter, title: str, **answers: str) -> Visitor:
    """An item is taken up and put to the vote; the page of the vote."""
    office.go(_hall(sitting)).follow("进入议题")
    # The last one that is left is not asked for.
    if office.page.get_by_label(labelled("议题")).count():
        office.choose("议题", office.page.locator("option", has_text=title).inner_text())
    office.press("进入议题")
    office.go(_hall(sitting)).follow("交付表决")
    for label, choice in answers.items():
        office.choose(label, choice) if label != "人选、项目、报告" else office.fill({label: choice})
    office.press("交付表决")
    return office.go(_hall(sitting)).follow(title, within="#hall-live")


def _ends(office: Visitor, verdict: str, phones: dict[str, Visitor], wall: Visitor) -> None:
    """Counted and announced: everybody's phone has it, and so has the wall."""
    office.step("结束并计票").press_and_confirm("结束并计票").sees(verdict)
    for phone in phones.values():
        phone.sees(verdict)
    office.press("宣布结果").sees("已宣布结果")
    wall.sees(verdict)


def _votes_by_name(office: Visitor, wall: Visitor, phones: dict[str, Visitor], sitting: Matter) -> None:
    _put(office, sitting, DECISION, 表决种类="议案、决议决定", 表决方式="记名电子表决").step("开始表决")
    office.press_and_confirm("开始表决")
    for phone in phones.values():
        phone.go("/").sees("正在表决").follow("去投票").tick("我赞成").press("看一遍再投").press("投出")
        phone.sees("您的表决已经记录")
    _ends(office, "应到 4，实到 3，赞成 3，反对 0，弃权 0：全体组成人员过半数，通过", phones, wall)
    _has_a_result(office, sitting, DECISION, "通过")


def _has_a_result(office: Visitor, sitting: Matter, title: str, outcome: str) -> None:
    office.go(_hall(sitting)).follow("登记议题结果").choose("结果", outcome).press("登记议题结果")


def _loses_its_quorum_and_has_it_again(
    office: Visitor, wall: Visitor, phones: dict[str, Visitor], sitting: Matter
) -> None:
    """A member goes out: nothing can be put to the vote until she is back."""
    phones["ouyang"].go(_hall(sitting)).press("离场").sees("离场")
    wall.sees(NOT_ENOUGH)
    office.go(address(sitting)).sees(NOT_ENOUGH)
    assert office.page.locator(".offers").get_by_role("link", name="交付表决", exact=True).count() == 0
    office.go(_hall(sitting)).press("休会").sees("休会")
    phones["ouyang"].go(_hall(sitting)).press("返回会场").sees("在场")
    office.go(_hall(sitting)).press("复会").sees("开会中")
    wall.sees("应到 4 人，在场 3 人，符合法定人数")


def _refuses_an_appointment_by_one(office: Visitor, wall: Visitor, phones: dict[str, Visitor], sitting: Matter) -> None:
    """Two of the three who are there agree; of all four members that is not more than half. The act of the proposal knows it by itself."""
    _put(office, sitting, APPOINTMENT, 表决方式="无记名电子表决").step("开始表决")
    office.press_and_confirm("开始表决")
    for phone, choice in zip(phones.values(), ("我赞成", "我赞成", "我反对"), strict=True):
        vote_secretly(phone.go("/").sees("正在表决").follow("去投票"), choice)
    verdict = "应到 4，实到 3，赞成 2，反对 1，弃权 0：没有超过全体组成人员的半数，未通过"
    _ends(office, verdict, phones, wall)
    row = AppointmentAct.objects.select_related("matter").get()
    assert (row.matter.state, row.passed, row.approve, row.present, row.base) == ("voted", False, 2, 3, 4)
    office.go(address(row.matter)).sees("未通过", verdict)
    _has_a_result(office, sitting, APPOINTMENT, "未通过")


def _grades_a_report(office: Visitor, wall: Visitor, phones: dict[str, Visitor], sitting: Matter) -> None:
    _put(
        office,
        sitting,
        REPORT,
        表决种类="满意度测评",
        表决方式="无记名电子表决",
        **{"人选、项目、报告": "道路养护报告"},
    ).step("开始表决").press_and_confirm("开始表决")
    for phone, choice in zip(phones.values(), ("满意", "满意", "基本满意"), strict=True):
        vote_secretly(phone.go("/").sees("正在表决").follow("去投票"), choice)
    _ends(office, "应到 4，实到 3，满意 2，基本满意 1，不满意 0，弃权 0：测评结果，基本满意", phones, wall)
    _has_a_result(office, sitting, REPORT, "已进行")


def _is_written_down_and_approved(town: Town, office: Visitor, sitting: Matter) -> None:
    """The minutes are drafted from what happened, approved by another, and a Word file."""
    office.go(_hall(sitting)).follow("散会").press_and_confirm("散会").sees("已散会")
    office.step("起草会议记录")
    drafted = office.typed("会议记录")
    for words in ("出席：", "陈一鸣", "请假：周䶮（1人）", "应到4人，开会时在场3人", DECISION, "未通过"):
        assert words in drafted
    office.press("起草会议记录")
    town.seated("leader").go(address(sitting)).press("审定会议记录").sees("记录已审定")
    text = ZipFile(BytesIO(office.go(_hall(sitting)).download("会议记录（Word）"))).read("word/document.xml").decode()
    assert "第一次会议会议记录" in text
    assert "未审定稿" not in text
    assert "请假：周䶮（1人）" in text
