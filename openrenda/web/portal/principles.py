"""What the software counts, reminds of and asks people for, each beside the clause of anti-formalism that it must keep.

Clauses of 《政务移动互联网应用程序规范化管理办法》（国办函〔2026〕12号）, as grouped in the project's domain notes (1 to 9). A new procedure, figure group
or function is named here or a test fails: whoever adds one says which clause it might offend and why it does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as declared

from openrenda.docket import registry
from openrenda.docket.actor import PUBLIC_SEAT
from openrenda.docket.language import BUILT_IN_SEATS, Procedure, Step
from openrenda.figures import registry as figures
from openrenda.web.labels import label_of

SOURCE = declared("《政务移动互联网应用程序规范化管理办法》（国办函〔2026〕12号）")
CLAUSES = {
    1: declared("不重复填表报数"),
    2: declared("不强制打卡、不搞积分排名、不计在线时长"),
    3: declared("不强制推广，不通报使用率"),
    4: declared("不以软件代替日常考核督查"),
    5: declared("点赞、转发、学习时长不作依据"),
    6: declared("不强制上传照片、视频、轨迹"),
    7: declared("县级以下不另建软件"),
    8: declared("提供投诉和建议渠道"),
    9: declared("数据依法使用，保障安全"),
}
RESIDENTS, DEPUTIES, STAFF = "residents", "deputies", "staff"
ASKED = {RESIDENTS: declared("向群众和企业"), DEPUTIES: declared("向代表"), STAFF: declared("向承办单位和工作人员")}
OF_RESIDENTS = frozenset({PUBLIC_SEAT, "enterprise"})
OF_DEPUTIES = frozenset({"deputy", "delegation_head", "guest_deputy"})


@dataclass(frozen=True)
class Entry:
    """Functions of one purpose. ``procedures``: all their time limits and forms; ``figures``: groups of figures; ``functions``: modules."""

    key: str
    title: str
    clauses: tuple[int, ...]
    why: str
    procedures: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The title in the language now spoken."""
        return _(self.title)

    @property
    def why_words(self) -> str:
        """The reason in the language now spoken."""
        return _(self.why)


