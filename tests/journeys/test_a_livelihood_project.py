"""A livelihood project from what a resident said to what she thinks of it at the year's end: proposed, drawn up, deliberated, chosen, carried out in
the sight of all, accepted and rated. What the vote hands over is taken as it hands it over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from openrenda import docket, tickets
from openrenda.docket.actor import the_clock, the_kin
from openrenda.docket.models import Matter
from openrenda.docket.verify import verify_congress
from openrenda.web.portal import codes
from openrenda.web.tests.stage import address
from tests.matrix.examples.livelihood_project import adopt, filled

from .conftest import Town
from .visitor import Visitor

pytestmark = pytest.mark.browser
SAID = "学府路要建一座过街天桥。小学生每天横穿马路，很危险。"
TITLE = "学府路过街天桥"
SMALL_COMPANY = 2


def test_from_what_she_said_to_what_she_thinks_of_it(town: Town) -> None:
    round_ = _is_called(town)
    resident = _says_it(town)
    project = _becomes_a_candidate(town, round_)
    resident.page.reload()
    resident.sees("已作为民生实事建议项目报送", "已列入候选项目", TITLE)
    _is_chosen(town, round_, project)
    _is_carried_out(town, project)
    _is_accepted_and_rated(town, project)
    resident.page.reload()
    resident.follow(TITLE).sees("办结", "验收", "25,000,000.50元")
    assert verify_congress(town.cast.congress) == []


def _is_called(town: Town) -> Matter:
    """The government calls; the form says what is missing before anything is kept."""
    today = timezone.localdate()
    government = town.seated("government").go("/new/livelihood-round/call/")
    closes = (today + timedelta(days=10)).isoformat()
    government.fill({"征集公告": "请提出建议项目。", "截止日期": closes, "应选名额": "2"}).answer("层次", "民生实事")
    government.press("公告征集民生实事项目").sees("一般不少于30天")
    government.fill({"截止日期": (today + timedelta(days=35)).isoformat()}).press("公告征集民生实事项目").sees("征集中")
    return Matter.objects.get(procedure="livelihood-round")


def _says_it(town: Town) -> Visitor:
    resident = town.browser(phone=True).go("/c/990601/opinions/")
    return resident.fill({"您想反映什么": SAID, "在什么地方": "学府路"}).press("提交").sees("收到了", SAID)


def _becomes_a_candidate(town: Town, round_: Matter) -> Matter:
    """The office hands her words on in one act; the government takes them up and draws up the file."""
    opinion = Matter.objects.get(procedure="opinion")
    office = town.seated("office").go(address(opinion)).step("作为民生实事建议报送")
    office.choose("哪一轮征集", round_.title).press("作为民生实事建议报送")
    proposal = Matter.objects.get(procedure="livelihood-proposal")
    government = town.seated("government").go(address(proposal)).sees(SAID, "群众意见").step("列入候选项目")
    government.tick("受益面广，群众普遍关心").fill({"候选项目名称": TITLE}).press("列入候选项目").sees("已列入候选项目")
    project = Matter.objects.get(procedure="livelihood-project")
    government.go(address(project)).step("填写候选项目")
    government.choose("实施单位", "区交通运输局").fill({
        "建设内容": "新建人行天桥一座。", "计划投资": "25,000,000.50", "受益人数": "3000", "完成时限": "2099-12-31",
        "计划节点": f"{timezone.localdate()} 完成招标\n明年 完工",
    })  # fmt: skip
    government.press("填写候选项目").sees("第2行“明年 完工”没有读懂")
    government.fill({"计划节点": f"{timezone.localdate()} 完成招标"}).press("填写候选项目").sees(
        "25,000,000.50元", "完成招标"
    )
    return project


def _is_chosen(town: Town, round_: Matter, project: Matter) -> None:
    """Two places, three candidates: deliberated, voted on, published."""
    cast = town.cast
    rows = [project, *(filled(cast, "government", adopt(cast, "government", round_)) for _ in range(SMALL_COMPANY))]
    docket.act(Matter.objects.get(pk=round_.pk), "end", by=the_clock(cast.congress.pk))
    town.seated("government").go(address(round_)).step("提请审议候选项目清单").tick_all().press(
        "提请审议候选项目清单"
    ).sees("待常委会审议")
    office = town.seated("office").go(address(round_)).step("登记常委会审议结果")
    office.fill(
        {"审议日期": timezone.localdate().isoformat(), "常委会会议": "第十二次会议", "审议意见": "同意提请票决。"}
    )
    office.press("登记常委会审议结果").sees("待大会票决", "大会票决还没有宣布结果")
    kin = the_kin(cast.congress.pk)
    for place, row in enumerate(rows):
        data = {"chosen": place < SMALL_COMPANY, "votes": 200 - place, "base": 300, "present": 280}
        docket.act(Matter.objects.get(pk=row.pk), "voted", by=kin, data=data)
    office.go(address(round_)).step("公布项目清单，交政府实施").press_and_confirm("公布项目清单，交政府实施").sees(
        "已确定并公布", "项目清单"
    )
    assert office.download("项目清单（Word）").startswith(b"PK")
    town.browser().go(f"/c/990601/livelihood/rounds/{codes.code_of(round_.pk)}/").sees(
        "候选3项，应选2项", TITLE, "200 票"
    )


def _is_carried_out(town: Town, project: Matter) -> None:
    """The organ records, everybody reads; the note for the offices stays inside."""
    organ = town.seated("roads_clerk").go(address(project)).step("登记支付")
    organ.fill({"金额": "1234567.89"}).choose("资金来源", "本级财政").press("登记支付").sees("1,234,567.89元")
    organ.step("登记节点完成").choose("节点", f"完成招标（{timezone.localdate()}）").press("登记节点完成")
    organ.step("报送进展").fill(
        {"形象进度（%）": "60", "进展情况（公开）": "桥墩完成。", "内部说明（不公开）": "拆迁有一户未谈妥。"}
    )
    organ.press("报送进展").sees("请勾选证明进展的照片或者文件").fill(
        {"没有照片、文件的，写明由谁证明": "监理单位"}
    ).press("报送进展").sees("桥墩完成。")
    anybody = town.browser(phone=True).go(f"/c/990601/livelihood/{codes.code_of(project.pk)}/")
    anybody.sees("实施中", "1,234,567.89元", "桥墩完成。").misses("拆迁有一户未谈妥")
    anybody.follow("说说我看到的情况").fill({"看到的情况、意见": "晚上施工不吵。"}).press("提交").sees(
        "收到了", "晚上施工不吵。"
    )


def _is_accepted_and_rated(town: Town, project: Matter) -> None:
    """Not before deputies and residents have rated it is it closed."""
    day = timezone.localdate().isoformat()
    organ = (
        town.seated("roads_clerk")
        .go(address(project))
        .step("完工报验")
        .fill({"完成情况": "全部完成。"})
        .press("完工报验")
    )
    organ.sees("完工待验收")
    office = town.seated("office").go(address(project)).step("验收通过")
    office.fill({"验收人员": "代表三人、居民二人", "验收结论": "合格。"}).press("验收通过").sees(
        "还没有代表、群众的评价"
    )
    docket.open_matter(
        "livelihood-voice", "rate", by=town.cast["chen"], data={"project": project.pk, "grade": "satisfied"}
    )
    resident = town.browser(phone=True).go(f"/c/990601/livelihood/{codes.code_of(project.pk)}/").follow("我来评价")
    resident.tick("满意").press("提交").sees("收到了", "满意")
    said = Matter.objects.filter(procedure="livelihood-voice").latest("id")
    assert tickets.in_groups(tickets.number_of(said.pk)) in resident.reads()
    office.go(address(project)).press("办结").sees("办结")
    town.browser().go(f"/c/990601/livelihood/{codes.code_of(project.pk)}/").sees("评价", day[:4])
