"""A judge from the nomination to the oath: the court proposes, the nominee sits the examination, the council and the sitting deal with it, the members vote
in secret, and only the announcement makes it public.
"""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import timezone

from openrenda.docket.models import Matter
from openrenda.docket.verify import verify_congress
from openrenda.people.models import Post
from tests import sittings
from tests.mechanisms import appointing

from .conftest import Town
from .test_voting import vote_secretly
from .visitor import Visitor

pytestmark = pytest.mark.browser
MEMBERS = ("chen", "lin", "ouyang", "zhou")
THERE = ("chen", "lin", "ouyang")
NAME, POST = "林知", "区人民法院审判员"
PROPOSAL, DECIDED = "关于提请任命林知职务的议案", f"任命{NAME}为{POST}"
PUBLIC = "/c/990601"
VERDICT = "应到 4，实到 3，赞成 3，反对 0，弃权 0：全体组成人员过半数，通过"


def today(ahead: int = 0) -> str:
    """A day, as it is typed."""
    return (timezone.localdate() + timedelta(days=ahead)).isoformat()


def the(procedure: str) -> Matter:
    """The one matter of a procedure."""
    return Matter.objects.get(procedure=procedure)


def page_of(procedure: str) -> str:
    """Its page."""
    return reverse("web:matter", args=[the(procedure).pk])


def test_a_judge_from_the_nomination_to_the_oath(town: Town) -> None:
    _a_court_and_its_posts(town)
    court, office = town.seated("court_office"), town.seated("office")
    _the_court_proposes(court)
    _the_nominee_sits_the_examination(town, office)
    _reviewed_and_put_on_by_the_council(town, office)
    hall, phones = _the_sitting_opens(town, office)
    _she_speaks_and_is_voted_on(office, hall, phones)
    _nothing_is_public_before_the_announcement(office, town.browser())
    _certified_sworn_and_filed(office)
    court.go(page_of("appointment")).sees("已办结")
    # Another reader: a public page may be kept for a minute.
    _is_in_the_registers(office, town.browser())
    assert verify_congress(town.cast.congress) == []


def _a_court_and_its_posts(town: Town) -> None:
    """Whoever becomes a judge passes the examination and makes a statement; the bank has more questions than a paper."""
    sittings.committee(town.cast, MEMBERS)
    appointing.people(town.cast)
    appointing.bank()
    Post.objects.filter(code="judge").update(examined=True, speaks=True)


def _the_court_proposes(court: Visitor) -> None:
    """The draft, one act, the signed papers; what is missing is said before it can be submitted."""
    court.go("/new/appointment/draft/").fill({"任免案名称": PROPOSAL, "拟提请的常委会会议日期": today(20)})
    court.press("起草任免案").sees("还没有列入任免事项")
    court.step("列入任免事项").choose("任免类别", "任命").choose("职务", POST)
    court.fill({"姓名": NAME, "出生年份": "1982", "任免理由": "工作需要，符合任职条件。"}).press("列入任免事项")
    court.sees(DECIDED, "还没有上传提名人签署的文件和人员基本情况")
    court.attach("上传文件", "提名书.pdf", b"%PDF-1.4\n%%EOF\n").press("上传").sees("提名书.pdf")
    court.step("提请").press("提请").sees("已提请，待审查")


def _the_nominee_sits_the_examination(town: Town, office: Visitor) -> None:
    """Called by the office; address and number are handed over; marked at once."""
    office.go(page_of("appointment")).follow(DECIDED).step("安排法律知识考试").press("安排法律知识考试")
    office.follow("任前法律知识考试").sees("交给应试人的通知")
    address = office.page.locator(".prose", has_text="/exams/mine/").inner_text().strip()
    number = office.page.locator("section", has_text="交给应试人的通知").locator("strong").last.inner_text()
    nominee = town.browser(phone=True)
    nominee.go(address.removeprefix(town.site)).sees("共 25 题").fill({"考试号": number})
    nominee.tick("我本人独立作答，不查阅资料，不由他人代答。").press("开始考试").sees("前交卷")
    for right in nominee.page.get_by_label("对", exact=True).all():
        right.check()
    nominee.press_and_confirm("交卷").sees("100", "及格，在本届内有效")
    office.go(page_of("law-exam")).sees("已判卷", "100")
    office.go(page_of("appointment-act")).sees("任前法律知识考试", "100")


def _reviewed_and_put_on_by_the_council(town: Town, office: Visitor) -> None:
    """Reviewed; the council of chairpersons meets and decides; the sitting is planned, and the proposal put on it."""
    office.go(page_of("appointment")).step("初步审查").fill({"初步审查意见": "材料齐全，符合任职条件。"}).press(
        "初步审查"
    )
    office.sees("已初步审查")
    office.go("/new/chairpersons-meeting/call/").fill({"日期": today(), "地点": "会议室"}).press("召集主任会议")
    office.step("列入议题").choose("类别", "其他事项").fill({"议题": PROPOSAL}).press("列入议题")
    office.step("列入议题").choose("类别", "大会、常委会会议议程草案").fill({"议题": "常委会会议议程草案"}).press(
        "列入议题"
    )
    leader = town.cast.seats["leader"].account.name
    office.step("登记出席情况").tick(leader).press("登记出席情况").sees("已举行")
    for item in (PROPOSAL, "常委会会议议程草案"):
        office.step("登记决定")
        if office.page.locator("select[name=item]").count():
            office.choose("议题", item)
        office.fill({"决定内容": "提请常委会会议审议。", "要求完成日期": today(30)}).choose(
            "责任单位", "代表工作委员会"
        )
        office.press("登记决定")
    council = the("chairpersons-meeting")
    office.go("/new/sitting/plan/").choose("会议种类", "常委会会议")
    office.fill({"日期": today(), "时间": "9:00", "地点": "常委会会议厅"}).press("安排会议")
    office.go(page_of("appointment")).step("主任会议决定列入会议")
    office.fill({"列入的常委会会议": "常委会第一次会议", "会议日期": today()})
    office.choose("作出决定的主任会议", f"{council.number} {council.title}").press("主任会议决定列入会议").sees(
        "已列入会议"
    )