ENTRIES = (
    Entry(
        "handling", declared("办理代表建议、议案和点单"), (1, 4),
        declared("期限和表单来自代表法和本级的办理规定，一步只填一次，台账、信函和统计都由这一次得出。"),
        procedures=("suggestion", "assistance", "bill", "commitment", "enterprise-order", "internal-task", "upward"),
    ),
    Entry(
        "listening", declared("听取和答复群众意见"), (1, 6, 9),
        declared("群众只须写想说的话，姓名、电话、位置、照片都可以不填；期限管的是答复的一方。"),
        procedures=("opinion", "palm-express", "broadcast", "broadcast-question", "consultation", "consultation-opinion", "council-hall",
                    "problem", "petition-agency", "mediation", "supervision-matter"),
    ),
    Entry(
        "livelihood", declared("征集、票决和监督民生实事项目"), (1, 4, 6),
        declared("群众只写做什么、在哪里；项目档案填一次，清单、公开网页和数字都由此得出；照片不是必需，节点超期由日期比较得出，不另报材料。"),
        procedures=("livelihood-round", "livelihood-proposal", "livelihood-project", "livelihood-voice"), figures=("民生实事",),
    ),
    Entry(
        "duties", declared("代表联系群众和履职"), (1, 2, 6),
        declared("参加活动由组织者登记一次，履职档案由此得出；没有签到、定位和照片的要求，不给代表记分排名。"),
        procedures=("activity-day", "campaign", "gathering", "reception-day", "chairpersons-meeting", "task", "contact-table",
                    "member-contact", "counterpart", "report-in", "research-report", "duty-note", "shared-resource", "resource-booking"),
        functions=("openrenda.activities.duty_file", "openrenda.web.duty"),
    ),
    Entry(
        "meeting", declared("举行会议"), (1, 2, 4),
        declared("签到只为依法计算出席人数，由本人输入会场的签到码或者工作人员登记，不定位、不拍照、不排名；记录、审议意见和公布的决定都由同一次登记得出。"),
        procedures=("sitting", "attendance", "speech", "resolution", "report-rating", "party-group-meeting"), figures=("会议",), functions=("openrenda.activities.quorum",),
    ),
    Entry(
        "supervising", declared("督办、检查和评价办理结果"), (1, 4, 5),
        declared("评价的是办理结果而不是使用软件的多少；标准先公布，单位之间的对比须由本级决定，不给个人打分排名。"),
        procedures=("area", "supervision", "special-inspection", "rectification", "appraisal", "assessment-criteria", "dimension-evaluation",
                    "quality-review", "satisfaction-ballot", "satisfaction-poll", "three-level-evaluation"),
        functions=("openrenda.web.assessment",),
    ),
    Entry(
        "coordinating", declared("专工委之间的协调"), (1, 4),
        declared("日程从已经登记的会议、督查、活动和督办得出，不另报计划；同一周到同一单位的只作提示；各专工委做了什么只列清单，不排名次。"),
        procedures=("committee-task",), figures=("专工委协同",), functions=("openrenda.activities.engagements", "openrenda.web.committees"),
    ),
    Entry(
        "voting", declared("会议上的表决"), (2, 4, 9),
        declared("投票人名单、基数和规则在开始时定下；不计谁投得快、谁没有投。无记名的票和姓名分开保存，谁也连不起来，结果人人可以复核。"),
        procedures=("vote",), figures=("表决",), functions=("openrenda.web.hall.voting",),
    ),
    Entry(
        "appointing", declared("人事任免和任后监督"), (1, 4, 5),
        declared("步骤来自地方组织法和任免办法，任职登记由表决自动得出，不另报材料；考试一人一卷、由系统判卷，评议是否开展由本级决定。"),
        procedures=("appointment", "appointment-act", "law-exam", "duty-appraisal"),
        figures=("人事任免",),
    ),
    Entry(
        "reporting", declared("统计和报告"), (1, 4),
        declared("数字都从办理记录里数出来，点开就是名单；不为统计另设表格，报告里的数字不用重填。"),
        procedures=("report", "counter"),
        figures=("提", "交", "办", "复", "督", "评", "承诺", "公开", "报送"),
        functions=("openrenda.figures.searching",),
    ),
    Entry(
        "counting", declared("群众和代表工作的数字"), (2, 4, 5),
        declared("数的是意见、活动和答复，不数人：没有按人的排名，没有登录次数、在线时长、点赞和转发。"),
        figures=("征求意见", "代表联系", "四项履职新机制", "群众意见", "掌上直通车", "直播间", "主任会议", "代表活动"),
    ),
    Entry(
        "reminding", declared("提醒和消息"), (3, 4),
        declared("只在轮到谁办、期限将到时告诉谁，合在一处看；不要求定期登录，不催促打开，不通报谁看了没有。"),
        functions=("openrenda.channels.delivery", "openrenda.docket.time", "openrenda.web.lateness", "openrenda.web.waiting"),
    ),
    Entry(
        "coverage", declared("联系面和网络的自查"), (1, 4),
        declared("联系群众的次数和覆盖面由已有记录得出，只看哪里还没有联系到，不排名次，不另报材料。"),
        functions=("openrenda.web.duties.contacts", "openrenda.web.duties.checks", "openrenda.people.coverage"),
    ),
    Entry(
        "joining", declared("与其他系统相连"), (1, 7, 9),
        declared("已有的登记表和历年记录成批导入，其他系统用接口取数，推送的消息不含个人信息；乡镇、街道不用另建系统。"),
        functions=("openrenda.people.imports", "openrenda.procedures.bringing_in", "openrenda.api", "openrenda.channels.webhooks"),
    ),
    Entry(
        "complaining", declared("对软件本身的意见"), (3, 8),
        declared("每个页面都有“意见与投诉”，不用登录，凭查询号看答复；网页打开就用，不用安装，也不统计谁装了谁用了。"),
        functions=("openrenda.web.portal.views.feedback",),
    ),
)  # fmt: skip


def asked_of(step: Step) -> str:
    """Whom the form of a step asks; nothing where no person fills it in."""
    seats = {seat for office in step.offices for seat in office.seats}
    if seats & OF_RESIDENTS:
        return RESIDENTS
    if seats & OF_DEPUTIES:
        return DEPUTIES
    return STAFF if seats - BUILT_IN_SEATS else ""


def asks(table: Procedure) -> dict[str, list[Step]]:
    """The steps that ask somebody to fill something in, by whom they ask."""
    found: dict[str, list[Step]] = {key: [] for key in ASKED}
    for step in table.steps:
        if step.records is not None and step.records.base_fields and (whom := asked_of(step)):
            found[whom].append(step)
    return found


def listed() -> list[dict[str, Any]]:
    """The entries as the page shows them: clauses, procedures with their limits and forms, groups of figures."""
    known = {table.key: table for table in registry.open_procedures()}
    counted = dict(figures.grouped())
    return [
        {
            "entry": entry,
            "clauses": [(number, _(CLAUSES[number])) for number in entry.clauses],
            "procedures": [_procedure(known[key]) for key in entry.procedures if key in known],
            "figures": [(_(name), len(counted[name])) for name in entry.figures],
        }
        for entry in ENTRIES
    ]


def _procedure(table: Procedure) -> dict[str, Any]:
    return {
        "key": table.key,
        "label": label_of(table),
        "clocks": [label_of(clock) for clock in table.clocks],
        "forms": [(_(ASKED[whom]), [label_of(step) for step in steps]) for whom, steps in asks(table).items() if steps],
    }