def _the_sitting_opens(town: Town, office: Visitor) -> tuple[str, dict[str, Visitor]]:
    """The proposal on the agenda, the notice, three of four members there."""
    sitting = the("sitting")
    hall = reverse("hall:sitting", args=[sitting.pk])
    office.go(page_of("sitting")).step("列入议程").choose("类别", "人事任免").fill({"议题": PROPOSAL})
    proposal = the("appointment")
    office.choose("付表决的事项", f"{proposal.number} {proposal.title}").press("列入议程").sees(PROPOSAL)
    office.step("登记议程的确定")
    office.choose("确定议程的主任会议决定", f"{the('chairpersons-meeting').number} 常委会会议议程草案").press(
        "登记议程的确定"
    )
    office.step("发出会议通知").fill({"临时召集的理由": "有急需任命的人员。"}).press("发出会议通知").sees("已通知")
    office.go(hall).press("开始签到")
    office.tick(*(f"{town.cast[who].name}到会" for who in THERE)).press("为勾选的人员签到").sees("已为3人签到")
    office.go(hall).press("开会").sees("开会中")
    return hall, {who: town.seated(who, phone=True) for who in THERE}


def _she_speaks_and_is_voted_on(office: Visitor, hall: str, phones: dict[str, Visitor]) -> None:
    """The proposal is explained and the nominee makes her statement, without which it is not put to the vote; then each votes on her own phone."""
    office.go(hall).follow("进入议题").press("进入议题")
    office.go(hall).follow("交付表决")
    assert office.typed("人选、项目、报告") == DECIDED
    office.choose("表决方式", "记名电子表决").press("交付表决").sees("请改选无记名的方式")
    office.choose("表决方式", "无记名电子表决").press("交付表决").sees("还没有登记任前发言")
    office.go(page_of("appointment")).step("登记提请说明")
    office.fill({"说明人": "郑明", "提请说明": "林知同志熟悉审判业务，作风正派。"}).press("登记提请说明").sees(
        "作风正派"
    )
    office.go(page_of("appointment-act")).step("登记任前发言")
    office.fill({"发言日期": today(), "发言要点": "忠于宪法，公正司法，接受监督。"}).press("登记任前发言").sees(
        "公正司法"
    )
    office.go(hall).follow("交付表决").press("交付表决")
    office.go(hall).follow(PROPOSAL, within="#hall-live").sees(DECIDED).step("开始表决").press_and_confirm("开始表决")
    for phone in phones.values():
        vote_secretly(phone.go("/").sees("正在表决").follow("去投票").sees(DECIDED), "我赞成")
    office.step("结束并计票").press_and_confirm("结束并计票").sees(VERDICT)
    office.press("宣布结果").sees("已宣布结果")
    for phone in phones.values():
        phone.sees(VERDICT)
    office.go(page_of("appointment-act")).sees("已表决", VERDICT, "表决结果还没有公告")


def _nothing_is_public_before_the_announcement(office: Visitor, everyone: Visitor) -> None:
    """APP-08: voted, in the register of the staff, and on no public page; then announced and public at once."""
    for path in ("appointments", "posts"):
        everyone.go(f"{PUBLIC}/{path}/").misses(NAME)
    office.go("/posts/").sees(NAME)
    office.go(page_of("appointment")).step("公告表决结果")
    office.fill({"公告文号": "第8号公告", "发文通知的机关": "区人民法院"}).press_and_confirm("公告表决结果").sees(
        "已公告"
    )
    text = ZipFile(BytesIO(office.download("Word"))).read("word/document.xml").decode()
    assert DECIDED in text


def _certified_sworn_and_filed(office: Visitor) -> None:
    """The certificate is a file to print; the oath; then all formalities are done, and with them the proposal."""
    office.go(page_of("appointment-act")).sees("还没有办理：任命书、宪法宣誓")
    office.step("颁发任命书").fill({"任命书编号": "任字1号", "署名的常委会主任": "程岳"}).press("颁发任命书").sees(
        "程岳署名"
    )
    text = ZipFile(BytesIO(office.download("Word"))).read("word/document.xml").decode()
    for words in (NAME, "程岳", "在第五届人大常委会第一次会议上"):
        assert words in text
    office.step("登记宪法宣誓").answer("宣誓形式", "单独宣誓")
    office.fill({"宣誓日期": today(), "宣誓地点": "常委会会议厅", "监誓人": "程岳"}).press("登记宪法宣誓").sees(
        "常委会会议厅"
    )
    office.press("办结").sees("已办结")


def _is_in_the_registers(office: Visitor, everyone: Visitor) -> None:
    """Everybody reads who was appointed and who holds the post; staff read by which decision."""
    everyone.go(f"{PUBLIC}/appointments/").sees(DECIDED, "第8号公告", "第五届人大常委会第一次会议").misses(
        "1982", "赞成"
    )
    everyone.follow("第8号公告").sees("通过下列人事任免事项，现予公告", DECIDED).misses("1982", "赞成")
    everyone.follow("现在由谁任职").sees(POST, NAME)
    office.go("/posts/").sees(POST, NAME, "第五届人大常委会第一次会议")
